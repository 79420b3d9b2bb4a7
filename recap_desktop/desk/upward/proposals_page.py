"""Corrections the office above proposes: each taken up as a ruling here, or left with a reason."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView

from recap_desktop.desk.looks.appearance import Hue, ink
from recap_desktop.desk.looks.shapes import Shape, icon
from recap_desktop.desk.pieces.decision_form import DecisionForm
from recap_desktop.desk.pieces.fitted_columns import fit_columns
from recap_desktop.desk.pieces.table_model import Column, RowsModel
from recap_desktop.desk.upward.deciding_page import DecidingPage
from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.election.figures.tallies import Cause
from recap_desktop.election.papers.captions import full_name
from recap_desktop.election.wording import number_text, signed_text
from recap_desktop.office.entry.ruling import Decision
from recap_desktop.office.upward import proposals as listed

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QIcon

    from recap_desktop.desk.session import Session
    from recap_desktop.office.upward.proposals import Proposal

_BARE = frozenset({Cause.NOT_DELIVERED.value, Cause.NEW_ROUND.value})
"""Causes of rulings without figures."""

ACTS = ("look", "leave")
"""What can be done beside taking one up, in the order of the digits."""


class ProposalsPage(DecidingPage[DecisionForm]):
    """The list, with the next open one marked; ``left`` leads back to sending."""

    def __init__(self, session: Session) -> None:
        """Nothing was brought down yet."""
        words = session.words
        super().__init__(session, {act: words[f"desk.proposals.{act}"] for act in ACTS})
        self._why.set_text(words["desk.proposals.why"])
        self._model: RowsModel[Proposal] = RowsModel(self)
        self.table.setModel(self._model)
        self.table.setWordWrap(True)
        self.table.setAccessibleName(words["desk.proposals.table"])
        resize = QHeaderView.ResizeMode.ResizeToContents
        self.table.verticalHeader().setSectionResizeMode(resize)
        self._connect()

    def _connect(self) -> None:
        self.table.resized.connect(self._set_widths)
        self.foot.went_back.connect(partial(self._step, -1))
        self.table.selectionModel().currentRowChanged.connect(self._offer)
        self.buttons["look"].clicked.connect(self._look_at)
        self.buttons["leave"].clicked.connect(partial(self._ask, "leave"))
        self._walking = [
            self._shortcut(key, by)
            for key, by in ((Qt.Key.Key_Up, -1), (Qt.Key.Key_Down, 1), (Qt.Key.Key_Plus, 1))
        ]
        self._session.contest_changed.connect(self._grow_other)
        self._session.recorded.connect(self._see_records)

    def _shortcut(self, key: Qt.Key, by: int) -> QShortcut:
        made = QShortcut(QKeySequence(key), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(partial(self._step, by))
        return made

    # The list

    @property
    def rows(self) -> tuple[Proposal, ...]:
        """The proposals as they are listed."""
        return self._model.rows

    @property
    def row(self) -> Proposal | None:
        """The one that is chosen."""
        return self._model.row(self.table.currentIndex())

    def open_list(self) -> None:
        """Read them again, and go to the first that waits."""
        self._drop_form()
        self._read()
        waiting = (at for at, one in enumerate(self.rows) if one.is_open)
        self.table.selectRow(next(waiting, 0))
        self._offer()

    def _read(self) -> None:
        session, words = self._session, self._session.words
        found = listed.proposals(session.office, session.contest_id)
        form = session.office.election.form(session.contest_id)
        names = Phrasing(words, form, session.contest)
        waiting = sum(one.is_open for one in found)
        self._title.set_text(words("desk.proposals.title", open=waiting, count=len(found)))
        self._model.show(self._columns(names), found)
        self._set_widths()

    def _columns(self, names: Phrasing) -> list[Column[Proposal]]:
        words = self._session.words
        return [
            Column(words["desk.proposals.place"], self._place, icon=self._icon, stretch=3),
            Column(
                words["desk.proposals.changes"], lambda one: self._changes(one, names), stretch=4
            ),
            Column(words["desk.proposals.reason"], _reason, stretch=3),
            Column(words["desk.proposals.state"], self._state, stretch=3),
        ]

    def _place(self, one: Proposal) -> str:
        session = self._session
        if one.tps:
            return session.station(one.tps)
        unit = full_name(session.office.election.tree, one.unit)
        return session.words("desk.child.of-unit", unit=unit)

    def _icon(self, one: Proposal) -> QIcon:
        shape, hue = Shape.RING, Hue.CARE
        if one.is_done:
            shape, hue = Shape.CHECK, Hue.GOOD
        elif one.left:
            shape, hue = Shape.STAMP, Hue.QUIET
        return icon(shape, ink(self.palette(), hue))

    def _changes(self, one: Proposal, names: Phrasing) -> str:
        words = self._session.words
        cells = [c for c in self._session.layout.cells if c in one.changes]
        if one.unit:
            said = ((names.cell(cell), one.changes[cell][1]) for cell in cells)
            return "\n".join(f"{name}: {signed_text(number or 0)}" for name, number in said)
        if one.cause in _BARE:
            return words[f"desk.what.{one.cause}"]
        none = words["desk.none"]
        return "\n".join(
            words(
                "import.change",
                cell=names.cell(cell),
                before=none if old is None else number_text(old),
                after=none if new is None else number_text(new),
            )
            for cell, (old, new) in ((cell, one.changes[cell]) for cell in cells)
        )

    def _state(self, one: Proposal) -> str:
        words = self._session.words
        if one.is_done:
            return words["desk.proposals.done"]
        if one.left:
            return words("desk.proposals.was-left", reason=one.left)
        return words["desk.proposals.waits"]

    def _set_widths(self) -> None:
        fit_columns(self.table, self._model.columns, factor=1.05, head=1.0)

    # What can be done

    def _offer(self) -> None:
        if self.form is not None:
            return
        session, words, one = self._session, self._session.words, self.row
        for walking in self._walking:
            walking.setEnabled(True)
        may = session.office.can_write and one is not None and not one.is_done
        self.buttons["look"].setEnabled(one is not None and bool(one.tps))
        self.buttons["leave"].setEnabled(may)
        self.foot.offer_other(words["desk.proposals.back"], self._leave)
        if one is None:
            self.foot.say(words["desk.proposals.none"])
            self.foot.offer(words["desk.proposals.back"], self._leave)
            self.foot.no_other()
        elif one.is_done:
            self.foot.say(words["desk.proposals.say-done"], Hue.GOOD)
            waiting = any(other.is_open for other in self.rows)
            code = "next" if waiting else "back"
            self.foot.offer(
                words[f"desk.proposals.{code}"], self.open_list if waiting else self._leave
            )
        else:
            self.foot.say(words["desk.proposals.say"])
            self.foot.offer(words["desk.proposals.take-up"], partial(self._ask, "take-up"))
        self.foot.next_button.setEnabled(True)

    def _step(self, by: int) -> None:
        at = self.table.currentIndex().row() + by
        if self.form is None and 0 <= at < len(self.rows):
            self.table.selectRow(at)

    def _look_at(self) -> None:
        if self.row is not None and self.row.tps:
            self._session.station_asked.emit(self.row.tps)

    # Deciding

    def _ask(self, act: str) -> None:
        one, words = self.row, self._session.words
        if one is None:
            return
        title = words(f"desk.proposals.{act}-title", place=self._place(one))
        form = DecisionForm(self._session, title, usual=f"proposal-{act}")
        if act == "take-up":
            form.begin_with(Decision("", listed.reason_of(one), raised_by=one.name, decided_by=""))
        self._show(form, words[f"desk.proposals.{act}"], partial(self._decide, one, act, form))

    def _show(self, form: DecisionForm, text: str, act: Callable[[], object]) -> None:
        super()._show(form, text, act)
        for walking in self._walking:
            walking.setEnabled(False)

    def _decide(self, one: Proposal, act: str, form: DecisionForm) -> None:
        session, words = self._session, self._session.words
        acts = {"take-up": listed.take_up, "leave": listed.leave}
        done = partial(
            acts[act], session.office, session.contest_id, one.ruling, decision=form.decision
        )
        if self._recorded(done):
            said = words(f"desk.proposals.{act}-said", place=self._place(one))
            self.open_list()
            self.foot.say(said, Hue.GOOD)
            self.foot.take_focus()

    def _see_records(self) -> None:
        if self.isVisible() and self.form is None:
            self._read()
            self._offer()

    def _grow_other(self) -> None:
        """Of another contest these are other proposals."""
        if self.isVisible():
            self.open_list()

    def tell(self, text: str) -> None:
        """Say what stands in the way."""
        self.foot.say(text, Hue.CARE)

    @property
    def looked_at(self) -> tuple[str, str]:
        """The TPS or unit of the one that is chosen, and the first cell it speaks of."""
        one = self.row
        return (one.place, next(iter(one.changes), "")) if one is not None else ("", "")


def _reason(one: Proposal) -> str:
    return f"{one.reason} ({one.decided_by})" if one.decided_by else one.reason
