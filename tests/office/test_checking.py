"""Whatever is laid before the program is checked stage by stage; what is wrong is found where it is."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from recap_desktop.election.records.copies import PaperOf
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.keys.trusting import record_root
from recap_desktop.office.language import load_words
from recap_desktop.office.papers.anchoring import anchor_of
from recap_desktop.office.papers.copying import read_paper
from recap_desktop.office.papers.printing import book_of, write_book
from recap_desktop.office.papers.slips_as_text import write_slip
from recap_desktop.office.plenary.revisions import standing_revision
from recap_desktop.office.proof.checking import Checked, Verdict, check_file, check_text
from recap_desktop.office.proof.verifying import Evidence
from recap_desktop.way import GivenUp, Way
from tests.made_up.offices import BUPATI, CIAMIS, TPS, valid_bupati
from tests.made_up.upward import KABKO, Ladder

ID, EN = load_words("id"), load_words("en")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A package, a recap PDF, a slip, the text of a code, and the offices they are of."""
    folder = tmp_path_factory.mktemp("made")
    ladder = Ladder(folder)
    office = ladder.office(CIAMIS)
    above = ladder.office(KABKO)
    for tps in TPS:
        enter(office, BUPATI, tps, valid_bupati(), by="Siti")
    package = ladder.package(CIAMIS)
    record_root(above, KABKO, ladder.key(KABKO).public.hex(), name="KPU", by="Tuti")
    revision = standing_revision(office, BUPATI)
    assert revision is not None
    names = ("lembar.pdf", "arsip.pdf", "slip.txt", "kode.txt")
    pdf, archive, slip, line = (folder / name for name in names)
    book = book_of(office, BUPATI, revision=revision)
    write_book(book, pdf)
    write_book(book, archive, archival=True)
    made_slip = read_paper(office, BUPATI, PaperOf("slip", TPS[1])).slip
    assert made_slip is not None
    write_slip(made_slip(), slip)
    line.write_text(anchor_of(office.election, revision.record).text)
    ladder.close()
    return {
        "package": package,
        "pdf": pdf,
        "archive": archive,
        "slip": slip,
        "line": line,
        "own": folder / f"{CIAMIS}.rekap",
        "above": folder / f"{KABKO}.rekap",
    }


def worded(checked: Checked) -> Checked:
    """Every word that it needs is there, in both languages."""
    for words in (ID, EN):
        assert words[f"check.kind.{checked.evidence.value}"]
        assert words[f"check.verdict.{checked.verdict.value}"]
        assert all(words[f"check.stage.{stage.code}"] for stage in checked.stages)
        for code, details in checked.about:
            assert "{" not in words(f"check.about.{code}", **details)
        if checked.problem:
            assert "{" not in words.problem(checked.problem)
        assert all(words.fault(fault) for fault in checked.faults)
    return checked


def codes(checked: Checked) -> list[str]:
    return [stage.code for stage in checked.stages]


def about(checked: Checked) -> dict[str, str]:
    return {code: ID(f"check.about.{code}", **details) for code, details in checked.about}


def test_each_thing_is_told_apart_and_holds_where_its_signer_is_known(
    made: dict[str, Path],
) -> None:
    own = made["own"]
    kinds = {"pdf": Evidence.PDF, "slip": Evidence.SLIP, "line": Evidence.TEXT}
    for name, kind in kinds.items():
        found = worded(check_file(made[name], office_path=own))
        assert (found.evidence, found.verdict, found.problem) == (kind, Verdict.HOLDS, None), name
        assert {stage.verdict for stage in found.stages} == {Verdict.HOLDS}
    found = worded(check_file(made["package"], office_path=made["above"]))
    assert (found.evidence, found.verdict) == (Evidence.PACKAGE, Verdict.HOLDS)
    assert codes(found) == ["built", "signer", "members", "records", "close", "leaves", "table"]
    assert "certified" in about(found)
    found = worded(check_file(own))
    assert (found.evidence, found.verdict) == (Evidence.OFFICE, Verdict.HOLDS)
    assert "catatan" in about(found)["records"]


def test_without_an_office_all_is_proved_but_who_signed(made: dict[str, Path]) -> None:
    for name in ("package", "pdf", "slip", "line"):
        found = worded(check_file(made[name]))
        assert found.verdict is Verdict.OPEN, name
        assert found.stages[-1].verdict is Verdict.OPEN
        assert {stage.verdict for stage in found.stages[:-1]} == {Verdict.HOLDS}
        assert found.problem is not None and found.problem.code.startswith("check-")


def test_a_package_whose_key_is_not_believed_is_proved_all_the_same(
    made: dict[str, Path],
) -> None:
    found = worded(check_file(made["package"], office_path=made["own"]))
    assert found.verdict is Verdict.OPEN
    assert found.problem is not None and found.problem.code == "key-not-certified"
    assert codes(found)[-1] == "signer" and "table" in codes(found)


