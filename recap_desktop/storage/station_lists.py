"""Which TPS of a contest are in what state, and a few figures of them, of any number of TPS.

The table of tallies is wide: what is asked of 75,000 TPS is only what it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import State
from recap_desktop.storage.schema import OF_NO_TPS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Trouble:
    """What makes a TPS one that somebody must look at (yang perlu dilihat).

    A record beside its state that says something else always does.

    Attributes:
        states: states that do by themselves.
        quiet: states in which figures may contradict themselves and nothing is said.
    """

    states: frozenset[State]
    quiet: frozenset[State]


@dataclass(frozen=True, slots=True)
class Sieve:
    """Which TPS are asked for; what is left out asks for nothing (saringan).

    Attributes:
        under: code of a unit.
        states: the states they may be in; empty is any.
        broken: only those whose figures contradict themselves.
        late: only those beside which a record says something else.
        unread: only those that are still to be read out; a form that never came is not.
        trouble: only those that somebody must look at.
        text: a part of the name of their desa or kecamatan, or of their code without dots.
    """

    under: str = ""
    states: frozenset[State] = frozenset()
    broken: bool = False
    late: bool = False
    unread: bool = False
    trouble: Trouble | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be said of one TPS without its figures (tanda).

    Attributes:
        tps: 13-digit key.
        state: where it stands.
        counts: whether its figures are in the totals.
        late: whether a record beside the state says something else.
        broken: whether its figures contradict themselves.
        read: whether it was read out in the plenary.
    """

    tps: str
    state: State
    counts: bool
    late: bool
    broken: bool
    read: bool


