"""Every attack is refused at the door of the kabupaten by its own code, and changes nothing there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.plenary import closing
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.proof.proving_packages import prove_package
from recap_desktop.office.upward.package_preview import preview
from recap_desktop.problems import KnownProblem
from tests.adversaries.attack_bench import Bench
from tests.adversaries.attack_bench import bench as made
from tests.adversaries.attacks import ATTACKS, Attack
from tests.adversaries.contents import content, set_clock
from tests.made_up.offices import BUPATI, CIAMIS, TPS, valid_bupati
from tests.made_up.upward import CIKONENG, DECISION, KABKO, Ladder

LONG_AGO = 2001
CLOCKS = {"the clock goes on": 2024, "the clock was set back": LONG_AGO}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    bench = made(tmp_path_factory.mktemp("serangan"))
    yield bench
    bench.close()


def refusal(ladder: Ladder, path: Path) -> str:
    """Bring a package and take it in with what its paper says; the code of what stops it."""
    with pytest.raises(KnownProblem) as caught:
        ladder.receive(path)
    return caught.value.code


@pytest.mark.parametrize("year", CLOCKS.values(), ids=CLOCKS)
@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_it_is_refused_by_its_own_code_and_nothing_changed(
    bench: Bench, attack: Attack, year: int
) -> None:
    ladder = bench.real if attack.at_real else bench.ladder
    office = ladder.offices[KABKO]
    set_clock(office, year)
    path = bench.ladder.folder / "serangan.rkp"
    path.write_bytes(attack.make(bench))
    before = content(office)
    ladder.revoked = bench.revoked if attack.is_revoked else frozenset()
    assert refusal(ladder, path) == attack.received
    ladder.revoked = frozenset()
    assert content(office) == before


def test_after_all_of_them_the_genuine_package_still_fits(bench: Bench, tmp_path: Path) -> None:
    office = bench.ladder.offices[KABKO]
    path = tmp_path / "baik.rkp"
    path.write_bytes(bench.good)
    seen = preview(office, path, bench.ladder.trust)
    assert (seen.alarm, seen.before) == ("", 3)
    assert [change.tps for change in seen.changes] == [TPS[0]]
    assert not audit(office).faults


def test_a_small_package_changed_in_any_byte_is_refused(bench: Bench, tmp_path: Path) -> None:
    office, trust = bench.ladder.offices[KABKO], bench.ladder.trust
    raw = bytearray(bench.small())
    path = tmp_path / "satu.rkp"
    path.write_bytes(raw)
    assert preview(office, path, trust).proved.statement.office == CIKONENG
    before = content(office)
    for at in range(len(raw)):
        raw[at] ^= 0xFF
        path.write_bytes(raw)
        # The door of the office takes longer, and asks the same.
        look = partial(preview, office, path) if at % 16 == 0 else partial(prove_package, path)
        with pytest.raises(KnownProblem) as caught:
            look(trust=trust)
        assert caught.value.code.startswith("package-"), at
        raw[at] ^= 0xFF
    assert content(office) == before


# ---------------------------------------------------------------- clocks


@pytest.fixture
def ladder(tmp_path: Path) -> Iterator[Ladder]:
    ladder = Ladder(tmp_path)
    ladder.office(KABKO)
    rows = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
    entering.enter_all(ladder.office(CIAMIS), BUPATI, rows, by="Siti")
    yield ladder
    ladder.close()


def revise(ladder: Ladder, votes: int) -> Path:
    ladder.again(CIAMIS)
    changes = {"votes.1": votes, "votes.2": 140 - votes}
    ruling.correct(ladder.offices[CIAMIS], BUPATI, TPS[0], changes=changes, decision=DECISION)
    return ladder.package(CIAMIS)


def votes_at(ladder: Ladder) -> int:
    office = ladder.offices[KABKO]
    tally = office.file.layers.tally(office.file.journal.records(BUPATI, TPS[0]))
    return tally.cells["votes.1"]


@pytest.mark.parametrize("sender", [1999, 2024, 2099])
@pytest.mark.parametrize("receiver", [1999, 2024, 2099])
def test_what_holds_never_depends_on_what_the_clocks_say(
    ladder: Ladder, sender: int, receiver: int
) -> None:
    """Revisions follow each other, whichever is dated before; so do rulings and receipts."""
    first = ladder.package(CIAMIS)
    ladder.receive(first)
    set_clock(ladder.offices[CIAMIS], sender)
    set_clock(ladder.offices[KABKO], receiver)
    second = revise(ladder, 41)
    set_clock(ladder.offices[CIAMIS], 2024)
    third = revise(ladder, 42)
    set_clock(ladder.offices[CIAMIS], sender)
    seen = ladder.look(third)
    assert (seen.before, seen.alarm) == (1, "")
    ladder.receive(third)
    assert votes_at(ladder) == 42
    assert refusal(ladder, first) == "receive-already"
    assert refusal(ladder, second) == "receive-older"
    # A ruling here, then a revision below that says the same: absorbed, whatever is dated first.
    ruling.correct(
        ladder.offices[KABKO],
        BUPATI,
        TPS[0],
        changes={"votes.1": 43, "votes.2": 97},
        decision=DECISION,
    )
    ladder.receive(revise(ladder, 43))
    assert votes_at(ladder) == 43
    assert [fault.code for fault in closing.missing(ladder.offices[KABKO], BUPATI)] == [
        "close-child-nothing"
    ]
    for office in ladder.offices.values():
        assert not audit(office).faults


def test_a_revoked_key_stays_revoked_when_the_clocks_are_set_back(ladder: Ladder) -> None:
    """Certificates have no dates: there is no time before which a lost key was good."""
    for office in ladder.offices.values():
        set_clock(office, LONG_AGO)
    path = ladder.package(CIAMIS)
    gone = frozenset({(ladder.key(KABKO).public.hex(), ladder.key(CIAMIS).public.hex())})
    with pytest.raises(KnownProblem) as caught:
        preview(ladder.offices[KABKO], path, replace(ladder.trust, revoked=gone))
    assert caught.value.code == "certificate-revoked"
