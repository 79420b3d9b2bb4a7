"""Exchange between the posts of an office by files on a stick: what we write, what we take in."""

from __future__ import annotations

import contextlib
import itertools
import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import STATES
from recap_desktop.election.records.journal import ABOUT_SCANS, Kind, read_record
from recap_desktop.election.records.roles import Deed
from recap_desktop.exchange.exchange_file import (
    SUFFIX,
    Header,
    read_header,
    read_records,
    write_exchange,
)
from recap_desktop.office.people.people import require_deed
from recap_desktop.office.plenary.revisions import has_moved_on, standing_revision
from recap_desktop.office.posts import posts
from recap_desktop.office.posts.exchanging import Late, StateChange, Taken, give, take_in
from recap_desktop.office.progress.overview import unit_name
from recap_desktop.problems import Fault, KnownProblem, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office
    from recap_desktop.office.plenary.revisions import Revision

_SECONDS = 19
"""Letters of an ISO time down to its seconds."""

_NAME_LENGTH = 24
_UNSETTLED = frozenset(state for state, row in STATES.items() if row.is_disputed)
_OF_OTHERS = frozenset({"exchange-other-election", "exchange-other-mode", "exchange-other-office"})
"""On a stick of several offices the files of the others are nobody's fault."""


@dataclass(frozen=True, slots=True)
class Ours:
    """Whose files are read: those of this office that other posts wrote.

    Attributes:
        election: hash of the first definition.
        mode: ``real`` or ``rehearsal``.
        office: region code of the office.
        post: id of this laptop's post; empty without a key.
    """

    election: str
    mode: str
    office: str
    post: str


