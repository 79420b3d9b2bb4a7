"""What could explain that a form does not add up: causes, tried on the form and ranked.

A cause is a correction that somebody's known slip would call for. It is tried on a copy of the
cells; what it mends and what it breaks decides its rank, then how telling the slip is. A hint
points at cells and never changes one. The slips are those measured on published C.HASIL
figures: Situng 2019 (typed), Sirekap 2024 (read by machine), Pilkada 2015 (typed).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.checks import causes, plausibility, relations
from recap_desktop.election.definitions.forms import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from recap_desktop.election.checks.causes import Cause
    from recap_desktop.election.definitions.forms import Check, Layout

MOST = 3
"""Most hints that one finding carries."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing that could explain a finding.

    Attributes:
        code: of the sentence, ``hint.<code>`` in resources/words.
        cells: where to look; the first is the one a new figure is meant for.
        written: what stands in the first cell, None when it is blank.
        value: what it would be if the hint were true; None when that cannot be said.
        tps: another TPS the figures may belong to, or the unit below that differs.
    """

    code: str
    cells: tuple[str, ...]
    written: int | None = None
    value: int | None = None
    tps: str = ""


@dataclass(frozen=True, slots=True)
class _Trial:
    """A cause tried on the form: what would still be broken if it were true."""

    cause: Cause
    errors: int
    warnings: int
    odd: int
    still: frozenset[int]

    @property
    def left(self) -> tuple[int, int]:
        return self.errors, self.warnings

    @property
    def rank(self) -> tuple[int, int, int, int]:
        return self.errors, self.warnings, self.odd, causes.RANK[self.cause.code]


def explain(
    layout: Layout,
    cells: Mapping[str, int],
    broken: Sequence[Check],
    *,
    voters: Mapping[str, int] | None = None,
) -> tuple[tuple[Hint, ...], ...]:
    """For each broken check its hints, best first, at most ``MOST``.

    A hint belongs to a check when its correction makes that check hold and leaves less wrong
    than before. First stands what leaves the fewest errors on the whole form, then the fewest
    warnings, then the form that is least odd, then the more convincing slip, then paper order.

    Args:
        layout: of the contest.
        cells: as written.
        broken: checks that do not hold.
        voters: the DPT of the TPS by cell where the definition knows it.
    """
    before = _count(broken)
    tried = itertools.chain.from_iterable(
        itertools.chain(
            causes.causes_of(layout, cells, check, voters or {}),
            causes.by_voter_list(cells, check, voters or {}),
        )
        for check in broken
    )
    trials = [
        trial
        for trial in _trials(layout, cells, broken, tried=tried, voters=voters or {})
        if trial.left < before
    ]
    trials.sort(key=lambda trial: trial.rank)
    explained: list[tuple[Hint, ...]] = []
    for check in broken:
        fitting = (trial.cause for trial in trials if id(check) not in trial.still)
        explained.append(
            tuple(_hint(c, cells) for c in itertools.islice(_different(fitting), MOST))
        )
    return tuple(explained)


def _trials(
    layout: Layout,
    cells: Mapping[str, int],
    broken: Sequence[Check],
    *,
    tried: Iterable[Cause],
    voters: Mapping[str, int],
) -> Iterator[_Trial]:
    touching: dict[str, list[Check]] = {}
    for check in layout.checks:
        for cell in check.cells:
            touching.setdefault(cell, []).append(check)
    for cause in tried:
        then = {cell: n for cell, n in ({**cells, **cause.changes}).items() if n is not None}
        touched = {id(c): c for cell in cause.changes for c in touching.get(cell, ())}
        left = [check for check in broken if id(check) not in touched]
        left += relations.broken(touched.values(), then)
        odd = plausibility.oddities(layout.form, then, voters=voters)
        yield _Trial(cause, *_count(left), odd, frozenset(map(id, left)))


def _count(checks: Iterable[Check]) -> tuple[int, int]:
    """How many errors and how many warnings."""
    severities = [check.severity for check in checks]
    errors = severities.count(Severity.ERROR)
    return errors, len(severities) - errors


def _different(fitting: Iterable[Cause]) -> Iterator[Cause]:
    """Of several that would change the same cells in the same way, the first."""
    seen: set[frozenset[tuple[str, int | None]]] = set()
    for cause in fitting:
        key = frozenset(cause.changes.items())
        if key not in seen:
            seen.add(key)
            yield cause


def _hint(cause: Cause, cells: Mapping[str, int]) -> Hint:
    return Hint(cause.code, cause.cells, written=cells.get(cause.cells[0]), value=cause.value)
