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

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Cell = str | int | None


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
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    click.echo(text.getvalue(), nl=False)


def show_json(data: object) -> None:
    """Print a value as JSON, readable by any program whatever the terminal can show."""
    click.echo(json.dumps(data, indent=2))
