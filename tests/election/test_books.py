"""Papers of a book are made when they are looked at, the same each time, and none is kept."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator, Mapping

from recap_desktop.election.figures.tallies import Tally
from recap_desktop.election.papers.annexes import Annex
from recap_desktop.election.papers.books import Papers, office_book
from recap_desktop.election.papers.sheets import Sheet
from tests.made_up.papers import DESA, KECAMATAN, KELURAHAN, election_of, facts_of, filled

ELECTION = election_of({KELURAHAN: 3, DESA: 2})


class Asked(Mapping[str, Tally]):
    """Tallies that remember which were asked for."""

    def __init__(self) -> None:
        self._tallied = filled(ELECTION)
        self.asked: list[str] = []

    def __getitem__(self, tps: str) -> Tally:
        self.asked.append(tps)
        return self._tallied[tps]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tallied)

    def __len__(self) -> int:
        return len(self._tallied)


def test_a_paper_is_made_from_its_own_tps_when_it_is_looked_at() -> None:
    tallied = Asked()
    papers = office_book(facts_of(ELECTION), KECAMATAN, tallied)
    assert len(papers) == 4
    assert not tallied.asked
    second = papers[1]
    assert isinstance(second, Sheet) and second.code == DESA
    assert tallied.asked == [f"{DESA}001", f"{DESA}002"]


def test_papers_are_equal_each_time_from_either_end_and_in_parts() -> None:
    papers = office_book(facts_of(ELECTION), KECAMATAN, filled(ELECTION))
    made = tuple(papers)
    assert [type(paper) for paper in made] == [Sheet, Sheet, Sheet, Annex]
    assert tuple(papers) == made and papers[-1] == made[-1]
    part = papers[1:3]
    assert tuple(part) == made[1:3]


def test_a_paper_is_let_go_when_the_next_is_made() -> None:
    class Paper:
        pass

    held: list[weakref.ref[object]] = []

    def make() -> Sheet:
        gc.collect()
        assert sum(one() is not None for one in held) <= 1
        made = Paper()
        held.append(weakref.ref(made))
        return made  # type: ignore[return-value]  # a sheet has slots, which no weak reference takes

    for _ in Papers([make] * 5):
        pass
    assert len(held) == 5
