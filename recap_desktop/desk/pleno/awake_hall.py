"""While the hall listens, the laptop stays awake; over a suspension it may sleep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from recap_desktop.election.records.plenary import Phase
from recap_desktop.office.plenary.plenaries import plenary

if TYPE_CHECKING:
    from recap_desktop.desk.laptop.wakefulness import Wakefulness
    from recap_desktop.desk.session import Session


class AwakeHall(QObject):
    """Looks at the plenary whenever something was recorded."""

    def __init__(self, session: Session, wakefulness: Wakefulness, parent: QObject) -> None:
        """Begin to look."""
        super().__init__(parent)
        self._session = session
        self._wakefulness = wakefulness
        wakefulness.refused.connect(self._say_it_may_sleep)
        session.recorded.connect(self._look)
        self._look()

    def _look(self) -> None:
        if plenary(self._session.office).phase is Phase.OPEN:
            self._wakefulness.hold(self._session.words["desk.awake.reason"])
        else:
            self._wakefulness.release()

    def _say_it_may_sleep(self) -> None:
        self._session.told.emit(self._session.words["desk.awake.refused"])
