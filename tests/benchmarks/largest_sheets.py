"""The largest sheets there are, by what is printed: a kabupaten, a kecamatan, and a DPR sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from recap_desktop.election.definitions.contests import Election
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import State, Tally
from recap_desktop.election.papers import books
from recap_desktop.election.papers.facts import Facts
from recap_desktop.election.papers.sheets import Sheet
from tests.benchmarks.kabupaten import KABUPATEN, kabupaten
from tests.benchmarks.province import form_of
from tests.made_up.every_form import parties
from tests.made_up.papers import (
    KECAMATAN,
    PAIR,
    REVISION,
    WORDS,
    election_of,
    facts_of,
    filled,
    party_form,
)

STATIONS = 7_908
"""TPS of a large kabupaten."""

CONTEST = "ppwp"


def of_a_kabupaten() -> Iterator[Sheet]:
    """Every sheet of it: of its desa with a column a TPS, of its kecamatan, and its own."""
    election = kabupaten(STATIONS)
    tallied = Filled(election)
    for office in (*election.tree.at(Level.KECAMATAN), KABUPATEN):
        facts = Facts(election, CONTEST, office, REVISION, double_entry=True, words=WORDS)
        yield from _sheets(books.office_book(facts, office, tallied))


def of_a_kecamatan() -> Iterator[Sheet]:
    """As many TPS as the largest has (Cakung, Pemilu 2024), in 37 desa."""
    choices = tuple(replace(PAIR, number=number) for number in (1, 2, 3))
    election = election_of({f"32070120{n:02d}": 43 for n in range(1, 38)}, choices=choices)
    return _sheets(books.office_book(facts_of(election), KECAMATAN, filled(election)))


def of_dpr() -> Iterator[Sheet]:
    """The sheet of a kecamatan alone: over 250 rows by 108 desa."""
    stations = {f"{KECAMATAN}{2000 + number}": 1 for number in range(1, 109)}
    election = election_of(stations, choices=parties(11), form=party_form())
    papers = books.office_book(facts_of(election), KECAMATAN, filled(election))
    return _sheets(papers[-2:])


def _sheets(papers: books.Papers[books.Bound]) -> Iterator[Sheet]:
    return (paper for paper in papers if isinstance(paper, Sheet))


class Filled(Mapping[str, Tally]):
    """A tally for every TPS, made when it is asked for."""

    def __init__(self, election: Election) -> None:
        """Of all TPS of an election."""
        self._cells = election.layout(CONTEST).cells
        self._stations = frozenset(station.tps for station in election.stations)

    def __getitem__(self, tps: str) -> Tally:
        if tps not in self._stations:
            raise KeyError(tps)
        return Tally(State.AGREED, form_of(tps, self._cells), counts=True)

    def __iter__(self) -> Iterator[str]:
        return iter(self._stations)

    def __len__(self) -> int:
        return len(self._stations)
