"""The print plan: which papers, for whom, how many pages, and how long it takes, before any prints."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.regions import Level, level_of
from recap_desktop.election.papers.captions import bare_name, full_name
from recap_desktop.election.papers.facts import Presence
from recap_desktop.election.records.copies import SHEETS, PaperOf, had_by
from recap_desktop.office.language import load_words
from recap_desktop.office.papers.copying import copies, read_paper
from recap_desktop.office.papers.paper_making import PaperKind
from recap_desktop.office.papers.printing import settings_of
from recap_desktop.office.plenary.hall import expected_signers
from recap_desktop.office.plenary.seats import is_witness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recap_desktop.election.papers.facts import Signer
    from recap_desktop.election.wording import Words
    from recap_desktop.office.opening import Office
    from recap_desktop.office.papers.copying import PrintedPaper

PAGES_A_MINUTE = 20
"""Of an ordinary office printer; a person may say another."""

BOARD, ARCHIVE, ABOVE, PANWAS = "board", "archive", "above", "panwas"
_OF_THE_HALL = (PaperKind.MINUTES.value, PaperKind.INCIDENTS.value)
_OFFICE_OF = {
    Level.KECAMATAN: Level.KABKO,
    Level.KABKO: Level.PROVINSI,
}


@dataclass(frozen=True, slots=True)
class Addressee:
    """For whom a copy is (penerima): a code, and the words that stand in the foot of its pages."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PlannedPaper:
    """One paper of the plan.

    Attributes:
        paper: which paper.
        title: what it is called.
        revision: of which close; 0 for a draft.
        addressees: who gets a copy and has none yet of this revision.
        had: who has one already.
        pages: of one copy; 0 until they are counted.
    """

    paper: PaperOf
    title: str
    revision: int
    addressees: tuple[Addressee, ...]
    had: tuple[str, ...] = ()
    pages: int = 0

    @property
    def sheets(self) -> int:
        """Pages that leave the printer."""
        return self.pages * len(self.addressees)


