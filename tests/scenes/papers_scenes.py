"""Copies, slips, blank forms and earlier revisions, for the screens that are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.desk.rail import Place
from recap_desktop.election.records.copies import PaperOf
from recap_desktop.office.entry import entering
from recap_desktop.office.papers.copying import (
    copies,
    draw_copy,
    next_numbers,
    read_paper,
    record_copy,
    record_stop,
)
from recap_desktop.office.papers.print_plan import planned
from recap_desktop.office.papers.reprinting import draw_again
from recap_desktop.office.plenary import closing
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati
from tests.scenes import check_scenes, emblem_scenes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from recap_desktop.desk.office_desk import OfficeDesk
    from recap_desktop.office.opening import Office

_WHO = "Siti Aminah"


def _copies(office: Office, paper: PaperOf) -> None:
    read = read_paper(office, BUPATI, paper)
    book = read.make()
    names = [one.name for one in planned(office, read).addressees]
    for number, name in zip(next_numbers(office, read, len(names)), names, strict=True):
        drawn = draw_copy(book, size="f4", number=number, addressee=name)
        record_copy(office, read, drawn, by=_WHO)


def printed(path: Path) -> None:
    """Two revisions, copies of both, one printed again after a jam, two taken back."""
    office = tiny_office(path)
    for tps in TPS:
        entering.enter(office, BUPATI, tps, valid_bupati(), by=_WHO)
    closing.close(office, BUPATI, by=_WHO)
    _copies(office, PaperOf())
    _copies(office, PaperOf("minutes"))
    known = copies(office, BUPATI)
    read = read_paper(office, BUPATI, PaperOf())
    again = draw_again(read.make, known[1], pages="2-3")
    record_copy(office, read, again, by=_WHO, reason="Kertas macet")
    closing.reopen_contest(office, BUPATI, by=_WHO, reason="salah", decided_by="Pleno")
    closing.close(office, BUPATI, by=_WHO)
    _copies(office, PaperOf())
    last = copies(office, BUPATI)[-2:]
    taken_back = {last[0].record.id: last[0].pages, last[1].record.id: ""}
    record_stop(office, taken_back, printer="Kantor", by=_WHO)
    office.close()


def _go(desk: OfficeDesk) -> None:
    desk.session.choose_person(_WHO)
    desk.session.choose_contest(BUPATI)
    desk.go_to(Place.PAPERS)


def _list(desk: OfficeDesk) -> None:
    _go(desk)
    desk.papers_place.show_copies()


def _slip(desk: OfficeDesk) -> None:
    _go(desk)
    desk.papers.show_paper(PaperOf("slip", TPS[0]))


def _form(desk: OfficeDesk) -> None:
    _go(desk)
    desk.papers.show_paper(PaperOf("blank-forms", TPS[0]))


def _no_station(desk: OfficeDesk) -> None:
    _go(desk)
    which = desk.papers.which
    which.setCurrentIndex(which.findData("kind:slip"))
    which.activated.emit(which.currentIndex())


def _earlier(desk: OfficeDesk) -> None:
    _go(desk)
    desk.papers.show_paper(PaperOf(), 1)


def _print_earlier(desk: OfficeDesk) -> None:
    _earlier(desk)
    desk.papers.begin_printing()


def _form_asked(desk: OfficeDesk) -> None:
    _go(desk)
    desk.papers.export.click()


def _queue(desk: OfficeDesk) -> None:
    """What is shown while a queue is watched, without one."""
    _go(desk)
    desk.papers.begin_printing()
    printing = desk.papers.printing
    assert printing.panel is not None
    printing.panel.printer.insertItem(0, "HP LaserJet Pro M404 (Kantor)", "Kantor")
    printing.panel.choose_printer("Kantor")
    printing.panel.show_progress(2, 6)
    printing._where, printing.run._is_watching = "Kantor", True
    printing.run.handed.emit()
    printing._foot.offer_other(desk.session.words["desk.print.stop"], printing.run.stop)


SCENES: dict[str, tuple[Callable[[Path], None], Callable[[OfficeDesk], None], float]] = {
    **{name: (*parts, 0.4) for name, parts in emblem_scenes.SCENES.items()},
    "papers-copies": (printed, _list, 0.4),
    "papers-slip": (printed, _slip, 4),
    "papers-slip-asked": (printed, _no_station, 1),
    "papers-blank-form": (printed, _form, 4),
    "papers-earlier": (printed, _earlier, 4),
    "papers-earlier-printing": (printed, _print_earlier, 4),
    "papers-export": (printed, _form_asked, 4),
    "papers-queue": (printed, _queue, 4),
    "check": (printed, check_scenes.nothing, 0.4),
    "check-holds": (printed, check_scenes.sheet, 0.4),
    "check-open": (printed, check_scenes.stranger, 0.4),
    "check-fails": (printed, check_scenes.changed, 0.4),
}
