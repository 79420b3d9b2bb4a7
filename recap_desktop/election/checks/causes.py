"""Corrections that known slips would call for, on a form of which a check does not hold."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.checks import relations, slips
from recap_desktop.election.definitions.forms import COLUMNS, CheckKind
from recap_desktop.election.figures import counts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recap_desktop.election.definitions.forms import Check, Layout

VOTER_LIST = "voter-list"
"""What the definition knows of the DPT of a TPS explains it."""

RANKED = (
    VOTER_LIST,
    "not-delivered",
    "left-blank",
    "valid-invalid-swapped",
    "sexes-exchanged",
    slips.CROSSED_BOX,
    slips.CORRECTED_OVER,
    "sexes-left-zero",
    "votes-left-zero",
    "row-left-zero",
    slips.LEFT_ZERO,
    "invalid-left-out",
    "valid-includes-invalid",
    "invalid-subtracted",
    "reserve-left-out",
    "valid-is-choice",
    "row-shift",
    "copied",
    slips.SWAPPED_DIGITS,
    slips.ONE_DIGIT,
    "row-copied",
    slips.MISSING_DIGIT,
    slips.EXTRA_DIGIT,
    slips.SMALL_STEP,
    slips.EVEN_STEP,
    "rows-exchanged",
    "carried-on",
    "one-number",
)
"""Codes of all causes, the most convincing first.

Convincing is what was seen often and fits seldom by chance: a copied or exchanged figure fits a
form by chance in about one of a hundred, a single other digit in about one of ten.
"""

RANK = {code: rank for rank, code in enumerate(RANKED)}
"""Code -> its place in ``RANKED``."""

_COPIED_FROM = {
    "cast": ("voters.dpt", "voters.total", "ballots.received", "invalid"),
    "valid": ("cast",),
    "invalid": ("cast", "valid"),
    "users.total": ("voters.dpt", "voters.total"),
    "users.dpt": ("voters.dpt", "users.total"),
    "ballots.used": ("voters.dpt", "voters.total", "ballots.received"),
}
_OFTEN_ZERO = frozenset(
    {
        *("invalid", "ballots.spoiled", "disabled.users"),
        *("users.added", "users.moved", "users.special"),
        *("voters.added", "voters.moved", "voters.special"),
    }
)
_SHIFTED_FROM = dict.fromkeys(
    ("users.added", "users.moved", "users.special"), ("users.dpt", "users.total", "voters.dpt")
)
_EXCHANGED_ROWS = (("users.dpt", "users.total"), ("users.dpt", "voters.dpt"))
_EXCHANGED_BALLOTS = ("ballots.received", "ballots.used", "ballots.spoiled", "ballots.unused")
_EXCHANGED_RESULT = ("valid", "invalid", "cast")
_TELLING = 10  # smaller figures are equal by chance


@dataclass(frozen=True, slots=True)
class Cause:
    """A slip that may have happened, as the correction that would undo it.

    Attributes:
        code: one of ``RANKED``.
        cells: where to look; the first is the one a new figure is meant for.
        changes: cell -> what it would be; None takes it as not written.
    """

    code: str
    cells: tuple[str, ...]
    changes: Mapping[str, int | None]

    @property
    def value(self) -> int | None:
        """The new figure of the first cell; None when it cannot be said."""
        return self.changes.get(self.cells[0])


def causes_of(
    layout: Layout, cells: Mapping[str, int], check: Check, voters: Mapping[str, int]
) -> Iterator[Cause]:
    """Known slips that could lie behind one broken check; whether they do is for others to try.

    Args:
        layout: of the contest.
        cells: as written.
        check: one that does not hold.
        voters: the DPT by cell where the definition knows it: it may have been copied.
    """
    if check.kind is CheckKind.EQUAL:
        for cell, value in _implied(cells, check):
            yield from _one_cell(layout, cells, cell=cell, value=value, voters=voters)
            yield from _carried_on(cells, check, cell=cell, value=value)
    elif check.kind is CheckKind.RESERVE:
        yield from _reserve(cells, check)
    if check.kind is not CheckKind.EQUAL:
        for cell in check.cells:
            yield from (Cause(code, (cell,), {cell: v}) for code, v in slips.readings(cells[cell]))
    yield from _exchanges(layout, cells, check)
    yield from _whole_rows(layout, cells, check)
    yield from _unwritten(layout, cells, check)


def by_voter_list(
    cells: Mapping[str, int], check: Check, voters: Mapping[str, int]
) -> Iterator[Cause]:
    """The DPT of the definition instead of what is written, for a check that looks at it."""
    wrong = {cell: n for cell, n in voters.items() if cell in cells and cells[cell] != n}
    if wrong.keys() & set(check.cells):
        yield Cause(VOTER_LIST, tuple(wrong), dict(wrong))


def _implied(cells: Mapping[str, int], check: Check) -> list[tuple[str, int]]:
    """What each cell of an identity would be if it alone were wrong; never below 0."""
    wanted = relations.expected(check, cells)
    total = cells.get(check.total)
    if total is None:
        return [(check.total, wanted)]
    away = total - wanted
    parts = ((part, cells[part] + away) for part in check.parts)
    return [(cell, value) for cell, value in ((check.total, wanted), *parts) if value >= 0]


def _one_cell(
    layout: Layout, cells: Mapping[str, int], *, cell: str, value: int, voters: Mapping[str, int]
) -> Iterator[Cause]:
    changes: dict[str, int | None] = {cell: value}
    if cell not in cells:
        yield Cause("left-blank", (cell,), changes)
        return
    for code, beside in _confused_with(layout, cells, cell=cell, value=value, voters=voters):
        yield Cause(code, (cell, *beside), changes)
    code = slips.slip(cells[cell], value)
    if code == slips.LEFT_ZERO and counts.row_key(cell) in _OFTEN_ZERO:
        code = ""
    yield Cause(code or "one-number", (cell,), changes)


def _confused_with(
    layout: Layout, cells: Mapping[str, int], *, cell: str, value: int, voters: Mapping[str, int]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Other figures of the form that would explain what is written in ``cell``."""
    written = cells[cell]
    if not written:
        return
    yield from _confused_result(layout, cells, cell=cell, value=value)
    row, column = counts.row_key(cell), counts.column(cell)
    for source in (*_COPIED_FROM.get(row, ()), *_SHIFTED_FROM.get(row, ())):
        beside = _beside(layout, source, column)
        if cells.get(beside, voters.get(beside)) == written:
            yield "copied", (beside,)


