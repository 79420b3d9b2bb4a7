"""What the parts of a total add up to while a form is typed, to be shown beside the total."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.definitions.forms import CheckKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.election.definitions.forms import Check, Layout


class RunningSums:
    """Sums of the filled parts of each total of one contest's form.

    The total itself is typed as it stands on the paper and never filled in by the program.
    """

    def __init__(self, layout: Layout) -> None:
        """Choose for each total the identity with most parts; of equals the first (L + P)."""
        self._check: dict[str, Check] = {}
        for check in layout.checks:
            if check.kind is not CheckKind.EQUAL:
                continue
            known = self._check.get(check.total)
            if known is None or len(check.parts) > len(known.parts):
                self._check[check.total] = check

    @property
    def totals(self) -> frozenset[str]:
        """Cells that have a sum to be compared with."""
        return frozenset(self._check)

    def of(self, cells: Mapping[str, int]) -> dict[str, int]:
        """Total cell -> sum of its filled parts; a total none of whose parts is filled is absent."""
        sums = {}
        for total, check in self._check.items():
            filled = [cells[part] for part in check.parts if part in cells]
            if filled:
                sums[total] = sum(filled)
        return sums