def test_a_sheet_of_an_office_that_is_not_known_is_left_open(made: dict[str, Path]) -> None:
    found = worded(check_file(made["pdf"], office_path=made["above"]))
    assert found.verdict is Verdict.OPEN
    assert found.problem is not None and found.problem.code == "check-line-unknown"
    sums = about(found)
    assert sums["valid"] == "Suara sah: 700" and "700" in sums["valid"]


def test_a_pdf_that_carries_nothing_is_checked_by_its_code(made: dict[str, Path]) -> None:
    found = worded(check_file(made["archive"], office_path=made["own"]))
    assert found.verdict is Verdict.HOLDS
    assert "only-line" in about(found) and codes(found)[0] == "line"


def test_a_text_that_was_scanned_is_checked_too(made: dict[str, Path]) -> None:
    text = made["line"].read_text()
    assert worded(check_text(f" {text}  ", office_path=made["own"])).verdict is Verdict.HOLDS
    assert check_text(text).verdict is Verdict.OPEN
    other = text.replace("SAH 700", "SAH 701", 1)
    found = worded(check_text(other, office_path=made["own"]))
    assert found.verdict is Verdict.FAILS
    assert found.problem is not None and found.problem.code == "check-line-differs"
    for nothing in ("halo", "", "REKAP/1 SLIP TPS"):
        assert worded(check_text(nothing)).verdict is Verdict.NOTHING


def test_what_was_changed_is_found_at_its_stage(made: dict[str, Path], tmp_path: Path) -> None:
    slip = tmp_path / "slip.txt"
    slip.write_text(made["slip"].read_text().replace('"valid":140', '"valid":141'))
    found = worded(check_file(slip))
    assert found.verdict is Verdict.FAILS and codes(found) == ["leaf"]
    package = tmp_path / "a.rkp"
    raw = bytearray(made["package"].read_bytes())
    raw[len(raw) // 2] ^= 1
    package.write_bytes(raw)
    found = worded(check_file(package))
    assert found.verdict is Verdict.FAILS
    assert found.stages[-1].verdict is Verdict.FAILS


def test_an_office_file_that_somebody_wrote_to_names_its_faults(
    made: dict[str, Path], tmp_path: Path
) -> None:
    copy = tmp_path / "o.rekap"
    shutil.copy(made["own"], copy)
    connection = sqlite3.connect(copy)
    guard = connection.execute(
        "SELECT sql FROM sqlite_master WHERE name = 'record_is_never_changed'"
    ).fetchone()[0]
    connection.execute("DROP TRIGGER record_is_never_changed")
    connection.execute(
        "UPDATE record SET bytes = CAST(replace(CAST(bytes AS TEXT), ?, ?) AS BLOB)",
        ('"votes.1":40', '"votes.1":41'),
    )
    connection.execute(guard)
    connection.commit()
    connection.close()
    found = worded(check_file(copy))
    assert found.verdict is Verdict.FAILS
    assert found.faults and codes(found) == ["opened", "records"]


def test_what_is_nothing_of_ours_is_said_to_be_nothing(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "other.pdf"))
    canvas.drawString(100, 100, "halo")
    canvas.save()
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04nothing")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    for name in ("other.pdf", "a.zip", "empty.txt", "picture.png", "missing.pdf"):
        found = worded(check_file(tmp_path / name))
        assert found.verdict is Verdict.NOTHING, name
        assert found.problem is not None and found.stages == ()


def test_a_check_that_is_given_up_ends(made: dict[str, Path]) -> None:
    def give_up(share: float) -> None:
        if share > 0.1:
            raise GivenUp

    with pytest.raises(GivenUp):
        check_file(made["package"], way=Way(give_up))


@pytest.mark.parametrize("name", ["package", "pdf", "slip", "line"])
def test_whatever_is_changed_in_a_file_it_is_never_called_another_that_holds(
    made: dict[str, Path], tmp_path: Path, name: str
) -> None:
    """One byte after another is changed at random: no crash, and nothing is called what it is not."""
    chance = random.Random(11)
    raw = made[name].read_bytes()
    before = check_file(made[name])
    for turn in range(40):
        changed = bytearray(raw)
        changed[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        path = tmp_path / f"{turn}{made[name].suffix}"
        path.write_bytes(changed)
        found = worded(check_file(path))
        if found.verdict in (Verdict.HOLDS, Verdict.OPEN):
            same = {"votes", "valid", "invalid", "statement"}
            told = {code: text for code, text in about(found).items() if code in same}
            assert told == {code: text for code, text in about(before).items() if code in same}
