"""A made-up count of a whole election, with the slips of real ones and the truth beside them.

Nothing is chosen here: chance comes from outside, under a name for each thing that is drawn, so
that one desa can be made without the others and the same seed gives the same election.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.practice import practice_slips
from recap_desktop.election.practice.practice_forms import Support, fill, people_of
from recap_desktop.election.practice.practice_slips import Form, Planted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from recap_desktop.election.definitions.contests import Election, Station
    from recap_desktop.election.practice.practice_forms import Chance, People

    Chances = Callable[[str], Chance]
    """Name of what is drawn -> chance for it, the same for the same name."""

EXCHANGED, OF_ANOTHER, ALL_ZERO, NOT_ENTERED = (
    "stations-exchanged",
    "station-copied",
    "not-delivered",
    "not-entered",
)
"""What happens to whole forms."""

SHARES = {
    EXCHANGED: 2 * 84 / 795_729,
    OF_ANOTHER: 814 / 795_729,
    ALL_ZERO: (5_337 - 4_430) / 806_583,
    NOT_ENTERED: 10_324 / (806_583 + 10_324),
}
"""Share of TPS, by code (Situng 2019, all Indonesia; the first two against a second reading).

All zero are the forms without votes cast, less those on which only that figure was left 0.
"""


@dataclass(frozen=True, slots=True)
class PracticeForm:
    """One form of a made-up count: as it should be, as it was typed, and what lies between.

    Attributes:
        tps: where it was typed.
        meant: what the C.HASIL of this TPS says.
        written: what was typed; empty when nothing was.
        planted: slips on it, in the order in which they happened.
    """

    tps: str
    meant: Mapping[str, int]
    written: Mapping[str, int]
    planted: tuple[Planted, ...]

    @property
    def wrong(self) -> frozenset[str]:
        """Cells that are not as they should be."""
        return frozenset(
            cell
            for cell in self.meant.keys() | self.written.keys()
            if self.meant.get(cell) != self.written.get(cell)
        )


class Practice:
    """A made-up count of an election."""

    def __init__(self, election: Election, chances: Chances, *, times: float = 1.0) -> None:
        """Make up the count of an election.

        Args:
            election: what is counted; the DPT of its TPS is kept where it is known.
            chances: where chance comes from, by the name of what is drawn.
            times: how many times as often as was counted slips happen.
        """
        self._election = election
        self._chances = chances
        self._times = times

    def forms(self, contest_id: str, under: str = "") -> Iterator[PracticeForm]:
        """The forms of a contest in all TPS below a unit, in code order.

        Args:
            contest_id: the contest.
            under: a desa or a unit above it; empty for all.
        """
        choices = self._election.contest(contest_id).choices
        support = Support.of(choices, self._chances(f"support {contest_id}"))
        stations = self._election.stations_of(contest_id, under)
        for desa, own in itertools.groupby(stations, key=lambda s: s.tps[: Level.DESA.value]):
            yield from self._in_desa(contest_id, support, desa, stations=list(own))

    def _in_desa(
        self, contest_id: str, support: Support, desa: str, *, stations: Sequence[Station]
    ) -> list[PracticeForm]:
        chance = self._chances(f"{contest_id} {desa}")
        layout = self._election.layout(contest_id)
        leaning = support.in_desa(chance)
        forms = []
        for station in stations:
            people = self._people(contest_id, station)
            meant = fill(layout, people, leaning.in_station(chance), chance)
            written, planted = practice_slips.plant(Form(layout, meant, chance), self._times)
            forms.append(PracticeForm(station.tps, meant, written, planted))
        return self._misplaced(forms, chance)

    def _people(self, contest_id: str, station: Station) -> People:
        """The same in every contest of a TPS, whichever is made first."""
        form = self._election.form(contest_id)
        return people_of(form, station, self._chances(f"people {station.tps}"))

    def _misplaced(self, forms: list[PracticeForm], chance: Chance) -> list[PracticeForm]:
        """Forms typed under another number, all zero, or not at all."""
        result = list(forms)
        taken: set[int] = set()
        for at, form in enumerate(forms):
            code = self._mishap(chance)
            other = chance.randrange(0, len(forms))
            if not code or at in taken:
                continue
            if code in (EXCHANGED, OF_ANOTHER):
                if other == at or other in taken:
                    continue
                result[at] = _typed_as(form, forms[other], code)
                taken |= {at, other}
                if code == EXCHANGED:
                    result[other] = _typed_as(forms[other], form, code)
            else:
                written = dict.fromkeys(form.meant, 0) if code == ALL_ZERO else {}
                result[at] = _instead(form, written, code)
                taken.add(at)
        return result

    def _mishap(self, chance: Chance) -> str:
        drawn = chance.random()
        for code, share in SHARES.items():
            # An exchange takes two.
            drawn -= share * self._times / (2 if code == EXCHANGED else 1)
            if drawn < 0:
                return code
        return ""


def _typed_as(form: PracticeForm, other: PracticeForm, code: str) -> PracticeForm:
    """The figures of another TPS, with the slips that were made on them."""
    made = _instead(form, other.written, code, tps=other.tps)
    return replace(made, planted=(*made.planted, *other.planted))


def _instead(
    form: PracticeForm, written: Mapping[str, int], code: str, *, tps: str = ""
) -> PracticeForm:
    made = replace(form, written=written)
    return replace(made, planted=(Planted(code, tuple(sorted(made.wrong)), tps),))
