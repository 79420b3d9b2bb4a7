"""A Pemilu of a whole kecamatan: 1,591 TPS, five contests, up to 254 cells a form.

What the office says is held against what the generator knows: its own sums, and every slip it
planted. Run with ``-s`` to see the slips by code: planted, found, first hint right.
"""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from recap_desktop.election.checks.rules import OTHER_CONTEST, OTHER_LIST
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.papers.sheets import Sheet
from recap_desktop.election.practice import practice
from recap_desktop.election.practice.practice import Practice, PracticeForm
from recap_desktop.office.checks.findings import findings
from recap_desktop.office.entry.entering import enter_all
from recap_desktop.office.opening import Office, create_office_for
from recap_desktop.office.papers.printing import book_of, draw
from recap_desktop.office.progress.overview import progress, totals
from tests.made_up.made_up_pemilu import CAKUNG, STATIONS, made_up_pemilu, seeded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recap_desktop.election.checks.rules import Finding

DESA = CAKUNG + "1001"
CONTESTS = ("ppwp", "dpr", "dpd", "dprd-prov", "dprd-kota")


@dataclass(frozen=True, slots=True)
class Kecamatan:
    """The office, what was typed into it, and what it finds on each TPS of each contest."""

    office: Office
    forms: dict[str, list[PracticeForm]]
    found: dict[tuple[str, str], list[Finding]]

    def all_forms(self) -> Iterator[tuple[PracticeForm, list[Finding]]]:
        """Every form with what the office finds on it."""
        for contest, forms in self.forms.items():
            for form in forms:
                yield form, self.found.get((contest, form.tps), [])


@pytest.fixture(scope="module")
def cakung(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kecamatan]:
    """Everything entered as somebody may type it."""
    election = made_up_pemilu()
    path = tmp_path_factory.mktemp("cakung") / "cakung.rekap"
    office = create_office_for(path, election=election, region=CAKUNG)
    made = Practice(election, seeded(1))
    forms: dict[str, list[PracticeForm]] = {}
    found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for contest in office.contests:
        forms[contest] = list(made.forms(contest))
        rows = [(form.tps, form.written) for form in forms[contest] if form.written]
        enter_all(office, contest, rows, by="Petugas")
    for contest in office.contests:
        for tps, finding in findings(office, contest):
            found[contest, tps].append(finding)
    yield Kecamatan(office, forms, found)
    office.close()


def test_the_office_holds_every_contest_of_every_station(cakung: Kecamatan) -> None:
    assert cakung.office.contests == CONTESTS
    assert all(len(forms) == STATIONS for forms in cakung.forms.values())
    assert len(cakung.office.election.layout("dprd-kota").cells) > 250


def test_it_says_which_stations_lack_a_contest(cakung: Kecamatan) -> None:
    for contest, forms in cakung.forms.items():
        tables = cakung.office.file.contests[contest]
        empty = {row.tps for row in tables.tallies() if row.tally.state is State.EMPTY}
        assert empty == {form.tps for form in forms if not form.written}
        assert len(empty) > 5
        (whole,) = progress(cakung.office, contest, level=Level.KECAMATAN)
        assert (whole.stations, whole.counted) == (STATIONS, STATIONS - len(empty))


@pytest.mark.parametrize("level", [Level.DESA, Level.KECAMATAN, Level.PROVINSI])
def test_totals_are_what_the_generator_adds_up(cakung: Kecamatan, level: Level) -> None:
    for contest, forms in cakung.forms.items():
        sums, filled = _added_up(forms, level)
        for total in totals(cakung.office, contest, level=level):
            counted = sum(bool(f.written) and f.tps.startswith(total.code) for f in forms)
            assert total.counted == counted
            assert total.sums == sums[total.code]
            short = {cell: counted - n for cell, n in filled[total.code].items() if n < counted}
            assert total.blanks == short
            assert total.sums.keys() == set(cakung.office.election.layout(contest).cells)


