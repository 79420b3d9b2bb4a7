"""The office's own mark: on its papers from now on, never on those of an earlier close."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from recap_desktop import places
from recap_desktop.election.records.copies import PaperOf
from recap_desktop.election.records.emblems import LARGEST, MOST_SIDE
from recap_desktop.election.records.journal import OFFICE_CHAIN, Draft, Kind
from recap_desktop.election.records.soundness import is_sound
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.opening import Office, open_office
from recap_desktop.office.papers.copying import (
    draw_copy,
    read_paper,
    record_copy,
    record_stop,
)
from recap_desktop.office.papers.emblem_choosing import (
    choose_emblem,
    own_emblem,
    read_emblem,
    take_back_emblem,
)
from recap_desktop.office.papers.printing import book_of, draw, write_book
from recap_desktop.office.papers.reprinting import draw_again
from recap_desktop.office.plenary.closing import close, reopen_contest
from recap_desktop.office.posts.mirroring import restore
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.proof.history import contest_history
from recap_desktop.office.proof.proving_packages import prove_package
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, CIAMIS, TPS, tiny_office, valid_bupati
from tests.made_up.posts import exchange, second_post
from tests.made_up.upward import KABKO, Ladder
from tests.reading_back.known_copies import known_copy

IMAGE = b"/Subtype /Image"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = tiny_office(tmp_path / "ciamis.rekap")
    for tps in TPS:
        enter(made, BUPATI, tps, valid_bupati(), by="Siti")
    yield made
    made.close()


def logo(folder: Path, colour: str = "navy", *, side: int = 900, kind: str = "PNG") -> Path:
    """A disc on nothing, as logos are."""
    image = Image.new("RGBA" if kind == "PNG" else "RGB", (side, side // 2), (255, 255, 255, 0))
    ImageDraw.Draw(image).ellipse((side // 4, 0, side * 3 // 4, side // 2 - 1), fill=colour)
    path = folder / f"{colour}.{kind.lower()}"
    image.save(path, kind)
    return path


def choose(office: Office, path: Path) -> bytes:
    image = read_emblem(path)
    choose_emblem(office, image, path.name, by="Siti")
    return image


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_made_small_and_flat_and_without_its_empty_edge(
    tmp_path: Path, kind: str
) -> None:
    raw = read_emblem(logo(tmp_path, side=2000, kind=kind))
    assert len(raw) <= LARGEST
    with Image.open(io.BytesIO(raw)) as image:
        assert (image.format, image.mode) == ("PNG", "RGB")
        assert max(image.size) == MOST_SIDE
        assert abs(image.width - image.height) < MOST_SIDE // 20
        assert image.getpixel((0, 0)) == (255, 255, 255) or kind == "JPEG"


def test_noise_that_nothing_packs_is_small_too(tmp_path: Path) -> None:
    path = tmp_path / "noise.png"
    Image.effect_noise((1200, 1200), 90).convert("RGB").save(path)
    assert len(read_emblem(path)) <= LARGEST


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("a.png", b"", "emblem-no-picture"),
        ("a.png", b"\x89PNG\r\n\x1a\nnothing", "emblem-no-picture"),
        ("a.svg", b"<svg/>", "emblem-no-picture"),
        ("a.png", b"x" * (20 * 1024 * 1024 + 1), "emblem-too-large"),
    ],
    ids=["empty", "damaged", "svg", "large"],
)
def test_what_is_no_picture_is_refused(tmp_path: Path, name: str, raw: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(KnownProblem) as caught:
        read_emblem(tmp_path / name)
    assert caught.value.code == code


def test_a_blot_and_a_white_picture_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    Image.new("RGB", (20, 20), "navy").save(tmp_path / "blot.png")
    Image.new("RGB", (200, 200), "white").save(tmp_path / "white.png")
    for name, code in (
        ("blot.png", "emblem-too-small"),
        ("white.png", "emblem-no-picture"),
        ("none.png", "emblem-not-read"),
    ):
        with pytest.raises(KnownProblem, match=code):
            read_emblem(tmp_path / name)


def test_it_stands_on_every_paper_and_the_archive_form_takes_it_too(
    office: Office, tmp_path: Path
) -> None:
    before = draw(book_of(office, BUPATI))
    assert IMAGE not in before
    choose(office, logo(tmp_path))
    after = draw(book_of(office, BUPATI))
    # Stored once, however many pages show it.
    assert after.count(IMAGE) == 1 and b"/SMask" not in after
    assert draw(book_of(office, BUPATI)) == after
    write_book(book_of(office, BUPATI), tmp_path / "book.pdf")
    assert (tmp_path / "book.pdf").read_bytes() == after
    assert draw(book_of(office, BUPATI), archival=True).count(IMAGE) == 1
    take_back_emblem(office, by="Siti")
    assert draw(book_of(office, BUPATI)) == before
    with pytest.raises(KnownProblem, match="emblem-none"):
        take_back_emblem(office, by="Siti")
    assert audit(office).faults == ()
    assert [e.what for e in contest_history(office, BUPATI)][-2:] == [
        "emblem",
        "emblem-taken-back",
    ]


def test_an_earlier_revision_keeps_the_mark_it_was_closed_with(
    office: Office, tmp_path: Path
) -> None:
    choose(office, logo(tmp_path))
    close(office, BUPATI, by="Siti")
    read = read_paper(office, BUPATI, PaperOf())
    first = draw_copy(read.make(), size="f4", number="1", addressee="Panwas")
    record_copy(office, read, first, by="Siti")
    choose(office, logo(tmp_path, "darkred"))
    again = read_paper(office, BUPATI, PaperOf(), number=1)
    assert draw_again(again.make, known_copy(office, again, "1")).sha256 == first.sha256
    reopen_contest(office, BUPATI, by="Siti", reason="salah", decided_by="Pleno")
    close(office, BUPATI, by="Siti")
    second = read_paper(office, BUPATI, PaperOf())
    new = draw_copy(second.make(), size="f4", number="1", addressee="Panwas")
    assert IMAGE in b"".join(new.pdf.pieces())
    assert new.sha256 != first.sha256
    assert draw_again(again.make, known_copy(office, again, "1")).sha256 == first.sha256


def test_posts_that_chose_differently_print_the_same_until_somebody_chooses_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = tiny_office(tmp_path / "o.rekap")
    here, there = second_post(one, tmp_path, monkeypatch)
    choose(here, logo(tmp_path))
    choose(there, logo(tmp_path, "darkred"))
    exchange(here, there)
    assert own_emblem(here) == own_emblem(there) is not None
    last = choose(there, logo(tmp_path, "green"))
    exchange(here, there)
    for office in (here, there):
        stands = own_emblem(office)
        assert stands is not None and stands.image == last
        assert audit(office).faults == ()
        office.close()


def test_a_mirror_brings_it_back(office: Office, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    mirror = office.set_mirror(tmp_path / "stick")
    image = choose(office, logo(tmp_path))
    restore(mirror.path, tmp_path / "back.rekap")
    back = open_office(tmp_path / "back.rekap")
    try:
        stands = own_emblem(back)
        assert stands is not None and stands.image == image
    finally:
        back.close()


def test_a_picture_that_cannot_be_drawn_is_left_out_of_the_papers(office: Office) -> None:
    plain = draw(book_of(office, BUPATI))
    hollow = b"\x89PNG\r\n\x1a\n" + bytes(8) + (40).to_bytes(4, "big") * 2 + bytes(30)
    choose_emblem(office, hollow, "hollow.png", by="Siti")
    assert draw(book_of(office, BUPATI)) == plain


@pytest.mark.parametrize(
    "body",
    [
        {"image": "", "name": ""},
        {"image": "no base64", "name": "a.png"},
        {"image": "AAAA", "name": "a.png"},
        {"image": "", "name": "a.png"},
    ],
    ids=["takes back nothing", "no base64", "no png", "named nothing"],
)
def test_a_record_that_holds_no_small_png_is_not_sound(
    office: Office, body: dict[str, str]
) -> None:
    draft = Draft(Kind.EMBLEM, time=office.now(), person="x", subject={}, body=body)
    (made,) = office.record(OFFICE_CHAIN, [draft])
    assert not is_sound(made)


def test_a_package_carries_the_mark_and_what_was_printed_and_is_proved_and_taken_in(
    tmp_path: Path,
) -> None:
    ladder = Ladder(tmp_path)
    below, above = ladder.office(CIAMIS), ladder.office(KABKO)
    for tps in TPS:
        enter(below, BUPATI, tps, valid_bupati(), by="Siti")
    choose(below, logo(tmp_path))
    read = read_paper(below, BUPATI, PaperOf())
    record = record_copy(below, read, draw_copy(read.make(), size="f4", number="1"), by="Siti")
    record_stop(below, {record.id: "1"}, printer="Kantor", by="Siti")
    package = ladder.package(CIAMIS)
    proved = prove_package(package, trust=ladder.trust)
    assert proved.statement.leaves == len(TPS)
    script = places.resource("verifier", "periksa.py")
    done = subprocess.run(
        [sys.executable, str(script), str(package)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    ladder.receive(package)
    assert own_emblem(above) is None, "that of the office below is not ours"
    assert audit(above).faults == ()
    ladder.close()
