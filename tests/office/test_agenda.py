"""The agenda of the plenary says of each desa what the close of that desa would say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.election.practice.practice import Practice
from recap_desktop.election.records.plenary import Turn
from recap_desktop.office.entry.entering import enter_all
from recap_desktop.office.opening import Office, create_office_for
from recap_desktop.office.plenary.agenda import agenda
from recap_desktop.office.plenary.closing import close, missing, reopen_contest
from recap_desktop.office.plenary.plenaries import declare
from recap_desktop.office.plenary.revisions import standing_revision
from tests.made_up.made_up_pemilu import CAKUNG, made_up_pemilu, seeded

PPWP = "ppwp"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Seven desa of ten TPS: two without a slip, the others typed with slips."""
    election = made_up_pemilu(70)
    office = create_office_for(tmp_path / "c.rekap", election=election, region=CAKUNG)
    forms = list(Practice(election, seeded(8), times=4.0).forms(PPWP))
    sound = office.file.contests[PPWP].desas()[:2]
    rows = {form.tps: form.written for form in forms if form.written}
    rows |= {form.tps: form.meant for form in forms if form.tps.startswith(sound)}
    enter_all(office, PPWP, list(rows.items()), by="Siti")
    yield office
    office.close()


def ready(office: Office) -> list[bool]:
    """What the agenda says, held against the close of each unit."""
    items = agenda(office, PPWP)
    for item in items:
        unit = "" if item.unit == office.code else item.unit
        revision = standing_revision(office, PPWP, unit)
        assert item.revision == (revision.number if revision else 0)
        assert item.is_ready == (revision is None and not missing(office, PPWP, unit=unit))
    return [item.is_ready for item in items]


def test_ready_is_exactly_what_nothing_stands_against(office: Office) -> None:
    said = ready(office)
    assert said[:2] == [True, True]
    assert not any(said[2:])


def test_what_was_not_read_out_stands_against_every_desa(office: Office) -> None:
    declare(office, Turn.OPENED, by="Siti", place="Aula")
    assert not any(ready(office))
    declare(office, Turn.SUSPENDED, by="Siti")
    assert not any(ready(office))


def test_a_desa_that_is_closed_and_reopened_is_ready_again(office: Office) -> None:
    first = office.file.contests[PPWP].desas()[0]
    close(office, PPWP, by="Siti", unit=first)
    assert ready(office)[:2] == [False, True]
    reopen_contest(office, PPWP, by="Siti", reason="salah", unit=first)
    assert ready(office)[:2] == [True, True]
