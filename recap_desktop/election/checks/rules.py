"""The rule book: what does not add up on a form, or beside it, as findings (temuan).

A rule returns findings. It never raises, never stops a save and never changes a figure
(PKPU: the number is recorded as it is written, and corrected in the plenary).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.election.checks import causes, gaps, hints, relations, slips
from recap_desktop.election.checks.hints import Hint
from recap_desktop.election.definitions.forms import CHOICES, COLUMNS, Scope, Severity
from recap_desktop.election.figures import counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from recap_desktop.election.checks.gaps import Gap
    from recap_desktop.election.definitions.contests import Station
    from recap_desktop.election.definitions.forms import Check, Layout, Row

ROW, SUM, OTHER_LIST, OTHER_CONTEST, UNLIKELY = "R1", "R13", "R15", "R16", "R17"
INCOMPLETE, STRUCK = "R18", "R19"
VOTER_LIST = "voters.dpt"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not fit (temuan).

    Attributes:
        rule: ``R1`` ... ``R20``.
        severity: error when the paper contradicts itself, warning when it is only unlikely.
        scope: votes and administration are judged apart.
        cells: what it speaks of, the compared cell first; of R18 the blank cells, then the
            total that is filled.
        expected: what adds up; of R18 that total; of a bound the most (or the upper cell's figure); None when
            nothing is compared.
        found: what is written, of R18 what the filled cells make; None when the cell is blank.
        hints: what could explain it, best first.
        beside: ids of the contests that say otherwise (R16); else empty.
    """

    rule: str
    severity: Severity
    scope: Scope
    cells: tuple[str, ...]
    expected: int | None
    found: int | None
    hints: tuple[Hint, ...] = ()
    beside: tuple[str, ...] = ()


def judge(
    layout: Layout, cells: Mapping[str, int], *, voters: Mapping[str, int] | None = None
) -> tuple[Finding, ...]:
    """Everything on one form that does not fit (R1-R12, R14, R17-R20), in paper order.

    Errors hold of sums of forms as well; warnings speak of one TPS.

    Args:
        layout: of the contest.
        cells: as written.
        voters: the DPT of this TPS by cell where the definition knows it, to explain by.
    """
    broken = relations.broken(layout.checks, cells)
    empty = counts.is_all_zero(cells)
    missing = gaps.gaps(layout, cells)
    struck = [cell for cell in layout.struck if cells.get(cell)]
    if not (broken or empty or missing or struck):
        return ()
    explained = hints.explain(layout, cells, broken, voters=voters)
    found = [_of_check(check, cells, why) for check, why in zip(broken, explained, strict=True)]
    found += [_of_gap(layout, cells, gap) for gap in missing]
    found += [
        Finding(STRUCK, Severity.WARNING, Scope.VOTES, (cell,), 0, cells[cell]) for cell in struck
    ]
    if empty:
        found.append(_never_came(layout, cells))
    return _in_paper_order(layout, found)


def known_voters(layout: Layout, station: Station) -> dict[str, int]:
    """The DPT that the definition has for a TPS, by cell of the form; unknown is absent."""
    row = layout.form.row(VOTER_LIST)
    both = (station.dpt_l, station.dpt_p, station.dpt)
    numbers = both if row.split else both[-1:]
    return {cell: n for cell, n in zip(row.cells, numbers, strict=True) if n is not None}


def judge_at(
    layout: Layout, cells: Mapping[str, int], *, station: Station, siblings: Sequence[Station]
) -> tuple[Finding, ...]:
    """What does not fit on the form of one TPS, its DPT held against the definition's (R15).

    Another DPT is said once: where it also is what makes the row not add up, the error says it
    with its hint; what is only unlikely because of it (R14, R17) is not said beside it.

    Args:
        layout: of the contest.
        cells: as written.
        station: the TPS the form was typed for.
        siblings: the TPS of the same desa, itself among them or not.
    """
    found = judge(layout, cells, voters=known_voters(layout, station))
    by_list = [f for f in found if any(hint.code == causes.VOTER_LIST for hint in f.hints)]
    if any(f.rule == ROW and counts.row_key(f.cells[0]) == VOTER_LIST for f in by_list):
        beside: tuple[Finding, ...] = ()
    else:
        beside = judge_beside(layout, cells, station=station, siblings=siblings)
    left = [f for f in found if f not in by_list or f.severity is Severity.ERROR]
    return _in_paper_order(layout, [*left, *beside])


