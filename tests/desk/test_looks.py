"""Colours, language and who types, changed while an office is open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from recap_desktop.desk.laptop.window_settings import WindowSettings
from recap_desktop.desk.looks.appearance import Scheme, palette_of, scheme_of
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.rail import Place
from recap_desktop.office.language import load_words
from tests.desk.conftest import OpenWindow
from tests.made_up.offices import TPS, tiny_office


def test_who_is_asked_by_mistake_who_types_stays(desk: OfficeDesk) -> None:
    desk.session.choose_person("Siti")
    desk.session.station_asked.emit(TPS[1])
    QTest.keyClicks(desk.entry.form.pages[0].fields[0], "12")
    for _ in range(2):
        QTest.keyClick(desk.window(), Qt.Key.Key_F7)
    assert desk.session.person == ""
    QTest.keyClick(desk.entry.person.field, Qt.Key.Key_Escape)
    assert desk.session.person == "Siti"
    assert desk.entry.form.cells == {"voters.dpt.l": 12}
    QTest.keyClick(desk.window(), Qt.Key.Key_F7)
    desk.entry.foot.other_button.click()
    assert (desk.session.person, desk.entry.station) == ("Siti", TPS[1])


# How it looks and speaks


def test_light_and_dark_are_chosen_on_the_first_page_and_in_the_help(
    window: OpenWindow, desk: OfficeDesk, qapp: QApplication
) -> None:
    desk.go_to(Place.HELP)
    looks = desk.help.looks
    for scheme in (Scheme.DARK, Scheme.LIGHT):
        looks.schemes.setCurrentIndex(looks.schemes.findData(scheme.value))
        looks.schemes.activated.emit(looks.schemes.currentIndex())
        assert scheme_of(qapp.palette()) is scheme
        qapp.processEvents()
        # Of a page that is not shown: it is disabled, and what is disabled has no accent.
        button = desk.entry.foot.next_button.palette()
        accent = button.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Button)
        assert accent == palette_of(scheme).highlight().color()
        assert scheme_of(desk.overview.table.palette()) is scheme
        assert desk.overview.table.palette().base() == palette_of(scheme).base()
    assert window().welcome.looks.schemes.currentData() == "light"


def test_another_language_is_spoken_at_once_and_nothing_is_lost(
    qtbot: QtBot, window: OpenWindow, tmp_path: Path
) -> None:
    path = tmp_path / "o.rekap"
    tiny_office(path).close()
    shown = window(path)
    assert shown.desk is not None
    shown.desk.session.choose_person("Siti")
    shown.desk.session.station_asked.emit(TPS[0])
    QTest.keyClicks(shown.desk.entry.form.pages[0].fields[0], "12")
    before = shown.desk
    shown.choose_language("en")
    qtbot.waitUntil(lambda: shown.desk not in (before, None))
    after = shown.desk
    assert after.rail.buttons[Place.HELP].text() == "Help"
    after.session.choose_person("Siti")
    after.session.station_asked.emit(TPS[0])
    assert after.entry.form.cells == {"voters.dpt.l": 12}
    assert WindowSettings().language == "en"
    shown.leave_office()
    assert shown.welcome.sample.text() != load_words("id")["desk.welcome.sample"]


def test_the_row_that_has_the_keys_is_marked_more_strongly(desk: OfficeDesk) -> None:
    table = desk.overview.table
    table.setFocus()
    with_keys = table.palette().highlight().color()
    desk.overview.chooser.take_focus()
    without = table.palette().highlight().color()
    ground = table.palette().base().color()
    assert abs(with_keys.lightness() - ground.lightness()) > abs(
        without.lightness() - ground.lightness()
    )
