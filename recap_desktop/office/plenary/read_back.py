"""The read-back of a form in the plenary: what is said aloud once more before it is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.forms import jml
from recap_desktop.election.definitions.regions import Level, level_of
from recap_desktop.election.figures.counts import crossed_out
from recap_desktop.election.records.plenary import Phase
from recap_desktop.office.plenary.plenaries import plenary
from recap_desktop.office.plenary.revisions import closed_units, is_closed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.office.opening import Office
    from recap_desktop.office.plenary.reading import Comparison, Values

_ROWS = ("voters.dpt", "users.total")
_SUMS = ("valid", "invalid", "cast")


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the read-back (pembacaan ulang).

    Attributes:
        cell: what it is about.
        figure: as it was typed now; None is blank.
        before: every value that stood before, where it is another one; else empty.
        crossed: whether its boxes are crossed out on the paper.
        copied: every value in a salinan, where it is another one; else empty.
    """

    cell: str
    figure: int | None
    before: Values = ()
    crossed: bool = False
    copied: Values = ()


def read_back(
    office: Office, contest_id: str, cells: Mapping[str, int], comparison: Comparison
) -> list[Said]:
    """The lines to say aloud: votes of each choice, their sums, and every cell that differs.

    Of a party its total is said, as in the hall; what differs below it is said too.
    """
    layout = office.election.layout(contest_id)
    keys = {row.key for row in layout.form.rows}
    spoken = {jml(layout.form, key) for key in _ROWS if key in keys}
    spoken |= {choice.counted_key for choice in layout.choices}
    spoken |= {key for key in _SUMS if key in keys}
    crossed = crossed_out(cells)
    return [
        Said(
            cell,
            cells.get(cell),
            comparison.differing.get(cell, ((), None))[0],
            crossed=cell in crossed,
            copied=comparison.copies.get(cell, ((), None))[0],
        )
        for cell in layout.cells
        if cell in spoken or cell in comparison.differing or cell in comparison.copies
    ]


def is_in_session(office: Office) -> bool:
    """Whether the hall listens now: forms are read out, not typed to prepare."""
    return plenary(office).phase is Phase.OPEN


def reads_stations(office: Office) -> bool:
    """Whether TPS are read out now: above a kecamatan the results of offices below are instead.

    (Perbawaslu 17/2020 Pasal 23.)
    """
    return level_of(office.code) is Level.KECAMATAN and is_in_session(office)


def next_unread(office: Office, contest_id: str, *, after: str, under: str = "") -> str:
    """The next TPS that is to be read out, in a unit or in all that is open; else empty."""
    lists = office.file.contests[contest_id].lists
    if under:
        closed = is_closed(office, contest_id, under)
        return "" if closed else lists.next_unread(after, under=under)
    if office.code in closed_units(office, contest_id):
        return ""
    found = lists.next_unread(after, under=office.code)
    return found if found and not is_closed(office, contest_id, found) else ""