def judge_beside(
    layout: Layout, cells: Mapping[str, int], *, station: Station, siblings: Sequence[Station]
) -> tuple[Finding, ...]:
    """R15: the DPT on the form against the DPT of this TPS in the definition, once for the row.

    Args:
        layout: of the contest.
        cells: as written.
        station: the TPS the form was typed for.
        siblings: the TPS of the same desa, itself among them or not.
    """
    row = layout.form.row(VOTER_LIST)
    typed = {cell: cells[cell] for cell in row.cells if cell in cells}
    known = known_voters(layout, station)
    wrong = _unequal(row, typed, known)
    if not wrong:
        return ()
    elsewhere = [
        Hint("other-station", tuple(typed), tps=other.tps)
        for other in siblings
        if other.tps != station.tps and _fits(typed, known_voters(layout, other))
    ]
    return (_of_row(OTHER_LIST, row, wrong, typed=typed, meant=known, first=elsewhere),)


def same_cells(layout: Layout) -> tuple[str, ...]:
    """Cells that say the same in every contest of one TPS (``form.same``)."""
    return tuple(cell for key in layout.form.same for cell in layout.form.row(key).cells)


def judge_other_contest(
    layout: Layout,
    cells: Mapping[str, int],
    *,
    own: str,
    others: Mapping[str, Mapping[str, int]],
    voters: Mapping[str, int] | None = None,
) -> tuple[Finding, ...]:
    """R16: rows that are the same in every contest of one TPS (``form.same``).

    Where most contests agree, the one that does not is named, at its own form. Where as many
    say one thing as another, each side is named once, at the first contest by id.

    Args:
        layout: of the contest that is judged.
        cells: as written.
        own: id of the contest.
        others: contest id -> the cells of the same TPS there.
        voters: cells whose figure the definition knows: R15 speaks of those.
    """
    if not others:
        return ()
    contests = dict(sorted({**others, own: cells}.items()))
    found = []
    for row in layout.form.rows:
        if row.key not in layout.form.same:
            continue
        asked = [cell for cell in row.cells if cell not in (voters or {})]
        beside = {cell: _others_say(cell, own, contests) for cell in asked}
        meant = {cell: contests[them[0]][cell] for cell, them in beside.items() if them}
        wrong = _unequal(row, cells, meant)
        if wrong:
            finding = _of_row(OTHER_CONTEST, row, wrong, typed=cells, meant=meant)
            found.append(replace(finding, beside=beside[wrong[0]]))
    return _in_paper_order(layout, found)


def _others_say(cell: str, own: str, contests: Mapping[str, Mapping[str, int]]) -> tuple[str, ...]:
    """The contests that a contest should be held against in a cell; none when it is not odd."""
    sides: dict[int, list[str]] = {}
    for contest, cells in contests.items():
        if cell in cells:
            sides.setdefault(cells[cell], []).append(contest)
    number = contests[own].get(cell)
    if number is None or len(sides) == 1:
        return ()
    most = max(len(side) for side in sides.values())
    largest = [side for side in sides.values() if len(side) == most]
    if len(largest) == 1:
        return () if own in largest[0] else tuple(largest[0])
    if sides[number][0] != own:
        return ()
    return tuple(next(side for side in largest if own not in side))


def judge_sum(
    layout: Layout, cells: Mapping[str, int], *, children: Mapping[str, Mapping[str, int]]
) -> tuple[Finding, ...]:
    """R13: a cell of a unit is the sum of the filled cells of the units next below it.

    Args:
        layout: of the contest.
        cells: of the unit, as stored or as typed from its D.HASIL.
        children: code of a unit or TPS below -> its cells.
    """
    found = []
    for row in layout.form.rows:
        for cell in _row_cells(layout, row):
            filled = {code: below[cell] for code, below in children.items() if cell in below}
            written, wanted = cells.get(cell), sum(filled.values()) if filled else None
            if written != wanted:
                why = () if written is None or wanted is None else _below(cell, written, filled)
                found.append(Finding(SUM, Severity.ERROR, row.scope, (cell,), wanted, written, why))
    return tuple(found)


