"""X in every box of a cell says 0 and is remembered; it never makes two people differ."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.election.figures.counts import Count, crossed_out
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.records import soundness
from recap_desktop.election.records.journal import Draft, Kind, Link, make_record
from recap_desktop.election.records.people import person_id
from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.entry.deciding import decide
from recap_desktop.office.entry.drafts import Drafts
from recap_desktop.office.entry.ruling import Decision
from recap_desktop.office.entry.stations import Act, standing
from recap_desktop.office.opening import Office
from recap_desktop.office.proof.history import history
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati

CROSSED = {"users.moved.l", "users.moved.p", "users.moved.jml"}
WHY = Decision(by="Ani", reason="salah tulis")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = tiny_office(tmp_path / "o.rekap")
    yield office
    office.close()


def written() -> Count:
    return Count(valid_bupati(), CROSSED)


def test_only_what_is_0_can_be_crossed_out() -> None:
    assert Count({"valid": 3, "invalid": 0}, ("valid", "invalid", "cast")).crossed == {"invalid"}


def test_an_entry_remembers_it_and_one_without_reads_as_before(office: Office) -> None:
    entering.enter(office, BUPATI, TPS[0], written(), by="Siti")
    entering.enter(office, BUPATI, TPS[1], valid_bupati(), by="Siti")
    first, second = (history(office, BUPATI, tps)[0] for tps in TPS[:2])
    assert first.record.body["crossed"] == sorted(CROSSED)
    assert first.record.body["cells"] == valid_bupati()
    assert "crossed" not in second.record.body
    now = standing(office, BUPATI, TPS[0], person=person_id("Siti"))
    assert crossed_out(now.cells) == CROSSED


def test_typed_again_with_other_crosses_it_is_another_entry(office: Office) -> None:
    entering.enter(office, BUPATI, TPS[0], valid_bupati(), by="Siti")
    assert entering.enter(office, BUPATI, TPS[0], written(), by="Siti").records
    assert entering.enter(office, BUPATI, TPS[0], written(), by="Siti").unchanged == (TPS[0],)


def test_two_people_who_differ_in_crosses_only_agree(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "d.rekap", double_entry=True)
    entering.enter(office, BUPATI, TPS[0], written(), by="Siti")
    hidden = history(office, BUPATI, TPS[0])[0]
    assert hidden.crossed == frozenset()
    assert "crossed" not in hidden.to_data()["body"]
    assert standing(office, BUPATI, TPS[0], person=person_id("Ani")).cells == {}
    entering.enter(office, BUPATI, TPS[0], valid_bupati(), by="Ani")
    stored = office.file.contests[BUPATI].tally(TPS[0])
    assert stored is not None and stored.tally.state is State.AGREED
    assert history(office, BUPATI, TPS[0])[0].crossed == CROSSED
    office.close()


def test_a_correction_keeps_what_it_does_not_change(office: Office) -> None:
    entering.enter(office, BUPATI, TPS[0], written(), by="Siti")
    now = standing(office, BUPATI, TPS[0], person=person_id("Ani"))
    changed = {**valid_bupati(), "users.moved.l": 1, "ballots.spoiled": 0}
    after = Count(changed, {"ballots.spoiled"})
    made = decide(office, BUPATI, now, act=Act.CORRECT, cells=after, decision=WHY)
    assert made.body["crossed"] == ["ballots.spoiled", "users.moved.jml", "users.moved.p"]
    now = standing(office, BUPATI, TPS[0], person=person_id("Ani"))
    assert sorted(crossed_out(now.cells)) == made.body["crossed"]
    assert soundness.is_sound(made)


def test_accepted_as_it_is_stays_crossed_out(office: Office) -> None:
    entering.enter(office, BUPATI, TPS[0], written(), by="Siti")
    assert ruling.accept(office, BUPATI, TPS[0], decision=WHY).body["crossed"] == sorted(CROSSED)


def test_a_draft_keeps_it(office: Office) -> None:
    Drafts(office, "abc").keep(BUPATI, TPS[0], Count({"valid": 0, "invalid": 3}, {"valid"}))
    kept = Drafts(office, "abc").find(BUPATI, TPS[0])
    assert kept is not None and crossed_out(kept.cells) == {"valid"}


@pytest.mark.parametrize(
    "crossed", [[], "valid", ["cast"], ["invalid", "invalid"], ["valid"], ["no-such"], [0], None]
)
def test_a_record_that_crosses_out_what_is_not_0_is_not_sound(crossed: object) -> None:
    def entry(**more: object) -> Draft:
        body = {"cells": {"valid": 3, "invalid": 0}, "source": "c-hasil", "round": ""}
        return Draft(
            Kind.ENTRY,
            time="2024-11-28T09:00:00+07:00",
            person="abc",
            subject={"contest": BUPATI, "tps": TPS[0]},
            body={**body, "definition": 1, **more},
        )

    link = Link("e" * 64, "real", f"{'p' * 32}/{BUPATI}", 1, "0" * 64)
    assert soundness.is_sound(make_record(link, entry(crossed=["invalid"])))
    if crossed is not None:
        assert not soundness.is_sound(make_record(link, entry(crossed=crossed)))