@dataclass(frozen=True, slots=True)
class PrintPlan:
    """All papers of a contest, or of a desa of it, with their copies (rencana cetak)."""

    papers: tuple[PlannedPaper, ...]

    @property
    def copies(self) -> int:
        """Copies of all papers."""
        return sum(len(paper.addressees) for paper in self.papers)

    @property
    def sheets(self) -> int:
        """Pages that leave the printer, of all copies."""
        return sum(paper.sheets for paper in self.papers)

    def minutes(self, pages_a_minute: int = PAGES_A_MINUTE) -> int:
        """How long the printer takes, in minutes begun."""
        return -(-self.sheets // max(pages_a_minute, 1))


def count(planned: PlannedPaper, read: PrintedPaper, *, size: str) -> PlannedPaper:
    """A paper of the plan with its pages on a size of paper; any thread may count them.

    Raises:
        KnownProblem: ``record-damaged``.
    """
    # reportlab takes a while to import.
    from recap_desktop.paper.book import count_pages  # noqa: PLC0415 - see above

    return replace(planned, pages=count_pages(read.make().papers, settings_of(size)))


def print_plan(office: Office, contest_id: str, *, size: str, desa: str = "") -> PrintPlan:
    """The whole plan with its pages; as ``planned_papers`` and ``count``."""
    return PrintPlan(
        tuple(
            count(planned, read, size=size)
            for planned, read in planned_papers(office, contest_id, desa=desa)
        )
    )


def planned_papers(
    office: Office, contest_id: str, *, desa: str = ""
) -> Iterator[tuple[PlannedPaper, PrintedPaper]]:
    """What is to be printed now: of a contest that is closed all its papers, else a draft.

    One paper after the other, so that only one is held: that of a kabupaten is large.

    Args:
        office: the open office.
        contest_id: the contest.
        desa: code of one desa, whose sheet is printed while the next is read.

    Raises:
        KnownProblem: ``contest-unknown``, ``sheet-unit-unknown``, ``desa-of-kecamatan-only``.
    """
    first = read_paper(office, contest_id, PaperOf(unit=desa))
    yield planned(office, first), first
    if first.revision is None or desa:
        return
    for kind in (
        PaperKind.MINUTES,
        PaperKind.INCIDENTS,
        PaperKind.CORRECTIONS,
        PaperKind.RECEIPT,
    ):
        read = read_paper(office, contest_id, PaperOf(kind.value))
        yield planned(office, read), read


def planned(office: Office, read: PrintedPaper) -> PlannedPaper:
    """One paper with who gets a copy of it, its pages not counted yet.

    Its title is in the language of the papers; ``paper_title`` words it for the screen.
    """
    words = load_words("id")
    whom = _whom(office, read, words)
    known = copies(office, read.contest)
    had = had_by(known, read.paper, read.head) if read.head else frozenset()
    return PlannedPaper(
        paper=read.paper,
        title=paper_title(office, read.paper, words),
        revision=read.revision.number if read.revision else 0,
        addressees=tuple(one for one in whom if one.name not in had),
        had=tuple(one.name for one in whom if one.name in had),
    )


def _whom(office: Office, read: PrintedPaper, words: Words) -> tuple[Addressee, ...]:
    """Drafts go to those who look through them; what is closed to the hall, archive and office above."""
    hall = tuple(_hall(office, read.contest, words))
    archive, above = _kept(office, words)
    kind = read.paper.kind
    if read.revision is None and kind in (SHEETS, *_OF_THE_HALL):
        return hall
    if kind == SHEETS:
        board = Addressee(BOARD, words["print.for.board"])
        return (*hall, archive) if read.paper.unit else (*hall, archive, above, board)
    if kind in _OF_THE_HALL:
        return (*hall, archive, above)
    if kind == PaperKind.SLIP.value:
        return hall
    return (archive, above) if kind == PaperKind.CORRECTIONS.value else (archive,)


def addressees(office: Office, contest_id: str) -> tuple[Addressee, ...]:
    """Everybody a copy may be for: saksi who are there, Panwas, own archive, office above, board.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    words = load_words("id")
    board = Addressee(BOARD, words["print.for.board"])
    return (*_hall(office, contest_id, words), *_kept(office, words), board)


def paper_title(office: Office, paper: PaperOf, words: Words) -> str:
    """What a paper is called: ``DESA BAREGBEG`` for a sheet of a desa."""
    if paper.kind == SHEETS and paper.unit:
        return full_name(office.election.tree, paper.unit)
    unit = f" {regions.dotted(paper.unit)}" if paper.unit else ""
    return words[f"print.paper.{paper.kind}"] + unit


def _hall(office: Office, contest_id: str, words: Words) -> Iterator[Addressee]:
    """Saksi of the choices who are there, and Panwas; all saksi where none was recorded yet."""
    signers = [one for one in expected_signers(office, contest_id) if is_witness(one.seat)]
    named = [one for one in signers if one.name and one.presence is not Presence.ABSENT]
    names = {str(c.number): c.name for c in office.election.contest(contest_id).choices}
    for one in named or [one for one in signers if one.presence is not Presence.ABSENT]:
        yield Addressee(one.seat, _witness(one, names, words))
    yield Addressee(PANWAS, words[f"print.for.panwas-{level_of(office.code).word}"])


def _witness(signer: Signer, names: dict[str, str], words: Words) -> str:
    number = signer.seat.partition("-")[2]
    return words("print.for.saksi", number=number, name=names.get(number, ""))


def _kept(office: Office, words: Words) -> tuple[Addressee, Addressee]:
    """The archive of the office, and the office above it."""
    own = words("print.for.archive", office=_body(office, office.code, words))
    level = _OFFICE_OF.get(level_of(office.code))
    above = words["print.for.republic"]
    if level is not None:
        above = _body(office, regions.ancestor(office.code, level), words)
    return Addressee(ARCHIVE, own), Addressee(ABOVE, above)


def _body(office: Office, code: str, words: Words) -> str:
    """An office as its papers call it: ``KOMISI PEMILIHAN UMUM KABUPATEN CIAMIS``."""
    tree, unit = office.election.tree, regions.unit_word(code)
    body = tree.word(code, f"office-{unit}") or words[f"sheet.office.{unit}"]
    return f"{body} {bare_name(tree, code)}"
