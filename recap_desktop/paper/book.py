"""A book of papers as one PDF: the same sheets and settings give the same bytes."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from recap_desktop.election.papers.annexes import Annex
from recap_desktop.election.papers.deeds import Deed
from recap_desktop.paper import (
    deeds,
    fonts,
    footer,
    grid,
    lists,
    masthead,
    notes,
    pdf_file,
    plan,
    signatures,
)
from recap_desktop.paper.pdf_output import Output
from recap_desktop.paper.pen import Pen

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from recap_desktop.election.papers.books import Bound
    from recap_desktop.election.papers.faces import Face
    from recap_desktop.election.papers.sheets import Sheet
    from recap_desktop.paper.attached import Attached
    from recap_desktop.paper.settings import Measures, PaperSettings

rl_config.useA85 = 0  # binary streams as they are: a fifth smaller


def draw_book(
    papers: Iterable[Bound],
    settings: PaperSettings,
    *,
    stamp: str = "",
    files: Iterable[Attached] = (),
    emblem: bytes = b"",
    archival: bool = False,
) -> bytes:
    """Draw papers one after the other, for who wants the bytes: a preview, a package.

    Args:
        papers: what is printed, in order.
        settings: paper, block and places of signatures.
        stamp: what differs from copy to copy, a line in the middle of the foot.
        files: what lies in the file beside its pages; the archive form leaves them out.
        emblem: a PNG that stands in the place of the neutral mark; empty for that.
        archival: whether it is to be PDF/A-1b.
    """
    book = BookFile(settings, io.BytesIO(), stamp=stamp, emblem=emblem, archival=archival)
    book.add(papers)
    target = io.BytesIO()
    book.write(target, files)
    return target.getvalue()


class BookFile:
    """A book on its way into a file: of each page only where it lies is kept in memory."""

    def __init__(
        self,
        settings: PaperSettings,
        aside: IO[bytes],
        *,
        stamp: str = "",
        emblem: bytes = b"",
        archival: bool = False,
    ) -> None:
        """Nothing is drawn yet.

        Args:
            settings: as ``draw_book`` takes them.
            aside: an empty file, to be written and read: what is drawn lies there until the end.
            stamp: as ``draw_book`` takes it.
            emblem: likewise.
            archival: likewise.
        """
        fonts.register()
        measures = settings.measures
        self._canvas = Canvas(
            "",
            pagesize=(measures.width, measures.height),
            invariant=1,
            pageCompression=1,
            initialFontName=fonts.REGULAR,  # type: ignore[arg-type]  # the stub says float
            initialFontSize=measures.size,
            lang=pdf_file.LANGUAGE,
            pdfVersion=pdf_file.ARCHIVE_VERSION if archival else pdf_file.VERSION,
        )
        self._archival = archival
        self._output = Output(self._canvas, aside)
        self._binder = _Binder(
            Pen(self._canvas), self._output, settings, stamp=stamp, emblem=emblem
        )

    @property
    def pages(self) -> int:
        """How many are drawn so far."""
        return self._canvas.getPageNumber() - 1

    def add(self, papers: Iterable[Bound]) -> None:
        """Draw papers, each before the next is asked for.

        Raises:
            OSError: when the medium refuses.
        """
        for paper in papers:
            self._binder.add(paper)

    def write(self, target: IO[bytes], files: Iterable[Attached] = ()) -> None:
        """Write what was drawn as a PDF, once.

        Args:
            target: where.
            files: as ``draw_book`` takes them.

        Raises:
            OSError: when a medium refuses.
        """
        canvas, about = self._canvas, self._binder.about
        pdf_file.describe(canvas, about)
        pdf_file.label_pages(canvas, self._binder.starts)
        if self._archival:
            pdf_file.make_archival(canvas, about)
        else:
            pdf_file.attach(canvas, files)
        self._output.write(target)


def count_pages(papers: Iterable[Bound], settings: PaperSettings) -> int:
    """How many pages papers take, without drawing them."""
    fonts.register()
    return sum(_count(paper, settings) for paper in papers)


def _count(paper: Bound, settings: PaperSettings) -> int:
    if isinstance(paper, Deed):
        return len(deeds.plan_deed(paper, settings.upright))
    if isinstance(paper, Annex):
        return _counted(plan.plan_annex(paper, settings))
    chosen = settings.suited(paper)
    return len(plan.plan(paper, chosen, plan.setting_for(paper, chosen)))


def _counted(things: Iterable[object]) -> int:
    return sum(1 for _ in things)


class _Binder:
    """Draws page after page on one canvas; what is equal on several pages is kept once.

    Attributes:
        starts: the page on which each paper begins, from 0, and its name.
    """

    def __init__(
        self, pen: Pen, output: Output, settings: PaperSettings, *, stamp: str, emblem: bytes
    ) -> None:
        self._pen = pen
        self._output = output
        self._settings = settings
        self._measures = settings.measures
        self._stamp = stamp
        self._emblem = emblem
        self._forms: dict[Hashable, str] = {}
        self._count = 0
        self._kept: list[object] = []
        self._face: Face | None = None
        self._widest: tuple[str, Face] | None = None
        self.starts: list[tuple[int, str]] = []

    @property
    def about(self) -> pdf_file.About:
        """What the file is: the paper of the widest unit names it."""
        assert self._widest is not None, "a file of no papers"
        _, face = self._widest
        return pdf_file.About(
            title=" ".join((*face.model, face.name)),
            subject=" ".join(title.text for title in face.titles),
            author=face.office,
        )

    def add(self, paper: Bound) -> None:
        """Draw all pages of a paper."""
        if self._widest is None or len(paper.code) < len(self._widest[0]):
            self._widest = paper.code, paper.face
        if isinstance(paper, Deed):
            self._add_deed(paper)
        elif isinstance(paper, Annex):
            self._add_annex(paper)
        else:
            self._add_sheet(paper)

    def _add_sheet(self, sheet: Sheet) -> None:
        chosen = self._settings.suited(sheet)
        self._measures = chosen.measures
        self._turn_to(self._measures)
        setting = plan.setting_for(sheet, chosen)
        pages = plan.plan(sheet, chosen, setting)
        for number, page in enumerate(pages, start=1):
            self._begin(sheet.face, number, len(pages))
            if page.part is not None:
                self._draw_table(sheet, page.part, setting)
            self._draw_signatures(page)
            self._output.end_page()

    def _turn_to(self, measures: Measures) -> None:
        self._pen.canvas.setPageSize((measures.width, measures.height))

    def _add_annex(self, annex: Annex) -> None:
        self._measures = self._settings.measures
        self._turn_to(self._measures)
        # Planned twice, so that its thousands of entries are not all held: each page says of how many.
        whole = _counted(plan.plan_annex(annex, self._settings))
        for number, page in enumerate(plan.plan_annex(annex, self._settings), start=1):
            self._begin(annex.face, number, whole)
            lists.draw(self._pen, page.strips, self._measures)
            self._draw_signatures(page)
            self._output.end_page()

    def _add_deed(self, deed: Deed) -> None:
        self._measures = self._settings.upright
        self._turn_to(self._measures)
        pages = deeds.plan_deed(deed, self._measures)
        for number, page in enumerate(pages, start=1):
            self._begin(deed.face, number, len(pages))
            for top, draw in page.drawn:
                draw(self._pen, top)
            self._draw_signatures(page)
            self._output.end_page()

    def _begin(self, face: Face, number: int, pages: int) -> None:
        pen, measures = self._pen, self._measures
        if number == 1:
            self._take_face(face)
            key = f"p{len(self.starts)}"
            pen.canvas.bookmarkPage(key)
            pen.canvas.addOutlineEntry(face.name, key, 0)
            self.starts.append((pen.canvas.getPageNumber() - 1, face.name))
        if face.notices:
            self._form(
                ("behind", face.notices, measures),
                lambda: masthead.draw_behind(pen, face.notices, measures),
            )
        self._form("face", lambda: self._draw_face(face))
        note = face.page_note(number, pages)
        masthead.draw_page_note(pen, face, measures, note=note)
        footer.draw_page_note(pen, face, measures, note=note, stamp=self._stamp)

    def _take_face(self, face: Face) -> None:
        """A paper has a face of its own, whose drawing is of no use to the next."""
        if face is not self._face:
            self._forms.pop("face", None)
            self._face = face

    def _draw_face(self, face: Face) -> None:
        masthead.draw(self._pen, face, self._measures, emblem=self._emblem)
        footer.draw(self._pen, face, self._measures)

    def _draw_table(self, sheet: Sheet, part: plan.Part, setting: plan.Setting) -> None:
        pen, measures, table = self._pen, self._measures, part.table
        # Pages come out of a cache, so that equal ones are one object: no need to compare them.
        key = ("table", id(table.page), table.table, table.head, table.top)
        if key not in self._forms:
            self._kept.append(table.page)
        self._form(key, lambda: grid.draw_static(pen, table, measures))
        grid.draw_heads(pen, table, part.block.columns, setting.heads)
        grid.draw_figures(pen, table, part.block, setting.figures)
        notes.draw(pen, sheet.notes, measures, top=table.bottom)

    def _draw_signatures(self, page: plan.PlannedPage | plan.AnnexPage | deeds.DeedPage) -> None:
        face, top, room, measures = page.face, page.sign_top, page.sign_room, self._measures
        if top is not None:
            self._form(
                ("signatures", face.signatures, face.decided, face.unsigned, top, room, measures),
                lambda: signatures.draw(self._pen, face, measures, top=top, room=room),
            )

    def _form(self, key: Hashable, draw: Callable[[], None]) -> None:
        """Put a drawing on the page that is stored in the file only once."""
        canvas, measures = self._pen.canvas, self._measures
        name = self._forms.get(key)
        if name is None:
            name = f"f{self._count}"
            self._count += 1
            self._forms[key] = name
            canvas.beginForm(name, 0, 0, measures.width, measures.height)
            draw()
            self._output.end_form(name)
        canvas.doForm(name)
