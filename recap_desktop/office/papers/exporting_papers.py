"""All papers of a contest as files of a folder: PDF, and the recap sheets as a workbook too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.records.copies import SHEETS, PaperOf
from recap_desktop.office.papers.copying import read_paper
from recap_desktop.office.papers.paper_making import PaperKind
from recap_desktop.office.papers.printing import write_book
from recap_desktop.office.papers.workbooks import write_workbook
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recap_desktop.office.opening import Office
    from recap_desktop.office.papers.copying import PrintedPaper

EXPORTED = (
    SHEETS,
    PaperKind.MINUTES.value,
    PaperKind.INCIDENTS.value,
    PaperKind.CORRECTIONS.value,
    PaperKind.RECEIPT.value,
)
"""Papers of a whole office that every contest has at any time."""


@dataclass(frozen=True, slots=True)
class ExportedPaper:
    """One paper on its way into a folder.

    Attributes:
        read: from the office.
        stem: of its files.
        size: of the paper.
        time: what the laptop says.
        archival: whether the PDF is in the archive form, which has no workbook beside it.
    """

    read: PrintedPaper
    stem: str
    size: str
    time: str
    archival: bool = False

    def write(self, folder: Path) -> tuple[Path, ...]:
        """Write its files; older ones of the same name are replaced. Any thread may do it.

        Raises:
            KnownProblem: ``file-cannot-be-written``, ``record-damaged``.
        """
        book = self.read.make()
        page = folder / f"{self.stem}.pdf"
        write_book(book, page, paper=self.size, archival=self.archival)
        if self.archival or self.read.paper.kind != SHEETS:
            return (page,)
        workbook = folder / f"{self.stem}.xlsx"
        write_workbook(book, workbook, time=self.time)
        return page, workbook


def exported_papers(
    office: Office, contest_id: str, *, size: str, archival: bool = False
) -> Iterator[ExportedPaper]:
    """Read every paper of a contest, one after the other, as it stands now.

    Args:
        office: the open office.
        contest_id: the contest.
        size: of the paper.
        archival: whether for the archive, in PDF/A-1b.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    rehearsal = "LATIHAN_" if office.election.is_rehearsal else ""
    for kind in EXPORTED:
        read = read_paper(office, contest_id, PaperOf(kind))
        state = f"r{read.revision.number}" if read.revision else "draf"
        archive = "_arsip" if archival else ""
        stem = f"{rehearsal}{contest_id}_{kind}_{state}{archive}"
        yield ExportedPaper(read, stem, size, office.now(), archival)


def export_papers(
    office: Office, contest_id: str, folder: Path, *, size: str, archival: bool = False
) -> list[Path]:
    """Write all papers of a contest into a folder that exists.

    Raises:
        KnownProblem: ``contest-unknown``, ``export-folder``, ``file-cannot-be-written``,
            ``record-damaged``.
    """
    if not folder.is_dir():
        raise KnownProblem("export-folder", path=str(folder))
    return [
        path
        for paper in exported_papers(office, contest_id, size=size, archival=archival)
        for path in paper.write(folder)
    ]
