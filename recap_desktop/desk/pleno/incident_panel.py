"""Kejadian khusus and keberatan saksi: put on record as they are spoken, and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QLabel,
    QPlainTextEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.row_mark import RowMark
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.numbered_line import NumberedLine, OfferedTexts
from recap_desktop.desk.pieces.table_model import Column, RowsModel
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.records.plenary import Incident, Topic
from recap_desktop.election.wording import time_text
from recap_desktop.office.entry.usual_words import raisers
from recap_desktop.office.plenary.plenaries import Speech, incidents

if TYPE_CHECKING:
    from recap_desktop.desk.session import Session


class IncidentForm(QWidget):
    """One incident: what it is, whom it speaks of, who spoke, what was said and answered."""

    def __init__(self, session: Session, *, unit: str, known: Incident | None = None) -> None:
        """Ask for a new one about a unit, or for the answer to a known one."""
        super().__init__()
        words = session.words
        self.known, self.unit = known, unit
        self.topic = QComboBox()
        for topic in (Topic.OBJECTION, Topic.EVENT):
            self.topic.addItem(words[f"desk.pleno.topic.{topic.value}"], topic.value)
        self.raised_by = NumberedLine()
        self.raised_by.offer(raisers(session.office, session.contest_id, words))
        self.text, self.answer = QPlainTextEdit(), QPlainTextEdit()
        self.settled = QCheckBox(words["desk.pleno.settled"])
        title = PlainLabel(unit_name(session, unit), lines=2)
        sized(title, 1.1, bold=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        box.addWidget(title)
        for name, field in (
            ("kind", self.topic),
            ("raised-by", self.raised_by),
            ("text", self.text),
            ("answer", self.answer),
        ):
            label = QLabel(words[f"desk.pleno.{name}"])
            label.setBuddy(field)
            sized(label, 0.86)
            field.setAccessibleName(words[f"desk.pleno.{name}"])
            box.addWidget(label)
            box.addWidget(field)
        for field in (self.text, self.answer):
            field.setTabChangesFocus(True)
            field.setMinimumHeight(round(field.fontMetrics().height() * 2.2))
        box.addWidget(self.settled)
        if known is not None:
            self._show(known)
        else:
            self.raised_by.returnPressed.connect(self.focusNextChild)
            box.addWidget(OfferedTexts(words, (self.raised_by,)))

    def _show(self, known: Incident) -> None:
        self.topic.setCurrentIndex(self.topic.findData(known.topic.value))
        self.raised_by.setText(known.raised_by)
        self.text.setPlainText(known.text)
        self.answer.setPlainText(known.answer)
        self.settled.setChecked(known.settled)
        for field in (self.topic, self.raised_by, self.text):
            field.setEnabled(False)

    @property
    def first(self) -> QWidget:
        """Where typing begins."""
        return self.answer if self.known is not None else self.raised_by

    @property
    def speech(self) -> Speech:
        """What was typed."""
        return Speech(
            topic=Topic(self.topic.currentData()),
            text=" ".join(self.text.toPlainText().split()),
            unit=self.unit,
            raised_by=self.raised_by.text().strip(),
            answer=" ".join(self.answer.toPlainText().split()),
            settled=self.settled.isChecked(),
        )


class IncidentList(QWidget):
    """Everything put on record of the contest; what is open stands first."""

    chosen = Signal(object)

    def __init__(self, session: Session) -> None:
        """Read them."""
        super().__init__()
        self._session = session
        words = session.words
        title = PlainLabel(words["desk.pleno.incidents"])
        sized(title, 1.1, bold=True)
        self._model: RowsModel[Incident] = RowsModel(self)
        self.table = QTableView()
        self.table.setModel(self._model)
        self.table.setAccessibleName(words["desk.pleno.incidents"])
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        RowMark(self.table)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.verticalHeader().setDefaultSectionSize(
            round(self.table.fontMetrics().height() * 3.3)
        )
        self.table.activated.connect(self._choose)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(title)
        box.addWidget(self.table, 1)
        self.refresh()

    @property
    def rows(self) -> tuple[Incident, ...]:
        """The incidents that are listed."""
        return self._model.rows

    def refresh(self) -> None:
        """Read them again."""
        session = self._session
        found = incidents(session.office, session.contest_id)
        columns: list[Column[Incident]] = [Column("", self._text)]
        self._model.show(columns, sorted(found, key=lambda one: not one.is_open))

    def _text(self, one: Incident) -> str:
        words = self._session.words
        state = "settled" if not one.is_open else "open"
        head = words(
            "desk.pleno.incident",
            time=time_text(one.at) if "T" in one.at else one.at,
            topic=words[f"desk.pleno.topic.{one.topic.value}"],
            unit=unit_name(self._session, one.unit),
        )
        tail = words[f"desk.pleno.state.{state}"] if one.topic is Topic.OBJECTION else ""
        by = f"{one.raised_by}: " if one.raised_by else ""
        return "\n".join([f"{head}  {tail}".rstrip(), f"{by}{one.text}", one.answer])

    def _choose(self, index: QModelIndex) -> None:
        one = self._model.row(index)
        if one is not None:
            self.chosen.emit(one)


def unit_name(session: Session, unit: str) -> str:
    """The unit an incident speaks of: a TPS, a desa, or the office."""
    if len(unit) == Level.TPS.value:
        return session.station(unit)
    if unit == session.office.code:
        return session.office_name()
    return session.office.election.tree.name(unit)
