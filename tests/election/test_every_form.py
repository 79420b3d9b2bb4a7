"""Every form definition proves itself on a made-up contest: rules, sums, papers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from recap_desktop.election.checks import rules
from recap_desktop.election.definitions.definition_data import from_data, to_data
from recap_desktop.election.definitions.forms import COLUMNS, Severity
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures import counts
from recap_desktop.election.figures.totals import total_of
from recap_desktop.election.papers.arrangements import arrange
from recap_desktop.election.papers.captions import Captions
from recap_desktop.election.records.canonical import canonical, read_canonical
from recap_desktop.exchange.form_files import form_ids
from tests.made_up.every_form import (
    CASES,
    CONTEST,
    Case,
    election_of,
    papers_of,
    tallied,
    totals_below,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
LEVELS = (Level.KECAMATAN, Level.KABKO, Level.PROVINSI)


def test_every_definition_and_every_kind_has_a_case() -> None:
    assert {case.form for case in CASES} == set(form_ids())
    kinds = {(case.form, kind) for case in CASES for kind in election_of(case).form(CONTEST).kinds}
    assert {(case.form, case.kind) for case in CASES} == kinds


@every_case
def test_a_definition_survives_canonical_bytes(case: Case) -> None:
    data = to_data(election_of(case))
    assert to_data(from_data(read_canonical(canonical(data)))) == data


@every_case
def test_valid_figures_break_no_rule_and_one_changed_figure_does(case: Case) -> None:
    layout = election_of(case).layout(CONTEST)
    for tally in tallied(case).values():
        assert rules.judge(layout, tally.cells) == ()
    cells = next(iter(tallied(case).values())).cells
    for cell in layout.cells:
        found = rules.judge(layout, {**cells, cell: cells[cell] + 1_000})
        assert any(cell in f.cells for f in found if f.severity is Severity.ERROR), cell


@every_case
def test_totals_hold_on_every_level(case: Case) -> None:
    election, own = election_of(case), tallied(case)
    layout = election.layout(CONTEST)
    for level in LEVELS:
        for code in {tps[: level.value] for tps in own}:
            below = totals_below(case, code)
            total = total_of(
                code, [tally for tps, tally in own.items() if tps.startswith(code)], layout.cells
            )
            children = {unit.code: unit.sums for unit in below}
            assert rules.judge_sum(layout, total.sums, children=children) == ()
            errors = [
                finding
                for finding in rules.judge(layout, total.sums)
                if finding.severity is Severity.ERROR
            ]
            assert errors == []


@every_case
def test_every_cell_stands_once_on_every_paper(case: Case) -> None:
    election = election_of(case)
    form, layout = election.form(CONTEST), election.layout(CONTEST)
    tps = election.stations[0].tps
    assert set(form.papers) == {"c-hasil", "desa", "kecamatan", "kabko", "provinsi"}
    for paper in form.papers.values():
        captions = Captions.of(election, CONTEST, tps)
        arrangement = arrange(form, paper, captions)
        assert sorted(arrangement.cells) == sorted(layout.cells)
        references = [row.ref for section in arrangement.sections for row in section.rows]
        assert all(row.ref for row, _ in arrangement.lines)
        assert max(Counter(ref for ref in references if ref).values()) == 1
        assert not any("{" in text for text in (*captions.titles(paper), *captions.model(paper)))
        labels = [
            text for s in arrangement.sections for r in s.rows for text in (*r.labels, r.note)
        ]
        assert not any("{" in text for text in labels)


@every_case
def test_the_sheets_of_all_levels_end_in_the_same_sums(case: Case) -> None:
    own = tallied(case)
    for paper, sheet in papers_of(case).items():
        below = [tally.cells for tps, tally in own.items() if tps.startswith(sheet.code)]
        if paper == "c-hasil":
            (cells,) = below
            shown = {
                cell: figure.value
                for row, figures in sheet.figures.items()
                for cell, figure in zip(_cells(row, cells), figures, strict=True)
                if cell
            }
            assert shown == cells
        else:
            for cell, total in sheet.totals.items():
                assert (total.value, total.blanks) == (sum(each[cell] for each in below), 0)


def _cells(row: str, cells: Mapping[str, int]) -> tuple[str, ...]:
    """The cells of a row of a C.HASIL by its columns; empty where it has none."""
    split = tuple(f"{row}.{column}" for column in COLUMNS)
    return split if split[-1] in cells else ("", "", row)


def test_cells_of_a_row_are_counted_from_its_key() -> None:
    """A candidate's number is never taken for a column."""
    assert counts.row_key("votes.24.12") == "votes.24.12"
    assert counts.row_key("users.dpt.jml") == "users.dpt"


def _case(name: str) -> Case:
    (case,) = [case for case in CASES if case.name == name]
    return case


@pytest.mark.parametrize(
    ("name", "paper", "office", "model", "title", "place"),
    [
        (
            "dprd-prov-2024-dprd-prov-9103",
            "desa",
            "PANITIA PEMILIHAN DISTRIK",
            "D.HASIL KECAMATAN-DPRP",
            "DALAM PEMILIHAN UMUM ANGGOTA DEWAN PERWAKILAN RAKYAT PAPUA",
            "DISTRIK",
        ),
        (
            "dprd-kabko-2024-dprd-kabko-110101",
            "kabko",
            "KOMISI INDEPENDEN PEMILIHAN KABUPATEN",
            "D.HASIL KABKO-DPRK",
            "DALAM PEMILIHAN UMUM ANGGOTA DEWAN PERWAKILAN RAKYAT KABUPATEN/KOTA",
            "KABUPATEN",
        ),
        (
            "ppwp-2024-ppwp-34",
            "kecamatan",
            "PANITIA PEMILIHAN KECAMATAN",
            "D.HASIL KECAMATAN-PPWP",
            "DI TINGKAT KAPANEWON",
            "KAPANEWON",
        ),
        (
            "dprd-kabko-2024-dprd-kabko-320701",
            "kecamatan",
            "PANITIA PEMILIHAN KECAMATAN",
            "D.HASIL KECAMATAN-DPRDKABKO",
            "DI TINGKAT KECAMATAN",
            "DAERAH PEMILIHAN",
        ),
    ],
)
def test_a_region_has_its_own_words(
    name: str, paper: str, office: str, model: str, title: str, place: str
) -> None:
    face = papers_of(_case(name))[paper].face
    assert face.office.startswith(f"{office} ")
    assert face.signatures[0].title == f"NAMA DAN TANDA TANGAN {office}"
    assert face.model[-1] == model
    assert title in [line.text for line in face.titles]
    assert place in [label for label, _ in face.place]


def test_kemantren_stands_in_the_kota_and_kapanewon_around_it() -> None:
    tree = election_of(_case("ppwp-2024-ppwp-34")).tree
    assert tree.called("347101") == "KEMANTREN"
    assert tree.called("3471011001") == "KELURAHAN"
    assert (tree.called("340201"), tree.called("3402012001")) == ("KAPANEWON", "KALURAHAN")


def test_a_party_with_one_candidate_and_one_with_none_keep_their_subtotal() -> None:
    layout = election_of(_case("dpr-2024-dpr-3207")).layout(CONTEST)
    subtotals = {check.total: check.parts for check in layout.checks if check.rule == "R12"}
    assert subtotals["votes.9.total"] == ("votes.9.party", "votes.9.1")
    assert subtotals["votes.13.total"] == ("votes.13.party",)
    assert len(subtotals) == 18
