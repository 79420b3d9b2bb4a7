"""Papers with much on them: every unit of a real region, differences, and everything wrong at once.

Figures are made up and valid; names of units are those of real regions.
"""

from __future__ import annotations

import functools
import random
from dataclasses import replace
from typing import TYPE_CHECKING

from recap_desktop.election.checks import rules
from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.contests import Contest, Election, Mode, Station
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import EMPTY, Cause, State, Tally
from recap_desktop.election.figures.totals import total_of
from recap_desktop.election.papers import books, sheets
from recap_desktop.election.papers.annexes import annex
from recap_desktop.election.papers.facts import (
    Change,
    Decision,
    Draft,
    Facts,
    Head,
    Presence,
    Revision,
    Signer,
)
from recap_desktop.election.papers.hall_papers import corrections, incident_form
from recap_desktop.election.papers.minutes import Hall
from recap_desktop.election.records.plenary import Incident, Topic
from recap_desktop.election.records.unit_records import Difference
from recap_desktop.exchange import local_words, region_files
from recap_desktop.exchange.form_files import bundled_form
from recap_desktop.office.language import load_words
from tests.election.valid_forms import make_valid
from tests.made_up.every_form import CONTEST, HASH, Case, candidates, pairs, parties

if TYPE_CHECKING:
    from recap_desktop.election.papers.books import Bound
    from recap_desktop.election.papers.sheets import Sheet

WIDE = {
    "327307": Case("kwk-2024", "walikota", ("3273",), pairs(4)),
    "3207": Case("kwk-2018", "bupati", ("3207",), pairs(3)),
    "3404": Case("ppwp-2024", "ppwp", ("34",), pairs(3)),
    "3205": Case("kwk-2015", "bupati", ("3205",), pairs(4)),
    "32": Case("kwk-2024", "gubernur", ("32",), pairs(4)),
    "12": Case("kwk-2018", "gubernur", ("12",), pairs(2)),
    "11": Case("dpd-2024", "dpd", ("11",), candidates(33)),
    "9503": Case("ppwp-2024", "ppwp", ("95",), pairs(3)),
    "110107": Case(
        "dprd-kabko-2024",
        "dprd-kabko",
        ("110107",),
        parties(4, local=True),
        "ACEH SELATAN 2",
    ),
    "950603": Case("dpr-2024", "dpr", ("9506",), parties(3), "PAPUA PEGUNUNGAN"),
}
"""Code of the unit whose sheet has a column for every unit below it -> its contest."""

KELURAHAN, DESA = "3207011002", "3207012012"
LONG = (
    "Jumlah pengguna hak pilih dalam DPTb pada C.HASIL berbeda dari daftar hadir pemilih tambahan; "
    "daftar hadir dibuka di depan saksi dan Panwaslu Kecamatan, dihitung ulang, dan ternyata dua "
    "orang dicatat dua kali karena pindah antrean"
)


@functools.cache
def _tree() -> regions.RegionTree:
    return region_files.bundled_regions().speaking(local_words.bundled_words())


def wide_sheet(code: str) -> Sheet:
    """A sheet with every unit below one, two of them corrected above their TPS."""
    case = WIDE[code]
    form, tree = bundled_form(case.form), _tree()
    below = regions.below(regions.level_of(code))
    units = list(tree.at(below, code))
    contest = Contest(
        CONTEST, case.form, case.name, case.regions, case.choices, case.kind, case.dapil
    )
    election = Election(
        title=form.edition,
        date=f"{form.edition[-4:]}-11-27",
        mode=Mode.REAL,
        contests=(contest,),
        forms={form.id: form},
        tree=tree.within(case.regions),
        stations=(Station(f"{units[0]:0<10}001"),),
    )
    layout, chance = election.layout(CONTEST), random.Random(code)
    scale = {Level.KECAMATAN: 30, Level.KABKO: 400, Level.PROVINSI: 9_000}[regions.level_of(code)]
    totals = []
    for unit in units:
        cells = {
            cell: figure * scale for cell, figure in make_valid(layout, chance.randint).items()
        }
        totals.append(total_of(unit, [Tally(State.AGREED, cells, counts=True)], layout.cells))
    own = [_difference(units[1], 12, 1), _difference(code, -3, 2)]
    facts = Facts(
        election,
        CONTEST,
        code,
        Revision(1, HASH, "contoh", f"{election.date[:4]}-12-01"),
        double_entry=True,
        words=load_words("id"),
        differences=tuple(own),
    )
    return sheets.unit_sheet(facts, code, totals)


def _difference(unit: str, more: int, choice: int) -> Difference:
    key = f"votes.{choice}"
    cells = {key: more, "valid": more}
    reason = "D.HASIL yang diterima berbeda dari salinan saksi, kotak dibuka"
    return Difference("r", unit, cells, reason, "Saksi nomor urut 1", "", {}, "p")


