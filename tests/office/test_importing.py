"""Counts of somebody else's table: planned before anything is written, then recorded all or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from recap_desktop.election.figures.counts import Count
from recap_desktop.election.figures.tallies import Source, State
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import Decision, correct
from recap_desktop.office.language import load_words
from recap_desktop.office.opening import Office
from recap_desktop.office.plenary.closing import close
from recap_desktop.office.plenary.handing_out import hand_out, read_numbers
from recap_desktop.office.proof.history import history
from recap_desktop.office.tables.import_maps import save_map
from recap_desktop.office.tables.import_tables import ImportTable, look_into
from recap_desktop.office.tables.importing import CountsImport, judge
from recap_desktop.office.tables.planned_counts import Fate
from recap_desktop.office.tables.planned_words import origin_text
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati
from tests.made_up.workbooks import kecamatan_workbook, rows_workbook

HEADS = ("kode_desa", "tps", *valid_bupati())
Make = Callable[..., ImportTable]


@pytest.fixture(autouse=True)
def own_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Maps of a machine that no other test has seen."""
    monkeypatch.setenv("RECAP_DATA_DIR", str(tmp_path / "machine"))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = tiny_office(tmp_path / "o.rekap")
    yield made
    made.close()


def row(tps: str, cells: dict[str, int]) -> list[object]:
    return [tps[:10], tps[10:], *(cells.get(key) for key in valid_bupati())]


def table_of(office: Office, folder: Path, *rows: list[object]) -> ImportTable:
    path = rows_workbook(folder / "hasil.xlsx", [list(HEADS), *rows])
    return look_into(office, BUPATI, path)


def planned(office: Office, table: ImportTable, by: str = "Siti") -> CountsImport:
    plan = CountsImport(office, table, table.propose(), by=by)
    while read := plan.reader.read():
        taken = plan.take(read)
        plan.note(taken, judge(table.counts.layout, plan.cases(taken)))
    return plan


def state(office: Office, tps: str) -> State:
    stored = office.file.contests[BUPATI].tally(tps)
    assert stored is not None
    return stored.tally.state


def test_what_would_be_added_changed_and_left_is_told_before_anything_is_written(
    office: Office, tmp_path: Path
) -> None:
    enter(office, BUPATI, TPS[0], valid_bupati(), by="Siti")
    enter(office, BUPATI, TPS[1], valid_bupati(), by="Siti")
    before = office.file.journal.last_place()
    new = {**valid_bupati(), "invalid": 6}
    table = table_of(
        office, tmp_path, row(TPS[0], valid_bupati()), row(TPS[1], new), row(TPS[2], valid_bupati())
    )
    plan = planned(office, table)
    assert [one.fate for one in plan.plan] == [Fate.SAME, Fate.CHANGE, Fate.ADD]
    assert plan.plan[1].changes == {"invalid": (5, 6)}
    assert plan.missing() == TPS[3:]
    assert (plan.plan[1].findings or 0) > 0 and plan.plan[2].findings is not None
    assert office.file.journal.last_place() == before
    entered = plan.record()
    assert len(entered.records) == 2 and entered.unchanged == ()
    stored = office.file.contests[BUPATI].tally(TPS[1])
    assert stored is not None and stored.tally.cells == new


def test_a_record_names_the_file_and_the_row_it_came_from(office: Office, tmp_path: Path) -> None:
    table = table_of(office, tmp_path, row(TPS[0], valid_bupati()))
    planned(office, table).record()
    (event,) = history(office, BUPATI, TPS[0])
    origin = event.record.body["origin"]
    assert origin["file"] == "hasil.xlsx" and (origin["sheet"], origin["row"]) == ("Sheet1", 2)
    assert len(origin["sha256"]) == 64
    told = origin_text(load_words("id"), origin)
    assert told == "dari berkas hasil.xlsx, lembar Sheet1 baris 2"


def test_refused_rows_leave_the_others_and_are_told_why(office: Office, tmp_path: Path) -> None:
    unknown = "3207019999001"
    table = table_of(
        office,
        tmp_path,
        row(unknown, valid_bupati()),
        row(TPS[0], {**valid_bupati()}),
        row(TPS[1], {**valid_bupati(), "cast": -1}),
        row(TPS[2], valid_bupati()),
        row(TPS[2], valid_bupati(kosong=41)),
        row(TPS[3], valid_bupati()),
        row(TPS[3], valid_bupati()),
    )
    plan = planned(office, table)
    fates = [(one.fate, [fault.code for fault in one.faults]) for one in plan.plan]
    assert fates == [
        (Fate.REFUSED, ["import-desa-unknown"]),
        (Fate.ADD, []),
        (Fate.REFUSED, ["import-figure-negative"]),
        (Fate.REFUSED, ["import-tps-twice"]),
        (Fate.REFUSED, ["import-tps-twice"]),
        (Fate.ADD, []),
        (Fate.REPEATED, []),
    ]
    assert plan.missing() == (TPS[4],)
    assert len(plan.record().records) == 2
    assert state(office, TPS[2]) is State.EMPTY


