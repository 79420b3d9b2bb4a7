"""Many counts at once: all or none, mirrored, and never held all together."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.election.practice.practice import Practice
from recap_desktop.foreign.counts_csv import counts_csv
from recap_desktop.office.entry.entering import enter_all, enter_csv
from recap_desktop.office.opening import Office, create_office_for
from recap_desktop.office.proof.auditing import audit
from recap_desktop.problems import KnownProblem
from recap_desktop.storage.mirror import read_mirror
from tests.made_up.made_up_pemilu import CAKUNG, made_up_pemilu, seeded

PPWP = "ppwp"
FORMS = 700
"""More than are held at once."""

Rows = list[tuple[str, dict[str, int]]]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = create_office_for(
        tmp_path / "c.rekap", election=made_up_pemilu(FORMS + 30), region=CAKUNG
    )
    yield office
    office.close()


def rows_of(office: Office) -> Rows:
    made = Practice(office.election, seeded(2)).forms(PPWP)
    return [(form.tps, dict(form.written)) for form in made if form.written][:FORMS]


class Torn:
    """A table that can be read once, and breaks off when it is read again."""

    def __init__(self, rows: Rows, after: int) -> None:
        self.rows, self.after, self.readings = rows, after, 0

    def __iter__(self) -> Iterator[tuple[str, dict[str, int]]]:
        self.readings += 1
        for at, row in enumerate(self.rows):
            if self.readings > 1 and at == self.after:
                raise KnownProblem("csv-cannot-be-read", path="x", reason="gone")
            yield row


def state(office: Office) -> object:
    file = office.file
    return file.journal.heads(), file.contests[PPWP].stored_rows()


def test_every_row_is_recorded_and_the_file_is_sound(office: Office) -> None:
    rows = rows_of(office)
    done = enter_all(office, PPWP, rows, by="Siti")
    assert len(set(done.records)) == len(rows) == FORMS
    tables = office.file.contests[PPWP]
    for tps, cells in rows:
        stored = tables.tally(tps)
        assert stored is not None
        assert stored.tally.cells == cells
    assert audit(office).faults == ()
    assert office.file.stale_contests() == []


@pytest.mark.parametrize("after", [1, 300, FORMS - 4])
def test_a_table_that_breaks_off_leaves_nothing_behind(office: Office, after: int) -> None:
    enter_all(office, PPWP, rows_of(office)[:3], by="Siti")
    before = state(office)
    with pytest.raises(KnownProblem, match="csv-cannot-be-read"):
        enter_all(office, PPWP, Torn(rows_of(office)[3:], after), by="Siti")
    assert state(office) == before
    assert len(enter_all(office, PPWP, rows_of(office), by="Siti").records) == FORMS - 3
    assert audit(office).faults == ()


def test_a_fault_in_the_last_row_is_said_before_anything_is_written(
    office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    cells = office.election.layout(PPWP).cells
    path.write_bytes(counts_csv(rows_of(office), cells) + b"3175061001,999\r\n")
    before = state(office)
    with pytest.raises(KnownProblem, match="csv-faults") as raised:
        enter_csv(office, PPWP, path, by="Siti")
    assert [fault.line for fault in raised.value.faults] == [FORMS + 2]
    assert state(office) == before


def test_what_is_recorded_in_parts_is_mirrored(office: Office, tmp_path: Path) -> None:
    mirror = office.set_mirror(tmp_path)
    enter_all(office, PPWP, rows_of(office), by="Siti")
    _, held = read_mirror(mirror.path)
    assert held == [raw for _, raw in office.file.journal.raw_records()]
    with mirror.path.open("ab") as stream:
        stream.write(b'{"cut off')
    mirror.is_present = False
    enter_all(office, PPWP, rows_of(office)[:1], by="Budi")
    assert mirror.is_present
    _, held = read_mirror(mirror.path)
    assert held == [raw for _, raw in office.file.journal.raw_records()]


def most_held(office: Office, path: Path, rows: Rows) -> int:
    path.write_bytes(counts_csv(rows, office.election.layout(PPWP).cells))
    tracemalloc.start()
    try:
        enter_csv(office, PPWP, path, by="Siti")
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_twice_as_many_rows_hardly_take_more_memory(office: Office, tmp_path: Path) -> None:
    rows = rows_of(office)
    few = most_held(office, tmp_path / "few.csv", rows[:300])
    many = most_held(office, tmp_path / "many.csv", rows)
    assert many < few * 1.5
