"""The form definitions the program brings are complete, consistent and say what they rest on."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from recap_desktop import places
from recap_desktop.election import wording
from recap_desktop.election.definitions.contests import (
    Candidate,
    Choice,
    ChoiceKind,
    Contest,
    Election,
    Mode,
    kind_of,
)
from recap_desktop.election.definitions.forms import CheckKind, Form, Layout
from recap_desktop.election.definitions.regions import RegionTree
from recap_desktop.election.papers.captions import Captions
from recap_desktop.election.records.canonical import canonical, read_canonical
from tests.election.valid_forms import choices_for

FILES = sorted(places.resource("forms").glob("*.toml"))
BLANKS = {"jenis", "tahun", "wilayah", "desa_kelurahan", "kecamatan", "rumus"}
SEEN = {"kwk-2015", "ppwp-2024"}
TREE = RegionTree(
    {"32": "Jawa Barat", "3207": "Kabupaten Ciamis", "3273": "Kota Bandung", "1601": "KAB. OKU"}
)
PAIRS = (Choice(1, "KOLOM KOSONG", ChoiceKind.KOLOM_KOSONG), Choice(2, "A", running_mate="B"))


def _form(form_id: str) -> Form:
    text = places.resource("forms", f"{form_id}.toml").read_text("utf-8")
    return Form.read(tomllib.loads(text))


def _contest(form: str, region: str, kind: str = "") -> Contest:
    return Contest("c", form, "Pemilihan", (region,), PAIRS, kind)


def _election(contest: Contest) -> Election:
    form = _form(contest.form)
    return Election("E", "2024-11-27", Mode.REHEARSAL, (contest,), {form.id: form}, TREE, ())


def test_the_editions_of_this_stage_are_there() -> None:
    assert [path.stem for path in FILES] == [
        "dpd-2024",
        "dpr-2024",
        "dprd-kabko-2024",
        "dprd-prov-2024",
        "kwk-2015",
        "kwk-2018",
        "kwk-2020",
        "kwk-2024",
        "ppwp-2024",
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_definition_is_named_as_its_file(path: Path) -> None:
    assert _form(path.stem).id == path.stem


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_paper_shows_every_row_once(path: Path) -> None:
    form = _form(path.stem)
    rows = [row.key for row in form.rows]
    assert set(form.papers) == {"c-hasil", "desa", "kecamatan", "kabko", "provinsi"}
    for paper in form.papers.values():
        shown = [line.key for part in paper.sections for line in part.lines if line.key]
        assert sorted(shown) == sorted(rows), paper.id
        assert set(paper.columns) == {"l", "p", "jml"}
        assert paper.source
        pages = [section.page for section in paper.sections]
        assert pages == sorted(pages)
    order = [
        line.key for part in form.papers["c-hasil"].sections for line in part.lines if line.key
    ]
    assert order == rows


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_only_what_was_seen_is_called_verified(path: Path) -> None:
    form = _form(path.stem)
    verified = {paper.id for paper in form.papers.values() if paper.verified}
    assert verified == ({"c-hasil"} if form.id in SEEN else set())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_texts_have_only_blanks_that_can_be_filled(path: Path) -> None:
    form = _form(path.stem)
    for paper in form.papers.values():
        for line in paper.model:
            assert wording.placeholders(line) <= {"jenis", "jenis_rekap"}
        texts = [*paper.titles, *(section.title for section in paper.sections)]
        texts += [line.label for section in paper.sections for line in section.lines]
        texts += [line.note for section in paper.sections for line in section.lines]
        assert all(wording.placeholders(text) <= BLANKS for text in texts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_definition_survives_canonical_bytes(path: Path) -> None:
    form = _form(path.stem)
    again = Form.read(read_canonical(canonical(form.data)))
    assert again == form
    assert Form.read(again.data).data == form.data


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_row_is_held_by_a_rule(path: Path) -> None:
    form = _form(path.stem)
    layout = Layout.of(form, choices_for(form))
    held = {cell for check in layout.checks for cell in check.cells}
    assert held == set(layout.cells)


def test_the_numbers_of_an_edition_are_its_own() -> None:
    forms = {path.stem: _form(path.stem) for path in FILES}
    assert {key: (form.reserve, form.maximum) for key, form in forms.items()} == {
        "kwk-2015": (25, 800),
        "kwk-2018": (25, 800),
        "kwk-2020": (25, 500),
        "kwk-2024": (25, 600),
        "ppwp-2024": (20, 300),
        "dpd-2024": (20, 300),
        "dpr-2024": (20, 300),
        "dprd-prov-2024": (20, 300),
        "dprd-kabko-2024": (20, 300),
    }
    assert all(form.signers["kecamatan"] == 5 for form in forms.values())


def test_2015_has_four_voter_lists_and_disabled_voters_behind_the_votes_section() -> None:
    form = _form("kwk-2015")
    keys = [row.key for row in form.rows]
    assert keys[:5] == [
        "voters.dpt",
        "voters.added",
        "voters.moved",
        "voters.special",
        "voters.total",
    ]
    assert keys[10:14] == ["ballots.received", "ballots.spoiled", "ballots.unused", "ballots.used"]
    assert keys.index("disabled.voters") > keys.index("cast")
    numbers = [section.number for section in form.papers["c-hasil"].sections]
    assert numbers == ["I.", "II.", "III.", "IV.", ""]


def test_the_rules_of_2024_are_those_of_the_rule_book() -> None:
    checks = Layout.of(_form("kwk-2024"), PAIRS).checks
    ids = {check.rule for check in checks}
    assert ids == {"R1", "R2", "R4", "R5", "R6", "R7", "R8", "R9"} | {
        "R10",
        "R11",
        "R14",
        "R17",
        "R20",
    }
    (of_votes,) = [check for check in checks if check.rule == "R6"]
    assert of_votes.cells == ("valid", "votes.1", "votes.2")
    (used,) = [check for check in checks if check.rule == "R5"]
    assert used.cells == ("ballots.used", "users.total.jml")
    listed = [check for check in checks if check.rule == "R9"]
    assert [check.cells for check in listed] == [
        (f"voters.dpt.{column}", f"users.dpt.{column}") for column in ("l", "p", "jml")
    ]
    assert all(check.kind is CheckKind.AT_MOST for check in listed)


@pytest.mark.parametrize(
    ("region", "kind"), [("32", "gubernur"), ("3207", "bupati"), ("3273", "walikota")]
)
def test_the_region_tells_the_kind_of_contest(region: str, kind: str) -> None:
    assert kind_of(_contest("kwk-2024", region), _form("kwk-2024")) == kind


def test_a_kind_may_be_named_and_must_be_of_the_form() -> None:
    named = _contest("kwk-2024", "3207", "gubernur")
    assert kind_of(named, _form("kwk-2024")) == "gubernur"
    assert kind_of(_contest("ppwp-2024", "3207"), _form("ppwp-2024")) == "ppwp"
    with pytest.raises(KeyError):
        kind_of(_contest("kwk-2024", "3207", "ppwp"), _form("kwk-2024"))
    with pytest.raises(KeyError):
        kind_of(_contest("kwk-2024", "320701"), _form("kwk-2024"))


def test_titles_and_model_box_are_filled_in() -> None:
    election = _election(_contest("kwk-2024", "3207"))
    papers = election.form("c").papers
    captions = Captions.of(election, "c", "3207012001")
    assert captions.model(papers["c-hasil"]) == ("MODEL", "C.HASIL-KWK-BUPATI")
    assert captions.titles(papers["c-hasil"])[1:] == (
        "DI TEMPAT PEMUNGUTAN SUARA DALAM PEMILIHAN",
        "BUPATI DAN WAKIL BUPATI",
        "KABUPATEN CIAMIS",
        "TAHUN 2024",
    )
    assert "DALAM WILAYAH DESA DI TINGKAT KECAMATAN" in captions.titles(papers["desa"])
    town = Captions.of(election, "c", "3207011001")
    assert "DALAM WILAYAH KELURAHAN DI TINGKAT KECAMATAN" in town.titles(papers["desa"])
    assert captions.fill("({rumus})", papers["c-hasil"]) == "(IV.1 + IV.2)"


def test_a_sum_over_many_parties_is_shortened() -> None:
    parties = tuple(
        Choice(number, f"P{number}", ChoiceKind.PARTY, candidates=(Candidate(1, "X"),))
        for number in range(1, 19)
    )
    election = _election(Contest("c", "dpr-2024", "DPR", ("32",), parties, dapil="X"))
    paper = election.form("c").papers["c-hasil"]
    assert Captions.of(election, "c").fill("{rumus}", paper) == "IV.1.B + IV.2.B + … + IV.18.B"


@pytest.mark.parametrize(
    ("region", "title"), [("32", "PROVINSI JAWA BARAT"), ("1601", "KABUPATEN OKU")]
)
def test_a_region_is_named_with_its_unit(region: str, title: str) -> None:
    assert Captions.of(_election(_contest("kwk-2024", region)), "c").region == title
