"""The one window: the first page, and the places of an office once one is open."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from recap_desktop.desk.looks.appearance import choose_scheme
from recap_desktop.desk.welcome_page import WelcomePage
from recap_desktop.office.language import load_words
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.desk.history.check_page import CheckPage
    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.laptop.window_settings import WindowSettings
    from recap_desktop.desk.office_desk import OfficeDesk
    from recap_desktop.desk.offices.stick_exchange import Exchanged
    from recap_desktop.desk.session import Session
    from recap_desktop.election.wording import Words
    from recap_desktop.office.opening import Office


class MainWindow(QMainWindow):
    """Opens offices and shows one at a time; everything of an office is in its ``OfficeDesk``.

    What an office needs is imported when the first one is opened, so that the window is up at
    once.
    """

    words_changed = Signal(object)

    def __init__(self, words: Words, settings: WindowSettings, background: Background) -> None:
        """The first page."""
        super().__init__()
        self._words = words
        self._settings = settings
        self._background = background
        self._desk: OfficeDesk | None = None
        self.setWindowTitle(words["desk.title"])
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.welcome = self._make_welcome()
        QShortcut(QKeySequence("F11"), self).activated.connect(self._toggle_full)
        self.resize(1180, 720)
        if not settings.geometry.isEmpty():
            self.restoreGeometry(settings.geometry)
        self.welcome.take_focus()

    def _make_welcome(self) -> WelcomePage:
        page = WelcomePage(self._words, self._settings)
        page.sample_asked.connect(self.open_sample)
        page.open_asked.connect(self._open_text)
        page.new_asked.connect(self._show_new)
        page.check_asked.connect(self.show_check)
        page.looks.scheme_asked.connect(self.choose_scheme)
        page.looks.language_asked.connect(self.choose_language)
        page.show_recent(self._settings.recent)
        self._stack.addWidget(page)
        return page

    @property
    def desk(self) -> OfficeDesk | None:
        """The open office; None on the first page."""
        return self._desk

    # Opening

    def open_later(self, path: Path) -> None:
        """Open an office as soon as the window has been drawn."""
        self.welcome.foot.say(self._words("desk.welcome.opening", name=path.stem))
        QTimer.singleShot(0, self, lambda: self.open_path(path))

    def open_path(self, path: Path) -> bool:
        """Open an office file. Whether that went."""
        from recap_desktop.office.opening import open_office  # noqa: PLC0415 - heavy

        return self._open(lambda: open_office(path))

    def open_sample(self) -> None:
        """Open a copy of the sample office."""
        from recap_desktop.office.sample import make_sample, next_sample_path  # noqa: PLC0415

        self._open(lambda: make_sample(next_sample_path()))

    def take_office(self, office: Office) -> None:
        """Show an office that is open already."""
        self._open(lambda: office)

    def _open_text(self, path: str) -> None:
        self.open_path(Path(path))

    def _open(self, opening: Callable[[], Office]) -> bool:
        from recap_desktop.desk.office_desk import OfficeDesk  # noqa: PLC0415 - heavy

        try:
            office = opening()
        except KnownProblem as problem:
            self.welcome.say(_sentences(self._words, problem))
            self._stack.setCurrentWidget(self.welcome)
            return False
        self._leave_office()
        self._settings.add_recent(office.file.path)
        self._desk = OfficeDesk(office, self._words, self._settings, self._background)
        self._desk.left.connect(self.leave_office)
        self._desk.reopening.connect(self._open_again)
        self._desk.scheme_asked.connect(self.choose_scheme)
        self._desk.language_asked.connect(self.choose_language)
        self._stack.addWidget(self._desk)
        self._stack.setCurrentWidget(self._desk)
        name = self._desk.session.office_name()
        self.setWindowTitle(self._words("desk.title-of", name=name, file=office.file.path.name))
        self._desk.take_focus()
        return True

    def _open_again(self, brought: Exchanged | None) -> None:
        """Show an office anew whose definition has changed: every page is made from it."""
        if self._desk is not None:
            # Only once what asked for it is done: its page goes too.
            QTimer.singleShot(0, self, partial(self._show_again, self._desk.session, brought))

    def _show_again(self, before: Session, brought: Exchanged | None) -> None:
        path, contest = before.office.file.path, before.contest_id
        person, present = before.person, before.office.present
        self.leave_office()
        if self.open_path(path) and self._desk is not None:
            self._desk.session.go_on_as(person, present)
            self._desk.session.choose_contest(contest)
            self._desk.show_amended(brought)

    def _show_new(self) -> None:
        from recap_desktop.desk.new_office_page import NewOfficePage  # noqa: PLC0415 - heavy

        page = NewOfficePage(self._words)
        page.made.connect(self.take_office)
        page.given_up.connect(self.leave_office)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.take_focus()

    def show_check(self) -> CheckPage:
        """Check a file without an office."""
        from recap_desktop.desk.history.check_page import CheckPage  # noqa: PLC0415 - heavy

        page = CheckPage(self._words, self._background)
        page.left.connect(self.leave_office)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.take_focus()
        return page

    def leave_office(self) -> None:
        """Go back to the first page."""
        self._leave_office()
        self.setWindowTitle(self._words["desk.title"])
        self.welcome.show_recent(self._settings.recent)
        self.welcome.foot.say("")
        self._stack.setCurrentWidget(self.welcome)
        self.welcome.take_focus()

    def _leave_office(self) -> None:
        if self._desk is not None:
            self._desk.close_office()
            self._desk = None
        pages = [self._stack.widget(at) for at in range(self._stack.count())]
        for page in pages:
            if page is not None and page is not self.welcome:
                self._stack.removeWidget(page)
                page.deleteLater()

    # How it looks and speaks

    def choose_scheme(self, scheme: str) -> None:
        """Light, dark, or empty to follow the desktop; kept on this machine."""
        self._settings.scheme = scheme
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            choose_scheme(application, scheme)

    def choose_language(self, language: str) -> None:
        """Speak another language: the first page is made anew, and an open office opened again."""
        self._settings.language = language
        self._words = load_words(self._settings.language)
        self.words_changed.emit(self._words)
        path = self._desk.session.office.file.path if self._desk else None
        # Only once the choice that asked for it is done: its page goes too.
        QTimer.singleShot(0, self, partial(self._speak_anew, path))

    def _speak_anew(self, path: Path | None) -> None:
        before, self.welcome = self.welcome, self._make_welcome()
        self.leave_office()
        self._stack.removeWidget(before)
        before.deleteLater()
        if path is not None:
            self.open_path(path)

    # The window itself

    def tell_crash(self, report: str) -> None:
        """Say calmly that something of ours went wrong, and where the report lies."""
        text = self._words("desk.crash", report=report or self._words["desk.none"])
        if self._desk is not None:
            self._desk.session.told.emit(text)
        else:
            self.welcome.say(text)

    def _toggle_full(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember the place of the window; what was typed has been kept on every key."""
        self._settings.geometry = self.saveGeometry()
        self._settings.flush()
        self._leave_office()
        super().closeEvent(event)


def _sentences(words: Words, problem: KnownProblem) -> str:
    return " ".join([words.problem(problem), *(words.fault(f) for f in problem.faults[:3])])
