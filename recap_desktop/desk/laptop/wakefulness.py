"""Keeps the laptop and its screen awake while a plenary is open, or says that it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.desk.laptop.wakeful_machines import Means


class Wakefulness(QObject):
    """Holds by the first means that works; what is held ends with the program, whatever happens.

    ``refused`` is emitted once when no means works, so that people set the laptop themselves.

    Attributes:
        means: ways to try, the best first; None, until something is held, for those of this
            machine.
    """

    refused = Signal()

    def __init__(
        self, who: str, parent: QObject | None = None, *, means: Sequence[Means] | None = None
    ) -> None:
        """Nothing is held, and nothing imported, before ``hold``.

        Args:
            who: name of the program, as the desktop may show it.
            parent: the owner.
            means: see the class.
        """
        super().__init__(parent)
        self._who = who
        self.means = means
        self._held: Means | None = None
        self._was_refused = False
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.release)

    @property
    def is_held(self) -> bool:
        """Whether the machine stays awake for us."""
        return self._held is not None

    def hold(self, reason: str) -> None:
        """Keep the machine awake from now on; holding twice is holding once."""
        if self._held is not None:
            return
        if self.means is None:
            from recap_desktop.desk.laptop.wakeful_machines import means_here  # noqa: PLC0415 - seldom

            self.means = means_here()
        for means in self.means:
            if means.hold(self._who, reason):
                self._held = means
                return
        if not self._was_refused:
            self._was_refused = True
            self.refused.emit()

    def release(self) -> None:
        """Let the machine sleep again; releasing twice is releasing once."""
        if self._held is not None:
            self._held.release()
            self._held = None
