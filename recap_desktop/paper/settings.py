"""What a person may choose about paper, and the measures that follow from it."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recap_desktop.election.papers.sheets import Sheet

MM = 72 / 25.4
"""Points in a millimetre; everything that is drawn is measured in points."""


class PaperSize(enum.Enum):
    """Paper, lying (landscape); F4 (folio) is what the one measured KPU recap sheet is on."""

    F4 = "F4"
    A4 = "A4"
    A3 = "A3"


class SignaturePlace(enum.Enum):
    """Where people sign; KPU's own forms are signed on every page."""

    EVERY_PAGE = "every-page"
    LAST_PAGE = "last-page"
    OWN_PAGE = "own-page"


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of one paper size, in points.

    Attributes:
        width: of the page.
        height: of the page.
        margin: on all four sides.
        number: width of the column NO.
        label: least width of the column URAIAN.
        line: width of the column of L, P, JML.
        wide: of a figure column, where labels could have more.
        widest: of a figure column; what is left goes to URAIAN.
        sum: least width of a column that adds up; units have what is left.
        pitch: least height of a printed line.
        size: font size of labels.
        figure: largest font size of figures.
        units: TPS in a block unless chosen otherwise.
        named: units in a block whose heads are names, not numbers: their columns are as wide as on
            MODEL E-1 and as many as on MODEL DD-1 of 2014.
    """

    width: float
    height: float
    margin: float
    number: float
    label: float
    line: float
    wide: float
    widest: float
    sum: float
    pitch: float
    size: float
    figure: float
    units: int
    named: int

    @property
    def inner(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.margin

    @property
    def is_upright(self) -> bool:
        """Whether the page stands."""
        return self.height > self.width

    @property
    def right(self) -> float:
        """Where the right margin begins."""
        return self.width - self.margin


_PITCH_BY_HAND = 5.6 * MM
_UNITS_BY_HAND = 10
_UPRIGHT_MARGIN = 14 * MM
_WIDEST_STANDING = 24 * MM
_TEXT = 9.5
"""Of running text, in points."""

_MEASURES = {
    PaperSize.F4: Measures(
        width=330 * MM,
        height=215 * MM,
        margin=8 * MM,
        number=9 * MM,
        label=68 * MM,
        line=9 * MM,
        wide=20 * MM,
        widest=34 * MM,
        sum=17 * MM,
        pitch=3.5 * MM,
        size=9.0,
        figure=9.5,
        units=15,
        named=11,
    ),
    PaperSize.A4: Measures(
        width=297 * MM,
        height=210 * MM,
        margin=8 * MM,
        number=9 * MM,
        label=64 * MM,
        line=9 * MM,
        wide=20 * MM,
        widest=34 * MM,
        sum=17 * MM,
        pitch=3.5 * MM,
        size=9.0,
        figure=9.5,
        units=10,
        named=9,
    ),
    PaperSize.A3: Measures(
        width=420 * MM,
        height=297 * MM,
        margin=10 * MM,
        number=9 * MM,
        label=92 * MM,
        line=11 * MM,
        wide=24 * MM,
        widest=40 * MM,
        sum=20 * MM,
        pitch=4.2 * MM,
        size=10.0,
        figure=11.5,
        units=15,
        named=13,
    ),
}


@dataclass(frozen=True, slots=True)
class PaperSettings:
    """What a person chose for a print.

    Attributes:
        size: of the paper.
        units: most unit columns in a block; None takes what suits the paper. Fewer stand in a
            block where figures would be smaller than 9 pt.
        signatures: where people sign.
        dark_parties: whether the head of a party block is white on black.
        by_hand: whether rows are high enough to write in.
        standing: whether the page stands; A4 takes the place of A3.
    """

    size: PaperSize = PaperSize.F4
    units: int | None = None
    signatures: SignaturePlace = SignaturePlace.EVERY_PAGE
    dark_parties: bool = True
    by_hand: bool = False
    standing: bool = False

    @property
    def measures(self) -> Measures:
        """The measures of the chosen paper."""
        measures = self._standing if self.standing else _MEASURES[self.size]
        return replace(measures, pitch=_PITCH_BY_HAND) if self.by_hand else measures

    @property
    def _standing(self) -> Measures:
        return replace(self.upright, size=_MEASURES[PaperSize.F4].size, widest=_WIDEST_STANDING)

    def suited(self, sheet: Sheet) -> PaperSettings:
        """The same for a sheet: where it is filled in by hand, wider columns and higher rows."""
        chosen = replace(self, standing=True) if sheet.is_standing else self
        if not sheet.by_hand:
            return chosen
        units = min(self.units or self.measures.units, _UNITS_BY_HAND)
        return replace(chosen, units=units, by_hand=True)

    @property
    def upright(self) -> Measures:
        """The measures of papers of running text: standing; on A4 where the sheets are on A3."""
        chosen = PaperSize.A4 if self.size is PaperSize.A3 else self.size
        lying = _MEASURES[chosen]
        return replace(
            lying, width=lying.height, height=lying.width, margin=_UPRIGHT_MARGIN, size=_TEXT
        )

    @property
    def units_per_block(self) -> int:
        """Most unit columns in a block."""
        return self.units or self.measures.units
