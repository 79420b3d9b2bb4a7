"""An evening of an operator: the real window, real keys of the number pad, the sample office."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from recap_desktop.desk.rail import Place
from recap_desktop.election.definitions.forms import Severity
from recap_desktop.election.definitions.regions import Level
from recap_desktop.office.entry import entering
from recap_desktop.office.plenary import revisions
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.sample import make_sample
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import NAME, desk_of, digits_of, focused_cell, mark_of, name_oneself, press
from tests.made_up.offices import BUPATI, CIAMIS, TPS, valid_bupati

ROOT = Path(__file__).parents[2]


def test_from_an_empty_office_to_the_signed_book(
    qtbot: QtBot, window: OpenWindow, office_path: Path, tmp_path: Path
) -> None:
    shown = window(office_path)
    desk = desk_of(shown)

    # The overview: Enter on the empty chooser goes to the first TPS that has nothing.
    press("\n")
    name_oneself(desk)
    assert desk.entry.station == TPS[0]
    assert desk.entry.title.text == desk.session.station(TPS[0])
    assert focused_cell() == "voters.dpt.l"

    # A wrong total gives a finding beside its cell, and only once it was left.
    press("150\n160\n309")
    form = desk.entry.form
    total = next(
        field for page in form.pages for field in page.fields if field.cell == "voters.dpt.jml"
    )
    assert (mark_of(total), total.running_sum) == (None, 310)
    press("\n")
    assert mark_of(total) is Severity.ERROR
    assert any("310" in text for text in desk.entry.findings.texts)

    # Back to it with the slash key, corrected, and the finding is gone.
    press("/")
    assert focused_cell() == "voters.dpt.jml"
    press("310\n")
    assert mark_of(total) is None

    # The rest of the form; the last Enter leads to the next step, and Enter saves.
    cells = valid_bupati()
    press(digits_of(desk, cells).split("\n", 3)[3])
    assert QApplication.focusWidget() is desk.entry.foot.next_button
    press("\n")
    assert "140" in desk.entry.foot.message
    assert desk.head.saved_text.endswith(desk.session.saved_at[17:19])

    # Desa and kecamatan have changed.
    desk.go_to(Place.OVERVIEW)
    assert [row.sums.get("valid") for row in desk.overview.rows] == ["140", None]
    assert ("Suara sah", "140") in desk.overview.strip.parts

    # The other four, each begun by Enter on the next step.
    desk.overview.foot.take_focus()
    for tps in TPS[1:]:
        press("\n")
        assert desk.entry.station == tps
        press(digits_of(desk, cells) + "\n")
    (total_of_all,) = totals(desk.session.office, BUPATI, level=Level.KECAMATAN)
    assert total_of_all.sums["valid"] == 5 * 140

    # The papers: everything is there, so the next step closes; the names are typed.
    desk.go_to(Place.PAPERS)
    qtbot.waitUntil(lambda: desk.papers.preview.has_picture, timeout=20_000)
    assert desk.papers.missing.faults == ()
    press("\n")
    signers = desk.papers.signers
    assert signers is not None and signers.by.text() == NAME
    signers.place.setText("Ciamis")
    desk.papers.foot.take_focus()
    press("\n")
    assert desk.head.state_text == "Ditetapkan, revisi 1"
    assert revisions.revisions(desk.session.office, BUPATI)[0].place == "Ciamis"
    qtbot.waitUntil(lambda: desk.papers.preview.pages > 0, timeout=20_000)
    pdf = tmp_path / "buku.pdf"
    desk.papers.save_pdf(pdf)
    qtbot.waitUntil(lambda: str(pdf) in desk.papers.foot.message, timeout=20_000)
    assert pdf.read_bytes().startswith(b"%PDF")


KILLED = """
import os, sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from recap_desktop.desk.laptop.background import Background
from recap_desktop.desk.main_window import MainWindow
from recap_desktop.desk.program import dress
from recap_desktop.desk.laptop.window_settings import WindowSettings
from recap_desktop.office.language import load_words
application = QApplication([])
dress(application, "light")
window = MainWindow(load_words("id"), WindowSettings(), Background())
window.show()
window.activateWindow()
QTest.qWaitForWindowActive(window)
assert window.open_path(Path(sys.argv[1]))
window.desk.session.choose_person(sys.argv[2])
window.desk.session.station_asked.emit(sys.argv[3])
for cell, figure in (("l", "150"), ("p", "160"), ("jml", "31")):
    window.desk.entry.form.focus_cell("voters.dpt." + cell)
    QTest.keyClicks(QApplication.focusWidget(), figure)
