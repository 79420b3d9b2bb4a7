"""An election file holds exactly its definition, and nothing else is taken for one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recap_desktop.election.definitions.contests import (
    Candidate,
    Choice,
    ChoiceKind,
    Contest,
    Election,
    Mode,
    Station,
)
from recap_desktop.election.definitions.definition_data import to_data
from recap_desktop.election.definitions.regions import RegionTree
from recap_desktop.election.records import journal
from recap_desktop.election.records.canonical import canonical, clean_text
from recap_desktop.exchange.election_file import read_election, write_election
from recap_desktop.exchange.form_files import bundled_form
from recap_desktop.problems import KnownProblem

TEXTS = st.text(min_size=1, max_size=20).map(clean_text).filter(bool)
FORMS = {form_id: bundled_form(form_id) for form_id in ("kwk-2015", "kwk-2024", "ppwp-2024")}
DESA = ("3207011001", "3207012002", "3273011001")
TREE = {
    "32": "Jawa Barat",
    "3207": "Kabupaten Ciamis",
    "320701": "Ciamis",
    "3273": "Kota Bandung",
    "327301": "Sukasari",
    **dict.fromkeys(DESA, "Desa"),
}


@st.composite
def choices(draw: st.DrawFn) -> tuple[Choice, ...]:
    numbers = draw(st.lists(st.integers(1, 999), min_size=1, max_size=5, unique=True))
    made: list[Choice] = []
    for number in numbers:
        kind = draw(st.sampled_from(ChoiceKind))
        listed = draw(st.lists(TEXTS, max_size=3)) if kind is ChoiceKind.PARTY else []
        mate = draw(st.one_of(st.just(""), TEXTS)) if kind is ChoiceKind.PAIR else ""
        candidates = tuple(Candidate(place, name) for place, name in enumerate(listed, 1))
        made.append(Choice(number, draw(TEXTS), kind, mate, candidates))
    return tuple(made)


@st.composite
def elections(draw: st.DrawFn) -> Election:
    contests: list[Contest] = []
    for name in draw(st.lists(st.from_regex(r"[a-z0-9-]{1,32}", fullmatch=True), max_size=3)):
        regions = draw(st.sampled_from([("32",), ("3207",), ("3207", "3273")]))
        form = draw(st.sampled_from(sorted(FORMS)))
        contests.append(Contest(name, form, draw(TEXTS), regions, draw(choices())))
    held = st.lists(st.sampled_from([c.id for c in contests] or ["c"]), unique=True, max_size=3)
    dpt = st.one_of(st.none(), st.integers(0, 999_999))
    keys = st.tuples(st.sampled_from(DESA), st.integers(1, 999))
    stations = tuple(
        Station(f"{desa}{number:03d}", draw(dpt), draw(dpt), tuple(draw(held)))
        for desa, number in sorted(draw(st.sets(keys, max_size=6)))
    )
    return Election(
        title=draw(TEXTS),
        date=draw(st.dates()).isoformat(),
        mode=draw(st.sampled_from(Mode)),
        contests=tuple(contests),
        forms={contest.form: FORMS[contest.form] for contest in contests},
        tree=RegionTree(TREE),
        stations=stations,
    )


@given(election=elections())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read_back(tmp_path: Path, election: Election) -> None:
    path = tmp_path / "a.election"
    write_election(election, path)
    again = read_election(path)
    assert to_data(again) == to_data(election)
    assert again.contests == election.contests
    assert again.forms == dict(election.forms)
    assert again.stations == election.stations
    assert list(again.tree) == list(election.tree)
    assert journal.election_hash(canonical(to_data(again))) == journal.election_hash(
        canonical(to_data(election))
    )
    assert [item.name for item in tmp_path.iterdir()] == ["a.election"]


def small() -> Election:
    contest = Contest("c", "kwk-2024", "T", ("3207",), (Choice(1, "A"), Choice(2, "B")))
    stations = (Station("3207011001001"),)
    return Election(
        "T",
        "2024-11-27",
        Mode.REAL,
        (contest,),
        {"kwk-2024": FORMS["kwk-2024"]},
        RegionTree(TREE),
        stations,
    )


def test_any_flipped_byte_is_refused_or_changes_the_hash(tmp_path: Path) -> None:
    path = tmp_path / "e"
    write_election(small(), path)
    raw = path.read_bytes()
    whole = journal.election_hash(canonical(to_data(small())))
    for place in range(0, len(raw), 41):
        path.write_bytes(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
        try:
            again = read_election(path)
        except KnownProblem:
            continue
        assert journal.election_hash(canonical(to_data(again))) != whole


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff\xfe",
        b'{"format":"REKAP/2/election","election":{}}',
        b'{"election":{},"format":"REKAP/1/election"}',
        b'{"election":"x","format":"REKAP/1/election"}',
    ],
)
def test_anything_else_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "e"
    path.write_bytes(raw)
    with pytest.raises(KnownProblem) as caught:
        read_election(path)
    assert caught.value.code == "not-an-election-file"


def test_a_definition_with_something_added_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "e"
    write_election(small(), path)
    data = json.loads(path.read_bytes())
    data["election"]["secret"] = 1
    path.write_bytes(canonical(data))
    with pytest.raises(KnownProblem):
        read_election(path)


def test_a_file_that_cannot_be_read_or_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnownProblem) as caught:
        read_election(tmp_path / "no")
    assert caught.value.code == "election-not-read"
    with pytest.raises(KnownProblem) as caught:
        write_election(small(), tmp_path / "no" / "e")
    assert caught.value.code == "election-not-written"
