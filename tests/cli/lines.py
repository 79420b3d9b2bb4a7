"""Runs the command line the way a person does, and keeps what it said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from recap_desktop.cli import program
from recap_desktop.office.language import load_words

WORDS = load_words("id")


@dataclass(frozen=True, slots=True)
class Said:
    """What one run said and how it ended."""

    status: int
    out: str
    err: str
    opened: tuple[Path | None, ...] = ()

    @property
    def data(self) -> Any:  # noqa: ANN401 - whatever the JSON holds
        return json.loads(self.out)

    @property
    def lines(self) -> Iterator[str]:
        return (line.strip() for line in self.err.splitlines())


def run(*arguments: str | Path) -> Said:
    """Run one command line; a window it opens is written down and closed at once."""
    opened: list[Path | None] = []

    def open_window(path: Path | None) -> int:
        opened.append(path)
        return 0

    runner = CliRunner()
    with runner.isolation() as (out, err, _):
        status = program.run([str(item) for item in arguments], open_window=open_window)
        said = out.getvalue().decode(), err.getvalue().decode()
    return Said(status, *said, opened=tuple(opened))


def done(*arguments: str | Path) -> Said:
    """Run one command line that must succeed without a complaint."""
    said = run(*arguments)
    assert (said.status, said.err) == (0, ""), said.err
    return said


def refused(code: str, *arguments: str | Path, **details: str | int) -> Said:
    """Run one command line that must be refused, with the first sentence of that problem."""
    said = run(*arguments)
    first = next(said.lines, "")
    assert (said.status, said.out, first) == (2, "", WORDS(f"problem.{code}", **details))
    return said