def _confused_result(
    layout: Layout, cells: Mapping[str, int], *, cell: str, value: int
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """How valid, invalid and cast are taken for each other, or a choice for valid."""
    written, valid, invalid = cells[cell], cells.get("valid"), cells.get("invalid")
    if valid is not None and invalid:
        meant = {
            ("cast", "invalid-left-out"): written == valid,
            ("cast", "invalid-subtracted"): written == valid - invalid,
            ("valid", "valid-includes-invalid"): value == valid - invalid,
        }
        for (of, code), fits in meant.items():
            if of == cell and fits:
                yield code, ("invalid",) if of == "valid" else ("valid", "invalid")
    if cell == "valid" and len(layout.choices) > 1:
        chosen = [c.counted_key for c in layout.choices if cells.get(c.counted_key) == written]
        yield from (("valid-is-choice", (choice,)) for choice in chosen)
    if cell == "invalid" and written >= _TELLING:
        chosen = [c.counted_key for c in layout.choices if cells.get(c.counted_key) == written]
        yield from (("copied", (choice,)) for choice in chosen)


def _beside(layout: Layout, row: str, column: str) -> str:
    """The cell of ``row`` in the same column; JML from a row that is not split."""
    for key in (f"{row}.{column or COLUMNS[-1]}", row):
        if key in layout.known:
            return key
    return ""


def _carried_on(
    cells: Mapping[str, int], check: Check, *, cell: str, value: int
) -> Iterator[Cause]:
    """A wrong figure that was added on: L or P into JML, valid into cast."""
    row, column = counts.row_key(cell), counts.column(cell)
    further = "cast" if cell == "valid" else f"{row}.{COLUMNS[-1]}" if column else ""
    if further in ("", cell) or further in check.cells or not {cell, further} <= cells.keys():
        return
    carried = cells[further] + value - cells[cell]
    if carried >= 0:
        yield Cause("carried-on", (cell, further), {cell: value, further: carried})


def _reserve(cells: Mapping[str, int], check: Check) -> Iterator[Cause]:
    received, voters = check.cells
    wanted = relations.expected(check, cells)
    if cells[received] == cells[voters]:
        changes: dict[str, int | None] = {received: wanted}
        yield Cause("reserve-left-out", (received, voters), changes)
        if "ballots.unused" in cells:
            unused = cells["ballots.unused"] + wanted - cells[received]
            changes = changes | {"ballots.unused": unused}
            yield Cause("reserve-left-out", (received, voters, "ballots.unused"), changes)
    code = slips.slip(cells[received], wanted)
    if code:
        yield Cause(code, (received,), {received: wanted})


def _exchanges(layout: Layout, cells: Mapping[str, int], check: Check) -> Iterator[Cause]:
    rows = dict.fromkeys(counts.row_key(cell) for cell in check.cells)
    for row in rows:
        yield from _exchange(cells, "sexes-exchanged", [(f"{row}.l", f"{row}.p")])
    for pair in _EXCHANGED_ROWS:
        if set(pair) & rows.keys():
            one, other = (layout.form.row(key).cells for key in pair)
            yield from _exchange(cells, "rows-exchanged", list(zip(one, other, strict=True)))
    for block in (_EXCHANGED_BALLOTS, _EXCHANGED_RESULT):
        for pair in itertools.combinations(block, 2):
            if set(pair) & rows.keys():
                code = "rows-exchanged"
                code = "valid-invalid-swapped" if pair == ("valid", "invalid") else code
                yield from _exchange(cells, code, [pair])


def _exchange(cells: Mapping[str, int], code: str, pairs: list[tuple[str, str]]) -> Iterator[Cause]:
    if any(one not in cells or other not in cells for one, other in pairs):
        return
    changes: dict[str, int | None] = {}
    for one, other in pairs:
        changes |= {one: cells[other], other: cells[one]}
    if any(cells[cell] != value for cell, value in changes.items()):
        yield Cause(code, tuple(changes), changes)


def _whole_rows(layout: Layout, cells: Mapping[str, int], check: Check) -> Iterator[Cause]:
    """A row that repeats another in all its columns: shifted by a line, or copied."""
    for row in dict.fromkeys(counts.row_key(cell) for cell in check.cells):
        code = "row-shift" if row in _SHIFTED_FROM else "row-copied"
        for source in (*_COPIED_FROM.get(row, ()), *_SHIFTED_FROM.get(row, ())):
            own, other = ([f"{key}.{column}" for column in COLUMNS[::-1]] for key in (row, source))
            numbers = [cells.get(cell) for cell in own]
            if any(numbers) and None not in numbers and numbers == [cells.get(c) for c in other]:
                changes = _by_column(layout, cells, own)
                yield Cause(code, (own[0], other[0], *own[1:]), changes)


def _unwritten(layout: Layout, cells: Mapping[str, int], check: Check) -> Iterator[Cause]:
    """Zeros that stand for nothing written: L and P, a whole row, all choices."""
    for row in dict.fromkeys(counts.row_key(cell) for cell in check.cells):
        zeros = [cell for column in COLUMNS if cells.get(cell := f"{row}.{column}") == 0]
        if zeros == [f"{row}.l", f"{row}.p"]:
            yield Cause("sexes-left-zero", tuple(zeros), _by_column(layout, cells, zeros))
        elif len(zeros) == len(COLUMNS) and row not in _OFTEN_ZERO:
            yield Cause("row-left-zero", tuple(zeros[::-1]), _by_column(layout, cells, zeros))
    for votes in _vote_blocks(layout, cells, check):
        if votes and all(cells.get(cell) == 0 for cell in votes):
            yield Cause("votes-left-zero", votes, dict.fromkeys(votes))


def _vote_blocks(
    layout: Layout, cells: Mapping[str, int], check: Check
) -> Iterator[tuple[str, ...]]:
    """Blocks of votes a person fills at once: of all choices, of a party and its candidates."""
    if "valid" in check.cells:
        of_all = tuple(cell for c in layout.choices for cell in c.cells if cell in cells)
        totals = tuple(choice.counted_key for choice in layout.choices)
        valid = ("valid",) if cells.get("valid") == 0 else ()
        # Candidates may have been filled where only the totals were not.
        filled = any(cells.get(cell) for cell in of_all)
        yield (*(totals if filled else of_all), *valid)
    for choice in layout.choices:
        if choice.counted_key == check.total and len(choice.cells) > 1:
            yield check.parts


def _by_column(
    layout: Layout, cells: Mapping[str, int], row: Sequence[str]
) -> dict[str, int | None]:
    """What the cells of a row would be by the other rows of their column; None if unsaid."""
    across: dict[str, int | None] = dict.fromkeys(row)
    for check in layout.checks:
        if check.rule in ("R2", "R3") and all(cell in cells for cell in check.cells):
            across |= {cell: value for cell, value in _implied(cells, check) if cell in across}
    return across
