"""All 2,084 real TPS of Ciamis (Pilbup 2024) in one office of the kabupaten."""

import csv
import io
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.election.definitions.regions import Level, read_code
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.papers.sheets import Sheet
from recap_desktop.exchange.election_file import write_election
from recap_desktop.exchange.election_folder import build_election
from recap_desktop.office.checks.findings import findings
from recap_desktop.office.entry.entering import enter_csv
from recap_desktop.office.entry.ruling import Decision, not_delivered
from recap_desktop.office.opening import Office, create_office
from recap_desktop.office.papers.printing import Book, book_of, write_book
from recap_desktop.office.plenary.closing import close, missing
from recap_desktop.office.progress.overview import station_rows, totals
from recap_desktop.office.proof.auditing import audit
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import Clock
from tests.reading_back.read_back import sheets_of, totals_of, unit_heads, unit_sums

DATA = Path(__file__).parents[1] / "data" / "ciamis-pilbup-2024.csv.xz"
FIGURES = ("voters.dpt.jml", "users.dpt.jml", "votes.1", "votes.2", "valid", "invalid", "cast")
OFFICIAL_SUMS = {
    "voters.dpt.jml": 952_888,
    "users.dpt.jml": 675_577,
    "votes.1": 69_865,
    "votes.2": 585_346,
    "valid": 655_211,
    "invalid": 21_852,
    "cast": 677_063,
}
"""Sums over all TPS as Sirekap published them on 28 November 2024 (see tests/data/SOURCE.md)."""

ELECTION = """
title = "Pilbup Ciamis 2024"
date = "2024-11-27"
[[contest]]
id = "bupati"
form = "kwk-2024"
title = "Bupati dan Wakil Bupati Ciamis"
region = "32.07"
[[contest.choice]]
number = 1
name = "KOLOM KOSONG"
kind = "kolom-kosong"
[[contest.choice]]
number = 2
name = "Herdiat Sunarya"
running_mate = "Yana D. Putra"
"""


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(lzma.decompress(DATA.read_bytes()).decode())))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("ciamis")
    (folder / "election.toml").write_text(ELECTION, encoding="utf-8")
    stations = ["kode_desa,tps,dpt_l,dpt_p", *(f"{r['kode_desa']},{r['tps']},," for r in rows())]
    (folder / "stations.csv").write_text("\n".join(stations), encoding="utf-8")
    definition = folder / "ciamis.json"
    write_election(build_election(folder), definition)
    counts = folder / "counts.csv"
    lines = [",".join(("kode_desa", "tps", *FIGURES))]
    lines += [",".join((r["kode_desa"], r["tps"], *(r[f] for f in FIGURES))) for r in rows()]
    counts.write_text("\n".join(lines), encoding="utf-8")
    office = create_office(
        folder / "ciamis.rekap", election_path=definition, region="3207", clock=Clock()
    )
    assert len(enter_csv(office, "bupati", counts, by="Petugas").records) == 2084
    yield office
    office.close()


def test_totals_equal_the_sums_of_the_data_per_kecamatan(office: Office) -> None:
    expected: dict[str, Counter[str]] = {}
    for row in rows():
        kecamatan = read_code(row["kode_desa"])[:6]
        expected.setdefault(kecamatan, Counter()).update({f: int(row[f]) for f in FIGURES})
    found = totals(office, "bupati", level=Level.KECAMATAN)
    assert len(found) == 27
    assert {total.code: total.sums for total in found} == expected


def test_totals_equal_the_published_sums_in_all(office: Office) -> None:
    (total,) = totals(office, "bupati", level=Level.KABKO)
    assert total.sums == OFFICIAL_SUMS
    assert (total.stations, total.counted) == (2084, 2084)
    # Sirekap published no row by sex: those cells are blank in every TPS, and not 0.
    assert total.blanks["voters.dpt.l"] == 2084
    assert "voters.dpt.l" not in total.sums


def test_no_error_is_found_that_sirekap_would_not_have_let_through(office: Office) -> None:
    found = Counter(finding.rule for _, finding in findings(office, "bupati"))
    assert found == {"R17": 16}


def test_the_16_all_zero_tps_become_not_delivered_only_when_a_person_says_so(
    office: Office,
) -> None:
    zero = [
        stored.tps
        for stored in station_rows(office, "bupati")
        if stored.tally.cells and not any(stored.tally.cells.values())
    ]
    assert len(zero) == 16
    states = Counter(stored.tally.state for stored in station_rows(office, "bupati"))
    assert states == {State.SINGLE: 2084}
    decision = Decision("Petugas", "C.HASIL tidak diserahkan", decided_by="Ketua KPU")
    for tps in zero:
        not_delivered(office, "bupati", tps, decision=decision)
    (total,) = totals(office, "bupati", level=Level.KABKO)
    assert total.sums == OFFICIAL_SUMS
    assert (total.counted, total.not_delivered) == (2068, 16)
    assert missing(office, "bupati") == []
    revision = close(office, "bupati", by="Petugas")
    assert revision.record.body["totals"] == OFFICIAL_SUMS
    assert revision.record.body["leaves"] == 2084
    assert not audit(office, anchor=revision.head).faults
    with pytest.raises(KnownProblem, match="contest-closed"):
        not_delivered(office, "bupati", zero[0], decision=decision)


def test_the_sheet_of_the_kabupaten_adds_up_again_from_its_pages(
    office: Office, tmp_path: Path
) -> None:
    target = tmp_path / "kabko.pdf"
    book = book_of(office, "bupati")
    assert [paper.code for paper in book.papers] == ["3207", "3207"]
    write_book(book, target)
    (sheet,) = sheets_of(target)
    names = [
        office.election.tree.name(total.code)
        for total in totals(office, "bupati", level=Level.KECAMATAN)
    ]
    assert len(sheet) == 3, "nine kecamatan in each of three equal blocks"
    assert len(unit_heads(sheet)) == 27
    # A name too long for its column is broken between syllables.
    assert [re.sub("[ -]", "", head) for head in unit_heads(sheet)] == [
        re.sub("[ -]", "", name.upper()) for name in names
    ]
    printed = dict(zip(_cells(book), totals_of(sheet), strict=True))
    assert {cell: n for cell, n in printed.items() if n is not None} == OFFICIAL_SUMS
    assert [n or 0 for n in totals_of(sheet)] == unit_sums(sheet)


def _cells(book: Book) -> tuple[str, ...]:
    first = book.papers[0]
    assert isinstance(first, Sheet)
    return first.arrangement.cells
