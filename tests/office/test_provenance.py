"""From any sum down to the records it stands on, with who, when, from what, and by which package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.election.figures.tallies import Source
from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.opening import Office
from recap_desktop.office.proof.provenance import where_from
from recap_desktop.problems import KnownProblem
from tests.offices import BUPATI, CIAMIS, TPS, tiny_office, valid_bupati
from tests.upward import DECISION, KABKO, Ladder

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
