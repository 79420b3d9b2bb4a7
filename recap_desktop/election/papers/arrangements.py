"""The rows of one paper for one contest, as they are printed: definition and choices put together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.election.definitions import forms
from recap_desktop.election.definitions.contests import ChoiceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recap_desktop.election.definitions import papers
    from recap_desktop.election.definitions.contests import Choice, Struck
    from recap_desktop.election.papers.captions import Captions

_STRUCK = "DICORET"
"""The word of KPU's own candidate lists; papers and screens print it alike."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a row (L, P, JML): its word, empty when the row is not split."""

    word: str
    cell: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet (uraian) with its printed lines; a heading has none.

    Attributes:
        number: as printed, in the column NO or before the label.
        labels: what is said of it, each on a line of its own: a pair has two names.
        note: printed after the label in italics.
        ref: how notes name the row: ``I.B.4``.
        inner: whether its number stands before the label, since a heading has the column NO.
        bold: a heading or a total.
        dark: head of a party block.
        closed: columns of figures that hold nothing in this row: its label lies over them.
        lines: what holds figures.
    """

    number: str
    labels: tuple[str, ...]
    note: str = ""
    ref: str = ""
    inner: bool = False
    bold: bool = False
    dark: bool = False
    closed: int = 0
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A block of rows under one title (bagian I, II ...)."""

    number: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All sections of one paper for one contest, in the order of the paper."""

    sections: tuple[Section, ...]

    @property
    def lines(self) -> Iterator[tuple[Row, Line]]:
        """Every printed line that holds figures, with its row."""
        return (
            (row, line) for section in self.sections for row in section.rows for line in row.lines
        )

    @property
    def is_split(self) -> bool:
        """Whether any row has lines of their own for men, women and both."""
        return any(line.word for _, line in self.lines)

    @property
    def cells(self) -> tuple[str, ...]:
        """Every cell that is printed, in paper order."""
        return tuple(line.cell for _, line in self.lines)


def arrange(form: forms.Form, paper: papers.Paper, captions: Captions) -> Arrangement:
    """Put the choices of a contest, and the words of its captions, into a paper of its form."""
    return Arrangement(
        tuple(
            Section(
                number=section.number,
                title=captions.fill(section.title, paper),
                rows=tuple(_rows(form, paper, section, captions)),
            )
            for section in paper.sections
        )
    )


def _rows(
    form: forms.Form, paper: papers.Paper, section: papers.Section, captions: Captions
) -> Iterator[Row]:
    heading = ""
    for line in section.lines:
        if line.key == forms.CHOICES:
            for choice in captions.contest.choices:
                yield from _choice_rows(form.party, section, choice)
            continue
        labels = (captions.fill(line.label, paper),)
        note = captions.fill(line.note, paper)
        if not line.key:
            heading = line.number
            yield Row(line.number, labels, note, bold=True)
            continue
        yield Row(
            number=line.number,
            labels=labels,
            note=note,
            ref=reference(_mark(section), heading, line.number),
            inner=bool(heading),
            bold=line.bold,
            lines=_lines(form.row(line.key), paper),
        )


def _lines(row: forms.Row, paper: papers.Paper) -> tuple[Line, ...]:
    if not row.split:
        return (Line("", row.key),)
    return tuple(
        Line(paper.columns[column], cell)
        for column, cell in zip(forms.COLUMNS, row.cells, strict=True)
    )


def reference(*numbers: str) -> str:
    """Name a row by the numbers above it: ``I.``, ``B.``, ``4.`` become ``I.B.4``.

    A number that repeats the one above it takes its place: ``A.``, ``A.1``, ``4.`` are ``A.1.4``.
    """
    whole = ""
    for number in (number.strip(".") for number in numbers if number):
        repeats = number.startswith(f"{whole}.")
        whole = number if repeats or not whole else f"{whole}.{number}"
    return whole


def _mark(section: papers.Section) -> str:
    """What rows of a section are named by: its number, or its title where it has none."""
    return section.number or section.title


def _choice_rows(
    words: papers.PartyWords, section: papers.Section, choice: Choice
) -> Iterator[Row]:
    number = str(choice.number)
    if choice.kind is not ChoiceKind.PARTY:
        labels = tuple(name for name in (choice.name, choice.running_mate) if name)
        yield Row(
            f"{number}.",
            labels,
            note=struck_note(choice.struck),
            ref=reference(_mark(section), number),
            lines=(Line("", choice.key),),
        )
        return
    names = {"name": choice.name, "number": number}
    party, *listed, total = choice.cells
    note = struck_note(choice.struck)
    yield Row(f"{number}.", (words.head.format_map(names),), note, bold=True, dark=True)
    yield _vote_row("A.1", words.party.format_map(names), party, at=(_mark(section), number))
    if listed:
        yield Row("A.2", (words.candidates.format_map(names),), bold=True)
    for candidate, cell in zip(choice.candidates, listed, strict=True):
        row = _vote_row(
            f"{candidate.number}.",
            candidate.name,
            cell,
            at=(_mark(section), number, "A.2"),
            inner=True,
        )
        yield replace(row, note=struck_note(candidate.struck))
    label = words.total.format_map(names)
    yield _vote_row("B.", label, total, at=(_mark(section), number), bold=True)


def struck_note(struck: Struck | None) -> str:
    """What stands after the name of who was struck (dicoret), with the day; else nothing."""
    if struck is None:
        return ""
    year, month, day = struck.date.split("-")
    return f"({_STRUCK} {day}-{month}-{year})"


def _vote_row(
    number: str,
    label: str,
    cell: str,
    *,
    at: tuple[str, ...],
    inner: bool = False,
    bold: bool = False,
) -> Row:
    ref = reference(*at, number)
    return Row(number, (label,), ref=ref, inner=inner, bold=bold, lines=(Line("", cell),))
