"""Lists for people and for other programs: a table, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import click
from tabulate import tabulate

from recap_desktop.cli.verbs import session
from recap_desktop.election.wording import number_text
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

Cell = str | int | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def show_table(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Print rows under worded headings; whole numbers stand right, with thousands dots.

    Args:
        columns: codes of the headings, ``cli.column.<code>``; one that has no words stands as it is.
        rows: a value for each column; None leaves the place empty.
    """
    words = session().words
    headings = [words.get(f"cli.column.{column}", column) for column in columns]
    held = [list(row) for row in rows]
    right = [
        "right" if any(isinstance(row[place], int) for row in held) else "left"
        for place in range(len(columns))
    ]
    texts = [[_text(value) for value in row] for row in held]
    click.echo(tabulate(texts, headings, disable_numparse=True, colalign=right if held else None))


def _text(value: Cell) -> str:
    if value is None:
        return ""
    return number_text(value) if isinstance(value, int) else value


def show_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Print rows as CSV under the given keys; a key that a row lacks is an empty field."""
    click.echo(_csv(columns, rows), nl=False)


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write the same to a file; an older one is replaced.

    Raises:
        KnownProblem: ``file-cannot-be-written``.
    """
    try:
        path.write_text(_csv(columns, rows), encoding="utf-8", newline="")
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("file-cannot-be-written", path=str(path), reason=reason) from error


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _no_formula(said) for key, said in row.items()} for row in rows)
    return text.getvalue()


def _no_formula(said: object) -> object:
    """Text that a spreadsheet would run gets a quote before it; figures stay as they are."""
    return f"'{said}" if isinstance(said, str) and said.startswith(_FORMULA) else said


def show_json(data: object) -> None:
    """Print a value as JSON, readable by any program whatever the terminal can show."""
    click.echo(json.dumps(data, indent=2))
