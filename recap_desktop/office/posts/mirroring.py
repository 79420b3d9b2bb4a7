"""A new office file from a mirror alone, when the office file is lost."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.definition_data import from_data
from recap_desktop.election.records import journal
from recap_desktop.election.records.canonical import NotCanonical, read_canonical
from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.soundness import is_sound
from recap_desktop.election.records.upward import unbrought
from recap_desktop.office.opening import laptop_clock, open_office
from recap_desktop.office.posts.exchanging import take_in
from recap_desktop.office.proof.auditing import audit
from recap_desktop.problems import Fault, KnownProblem
from recap_desktop.storage.connecting import whole_file
from recap_desktop.storage.mirror import read_mirror
from recap_desktop.storage.office_file import OfficeFile

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office


def restore(mirror: Path, path: Path, *, clock: Callable[[], dt.datetime] = laptop_clock) -> Office:
    """Make a new office file from a mirror, and go on in it as a new post.

    Every record is proved before it is trusted: its bytes, its chain, what it names, the
    signature and root of every close. A last line that was cut off when the medium was pulled
    out is left away.

    Args:
        mirror: the mirror file.
        path: the office file to make; must not exist.
        clock: the time for the first record of the new post.

    Raises:
        KnownProblem: ``mirror-cannot-be-read``, ``mirror-empty``; ``mirror-faults`` with
            everything that does not hold; ``file-exists``, ``file-cannot-be-made``.
    """
    with whole_file(path) as draft:
        definition, raws = read_mirror(mirror)
        genesis = _genesis(mirror, definition, raws)
        _fill(draft, mirror, definition=definition, genesis=genesis, raws=raws, clock=clock)
    return open_office(path, clock=clock)


def _genesis(mirror: Path, definition: bytes, raws: list[bytes]) -> Record:
    try:
        from_data(read_canonical(definition))
    except (NotCanonical, KeyError, TypeError, ValueError, IndexError) as error:
        raise _untrusted(mirror, Fault("audit-definition")) from error
    if not raws:
        raise KnownProblem("mirror-empty", path=str(mirror))
    try:
        first = journal.read_record(raws[0])
    except NotCanonical as error:
        raise _untrusted(mirror, Fault("exchange-bytes")) from error
    if (first.kind, first.seq) != (Kind.GENESIS.value, 1) or not is_sound(first):
        place: dict[str, str | int] = {"chain": first.chain, "seq": first.seq}
        raise _untrusted(mirror, Fault("exchange-body", place))
    return first


def _fill(
    draft: Path,
    mirror: Path,
    *,
    definition: bytes,
    genesis: Record,
    raws: list[bytes],
    clock: Callable[[], dt.datetime],
) -> None:
    OfficeFile.create(draft, definition, genesis).close()
    office = open_office(draft, clock=clock)
    try:
        office.go_on_as_new_post()
        take_in(office, _brought(genesis, raws))
        faults = audit(office).faults
    except KnownProblem as problem:
        if problem.code != "exchange-faults":
            raise
        faults = problem.faults
    finally:
        office.close()
    if faults:
        raise _untrusted(mirror, *faults)


def _brought(genesis: Record, raws: list[bytes]) -> list[bytes]:
    """Without the beginning of a package whose receipt was cut off with the end of the mirror."""
    records = {}
    for raw in raws:
        with contextlib.suppress(NotCanonical):
            records[raw] = journal.read_record(raw)
    sound = [record for record in records.values() if is_sound(record)]
    half = unbrought(
        sound,
        office=str(genesis.body["office"]),
        geneses=[record for record in sound if record.kind == Kind.GENESIS.value],
        receipts=[record for record in sound if record.kind == Kind.RECEIPT.value],
        closes={record.id: record for record in sound if record.kind == Kind.CLOSE.value},
    )
    left_away = {record.raw for record in half}
    return [raw for raw in raws if raw not in left_away]


def _untrusted(mirror: Path, *faults: Fault) -> KnownProblem:
    return KnownProblem("mirror-faults", faults=faults, path=str(mirror))
