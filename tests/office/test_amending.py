"""An office takes a newer definition: what was typed and what was closed stay as they were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from recap_desktop.election.definitions.contests import Contest, Election, Mode, Station, Struck
from recap_desktop.election.definitions.definition_data import to_data
from recap_desktop.election.definitions.regions import Level, RegionTree
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.papers.sheets import Sheet
from recap_desktop.election.records.journal import (
    OFFICE_CHAIN,
    Draft,
    Kind,
    chain_name,
    make_record,
)
from recap_desktop.office.checks.findings import findings
from recap_desktop.office.definitions.amending import amend, propose
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import Decision, withdraw
from recap_desktop.office.opening import Office, open_office
from recap_desktop.office.papers.printing import book_of
from recap_desktop.office.plenary.closing import close, missing, reopen_contest
from recap_desktop.office.plenary.revisions import close_is_genuine, has_moved_on, revisions
from recap_desktop.office.posts.exchanging import give, take_in
from recap_desktop.office.posts.mirroring import restore
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.proof.auditing import audit, rebuild
from recap_desktop.office.proof.history import contest_history, history
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import (
    BUPATI,
    GUBERNUR,
    NAMES,
    TPS,
    tiny_election,
    tiny_office,
    valid_bupati,
)
from tests.made_up.posts import exchange, frozen, second_post

NEW_TPS = "3207012001003"
STRUCK = Struck("2024-11-20", "Keputusan KPU 123/2024")


def second_version(
    *,
    version: int = 2,
    added: tuple[Station, ...] = (),
    abolished: str = "",
    struck: int = 0,
    title: str = "Pemilihan Serentak 2024 (diperbaiki)",
    mode: Mode = Mode.REHEARSAL,
) -> Election:
    """The tiny election with everything mended that may be."""
    first = tiny_election(mode)
    stations = [
        station._replace(abolished="digabung" if station.tps == abolished else "")
        for station in (*first.stations, *added)
    ]
    return replace(
        first,
        title=title,
        version=version,
        contests=tuple(_mended(contest, struck) for contest in first.contests),
        tree=RegionTree({**NAMES, "3207011001": "Kelurahan Maleber Kidul"}),
        stations=tuple(sorted(stations)),
    )


def _mended(contest: Contest, struck: int) -> Contest:
    return replace(
        contest,
        title=contest.title + " 2024",
        choices=tuple(
            replace(c, name=c.name + "!", struck=STRUCK if c.number == struck else None)
            for c in contest.choices
        ),
    )


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Every TPS of the bupati contest entered, and closed once."""
    made = tiny_office(tmp_path / "ciamis.rekap")
    for tps in TPS:
        enter(made, BUPATI, tps, valid_bupati(), by="Ani")
    close(made, BUPATI, by="Ani")
    yield made
    made.close()


def take(office: Office, new: Election) -> None:
    amend(office, new, by="Ani", reason="perbaikan nama", decided_by="Keputusan KPU 123/2024")


def figures(office: Office) -> list[object]:
    return [
        {row.tps: row.tally for row in office.file.contests[BUPATI].tallies() if row.tps in TPS},
        [total.sums for total in totals(office, BUPATI, level=Level.KECAMATAN)],
    ]


def is_whole(office: Office) -> bool:
    return audit(office).faults == () and rebuild(office) == []


EVERYTHING = second_version(added=(Station(NEW_TPS, 90, 95),), struck=2)


def test_figures_and_revisions_stay_as_they_were(office: Office) -> None:
    before, closed = figures(office), frozen(office)
    take(office, EVERYTHING)
    assert to_data(office.election) == to_data(EVERYTHING)
    assert figures(office) == before
    assert frozen(office) == closed
    assert is_whole(office)
    reopen_contest(office, BUPATI, by="Ani", reason="TPS baru")
    enter(office, BUPATI, NEW_TPS, valid_bupati(), by="Ani")
    close(office, BUPATI, by="Ani")
    later = frozen(office)
    assert {head: later[head] for head in closed} == closed
    assert all(close_is_genuine(office, revision) for revision in revisions(office, BUPATI))
    assert is_whole(office)


