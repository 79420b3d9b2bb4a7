"""Receipts: given by the office above with its corrections, taken by the one that sent the package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recap_desktop.election.definitions.regions import dotted, parent
from recap_desktop.election.figures.tallies import live_records
from recap_desktop.election.figures.totals import paper_sums
from recap_desktop.election.records.journal import Draft, Kind
from recap_desktop.election.records.roles import Deed
from recap_desktop.election.records.upward import is_correction
from recap_desktop.exchange.document_files import write_document
from recap_desktop.exchange.receipt_file import Receipt, read_receipt, seal_receipt
from recap_desktop.office.keys.trusting import (
    certificates_of,
    known_certificates,
    own_key_of,
    realm_of,
    trust_of,
)
from recap_desktop.office.people.people import signer
from recap_desktop.office.plenary.revisions import revisions
from recap_desktop.office.proof.proving_receipts import prove_said
from recap_desktop.office.upward.received import standing_receipts
from recap_desktop.office.upward.unit_figures import differences
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from recap_desktop.election.records.journal import Record
    from recap_desktop.exchange.certificates import Trust
    from recap_desktop.exchange.signing import SigningKey
    from recap_desktop.office.opening import Office


# ---------------------------------------------------------------- giving


def give_receipt(
    office: Office,
    contest_id: str,
    unit: str,
    path: Path,
    *,
    key: SigningKey,
    certificates: Iterable[bytes] = (),
) -> Receipt:
    """Write the receipt of the newest package of an office below, to be carried back.

    It also carries what this office has ruled on that office's TPS and units, as proposals.

    Args:
        office: the open office.
        contest_id: the contest.
        unit: region code of the office below.
        path: where; a file of that name is replaced.
        key: of this office.
        certificates: sealed ones that lead to the key, beside those on record.

    Raises:
        KnownProblem: ``receipt-of-nothing``, ``key-of-other``, ``document-not-written``.
    """
    office.require_contest(contest_id)
    received = standing_receipts(office, contest_id, unit)
    if not received:
        raise KnownProblem("receipt-of-nothing", office=dotted(unit), contest=contest_id)
    own = own_key_of(office)
    if own and own != key.public.hex():
        raise KnownProblem("key-of-other", office=office.code)
    record = received[-1]
    body = record.body
    sealed = dict.fromkeys((*certificates, *certificates_of(office)))
    receipt = Receipt(
        realm=realm_of(office),
        contest=contest_id,
        sender=unit,
        receiver=office.code,
        key=key.public.hex(),
        package=body["package"],
        revision=body["revision"],
        head=body["head"],
        receiver_head=record.id,
        totals=body["totals"],
        time=record.time,
        corrections=tuple(_corrections(office, contest_id, unit)),
        certificates=tuple(raw.decode() for raw in sealed),
    )
    write_document(path, seal_receipt(receipt, key))
    return receipt


def _corrections(office: Office, contest_id: str, unit: str) -> Iterator[dict[str, Any]]:
    """Rulings of this office that live, on TPS of a unit, then differences on it or below it."""
    layers = office.file.layers
    for tps, known in office.file.journal.of_subjects(contest_id, under=unit):
        for record in live_records(layers.own_records(known)):
            if record.kind == Kind.RULING.value:
                yield _correction(record.id, tps, "", record.body, record.body["cause"])
    for one in differences(office, contest_id):
        if one.unit.startswith(unit) and one.post not in office.file.journal.others:
            said = {"cells": one.cells, "reason": one.reason, "decided_by": one.decided_by}
            yield _correction(one.record, "", one.unit, said, "difference")


def _correction(
    record: str, tps: str, unit: str, said: Mapping[str, Any], cause: str
) -> dict[str, Any]:
    return {
        "ruling": record,
        "tps": tps,
        "unit": unit,
        "cause": cause,
        "cells": dict(said["cells"]),
        "reason": said["reason"],
        "decided_by": said["decided_by"],
    }


# ---------------------------------------------------------------- taking


def take_receipt(office: Office, path: Path, *, by: str, trust: Trust | None = None) -> Record:
    """Prove a receipt that was carried back, and record it.

    Args:
        office: the open office, which sent the package.
        path: the receipt.
        by: name of who takes it.
        trust: what is believed here; None is what the office has on record.

    Raises:
        KnownProblem: as ``prove_receipt``; ``receipt-election``, ``receipt-of-other-office``, ``receipt-of-other-package``, ``receipt-totals``,
            ``receipt-corrections``, ``receipt-known``; as ``signer``; or when nothing can be
            written.
    """
    office.require_writable()
    receipt = read_receipt(path)
    _require_ours(office, receipt)
    believed = trust_of(office) if trust is None else trust
    prove_said(receipt, trust=believed, known=known_certificates(office))
    _require_sent(office, receipt)
    known = receipts_back(office, receipt.contest)
    body = {
        "receiver": receipt.receiver,
        "key": receipt.key,
        "package": receipt.package,
        "revision": receipt.revision,
        "head": receipt.head,
        "receiver_head": receipt.receiver_head,
        "totals": dict(receipt.totals),
        "time": receipt.time,
        "corrections": [dict(said) for said in receipt.corrections],
    }
    if any(record.body == body for record in known):
        raise KnownProblem("receipt-known", file=path.name)
    draft = Draft(
        Kind.RECEIPT_BACK,
        time=office.now(),
        person=signer(office, by, Deed.RECEIVE),
        subject={"contest": receipt.contest, "unit": office.code},
        body=body,
        # Of one package there may be several: the office above has decided more since.
        over=tuple(r.id for r in known if r.body["revision"] <= receipt.revision),
    )
    return office.record(receipt.contest, [draft])[0]


def _require_ours(office: Office, receipt: Receipt) -> None:
    if receipt.realm != realm_of(office) or receipt.contest not in office.contests:
        raise KnownProblem("receipt-election")
    if (receipt.sender, receipt.receiver) != (office.code, parent(office.code)):
        raise KnownProblem("receipt-of-other-office", sender=receipt.sender)


def _require_sent(office: Office, receipt: Receipt) -> None:
    """Refuse a receipt of what this office never closed, or that says something else of it."""
    own = [r for r in revisions(office, receipt.contest) if r.head == receipt.head]
    if not own or own[0].number != receipt.revision:
        raise KnownProblem("receipt-of-other-package", revision=receipt.revision)
    if dict(receipt.totals) != paper_sums(own[0].record.body):
        raise KnownProblem("receipt-totals", revision=receipt.revision)
    for said in receipt.corrections:
        is_here = is_correction(said) and (said["tps"] or said["unit"]).startswith(office.code)
        if not is_here:
            raise KnownProblem("receipt-corrections", revision=receipt.revision)


def receipts_back(office: Office, contest_id: str) -> list[Record]:
    """Receipts that were carried back, by revision; of one revision the one taken last is last."""
    office.require_contest(contest_id)
    known = office.file.journal.records_of_kind(Kind.RECEIPT_BACK, contest=contest_id)
    # Each names all that were taken before it.
    return sorted(known, key=lambda r: (r.body["revision"], len(r.over), r.id))
