"""Draws the table of states: a column a state, a line for each way one record changes it.

Run ``.venv/bin/python packaging/states.py`` in a checkout after the table was changed; a test
compares the drawing with the table.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
DRAWING = ROOT / "packaging" / "pictures" / "states.svg"
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

# After the path is set: run as a script, the program is not on it.
from recap_desktop.election.figures.tallies import STATES, Cause, Counts, State  # noqa: E402 - see above
from recap_desktop.office.language import load_words  # noqa: E402 - see above

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recap_desktop.election.wording import Words

COLUMN, ROW, LEFT, TOP, MARGIN = 112, 30, 236, 128, 24
INK, QUIET, LINE = "#1d2329", "#5b6670", "#d5dbe0"
FILLS = {
    Counts.ALWAYS: "#cfe8d5",
    Counts.SINGLE_ENTRY_OFFICE: "url(#half)",
    Counts.NEVER: "#ffffff",
}
AT = {state: LEFT + COLUMN // 2 + COLUMN * index for index, state in enumerate(STATES)}
WIDTH = LEFT + COLUMN * len(STATES) + MARGIN


@dataclass(frozen=True, slots=True)
class Way:
    """One line of the drawing: from some states to one, by one kind of record."""

    label: str
    sources: frozenset[State]
    target: State


def by_entries(words: Words) -> list[Way]:
    """What an entry or a withdrawal makes of a TPS."""
    ways = []
    for target in STATES:
        sources = frozenset(state for state, row in STATES.items() if target in row.entries)
        ways.append(Way(words("states.entry", state=_name(words, target)), sources, target))
    return [way for way in ways if way.sources]


def by_readings(words: Words) -> list[Way]:
    """What reading out in the plenary makes of a TPS of a double-entry office."""
    ways = []
    for target in STATES:
        sources = frozenset(state for state, row in STATES.items() if target in row.readings)
        ways.append(Way(words("states.entry", state=_name(words, target)), sources, target))
    return [way for way in ways if way.sources]


def by_rulings(words: Words) -> list[Way]:
    """What the plenary decides, and where it leads."""
    ways = []
    for cause in Cause:
        for target in STATES:
            sources = frozenset(s for s, r in STATES.items() if r.rulings.get(cause) is target)
            ways.append(Way(words[f"states.cause.{cause.value}"], sources, target))
    return [way for way in ways if way.sources]


def by_others(words: Words) -> list[Way]:
    """What else a record of a post that knew less makes of a TPS."""
    ways = []
    for target in STATES:
        sources = frozenset(
            state
            for state, row in STATES.items()
            if target in row.heard - {state} - set(row.rulings.values())
        )
        ways.append(Way(words("states.entry", state=_name(words, target)), sources, target))
    return [way for way in ways if way.sources]


def drawing(words: Words) -> str:
    """The whole drawing as SVG; the same bytes for the same table and words."""
    y, body = TOP, list[str]()
    for heading, ways in (
        ("entries", by_entries(words)),
        ("readings", by_readings(words)),
        ("rulings", by_rulings(words)),
        ("heard", by_others(words)),
    ):
        y += ROW + 8
        body.append(_text(MARGIN, y, words[f"states.{heading}"], size=15, weight=700))
        for way in ways:
            y += ROW
            body += _way(way, y)
    bottom = y + ROW // 2
    columns = [_line(x, TOP, x, bottom, LINE) for x in AT.values()]
    parts = [*_frame(words), *columns, *_headers(words), *body, *_legend(words, bottom + ROW)]
    height = bottom + 2 * ROW
    first = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" font-family="Noto Sans, sans-serif">'
    )
    back = f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>'
    return "\n".join([first, back, *parts, "</svg>", ""])


def _frame(words: Words) -> Iterator[str]:
    yield (
        '<defs><linearGradient id="half"><stop offset="0.5" stop-color="#cfe8d5"/>'
        '<stop offset="0.5" stop-color="#ffffff"/></linearGradient></defs>'
    )
    yield _text(MARGIN, 36, words["states.title"], size=20, weight=700)


def _name(words: Words, state: State) -> str:
    return words[f"desk.sign.{state.value}"]


def _headers(words: Words) -> Iterator[str]:
    for state, row in STATES.items():
        x = AT[state]
        yield _box(x - COLUMN // 2 + 4, TOP - 60, COLUMN - 8, 60, row.counts, final=row.final)
        first, _, rest = _name(words, state).partition(" ")
        lines = [first, rest] if rest else [first]
        for at, line in enumerate(lines):
            y = TOP - 25 + 17 * at - (8 if rest else 0)
            yield _text(x, y, line, anchor="middle")


def _way(way: Way, y: int) -> Iterator[str]:
    yield _text(MARGIN, y + 5, way.label, colour=QUIET)
    goal = AT[way.target]
    sources = [AT[state] for state in STATES if state in way.sources]
    yield _line(min(*sources, goal), y, max(*sources, goal), y, INK)
    for x in sources:
        yield f'<circle cx="{x}" cy="{y}" r="5" fill="{INK}"/>'
    yield from _ring(goal, y, stays=way.target in way.sources)
    # An arrowhead on each side from which something comes.
    for side in sorted({(x > goal) - (x < goal) for x in sources} - {0}):
        tip, base = goal + side * 10, goal + side * 20
        yield f'<path d="M{tip} {y}L{base} {y - 6}L{base} {y + 6}Z" fill="{INK}"/>'


def _ring(x: int, y: int, *, stays: bool) -> Iterator[str]:
    yield f'<circle cx="{x}" cy="{y}" r="9" fill="#ffffff" stroke="{INK}" stroke-width="2"/>'
    if stays:
        yield f'<circle cx="{x}" cy="{y}" r="4" fill="{INK}"/>'


def _legend(words: Words, y: int) -> Iterator[str]:
    x = MARGIN
    for counts in (Counts.ALWAYS, Counts.SINGLE_ENTRY_OFFICE, Counts.NEVER):
        yield _box(x, y - 9, 26, 18, counts)
        yield _text(x + 34, y + 5, words[f"states.counts.{counts.value.replace(' ', '-')}"])
        x += 150 if counts is not Counts.SINGLE_ENTRY_OFFICE else 270
    yield _box(x, y - 9, 26, 18, Counts.NEVER, final=True)
    yield _text(x + 34, y + 5, words["states.final"])
    x += 400
    yield f'<circle cx="{x}" cy="{y}" r="5" fill="{INK}"/>'
    yield _text(x + 14, y + 5, words["states.from"])
    x += 70
    yield from _ring(x, y, stays=False)
    yield _text(x + 16, y + 5, words["states.to"])
    x += 110
    yield from _ring(x, y, stays=True)
    yield _text(x + 16, y + 5, words["states.stays"])


def _text(
    x: int,
    y: int,
    text: str,
    *,
    size: int = 13,
    weight: int = 400,
    colour: str = INK,
    anchor: str = "start",
) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{colour}" '
        f'text-anchor="{anchor}">{escape(text)}</text>'
    )


def _line(x: int, y: int, to_x: int, to_y: int, colour: str) -> str:
    return f'<path d="M{x} {y}L{to_x} {to_y}" stroke="{colour}" stroke-width="2" fill="none"/>'


def _box(x: int, y: int, width: int, height: int, counts: Counts, *, final: bool = False) -> str:
    stroke = 4 if final else 1.5
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="6" '
        f'fill="{FILLS[counts]}" stroke="{INK}" stroke-width="{stroke}"/>'
    )


if __name__ == "__main__":
    DRAWING.write_text(drawing(load_words("id")), encoding="utf-8")
