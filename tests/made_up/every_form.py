"""A made-up contest on every form definition, in a few TPS of real regions, with valid figures.

Names of parties are those of the ballot of 2024; candidates are made up.
"""

from __future__ import annotations

import functools
import itertools
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.contests import (
    Candidate,
    Choice,
    ChoiceKind,
    Contest,
    Election,
    Mode,
    Station,
)
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import State, Tally
from recap_desktop.election.figures.totals import total_of
from recap_desktop.election.papers import sheets
from recap_desktop.election.papers.facts import Draft, Facts, Revision
from recap_desktop.election.papers.station_form import station_form
from recap_desktop.exchange import local_words, region_files
from recap_desktop.exchange.form_files import bundled_form
from recap_desktop.office.language import load_words
from tests.election.valid_forms import make_valid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.election.definitions.regions import RegionTree
    from recap_desktop.election.figures.totals import Total
    from recap_desktop.election.papers.sheets import Sheet

CONTEST = "contest"
HASH = "0123456789abcdef" * 4

PARTIES = {
    1: "PARTAI KEBANGKITAN BANGSA",
    2: "PARTAI GERAKAN INDONESIA RAYA",
    3: "PARTAI DEMOKRASI INDONESIA PERJUANGAN",
    4: "PARTAI GOLONGAN KARYA",
    5: "PARTAI NASDEM",
    6: "PARTAI BURUH",
    7: "PARTAI GELOMBANG RAKYAT INDONESIA",
    8: "PARTAI KEADILAN SEJAHTERA",
    9: "PARTAI KEBANGKITAN NUSANTARA",
    10: "PARTAI HATI NURANI RAKYAT",
    11: "PARTAI GARDA REPUBLIK INDONESIA",
    12: "PARTAI AMANAT NASIONAL",
    13: "PARTAI BULAN BINTANG",
    14: "PARTAI DEMOKRAT",
    15: "PARTAI SOLIDARITAS INDONESIA",
    16: "PARTAI PERINDO",
    17: "PARTAI PERSATUAN PEMBANGUNAN",
    24: "PARTAI UMMAT",
}
"""The 18 national parties of 2024; 18 to 23 are the local parties of Aceh."""

LOCAL_PARTIES = {
    18: "PARTAI NANGGROE ACEH",
    19: "PARTAI GENERASI ATJEH BEUSABOH THA'AT DAN TAQWA",
    20: "PARTAI DARUL ACEH",
    21: "PARTAI ACEH",
    22: "PARTAI ADIL SEJAHTERA ACEH",
    23: "PARTAI SOLIDITAS INDEPENDEN RAKYAT ACEH",
}

_FIRST = ("AHMAD", "SITI", "I WAYAN", "MARIA", "YOHANES", "NUR'AINI", "T.", "DEDE", "RIZKI")
_LAST = (
    "HIDAYAT",
    "NURHALIZA",
    "SUDIARTA",
    "MAGDALENA",
    "WENDA",
    "MA'RUF",
    "ISKANDAR",
    "SUPRIATNA",
)
_DEGREES = ("", ", S.H.", ", S.Pd., M.M.", "", ", Dr. (C.), S.T., M.T., IPU.", ", S.E.")


def _names() -> itertools.cycle[str]:
    """Made-up names, none with anybody behind it, one as long as any that was ever seen."""
    names = [
        f"{first} {last}{_DEGREES[(i + 2 * j) % len(_DEGREES)]}"
        for i, first in enumerate(_FIRST)
        for j, last in enumerate(_LAST)
    ]
    names[5] = "Prof. Dr. H. R. MUHAMMAD ABDURRAHMAN KUSUMAWARDHANA, S.H., S.E., M.Si., M.H., Ph.D."
    return itertools.cycle(names)


def pairs(count: int) -> tuple[Choice, ...]:
    """So many pairs."""
    names = _names()
    return tuple(
        Choice(number, next(names), running_mate=next(names)) for number in range(1, count + 1)
    )


def alone() -> tuple[Choice, ...]:
    """One pair against KOLOM KOSONG, which has number 1."""
    (pair,) = pairs(1)
    empty = Choice(1, "KOLOM KOSONG", ChoiceKind.KOLOM_KOSONG)
    return empty, Choice(2, pair.name, running_mate=pair.running_mate)


def candidates(count: int) -> tuple[Choice, ...]:
    """So many candidates of DPD."""
    names = _names()
    return tuple(Choice(n, next(names), ChoiceKind.CANDIDATE) for n in range(1, count + 1))


def parties(listed: int, *, local: bool = False) -> tuple[Choice, ...]:
    """All parties with so many candidates; party 9 has one only, party 13 none."""
    names = _names()
    few = {9: 1, 13: 0}
    all_parties = PARTIES | LOCAL_PARTIES if local else PARTIES
    return tuple(
        Choice(
            number,
            name,
            ChoiceKind.PARTY,
            candidates=tuple(
                Candidate(place, next(names)) for place in range(1, few.get(number, listed) + 1)
            ),
        )
        for number, name in sorted(all_parties.items())
    )


