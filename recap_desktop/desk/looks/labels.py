"""Labels that keep their place: what is too long is cut with an ellipsis and told in full on hover."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from recap_desktop.desk.looks.typefaces import CONDENSED

_PITCH = 1.18
"""Distance of two lines in heights of the font's em."""


class PlainLabel(QWidget):
    """Text in at most some lines, centred upright, cut where it ends."""

    def __init__(self, text: str = "", *, lines: int = 1, parent: QWidget | None = None) -> None:
        """Show a text in at most ``lines`` lines."""
        super().__init__(parent)
        self._lines = lines
        self._text = ""
        self._align = Qt.AlignmentFlag.AlignLeft
        self._role = QPalette.ColorRole.WindowText
        self._hint = 0
        self._narrows = False
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding if lines > 1 else policy.Preferred, policy.Fixed)
        self.set_text(text)

    @property
    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        if text == self._text and self._hint:
            return
        self._text = text
        self._hint = 1
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_align(self, align: Qt.AlignmentFlag) -> None:
        """Put the lines left, right or in the middle."""
        self._align = align

    def set_role(self, role: QPalette.ColorRole) -> None:
        """Draw in another colour of the palette."""
        self._role = role
        self.update()

    def let_narrow(self) -> None:
        """Draw in the condensed cut where the text would have to be cut otherwise."""
        self._narrows = True

    def _drawn_font(self) -> QFont:
        """The font the text is drawn in at the present width."""
        font = self.font()
        if self._narrows and QFontMetricsF(font).horizontalAdvance(self._text) > self.width():
            font.setFamily(CONDENSED)
        return font

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as its text, as high as all the lines it may have."""
        metrics = QFontMetricsF(self.font())
        widest = max((metrics.horizontalAdvance(t) for t in self._text.split("\n")), default=0)
        return QSize(round(widest) + 3, self._height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It may be cut down to a few letters."""
        return QSize(round(QFontMetricsF(self.font()).averageCharWidth() * 4), self._height())

    def _height(self) -> int:
        return round(self._pitch() * self._lines + (self._pitch() * 0.2 if self._lines == 1 else 0))

    def _pitch(self) -> float:
        return QFontMetricsF(self.font()).ascent() / 1.069 * _PITCH

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the lines that have room."""
        del event
        painter = QPainter(self)
        painter.setFont(self._drawn_font())
        painter.setPen(self.palette().color(self._role))
        shown = self._cut()
        pitch = self._pitch()
        metrics = QFontMetricsF(painter.font())
        top = (self.height() - pitch * len(shown)) / 2
        for index, line in enumerate(shown):
            width = metrics.horizontalAdvance(line)
            x = 0.0
            if self._align & Qt.AlignmentFlag.AlignRight:
                x = self.width() - width
            elif self._align & Qt.AlignmentFlag.AlignHCenter:
                x = (self.width() - width) / 2
            middle = top + pitch * (index + 0.5)
            painter.drawText(round(x), round(middle + metrics.capHeight() / 2 - 1), line)
        painter.end()
        whole = self._text.replace("\n", " ")
        self.setToolTip("" if " ".join(shown) == " ".join(whole.split()) else self._text)

    def use_lines(self, least: int, most: int) -> None:
        """Take as many lines as the text needs at the present width, within bounds."""
        before, self._lines = self._lines, most
        self._lines = max(least, len(self._cut()))
        if self._lines != before:
            self.updateGeometry()
            self.update()

    def _cut(self) -> list[str]:
        paragraphs = self._text.split("\n")[: self._lines]
        shown: list[str] = []
        for at, text in enumerate(paragraphs):
            left = self._lines - len(shown) - (len(paragraphs) - at - 1)
            shown += self._wrapped(text, left)
        return shown

    def _wrapped(self, text: str, lines: int) -> list[str]:
        """One paragraph in at most some lines, the last one cut."""
        font = self._drawn_font()
        metrics = QFontMetricsF(font)
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        shown: list[str] = []
        while len(shown) < lines:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(1, self.width()))
            rest = text[line.textStart() :]
            if len(shown) == lines - 1:
                right = Qt.TextElideMode.ElideRight
                shown.append(metrics.elidedText(rest, right, self.width()))
            else:
                shown.append(rest[: line.textLength()].rstrip())
        layout.endLayout()
        return shown
