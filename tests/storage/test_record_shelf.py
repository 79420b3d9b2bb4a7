"""The shelf gives records back in every order that is asked, and each after what it names."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from recap_desktop.election.records import journal
from recap_desktop.election.records.journal import Draft, Kind, Link, Record, make_record
from recap_desktop.election.records.soundness import named_by
from recap_desktop.storage.record_shelf import RecordShelf

POSTS = ("aa", "bb", "cc")
CELLS = {"cells": {"valid": 1}, "source": "c-hasil", "round": "", "definition": 1}
GENESIS = {"office": "320701", "post_key": "ab", "double_entry": 0}


def walk(steps: Iterable[tuple[int, int, bool]]) -> list[Record]:
    """Records of three posts that hear of each other: who writes, of which TPS, over what is known."""
    links: dict[str, Link] = {}
    made: list[Record] = []

    def say(chain: str, kind: Kind, subject: dict[str, str], over: tuple[str, ...] = ()) -> None:
        post = chain.partition("/")[0]
        begun = next((r.id for r in made if r.chain == f"{post}/office"), journal.NO_RECORD)
        link = links.get(chain) or Link("e" * 64, "rehearsal", chain, 1, begun)
        body = GENESIS if kind is Kind.GENESIS else CELLS
        made.append(make_record(link, Draft(kind, "t", "p", subject, body, over)))
        links[chain] = journal.follow(link, made[-1])

    for post in POSTS:
        say(f"{post}/office", Kind.GENESIS, {})
    for place, tps, names in steps:
        subject = {"contest": "bupati", "tps": f"320701200100{tps}"}
        known = tuple(r.id for r in made if r.subject == subject)[-2:] if names else ()
        say(f"{POSTS[place]}/bupati", Kind.ENTRY, subject, known)
    return sorted(made, key=lambda r: (r.chain, r.seq))


steps = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3), st.booleans()), max_size=40)


@given(steps, st.integers(0, 4))
def test_everything_is_found_again(said: list[tuple[int, int, bool]], head: int) -> None:
    records = walk(said)
    with RecordShelf() as shelf:
        shelf.put(records)
        shelf.ask_for(key for record in records for key in named_by(record))
        assert shelf.settle()
        assert list(shelf.raws()) == [record.raw for record in records]
        assert shelf.heads() == {r.chain: (r.seq, r.id) for r in records}
        for record in records:
            assert shelf.id_at(record.chain, record.seq) == record.id
            assert shelf.record(record.id) == record
        of_tps: dict[str, list[bytes]] = {}
        for record in records:
            if record.tps:
                of_tps.setdefault(record.tps, []).append(record.raw)
        assert list(shelf.subjects()) == sorted(of_tps.items())
        heads = {r.chain: (r.seq, r.id) for r in records if r.seq <= head}
        later = [r for r in records if r.seq > heads.get(r.chain, (0, ""))[0]]
        assert list(shelf.beyond(heads)) == later
        assert [r for _, part in shelf.subjects_beyond(heads) for r in part] == [
            r for tps in sorted(of_tps) for r in later if r.tps == tps
        ]
        assert shelf.of_kind(Kind.GENESIS.value) == [r for r in records if r.seq == 1 and not r.tps]


@given(steps, st.integers(0, 4))
def test_each_is_written_after_all_that_it_names(
    said: list[tuple[int, int, bool]], head: int
) -> None:
    records = walk(said)
    # Whoever knows a record knows what it names.
    known = {r.id for r in records if r.seq <= head}
    while True:
        more = {key for r in records if r.id in known for key in named_by(r) | {r.prev}} - known
        if not more - {journal.NO_RECORD}:
            break
        known |= more
    heads: dict[str, tuple[int, str]] = {}
    for record in records:
        if record.id in known:
            heads[record.chain] = (record.seq, record.id)
    with RecordShelf() as shelf:
        shelf.put(records)
        assert shelf.settle()
        written = [record for part in shelf.in_writing_order(heads) for record in part]
    assert {r.id for r in written} == {r.id for r in records} - known
    for record in written:
        assert named_by(record) | {record.prev} <= known | {journal.NO_RECORD}
        known.add(record.id)


def test_a_stranger_and_a_double_are_found() -> None:
    records = walk([(0, 1, False)])
    own = records[0].id
    for named in ("cd" * 32, own.upper(), "no hash", ""):
        with RecordShelf() as shelf:
            shelf.put(records)
            shelf.ask_for([named])
            assert not shelf.settle(), named
            assert shelf.record(named) is None
    with RecordShelf() as shelf:
        shelf.put([*records, records[-1]])
        assert not shelf.settle()
