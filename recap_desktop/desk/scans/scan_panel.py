"""The scan beside the form: its pages, the part that is looked at, and what is attached."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from recap_desktop.desk.looks.labels import PlainLabel
from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.scans.scan_canvas import ScanCanvas
from recap_desktop.desk.scans.scan_pictures import ScanPictures, Wanted
from recap_desktop.desk.scans.scan_place import WHOLE, Place, ScanMemory
from recap_desktop.office.scans.scan_pages import ScanPage, pages_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.session import Session
    from recap_desktop.problems import KnownProblem

_SMALL = 0.8


class ScanPanel(QWidget):
    """Shows the pages of what is attached to the TPS that is open; the form keeps the focus.

    Its keys are Ctrl with those of the number pad, wherever the focus is on the page around it.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """No TPS is open."""
        super().__init__(parent)
        self._session = session
        self._words = session.words
        self._memory = ScanMemory()
        self._tps = ""
        self._form_page = 1
        self._pages: list[ScanPage] = []
        self._at = 0
        self._place = Place()
        self.canvas = ScanCanvas()
        self.canvas.setAccessibleName(self._words["desk.scan.title"])
        self._title = PlainLabel()
        sized(self._title, 1.0, bold=True)
        self._pictures = ScanPictures(session, self)
        self._pictures.brought.connect(self._show_brought)
        self._pictures.refused.connect(self._show_refused)
        self.canvas.looked.connect(self._looked)
        self._shortcuts: list[QShortcut] = []
        self._buttons: dict[str, QToolButton] = {}
        self._arrange()
        session.recorded.connect(self._look_again)

    def _arrange(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(1)
        for code, act in self._acts.items():
            button = QToolButton()
            button.setText(self._words[f"desk.scan.{code}"])
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            sized(button, _SMALL, condensed=True)
            name, key = self._words[f"desk.scan.{code}-name"], f"Ctrl+{_KEYS[code]}"
            button.setAccessibleName(name)
            button.setToolTip(self._words("desk.scan.tip", name=name, key=key))
            button.clicked.connect(act)
            tools.addWidget(button)
            self._buttons[code] = button
        tools.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        box.addLayout(self._head)
        box.addWidget(self.canvas, 1)
        box.addLayout(tools)

    @property
    def _acts(self) -> dict[str, Callable[[], None]]:
        return {
            "back": partial(self.turn, -1),
            "forward": partial(self.turn, 1),
            "smaller": partial(self.zoom, -1),
            "larger": partial(self.zoom, 1),
            "fit": self.fit,
            "rotate": self.rotate,
            "contrast": self.harden,
            "bright": self.light,
        }

    def put_in_head(self, button: QWidget) -> None:
        """Put a button beside the title, no higher than it: small screens have no line to spare."""
        button.setFixedHeight(self._title.sizeHint().height())
        self._head.addWidget(button)

    def listen(self, page: QWidget) -> None:
        """Take the keys of the panel wherever the focus is on a page; while it is shown."""
        acts = {_KEYS[code]: act for code, act in self._acts.items()}
        moves = {"8": (0, -1), "2": (0, 1), "4": (-1, 0), "6": (1, 0)}
        acts |= {key: partial(self.move_by, *way) for key, way in moves.items()}
        acts["0"] = self.reset
        for key, act in acts.items():
            shortcut = QShortcut(QKeySequence(f"Ctrl+{key}"), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
            shortcut.setEnabled(False)
            self._shortcuts.append(shortcut)

    def use(self, background: Background) -> None:
        """Have pictures made by this worker."""
        self._pictures.use(background)

    def begin(self) -> None:
        """Be shown: take the keys, and show the scan of the TPS that is open."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(True)
        self._recall()

    def end(self) -> None:
        """Be hidden."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
        self._pictures.forget()

    # What is looked at

    @property
    def page(self) -> ScanPage | None:
        """The page that is shown, or is to be shown."""
        return self._pages[self._at] if self._pages else None

    @property
    def station(self) -> str:
        """The TPS that is open; empty when none is."""
        return self._tps

    @property
    def pages(self) -> int:
        """How many pages are attached."""
        return len(self._pages)

    @property
    def place(self) -> Place:
        """The part that is looked at."""
        return self._place

    @property
    def title(self) -> str:
        """Which page of how many is shown."""
        return self._title.text

    def show_station(self, tps: str) -> None:
        """Turn to another TPS; none for an empty one."""
        self._tps = tps
        self._read()
        # Never the paper of another TPS, not even until its own is there.
        self.canvas.show_text("")
        if self.isVisible():
            self._recall()

    def show_form_page(self, number: int) -> None:
        """Turn to where one looked beside another page of the form."""
        if number != self._form_page:
            self._form_page = number
            if self.isVisible():
                self._recall()

    def _read(self) -> None:
        session = self._session
        self._pages = pages_of(session.office, session.contest_id, self._tps) if self._tps else []
        self.changed.emit()

    def _look_again(self) -> None:
        """Something was recorded: perhaps a picture."""
        before = [page.attachment.sha256 for page in self._pages]
        self._read()
        is_other = before != [page.attachment.sha256 for page in self._pages]
        if is_other and self.isVisible():
            self._recall()

    def _recall(self) -> None:
        known = self._memory.recall(self._session.contest_id, self._form_page)
        self._place = known.place
        self._at = max(0, min(known.page, len(self._pages) - 1))
        self._show()

    def _show(self) -> None:
        page = self.page
        self._say_where()
        if page is None:
            self._pictures.forget()
            code = "desk.scan.none" if self._tps else "desk.scan.no-station"
            self.canvas.show_text(self._words[code])
            return
        levels = self._pictures.want(page, self._place.light)
        if levels:
            self.canvas.show_levels(levels, self._place)
        elif not self.canvas.has_picture:
            self.canvas.show_text(self._words["desk.scan.opening"])

    def _say_where(self) -> None:
        page = self.page
        text = self._words["desk.scan.title"]
        if page is not None:
            text = self._words(
                "desk.scan.where",
                page=self._at + 1,
                pages=len(self._pages),
                name=page.attachment.name,
            )
        self._title.set_text(text)
        for code, button in self._buttons.items():
            button.setEnabled(page is not None)
            if code == "fit":
                other = "fit" if self._place.zoom == WHOLE else "fit-page"
                button.setText(self._words[f"desk.scan.{other}"])
        self._buttons["back"].setEnabled(self._at > 0)
        self._buttons["forward"].setEnabled(self._at + 1 < len(self._pages))

    def _show_brought(self, wanted: Wanted, levels: tuple[QImage, ...]) -> None:
        page = self.page
        if page is not None and (page.attachment.sha256, page.page) == (wanted.sha256, wanted.page):
            self.canvas.show_levels(levels, self._place)

    def _show_refused(self, wanted: Wanted, problem: KnownProblem) -> None:
        page = self.page
        if page is not None and page.attachment.sha256 == wanted.sha256:
            self.canvas.show_text(self._words.problem(problem))

    # Keys and buttons

    def turn(self, by: int) -> None:
        """Go to the next page, or the one before."""
        at = self._at + by
        if 0 <= at < len(self._pages):
            self._at = at
            self.canvas.show_text("")
            self._keep(self._place)
            self._show()

    def zoom(self, by: int) -> None:
        """Larger or smaller; what is in the middle stays there."""
        self._go(self._place.zoomed(by, shown=self.canvas.zoom))

    def fit(self) -> None:
        """The whole page, or its width."""
        self._go(self._place.fitted())

    def rotate(self) -> None:
        """A quarter to the right."""
        self._go(self._place.turned())

    def move_by(self, right: int, down: int) -> None:
        """A quarter of what is seen to a side."""
        seen = self.canvas.seen
        self._go(self.canvas.held_place.moved(right, down, seen=seen))

    def harden(self) -> None:
        """The next contrast."""
        self._light(self._place.hardened())

    def light(self) -> None:
        """The next brightness."""
        self._light(self._place.lit())

    def reset(self) -> None:
        """As it was at first: the width of the page, upright, as bright as the paper."""
        self._light(Place())

    def _light(self, place: Place) -> None:
        self._go(place)
        if self.page is not None:
            self._show()

    def _go(self, place: Place) -> None:
        if self.page is not None:
            self._keep(place)
            self.canvas.show_place(place)
            self._say_where()

    def _looked(self, place: Place) -> None:
        self._keep(replace(place, light=self._place.light))
        self._say_where()

    def _keep(self, place: Place) -> None:
        self._place = place
        self._memory.keep(self._session.contest_id, self._form_page, self._at, place)


_KEYS = {
    "back": "9",
    "forward": "3",
    "smaller": "-",
    "larger": "+",
    "fit": "5",
    "rotate": "7",
    "contrast": "*",
    "bright": "/",
}
"""With Ctrl: those of the number pad, where they lie as what they do."""
