"""What the pen puts on a page is what the canvas would, also where it remembers it."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from recap_desktop.paper import fonts, pen
from recap_desktop.paper.fonts import BOLD, REGULAR, Type
from recap_desktop.paper.pen import Pen

TEXTS = [(10.0, 20.5, "DESA"), (30.0, 20.5, "Nur\N{RIGHT SINGLE QUOTATION MARK}aini (P)")]
KINDS = (Type(REGULAR, 7), Type(BOLD, 7), Type(REGULAR, 8.5))


def drawn(canvas: Canvas) -> list[str]:
    """What is on the page so far."""
    return list(canvas._code)  # type: ignore[attr-defined]  # the stub leaves it out


def test_texts_are_the_same_the_second_time_and_on_another_page() -> None:
    fonts.register()
    ours, theirs = Canvas("", invariant=1), Canvas("", invariant=1)
    drawing = Pen(ours)
    for _ in range(2):
        for kind in (*KINDS, *KINDS):
            drawing.text(kind, TEXTS)
            theirs.setFont(kind.face, kind.size)
            for x, y, text in TEXTS:
                theirs.drawString(x, y, text)
        assert drawn(ours) == drawn(theirs)
        ours.showPage()
        theirs.showPage()


def test_it_remembers_so_many_texts_and_no_more() -> None:
    fonts.register()
    drawing = Pen(Canvas("", invariant=1))
    for number in range(2 * pen._REMEMBERED):
        drawing.text(KINDS[0], [(0, 0, str(number))])
        assert len(drawing._known) <= pen._REMEMBERED
