"""Makes the pictures of the README with the program itself: real window, real keys, real page.

Run ``.venv/bin/python packaging/pictures.py`` in a checkout; needs pdftoppm (poppler-utils).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "packaging" / "pictures"
WIDTH, HEIGHT = 1366, 768
_DATA = tempfile.TemporaryDirectory(prefix="recap-pictures-")
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
from recap_desktop.office.opening import open_office  # noqa: E402 - see above
from recap_desktop.office.papers.printing import book_of, write_book  # noqa: E402 - see above
from recap_desktop.office.sample import make_sample  # noqa: E402 - see above

# A C.HASIL with one slip: total users typed as 296 where 280 + 3 + 12 make 295.
TYPED = [
    "204",
    "211",
    "415",
    "138",
    "142",
    "280",
    "1",
    "2",
    "3",
    "5",
    "7",
    "12",
    "144",
    "151",
    "296",
    "426",
    "295",
    "2",
    "129",
    "0",
    "1",
    "1",
]
SHEET_PAGE = 34


def press(text: str) -> None:
    """Press keys in whatever widget has the focus; ``|`` is Enter."""
    for letter in text:
        widget = QApplication.focusWidget()
        assert isinstance(widget, QWidget)
        if letter == "|":
            QTest.keyClick(widget, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
        else:
            QTest.keyClicks(widget, letter)


def rest(seconds: float) -> None:
    """Let the window and its worker work; QTest.qWait would keep the worker from running."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)


def grab(window: QWidget, name: str, *, seconds: float = 0.3) -> None:
    """Keep what the window shows."""
    rest(seconds)
    window.grab().save(str(PICTURES / f"{name}.png"))


def screens(sample: Path) -> None:
    """The overview, a form with a slip in it, and the preview of the papers."""
    application = QApplication([])
    dress(application, "light")
    background = Background()
    window = MainWindow(load_words("id"), WindowSettings(), background)
    window.resize(WIDTH, HEIGHT)
    window.show()
    window.open_later(sample)
    rest(0.8)
    grab(window, "overview")
    desk = window.desk
    assert desk is not None
    press("|")
    press("Siti Aminah|")
    press("".join(f"{figure}|" for figure in TYPED[:15]))
    grab(window, "entry")
    desk.go_to(Place.PAPERS)
    grab(window, "papers", seconds=8)
    window.close()
    background.stop()


def sheet(sample: Path) -> None:
    """A page of the kecamatan sheet."""
    office = open_office(sample)
    pdf = Path(_DATA.name) / "sheet.pdf"
    write_book(book_of(office, office.contests[0]), pdf)
    office.close()
    page = str(SHEET_PAGE)
    target = str(PICTURES / "sheet")
    command = ["pdftoppm", "-r", "100", "-f", page, "-l", page, "-singlefile", "-png"]
    subprocess.run([*command, str(pdf), target], check=True)


def main() -> None:
    """Make every picture."""
    PICTURES.mkdir(exist_ok=True)
    sample = Path(_DATA.name) / "contoh.rekap"
    made = make_sample(sample)
    made.close()
    sheet(sample)
    screens(sample)


if __name__ == "__main__":
    main()
