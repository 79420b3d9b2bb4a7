"""Grabs every screen of the window, in sizes, colours and languages, for a person to look at.

``python -m tests.screens FOLDER [WORD ...]`` from the root of the repository; with words, only
pictures whose path (``laptop/overview-empty.png``) contains one of them. Offices are made up, but
for the sample of Ciamis. Each look is a process of its own: Qt takes its scale only at the start.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from recap_desktop.desk.laptop.background import Background
from recap_desktop.desk.laptop.window_settings import WindowSettings
from recap_desktop.desk.main_window import MainWindow
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.program import dress
from recap_desktop.desk.rail import Place
from recap_desktop.election.practice.practice import Practice
from recap_desktop.election.records.plenary import Turn
from recap_desktop.office.entry import entering
from recap_desktop.office.entry.ruling import Decision, correct
from recap_desktop.office.entry.stations import Act as Decided
from recap_desktop.office.language import load_words
from recap_desktop.office.opening import create_office_for, open_office
from recap_desktop.office.plenary import plenaries
from recap_desktop.office.plenary.reading import settle
from recap_desktop.office.sample import make_sample
from tests.benchmarks.kabupaten import KABUPATEN, kabupaten
from tests.made_up.made_up_pemilu import seeded
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati
from tests.made_up.posts import exchange, second_post
from tests.scenes import above_scenes, papers_scenes, people_scenes, print_scenes, receive_scenes
from tests.scenes.import_scenes import import_columns, import_empty, import_preview
from tests.scenes.scan_scenes import look_at_scan, photo
from tests.scenes.slip_scenes import mark, slip

ROOT = Path(__file__).resolve().parent.parent
_FIRST, _SECOND, _THIRD = "Siti Aminah", "Budi Hartono", "Citra Dewi"
_PAPERS, _SHORT = 8.0, 0.4
"""Seconds until a preview is drawn, and until a page is."""


@dataclass(frozen=True)
class Look:
    """One way in which the screens are looked at.

    Attributes:
        name: of its folder.
        width: of the window, in logical pixels.
        height: likewise, without what the desktop takes.
        scale: device pixels a logical one.
        scheme: light or dark.
        language: of the screen.
    """

    name: str
    width: int
    height: int
    scale: str
    scheme: str
    language: str


LOOKS = (
    Look("laptop", 1366, 728, "1", "light", "id"),
    Look("laptop-dark", 1366, 728, "1", "dark", "id"),
    Look("laptop-en", 1366, 728, "1", "light", "en"),
    # 1366 x 768 at 125 %, 1920 x 1080 at 200 %.
    Look("laptop-125", 1092, 560, "1.25", "light", "id"),
    Look("double-en", 960, 500, "2", "light", "en"),
    Look("uhd", 1920, 1040, "2", "light", "id"),
    Look("uhd-dark-en", 1920, 1040, "2", "dark", "en"),
)

# ------------------------------------------------------------------ offices


def _double(path: Path) -> None:
    """Two people typed: one TPS differs, one agrees, of one there is the first entry only."""
    office = tiny_office(path, double_entry=True)
    slip = {**valid_bupati(), "votes.1": 46, "valid": 146, "cast": 151}
    for tps in TPS[:3]:
        entering.enter(office, BUPATI, tps, valid_bupati(), by=_FIRST)
    entering.enter(office, BUPATI, TPS[0], slip, by=_SECOND)
    entering.enter(office, BUPATI, TPS[1], valid_bupati(), by=_SECOND)
    office.close()


def _settled(path: Path) -> None:
    """What differed was settled by a third person."""
    _double(path)
    office = open_office(path)
    chosen = {"votes.1": 40, "valid": 140, "cast": 145}
    settle(office, BUPATI, TPS[0], chosen=chosen, decision=Decision(_THIRD, "dilihat di C.HASIL"))
    office.close()


def _conflict(path: Path) -> None:
    """Two Meja decided otherwise about one TPS, and exchanged their records."""
    office = tiny_office(path)
    entering.enter(office, BUPATI, TPS[0], valid_bupati(), by=_FIRST)
    with pytest.MonkeyPatch.context() as patch:
        here, there = second_post(office, path.parent, patch)
    first = Decision(_FIRST, "salah jumlah di C.HASIL", "Saksi nomor 2", "Rapat pleno")
    changes = {"votes.1": 41, "valid": 141, "cast": 146}
    correct(here, BUPATI, TPS[0], changes=changes, decision=first)
    second = Decision(_SECOND, "dicocokkan dengan salinan saksi", "Panwas", "Ketua PPK")
    correct(there, BUPATI, TPS[0], changes={"votes.2": 101, "valid": 141}, decision=second)
    exchange(here, there)
    here.close()
    there.close()


def _hall(path: Path) -> None:
    """An open plenary, two TPS typed beforehand, one of them odd."""
    office = tiny_office(path)
    odd = {**valid_bupati(), "valid": 150, "users.total.jml": 154}
    entering.enter(office, BUPATI, TPS[0], valid_bupati(), by=_FIRST)
    entering.enter(office, BUPATI, TPS[1], odd, by=_FIRST)
    place = "Aula Kecamatan Ciamis"
    plenaries.declare(office, Turn.OPENED, by=_FIRST, place=place, leader=_THIRD)
    office.close()


def _twins(path: Path) -> None:
    """Two TPS that hold the same figures, and one that differs in a few."""
    office = tiny_office(path)
    for tps in TPS[:2]:
        entering.enter(office, BUPATI, tps, valid_bupati(), by=_FIRST)
    entering.enter(office, BUPATI, TPS[3], valid_bupati(41, 104, 3), by=_FIRST)
    office.close()


def _sample(path: Path) -> None:
    """The sample of Kecamatan Ciamis."""
    make_sample(path).close()


def _empty(path: Path) -> None:
    """Nothing yet."""
    tiny_office(path).close()


def large(path: Path) -> None:
    """8,000 TPS with slips as often as real ones, two thirds of them typed."""
    whole = kabupaten()
    ppwp = whole.contests[:1]
    election = replace(whole, contests=ppwp, forms={ppwp[0].form: whole.forms[ppwp[0].form]})
    office = create_office_for(path, election=election, region=KABUPATEN)
    made = Practice(election, seeded(1)).forms("ppwp")
    rows = [(form.tps, form.written) for at, form in enumerate(made) if at % 3 and form.written]
    entering.enter_all(office, "ppwp", rows, by=_FIRST)
    office.close()


# ------------------------------------------------------------------ scenes

Act = Callable[[OfficeDesk], None]


@dataclass(frozen=True)
class Scene:
    """What is done before a picture.

    Attributes:
        make: writes the office; None is the first page.
        act: what is done in it.
        seconds: how long the picture takes to be ready.
    """

    make: Callable[[Path], None] | None = None
    act: Act | None = None
    seconds: float = _SHORT


def _press(text: str) -> None:
    """Press keys in whatever has the focus; ``|`` is Enter of the number pad."""
    for letter in text:
        widget = QApplication.focusWidget()
        assert isinstance(widget, QWidget), f"nothing has the focus before {letter!r}"
        if letter == "|":
            QTest.keyClick(widget, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
        else:
            QTest.keyClicks(widget, letter)


def _typed(desk: OfficeDesk, cells: dict[str, int]) -> None:
    for cell in desk.entry.form.order:
        _press(f"{cells.get(cell, '')}|")


def _go(place: Place) -> Act:
    return lambda desk: desk.go_to(place)


def _open(tps: str, *, by: str) -> Act:
    def act(desk: OfficeDesk) -> None:
        desk.session.choose_person(by)
        desk.session.station_asked.emit(tps)

    return act


def _all_wrong(desk: OfficeDesk) -> None:
    """Every box contradicts another."""
    desk.session.choose_person(_FIRST)
    desk.session.station_asked.emit(TPS[0])
    _typed(desk, {cell: 1 + at * 37 % 901 for at, cell in enumerate(desk.entry.form.order)})


def _decide(desk: OfficeDesk) -> None:
    """The reason of a decision is asked for."""
    desk.session.choose_person(_FIRST)
    desk.session.station_asked.emit(TPS[0])
    _typed(desk, valid_bupati())
    _press("|")
    desk.session.station_asked.emit(TPS[0])
    desk.entry.ruling.begun.emit(Decided.NEW_ROUND)


def _read_back(desk: OfficeDesk) -> None:
    _open(TPS[0], by=_SECOND)(desk)
    _typed(desk, {**valid_bupati(), "votes.1": 41})
    _press("|")


def _history(desk: OfficeDesk) -> None:
    desk.session.choose_person(_THIRD)
    desk.session.history_asked.emit(TPS[0])


def _settle(desk: OfficeDesk) -> None:
    """The first of the differing figures was taken, the second is asked about."""
    _open(TPS[0], by=_THIRD)(desk)
    _press("|1")


def _settle_reason(desk: OfficeDesk) -> None:
    _settle(desk)
    _press("11")


def _by_cell(desk: OfficeDesk) -> None:
    _open(TPS[0], by=_THIRD)(desk)
    _press("|")


def _side_holds(desk: OfficeDesk) -> None:
    _open(TPS[0], by=_THIRD)(desk)
    _press("11")


def _rule_reading(desk: OfficeDesk) -> None:
    _read_back(desk)
    _press("|")


def _speak(desk: OfficeDesk) -> None:
    desk.session.choose_person(_FIRST)
    desk.go_to(Place.PLENO)
    desk.pleno.speak(TPS[0])


def _differences_left(desk: OfficeDesk) -> None:
    desk.session.choose_person(_THIRD)
    desk.go_to(Place.ENTRY)


def _list(value: str) -> Act:
    return lambda desk: desk.overview.choose(value)


SCENES: dict[str, Scene] = {
    "welcome": Scene(),
    "overview-sample": Scene(_sample),
    "overview-empty": Scene(_empty),
    "overview-8000": Scene(large),
    "overview-list": Scene(_double, _list("trouble")),
    "overview-looks": Scene(_twins, _list("looks")),
    "entry-person": Scene(_empty, _go(Place.ENTRY)),
    "entry-begun": Scene(_empty, _open(TPS[0], by=_FIRST)),
    "entry-findings": Scene(_empty, slip),
    "entry-all-wrong": Scene(_empty, _all_wrong),
    "entry-marking": Scene(_empty, mark),
    "entry-scan": Scene(photo, look_at_scan, 0.6),
    "entry-decision": Scene(_empty, _decide),
    "entry-settling": Scene(_double, _open(TPS[0], by=_THIRD)),
    "settling-left": Scene(_double, _differences_left),
    "settling-walk": Scene(_double, _settle),
    "settling-reason": Scene(_double, _settle_reason),
    "conflict": Scene(_conflict, _open(TPS[0], by=_THIRD)),
    "conflict-by-cell": Scene(_conflict, _by_cell),
    "conflict-reason": Scene(_conflict, _side_holds),
    "reading-rule": Scene(_hall, _rule_reading),
    "pleno-speak": Scene(_hall, _speak),
    "entry-hidden": Scene(_double, _open(TPS[2], by=_SECOND)),
    "reading": Scene(_hall, _open(TPS[0], by=_SECOND)),
    "reading-back": Scene(_hall, _read_back),
    "pleno": Scene(_hall, _go(Place.PLENO)),
    "papers": Scene(_sample, _go(Place.PAPERS), _PAPERS),
    "history": Scene(_double, _history),
    "history-beside": Scene(_settled, _history),
    "kantor": Scene(_double, _go(Place.OFFICE)),
    "import-empty": Scene(_empty, import_empty),
    "import-columns": Scene(_empty, import_columns),
    "import-preview": Scene(_double, import_preview),
    **{name: Scene(people_scenes.guarded, act) for name, act in people_scenes.SCENES.items()},
    **{name: Scene(print_scenes.closed, act, 4) for name, act in print_scenes.SCENES.items()},
    **{name: Scene(*parts) for name, parts in receive_scenes.SCENES.items()},
    **{name: Scene(*parts) for name, parts in papers_scenes.SCENES.items()},
    **{name: Scene(*parts) for name, parts in above_scenes.SCENES.items()},
    "help": Scene(_sample, _go(Place.HELP)),
}

# ------------------------------------------------------------------ pictures


def _rest(seconds: float) -> None:
    """Let the window and its worker work; QTest.qWait would keep the worker from running."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)


