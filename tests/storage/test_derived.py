"""The derived tables say the same as the rules and sums of the election room."""

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recap_desktop.election.checks.rules import judge
from recap_desktop.election.definitions.forms import Severity
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import State, Tally
from recap_desktop.election.figures.totals import total_of
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.opening import Office, open_office
from recap_desktop.problems import KnownProblem
from recap_desktop.storage.broken_sql import broken_sql
from recap_desktop.storage.derived import UnitState
from recap_desktop.storage.station_lists import quoted
from tests.election.valid_forms import layout_of, valid_cells
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati

BASE = valid_bupati()
CHANGED = st.dictionaries(
    st.sampled_from(sorted(BASE)), st.none() | st.integers(0, 320), max_size=6
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = tiny_office(tmp_path / "a.rekap")
    yield office
    office.close()


def changed(changes: dict[str, int | None]) -> dict[str, int]:
    return {key: number for key, number in {**BASE, **changes}.items() if number is not None}


@given(changes=CHANGED)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_stored_column_finds_exactly_the_errors_of_the_rules(
    office: Office, changes: dict[str, int | None]
) -> None:
    cells = changed(changes)
    tables = office.file.contests[BUPATI]
    tables.put([(TPS[0], Tally(State.SINGLE, cells, counts=True))])
    layout = office.election.layout(BUPATI)
    errors = [f for f in judge(layout, cells) if f.severity is Severity.ERROR]
    stored = tables.tally(TPS[0])
    assert stored is not None
    assert stored.broken == len(errors)
    assert [s.tps for s in tables.broken()] == ([TPS[0]] if errors else [])


@pytest.mark.parametrize("edition", ["ppwp-2024", "kwk-2015", "kwk-2020", "dpd-2024", "dpr-2024"])
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_on_every_form_with_any_cells_blank_it_counts_as_many(
    edition: str, data: st.DataObject
) -> None:
    layout = layout_of(edition)
    cells = dict(data.draw(valid_cells(layout)))
    for cell in data.draw(st.lists(st.sampled_from(layout.cells), max_size=4)):
        cells[cell] = data.draw(st.integers(0, 320))
    for blank in data.draw(st.lists(st.sampled_from(layout.cells), max_size=len(layout.cells))):
        cells.pop(blank, None)
    columns = ", ".join(quoted(cell) for cell in layout.cells)
    marks = ", ".join("?" * len(layout.cells))
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE TABLE form ({columns})")
        figures = [cells.get(cell) for cell in layout.cells]
        connection.execute(f"INSERT INTO form VALUES ({marks})", figures)
        ((stored,),) = connection.execute(f"SELECT {broken_sql(layout)} FROM form")
    assert stored == sum(f.severity is Severity.ERROR for f in judge(layout, cells))


@given(
    forms=st.lists(
        st.tuples(st.sampled_from(list(State)), st.booleans(), CHANGED),
        min_size=len(TPS),
        max_size=len(TPS),
    )
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_stored_sums_and_states_are_those_of_the_tallies(
    office: Office, forms: list[tuple[State, bool, dict[str, int | None]]]
) -> None:
    tallies = {
        tps: Tally(state, changed(changes), counts=counts)
        for tps, (state, counts, changes) in zip(TPS, forms, strict=True)
    }
    tables = office.file.contests[BUPATI]
    tables.put(tallies.items())
    desas = sorted({tps[:10] for tps in TPS})
    tables.sum_desas(desas)
    for code in (*desas, "320701", "3207", "32"):
        below = [tally for tps, tally in tallies.items() if tps.startswith(code)]
        level = next(s.level for s in office.election.tree if s.code == code)
        (total,) = tables.totals(level, code if len(code) == 10 else "")
        assert total == total_of(code, below, tables.cells)
        in_state = Counter(tally.state for tally in below)
        counted = Counter(tally.state for tally in below if tally.counts)
        stored = [tables.tally(tps) for tps in tallies if tps.startswith(code)]
        broken = Counter(each.tally.state for each in stored if each is not None and each.broken)
        assert {row.state: row for row in tables.states(level, code)} == {
            state: UnitState(code, state, number, counted[state], broken[state], 0, 0, 0)
            for state, number in in_state.items()
        }


def test_an_office_made_before_states_were_counted_counts_them_from_its_opening_on(
    tmp_path: Path,
) -> None:
    office = tiny_office(tmp_path / "old.rekap")
    enter(office, BUPATI, TPS[0], BASE, by="Sari")
    office.close()
    with sqlite3.connect(tmp_path / "old.rekap") as connection:
        connection.execute('DROP TABLE "state bupati"')

    office = open_office(tmp_path / "old.rekap")
    read_only = open_office(tmp_path / "old.rekap")

    for opened in (office, read_only):
        states = opened.file.contests[BUPATI].states(Level.KECAMATAN)
        assert [(row.state, row.stations) for row in states] == [
            (State.EMPTY, len(TPS) - 1),
            (State.SINGLE, 1),
        ]
    assert office.file.stale_contests() == []
    office.close()
    read_only.close()


def test_errors_are_counted_anew_where_an_earlier_program_had_fewer_rules(
    tmp_path: Path,
) -> None:
    """Votes cast without any ballots known: no rule spoke of it once (R20)."""
    cells = {"users.total.jml": 7, "users.dpt.jml": 7, "votes.1": 5, "votes.2": 4}
    path = tmp_path / "old.rekap"
    office = tiny_office(path)
    enter(office, BUPATI, TPS[0], {**cells, "valid": 9, "invalid": 0, "cast": 9}, by="Sari")
    office.close()
    with sqlite3.connect(path) as connection:
        ((made,),) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'tally bupati'")
        before, _, after = made.partition("GENERATED ALWAYS AS (")
        connection.execute('DROP TABLE "tally bupati"')
        connection.execute(f"{before}GENERATED ALWAYS AS (0) STORED) STRICT")
        assert after.endswith("STORED) STRICT")

    again = open_office(path)

    (found,) = again.file.contests[BUPATI].broken()
    assert (found.tps, found.broken) == (TPS[0], 1)
    again.close()


def test_tables_of_an_earlier_program_are_said_where_nothing_can_be_written(
    office: Office,
) -> None:
    with sqlite3.connect(office.file.path) as connection:
        connection.execute('ALTER TABLE "state bupati" RENAME COLUMN read TO other')
    with pytest.raises(KnownProblem, match="tables-of-earlier-program"):
        open_office(office.file.path)


@given(states=st.lists(st.sampled_from([State.EMPTY, State.SINGLE]), min_size=5, max_size=5))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_next_in_a_state_comes_after_one_and_begins_again(
    office: Office, states: list[State]
) -> None:
    tables = office.file.contests[BUPATI]
    keys = sorted(TPS)
    in_state = dict(zip(keys, states, strict=True))
    tables.put((tps, Tally(state, {}, counts=False)) for tps, state in in_state.items())
    tables.sum_all()
    for at, tps in enumerate(["", *keys]):
        order = [*keys[at:], *keys[:at]]
        wanted = next((key for key in order if in_state[key] is State.EMPTY), "")
        assert tables.next_in_state(State.EMPTY, tps) == wanted
