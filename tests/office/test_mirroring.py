"""An office file is lost, and only the mirror on the stick is left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from recap_desktop.election.definitions.regions import Level
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import Decision, not_delivered
from recap_desktop.office.plenary.closing import close
from recap_desktop.office.plenary.revisions import revisions
from recap_desktop.office.posts.exchanging import give
from recap_desktop.office.posts.mirroring import restore
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.proof.auditing import audit
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, TPS, Clock, tiny_office, valid_bupati


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    """The mirror of a closed office, whose file is gone."""
    stick = tmp_path / "stick"
    stick.mkdir()
    office = tiny_office(tmp_path / "ciamis.rekap")
    enter(office, BUPATI, TPS[0], valid_bupati(), by="Siti")
    path = office.set_mirror(stick).path
    for tps in TPS[1:4]:
        enter(office, BUPATI, tps, valid_bupati(), by="Siti")
    not_delivered(office, BUPATI, TPS[4], decision=Decision("Siti", "kotak hilang"))
    close(office, BUPATI, by="Siti")
    office.close()
    office.file.path.unlink()
    return path


def test_everything_comes_back_and_the_work_goes_on(mirror: Path, tmp_path: Path) -> None:
    held = mirror.read_bytes().splitlines()[1:]
    office = restore(mirror, tmp_path / "again.rekap", clock=Clock())
    records = give(office)
    assert set(held) < set(records) and len(records) == len(held) + 1
    (total,) = totals(office, BUPATI, level=Level.KECAMATAN)
    assert (total.counted, total.not_delivered, total.sums["votes.2"]) == (4, 1, 400)
    assert [revision.number for revision in revisions(office, BUPATI)] == [1]
    assert audit(office).faults == ()
    assert office.can_write
    office.close()


def test_a_line_that_was_cut_off_is_left_away(mirror: Path, tmp_path: Path) -> None:
    mirror.write_bytes(mirror.read_bytes()[:-5])
    office = restore(mirror, tmp_path / "again.rekap", clock=Clock())
    assert revisions(office, BUPATI) == [] and audit(office).faults == ()
    office.close()


def swapped(lines: list[bytes]) -> list[bytes]:
    return [*lines[:-3], lines[-2], lines[-3], lines[-1]]


def changed(lines: list[bytes]) -> list[bytes]:
    return [line.replace(b'"votes.2":100', b'"votes.2":900') for line in lines]


def without_one(lines: list[bytes]) -> list[bytes]:
    return [*lines[:4], *lines[5:]]


def without_genesis(lines: list[bytes]) -> list[bytes]:
    return [lines[0], *lines[2:]]


def other_definition(lines: list[bytes]) -> list[bytes]:
    return [lines[0].replace(b"Bupati Ciamis", b"Bupati Banjar"), *lines[1:]]


def broken_definition(lines: list[bytes]) -> list[bytes]:
    return [lines[0][:-1], *lines[1:]]


def broken_record(lines: list[bytes]) -> list[bytes]:
    return [*lines[:3], lines[3][:-1], *lines[4:]]


@pytest.mark.parametrize(
    ("harm", "fault"),
    [
        (changed, "exchange-prev"),
        (without_one, "exchange-gap"),
        (without_genesis, "exchange-body"),
        (other_definition, "exchange-election"),
        (broken_definition, "audit-definition"),
        (broken_record, "exchange-bytes"),
    ],
)
def test_a_mirror_that_does_not_hold_is_not_trusted(
    mirror: Path,
    tmp_path: Path,
    harm: Callable[[list[bytes]], list[bytes]],
    fault: str,
) -> None:
    lines = mirror.read_bytes().splitlines()
    mirror.write_bytes(b"".join(line + b"\n" for line in harm(lines)))
    before = sorted(tmp_path.iterdir())
    with pytest.raises(KnownProblem) as raised:
        restore(mirror, tmp_path / "again.rekap", clock=Clock())
    assert raised.value.code == "mirror-faults"
    assert fault in {found.code for found in raised.value.faults}
    assert sorted(tmp_path.iterdir()) == before


def test_the_order_of_arrival_does_not_matter(mirror: Path, tmp_path: Path) -> None:
    lines = mirror.read_bytes().splitlines()
    mirror.write_bytes(b"".join(line + b"\n" for line in swapped(lines)))
    office = restore(mirror, tmp_path / "again.rekap", clock=Clock())
    assert audit(office).faults == ()
    office.close()


def test_a_close_whose_figures_were_forged_is_found(tmp_path: Path) -> None:
    """Chains that hold are not enough: totals and signature of each close are proved too."""
    stick = tmp_path / "stick"
    stick.mkdir()
    office = tiny_office(tmp_path / "ciamis.rekap")
    mirror = office.set_mirror(stick).path
    for tps in TPS:
        enter(office, BUPATI, tps, valid_bupati(), by="Siti")
    close(office, BUPATI, by="Siti")
    office.close()
    lines = mirror.read_bytes().splitlines()
    lines[-1] = lines[-1].replace(b'"votes.1":200', b'"votes.1":201')
    mirror.write_bytes(b"".join(line + b"\n" for line in lines))
    with pytest.raises(KnownProblem) as raised:
        restore(mirror, tmp_path / "again.rekap", clock=Clock())
    assert [found.code for found in raised.value.faults] == ["audit-close"]


def test_no_file_is_written_over(mirror: Path, tmp_path: Path) -> None:
    taken = tmp_path / "again.rekap"
    taken.write_bytes(b"mine")
    with pytest.raises(KnownProblem) as raised:
        restore(mirror, taken)
    assert raised.value.code == "file-exists" and taken.read_bytes() == b"mine"
    with pytest.raises(KnownProblem) as raised:
        restore(mirror, tmp_path / "gone" / "again.rekap")
    assert raised.value.code == "file-cannot-be-made"


@pytest.mark.parametrize("text", [b"", b"cut off"])
def test_a_mirror_without_a_line_is_empty(tmp_path: Path, text: bytes) -> None:
    empty = tmp_path / "x.cermin"
    empty.write_bytes(text)
    with pytest.raises(KnownProblem) as raised:
        restore(empty, tmp_path / "again.rekap")
    assert raised.value.code == "mirror-empty"


def test_a_mirror_of_a_definition_only_is_empty(mirror: Path, tmp_path: Path) -> None:
    mirror.write_bytes(mirror.read_bytes().partition(b"\n")[0] + b"\n")
    with pytest.raises(KnownProblem) as raised:
        restore(mirror, tmp_path / "again.rekap")
    assert raised.value.code == "mirror-empty"
