"""Numbered copies: what is on record of each, and that it can be made again to the byte."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from recap_desktop.election.records.copies import SHEETS, PaperOf
from recap_desktop.election.records.journal import Kind
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import Decision, accept, correct
from recap_desktop.office.opening import Office
from recap_desktop.office.papers.copying import (
    PrintedPaper,
    copies,
    draw_again,
    draw_copy,
    known_copy,
    next_numbers,
    read_paper,
    record_copy,
    write_copy,
)
from recap_desktop.office.papers.paper_making import PaperKind
from recap_desktop.office.plenary.closing import close, reopen_contest
from recap_desktop.office.proof.auditing import audit
from recap_desktop.problems import KnownProblem
from tests.offices import BUPATI, GUBERNUR, TPS, tiny_office, valid_bupati

SITI = Decision("Siti", "salah jumlah", decided_by="Ketua PPK")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = tiny_office(tmp_path / "ciamis.rekap")
    for tps in TPS:
        enter(made, BUPATI, tps, valid_bupati(), by="Siti")
    yield made
    made.close()


def printed(office: Office, read: PrintedPaper, whom: str) -> bytes:
    (number,) = next_numbers(office, read, 1)
    drawn = draw_copy(read.make(), size="f4", number=number, addressee=whom)
    record_copy(office, read, drawn, by="Siti")
    return drawn.raw


def text_of(raw: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(io.BytesIO(raw))
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def test_each_copy_has_its_number_and_its_addressee_on_every_page_and_on_record(
    office: Office,
) -> None:
    close(office, BUPATI, by="Siti")
    read = read_paper(office, BUPATI, PaperOf())
    names = ("SAKSI NOMOR URUT 2", "PANWAS")
    pages = [text_of(printed(office, read, whom)) for whom in names]
    for whom, own in zip(names, pages, strict=True):
        assert all(whom in page for page in own)
    first, second = copies(office, BUPATI)
    assert [(c.number, c.addressee) for c in (first, second)] == [
        ("1", "SAKSI NOMOR URUT 2"),
        ("2", "PANWAS"),
    ]
    assert (first.revision, first.paper, first.size) == (1, PaperOf(SHEETS), "f4")
    assert first.pages == f"1-{len(pages[0])}" and not first.is_again
    assert copies(office, GUBERNUR) == ()
    assert not audit(office).faults


def test_an_earlier_revision_is_printed_again_with_its_original_bytes(office: Office) -> None:
    close(office, BUPATI, by="Siti", place="Ciamis")
    papers = (PaperOf(), PaperOf(PaperKind.MINUTES.value), PaperOf(PaperKind.INCIDENTS.value))
    first = {p: printed(office, read_paper(office, BUPATI, p), "PANWAS") for p in papers}
    reopen_contest(office, BUPATI, by="Siti", reason="salah", decided_by="Pleno")
    correct(office, BUPATI, TPS[0], changes={"votes.1": 41, "invalid": 4}, decision=SITI)
    accept(office, BUPATI, TPS[0], decision=SITI)
    close(office, BUPATI, by="Siti")
    for paper, raw in first.items():
        read = read_paper(office, BUPATI, paper, number=1)
        again = draw_again(read.make(), known_copy(office, read, "1"))
        assert again.raw == raw
        assert printed(office, read_paper(office, BUPATI, paper), "PANWAS") != raw


def test_jammed_pages_come_again_under_the_same_number_with_a_reason(
    office: Office, tmp_path: Path
) -> None:
    close(office, BUPATI, by="Siti")
    read = read_paper(office, BUPATI, PaperOf())
    whole = text_of(printed(office, read, "PANWAS"))
    again = draw_again(read.make(), known_copy(office, read, "1"), pages="2-3")
    with pytest.raises(KnownProblem, match="reason-missing"):
        record_copy(office, read, again, by="Siti")
    record_copy(office, read, again, by="Siti", reason="kertas macet")
    write_copy(again, tmp_path / "again.pdf")
    assert text_of((tmp_path / "again.pdf").read_bytes()) == whole[1:3]
    last = copies(office, BUPATI)[-1]
    assert (last.number, last.pages, last.reason) == ("1", "2-3", "kertas macet")
    assert last.sha256 == copies(office, BUPATI)[0].sha256
    assert next_numbers(office, read, 2) == ("2", "3")
    with pytest.raises(KnownProblem, match="pages-unknown"):
        draw_again(read.make(), known_copy(office, read, "1"), pages="99")


def test_pages_of_a_draft_that_moved_on_are_not_mixed_with_its_others(office: Office) -> None:
    read = read_paper(office, BUPATI, PaperOf())
    assert read.revision is None
    printed(office, read, "PANWAS")
    # That a copy was printed is no word about the contest: the draft is still the same.
    same = read_paper(office, BUPATI, PaperOf())
    assert draw_again(same.make(), known_copy(office, same, "1"), pages="1").pages == (1,)
    correct(office, BUPATI, TPS[0], changes={"votes.1": 41, "invalid": 4}, decision=SITI)
    moved = read_paper(office, BUPATI, PaperOf())
    with pytest.raises(KnownProblem, match="copy-differs"):
        draw_again(moved.make(), known_copy(office, moved, "1"), pages="1")
    assert next_numbers(office, moved, 1) == ("2",)


def test_a_paper_that_was_never_printed_has_no_copy(office: Office) -> None:
    read = read_paper(office, BUPATI, PaperOf())
    with pytest.raises(KnownProblem, match="copy-unknown"):
        known_copy(office, read, "1")


def test_printing_moves_nothing_on_and_a_zero_report_can_be_printed_first(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "empty.rekap")
    try:
        zero = PaperOf(PaperKind.ZERO.value)
        before = printed(office, read_paper(office, BUPATI, zero), "PANWAS")
        assert before.startswith(b"%PDF")
        read_paper(office, BUPATI, zero)
        assert len(office.file.journal.records_of_kind(Kind.PRINT)) == 1
    finally:
        office.close()
