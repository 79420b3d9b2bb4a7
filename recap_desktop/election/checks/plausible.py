"""The largest figure each cell of a form can plausibly hold; above it a figure is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.checks.rules import VOTER_LIST
from recap_desktop.election.figures import counts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.election.definitions.forms import Layout


def most_plausible(layout: Layout) -> Mapping[str, int]:
    """Cell -> largest plausible figure, from the maximum of the edition (as R17).

    The voter list holds at most the maximum of voters. Every other row counts ballots, or people
    who each had one: no more come to a TPS than the maximum with its reserve, rounded up.
    """
    form = layout.form
    ballots = -(-form.maximum * (1000 + form.reserve) // 1000)
    return {
        cell: form.maximum if counts.row_key(cell) == VOTER_LIST else ballots
        for cell in layout.cells
    }
