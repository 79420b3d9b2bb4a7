"""Which blank cells one key may fill with 0: never a total, never the voter list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.checks.rules import VOTER_LIST
from recap_desktop.election.definitions.forms import CheckKind
from recap_desktop.election.figures import counts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recap_desktop.election.definitions.forms import Layout


def fillable_with_zero(layout: Layout, blank: Iterable[str]) -> list[str]:
    """Those of some blank cells that a person who says "the rest is 0" can only mean so.

    A total is what the paper says and is typed from it; the DPT of a TPS is not 0.
    """
    totals = {check.total for check in layout.checks if check.kind is CheckKind.EQUAL}
    return [cell for cell in blank if cell not in totals and counts.row_key(cell) != VOTER_LIST]
