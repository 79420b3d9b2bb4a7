"""Printing from the command line: a plan, numbered copies, pages again, all papers as files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.lines import WORDS, done, refused
from tests.offices import BUPATI

IN = ("--contest", BUPATI)
BY = ("--by", "Siti")

LPSTAT = "#!/bin/sh\necho Kantor\n"
LP = '#!/bin/sh\necho "$@" >> "$0.asked"\ncat >> "$0.taken"\n'


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A print queue of one printer, which keeps what it is given."""
    folder = tmp_path / "system"
    folder.mkdir()
    for name, text in (("lp", LP), ("lpstat", LPSTAT)):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def test_everybody_of_the_plan_gets_a_numbered_copy_once(full_office: Path, tmp_path: Path) -> None:
    done("close", full_office, *IN, *BY)
    plan = done("print-plan", full_office, *IN, "--format", "json").data
    wanted = plan[0]["for"].split("; ")
    done("print", full_office, *IN, "--to", tmp_path, *BY)
    assert len(list(tmp_path.glob("*salinan*.pdf"))) == len(wanted) == 5
    said = done("print", full_office, *IN, "--to", tmp_path, *BY)
    assert said.out.strip() == WORDS["cli.print.nothing"]
    (after, *_) = done("print-plan", full_office, *IN, "--format", "json").data
    assert after["for"] == "" and after["sheets"] == 0
    listed = done("papers", "copies", full_office, *IN, "--format", "json").data
    assert [row["copy"] for row in listed] == ["1", "2", "3", "4", "5"]
    assert [row["for"] for row in listed] == wanted


def test_jammed_pages_are_printed_again_with_a_reason(full_office: Path, tmp_path: Path) -> None:
    done("close", full_office, *IN, *BY)
    to = ("--to", tmp_path, *BY)
    done("print", full_office, *IN, "--for", "Panwas", *to)
    refused("usage-print-again", "print", full_office, *IN, "--pages", "2", *to)
    again = ("print", full_office, *IN, "--copy", "1", "--pages", "2")
    refused("reason-missing", *again, *to)
    done(*again, "--reason", "macet", *to)
    last = done("papers", "copies", full_office, *IN, "--format", "json").data[-1]
    assert (last["copy"], last["pages"], last["again"]) == ("1", "2", "macet")
    refused("copy-unknown", "print", full_office, *IN, "--copy", "7", *to, number="7")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no lp")
def test_a_printer_is_given_the_pdf_as_it_is(full_office: Path, queue: Path) -> None:
    where = ("--printer", "Kantor", *BY)
    done("print", full_office, *IN, "--for", "Panwas", "--paper", "a4", *where)
    assert (queue / "lp.taken").read_bytes().startswith(b"%PDF")
    asked = (queue / "lp.asked").read_text()
    assert "-d Kantor" in asked and "media=A4" in asked
    other = ("--printer", "Lain", *BY)
    refused("printer-unknown", "print", full_office, *IN, *other, printer="Lain", printers="Kantor")


def test_it_must_be_said_where_to(full_office: Path, tmp_path: Path) -> None:
    refused("usage-print-where", "print", full_office, *IN, *BY)
    nowhere = tmp_path / "none"
    refused("export-folder", "print", full_office, *IN, "--to", nowhere, *BY, path=str(nowhere))


def test_all_papers_go_into_a_folder(full_office: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    refused("export-folder", "papers", "export", full_office, folder, *IN, path=str(folder))
    folder.mkdir()
    done("papers", "export", full_office, folder, *IN)
    kinds = ("corrections", "incidents", "minutes", "receipt", "sheets")
    expected = {f"LATIHAN_{BUPATI}_{kind}_draf.pdf" for kind in kinds}
    names = {path.name for path in folder.iterdir()}
    assert names == {*expected, f"LATIHAN_{BUPATI}_sheets_draf.xlsx"}
