"""Pictures that travel with the records of an office: in a folder beside the exchange files.

The records are taken in whether their pictures come along or not: a picture that is on no stick
is said to be missing, and comes another time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.exchange.scan_folder import ON_A_STICK, holds_scan, read_scan, write_scan
from recap_desktop.foreign.scan_files import LARGEST
from recap_desktop.office.scans.attaching import (
    MOST_INSIDE,
    Kept,
    Scan,
    folder_of,
    is_here,
    keep_bytes,
    kept,
)
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from recap_desktop.election.records.attachments import Attachment
    from recap_desktop.office.opening import Office


@dataclass(frozen=True, slots=True)
class Travelled:
    """What became of the pictures of an exchange (gambar yang ikut).

    Attributes:
        moved: written to the stick, or brought from it.
        there: lay where they belong before.
        missing: are on record and were not to be found.
        unsound: why others were left away: their bytes are not those on record.
    """

    moved: int = 0
    there: int = 0
    missing: tuple[Attachment, ...] = ()
    unsound: tuple[KnownProblem, ...] = ()


class Tally:
    """Counts what becomes of pictures, one after another."""

    def __init__(self) -> None:
        """None yet."""
        self._moved = self._there = 0
        self._missing: list[Attachment] = []
        self._unsound: list[KnownProblem] = []

    def moved(self, *, is_new: bool) -> None:
        """One came where it belongs, or lay there."""
        self._moved += is_new
        self._there += not is_new

    def missed(self, attachment: Attachment) -> None:
        """One was not to be found."""
        self._missing.append(attachment)

    def refused(self, problem: KnownProblem) -> None:
        """One has other bytes than those on record."""
        self._unsound.append(problem)

    @property
    def total(self) -> Travelled:
        """What became of all so far."""
        return Travelled(self._moved, self._there, tuple(self._missing), tuple(self._unsound))


def pictures(office: Office) -> list[Attachment]:
    """Everything that is attached, the same bytes once."""
    once: dict[str, Attachment] = {}
    for one in office.file.attachments.standing():
        once.setdefault(one.sha256, one)
    return list(once.values())


def absent(office: Office) -> list[Attachment]:
    """What is attached and whose bytes are not here."""
    return [one for one in pictures(office) if not is_here(office, one)]


# To a stick


def carry(one: Kept, folder: Path) -> bool:
    """Write a picture beside the exchange files of a folder; any thread may do it.

    Returns:
        Whether it was not there yet.

    Raises:
        KnownProblem: as ``Kept.read``; ``scan-not-written`` when the medium refuses.
    """
    target = folder / ON_A_STICK
    if holds_scan(target, one.attachment.sha256, one.attachment.size):
        return False
    return write_scan(target, one.attachment.sha256, one.read())


def send(office: Office, folder: Path) -> Travelled:
    """Write every picture that is here beside the exchange files of a folder.

    Raises:
        KnownProblem: ``scan-not-written``.
    """
    tally = Tally()
    for one in pictures(office):
        try:
            tally.moved(is_new=carry(kept(office, one), folder))
        except KnownProblem as problem:
            note(tally, one, problem)
    return tally.total


def note(tally: Tally, one: Attachment, problem: KnownProblem) -> None:
    """Count a picture that did not come along.

    Raises:
        KnownProblem: what is no fault of the picture.
    """
    if problem.code == "scan-missing":
        tally.missed(one)
    elif problem.code in ("scan-altered", "scan-not-read"):
        tally.refused(problem)
    else:
        raise problem


# From a stick


def fetch(one: Attachment, folders: Iterable[Path], shelf: Path) -> Scan | None:
    """Read a picture from beside exchange files; a large one is kept at once. Any thread may do it.

    Args:
        one: what is on record.
        folders: where exchange files lie.
        shelf: where large pictures of this office lie.

    Returns:
        The picture; None when it lies in none of the folders.

    Raises:
        KnownProblem: ``scan-altered``, ``scan-not-read``, ``scan-not-written``.
    """
    for folder in folders:
        lying = folder / ON_A_STICK
        if one.size > LARGEST or not holds_scan(lying, one.sha256, one.size):
            continue
        raw = read_scan(lying, one.sha256)
        if raw is None:
            continue
        is_large = len(raw) > MOST_INSIDE
        if is_large:
            write_scan(shelf, one.sha256, raw)
        inside = b"" if is_large else raw
        return Scan(one.name, one.sha256, one.media, one.size, one.pages, inside)
    return None


def bring(office: Office, paths: Iterable[Path]) -> Travelled:
    """Bring every picture that is on record and not here from beside exchange files.

    Args:
        office: the open office.
        paths: exchange files, or folders of them.

    Raises:
        KnownProblem: ``scan-not-written``; or when nothing can be written.
    """
    office.require_writable()
    folders = list(_folders(paths))
    tally = Tally()
    for one in absent(office):
        try:
            scan = fetch(one, folders, folder_of(office))
        except KnownProblem as problem:
            note(tally, one, problem)
            continue
        if scan is None:
            tally.missed(one)
        else:
            keep_bytes(office, [scan])
            tally.moved(is_new=True)
    return tally.total


def _folders(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield path if path.is_dir() else path.parent
