"""Papers of a whole plenary with real figures: what they say, and that they never change."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.election.papers.anchors import read_anchor
from recap_desktop.election.papers.sheets import Sheet
from recap_desktop.election.papers.station_slips import read_slip
from recap_desktop.election.records.plenary import Topic
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.opening import Office
from recap_desktop.office.papers.paper_making import PaperKind, gather_paper
from recap_desktop.office.papers.printing import PAPER_SIZES, draw
from recap_desktop.office.plenary.closing import close, reopen_contest
from recap_desktop.office.plenary.plenaries import Speech, attend, put_on_record
from recap_desktop.office.plenary.revisions import Revision, revisions, standing_revision
from recap_desktop.problems import KnownProblem
from tests.made_up.hall_office import after_the_plenary, opened_hall
from tests.made_up.offices import TPS, tiny_office, valid_bupati
from tests.made_up.plenary_play import BUPATI, READER
from tests.reading_back.read_back import lines_of, pages_of

STATION = "3207011001021"
OF_A_REVISION = (
    PaperKind.MINUTES,
    PaperKind.INCIDENTS,
    PaperKind.CORRECTIONS,
    PaperKind.RECEIPT,
    PaperKind.TYPISTS,
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = after_the_plenary(tmp_path_factory.mktemp("hall") / "ciamis.rekap")
    yield made
    made.close()


@pytest.fixture(scope="module")
def revision(office: Office) -> Revision:
    standing = standing_revision(office, BUPATI)
    assert standing is not None
    return standing


def printed(office: Office, kind: PaperKind, revision: Revision | None, unit: str = "") -> bytes:
    return draw(gather_paper(office, kind, BUPATI, revision=revision, unit=unit).book())


def text_of(pdf: bytes, folder: Path) -> str:
    target = folder / "paper.pdf"
    target.write_bytes(pdf)
    return " ".join(lines_of(words) for words in pages_of(target))


def test_the_berita_acara_tells_day_place_times_result_and_who_was_there(
    office: Office, revision: Revision, tmp_path: Path
) -> None:
    text = text_of(printed(office, PaperKind.MINUTES, revision), tmp_path)
    for said in (
        "Pada hari ini KAMIS tanggal DUA PULUH DELAPAN bulan NOVEMBER tahun DUA RIBU DUA PULUH EMPAT",
        "bertempat di Aula Kecamatan Ciamis",
        "28 November 2024 pukul 09.10 WIB Rapat dibuka",
        "28 November 2024 pukul 12.00 WIB Rapat diskors istirahat",
        "45.838 EMPAT PULUH LIMA RIBU DELAPAN RATUS TIGA PULUH DELAPAN",
        "Rekapitulasi meliputi 155 dari 158 TPS; hasil 3 TPS tidak disampaikan.",
        "Keberatan saksi: 2, di antaranya 1 belum selesai.",
        "Dalam rapat dibetulkan 6 angka pada 3 TPS.",
        "Siti Aminah, S.Pd. KETUA hadir",
        "tidak bersedia menandatangani: keberatan tidak selesai",
    ):
        assert said in text, said


def test_the_code_of_the_berita_acara_is_that_of_the_sheet(
    office: Office, revision: Revision, tmp_path: Path
) -> None:
    target = tmp_path / "ba.pdf"
    target.write_bytes(printed(office, PaperKind.MINUTES, revision))
    subprocess.run(
        ["pdftoppm", "-r", "300", "-gray", str(target), str(tmp_path / "ba")], check=True
    )
    pages = sorted(str(page) for page in tmp_path.glob("ba-*.pgm"))
    command = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", *pages]
    read = subprocess.run(command, capture_output=True, check=False, encoding="ascii")
    assert read_anchor(read.stdout.rstrip("\n")).head.hex() == revision.head


def test_the_other_papers_say_what_was_recorded(
    office: Office, revision: Revision, tmp_path: Path
) -> None:
    told = {
        PaperKind.INCIDENTS: ("Keberatan ini belum selesai", "Daftar hadir dibuka"),
        PaperKind.CORRECTIONS: (
            "CIAMIS TPS 021 IV.1",
            "salah jumlah di TPS Saksi nomor 2 Rapat pleno",
        ),
        PaperKind.RECEIPT: ("Budi Santoso", "revisi 2", "YANG MENYERAHKAN"),
        PaperKind.TYPISTS: ("Budi Hartono 28 November 2024", "keputusan: dibetulkan Ani Lestari"),
    }
    for kind, sentences in told.items():
        text = text_of(printed(office, kind, revision), tmp_path)
        for said in sentences:
            assert said in text, said


@pytest.mark.parametrize("paper", PAPER_SIZES)
def test_nothing_on_a_standing_page_lies_outside_it_or_on_its_foot(
    office: Office, revision: Revision, paper: str, tmp_path: Path
) -> None:
    target = tmp_path / "paper.pdf"
    for kind in (PaperKind.MINUTES, PaperKind.INCIDENTS, PaperKind.RECEIPT):
        book = gather_paper(office, kind, BUPATI, revision=revision).book()
        target.write_bytes(draw(book, paper=paper))
        for words in pages_of(target):
            foot = min(word.top for word in words if word.text == "Definisi" and word.top > 600)
            right = 595 if paper != "f4" else 610
            assert all(word.left > 30 and word.right < right - 30 for word in words)
            assert not [w for w in words if w.top < foot - 1 < w.bottom and w.text != "LATIHAN"]


def test_an_earlier_revision_is_printed_again_with_its_original_bytes(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "tiny.rekap")

    for tps in TPS:
        enter(office, BUPATI, tps, valid_bupati(), by="Siti")
    first = close(office, BUPATI, by="Siti", place="Ciamis")
    before = [printed(office, kind, first) for kind in OF_A_REVISION]
    slip = gather_paper(office, PaperKind.SLIP, BUPATI, revision=first, unit=TPS[0]).slip()
    reopen_contest(office, BUPATI, by="Siti", reason="saran Panwas")
    attend(office, by="Siti", seat="ketua", name="Ahmad")
    put_on_record(office, BUPATI, Speech(Topic.EVENT, "Listrik padam"), by="Siti")
    enter(office, BUPATI, TPS[0], valid_bupati(kosong=39), by="Siti")
    close(office, BUPATI, by="Siti", place="Ciamis")
    assert [printed(office, kind, first) for kind in OF_A_REVISION] == before
    again = gather_paper(office, PaperKind.SLIP, BUPATI, revision=first, unit=TPS[0]).slip()
    assert again == slip
    second = revisions(office, BUPATI)[1]
    assert [printed(office, kind, second) for kind in OF_A_REVISION] != before
    office.close()


def test_a_slip_is_proved_with_nothing_but_its_text_and_sha256(
    office: Office, revision: Revision
) -> None:
    slip = gather_paper(office, PaperKind.SLIP, BUPATI, revision=revision, unit=STATION).slip()
    lines = dict.fromkeys(("daun", "akar"), "")
    path = []
    for line in slip.text.splitlines()[1:]:
        name, _, said = line.partition(": ")
        lines[name] = said
        path += [said] if name == "bukti" else []
    index, size = (int(n) for n in lines["nomor"].split(" dari "))
    index -= 1
    node = hashlib.sha256(b"\x00REKAP/1/leaf/" + lines["daun"].encode()).digest()
    while size > 1:
        if index ^ 1 < size:
            other = bytes.fromhex(path.pop(0))
            pair = other + node if index % 2 else node + other
            node = hashlib.sha256(b"\x01" + pair).digest()
        index, size = index // 2, (size + 1) // 2
    assert not path
    assert node.hex() == lines["akar"] == revision.record.body["root"]
    assert json.loads(lines["daun"])["tps"] == STATION
    assert read_slip(slip.text) == slip and slip.holds
    assert not read_slip(slip.text.replace('"votes.2":326', '"votes.2":336')).holds


def test_a_slip_on_paper_fits_its_figures_and_proof(
    office: Office, revision: Revision, tmp_path: Path
) -> None:
    text = text_of(printed(office, PaperKind.SLIP, revision, STATION), tmp_path)
    assert "CIAMIS TPS 021 (32.07.01.1001.021)" in text
    assert "HERDIAT SUNARYA / YANA DIANA PUTRA 326" in text
    assert "daun ke-21 dari 158" in text


def test_a_zero_report_says_that_nothing_is_there_and_never_afterwards(tmp_path: Path) -> None:
    office = opened_hall(tmp_path / "zero.rekap")
    assert office.post is not None
    text = text_of(printed(office, PaperKind.ZERO, None), tmp_path)
    for said in (
        "158 (SERATUS LIMA PULUH DELAPAN)",
        "0 (NOL)",
        office.post.id[:4],
        office.post.public.hex()[:4],
        office.file.election_id[:4],
        "Jurnal kantor sampai catatan ke-2",
        "Versi program : 0.1.0",
    ):
        assert said in text, said
    assert "DRAF" not in text

    enter(office, BUPATI, STATION, {"valid": 1}, by=READER)
    with pytest.raises(KnownProblem, match="zero-too-late"):
        gather_paper(office, PaperKind.ZERO, BUPATI)
    office.close()


def test_blank_sheets_have_their_heads_and_no_figure(office: Office) -> None:
    book = gather_paper(office, PaperKind.BLANK_SHEETS, BUPATI).book()
    assert len(book.papers) == 13
    for sheet in book.papers:
        assert isinstance(sheet, Sheet)
        assert sheet.units and not sheet.notes and sheet.face.notices == ("LATIHAN",)
        assert all(
            figure.text(is_sum=True) == "" for row in sheet.figures.values() for figure in row
        )
        assert not sheet.face.unsigned
    (form,) = gather_paper(office, PaperKind.BLANK_FORMS, BUPATI, unit=STATION).book().papers
    assert ("TPS", "021") in form.face.place
    desa = gather_paper(office, PaperKind.BLANK_FORMS, BUPATI, unit=STATION[:10]).book()
    assert len(desa.papers) == len(office.election.stations_of(BUPATI, STATION[:10]))


def test_blank_rows_are_high_enough_to_write_in(office: Office, tmp_path: Path) -> None:
    target = tmp_path / "blank.pdf"
    target.write_bytes(printed(office, PaperKind.BLANK_SHEETS, None, STATION[:10]))
    words = pages_of(target)[0]
    first, second = (min(word.top for word in words if word.text == sex) for sex in "LP")
    assert second - first > 15


@pytest.mark.parametrize(
    ("kind", "unit", "code"),
    [
        (PaperKind.SLIP, "", "slip-needs-station"),
        (PaperKind.SLIP, "3207021001001", "slip-needs-station"),
        (PaperKind.BLANK_FORMS, "", "blank-needs-unit"),
        (PaperKind.MINUTES, STATION, "paper-of-office-only"),
        (PaperKind.BLANK_SHEETS, "3207022001", "sheet-unit-unknown"),
    ],
)
def test_what_cannot_be_made_is_refused(
    office: Office, revision: Revision, kind: PaperKind, unit: str, code: str
) -> None:
    with pytest.raises(KnownProblem, match=code):
        gather_paper(office, kind, BUPATI, revision=revision, unit=unit)
    with pytest.raises(KnownProblem, match="slip-needs-close"):
        gather_paper(office, PaperKind.SLIP, BUPATI, unit=STATION)
