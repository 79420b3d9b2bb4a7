"""What to look at now: the findings of the form, each a step away from its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.signs import mark_icon
from recap_desktop.desk.looks.typefaces import sized

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from recap_desktop.election.checks.phrasing import Phrase
    from recap_desktop.election.checks.rules import Finding
    from recap_desktop.election.wording import Words

_MOST = 40
_MARGIN = 8
_Index = QModelIndex | QPersistentModelIndex
_CELL = Qt.ItemDataRole.UserRole


class _WholeText(QStyledItemDelegate):
    """Gives a line the height of its text as it is wrapped when it is drawn, a little narrower.

    Qt measures it in the whole width of the list, and cuts the last words off where they then
    need one line more: the figures stand there.
    """

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 - Qt's name
        """The height of the whole text."""
        drawn = QStyleOptionViewItem(option)
        view = self.parent()
        assert isinstance(view, QListWidget)
        width = view.viewport().width() - 2 * view.spacing() - _MARGIN
        drawn.rect = QRect(0, 0, width, option.rect.height())
        return super().sizeHint(drawn, index)


class FindingList(QListWidget):
    """The findings as a list in which Enter jumps."""

    jumped = Signal(str)
    mark_asked = Signal(str)

    def __init__(self) -> None:
        """An empty list whose lines show their whole text."""
        super().__init__()
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setItemDelegate(_WholeText(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter jumps to the cell of the line; a point asks whether it stands so on the paper."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Period, Qt.Key.Key_Comma) and item is not None:
            self.mark_asked.emit(str(item.data(_CELL)))
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.jumped.emit(str(item.data(_CELL)))
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Wrap the lines anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class FindingsPanel(QWidget):
    """The findings of the form on the screen, also of one that is not saved yet."""

    jumped = Signal(str)
    counted = Signal()
    mark_asked = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        """An empty panel."""
        super().__init__(parent)
        self._words = words
        self._title = PlainLabel(words["desk.findings.title"])
        sized(self._title, 1.0, bold=True)
        self._list = FindingList()
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(words["desk.findings.title"])
        self._list.setSpacing(2)
        sized(self._list, 0.92)
        # Where a decision is asked for in a small window, it gives way down to one finding.
        self._list.setMinimumHeight(round(self._list.fontMetrics().height() * 2.4))
        self._list.itemClicked.connect(self._clicked)
        self._list.jumped.connect(self.jumped)
        self._list.mark_asked.connect(self.mark_asked)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        box.addLayout(self._head)
        box.addWidget(self._list, 1)
        self._cells: list[str] = []
        self._shown: tuple[object, ...] = ()

    def put_in_head(self, button: QWidget) -> None:
        """Put a button beside the title, no higher than it: small screens have no line to spare."""
        button.setFixedHeight(self._title.sizeHint().height())
        self._head.addWidget(button)

    @property
    def title(self) -> str:
        """How many there are, in words."""
        return self._title.text

    @property
    def texts(self) -> list[str]:
        """The lines that are shown."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    def show_findings(
        self,
        findings: Sequence[Finding],
        say: Callable[[Finding], Phrase],
        marked: Callable[[Finding], str],
    ) -> None:
        """Show findings in paper order, each with its best hint where it is told with hints.

        Args:
            findings: what was found.
            say: words a finding.
            marked: why a finding stands so on the paper; then no hint is needed any more.
        """
        listed = findings[:_MOST]
        self._cells = [finding.cells[0] for finding in listed]
        told = [(say(finding), marked(finding)) for finding in listed]
        # Most keys change no finding: what stands there already stays, also where one scrolled to.
        shown = (tuple(listed), told, len(findings), self.palette().cacheKey())
        if shown == self._shown:
            return
        self._shown = shown
        self._list.clear()
        for finding, (phrase, why) in zip(listed, told, strict=True):
            text = "\n".join((phrase.text, *((why,) if why else phrase.hints[:1])))
            item = QListWidgetItem(mark_icon(finding.severity, self.palette()), text)
            item.setData(_CELL, finding.cells[0])
            severity = self._words[f"desk.findings.{finding.severity.value}"]
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{severity}: {text}")
            item.setToolTip("\n".join((phrase.title, phrase.text, *phrase.hints)))
            self._list.addItem(item)
        count = len(findings)
        code = "desk.findings.count" if count else "desk.findings.none"
        self._title.set_text(self._words(code, count=count))
        self.counted.emit()

    def show_nothing(self) -> None:
        """Say nothing of a form, not even that nothing is found."""
        self._cells, self._shown = [], ()
        self._list.clear()
        self._title.set_text(self._words["desk.findings.title"])
        self.counted.emit()

    def next_after(self, cell: str, order: Sequence[str]) -> str:
        """The cell of the next finding after a cell of the form, round to the first."""
        if not self._cells:
            return ""
        place = {key: at for at, key in enumerate(order)}
        here = place.get(cell, -1)
        later = [key for key in self._cells if place[key] > here]
        return later[0] if later else self._cells[0]

    def _clicked(self, item: QListWidgetItem) -> None:
        self.jumped.emit(str(item.data(_CELL)))
