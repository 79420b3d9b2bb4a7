"""A section of the page of keys: what it is about, what else can be done, a key or a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.keys.fingerprint_grid import FingerprintGrid
from recap_desktop.desk.keys.key_lines import KeyRow
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.fitted_columns import fit_columns
from recap_desktop.desk.pieces.rows_table import RowsTable
from recap_desktop.desk.pieces.step_bar import StepButton
from recap_desktop.desk.pieces.table_model import RowsModel
from recap_desktop.desk.pieces.top_text import TopText
from recap_desktop.office.keys.key_typing import whole_fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recap_desktop.desk.pieces.table_model import Column
    from recap_desktop.election.wording import Words


_LONG = 80
"""Letters beyond which a cell is told above its table."""


class _Line(TopText):
    """As high as its lines are at the present width: what has room is not scrolled."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Of the width it has now."""
        return QSize(120, self.heightForWidth(max(self.width(), 120)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The same."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width may need other lines."""
        super().resizeEvent(event)
        self.updateGeometry()


class KeyShown(QWidget):
    """Title and what it is about, a row of buttons, then the fingerprint or the table."""

    went_back = Signal()

    def __init__(self, words: Words) -> None:
        """Nothing yet."""
        super().__init__()
        self._words = words
        self.title, self.about = PlainLabel(), PlainLabel(lines=2)
        sized(self.title, 1.4, bold=True)
        self._others = QHBoxLayout()
        self._others.setContentsMargins(0, 0, 0, 0)
        self.buttons: list[StepButton] = []
        self.table = RowsTable()
        self.table.setAccessibleName(words["desk.kunci.table"])
        self._model: RowsModel[KeyRow] = RowsModel(self)
        self.table.setModel(self._model)
        self.table.resized.connect(self._set_widths)
        self.table.activated.connect(self._leave_table)
        self.table.selectionModel().currentRowChanged.connect(self._tell_row)
        self._key = QScrollArea()
        self._key.setFrameShape(QFrame.Shape.NoFrame)
        self._key.setWidgetResizable(True)
        self._key.setAccessibleName(words["desk.kirim.fact-key"])
        self._bodies = QStackedWidget()
        self._bodies.addWidget(self._key)
        self._bodies.addWidget(self.table)
        self.lines: tuple[str, ...] = ()
        self._said = ""
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(5)
        box.addWidget(self.title)
        box.addWidget(self.about)
        box.addLayout(self._others)
        box.addWidget(self._bodies, 1)
        self.offer([], can=True)

    def say(self, title: str, about: str) -> None:
        """What the section is about."""
        self._said = about
        self.title.set_text(title)
        self.about.set_text(about)

    def offer(self, acts: Sequence[tuple[str, Callable[[], None]]], *, can: bool) -> None:
        """A button for each thing that can be done beside the next step."""
        while (item := self._others.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        for text, act in acts:
            button = StepButton(text)
            button.clicked.connect(act)
            button.slashed.connect(self.take_other)
            button.went_back.connect(self.went_back)
            button.setEnabled(can)
            self._others.addWidget(button)
            button.show()
            self.buttons.append(button)
        self._others.addStretch(1)

    def take_other(self) -> None:
        """From button to button, the first one after the last."""
        enabled = [button for button in self.buttons if button.isEnabled()]
        focused = [at for at, button in enumerate(enabled) if button.hasFocus()]
        if enabled:
            at = (focused[0] + 1) % len(enabled) if focused else 0
            enabled[at].setFocus(Qt.FocusReason.TabFocusReason)

    # The key

    def show_key(self, key: str, lines: Sequence[str]) -> None:
        """A whole fingerprint, and lines about it."""
        self.lines = tuple(lines)
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 6, 0, 0)
        if key:
            caption = PlainLabel(self._words["desk.kirim.fact-key"])
            sized(caption, 0.92)
            box.addWidget(caption)
            box.addWidget(FingerprintGrid(whole_fingerprint(key), caption.text))
        for line in lines:
            text = _Line(line)
            text.setContentsMargins(0, 0, 0, 3)
            box.addWidget(text)
        box.addStretch(1)
        self._key.setWidget(inside)
        self._bodies.setCurrentWidget(self._key)

    # The table

    def show_rows(self, columns: Sequence[Column[KeyRow]], rows: Sequence[KeyRow]) -> None:
        """Rows of a table; the first is chosen where none was."""
        self._model.show(columns, rows)
        self._bodies.setCurrentWidget(self.table)
        self._tell_row()
        if rows and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._set_widths()

    @property
    def rows(self) -> tuple[KeyRow, ...]:
        """What the table shows."""
        return self._model.rows if self._bodies.currentWidget() is self.table else ()

    @property
    def row(self) -> object:
        """What the chosen row is of; None where none is."""
        row = self._model.row(self.table.currentIndex())
        return row.about if row is not None and self.rows else None

    def take_table(self) -> None:
        """Go into the table, where Enter leads back; or to the key, whose lines can be scrolled."""
        if self._bodies.currentWidget() is self._key:
            self._key.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.rows:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _tell_row(self) -> None:
        """What does not fit into its cell is told above the table while its row is chosen."""
        row = self._model.row(self.table.currentIndex())
        is_long = row is not None and len(row.cells[-1]) > _LONG
        self.about.set_text(row.cells[-1] if row is not None and is_long else self._said)

    def _leave_table(self, index: QModelIndex) -> None:
        del index
        self.went_back.emit()

    def _set_widths(self) -> None:
        fit_columns(self.table, self._model.columns, factor=1.05, head=0.95)
