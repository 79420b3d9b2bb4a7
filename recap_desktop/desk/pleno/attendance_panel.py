"""Who is in the hall: members, saksi with their mandates, Panwas and observers, seat by seat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.row_mark import RowMark
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.table_model import Column, RowsModel
from recap_desktop.desk.pleno.closing_panel import PresenceBox
from recap_desktop.election.records.plenary import Attendance, Presence
from recap_desktop.office.plenary.plenaries import attendance
from recap_desktop.office.plenary.seats import OBSERVERS, is_witness, seats

if TYPE_CHECKING:
    from recap_desktop.desk.session import Session


class AttendancePanel(QWidget):
    """A line to type who sits where, and below it everybody who was recorded."""

    chosen = Signal(object)

    def __init__(self, session: Session) -> None:
        """Read who attends."""
        super().__init__()
        self._session = session
        words = session.words
        self.seat, self.presence = PresenceBox(), PresenceBox()
        self.name, self.mandate = QLineEdit(), QLineEdit()
        for seat in (*seats(session.office, session.contest_id), *OBSERVERS):
            self.seat.addItem(seat_name(session, seat), seat)
        for presence in Presence:
            self.presence.addItem(words[f"desk.pleno.presence.{presence.value}"], presence.value)
        self.replaces = ""
        self._model: RowsModel[Attendance] = RowsModel(self)
        self.table = QTableView()
        self._arrange()
        self.refresh()

    def _arrange(self) -> None:
        words = self._session.words
        title = PlainLabel(words["desk.pleno.attendance"])
        sized(title, 1.1, bold=True)
        self.table.setModel(self._model)
        self.table.setAccessibleName(words["desk.pleno.attendance"])
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        RowMark(self.table)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.activated.connect(self._choose)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(title)
        for row in ((self.seat, self.presence), (self.name, self.mandate)):
            line = QHBoxLayout()
            for field in row:
                line.addWidget(field, 1)
            box.addLayout(line)
        for name, named in self._named().items():
            named.setAccessibleName(words[f"desk.pleno.{name}"])
        for name, edit in (("name", self.name), ("mandate", self.mandate)):
            edit.setPlaceholderText(words[f"desk.pleno.{name}"])
            edit.setMaxLength(120)
            edit.returnPressed.connect(self._next)
        box.addWidget(self.table, 1)

    def _named(self) -> dict[str, QWidget]:
        fields: dict[str, QWidget] = {"seat": self.seat, "presence-of": self.presence}
        return fields | {"name": self.name, "mandate": self.mandate}

    @property
    def rows(self) -> tuple[Attendance, ...]:
        """Who is listed."""
        return self._model.rows

    @property
    def contest(self) -> str:
        """Of a saksi, the contest that is looked at."""
        return self._session.contest_id if is_witness(str(self.seat.currentData())) else ""

    def refresh(self) -> None:
        """Read who attends, and go on with the next seat."""
        words = self._session.words
        known = attendance(self._session.office)
        columns: list[Column[Attendance]] = [
            Column(words["desk.pleno.seat"], self._seat),
            Column(words["desk.pleno.name"], lambda one: one.name),
            Column(words["desk.pleno.mandate"], lambda one: one.mandate),
            Column(
                words["desk.pleno.presence-of"],
                lambda one: words[f"desk.pleno.presence.{one.presence.value}"],
            ),
        ]
        self._model.show(columns, known)

    def _seat(self, one: Attendance) -> str:
        name = seat_name(self._session, one.seat)
        if not one.contest or len(self._session.office.contests) == 1:
            return name
        return f"{name} ({self._session.office.election.contest(one.contest).title})"

    def go_on(self) -> None:
        """Empty the line for the next seat."""
        if not self.replaces and self.seat.currentIndex() + 1 < self.seat.count():
            self.seat.setCurrentIndex(self.seat.currentIndex() + 1)
        self.replaces = ""
        self.name.clear()
        self.mandate.clear()
        self.presence.setCurrentIndex(0)
        self.name.setFocus(Qt.FocusReason.TabFocusReason)

    def show_known(self, one: Attendance) -> None:
        """Take somebody who was recorded into the line, to mend it or to say they left."""
        self.replaces = one.id
        self.seat.setCurrentIndex(self.seat.findData(one.seat))
        self.name.setText(one.name)
        self.mandate.setText(one.mandate)
        self.presence.setCurrentIndex(self.presence.findData(one.presence.value))
        self.presence.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, index: QModelIndex) -> None:
        one = self._model.row(index)
        if one is not None:
            self.show_known(one)

    def _next(self) -> None:
        self.focusNextChild()


def seat_name(session: Session, seat: str) -> str:
    """A seat as people call it: ``Ketua``, ``Anggota 2``, ``Saksi nomor 1``, ``Panwas``."""
    kind, _, number = seat.partition("-")
    return session.words(f"desk.seat.{kind}", number=number)
