"""Canonical bytes, records and chains."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recap_desktop.election.records import journal
from recap_desktop.election.records.canonical import NotCanonical, canonical, read_canonical
from recap_desktop.election.records.journal import (
    Draft,
    Kind,
    Link,
    chain_breaks,
    make_record,
    read_record,
)

TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"])).map(
    lambda text: unicodedata.normalize("NFC", text)
)
KEYS = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=8)
VALUES = st.recursive(
    TEXT | st.integers(-(2**53), 2**53),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(KEYS, VALUES, max_size=6)


@given(OBJECTS)
def test_canonical_bytes_read_back_to_the_same_value(data: dict[str, object]) -> None:
    assert read_canonical(canonical(data)) == data


@given(OBJECTS)
def test_canonical_bytes_are_those_of_the_standard_library(data: dict[str, object]) -> None:
    # Whoever verifies a journal in twenty years needs no library but Python's own.
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical(data) == text.encode("utf-8")


@given(OBJECTS)
def test_canonical_bytes_do_not_depend_on_the_order_of_keys(data: dict[str, object]) -> None:
    assert canonical(dict(reversed(data.items()))) == canonical(data)


@pytest.mark.parametrize(
    "value",
    [1.0, None, True, float("nan"), 2**53 + 1, "a\nb", "e\u0301", "\ud800", {1: 2}, {"é": 1}, b"x"],
)
def test_what_canonical_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical({"a": value})


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":null}',
        b'{"a":"\\u0041"}',
        b'{"a":1}\n',
        b'{"a":1e3}',
        b"[1]",
        b"\xff",
        b"",
        b'{"a":NaN}',
        b'{"a":' * 400 + b"1" + b"}" * 400,
        b'{"a":' + b"[" * 900 + b"]" * 900 + b"}",
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b'{"a":' + b"9" * 5000 + b"}",
    ],
)
def test_bytes_that_would_be_written_otherwise_are_refused(raw: bytes) -> None:
    with pytest.raises(NotCanonical):
        read_canonical(raw)


def chain(length: int, name: str = "p/office") -> list[journal.Record]:
    link = Link("e" * 64, "rehearsal", name, 1, journal.NO_RECORD)
    records = []
    for number in range(length):
        draft = Draft(Kind.PERSON, "2024-11-28T09:00:00+07:00", "x", {}, {"n": number})
        records.append(make_record(link, draft))
        link = journal.follow(link, records[-1])
    return records


def test_a_record_reads_back_as_it_was_made() -> None:
    record = chain(2)[1]
    assert read_record(record.raw) == record
    assert record.id == journal.record_hash(record.raw)


def test_the_bytes_of_a_record_are_fixed_for_ever() -> None:
    # A golden vector: if this changes, every office file ever written becomes unreadable.
    record = chain(1)[0]
    assert record.raw == (
        b'{"body":{"n":0},"chain":"p/office","election":"' + b"e" * 64 + b'","kind":"person/1",'
        b'"mode":"rehearsal","over":[],"person":"x","prev":"' + b"0" * 64 + b'","seq":1,'
        b'"subject":{},"time":"2024-11-28T09:00:00+07:00","v":1}'
    )
    assert record.id == "fb7c8624df67085f8d0c4f18949063fd65ee297c2ed815e07b1a4786be65ef93"


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"seq": "1"},
        {"over": ["b", "a"]},
        {"over": ["a", "a"]},
        {"subject": {"tps": 1}},
        {"extra": 1},
        {"body": []},
    ],
)
def test_a_record_of_another_shape_is_refused(change: dict[str, object]) -> None:
    data = json.loads(chain(1)[0].raw) | change
    with pytest.raises(NotCanonical):
        read_record(canonical(data))


def test_a_whole_chain_has_no_break() -> None:
    assert not list(chain_breaks(chain(5), {}))


@pytest.mark.parametrize("gone", range(4))
def test_a_record_taken_out_of_a_chain_is_found_at_the_next(gone: int) -> None:
    records = chain(5)
    del records[gone]
    assert [(b.seq, b.code) for b in chain_breaks(records, {})] == [(gone + 2, "gap")]


def test_another_chain_of_a_post_must_begin_at_its_genesis() -> None:
    own = chain(1)
    other = chain(2, "p/bupati")
    assert [b.seq for b in chain_breaks(other, {"p": own[0].id})] == [1]
