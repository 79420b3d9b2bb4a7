"""Takes in a package that was looked at: whole or not at all, against the signed paper.

The receiver types totals and the beginning of the head from the paper; then the records and a
receipt are written in one transaction, and the file is kept beside the office file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.records import packages
from recap_desktop.election.records.journal import Draft, Kind, read_own_record
from recap_desktop.election.records.roles import Deed
from recap_desktop.exchange.package_file import open_package
from recap_desktop.exchange.package_folder import keep_package, kept_package
from recap_desktop.office.people.people import signer
from recap_desktop.office.upward.following import following_drafts
from recap_desktop.problems import KnownProblem
from recap_desktop.storage.record_shelf import RecordShelf, in_parts
from recap_desktop.way import NO_WAY, Way

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office
    from recap_desktop.office.proof.proving_packages import Proved
    from recap_desktop.office.upward.package_preview import Preview

_OF_PEOPLE = frozenset({Kind.PERSON.value, Kind.PASSWORD.value})

HEAD = 8
"""So many hex digits of the head are typed from the paper."""

_HEAD = re.compile(rf"[0-9a-f]{{{HEAD}}}")


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed from the signed paper (ketikan dari kertas).

    Attributes:
        totals: cell -> figure: votes of each choice, valid, invalid.
        head: eight hex digits.
    """

    totals: Mapping[str, int]
    head: str


def asked_cells(office: Office, contest_id: str) -> tuple[str, ...]:
    """The totals that are typed from the signed paper: votes of each choice, valid, invalid."""
    office.require_contest(contest_id)
    choices = office.election.contest(contest_id).choices
    known = office.election.layout(contest_id).known
    cells = (*(choice.counted_key for choice in choices), "valid", "invalid")
    return tuple(cell for cell in cells if cell in known)


def require_typed(office: Office, proved: Proved, typed: Typed) -> None:
    """Refuse totals or a head that are not those of the package, and say which.

    Raises:
        KnownProblem: ``receive-total-missing``, ``receive-total-differs``,
            ``receive-head-malformed``, ``receive-head-differs``.
    """
    for cell in asked_cells(office, proved.statement.contest):
        if cell not in typed.totals:
            raise KnownProblem("receive-total-missing", cell=cell)
        if typed.totals[cell] != proved.totals.get(cell, 0):
            raise KnownProblem("receive-total-differs", cell=cell, typed=typed.totals[cell])
    head = re.sub(r"[\s-]", "", typed.head).lower()
    if not _HEAD.fullmatch(head):
        raise KnownProblem("receive-head-malformed", head=typed.head)
    if not proved.statement.head.startswith(head):
        raise KnownProblem("receive-head-differs", head=head)


def receive(office: Office, seen: Preview, *, typed: Typed, by: str, way: Way = NO_WAY) -> Record:
    """Take in a package that was looked at: its records and a receipt, in one transaction.

    The file itself is kept beside the office file.

    Args:
        office: the open office.
        seen: as ``preview`` showed it.
        typed: totals and head as the signed paper says them.
        by: name of who receives it.
        way: is told how far it is, also inside the transaction: what answers it writes nothing.

    Raises:
        KnownProblem: ``receive-alarm`` for a package that does not extend what was received;
            ``receive-outdated`` when something was recorded since; as ``require_typed``,
            ``keep_package`` and ``signer``; or when nothing can be written.
        GivenUp: when a person said so; nothing was taken in, and no file kept.
    """
    office.require_writable()
    if seen.alarm:
        raise KnownProblem("receive-alarm", file=seen.path.name, sender=seen.sender)
    require_typed(office, seen.proved, typed)
    person = signer(office, by, Deed.RECEIVE)
    require_unchanged(office, seen)
    try:
        kept = keep(office, seen, way=way.stretch(0, 0.1))
        made = _drafts(office, seen, person)
        if seen.aside:
            return office.record(seen.contest, made)[0]
        return take_kept(office, seen.proved, kept, made, size=seen.new, way=way.stretch(0.1, 1))[0]
    except BaseException:
        # Given up, also by Ctrl+C, or a full disk: nothing of it stays.
        let_go(office, seen)
        raise


