"""A made-up Pemilu of one kecamatan: the seven desa of Cakung, five contests, any number of TPS.

Jakarta elects no DPRD kota; the fifth contest is there because every other kota has one.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.contests import Contest, Election, Mode, Station
from recap_desktop.election.definitions.regions import Level
from recap_desktop.exchange.form_files import bundled_form
from recap_desktop.exchange.region_files import bundled_regions
from tests.made_up.every_form import candidates, pairs, parties

if TYPE_CHECKING:
    from collections.abc import Callable

CAKUNG = "317506"
STATIONS = 1_591
"""TPS of Cakung in Pemilu 2024, the most of any kecamatan whose figures were collected."""

CONTESTS = (
    Contest("ppwp", "ppwp-2024", "Presiden dan Wakil Presiden", ("31",), pairs(3)),
    Contest("dpr", "dpr-2024", "DPR", ("3175",), parties(6), "dpr", "DKI JAKARTA I"),
    Contest("dpd", "dpd-2024", "DPD", ("31",), candidates(8)),
    Contest(
        "dprd-prov", "dprd-prov-2024", "DPRD Provinsi", ("3175",), parties(10), "", "DKI JAKARTA 4"
    ),
    Contest(
        "dprd-kota", "dprd-kabko-2024", "DPRD Kota", ("317506",), parties(12), "", "JAKARTA TIMUR 1"
    ),
)


def made_up_pemilu(stations: int = STATIONS) -> Election:
    """Five contests in so many TPS of Cakung, each with the DPT of a real one's size."""
    tree = bundled_regions().within([CAKUNG])
    desas = tree.at(Level.DESA)
    each, more = divmod(stations, len(desas))
    chance = random.Random(CAKUNG)
    forms = {contest.form: bundled_form(contest.form) for contest in CONTESTS}
    return Election(
        title="Pemilu 2024 (dibuat-buat)",
        date="2024-02-14",
        mode=Mode.REHEARSAL,
        contests=CONTESTS,
        forms=forms,
        tree=tree,
        stations=tuple(
            Station(f"{desa}{number:03d}", chance.randrange(90, 150), chance.randrange(90, 150))
            for at, desa in enumerate(desas)
            for number in range(1, each + 1 + (at < more))
        ),
    )


def seeded(seed: int) -> Callable[[str], random.Random]:
    """Chance by name, the same for the same seed."""
    return lambda name: random.Random(f"{seed} {name}")