def crowded_facts(*, draft: bool = False) -> tuple[Facts, dict[str, Tally]]:
    """A kecamatan where every state of a TPS, every cause and every presence occurs."""
    form, tree = bundled_form("kwk-2024"), _tree()
    election = Election(
        title=form.edition,
        date="2024-11-27",
        mode=Mode.REAL,
        contests=(Contest(CONTEST, form.id, "Bupati", ("3207",), pairs(5), "bupati"),),
        forms={form.id: form},
        tree=tree.within(["3207"]),
        stations=tuple(
            Station(f"{desa}{number:03d}")
            for desa, count in ((KELURAHAN, 34), (DESA, 6))
            for number in [*range(1, count), 901]
        ),
    )
    layout, chance = election.layout(CONTEST), random.Random("crowded")
    tallied = {
        station.tps: Tally(State.AGREED, make_valid(layout, chance.randint), counts=True)
        for station in election.stations
    }
    keys = list(tallied)
    for tps, state in zip(keys[3:30:4], _NOT_COUNTED, strict=False):
        tallied[tps] = EMPTY if state is State.EMPTY else Tally(state, {}, counts=False)
    for tps in keys[1:31:4]:
        cells = dict(tallied[tps].cells)
        del cells["ballots.spoiled"]
        cells["valid"] = cells["valid"] + 7
        tallied[tps] = Tally(State.CORRECTED, cells, counts=True)
    heads = Draft((Head(412, HASH), Head(77, HASH[::-1])))
    facts = Facts(
        election,
        CONTEST,
        "320701",
        heads if draft else Revision(3, HASH, "Ciamis", "2024-12-02"),
        double_entry=True,
        words=load_words("id"),
        signers=(
            Signer("ketua", "Drs. H. Ahmad Fauzi Kusumawardhana, S.Pd., M.M.Pd."),
            Signer("anggota-2", "Siti Nurhaliza, S.E."),
            Signer("anggota-3", "", Presence.ABSENT, "sakit, surat dokter terlampir"),
            Signer("saksi-1", "Asep Supriatna"),
            Signer("saksi-2", "Dadang", Presence.REFUSED, "keberatan atas TPS 013 tidak selesai"),
            Signer("saksi-3", "", Presence.ABSENT),
        ),
        findings={tps: rules.judge(layout, tally.cells) for tps, tally in tallied.items()},
        decisions=tuple(_decisions(keys)),
        incidents=tuple(_incidents(keys)),
    )
    return facts, tallied


_NOT_COUNTED = (
    State.EMPTY,
    State.SINGLE,
    State.DIFFERS,
    State.NOT_DELIVERED,
    State.REOPENED,
    State.CONFLICT,
)


def _decisions(keys: list[str]) -> list[Decision]:
    causes = list(Cause)
    return [
        Decision(
            tps,
            causes[at % len(causes)],
            reason=LONG if at % 5 == 0 else "salah tulis",
            decided_by="Rapat pleno" if at % 2 else "Ketua PPK atas saran Panwaslu Kecamatan",
            raised_by="Saksi nomor urut 2" if at % 3 else "",
            changes=(
                Change("votes.2", 119, 1_119),
                Change("valid", None, 1_291),
                Change("ballots.spoiled", 4, None),
            )
            if causes[at % len(causes)] is Cause.CORRECTED
            else (),
        )
        for at, tps in enumerate(keys[:22])
    ]


def _incidents(keys: list[str]) -> list[Incident]:
    first = Incident(
        "1",
        Topic.EVENT,
        DESA,
        "Listrik padam dari pukul 13.05 sampai 13.40; rapat diskors",
        "",
        "",
        settled=False,
        at="2024-11-29T10:00:00+07:00",
        first="1",
    )
    objections = [
        replace(
            first,
            id=str(at),
            first=str(at),
            topic=Topic.OBJECTION,
            unit=keys[at],
            text=LONG,
            raised_by=f"Saksi pasangan calon nomor urut {at % 5 + 1}",
            answer="Daftar hadir dibuka, jumlahnya sesuai." if at % 2 else "",
            settled=bool(at % 2),
        )
        for at in range(2, 9)
    ]
    return [first, *objections]


def crowded_papers(*, draft: bool = False) -> dict[str, tuple[Bound, ...]]:
    """The papers of that kecamatan: its book, the annex, and what the hall signs."""
    facts, tallied = crowded_facts(draft=draft)
    return {
        "book": tuple(books.office_book(facts, "320701", tallied)),
        "annex": (annex(facts, "320701", tallied),),
        "corrections": (corrections(facts),),
        "incidents": (incident_form(facts, Hall()),),
    }
