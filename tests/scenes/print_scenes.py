"""Printing, for the screens that are looked at: an office that is closed, with a copy that was printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.desk.rail import Place
from recap_desktop.election.records.copies import PaperOf
from recap_desktop.office.entry import entering
from recap_desktop.office.papers.copying import draw_copy, next_numbers, read_paper, record_copy
from recap_desktop.office.plenary import closing
from tests.made_up.offices import GUBERNUR, TPS, tiny_office, valid_bupati

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from recap_desktop.desk.office_desk import OfficeDesk


def closed(path: Path) -> None:
    """Three pairs, closed; the first saksi has a copy."""
    office = tiny_office(path)
    cells = {**valid_bupati(), "votes.3": 0}
    for tps in TPS:
        entering.enter(office, GUBERNUR, tps, cells, by="Siti Aminah")
    closing.close(office, GUBERNUR, by="Siti Aminah", place="Ciamis")
    read = read_paper(office, GUBERNUR, PaperOf())
    (number,) = next_numbers(office, read, 1)
    name = "SAKSI NOMOR URUT 1: Calon 1"
    drawn = draw_copy(read.make(), size="f4", number=number, addressee=name)
    record_copy(office, read, drawn, by="Siti Aminah")
    office.close()


def _begin(desk: OfficeDesk, choice: int) -> None:
    desk.session.choose_person("Siti Aminah")
    desk.session.choose_contest(GUBERNUR)
    desk.go_to(Place.PAPERS)
    desk.papers.begin_printing()
    panel = desk.papers.printing.panel
    assert panel is not None
    panel.what.setCurrentIndex(choice)
    panel.what.activated.emit(choice)


SCENES: dict[str, Callable[[OfficeDesk], None]] = {
    "papers-printing": lambda desk: _begin(desk, 0),
    "papers-print-plan": lambda desk: _begin(desk, 1),
    "papers-print-again": lambda desk: _begin(desk, 2),
}
