"""What the checks and hints are worth, measured on forms that two people read independently.

``python -m tests.two_readings [FILE]`` prints the table for a file with the columns of
tests/data/two-readings-sumsel-2019.csv.xz, plain or .xz: id_kel, tps, dpt_l, dpt_p, and of each
reading (kpu_, kp_) pas1, pas2 ..., sah, tsah, jum. Empty is not read. Where there is a column
kp_cakupan, only forms that the second reader covered (1) are taken.
"""

from __future__ import annotations

import csv
import lzma
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from recap_desktop.election.checks import rules
from recap_desktop.election.definitions.contests import Station
from recap_desktop.election.definitions.forms import Severity
from tests.election.valid_forms import layout_of
from tests.known_slips import known_slips

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from recap_desktop.election.checks.rules import Finding
    from recap_desktop.election.definitions.forms import Layout

SUMSEL = Path(__file__).parent / "data" / "two-readings-sumsel-2019.csv.xz"

Cells = dict[str, int]
_COLUMNS = {"sah": "valid", "tsah": "invalid", "jum": "cast"}
_LAST = "cast"  # volunteers often left it out


@dataclass(frozen=True)
class Form:
    """One form: what two people read on it, and the DPT of its TPS as the definition knows it."""

    station: Station
    first: Cells
    second: Cells

    @property
    def differs(self) -> bool:
        """Whether a cell that both read is not the same in both."""
        return any(
            self.first[cell] != self.second[cell] for cell in self.first.keys() & self.second
        )

    @property
    def differs_in_votes(self) -> bool:
        """The same without the total of all, which people often leave 0 or copy."""
        both = (self.first.keys() & self.second) - {_LAST}
        return any(self.first[cell] != self.second[cell] for cell in both)


@dataclass
class Table:
    """The figures of the table; forms unless something else is said.

    Attributes:
        forms: how many both read.
        differ: the two readings are not the same.
        by: differing forms that are flagged: "first", "second" reading alone, "either".
        votes: the same for forms that differ in other cells than ``cast`` ("differ" is all).
        rules_of: rule -> differing forms it speaks of, in either reading.
        agree_wrong: both readings are the same and do not add up.
        agree: both readings are the same and add up.
        alarms: rule -> those of ``agree`` it speaks of; "any" for at least one.
        judged: readings that do not add up where the other one does: the truth is known.
        hinted: of these: "cell" truly differs where the first hint points, "figure" is that of
            the other reading, "any" of its hints points at a differing cell; "known" a kind of
            the catalogue explains the difference, "named" the first hint names it.
        kinds: catalogue kind -> (known, named) of these; of a figure several kinds can be true.
        candidates: name of a rule that is not made -> (differing forms that only it would flag,
            forms that agree and add up that it would flag).
    """

    forms: int = 0
    differ: int = 0
    by: Counter[str] = field(default_factory=Counter)
    votes: Counter[str] = field(default_factory=Counter)
    rules_of: Counter[str] = field(default_factory=Counter)
    agree_wrong: int = 0
    agree: int = 0
    alarms: Counter[str] = field(default_factory=Counter)
    judged: int = 0
    hinted: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, list[int]] = field(default_factory=dict)
    candidates: dict[str, list[int]] = field(default_factory=dict)


def read(path: Path) -> list[Form]:
    """The forms of a file of which both readings have every figure but perhaps the last."""
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        return list(_forms(csv.DictReader(file)))


def choices_of(forms: Sequence[Form]) -> int:
    """How many choices the contest has."""
    return sum(cell.startswith("votes.") for cell in forms[0].first)


def _forms(rows: csv.DictReader[str]) -> Iterator[Form]:
    names = [name for name in rows.fieldnames or () if name.startswith("kpu_pas")]
    columns = {f"pas{n}": f"votes.{n}" for n in range(1, len(names) + 1)} | _COLUMNS
    for row in rows:
        first, second = (
            {cell: int(row[who + name]) for name, cell in columns.items() if row[who + name]}
            for who in ("kpu_", "kp_")
        )
        covered = row.get("kp_cakupan", "1") == "1"
        if covered and all(
            len(cells.keys() - {_LAST}) == len(columns) - 1 for cells in (first, second)
        ):
            code = f"{row['id_kel']:0>10}{row['tps']:0>3}"
            men, women = (int(row[name]) if row[name] else None for name in ("dpt_l", "dpt_p"))
            yield Form(Station(code, men, women), first, second)