def _added_up(
    forms: Iterable[PracticeForm], level: Level
) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    filled: dict[str, Counter[str]] = defaultdict(Counter)
    for form in forms:
        unit = form.tps[: level.value]
        sums[unit].update(form.written)
        filled[unit].update(form.written.keys())
    return sums, filled


def test_a_right_form_is_never_called_wrong(cakung: Kecamatan) -> None:
    """Not even where another contest of its TPS slipped: that one is told."""
    clean = [(form, own) for form, own in cakung.all_forms() if not form.planted]

    assert len(clean) > 5_000
    assert [(form.tps, own) for form, own in clean if own] == []


def test_a_contest_that_stands_alone_is_named_once_and_not_by_the_others(
    cakung: Kecamatan,
) -> None:
    """Only users in the DPT are compared: the DPT itself is known from the definition."""
    odd = {
        key: [finding for finding in own if finding.rule == OTHER_CONTEST]
        for key, own in cakung.found.items()
    }
    told = Counter(tps for (_, tps), findings in odd.items() for _ in findings)

    assert told.total() > 100
    assert {f.cells[0].rpartition(".")[0] for own in odd.values() for f in own} == {"users.dpt"}
    assert max(len(own) for own in odd.values()) == 1
    assert sum(number > 2 for number in told.values()) <= 3
    wrong = {(contest, f.tps): f.wrong for contest, forms in cakung.forms.items() for f in forms}
    right = sum(bool(set(own[0].cells) & wrong[key]) for key, own in odd.items() if own)
    assert right / told.total() > 0.97


def test_planted_slips_are_found_and_the_first_hint_points_at_them(cakung: Kecamatan) -> None:
    planted, found, right = Counter[str](), Counter[str](), Counter[str]()
    for form, of_all in cakung.all_forms():
        own = [finding for finding in of_all if finding.rule != OTHER_CONTEST]
        if len(form.planted) == 1 and form.written:
            code = form.planted[0].code
            hints = [finding.hints[0] for finding in own if finding.hints]
            planted[code] += 1
            found[code] += bool(own)
            right[code] += bool(hints) and hints[0].cells[0] in form.wrong
    for code, number in planted.most_common():
        print(f"{code:24}{number:6}{found[code]:6}{right[code]:6}")  # noqa: T201
    print(f"{'':24}{planted.total():6}{found.total():6}{right.total():6}")  # noqa: T201

    assert planted.total() > 1_500
    assert {code for code in planted if found[code] < planted[code]} == set()
    assert right.total() / found.total() > 0.97


def test_exchanged_stations_are_named(cakung: Kecamatan) -> None:
    """Their voters are not those of the definition, and the hint says whose they are."""
    seen = 0
    for form, own in cakung.all_forms():
        if form.planted[:1] and form.planted[0].code in (practice.EXCHANGED, practice.OF_ANOTHER):
            lists = [finding for finding in own if finding.rule == OTHER_LIST]
            untouched = len(form.planted) == 1
            seen += untouched
            assert not untouched or lists[0].hints[0].tps == form.planted[0].tps
    assert seen >= 5


def test_a_desa_sheet_of_dpr_prints_every_station_and_ends_in_its_sums(cakung: Kecamatan) -> None:
    book = book_of(cakung.office, "dpr", desa=DESA)
    raw = draw(book)

    (desa,) = [t for t in totals(cakung.office, "dpr", level=Level.DESA) if t.code == DESA]
    sheet = book.papers[0]
    assert isinstance(sheet, Sheet)
    assert {cell: total.value for cell, total in sheet.totals.items()} == desa.sums
    document = pypdfium2.PdfDocument(io.BytesIO(raw))
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert len(texts) > 20
    printed = "\n".join(texts)
    assert all(f"{number:03d}" in printed for number in range(1, desa.stations + 1))
    assert f"{desa.sums['cast']:,}".replace(",", ".") in printed
