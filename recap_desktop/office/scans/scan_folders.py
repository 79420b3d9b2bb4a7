"""Pictures of many TPS from a folder: what would become of each file, before anything is written."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.contests import kind_of
from recap_desktop.election.definitions.regions import Level, dotted
from recap_desktop.election.records.canonical import clean_text
from recap_desktop.exchange.scan_folder import SUFFIX, sha256_of
from recap_desktop.foreign.scan_files import look
from recap_desktop.foreign.scan_names import ScanNames
from recap_desktop.office.scans.attaching import (
    Scan,
    folder_of,
    is_here,
    keep_bytes,
    keep_file,
    read_file,
    record_scans,
)
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from recap_desktop.office.opening import Office

__all__ = ["Fate", "FolderJudge", "Found", "Shelf", "files_in", "folder_of", "judge", "now"]
__all__ += ["record_found", "shelf", "take", "to_take"]

_NOBODYS = frozenset({"thumbs.db", "desktop.ini"})
"""What Windows leaves in folders of pictures."""

_UNCLEAR = frozenset(
    {"scan-two-stations", "scan-two-desas", "scan-two-contests", "scan-which-contest"}
    | {"scan-of-other"}
)
_DEEPEST = 6


class Fate(enum.Enum):
    """What becomes of a file of a folder (nasib berkas); ``scans.fate.<value>`` words it."""

    NEW = "new"
    KNOWN = "known"
    UNCLEAR = "unclear"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Found:
    """One file of a folder (berkas).

    Attributes:
        path: where it lies.
        name: its path below the folder, as it is shown.
        fate: what becomes of it.
        tps: the TPS it speaks of; empty where that is not known.
        contest: the contest; empty where it is every one, or not known.
        sha256: of its bytes; empty where it was not read.
        pages: how many pages it has.
        why: why it is refused, or unclear.
    """

    path: Path
    name: str
    fate: Fate
    tps: str = ""
    contest: str = ""
    sha256: str = ""
    pages: int = 0
    why: KnownProblem | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """What must be known of an office to judge files; any thread may hold it.

    Attributes:
        names: reads the names of files.
        attached: SHA-256 of what is attached -> TPS and contest of each.
        folder: where large pictures are kept.
        contest: contest of files whose name says none; empty for every contest; None where that
            is not known.
    """

    names: ScanNames
    attached: Mapping[str, frozenset[tuple[str, str]]]
    folder: Path
    contest: str | None


def shelf(office: Office, *, contest: str | None = None) -> Shelf:
    """The office as files are judged against it.

    Args:
        office: the open office.
        contest: contest of files whose name says none; empty for every contest. None: in an
            office of one contest it is that one, else such a file is unclear.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    if contest:
        office.require_contest(contest)
    election, held = office.election, office.contests
    names = ScanNames(
        stations={key: office.file.contests[key].station_keys() for key in held},
        desas={
            code: election.tree.name(code) for code in election.tree.at(Level.DESA, office.code)
        },
        kinds={key: kind_of(election.contest(key), election.form(key)) for key in held},
    )
    if contest is None and len(held) == 1:
        contest = held[0]
    return Shelf(names, office.file.attachments.places(), folder_of(office), contest)


def files_in(given: Sequence[Path]) -> list[tuple[Path, Path]]:
    """Files to be judged with the folder they were found in: those given, and all below folders.

    Raises:
        KnownProblem: ``scan-folder-not-read``, ``scan-folder-empty``.
    """
    found: list[tuple[Path, Path]] = []
    for path in given:
        try:
            found += (
                [(path, one) for one in _below(path)] if path.is_dir() else [(path.parent, path)]
            )
        except OSError as error:
            reason = reason_of(error)
            raise KnownProblem("scan-folder-not-read", path=str(path), reason=reason) from error
    if not found:
        raise KnownProblem("scan-folder-empty", path=", ".join(map(str, given)))
    return found


def _below(folder: Path, depth: int = 0) -> Iterator[Path]:
    for path in sorted(folder.iterdir(), key=lambda one: one.name.casefold()):
        name = path.name.casefold()
        if name.startswith(".") or name in _NOBODYS or name.endswith(SUFFIX):
            continue
        if path.is_dir():
            if depth < _DEEPEST and not path.is_symlink():
                yield from _below(path, depth + 1)
        else:
            yield path