def measure(forms: Sequence[Form]) -> Table:
    """Judge both readings of every form, each alone."""
    layout = layout_of("ppwp-2024", choices=choices_of(forms))
    table = Table(forms=len(forms))
    beside = _Beside(forms)
    for form in forms:
        if form.differs:
            _take_differing(table, layout, form, beside)
        elif adds_up(form.first):
            _take_right(table, layout, form, beside)
        else:
            table.agree_wrong += 1
    return table


def adds_up(cells: Mapping[str, int]) -> bool:
    """Whether votes make valid, and valid and invalid cast where that is known."""
    votes = sum(n for cell, n in cells.items() if cell.startswith("votes."))
    total = cells.get(_LAST, cells["valid"] + cells["invalid"])
    return votes == cells["valid"] and cells["valid"] + cells["invalid"] == total


def _judge(layout: Layout, form: Form, cells: Cells) -> list[Finding]:
    """From one reading alone; that the last figure was not read is not held against it."""
    found = rules.judge_at(layout, cells, station=form.station, siblings=[form.station])
    return [f for f in found if f.found is not None]


def _take_differing(table: Table, layout: Layout, form: Form, beside: _Beside) -> None:
    table.differ += 1
    by_reading = {
        "first": _judge(layout, form, form.first),
        "second": _judge(layout, form, form.second),
    }
    flagged = {who for who, found in by_reading.items() if found}
    flagged |= {"either"} if flagged else set()
    table.by.update(flagged)
    if form.differs_in_votes:
        table.votes.update({"differ", *flagged})
    table.rules_of.update({f.rule for found in by_reading.values() for f in found})
    if not flagged:
        beside.count(table, form, ("first", "second"), wrong=True)
    for who, other in (("first", form.second), ("second", form.first)):
        cells = getattr(form, who)
        if not adds_up(cells) and adds_up(other) and any(other.values()):
            _take_hints(table, by_reading[who], cells, other, form)


def _take_right(table: Table, layout: Layout, form: Form, beside: _Beside) -> None:
    table.agree += 1
    found = {f.rule for f in _judge(layout, form, form.first)}
    table.alarms.update(found | ({"any"} if found else set()))
    beside.count(table, form, ("first",), wrong=False)


def _take_hints(
    table: Table, found: Sequence[Finding], written: Cells, meant: Cells, form: Form
) -> None:
    table.judged += 1
    first = next((f for f in found if f.severity is Severity.ERROR), None)
    hints = first.hints if first else ()
    # Figures only one of the two read are taken to be right.
    meant = {**written, **meant}
    right = [written.get(hint.cells[0]) != meant.get(hint.cells[0]) for hint in hints]
    table.hinted["cell"] += right[:1] == [True]
    table.hinted["any"] += any(right)
    table.hinted["figure"] += any(h.value == meant.get(h.cells[0]) for h in hints[:1])
    known = known_slips(written, meant, voters=form.station.dpt)
    if known:
        named = bool(hints) and (hints[0].code, hints[0].cells[0]) in known
        table.hinted.update({"known", *({"named"} if named else set())})
        for kind in {code for code, _ in known}:
            count = table.kinds.setdefault(kind, [0, 0])
            count[0] += 1
            count[1] += named


