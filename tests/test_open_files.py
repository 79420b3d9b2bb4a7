"""The guard itself: what Windows refuses is refused here too."""

from collections.abc import Iterator
from pathlib import Path
from types import CodeType

import pytest

STEPS = ("path.unlink()", "path.replace(path.with_name('b'))", "other.replace(path)")


def code(source: str) -> CodeType:
    """A line as if a module of the program held it."""
    return compile(source, "/x/recap_desktop/y.py", "exec")


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "a"
    with path.open("wb"):
        yield path


@pytest.mark.parametrize("step", STEPS)
def test_the_program_may_not_move_or_delete_what_is_open(held: Path, step: str) -> None:
    other = held.with_name("c")
    other.touch()
    with pytest.raises(PermissionError):
        exec(code(step), {"path": held, "other": other})  # noqa: S102 - our own line, see above
    assert held.is_file()


@pytest.mark.parametrize("step", STEPS)
def test_what_is_closed_may_be_moved_and_deleted(tmp_path: Path, step: str) -> None:
    path, other = tmp_path / "a", tmp_path / "c"
    path.touch()
    other.touch()
    exec(code(step), {"path": path, "other": other})  # noqa: S102 - as above
    assert (path.exists(), other.exists()) in {(False, True), (True, False)}
