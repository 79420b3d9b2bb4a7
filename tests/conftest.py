"""What every test stands on: no screen, no real office of this machine, golden files."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

# Both must be in place before anything imports Qt or the program.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
_DATA = tempfile.TemporaryDirectory(prefix="recap-test-", ignore_cleanup_errors=True)
os.environ["RECAP_DATA_DIR"] = _DATA.name

import pytest  # noqa: E402 - the two lines above come first
from hypothesis import settings  # noqa: E402 - as above

from tests.adversaries.open_files import forbid_steps_on_open_files  # noqa: E402 - as above
from tests.made_up.queues import Queue  # noqa: E402 - as above

forbid_steps_on_open_files()

# How long an example takes depends on what else the machine does: no test is timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

GOLDEN = Path(__file__).parent / "golden"

Golden = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write tests/golden anew from what the program makes now; git diff is the review",
    )


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """The language a test chose for this process is none of the next one's business."""
    before = os.environ.pop("RECAP_LANG", None)
    yield
    os.environ.pop("RECAP_LANG", None)
    if before is not None:
        os.environ["RECAP_LANG"] = before


def pytest_unconfigure() -> None:
    _DATA.cleanup()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a text with tests/golden/<name>, or writes it there with --update-golden."""
    update = bool(request.config.getoption("--update-golden"))

    def compare(name: str, text: str) -> None:
        kept = GOLDEN / name
        if update:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(text, encoding="utf-8", newline="\n")
        assert kept.is_file(), f"tests/golden/{name} is missing: pytest --update-golden makes it"
        assert text == kept.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Queue:
    """A print queue in the place of the system's."""
    return Queue(tmp_path / "system", monkeypatch)
