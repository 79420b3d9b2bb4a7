"""Isi while the hall listens: a form is typed as it is read out, read back, and then recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.desk.entry.read_back_panel import ReadBackPanel
from recap_desktop.desk.entry.settling_page import SettlingPage
from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.election.definitions.regions import Level
from recap_desktop.office.entry.stations import Act, Sign
from recap_desktop.office.plenary.read_back import next_unread, read_back

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from recap_desktop.desk.entry.typed_station import TypedStation
    from recap_desktop.desk.session import Session
    from recap_desktop.office.entry.ruling import Decision
    from recap_desktop.office.plenary.reading import Comparison

_TROUBLE = frozenset({Sign.ODD, Sign.LATE, Sign.DIFFERS, Sign.CONFLICT})


class HallPage(SettlingPage):
    """The entry page, which reads out while the plenary is open and is itself at other times."""

    def __init__(
        self, session: Session, names: Iterable[str], parent: QWidget | None = None
    ) -> None:
        """An empty page."""
        super().__init__(session, names, parent)
        self.read_back = ReadBackPanel(session.words)
        self._stack.addWidget(self.read_back)

    @property
    def is_reading_back(self) -> bool:
        """Whether the read-back is on the screen."""
        return self._stack.currentWidget() is self.read_back

    def _show_standing(self, station: TypedStation) -> None:
        self._stack.setCurrentWidget(self.form)
        super()._show_standing(station)
        if station.reads:
            stands = "stood" if station.standing.cells or station.standing.differing else "first"
            self.ruling.explain(self._words[f"desk.reading.{stands}"])
            self.foot.offer_other(self._words["desk.reading.put-off"], self._put_off)

    def _offer_save(self, station: TypedStation) -> None:
        super()._offer_save(station)
        if station.reads:
            self.foot.say(self._words["desk.reading.type"])
            self.foot.offer(self._words["desk.reading.to-read-back"], self._save)

    def _put_off(self) -> None:
        """Go on to the next TPS; what was typed of this one is kept."""
        name = self._session.station(self.station)
        self._go_on(self.station)
        said = self._words("desk.reading.put-off-said", station=name)
        self.foot.say(said, Hue.CARE)

    # Reading back

    def _save(self) -> None:
        now = self._open
        if now is None or not now.reads or self.ruling.act is not None or not self.form.cells:
            super()._save()
            return
        self._begin_read_back(now)

    def _begin_read_back(self, now: TypedStation) -> None:
        self._judging.done()
        self._look()
        self.ruling.end()
        cells = self.form.cells
        comparison = now.compare(cells)
        session = self._session
        lines = read_back(session.office, session.contest_id, cells, comparison)
        self.read_back.show_lines(lines, self._judging.names)
        self._stack.setCurrentWidget(self.read_back)
        words = self._words
        if comparison.ruling:
            count = len(comparison.differing)
            self.foot.say(words("desk.reading.differs", count=count), Hue.CARE)
            self.foot.offer(words["desk.reading.holds"], self._rule_reading)
        else:
            self._say_what_stood(comparison)
            self.foot.offer(words["desk.reading.match"], self._match)
        self.foot.offer_other(words["desk.reading.put-off"], self._put_off)
        self.foot.take_focus()

    def _say_what_stood(self, comparison: Comparison) -> None:
        """Nothing is to be decided; a salinan that says otherwise is named all the same."""
        if comparison.copies:
            count = len(comparison.copies)
            self.foot.say(self._words("desk.reading.copies", count=count), Hue.CARE)
        else:
            code = "same" if comparison.stood else "new"
            self.foot.say(self._words[f"desk.reading.{code}"])

    def _go_back(self) -> None:
        if self.is_reading_back and self._open:
            self._stack.setCurrentWidget(self.form)
            self.ruling.end()
            self._offer_save(self._open)
        super()._go_back()

    def _match(self) -> None:
        self._record(None)

    def _rule_reading(self) -> None:
        """What was read holds against what stood before: the plenary says why."""
        about = f"{self._session.contest_id} {self.station}"
        self.ruling.begin(Act.CORRECT, about=about, title=self._words["desk.reading.why"])
        self._offer_words("reading")
        self.foot.offer_other(self._words["desk.act.give-up"], self._go_back)
        self._ask_reason(Act.CORRECT)

    def _decide(self, act: Act) -> None:
        if self.is_reading_back:
            self._record(self.ruling.decision(self._session.person))
        else:
            super()._decide(act)

    def _record(self, decision: Decision | None) -> None:
        now = self._open
        if now is None:
            return
        cells = self.form.cells
        if now.read_out(cells, decision=decision):
            self.ruling.forget()
            self._after_reading(now, self._saying.read(now.tps, cells))

    def _after_reading(self, station: TypedStation, said: str) -> None:
        station.look_again()
        if station.standing.sign in _TROUBLE:
            self._show_standing(station)
            self._judging.done()
            self._look()
            self.foot.say(self._words["desk.reading.odd"], Hue.CARE)
            self._is_saved = True
            self.beside.show_findings()
            self.ruling.button(Act.CORRECT).setFocus()
            return
        self._go_on(station.tps)
        if self.station == station.tps:
            said = f"{said} {self._desa_done(station.tps)}"
        self.foot.say(said, Hue.GOOD)

    def _desa_done(self, tps: str) -> str:
        return self._words("desk.reading.desa-done", desa=self._session.village(tps))

    def _go_on(self, tps: str) -> None:
        """Open the next TPS of the desa that is to be read; after the last one, wait."""
        session = self._session
        desa = tps[: Level.DESA.value]
        following = next_unread(session.office, session.contest_id, after=tps, under=desa)
        if following and following != tps:
            self.open_station(following)
            return
        if self._open is not None:
            self._open.look_again()
            self._show_standing(self._open)
            self._offer_next()
            self._is_saved = True
            self.foot.take_focus()

    def take_focus(self) -> None:
        """Go where the work is; in a read-back to what comes next."""
        if self.is_reading_back and self._session.person:
            self.foot.take_focus()
        else:
            super().take_focus()
