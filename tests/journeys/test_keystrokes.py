"""How many keys a form takes, from the next TPS to the saved form: all counted, none by mouse."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.rail import Place
from recap_desktop.election.definitions.contests import Contest
from recap_desktop.exchange.form_files import bundled_form
from recap_desktop.office.opening import create_office_for
from recap_desktop.office.proof.history import history
from tests.desk.conftest import OpenWindow
from tests.election.valid_forms import make_valid
from tests.journeys.pad import desk_of, focused_cell, press
from tests.made_up.every_form import pairs, parties
from tests.made_up.made_up_pemilu import CAKUNG, CONTESTS, made_up_pemilu
from tests.made_up.ternate import WRITTEN, keys_of

PPWP = CONTESTS[0]
KWK = Contest("gubernur", "kwk-2024", "Gubernur", ("31",), pairs(3))
DPR = replace(CONTESTS[1], choices=parties(10))


def begin(window: OpenWindow, folder: Path, contest: Contest) -> OfficeDesk:
    """An office of one contest with the chooser before the person, as after signing in."""
    path = folder / "o.rekap"
    election = made_up_pemilu(7)
    forms = {contest.form: bundled_form(contest.form)}
    election = replace(election, contests=(contest,), forms=forms)
    create_office_for(path, election=election, region=CAKUNG).close()
    desk = desk_of(window(path))
    desk.session.choose_person("Siti Aminah")
    desk.go_to(Place.ENTRY)
    assert QApplication.focusWidget() is desk.entry.chooser.field
    return desk


def saved(desk: OfficeDesk) -> tuple[dict[str, int], list[str]]:
    """Cells and crosses of the one entry that is on record."""
    record = history(desk.session.office, desk.session.contest_id, desk.entry.station)[0].record
    return record.body["cells"], record.body.get("crossed", [])


def figures(contest: Contest) -> dict[str, int]:
    """A filled form on which every identity holds; most candidates of a list have no vote."""
    layout = replace(made_up_pemilu(7), contests=(contest,), forms=FORMS).layout(contest.id)
    chance = random.Random(contest.id)
    return make_valid(layout, lambda low, high: chance.randint(low, min(high, low + 40)))


FORMS = {contest.form: bundled_form(contest.form) for contest in (PPWP, KWK, DPR)}


def test_a_real_form_of_ppwp_takes_its_digits_one_key_a_cell_and_two(
    window: OpenWindow, tmp_path: Path
) -> None:
    desk = begin(window, tmp_path, PPWP)
    typed = "".join(keys_of(desk.session.layout.cells, WRITTEN))
    press("\n" + typed + "\n")
    cells, crossed = saved(desk)
    assert cells == {cell: figure or 0 for cell, figure in WRITTEN.items()}
    assert crossed == sorted(cell for cell, figure in WRITTEN.items() if figure is None)
    digits = sum(len(str(figure)) for figure in WRITTEN.values() if figure is not None)
    crosses = len(crossed)
    assert len(typed) + 2 <= digits + crosses + len(WRITTEN) + 2
    assert (len(WRITTEN), digits, crosses, len(typed) + 2) == (28, 54, 4, 88)


@pytest.mark.parametrize("contest", [PPWP, KWK, DPR], ids=lambda contest: contest.form)
def test_any_form_takes_its_digits_one_key_a_cell_and_two(
    window: OpenWindow, tmp_path: Path, contest: Contest
) -> None:
    desk = begin(window, tmp_path, contest)
    written = figures(contest)
    keys = "\n" + "".join(keys_of(desk.session.layout.cells, written)) + "\n"
    press(keys)
    assert saved(desk) == (written, [])
    digits = sum(len(str(figure)) for figure in written.values())
    assert len(keys) == digits + len(desk.session.layout.cells) + 2


def test_of_a_list_form_a_star_a_party_spares_most_keys(window: OpenWindow, tmp_path: Path) -> None:
    """Each party: its own votes and the first two candidates, the rest is 0, then its sum."""
    desk = begin(window, tmp_path, DPR)
    layout = desk.session.layout
    written = dict.fromkeys(layout.cells, 0) | {
        cell: n for cell, n in figures(DPR).items() if "votes" not in cell
    }
    for party in DPR.choices:
        parts = party.cells[:3] if len(party.cells) > 3 else party.cells[:-1]
        written |= dict.fromkeys(parts, 10 + party.number)
        written[party.counted_key] = sum(written[cell] for cell in parts)
    votes = [cell for party in DPR.choices for cell in party.cells]
    before = [cell for cell in layout.cells if cell not in votes][:-3]
    last = layout.cells[-3:]
    keys = "\n" + "".join(keys_of(before, written))
    for party in DPR.choices:
        few = party.cells[:3] if len(party.cells) > 3 else party.cells[:-1]
        keys += "".join(keys_of(few, written))
        keys += "*" * (len(party.cells) > 4)
        keys += f"{written[party.counted_key]}\n"
    keys += "".join(keys_of(last, written)) + "\n"
    press(keys)
    assert saved(desk) == (written, [])
    plain = sum(len(str(figure)) for figure in written.values()) + len(layout.cells) + 2
    assert len(keys) < plain * 0.65


def test_a_party_is_two_keys_and_its_number_away(window: OpenWindow, tmp_path: Path) -> None:
    desk = begin(window, tmp_path, DPR)
    press("\n.14\n")
    assert focused_cell() == "votes.14.party"
    assert desk.entry.station
