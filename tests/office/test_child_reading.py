"""The plenary of a kabupaten: each kecamatan is read out as it came, corrected or put off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.election.papers.facts import Signer
from recap_desktop.election.records.plenary import Turn
from recap_desktop.election.records.unit_records import Outcome
from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.entry.conflicts import sides, uphold
from recap_desktop.office.opening import Office
from recap_desktop.office.plenary import closing
from recap_desktop.office.plenary.agenda import agenda
from recap_desktop.office.plenary.child_reading import (
    ChildSheet,
    Heard,
    child_sheet,
    next_unread_child,
    read_child,
)
from recap_desktop.office.plenary.plenaries import declare
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.proof.history import contest_history
from recap_desktop.office.upward import unit_figures
from recap_desktop.office.upward.children import children
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, CIAMIS, TPS, valid_bupati
from tests.made_up.posts import exchange, second_post
from tests.made_up.upward import CIKONENG, DECISION, KABKO, PROVINSI, Ladder

FAR = "3207022001001"


@pytest.fixture
def ladder(tmp_path: Path) -> Iterator[Ladder]:
    """Both kecamatan typed their TPS; the kabupaten has opened its plenary."""
    ladder = Ladder(tmp_path, root=PROVINSI)
    rows = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
    entering.enter_all(ladder.office(CIAMIS), BUPATI, rows, by="Siti")
    entering.enter(ladder.office(CIKONENG), BUPATI, FAR, valid_bupati(30), by="Siti")
    declare(ladder.office(KABKO), Turn.OPENED, by="Tuti", place="Aula KPU", leader="Ketua")
    yield ladder
    ladder.close()


@pytest.fixture
def office(ladder: Ladder) -> Office:
    return ladder.offices[KABKO]


def sheet(office: Office, unit: str = CIAMIS) -> ChildSheet:
    return child_sheet(office, BUPATI, unit)


def faults(office: Office) -> list[str]:
    return [fault.code for fault in closing.missing(office, BUPATI)]


def votes(office: Office, unit: str = CIAMIS) -> tuple[int | None, int | None, int]:
    (line,) = [line for line in sheet(office, unit).lines if line.cell == "votes.1"]
    return line.received, line.now, line.difference


def refusal(office: Office, unit: str, **said: object) -> str:
    with pytest.raises(KnownProblem) as problem:
        read_child(office, BUPATI, unit, by="Tuti", **said)  # type: ignore[arg-type]
    return problem.value.code


def test_the_agenda_lists_the_offices_below_and_the_whole(ladder: Ladder, office: Office) -> None:
    ladder.receive(ladder.package(CIAMIS))
    items = agenda(office, BUPATI)
    assert [item.unit for item in items] == [CIAMIS, CIKONENG, KABKO]
    assert [item.heard for item in items] == [Heard.UNREAD, Heard.UNREAD, None]
    assert [item.recorded for item in items] == [5, 0, 5]
    assert next_unread_child(office, BUPATI) == CIAMIS
    declare(office, Turn.CHANGED, by="Tuti", agenda=[CIKONENG, CIAMIS])
    assert [item.unit for item in agenda(office, BUPATI)][:2] == [CIKONENG, CIAMIS]


def test_the_close_waits_until_every_office_below_was_read_out(
    ladder: Ladder, office: Office
) -> None:
    for code in (CIAMIS, CIKONENG):
        ladder.receive(ladder.package(code))
    assert faults(office) == ["close-child-unread"] * 2
    read_child(office, BUPATI, CIAMIS, by="Tuti")
    why = {"outcome": Outcome.POSTPONED, "reason": "PPK belum hadir"}
    read_child(office, BUPATI, CIKONENG, by="Tuti", outcome=Outcome.POSTPONED, reason="PPK")
    assert faults(office) == ["close-child-postponed"]
    assert sheet(office, CIKONENG).reason == "PPK"
    read_child(office, BUPATI, CIKONENG, by="Tuti", **why)  # type: ignore[arg-type]
    assert sheet(office, CIKONENG).reason == "PPK belum hadir"
    assert next_unread_child(office, BUPATI) == CIKONENG
    read_child(office, BUPATI, CIKONENG, by="Tuti")
    assert (faults(office), next_unread_child(office, BUPATI)) == ([], "")
    assert agenda(office, BUPATI)[-1].is_ready
    told = [event.what for event in contest_history(office, BUPATI) if "reading" in event.what]
    again = "unit-reading-postponed"
    assert told == ["unit-reading", again, again, "unit-reading"]
    assert not audit(office).faults


def test_what_cannot_be_read_out_is_refused(ladder: Ladder, office: Office) -> None:
    ladder.receive(ladder.package(CIAMIS))
    assert refusal(office, CIKONENG) == "child-nothing-to-read"
    assert refusal(office, "3299") == "child-unknown"
    assert refusal(office, CIAMIS, outcome=Outcome.POSTPONED) == "reason-missing"
    read_child(office, BUPATI, CIAMIS, by="Tuti")
    assert refusal(office, CIAMIS) == "child-read-before"
    declare(office, Turn.SUSPENDED, by="Tuti")
    assert refusal(office, CIKONENG) == "plenary-suspended"


def test_the_sheet_as_received_stays_beside_every_correction(
    ladder: Ladder, office: Office
) -> None:
    ladder.receive(ladder.package(CIAMIS))
    assert votes(office) == (210, 210, 0)
    ruling.correct(office, BUPATI, TPS[0], changes={"votes.1": 50}, decision=DECISION)
    changes = {"votes.1": 5, "voters.dpt.l": -2}
    unit_figures.add_difference(office, BUPATI, CIAMIS, cells=changes, decision=DECISION)
    assert votes(office) == (210, 225, 15)
    at_station, on_unit = sheet(office).corrections
    assert (at_station.tps, at_station.cells) == (TPS[0], {"votes.1": (40, 50)})
    assert (on_unit.unit, on_unit.cells["votes.1"]) == (CIAMIS, (None, 5))
    assert on_unit.decided_by == DECISION.decided_by
    # A cell that is not said aloud is, once something was decided of it.
    (line,) = [line for line in sheet(office).lines if line.cell == "voters.dpt.l"]
    assert (line.received, line.now) == (750, 748)
    read_child(office, BUPATI, CIAMIS, by="Tuti")
    assert sheet(office).heard is Heard.READ


def test_a_later_revision_is_read_out_again(ladder: Ladder, office: Office) -> None:
    ladder.receive(ladder.package(CIAMIS))
    read_child(office, BUPATI, CIAMIS, by="Tuti")
    ruling.correct(office, BUPATI, TPS[0], changes={"votes.1": 41}, decision=DECISION)
    below = ladder.again(CIAMIS)
    ruling.correct(below, BUPATI, TPS[0], changes={"votes.1": 42}, decision=DECISION)
    ruling.accept(below, BUPATI, TPS[0], decision=DECISION)
    ladder.receive(ladder.package(CIAMIS))
    assert sheet(office).heard is Heard.AGAIN
    assert "close-child-again" in faults(office)
    # What was ruled here stands against it until somebody decides.
    assert "close-conflict-below" in faults(office)
    (one,) = sheet(office).corrections
    assert (one.waits, one.cells) == (True, {"votes.1": (42, 41)})
    (theirs,) = [side for side in sides(office, BUPATI, TPS[0]) if side.office]
    uphold(office, BUPATI, TPS[0], side=theirs.ruling, decision=DECISION)
    read_child(office, BUPATI, CIAMIS, by="Tuti")
    assert (sheet(office).heard, sheet(office).corrections) == (Heard.READ, ())


def test_a_paper_that_was_read_out_is_read_again_when_its_package_came(
    ladder: Ladder, office: Office
) -> None:
    unit_figures.type_paper_total(office, BUPATI, CIAMIS, cells={"votes.1": 211}, by="Tuti")
    assert votes(office) == (211, 211, 0)
    read_child(office, BUPATI, CIAMIS, by="Tuti")
    assert sheet(office).heard is Heard.READ
    ladder.receive(ladder.package(CIAMIS))
    assert (sheet(office).heard, votes(office)) == (Heard.AGAIN, (210, 210, 0))


def test_what_one_meja_put_off_the_other_cannot_close(
    ladder: Ladder, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code in (CIAMIS, CIKONENG):
        ladder.receive(ladder.package(code))
    here, there = second_post(office, tmp_path, monkeypatch)
    read_child(here, BUPATI, CIAMIS, by="Tuti")
    read_child(there, BUPATI, CIAMIS, by="Ani", outcome=Outcome.POSTPONED, reason="saksi belum")
    read_child(there, BUPATI, CIKONENG, by="Ani")
    exchange(here, there)
    for one in (here, there):
        assert faults(one) == ["close-child-postponed"]
    read_child(here, BUPATI, CIAMIS, by="Tuti")
    exchange(here, there)
    for one in (here, there):
        assert not faults(one)
        assert not audit(one).faults
        one.close()


def test_what_was_read_out_goes_up_with_the_package(ladder: Ladder, office: Office) -> None:
    for code in (CIAMIS, CIKONENG):
        ladder.receive(ladder.package(code))
        read_child(office, BUPATI, code, by="Tuti")
    declare(office, Turn.SUSPENDED, by="Tuti")
    declare(office, Turn.RESUMED, by="Tuti")
    signers = [
        Signer(str(fault.details["seat"]), "Nama")
        for fault in closing.missing_signers(office, BUPATI, ())
    ]
    closing.close(office, BUPATI, by="Tuti", signers=signers)
    above = ladder.office(PROVINSI)
    ladder.receive(ladder.package(KABKO), PROVINSI)
    assert not audit(above).faults
    # The readings of the kabupaten are not those of the provinsi.
    (child,) = children(above, BUPATI)
    assert child_sheet(above, BUPATI, child.code).heard is Heard.UNREAD