def test_what_was_typed_is_judged_under_the_newest(office: Office) -> None:
    rules = {finding.rule for _, finding in findings(office, BUPATI)}
    assert "R19" not in rules
    take(office, EVERYTHING)
    found = [finding for _, finding in findings(office, BUPATI) if finding.rule == "R19"]
    assert [f.cells for f in found] == [("votes.2",)] * len(TPS)


def test_an_entry_says_the_version_it_was_typed_under(office: Office) -> None:
    take(office, EVERYTHING)
    (made,) = enter(office, GUBERNUR, NEW_TPS, {"votes.1": 3}, by="Ani").records
    (entry,) = office.file.journal.records(GUBERNUR, NEW_TPS)
    assert entry.id == made
    assert entry.body["definition"] == 2
    (first,) = office.file.journal.records(BUPATI, TPS[0])
    assert first.body["definition"] == 1


def test_the_amendment_is_there_when_the_office_is_opened_again(office: Office) -> None:
    take(office, EVERYTHING)
    office.close()
    again = open_office(office.file.path)
    assert to_data(again.election) == to_data(EVERYTHING)
    assert again.file.contests[BUPATI].tally(NEW_TPS) is not None
    assert is_whole(again)
    again.close()


def test_a_closed_contest_says_that_the_definition_has_moved_on(office: Office) -> None:
    (revision,) = revisions(office, BUPATI)
    assert not has_moved_on(office, revision)
    take(office, second_version())
    assert has_moved_on(office, revision)
    said = [(event.what, event.person) for event in contest_history(office, BUPATI)]
    assert said == [("close", "Ani"), ("amendment", "Ani")]


def test_sheets_say_who_was_struck_and_leave_out_a_tps_that_was_abolished(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "o.rekap")
    take(office, second_version(abolished=TPS[1], struck=2))
    sheet = next(paper for paper in book_of(office, BUPATI).papers if isinstance(paper, Sheet))
    assert [column.name for column in sheet.units] == ["001", "901"]
    notes = [row.note for section in sheet.arrangement.sections for row in section.rows]
    assert "(DICORET 20-11-2024)" in notes
    office.close()


def test_a_tps_that_was_abolished_is_not_counted_and_takes_nothing(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "o.rekap")
    take(office, second_version(abolished=TPS[1]))
    (total,) = totals(office, BUPATI, level=Level.KECAMATAN)
    assert total.stations == len(TPS) - 1
    with pytest.raises(KnownProblem, match="tps-abolished") as caught:
        enter(office, BUPATI, TPS[1], valid_bupati(), by="Ani")
    assert caught.value.details["reason"] == "digabung"
    assert TPS[1] not in {fault.details["tps"] for fault in missing(office, BUPATI)}
    assert is_whole(office)
    take(office, second_version(version=3))
    enter(office, BUPATI, TPS[1], valid_bupati(), by="Ani")
    office.close()


def refused(office: Office, new: Election) -> set[str]:
    records = list(office.file.journal.raw_records())
    with pytest.raises(KnownProblem, match="amendment-refused") as caught:
        take(office, new)
    assert list(office.file.journal.raw_records()) == records
    assert office.election.version == 1
    return {fault.code for fault in caught.value.faults}


def test_an_amendment_that_may_not_be_changes_nothing(office: Office) -> None:
    assert refused(office, second_version(mode=Mode.REAL)) == {"amend-mode"}
    assert refused(office, second_version(version=1)) == {"amend-version"}
    fewer = replace(EVERYTHING, stations=EVERYTHING.stations[1:])
    assert refused(office, fewer) == {"amend-station-removed"}
    assert refused(office, second_version(abolished=TPS[0])) == {"amend-station-has-figures"}
    with pytest.raises(KnownProblem, match="amendment-empty"):
        take(office, replace(tiny_election(), version=2))
    with pytest.raises(KnownProblem, match="reason-missing"):
        amend(office, EVERYTHING, by="Ani", reason=" ")


def test_what_would_change_is_said_before_anything_is_written(office: Office) -> None:
    proposal = propose(office, EVERYTHING)
    assert proposal.faults == ()
    assert {change.slot[0] for change in proposal.changes} == {
        *("title", "region", "contest", "choice", "station")
    }
    assert office.election.version == 1