@dataclass(frozen=True, slots=True)
class Found:
    """What other posts left on a stick, read and whole (isi stik).

    Attributes:
        headers: the files that were read.
        raws: bytes of each record -> name and line of the first file that has it.
        unused: why other files of a folder were not read.
    """

    headers: Mapping[Path, Header]
    raws: Mapping[bytes, tuple[str, int]]
    unused: tuple[KnownProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Parcel:
    """All that is known here, to be written to a file.

    Attributes:
        header: whose records these are.
        name: of the file, without its ending.
        raws: bytes of each record, in order of arrival.
    """

    header: Header
    name: str
    raws: Sequence[bytes]


def ours(office: Office) -> Ours:
    """Whose files this office reads."""
    return Ours(
        election=office.file.election_id,
        mode=office.election.mode.value,
        office=office.code,
        post=office.post.id if office.post else "",
    )


def exchange_out(office: Office, folder: Path) -> Path:
    """Write all that is known here, of whatever post, to a new file in a folder that exists.

    It needs no right to write in the office: what a broken laptop still shows can be saved.

    Raises:
        KnownProblem: ``exchange-not-written``, ``exchange-too-large``; in a guarded office that
            can be written as ``require_deed``.
    """
    return write_parcel(parcel(office), folder)


def parcel(office: Office) -> Parcel:
    """What ``exchange_out`` writes, read at once; any thread may write it."""
    if office.can_write:
        require_deed(office, Deed.EXCHANGE)
    own, time = ours(office), office.now()
    header = Header(own.election, own.mode, own.office, own.post, time)
    return Parcel(header, _file_name(office, own.post, time), give(office))


def write_parcel(parcel: Parcel, folder: Path) -> Path:
    """Write it to a new file in a folder that exists.

    Raises:
        KnownProblem: as ``exchange_out``.
    """
    _sweep(folder, parcel.header.post)
    path = _free_path(folder, parcel.name)
    write_exchange(path, parcel.header, parcel.raws)
    return path


def _file_name(office: Office, post: str, time: str) -> str:
    """A name for any medium: place, code, post, time; letters and digits of ASCII only."""
    plain = unicodedata.normalize("NFKD", unit_name(office, office.code)).encode("ascii", "ignore")
    place = re.sub(r"[^a-z0-9]+", "-", plain.decode().lower()).strip("-")[:_NAME_LENGTH]
    stamp = "".join(letter for letter in time[:_SECONDS] if letter.isdigit())
    parts = (place, office.code, post[: posts.SHORT], f"{stamp[:8]}-{stamp[8:]}")
    return "_".join(part for part in parts if part)


def _free_path(folder: Path, name: str) -> Path:
    """A name that no file bears yet."""
    names = itertools.chain((name,), (f"{name}-{number}" for number in itertools.count(2)))
    tries = (folder / f"{one}{SUFFIX}" for one in names)
    try:
        return next(path for path in tries if not path.exists())
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("exchange-not-written", file=str(folder), reason=reason) from error


def _sweep(folder: Path, post: str) -> None:
    """Take away drafts of our own that a program which was killed has left; nobody else has any."""
    if not post:
        return
    with contextlib.suppress(OSError):
        for draft in folder.glob(f".*_{post[: posts.SHORT]}_*{SUFFIX}.*.tmp"):
            draft.unlink()


def exchange_in(office: Office, paths: Path | Sequence[Path]) -> Taken:
    """Take in the records of all files together: all that are new, or none.

    The order of the files, and of the sticks, does not matter, nor how often they are read. In
    a folder, files that are cut off or damaged are named and left away: whatever they hold comes
    with a later one. A file that was asked for by its name must be good.

    Args:
        office: the open office.
        paths: files, or folders in which every file of another post of this office is read.

    Raises:
        KnownProblem: ``exchange-none``, ``exchange-only-own``; ``exchange-other-election``,
            ``exchange-other-mode``, ``exchange-other-office``, and as ``read_header``;
            ``exchange-faults`` with every record that does not fit; or when nothing can be
            written.
    """
    office.require_writable()
    given = [paths] if isinstance(paths, Path) else list(paths)
    return take_found(office, read_stick(ours(office), given))


def read_stick(own: Ours, given: Iterable[Path]) -> Found:
    """Read the files that other posts left; any thread may do it.

    Raises:
        KnownProblem: as ``exchange_in``, as far as it is about files.
    """
    headers, unused = _sources(own, given)
    raws: dict[bytes, tuple[str, int]] = {}
    for path in headers:
        for line, raw in enumerate(read_records(path), start=2):
            raws.setdefault(raw, (path.name, line))
    return Found(headers, raws, tuple(unused))


def take_found(office: Office, found: Found) -> Taken:
    """Take in what was read: all records that are new, or none.

    Raises:
        KnownProblem: as ``exchange_in``, as far as it is about records; in a guarded office as
            ``require_deed``.
    """
    require_deed(office, Deed.EXCHANGE)
    before = office.file.journal.last_place()
    taken = _take_in(office, found.raws)
    taken = _with_outcome(office, taken, before)
    for header in found.headers.values():
        _remember(office, header)
    posts.come_back(office)
    files = tuple(path.name for path in found.headers)
    return replace(taken, files=files, unused=found.unused)


def _sources(own: Ours, given: Iterable[Path]) -> tuple[dict[Path, Header], list[KnownProblem]]:
    """The files to read with their headers, and why others are not."""
    headers: dict[Path, Header] = {}
    unused: list[KnownProblem] = []
    folders, own_files = [], 0
    for path in given:
        named = not path.is_dir()
        folders.append(str(path))
        for file in [path] if named else _files_in(path):
            try:
                header = read_header(file)
                _require_ours(own, file, header)
            except KnownProblem as problem:
                if named:
                    raise
                unused.append(problem)
                continue
            if own.post and header.post == own.post:
                own_files += 1
            else:
                headers[file] = header
    if not headers:
        if unused:
            raise min(unused, key=lambda problem: problem.code in _OF_OTHERS)
        if own_files:
            raise KnownProblem("exchange-only-own", folder=", ".join(folders))
        raise KnownProblem("exchange-none", folder=", ".join(folders))
    return headers, [problem for problem in unused if problem.code not in _OF_OTHERS]


def _files_in(folder: Path) -> list[Path]:
    try:
        return sorted(
            path
            for path in folder.iterdir()
            if path.suffix.lower() == SUFFIX and not path.name.startswith(".")
        )
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("exchange-not-read", file=str(folder), reason=reason) from error


def _require_ours(own: Ours, path: Path, header: Header) -> None:
    if header.mode != own.mode:
        raise KnownProblem("exchange-other-mode", file=str(path))
    if header.election != own.election:
        raise KnownProblem("exchange-other-election", file=str(path))
    if header.office != own.office:
        raise KnownProblem("exchange-other-office", file=str(path), office=header.office)


def _take_in(office: Office, places: Mapping[bytes, tuple[str, int]]) -> Taken:
    """Take in records; a fault at one of them names its file and line."""
    try:
        return take_in(office, places)
    except KnownProblem as problem:
        if problem.code != "exchange-faults":
            raise
        found = list(places.values())
        faults = [
            Fault(fault.code, fault.details, *found[fault.line - 1]) if fault.line else fault
            for fault in problem.faults
        ]
        raise KnownProblem("exchange-faults", faults=faults) from problem


def _with_outcome(office: Office, taken: Taken, before: int) -> Taken:
    """What the new records have done: everything after a place in the journal."""
    new = [read_record(raw) for _, raw in office.file.journal.raw_records(after=before)]
    lost = posts.losses(office)
    # A name on the roster decides nothing.
    late = {
        record.id: Late(record, of_lost=True)
        for record in new
        if record.kind != Kind.PERSON.value and posts.is_late(record, lost)
    }
    changes: list[StateChange] = []
    for change, tally, came in _changes(office, new):
        changes.append(change)
        for record in came:
            if record.id in tally.late:
                late.setdefault(record.id, Late(record, of_lost=False))
    return replace(
        taken,
        changed=tuple(
            change for change in changes if change.figures or change.before is not change.after
        ),
        unsettled=tuple(change for change in changes if change.after in _UNSETTLED),
        late=tuple(late.values()),
        moved_on=tuple(_moved_on(office, changes)),
    )


def _moved_on(office: Office, changes: Iterable[StateChange]) -> Iterator[Revision]:
    """The revisions of contests and desa that are closed and have new records."""
    touched = {
        (change.contest, unit)
        for change in changes
        for unit in (office.code, change.tps[: Level.DESA.value])
    }
    for contest, unit in sorted(touched):
        revision = standing_revision(office, contest, unit)
        if revision and has_moved_on(office, revision):
            yield revision


def _changes(
    office: Office, new: Iterable[Record]
) -> Iterator[tuple[StateChange, Tally, list[Record]]]:
    """Each TPS of new records: its state before and now, its tally now, and what came."""
    subjects: dict[tuple[str, str], list[Record]] = {}
    for record in new:
        if record.tps and record.kind not in ABOUT_SCANS:
            subjects.setdefault((record.contest, record.tps), []).append(record)
    layers = office.file.layers
    for (contest, tps), came in sorted(subjects.items()):
        known = office.file.journal.records(contest, tps)
        old = layers.tally(known[: len(known) - len(came)])
        now = layers.tally(known)
        yield StateChange(contest, tps, old.state, now.state, old.cells != now.cells), now, came


def _remember(office: Office, header: Header) -> None:
    """Until when we have what a post wrote; a hint for people, in this file only."""
    name = posts.exchange_setting(header.post)
    if header.post and header.time > office.file.setting(name):
        with office.file.told_plainly():
            office.file.set_setting(name, header.time)
