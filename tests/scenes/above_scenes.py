"""The plenary of a kabupaten and what it decides about offices below, for who looks and journeys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.desk.pleno.above_page import AbovePage
from recap_desktop.desk.rail import Place
from recap_desktop.desk.upward.alarm_page import AlarmPage
from recap_desktop.desk.upward.paper_page import PaperPage
from recap_desktop.desk.upward.proposals_page import ProposalsPage
from tests.made_up.above_offices import (
    TUTI,
    all_came,
    corrected,
    hall,
    moved,
    on_paper,
    prepare_restored,
    proposed,
    real,
    restored,
)
from tests.made_up.offices import BUPATI, CIAMIS, TPS, valid_bupati
from tests.made_up.upward import CIKONENG

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from recap_desktop.desk.office_desk import OfficeDesk


def alarm(desk: OfficeDesk) -> AlarmPage:
    desk.session.choose_person(TUTI)
    desk.session.choose_contest(BUPATI)
    desk.go_to(Place.SEND)
    assert desk.upward.receive is not None
    desk.upward.receive.foot.typed.emit("2")
    page = desk.upward.alarm
    assert page is not None
    return page


def _alarm(desk: OfficeDesk) -> None:
    alarm(desk)


def _alarm_why(desk: OfficeDesk) -> None:
    alarm(desk).buttons["held"].click()


def _alarm_listed(desk: OfficeDesk) -> None:
    desk.session.choose_person(TUTI)
    desk.session.choose_contest(BUPATI)
    desk.go_to(Place.SEND)


def proposals(desk: OfficeDesk) -> ProposalsPage:
    desk.session.choose_person(TUTI)
    desk.session.choose_contest(BUPATI)
    desk.go_to(Place.SEND)
    desk.upward.send.foot.typed.emit("7")
    return desk.upward.proposals


def _proposals(desk: OfficeDesk) -> None:
    proposals(desk)


def _taking_up(desk: OfficeDesk) -> None:
    proposals(desk).foot.next_button.click()


def _with_proposals(desk: OfficeDesk) -> None:
    desk.session.choose_person(TUTI)
    desk.session.choose_contest(BUPATI)
    desk.go_to(Place.SEND)


def show(desk: OfficeDesk) -> AbovePage:
    desk.session.choose_person(TUTI)
    desk.session.choose_contest(BUPATI)
    desk.go_to(Place.PLENO)
    page = desk.pleno
    assert isinstance(page, AbovePage)
    return page


def agenda(desk: OfficeDesk) -> None:
    show(desk)


def sheet(desk: OfficeDesk) -> AbovePage:
    page = show(desk)
    page.read_out(CIAMIS)
    return page


def _sheet(desk: OfficeDesk) -> None:
    sheet(desk)


def _act(number: int) -> Callable[[OfficeDesk], None]:
    def act(desk: OfficeDesk) -> None:
        list(sheet(desk).sheet.buttons.values())[number - 1].click()

    return act


def _withdraw(desk: OfficeDesk) -> None:
    page = sheet(desk)
    page.sheet.corrections.chosen.emit(page.sheet.corrections.rows[-1])


def _moved(desk: OfficeDesk) -> None:
    sheet(desk).foot.next_button.click()


def _typed_difference(desk: OfficeDesk) -> None:
    _act(2)(desk)
    from recap_desktop.desk.upward.difference_form import DifferenceForm  # noqa: PLC0415

    form = desk.pleno.body.currentWidget()
    assert isinstance(form, DifferenceForm)
    form.fields["votes.1"].setText("+5")
    form.fields["votes.2"].setText("-1200")
    form.fields["voters.dpt.l"].setText("-3")


def _overview(desk: OfficeDesk) -> None:
    show(desk)
    desk.go_to(Place.OVERVIEW)


def _conflict(desk: OfficeDesk) -> None:
    """Both sides of a TPS of which a later revision says something else than was ruled."""
    show(desk)
    desk.session.station_asked.emit(TPS[0])


def _received(desk: OfficeDesk) -> None:
    show(desk)
    desk.go_to(Place.SEND)


def paper(desk: OfficeDesk) -> PaperPage:
    _alarm_listed(desk)
    receive_page = desk.upward.receive
    assert receive_page is not None
    receive_page.offices.selectRow(1)
    receive_page.foot.typed.emit("5")
    page = desk.upward.paper
    assert page is not None
    return page


def _paper(desk: OfficeDesk) -> None:
    paper(desk)


def _paper_odd(desk: OfficeDesk) -> None:
    page = paper(desk)
    assert page.form is not None
    page.form.show_cells({**valid_bupati(3000, 9000), "valid": 12345})
    page._judge.done()
    page._look()


def _paper_sheet(desk: OfficeDesk) -> None:
    desk.session.choose_person(TUTI)
    desk.session.choose_contest(BUPATI)
    desk.session.unit_asked.emit(CIKONENG)


def _real(desk: OfficeDesk) -> None:
    show(desk).foot.next_button.click()


def _where(desk: OfficeDesk) -> None:
    """What the figure of a unit is made from, with what was said of the unit itself."""
    sheet(desk)
    desk.where.ask()


SCENES: dict[str, tuple[Callable[[Path], None], Callable[[OfficeDesk], None], float]] = {
    "above-agenda": (hall, agenda, 0.4),
    "above-agenda-corrected": (corrected, agenda, 0.4),
    "above-sheet": (all_came, _sheet, 0.4),
    "above-sheet-corrected": (corrected, _sheet, 0.4),
    "above-station": (all_came, _act(1), 0.4),
    "above-difference": (all_came, _typed_difference, 0.4),
    "above-postpone": (all_came, _act(3), 0.4),
    "above-alarm-listed": (restored, _alarm_listed, 0.4),
    "above-alarm": (restored, _alarm, 5.0),
    "above-alarm-why": (restored, _alarm_why, 5.0),
    "above-paper": (hall, _paper, 0.4),
    "above-paper-odd": (hall, _paper_odd, 0.4),
    "above-paper-listed": (on_paper, _alarm_listed, 0.4),
    "above-paper-sheet": (on_paper, _paper_sheet, 0.4),
    "above-paper-overview": (on_paper, _overview, 0.4),
    "above-conflict-overview": (corrected, _overview, 0.4),
    "above-conflict": (corrected, _conflict, 0.4),
    "above-conflict-received": (corrected, _received, 0.4),
    "above-moved": (moved, _moved, 0.4),
    "above-proposals": (proposed, _proposals, 0.4),
    "above-proposals-asked": (proposed, _with_proposals, 0.4),
    "above-proposals-taking": (proposed, _taking_up, 0.4),
    "above-where": (corrected, _where, 0.4),
    "above-real": (real, _real, 0.4),
    "above-withdraw": (corrected, _withdraw, 0.4),
}

__all__ = [
    "SCENES",
    "TUTI",
    "all_came",
    "corrected",
    "hall",
    "moved",
    "on_paper",
    "prepare_restored",
    "proposed",
    "real",
    "restored",
]