@dataclass(frozen=True, slots=True)
class Case:
    """A contest on a form: its kind, its regions, its choices, and its dapil if it has one."""

    form: str
    kind: str
    regions: tuple[str, ...]
    choices: tuple[Choice, ...]
    dapil: str = ""

    @property
    def name(self) -> str:
        """Names files and tests."""
        return f"{self.form}-{self.kind}-{self.regions[0]}"


def _pilkada() -> list[Case]:
    years = (2015, 2018, 2020, 2024)
    kinds = (
        ("gubernur", "32", pairs(4)),
        ("bupati", "3207", alone()),
        ("walikota", "3273", pairs(6)),
    )
    return [Case(f"kwk-{year}", kind, (code,), c) for year in years for kind, code, c in kinds]


CASES = (
    *_pilkada(),
    Case("ppwp-2024", "ppwp", ("32", "31"), pairs(3)),
    Case("ppwp-2024", "ppwp", ("34",), pairs(3)),
    Case("dpd-2024", "dpd", ("32",), candidates(54)),
    Case("dpr-2024", "dpr", ("3207", "3208", "3218", "3279"), parties(7), "JAWA BARAT X"),
    Case("dprd-prov-2024", "dprd-prov", ("3207", "3218"), parties(12), "JAWA BARAT 13"),
    Case("dprd-prov-2024", "dprd-prov", ("9103",), parties(6), "PAPUA 2"),
    Case("dprd-kabko-2024", "dprd-kabko", ("320701", "320702"), parties(8), "CIAMIS 1"),
    Case(
        "dprd-kabko-2024",
        "dprd-kabko",
        ("110101", "110102"),
        parties(12, local=True),
        "ACEH SELATAN 1",
    ),
)


@functools.cache
def _indonesia() -> RegionTree:
    return region_files.bundled_regions().speaking(local_words.bundled_words())


@functools.cache
def election_of(case: Case) -> Election:
    """The case in some 45 TPS: two kabko, three kecamatan each, two desa each."""
    form = bundled_form(case.form)
    contest = Contest(
        CONTEST, case.form, case.name, case.regions, case.choices, case.kind, case.dapil
    )
    return Election(
        title=f"{form.edition} (contoh)",
        date=f"{form.edition[-4:]}-11-27",
        mode=Mode.REHEARSAL,
        contests=(contest,),
        forms={form.id: form},
        tree=_indonesia().within(case.regions),
        stations=tuple(_stations(case)),
    )


def _stations(case: Case) -> list[Station]:
    tree, found = _indonesia(), list(case.regions)
    for level, most in ((Level.KABKO, 2), (Level.KECAMATAN, 3), (Level.DESA, 2)):
        chosen: list[str] = []
        for code in found:
            own = [code] if len(code) >= level.value else list(tree.at(level, code))
            chosen += own[:most]
        found = chosen
    counts = [17, *[3] * (len(found) - 1)]
    return [
        Station(f"{desa}{number:03d}")
        for desa, count in sorted(zip(found, counts, strict=True))
        for number in [*range(1, count), 901]
    ]


@functools.cache
def tallied(case: Case) -> dict[str, Tally]:
    """A valid form for every TPS, the same at every run."""
    election, rng = election_of(case), random.Random(case.name)
    layout = election.layout(CONTEST)
    return {
        station.tps: Tally(State.AGREED, make_valid(layout, rng.randint), counts=True)
        for station in election.stations
    }


@functools.cache
def papers_of(case: Case) -> Mapping[str, Sheet]:
    """One paper of each level, in the order of the way up: a C.HASIL, then the recap sheets."""
    first = election_of(case).stations[0].tps
    own = tallied(case)
    papers = {
        "c-hasil": station_form(facts_of(case, first[:6], draft=True), first, own[first].cells),
        "desa": sheets.desa_sheet(facts_of(case, first[:6]), first[:10], own),
    }
    for level in (Level.KECAMATAN, Level.KABKO, Level.PROVINSI):
        code = first[: level.value]
        facts = facts_of(case, code)
        papers[level.word] = sheets.unit_sheet(facts, code, totals_below(case, code))
    return papers


def totals_below(case: Case, code: str) -> list[Total]:
    """Totals of the units next below where the contest is held."""
    digits = regions.below(regions.level_of(code)).value
    units: dict[str, list[Tally]] = {}
    for tps, tally in tallied(case).items():
        if tps.startswith(code):
            units.setdefault(tps[:digits], []).append(tally)
    cells = election_of(case).layout(CONTEST).cells
    return [total_of(unit, own, cells) for unit, own in units.items()]


def facts_of(case: Case, office: str, *, draft: bool = False) -> Facts:
    """What the papers of an office are made from."""
    election = election_of(case)
    state = Draft() if draft else Revision(1, HASH, "contoh", f"{election.date[:4]}-12-01")
    return Facts(election, CONTEST, office, state, double_entry=True, words=load_words("id"))
