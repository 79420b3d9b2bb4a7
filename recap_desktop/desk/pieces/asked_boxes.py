"""Boxes that are filled in one after the other: names, passphrases, files and folders."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.step_bar import StepButton
from recap_desktop.desk.pieces.top_text import TopText

if TYPE_CHECKING:
    from recap_desktop.desk.session import Session

_LONGEST, _SHORT, _WIDE = 400, 20, 110


class AskedBoxes(QScrollArea):
    """A title, why it is asked, and a line for each answer; Enter leads to the next.

    ``finished`` comes at Enter in the last box.
    """

    finished = Signal()

    def __init__(self, session: Session, title: str, why: str) -> None:
        """Nothing is asked yet."""
        super().__init__()
        self._session = session
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.fields: list[QLineEdit] = []
        inside = QWidget()
        self._box = QVBoxLayout(inside)
        self._box.setContentsMargins(2, 0, 8, 0)
        self._box.setSpacing(3)
        inside.setMaximumWidth(round(self.fontMetrics().averageCharWidth() * _WIDE))
        self._title, self._why = PlainLabel(title), TopText(why)
        sized(self._title, 1.4, bold=True)
        self._box.addWidget(self._title)
        self._box.addWidget(self._why)
        self._box.addStretch(1)
        self.setWidget(inside)

    def ask(self, caption: str, text: str = "", *, longest: int = _LONGEST) -> QLineEdit:
        """A line of text; a short one for few letters."""
        field = QLineEdit(text)
        self._add(caption, field, field)
        field.setMaxLength(longest)
        if longest < _SHORT:
            field.setFixedWidth(round(field.fontMetrics().averageCharWidth() * (longest + 8)))
        return field

    def ask_name(self) -> QLineEdit:
        """Who does it: whoever has signed in, where that is asked."""
        session = self._session
        field = self.ask(session.words["desk.papers.by"], session.person)
        field.setReadOnly(session.is_guarded)
        return field

    def ask_secret(self, caption: str) -> QLineEdit:
        """A line that shows dots."""
        field = self.ask(caption)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        return field

    def ask_path(
        self, caption: str, known: Path | None, *, kinds: str = "", is_open: bool = True
    ) -> QLineEdit:
        """A file or a folder: typed, or chosen by the button beside it.

        Args:
            caption: over the line.
            known: the one of the last time.
            kinds: of files, as a file dialog takes them; empty asks for a folder.
            is_open: whether the file is there already.
        """
        field = QLineEdit(str(known or ""))
        button = StepButton(self._session.words["desk.kirim.choose"])
        button.setAccessibleName(f"{self._session.words['desk.kirim.choose']} {caption}")
        button.clicked.connect(partial(self._choose, field, caption, kinds, is_open))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(field, 1)
        row.addWidget(button)
        self._add(caption, field, line)
        return field

    def _add(self, caption: str, field: QLineEdit, line: QWidget) -> None:
        label = QLabel(caption)
        label.setBuddy(field)
        sized(label, 0.9)
        field.setMaxLength(_LONGEST)
        field.setAccessibleName(caption)
        sized(field, 1.15)
        field.returnPressed.connect(partial(self._go_on, field))
        at = self._box.count() - 1
        self._box.insertWidget(at, label)
        self._box.insertWidget(at + 1, line)
        self.fields.append(field)

    def _go_on(self, field: QLineEdit) -> None:
        following = self.fields.index(field) + 1
        if following < len(self.fields):
            self.fields[following].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()

    def _choose(self, field: QLineEdit, caption: str, kinds: str, is_open: bool) -> None:  # noqa: FBT001 - a slot
        start = field.text() or str(Path.home())
        if not kinds:
            path = QFileDialog.getExistingDirectory(self, caption, start)
        elif is_open:
            path, _ = QFileDialog.getOpenFileName(self, caption, start, kinds)
        else:
            path, _ = QFileDialog.getSaveFileName(self, caption, start, kinds)
        if path:
            field.setText(path)
            self._go_on(field)

    def show_widget(self, widget: QWidget) -> None:
        """Show something between the boxes, to be read and not filled in."""
        self._box.insertWidget(self._box.count() - 1, widget)

    def take_focus(self) -> None:
        """Go to the first box that is empty, else to the last."""
        empty = (field for field in self.fields if not field.text() and not field.isReadOnly())
        next(empty, self.fields[-1]).setFocus(Qt.FocusReason.TabFocusReason)
