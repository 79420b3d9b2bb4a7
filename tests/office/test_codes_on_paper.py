"""The QR code of a sheet, scanned from the page as a phone would, and proved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from recap_desktop.election.papers.anchors import SIGNED, read_anchor
from recap_desktop.election.papers.faces import groups
from recap_desktop.election.records.canonical import canonical
from recap_desktop.exchange.signing import is_signed
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.opening import Office
from recap_desktop.office.papers.anchoring import anchor_of
from recap_desktop.office.papers.printing import PAPER_SIZES, book_of, stamp_of, write_book
from recap_desktop.office.plenary.closing import close
from recap_desktop.office.plenary.revisions import Revision, close_is_genuine
from recap_desktop.office.proof.auditing import audit
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati
from tests.reading_back.read_back import pages_of, scanned

DESA = "3207011001"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = tiny_office(tmp_path_factory.mktemp("code") / "ciamis.rekap")
    for tps in TPS:
        enter(made, BUPATI, tps, valid_bupati(), by="Siti")
    yield made
    made.close()


@pytest.fixture(scope="module")
def desa(office: Office) -> Revision:
    return close(office, BUPATI, by="Siti", unit=DESA)


@pytest.fixture(scope="module")
def revision(office: Office, desa: Revision) -> Revision:
    assert desa.unit == DESA
    return close(office, BUPATI, by="Siti", place="Ciamis")


@pytest.mark.parametrize("paper", PAPER_SIZES)
def test_the_code_of_a_page_is_read_and_its_signature_holds(
    office: Office, revision: Revision, paper: str, tmp_path: Path
) -> None:
    target = tmp_path / "kecamatan.pdf"
    write_book(book_of(office, BUPATI, revision=revision), target, paper=paper)
    pages = [" ".join(word.text for word in words) for words in pages_of(target)]
    own = [n for n, text in enumerate(pages, start=1) if "Kode pengaman" in text]
    assert own
    (line,) = scanned(target, own[0])
    anchor = read_anchor(line)
    assert anchor.head.hex() == revision.head
    assert anchor.statement.root.hex() == revision.record.body["root"]
    assert line.startswith("REKAP/1 LATIHAN 32.07.01 BUPATI R1 TPS 5 1:200 2:500 SAH 700 TIDAK")
    assert "".join(line.split()) in "".join(pages[own[0] - 1].split())
    assert groups(revision.head) in pages[own[0] - 1]
    assert office.post is not None
    assert is_signed(
        office.post.public,
        SIGNED,
        raw=anchor.statement.text.encode("ascii"),
        signature=anchor.signature.hex(),
    )


def test_a_desa_closed_by_itself_has_its_own_code(
    office: Office, desa: Revision, tmp_path: Path
) -> None:
    target = tmp_path / "desa.pdf"
    write_book(book_of(office, BUPATI, revision=desa, desa=DESA), target)
    (line,) = scanned(target, 1)
    assert line.startswith("REKAP/1 LATIHAN 32.07.01.1001 BUPATI R1 TPS 3 1:120 2:300")
    assert scanned(target, len(pages_of(target))) == []


def test_a_draft_has_no_code(office: Office, tmp_path: Path) -> None:
    target = tmp_path / "draft.pdf"
    write_book(book_of(office, BUPATI), target)
    assert not any("pengaman" in word.text for words in pages_of(target) for word in words)
    assert scanned(target, 1) == []


def test_the_audit_compares_every_figure_of_a_scanned_line(
    office: Office, revision: Revision
) -> None:
    sheet = book_of(office, BUPATI, revision=revision).papers[-2]
    line = sheet.face.code
    good = audit(office, anchor=line)
    assert good.anchor == revision.record
    assert good.faults == ()
    (fault,) = audit(office, anchor=line.replace("2:500", "2:510")).faults
    assert fault.code == "audit-line-differs"


def test_the_copies_of_a_sheet_differ_in_their_stamp_only(
    office: Office, revision: Revision, tmp_path: Path
) -> None:
    book = book_of(office, BUPATI, revision=revision)
    plain, second = tmp_path / "1.pdf", tmp_path / "2.pdf"
    write_book(book, plain)
    write_book(book, second, stamp=stamp_of(2, "saksi nomor urut 2"))
    said = ["Cetakan", "ke-2,", "untuk", "saksi", "nomor", "urut", "2"]
    for first, copy in zip(pages_of(plain), pages_of(second), strict=True):
        more = [word for word in copy if word not in first]
        assert [word.text for word in more] == said
        assert len(copy) == len(first) + len(said)


def test_a_close_whose_line_somebody_else_signed_is_not_genuine(
    office: Office, revision: Revision
) -> None:
    """Even where its body as a whole is signed anew by its own post."""
    assert close_is_genuine(office, revision)
    assert office.post is not None
    body = {key: said for key, said in revision.record.body.items() if key != "signature"}
    body["anchor"] = office.post.sign(SIGNED, b"REKAP/1 32.07.01 BUPATI R1 TPS 5 1:201")
    body["signature"] = office.post.sign("close", canonical(body))
    forged = replace(revision, record=replace(revision.record, body=body))
    assert not close_is_genuine(office, forged)


@pytest.mark.parametrize(("name", "said"), [("root", "xyz"), ("anchor", "12"), ("anchor", 7)])
def test_a_damaged_close_is_said_to_be_damaged(
    office: Office, revision: Revision, name: str, said: object
) -> None:
    damaged = replace(revision.record, body={**revision.record.body, name: said})
    with pytest.raises(KnownProblem, match="record-damaged"):
        anchor_of(office.election, damaged)
