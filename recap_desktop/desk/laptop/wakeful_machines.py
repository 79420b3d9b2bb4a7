"""How each kind of machine is asked to stay awake: Windows, desktops with D-Bus, systemd."""

from __future__ import annotations

import ctypes
import select
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

_CONTINUOUS, _SYSTEM, _DISPLAY = 0x80000000, 0x00000001, 0x00000002
"""ES_CONTINUOUS, ES_SYSTEM_REQUIRED, ES_DISPLAY_REQUIRED."""
_PATIENCE = 1000
"""So many ms a service may take to answer: the window waits for it."""


class Means(Protocol):
    """One way to ask a machine to stay awake."""

    def hold(self, who: str, reason: str) -> bool:
        """Ask for it. Whether the machine agreed."""

    def release(self) -> None:
        """Let it sleep again; also when nothing was held."""


def means_here() -> list[Means]:
    """Ways of this machine, the best first."""
    means: list[Means] = [*(DesktopInhibition(*names) for names in SERVICES), LogindInhibition()]
    if sys.platform == "win32":
        means = [WindowsState(ctypes.windll.kernel32.SetThreadExecutionState)]
    return means


@dataclass
class WindowsState:
    """The execution state of the thread; Windows forgets it when the program ends.

    Attributes:
        set_state: ``SetThreadExecutionState``; zero is a refusal.
    """

    set_state: Callable[[int], int]

    def hold(self, who: str, reason: str) -> bool:
        """Windows asks neither who nor why."""
        del who, reason
        return bool(self.set_state(_CONTINUOUS | _SYSTEM | _DISPLAY))

    def release(self) -> None:
        """What was asked for ends."""
        self.set_state(_CONTINUOUS)


SERVICES = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.freedesktop.PowerManagement.Inhibit", "/org/freedesktop/PowerManagement/Inhibit"),
)
"""Service (and interface) and object: GNOME, KDE, Xfce and others have one or more of them."""


@dataclass
class DesktopInhibition:
    """``Inhibit`` of a desktop's service on the session bus.

    The connection is our own: to leave the bus ends what was asked for, as a crash does.
    """

    service: str
    path: str
    _connection: str = ""

    def hold(self, who: str, reason: str) -> bool:
        """Whether the desktop has the service and took the request."""
        from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage  # noqa: PLC0415 - seldom

        name = f"wakefulness-{id(self)}"
        bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, name)
        ask = QDBusMessage.createMethodCall(self.service, self.path, self.service, "Inhibit")
        ask.setArguments([who, reason])
        answer = bus.call(ask, QDBus.CallMode.Block, _PATIENCE)
        answered = answer.type() == QDBusMessage.MessageType.ReplyMessage
        if answered:
            self._connection = name
        else:
            QDBusConnection.disconnectFromBus(name)
        return answered

    def release(self) -> None:
        """Leave the bus."""
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 - seldom

        if self._connection:
            QDBusConnection.disconnectFromBus(self._connection)
            self._connection = ""


@dataclass
class LogindInhibition:
    """``systemd-inhibit`` around a program that ends when we do: it reads what we never write."""

    command: tuple[str, ...] = (
        "systemd-inhibit",
        "--what=idle",
        "--mode=block",
        "--no-ask-password",
    )
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def hold(self, who: str, reason: str) -> bool:
        """Whether systemd took the request: only then the inner program runs, and says so."""
        line = [*self.command, f"--who={who}", f"--why={reason}", "sh", "-c", "echo; exec cat"]
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        try:
            process = subprocess.Popen(line, stdin=pipe, stdout=pipe, stderr=nowhere)  # noqa: S603 - a list, and no shell reads who or why
        except OSError:
            return False
        self._process = process
        assert process.stdout is not None
        # Ready also when it ended without a line.
        ready, _, _ = select.select([process.stdout], [], [], _PATIENCE / 1000)
        if ready and process.stdout.readline():
            return True
        self.release()
        return False

    def release(self) -> None:
        """End the inner program by closing what it reads."""
        if self._process is None:
            return
        try:
            self._process.communicate(timeout=_PATIENCE / 1000)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
        self._process = None
