"""The laptop stays awake while a plenary is open, by what the machine has, and no longer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from recap_desktop.desk.laptop.wakeful_machines import LogindInhibition, Means, WindowsState
from recap_desktop.desk.laptop.wakefulness import Wakefulness
from recap_desktop.election.records.plenary import Turn
from recap_desktop.office.plenary.plenaries import declare
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import desk_of
from tests.made_up.offices import tiny_office

ROOT = Path(__file__).parents[2]
WHO, WHY = "Recap", "Rapat pleno"
CONTINUOUS, AWAKE = 0x80000000, 0x80000003


@dataclass
class Kernel:
    """What the call of Windows does: it answers with the state before, or zero."""

    answer: int = CONTINUOUS
    states: list[int] = field(default_factory=list)

    def __call__(self, state: int) -> int:
        self.states.append(state)
        return self.answer


def test_the_first_means_that_works_is_held_once_and_released_once(qtbot: QtBot) -> None:
    refusing, agreeing, unasked = Kernel(answer=0), Kernel(), Kernel()
    means: list[Means] = [WindowsState(k) for k in (refusing, agreeing, unasked)]
    awake = Wakefulness(WHO, means=means)
    with qtbot.assertNotEmitted(awake.refused):
        awake.release()
        awake.hold(WHY)
        awake.hold(WHY)
        awake.release()
        awake.release()
    assert (refusing.states, agreeing.states, unasked.states) == (
        [AWAKE],
        [AWAKE, CONTINUOUS],
        [],
    )


def test_that_nothing_works_is_said_once(qtbot: QtBot) -> None:
    awake = Wakefulness(WHO, means=[WindowsState(Kernel(answer=0))])
    with qtbot.waitSignal(awake.refused):
        awake.hold(WHY)
    with qtbot.assertNotEmitted(awake.refused):
        awake.hold(WHY)
    assert not awake.is_held


# What systemd would start

RUNS = ("sh", "-c", 'shift 2; exec "$@"', "inhibit")
"""In place of ``systemd-inhibit``: leaves away who and why and runs the inner program."""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no systemd")
def test_the_inner_program_ends_when_it_is_released() -> None:
    means = LogindInhibition(RUNS)
    assert means.hold(WHO, WHY)
    process = means._process
    assert process is not None and process.poll() is None
    means.release()
    assert process.poll() == 0
    assert not LogindInhibition(("false",)).hold(WHO, WHY)
    assert not LogindInhibition(("no-such-program",)).hold(WHO, WHY)


# A real bus, with a service as a desktop has it

DESKTOP = """
from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, Slot
from PySide6.QtDBus import QDBusConnection
SERVICE = "org.freedesktop.ScreenSaver"
@ClassInfo({"D-Bus Interface": SERVICE})
class Saver(QObject):
    @Slot(str, str, result=int)
    def Inhibit(self, who, why):
        print("hold", who, why, flush=True)
        return 7
def tell(name, before, after):
    if name.startswith(":") and not after:
        print("gone", flush=True)
application, saver, bus = QCoreApplication([]), Saver(), QDBusConnection.sessionBus()
everything = QDBusConnection.RegisterOption.ExportAllSlots
bus.registerObject("/org/freedesktop/ScreenSaver", saver, everything)
bus.interface().serviceOwnerChanged.connect(tell)
print(bus.registerService(SERVICE), flush=True)
application.exec()
"""
OURS = """
import sys
from PySide6.QtCore import QCoreApplication
from recap_desktop.desk.laptop.wakefulness import Wakefulness
application = QCoreApplication([])
awake = Wakefulness("Recap")
awake.refused.connect(lambda: print("refused", flush=True))
for line in sys.stdin:
    awake.hold("Rapat pleno") if line == "hold\\n" else awake.release()
    print(awake.is_held, flush=True)
"""


class Talk:
    """A program that is spoken to, and answers, a line at a time."""

    def __init__(self, *line: str, address: str = "") -> None:
        self.process = subprocess.Popen(
            line,
            cwd=ROOT,
            env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": address},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def hear(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def ask(self, line: str) -> str:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return self.hear()

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def bus() -> Iterator[str]:
    """Address of a bus of our own."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not installed")
    daemon = Talk("dbus-daemon", "--session", "--nofork", "--print-address")
    yield daemon.hear()
    daemon.end()


@pytest.fixture
def desktop(bus: str) -> Iterator[Talk]:
    """A desktop that says what it was asked, and who left."""
    talk = Talk(sys.executable, "-c", DESKTOP, address=bus)
    assert talk.hear() == "True"
    yield talk
    talk.end()


@pytest.fixture
def ours(bus: str) -> Iterator[Talk]:
    """A program of ours on that bus."""
    talk = Talk(sys.executable, "-c", OURS, address=bus)
    yield talk
    talk.end()


def test_a_desktop_is_asked_and_told_that_it_is_over(desktop: Talk, ours: Talk) -> None:
    for _ in range(2):
        assert ours.ask("hold") == "True"
        assert ours.ask("hold") == "True"
        assert desktop.hear() == f"hold {WHO} {WHY}"
        assert ours.ask("release") == "False"
        assert desktop.hear() == "gone"


def test_what_was_held_ends_with_a_program_that_is_killed(desktop: Talk, ours: Talk) -> None:
    assert ours.ask("hold") == "True"
    assert desktop.hear() == f"hold {WHO} {WHY}"
    ours.process.kill()
    assert desktop.hear() == "gone"


# In the window


def test_an_open_plenary_keeps_awake_and_its_suspension_does_not(
    window: OpenWindow, tmp_path: Path
) -> None:
    path = tmp_path / "ciamis.rekap"
    tiny_office(path).close()
    desk = desk_of(window(path))
    told: list[str] = []
    desk.session.told.connect(told.append)
    kernel = Kernel()
    desk.wakefulness.means = [WindowsState(kernel)]
    office = desk.session.office
    for turn in (Turn.OPENED, Turn.SUSPENDED, Turn.RESUMED):
        assert desk.session.record(partial(declare, office, turn, by="Ani", place="Aula"))
    assert kernel.states == [AWAKE, CONTINUOUS, AWAKE]
    desk.close_office()
    assert kernel.states == [AWAKE, CONTINUOUS, AWAKE, CONTINUOUS]
    assert told == []
