"""Blank cells where a figure is missing for certain: blocks of a form that are filled in part.

A sum whose total is filled and some of whose parts are blank is not judged as an identity. Where
the filled parts already make the total, the blank ones can only stand for nothing and are left
alone (KPPS leave boxes of 0 empty). Otherwise figures are missing.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.forms import CheckKind, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recap_desktop.election.definitions.forms import Check, Layout

ROW = "R1"


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum that may be filled in part (penjumlahan).

    Attributes:
        check: the identity.
        told: part -> parts of sums of which it is the total, where it is one: a part that is
            blank though all of those are filled is a finding of its own, and no gap.
    """

    check: Check
    told: Mapping[str, Sequence[tuple[str, ...]]]

    @property
    def may_be_left_out(self) -> bool:
        """Whether none of the parts need be written: L and P where only JML is known."""
        return self.check.rule == ROW

    @property
    def needs_total(self) -> bool:
        """Whether a total is missing as soon as some parts are filled.

        Of voters and users often only one row is published; votes are known whole or not at all.
        """
        return self.check.scope is Scope.VOTES

    def blank_in(self, cells: Mapping[str, int]) -> tuple[str, ...]:
        """Its cells that are blank and lack a figure; empty when nothing is missing."""
        check = self.check
        blank = [part for part in check.parts if part not in cells]
        if not blank or not any(self._is_untold(part, cells) for part in blank):
            return ()
        filled = [cells[part] for part in check.parts if part in cells]
        total = cells.get(check.total)
        if total is None:
            missing = bool(filled) and self.needs_total
            return (*blank, check.total) if missing else ()
        if sum(filled) == total or (self.may_be_left_out and not filled):
            return ()
        return tuple(part for part in blank if self._is_untold(part, cells))

    def _is_untold(self, part: str, cells: Mapping[str, int]) -> bool:
        told = self.told.get(part, ())
        return not any(all(below in cells for below in parts) for parts in told)


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing in the votes of a form, or in its administration.

    Attributes:
        scope: which of the two.
        blank: cells that lack a figure, in the order of the checks.
        lacking: the first sum that is filled in part, and what its filled parts make; None when
            no total that is filled lacks a part.
        rests: blank cell -> what is left for it, where it is the only one of a sum.
    """

    scope: Scope
    blank: tuple[str, ...]
    lacking: tuple[str, int] | None
    rests: Mapping[str, int]


@functools.lru_cache(maxsize=64)
def sums_of(checks: tuple[Check, ...]) -> tuple[Sum, ...]:
    """The sums of a form that can be filled in part: identities with more than one part."""
    equal = [check for check in checks if check.kind is CheckKind.EQUAL]
    parts_of: dict[str, list[tuple[str, ...]]] = {}
    for check in equal:
        parts_of.setdefault(check.total, []).append(check.parts)
    return tuple(
        Sum(check, {part: parts_of[part] for part in check.parts if part in parts_of})
        for check in equal
        if len(check.parts) > 1
    )


def gaps(layout: Layout, cells: Mapping[str, int]) -> list[Gap]:
    """What is missing on a form that somebody began to fill: at most one gap a scope."""
    if not cells or len(cells) == len(layout.cells):
        return []
    found = [(sum_, sum_.blank_in(cells)) for sum_ in sums_of(layout.checks)]
    return [
        _gap(scope, in_scope, cells)
        for scope in Scope
        if (in_scope := [(s, blank) for s, blank in found if blank and s.check.scope is scope])
    ]


def _gap(
    scope: Scope, found: Sequence[tuple[Sum, tuple[str, ...]]], cells: Mapping[str, int]
) -> Gap:
    lacking = None
    rests: dict[str, int] = {}
    for sum_, blank in found:
        total = sum_.check.total
        if total in cells:
            filled = sum(cells.get(part, 0) for part in sum_.check.parts)
            lacking = lacking or (total, filled)
            if filled < cells[total] and sum(p not in cells for p in sum_.check.parts) == 1:
                rests.setdefault(blank[0], cells[total] - filled)
    return Gap(scope, tuple(dict.fromkeys(c for _, b in found for c in b)), lacking, rests)
