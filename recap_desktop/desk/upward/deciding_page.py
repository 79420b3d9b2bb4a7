"""A list with what can be decided about it: a form takes its place while something is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.pieces.rows_table import RowsTable
from recap_desktop.desk.pieces.step_bar import StepBar, StepButton
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from recap_desktop.desk.pieces.decision_form import DecisionForm
    from recap_desktop.desk.session import Session
    from recap_desktop.desk.upward.paper_boxes import PaperBoxes


_Form = TypeVar("_Form", bound="DecisionForm | PaperBoxes")


class DecidingPage(QWidget, Generic[_Form]):
    """Title, why, numbered buttons, a table, and the foot; ``left`` leads back with what to say.

    Attributes:
        form: what is asked now, in the place of the table; None while the table is shown.
        buttons: what can be done, by its name, in the order of the digits.
    """

    left = Signal(str, Hue)

    def __init__(self, session: Session, acts: Mapping[str, str]) -> None:
        """Nothing is listed.

        Args:
            session: the office on the desk.
            acts: what can be done -> its words, in the order of the digits.
        """
        super().__init__()
        self._session = session
        self.form: _Form | None = None
        self._title, self._why = PlainLabel(), PlainLabel(lines=2)
        sized(self._title, 1.4, bold=True)
        self.buttons = {
            act: StepButton(f"{at}  {text}") for at, (act, text) in enumerate(acts.items(), start=1)
        }
        self.table = RowsTable()
        self._bodies = QStackedWidget()
        self._bodies.addWidget(self.table)
        self.foot = StepBar()
        self._arrange()
        self.foot.typed.connect(self._typed)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._step_back)

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        for button in self.buttons.values():
            buttons.addWidget(button)
        buttons.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 6, 10, 6)
        box.setSpacing(4)
        box.addWidget(self._title)
        box.addWidget(self._why)
        box.addLayout(buttons)
        box.addWidget(self._bodies, 1)
        box.addWidget(self.foot)

    def _typed(self, digit: str) -> None:
        buttons = list(self.buttons.values())
        if self.form is None and 0 < int(digit) <= len(buttons):
            buttons[int(digit) - 1].click()

    def _show(self, form: _Form, text: str, act: Callable[[], object]) -> None:
        """Ask something in the place of the table; the next step takes what was typed."""
        self._drop_form()
        self.form = form
        self._bodies.addWidget(form)
        self._bodies.setCurrentWidget(form)
        form.finished.connect(self.foot.take_focus)
        for button in self.buttons.values():
            button.setEnabled(False)
        self.foot.say("")
        self.foot.offer(text, act)
        self.foot.offer_other(self._session.words["desk.act.give-up"], self._step_back)
        form.take_focus()

    def _drop_form(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            self._bodies.removeWidget(form)
            form.deleteLater()
            self._bodies.setCurrentWidget(self.table)

    def _step_back(self) -> None:
        """From what is typed to the list, from the list to where it was opened."""
        if self.form is None:
            self._leave()
            return
        self._drop_form()
        self._offer()
        self.foot.take_focus()

    def _offer(self) -> None:
        """Say what can be done about the list."""
        raise NotImplementedError

    def _leave(self) -> None:
        self._drop_form()
        self.left.emit("", Hue.QUIET)

    def _recorded(self, act: Callable[[], object]) -> bool:
        """Whether it was recorded; else it is said why not, and what was typed stays."""
        session = self._session
        try:
            act()
        except KnownProblem as problem:
            self.foot.say(session.problem_text(problem), Hue.CARE)
            return False
        session.record(_nothing)
        return True

    def take_focus(self) -> None:
        """Go to what can be done, or back into the form."""
        if self.form is not None:
            self.form.take_focus()
        else:
            self.foot.take_focus()


def _nothing() -> None:
    """What was recorded already is only told."""
