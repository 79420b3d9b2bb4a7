"""The plenary, desa by desa, on the command line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from recap_desktop.election.figures.tallies import State
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import correct
from recap_desktop.office.opening import open_office
from tests.cli.lines import WORDS, run
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati
from tests.made_up.posts import DECISION, exchange, second_post

MALEBER, BAREGBEG = "3207011001", "3207012001"
BY = ("--by", "Ani")
SEATS = ("ketua", "anggota-2", "anggota-3", "anggota-4", "anggota-5", "saksi-2")
SIGNERS = [text for seat in SEATS for text in ("--signer", f"{seat}=Nama {seat}")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "ciamis.rekap"
    tiny_office(made).close()
    return made


def done(*arguments: object) -> str:
    said = run(*map(str, arguments))
    assert (said.status, said.err) == (0, ""), said.err
    return said.out


def refused(code: str, *arguments: object) -> str:
    said = run(*map(str, arguments))
    assert said.status == 2
    first, *_ = WORDS[f"problem.{code}"].partition("{")
    assert said.err.startswith(first), said.err
    return said.err


def read(path: Path, tps: str, cells: dict[str, int], *more: str) -> tuple[object, ...]:
    given = [text for cell, figure in cells.items() for text in ("--set", f"{cell}={figure}")]
    return ("read", path, "--contest", BUPATI, "--tps", tps, *given, *more, *BY)


def test_a_plenary_from_opening_to_end(path: Path) -> None:
    refused("plenary-none", *read(path, TPS[0], valid_bupati()))
    assert "dibacakan" not in done("status", path)
    refused("plenary-place-missing", "plenary", "open", path, *BY)
    done("plenary", "open", path, "--place", "Aula", "--leader", "Siti", *BY)
    refused("plenary-cannot-resumed", "plenary", "resume", path, *BY)
    for tps in TPS:
        done(*read(path, tps, valid_bupati()))
    assert "sudah dibacakan" in done(*read(path, TPS[0], valid_bupati()))
    refused("close-incomplete", "close", path, "--contest", BUPATI, *BY)
    for desa in (MALEBER, BAREGBEG):
        done("close", path, "--contest", BUPATI, "--desa", desa, *SIGNERS, *BY)
    refused("desa-closed", *read(path, TPS[0], valid_bupati(41)))
    done("close", path, "--contest", BUPATI, *SIGNERS, *BY)
    shown = json.loads(done("plenary", "show", path, "--contest", BUPATI, "--format", "json"))
    assert shown["plenary"] == {"phase": "open", "place": "Aula", "leader": "Siti"}
    assert [(row["code"], row["read"], row["revision"]) for row in shown["agenda"]] == [
        *((MALEBER, 3, 1), (BAREGBEG, 2, 1), ("320701", 5, 1)),
    ]
    told = json.loads(done("status", path, "--level", "desa", "--format", "json"))
    assert told["office"]["plenary"] == "open"
    rows = [row for row in told["progress"] if row["contest"] == BUPATI]
    assert [(row["read"], row["closed_desas"], row["revision"]) for row in rows] == [
        *((3, 1, 1), (2, 1, 1)),
    ]
    assert WORDS["cli.status.plenary-open"] in done("status", path)
    assert "desa ditetapkan" in done("status", path)
    reason = ("--reason", "keberatan")
    done("reopen", path, "--contest", BUPATI, *reason, *BY)
    done("reopen", path, "--contest", BUPATI, "--desa", MALEBER, *reason, *BY)
    done("plenary", "suspend", path, "--reason", "besok", *BY)
    done("plenary", "resume", path, *BY)
    done("plenary", "end", path, *BY)
    assert "sudah ditutup" in done("plenary", "show", path, "--contest", BUPATI)
    assert "Siti" not in done("plenary", "show", path, "--contest", BUPATI, "--format", "csv")


def test_what_was_read_otherwise_needs_its_reason(path: Path) -> None:
    office = open_office(path)
    enter(office, BUPATI, TPS[0], valid_bupati(41), by="Budi")
    office.close()
    done("plenary", "open", path, "--place", "Aula", *BY)
    assert "users.dpt.l" in refused("reading-differs", *read(path, TPS[0], valid_bupati()))
    why = ("--reason", "salah ketik", "--decided-by", "Rapat pleno")
    done(*read(path, TPS[0], valid_bupati(), *why))
    office = open_office(path)
    stored = office.file.contests[BUPATI].tally(TPS[0])
    assert stored is not None and stored.tally.state is State.CORRECTED
    office.close()


def test_who_attends_and_what_is_said(path: Path) -> None:
    witness = ("--seat", "saksi-2", "--contest", BUPATI, "--name", "Budi")
    done("attend", path, *witness, "--mandate", "012", *BY)
    done("attend", path, *witness, "--presence", "left", *BY)
    refused("seat-unknown", "attend", path, "--seat", "raja", "--name", "Budi", *BY)
    said = ("--topic", "objection", "--unit", TPS[0], "--text", "DPTb tidak sesuai")
    about = ("--contest", BUPATI)
    refused("incident-raiser-missing", "incident", path, *about, *said, *BY)
    done("incident", path, *about, *said, "--raised-by", "Saksi 2", *BY)
    (row,) = json.loads(done("incidents", path, *about, "--format", "json"))
    assert (row["unit"], row["settled"], row["raised-by"]) == (TPS[0], 0, "Saksi 2")
    reply = ("--incident", row["record"][:12], "--answer", "sesuai", "--settled")
    done("answer", path, *about, *reply, *BY)
    assert "sesuai" in done("incidents", path, *about)
    assert done("incidents", path, *about, "--format", "csv").count("\n") == 2
    refused("incident-unknown", "answer", path, *about, *reply, *BY)


def test_an_entry_is_moved_and_a_difference_settled(path: Path) -> None:
    office = open_office(path)
    enter(office, BUPATI, TPS[0], valid_bupati(), by="Budi")
    office.close()
    about = ("--contest", BUPATI, "--reason", "tertukar")
    done("move", path, *about, "--tps", TPS[0], "--to", TPS[1], *BY)
    office = open_office(path)
    enter(office, BUPATI, TPS[1], valid_bupati() | {"votes.1": 39}, by="Citra")
    office.close()
    chosen = ("--tps", TPS[1], "--set", "votes.1=40")
    refused("settler-typed-it", "settle", path, *about, *chosen, "--by", "Citra")
    refused("plenary-none", "settle", path, *about, *chosen, "--in-plenary", "--by", "Citra")
    done("settle", path, *about, *chosen, "--by", "Dedi")
    office = open_office(path)
    stored = office.file.contests[BUPATI].tally(TPS[1])
    assert stored is not None and stored.tally.state is State.SETTLED
    office.close()
    of_one = ("history", path, "--contest", BUPATI, "--tps", TPS[1], "--beside")
    first, *_ = json.loads(done(*of_one, "--format", "json"))
    assert list(first.values()) == ["votes.1", 40, 39, 40]
    assert done(*of_one, "--format", "csv").splitlines()[1] == "votes.1,40,39,40"
    assert "Dedi" in done(*of_one)
    refused("usage-beside", *of_one[:4], "--beside")


def test_a_conflict_of_two_posts_is_ended_by_the_ruling_that_holds(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = open_office(path)
    enter(office, BUPATI, TPS[0], valid_bupati(), by="Budi")
    machine = os.environ["RECAP_DATA_DIR"]
    here, there = second_post(office, tmp_path, monkeypatch)
    monkeypatch.setenv("RECAP_DATA_DIR", machine)
    for post, figure in ((here, 41), (there, 42)):
        correct(post, BUPATI, TPS[0], changes={"votes.1": figure}, decision=DECISION)
    exchange(here, there)
    there.close()
    here.close()
    about = ("--contest", BUPATI, "--tps", TPS[0], "--reason", "dilihat di kertas", *BY)
    known = json.loads(done("history", path, *about[:4], "--format", "json"))
    ruling = next(one for one in known if one["body"]["cells"]["votes.1"] == 42)
    refused("usage-settle", "settle", path, *about)
    refused("usage-settle", "settle", path, *about, "--holds", "ab", "--set", "votes.1=41")
    refused("side-unknown", "settle", path, *about, "--holds", "zz")
    done("settle", path, *about, "--holds", ruling["id"][:12])
    refused("nothing-to-settle", "settle", path, *about, "--holds", ruling["id"][:12])
    office = open_office(path)
    stored = office.file.contests[BUPATI].tally(TPS[0])
    assert stored is not None
    assert (stored.tally.state, stored.tally.cells["votes.1"]) == (State.SETTLED, 42)
    office.close()
