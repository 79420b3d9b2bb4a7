"""Which cell of a form a heading of somebody else's table means, and whether that is sure."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.contests import ChoiceKind
from recap_desktop.election.tables.heading_names import (
    folded,
    row_names,
    sex_of,
    without_number,
    without_numbers,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.election.definitions.contests import Candidate, Choice, Contest
    from recap_desktop.election.definitions.forms import Layout

_NEAR = 0.82
_CUES = frozenset(
    ("paslon", "pasangan", "calon", "capres", "nomor", "urut", "no", "nomer", "caleg")
)
"""Words that make a number the number of a choice."""

_AROUND = _CUES | {"suara", "perolehan", "dan", "wakil", "jumlah", "partai", "cawapres"}
_BOTH = re.compile(r"(?i)\bl\s*[+&/]\s*p\b")
_SEPARATORS = re.compile(r"[()_\-,:/]")
_SHORTEST = 3
"""Letters of a word by which a name is known; titles are shorter."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a heading means: a cell, or nothing that is known; unsure ones are asked about."""

    cell: str = ""
    is_sure: bool = False


NOTHING = Match()


@dataclass(frozen=True, slots=True)
class _Named:
    """Somebody who is voted for: number, names, and the cell of the votes."""

    number: int
    name: tuple[str, ...]
    whole: tuple[str, ...]
    cell: str


class Matcher:
    """Knows the headings of one contest: keys, labels of its papers, short names, its choices."""

    def __init__(self, layout: Layout, contest: Contest) -> None:
        """Learn the names of a contest's cells."""
        self._layout = layout
        self._rows = row_names(layout.form)
        self._split = {row.key for row in layout.form.rows if row.split}
        self._words = layout.form.party
        self._parties = [c for c in contest.choices if c.kind is ChoiceKind.PARTY]
        self._choices = [
            _named(c.number, c.name, c.running_mate, c.key)
            for c in contest.choices
            if c.kind is not ChoiceKind.PARTY
        ]

    def match(
        self,
        label: str,
        *,
        above: str = "",
        line: str = "",
        party: Choice | None = None,
        is_far: bool = True,
    ) -> Match:
        """What a heading means.

        Args:
            label: the heading itself, its number before it.
            above: the heading it stands under; empty for none.
            line: what stands beside it (``L``, ``JML``); empty for none.
            party: the party whose block it stands in.
            is_far: whether a name that is only like one of a row is proposed too.
        """
        key = label.strip()
        column = sex_of(line) if line else ""
        for cell in (key, f"{key}.{column}"):
            if cell in self._layout.known:
                return Match(cell, is_sure=True)
        if party is not None:
            found = self._in_party(party, label)
            if found.cell:
                return found
        exact = self._row(label, above, line)
        if exact.cell:
            return exact
        chosen = _choice(self._choices, label)
        if not chosen.cell and above:
            chosen = _choice(self._choices, f"{above} {label}")
        if chosen.cell:
            return chosen
        own_party = self.party(label)
        if own_party is not None:
            is_line = without_number(label)[0].upper().startswith("A.1")
            return Match(f"{own_party.key}.party", is_sure=is_line)
        return self._near(label, line) if is_far else NOTHING

    def party(self, text: str) -> Choice | None:
        """The party that a heading names; numbers before the name must be its own."""
        numbers, rest = without_numbers(text)
        said = [word for word in words_of(rest) if word != "partai"]
        for choice in self._parties:
            if said and said == [word for word in words_of(choice.name) if word != "partai"]:
                return choice if numbers <= {choice.number} else None
        return None

    def is_candidates(self, text: str) -> bool:
        """Whether a heading stands above the candidates of a party."""
        return bool(self._parties) and folded(text) in (
            folded(self._words.candidates),
            "suara calon",
        )

    def _row(self, label: str, above: str, line: str) -> Match:
        """An exact name of a row, with the heading above it or alone."""
        column = sex_of(line) if line else ""
        for text in (f"{above} {without_number(label)[1]}", label) if above else (label,):
            rest, last = ("", "") if line else _without_sex(text)
            row = self._rows.get(folded(rest), "") if last else ""
            if row:
                return self._cell(row, last, has_line=True)
            row = self._rows.get(folded(text), "")
            if row:
                return self._cell(row, column, has_line=bool(line))
        return NOTHING

    def _cell(self, row: str, column: str, *, has_line: bool) -> Match:
        if row in self._split:
            # Without a word for it a figure is most likely of both sexes; that is asked.
            return Match(f"{row}.{column or 'jml'}", is_sure=bool(column))
        is_own = not has_line or column == "jml"
        return Match(row if is_own else "", is_sure=is_own)

    def _near(self, label: str, line: str) -> Match:
        rest, last = (label, line) if line else _without_sex(label)
        near = difflib.get_close_matches(folded(rest), self._rows, n=1, cutoff=_NEAR)
        if not near:
            return NOTHING
        found = self._cell(self._rows[near[0]], sex_of(last), has_line=bool(last))
        return Match(found.cell)

    def _in_party(self, party: Choice, label: str) -> Match:
        text = folded(label)
        if text in (folded(self._words.party), "suara partai", "suara partai politik"):
            return Match(f"{party.key}.party", is_sure=True)
        total = folded(self._words.total)
        if text in (total, "suara sah partai calon", "suara sah partai politik suara calon"):
            return Match(f"{party.key}.total", is_sure=True)
        own = self.party(label)
        if own is party:
            return Match(f"{party.key}.party", is_sure=True)
        return _choice([_listed(party, one) for one in party.candidates], label)


