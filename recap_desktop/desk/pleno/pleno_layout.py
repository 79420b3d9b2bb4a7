"""Where things stand on the Pleno page: the phase and its turns, the agenda, a form at the side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.rows_table import RowsTable
from recap_desktop.desk.pieces.step_bar import StepBar, StepButton
from recap_desktop.desk.pieces.table_model import RowsModel
from recap_desktop.desk.pleno.missing_panel import MissingPanel
from recap_desktop.election.records.plenary import Turn

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.desk.session import Session
    from recap_desktop.election.records.roles import Deed
    from recap_desktop.office.plenary.agenda import AgendaItem

_ROWS_LOOKED_AT = 120
_NARROWEST, _WIDEST = 34, 48
"""Letters that a line beside the agenda holds."""

_TURNS = (Turn.OPENED, Turn.RESUMED, Turn.SUSPENDED, Turn.ENDED)


class AgendaTable(RowsTable):
    """The desa; Enter takes the next step, plus and minus change the order."""

    taken = Signal()
    shifted = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter takes the row; plus moves it down, minus up."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.shifted.emit(1 if event.key() == Qt.Key.Key_Plus else -1)
        else:
            super().keyPressEvent(event)


class PlenoLayout(QWidget):
    """The parts of the Pleno page in their places.

    Attributes:
        phase: where the plenary stands, to be read from the tenth row.
        about: where it is held and who leads it.
        turns: what may be declared now.
        table: the desa on the agenda, and the contest as a whole.
        missing: what stands in the way of closing the chosen one.
        side: that, or what is being typed.
        foot: message and next step.
        hall: the agenda with what stands beside it.
        body: that, or what takes its whole room.
    """

    print_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Empty parts."""
        super().__init__(parent)
        self._session = session
        self._words = session.words
        self.phase = PlainLabel()
        sized(self.phase, 1.9, bold=True)
        self.about = PlainLabel()
        self.turns = {
            turn: StepButton(self._words[f"desk.pleno.turn.{turn.value}"]) for turn in _TURNS
        }
        self.attending = StepButton(self._words["desk.pleno.to-attendance"])
        self.speaking = StepButton(self._words["desk.pleno.to-incidents"])
        self.printing = StepButton(self._words["desk.print.pleno"])
        self._model: RowsModel[AgendaItem] = RowsModel(self)
        self.table = AgendaTable()
        self.missing = MissingPanel(session)
        self.foot = StepBar()
        self.side = QStackedWidget()
        self.side.addWidget(self.missing)
        self.hall, self.body = QWidget(), QStackedWidget()
        self._arrange()
        self.printing.clicked.connect(self.ask_to_print)

    def _arrange(self) -> None:
        table = self.table
        table.setModel(self._model)
        table.setAccessibleName(self._words["desk.pleno.agenda"])
        sized(table, 1.1)
        table.verticalHeader().setDefaultSectionSize(round(table.fontMetrics().height() * 1.7))
        buttons = QHBoxLayout()
        for button in (*self.turns.values(), self.attending, self.speaking):
            buttons.addWidget(button)
        for button in self.turns.values():
            # Until it is known which may be pressed: all side by side would widen the window.
            button.hide()
        buttons.addStretch(1)
        left = QVBoxLayout()
        # Beside the words, not in the row of buttons: that is full at 200 %.
        top = QHBoxLayout()
        top.addWidget(self.phase, 1)
        top.addWidget(self.printing)
        left.addLayout(top)
        left.addWidget(self.about)
        left.addLayout(buttons)
        left.addWidget(table, 1)
        # At 200 % the agenda needs the room more.
        letter = self.fontMetrics().averageCharWidth()
        self.side.setMinimumWidth(letter * _NARROWEST)
        self.side.setMaximumWidth(letter * _WIDEST)
        middle = QHBoxLayout()
        middle.setSpacing(14)
        middle.addLayout(left, 3)
        middle.addWidget(self.side, 2)
        middle.setContentsMargins(0, 0, 0, 0)
        self.hall.setLayout(middle)
        self.body.addWidget(self.hall)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 6, 10, 6)
        box.addWidget(self.body, 1)
        box.addWidget(self.foot)

    def ask_to_print(self) -> None:
        """Ask for the sheet of the chosen desa, or the book of the office, to be printed."""
        row = self._model.row(self.table.currentIndex())
        own = self._session.office.code
        self.print_asked.emit(row.unit if row is not None and row.unit != own else "")

    def _offer(self, deed: Deed, text: str, act: Callable[[], object]) -> None:
        """Offer the next step to who may do it."""
        self.foot.offer(self._session.offered(deed, text), act)

    def show_widths(self) -> None:
        """Names and states share what the figures leave."""
        header = self.table.horizontalHeader()
        last = self._model.columnCount() - 1
        # The widest of the first rows is wide enough: a province has 6,000 desa.
        header.setResizeContentsPrecision(_ROWS_LOOKED_AT)
        for at in range(self._model.columnCount()):
            modes = QHeaderView.ResizeMode
            header.setSectionResizeMode(
                at, modes.Stretch if at in (0, last) else modes.ResizeToContents
            )
