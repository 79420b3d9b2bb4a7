"""What holds of every form: valid ones have no finding, one changed number is always seen."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recap_desktop.election.checks import gaps, hints, relations, rules
from recap_desktop.election.definitions.contests import Station
from recap_desktop.election.definitions.forms import CheckKind, Layout, Severity
from recap_desktop.election.figures import counts
from tests.election.valid_forms import EDITIONS, layout_of, make_valid, party_layout, valid_cells

if TYPE_CHECKING:
    from tests.conftest import Golden

LAYOUTS = {**{edition: layout_of(edition) for edition in EDITIONS}, "parties": party_layout()}

every_layout = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@every_layout
@some
@given(data=st.data())
def test_a_valid_form_has_no_finding(layout: Layout, data: st.DataObject) -> None:
    cells = data.draw(valid_cells(layout))

    assert set(cells) == set(layout.cells)
    assert rules.judge(layout, cells) == ()


@every_layout
@some
@given(data=st.data())
def test_the_sum_of_valid_forms_is_valid_by_every_identity_and_bound(
    layout: Layout, data: st.DataObject
) -> None:
    forms = data.draw(st.lists(valid_cells(layout), min_size=2, max_size=5))

    total: Counter[str] = Counter()
    for cells in forms:
        total.update(cells)

    assert [f for f in rules.judge(layout, total) if f.severity is Severity.ERROR] == []
    children = {f"{n:03d}": cells for n, cells in enumerate(forms)}
    assert rules.judge_sum(layout, total, children=children) == ()


@every_layout
@some
@given(data=st.data())
def test_one_changed_number_breaks_a_rule(layout: Layout, data: st.DataObject) -> None:
    cells = data.draw(valid_cells(layout))
    cell = data.draw(st.sampled_from(layout.cells))
    number = data.draw(st.integers(0, 999).filter(lambda n: n != cells[cell]))

    found = rules.judge(layout, cells | {cell: number})

    assert any(cell in finding.cells for finding in found if finding.severity is Severity.ERROR)


@every_layout
@some
@given(data=st.data())
def test_the_linear_form_of_a_check_says_the_same(layout: Layout, data: st.DataObject) -> None:
    """SQL and other readers judge by ``Check.linear``; a blank total is a rule of its own."""
    cells = dict(data.draw(valid_cells(layout)))
    for cell in data.draw(st.lists(st.sampled_from(layout.cells), max_size=6)):
        cells[cell] += data.draw(st.integers(-min(3, cells[cell]), 40))
    for cell in data.draw(st.lists(st.sampled_from(layout.cells), max_size=3)):
        cells.pop(cell, None)

    found = [f for f in rules.judge(layout, cells) if f.rule != rules.INCOMPLETE]
    by_judge = Counter((f.rule, f.cells) for f in found)

    by_line: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for check in layout.checks:
        if check.unless and (check.unless in cells or check.total not in cells):
            continue
        terms, low, high = check.linear
        if all(cell in cells for _, cell in terms):
            total = sum(n * cells[cell] for n, cell in terms)
            if (low is not None and total < low) or (high is not None and total > high):
                by_line[check.rule, check.cells] += 1
        elif check.kind is CheckKind.EQUAL and check.total not in cells:
            by_line[check.rule, check.cells] += all(part in cells for part in check.parts)
    assert by_judge == +by_line


@every_layout
@some
@given(data=st.data())
def test_a_hint_mends_its_finding_and_changes_nothing(layout: Layout, data: st.DataObject) -> None:
    cells = dict(data.draw(valid_cells(layout)))
    for cell in data.draw(st.lists(st.sampled_from(layout.cells), min_size=1, max_size=3)):
        cells[cell] = data.draw(st.integers(0, 999))
    before = dict(cells)

    broken = relations.broken(layout.checks, cells)
    explained = hints.explain(layout, cells, broken)

    assert cells == before
    for check, why in zip(broken, explained, strict=True):
        assert len(why) <= hints.MOST
        for hint in why:
            assert hint.written == cells.get(hint.cells[0])
            if hint.value is not None and len(hint.cells) == 1:
                assert relations.holds(check, cells | {hint.cells[0]: hint.value})


@every_layout
@some
@given(data=st.data())
def test_what_explains_everything_stands_first(layout: Layout, data: st.DataObject) -> None:
    """One wrong cell breaks several identities; the first hint of each mends all of them."""
    cells = data.draw(valid_cells(layout))
    cell = data.draw(st.sampled_from(layout.cells))
    number = data.draw(st.integers(0, 999).filter(lambda n: n != cells[cell]))
    wrong = cells | {cell: number}

    for finding in rules.judge(layout, wrong):
        hint = finding.hints[0] if finding.hints else None
        if finding.rule in ("R1", "R2", "R6", "R7") and hint:
            mended = wrong | {c: n for c, n in [(hint.cells[0], hint.value)] if n is not None}
            left = [f for f in rules.judge(layout, mended) if f.severity is Severity.ERROR]
            assert not left or len(hint.cells) > 1

    assert any(f.hints for f in rules.judge(layout, wrong))


def _seen(layout: Layout, cells: dict[str, int], station: Station | None) -> bool:
    """Whether an error shows it, or with a station also a warning of R14 or R15."""
    broken = relations.broken(layout.checks, cells)
    if any(check.severity is Severity.ERROR for check in broken) or gaps.gaps(layout, cells):
        return True
    if station is None:
        return False
    return bool(broken or rules.judge_beside(layout, cells, station=station, siblings=()))


def _other_numbers(written: int, rng: random.Random) -> list[int]:
    near = [written + step for step in (-100, -10, -1, 1, 10, 100)]
    return sorted({n for n in (*near, 0, rng.randint(0, 999)) if n >= 0 and n != written})


def _unseen(layout: Layout) -> dict[str, set[str]]:
    """Cells where at least one change of a valid form was seen by no rule, by how it was tried."""
    rng = random.Random(20241127)
    unseen: dict[str, set[str]] = {}
    for _ in range(25):
        whole = make_valid(layout, rng.randint)
        station = Station("1601072001001", whole["voters.dpt.l"], whole["voters.dpt.p"])
        both = {cell: n for cell, n in whole.items() if counts.column(cell) not in ("l", "p")}
        for where, cells in (("all cells filled", whole), ("L and P left blank", both)):
            for how, beside in (("errors", None), ("errors, R14 and R15", station)):
                changed = unseen.setdefault(f"{where}; another number; {how}", set())
                blanked = unseen.setdefault(f"{where}; made blank; {how}", set())
                for cell, written in cells.items():
                    for number in _other_numbers(written, rng):
                        if not _seen(layout, cells | {cell: number}, beside):
                            changed.add(cell)
                    without = {key: n for key, n in cells.items() if key != cell}
                    # A blank that stands for 0 makes no difference, and is left alone.
                    if written and not _seen(layout, without, beside):
                        blanked.add(cell)
    return unseen


@every_layout
def test_cells_that_no_rule_can_see_are_known(
    layout: Layout, golden: Golden, request: pytest.FixtureRequest
) -> None:
    """Found by changing every cell of random valid forms in many ways."""
    lines: list[str] = []
    for title, cells in _unseen(layout).items():
        unseen = [cell for cell in layout.cells if cell in cells]
        lines += [f"# {title}", *(unseen or ["(none)"]), ""]
    golden(f"unseen-cells-{request.node.callspec.id}.txt", "\n".join(lines))
