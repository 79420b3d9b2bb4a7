"""An open office in the window: rail, head and the pages of its places."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from recap_desktop.desk.entry.hall_page import HallPage
from recap_desktop.desk.head_bar import HeadBar
from recap_desktop.desk.history.where_asking import WhereAsking
from recap_desktop.desk.laptop.remembering import Remembering
from recap_desktop.desk.laptop.wakefulness import Wakefulness
from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.desk.offices.behind_office import BehindOffice
from recap_desktop.desk.offices.lock_page import IdleLock, LockPage
from recap_desktop.desk.overview.overview_page import OverviewPage
from recap_desktop.desk.pieces.page_stack import Footed, PageStack
from recap_desktop.desk.pleno.awake_hall import AwakeHall
from recap_desktop.desk.pleno.hand_out import HandOut
from recap_desktop.desk.rail import Place, Rail
from recap_desktop.desk.session import Session
from recap_desktop.election.records.roles import Deed
from recap_desktop.office.progress.listing_stations import next_trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.desk.help_page import HelpPage
    from recap_desktop.desk.history.history_page import HistoryPage
    from recap_desktop.desk.history.history_place import HistoryPlace
    from recap_desktop.desk.keys.keys_page import KeysPage
    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.laptop.window_settings import WindowSettings
    from recap_desktop.desk.offices.office_page import OfficePage
    from recap_desktop.desk.offices.people_page import PeoplePage
    from recap_desktop.desk.offices.stick_exchange import Exchanged
    from recap_desktop.desk.papers.papers_page import PapersPage
    from recap_desktop.desk.papers.papers_place import PapersPlace
    from recap_desktop.desk.pleno.pleno_page import PlenoPage
    from recap_desktop.desk.tables.import_page import ImportPage
    from recap_desktop.desk.upward.upward_page import UpwardPage
    from recap_desktop.election.wording import Words
    from recap_desktop.office.opening import Office


class OfficeDesk(QWidget):
    """The pages of one office; each owns itself and shares nothing but the session."""

    left = Signal()
    reopening = Signal(object)
    scheme_asked = Signal(str)
    language_asked = Signal(str)

    def __init__(
        self, office: Office, words: Words, settings: WindowSettings, background: Background
    ) -> None:
        """Show the overview."""
        super().__init__()
        self._settings = settings
        self._background = background
        self._words = words
        self.session = Session(office, words, self)
        Remembering(self.session, settings)
        self.rail = Rail(words)
        self.head = HeadBar(self.session)
        self.overview = OverviewPage(self.session, background)
        self.entry = HallPage(self.session, settings.names)
        self.entry.beside.use(background)
        self.hand_out = HandOut(self.session, settings, background, self)
        self._stack = PageStack()
        self._stack.addWidget(self.overview)
        self._stack.addWidget(self.entry)
        self._pleno: PlenoPage | None = None
        self._papers: PapersPlace | None = None
        self._upward: UpwardPage | None = None
        self._history: HistoryPlace | None = None
        self._office_page: OfficePage | None = None
        self.behind = BehindOffice(self.session, settings, background, self._stack)
        self._help: HelpPage | None = None
        self.where = WhereAsking(self.session, self._stack, self.overview, self.entry)
        self._work = QWidget()
        self.lock_page = LockPage(self.session)
        self.lock = IdleLock(self.session, settings.lock_minutes, self)
        self._left_at: QWidget | None = None
        self._arrange()
        self.wakefulness = Wakefulness(words["desk.title"], self)
        self._connect()
        self.go_to(Place.OVERVIEW)
        AwakeHall(self.session, self.wakefulness, self)

    def _arrange(self) -> None:
        """The work, and what covers it while the screen is locked."""
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.head)
        right.addWidget(self._stack, 1)
        box = QHBoxLayout(self._work)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.rail)
        box.addLayout(right, 1)
        self._cover = QStackedLayout(self)
        self._cover.addWidget(self._work)
        self._cover.addWidget(self.lock_page)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go_to)
        self.head.person_asked.connect(self._ask_person)
        self.session.station_asked.connect(self._open_station)
        self.session.unit_asked.connect(self._open_unit)
        self.session.history_asked.connect(self._open_history)
        self.session.slip_asked.connect(self._open_slip)
        self.session.trouble_asked.connect(self._open_trouble)
        self.entry.overview_asked.connect(partial(self.go_to, Place.OVERVIEW))
        self.hand_out.said.connect(self._say)
        self.behind.left.connect(self._go_to_office)
        self.behind.person_asked.connect(self._ask_person)
        self.behind.minutes_chosen.connect(self.lock.set_minutes)
        self.session.locked.connect(self._lock)
        self.session.unlocked.connect(self._unlock)
        # Of the work: under the cover of a locked screen none of these is heard.
        QShortcut(QKeySequence("F2"), self._work).activated.connect(self.where.ask)
        QShortcut(QKeySequence("F3"), self._work).activated.connect(self._open_trouble)
        QShortcut(QKeySequence("F9"), self._work).activated.connect(self._speak)
        QShortcut(QKeySequence("F5"), self._work).activated.connect(self.import_counts)
        QShortcut(QKeySequence("Shift+F7"), self._work).activated.connect(self.show_keys)
        QShortcut(QKeySequence("F8"), self._work).activated.connect(self.hand_out.ask)
        QShortcut(QKeySequence("Ctrl+P"), self._work).activated.connect(self._ask_to_print)
        QShortcut(QKeySequence("Ctrl+W"), self).activated.connect(self.left)

    def _ask_to_print(self) -> None:
        """Print what is before one: the desa of the agenda, or the paper that is shown."""
        if self._pleno is not None and self._stack.currentWidget() is self._pleno:
            self._pleno.ask_to_print()
        else:
            self._print(None)

    def _print(self, unit: str | None) -> None:
        self.go_to(Place.PAPERS)
        self.papers_place.begin_printing(unit)

    # The locked screen

    def _lock(self) -> None:
        """Cover everything; the box one was in is remembered, what was typed stays there."""
        self._left_at = self.window().focusWidget()
        self._work.setEnabled(False)
        self._cover.setCurrentWidget(self.lock_page)
        self.lock_page.ask()

    def _unlock(self) -> None:
        """Show the work again, in the same box."""
        self._work.setEnabled(True)
        self._cover.setCurrentWidget(self._work)
        left_at, self._left_at = self._left_at, None
        if left_at is not None and left_at.isVisible():
            left_at.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.take_focus()

    def go_to(self, place: Place) -> None:
        """Show a place."""
        self._stack.setCurrentWidget(self._page_of(place))
        self.rail.show_chosen(place)
        self.take_focus()

    def _page_of(self, place: Place) -> QWidget:
        known: dict[Place, Callable[[], QWidget]] = {
            Place.OVERVIEW: lambda: self.overview,
            Place.ENTRY: lambda: self.entry,
            Place.PLENO: lambda: self.pleno,
            Place.PAPERS: lambda: self.papers_place,
            Place.SEND: lambda: self.upward,
            Place.HISTORY: lambda: self.history_place,
            Place.OFFICE: lambda: self.office_page,
            Place.HELP: lambda: self.help,
        }
        return known[place]()

    # Pages that are not needed at once are made, and what they need imported, when first shown.

    @property
    def pleno(self) -> PlenoPage:
        """The plenary."""
        if self._pleno is None:
            from recap_desktop.desk.pleno.above_page import page_of  # noqa: PLC0415 - seldom

            self._pleno = page_of(self.session)
            self._pleno.print_asked.connect(self._print)
            self._stack.addWidget(self._pleno)
        return self._pleno

    @property
    def papers_place(self) -> PapersPlace:
        """The papers, and the copies that were printed of them."""
        if self._papers is None:
            from recap_desktop.desk.papers.papers_place import PapersPlace  # noqa: PLC0415 - heavy

            self._papers = PapersPlace(self.session, self._settings, self._background)
            self._papers.papers.hand_out_asked.connect(self.hand_out.ask)
            self._stack.addWidget(self._papers)
        return self._papers

    @property
    def papers(self) -> PapersPage:
        """The papers themselves."""
        return self.papers_place.papers

    @property
    def upward(self) -> UpwardPage:
        """What goes up, and what comes from below."""
        if self._upward is None:
            from recap_desktop.desk.upward.upward_page import UpwardPage  # noqa: PLC0415 - heavy

            self._upward = UpwardPage(self.session, self._settings, self._background)
            self._upward.send.papers_asked.connect(partial(self.go_to, Place.PAPERS))
            self._upward.send.keys_asked.connect(self.show_keys)
            self._stack.addWidget(self._upward)
        return self._upward

    @property
    def history_place(self) -> HistoryPlace:
        """The history, and files to be checked."""
        if self._history is None:
            from recap_desktop.desk.history.history_place import HistoryPlace  # noqa: PLC0415 - seldom

            self._history = HistoryPlace(self.session, self._background)
            self._stack.addWidget(self._history)
        return self._history

    @property
    def history(self) -> HistoryPage:
        """The history itself."""
        return self.history_place.history

    @property
    def office_page(self) -> OfficePage:
        """The office itself: its laptops and what they exchange, its definition."""
        if self._office_page is None:
            from recap_desktop.desk.offices.office_page import OfficePage  # noqa: PLC0415 - seldom

            self._office_page = OfficePage(self.session, self._settings, self._background)
            self._office_page.amended.connect(self.reopening)
            self._office_page.mirror_asked.connect(self._ask_mirror)
            self._office_page.import_asked.connect(self.import_counts)
            self._office_page.people_asked.connect(self.show_people)
            self._office_page.keys_asked.connect(self.show_keys)
            self._stack.addWidget(self._office_page)
        return self._office_page

    @property
    def import_page(self) -> ImportPage:
        """Counts from somebody else's table."""
        return self.behind.imports

    @property
    def people_page(self) -> PeoplePage:
        """The people of the office."""
        return self.behind.people

    def show_people(self) -> None:
        """Show the people of the office."""
        self._show_behind(self.people_page)

    def import_counts(self) -> None:
        """Show the page that takes counts from a table, to whom that is allowed."""
        session = self.session
        if not session.allows(Deed.IMPORT):
            self._say(self._words("problem.role-cannot-import", name=session.person), Hue.CARE)
            return
        self._show_behind(self.import_page)

    def show_keys(self) -> None:
        """Show keys and trust."""
        self._show_behind(self.behind.keys)

    def _show_behind(self, page: ImportPage | PeoplePage | KeysPage) -> None:
        self._stack.setCurrentWidget(page)
        self.rail.show_chosen(Place.OFFICE)
        page.take_focus()

    def _go_to_office(self) -> None:
        self.go_to(Place.OFFICE)

    @property
    def help(self) -> HelpPage:
        """The help."""
        if self._help is None:
            from recap_desktop.desk.help_page import HelpPage  # noqa: PLC0415 - seldom

            self._help = HelpPage(self._words, self._settings)
            self._help.looks.scheme_asked.connect(self.scheme_asked)
            self._help.looks.language_asked.connect(self.language_asked)
            self._stack.addWidget(self._help)
        return self._help

    def _footed(self) -> Footed | None:
        """The page that is shown; None for the overview, where one goes otherwise, and the help."""
        work = (self.entry, self._pleno, self._papers, self._upward, self._history)
        behind = (self._office_page, *self.behind.made, self.where.made)
        page = self._stack.currentWidget()
        return next((one for one in (*work, *behind) if one is not None and one is page), None)

    def take_focus(self) -> None:
        """Go where the work is on the page that is shown."""
        shown = self._footed()
        if shown is not None:
            shown.take_focus()
        elif self._help is not None and self._help is self._stack.currentWidget():
            self._help.take_focus()
        else:
            self.overview.take_focus()

    def _say(self, text: str, hue: Hue) -> None:
        """Say something at the foot of the page that is shown; the help has none."""
        shown = self._footed()
        if shown is None and self._stack.currentWidget() is not self.overview:
            self.go_to(Place.OVERVIEW)
        (shown or self.overview).foot.say(text, hue)

    def _open_history(self, tps: str) -> None:
        self.history_place.show_station(tps)
        self.go_to(Place.HISTORY)

    def _open_slip(self, tps: str) -> None:
        self.go_to(Place.PAPERS)
        self.papers_place.show_slip(tps)

    def close_office(self) -> None:
        """Close the file; nothing is unsaved that is not kept as a draft."""
        if self._papers is not None:
            self._papers.leave()
        # Takes the focus away while the file can still be asked: a box that is left looks again.
        self.setEnabled(False)
        self.overview.stop()
        for page in (self._upward, self._history, self._office_page, self.behind):
            if page is not None:
                page.stop()
        self.wakefulness.release()
        self.session.office.close()

    def _open_station(self, tps: str) -> None:
        self._stack.setCurrentWidget(self.entry)
        self.rail.show_chosen(Place.ENTRY)
        self.entry.open_station(tps)

    def _open_unit(self, unit: str) -> None:
        self.go_to(Place.PLENO)
        self.pleno.open_unit(unit)

    def _open_trouble(self) -> None:
        """Go to the next TPS that somebody must look at, in code order, from the one that is open."""
        session, words = self.session, self._words
        before = self.entry.station
        found = next_trouble(session.office, session.contest_id, after=before)
        if not found:
            self._say(words["desk.trouble.none"], Hue.GOOD)
            return
        is_here = self._stack.currentWidget() is self.entry
        if found == before and is_here:
            self._say(words["desk.trouble.only"], Hue.QUIET)
            return
        self._open_station(found)
        if found < before and session.person:
            self._say(words("desk.trouble.again", station=session.station(found)), Hue.QUIET)

    def _speak(self) -> None:
        """Somebody speaks of what is before the hall: put it on record at once."""
        page = self._stack.currentWidget()
        row = self._pleno.row if self._pleno is not None and page is self._pleno else None
        unit = self.entry.station if page is self.entry else ""
        unit = unit or (row.unit if row else self.session.office.code)
        self.go_to(Place.PLENO)
        self.pleno.speak(unit)

    def show_amended(self, exchanged: Exchanged | None) -> None:
        """Say that another definition holds, and what else the exchange brought it came with."""
        self.go_to(Place.OFFICE)
        self.office_page.tell_amended()
        if exchanged is not None:
            self.office_page.tell_exchange(exchanged)

    def _ask_mirror(self) -> None:
        self.head.ask_mirror()
        self.office_page.refresh()

    def _ask_person(self) -> None:
        self.go_to(Place.ENTRY)
        self.entry.ask_person()
