"""Pages behind Kantor in the rail: a table to take in, the people of the office, its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from recap_desktop.desk.keys.keys_page import KeysPage
    from recap_desktop.desk.laptop.background import Background
    from recap_desktop.desk.laptop.window_settings import WindowSettings
    from recap_desktop.desk.offices.people_page import PeoplePage
    from recap_desktop.desk.pieces.page_stack import PageStack
    from recap_desktop.desk.session import Session
    from recap_desktop.desk.tables.import_page import ImportPage


class BehindOffice(QObject):
    """Each page is made, and what it needs imported, when it is first shown."""

    left = Signal()
    person_asked = Signal()
    minutes_chosen = Signal(int)

    def __init__(
        self, session: Session, settings: WindowSettings, background: Background, stack: PageStack
    ) -> None:
        """No page yet."""
        super().__init__(stack)
        self._session, self._settings, self._background = session, settings, background
        self._stack = stack
        self._imports: ImportPage | None = None
        self._people: PeoplePage | None = None
        self._keys: KeysPage | None = None

    @property
    def made(self) -> tuple[ImportPage | PeoplePage | KeysPage | None, ...]:
        """The pages, as far as they were made."""
        return self._imports, self._people, self._keys

    @property
    def imports(self) -> ImportPage:
        """Counts from somebody else's table."""
        if self._imports is None:
            from recap_desktop.desk.tables.import_page import ImportPage  # noqa: PLC0415 - seldom

            self._imports = ImportPage(self._session, self._settings, self._background)
            self._imports.left.connect(self.left)
            self._stack.addWidget(self._imports)
        return self._imports

    @property
    def people(self) -> PeoplePage:
        """The people of the office."""
        if self._people is None:
            from recap_desktop.desk.offices.people_page import PeoplePage  # noqa: PLC0415 - seldom

            self._people = PeoplePage(self._session, self._settings)
            self._people.left.connect(self.left)
            self._people.person_asked.connect(self.person_asked)
            self._people.minutes_chosen.connect(self.minutes_chosen)
            self._stack.addWidget(self._people)
        return self._people

    @property
    def keys(self) -> KeysPage:
        """Keys and trust."""
        if self._keys is None:
            from recap_desktop.desk.keys.keys_page import KeysPage  # noqa: PLC0415 - heavy

            self._keys = KeysPage(self._session, self._settings, self._background)
            self._keys.left.connect(self.left)
            self._stack.addWidget(self._keys)
        return self._keys

    def stop(self) -> None:
        """The office is being left."""
        for page in (self._imports, self._keys):
            if page is not None:
                page.stop()
