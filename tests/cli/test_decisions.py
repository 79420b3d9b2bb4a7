"""What the plenary decides, written and shown without a screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.papers.faces import groups
from tests.cli.conftest import HEADER, csv_row
from tests.cli.lines import WORDS, done, refused
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, tiny_office, valid_bupati

IN = ("--contest", BUPATI)
ON = (*IN, "--tps", dotted(TPS[0]))
WHY = ("--reason", "salah jumlah", "--by", "Siti")


def events(office: Path, tps: str = TPS[0]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = done(
        "history", office, *IN, "--tps", tps, "--format", "json"
    ).data
    return found


def states(office: Path) -> dict[str, int]:
    found: dict[str, int] = done("status", office, *IN, "--format", "json").data["progress"][0][
        "states"
    ]
    return found


def cells_of(office: Path, tps: str = TPS[0]) -> dict[str, int]:
    (total,) = done(
        "totals", office, *IN, "--level", "tps", "--under", tps, "--format", "json"
    ).data
    cells: dict[str, int] = total["cells"]
    return cells


def test_correct_writes_old_and_new_and_who_decided(full_office: Path) -> None:
    who = ("--raised-by", "Saksi nomor 2", "--decided-by", "Ketua PPK")
    said = done("correct", full_office, *ON, "--set", "votes.1=11", "--set", "invalid=", *WHY, *who)
    entry, ruling = events(full_office)
    assert (entry["what"], entry["live"], ruling["what"], ruling["live"]) == (
        "entry",
        False,
        "corrected",
        True,
    )
    assert ruling["changes"] == {"votes.1": [10, 11], "invalid": [5, None]}
    body = ruling["body"]
    assert (body["reason"], body["raised_by"], body["decided_by"]) == (
        "salah jumlah",
        "Saksi nomor 2",
        "Ketua PPK",
    )
    assert ruling["over"] == [entry["id"]]
    assert WORDS("cli.decided", tps=dotted(TPS[0]), record=ruling["id"][:12]) in said.out
    assert cells_of(full_office)["votes.1"] == 11 and "invalid" not in cells_of(full_office)
    shown = done("history", full_office, *ON).out
    assert "votes.1: 10 -> 11" in shown and WORDS["cli.event.corrected"] in shown
    rows = done("history", full_office, *ON, "--format", "csv").out.splitlines()
    assert rows[0].startswith("time,what,person,live,id") and "corrected,Siti,1," in rows[2]


def test_what_cannot_be_corrected_is_refused(full_office: Path) -> None:
    correct = ("correct", full_office, *ON, *WHY, "--set")
    refused("usage-set", *correct, "votes.1", found="votes.1")
    refused("usage-set", *correct, "votes.1=1.000", found="votes.1=1.000")
    refused("usage-set-twice", *correct, "votes.1=1", "--set", "votes.1=2", cell="votes.1")
    refused("cell-unknown", *correct, "votes.9=1", cells="votes.9")
    refused("nothing-changes", *correct, "votes.1=10", tps=dotted(TPS[0]))
    refused(
        "reason-missing",
        *("correct", full_office, *ON, "--set", "votes.1=3", "--reason", " ", "--by", "Siti"),
    )
    assert len(events(full_office)) == 1


def test_a_reason_that_is_no_text_is_recorded_with_a_mark_in_its_place(full_office: Path) -> None:
    """A terminal may hand over bytes that are no UTF-8."""
    done("accept", full_office, *ON, "--reason", "salah\udcff\tjumlah", "--by", "Siti\udcff")
    event = events(full_office)[-1]
    assert event["body"]["reason"] == "salah\N{REPLACEMENT CHARACTER} jumlah"
    assert event["person"] == "Siti\N{REPLACEMENT CHARACTER}"


def test_accept_keeps_the_figures_with_the_reason(full_office: Path) -> None:
    before = cells_of(full_office)
    done("accept", full_office, *ON, *WHY)
    assert states(full_office) == {"single": 4, "accepted": 1}
    assert cells_of(full_office) == before


def test_not_delivered_adds_nothing_and_reopen_ends_it(full_office: Path) -> None:
    done("not-delivered", full_office, *ON, *WHY)
    total = done("totals", full_office, *IN, "--level", "kecamatan", "--format", "json").data[0]
    assert (total["counted"], total["not_delivered"]) == (4, 1)
    done("reopen", full_office, *ON, *WHY)
    assert states(full_office).get("not-delivered") is None
    refused("nothing-to-reopen", "reopen", full_office, *ON, *WHY, tps=dotted(TPS[0]))


def test_a_withdrawn_entry_stays_in_the_history(full_office: Path) -> None:
    done("withdraw", full_office, *ON, *WHY)
    assert [event["what"] for event in events(full_office)] == ["entry", "withdrawal"]
    assert states(full_office) == {"single": 4, "empty": 1}
    withdraw = ("withdraw", full_office, *ON, *WHY)
    refused("entry-not-found", *withdraw, "--entry", "00", tps=dotted(TPS[0]), entry="00")


def test_a_new_round_begins_again(full_office: Path, tmp_path: Path) -> None:
    done("new-round", full_office, *ON, *WHY)
    assert states(full_office) == {"single": 4, "empty": 1}
    table = tmp_path / "again.csv"
    table.write_text(f"{HEADER}\n{csv_row(TPS[0], valid_bupati(kosong=30))}\n", "utf-8")
    done("enter", full_office, table, *IN, "--by", "Siti")
    assert cells_of(full_office)["votes.1"] == 30


def test_entries_that_differ_are_settled_cell_by_cell(tmp_path: Path) -> None:
    office, table = tmp_path / "two.rekap", tmp_path / "t.csv"
    tiny_office(office, double_entry=True).close()
    for name, votes in (("Siti", 40), ("Budi", 41)):
        table.write_text(f"{HEADER}\n{csv_row(TPS[0], valid_bupati(kosong=votes))}\n", "utf-8")
        done("enter", office, table, *IN, "--by", name)
    assert states(office) == {"empty": 4, "differs": 1}
    correct = ("correct", office, *ON, *WHY)
    one, two = valid_bupati(kosong=40), valid_bupati(kosong=41)
    first, *rest = sorted(key for key in one if one[key] != two[key])
    refused("cells-still-differ", *correct, "--set", f"{first}=1", cells=", ".join(rest))
    done(*correct, *(word for key in (first, *rest) for word in ("--set", f"{key}={one[key]}")))
    assert states(office) == {"empty": 4, "settled": 1}
    assert cells_of(office) == one


def test_a_contest_is_closed_and_reopened(full_office: Path) -> None:
    signers = ("--signer", "ketua=Siti Aminah", "--signer", "saksi-2=Budi:refused:keberatan: DPT")
    said = done("close", full_office, *IN, "--by", "Siti", *signers)
    (close,) = done("history", full_office, *IN, "--format", "json").data
    assert (close["what"], close["live"], close["body"]["revision"]) == ("close", True, 1)
    assert groups(close["id"]) in said.out
    assert close["body"]["signers"] == [
        {"seat": "ketua", "name": "Siti Aminah", "presence": "present", "reason": ""},
        {"seat": "saksi-2", "name": "Budi", "presence": "refused", "reason": "keberatan: DPT"},
    ]
    progress = done("status", full_office, "--format", "json").data["progress"]
    assert [row["revision"] for row in progress] == [1, None]
    closed: dict[str, str | int] = {"contest": BUPATI, "revision": 1}
    refused("contest-closed", "correct", full_office, *ON, *WHY, "--set", "votes.1=3", **closed)
    refused("contest-closed", "close", full_office, *IN, "--by", "Siti", **closed)
    done("reopen", full_office, *IN, *WHY, "--decided-by", "Ketua PPK")
    done("correct", full_office, *ON, *WHY, "--set", "votes.1=3")
    what = [one["what"] for one in done("history", full_office, *IN, "--format", "json").data]
    assert what == ["close", "reopening"]
    refused("contest-not-closed", "reopen", full_office, *IN, *WHY, contest=BUPATI)
    refused("usage-raised-by", "reopen", full_office, *IN, *WHY, "--raised-by", "Saksi")


def test_a_close_names_every_tps_that_is_not_done(office: Path, table: Path) -> None:
    done("enter", office, table, *IN, "--by", "Siti")
    said = refused("close-incomplete", "close", office, *IN, "--by", "Siti", contest=BUPATI)
    missing = [WORDS("fault.close-empty", tps=dotted(tps)) for tps in (TPS[1], TPS[3], TPS[4])]
    assert list(said.lines)[1:] == missing


@pytest.mark.parametrize(
    "text", ["ketua", "=Siti", "ketua=Siti:sakit", ":present"], ids=["name", "seat", "word", "all"]
)
def test_a_signer_that_cannot_be_read_is_refused(full_office: Path, text: str) -> None:
    close = ("close", full_office, *IN, "--by", "Siti", "--signer")
    refused("usage-signer", *close, text, found=text)


def test_only_seats_of_the_form_sign(full_office: Path) -> None:
    close = ("close", full_office, *IN, "--by", "Siti", "--signer")
    seats = "ketua, anggota-2, anggota-3, anggota-4, anggota-5, saksi-2"
    refused("seat-unknown", *close, "saksi-1=Budi", seat="saksi-1", seats=seats)
    refused("seat-twice", *close, "ketua=Siti", "--signer", "ketua=Budi", seat="ketua")


def test_a_decision_speaks_of_one_contest_only(full_office: Path) -> None:
    other = ("--contest", GUBERNUR, "--tps", TPS[0])
    refused("nothing-to-accept", "accept", full_office, *other, *WHY, tps=dotted(TPS[0]))
    elsewhere = (*IN, "--tps", "32.07.02.2001.001")
    refused(
        "tps-unknown",
        *("accept", full_office, *elsewhere, *WHY),
        tps="32.07.02.2001.001",
        contest=BUPATI,
    )
