"""Makes the files that lie inside the PDF of a close: its proof, and the figures of every TPS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.definitions.definition_data import contest_data
from recap_desktop.election.definitions.regions import Level, level_of
from recap_desktop.election.figures.results import Stamp, results_of
from recap_desktop.election.figures.tallies import EMPTY, leaf
from recap_desktop.election.papers import inside_sheets
from recap_desktop.election.records.canonical import canonical
from recap_desktop.foreign.results_tables import STATIONS, stations_table
from recap_desktop.office.plenary.revisions import contest_hash
from recap_desktop.paper.attached import Attached

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.office.papers.book_making import Makings

_WITH_TABLE = frozenset({Level.DESA, Level.KECAMATAN})
"""Above the kecamatan a book has one sheet, and the table of all TPS would be most of its file."""


def files_inside(makings: Makings, tallied: Mapping[str, Tally]) -> tuple[Attached, ...]:
    """The files of the papers of a close; none for a draft, which proves nothing.

    Nor for the sheet of one desa of a contest that was closed as a whole: the root is over all
    its TPS.

    Args:
        makings: what the papers are made from.
        tallied: TPS -> tally; a TPS that is absent is empty.
    """
    revision = makings.revision
    if revision is None or makings.desa not in ("", revision.unit):
        return ()
    election, contest_id = makings.election, makings.contest_id
    stations = [station.tps for station in election.stations_of(contest_id, revision.unit)]
    digest, mode = contest_hash(election, contest_id), election.mode.value
    contest = contest_data(election.contest(contest_id))
    proof = inside_sheets.inside(
        revision.record,
        makings.office,
        definition=canonical({"contest": contest, "form": election.form(contest_id).data}),
        post_key=makings.post_key,
        leaves=(leaf(digest, mode, tps, tallied.get(tps, EMPTY)) for tps in stations),
    )
    words = makings.words
    about = words["sheet.inside.proof"]
    files = [Attached.of(inside_sheets.FILE, about, "application/json", proof)]
    if level_of(revision.unit) in _WITH_TABLE:
        stamp = Stamp(revision.record.time, revision.number, revision.head)
        tallies = ((tps, tallied.get(tps, EMPTY)) for tps in stations)
        results = results_of(election, contest_id, revision.unit, stamp=stamp, tallies=tallies)
        about = words["sheet.inside.stations"]
        files.append(Attached.of(STATIONS, about, "text/csv", stations_table(results)))
    return tuple(files)
