"""Papers beside the sheets from the command line, and a slip that anybody proves."""

from __future__ import annotations

from pathlib import Path

import pytest

from recap_desktop.office.papers.paper_making import PaperKind
from tests.cli.lines import WORDS, done, refused, run
from tests.cli.test_papers import IN, text_of
from tests.made_up.offices import BUPATI, TPS

DOTTED = "32.07.01.1001.001"


@pytest.fixture
def closed(full_office: Path) -> Path:
    done("close", full_office, *IN, "--by", "Siti", "--place", "Ciamis")
    return full_office


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("minutes", "BERITA ACARA RAPAT PLENO TERBUKA"),
        ("incidents", "NIHIL"),
        ("corrections", "DAFTAR PEMBETULAN"),
        ("receipt", "YANG MENYERAHKAN"),
        ("typists", "entri dari C.HASIL"),
        ("blank-sheets", "Lembar kosong, diisi dengan tangan"),
    ],
)
def test_a_paper_of_a_closed_contest(closed: Path, tmp_path: Path, kind: str, said: str) -> None:
    target = tmp_path / "paper.pdf"
    out = done("paper", closed, "--kind", kind, *IN, "--to", target, "--copy", "2").out
    assert out.strip() == WORDS("cli.paper-written", path=str(target))
    text = text_of(target)
    assert said in text and "Cetakan ke-2" in text
    assert ("Revisi 1" in text) == (kind != "blank-sheets")


def test_every_kind_can_be_asked_for(closed: Path, tmp_path: Path) -> None:
    for kind in PaperKind:
        given = {PaperKind.SLIP: TPS[0], PaperKind.BLANK_FORMS: TPS[0][:10]}.get(kind, "")
        unit = ("--unit", given) if given else ()
        paper = ("paper", closed, "--kind", kind.value, *IN, "--to", tmp_path / "x.pdf", *unit)
        if kind is PaperKind.ZERO:
            refused("zero-too-late", *paper, contest=BUPATI, stations=len(TPS))
        else:
            done(*paper)


def test_a_zero_report_of_an_empty_office(office: Path, tmp_path: Path) -> None:
    target = tmp_path / "zero.pdf"
    done("paper", office, "--kind", "zero", *IN, "--to", target)
    assert "5 (LIMA)" in text_of(target)


def test_a_draft_is_asked_for_or_a_revision(closed: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    paper = ("paper", closed, "--kind", "minutes", *IN, "--to", target)
    done(*paper, "--draft")
    assert "DRAF UNTUK PENCERMATAN" in text_of(target)
    refused("usage-sheet-state", *paper, "--draft", "--revision", "1")
    refused("revision-unknown", *paper, "--revision", "7", contest=BUPATI, revision=7)


def test_a_slip_as_text_is_proved_without_any_office(closed: Path, tmp_path: Path) -> None:
    slip = tmp_path / "slip.txt"
    paper = ("paper", closed, "--kind", "slip", *IN, "--to", slip)
    done(*paper, "--unit", DOTTED)
    said = done("check-slip", slip).out
    assert done("verify", slip).out == said
    assert said.startswith(f"Slip TPS {DOTTED} benar") and "votes.2: 100" in said
    text = slip.read_text("utf-8")
    slip.write_text(text.replace('"votes.2":100', '"votes.2":110'), "utf-8")
    false = run("check-slip", slip)
    assert run("verify", slip).status == false.status == 1
    assert false.status == 1
    assert false.out.strip() == WORDS("cli.slip-false", tps=DOTTED)
    slip.write_text(text.replace("akar:", "akr:"), "utf-8")
    refused("slip-malformed", "check-slip", slip, path=str(slip))
    gone = tmp_path / "gone.txt"
    refused(
        "slip-cannot-be-read", "check-slip", gone, path=str(gone), reason=WORDS["reason.ENOENT"]
    )
    refused("slip-needs-station", *paper, "--unit", "3207011001", unit="32.07.01.1001")


def test_a_slip_before_a_close_is_refused(full_office: Path, tmp_path: Path) -> None:
    paper = ("paper", full_office, "--kind", "slip", *IN, "--to", tmp_path / "slip.pdf")
    refused("slip-needs-close", *paper, "--unit", DOTTED, contest=BUPATI)


@pytest.mark.parametrize("text", ["", "REKAP/1 SLIP TPS", "REKAP/1 SLIP TPS\ndaun: {}\n" * 4, "x"])
def test_what_is_no_slip_is_refused(text: str, tmp_path: Path) -> None:
    slip = tmp_path / "slip.txt"
    slip.write_text(text, "utf-8")
    refused("slip-malformed", "check-slip", slip, path=str(slip))
