"""Verifies what lies before somebody: a package, a receipt, a recap PDF, or the text of a QR code.

With an office its trust is asked; without, all is proved but whose key it is.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.papers.anchors import SIGNED, read_anchor
from recap_desktop.election.records.journal import Kind
from recap_desktop.exchange.certificates import Holder, require_certified
from recap_desktop.exchange.recap_pdf import lines_of_pdf
from recap_desktop.exchange.signing import is_signed
from recap_desktop.office.keys.trusting import known_certificates, trust_of
from recap_desktop.office.papers.anchoring import anchor_of
from recap_desktop.office.plenary.revisions import close_is_genuine, election_of, revision_of
from recap_desktop.office.proof.proving_packages import prove_package
from recap_desktop.office.proof.proving_receipts import prove_receipt
from recap_desktop.office.proof.stages import Tell, tell_nobody
from recap_desktop.problems import KnownProblem, reason_of
from recap_desktop.way import NO_WAY, Way

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recap_desktop.election.papers.anchors import Anchor
    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office
    from recap_desktop.office.proof.proving_packages import Proved
    from recap_desktop.office.proof.proving_receipts import ProvedReceipt

_STARTS = {
    b"PK": "package",
    b"%PDF": "pdf",
    b"SQLite format 3": "office",
    b'{"format":"REKAP/1/receipt"': "receipt",
    b"REKAP/1 SLIP TPS": "slip",
}

_LONGEST = 4096
"""Bytes that are read of a file with the text of a code, which has 483 characters at most."""


class Evidence(enum.Enum):
    """What a file is, by how it begins."""

    PACKAGE = "package"
    RECEIPT = "receipt"
    PDF = "pdf"
    OFFICE = "office"
    SLIP = "slip"
    TEXT = "text"


def evidence_of(path: Path) -> Evidence:
    """What kind of evidence a file is; whether it is any good is not asked.

    Raises:
        KnownProblem: ``verify-not-read``.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(32)
    except OSError as error:
        raise KnownProblem("verify-not-read", path=str(path), reason=reason_of(error)) from error
    return next(
        (Evidence(name) for begin, name in _STARTS.items() if start.startswith(begin)),
        Evidence.TEXT,
    )


