"""Findings as people read them, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recap_desktop.election.checks import rules
from recap_desktop.election.checks.causes import RANKED
from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.election.checks.voices import Voice
from recap_desktop.election.definitions import forms
from recap_desktop.election.definitions.contests import Choice, ChoiceKind, Contest, Station
from recap_desktop.office.language import LANGUAGES, load_words
from tests.election.test_rules import TERNATE
from tests.election.valid_forms import EDITIONS, choices_for, party_layout, read_form, valid_cells

if TYPE_CHECKING:
    from collections.abc import Mapping

CHOICES = (
    Choice(1, "KOLOM KOSONG", ChoiceKind.KOLOM_KOSONG),
    Choice(2, "HERDIAT"),
    Choice(3, "YANA"),
)


def contest_of(edition: str) -> tuple[Contest, forms.Layout]:
    form = read_form(edition)
    contest = Contest("ppwp", form.id, "PRESIDEN", ("82",), CHOICES)
    return contest, forms.Layout.of(form, contest.choices)


def said(cells: Mapping[str, int], rule: str, language: str = "id") -> tuple[str, list[str]]:
    contest, layout = contest_of("ppwp-2024")
    phrasing = Phrasing(load_words(language), layout.form, contest)
    finding = next(f for f in rules.judge(layout, cells) if f.rule == rule)
    phrase = phrasing.say(finding)
    return phrase.text, list(phrase.hints)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_and_every_hint_has_words(language: str) -> None:
    words = load_words(language)
    numbers = {f"R{n}" for n in range(1, 21)}
    spoken = {*numbers - {rules.SUM}, "all-zero"}
    hints = {*RANKED, "other-station", "rest-left-blank", "unit-left-out", "unit-twice"}

    assert {f"finding.{rule}" for rule in numbers} <= set(words)
    assert {f"finding-title.{rule}" for rule in numbers} <= set(words)
    assert {f"look-again.{code}" for code in spoken} == {
        code for code in words if code.startswith("look-again.")
    }
    assert {f"hint.{code}" for code in hints} == {c for c in words if c.startswith("hint.")}


def test_a_finding_says_what_is_written_and_what_adds_up() -> None:
    text, hints = said(TERNATE | {"users.moved.l": 806}, "R1")

    assert text == (
        "Jumlah pengguna hak pilih dalam Daftar Pemilih Tambahan (DPTb), jumlah: tertulis 9; "
        "laki-laki + perempuan = 809."
    )
    assert hints[0] == (
        "Jumlah pengguna hak pilih dalam Daftar Pemilih Tambahan (DPTb), laki-laki: "
        "angka 8 pada 806 mungkin tanda silang di kotak kosong; seharusnya 6."
    )


def test_a_blank_total_says_what_it_would_be() -> None:
    cells = {cell: number for cell, number in TERNATE.items() if cell != "valid"}

    text, hints = said(cells, "R6")

    assert text == "JUMLAH SELURUH SUARA SAH kosong; perolehan suara dijumlahkan = 210."
    assert hints == [
        "JUMLAH SELURUH SUARA SAH mungkin belum diisi; menurut rinciannya 210.",
    ]


def test_a_bound_names_the_smaller_side() -> None:
    text, _ = said(TERNATE | {"voters.dpt.l": 90, "voters.dpt.p": 199}, "R9", "en")

    assert text == (
        "Jumlah pengguna hak pilih dalam Daftar Pemilih Tetap (DPT), men: written 95; "
        "Jumlah Pemilih dalam Daftar Pemilih Tetap (DPT), men is only 90."
    )


def test_a_choice_is_called_by_its_number_and_name() -> None:
    _, hints = said(TERNATE | {"votes.2": 111}, "R6")

    assert any("Suara nomor 2 (HERDIAT)" in hint for hint in hints)


def test_large_figures_have_thousands_dots() -> None:
    text, _ = said(TERNATE | {"valid": 74210}, "R6")

    assert "tertulis 74.210;" in text


def test_blank_cells_are_named_as_far_as_there_is_room() -> None:
    blank = {f"votes.{number}": None for number in (1, 2, 3)}
    text, _ = said({c: n for c, n in TERNATE.items() if c not in {*blank, "ballots.used"}}, "R18")

    assert text.startswith("Kosong: Suara nomor 1 ")
    assert "Suara nomor 3 " in text
    assert text.endswith(
        "Yang terisi berjumlah 0, sedangkan JUMLAH SELURUH SUARA SAH tertulis 210."
    )

    form = read_form("ppwp-2024")
    contest = Contest("ppwp", form.id, "PRESIDEN", ("82",), tuple(choices_for(form, 5)))
    layout = forms.Layout.of(form, contest.choices)
    (finding,) = rules.judge(layout, {"valid": 210, "invalid": 3, "cast": 213})
    text = Phrasing(load_words("id"), form, contest).say(finding).text
    assert "Suara nomor 3 (PASLON 3), dan 2 isian lain. Yang terisi" in text


def test_an_all_zero_form_has_its_own_sentence() -> None:
    text, hints = said(dict.fromkeys(TERNATE, 0), "R17")

    assert text == "Semua angka yang terisi adalah 0."
    assert hints == ["Mungkin formulir TPS ini belum diterima. Kosong, 0 dan X tidak sama."]


def test_another_station_is_called_by_its_number_and_a_unit_by_its_code() -> None:
    contest, layout = contest_of("ppwp-2024")
    phrasing = Phrasing(load_words("id"), layout.form, contest)
    here, there = Station("8271021022009", 1, 2), Station("8271021022008", 134, 155)
    beside = rules.judge_beside(layout, TERNATE, station=here, siblings=[there])
    children = {"8271021022": {"valid": 5}, "8271021023": {"valid": 9}}
    (total,) = rules.judge_sum(layout, {"valid": 9}, children=children)

    assert "TPS 008" in phrasing.say(beside[0]).hints[0]
    assert "82.71.02.1022" in phrasing.say(total).hints[0]


LAYOUTS = {edition: contest_of(edition) for edition in EDITIONS}
PARTIES = party_layout()


@pytest.mark.parametrize("edition", [*EDITIONS, "parties"])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_whatever_is_wrong_can_be_said(edition: str, data: st.DataObject) -> None:
    if edition == "parties":
        layout = PARTIES
        choices = tuple(choice for choice in layout.choices if isinstance(choice, Choice))
        contest = Contest("dpr", layout.form.id, "DPR", ("82",), choices)
    else:
        contest, layout = LAYOUTS[edition]
    cells = dict(data.draw(valid_cells(layout)))
    for cell in data.draw(st.lists(st.sampled_from(layout.cells), min_size=1, max_size=5)):
        cells[cell] = data.draw(st.sampled_from([0, 5, 88, 812, 74107]))
    for cell in data.draw(st.lists(st.sampled_from(layout.cells), max_size=3)):
        cells.pop(cell, None)
    others = {"other": data.draw(valid_cells(layout))}
    station = Station("8271021022001", data.draw(st.integers(0, 200)), 88)
    found = [
        *rules.judge_at(layout, cells, station=station, siblings=()),
        *rules.judge_beside(layout, cells, station=station, siblings=()),
        *rules.judge_other_contest(layout, cells, own="own", others=others),
        *rules.judge_sum(layout, cells, children={"8271021022001": others["other"]}),
    ]

    for language in LANGUAGES:
        phrasing = Phrasing(load_words(language), layout.form, contest)
        for finding in found:
            phrase = phrasing.say(finding)
            assert phrase.title
            assert phrase.text
            assert len(phrase.hints) == len(finding.hints)
            careful = phrasing.say(finding, Voice.LOOK_AGAIN)
            assert careful.title == phrase.title
            assert careful.text
            assert not careful.hints or finding.rule == rules.SUM
