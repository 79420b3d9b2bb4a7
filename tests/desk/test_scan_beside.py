"""The scan beside the form: one key turns to it, the form keeps the focus, the part is remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from recap_desktop.desk.entry.beside_form import BesideForm
from recap_desktop.desk.entry.hall_page import HallPage
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.scans.scan_canvas import ScanCanvas
from recap_desktop.desk.scans.scan_pictures import Wanted, _made
from recap_desktop.desk.scans.scan_place import WHOLE, WIDTH, Place
from recap_desktop.election.records.attachments import Attachment, Media
from recap_desktop.exchange.scan_folder import sha256_of
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.stations import Act
from recap_desktop.office.scans.attaching import Kept, all_attachments, attach, folder_of
from recap_desktop.office.scans.scan_pages import Light
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import focused_cell, name_oneself, press
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati
from tests.made_up.scans import HEIC, jpeg, large_png, pdf, png, put

CTRL = Qt.KeyboardModifier.ControlModifier
PAD = Qt.KeyboardModifier.KeypadModifier
PAGES = 3


@pytest.fixture
def entry(desk: OfficeDesk, tmp_path: Path) -> HallPage:
    """The entry page with TPS 2 open, to which a document and a photo are attached."""
    office = desk.session.office
    folder = tmp_path / "foto"
    attach(office, BUPATI, TPS[1], put(folder, "a.pdf", pdf(2)), by="Siti")
    attach(office, BUPATI, TPS[1], put(folder, "b.jpg", jpeg(size=(600, 900))), by="Siti")
    attach(office, BUPATI, TPS[3], put(folder, "c.pdf", pdf(3)), by="Siti")
    attach(office, BUPATI, TPS[3], put(folder, "d.png", large_png()), by="Siti")
    desk.session.station_asked.emit(TPS[1])
    name_oneself(desk)
    return desk.entry


def key(code: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, code, modifier)


def pad(letter: str) -> None:
    """Ctrl with a key of the number pad, in whatever has the focus."""
    codes = {"+": Qt.Key.Key_Plus, "-": Qt.Key.Key_Minus, "*": Qt.Key.Key_Asterisk}
    codes |= {"/": Qt.Key.Key_Slash}
    codes |= {str(digit): Qt.Key(Qt.Key.Key_0.value + digit) for digit in range(10)}
    key(codes[letter], CTRL | PAD)


def turn_to_scan(entry: HallPage, qtbot: QtBot) -> BesideForm:
    key(Qt.Key.Key_F12)
    assert entry.beside.is_scan
    qtbot.waitUntil(lambda: entry.beside.scan.canvas.has_picture)
    return entry.beside


def test_one_key_turns_to_the_scan_and_back_and_typing_goes_on(
    entry: HallPage, qtbot: QtBot
) -> None:
    first = focused_cell()
    narrow = entry.beside.width()
    beside = turn_to_scan(entry, qtbot)
    assert beside.width() > narrow and not entry.findings.isVisible()
    assert focused_cell() == first
    press("150\n16")
    pad("+")
    press("0\n")
    assert entry.form.cells == {"voters.dpt.l": 150, "voters.dpt.p": 160}
    key(Qt.Key.Key_F12)
    assert beside.width() == narrow and entry.findings.isVisible()
    assert focused_cell() == "voters.dpt.jml"
    place = beside.scan.place
    pad("+")
    assert beside.scan.place == place


def test_every_page_of_a_document_and_every_photo_is_a_page(entry: HallPage, qtbot: QtBot) -> None:
    scan = turn_to_scan(entry, qtbot).scan
    titles = [scan.title]
    for _ in range(3):
        pad("3")
        qtbot.waitUntil(lambda: scan.canvas.has_picture)
        titles.append(scan.title)
    assert titles == ["1/3  a.pdf", "2/3  a.pdf", "3/3  b.jpg", "3/3  b.jpg"]
    pad("9")
    assert scan.title == "2/3  a.pdf"


def test_the_next_tps_shows_the_same_part_and_each_page_of_the_form_its_own(
    entry: HallPage, qtbot: QtBot
) -> None:
    scan = turn_to_scan(entry, qtbot).scan
    for letter in "++7266*/":
        pad(letter)
    first = scan.place
    assert first.zoom == pytest.approx(1.25**2) and first.turns == 1
    assert first.light == Light(brightness=1, contrast=1)
    # The second page of the form: the second page of the scan, as bright, from its upper edge.
    key(Qt.Key.Key_PageDown)
    assert scan.title == "2/3  a.pdf" and scan.place.light == first.light
    pad("-")
    second = scan.place
    entry.open_station(TPS[3])
    qtbot.waitUntil(lambda: scan.canvas.has_picture)
    assert (scan.title, scan.place) == ("1/4  c.pdf", first)
    key(Qt.Key.Key_PageDown)
    assert (scan.title, scan.place) == ("2/4  c.pdf", second)
    pad("0")
    assert scan.place == Place()


def test_the_paper_of_another_tps_is_never_shown(entry: HallPage, qtbot: QtBot) -> None:
    scan = turn_to_scan(entry, qtbot).scan
    entry.open_station(TPS[3])
    assert not scan.canvas.has_picture
    entry.open_station(TPS[4])
    assert scan.canvas.text == entry.beside._words["desk.scan.none"]
    qtbot.waitUntil(lambda: scan._pictures._making is None)
    assert not scan.canvas.has_picture
    assert not entry.beside.attaching.remove.isEnabled()


def test_what_is_missing_or_altered_says_so_and_stops_nothing(
    entry: HallPage, qtbot: QtBot, desk: OfficeDesk
) -> None:
    office = desk.session.office
    lying = next(one for one in all_attachments(office) if one.name == "d.png")
    (folder_of(office) / lying.sha256).unlink()
    entry.open_station(TPS[3])
    scan = turn_to_scan(entry, qtbot).scan
    for _ in range(3):
        pad("3")
    qtbot.waitUntil(lambda: "d.png" in scan.canvas.text)
    press("1")
    assert entry.form.cells == {"voters.dpt.l": 1}


def test_files_are_attached_to_the_open_tps_and_one_that_is_refused_stops_no_other(
    entry: HallPage, qtbot: QtBot, tmp_path: Path, desk: OfficeDesk
) -> None:
    beside = turn_to_scan(entry, qtbot)
    said: list[str] = []
    beside.attaching.said.connect(lambda text, _: said.append(text))
    paths = [put(tmp_path, "x.heic", HEIC), put(tmp_path, "x.png", png("x"))]
    with qtbot.waitSignal(beside.attaching.done):
        beside.attaching.attach(paths)
    assert "HEIC" in said[1] and said[2].startswith("x.png")
    assert beside.scan.pages == PAGES + 1
    assert focused_cell() == "voters.dpt.l"
    with qtbot.waitSignal(beside.attaching.done):
        beside.attaching.attach(paths[1:])
    assert beside.scan.pages == PAGES + 1 and desk.session.saved_at


def test_taking_away_asks_for_a_reason(entry: HallPage, qtbot: QtBot, desk: OfficeDesk) -> None:
    beside = turn_to_scan(entry, qtbot)
    beside.attaching.remove.click()
    assert QApplication.focusWidget() is beside.attaching.reason
    press("\n")
    assert beside.scan.pages == PAGES
    assert desk.session.words["problem.reason-missing"] in entry.foot.message
    QTest.keyClicks(beside.attaching.reason, "milik TPS lain")
    press("\n")
    assert beside.scan.pages == 1 and beside.attaching.reason.isHidden()
    assert focused_cell() == "voters.dpt.l"


def test_a_decision_brings_the_findings_back(entry: HallPage, qtbot: QtBot) -> None:
    enter(entry._session.office, BUPATI, TPS[1], valid_bupati(), by="Siti")
    entry.open_station(TPS[1])
    turn_to_scan(entry, qtbot)
    entry.ruling.begun.emit(Act.CORRECT)
    assert entry.beside.is_scan
    entry._save()
    assert not entry.beside.is_scan


def test_before_the_second_entry_the_paper_may_be_seen(
    window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "ganda.rekap"
    office = tiny_office(path, double_entry=True)
    enter(office, BUPATI, TPS[1], valid_bupati(), by="Ani")
    attach(office, BUPATI, TPS[1], put(tmp_path, "a.jpg", jpeg()), by="Ani")
    office.close()
    desk = window(path).desk
    assert desk is not None
    desk.session.station_asked.emit(TPS[1])
    name_oneself(desk)
    turn_to_scan(desk.entry, qtbot)
    assert desk.entry.form.cells == {}


# The canvas


@pytest.fixture
def canvas(qtbot: QtBot) -> ScanCanvas:
    """A room of 200 x 100 for a page of 400 x 600, whose upper left corner is grey."""
    raw = png(size=(400, 600))
    one = Attachment("x", TPS[0], "", sha256_of(raw), "a.png", Media.PNG, len(raw), 1)
    levels = _made(Kept(one, raw, Path()), Wanted(one.sha256, 0, Light()))
    canvas = ScanCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(200, 100)
    canvas.show_levels(levels, Place())
    return canvas


def colour(canvas: ScanCanvas, x: int, y: int) -> QColor:
    return canvas.grab().toImage().pixelColor(x, y)


def is_corner(canvas: ScanCanvas, x: int, y: int) -> bool:
    return abs(colour(canvas, x, y).red() - 120) < 25


def test_the_page_fills_the_width_from_its_upper_edge(canvas: ScanCanvas) -> None:
    assert is_corner(canvas, 15, 15) and not is_corner(canvas, 100, 50)
    assert canvas.zoom == WIDTH and canvas.seen == pytest.approx((1.0, 1 / 3))


def test_the_whole_page_stands_in_the_middle(canvas: ScanCanvas) -> None:
    canvas.show_place(Place(zoom=WHOLE))
    assert is_corner(canvas, 70, 5) and not is_corner(canvas, 30, 5)
    assert canvas.seen == pytest.approx((1.0, 1.0))


@pytest.mark.parametrize(("turns", "x", "y"), [(1, 185, 10), (2, 185, 90), (3, 15, 90)])
def test_a_quarter_turn_brings_the_corner_round(
    canvas: ScanCanvas, turns: int, x: int, y: int
) -> None:
    place = Place(zoom=WHOLE if turns % 2 else WIDTH, turns=turns, y=1.0)
    canvas.show_place(place)
    if turns % 2:
        x = 100 + (70 if turns == 1 else -70)
    assert is_corner(canvas, x, y)


def test_the_wheel_zooms_where_it_points_and_a_drag_moves_the_page(canvas: ScanCanvas) -> None:
    places: list[Place] = []
    canvas.looked.connect(places.append)
    before = canvas._under(QPointF(30, 20))
    spin(canvas, QPointF(30, 20), 240)
    after = canvas._under(QPointF(30, 20))
    assert places[-1].zoom == pytest.approx(1.25**2)
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()), abs=0.01)
    spin(canvas, QPointF(30, 20), 60)
    assert len(places) == 1
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 50))
    QTest.mouseMove(canvas, QPoint(60, 30))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 30))
    assert places[-1].x > places[0].x and places[-1].y > places[0].y
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 30))
    assert places[-1].zoom == WHOLE


def spin(canvas: ScanCanvas, at: QPointF, angle: int) -> None:
    event = QWheelEvent(
        at,
        at,
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - as Qt has it
    )
    QApplication.sendEvent(canvas, event)


def test_a_place_stays_on_the_page_and_four_turns_lead_back() -> None:
    place = Place(zoom=2.0, x=0.2, y=0.9)
    turned = place.turned().turned().turned().turned()
    assert turned.turns == 0 and (turned.x, turned.y) == pytest.approx((0.2, 0.9))
    for _ in range(20):
        place = place.moved(1, -1, seen=(0.5, 0.5)).zoomed(1, shown=place.zoom)
    assert (place.x, place.y, place.zoom) == (1.0, 0.0, 12.0)
    lights = [place := place.lit().hardened() for _ in range(20)]
    assert len({one.light for one in lights}) == 20 and place.light == Light()
    assert Place(zoom=1.3).zoomed(-1, shown=1.3).zoom == WIDTH
