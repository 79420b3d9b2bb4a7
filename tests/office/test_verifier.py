"""The verifier that is published by itself says of every package just what the program says."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recap_desktop import places
from recap_desktop.election.figures.layers import Layers, Maker
from recap_desktop.election.figures.tallies import Cause
from recap_desktop.election.records.canonical import canonical
from recap_desktop.election.records.journal import Draft, Kind, Link, make_record, read_record
from recap_desktop.exchange.certificates import Trust
from recap_desktop.office.entry import entering
from recap_desktop.office.opening import Office
from recap_desktop.office.proof.proving_packages import prove_package
from recap_desktop.office.upward import unit_figures
from recap_desktop.office.upward.packing import write_load
from recap_desktop.problems import KnownProblem
from tests.made_up.bare_posts import A, B, Post
from tests.made_up.offices import BUPATI, CIAMIS, TPS, valid_bupati
from tests.made_up.upward import DECISION, KABKO, Ladder
from tests.office.test_packing import (
    FORGERIES,
    PPK,
    Forgery,
    certified,
    forged_tables,
    load_of,
    office,
    several,
    without,
)

__all__ = ["office"]

SCRIPT = places.resource("verifier", "periksa.py")


@pytest.fixture(scope="module")
def verifier() -> ModuleType:
    spec = importlib.util.spec_from_file_location("periksa", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ours(path: Path, trust: Trust | None = None) -> str:
    try:
        return prove_package(path, trust=trust).hash
    except KnownProblem as problem:
        return problem.code


def theirs(verifier: ModuleType, path: Path, trust: Trust | None = None) -> str:
    roots = None if trust is None else dict(trust.roots)
    try:
        return str(verifier.verify(path, roots)["package"])
    except verifier.Refused as refused:
        return str(refused.args[0])


@pytest.fixture
def path(office: Office, tmp_path: Path) -> Path:
    path = tmp_path / "p.rkp"
    write_load(load_of(office), path, key=PPK)
    return path


def test_both_prove_a_good_package(verifier: ModuleType, office: Office, path: Path) -> None:
    assert len(ours(path)) == 64
    _, trust = certified(office)
    for believed in (None, trust):
        assert theirs(verifier, path, believed) == ours(path, believed)
    stranger = Trust(trust.realm, {"3207": "ab" * 32})
    assert theirs(verifier, path, stranger) == ours(path, stranger) == "key-not-certified"


def test_both_try_every_certificate_of_a_key(
    verifier: ModuleType, office: Office, path: Path
) -> None:
    _, trust = certified(office)
    for certificates, code in several(office):
        write_load(replace(load_of(office), certificates=tuple(certificates)), path, key=PPK)
        assert theirs(verifier, path, trust) == ours(path, trust)
        assert ours(path, trust) == code or (not code and len(ours(path, trust)) == len("ab" * 32))


@pytest.mark.parametrize(("forge", "code"), FORGERIES.values(), ids=FORGERIES)
def test_both_find_a_forgery(
    verifier: ModuleType, office: Office, tmp_path: Path, forge: Forgery, code: str
) -> None:
    path = tmp_path / "p.rkp"
    write_load(forge(load_of(office)), path, key=PPK)
    assert theirs(verifier, path) == ours(path) == code


def test_both_find_a_table_that_says_otherwise(
    verifier: ModuleType, path: Path, tmp_path: Path
) -> None:
    for name, table in forged_tables(path).items():
        forged = without(path, tmp_path / "f.rkp", table=table)
        assert ours(forged) == theirs(verifier, forged) == "package-results", name


def test_both_refuse_what_is_cut_off_or_no_package(
    verifier: ModuleType, path: Path, tmp_path: Path
) -> None:
    raw = path.read_bytes()
    changed = tmp_path / "changed.rkp"
    for part in (b"", raw[:-1], raw[:1000], raw + b"\0", b"\0" + raw, b"PK", raw * 2):
        changed.write_bytes(part)
        assert theirs(verifier, changed).startswith("package-")
        assert ours(changed).startswith("package-")
    assert theirs(verifier, tmp_path) == ours(tmp_path) == "package-not-ours"


def test_it_runs_with_no_part_of_the_program(path: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(SCRIPT, alone)
    command = [sys.executable, "-I", "periksa.py", str(path)]
    said = subprocess.run(command, cwd=alone, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith("COCOK. LATIHAN.")
    path.write_bytes(path.read_bytes()[:-1])
    said = subprocess.run(command, cwd=alone, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout) == (1, "TIDAK COCOK: package-not-ours\n")
    text = SCRIPT.read_text("utf-8")
    assert "recap_desktop" not in text
    assert len(text.splitlines()) < 800, "to be read in an hour"


# Records of one TPS


DEEDS: tuple[Callable[[Post], object], ...] = (
    lambda post: post.enter(A),
    lambda post: post.enter(B, "budi"),
    lambda post: post.enter(A, "citra"),
    *(
        lambda post, cause=cause, cells=cells: (
            post.rule(cause, cells) if post.may_rule(cause) else None
        )
        for cause, cells in (
            (Cause.CORRECTED, A),
            (Cause.CORRECTED, B),
            (Cause.SETTLED, B),
            (Cause.ACCEPTED, A),
            (Cause.REOPENED, A),
            (Cause.NOT_DELIVERED, {}),
            (Cause.NEW_ROUND, {}),
        )
    ),
)


@settings(max_examples=200, deadline=None)
@given(
    steps=st.lists(st.tuples(st.booleans(), st.sampled_from(DEEDS), st.booleans()), max_size=12),
    double=st.booleans(),
)
def test_both_fold_records_to_the_same(
    verifier: ModuleType,
    steps: Iterable[tuple[bool, Callable[[Post], object], bool]],
    double: bool,  # noqa: FBT001 - hypothesis passes by name
) -> None:
    one, other = Post("a", double_entry=double), Post("b", double_entry=double)
    for at_one, deed, hears in steps:
        here, there = (one, other) if at_one else (other, one)
        deed(here)
        if hears:
            here.hear(there)
    one.hear(other)
    known = list(one.known.values())
    maker = Maker("320701", double)
    tally = Layers(maker, {"a": maker, "b": maker}).tally(known)
    genesis = {"body": {"office": "320701", "double_entry": int(double)}}
    records = [
        {
            "id": r.id,
            "post": r.post,
            "kind": r.kind,
            "over": list(r.over),
            "person": r.person,
            "body": r.body,
        }
        for r in known
    ]
    said = verifier.tally(records, {"a": genesis, "b": genesis})
    assert said == (tally.state.value, tally.cells, tally.counts)


def test_what_was_corrected_above_the_tps_is_in_the_totals(
    verifier: ModuleType, tmp_path: Path
) -> None:
    ladder = Ladder(tmp_path)
    above = ladder.office(KABKO)
    rows = [(tps, valid_bupati()) for tps in (*TPS, "3207022001001")]
    entering.enter_all(above, BUPATI, rows, by="Siti")
    cells = {"votes.1": -3, "votes.2": 3}
    unit_figures.add_difference(above, BUPATI, CIAMIS, cells=cells, decision=DECISION)
    path = ladder.package(KABKO)
    found = verifier.verify(path, dict(ladder.trust.roots))
    proved = prove_package(path, trust=ladder.trust)
    assert found["totals"] == proved.totals
    assert proved.totals["votes.1"] == 6 * 40 - 3
    # A close that leaves them away is none, whoever signs it.
    body = {**proved.close.body}
    assert body.pop("differences") == {CIAMIS: cells}
    body.pop("signature")
    assert above.post is not None
    body["signature"] = above.post.sign("close", canonical(body))
    forged = reforged(ladder, body)
    assert ours(forged) == theirs(verifier, forged) == "package-close"
    ladder.close()


def reforged(ladder: Ladder, body: dict[str, object]) -> Path:
    """The package of the kabupaten with another body in its close, which nobody else has seen."""
    load = ladder.load(KABKO)
    raws = [read_record(raw) for raw in load.records]
    (close,) = [record for record in raws if record.kind == Kind.CLOSE.value]
    link = Link(close.election, close.mode, close.chain, close.seq, close.prev)
    draft = Draft(Kind.CLOSE, close.time, close.person, close.subject, body, close.over)
    made = make_record(link, draft)
    records = tuple(made.raw if record.id == close.id else record.raw for record in raws)
    statement = replace(load.statement, head=made.id)
    return ladder.write(replace(load, records=records, statement=statement))
