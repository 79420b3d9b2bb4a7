"""Three laptops of one office do all that may be done, in any order, and come to the same.

Each record that reaches a TPS leads along an arrow of the table of states.
"""

from __future__ import annotations

import functools
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from recap_desktop.election.definitions.definition_data import to_data
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import STATES, Source, State
from recap_desktop.election.figures.totals import sum_of, total_of
from recap_desktop.election.records.journal import read_own_record, record_hash
from recap_desktop.office.definitions.amending import amend
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import (
    accept,
    correct,
    new_round,
    not_delivered,
    reopen,
    withdraw,
)
from recap_desktop.office.opening import Office, open_office
from recap_desktop.office.plenary.closing import close, reopen_contest
from recap_desktop.office.posts.exchanging import give, take_in
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.proof.auditing import audit, rebuild
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, TPS, Clock, tiny_election, tiny_office, valid_bupati
from tests.made_up.posts import DECISION, NAMES, exchange, one_more_post, second_post, standing

POSTS = st.integers(0, 2)
STATIONS = st.sampled_from(TPS[:2])
CELLS = st.sampled_from([valid_bupati(40), valid_bupati(41)])
DEEDS: dict[str, Callable[[Office, str, dict[str, int]], object]] = {
    "correct": lambda o, tps, cells: correct(
        o, BUPATI, tps, changes=dict(cells), decision=DECISION
    ),
    "accept": lambda o, tps, _: accept(o, BUPATI, tps, decision=DECISION),
    "not delivered": lambda o, tps, _: not_delivered(o, BUPATI, tps, decision=DECISION),
    "reopen": lambda o, tps, _: reopen(o, BUPATI, tps, decision=DECISION),
    "new round": lambda o, tps, _: new_round(o, BUPATI, tps, decision=DECISION),
    "withdraw": lambda o, tps, _: withdraw(o, BUPATI, tps, decision=DECISION),
}


@functools.cache
def made() -> tempfile.TemporaryDirectory[str]:
    """An office with three posts that know of each other, to be copied."""
    folder = tempfile.TemporaryDirectory(prefix="recap-posts-", ignore_cleanup_errors=True)
    path = Path(folder.name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RECAP_DATA_DIR", str(path / "a.laptop"))
        first, second = second_post(tiny_office(path / "a.rekap"), path, patch)
        third = one_more_post(first, path / "c.rekap", patch)
        exchange(first, second, third)
        for office in (first, second, third):
            office.close()
    return folder


class Laptops(RuleBasedStateMachine):
    """Three posts; each rule is refused or done."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="recap-walk-"))
        shutil.copytree(made().name, self.folder, dirs_exist_ok=True)
        before = os.environ["RECAP_DATA_DIR"]
        self.offices = []
        for name in "abc":
            os.environ["RECAP_DATA_DIR"] = str(self.folder / f"{name}.laptop")
            self.offices.append(open_office(self.folder / f"{name}.rekap", clock=Clock()))
        os.environ["RECAP_DATA_DIR"] = before
        assert all(office.can_write for office in self.offices)

    def states(self, office: Office) -> list[State]:
        tables = office.file.contests[BUPATI]
        found = [tables.tally(tps) for tps in TPS[:2]]
        return [stored.tally.state for stored in found if stored]

    def attempt(self, office: Office, deed: Callable[[], object]) -> None:
        """Do it, or be refused; either way along an arrow of the table."""
        before = self.states(office)
        try:
            deed()
        except KnownProblem:
            assert self.states(office) == before
            return
        for one, other in zip(before, self.states(office), strict=True):
            assert other is one or other in STATES[one].next

    @rule(
        at=POSTS,
        tps=STATIONS,
        person=st.sampled_from(NAMES),
        cells=CELLS,
        source=st.sampled_from([Source.C_HASIL, Source.SALINAN]),
    )
    def type_in(
        self, at: int, tps: str, person: str, cells: dict[str, int], source: Source
    ) -> None:
        office = self.offices[at]
        self.attempt(office, lambda: enter(office, BUPATI, tps, cells, by=person, source=source))

    @rule(at=POSTS, tps=STATIONS, deed=st.sampled_from(sorted(DEEDS)), cells=CELLS)
    def decide(self, at: int, tps: str, deed: str, cells: dict[str, int]) -> None:
        office = self.offices[at]
        self.attempt(office, lambda: DEEDS[deed](office, tps, cells))

    @rule(at=POSTS, giver=POSTS, of=st.frozensets(POSTS))
    def hear(self, at: int, giver: int, of: frozenset[int]) -> None:
        """Of some posts only, a record at a time, as far as what is named is known."""
        office = self.offices[at]
        wanted = {post.id for n in of if (post := self.offices[n].post)}
        for raw in give(self.offices[giver]):
            known = office.file.journal.record(record_hash(raw))
            if known is None and (not wanted or read_own_record(raw).post in wanted):
                self.attempt(office, functools.partial(take_in, office, [raw]))

    @rule(at=POSTS, word=st.sampled_from(["x", "y"]))
    def amend(self, at: int, word: str) -> None:
        office = self.offices[at]
        version = office.election.version + 1
        new = replace(tiny_election(), version=version, title=f"Pemilihan {word}")
        self.attempt(office, lambda: amend(office, new, by="Ani", reason="judul"))

    @rule(at=POSTS)
    def close(self, at: int) -> None:
        """Whatever has no figures never came; then it is closed, unless something differs."""
        office = self.offices[at]
        for stored in list(office.file.contests[BUPATI].tallies()):
            if not stored.tally.counts:
                deed = DEEDS["not delivered"]
                self.attempt(office, functools.partial(deed, office, stored.tps, {}))
        self.attempt(office, lambda: close(office, BUPATI, by="Ani"))

    @rule(at=POSTS)
    def open_again(self, at: int) -> None:
        office = self.offices[at]
        self.attempt(office, lambda: reopen_contest(office, BUPATI, by="Ani", reason="salah"))

    def teardown(self) -> None:
        """When everybody has everything, all is the same and whole."""
        try:
            self.require_same()
        finally:
            for office in self.offices:
                office.close()
            shutil.rmtree(self.folder)

    def require_same(self) -> None:
        exchange(*self.offices)
        first, *others = self.offices
        for other in others:
            assert sorted(give(other)) == sorted(give(first))
            assert standing(other) == standing(first)
            assert to_data(other.election) == to_data(first.election)
        for office in self.offices:
            self.require_whole(office)

    def require_whole(self, office: Office) -> None:
        tables = office.file.contests[BUPATI]
        desas = [
            total_of(desa, (row.tally for row in tables.tallies(desa)), tables.cells)
            for desa in sorted({tps[:10] for tps in TPS})
        ]
        assert totals(office, BUPATI, level=Level.DESA) == desas
        assert totals(office, BUPATI, level=Level.KECAMATAN) == [sum_of(office.code, desas)]
        assert not audit(office).faults
        assert rebuild(office) == []


TestLaptops = Laptops.TestCase
TestLaptops.settings = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
