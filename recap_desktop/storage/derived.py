"""The derived tables of one contest: its tallies, one wide row a TPS, and totals.

Everything here can be thrown away and made again from the journal. The columns are the cells
of the form, under their own keys, so that an auditor can read the table with any SQLite tool.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import State, Tally
from recap_desktop.election.figures.totals import Total
from recap_desktop.storage.broken_sql import broken_sql
from recap_desktop.storage.row_figures import RowFigures
from recap_desktop.storage.station_lists import StationLists, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sqlite_utils import Database

    from recap_desktop.election.definitions.forms import Layout

_DESA = Level.DESA.value
_KECAMATAN = Level.KECAMATAN.value
_NOT_DELIVERED = f"count(*) FILTER (WHERE state = '{State.NOT_DELIVERED.value}')"
_MANY = 64
"""From so many desa on, adding up all of them at once is quicker."""


@dataclass(frozen=True, slots=True)
class StoredTally:
    """A tally as the table holds it, with what the overview needs.

    Attributes:
        tps: 13-digit key.
        tally: state and figures (without the ids of its records).
        broken: number of checks (errors) that do not hold in these figures.
        late: number of records beside the state that say something else.
    """

    tps: str
    tally: Tally
    broken: int
    late: int


@dataclass(frozen=True, slots=True)
class UnitState:
    """How many TPS of a unit are in one state.

    Attributes:
        unit: code of the unit.
        state: the state.
        stations: TPS in it.
        counted: those of them in the totals.
        broken: those of them whose figures contradict themselves.
        read: those of them that were read out in the plenary.
        late: those of them beside which a record says something else.
        both: those of them that are broken and late.
    """

    unit: str
    state: State
    stations: int
    counted: int
    broken: int
    read: int
    late: int
    both: int


def _filled(cell: str) -> str:
    return f"{cell} filled"


def _sums(
    heads: Iterable[str], sums: Iterable[str], filled: Iterable[str], *, of: str, source: str
) -> str:
    columns = ", ".join((of, *heads, *sums, *filled))
    return f"SELECT {columns} FROM {source}"  # noqa: S608 - every part is this module's own


class ContestTables:
    """Tallies and totals of one contest in the office file.

    Attributes:
        contest_id: the contest.
        cells: cell keys in paper order.
        known: the same, to look one up.
        lists: which TPS are in what state, of any number of them.
    """

    def __init__(self, db: Database, contest_id: str, layout: Layout) -> None:
        """Name the tables; ``create`` makes them."""
        self._db = db
        self.contest_id = contest_id
        self.cells = layout.cells
        self.known = layout.known
        self._places = {cell: at for at, cell in enumerate(layout.cells, start=4)}
        self._keys: frozenset[str] | None = None
        self._desas: tuple[str, ...] | None = None
        self._layout = layout
        self._tally = quoted(f"tally {contest_id}")
        self._total = quoted(f"total {contest_id}")
        self._state = quoted(f"state {contest_id}")
        self.lists = StationLists(db.conn, self._tally, known=layout.known)
        self._columns = ", ".join(quoted(cell) for cell in self.cells)
        sets = ", ".join(f"{quoted(cell)} = ?" for cell in self.cells)
        self._update = f"UPDATE {self._tally} SET state = ?, counts = ?, late = ?, read = ?, {sets} WHERE tps = ?"  # noqa: S608 - names are ours, values are bound
        into = f"INSERT OR REPLACE INTO {self._total} "
        self._sum_desa = into + _sums(
            ("count(*)", "count(*) FILTER (WHERE counts)", _NOT_DELIVERED),
            (f"sum({quoted(cell)}) FILTER (WHERE counts)" for cell in self.cells),
            (f"count({quoted(cell)}) FILTER (WHERE counts)" for cell in self.cells),
            of=f"substr(tps, 1, {_DESA})",
            source=f"{self._tally} WHERE tps BETWEEN ? AND ? GROUP BY 1",
        )
        self._sum_kecamatan = into + self._sum_of_totals(_KECAMATAN, of=_DESA)
        self._sum_states = f"INSERT INTO {self._state} {self._states_of_tallies(_DESA)}"

    def _sum_of_totals(self, digits: int, *, of: int) -> str:
        """SQL that adds up stored totals of units with ``of`` digits under shorter codes."""
        return _sums(
            ("sum(stations)", "sum(counted)", "sum(not_delivered)"),
            (f"sum({quoted(cell)})" for cell in self.cells),
            (f"sum({quoted(_filled(cell))})" for cell in self.cells),
            of=f"substr(code, 1, {digits})",
            source=f"{self._total} WHERE code BETWEEN ? AND ? AND length(code) = {of} GROUP BY 1",
        )

    def _states_of_tallies(self, digits: int) -> str:
        """SQL that counts the TPS in each state below units with so many digits."""
        return (
            f"SELECT substr(tps, 1, {digits}), state, count(*), count(*) FILTER (WHERE counts), "  # noqa: S608 - names are ours, values are bound
            f"count(*) FILTER (WHERE broken > 0), count(*) FILTER (WHERE read), "
            f"count(*) FILTER (WHERE late > 0), count(*) FILTER (WHERE late > 0 AND broken > 0) "
            f"FROM {self._tally} WHERE tps BETWEEN ? AND ? GROUP BY 1, 2"
        )

    def create(self, tps: Iterable[str]) -> None:
        """Make the tables, with an empty tally for every TPS and totals of nothing."""
        cells = ", ".join(f"{quoted(cell)} INTEGER" for cell in self.cells)
        broken = broken_sql(self._layout)
        self._db.execute(
            f"CREATE TABLE {self._tally} (tps TEXT PRIMARY KEY, state TEXT NOT NULL, "
            f"counts INTEGER NOT NULL, late INTEGER NOT NULL, read INTEGER NOT NULL, {cells}, "
            f"broken INTEGER GENERATED ALWAYS AS ({broken}) STORED) STRICT"
        )
        filled = ", ".join(f"{quoted(_filled(cell))} INTEGER NOT NULL" for cell in self.cells)
        self._db.execute(
            f"CREATE TABLE {self._total} (code TEXT PRIMARY KEY, stations INTEGER NOT NULL, "
            f"counted INTEGER NOT NULL, not_delivered INTEGER NOT NULL, {cells}, {filled}) STRICT, WITHOUT ROWID"
        )
        self._create_states()
        self._db.conn.executemany(
            f"INSERT INTO {self._tally} (tps, state, counts, late, read) VALUES (?, ?, 0, 0, 0)",  # noqa: S608 - names are ours, values are bound
            ((key, State.EMPTY.value) for key in tps),
        )
        self.sum_all()

    def _create_states(self) -> None:
        self._db.execute(
            f"CREATE TABLE {self._state} (code TEXT NOT NULL, state TEXT NOT NULL, "
            f"stations INTEGER NOT NULL, counted INTEGER NOT NULL, broken INTEGER NOT NULL, "
            f"read INTEGER NOT NULL, late INTEGER NOT NULL, both INTEGER NOT NULL, "
            f"PRIMARY KEY (code, state)) STRICT, WITHOUT ROWID"
        )

    def are_current(self) -> bool:
        """Whether the tables have every column and rule of today; those of earlier programs do not."""
        columns = self._db.execute(f"PRAGMA table_info({self._state})").fetchall()
        ((made,),) = self._db.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", [f"tally {self.contest_id}"]
        )
        known = {"read", "both"} <= {column[1] for column in columns}
        return known and broken_sql(self._layout) in made

    def drop(self) -> None:
        """Throw the tables away, to make them again."""
        self.forget()
        for table in (self._tally, self._total, self._state):
            self._db.execute(f"DROP TABLE IF EXISTS {table}")

    def forget(self) -> None:
        """Read again which TPS and desa there are, when it is next asked for."""
        self._keys = self._desas = None

    def put(self, tallies: Iterable[tuple[str, Tally]]) -> None:
        """Write tallies over the ones that stand there; the totals are the caller's next step."""
        cells = self.cells
        self._db.conn.executemany(
            self._update,
            (
                (
                    t.state.value,
                    int(t.counts),
                    len(t.late),
                    int(t.read),
                    *map(t.cells.get, cells),
                    tps,
                )
                for tps, t in tallies
            ),
        )

    def sum_desas(self, desas: Collection[str]) -> None:
        """Add up some desa afresh from their TPS, and their kecamatan from the desa."""
        if len(desas) > _MANY:
            self.sum_all()
            return
        for desa in desas:
            self._db.conn.execute(self._sum_desa, (desa, desa + "~"))
            self._count_states(desa)
        for kecamatan in {desa[:_KECAMATAN] for desa in desas}:
            self._db.conn.execute(self._sum_kecamatan, (kecamatan, kecamatan + "~"))

    def sum_all(self) -> None:
        """Add up every desa and kecamatan afresh."""
        self._db.conn.execute(self._sum_desa, ("", "~"))
        self._db.conn.execute(self._sum_kecamatan, ("", "~"))
        self._count_states("")

    def _count_states(self, under: str) -> None:
        """Count the TPS of each state afresh, in one desa or in all."""
        between = (under, under + "~")
        self._db.conn.execute(f"DELETE FROM {self._state} WHERE code BETWEEN ? AND ?", between)  # noqa: S608 - names are ours, values are bound
        self._db.conn.execute(self._sum_states, between)

    def station_keys(self) -> frozenset[str]:
        """Every TPS of the contest in this office."""
        if self._keys is None:
            rows = self._db.conn.execute(f"SELECT tps FROM {self._tally}")  # noqa: S608 - names are ours
            self._keys = frozenset(row[0] for row in rows)
        return self._keys

    def desas(self) -> tuple[str, ...]:
        """Every desa with a TPS of the contest in this office, in code order."""
        if self._desas is None:
            rows = self._db.conn.execute(
                f"SELECT code FROM {self._total} WHERE length(code) = {_DESA} ORDER BY code"  # noqa: S608 - names are ours
            )
            self._desas = tuple(row[0] for row in rows)
        return self._desas

    def first_stations(self, under: str, most: int) -> list[str]:
        """The first TPS of the contest below a unit, in code order, so many at most."""
        rows = self._db.conn.execute(
            f"SELECT tps FROM {self._tally} WHERE tps BETWEEN ? AND ? ORDER BY tps LIMIT ?",  # noqa: S608 - names are ours, values are bound
            (under, under + "~", most),
        )
        return [row[0] for row in rows]

    def tally(self, tps: str) -> StoredTally | None:
        """The stored tally of a TPS; None when the contest is not held there."""
        return next(self.tallies(tps), None)

    def tallies(self, under: str = "", *, only: str = "1") -> Iterator[StoredTally]:
        """Stored tallies of all TPS below a unit, in code order.

        Args:
            under: code of the unit, or of one TPS.
            only: an SQL condition of this module's own.
        """
        rows = self._db.conn.execute(
            f"SELECT tps, state, counts, late, read, broken, {self._columns} FROM {self._tally} "  # noqa: S608 - names are ours, values are bound
            f"WHERE tps BETWEEN ? AND ? AND {only} ORDER BY tps",
            (under, under + "~"),
        )
        return map(self._stored, rows)

    def broken(self, under: str = "") -> Iterator[StoredTally]:
        """Stored tallies in which some check (error) does not hold."""
        return self.tallies(under, only="broken > 0")

    def _stored(self, row: Sequence[object]) -> StoredTally:
        tps, state, counts, late, read, broken = row[:6]
        cells = {key: n for key, n in zip(self.cells, row[6:], strict=True) if isinstance(n, int)}
        return StoredTally(
            tps=str(tps),
            tally=Tally(State(state), cells, counts=bool(counts), read=bool(read)),
            broken=int(str(broken)),
            late=int(str(late)),
        )

    def states(self, level: Level, under: str = "") -> list[UnitState]:
        """How many TPS are in each state, per unit of a level.

        Those of desa are stored; those above are sums of desa.
        """
        sql = self._states_of_tallies(level.value)
        if len(under) <= _DESA and level is not Level.TPS:
            sql = (
                f"SELECT substr(code, 1, {level.value}), state, sum(stations), sum(counted), "  # noqa: S608 - names are ours, values are bound
                f"sum(broken), sum(read), sum(late), "
                f"sum(both) FROM {self._state} WHERE code BETWEEN ? AND ? GROUP BY 1, 2"
            )
        rows = self._db.conn.execute(sql, (under, under + "~"))
        return [UnitState(unit, State(state), *numbers) for unit, state, *numbers in rows]

    def next_in_state(self, state: State, after: str) -> str:
        """The next TPS after one that is in a state, round to the beginning; else empty."""
        for start in (after, ""):
            for desa in self._desas_with(state, start):
                row = self._db.conn.execute(
                    f"SELECT tps FROM {self._tally} WHERE tps > ? AND tps BETWEEN ? AND ? "  # noqa: S608 - names are ours, values are bound
                    "AND state = ? ORDER BY tps LIMIT 1",
                    (start, desa, desa + "~", state.value),
                ).fetchone()
                if row:
                    return str(row[0])
        return ""

    def first_in_state(self, state: State, under: str) -> str:
        """The first TPS below a unit that is in a state; empty where none is."""
        row = self._db.conn.execute(
            f"SELECT tps FROM {self._tally} WHERE tps BETWEEN ? AND ? AND state = ? "  # noqa: S608 - names are ours, values are bound
            "ORDER BY tps LIMIT 1",
            (under, under + "~", state.value),
        ).fetchone()
        return str(row[0]) if row else ""

    def _desas_with(self, state: State, after: str) -> list[str]:
        """The desa of a TPS and the next one that hold a TPS in a state."""
        rows = self._db.conn.execute(
            f"SELECT code FROM {self._state} WHERE state = ? AND code >= ? ORDER BY code LIMIT 2",  # noqa: S608 - names are ours, values are bound
            (state.value, after[:_DESA]),
        )
        return [row[0] for row in rows]

    def totals(self, level: Level, under: str = "") -> list[Total]:
        """Totals of every unit of a level from provinsi to desa, in code order.

        Those of desa and kecamatan are stored; those above are sums of kecamatan.
        """
        between = (under, under + "~")
        if level.value < _KECAMATAN:
            sql = self._sum_of_totals(level.value, of=_KECAMATAN) + " ORDER BY 1"
            return [self._stored_total(row) for row in self._db.conn.execute(sql, between)]
        # A province has 6,000 desa, and of a form with 250 cells few are blank: how many TPS
        # filled each of them is read where that is not all.
        of_level = f"{self._total} WHERE code BETWEEN ? AND ? AND length(code) = {level.value}"
        filled = " + ".join(quoted(_filled(cell)) for cell in self.cells)
        lacking = f"SELECT * FROM {of_level} AND {filled} < counted * {len(self.cells)}"  # noqa: S608 - names are ours, values are bound
        short = {row[0]: row for row in self._db.conn.execute(lacking, between)}
        sql = (
            f"SELECT code, stations, counted, not_delivered, {self._columns} "  # noqa: S608 - names are ours, values are bound
            f"FROM {of_level} ORDER BY code"
        )
        return [
            self._stored_total(short[row[0]]) if row[0] in short else self._whole_total(row)
            for row in self._db.conn.execute(sql, between)
        ]

    def _whole_total(self, row: Sequence[Any]) -> Total:
        """A stored total in which every counted TPS filled every cell."""
        code, stations, counted, not_delivered = row[:4]
        known = RowFigures(self._places, row) if counted else {}
        return Total(code, stations, counted, not_delivered, known, {})

    def _stored_total(self, row: Sequence[Any]) -> Total:
        code, stations, counted, not_delivered, *figures = row
        cells = self.cells
        sums, filled = figures[: len(cells)], figures[len(cells) :]
        return Total(
            code=code,
            stations=stations,
            counted=counted,
            not_delivered=not_delivered,
            sums={k: n for k, n in zip(cells, sums, strict=True) if n is not None},
            blanks={k: counted - n for k, n in zip(cells, filled, strict=True) if n < counted},
        )

    def stored_rows(self) -> list[tuple[object, ...]]:
        """Every row of the tables as stored, to compare one making of them with another."""
        rows: list[tuple[object, ...]] = []
        for table in (self._tally, self._total, self._state):
            rows.extend(self._db.conn.execute(f"SELECT * FROM {table} ORDER BY 1, 2"))  # noqa: S608 - names are ours, values are bound
        return rows