def test_a_second_amendment_may_take_back_the_first(office: Office) -> None:
    take(office, EVERYTHING)
    back = second_version(version=3, added=(Station(NEW_TPS),), title="Pemilihan Serentak 2024")
    take(office, back)
    assert to_data(office.election) == to_data(back)
    assert office.election.contest(BUPATI).choices[1].struck is None
    first, second = contest_history(office, BUPATI)[1:]
    assert [first.is_live, second.is_live] == [False, True]
    assert second.record.over == (first.record.id,)
    assert is_whole(office)


def test_posts_that_exchange_work_under_one_definition(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = second_post(office, tmp_path, monkeypatch)
    take(here, EVERYTHING)
    enter(here, GUBERNUR, NEW_TPS, {"votes.1": 3}, by="Ani")
    take(there, second_version(version=3, added=(Station(NEW_TPS, 90, 96),)))
    enter(there, GUBERNUR, NEW_TPS, {"votes.1": 4}, by="Budi")
    exchange(here, there)
    assert to_data(here.election) == to_data(there.election)
    assert here.election.version == 3
    for post in (here, there):
        stored = post.file.contests[GUBERNUR].tally(NEW_TPS)
        assert stored is not None
        assert stored.tally.state is State.DIFFERS
        assert is_whole(post)
        post.close()


def test_figures_from_a_post_that_did_not_know_of_the_abolition_stop_the_close(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = second_post(tiny_office(tmp_path / "a.rekap"), tmp_path, monkeypatch)
    take(here, second_version(abolished=TPS[1]))
    for tps in TPS:
        enter(there, BUPATI, tps, valid_bupati(), by="Budi")
    exchange(here, there)
    (fault,) = missing(here, BUPATI)
    assert (fault.code, fault.details) == ("close-abolished", {"tps": TPS[1]})
    assert [event.what for event in history(here, BUPATI, TPS[1])] == ["entry"]
    (total,) = totals(here, BUPATI, level=Level.KECAMATAN)
    assert (total.stations, total.counted) == (4, 4)
    withdraw(here, BUPATI, TPS[1], decision=Decision("Ani", "TPS ditiadakan"))
    assert close(here, BUPATI, by="Ani").record.body["leaves"] == len(TPS) - 1
    assert is_whole(here)
    for post in (here, there):
        post.close()


def test_a_mirror_alone_brings_the_amendments_back(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    mirror = office.set_mirror(folder)
    take(office, EVERYTHING)
    closed = frozen(office)
    again = restore(mirror.path, tmp_path / "again.rekap")
    assert to_data(again.election) == to_data(EVERYTHING)
    assert frozen(again) == closed
    again.close()


def test_a_forged_amendment_is_not_taken_from_another_post(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = second_post(office, tmp_path, monkeypatch)
    assert there.post is not None
    body = {
        "version": 2,
        "changes": [["mode", "real"]],
        "definition": "0" * 64,
        "reason": "x",
        "decided_by": "",
    }
    draft = Draft(Kind.AMENDMENT, there.now(), "p", {}, body)
    link = there.file.journal.link(chain_name(there.post.id, OFFICE_CHAIN))
    with pytest.raises(KnownProblem, match="exchange-faults") as caught:
        take_in(here, [*give(there), make_record(link, draft).raw])
    assert [fault.code for fault in caught.value.faults] == ["exchange-amendment"]
    for post in (here, there):
        post.close()


def test_a_file_with_a_forged_amendment_opens_to_be_audited(office: Office) -> None:
    assert office.post is not None
    link = office.file.journal.link(chain_name(office.post.id, OFFICE_CHAIN))
    body = {
        "version": 2,
        "changes": [["choice", BUPATI, "99", "name", "X"]],
        "definition": "0" * 64,
        "reason": "x",
        "decided_by": "",
    }
    office.file.journal.insert([make_record(link, Draft(Kind.AMENDMENT, "t", "p", {}, body))])
    office.close()
    again = open_office(office.file.path)
    assert again.obstacle == "damaged"
    assert [fault.code for fault in audit(again).faults] == ["audit-amendment", "audit-person"]
    again.close()
