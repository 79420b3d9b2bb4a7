"""What stood where a record was made, so that it can be said what the record changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.figures.tallies import State, tally_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.election.records.journal import Record


def figures_before(record: Record, known: Mapping[str, Record]) -> Mapping[str, int] | None:
    """The one set of figures that stood where a record was made; None where there was not one.

    What stood is the fold of the records it names, whatever the order of their ids.

    Args:
        record: an entry or a ruling.
        known: records of its subject by id.
    """
    replaced = [known[key] for key in record.over if key in known]
    before = tally_of(replaced, double_entry=False)
    return None if before.state in (State.DIFFERS, State.CONFLICT) else before.cells
