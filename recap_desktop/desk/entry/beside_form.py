"""What stands beside the form: what to look at now, or the scan; one key turns from one to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from recap_desktop.desk.looks.typefaces import sized
from recap_desktop.desk.scans.scan_attaching import ScanAttaching
from recap_desktop.desk.scans.scan_panel import ScanPanel

if TYPE_CHECKING:
    from recap_desktop.desk.entry.findings_panel import FindingsPanel
    from recap_desktop.desk.entry.ruling_panel import RulingPanel
    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.session import Session

_LETTERS = 31
"""Width beside the form, in letters, where there is no scan."""

_MOST = 0.62
"""Of the page: what the scan takes at most, however narrow the form may be."""

KEY = "F12"
_UNBOUNDED = 16_777_215
"""What Qt takes for no bound."""


class BesideForm(QWidget):
    """Findings and what can be decided, or the scan with what is attached.

    Attributes:
        scan: the scan.
        attaching: what is attached, and what more can be.
        background: the worker, once it is known.
    """

    turned = Signal()

    def __init__(self, session: Session, findings: FindingsPanel, ruling: RulingPanel) -> None:
        """Findings first."""
        super().__init__()
        self._words = session.words
        self._findings = findings
        self._ruling = ruling
        self._turn_to_scan, self._turn_back = QPushButton(), QPushButton()
        self.scan = ScanPanel(session)
        self.attaching = ScanAttaching(session, self.scan)
        self.background: Background | None = None
        self._is_scan = self._is_asked = False
        # One level, and no stack: what is not shown asks for no room, also while others change.
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        for part, stretch in ((findings, 1), (self.scan, 1), (self.attaching, 0), (ruling, 0)):
            self._box.addWidget(part, stretch)
        self.scan.hide()
        self.attaching.hide()
        for button, panel in ((self._turn_to_scan, findings), (self._turn_back, self.scan)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            sized(button, 0.84)
            button.clicked.connect(self.turn)
            panel.put_in_head(button)
        self.scan.changed.connect(self._say)
        findings.counted.connect(self._say)
        self._say()

    def put_above(self, question: QWidget) -> None:
        """Put a question over both, to be answered with the findings or with the paper."""
        self._box.insertWidget(0, question)

    def listen(self, page: QWidget) -> None:
        """Take the keys wherever the focus is on a page."""
        shortcut = QShortcut(QKeySequence(KEY), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.turn)
        self.scan.listen(page)

    def use(self, background: Background) -> None:
        """Have pictures read and made by this worker."""
        self.background = background
        self.scan.use(background)
        self.attaching.use(background)

    @property
    def is_scan(self) -> bool:
        """Whether the scan is shown."""
        return self._is_scan

    def turn(self) -> None:
        """Show the scan in place of the findings, or the other way round."""
        self._show(is_scan=not self.is_scan)

    def show_findings(self) -> None:
        """Show the findings and what is being decided."""
        self._show(is_scan=False)

    def _show(self, *, is_scan: bool) -> None:
        if is_scan == self.is_scan:
            return
        self._is_scan = is_scan
        self._findings.setVisible(not is_scan)
        self.scan.setVisible(is_scan)
        self.attaching.setVisible(is_scan)
        # The page shows and hides it as decisions need it: it stays shown, and has no room.
        self._bound_ruling()
        if is_scan:
            self.scan.begin()
        else:
            self.scan.end()
        self.turned.emit()

    def make_room(self, *, is_asked: bool) -> None:
        """Give the room of what can be decided to a question above, and back."""
        self._is_asked = is_asked
        self._bound_ruling()

    def _bound_ruling(self) -> None:
        self._ruling.setMaximumHeight(0 if self._is_scan or self._is_asked else _UNBOUNDED)

    def width_in(self, room: int, form: int) -> int:
        """How wide it is on a page.

        Args:
            room: width of the page.
            form: what the form needs at least.
        """
        plain = round(self.fontMetrics().averageCharWidth() * _LETTERS)
        if not self.is_scan:
            return plain
        return max(plain, min(room - form, round(room * _MOST)))

    def show_station(self, tps: str) -> None:
        """Turn to another TPS."""
        self.scan.show_station(tps)

    def _say(self) -> None:
        words, pages = self._words, self.scan.pages
        code = "desk.scan.turn" if pages else "desk.scan.turn-none"
        self._turn_to_scan.setText(
            words(code, count=pages, key=KEY) if pages else words(code, key=KEY)
        )
        self._turn_back.setText(
            words("desk.scan.turn-back", findings=self._findings.title, key=KEY)
        )
