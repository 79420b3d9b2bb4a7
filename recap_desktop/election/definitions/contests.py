"""What is voted on: contests, their choices, the stations, and the election that holds them."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.contest_kinds import Kind
from recap_desktop.election.definitions.forms import Form, Layout
from recap_desktop.election.definitions.regions import RegionTree

if TYPE_CHECKING:
    from collections.abc import Mapping


class ChoiceKind(enum.Enum):
    """What one may vote for in a contest."""

    PAIR = "pair"
    KOLOM_KOSONG = "kolom-kosong"
    CANDIDATE = "candidate"
    PARTY = "party"


class Mode(enum.Enum):
    """Whether figures are of an election or of a rehearsal (latihan); never changed later."""

    REAL = "real"
    REHEARSAL = "rehearsal"


@dataclass(frozen=True, slots=True)
class Struck:
    """That a choice or candidate no longer stands (dicoret): since when, and why.

    The ballots and forms were printed before, so the number and its cells stay.

    Attributes:
        date: of the decision, ISO.
        reason: e.g. the decision's number, or that the candidate died.
    """

    date: str
    reason: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One candidate of a party list (calon): number on the list and name as decided."""

    number: int
    name: str
    struck: Struck | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A pair, KOLOM KOSONG, single candidate or party (peserta), with its number on the ballot.

    KOLOM KOSONG is a choice like any other: votes for it are valid, its number may be 1, and
    it has no witness (UU 10/2016 Ps 54C).
    """

    number: int
    name: str
    kind: ChoiceKind = ChoiceKind.PAIR
    running_mate: str = ""
    candidates: tuple[Candidate, ...] = ()
    struck: Struck | None = None

    @property
    def has_witness(self) -> bool:
        """Whether this choice may send saksi to the plenary; one that is struck may not."""
        return self.kind is not ChoiceKind.KOLOM_KOSONG and self.struck is None

    @property
    def struck_cells(self) -> dict[str, Struck]:
        """Cells in which no vote should stand any more: of the choice, or of its candidates.

        Votes for a struck candidate of a list belong into the line of the party.
        """
        if self.struck:
            return {self.counted_key: self.struck}
        return {f"{self.key}.{c.number}": c.struck for c in self.candidates if c.struck}

    @property
    def key(self) -> str:
        """Row key of its votes: ``votes.N``."""
        return f"votes.{self.number}"

    @property
    def counted_key(self) -> str:
        """Cell that goes into the valid votes: ``votes.N``, of a party ``votes.N.total``."""
        return f"{self.key}.total" if self.kind is ChoiceKind.PARTY else self.key

    @property
    def cells(self) -> tuple[str, ...]:
        """All its vote cells in the order of the paper."""
        if self.kind is not ChoiceKind.PARTY:
            return (self.key,)
        listed = (f"{self.key}.{candidate.number}" for candidate in self.candidates)
        return (f"{self.key}.party", *listed, f"{self.key}.total")


@dataclass(frozen=True, slots=True)
class Contest:
    """One office to be filled (pemilihan): a form, the regions it covers, and its choices.

    Attributes:
        id: names it in files and on the command line.
        form: id of its form definition.
        title: as people call it.
        regions: codes of one level.
        choices: in the order of the ballot.
        kind: kind of the form when the definition names it; see ``kind_of``.
        dapil: name of the electoral district (daerah pemilihan) of DPR and DPRD; else empty.
    """

    id: str
    form: str
    title: str
    regions: tuple[str, ...]
    choices: tuple[Choice, ...]
    kind: str = ""
    dapil: str = ""

    def covers(self, code: str) -> bool:
        """Whether a unit lies in this contest, or holds a part of it."""
        return any(code.startswith(root) or root.startswith(code) for root in self.regions)


class Station(NamedTuple):
    """A polling station (TPS) as the definition knows it.

    A named tuple and no dataclass: a province has 75,000 of them, made anew at every opening.

    Attributes:
        tps: 13-digit key.
        dpt_l: men on the voter list, or None when the definition does not say.
        dpt_p: women on the voter list, likewise.
        contests: ids of the contests held there; empty means every contest that covers it.
        abolished: why the TPS was abolished (ditiadakan); empty while it is held.
    """

    tps: str
    dpt_l: int | None = None
    dpt_p: int | None = None
    contests: tuple[str, ...] = ()
    abolished: str = ""

    @property
    def dpt(self) -> int | None:
        """All voters on the list, when both parts are known."""
        if self.dpt_l is None or self.dpt_p is None:
            return None
        return self.dpt_l + self.dpt_p

    def holds(self, contest: Contest) -> bool:
        """Whether this contest is voted on here."""
        return self.defined_for(contest) and not self.abolished

    def defined_for(self, contest: Contest) -> bool:
        """The same, also of a TPS that was abolished since: records may speak of it."""
        return self.tps.startswith(contest.regions) and (
            not self.contests or contest.id in self.contests
        )


@dataclass(frozen=True, slots=True)
class Election:
    """An election definition: everything an office must know before the first count.

    It carries the whole form definitions; an office never reads them from the program again.

    Attributes:
        title: as people call it.
        date: voting day, ISO ``YYYY-MM-DD``.
        mode: real or rehearsal.
        contests: in the order of the definition.
        forms: by id, those the contests name.
        tree: the regions with their names.
        stations: in code order, those that were abolished among them.
        abolished: those of them that were abolished.
        version: from 1; a definition that amends another has a higher one.
    """

    title: str
    date: str
    mode: Mode
    contests: tuple[Contest, ...]
    forms: Mapping[str, Form]
    tree: RegionTree
    stations: tuple[Station, ...]
    version: int = 1
    _contests: dict[str, Contest] = field(init=False, repr=False, compare=False)
    _layouts: dict[str, Layout] = field(init=False, repr=False, compare=False)
    abolished: tuple[Station, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the contests, and the few stations among 75,000 that were abolished."""
        abolished = tuple(station for station in self.stations if station.abolished)
        object.__setattr__(self, "abolished", abolished)
        object.__setattr__(self, "_contests", {contest.id: contest for contest in self.contests})
        object.__setattr__(
            self,
            "_layouts",
            {
                contest.id: Layout.of(self.forms[contest.form], contest.choices)
                for contest in self.contests
            },
        )

    @property
    def is_rehearsal(self) -> bool:
        """Whether every screen and page must say LATIHAN."""
        return self.mode is Mode.REHEARSAL

    def contest(self, contest_id: str) -> Contest:
        """The contest of that id; KeyError when there is none."""
        return self._contests[contest_id]

    def layout(self, contest_id: str) -> Layout:
        """The cells and checks of a contest; KeyError when there is none."""
        return self._layouts[contest_id]

    def form(self, contest_id: str) -> Form:
        """The form definition of a contest; KeyError when there is none."""
        return self.forms[self.contest(contest_id).form]

    def kind(self, contest_id: str) -> Kind:
        """The kind of contest on its form, as it is called there; KeyError when there is none."""
        contest, form = self.contest(contest_id), self.form(contest_id)
        return form.kinds[kind_of(contest, form)].at(contest.regions[0])

    def stations_of(self, contest_id: str, under: str = "") -> tuple[Station, ...]:
        """Stations where a contest is held, below ``under``, in code order."""
        contest = self.contest(contest_id)
        return tuple(s for s in self.stations if s.tps.startswith(under) and s.holds(contest))

    def held_below(self, office: str) -> tuple[str, ...]:
        """Ids of the contests that are voted on somewhere below a unit."""
        here = [s for s in self.stations if s.tps.startswith(office)]
        # A province has 75,000 TPS and 30 contests: look at each desa once, and at the few TPS
        # that do not hold every contest that covers them.
        digits = regions.Level.DESA.value
        desas = {station.tps[:digits] for station in here if not station.contests}
        some = [station for station in here if station.contests]
        return tuple(
            contest.id
            for contest in self.contests
            if any(desa.startswith(contest.regions) for desa in desas)
            or any(station.defined_for(contest) for station in some)
        )

    def unit_word(self, code: str) -> str:
        """Words-code of what a unit is called: provinsi, kabupaten, kota, ..., kelurahan, tps."""
        return regions.unit_word(code)


def kind_of(contest: Contest, form: Form) -> str:
    """Which kind of a form a contest is (jenis pemilihan): ``bupati``, ``walikota``, ``ppwp`` ...

    The one it names; else the only one of the form; else the one of its region's unit, so that
    a kota elects a walikota and a kabupaten a bupati.

    Raises:
        KeyError: when the form has no such kind, or none for that unit.
    """
    if contest.kind:
        if contest.kind not in form.kinds:
            raise KeyError(contest.kind)
        return contest.kind
    if len(form.kinds) == 1:
        return next(iter(form.kinds))
    unit = regions.unit_word(contest.regions[0])
    for word, kind in form.kinds.items():
        if kind.unit == unit:
            return word
    raise KeyError(unit)
