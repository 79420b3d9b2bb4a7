"""The plenary of a kabupaten and what it decides about offices below, for who looks and journeys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.desk.pleno.above_page import AbovePage
from recap_desktop.desk.rail import Place
from recap_desktop.election.records.plenary import Turn
from recap_desktop.election.records.unit_records import Outcome
from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.entry.ruling import Decision
from recap_desktop.office.plenary.child_reading import read_child
from recap_desktop.office.plenary.plenaries import declare
from recap_desktop.office.upward import unit_figures
from tests.offices import BUPATI, CIAMIS, TPS, valid_bupati
from tests.upward import CIKONENG, DECISION, KABKO, Ladder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from recap_desktop.desk.office_desk import OfficeDesk

TUTI = "Tuti"
FAR = "3207022001001"
_WHY = Decision(TUTI, "salah salin di D.HASIL", raised_by="Saksi nomor 2", decided_by="Rapat pleno")


def _ladder(path: Path) -> Ladder:
    folder = path.parent / path.stem
    folder.mkdir()
    ladder = Ladder(folder)
    ladder.office(KABKO)
    rows = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
    entering.enter_all(ladder.office(CIAMIS), BUPATI, rows, by="Siti")
    return ladder


def _end(ladder: Ladder, path: Path) -> None:
    ladder.close()
    (ladder.folder / f"{KABKO}.rekap").rename(path)


def hall(path: Path) -> None:
    """The plenary is open; one kecamatan was received, of the other nothing came."""
    ladder = _ladder(path)
    ladder.receive(ladder.package(CIAMIS))
    office = ladder.offices[KABKO]
    declare(office, Turn.OPENED, by=TUTI, place="Aula KPU Ciamis", leader="Oong Ramdani")
    _end(ladder, path)


def all_came(path: Path) -> None:
    """Both kecamatan were received; the plenary is open, nothing was read out."""
    ladder = _ladder(path)
    entering.enter(ladder.office(CIKONENG), BUPATI, FAR, valid_bupati(30), by="Siti")
    for code in (CIAMIS, CIKONENG):
        ladder.receive(ladder.package(code))
    office = ladder.offices[KABKO]
    declare(office, Turn.OPENED, by=TUTI, place="Aula KPU Ciamis", leader="Oong Ramdani")
    _end(ladder, path)


def corrected(path: Path) -> None:
    """What was received was corrected at a TPS and on the unit; a later revision speaks against it."""
    ladder = _ladder(path)
    office = ladder.offices[KABKO]
    ladder.receive(ladder.package(CIAMIS))
    declare(office, Turn.OPENED, by=TUTI, place="Aula KPU Ciamis", leader="Oong Ramdani")
    ruling.correct(office, BUPATI, TPS[0], changes={"votes.1": 41}, decision=_WHY)
    ruling.correct(office, BUPATI, TPS[1], changes={"votes.2": 99}, decision=_WHY)
    cells = {"votes.1": 5, "votes.2": -5, "voters.dpt.l": -12, "voters.dpt.jml": -12}
    unit_figures.add_difference(office, BUPATI, CIAMIS, cells=cells, decision=_WHY)
    below = ladder.again(CIAMIS)
    ruling.correct(below, BUPATI, TPS[0], changes={"votes.1": 42}, decision=DECISION)
    ruling.accept(below, BUPATI, TPS[0], decision=DECISION)
    ladder.receive(ladder.package(CIAMIS))
    why = "pembaca hasil belum hadir"
    read_child(office, BUPATI, CIKONENG, by=TUTI, outcome=Outcome.POSTPONED, reason=why)
    _end(ladder, path)


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


SCENES: dict[str, tuple[Callable[[Path], None], Callable[[OfficeDesk], None], float]] = {
    "above-agenda": (hall, agenda, 0.4),
    "above-agenda-corrected": (corrected, agenda, 0.4),
    "above-sheet": (all_came, _sheet, 0.4),
    "above-sheet-corrected": (corrected, _sheet, 0.4),
    "above-station": (all_came, _act(1), 0.4),
    "above-difference": (all_came, _typed_difference, 0.4),
    "above-postpone": (all_came, _act(3), 0.4),
    "above-conflict-overview": (corrected, _overview, 0.4),
    "above-conflict": (corrected, _conflict, 0.4),
    "above-conflict-received": (corrected, _received, 0.4),
    "above-withdraw": (corrected, _withdraw, 0.4),
}
