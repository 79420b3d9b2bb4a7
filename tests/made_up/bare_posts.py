"""Posts without files: what each knows of one TPS, and what its people do, as the office does it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from recap_desktop.election.figures.tallies import (
    STATES,
    Cause,
    Source,
    State,
    Tally,
    live_records,
    present_round,
    tally_of,
)
from recap_desktop.election.records import journal
from recap_desktop.election.records.journal import Draft, Kind, Link, Record, make_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SUBJECT = {"contest": "bupati", "tps": "3207012001001"}
A = {"votes.1": 10, "votes.2": 20}
B = {"votes.1": 11, "votes.2": 20}


class Post:
    """One post's knowledge of one TPS."""

    def __init__(self, name: str, *, double_entry: bool = False) -> None:
        self.name = name
        self.double_entry = double_entry
        self.known: dict[str, Record] = {}
        self.link = Link("e" * 64, "rehearsal", f"{name}/bupati", 1, journal.NO_RECORD)

    def say(
        self, kind: Kind, person: str, body: Mapping[str, object], over: tuple[str, ...]
    ) -> Record:
        record = make_record(self.link, Draft(kind, "t", person, SUBJECT, body, over))
        self.link = journal.follow(self.link, record)
        self.known[record.id] = record
        return record

    def tally(self) -> Tally:
        return tally_of(self.known.values(), double_entry=self.double_entry)

    def entries(self) -> list[Record]:
        live = live_records(self.known.values())
        return [record for record in live if record.kind == Kind.ENTRY.value]

    def enter(
        self, cells: dict[str, int], person: str = "ani", source: Source = Source.C_HASIL
    ) -> Record:
        tally = self.tally()
        own = tuple(
            record.id
            for record in self.entries()
            if record.person == person
            and record.body["source"] == source.value
            and record.body["round"] in (tally.rounds or ("",))
        )
        body = {"cells": cells, "source": source.value, "round": tally.round, "definition": 1}
        return self.say(Kind.ENTRY, person, body, own)

    def rule(self, cause: Cause, cells: dict[str, int]) -> Record:
        body = {
            "cause": cause.value,
            "cells": cells,
            "reason": "r",
            "raised_by": "",
            "decided_by": "",
            "definition": 1,
        }
        return self.say(Kind.RULING, "ketua", body, self.tally().live)

    def may_rule(self, cause: Cause) -> bool:
        return cause in STATES[self.state()].rulings

    def rule_as_may_be(self, cause: Cause, cells: dict[str, int]) -> Record:
        """As the plenary does: what is accepted or reopened keeps its figures."""
        assert self.may_rule(cause)
        if cause in (Cause.ACCEPTED, Cause.REOPENED):
            cells = dict(self.tally().cells)
        elif cause in (Cause.NOT_DELIVERED, Cause.NEW_ROUND):
            cells = {}
        return self.rule(cause, cells)

    def withdraw(self, entry: Record) -> Record:
        return self.say(Kind.WITHDRAWAL, "ketua", {"reason": "r"}, (entry.id,))

    def read_out(self, cells: dict[str, int]) -> Record:
        """What the plenary hears, whatever stands."""
        body = {"round": present_round(self.known.values()), "matched": 1, "heard": cells}
        return self.say(Kind.READING, "ketua", body, ())

    def hear(self, other: Post) -> None:
        self.known |= other.known

    def hear_one_by_one(self, other: Post, posts: frozenset[str] = frozenset()) -> Iterator[Record]:
        """Take in what fits, a record at a time: chains go on, and what is named is known.

        Args:
            other: who gives.
            posts: whose chains are taken in; everybody's when it is empty.
        """
        length = Counter(record.chain for record in self.known.values())
        for record in list(other.known.values()):
            wanted = not posts or record.post in posts
            named = {*record.over, record.body.get("round", "")} - {""}
            if wanted and record.seq == length[record.chain] + 1 and named <= self.known.keys():
                length[record.chain] += 1
                self.known[record.id] = record
                yield record

    def state(self) -> State:
        return self.tally().state
