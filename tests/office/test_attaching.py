"""Photos of the paper at a TPS: attached once, kept once, proved when read, taken away with a reason."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import filelock
import pytest

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.records.journal import Kind
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.stations import standing
from recap_desktop.office.opening import Office, open_office
from recap_desktop.office.plenary.closing import close
from recap_desktop.office.plenary.revisions import has_moved_on, standing_revision
from recap_desktop.office.proof.auditing import audit, rebuild
from recap_desktop.office.proof.history import history
from recap_desktop.office.scans.attaching import (
    all_attachments,
    attach,
    attachment_named,
    attachments,
    detach,
    folder_of,
    is_here,
    kept,
    scan_counts,
    without_scan,
    write_out,
)
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, CIAMIS, GUBERNUR, TPS, tiny_office, valid_bupati
from tests.made_up.posts import exchange, second_post
from tests.made_up.scans import jpeg, large_png, pdf, png, put

BY = "Siti"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = tiny_office(tmp_path / "ciamis.rekap")
    yield office
    office.close()


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "foto"
    folder.mkdir()
    return folder


def test_a_small_picture_lies_in_the_file_and_a_large_one_beside_it_once(
    office: Office, photos: Path
) -> None:
    small, large = put(photos, "a.jpg", jpeg()), put(photos, "b.png", large_png())
    for path in (small, large, small, large):
        attach(office, BUPATI, TPS[0], path, by=BY)
    one, two = attachments(office, BUPATI, TPS[0])
    assert (one.name, one.pages, two.size) == ("a.jpg", 1, large.stat().st_size)
    assert [path.name for path in folder_of(office).iterdir()] == [two.sha256]
    assert kept(office, one).read() == small.read_bytes()
    assert kept(office, two).read() == large.read_bytes()
    assert office.file.attachments.holds_bytes(one.sha256)
    assert not office.file.attachments.holds_bytes(two.sha256)
    assert not audit(office).faults and not audit(office).missing


def test_what_shows_every_contest_is_seen_in_each_and_stands_in_the_office_chain(
    office: Office, photos: Path
) -> None:
    record = attach(office, "", TPS[0], put(photos, "a.pdf", pdf(4)), by=BY)
    assert record is not None and record.chain.endswith("/office")
    for contest in (BUPATI, GUBERNUR):
        assert [one.pages for one in attachments(office, contest, TPS[0])] == [4]
        assert TPS[0] not in without_scan(office, contest)
    assert attach(office, BUPATI, TPS[0], photos / "a.pdf", by=BY) is None


def test_what_is_no_picture_and_a_tps_that_is_not_here_are_refused_and_nothing_is_written(
    office: Office, photos: Path
) -> None:
    before = office.file.journal.last_place()
    cut = put(photos, "a.jpg", jpeg()[:-100])
    for contest, tps, path, code in (
        (BUPATI, TPS[0], cut, "scan-damaged"),
        (BUPATI, TPS[0], photos / "tidak-ada.jpg", "scan-no-file"),
        (BUPATI, TPS[0], photos, "scan-no-file"),
        (BUPATI, "3207022001001", put(photos, "b.jpg", jpeg()), "tps-unknown"),
        ("", "3207022001001", photos / "b.jpg", "tps-unknown"),
        ("walikota", TPS[0], photos / "b.jpg", "contest-unknown"),
    ):
        with pytest.raises(KnownProblem) as caught:
            attach(office, contest, tps, path, by=BY)
        assert caught.value.code == code
    assert office.file.journal.last_place() == before
    assert not folder_of(office).exists()


def test_the_same_picture_belongs_to_one_tps(office: Office, photos: Path) -> None:
    path = put(photos, "a.jpg", jpeg())
    attach(office, BUPATI, TPS[0], path, by=BY)
    with pytest.raises(KnownProblem, match="scan-of-other"):
        attach(office, BUPATI, TPS[1], path, by=BY)
    assert attach(office, GUBERNUR, TPS[0], path, by=BY) is not None


def test_taking_away_is_a_record_with_a_reason_and_nothing_is_lost(
    office: Office, photos: Path
) -> None:
    path = put(photos, "a.jpg", jpeg())
    attach(office, BUPATI, TPS[0], path, by=BY)
    (one,) = attachments(office, BUPATI, TPS[0])
    with pytest.raises(KnownProblem, match="reason-missing"):
        detach(office, one, by=BY, reason=" ")
    detach(office, one, by=BY, reason="milik TPS lain")
    assert attachments(office, BUPATI, TPS[0]) == []
    assert without_scan(office, BUPATI) == list(TPS)
    with pytest.raises(KnownProblem, match="scan-unknown"):
        detach(office, one, by=BY, reason="lagi")
    first, second = history(office, BUPATI, TPS[0])
    assert (first.what, first.note, first.is_live) == ("attachment", "a.jpg", False)
    assert (second.what, second.note, second.is_live) == ("detachment", "milik TPS lain", True)
    assert is_here(office, one)
    # It can be attached again, here or where it belongs.
    assert attach(office, BUPATI, TPS[1], path, by=BY) is not None
    assert not audit(office).faults


def test_pictures_say_nothing_about_figures(office: Office, photos: Path) -> None:
    enter(office, BUPATI, TPS[0], valid_bupati(), by=BY)
    before = standing(office, BUPATI, TPS[0], person="")
    attach(office, BUPATI, TPS[0], put(photos, "a.jpg", jpeg()), by="Budi")
    attach(office, BUPATI, TPS[1], put(photos, "b.jpg", jpeg("b")), by="Budi")
    assert standing(office, BUPATI, TPS[0], person="") == before
    stored = office.file.contests[BUPATI].tally(TPS[1])
    assert stored is not None and stored.tally.state is State.EMPTY
    assert rebuild(office) == []


def test_a_picture_attached_after_a_close_leaves_the_revision_as_it_is(
    office: Office, photos: Path
) -> None:
    for tps in TPS:
        enter(office, BUPATI, tps, valid_bupati(), by=BY)
    close(office, BUPATI, by=BY)
    revision = standing_revision(office, BUPATI, CIAMIS)
    assert revision is not None
    attach(office, BUPATI, TPS[0], put(photos, "a.jpg", jpeg()), by=BY)
    assert not has_moved_on(office, revision)
    assert not audit(office).faults


def test_which_tps_lack_a_picture_and_how_many_each_desa_has(office: Office, photos: Path) -> None:
    assert without_scan(office, BUPATI) == list(TPS) and scan_counts(office, BUPATI) == {}
    for name, tps in (("a", TPS[0]), ("b", TPS[0]), ("c", TPS[3])):
        attach(office, BUPATI, tps, put(photos, f"{name}.png", png(name)), by=BY)
    assert without_scan(office, BUPATI) == [TPS[1], TPS[2], TPS[4]]
    assert without_scan(office, BUPATI, under="3207012001") == [TPS[4]]
    assert without_scan(office, GUBERNUR) == list(TPS)
    assert scan_counts(office, BUPATI) == {"3207011001": 1, "3207012001": 1}
    assert scan_counts(office, BUPATI, level=Level.KECAMATAN) == {CIAMIS: 2}
    with pytest.raises(KnownProblem, match="unit-unknown"):
        without_scan(office, BUPATI, under="99")


def test_an_audit_tells_damage_from_what_is_not_here(office: Office, photos: Path) -> None:
    attach(office, BUPATI, TPS[0], put(photos, "a.png", large_png(1)), by=BY)
    attach(office, BUPATI, TPS[1], put(photos, "b.png", large_png(2)), by=BY)
    attach(office, BUPATI, TPS[2], put(photos, "c.jpg", jpeg()), by=BY)
    one, two, three = all_attachments(office)
    (folder_of(office) / one.sha256).unlink()
    damaged = bytearray((folder_of(office) / two.sha256).read_bytes())
    damaged[-1] ^= 1
    (folder_of(office) / two.sha256).write_bytes(damaged)
    found = audit(office)
    assert [fault.code for fault in found.missing] == ["audit-scan-missing"]
    assert [(f.code, f.details["file"]) for f in found.faults] == [("audit-scan-altered", "b.png")]
    with pytest.raises(KnownProblem, match="scan-missing"):
        kept(office, one).read()
    with pytest.raises(KnownProblem, match="scan-altered"):
        kept(office, two).read()
    assert kept(office, three).read() == jpeg()
    # Attached again, a damaged one is whole again, and no second record is made.
    assert attach(office, BUPATI, TPS[1], photos / "b.png", by=BY) is None
    assert kept(office, two).read() == (photos / "b.png").read_bytes()
    assert not audit(office).faults


def test_the_list_of_attachments_is_proved_and_made_again(office: Office, photos: Path) -> None:
    attach(office, BUPATI, TPS[0], put(photos, "a.jpg", jpeg()), by=BY)
    attach(office, BUPATI, TPS[1], put(photos, "b.jpg", jpeg("b")), by=BY)
    (one, _) = all_attachments(office)
    detach(office, one, by=BY, reason="salah")
    assert rebuild(office) == []
    with sqlite3.connect(office.file.path) as tampered:
        tampered.execute("DELETE FROM attachment")
    assert [fault.code for fault in audit(office).faults] == ["audit-scans"]
    assert rebuild(office) == list(office.contests)
    assert [left.tps for left in all_attachments(office)] == [TPS[1]]
    assert not audit(office).faults


def test_an_attachment_is_named_by_the_first_digits_of_its_record_or_hash(
    office: Office, photos: Path, tmp_path: Path
) -> None:
    attach(office, BUPATI, TPS[0], put(photos, "a.jpg", jpeg()), by=BY)
    (one,) = all_attachments(office)
    assert attachment_named(office, one.id[:8]) == attachment_named(office, one.sha256[:6]) == one
    for said in ("", "zzzzzzzz", one.sha256[:5]):
        with pytest.raises(KnownProblem, match="scan-unknown"):
            attachment_named(office, said)
    write_out(office, one, tmp_path / "keluar.jpg")
    assert (tmp_path / "keluar.jpg").read_bytes() == jpeg()
    with pytest.raises(KnownProblem, match="scan-not-written"):
        write_out(office, one, tmp_path / "tidak ada" / "keluar.jpg")


def test_a_file_of_an_earlier_program_gets_its_tables_and_opens_without_them_to_be_read(
    tmp_path: Path, photos: Path
) -> None:
    path = tmp_path / "lama.rekap"
    tiny_office(path).close()
    with sqlite3.connect(path) as old:
        old.execute("DROP TABLE attachment")
        old.execute("DROP TABLE picture")
        old.execute("DELETE FROM _sqlite_migrations WHERE name = 'pictures'")
    old.close()
    with filelock.FileLock(f"{path}.kunci"):
        reader = open_office(path)
        assert reader.obstacle == "opened-elsewhere"
        assert attachments(reader, BUPATI, TPS[0]) == [] and not audit(reader).faults
        assert without_scan(reader, BUPATI) == list(TPS) and scan_counts(reader, BUPATI) == {}
        reader.close()
    office = open_office(path)
    attach(office, BUPATI, TPS[0], put(photos, "a.jpg", jpeg()), by=BY)
    again = open_office(path)
    assert again.obstacle == "opened-elsewhere"
    assert len(attachments(again, BUPATI, TPS[0])) == 1 and not audit(again).faults
    again.close()
    office.close()


def test_the_kinds_of_a_file_are_read_off_without_its_entries(office: Office, photos: Path) -> None:
    enter(office, BUPATI, TPS[0], valid_bupati(), by=BY)
    attach(office, BUPATI, TPS[0], put(photos, "a.jpg", jpeg()), by=BY)
    of_all = {Kind.GENESIS.value, Kind.PERSON.value, Kind.ATTACHMENT.value}
    assert office.file.journal.rare_kinds() == of_all


@pytest.mark.parametrize("seed", range(5))
def test_posts_that_attach_and_take_away_in_any_order_end_with_the_same_pictures(
    tmp_path: Path, photos: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)
    two = second_post(tiny_office(tmp_path / "a.rekap"), tmp_path, monkeypatch)
    paths = [put(photos, f"{at}.png", png(str(at))) for at in range(3)]
    for _ in range(30):
        office, tps = chance.choice(two), chance.choice(TPS[:2])
        known = all_attachments(office)
        if known and chance.random() < 0.4:
            detach(office, chance.choice(known), by=BY, reason="salah")
        elif chance.random() < 0.8:
            with contextlib.suppress(KnownProblem):
                attach(office, chance.choice((BUPATI, "")), tps, chance.choice(paths), by=BY)
        else:
            exchange(*two)
    exchange(*two)
    exchange(*two)
    here, there = ([one.id for one in all_attachments(office)] for office in two)
    assert sorted(here) == sorted(there)
    for office in two:
        assert not audit(office).faults
        assert rebuild(office) == []
        assert without_scan(office, BUPATI) == without_scan(two[0], BUPATI)
    for office in two:
        office.close()