os._exit(9)  # as when the plug is pulled: nothing is asked, closed or flushed
"""


def test_what_was_typed_and_not_saved_survives_a_kill(
    window: OpenWindow, office_path: Path
) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(office_path), NAME, TPS[0]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert killed.returncode == 9, killed.stderr

    desk = desk_of(window(office_path))
    desk.go_to(Place.ENTRY)
    name_oneself(desk)
    assert "TPS 001" in desk.entry.foot.message
    desk.entry.foot.take_focus()
    press("\n")
    assert desk.entry.station == TPS[0]
    assert desk.entry.form.cells == {
        "voters.dpt.l": 150,
        "voters.dpt.p": 160,
        "voters.dpt.jml": 31,
    }
    assert desk.entry.foot.other_button.isVisible()
    desk.entry.foot.other_button.click()
    assert desk.entry.form.cells == {}


def test_nothing_typed_is_lost_by_going_elsewhere(window: OpenWindow, office_path: Path) -> None:
    desk = desk_of(window(office_path))
    press("\n")
    name_oneself(desk)
    press("12\n")
    desk.session.next_contest()
    assert desk.entry.form.cells == {}
    press("34\n")
    desk.go_to(Place.OVERVIEW)
    desk.session.station_asked.emit(TPS[3])
    desk.session.next_contest()
    desk.session.station_asked.emit(TPS[0])
    assert desk.entry.form.cells == {"voters.dpt.l": 12}
    desk.session.next_contest()
    assert desk.entry.form.cells == {"voters.dpt.l": 34}


def test_stars_fill_only_what_may_be_zero_and_say_what(
    window: OpenWindow, office_path: Path
) -> None:
    desk = desk_of(window(office_path))
    press("\n")
    name_oneself(desk)
    press("150\n160\n310\n70\n75\n145\n*")
    filled = {cell for cell, figure in desk.entry.form.cells.items() if figure == 0}
    assert filled == {
        *(f"users.{row}.{column}" for row in ("moved", "special") for column in "lp"),
        "ballots.spoiled",
        "ballots.unused",
        "disabled.users.l",
        "disabled.users.p",
    }
    assert "8" in desk.entry.foot.message


def test_the_sample_is_opened_and_one_of_its_gaps_is_filled(
    window: OpenWindow, tmp_path: Path
) -> None:
    path = tmp_path / "contoh.rekap"
    make_sample(path).close()
    desk = desk_of(window(path))
    assert desk.session.office.election.is_rehearsal
    before = desk.overview.strip.parts[0]
    press("\n")
    name_oneself(desk)
    tps = desk.entry.station
    assert tps.startswith(CIAMIS)
    press("100\n100\n200\n+")
    desk.go_to(Place.OVERVIEW)
    assert desk.overview.strip.parts[0] != before
    stored = desk.session.office.file.contests[desk.session.contest_id].tally(tps)
    assert stored is not None and stored.tally.cells["voters.dpt.jml"] == 200


def test_a_file_from_another_machine_is_read_until_one_goes_on_as_a_new_post(
    window: OpenWindow,
    office_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RECAP_DATA_DIR", str(tmp_path / "other-machine"))
    desk = desk_of(window(office_path))
    assert desk.session.office.obstacle == "no-key"
    assert desk.head.go_on_button.isVisible()
    desk.head.go_on_button.click()
    assert desk.session.office.obstacle != "no-key"
    assert not desk.head.go_on_button.isVisible()
    press("\n")
    name_oneself(desk)
    press("5\n+")
    assert desk.session.saved_at


def test_the_history_shows_every_record_and_the_audit_is_sound(
    qtbot: QtBot, window: OpenWindow, office_path: Path
) -> None:
    desk = desk_of(window(office_path))
    office = desk.session.office
    entering.enter(office, BUPATI, TPS[0], valid_bupati(), by=NAME)
    entering.enter(office, BUPATI, TPS[0], valid_bupati(kosong=41), by=NAME)
    desk.session.history_asked.emit(TPS[0])
    assert [(event.what, event.is_live) for event in desk.history.listed] == [
        ("entry", False),
        ("entry", True),
    ]
    desk.history.start_audit()
    qtbot.waitUntil(lambda: "Utuh" in desk.history.foot.message, timeout=20_000)
