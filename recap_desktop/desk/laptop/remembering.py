"""What one does in an office that the window remembers on this machine: who typed, and in which way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from recap_desktop.desk.laptop.window_settings import WindowSettings
    from recap_desktop.desk.session import Session


class Remembering(QObject):
    """Listens to the office on the desk."""

    def __init__(self, session: Session, settings: WindowSettings) -> None:
        """Begin with the way in which was typed last."""
        super().__init__(session)
        self._session, self._settings = session, settings
        session.choose_in_one_go(settings.in_one_go)
        session.person_changed.connect(self._remember_person)
        session.in_one_go_changed.connect(self._remember_in_one_go)

    def _remember_person(self) -> None:
        self._settings.add_name(self._session.person)

    def _remember_in_one_go(self) -> None:
        self._settings.in_one_go = self._session.is_in_one_go
