"""Numbered copies: what is on record of each, and that it can be made again to the byte."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from recap_desktop import __version__
from recap_desktop.election.records.copies import SHEETS, PaperOf, copies_of
from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.soundness import is_sound, named_by, names_rightly
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import Decision, accept, correct
from recap_desktop.office.opening import Office
from recap_desktop.office.papers import kept_copies
from recap_desktop.office.papers.copying import (
    DrawnCopy,
    PrintedPaper,
    copies,
    draw_copy,
    next_numbers,
    read_paper,
    record_copy,
    record_stop,
    write_copy,
)
from recap_desktop.office.papers.kept_copies import keep
from recap_desktop.office.papers.paper_making import PaperKind
from recap_desktop.office.papers.print_plan import planned
from recap_desktop.office.papers.print_queue import hand_over
from recap_desktop.office.papers.reprinting import draw_again, find_copy, read_again
from recap_desktop.office.plenary.closing import close, reopen_contest
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.proof.history import contest_history
from recap_desktop.problems import KnownProblem
from tests.adversaries.full_disk import room_for
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, tiny_office, valid_bupati
from tests.made_up.queues import PRINTERS, Queue
from tests.reading_back.known_copies import known_copy

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
    return raw_of(drawn)


def raw_of(drawn: DrawnCopy) -> bytes:
    return b"".join(drawn.pdf.pieces())


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
        again = draw_again(read.make, known_copy(office, read, "1"))
        assert raw_of(again) == raw
        assert printed(office, read_paper(office, BUPATI, paper), "PANWAS") != raw


def test_jammed_pages_come_again_under_the_same_number_with_a_reason(
    office: Office, tmp_path: Path
) -> None:
    close(office, BUPATI, by="Siti")
    read = read_paper(office, BUPATI, PaperOf())
    whole = text_of(printed(office, read, "PANWAS"))
    again = draw_again(read.make, known_copy(office, read, "1"), pages="2-3")
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
        draw_again(read.make, known_copy(office, read, "1"), pages="99")


def test_pages_of_a_draft_that_moved_on_are_not_mixed_with_its_others(office: Office) -> None:
    read = read_paper(office, BUPATI, PaperOf())
    assert read.revision is None
    printed(office, read, "PANWAS")
    # That a copy was printed is no word about the contest: the draft is still the same.
    same = read_paper(office, BUPATI, PaperOf())
    assert draw_again(same.make, known_copy(office, same, "1"), pages="1").pages == (1,)
    correct(office, BUPATI, TPS[0], changes={"votes.1": 41, "invalid": 4}, decision=SITI)
    moved = read_paper(office, BUPATI, PaperOf())
    with pytest.raises(KnownProblem, match="copy-differs"):
        draw_again(moved.make, known_copy(office, moved, "1"), pages="1")
    assert next_numbers(office, moved, 1) == ("2",)


def test_columns_that_were_chosen_are_on_record_and_chosen_again(office: Office) -> None:
    close(office, BUPATI, by="Siti")
    read = read_paper(office, BUPATI, PaperOf())
    plain = draw_copy(read.make(), size="a4", number="1")
    drawn = draw_copy(read.make(), size="a4", number="1", columns=2)
    assert raw_of(drawn) != raw_of(plain)
    record_copy(office, read, drawn, by="Siti")
    known = known_copy(office, read, "1")
    assert (known.columns, known.program, known.size) == (2, __version__, "a4")
    assert raw_of(draw_again(read.make, known)) == raw_of(drawn)
    assert not audit(office).faults


def test_a_copy_of_another_program_says_which_one_drew_it(office: Office) -> None:
    close(office, BUPATI, by="Siti")
    read = read_paper(office, BUPATI, PaperOf())
    printed(office, read, "PANWAS")
    known = known_copy(office, read, "1")
    older = replace(known, program="0.0.9", sha256="0" * 64)
    with pytest.raises(KnownProblem) as caught:
        draw_again(read.make, older)
    assert caught.value.code == "copy-other-program"
    assert caught.value.details["program"] == "0.0.9"


def test_what_was_taken_back_from_a_printer_is_on_record_and_is_not_had(office: Office) -> None:
    close(office, BUPATI, by="Siti")
    read = read_paper(office, BUPATI, PaperOf())
    names = [one.name for one in planned(office, read).addressees]
    for name in names[:3]:
        printed(office, read, name)
    first, second, third = copies(office, BUPATI)
    assert planned(office, read).had == tuple(names[:3])
    taken_back = {second.record.id: "1-2", third.record.id: ""}
    record_stop(office, taken_back, printer="Kantor", by="Siti")
    first, second, third = copies(office, BUPATI)
    assert [c.is_stopped for c in (first, second, third)] == [False, True, True]
    assert (second.out, third.out) == ("1-2", "")
    assert second.out_pages == {1, 2}
    assert planned(office, read).had == (names[0],)
    # The pages that are missing come again under the same number: then it is whole.
    rest = f"3-{second.whole}"
    again = draw_again(read.make, second, pages=rest)
    record_copy(office, read, again, by="Siti", reason="dihentikan")
    assert planned(office, read).had == (names[0], names[1])
    assert next_numbers(office, read, 1) == ("4",)
    assert not audit(office).faults
    assert [e.what for e in contest_history(office, BUPATI)].count("print-stop") == 2


@pytest.mark.parametrize(
    "change",
    [{"columns": 0}, {"columns": "2"}, {"program": 1}, {"pages": "2-1"}, {"pages": "1-99"}],
    ids=str,
)
def test_a_print_record_of_another_shape_is_not_sound(
    office: Office, change: dict[str, object]
) -> None:
    read = read_paper(office, BUPATI, PaperOf())
    printed(office, read, "PANWAS")
    (known,) = copies(office, BUPATI)
    assert is_sound(known.record)
    body = {**known.record.body, **change}
    assert not is_sound(replace(known.record, body=body))


def test_copies_of_an_older_program_are_read_as_they_are(office: Office) -> None:
    read = read_paper(office, BUPATI, PaperOf())
    drawn = draw_copy(read.make(), size="f4", number="1", addressee="PANWAS")
    record_copy(office, read, drawn, by="Siti")
    (known,) = copies(office, BUPATI)
    body = {k: v for k, v in known.record.body.items() if k not in ("program", "columns")}
    older = replace(known.record, body=body)
    assert is_sound(older)
    (copy,) = copies_of([older], BUPATI)
    assert (copy.columns, copy.program, copy.out) == (None, "", copy.pages)


@pytest.mark.parametrize("pages", ["1-99", "0"], ids=str)
def test_what_was_stopped_must_be_pages_of_a_print_that_is_known(
    office: Office, pages: str
) -> None:
    read = read_paper(office, BUPATI, PaperOf())
    printed(office, read, "PANWAS")
    (known,) = copies(office, BUPATI)
    (stop,) = record_stop(office, {known.record.id: pages}, printer="Kantor", by="Siti")
    assert is_sound(stop)
    assert not names_rightly(stop, {known.record.id: known.record})
    assert named_by(stop) == {known.record.id}


def test_kept_bytes_come_again_where_it_would_be_drawn_otherwise_now(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RECAP_DATA_DIR", str(tmp_path / "machine"))
    read = read_paper(office, BUPATI, PaperOf())
    drawn = draw_copy(read.make(), size="f4", number="1", addressee="PANWAS")
    record_copy(office, read, drawn, by="Siti")
    keep(drawn.pdf, drawn.sha256)
    before = b"".join(drawn.pdf.pieces())
    correct(office, BUPATI, TPS[0], changes={"votes.1": 41, "invalid": 4}, decision=SITI)
    moved = read_paper(office, BUPATI, PaperOf())
    known = known_copy(office, moved, "1")
    again = draw_again(moved.make, known, pages="2")
    assert b"".join(again.pdf.pieces()) == before
    assert (again.sha256, again.pages, again.whole) == (known.sha256, (2,), known.whole)
    record = record_copy(office, moved, again, by="Siti", reason="macet")
    assert record.body["sha256"] == known.sha256
    # What lies there and is not what it was is not taken.
    kept_at = tmp_path / "machine" / "copies" / known.sha256
    kept_at.write_bytes(before[:-1] + b"x")
    with pytest.raises(KnownProblem, match="copy-differs"):
        draw_again(moved.make, known, pages="2")
    kept_at.unlink()
    with pytest.raises(KnownProblem, match="copy-differs"):
        draw_again(moved.make, known)


def test_a_zero_report_is_printed_again_once_something_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECAP_DATA_DIR", str(tmp_path / "machine"))
    office = tiny_office(tmp_path / "empty.rekap")
    zero = PaperOf(PaperKind.ZERO.value)
    try:
        read = read_paper(office, BUPATI, zero)
        drawn = draw_copy(read.make(), size="f4", number="1", addressee="PANWAS")
        record_copy(office, read, drawn, by="Siti")
        enter(office, BUPATI, TPS[0], valid_bupati(), by="Siti")
        before = find_copy(office, BUPATI, zero, "1")
        with pytest.raises(KnownProblem, match="zero-too-late"):
            read_again(office, BUPATI, before)
        keep(drawn.pdf, drawn.sha256)
        late = read_again(office, BUPATI, before)
        again = draw_again(late.make, before, pages="1")
        assert raw_of(again) == raw_of(drawn)
        record_copy(office, late, again, by="Siti", reason="macet")
        assert [copy.number for copy in copies(office, BUPATI)] == ["1", "1"]
        assert not audit(office).faults
    finally:
        office.close()


def test_no_more_is_kept_than_there_is_room_for(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RECAP_DATA_DIR", str(tmp_path / "machine"))
    book = read_paper(office, BUPATI, PaperOf()).make()
    copies = [draw_copy(book, size="f4", number=str(number)) for number in range(1, 5)]
    size = sum(len(piece) for piece in copies[0].pdf.pieces())
    monkeypatch.setattr(kept_copies, "LIMIT", round(size * 2.5))
    folder = tmp_path / "machine" / "copies"
    for age, copy in enumerate(copies):
        keep(copy.pdf, copy.sha256)
        os.utime(folder / copy.sha256, (age, age))
    assert {path.name for path in folder.iterdir()} == {c.sha256 for c in copies[-2:]}


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


def test_a_disk_that_is_full_is_told_and_nothing_is_on_record(office: Office) -> None:
    read = read_paper(office, BUPATI, PaperOf())
    book = read.make()
    with room_for(5_000), pytest.raises(KnownProblem) as caught:
        draw_copy(book, size="f4", number="1")
    assert caught.value.code == "file-cannot-be-written"
    assert caught.value.details == {"path": tempfile.gettempdir(), "reason": "EFBIG"}
    assert copies(office, BUPATI) == ()


def test_a_copy_lies_on_the_disk_until_nobody_holds_it(office: Office, tmp_path: Path) -> None:
    read = read_paper(office, BUPATI, PaperOf())
    drawn = draw_copy(read.make(), size="f4", number="1", pages="2")
    whole, file = raw_of(drawn), drawn.pdf.file
    assert hashlib.sha256(whole).hexdigest() == drawn.sha256
    write_copy(drawn, tmp_path / "copy.pdf")
    assert len(text_of((tmp_path / "copy.pdf").read_bytes())) == 1 < drawn.whole
    assert raw_of(drawn) == whole and not file.closed
    del drawn
    assert file.closed


def test_a_printer_gets_the_whole_copy_or_the_pages_of_it_that_are_wanted(
    office: Office, queue: Queue
) -> None:
    book = read_paper(office, BUPATI, PaperOf()).make()
    whole = draw_copy(book, size="f4", number="1")
    # What was read of it last does not matter.
    assert next(whole.pdf.pieces())
    hand_over(whole.picked(), PRINTERS[0], title="copy", size="f4")
    assert hashlib.sha256(queue.taken).hexdigest() == whole.sha256
    part = draw_copy(book, size="f4", number="1", pages="2,4")
    before = len(queue.taken)
    hand_over(part.picked(), PRINTERS[0], title="copy", size="f4")
    texts = text_of(raw_of(whole))
    assert text_of(queue.taken[before:]) == [texts[1], texts[3]]
