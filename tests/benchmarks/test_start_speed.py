"""From nothing to the first window, against an empty QMainWindow in a process of its own.

Read the ratio in the last columns, not the times.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.test_office_speed import measure

ROOT = Path(__file__).parents[2]

EMPTY = """
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.resize(1366, 768)
window.show()
application.processEvents()
"""

OURS = """
from PySide6.QtWidgets import QApplication
from recap_desktop.desk import program

def shown_once():
    # The event loop, until everything that is due for the first picture is done.
    QApplication.processEvents()
    return 0

QApplication.exec = staticmethod(shown_once)
program.run(None)
"""


def start(code: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # As installed: compiled once, not at every start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, capture_output=True
    )


@pytest.mark.benchmark(group="start to first window")
@pytest.mark.parametrize("code", [EMPTY, OURS], ids=["empty QMainWindow", "Recap Desktop"])
def test_start(benchmark: BenchmarkFixture, code: str) -> None:
    measure(benchmark, lambda: start(code), rounds=15)
