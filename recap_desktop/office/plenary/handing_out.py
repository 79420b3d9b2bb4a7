"""Numbers for the saksi: what has been read so far, as XLSX, CSV and PDF in a folder."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.election.definitions import regions
from recap_desktop.exchange.whole_files import write_whole_parts
from recap_desktop.office.papers import printing
from recap_desktop.office.papers.book_making import gather, require_kecamatan
from recap_desktop.office.papers.workbooks import (
    counted,
    draw_workbook,
    is_in_totals,
    station_sheets,
)
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from recap_desktop.election.papers.sheets import Sheet
    from recap_desktop.election.wording import Words
    from recap_desktop.office.opening import Office
    from recap_desktop.office.papers.book_making import Makings
    from recap_desktop.office.papers.printing import Book

_SECONDS = 19
"""Letters of an ISO time down to its seconds."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is handed out of one contest (angka untuk saksi).

    Attributes:
        title: of the contest, as people say it.
        name: what its files are called, before the time.
        words: of the papers.
        book: the papers that all three files are made from, all at once: a workbook holds them so.
    """

    title: str
    name: str
    words: Words
    book: Book

    @property
    def desa_sheets(self) -> Iterator[Sheet]:
        """The sheets with a column for each TPS."""
        return station_sheets(self.book.papers)

    @property
    def stations(self) -> int:
        """TPS of the contest."""
        return sum(len(sheet.units) for sheet in self.desa_sheets)

    @property
    def counted(self) -> int:
        """TPS whose figures are in it."""
        return sum(counted(sheet) for sheet in self.desa_sheets)


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What was written, for the sentence that says so.

    Attributes:
        folder: where.
        paths: the files, those of a contest one after the other.
        contests: title of each contest with its TPS that are in it, and all its TPS.
    """

    folder: Path
    paths: tuple[Path, ...]
    contests: tuple[tuple[str, int, int], ...]

    def told(self, words: Words) -> str:
        """What was written where."""
        contests = (
            words("hand-out.contest", title=title, counted=counted, stations=stations)
            for title, counted, stations in self.contests
        )
        files = len(self.paths)
        folder = str(self.folder)
        return words("hand-out.written", folder=folder, files=files, contests=" ".join(contests))


def read_numbers(office: Office, contest_id: str = "") -> tuple[Makings, ...]:
    """Read what counts now: a draft, or the standing revision of a contest that is closed.

    A TPS that two people must agree on and have not yet is not in it.

    Args:
        office: the open office, of a kecamatan.
        contest_id: the contest; empty for all.

    Raises:
        KnownProblem: ``contest-unknown``, ``desa-of-kecamatan-only``.
    """
    require_kecamatan(office)
    chosen = (contest_id,) if contest_id else office.contests
    return tuple(
        gather(office, one, revision=printing.choose_revision(office, one)) for one in chosen
    )


def hand_out(read: Sequence[Makings], folder: Path, *, time: str) -> HandedOut:
    """Write three files for each contest into a folder that exists: all of them, or none.

    It needs no office, so any thread may do it. A contest of which nothing has been read is left
    out. The time in the names keeps later files from taking the place of earlier ones.

    Args:
        read: what to write.
        folder: on a stick, for instance.
        time: when, ISO with zone.

    Raises:
        KnownProblem: ``hand-out-nothing``; ``hand-out-not-written``, when the medium is full,
            was taken out or refuses; ``record-damaged``.
    """
    stamp = "".join(c for c in time[:_SECONDS] if c.isdigit())
    written: list[Path] = []
    contests: list[tuple[str, int, int]] = []
    with contextlib.ExitStack() as undo:
        # One contest after the other: what is made of one is large.
        for makings in read:
            numbers = _numbers(makings)
            if not numbers.counted:
                continue
            name = f"{numbers.name}_{stamp[:8]}-{stamp[8:]}"
            for path in _write(_contents(numbers, time), folder, name):
                written.append(path)
                undo.callback(_take_away, path)
            contests.append((numbers.title, numbers.counted, numbers.stations))
        undo.pop_all()
    if not written:
        raise KnownProblem("hand-out-nothing")
    return HandedOut(folder, tuple(written), tuple(contests))


def _take_away(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def _write(contents: Mapping[str, Iterable[bytes]], folder: Path, name: str) -> Iterator[Path]:
    """Write files by their ending; each comes once it lies there."""
    try:
        paths = _free_paths(folder, name, contents)
        for path, pieces in zip(paths, contents.values(), strict=True):
            write_whole_parts(path, pieces)
            yield path
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("hand-out-not-written", path=str(folder), reason=reason) from error


def _free_paths(folder: Path, name: str, endings: Iterable[str]) -> list[Path]:
    """Names that no file bears yet: two laptops may write on one stick in the same second."""
    tries = ([folder / f"{name}{tail}.{ending}" for ending in endings] for tail in _tails())
    return next(paths for paths in tries if not any(path.exists() for path in paths))


def _tails() -> Iterator[str]:
    yield ""
    yield from (f"-{number}" for number in itertools.count(2))


def _numbers(makings: Makings) -> Numbers:
    words, book = makings.words, printing.make_book(makings)
    state = words["hand-out.draft"]
    if makings.revision:
        state = words("hand-out.revision", number=str(makings.revision.number))
    practice = [words["hand-out.rehearsal"]] if makings.election.is_rehearsal else []
    unit = regions.dotted(makings.office)
    return Numbers(
        title=makings.election.contest(makings.contest_id).title,
        name="_".join((*practice, state, unit, makings.contest_id)),
        words=words,
        book=replace(book, papers=tuple(book.papers)),
    )


def _contents(numbers: Numbers, time: str) -> dict[str, Iterable[bytes]]:
    """The bytes of each file by its ending, all from the same sheets."""
    # Heavy, and needed by nothing else.
    from recap_desktop.foreign.counts_csv import counts_csv  # noqa: PLC0415 - see above

    cells = next(numbers.desa_sheets).arrangement.cells
    return {
        "xlsx": (draw_workbook(numbers.book, time=time),),
        "csv": (counts_csv(_counts(numbers), cells),),
        "pdf": printing.draw_in_pieces(numbers.book),
    }


def _counts(numbers: Numbers) -> Iterator[tuple[str, dict[str, int]]]:
    """Every TPS that is in the totals with its filled cells."""
    for sheet in numbers.desa_sheets:
        for at, column in enumerate(sheet.units):
            if is_in_totals(column):
                read = {cell: figures[at].value for cell, figures in sheet.figures.items()}
                yield column.code, {cell: n for cell, n in read.items() if n is not None}
