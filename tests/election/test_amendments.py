"""Amendments of a definition: each forbidden change by itself, and the laws of those allowed."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recap_desktop.election.checks.rules import judge
from recap_desktop.election.definitions.amendable import forbidden, station_slots, word_slots
from recap_desktop.election.definitions.amendment_words import sentence
from recap_desktop.election.definitions.amendments import (
    amended,
    as_values,
    changes_between,
    is_applicable,
    newest,
)
from recap_desktop.election.definitions.contests import Election
from recap_desktop.election.definitions.definition_data import from_data, to_data
from recap_desktop.election.records.journal import Draft, Kind, Link, Record, make_record
from recap_desktop.election.records.soundness import is_sound
from recap_desktop.office.language import load_words
from tests.made_up.made_up_pemilu import made_up_pemilu
from tests.made_up.offices import tiny_election

Data = dict[str, Any]
Change = Callable[[Data], object]

PEMILU = made_up_pemilu(20)
DATA = to_data(PEMILU)
TPS = PEMILU.stations[0].tps
STRUCK = {"date": "2024-02-01", "reason": "Keputusan KPU 123/2024"}


def changed(change: Change, *, version: int = 2) -> Election:
    """The made-up Pemilu with its data changed."""
    data = copy.deepcopy(DATA)
    data["version"] = version
    change(data)
    return from_data(data)


def contest(data: Data, key: str = "dpr") -> Data:
    return next(item for item in data["contests"] if item["id"] == key)


def form(data: Data) -> Data:
    found: Data = data["forms"]["dpr-2024"]
    return found


def choice(data: Data, index: int = 0) -> Data:
    found: Data = contest(data)["choices"][index]
    return found


def turned(items: list[Any]) -> None:
    items.append(items.pop(0))


def rename_row(data: Data, old: str, new: str) -> None:
    """A row under another key, wherever the form speaks of it."""

    def renamed(value: object) -> object:
        if isinstance(value, dict):
            return {key: renamed(item) for key, item in value.items()}
        if isinstance(value, list):
            return [renamed(item) for item in value]
        return new if value == old else value

    data["forms"]["dpr-2024"] = renamed(form(data))


def leave_out_row(data: Data, key: str) -> None:
    """A paper that no longer prints a row."""
    for section in form(data)["paper"]["c-hasil"]["section"]:
        section["lines"] = [line for line in section["lines"] if line.get("key") != key]


FORBIDDEN: dict[str, Change] = {
    "amend-mode": lambda d: d.update(mode="real"),
    "amend-date": lambda d: d.update(date="2024-02-15"),
    "amend-region-removed": lambda d: d["regions"].popitem(),
    "amend-region-added": lambda d: d["regions"].update({"317599": "Baru"}),
    "amend-contest-removed": lambda d: d["contests"].pop(),
    "amend-contest-added": lambda d: d["contests"].append({**contest(d), "id": "dpr-2"}),
    "amend-contest-order": lambda d: turned(d["contests"]),
    "amend-contest-form": lambda d: contest(d).update(form="dprd-prov-2024"),
    "amend-contest-kind": lambda d: contest(d).update(kind=""),
    "amend-contest-regions": lambda d: contest(d).update(regions=["317506"]),
    "amend-choice-removed": lambda d: contest(d)["choices"].pop(),
    "amend-choice-added": lambda d: contest(d)["choices"].append({**choice(d), "number": 99}),
    "amend-choice-order": lambda d: turned(contest(d)["choices"]),
    "amend-choice-kind": lambda d: contest(d, "dpd")["choices"][0].update(kind="pair"),
    "amend-candidate-removed": lambda d: choice(d)["candidates"].pop(),
    "amend-candidate-added": lambda d: choice(d)["candidates"].append({"number": 99, "name": "X"}),
    "amend-candidate-order": lambda d: turned(choice(d)["candidates"]),
    "amend-row-removed": lambda d: rename_row(d, "ballots.unused", "ballots.left"),
    "amend-row-added": lambda d: form(d)["row"].append({"key": "x", "scope": "votes"}),
    "amend-row-order": lambda d: turned(form(d)["row"]),
    "amend-row-changed": lambda d: form(d)["row"][-1].update(scope="administration"),
    "amend-rule": lambda d: form(d)["rule"].pop(),
    "amend-limit": lambda d: form(d).update(maximum=299),
    "amend-kind": lambda d: next(iter(form(d)["kind"].values())).update(levels=["provinsi"]),
    "amend-paper-row": lambda d: leave_out_row(d, "valid"),
    "amend-station-removed": lambda d: d["stations"].pop(),
    "amend-station-contests": lambda d: d["stations"][0].append("dpr"),
}
"""Every change that no amendment may make, one at a time."""


@pytest.mark.parametrize("code", FORBIDDEN)
def test_a_forbidden_change_is_refused_with_its_sentence(code: str) -> None:
    new = changed(FORBIDDEN[code])
    faults = forbidden(PEMILU, new)
    assert code in {fault.code for fault in faults}
    for language in ("id", "en"):
        for fault in faults:
            assert "{" not in load_words(language).fault(fault)


def test_every_key_of_a_definition_is_a_slot_or_fixed() -> None:
    """A key that appears in the data must have been thought of: changed by itself it is seen."""
    seen = {"version", "abolished", "words"}
    assert set(DATA) - seen == {
        "title",
        "date",
        "mode",
        "contests",
        "forms",
        "regions",
        "stations",
    }
    assert {key for item in DATA["contests"] for key in item} <= {
        *("id", "form", "title", "regions", "choices", "kind", "dapil")
    }
    for data in DATA["forms"].values():
        for key in data.keys() - {"id"}:
            new = copy.deepcopy(DATA)
            new["forms"][data["id"]].pop(key)
            try:
                other = from_data(new)
            except (KeyError, TypeError, ValueError):
                continue
            assert forbidden(PEMILU, other) or changes_between(PEMILU, other), key


ALLOWED: dict[str, Change] = {
    "title": lambda d: d.update(title="Pemilu 2024 (diperbaiki)"),
    "region": lambda d: d["regions"].update({"317506": "Cakung Raya"}),
    "words": lambda d: d.update(words={"31": {"kecamatan": "KECAMATAN ADM."}}),
    "contest-title": lambda d: contest(d).update(title="Anggota DPR"),
    "contest-dapil": lambda d: contest(d).update(dapil="DKI JAKARTA 1"),
    "choice-name": lambda d: choice(d).update(name="PARTAI BARU"),
    "choice-running_mate": lambda d: contest(d, "ppwp")["choices"][0].update(running_mate="Wakil"),
    "choice-struck": lambda d: contest(d, "dpd")["choices"][3].update(struck=STRUCK),
    "candidate-name": lambda d: choice(d)["candidates"][0].update(name="Nama, S.H."),
    "candidate-struck": lambda d: choice(d)["candidates"][1].update(struck=STRUCK),
    "form-edition": lambda d: form(d).update(edition="Pemilu 2024!"),
    "form-signers": lambda d: form(d)["signers"].update(kecamatan=3),
    "form-party": lambda d: form(d)["party"].update(total="JUMLAH"),
    "form-paper": lambda d: form(d)["paper"]["c-hasil"].update(verified=1, source="dilihat"),
    "form-kind": lambda d: next(iter(form(d)["kind"].values())).update(title="ANGGOTA DPR"),
    "station-added": lambda d: d["stations"].append([TPS[:10] + "999", 5, 6]),
    "station-dpt": lambda d: d["stations"][0].__setitem__(slice(1, 3), [1, 2]),
    "station-abolished": lambda d: d.update(abolished={TPS: "digabung ke TPS 002"}),
}
"""Every change that an amendment may make, by the code of its sentence."""


def mended(*codes: str, version: int = 2) -> Election:
    """The made-up Pemilu with some of the allowed changes."""

    def change(data: Data) -> None:
        for code in codes:
            ALLOWED[code](data)
        data["stations"].sort()

    return changed(change, version=version)


@pytest.mark.parametrize("code", ALLOWED)
@pytest.mark.parametrize("language", ["id", "en"])
def test_an_allowed_change_is_made_and_said(code: str, language: str) -> None:
    new = mended(code)
    assert forbidden(PEMILU, new) == ()
    changes = changes_between(PEMILU, new)
    assert changes
    words = load_words(language)
    first, *_ = words[f"change.{code}"].partition("{")
    assert any(sentence(words, change, new).startswith(first) for change in changes)
    record = amendment(new)
    assert is_sound(record)
    assert is_applicable(PEMILU, record)
    assert to_data(amended(PEMILU, record)) == to_data(new)


def amendment(new: Election, **said: object) -> Record:
    """The record of an amendment, as an office would write it."""
    body = {
        "version": new.version,
        "changes": as_values(changes_between(PEMILU, new)),
        "definition": "0" * 64,
        "reason": "keputusan",
        "decided_by": "",
        **said,
    }
    draft = Draft(Kind.AMENDMENT, "2024-02-10T09:00:00+07:00", "p", {}, body)
    return make_record(Link("e", "rehearsal", "post/office", 2, "0" * 64), draft)


@given(st.sets(st.sampled_from(sorted(ALLOWED))), st.sets(st.sampled_from(sorted(ALLOWED))))
def test_the_newest_version_holds_and_it_alone(one: set[str], other: set[str]) -> None:
    second = mended(*sorted(one))
    third = mended(*sorted(other), version=3)
    records = [amendment(second), amendment(third)]
    for known in (records, records[::-1], records[1:]):
        assert to_data(amended(PEMILU, newest(known))) == to_data(third)
    assert to_data(amended(PEMILU, newest(records[:1]))) == to_data(second)


def test_cells_and_checks_are_those_of_the_first_definition() -> None:
    new = mended(*ALLOWED)
    for contest_id in ("ppwp", "dpr", "dpd", "dprd-prov", "dprd-kota"):
        before, after = PEMILU.layout(contest_id), new.layout(contest_id)
        assert (before.cells, before.checks) == (after.cells, after.checks)


@pytest.mark.parametrize(
    "changes",
    [
        [["mode", "real"]],
        [["date", "2024-02-15"]],
        [["choice", "dpr", "99", "name", "X"]],
        [["choice", "dpr", "1", "kind", "pair"]],
        [["candidate", "dpr", "1", "1", "number", 7]],
        [["form", "dpr-2024", "rule", []]],
        [["form", "dpr-2024", "paper", {}]],
        [["form", "dpr-2024", "kind", {}]],
        [["title", 5]],
        [["choice", "dpr", "1", "struck", {"date": 5, "reason": "x"}]],
        [["choice", "dpr", "1", "struck", {"date": "2024-02-01"}]],
        [["station", "317506100199", [1, 2]]],
        [["station", "3299991001001", [1, 2]]],
        [["station", TPS, [1]]],
        [["station", TPS, [1, 2, "dpr"]]],
        [["station", TPS]],
        [["abolished", TPS, 1]],
        [["abolished", "3299991001001", "x"]],
        [["region", "99", "X"]],
        [["x", "y", "z"]],
    ],
    ids=lambda changes: "-".join(map(str, changes[0][:4])),
)
def test_an_amendment_from_outside_that_may_not_be_is_not_taken(changes: list[Any]) -> None:
    assert not is_applicable(PEMILU, amendment(PEMILU, changes=changes, version=2))


@pytest.mark.parametrize("said", [{"version": 1}, {"changes": ["x"]}, {"changes": [[1, "x"]]}])
def test_an_amendment_of_another_shape_is_not_sound(said: dict[str, object]) -> None:
    assert not is_sound(amendment(PEMILU, **said))


def test_slots_of_another_election_share_nothing_by_chance() -> None:
    tiny = tiny_election()
    assert {*word_slots(tiny)}.isdisjoint(station_slots(tiny))
    assert len(forbidden(tiny, PEMILU)) > 3


def test_votes_for_who_was_struck_are_a_warning() -> None:
    new = mended("choice-struck", "candidate-struck")
    for contest_id, cell in (("dpd", "votes.4"), ("dpr", "votes.1.2")):
        layout = new.layout(contest_id)
        assert cell in layout.struck
        cells = dict.fromkeys(layout.cells, 0) | {cell: 7}
        found = [f for f in judge(layout, cells) if f.rule == "R19"]
        assert [(f.cells, f.found, f.severity.value) for f in found] == [((cell,), 7, "warning")]
        assert not [f for f in judge(PEMILU.layout(contest_id), cells) if f.rule == "R19"]
        assert not [f for f in judge(layout, cells | {cell: 0}) if f.rule == "R19"]


def test_the_models_of_papers_of_the_hall_may_be_mended() -> None:
    new = copy.deepcopy(DATA)
    form = next(data for data in new["forms"].values() if "deed" in data)
    form["deed"]["incidents"]["kecamatan"] = ["MODEL", "D.KEJADIAN"]
    other = from_data(new)
    assert not forbidden(PEMILU, other)
    (change,) = changes_between(PEMILU, other)
    assert change.slot == ("form", form["id"], "deed")
    assert other.forms[form["id"]].deeds["incidents"]["kecamatan"] == ("MODEL", "D.KEJADIAN")
