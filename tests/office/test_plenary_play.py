"""A whole plenary with real figures in one office, and the same split over two posts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.records.plenary import Turn
from recap_desktop.office.opening import Office, create_office_for
from recap_desktop.office.plenary.closing import missing
from recap_desktop.office.plenary.plenaries import declare, incidents
from recap_desktop.office.plenary.revisions import revisions, standing_revision
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.proof.auditing import audit, rebuild
from tests.made_up.offices import Clock
from tests.made_up.plenary_play import (
    BUPATI,
    KECAMATAN,
    LEADER,
    PLACE,
    READER,
    Hall,
    Play,
    election,
    finish,
    play,
    type_beforehand,
)
from tests.made_up.posts import exchange, second_post


def prepared(path: Path, acted: Play) -> Office:
    office = create_office_for(
        path, election=election(), region=KECAMATAN, double_entry=True, clock=Clock()
    )
    type_beforehand(office, acted)
    declare(office, Turn.OPENED, by=READER, place=PLACE, leader=LEADER)
    return office


def standing(office: Office) -> list[object]:
    """Everything that must not depend on who read what where."""
    spoken = sorted((i.unit, i.text, i.answer, i.is_open) for i in incidents(office, BUPATI))
    return [
        [(row.tps, row.tally, row.late) for row in office.file.contests[BUPATI].tallies()],
        [totals(office, BUPATI, level=level) for level in (Level.DESA, Level.KECAMATAN)],
        spoken,
    ]


def test_the_plenary_of_ciamis_in_one_office(tmp_path: Path) -> None:
    acted = play()
    office = prepared(tmp_path / "ciamis.rekap", acted)
    differing = {
        row.tps
        for row in office.file.contests[BUPATI].tallies()
        if row.tally.state is State.DIFFERS
    }
    assert differing == set(acted.slips)
    hall = Hall(office, acted)
    for desa in acted.desas:
        for _ in hall.steps(desa):
            pass
    assert missing(office, BUPATI) == []
    finish(office)
    assert {row.tps: dict(row.tally.cells) for row in office.file.contests[BUPATI].tallies()} == (
        acted.result
    )
    (total,) = totals(office, BUPATI, level=Level.KECAMATAN)
    for cell in ("votes.1", "votes.2", "valid", "invalid", "cast"):
        assert total.sums[cell] == sum(cells.get(cell, 0) for cells in acted.result.values())
    assert [r.number for r in revisions(office, BUPATI)] == [1, 2]
    assert [i.is_open for i in incidents(office, BUPATI)] == [False, True]
    head = standing_revision(office, BUPATI)
    assert head is not None
    found = audit(office, anchor=head.head[:32])
    assert (found.faults, found.anchor) == ((), head.record)
    assert rebuild(office) == []
    office.close()


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_split_over_two_posts_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    acted = play()
    (tmp_path / "one").mkdir()
    alone = prepared(tmp_path / "one" / "ciamis.rekap", acted)
    hall = Hall(alone, acted)
    for desa in acted.desas:
        for _ in hall.steps(desa):
            pass
    chance = random.Random(seed)
    here, there = second_post(prepared(tmp_path / "a.rekap", acted), tmp_path, monkeypatch)
    running: dict[Office, Iterator[str]] = {here: iter(()), there: iter(())}
    left = list(acted.desas)
    while left or running:
        post = chance.choice(list(running))
        if next(running[post], None) is None:
            if not left:
                del running[post]
                continue
            running[post] = Hall(post, acted).steps(left.pop(chance.randrange(len(left))))
        if chance.random() < 0.03:
            exchange(here, there)
    exchange(here, there)
    assert standing(here) == standing(there) == standing(alone)
    finish(here)
    finish(alone)
    exchange(here, there)
    closes = [standing_revision(office, BUPATI) for office in (here, there, alone)]
    said = [(c.record.body["root"], c.record.body["totals"]) for c in closes if c is not None]
    assert len(said) == 3
    assert said[0] == said[1] == said[2]
    for office in (here, there, alone):
        assert audit(office).faults == ()
        office.close()
