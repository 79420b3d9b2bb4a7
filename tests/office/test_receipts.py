"""What was received is said in a signed file; who sent it proves that, and hears what was corrected."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.records.canonical import canonical
from recap_desktop.exchange.receipt_file import read_receipt, seal_receipt
from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.entry.ruling import Decision
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.proof.history import contest_history
from recap_desktop.office.upward import unit_figures
from recap_desktop.office.upward.proposals import leave, proposals, take_up
from recap_desktop.office.upward.receipts import give_receipt, take_receipt
from recap_desktop.office.upward.received import receipts_of
from recap_desktop.problems import KnownProblem
from tests.adversaries.contents import content, set_clock
from tests.made_up.offices import BUPATI, CIAMIS, TPS, valid_bupati
from tests.made_up.upward import CIKONENG, DECISION, KABKO, Ladder


@pytest.fixture
def ladder(tmp_path: Path) -> Iterator[Ladder]:
    """Ciamis was received, two of its TPS and its total were corrected above."""
    ladder = Ladder(tmp_path)
    above = ladder.office(KABKO)
    rows = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
    entering.enter_all(ladder.office(CIAMIS), BUPATI, rows, by="Siti")
    ladder.receive(ladder.package(CIAMIS))
    ruling.correct(above, BUPATI, TPS[0], changes={"votes.1": 50}, decision=DECISION)
    ruling.not_delivered(above, BUPATI, TPS[1], decision=DECISION)
    unit_figures.add_difference(above, BUPATI, CIAMIS, cells={"votes.2": -2}, decision=DECISION)
    yield ladder
    ladder.close()


def given(ladder: Ladder) -> Path:
    path = ladder.folder / "ciamis.terima"
    give_receipt(ladder.offices[KABKO], BUPATI, CIAMIS, path, key=ladder.key(KABKO))
    return path


def refusal(ladder: Ladder, path: Path, at: str = CIAMIS) -> str:
    """The code with which it is refused, whatever the clock says; nothing changed by it."""
    office = ladder.office(at)
    before, codes = content(office), set()
    for year in (2024, 1999):
        set_clock(office, year)
        with pytest.raises(KnownProblem) as caught:
            take_receipt(office, path, by="Siti", trust=ladder.trust)
        codes.add(caught.value.code)
    assert content(office) == before
    (code,) = codes
    return code


def test_a_receipt_goes_back_and_its_corrections_are_taken_up(ladder: Ladder) -> None:
    below, path = ladder.offices[CIAMIS], given(ladder)
    taken = take_receipt(below, path, by="Siti", trust=ladder.trust)
    (receipt,) = receipts_of(ladder.offices[KABKO], BUPATI)
    assert taken.body["receiver_head"] == receipt.id
    first, second, third = proposals(below, BUPATI)
    assert (first.tps, first.changes, first.is_done) == (TPS[0], {"votes.1": (40, 50)}, False)
    assert (second.tps, second.cause) == (TPS[1], "not-delivered")
    assert (third.unit, third.changes) == (CIAMIS, {"votes.2": (None, -2)})
    ladder.again(CIAMIS)
    plain = Decision(by="Siti", reason="", decided_by="Pleno PPK")
    made = take_up(below, BUPATI, TPS[0], decision=plain)
    assert made.body["reason"] == "KABUPATEN CIAMIS: salah jumlah"
    take_up(below, BUPATI, TPS[1], decision=plain)
    assert [one.is_done for one in proposals(below, BUPATI)] == [True, True, False]
    for tps, code in ((TPS[0], "nothing-changes"), (TPS[2], "proposal-unknown")):
        with pytest.raises(KnownProblem) as caught:
            take_up(below, BUPATI, tps, decision=plain)
        assert caught.value.code == code
    # What comes up now says what was ruled above.
    ruling.accept(below, BUPATI, TPS[0], decision=DECISION)
    ladder.receive(ladder.package(CIAMIS))
    above = ladder.offices[KABKO]
    tally = above.file.layers.tally(above.file.journal.records(BUPATI, TPS[0]))
    assert (tally.state, tally.cells["votes.1"]) == (State.ACCEPTED, 50)
    assert not audit(below).faults and not audit(above).faults


def test_a_proposal_is_left_with_a_reason_and_can_still_be_taken_up(ladder: Ladder) -> None:
    below = ladder.offices[CIAMIS]
    take_receipt(below, given(ladder), by="Siti", trust=ladder.trust)
    ladder.again(CIAMIS)
    why = Decision(by="Siti", reason="C.HASIL berkata lain", decided_by="Pleno PPK")
    made = leave(below, BUPATI, TPS[0], decision=why)
    first, second, third = proposals(below, BUPATI)
    assert (first.left, first.is_open, second.is_open) == ("C.HASIL berkata lain", False, True)
    assert made.body["ruling"] == first.ruling
    assert [event.what for event in contest_history(below, BUPATI)][-1] == "proposal-left"
    with pytest.raises(KnownProblem) as caught:
        leave(below, BUPATI, third.ruling[:12], decision=replace(why, reason=" "))
    assert caught.value.code == "reason-missing"
    take_up(below, BUPATI, TPS[0], decision=why)
    assert proposals(below, BUPATI)[0].is_done
    assert not audit(below).faults


def test_a_difference_that_is_taken_up_below_is_not_added_twice_unnoticed(ladder: Ladder) -> None:
    below, above = ladder.offices[CIAMIS], ladder.offices[KABKO]
    take_receipt(below, given(ladder), by="Siti", trust=ladder.trust)
    ladder.again(CIAMIS)
    (difference,) = [one for one in proposals(below, BUPATI) if one.unit]
    plain = Decision(by="Siti", reason="", decided_by="Pleno PPK")
    take_up(below, BUPATI, difference.ruling, decision=plain)
    assert [one.is_done for one in proposals(below, BUPATI)] == [False, False, True]
    assert unit_figures.moved_differences(above, BUPATI) == []
    ladder.receive(ladder.package(CIAMIS))
    (moved,) = unit_figures.moved_differences(above, BUPATI)
    assert moved.cells == {"votes.2": -2}
    unit_figures.withdraw_difference(above, BUPATI, moved.record, decision=DECISION)
    (total,) = totals(above, BUPATI, level=Level.KECAMATAN, under=CIAMIS)
    assert total.differences == {"votes.2": -2}


Forgery = Callable[[dict[str, Any]], object]
FORGED: dict[str, tuple[Forgery, str]] = {
    "election": (lambda said: said.update(election="ab" * 32), "receipt-election"),
    "mode": (lambda said: said.update(mode="real"), "receipt-election"),
    "sender": (lambda said: said.update(sender=CIKONENG), "receipt-of-other-office"),
    "receiver": (lambda said: said.update(receiver="32"), "receipt-of-other-office"),
    "head": (lambda said: said.update(head="ab" * 32), "receipt-of-other-package"),
    "revision": (lambda said: said.update(revision=2), "receipt-of-other-package"),
    "totals": (lambda said: said["totals"].update({"votes.1": 1}), "receipt-totals"),
    "tps": (lambda said: said["corrections"][0].update(tps="3207022001001"), "receipt-corrections"),
    "cells": (lambda said: said["corrections"][0].update(cells={"a": "b"}), "receipt-corrections"),
    "field": (lambda said: said.pop("package"), "not-a-receipt"),
}


@pytest.mark.parametrize(("forge", "code"), FORGED.values(), ids=FORGED)
def test_a_receipt_that_says_something_else_is_refused(
    ladder: Ladder, forge: Forgery, code: str
) -> None:
    path = given(ladder)
    said = json.loads(path.read_bytes())
    forge(said["receipt"])
    said["signature"] = ladder.key(KABKO).sign("receipt", canonical(said["receipt"]))
    path.write_bytes(canonical(said))
    assert refusal(ladder, path) == code


def test_who_may_sign_a_receipt(ladder: Ladder) -> None:
    path = given(ladder)
    receipt = read_receipt(path)
    stranger = ladder.key(CIKONENG)
    path.write_bytes(seal_receipt(replace(receipt, key=stranger.public.hex()), stranger))
    assert refusal(ladder, path) == "key-not-certified"
    path.write_bytes(seal_receipt(receipt, stranger))
    assert refusal(ladder, path) == "not-signed-receipt"
    path.write_bytes(b"{}")
    assert refusal(ladder, path) == "not-a-receipt"
    path.unlink()
    assert refusal(ladder, path) == "document-not-read"


def test_a_receipt_is_recorded_once_and_only_where_it_belongs(ladder: Ladder) -> None:
    path = given(ladder)
    take_receipt(ladder.offices[CIAMIS], path, by="Siti", trust=ladder.trust)
    assert refusal(ladder, path) == "receipt-known"
    assert refusal(ladder, path, CIKONENG) == "receipt-of-other-office"
    with pytest.raises(KnownProblem) as caught:
        give_receipt(ladder.offices[KABKO], BUPATI, CIKONENG, path, key=ladder.key(KABKO))
    assert caught.value.code == "receipt-of-nothing"


def test_of_several_receipts_of_one_package_the_one_taken_last_proposes(ladder: Ladder) -> None:
    """The office above goes on deciding; whichever ids the records have, its last word is shown."""
    below, above = ladder.offices[CIAMIS], ladder.offices[KABKO]
    for votes in (51, 52, 53, 54):
        take_receipt(below, given(ladder), by="Siti", trust=ladder.trust)
        assert proposals(below, BUPATI)[0].changes == {"votes.1": (40, votes - 1)}
        ruling.correct(above, BUPATI, TPS[0], changes={"votes.1": votes}, decision=DECISION)
    assert not audit(below).faults
