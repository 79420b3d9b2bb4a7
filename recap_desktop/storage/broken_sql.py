"""What the rules call an error, as SQL: the column ``broken`` of the table of tallies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.checks.gaps import sums_of
from recap_desktop.election.definitions.forms import CheckKind, Scope, Severity
from recap_desktop.storage.station_lists import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recap_desktop.election.checks.gaps import Sum
    from recap_desktop.election.definitions.forms import Check, Layout


def broken_sql(layout: Layout) -> str:
    """An SQL expression: how many errors the figures of a row have, as ``rules.judge`` counts."""
    errors = [_check(check) for check in layout.checks if check.severity is Severity.ERROR]
    for scope in Scope:
        sums = [sum_ for sum_ in sums_of(layout.checks) if sum_.check.scope is scope]
        if sums:
            errors.append(f"({' OR '.join(map(_lacks_a_figure, sums))})")
    return " + ".join(errors) or "0"


def _check(check: Check) -> str:
    """1 where a check is broken, else 0.

    Blank cells are NULL: a relation with one is not judged, but an identity whose parts are all
    filled and whose total is blank is broken, unless its whole block is blank.
    """
    terms, low, high = check.linear
    total = " + ".join(f"{factor} * {quoted(cell)}" for factor, cell in terms)
    bounds = []
    if low is not None:
        bounds.append(f"({total}) < {low}")
    if high is not None:
        bounds.append(f"({total}) > {high}")
    broken = f"coalesce({' OR '.join(bounds)}, 0)"
    if check.unless:
        return f"({quoted(check.unless)} IS NULL AND {broken})"
    if check.kind is not CheckKind.EQUAL:
        return broken
    blank = f"{quoted(check.total)} IS NULL AND {_all(check.parts)}"
    if check.block:
        blank += f" AND NOT ({_none(check.block)})"
    return f"({broken} OR ({blank}))"


def _lacks_a_figure(sum_: Sum) -> str:
    """1 where ``Sum.blank_in`` finds a blank cell; of a form that is filled it asks no further."""
    total, parts = quoted(sum_.check.total), sum_.check.parts
    any_filled = f"NOT ({_none(parts)})"
    unequal = f"{' + '.join(f'ifnull({quoted(part)}, 0)' for part in parts)} <> {total}"
    if sum_.may_be_left_out:
        unequal = f"{unequal} AND {any_filled}"
    without = any_filled if sum_.needs_total else "0"
    untold = " OR ".join(_untold(part, sum_.told.get(part, ())) for part in parts)
    return (
        f"CASE WHEN ({' + '.join(map(quoted, parts))}) IS NULL THEN ({untold}) AND "
        f"CASE WHEN {total} IS NULL THEN {without} ELSE {unequal} END ELSE 0 END"
    )


def _untold(part: str, told: Iterable[tuple[str, ...]]) -> str:
    of_parts = "".join(f" AND NOT ({_all(parts)})" for parts in told)
    return f"({quoted(part)} IS NULL{of_parts})"


def _none(cells: Iterable[str]) -> str:
    return " AND ".join(f"{quoted(cell)} IS NULL" for cell in cells)


def _all(cells: Iterable[str]) -> str:
    return " AND ".join(f"{quoted(cell)} IS NOT NULL" for cell in cells)
