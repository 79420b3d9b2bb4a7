"""Types one C.HASIL-PPWP by keys alone, prints every key, counts them, and keeps pictures of it.

Run ``.venv/bin/python packaging/recorded_run.py FOLDER`` in a checkout. The form is a real one,
with boxes that are crossed out; the office is made up and a rehearsal.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_DATA = tempfile.TemporaryDirectory(prefix="recap-run-")
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["RECAP_DATA_DIR"] = _DATA.name
sys.path.insert(0, str(ROOT))

# After the environment is set: Qt and the program look at it when they are imported.
from PySide6.QtCore import Qt  # noqa: E402 - see above
from PySide6.QtTest import QTest  # noqa: E402 - see above
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402 - see above

from recap_desktop.desk.laptop.background import Background  # noqa: E402 - see above
from recap_desktop.desk.laptop.window_settings import WindowSettings  # noqa: E402 - see above
from recap_desktop.desk.main_window import MainWindow  # noqa: E402 - see above
from recap_desktop.desk.program import dress  # noqa: E402 - see above
from recap_desktop.desk.rail import Place  # noqa: E402 - see above
from recap_desktop.office.language import load_words  # noqa: E402 - see above
from recap_desktop.office.opening import create_office_for  # noqa: E402 - see above
from tests.made_up.made_up_pemilu import CAKUNG, CONTESTS, made_up_pemilu  # noqa: E402 - see above
from tests.made_up.ternate import WRITTEN, keys_of  # noqa: E402 - see above

WIDTH, HEIGHT = 1092, 614
"""A laptop of 1366 x 768 at 125 %."""
_PAD = {"\n": Qt.Key.Key_Enter, "-": Qt.Key.Key_Minus}
_STOPS = {"users.moved.l": "2-page-1", "votes.1": "3-page-2", "valid": "4-page-3"}
"""Boxes before which a picture is taken."""


def press(text: str) -> int:
    """Press keys of the number pad in whatever has the focus; how many there were."""
    for letter in text:
        widget = QApplication.focusWidget()
        assert isinstance(widget, QWidget)
        key = _PAD.get(letter) or Qt.Key(Qt.Key.Key_0.value + int(letter))
        QTest.keyClick(widget, key, Qt.KeyboardModifier.KeypadModifier)
    return len(text)


def run(folder: Path) -> None:
    """Type the form, from the next TPS to the saved form."""
    application = QApplication([])
    dress(application, "light")
    office = Path(_DATA.name) / "run.rekap"
    election = replace(made_up_pemilu(7), contests=CONTESTS[:1])
    create_office_for(office, election=election, region=CAKUNG).close()
    background = Background()
    window = MainWindow(load_words("id"), WindowSettings(), background)
    window.resize(WIDTH, HEIGHT)
    window.show()
    window.activateWindow()
    assert window.open_path(office)
    desk = window.desk
    assert desk is not None
    desk.session.choose_person("Siti Aminah")
    desk.go_to(Place.ENTRY)

    def keep(name: str) -> None:
        application.processEvents()
        window.grab().save(str(folder / f"{name}.png"))

    keep("1-chooser")
    pressed = press("\n")
    print("Enter                    the next TPS")
    order = desk.session.layout.cells
    for cell, keys in zip(order, keys_of(order, WRITTEN), strict=True):
        if cell in _STOPS:
            keep(_STOPS[cell])
        pressed += press(keys)
        print(f"{keys.strip():>6} Enter             {cell}")
    keep("5-before-saving")
    pressed += press("\n")
    print("Enter                    save")
    keep("6-saved")
    digits = sum(len(keys) - 1 for keys in keys_of(order, WRITTEN))
    allowed = digits + len(order) + 2
    print(f"{pressed} keys; digits and X {digits} + cells {len(order)} + 2 = {allowed}")
    print(desk.entry.foot.message)
    window.close()
    background.stop()
    assert pressed <= allowed


def main() -> None:
    """Type the form and keep the pictures in a folder."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "recorded-run")
    folder.mkdir(parents=True, exist_ok=True)
    run(folder)


if __name__ == "__main__":
    main()
