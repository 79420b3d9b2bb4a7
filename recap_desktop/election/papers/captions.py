"""Titles and labels of a form's papers, filled in for one contest and unit.

Texts of a form definition may hold these blanks: ``{jenis}`` the kind of contest (its title, in
the model box its model name, and ``{jenis_rekap}`` that of recap sheets), ``{tahun}`` the year of
the vote, ``{wilayah}`` the contest's region, ``{desa_kelurahan}`` and ``{kecamatan}`` what these
units are called there, ``{rumus}`` the sum of all choices as the paper writes it
(``IV.1 + IV.2``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions import contests, forms, regions

if TYPE_CHECKING:
    from recap_desktop.election.definitions.contest_kinds import Kind
    from recap_desktop.election.definitions.contests import Contest, Election
    from recap_desktop.election.definitions.papers import Paper, Section

_SHORT = {"KAB.": "KABUPATEN", "KAB": "KABUPATEN"}
"""Permendagri of 2018 and before write it short."""

_MANY = 6
"""From this many choices on, only the first two and the last of a sum are written out."""


@dataclass(frozen=True, slots=True)
class Captions:
    """The printed words of a contest's papers (judul, kotak model, uraian).

    Attributes:
        contest: whose papers they are.
        kind: its kind on the form.
        region: the contest's region in capitals, e.g. ``KABUPATEN CIAMIS``.
        village: what the desa of the paper is called, in capitals.
        district: what the kecamatan is called there, in capitals.
        year: of the vote.
    """

    contest: Contest
    kind: Kind
    region: str
    village: str
    district: str
    year: str

    @classmethod
    def of(cls, election: Election, contest_id: str, unit: str = "") -> Captions:
        """Words for the papers of a contest; ``unit`` is the code the paper is about."""
        contest = election.contest(contest_id)
        return cls(
            contest=contest,
            kind=election.kind(contest_id),
            region=", ".join(full_name(election.tree, code) for code in contest.regions),
            village=_village(election.tree, unit or contest.regions[0]),
            district=election.tree.called(unit or contest.regions[0], "kecamatan"),
            year=election.date[:4],
        )

    def titles(self, paper: Paper) -> tuple[str, ...]:
        """Title lines of a paper."""
        return tuple(self.fill(line, paper) for line in paper.titles)

    def model(self, paper: Paper) -> tuple[str, ...]:
        """Lines of its model box."""
        return tuple(
            line.format(jenis=self.kind.model, jenis_rekap=self.kind.recap) for line in paper.model
        )

    def fill(self, text: str, paper: Paper) -> str:
        """Any other text of a paper: a section title, a label, a note."""
        return text.format(
            jenis=self.kind.title,
            tahun=self.year,
            wilayah=self.region,
            desa_kelurahan=self.village,
            kecamatan=self.district,
            rumus=self._sum(paper),
        )

    def _sum(self, paper: Paper) -> str:
        number = _number_of_choices(paper.sections)
        numbered = [
            f"{number}.{choice.number}" + (".B" if choice.kind is contests.ChoiceKind.PARTY else "")
            for choice in self.contest.choices
        ]
        if len(numbered) > _MANY:
            numbered = [*numbered[:2], "\N{HORIZONTAL ELLIPSIS}", numbered[-1]]
        return " + ".join(numbered)


def full_name(tree: regions.RegionTree, code: str) -> str:
    """A region as titles name it, in capitals with its unit: ``PROVINSI JAWA BARAT``."""
    return f"{tree.called(code)} {bare_name(tree, code)}"


def bare_name(tree: regions.RegionTree, code: str) -> str:
    """A unit's name in capitals, without the word for what it is: ``CIAMIS``.

    Lists of regions write that word before a provinsi, kabupaten or kota only; below them it is
    part of the name: there are several ``Desa Baru``.
    """
    name = tree.name(code).upper()
    first, _, rest = name.partition(" ")
    is_unit = _SHORT.get(first, first) == regions.unit_word(code).upper()
    return rest if is_unit and len(code) <= regions.Level.KABKO.value and rest else name


def _village(tree: regions.RegionTree, unit: str) -> str:
    if len(unit) >= regions.Level.DESA.value:
        return tree.called(regions.ancestor(unit, regions.Level.DESA))
    return "/".join(tree.called(unit, word) for word in regions.UNITS[-2:])


def _number_of_choices(sections: tuple[Section, ...]) -> str:
    for section in sections:
        if any(line.key == forms.CHOICES for line in section.lines):
            return section.number.rstrip(".")
    return ""