def _drafts(office: Office, seen: Preview, person: str) -> list[Draft]:
    """The receipt, and what is ruled by the decision that let the package's line hold."""
    receipt = receipt_draft(office, seen.proved, person, heads=seen.heads if seen.aside else None)
    if seen.line is None:
        return [receipt]
    ruled = following_drafts(office, seen.contest, seen.followed, seen.line, person=person)
    return [receipt, *ruled]


def receipt_draft(
    office: Office,
    proved: Proved,
    person: str,
    *,
    heads: Mapping[str, tuple[int, str]] | None = None,
) -> Draft:
    """What is recorded of a package that was taken in.

    Args:
        office: the open office.
        proved: the package.
        person: id of who receives it.
        heads: how far its chains go, where its records cannot be written here.
    """
    said = proved.statement
    body = {
        "package": proved.hash,
        "revision": said.revision,
        "head": said.head,
        "root": said.root,
        "key": proved.key,
        "totals": dict(proved.totals),
    }
    if heads is not None:
        body["heads"] = [[chain, seq, key] for chain, (seq, key) in sorted(heads.items())]
    return Draft(
        Kind.RECEIPT,
        time=office.now(),
        person=person,
        subject={"contest": said.contest, "unit": said.office},
        body=body,
    )


def take_kept(
    office: Office, proved: Proved, kept: Path, drafts: list[Draft], *, size: int, way: Way = NO_WAY
) -> list[Record]:
    """Write what is new of a file that was kept, with drafts of ours, in one transaction.

    Args:
        office: the open office.
        proved: the package; the bytes of the file are those that were proved.
        kept: the file.
        drafts: of the contest of the package.
        size: how many of its records are new.
        way: is told how far it is.

    Returns:
        The records of the drafts.

    Raises:
        KnownProblem: ``package-other-now``, or when nothing can be written.
        GivenUp: when a person said so; nothing was written.
    """
    said = proved.statement
    with open_package(kept, way=way.stretch(0, 0.1)) as package, RecordShelf() as shelf:
        if package.sha256 != proved.sha256:
            raise KnownProblem("package-other-now", file=kept.name)
        shelving = way.stretch(0.1, 0.3)
        lines, done = package.lines(packages.JOURNAL), 0
        for part in in_parts(lines):
            shelf.put_raws(part)
            done += sum(map(len, part)) + len(part)
            shelving.at(done, package.members[packages.JOURNAL].size)
        shelf.settle(by_station=False)
        return office.take_up(
            shelf.in_writing_order(office.file.journal.heads()),
            {said.contest: drafts},
            under=said.office,
            size=size,
            way=way.stretch(0.3, 1),
        )


def require_unchanged(office: Office, seen: Preview) -> None:
    """Refuse to act on a preview that later records made untrue.

    Names that were put on the roster meanwhile change nothing of it.

    Raises:
        KnownProblem: ``receive-outdated``.
    """
    later = office.file.journal.raw_records(after=seen.place)
    if any(read_own_record(raw).kind not in _OF_PEOPLE for _, raw in later):
        raise KnownProblem("receive-outdated", file=seen.path.name)


def keep(office: Office, seen: Preview, *, way: Way = NO_WAY) -> Path:
    """Keep the file of a package beside the office file; where it lies."""
    return keep_beside(office.file.path, seen, way=way)


def keep_beside(path: Path, seen: Preview, *, way: Way = NO_WAY) -> Path:
    """The same by the path of the office file, so that any thread may do it.

    Raises:
        KnownProblem: as ``keep_package``.
        GivenUp: when a person said so; nothing is left behind.
    """
    kept = kept_package(path, seen.proved.hash)
    keep_package(seen.path, kept, sha256=seen.proved.sha256, way=way)
    return kept


def let_go(office: Office, seen: Preview) -> None:
    """Take away again what was kept of a package that somebody gave up; what is on record stays."""
    kinds = (Kind.RECEIPT, Kind.ALARM)
    known = office.file.journal.records_of_kind(*kinds, contest=seen.contest)
    if all(record.body["package"] != seen.proved.hash for record in known):
        kept_package(office.file.path, seen.proved.hash).unlink(missing_ok=True)