def read_line_file(path: Path) -> Anchor:
    """The line of a close from a file that holds its text.

    Raises:
        KnownProblem: ``verify-not-read``, ``line-malformed``.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(_LONGEST)
    except OSError as error:
        raise KnownProblem("verify-not-read", path=str(path), reason=reason_of(error)) from error
    return read_line(raw.decode("utf-8", errors="replace"))


def read_line(text: str) -> Anchor:
    """The line of a close from text, typed or scanned.

    Raises:
        KnownProblem: ``line-malformed``.
    """
    try:
        return read_anchor(text.strip())
    except ValueError as error:
        raise KnownProblem("line-malformed") from error


def read_pdf(path: Path) -> tuple[Anchor, ...]:
    """Every line of a close that is printed in a recap PDF.

    Raises:
        KnownProblem: ``pdf-not-read``, ``pdf-without-line``.
    """
    return lines_of_pdf(path)


def verify_package(
    path: Path, *, office: Office | None = None, way: Way = NO_WAY, tell: Tell = tell_nobody
) -> Proved:
    """Prove a package: with an office also that its key may sign, by what that office trusts.

    Raises:
        KnownProblem: as ``prove_package``.
        GivenUp: when a person said so.
    """
    if office is None:
        return prove_package(path, way=way, tell=tell)
    trust, known = trust_of(office), known_certificates(office)
    return prove_package(path, trust=trust, known=known, way=way, tell=tell)


_OF_KEYS = ("certificate-revoked", "key-not-certified")
"""Refusals that come of a key that was lost since, or replaced."""


def met_before(path: Path, problem: KnownProblem, *, office: Office) -> Record | None:
    """The record by which a package is known here although its key is believed no longer.

    What was received or sent while the key was believed stays provable: the record names the
    package by its hash, whatever became of the key since.

    Args:
        path: the package.
        problem: why ``verify_package`` refused it.
        office: the open office.

    Raises:
        KnownProblem: as ``prove_package`` without anything that is believed.
    """
    if problem.code not in _OF_KEYS:
        return None
    proved = prove_package(path)
    journal, contest = office.file.journal, proved.statement.contest
    known = (
        record
        for kind in (Kind.RECEIPT, Kind.SENT)
        for record in journal.records_of_kind(kind, contest=contest)
    )
    return next((r for r in known if r.body["package"] == proved.hash), None)


def verify_receipt(path: Path, *, office: Office | None = None) -> ProvedReceipt:
    """Prove a receipt: with an office also that its key may sign, by what that office trusts.

    Raises:
        KnownProblem: as ``prove_receipt``.
    """
    if office is None:
        return prove_receipt(path)
    return prove_receipt(path, trust=trust_of(office), known=known_certificates(office))


class Standing(enum.Enum):
    """What was found of a line (keadaan kode pengaman)."""

    SAME = "same"
    """It says what a close says that was proved."""

    SIGNED = "signed"
    """That close is not here, but a post signed the line whose key leads to a root."""

    UNTRUSTED = "untrusted"
    """A post signed it that is known, but no root leads to its key."""

    DIFFERS = "differs"
    """Its close is here and says otherwise."""

    UNKNOWN = "unknown"
    """Neither its close nor who signed it is known."""


@dataclass(frozen=True, slots=True)
class LineSeen:
    """What was found of one line (kode pengaman).

    Attributes:
        line: what it says.
        standing: how it stands.
        name: of the post that signed it, where that is known.
    """

    line: Anchor
    standing: Standing
    name: str = ""


def verify_line(
    line: Anchor, *, office: Office | None = None, package: Proved | None = None
) -> LineSeen:
    """Compare a line with the close of a package, or with what an office has and trusts.

    Without either nothing can be proved of it: whose signature it is cannot be known.
    """
    if package is not None:
        same = _says_close(line, package)
        return LineSeen(line, Standing.SAME if same else Standing.DIFFERS)
    if office is None:
        return LineSeen(line, Standing.UNKNOWN)
    close = office.file.journal.record(line.head.hex())
    if close is not None:
        return LineSeen(line, Standing.SAME if _is_of(office, close, line) else Standing.DIFFERS)
    return _signed_by(office, line)


def _says_close(line: Anchor, package: Proved) -> bool:
    """Whether a line is that of the close of a package, every figure of it."""
    said, statement, totals = line.statement, package.statement, package.totals
    same = (
        said.rehearsal == (statement.mode == "rehearsal")
        and (said.unit, said.contest) == (statement.office, statement.contest)
        and (said.revision, said.stations) == (statement.revision, statement.leaves)
        and (line.head.hex(), said.root.hex()) == (statement.head, statement.root)
    )
    votes = all(
        figure.value in (totals.get(f"votes.{number}"), totals.get(f"votes.{number}.total"))
        for number, figure in said.votes
    )
    sums = (said.valid.value, said.invalid.value) == (totals.get("valid"), totals.get("invalid"))
    signed = line.signature.hex() == package.close.body.get("anchor", "") and (
        not line.signature or _is_signed(line, package.post_key)
    )
    return same and votes and sums and signed


def _is_signed(line: Anchor, key: bytes) -> bool:
    raw = line.statement.text.encode("ascii")
    return is_signed(key, SIGNED, raw=raw, signature=line.signature.hex())


def _is_of(office: Office, close: Record, line: Anchor) -> bool:
    """Whether a line is that of a close on record here, and the close is genuine."""
    if close.kind != Kind.CLOSE.value:
        return False
    revision = revision_of(close)
    return anchor_of(election_of(office, revision), close) == line and (
        close.post in office.file.journal.others or close_is_genuine(office, revision)
    )


def _signed_by(office: Office, line: Anchor) -> LineSeen:
    """Who signed a line whose close is not on record here."""
    trust, known = trust_of(office), known_certificates(office)
    for key, code, name in _posts(office):
        if not line.statement.unit.startswith(code) or not _is_signed(line, bytes.fromhex(key)):
            continue
        try:
            require_certified(key, code, holder=Holder.POST, certificates=known, trust=trust)
        except KnownProblem:
            return LineSeen(line, Standing.UNTRUSTED, name)
        return LineSeen(line, Standing.SIGNED, name)
    return LineSeen(line, Standing.UNKNOWN)


def _posts(office: Office) -> Iterator[tuple[str, str, str]]:
    """Keys of posts that are known here, with the office they are of and what they are called."""
    for one in known_certificates(office):
        if one.holder is Holder.POST:
            yield one.key, one.code, one.name
    for genesis in office.file.journal.geneses():
        yield genesis.body["post_key"], genesis.body["office"], genesis.post[:8]
