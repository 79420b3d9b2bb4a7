"""Where a figure comes from, for those who look at the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.sample import make_sample
from tests.made_up.offices import BUPATI, CIAMIS, TPS, tiny_office, valid_bupati
from tests.made_up.upward import DECISION, KABKO, Ladder

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.desk.office_desk import OfficeDesk


def press(key: Qt.Key) -> None:
    """Press a key in whatever has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key)


def of_the_office(desk: OfficeDesk) -> None:
    """The totals of the strip."""
    QTest.keyClick(desk, Qt.Key.Key_F2)


def of_a_desa(desk: OfficeDesk) -> None:
    """Two levels down."""
    of_the_office(desk)
    press(Qt.Key.Key_Enter)


def of_a_station(desk: OfficeDesk) -> None:
    """The records of a TPS."""
    desk.session.choose_person("Rahmat")
    desk.where.page.show_figure(TPS[0], "votes.1")
    desk.overview.parentWidget().setCurrentWidget(desk.where.page)  # type: ignore[union-attr]
    desk.where.page.take_focus()


def of_a_hidden_one(desk: OfficeDesk) -> None:
    """A TPS of which there is only a first entry, by somebody else."""
    of_a_station(desk)
    desk.where.page.show_figure(TPS[0], "votes.1")


def received(path: Path) -> None:
    """A kabupaten that received two revisions of a kecamatan."""
    folder = path.parent / path.stem
    folder.mkdir()
    ladder = Ladder(folder)
    ladder.office(KABKO)
    below = ladder.office(CIAMIS)
    rows = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
    entering.enter_all(below, BUPATI, rows, by="Siti")
    ladder.receive(ladder.package(CIAMIS))
    ladder.again(CIAMIS)
    ruling.correct(below, BUPATI, TPS[0], changes={"votes.1": 39}, decision=DECISION)
    ruling.accept(below, BUPATI, TPS[0], decision=DECISION)
    ladder.receive(ladder.package(CIAMIS))
    ladder.close()
    (folder / f"{KABKO}.rekap").rename(path)


def sample(path: Path) -> None:
    """The sample of Kecamatan Ciamis."""
    make_sample(path).close()


def first_only(path: Path) -> None:
    """A first entry of two."""
    office = tiny_office(path, double_entry=True)
    entering.enter(office, BUPATI, TPS[0], valid_bupati(), by="Siti")
    office.close()


SCENES = {
    "where-sum": (sample, of_the_office, 0.4),
    "where-desa": (sample, of_a_desa, 0.4),
    "where-hidden": (first_only, of_a_hidden_one, 0.4),
    "where-received": (received, of_a_station, 0.4),
}
