"""The PDF of a close proves itself; whatever is changed in it or on its pages is found."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from recap_desktop.election.figures.tallies import leaf
from recap_desktop.election.papers.inside_sheets import FILE
from recap_desktop.election.papers.sheets import Sheet
from recap_desktop.election.records import merkle
from recap_desktop.election.records.canonical import canonical, load
from recap_desktop.election.records.journal import digest, post_id, record_hash
from recap_desktop.exchange.signing import SigningKey
from recap_desktop.office.entry.entering import enter, enter_all
from recap_desktop.office.entry.ruling import Decision, accept, correct, not_delivered
from recap_desktop.office.opening import Office
from recap_desktop.office.papers.printing import PAPER_SIZES, Book, book_of, draw, write_book
from recap_desktop.office.plenary.closing import close, reopen_contest
from recap_desktop.office.plenary.revisions import Revision, contest_hash, tallies_at
from recap_desktop.office.proof.proving_sheets import prove_sheet
from recap_desktop.office.upward.unit_figures import add_difference
from recap_desktop.paper.attached import Attached
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati

DESA = "3207011001"
DECISION = Decision(by="Siti", reason="sesuai C.HASIL", decided_by="Ketua")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = tiny_office(tmp_path_factory.mktemp("sheet") / "ciamis.rekap")
    blank = valid_bupati(kosong=41)
    del blank["ballots.spoiled"]
    enter_all(made, BUPATI, [(tps, valid_bupati()) for tps in TPS[:3]], by="Siti")
    enter(made, BUPATI, TPS[3], blank, by="Siti")
    accept(made, BUPATI, TPS[3], decision=DECISION)
    not_delivered(made, BUPATI, TPS[4], decision=DECISION)
    yield made
    made.close()


@pytest.fixture(scope="module")
def desa(office: Office) -> Revision:
    return close(office, BUPATI, by="Siti", unit=DESA)


@pytest.fixture(scope="module")
def revision(office: Office, desa: Revision) -> Revision:
    assert desa.unit == DESA
    return close(office, BUPATI, by="Siti", place="Ciamis")


@pytest.fixture(scope="module")
def book(office: Office, revision: Revision) -> Book:
    return book_of(office, BUPATI, revision=revision)


def refusal(book: Book, tmp_path: Path) -> tuple[str, dict[str, str | int]]:
    path = tmp_path / "sheet.pdf"
    write_book(book, path)
    with pytest.raises(KnownProblem) as caught:
        prove_sheet(path)
    return caught.value.code, caught.value.details


def with_inside(book: Book, raw: bytes) -> Book:
    files = (
        Attached.of(FILE, file.about, file.media, [raw]) if file.name == FILE else file
        for file in book.files
    )
    return replace(book, files=tuple(files))


def inside_of(book: Book) -> bytes:
    return next(file.raw for file in book.files if file.name == FILE)


@pytest.mark.parametrize("paper", PAPER_SIZES)
def test_a_book_of_a_close_proves_itself(
    office: Office, book: Book, revision: Revision, paper: str, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.pdf"
    write_book(book, path, paper=paper, stamp="Cetakan ke-2, untuk saksi nomor urut 2")
    proved = prove_sheet(path)
    assert proved.statement.head == revision.head
    assert proved.statement.leaves == len(proved.leaves) == 5
    assert proved.totals["votes.1"] == 161 and proved.totals["ballots.spoiled"] == 3
    assert proved.compared == len(office.election.layout(BUPATI).cells)
    assert office.post is not None
    assert proved.post_key == office.post.public.hex() and proved.post == post_id(
        office.post.public
    )
    assert proved.line.startswith("REKAP/1 LATIHAN 32.07.01 BUPATI R1 TPS 5 1:161 2:400 SAH 561")


def test_nothing_inside_names_who_typed(book: Book) -> None:
    assert [file.name for file in book.files] == [FILE, "tps.csv"]
    assert not any(b"Siti" in file.raw for file in book.files)


def test_a_desa_that_was_closed_by_itself_proves_itself(
    office: Office, desa: Revision, revision: Revision, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.pdf"
    write_book(book_of(office, BUPATI, revision=desa, desa=DESA), path)
    proved = prove_sheet(path)
    assert (proved.statement.unit, proved.statement.leaves) == (DESA, 3)
    # Of the whole there is no root over the TPS of one desa.
    of_whole = book_of(office, BUPATI, revision=revision, desa=DESA)
    assert refusal(of_whole, tmp_path)[0] == "sheet-nothing-inside"


def test_a_kabupaten_proves_itself_without_the_table(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "kabupaten.rekap", region="3207")
    stations = [station.tps for station in office.election.stations_of(BUPATI)]
    enter_all(office, BUPATI, [(tps, valid_bupati()) for tps in stations], by="Siti")
    made = book_of(office, BUPATI, revision=close(office, BUPATI, by="Siti"))
    office.close()
    write_book(made, tmp_path / "sheet.pdf")
    proved = prove_sheet(tmp_path / "sheet.pdf")
    assert proved.statement.unit == "3207" and proved.totals["votes.2"] == 600
    assert [file.name for file in made.files] == [FILE]


def test_the_sheet_of_a_kabupaten_with_a_difference_proves_itself(tmp_path: Path) -> None:
    """JUMLAH AKHIR holds what was corrected above the TPS; the leaves do not."""
    office = tiny_office(tmp_path / "kabupaten.rekap", region="3207")
    stations = [station.tps for station in office.election.stations_of(BUPATI)]
    enter_all(office, BUPATI, [(tps, valid_bupati()) for tps in stations], by="Siti")
    cells = {"votes.1": 7, "votes.2": -7}
    add_difference(office, BUPATI, "320701", cells=cells, decision=DECISION)
    made = book_of(office, BUPATI, revision=close(office, BUPATI, by="Siti"))
    office.close()
    write_book(made, tmp_path / "sheet.pdf")
    proved = prove_sheet(tmp_path / "sheet.pdf")
    assert (proved.totals["votes.1"], proved.totals["votes.2"]) == (247, 593)


def test_a_draft_and_the_archive_form_carry_nothing(
    office: Office, book: Book, tmp_path: Path
) -> None:
    assert refusal(book_of(office, BUPATI), tmp_path)[0] == "sheet-nothing-inside"
    path = tmp_path / "archive.pdf"
    write_book(book, path, archival=True)
    with pytest.raises(KnownProblem) as caught:
        prove_sheet(path)
    assert caught.value.code == "sheet-nothing-inside"


def test_what_is_no_pdf_is_said(tmp_path: Path) -> None:
    for name, raw, code in (
        ("none.pdf", None, "sheet-cannot-be-read"),
        ("text.pdf", b"angka", "sheet-not-a-pdf"),
        ("empty.pdf", b"", "sheet-not-a-pdf"),
    ):
        if raw is not None:
            (tmp_path / name).write_bytes(raw)
        with pytest.raises(KnownProblem) as caught:
            prove_sheet(tmp_path / name)
        assert caught.value.code == code


def test_any_byte_of_the_proof_that_is_changed_is_found(book: Book, tmp_path: Path) -> None:
    raw = inside_of(book)
    path = tmp_path / "sheet.pdf"
    for at in range(7, len(raw), len(raw) // 60):
        changed = bytes((*raw[:at], raw[at] ^ 1, *raw[at + 1 :]))
        path.write_bytes(draw(with_inside(book, changed)))
        with pytest.raises(KnownProblem):
            prove_sheet(path)


def test_each_lie_has_its_own_code(book: Book, tmp_path: Path) -> None:
    def told(**changes: object) -> str:
        data = load(inside_of(book)) | changes
        return refusal(with_inside(book, canonical(data)), tmp_path)[0]

    data = load(inside_of(book))
    body, leaves = data["close"]["body"], data["leaves"]
    more = {**data["close"], "body": body | {"totals": body["totals"] | {"votes.1": 162}}}
    assert told(statement=data["statement"] | {"revision": 2}) == "sheet-close"
    # The head follows from the close.
    assert told(close=more) == "sheet-close"
    stranger = SigningKey.of(Ed25519PrivateKey.generate())
    assert told(post_key=stranger.public.hex()) == "sheet-signature"
    assert told(post_key="kunci") == "sheet-signature"
    definition = {**data["definition"], "contest": data["definition"]["contest"] | {"id": "x"}}
    assert told(definition=definition) == "sheet-contest"
    assert told(leaves=leaves[:-1]) == "sheet-root"
    assert told(leaves=leaves[::-1]) == "sheet-root"
    lied = {**leaves[0], "cells": leaves[0]["cells"] | {"votes.1": 39}}
    assert told(leaves=[lied, *leaves[1:]]) == "sheet-root"
    assert told(leaves=[*leaves, leaves[0] | {"tps": "3207012001003"}]) == "sheet-root"
    assert told(v=2) == told(leaves="") == told(statement=[]) == "sheet-damaged"


def test_two_files_of_one_name_are_not_believed(book: Book, tmp_path: Path) -> None:
    twice = replace(book, files=(*book.files, book.files[0]))
    assert refusal(twice, tmp_path)[0] == "sheet-damaged"


JUNK: tuple[object, ...] = (0, -1, 2**53, "", "\N{LATIN SMALL LETTER E WITH ACUTE}", [], {}, ["x"])


@pytest.mark.parametrize("seed", range(40))
def test_whatever_somebody_writes_there_is_refused_and_breaks_nothing(
    book: Book, seed: int, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    data: Any = load(inside_of(book))
    place: Any = data
    while True:
        key = chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
        if not isinstance(place[key], dict | list) or not place[key] or chance.random() < 0.2:
            break
        place = place[key]
    place[key] = chance.choice([junk for junk in JUNK if junk != place[key]])
    # Whoever writes signs it too, so that more than the signature is asked.
    key_of_stranger = SigningKey.of(Ed25519PrivateKey.generate())
    raw = signed_again(data, key_of_stranger) if seed % 2 else canonical(data)
    refusal(with_inside(book, raw), tmp_path)


def signed_again(data: Any, key: SigningKey) -> bytes:  # noqa: ANN401 - whatever JSON holds
    """What somebody wrote, with all that follows from it made anew where it is still there."""
    with contextlib.suppress(KeyError, TypeError, AttributeError):
        body = data["close"]["body"]
        body["contest"] = digest("contest", canonical(data["definition"]))
        body["root"] = merkle.root([merkle.leaf_hash(canonical(x)) for x in data["leaves"]]).hex()
        body.pop("signature", None)
        body.pop("anchor", None)
        data["close"]["chain"] = f"{post_id(key.public)}/{BUPATI}"
        body["signature"] = key.sign("close", canonical(body))
        data["post_key"] = key.public.hex()
        data["statement"] |= {
            "head": record_hash(canonical(data["close"])),
            "root": body["root"],
            "contest_hash": body["contest"],
        }
    return canonical(data)


def forged(office: Office, revision: Revision, key: SigningKey, **lies: int) -> bytes:
    """A close made anew by a stranger, all of it fitting but what is lied about."""
    data = load(inside_of(book_of(office, BUPATI, revision=revision)))
    body = data["close"]["body"]
    totals = body["totals"] | {cell.replace("_", "."): n for cell, n in lies.items()}
    del body["signature"], body["anchor"]
    body |= {"totals": totals}
    post = post_id(key.public)
    data["close"]["chain"] = f"{post}/{BUPATI}"
    body["signature"] = key.sign("close", canonical(body))
    data["statement"]["head"] = record_hash(canonical(data["close"]))
    data["post_key"] = key.public.hex()
    return canonical(data)


def test_totals_that_are_not_those_of_the_leaves_are_found_whoever_signs(
    office: Office, book: Book, revision: Revision, tmp_path: Path
) -> None:
    stranger = SigningKey.of(Ed25519PrivateKey.generate())
    lying = with_inside(book, forged(office, revision, stranger, votes_1=160))
    assert refusal(lying, tmp_path)[0] == "sheet-totals"
    # All fits, but it is of another post: its head is not that of the pages.
    other = with_inside(book, forged(office, revision, stranger))
    assert refusal(other, tmp_path) == ("sheet-page-head", {"file": "sheet.pdf", "page": 1})


def test_pages_that_say_otherwise_are_found(book: Book, tmp_path: Path) -> None:
    at = next(
        n for n, paper in enumerate(book.papers) if isinstance(paper, Sheet) and paper.face.code
    )
    sheet = book.papers[at]
    assert isinstance(sheet, Sheet)

    def with_sheet(changed: Sheet) -> Book:
        return replace(book, papers=(*book.papers[:at], changed, *book.papers[at + 1 :]))

    swapped = {
        **sheet.figures,
        "votes.1": sheet.figures["votes.2"],
        "votes.2": sheet.figures["votes.1"],
    }
    code, details = refusal(with_sheet(replace(sheet, figures=swapped)), tmp_path)
    assert (code, details["printed"], details["proved"]) == ("sheet-page-totals", "400", "161")
    proof = sheet.face.proof.replace("1:161", "1:162")
    face = replace(sheet.face, proof=proof)
    assert refusal(with_sheet(replace(sheet, face=face)), tmp_path)[0] == "sheet-page-code"
    unmarked = {
        cell: tuple(replace(figure, blanks=0) for figure in row)
        for cell, row in sheet.figures.items()
    }
    code, details = refusal(with_sheet(replace(sheet, figures=unmarked)), tmp_path)
    assert (code, details["printed"], details["proved"]) == ("sheet-page-totals", "3", "3*")


def test_a_table_beside_the_proof_that_says_otherwise_is_found(book: Book, tmp_path: Path) -> None:
    table = next(file for file in book.files if file.name == "tps.csv")

    def with_table(raw: bytes) -> Book:
        files = (inside, Attached.of(table.name, table.about, table.media, [raw]))
        return replace(book, files=files)

    inside = Attached.of(FILE, "", "application/json", [inside_of(book)])
    lied = table.raw.replace(b",41,", b",43,")
    assert lied != table.raw
    assert refusal(with_table(lied), tmp_path) == (
        "sheet-table",
        {"file": "sheet.pdf", "tps": "32.07.01.2001.001"},
    )
    lines = table.raw.splitlines(keepends=True)
    for raw in (b"".join(lines[:-1]), table.raw + lines[-1].replace(b"002", b"003"), b"\xff"):
        assert refusal(with_table(raw), tmp_path)[0] == "sheet-table"


def test_a_later_revision_is_another_file(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "two.rekap")
    enter_all(office, BUPATI, [(tps, valid_bupati()) for tps in TPS], by="Siti")
    first = close(office, BUPATI, by="Siti")
    before = draw(book_of(office, BUPATI, revision=first))
    reopen_contest(office, BUPATI, by="Siti", reason="keliru", decided_by="Ketua")
    correct(office, BUPATI, TPS[0], changes={"votes.1": 39}, decision=DECISION)
    accept(office, BUPATI, TPS[0], decision=DECISION)
    second = close(office, BUPATI, by="Siti")
    book = book_of(office, BUPATI, revision=second)
    assert draw(book_of(office, BUPATI, revision=first)) == before
    old = inside_of(book_of(office, BUPATI, revision=first))
    assert refusal(with_inside(book, old), tmp_path)[0] in {"sheet-table", "sheet-page-head"}
    election = office.election
    named, mode = contest_hash(election, BUPATI), election.mode.value
    (tps, tally), *_ = tallies_at(office, BUPATI, second)
    assert canonical(load(inside_of(book))["leaves"][0]) == leaf(named, mode, tps, tally)
    office.close()


def test_a_page_that_cannot_be_read_is_said_to_be_damaged(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "d.pdf"
    raw = draw(book)
    assert raw.count(b"/Kids [ ") == 1
    path.write_bytes(raw.replace(b"/Kids [ ", b"/Kids [9"))
    with pytest.raises(KnownProblem) as caught:
        prove_sheet(path)
    assert caught.value.code == "sheet-damaged"