def _without_sex(text: str) -> tuple[str, str]:
    """A heading without the words for men, women or both at its end, and the column they name."""
    plain = _BOTH.sub(" lp ", text)
    words, column = _SEPARATORS.sub(" ", plain).split(), ""
    while len(words) > 1 and sex_of(words[-1]) and column in ("", sex_of(words[-1])):
        column = sex_of(words.pop())
    return (" ".join(words), column) if column else (text, "")


def _named(number: int, name: str, mate: str, cell: str) -> _Named:
    return _Named(number, tuple(words_of(name)), tuple(words_of(f"{name} {mate}")), cell)


def _listed(party: Choice, candidate: Candidate) -> _Named:
    cell = f"{party.key}.{candidate.number}"
    return _named(candidate.number, candidate.name, "", cell)


def _choice(named: Sequence[_Named], text: str) -> Match:
    """The choice that a heading means: name and number must not contradict each other."""
    leading, rest = without_numbers(text)
    words = words_of(rest)
    numbers = leading | {int(word) for word in words if word.isdigit()}
    number = next(iter(numbers)) if len(numbers) == 1 else 0
    said = [word for word in words if not word.isdigit() and word not in _AROUND]
    exact = [one for one in named if _is_whole(one, words, said)]
    partly = exact or ([one for one in named if _is_part(one, said)] if said else [])
    if len(partly) == 1:
        one = partly[0]
        is_sure = number == one.number or (bool(exact) and not numbers)
        return Match(one.cell, is_sure=is_sure)
    if partly:
        same = [one for one in partly if one.number == number]
        return Match(same[0].cell, is_sure=bool(exact)) if same else NOTHING
    by_number = [one for one in named if one.number == number]
    if by_number and _CUES & set(words):
        return Match(by_number[0].cell, is_sure=not said)
    return NOTHING


def _is_whole(one: _Named, words: Sequence[str], said: Sequence[str]) -> bool:
    plain = [word for word in words if not word.isdigit()]
    told = {tuple(plain), tuple(said), tuple(word for word in plain if word != "dan")}
    return bool(told & {one.name, one.whole})


def _is_part(one: _Named, said: Sequence[str]) -> bool:
    """Whether a name is told in part, or with titles around it."""
    core = {word for word in said if len(word) >= _SHORTEST}
    own = {word for word in one.name if len(word) >= _SHORTEST}
    return bool(core and own) and (core <= set(one.whole) or own <= core)
