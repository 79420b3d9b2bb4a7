"""Runs of figures that stand again on the form of a neighbour, in place or some boxes further on.

Whoever skips a box or a line while reading from the paper of another TPS, or turns only one of
two pages, leaves a run of equal figures behind. No sum betrays it: rows that repeat another row
of the same form are told by the rules and their hints (all 493 of Sumatera Selatan 2024 break a
sum), rows of a neighbour by nothing else.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from recap_desktop.election.checks.resemblance import (
    Kind,
    LookAlike,
    bits,
    free_cells,
    pairs_as_near,
    places,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.election.checks.resemblance import Reading
    from recap_desktop.election.definitions.forms import Layout

SHIFTS = (0, 1, 3)
"""In place, a box further on, a line of L, P and JML further on."""

WINDOW = 3
"""So many boxes in a row are looked up; shorter runs are chance."""

TELLING = 6.0
"""Bits that such a window must hold: of a party list most boxes are 0, 1 or 2, everywhere."""

NEWS = 8.0
"""Bits over chance from which on a run is told."""


class _Form(NamedTuple):
    """One form as figures in a row, what each weighs, and where windows begin that tell much."""

    reading: Reading
    figures: tuple[int | None, ...]
    weights: tuple[float, ...]
    telling: tuple[int, ...]


class Runs:
    """Looks for runs on the forms of one contest; what depends on the layout only is made once."""

    def __init__(self, layout: Layout) -> None:
        """Look on the forms of a layout."""
        self._cells = layout.cells
        free = set(free_cells(layout))
        self._is_free = tuple(cell in free for cell in layout.cells)

    def between(self, readings: Sequence[Reading], known: set[frozenset[str]]) -> list[LookAlike]:
        """Runs between the TPS of one desa; each pair is told once, by its longest run.

        Args:
            readings: in code order.
            known: pairs of which something stronger is told already.
        """
        forms = [self._form(reading) for reading in readings]
        index: dict[tuple[int, tuple[int | None, ...]], list[int]] = {}
        for number, form in enumerate(forms):
            for at in form.telling:
                index.setdefault((at, form.figures[at : at + WINDOW]), []).append(number)
        best: dict[frozenset[str], LookAlike] = {}
        for number, form in enumerate(forms):
            for at, shift in itertools.product(form.telling, SHIFTS):
                for other in index.get((at - shift, form.figures[at : at + WINDOW]), ()):
                    if other < number or (shift and other != number):
                        self._take(forms, (other, number), (at - shift, shift), best)
        return [found for pair, found in best.items() if pair not in known]

    def _form(self, reading: Reading) -> _Form:
        figures = tuple(map(reading.cells.get, self._cells))
        weights = tuple(
            bits((figure,)) if free and figure else 0.0
            for figure, free in zip(figures, self._is_free, strict=True)
        )
        telling = tuple(
            at
            for at in range(len(figures) - WINDOW + 1)
            if None not in figures[at : at + WINDOW] and sum(weights[at : at + WINDOW]) >= TELLING
        )
        return _Form(reading, figures, weights, telling)

    def _take(
        self,
        forms: Sequence[_Form],
        pair: tuple[int, int],
        where: tuple[int, int],
        best: dict[frozenset[str], LookAlike],
    ) -> None:
        """Judge the whole run that a window is a part of."""
        one, other = (forms[number] for number in pair)
        first, shift = where
        if first > 0 and one.figures[first - 1] == other.figures[first - 1 + shift] is not None:
            return
        end = first
        while (
            end + shift < len(self._cells)
            and one.figures[end] == other.figures[end + shift] is not None
        ):
            end += 1
        seldom = sum(other.weights[first + shift : end + shift])
        looked = pairs_as_near(len(forms), abs(pair[1] - pair[0])) * len(self._cells) * len(SHIFTS)
        margin = seldom - places(looked)
        key = frozenset((one.reading.tps, other.reading.tps))
        if margin < NEWS or (key in best and best[key].margin >= margin):
            return
        best[key] = LookAlike(
            Kind.SHIFTED if shift else Kind.PART,
            other.reading.tps,
            one.reading.tps,
            self._cells[first + shift : end + shift],
            self._cells[first:end] if shift else (),
            seldom,
            margin,
        )