class _Beside:
    """Rules that were tried and not made, and what they look at: the DPT, the rest of the desa."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self._desa: dict[str, list[Form]] = {}
        for form in forms:
            self._desa.setdefault(form.station.tps[:10], []).append(form)

    def count(self, table: Table, form: Form, readings: Sequence[str], *, wrong: bool) -> None:
        """Count a form that no rule speaks of by the rules that would, of any of its readings."""
        desa = [other for other in self._desa[form.station.tps[:10]] if other is not form]
        for name, speaks in CANDIDATES.items():
            count = table.candidates.setdefault(name, [0, 0])
            count[0 if wrong else 1] += any(
                speaks(getattr(form, who), form.station.dpt or 0, [getattr(o, who) for o in desa])
                for who in readings
                if any(getattr(form, who).values())
            )


def _share_away(cells: Cells, others: Sequence[Cells], away: float) -> bool:
    """Whether the first choice has another share here than in the middle TPS of the desa."""
    shares = sorted(c["votes.1"] / c["valid"] for c in others if c["valid"])
    if len(shares) < 3 or not cells["valid"]:
        return False
    return abs(cells["votes.1"] / cells["valid"] - shares[len(shares) // 2]) > away


CANDIDATES: dict[str, Callable[[Cells, int, Sequence[Cells]], bool]] = {
    "same figures as another TPS of the desa": lambda c, _dpt, others: c in others,
    "cast more than DPT + 2 %": lambda c, dpt, _: 50 * c.get("cast", 0) > 51 * dpt + 50,
    "cast more than DPT + 10 %": lambda c, dpt, _: 10 * c.get("cast", 0) > 11 * dpt,
    "cast more than DPT + 50 %": lambda c, dpt, _: 2 * c.get("cast", 0) > 3 * dpt,
    "a figure of 1,000 or more": lambda c, _dpt, _: max(c.values()) >= 1000,
    "cast less than 20 % of the DPT": lambda c, dpt, _: 5 * c.get("cast", dpt) < dpt,
    "cast less than 40 % of the DPT": lambda c, dpt, _: 5 * c.get("cast", dpt) < 2 * dpt,
    "invalid more than valid": lambda c, _dpt, _: c["invalid"] > c["valid"],
    "invalid more than 10 % of valid": lambda c, _dpt, _: 10 * c["invalid"] > c["valid"],
    "choices have the same votes": lambda c, _dpt, _: c["votes.1"] == c["votes.2"],
    "share 40 points from the desa": lambda c, _dpt, others: _share_away(c, others, 0.4),
    "share 60 points from the desa": lambda c, _dpt, others: _share_away(c, others, 0.6),
}


def lines(table: Table) -> list[str]:
    """The table as text, a line each."""
    t = table
    told = ["Two readings of the same form", _line("forms both read", t.forms)]
    told += [
        _line("the readings differ", t.differ),
        _line("  flagged from the first reading alone", t.by["first"], t.differ),
        _line("  flagged from the second reading alone", t.by["second"], t.differ),
        _line("  flagged from at least one of them", t.by["either"], t.differ),
        _line("  found by double entry (by definition)", t.differ, t.differ),
        _line("  found by double entry only", t.differ - t.by["either"], t.differ),
    ]
    told += [_line(f"    {rule} speaks of", n, t.differ) for rule, n in _sorted(t.rules_of)]
    votes = t.votes["differ"]
    told += [
        _line("differ in votes, valid or invalid", votes),
        _line("  flagged from the first reading alone", t.votes["first"], votes),
        _line("  flagged from the second reading alone", t.votes["second"], votes),
        _line("  flagged from at least one of them", t.votes["either"], votes),
        _line("agree and do not add up (double entry finds none)", t.agree_wrong),
        _line("agree and add up", t.agree),
        _line("  false alarms", t.alarms["any"], t.agree),
    ]
    told += [_line(f"    {r}", n, t.agree) for r, n in _sorted(t.alarms) if r != "any"]
    told += ["", "Hints: one reading does not add up and the other does"]
    told += [
        _line("readings that do not add up", t.judged),
        _line("  first hint points at a cell that truly differs", t.hinted["cell"], t.judged),
        _line("  first hint says the figure of the other reading", t.hinted["figure"], t.judged),
        _line("  one of its hints points at a differing cell", t.hinted["any"], t.judged),
        _line("  the cause is a kind of the catalogue", t.hinted["known"], t.judged),
        _line("  of these the first hint names it", t.hinted["named"], t.hinted["known"]),
    ]
    told += [
        _line(f"    {kind}", named, known)
        for kind, (known, named) in sorted(t.kinds.items(), key=lambda item: -item[1][0])
    ]
    told += [
        "",
        "Rules that were tried and are not made: differing forms only they would flag, false alarms",
    ]
    told += [
        f"  {name:<50} {caught:>6} {alarms:>6}" for name, (caught, alarms) in t.candidates.items()
    ]
    return told


def _line(name: str, number: int, of: int = 0) -> str:
    share = f" {number / of:8.2%} of {of}" if of else ""
    return f"{name:<52} {number:>6}{share}"


def _sorted(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if len(sys.argv) > 1 else SUMSEL
    print("\n".join(lines(measure(read(chosen)))))  # noqa: T201 - it talks to a person at a terminal
