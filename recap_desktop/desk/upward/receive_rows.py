"""What the receiving page lists: offices below with what came of each, and what a package would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.desk.looks.appearance import Hue, ink
from recap_desktop.desk.looks.shapes import Shape, icon
from recap_desktop.desk.pieces.table_model import MIDDLE, Column
from recap_desktop.election.wording import number_text
from recap_desktop.office.upward.unit_figures import beside_paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QIcon, QPalette

    from recap_desktop.desk.session import Session
    from recap_desktop.election.checks.phrasing import Phrasing
    from recap_desktop.election.wording import Words
    from recap_desktop.office.upward.children import Child
    from recap_desktop.office.upward.package_changes import Change
    from recap_desktop.office.upward.package_preview import Preview

_MOST, _FEW = 400, 4


@dataclass(frozen=True, slots=True)
class Told:
    """One line about a package: the TPS it speaks of, and what.

    Attributes:
        subject: the TPS in a few words.
        text: what becomes of it.
        hue: whether somebody must look at it.
    """

    subject: str
    text: str
    hue: Hue = Hue.QUIET


def child_columns(words: Words, palette: QPalette) -> list[Column[Child]]:
    """Columns for the offices below."""
    shapes: dict[Hue, QIcon] = {
        Hue.GOOD: icon(Shape.CHECK, ink(palette, Hue.GOOD)),
        Hue.CARE: icon(Shape.TRIANGLE, ink(palette, Hue.CARE)),
        Hue.QUIET: icon(Shape.RING, ink(palette, Hue.QUIET)),
    }

    def name_icon(child: Child) -> QIcon | None:
        is_odd = child.has_alarm or child.disputed or child.moved_on
        return shapes[Hue.GOOD if child.is_final else Hue.CARE if is_odd else Hue.QUIET]

    def came(child: Child) -> str:
        text = words[f"child.{child.came.value}"]
        if child.revision:
            text = words("desk.terima.came-revision", text=text, revision=child.revision)
        return text

    def date(child: Child) -> str:
        return words.date(child.date) if child.date else ""

    def done(child: Child) -> str:
        return f"{number_text(child.done)}/{number_text(child.stations)}"

    return [
        Column(words["desk.terima.office"], lambda child: child.name, icon=name_icon, stretch=3),
        Column(words["desk.terima.state"], lambda child: _state(words, child), stretch=2),
        Column(words["desk.terima.came"], came, stretch=2),
        Column(words["desk.terima.date"], date, widest="28 September 2024"),
        Column("TPS", done, MIDDLE, widest="00.000/00.000"),
    ]


def _state(words: Words, child: Child) -> str:
    """The most pressing thing of an office below."""
    if child.has_alarm:
        return words["desk.terima.state-alarm"]
    if child.conflicts:
        return words("desk.terima.state-conflict", count=child.conflicts)
    if child.disputed:
        return words("desk.terima.state-disputed", count=child.disputed)
    if child.moved_on:
        return words["desk.terima.state-moved-on"]
    return words[f"desk.terima.state-{'final' if child.is_final else 'open'}"]


def told_columns(words: Words) -> list[Column[Told]]:
    """Columns for what a package would do."""
    return [
        Column(words["desk.terima.station"], lambda told: told.subject, stretch=2),
        Column(words["desk.terima.what"], lambda told: told.text, stretch=5),
    ]


def told_lines(session: Session, seen: Preview, phrasing: Phrasing) -> list[Told]:
    """What a package would do, what must be looked at first; beyond many only how many more."""
    lines = list(_lines(session, seen, phrasing))
    more = len(lines) - _MOST
    if more > 0:
        return [*lines[:_MOST], Told("", session.words("desk.terima.more", count=more))]
    return lines


def _lines(session: Session, seen: Preview, phrasing: Phrasing) -> Iterator[Told]:
    words = session.words
    paper = beside_paper(session.office, seen.contest, seen.unit, seen.proved.totals)
    for cell, (typed, came) in paper.items():
        none = words["desk.none"]
        text = words(
            "desk.terima.beside-paper",
            cell=phrasing.cell(cell),
            typed=number_text(typed),
            came=none if came is None else number_text(came),
        )
        yield Told(words["child.paper"], text, Hue.CARE)
    if seen.line is not None:
        count = len(seen.followed)
        yield Told("", words("desk.terima.line", stations=count), Hue.QUIET)
    for tps, fate in seen.rulings.items():
        hue = Hue.CARE if fate.value == "conflict" else Hue.QUIET
        yield Told(session.station(tps), words[f"desk.terima.ruling-{fate.value}"], hue)
    for one in seen.broken:
        code = "accepted" if one.accepted else "broken"
        text = words(f"desk.terima.{code}", rules=", ".join(one.rules))
        yield Told(session.station(one.tps), text, Hue.CARE)
    for change in seen.changes:
        if not change.is_new:
            yield Told(session.station(change.tps), _changed(words, change, phrasing))
    for change in seen.changes:
        if change.is_new:
            yield Told(session.station(change.tps), words["desk.terima.new"])


def _changed(words: Words, change: Change, phrasing: Phrasing) -> str:
    none = words["desk.none"]
    pairs = [
        words(
            "import.change",
            cell=phrasing.cell(cell),
            before=none if old is None else number_text(old),
            after=none if new is None else number_text(new),
        )
        for cell, (old, new) in change.cells.items()
    ]
    more = len(pairs) - _FEW
    text = "; ".join(pairs[:_FEW])
    return words("import.more-cells", cells=text, count=more) if more > 0 else text
