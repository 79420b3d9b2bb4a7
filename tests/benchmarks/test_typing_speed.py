"""Typing with 75,000 TPS in the office: a key, and from the last key to the next form.

Beside each stands what bare SQLite takes for a row that is put on the disk, and for finding the
next TPS without figures. The aim: under 100 ms from the last key to the next form. Making the
office takes a minute; read the ratio of each group, not the times.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

# Qt looks at it when it is imported.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture

from recap_desktop.desk.laptop.background import Background
from recap_desktop.desk.laptop.window_settings import WindowSettings
from recap_desktop.desk.main_window import MainWindow
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.program import dress
from recap_desktop.desk.rail import Place
from recap_desktop.election.definitions.contests import Contest
from recap_desktop.election.practice.practice import Practice
from recap_desktop.exchange.form_files import bundled_form
from recap_desktop.office.entry.entering import enter_all
from recap_desktop.office.language import load_words
from recap_desktop.office.opening import create_office_for
from tests.benchmarks.province import CONTEST, PROVINCE, province
from tests.benchmarks.test_office_speed import measure
from tests.made_up.every_form import parties
from tests.made_up.made_up_pemilu import seeded

LEFT = 300
"""Of so many TPS one has no figures yet."""

LIST = "dpr"
PAD = Qt.KeyboardModifier.KeypadModifier
KEYS = {"\n": Qt.Key.Key_Enter, "+": Qt.Key.Key_Plus}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """75,000 TPS with a contest of pairs, entered all but some, and one of party lists."""
    path = tmp_path_factory.mktemp("typing") / "large.rekap"
    whole = province()
    lists = Contest(LIST, "dpr-2024", "DPR", (PROVINCE,), parties(10), "dpr", "JAWA BARAT")
    forms = {**whole.forms, "dpr-2024": bundled_form("dpr-2024")}
    election = replace(whole, contests=(*whole.contests, lists), forms=forms)
    office = create_office_for(path, election=election, region=PROVINCE)
    made = Practice(election, seeded(1)).forms(election.contest(CONTEST).id)
    rows = [(form.tps, form.written) for form in made if form.written]
    kept = [row for at, row in enumerate(rows) if at % LEFT]
    enter_all(office, CONTEST, kept, by="Petugas")
    office.close()
    return path


@pytest.fixture(scope="module")
def desk(large: Path) -> Iterator[OfficeDesk]:
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    dress(application, "light")
    background = Background()
    window = MainWindow(load_words("id"), WindowSettings(), background)
    window.resize(1092, 614)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    assert window.open_path(large)
    shown = window.desk
    assert shown is not None
    shown.session.choose_person("Siti Aminah")
    shown.go_to(Place.ENTRY)
    yield shown
    window.close()
    background.stop()


def press(text: str) -> None:
    """Press keys, and let the window draw what they did."""
    for letter in text:
        focus = QApplication.focusWidget()
        assert focus is not None
        key = KEYS.get(letter) or Qt.Key(Qt.Key.Key_0.value + int(letter))
        QTest.keyClick(focus, key, PAD)
    QApplication.processEvents()


def type_a_form(desk: OfficeDesk) -> None:
    """A form on which hardly anything adds up: the worst there is to judge."""
    for at, _ in enumerate(desk.entry.form.order):
        press(f"{10 + at % 80}\n")


@pytest.mark.benchmark(group="from the last key to the next form")
def test_save_and_next(benchmark: BenchmarkFixture, desk: OfficeDesk) -> None:
    desk.session.choose_contest(CONTEST)
    desk.entry.chooser.take_focus()
    press("\n")

    def go() -> None:
        before = desk.entry.station
        press("\n\n")
        assert desk.entry.station != before

    measure(benchmark, go, setup=lambda: type_a_form(desk), rounds=7)


@pytest.mark.benchmark(group="from the last key to the next form")
def test_bare_save_and_next(benchmark: BenchmarkFixture, large: Path, tmp_path: Path) -> None:
    copy = tmp_path / "bare.db"
    with closing(sqlite3.connect(large)) as source, closing(sqlite3.connect(copy)) as bare:
        source.backup(bare)
        bare.execute("PRAGMA journal_mode=WAL")
        bare.execute("CREATE TABLE row (said BLOB)")
        bare.commit()
        sql = f"SELECT tps FROM \"tally {CONTEST}\" WHERE state = 'empty' ORDER BY tps LIMIT 1"

        def go() -> None:
            bare.execute("INSERT INTO row VALUES (?)", (bytes(1_500),))
            bare.commit()
            assert bare.execute(sql).fetchone()

        measure(benchmark, go, rounds=7)


@pytest.mark.benchmark(group="a digit and an Enter")
@pytest.mark.parametrize("contest", [CONTEST, LIST])
def test_key(benchmark: BenchmarkFixture, desk: OfficeDesk, contest: str) -> None:
    """In a form of 31 boxes and in one of 230."""
    desk.session.choose_contest(contest)
    desk.entry.chooser.take_focus()
    press("\n")

    def go() -> None:
        press("7\n")

    measure(benchmark, go, rounds=25)


@pytest.mark.benchmark(group="a digit and an Enter")
def test_bare_key(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """What keeps a draft: a small file that is really on the disk, twice."""
    path = tmp_path / "draft"

    def go() -> None:
        for _ in range(2):
            with path.open("wb") as stream:
                stream.write(bytes(1_000))
                stream.flush()
                os.fsync(stream.fileno())

    measure(benchmark, go, rounds=25)
