"""What the papers of an office are made from: the state asked for, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.election.papers.annexes import Annex
from recap_desktop.election.papers.faces import groups
from recap_desktop.election.papers.sheets import Sheet
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import Decision, accept, correct, new_round
from recap_desktop.office.opening import Office
from recap_desktop.office.papers.printing import Book, book_of, choose_revision, draw
from recap_desktop.office.plenary.closing import close
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, WIB, tiny_office, valid_bupati

SITI = Decision("Siti", "salah jumlah", decided_by="Ketua PPK")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = tiny_office(tmp_path / "ciamis.rekap")
    for tps in TPS:
        enter(made, BUPATI, tps, valid_bupati(), by="Siti")
    yield made
    made.close()


def sheets(book: Book) -> list[Sheet]:
    return [paper for paper in book.papers if isinstance(paper, Sheet)]


def annex(book: Book) -> Annex:
    (last,) = [paper for paper in book.papers if isinstance(paper, Annex)]
    return last


def listed(book: Book) -> str:
    """Every text of the annex."""
    return "\n".join(
        item.struck + item.text
        for listing in annex(book).listings
        for entry in listing.entries
        for item in entry
    )


def test_a_kecamatan_book_has_a_sheet_a_desa_then_the_kecamatan_then_the_annex(
    office: Office,
) -> None:
    book = book_of(office, BUPATI)
    assert [paper.code for paper in book.papers] == ["3207011001", "3207012001", "320701", "320701"]
    kecamatan = sheets(book)[-1]
    assert kecamatan.totals["votes.2"].value == 500
    desa = book_of(office, BUPATI, desa="3207011001")
    assert [paper.code for paper in desa.papers] == ["3207011001", "3207011001"]


def test_a_draft_names_the_heads_it_was_made_from(office: Office) -> None:
    assert office.post is not None
    (head,) = (
        digest
        for chain, (_, digest) in office.file.journal.heads().items()
        if chain == f"{office.post.id}/{BUPATI}"
    )
    (line,) = sheets(book_of(office, BUPATI))[0].face.heads
    assert groups(head) in line


def test_a_book_of_a_revision_is_the_fold_up_to_its_heads(office: Office) -> None:
    revision = close(office, BUPATI, by="Siti")
    assert choose_revision(office, BUPATI) == revision
    assert choose_revision(office, BUPATI, draft=True) is None
    before = draw(book_of(office, BUPATI, revision=revision))
    enter(office, GUBERNUR, TPS[0], {"users.dpt.jml": 999}, by="Siti")
    assert draw(book_of(office, BUPATI, revision=revision)) == before
    assert (
        groups(revision.head) in sheets(book_of(office, BUPATI, revision=revision))[0].face.heads[0]
    )


def test_what_another_contest_says_stands_on_drafts_only(office: Office) -> None:
    enter(office, GUBERNUR, TPS[0], {"users.dpt.jml": 999}, by="Siti")
    assert "999" in listed(book_of(office, BUPATI))
    revision = close(office, BUPATI, by="Siti")
    assert "999" not in listed(book_of(office, BUPATI, revision=revision))


def test_rulings_stand_in_the_annex_with_what_they_changed(office: Office) -> None:
    correct(office, BUPATI, TPS[0], changes={"votes.1": 41, "invalid": 4}, decision=SITI)
    text = listed(book_of(office, BUPATI))
    assert "salah jumlah" in text and "Ketua PPK" in text
    decisions = annex(book_of(office, BUPATI)).listings[1]
    changes = [entry[3] for entry in decisions.entries]
    assert [(item.struck, item.text) for item in changes] == [
        ("5", "4"),
        ("40", "41"),
    ]


def test_a_second_ruling_follows_the_first_even_when_the_laptop_went_back(
    office: Office,
) -> None:
    correct(office, BUPATI, TPS[0], changes={"votes.1": 41}, decision=SITI)
    office._clock = lambda: dt.datetime(2001, 1, 1, tzinfo=WIB)
    accept(office, BUPATI, TPS[0], decision=Decision("Siti", "sudah benar"))
    reasons = [entry[4].text for entry in annex(book_of(office, BUPATI)).listings[1].entries]
    assert reasons == ["salah jumlah", "sudah benar"]


def test_findings_of_figures_that_do_not_count_are_left_out(office: Office) -> None:
    enter(office, BUPATI, TPS[0], {**valid_bupati(), "valid": 1555}, by="Siti")
    assert "1.555" in listed(book_of(office, BUPATI))
    new_round(office, BUPATI, TPS[0], decision=SITI)
    assert "1.555" not in listed(book_of(office, BUPATI))
