"""Pictures of the paper on the command line: previewed, attached, listed, written out, taken away."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.lines import WORDS, done, refused, run
from tests.made_up.offices import BUPATI, GUBERNUR, TPS
from tests.made_up.scans import HEIC, jpeg, large_png, pdf, png, put

BY = ("--by", "Siti")
DOTTED = "32.07.01.1001.001"


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "foto"
    put(folder, f"{TPS[0]} bupati 1.jpg", jpeg("1"))
    put(folder, "32.07.01.1001.002 bupati.pdf", pdf(2))
    put(folder, "bupati/Maleber/TPS 901.png", large_png())
    put(folder, f"{TPS[0]} salinan bupati.jpg", jpeg("1"))
    put(folder, f"{TPS[3]}.jpg", jpeg("4"))
    put(folder, f"{TPS[4]} bupati.jpg", HEIC)
    put(folder, "daftar.txt", b"catatan")
    put(folder, "Thumbs.db", b"\x00")
    return folder


def fates(office: Path, *arguments: str | Path) -> dict[str, str]:
    said = run("attach", office, *arguments, "--format", "json")
    return {row["file"]: row["fate"] for row in said.data}


def test_a_preview_says_what_becomes_of_each_file_and_writes_nothing(
    office: Path, photos: Path
) -> None:
    before = office.read_bytes()
    said = run("attach", office, photos, "--preview")
    assert said.status == 1 and said.err == ""
    assert WORDS("cli.attach.counts", new=3, known=1, unclear=1, refused=2) in said.out
    assert fates(office, photos, "--preview") == {
        f"{TPS[0]} bupati 1.jpg": "new",
        f"{TPS[0]} salinan bupati.jpg": "known",
        "32.07.01.1001.002 bupati.pdf": "new",
        "bupati/Maleber/TPS 901.png": "new",
        f"{TPS[3]}.jpg": "unclear",
        f"{TPS[4]} bupati.jpg": "refused",
        "daftar.txt": "refused",
    }
    assert office.read_bytes() == before and not office.with_suffix(".lampiran").exists()


def test_a_folder_is_attached_and_a_second_time_changes_nothing(office: Path, photos: Path) -> None:
    said = run("attach", office, photos, *BY)
    assert (said.status, said.err) == (1, "")
    assert said.out.splitlines()[-1] == WORDS("cli.attach.done", count=3)
    assert run("attach", office, photos, *BY).out.splitlines()[-1] == WORDS(
        "cli.attach.done", count=0
    )
    rows = done("attachments", office, "--format", "json").data
    assert [(row["station"], row["contest"], row["pages"], row["here"]) for row in rows] == [
        (DOTTED, BUPATI, 1, True),
        ("32.07.01.1001.002", BUPATI, 2, True),
        ("32.07.01.1001.901", BUPATI, 1, True),
    ]
    lacking = done("attachments", office, "--missing", BUPATI, "--format", "json").data
    assert [row["station"] for row in lacking] == ["32.07.01.2001.001", "32.07.01.2001.002"]
    assert done("audit", office).out == WORDS("cli.audit.holds", records=5, chains=3) + "\n"


def test_files_without_a_contest_in_their_name_are_given_one(office: Path, photos: Path) -> None:
    name = f"{TPS[3]}.jpg"
    assert fates(office, photos / name, "--contest", GUBERNUR, "--preview") == {name: "new"}
    said = run("attach", office, photos / name, "--every-contest", *BY)
    assert said.status == 0
    for contest in (BUPATI, GUBERNUR):
        lacking = done("attachments", office, "--missing", contest, "--format", "csv").out
        assert "32.07.01.2001.001" not in lacking


def test_one_by_one_to_a_tps_whatever_the_name(office: Path, tmp_path: Path) -> None:
    one = put(tmp_path, "IMG_001.jpg", jpeg())
    arguments = ("attach", office, one, "--tps", DOTTED, *BY)
    refused("usage-missing", *arguments, option="--contest")
    for code in ("one", "known-one"):
        said = done(*arguments, "--contest", BUPATI)
        assert said.out == WORDS(f"cli.attach.{code}", file=one.name, tps=DOTTED) + "\n"
    refused("scan-heic", "attach", office, put(tmp_path, "a.heic", HEIC), *arguments[3:],
            "--contest", BUPATI, file="a.heic")  # fmt: skip


def test_one_is_written_out_and_taken_away(office: Path, tmp_path: Path) -> None:
    one = put(tmp_path, "a.png", png())
    done("attach", office, one, "--tps", DOTTED, "--contest", BUPATI, *BY)
    (row,) = done("attachments", office, "--tps", DOTTED, "--format", "json").data
    key, copy = row["scan"][:8], tmp_path / "keluar.png"
    done("attachment-out", office, key, copy)
    assert copy.read_bytes() == one.read_bytes()
    done("attachment-remove", office, key, "--reason", "tertukar", *BY)
    assert done("attachments", office, "--format", "json").data == []
    refused("scan-unknown", "attachment-out", office, key, copy, scan=key)
    events = done("history", office, "--contest", BUPATI, "--tps", DOTTED).out
    assert WORDS["cli.event.detachment"] in events and "tertukar" in events and "a.png" in events


def test_a_folder_without_files_is_said_so(office: Path, tmp_path: Path) -> None:
    empty = tmp_path / "kosong"
    empty.mkdir()
    refused("scan-folder-empty", "attach", office, empty, *BY, path=str(empty))


def test_without_a_name_nothing_is_attached(office: Path, photos: Path) -> None:
    said = run("attach", office, photos / f"{TPS[0]} bupati 1.jpg")
    assert said.status == 2 and WORDS["problem.name-missing"] in said.err


def test_pictures_travel_beside_the_exchange_file_and_those_that_are_missing_are_said(
    office: Path, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, second = office.with_name("stik"), office.with_name("kedua.rekap")
    stick.mkdir()
    shutil.copy(office, second)
    run("attach", office, photos, *BY)
    out = done("exchange", "out", office, stick).out.splitlines()
    assert out[1:] == [WORDS("cli.exchange.scans-out", count=3, there=0)]
    again = done("exchange", "out", office, stick).out.splitlines()
    assert again[1:] == [WORDS("cli.exchange.scans-out", count=0, there=3)]
    lying = sorted((stick / "lampiran").iterdir())
    assert len(lying) == 3
    lying[0].rename(stick / "lain")
    monkeypatch.setenv("RECAP_DATA_DIR", str(stick.with_name("kedua")))
    done("office", "new-post", second)
    said = done("exchange", "in", second, stick).out.splitlines()
    assert said[-2:] == [
        WORDS("cli.exchange.scans-in", count=2),
        WORDS("cli.exchange.scans-missing", count=1),
    ]
    audit = done("audit", second).out
    assert WORDS("cli.audit.scans-missing", count=1) in audit
    (stick / "lain").rename(lying[0])
    assert done("exchange", "in", second, stick).out.splitlines()[-1] == WORDS(
        "cli.exchange.scans-in", count=1
    )
    assert len(done("audit", second).out.splitlines()) == 1


def test_a_picture_that_was_damaged_on_the_way_is_left_away_and_said(
    office: Path, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, second = office.with_name("stik"), office.with_name("kedua.rekap")
    stick.mkdir()
    shutil.copy(office, second)
    run("attach", office, photos, *BY)
    done("exchange", "out", office, stick)
    for lying in (stick / "lampiran").iterdir():
        raw = bytearray(lying.read_bytes())
        raw[-1] ^= 1
        lying.write_bytes(raw)
    monkeypatch.setenv("RECAP_DATA_DIR", str(stick.with_name("kedua")))
    done("office", "new-post", second)
    said = run("exchange", "in", second, stick)
    assert said.status == 1 and len(said.err.splitlines()) == 3
    assert WORDS["problem.scan-altered"].partition("{file} ")[2] in said.err


def test_a_mirror_holds_the_records_and_an_office_made_from_it_lacks_the_pictures(
    office: Path, photos: Path, tmp_path: Path
) -> None:
    medium = tmp_path / "cermin"
    medium.mkdir()
    done("mirror", office, medium)
    run("attach", office, photos, *BY)
    made = tmp_path / "pulih.rekap"
    done("restore", next(medium.iterdir()), "--to", made)
    rows = done("attachments", made, "--format", "json").data
    assert [row["here"] for row in rows] == [False] * 3
    # The photos themselves bring them back.
    assert run("attach", made, photos, *BY).out.splitlines()[-1] == WORDS(
        "cli.attach.done", count=3
    )
    assert len(done("audit", made).out.splitlines()) == 1