class FolderJudge:
    """Says what would become of files, one after another; nothing is written.

    The same bytes twice are attached once. Any one thread may ask.
    """

    def __init__(self, shelf: Shelf) -> None:
        """Judge against an office as it was seen."""
        self._shelf = shelf
        self._met: dict[str, set[tuple[str, str]]] = {}

    def __call__(self, file: tuple[Path, Path]) -> Found:
        """What would become of a file; given with the folder it was found in."""
        root, path = file
        found = _judged(self._shelf, root, path, self._met)
        if found.fate is Fate.NEW:
            self._met.setdefault(found.sha256, set()).add((found.tps, found.contest))
        return found


def judge(shelf: Shelf, files: Iterable[tuple[Path, Path]]) -> Iterator[Found]:
    """What would become of each file, in order; nothing is written."""
    return map(FolderJudge(shelf), files)


def now(found: Found, fate: Fate, why: KnownProblem | None = None) -> Found:
    """A file whose fate is another by now."""
    return replace(found, fate=fate, why=why)


def _judged(shelf: Shelf, root: Path, path: Path, met: Mapping[str, set[tuple[str, str]]]) -> Found:
    inside = path.relative_to(root)
    name = clean_text(inside.as_posix()) or "?"
    try:
        raw, _ = read_file(path)
        pages = look(raw, name)[1]
        tps, contest = _meant(shelf, root, inside)
        sha256 = sha256_of(raw)
        places = shelf.attached.get(sha256, frozenset()) | met.get(sha256, set())
        _require_own(places, tps, name)
    except KnownProblem as problem:
        fate = Fate.UNCLEAR if problem.code in _UNCLEAR else Fate.REFUSED
        return Found(path, name, fate, why=problem)
    is_known = any(other in ("", contest) for _, other in places)
    return Found(
        path=path,
        name=name,
        fate=Fate.KNOWN if is_known else Fate.NEW,
        tps=tps,
        contest=contest,
        sha256=sha256,
        pages=pages,
    )


def _require_own(places: Iterable[tuple[str, str]], tps: str, name: str) -> None:
    """Refuse bytes that are attached to another TPS: one of the two is named wrongly."""
    others = sorted(other for other, _ in places if other != tps)
    if others:
        raise KnownProblem("scan-of-other", file=name, tps=dotted(others[0]))


def _meant(shelf: Shelf, root: Path, inside: Path) -> tuple[str, str]:
    """TPS and contest that a file speaks of by its name, or that of the folders it lies in."""
    # Of a single photo in "gambar.jpg" its folder may say all: the name of the root counts too.
    folders = [*reversed(inside.parent.parts), root.name]
    parts = [clean_text(part) for part in (inside.stem, *folders)]
    meant = shelf.names.read(parts)
    contest = meant.contest or shelf.contest
    if contest is None:
        contests = ", ".join(shelf.names.contests)
        raise KnownProblem("scan-which-contest", file=parts[0], contests=contests)
    if not shelf.names.holds(meant.tps, contest):
        raise KnownProblem("tps-unknown", tps=meant.tps, contest=contest)
    return meant.tps, contest


def take(found: Found, folder: Path) -> Scan:
    """Read a file that is to be attached once more, and keep it; any thread may do it.

    Raises:
        KnownProblem: as ``keep_file``; ``scan-changed`` when it is another one by now.
    """
    scan = keep_file(found.path, folder)
    if scan.sha256 != found.sha256:
        raise KnownProblem("scan-changed", file=found.name)
    return scan


def to_take(office: Office, files: Iterable[Found]) -> list[Found]:
    """Files that are to be read: new ones, and those on record whose bytes are not here."""
    held = {one.sha256 for one in office.file.attachments.standing() if is_here(office, one)}
    wanted = []
    for found in files:
        if found.fate is Fate.NEW or (found.fate is Fate.KNOWN and found.sha256 not in held):
            held.add(found.sha256)
            wanted.append(found)
    return wanted


def record_found(office: Office, taken: Iterable[tuple[Found, Scan]], *, by: str) -> int:
    """Put files that were read on record, those on record already into their place; how many.

    Raises:
        KnownProblem: when nothing can be written.
    """
    given = list(taken)
    keep_bytes(office, (scan for found, scan in given if found.fate is Fate.KNOWN))
    scans = [(f.tps, f.contest, scan) for f, scan in given if f.fate is Fate.NEW]
    if scans:
        record_scans(office, scans, by=by)
    return len(given)