def test_what_was_ruled_on_is_kept_beside_the_ruling(office: Office, tmp_path: Path) -> None:
    enter(office, BUPATI, TPS[0], valid_bupati(), by="Siti")
    why = Decision("Siti", "salah tulis")
    correct(office, BUPATI, TPS[0], changes={"invalid": 7}, decision=why)
    plan = planned(office, table_of(office, tmp_path, row(TPS[0], valid_bupati())), by="Budi")
    (one,) = plan.plan
    assert (one.fate, one.changes) == (Fate.LATE, {"invalid": (7, 5)})
    assert plan.record().late == (TPS[0],)
    assert state(office, TPS[0]) is State.CORRECTED


def test_what_the_table_does_not_speak_of_stays_as_this_person_typed_it(
    office: Office, tmp_path: Path
) -> None:
    enter(office, BUPATI, TPS[0], Count(valid_bupati(), {"users.moved.l"}), by="Siti")
    rows: list[list[object]] = [["kode_desa", "tps", "tidak sah", "votes.1"]]
    rows.append([TPS[0][:10], 1, 9, None])
    table = look_into(office, BUPATI, rows_workbook(tmp_path / "x.xlsx", rows))
    plan = planned(office, table)
    # A field that the table has and leaves empty is blank: blank is not what was there before.
    assert plan.plan[0].changes == {"votes.1": (40, None), "invalid": (5, 9)}
    plan.record()
    body = history(office, BUPATI, TPS[0])[-1].record.body
    kept = {key: n for key, n in valid_bupati().items() if key != "votes.1"}
    assert body["cells"] == {**kept, "invalid": 9} and body["crossed"] == ["users.moved.l"]


def test_another_persons_entry_is_told_in_a_single_entry_office(
    office: Office, tmp_path: Path
) -> None:
    enter(office, BUPATI, TPS[0], valid_bupati(), by="Siti")
    enter(office, BUPATI, TPS[1], valid_bupati(), by="Siti")
    new = {**valid_bupati(), "invalid": 6}
    table = table_of(office, tmp_path, row(TPS[0], valid_bupati()), row(TPS[1], new))
    plan = planned(office, table, by="Budi")
    assert [one.fate for one in plan.plan] == [Fate.CONFIRM, Fate.OTHER]
    plan.record()
    assert [state(office, tps) for tps in TPS[:2]] == [State.AGREED, State.DIFFERS]


def test_nothing_of_a_first_entry_is_seen_in_a_double_entry_office(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "o.rekap", double_entry=True)
    enter(office, BUPATI, TPS[0], valid_bupati(), by="Siti")
    enter(office, BUPATI, TPS[1], {**valid_bupati(), "invalid": 9}, by="Siti")
    rows = [row(tps, valid_bupati()) for tps in TPS[:2]]
    plan = planned(office, table_of(office, tmp_path, *rows), by="Budi")
    # Equal or not: the same is said of both.
    assert [(one.fate, one.changes) for one in plan.plan] == [(Fate.SECOND, {})] * 2
    plan.record()
    assert [state(office, tps) for tps in TPS[:2]] == [State.AGREED, State.DIFFERS]
    office.close()


def test_nothing_is_taken_into_a_desa_that_is_closed(office: Office, tmp_path: Path) -> None:
    for tps in TPS[3:]:
        enter(office, BUPATI, tps, valid_bupati(), by="Siti")
    close(office, BUPATI, unit=TPS[3][:10], by="Siti")
    table = table_of(office, tmp_path, row(TPS[3], valid_bupati()), row(TPS[0], valid_bupati()))
    plan = planned(office, table)
    assert [one.fate for one in plan.plan] == [Fate.REFUSED, Fate.ADD]
    assert [fault.code for fault in plan.plan[0].faults] == ["import-tps-closed"]
    assert len(plan.record().records) == 1


def test_what_the_disk_refuses_leaves_nothing_behind(office: Office, tmp_path: Path) -> None:
    rows = [row(tps, valid_bupati()) for tps in TPS]
    plan = planned(office, table_of(office, tmp_path, *rows))

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plan.record(stop)
    assert {state(office, tps) for tps in TPS} == {State.EMPTY}
    assert len(plan.record().records) == len(TPS)


def test_crosses_are_remembered_and_counted(office: Office, tmp_path: Path) -> None:
    crossed = [*row(TPS[0], valid_bupati())]
    crossed[HEADS.index("users.moved.jml")] = "x"
    plan = planned(office, table_of(office, tmp_path, crossed))
    assert plan.crossed() == 1
    plan.record()
    assert history(office, BUPATI, TPS[0])[0].record.body["crossed"] == ["users.moved.jml"]


