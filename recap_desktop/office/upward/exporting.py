"""Results written for other people's programs: NIST ERR v2 JSON, CSV with a data dictionary, XLSX."""

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
from recap_desktop.office.upward.unit_figures import differences, paper_totals
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from recap_desktop.election.figures.tallies import Tally
    from recap_desktop.election.wording import Words
    from recap_desktop.office.opening import Office
    from recap_desktop.office.plenary.revisions import Revision

ERR_FILE, WORKBOOK = "err-v2.json", "hasil.xlsx"
PROGRAM = f"recap-desktop/{__version__}"
"""What names this program in what it writes."""

_LANGUAGE = "id"
"""What leaves the office is worded in Bahasa Indonesia whatever the screen speaks."""
_COLUMNS = (
    *("tps", "kode_desa", "nomor_tps", "keadaan", "dihitung"),
    *("tingkat", "kode", "nama", "jumlah_tps", "tps_dihitung", "sel", "tps_kosong"),
    *("nomor", "selisih", "alasan", "diputuskan", "jumlah_kertas"),
)
_TABLES = ("tps", "jumlah", "kosong", "selisih", "kertas")


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
        differences=differences(office, contest_id, revision.heads if revision else None),
        # What is closed has none: every TPS of it counts, or is missing by a ruling.
        papers={} if revision else paper_totals(office, contest_id),
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
    about |= {f"table-{name}": words[f"export.table.{name}"] for name in _TABLES}
    labels = {cell: phrasing.cell(cell) for cell in results.columns}
    return {
        ERR_FILE: err_report(results, issuer=issuer, program=PROGRAM),
        results_tables.STATIONS: results_tables.stations_table(results),
        results_tables.UNITS: results_tables.units_table(results),
        results_tables.BLANKS: results_tables.blanks_table(results),
        results_tables.DIFFERENCES: results_tables.differences_table(results),
        results_tables.PAPERS: results_tables.papers_table(results),
        WORKBOOK: _workbook(results, words, issuer=issuer, labels=labels),
        results_tables.PACKAGE: [
            results_tables.datapackage(
                results,
                title=f"{contest.title}, {issuer}",
                labels=labels,
                about=about,
            )
        ],
    }


def _workbook(
    results: Results, words: Words, *, issuer: str, labels: Mapping[str, str]
) -> Iterator[bytes]:
    """The workbook, made when it is asked for."""
    # Heavy, and needed by nothing else.
    from recap_desktop.foreign.results_xlsx import Wording, results_xlsx  # noqa: PLC0415

    contest, stamp = results.election.contest(results.contest_id), results.stamp
    mode = "rehearsal" if results.election.is_rehearsal else "real"
    standing = "closed" if stamp.revision else "draft"
    said: dict[str, str | int] = {
        "contest": contest.title,
        "office": issuer,
        "mode": words[f"export.book.{mode}"],
        "standing": words(f"export.book.{standing}", revision=stamp.revision),
        "head": stamp.head,
        "time": stamp.time,
        "stations": len(results.stations),
        "counted": sum(results.counted),
        "sums": words["export.table.jumlah"],
    }
    yield results_xlsx(
        results,
        Wording(
            about=[(words[f"export.book.line.{name}"], value) for name, value in said.items()],
            labels=labels,
            columns={key: words[f"export.heading.{key}"] for key in _COLUMNS},
            left_out=words["export.book.left-out"],
        ),
    )


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
