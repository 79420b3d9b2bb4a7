"""Printing from the command line: a plan, numbered copies, pages again, all papers as files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.lines import WORDS, done, refused
from tests.made_up.offices import BUPATI
from tests.made_up.queues import Queue

IN = ("--contest", BUPATI)
BY = ("--by", "Siti")


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
def test_a_printer_is_given_the_pdf_as_it_is(full_office: Path, queue: Queue) -> None:
    where = ("--printer", "Kantor", *BY)
    done("print", full_office, *IN, "--for", "Panwas", "--paper", "a4", *where)
    assert queue.taken.startswith(b"%PDF")
    (asked,) = [call for call in queue.calls if call.startswith("lp ")]
    assert "-d Kantor" in asked and "media=A4" in asked
    other = ("--printer", "Lain", *BY)
    refused(
        "printer-unknown",
        "print",
        full_office,
        *IN,
        *other,
        printer="Lain",
        printers="Kantor, Arsip",
    )


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


@pytest.mark.skipif(os.name == "nt", reason="Windows has no lp")
def test_the_paper_is_what_the_printer_has_and_f4_where_it_cannot_say(
    full_office: Path, queue: Queue
) -> None:
    where = ("--printer", "Kantor", *BY)
    wanted = ("print", full_office, *IN, "--for", "Panwas")
    done(*wanted, *where)
    queue.say("Kantor", "PageSize/Media Size: A4 *A3 Folio")
    done(*wanted, *where)
    queue.say("Kantor", "PageSize/Media Size: A4 *FanFoldGermanLegal")
    done(*wanted, *where)
    queue.say("Kantor", "PageSize/Media Size: A4 *Letter")
    done(*wanted, *where)
    done(*wanted, "--paper", "a4", *where)
    listed = done("papers", "copies", full_office, *IN, "--format", "json").data
    assert [row["size"] for row in listed] == ["f4", "a3", "f4", "f4", "a4"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no lp")
def test_the_plan_counts_the_pages_on_the_paper_of_the_printer(
    full_office: Path, queue: Queue
) -> None:
    done("close", full_office, *IN, *BY)
    plan = ("print-plan", full_office, *IN, "--format", "json")
    f4 = done(*plan).data[0]["pages"]
    queue.say("Kantor", "PageSize/Media Size: A4 *A3")
    queue.say("Arsip", "PageSize/Media Size: *A4 A3")
    a3 = done(*plan, "--paper", "a3").data[0]["pages"]
    assert a3 < f4
    assert done(*plan).data[0]["pages"] == a3, "that of the default printer"
    assert done(*plan, "--printer", "Arsip").data[0]["pages"] >= f4


def test_columns_are_on_record_and_a_copy_is_printed_again_as_it_was(
    full_office: Path, tmp_path: Path
) -> None:
    done("close", full_office, *IN, *BY)
    to = ("--to", tmp_path, *BY)
    done("print", full_office, *IN, "--for", "Panwas", "--columns", "2", "--paper", "a4", *to)
    again = ("print", full_office, *IN, "--copy", "1", "--reason", "macet")
    refused("usage-print-as-it-was", *again, "--columns", "3", *to)
    done(*again, *to)
    first, second = sorted(tmp_path.glob("*salinan*.pdf"))
    assert first.read_bytes() == second.read_bytes()
    listed = done("papers", "copies", full_office, *IN, "--format", "json").data
    assert [(row["size"], row["columns"]) for row in listed] == [("a4", 2), ("a4", 2)]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no lp")
def test_stopping_takes_back_what_waits_and_says_what_may_have_come_out(
    full_office: Path, queue: Queue
) -> None:
    done("close", full_office, *IN, *BY)
    command = [sys.executable, "-m", "recap_desktop", "print", str(full_office), *IN]
    command += ["--printer", "Kantor", "--wait", *BY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        end = time.monotonic() + 60
        while len(queue.jobs) < 5 and time.monotonic() < end:
            time.sleep(0.05)
        queue.finish(1)
        queue.begin()
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "salinan 2" in out.splitlines()[-1] and "3, 4, 5" in out.splitlines()[-1]
    assert queue.jobs == []
    listed = done("papers", "copies", full_office, *IN, "--format", "json").data
    nothing = WORDS["cli.print.none-out"]
    pages = listed[1]["pages"]
    assert [row["out"] for row in listed] == ["", pages, nothing, nothing, nothing]
    (sheets, *_) = done("print-plan", full_office, *IN, "--format", "json").data
    assert len(sheets["for"].split("; ")) == 4, "who has no whole copy gets one"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no lp")
def test_waiting_ends_when_all_has_come_out(full_office: Path, queue: Queue) -> None:
    queue.swallow()
    where = ("--printer", "Kantor", "--wait", *BY)
    said = done("print", full_office, *IN, "--for", "Panwas", *where)
    assert said.out.splitlines()[-1] == WORDS("cli.print.all-out", printer="Kantor")
