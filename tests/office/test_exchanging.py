"""Several posts of one office reach the same state, whatever way their records travel."""

import random
from pathlib import Path

import pytest

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.figures.totals import sum_of, total_of
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import correct
from recap_desktop.office.opening import Office, open_office
from recap_desktop.office.posts.exchanging import give, take_in
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.proof.auditing import audit, rebuild
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati
from tests.made_up.posts import DECISION, act, second_post, standing


def two_posts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Office, Office]:
    """Two laptops of one office that asks for two people."""
    return second_post(tiny_office(tmp_path / "a.rekap", double_entry=True), tmp_path, monkeypatch)


@pytest.mark.parametrize("seed", range(12))
def test_posts_that_exchange_at_any_moment_reach_the_same_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)
    here, there = two_posts(tmp_path, monkeypatch)
    for _ in range(25):
        act(chance.choice((here, there)), chance)
        if chance.random() < 0.15:
            giver, taker = chance.sample((here, there), 2)
            records = give(giver)
            chance.shuffle(records)
            take_in(taker, records)
    take_in(here, give(there))
    take_in(there, give(here))
    assert standing(here) == standing(there)
    for office in (here, there):
        tables = office.file.contests[BUPATI]
        fresh = dict(office.file.fresh_fold(BUPATI))
        by_desa = [
            total_of(desa, (s.tally for s in tables.tallies(desa)), tables.cells)
            for desa in ("3207011001", "3207012001")
        ]
        assert totals(office, BUPATI, level=Level.DESA) == by_desa
        assert totals(office, BUPATI, level=Level.KECAMATAN) == [sum_of("320701", by_desa)]
        for stored in tables.tallies():
            if stored.tps in fresh:
                assert stored.tally.state is fresh[stored.tps].state
                assert stored.tally.cells == fresh[stored.tps].cells
        assert rebuild(office) == []
        assert not audit(office).faults
        conflicts = [s.tps for s in tables.tallies() if s.tally.state is State.CONFLICT]
        for tps in conflicts:
            correct(office, BUPATI, tps, changes=dict(valid_bupati(55)), decision=DECISION)
            stored_now = tables.tally(tps)
            assert stored_now is not None
            assert stored_now.tally.state is State.SETTLED
    here.close()
    there.close()


def test_an_exchange_that_lacks_what_it_names_is_refused_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = two_posts(tmp_path, monkeypatch)
    enter(there, BUPATI, TPS[0], valid_bupati(), by="Budi")
    enter(there, BUPATI, TPS[0], valid_bupati(41), by="Budi")
    records = give(there)
    before = give(here)
    without = [raw for raw in records if b'"votes.1":40' not in raw]
    with pytest.raises(KnownProblem, match="exchange-faults") as caught:
        take_in(here, without)
    assert {fault.code for fault in caught.value.faults} == {"exchange-gap", "exchange-over"}
    assert give(here) == before
    taken = take_in(here, records)
    assert taken.new == len(records) - taken.known
    assert take_in(here, records).new == 0
    here.close()
    there.close()


def test_a_chain_that_forks_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = two_posts(tmp_path, monkeypatch)
    there.close()
    twin = tmp_path / "kembar.rekap"
    twin.write_bytes(there.file.path.read_bytes())
    there = open_office(there.file.path)
    enter(there, BUPATI, TPS[0], valid_bupati(), by="Budi")
    take_in(here, give(there))
    there.close()
    # The same post, restored without its memory, writes another history.
    for memory in (tmp_path / "b.laptop" / "posts").glob("*.heads"):
        memory.unlink()
    there = open_office(twin)
    enter(there, BUPATI, TPS[0], valid_bupati(41), by="Budi")
    with pytest.raises(KnownProblem, match="exchange-faults") as caught:
        take_in(here, give(there))
    assert {fault.code for fault in caught.value.faults} == {"exchange-fork"}
    here.close()
    there.close()


def test_records_of_another_office_are_refused(tmp_path: Path) -> None:
    ciamis = tiny_office(tmp_path / "a.rekap")
    other = tiny_office(tmp_path / "b.rekap", region="320702")
    with pytest.raises(KnownProblem, match="exchange-faults") as caught:
        take_in(ciamis, give(other))
    assert {fault.code for fault in caught.value.faults} == {"exchange-office"}
    ciamis.close()
    other.close()


@pytest.mark.parametrize("raw", [b"", b"{}", b'{"a": 1}', b"\xff\xfe"])
def test_what_is_no_record_is_refused(tmp_path: Path, raw: bytes) -> None:
    office = tiny_office(tmp_path / "a.rekap")
    with pytest.raises(KnownProblem, match="exchange-faults"):
        take_in(office, [raw])
    office.close()
