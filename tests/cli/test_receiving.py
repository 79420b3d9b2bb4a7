"""What comes up and goes back down, without a screen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.election.definitions.regions import dotted
from recap_desktop.exchange.office_keys import make_office_key
from recap_desktop.office.entry import entering
from recap_desktop.office.keys.trusting import record_root
from recap_desktop.office.plenary.revisions import standing_revision
from tests.cli.lines import WORDS, done, refused, run
from tests.made_up.offices import BUPATI, CIAMIS, TPS, valid_bupati
from tests.made_up.upward import KABKO, Ladder

IN = ("--contest", BUPATI)
WHY = ("--reason", "diperiksa", "--by", "Tuti", "--decided-by", "Ketua KPU")
SECRET = "empat kata yang panjang"  # noqa: S105 - of a key that is thrown away


@pytest.fixture
def ladder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ladder]:
    """Both offices believe the key of the kabupaten; Ciamis is typed."""
    monkeypatch.setenv("RECAP_PASSPHRASE", SECRET)
    ladder = Ladder(tmp_path)
    ladder.keys[KABKO] = make_office_key(tmp_path / "kpu.kunci", SECRET, name="KPU")
    rows = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
    entering.enter_all(ladder.office(CIAMIS), BUPATI, rows, by="Siti")
    ladder.office(KABKO)
    for office in ladder.offices.values():
        record_root(office, KABKO, ladder.key(KABKO).public.hex(), name="KPU", by="Siti")
    yield ladder
    ladder.close()


def sent(ladder: Ladder) -> tuple[Path, list[str]]:
    """A package, and what its signed paper says; the office above is free for the command line."""
    path = ladder.package(CIAMIS)
    revision = standing_revision(ladder.offices[CIAMIS], BUPATI)
    assert revision is not None
    totals = revision.record.body["totals"]
    asked = ("votes.1", "votes.2", "valid", "invalid")
    typed = [part for cell in asked for part in ("--total", f"{cell}={totals[cell]}")]
    for office in ladder.offices.values():
        office.close()
    return path, [*typed, "--head", revision.head[:8]]


def test_a_package_is_received_and_a_receipt_goes_back(ladder: Ladder, tmp_path: Path) -> None:
    above, below = tmp_path / f"{KABKO}.rekap", tmp_path / f"{CIAMIS}.rekap"
    package, typed = sent(ladder)
    shown = done("receive", above, package, "--preview").out
    assert WORDS("cli.receive.counts", new=5, changed=0, unchanged=0) in shown
    assert "--total votes.1= --total votes.2=" in shown
    wrong = run("receive", above, package, *typed[:-1], "00000000", "--by", "Tuti")
    assert wrong.status == 2
    assert next(wrong.lines) == WORDS("problem.receive-head-differs", head="00000000")
    said = done("receive", above, package, *typed, "--by", "Tuti").out
    assert "KECAMATAN CIAMIS" in said
    first, second = done("children", above, *IN, "--format", "json").data
    assert (first["came"], first["final"], second["came"]) == ("received", True, "nothing")
    assert WORDS("cli.receive.children", final=1, offices=2) in done("children", above, *IN).out
    done("correct", above, *IN, "--tps", TPS[0], "--set", "votes.1=50", *WHY)
    receipt = tmp_path / "ciamis.terima"
    key = ("--key", tmp_path / "kpu.kunci")
    done("receipt", "out", above, receipt, *IN, "--unit", CIAMIS, *key)
    done("receipt", "take", below, receipt, "--by", "Siti")
    (one,) = done("receipt", "proposals", below, *IN, "--format", "json").data
    assert (one["code"], one["changes"], one["done"]) == (dotted(TPS[0]), "votes.1: 40 -> 50", 0)
    assert dotted(TPS[0]) in done("receipt", "proposals", below, *IN).out
    done("reopen", below, *IN, "--reason", "usulan", "--by", "Siti", "--decided-by", "Ketua")
    done("receipt", "leave", below, *IN, "--tps", TPS[0], *WHY)
    (one,) = done("receipt", "proposals", below, *IN, "--format", "json").data
    assert (one["left"], one["done"]) == ("diperiksa", 0)
    done("receipt", "take-up", below, *IN, "--tps", TPS[0], "--by", "Siti", "--decided-by", "Pleno")
    (one,) = done("receipt", "proposals", below, *IN, "--format", "json").data
    assert one["done"] == 1
    # What is done is not left.
    assert run("receipt", "leave", below, *IN, "--tps", TPS[0], *WHY).status == 2
    assert "receipt" in done("history", above, *IN, "--format", "csv").out


def test_an_alarm_is_on_record_until_it_is_decided(ladder: Ladder, tmp_path: Path) -> None:
    above = tmp_path / f"{KABKO}.rekap"
    ladder.receive(ladder.package(CIAMIS))
    old = Ladder(tmp_path / "lama", keys=ladder.keys)
    old.folder.mkdir()
    # A laptop that began again from nothing: what was received is not in its package.
    entering.enter_all(
        old.office(CIAMIS), BUPATI, [(tps, valid_bupati(41)) for tps in TPS], by="Siti"
    )
    package = old.package(CIAMIS)
    old.close()
    ladder.offices[KABKO].close()
    said = run("receive", above, package, "--by", "Tuti")
    assert said.status == 1 and WORDS["cli.receive.shortened"] in said.out
    assert (
        WORDS("cli.receive.child-alarm", name="KECAMATAN CIAMIS")
        in done("children", above, *IN).out
    )
    (alarm,) = done("alarms", above, *IN, "--format", "json").data
    assert (alarm["cause"], alarm["holds"]) == ("shortened", "")
    both = done("alarm", "show", above, *IN, "--format", "json").data
    (line,) = [line for line in both["totals"] if line["cell"] == "votes.1"]
    assert (line["held"], line["came"]) == (210, 205)
    assert both["held"]["revision"] == both["came"]["revision"] == 1
    assert dotted(TPS[0]) in done("alarm", "show", above, *IN).out
    done("alarm", "decide", above, *IN, "--holds", "held", *WHY)
    assert "diperiksa" in done("alarms", above, *IN).out
    again = ("alarm", "decide", above, *IN, "--holds", "held", *WHY)
    refused("alarm-unknown", *again, alarm="", alarms="")


def test_differences_and_figures_of_paper(ladder: Ladder, tmp_path: Path) -> None:
    above = tmp_path / f"{KABKO}.rekap"
    ladder.receive(ladder.package(CIAMIS))
    ladder.offices[KABKO].close()
    unit = ("--unit", CIAMIS)
    done("difference", "add", above, *IN, *unit, "--set", "votes.1=-3", *WHY)
    (one,) = done("difference", "list", above, *IN, "--format", "json").data
    assert one["cells"] == {"votes.1": -3}
    assert "votes.1: -3" in done("difference", "list", above, *IN).out
    which = ("--difference", one["record"][:8])
    done("difference", "keep", above, *IN, *which, *WHY)
    (one,) = done("difference", "list", above, *IN, "--format", "json").data
    done("difference", "withdraw", above, *IN, "--difference", one["record"][:8], *WHY)
    assert done("difference", "list", above, *IN, "--format", "json").data == []
    wrong = ("difference", "add", above, *IN, *unit, "--set", "votes.1=a", *WHY)
    refused("usage-difference", *wrong, found="votes.1=a")
    far = ("--unit", "32.07.02", "--by", "Tuti")
    done("paper-total", above, *IN, *far, "--set", "votes.1=30")
    rows = done("totals", above, *IN, "--level", "kecamatan", "--format", "json").data
    assert rows[1]["cells"] == {"votes.1": 30}
    done("paper-total", above, *IN, *far)
    rows = done("totals", above, *IN, "--level", "kecamatan", "--format", "json").data
    assert rows[1]["cells"] == {}


def test_an_office_below_is_read_out_in_the_plenary(ladder: Ladder, tmp_path: Path) -> None:
    above = tmp_path / f"{KABKO}.rekap"
    package, typed = sent(ladder)
    done("receive", above, package, *typed, "--by", "Tuti")
    unit, by = ("--unit", "32.07.01"), ("--by", "Tuti")
    assert run("plenary", "read-child", above, *IN, *unit, *by).status == 2
    done("plenary", "open", above, "--place", "Aula", *by)
    assert "32.07.01" in done("plenary", "show", above, *IN).out
    put_off = done("plenary", "read-child", above, *IN, *unit, "--postpone", "PPK pulang", *by).out
    assert "ditunda" in put_off
    done("correct", above, *IN, "--tps", dotted(TPS[0]), "--set", "votes.1=50", *WHY)
    done("difference", "add", above, *IN, *unit, "--set", "votes.2=-3", *WHY)
    shown = done("plenary", "child", above, *IN, *unit).out
    assert WORDS["heard.postponed"] in shown
    assert f"{dotted(TPS[0])}: votes.1: 40 -> 50" in shown and "votes.2: -3" in shown
    done("plenary", "read-child", above, *IN, *unit, *by)
    data = json.loads(done("plenary", "child", above, *IN, *unit, "--format", "json").out)
    (line,) = [line for line in data["lines"] if line["cell"] == "votes.1"]
    assert (line["received"], line["difference"], line["now"]) == (210, 10, 220)
    assert (data["heard"], len(data["corrections"])) == ("read", 2)