def test_our_own_hand_out_comes_back_the_same(office: Office, tmp_path: Path) -> None:
    for number, tps in enumerate(TPS):
        enter(office, BUPATI, tps, valid_bupati(kosong=10 + number), by="Siti")
    out = tmp_path / "stik"
    out.mkdir()
    hand_out(read_numbers(office, BUPATI), out, time="2024-11-28T10:00:00+07:00")
    for ending in ("xlsx", "csv"):
        (path,) = out.glob(f"*.{ending}")
        table = look_into(office, BUPATI, path)
        plan = CountsImport(office, table, table.propose(), by="Siti")
        plan.take(plan.reader.read())
        assert [one.fate for one in plan.plan] == [Fate.SAME] * len(TPS)
        assert plan.missing() == ()


def test_a_workbook_of_ppk_goes_in_whole(office: Office, tmp_path: Path) -> None:
    tree = office.election.tree
    desas: dict[str, dict[str, dict[str, object]]] = {}
    for number, tps in enumerate(TPS):
        cells: dict[str, object] = {**valid_bupati(kosong=number)}
        desas.setdefault(tree.name(tps[:10]).upper(), {})[tps[-3:]] = cells
    path = kecamatan_workbook(tmp_path / "d.xlsx", office.election, BUPATI, desas, across=2)
    table = look_into(office, BUPATI, path)
    plan = planned(office, table)
    assert plan.counted() == {Fate.ADD: len(TPS)} and plan.missing() == ()
    plan.record()
    for number, tps in enumerate(TPS):
        stored = office.file.contests[BUPATI].tally(tps)
        assert stored is not None and stored.tally.cells == valid_bupati(kosong=number)


@pytest.mark.parametrize("text", ["1", "01", "001", "TPS 001", "TPS 1", "tps001", 1])
@pytest.mark.parametrize(
    "desa", ["Baregbeg", "DESA BAREGBEG", "Bareg beg", "2001", "32.07.01.2001"]
)
def test_a_tps_is_found_in_any_spelling(
    office: Office, tmp_path: Path, text: object, desa: str
) -> None:
    rows: list[list[object]] = [["Desa", "No TPS", "suara sah"], [desa, text, 5]]
    table = look_into(office, BUPATI, rows_workbook(tmp_path / "x.xlsx", rows))
    assert [one.tps for one in planned(office, table).plan] == [TPS[3]]


@pytest.mark.parametrize(
    ("desa", "code"),
    [
        ("Baregbek", "import-desa-near"),
        ("Sindangrasa", "import-desa-unknown"),
        ("", "import-desa-missing"),
    ],
)
def test_a_name_that_is_only_like_one_is_refused(
    office: Office, tmp_path: Path, desa: str, code: str
) -> None:
    rows: list[list[object]] = [["Desa", "No TPS", "suara sah"], [desa, 1, 5]]
    table = look_into(office, BUPATI, rows_workbook(tmp_path / "x.xlsx", rows))
    (one,) = planned(office, table).plan
    assert [fault.code for fault in one.faults] == [code]


def test_what_is_not_answered_is_not_read(office: Office, tmp_path: Path) -> None:
    rows: list[list[object]] = [["kode_desa", "tps", "DPT", "suara sah"], [TPS[0][:10], 1, 310, 5]]
    table = look_into(office, BUPATI, rows_workbook(tmp_path / "x.xlsx", rows))
    with pytest.raises(KnownProblem, match="import-map-unfinished"):
        planned(office, table)
    table.remember(table.propose().confirmed())
    # The next file of this kind asks nothing.
    rows[1][2] = 312
    again = look_into(office, BUPATI, rows_workbook(tmp_path / "y.xlsx", rows))
    (one,) = planned(office, again).plan
    assert one.read.cells.count() == {"voters.dpt.jml": 312, "valid": 5}


def test_a_map_can_be_carried_to_another_machine(office: Office, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["kode_desa", "tps", "DPT", 'sah "resmi" [x]'],
        [TPS[0][:10], 1, "1.310", 5],
    ]
    table = look_into(office, BUPATI, rows_workbook(tmp_path / "x.xlsx", rows))
    made = replace(table.propose().answered(3, "valid"), grouping=".")
    path = tmp_path / "peta.toml"
    save_map(made, path)
    assert table.by_map(path).unsure == made.unsure
    path.write_text(path.read_text("utf-8").replace('"?', '"'), "utf-8")
    plan = CountsImport(office, table, table.by_map(path), by="Siti", source=Source.SALINAN)
    (read,) = plan.reader.read()
    assert read.cells.count() == {"voters.dpt.jml": 1310, "valid": 5}
    path.write_text("shape = 3", "utf-8")
    with pytest.raises(KnownProblem, match="import-map-wrong"):
        table.by_map(path)
