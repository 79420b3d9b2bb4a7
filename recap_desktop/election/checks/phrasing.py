"""Findings in words: what is written, what adds up, where to look; in one of two voices.

The sentences stand in resources/words (findings.toml, voices.toml); rows are called as the
C.HASIL of the contest calls them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.checks.rules import INCOMPLETE, SUM, UNLIKELY
from recap_desktop.election.checks.voices import Voice
from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.contests import ChoiceKind
from recap_desktop.election.definitions.forms import CHOICES
from recap_desktop.election.figures import counts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recap_desktop.election.checks.hints import Hint
    from recap_desktop.election.checks.rules import Finding
    from recap_desktop.election.definitions.contests import Choice, Contest
    from recap_desktop.election.definitions.forms import Form
    from recap_desktop.election.wording import Words

_PAPER = "c-hasil"
_MOST_NAMES = 3
_PLACES = ("cell", "other")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A finding as people read it.

    Attributes:
        title: a few words, the same for every finding of a rule.
        text: one sentence with the figures.
        hints: a sentence each, best first; none for who shall look again.
    """

    title: str
    text: str
    hints: tuple[str, ...]


class Phrasing:
    """Words findings of one contest."""

    def __init__(self, words: Words, form: Form, contest: Contest) -> None:
        """Name the cells of a contest as its C.HASIL does."""
        self._words = words
        self._rows = _row_names(words, form, contest)

    def row(self, cell: str) -> str:
        """What the row of a cell is called, or the choice that the cell is of."""
        return self._rows.get(counts.row_key(cell), cell)

    def cell(self, cell: str) -> str:
        """What a cell is called: its row and, where that is split, its column."""
        column = counts.column(cell)
        if not column:
            return self.row(cell)
        return self._words("finding-cell.column", row=self.row(cell), column=self._column(column))

    def say(self, finding: Finding, voice: Voice = Voice.EXACT) -> Phrase:
        """A finding and its hints as sentences, in the voice of whom they are for."""
        title = self._words[f"finding-title.{_code(finding)}"]
        # A sum of units is made by the program: nobody looks again at what they typed.
        if voice is Voice.LOOK_AGAIN and finding.rule != SUM:
            return Phrase(title, self._look_again(finding), ())
        return Phrase(title, self._text(finding), tuple(map(self.hint, finding.hints)))

    def hint(self, hint: Hint) -> str:
        """One hint as a sentence; it names the unit, the cells and the figures it speaks of."""
        details: dict[str, str | int] = {}
        for place, cell in zip(_PLACES, hint.cells, strict=False):
            details[place] = self.cell(cell)
            details[f"{place}_row"] = self.row(cell)
        if hint.tps:
            details["unit"] = _unit(self._words, hint.tps)
        details |= _filled(written=hint.written, value=hint.value)
        return self._words(f"hint.{hint.code}", **details)

    def _look_again(self, finding: Finding) -> str:
        blank = finding.found is None
        code = f"look-again{'-blank' if blank else ''}.{_code(finding)}"
        return self._words(code, look=self._places(finding.cells), **self._details(finding))

    def _places(self, cells: Sequence[str]) -> str:
        """Some cells row by row, so that nobody takes a column for a cell of its own."""
        columns: dict[str, list[str]] = {}
        for cell in cells:
            column = counts.column(cell)
            columns.setdefault(self.row(cell), []).extend([self._column(column)] if column else [])
        named = [
            self._words("look-cell.columns", row=row, columns=", ".join(own)) if own else row
            for row, own in columns.items()
        ]
        shown, more = ", ".join(named[:_MOST_NAMES]), len(named) - _MOST_NAMES
        return self._words("look-cell.more", cells=shown, count=more) if more > 0 else shown

    def _text(self, finding: Finding) -> str:
        details = self._details(finding)
        code = _code(finding)
        if finding.found is None:
            return self._words(f"finding-blank.{code}", **details)
        if finding.expected is None and finding.rule == SUM:
            return self._words(f"finding-alone.{code}", **details)
        return self._words(f"finding.{code}", **details)

    def _details(self, finding: Finding) -> dict[str, str | int]:
        first, *rest = finding.cells
        details: dict[str, str | int] = {
            "cell": self.cell(first),
            "row": self.row(first),
            "part": self.cell(rest[0]) if rest else "",
            "last": self.cell(finding.cells[-1]),
            "contest": ", ".join(finding.beside),
        }
        if finding.rule == INCOMPLETE:
            details["blank"] = self._several(
                finding.cells if finding.expected is None else finding.cells[:-1]
            )
        return details | _filled(expected=finding.expected, found=finding.found)

    def _several(self, cells: Sequence[str]) -> str:
        """The first of some cells by name, and how many more there are."""
        names = ", ".join(self.cell(cell) for cell in cells[:_MOST_NAMES])
        more = len(cells) - _MOST_NAMES
        return self._words("finding-cell.more", cells=names, count=more) if more > 0 else names

    def _column(self, column: str) -> str:
        return self._words[f"finding-cell.{column}"]


def _code(finding: Finding) -> str:
    """The rule; R17 of a form that is all zero has sentences of its own."""
    if finding.rule == UNLIKELY and finding.expected is None:
        return "all-zero"
    return finding.rule


def _filled(**numbers: int | None) -> dict[str, int]:
    return {name: number for name, number in numbers.items() if number is not None}


def _unit(words: Words, code: str) -> str:
    if regions.level_of(code) is regions.Level.TPS:
        return words("finding-cell.station", number=regions.station_number(code))
    return regions.dotted(code)


def _row_names(words: Words, form: Form, contest: Contest) -> dict[str, str]:
    names = {
        line.key: line.label
        for section in form.papers[_PAPER].sections
        for line in section.lines
        if line.key and line.key != CHOICES
    }
    for choice in contest.choices:
        names |= _choice_names(words, choice)
    return names


def _choice_names(words: Words, choice: Choice) -> Mapping[str, str]:
    about = {"number": str(choice.number), "name": choice.name}
    if choice.kind is not ChoiceKind.PARTY:
        return {choice.key: words("finding-cell.choice", **about)}
    names = {
        f"{choice.key}.party": words("finding-cell.party", **about),
        f"{choice.key}.total": words("finding-cell.party-total", **about),
    }
    for candidate in choice.candidates:
        listed = {"candidate": candidate.name, "candidate_number": str(candidate.number)}
        name = words("finding-cell.candidate", **about, **listed)
        names[f"{choice.key}.{candidate.number}"] = name
    return names