def quoted(name: str) -> str:
    """An SQL identifier, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def _in(states: Iterable[State], values: list[str]) -> str:
    """A condition on the state; what it is bound to is added to the values."""
    bound = sorted(state.value for state in states)
    values += bound
    return f"state IN ({', '.join('?' * len(bound))})"


class StationLists:
    """Answers about many TPS of one contest, read from its table of tallies."""

    def __init__(
        self, connection: sqlite3.Connection, table: str, *, known: Collection[str]
    ) -> None:
        """Read a table.

        Args:
            connection: of the office file.
            table: quoted name of the table of tallies.
            known: the cells it has.
        """
        self._connection = connection
        self._table = table
        self._known = known

    def counted_figures(self, cells: Iterable[str], under: str) -> dict[str, dict[str, int]]:
        """TPS below a unit whose figures count -> some of their cells, those that are filled.

        Cells the form does not have are left away.
        """
        asked = [cell for cell in cells if cell in self._known]
        if not asked:
            return {}
        rows = self._connection.execute(
            f"SELECT tps, {', '.join(map(quoted, asked))} FROM {self._table} "  # noqa: S608 - names are ours, values are bound
            "WHERE tps BETWEEN ? AND ? AND counts",
            (under, under + "~"),
        )
        return {
            tps: {cell: n for cell, n in zip(asked, figures, strict=True) if n is not None}
            for tps, *figures in rows
        }

    def open_marks(self, under: str, *, asks_reading: bool) -> list[Mark]:
        """What is to be said of the TPS below a unit against which something may stand.

        Args:
            under: code of a unit.
            asks_reading: whether that a TPS was not read out stands against it.
        """
        unread = "OR NOT read" if asks_reading else ""
        rows = self._connection.execute(
            f"SELECT tps, state, counts, late > 0, broken > 0, read FROM {self._table} "  # noqa: S608 - names are ours, values are bound
            f"WHERE tps BETWEEN ? AND ? AND (NOT counts OR late > 0 OR broken > 0 "
            f"OR state = ? {unread}) ORDER BY tps",
            (under, under + "~", State.REOPENED.value),
        )
        states = {state.value: state for state in State}
        return [Mark(tps, states[state], *map(bool, said)) for tps, state, *said in rows]

    def next_unread(self, after: str, *, under: str) -> str:
        """The next TPS below a unit that was not read out, round to the beginning; else empty.

        A form that never came has nothing to be read.
        """
        for start in (after, ""):
            row = self._connection.execute(
                f"SELECT tps FROM {self._table} WHERE tps BETWEEN ? AND ? AND tps > ? "  # noqa: S608 - names are ours, values are bound
                "AND NOT read AND state <> ? ORDER BY tps LIMIT 1",
                (under, under + "~", start, State.NOT_DELIVERED.value),
            ).fetchone()
            if row:
                return str(row[0])
        return ""

    def sizes(self, digits: int, under: str) -> list[tuple[str, int]]:
        """How many TPS there are below each beginning of a code with so many digits, in order."""
        return self._connection.execute(
            f"SELECT substr(tps, 1, {digits}), count(*) FROM {self._table} "  # noqa: S608 - names are ours, values are bound
            "WHERE tps BETWEEN ? AND ? GROUP BY 1 ORDER BY 1",
            (under, under + "~"),
        ).fetchall()

    def keys(self, sieve: Sieve, *, order: str = "", descending: bool = False) -> list[str]:
        """TPS that a sieve lets through.

        Args:
            sieve: which TPS.
            order: a cell by whose figure they are ordered, blank ones last; empty is their code.
            descending: the largest figure first.
        """
        where, values = self._where(sieve)
        by = ""
        if order in self._known:
            # Figures that do not count are shown to nobody, so nor may their order tell of them.
            figure = f"CASE WHEN counts THEN {quoted(order)} END"
            by = f"{figure} {'DESC' if descending else 'ASC'} NULLS LAST, "
        rows = self._connection.execute(
            f"SELECT tps FROM {self._table} WHERE {where} ORDER BY {by}tps",  # noqa: S608 - names are ours, values are bound
            values,
        )
        return [row[0] for row in rows]

    def count(self, sieve: Sieve) -> int:
        """How many TPS a sieve lets through."""
        where, values = self._where(sieve)
        sql = f"SELECT count(*) FROM {self._table} WHERE {where}"  # noqa: S608 - as above
        return int(self._connection.execute(sql, values).fetchone()[0])

    def next(self, sieve: Sieve, *, after: str) -> str:
        """The next TPS after one that a sieve lets through, round to the beginning; else empty."""
        where, values = self._where(sieve)
        for start in (after, ""):
            row = self._connection.execute(
                f"SELECT tps FROM {self._table} WHERE tps > ? AND {where} ORDER BY tps LIMIT 1",  # noqa: S608 - as above
                (start, *values),
            ).fetchone()
            if row:
                return str(row[0])
        return ""

    def next_of_others(
        self, state: State, *, contest: str, person: str, after: str, until: str
    ) -> str:
        """The next TPS in a state of which more is known than one entry of a person; else empty.

        What that person alone said once is passed over here; where more was recorded, whose
        figures stand is for the caller to see.

        Args:
            state: the state.
            contest: id of the contest.
            person: id of the person.
            after: the TPS one comes from.
            until: the last TPS that is looked at.
        """
        row = self._connection.execute(
            f"SELECT tps FROM {self._table} AS tally WHERE tps > ? AND tps <= ? AND state = ? "  # noqa: S608 - as above
            "AND (SELECT count(*) <> 1 OR instr(CAST(min(bytes) AS TEXT), ?) = 0 FROM record "
            "WHERE contest = ? AND record.tps = tally.tps AND record.tps <> '' "
            f"AND NOT ({OF_NO_TPS})) ORDER BY tps LIMIT 1",
            (after, until, state.value, f'"person":"{person}"', contest),
        ).fetchone()
        return str(row[0]) if row else ""

    def _where(self, sieve: Sieve) -> tuple[str, Sequence[str]]:
        conditions, values = ["tps BETWEEN ? AND ?"], [sieve.under, sieve.under + "~"]
        if sieve.states:
            conditions.append(_in(sieve.states, values))
        if sieve.broken:
            conditions.append("broken > 0")
        if sieve.late:
            conditions.append("late > 0")
        if sieve.unread:
            conditions.append("NOT read AND state <> ?")
            values.append(State.NOT_DELIVERED.value)
        if sieve.trouble:
            disputed = _in(sieve.trouble.states, values)
            quiet = _in(sieve.trouble.quiet, values)
            conditions.append(f"(late > 0 OR {disputed} OR (broken > 0 AND NOT {quiet}))")
        text = sieve.text.strip().lower()
        if text:
            # Names of Indonesian units are plain letters: lower() of SQLite knows no others.
            units = "SELECT code FROM unit WHERE instr(lower(name), ?)"
            lengths = [
                f"substr(tps, 1, {level.value}) IN ({units} AND length(code) = {level.value})"
                for level in (Level.KECAMATAN, Level.DESA)
            ]
            conditions.append(f"({' OR '.join((*lengths, 'instr(tps, ?)'))})")
            values += [text, text, text.replace(".", "").replace(" ", "") or text]
        return " AND ".join(conditions), values
