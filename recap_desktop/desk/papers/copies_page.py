"""Salinan: who got which copy of what paper, pages printed again beside it, and printing it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from recap_desktop.desk.looks.appearance import Hue, ink
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.shapes import Shape, icon
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.papers.copy_rows import copy_columns, details_of
from recap_desktop.desk.pieces.fitted_columns import fit_columns
from recap_desktop.desk.pieces.rows_table import RowsTable
from recap_desktop.desk.pieces.step_bar import StepBar
from recap_desktop.desk.pieces.table_model import RowsModel
from recap_desktop.office.papers.copy_lists import CopyLine, addressees_of, copy_lines

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QIcon, QKeyEvent

    from recap_desktop.desk.session import Session

_ALL = "all:"
_WHOM = "whom:"
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CopiesTable(RowsTable):
    """The list; Enter takes the chosen line."""

    taken = Signal()
    turned = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter takes a line, the star turns to the next addressee."""
        if event.key() in _KEYS:
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Asterisk:
            self.turned.emit()
        else:
            super().keyPressEvent(event)


class CopiesPage(QWidget):
    """All numbered copies of the contest that is looked at, the newest first.

    ``again_asked`` brings the copy that is to be printed again; ``left`` comes when it is over.
    """

    again_asked = Signal(object)
    left = Signal()

    def __init__(self, session: Session) -> None:
        """Nothing is read before it is shown."""
        super().__init__()
        self._session = session
        words = session.words
        self._lines: tuple[CopyLine, ...] = ()
        self._title = PlainLabel()
        sized(self._title, 1.1, bold=True)
        self.whom = QComboBox()
        self.whom.setAccessibleName(words["desk.copies.whom"])
        self.table = CopiesTable()
        self.table.setAccessibleName(words["desk.copies.list"])
        self._model: RowsModel[CopyLine] = RowsModel(self)
        self.table.setModel(self._model)
        self.details = PlainLabel(lines=2)
        self.foot = StepBar()
        line = QHBoxLayout()
        line.addWidget(self._title, 1)
        line.addWidget(self.whom)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 2, 10, 6)
        box.setSpacing(4)
        box.addLayout(line)
        box.addWidget(self.table, 1)
        box.addWidget(self.details)
        box.addWidget(self.foot)
        self.whom.activated.connect(self._show)
        self.table.taken.connect(self._take)
        self.table.turned.connect(self._turn)
        self.table.doubleClicked.connect(self._take)
        self.table.resized.connect(self._fit)
        self.table.selectionModel().currentRowChanged.connect(self._tell)
        self._model.modelReset.connect(self._tell)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)
        session.recorded.connect(self._refresh_shown)
        session.contest_changed.connect(self._refresh_shown)

    @property
    def listed(self) -> tuple[CopyLine, ...]:
        """What is listed."""
        return self._model.rows

    def _refresh_shown(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the copies anew."""
        session = self._session
        self._lines = copy_lines(session.office, session.contest_id, session.words)
        counts = addressees_of(self._lines)
        words = session.words
        before = self.whom.currentData()
        with QSignalBlocker(self.whom):
            self.whom.clear()
            count = sum(counts.values())
            everybody = words("desk.filters.item", name=words["desk.copies.all"], count=str(count))
            self.whom.addItem(everybody, _ALL)
            for name, copies in counts.items():
                shown = name or words["desk.copies.nobody"]
                text = words("desk.filters.item", name=shown, count=str(copies))
                self.whom.addItem(text, _WHOM + name)
            self.whom.setCurrentIndex(max(0, self.whom.findData(before)))
        self._title.set_text(words("desk.copies.title", count=count))
        self.foot.offer_other(words["desk.copies.back"], self.left.emit)
        self._show()

    def _show(self) -> None:
        """List what was chosen: the newest copy first, its reprints right below it."""
        chosen = str(self.whom.currentData() or _ALL)
        wanted = [
            line
            for line in self._lines
            if chosen == _ALL or line.first.addressee == chosen.removeprefix(_WHOM)
        ]
        firsts = [line for line in wanted if line.copy is line.first]
        rows = [line for first in reversed(firsts) for line in wanted if line.first is first.first]
        row = self.table.currentIndex().row()
        self._model.show(copy_columns(self._session, self._icon), rows)
        self._fit()
        if rows:
            self.table.selectRow(max(0, min(row, len(rows) - 1)))
        self._tell()

    def _icon(self, line: CopyLine) -> QIcon | None:
        if line.copy.is_stopped:
            return icon(Shape.TRIANGLE, ink(self.palette(), Hue.CARE))
        return None

    def _fit(self) -> None:
        fit_columns(self.table, self._model.columns, factor=1.0, lines=1.5, head=1.0)

    # The chosen line

    @property
    def chosen(self) -> CopyLine | None:
        """The line that is chosen; None for none."""
        return self._model.row(self.table.currentIndex())

    def _tell(self, *_: QModelIndex) -> None:
        session, words, line = self._session, self._session.words, self.chosen
        if line is None:
            self.details.set_text("")
            self.foot.say(words["desk.copies.none"] if not self._lines else "")
            self.foot.offer("", self._take)
            return
        self.details.set_text(details_of(session, line))
        self.foot.say("")
        self.foot.offer(words("desk.copies.again", number=line.copy.number), self._take)

    def _take(self) -> None:
        line = self.chosen
        if line is not None:
            self.again_asked.emit(line.first)

    def _turn(self) -> None:
        """Go to the next addressee, after the last to all."""
        if self.whom.count():
            self.whom.setCurrentIndex((self.whom.currentIndex() + 1) % self.whom.count())
            self._show()

    def take_focus(self) -> None:
        """Go into the list, or where there is none back."""
        if self._lines:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.foot.other_button.setFocus(Qt.FocusReason.TabFocusReason)