def _of_check(check: Check, cells: Mapping[str, int], why: tuple[Hint, ...]) -> Finding:
    return Finding(
        check.rule,
        relations.severity(check, cells),
        check.scope,
        check.cells,
        relations.expected(check, cells),
        relations.found(check, cells),
        why,
    )


def _of_gap(layout: Layout, cells: Mapping[str, int], gap: Gap) -> Finding:
    """R18: the blank cells in paper order, last the total that shows that a figure is missing."""
    blank = tuple(cell for cell in layout.cells if cell in gap.blank)
    why = [Hint("rest-left-blank", (cell,), value=rest) for cell, rest in gap.rests.items()]
    if gap.lacking is None:
        return Finding(INCOMPLETE, Severity.ERROR, gap.scope, blank, None, None)
    total, filled = gap.lacking
    told = (*blank, total)
    hinted = tuple(why[: hints.MOST])
    return Finding(INCOMPLETE, Severity.ERROR, gap.scope, told, cells[total], filled, hinted)


def _never_came(layout: Layout, cells: Mapping[str, int]) -> Finding:
    """An all-zero form usually was never delivered; blank, 0 and X are three things."""
    written = tuple(cell for cell in layout.cells if cell in cells)
    why = Hint("not-delivered", written, written=0)
    return Finding(UNLIKELY, Severity.WARNING, Scope.VOTES, written, None, 0, (why,))


def _in_paper_order(layout: Layout, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """By the place of the first cell on the paper; of one cell errors before warnings."""
    place = {cell: at for at, cell in enumerate(layout.cells)}
    return tuple(sorted(found, key=lambda f: (place[f.cells[0]], f.severity is not Severity.ERROR)))


def _row_cells(layout: Layout, row: Row) -> tuple[str, ...]:
    if row.key != CHOICES:
        return row.cells
    return tuple(cell for choice in layout.choices for cell in choice.cells)


def _unequal(row: Row, typed: Mapping[str, int], meant: Mapping[str, int]) -> tuple[str, ...]:
    """Cells of a row that say otherwise, both sexes together first."""
    return tuple(
        cell
        for cell in row.cells[::-1]
        if cell in typed and cell in meant and typed[cell] != meant[cell]
    )


def _of_row(
    rule: str,
    row: Row,
    wrong: tuple[str, ...],
    *,
    typed: Mapping[str, int],
    meant: Mapping[str, int],
    first: Sequence[Hint] = (),
) -> Finding:
    """One warning for all cells of a row that say otherwise than what stands beside the form."""
    why = dict.fromkeys(
        (*first, *(hint for cell in wrong for hint in _slipped(cell, typed, meant)))
    )
    return Finding(
        rule,
        Severity.WARNING,
        row.scope,
        wrong,
        meant[wrong[0]],
        typed[wrong[0]],
        tuple(why)[: hints.MOST],
    )


def _fits(typed: Mapping[str, int], known: Mapping[str, int]) -> bool:
    return bool(known) and all(known.get(cell) == number for cell, number in typed.items())


def _slipped(cell: str, written: Mapping[str, int], meant: Mapping[str, int]) -> tuple[Hint, ...]:
    """How the figure of one cell could have become another that stands elsewhere."""
    row, column = counts.row_key(cell), counts.column(cell)
    if column in COLUMNS[:2]:
        pair = (cell, f"{row}.{COLUMNS[1] if column == COLUMNS[0] else COLUMNS[0]}")
        crossed = [(written.get(one), meant.get(other)) for one, other in (pair, pair[::-1])]
        if all(is_ == was is not None for is_, was in crossed):
            return (Hint("sexes-exchanged", pair, written=written[cell], value=meant[cell]),)
    code = slips.slip(written[cell], meant[cell])
    return (Hint(code, (cell,), written=written[cell], value=meant[cell]),) if code else ()


def _below(cell: str, written: int, below: Mapping[str, int]) -> tuple[Hint, ...]:
    """A unit below that was left out or added twice, or a slip in the total itself."""
    wanted = sum(below.values())
    away = written - wanted
    found = [
        Hint(code, (cell,), written=written, value=wanted, tps=unit)
        for unit, number in below.items()
        for code, left in (("unit-left-out", -number), ("unit-twice", number))
        if number and left == away
    ]
    code = slips.slip(written, wanted)
    if code:
        found.append(Hint(code, (cell,), written=written, value=wanted))
    return tuple(found[: hints.MOST])