def take(look: Look, names: list[str], folder: Path, offices: Path) -> None:
    """Take pictures of one look, each in a window of its own on an office of its own."""
    application = QApplication([])
    dress(application, look.scheme)
    for name in names:
        background = Background()
        window = MainWindow(load_words(look.language), WindowSettings(), background)
        window.resize(look.width, look.height)
        window.show()
        window.activateWindow()
        _rest(0.2)
        scene = SCENES[name]
        if scene.make:
            path = offices / f"{look.name}-{name}.rekap"
            scene.make(path)
            window.open_path(path)
            _rest(0.2)
            assert window.desk is not None
            if scene.act:
                scene.act(window.desk)
        _rest(scene.seconds)
        window.grab().save(str(folder / look.name / f"{name}.png"))
        window.close()
        background.stop()


def main(folder: Path, wanted: list[str]) -> None:
    """Take the pictures of each look in a process of its own."""
    for look in LOOKS:
        paths = [f"{look.name}/{name}.png" for name in SCENES]
        asked = [path for path in paths if not wanted or any(word in path for word in wanted)]
        if not asked:
            continue
        (folder / look.name).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="recap-screens-") as data:
            environment = os.environ | {
                "QT_QPA_PLATFORM": "offscreen",
                "QT_SCALE_FACTOR": look.scale,
                "RECAP_DATA_DIR": data,
            }
            command = [
                sys.executable,
                "-m",
                "tests.screens",
                "--take",
                look.name,
                str(folder),
                data,
            ]
            names = [Path(path).stem for path in asked]
            subprocess.run([*command, *names], cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    if sys.argv[1] == "--take":
        look_name, target, data_dir, *scene_names = sys.argv[2:]
        chosen = next(look for look in LOOKS if look.name == look_name)
        take(chosen, scene_names, Path(target), Path(data_dir))
    else:
        main(Path(sys.argv[1]).resolve(), sys.argv[2:])
