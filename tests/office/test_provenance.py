"""From any sum down to the records it stands on, with who, when, from what, and by which package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.election.figures.tallies import Source
from recap_desktop.election.records.plenary import Turn
from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.opening import Office
from recap_desktop.office.plenary.child_reading import read_child
from recap_desktop.office.plenary.plenaries import declare
from recap_desktop.office.proof.provenance import where_from
from recap_desktop.office.upward import unit_figures
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, CIAMIS, TPS, tiny_office, valid_bupati
from tests.made_up.upward import DECISION, KABKO, Ladder

DESA = TPS[0][:10]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = tiny_office(tmp_path / "o.rekap")
    rows = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS[:4])]
    entering.enter_all(office, BUPATI, rows, by="Siti", source=Source.SALINAN)
    yield office
    office.close()


def test_every_level_is_the_sum_of_the_one_below(office: Office) -> None:
    unit = ""
    while True:
        found = where_from(office, BUPATI, unit, "votes.1")
        if not found.parts:
            break
        assert found.whole.figure == sum(part.figure or 0 for part in found.parts)
        assert found.whole.counted == sum(part.counted for part in found.parts)
        assert found.traces == ()
        unit = found.parts[0].code
    assert unit == TPS[0]
    assert found.whole.figure == 40


def test_a_tps_tells_who_read_what_and_what_was_decided(office: Office) -> None:
    ruling.correct(office, BUPATI, TPS[0], changes={"votes.1": 41}, decision=DECISION)
    entry, decided = where_from(office, BUPATI, TPS[0], "votes.1").traces
    assert (entry.figure, entry.source, entry.event.person) == (40, "salinan", "Siti")
    assert (entry.event.is_live, entry.post, entry.carried) == (False, 1, None)
    assert (decided.figure, decided.source, decided.event.is_live) == (41, "", True)
    assert decided.event.note == DECISION.reason


def test_a_cell_that_is_blank_is_no_zero(office: Office) -> None:
    blank = {cell: n for cell, n in valid_bupati(41).items() if cell != "ballots.spoiled"}
    entering.enter(office, BUPATI, TPS[1], blank, by="Siti", source=Source.SALINAN)
    found = where_from(office, BUPATI, DESA, "ballots.spoiled")
    assert [part.figure for part in found.parts] == [1, None, 1]
    assert found.whole.blank == 1
    empty = where_from(office, BUPATI, TPS[4], "votes.1")
    assert (empty.whole.figure, empty.whole.counted, empty.traces) == (None, 0, ())


@pytest.mark.parametrize(
    ("unit", "cell", "code"),
    [("", "votes.9", "cell-unknown"), ("9999", "valid", "unit-unknown")],
)
def test_what_there_is_not_is_said(office: Office, unit: str, cell: str, code: str) -> None:
    with pytest.raises(KnownProblem) as caught:
        where_from(office, BUPATI, unit, cell)
    assert caught.value.code == code


def test_what_came_from_below_names_the_package_and_receipt_it_first_came_by(
    tmp_path: Path,
) -> None:
    ladder = Ladder(tmp_path)
    upper, lower = ladder.office(KABKO), ladder.office(CIAMIS)
    rows = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
    entering.enter_all(lower, BUPATI, rows, by="Siti")
    receipts = [ladder.receive(ladder.package(CIAMIS))]
    ladder.again(CIAMIS)
    ruling.correct(lower, BUPATI, TPS[1], changes={"votes.1": 51}, decision=DECISION)
    ruling.accept(lower, BUPATI, TPS[1], decision=DECISION)
    receipts.append(ladder.receive(ladder.package(CIAMIS)))
    found = where_from(upper, BUPATI, TPS[1], "votes.1")
    came = {t.figure: t for t in reversed(found.traces) if t.says}
    for figure, receipt in zip((41, 51), receipts, strict=True):
        carried = came[figure].carried
        assert carried is not None
        assert (carried.receipt, carried.package) == (receipt.id, receipt.body["package"])
        assert carried.revision == receipt.body["revision"]
        assert came[figure].event.office == "KECAMATAN CIAMIS"
        assert came[figure].post == 0
    assert came[51].to_data()["receipt"] == receipts[1].id
    ladder.close()


def test_a_unit_tells_what_was_said_of_it_itself(tmp_path: Path) -> None:
    ladder = Ladder(tmp_path)
    office = ladder.office(KABKO)
    rows = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
    entering.enter_all(ladder.office(CIAMIS), BUPATI, rows, by="Siti")
    unit_figures.type_paper_total(office, BUPATI, CIAMIS, cells={"votes.1": 211}, by="Tuti")
    on_paper = where_from(office, BUPATI, CIAMIS, "votes.1")
    assert (on_paper.whole.figure, on_paper.paper) == (211, True)
    assert [(one.event.what, one.figure, one.source) for one in on_paper.own] == [
        ("unit-entry", 211, "d-hasil")
    ]
    ladder.receive(ladder.package(CIAMIS))
    declare(office, Turn.OPENED, by="Tuti", place="Aula")
    read_child(office, BUPATI, CIAMIS, by="Tuti")
    unit_figures.add_difference(office, BUPATI, CIAMIS, cells={"votes.1": 5}, decision=DECISION)
    found = where_from(office, BUPATI, CIAMIS, "votes.1")
    assert not found.paper
    assert [(one.event.what, one.figure) for one in found.own] == [
        ("unit-entry", 211),
        ("receipt", 210),
        ("unit-reading", 210),
        ("difference", 5),
    ]
    parts = sum(part.figure or 0 for part in found.parts)
    assert found.whole.figure == parts + found.own_difference == 215
    receipt = found.own[1].carried
    assert receipt is not None and receipt.revision == 1
    # Of another cell nothing was said but what the package says.
    other = where_from(office, BUPATI, CIAMIS, "votes.2")
    assert [one.event.what for one in other.own] == ["receipt", "unit-reading"]
    ladder.close()


def test_what_an_office_below_decided_on_its_unit_is_told_with_its_package(
    tmp_path: Path,
) -> None:
    ladder = Ladder(tmp_path)
    below = ladder.office(CIAMIS)
    ladder.office(KABKO)
    rows = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
    entering.enter_all(below, BUPATI, rows, by="Siti")
    unit_figures.add_difference(below, BUPATI, DESA, cells={"votes.1": -1}, decision=DECISION)
    ladder.receive(ladder.package(CIAMIS))
    (one,) = where_from(ladder.offices[KABKO], BUPATI, DESA, "votes.1").own
    assert (one.figure, one.event.office) == (-1, "KECAMATAN CIAMIS")
    assert one.carried is not None and one.carried.revision == 1
    ladder.close()
