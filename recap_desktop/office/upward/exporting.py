"""Results written for other people's programs: NIST ERR v2 JSON, and CSV with a data dictionary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop import __version__
from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.election.figures.results import Results, Stamp, results_of
from recap_desktop.election.figures.tallies import State
from recap_desktop.exchange.whole_files import write_whole_parts
from recap_desktop.foreign import results_tables
from recap_desktop.foreign.err_v2 import err_report
from recap_desktop.office.language import load_words
from recap_desktop.office.plenary.revisions import election_of, tallies_at
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.office.opening import Office
    from recap_desktop.office.plenary.revisions import Revision

ERR_FILE = "err-v2.json"
PROGRAM = f"recap-desktop/{__version__}"
"""What names this program in what it writes."""

_LANGUAGE = "id"
"""What leaves the office is worded in Bahasa Indonesia whatever the screen speaks."""
_COLUMNS = (
    *("tps", "kode_desa", "nomor_tps", "keadaan", "dihitung"),
    *("tingkat", "kode", "nama", "jumlah_tps", "tps_dihitung", "sel", "tps_kosong"),
)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    Attributes:
        paths: the files.
        results: what they hold.
    """

    paths: tuple[Path, ...]
    results: Results


def read_results(office: Office, contest_id: str, *, revision: Revision | None = None) -> Results:
    """The results of a contest as of a revision, or as they stand now.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    office.require_contest(contest_id)
    if revision is None:
        stamp = Stamp(office.now())
        tallies: Iterable[tuple[str, Tally]] = _standing(office, contest_id)
    else:
        stamp = Stamp(revision.record.time, revision.number, revision.head)
        tallies = tallies_at(office, contest_id, revision)
    return results_of(
        election_of(office, revision),
        contest_id,
        revision.unit if revision else office.code,
        stamp=stamp,
        tallies=tallies,
    )


def _standing(office: Office, contest_id: str) -> Iterator[tuple[str, Tally]]:
    for stored in office.file.contests[contest_id].tallies():
        yield stored.tps, stored.tally


def result_files(results: Results) -> dict[str, Iterable[bytes]]:
    """The exports by file name, each piece by piece; nothing in them names who typed.

    It needs no office, so any thread may do it.
    """
    words = load_words(_LANGUAGE)
    election, contest_id = results.election, results.contest_id
    contest = election.contest(contest_id)
    phrasing = Phrasing(words, election.form(contest_id), contest)
    level = election.unit_word(results.office)
    issuer = words(f"desk.office.{level}", name=election.tree.name(results.office))
    about = {key: words[f"export.column.{key}"] for key in _COLUMNS}
    states = (f"{state.value} ({words[f'desk.sign.{state.value}']})" for state in State)
    about["keadaan"] = f"{about['keadaan']} {', '.join(states)}."
    return {
        ERR_FILE: err_report(results, issuer=issuer, program=PROGRAM),
        results_tables.STATIONS: results_tables.stations_table(results),
        results_tables.UNITS: results_tables.units_table(results),
        results_tables.BLANKS: results_tables.blanks_table(results),
        results_tables.PACKAGE: [
            results_tables.datapackage(
                results,
                title=f"{contest.title}, {issuer}",
                labels={cell: phrasing.cell(cell) for cell in results.columns},
                about=about,
            )
        ],
    }


def export_results(results: Results, folder: Path) -> Exported:
    """Write results into a folder, which is made; files of the same names are replaced.

    It needs no office, so any thread may do it.

    Args:
        results: what to write.
        folder: e.g. on a stick.

    Raises:
        KnownProblem: ``export-not-written``.
    """
    made = result_files(results)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, parts in made.items():
            write_whole_parts(folder / name, parts)
    except OSError as error:
        raise KnownProblem(
            "export-not-written", path=str(folder), reason=reason_of(error)
        ) from error
    return Exported(tuple(folder / name for name in made), results)
