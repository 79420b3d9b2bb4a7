"""Look-alikes in words: both sides, the figures, and how seldom chance does the like.

The sentences stand in resources/words (look-alikes.toml). They say what resembles what, and to
look again; none says that something is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.election.checks.resemblance import Kind
from recap_desktop.election.definitions.regions import Level, station_number
from recap_desktop.election.wording import number_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.election.checks.resemblance import LookAlike
    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.election.wording import Words

_MOST_FIGURES = 6
_MILLION_BITS = 20


class LookPhrasing:
    """Words look-alikes of one contest."""

    def __init__(self, words: Words, election: Election, contest_id: str) -> None:
        """Name cells as the C.HASIL of the contest does, and units as the election does."""
        self._words = words
        self._tree = election.tree
        self._cells = Phrasing(words, election.form(contest_id), election.contest(contest_id))

    def station(self, look: LookAlike) -> str:
        """The other TPS: its number, and its desa where that is another one; empty for none."""
        if not look.other:
            return ""
        number = station_number(look.other)
        desa = look.other[: Level.DESA.value]
        if look.tps.startswith(desa):
            return self._words("look.station", number=number)
        return self._words("look.station-in", number=number, desa=self._tree.name(desa))

    def say(self, look: LookAlike, cells: Mapping[str, int]) -> str:
        """What resembles what, as a sentence or two.

        Args:
            look: the look-alike.
            cells: of its first TPS, as they count now.
        """
        words = self._words
        if look.kind.is_outlier:
            return words(
                f"look.{look.kind.value}",
                name=self._cells.row(look.cells[0]),
                share=percent(look.permille),
                usual=percent(look.usual),
            )
        code = f"{look.kind.value}-whole" if look.is_whole else look.kind.value
        beside = look.beside or look.cells
        said = words(
            f"look.{code}",
            other=self.station(look),
            figures=_figures(look, cells),
            count=len(look.cells),
            first=self._cells.cell(look.cells[0]),
            last=self._cells.cell(look.cells[-1]),
            there=self._cells.cell(beside[0]),
            there_last=self._cells.cell(beside[-1]),
        )
        return f"{said} {self.chance(look)}"

    def chance(self, look: LookAlike) -> str:
        """How seldom two TPS resemble each other so by chance, in round numbers."""
        if look.bits >= _MILLION_BITS:
            return self._words["look.chance-none"]
        pairs = round(2**look.bits)
        rounded = round(pairs, 1 - len(str(pairs)))
        return self._words("look.chance", pairs=max(2, rounded))

    def kind(self, kind: Kind) -> str:
        """A kind as a list of it is called."""
        return self._words[f"look.kind.{kind.value}"]


def percent(permille: int) -> str:
    """A share in thousandths as people read it: ``31,2%``."""
    return f"{number_text(permille // 10)},{permille % 10}%"


def _figures(look: LookAlike, cells: Mapping[str, int]) -> str:
    figures = [number_text(cells[cell]) for cell in look.cells if cell in cells]
    more = "…" if len(figures) > _MOST_FIGURES else ""
    return ", ".join(figures[:_MOST_FIGURES]) + more
