"""A pen on a canvas: rules of a few weights, and text set left, centred or right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.pdfgen.textobject import PDFTextObject

from recap_desktop.paper.settings import MM

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportlab.pdfgen.canvas import Canvas

    from recap_desktop.paper.fonts import Type

FRAME = 0.5 * MM
"""Around a table."""

STRONG = 0.35 * MM
"""Between sections, and around a box."""

RULE = 0.2 * MM
"""Between rows and columns; survives a photocopier."""

HAIR = 0.15 * MM
"""Dotted, between the lines of one row."""


_REMEMBERED = 5_000
"""Texts with their places, for the next page."""


Stroke = tuple[float, float, float, float]
"""A straight line: x and y of both ends."""


class FigureText(PDFTextObject):
    """Text of figures only: they are put into the page as they are, several times as fast.

    Our fonts are registered so that ASCII letters keep their codes (``asciiReadable``), and
    figures, dots and the mark need no escaping.
    """

    def put(self, kind: Type, figures: Sequence[tuple[float, float, str]]) -> None:
        """Set figures of one type, each from its left end on the base line."""
        if not figures:
            return
        self.setFont(kind.face, kind.size)
        (x, y, text), *rest = figures
        self.setTextOrigin(x, y)
        self.textOut(text)
        code: list[str] = self._code  # type: ignore[attr-defined]  # the stub leaves it out
        code.extend(f"1 0 0 1 {x:.2f} {y:.2f} Tm ({text}) Tj" for x, y, text in rest)


class Pen:
    """Draws on one canvas; every measure is in points from the lower left corner of the page."""

    def __init__(self, canvas: Canvas) -> None:
        """Draw on this canvas, in black."""
        self.canvas = canvas
        self._known: dict[tuple[str, float, float, float, str], str] = {}

    def rules(self, lines: Sequence[Stroke], weight: float) -> None:
        """Draw lines (x1, y1, x2, y2) of one weight."""
        if lines:
            self.canvas.setLineWidth(weight)
            self.canvas.lines(list(lines))

    def dotted(self, lines: Sequence[Stroke], step: float = 1.6) -> None:
        """Draw dotted hair lines."""
        if lines:
            self.canvas.saveState()
            self.canvas.setDash([0.8, step - 0.8])
            self.rules(lines, HAIR)
            self.canvas.restoreState()

    def box(self, x: float, y: float, width: float, *, height: float, weight: float) -> None:
        """Draw a rectangle from its lower left corner."""
        self.canvas.setLineWidth(weight)
        self.canvas.rect(x, y, width, height)

    def text(self, kind: Type, texts: Iterable[tuple[float, float, str]]) -> None:
        """Set texts, each from its left end on the base line."""
        self.canvas.setFont(kind.face, kind.size)
        code: list[str] = self.canvas._code  # type: ignore[attr-defined]  # noqa: SLF001 - as above
        for x, y, text in texts:
            # Heads and labels stand at the same place on page after page.
            key = (kind.face, kind.size, x, y, text)
            known = self._known.get(key)
            if known is None:
                self.canvas.drawString(x, y, text)
                self._remember(key, code[-1])
            else:
                code.append(known)

    def _remember(self, key: tuple[str, float, float, float, str], code: str) -> None:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[key] = code

    def centred(self, kind: Type, x: float, y: float, *, texts: Sequence[str]) -> None:
        """Set lines under each other around a middle; ``y`` is the base line of the first."""
        self.text(
            kind,
            [
                (x - kind.width(text) / 2, y - index * kind.leading, text)
                for index, text in enumerate(texts)
            ],
        )

    def column(self, kind: Type, x: float, y: float, *, texts: Sequence[str]) -> None:
        """Set lines under each other from a left edge; ``y`` is the base line of the first."""
        self.text(kind, [(x, y - index * kind.leading, text) for index, text in enumerate(texts)])

    def right(self, kind: Type, x: float, y: float, *, texts: Sequence[str]) -> None:
        """Set lines under each other up to a right edge; ``y`` is the base line of the first."""
        self.text(
            kind,
            [
                (x - kind.width(text), y - index * kind.leading, text)
                for index, text in enumerate(texts)
            ],
        )
