"""A made-up Pemilu of a whole kabupaten: four contests everywhere and 24 of one dapil each."""

from __future__ import annotations

import random

from recap_desktop.election.definitions.contests import Contest, Election, Mode, Station
from recap_desktop.election.definitions.regions import Level
from recap_desktop.exchange.form_files import bundled_form
from recap_desktop.exchange.region_files import bundled_regions
from tests.made_up.every_form import candidates, pairs, parties

KABUPATEN = "3201"
STATIONS = 8_000
"""About the TPS of Kabupaten Bogor, the most of any kabupaten."""

DAPIL = 24


def kabupaten(stations: int = STATIONS) -> Election:
    """28 contests over the forty kecamatan of Bogor; a kabupaten has far fewer dapil."""
    tree = bundled_regions().within([KABUPATEN])
    desas = tree.at(Level.DESA)
    each, more = divmod(stations, len(desas))
    chance = random.Random(KABUPATEN)
    contests = (
        Contest("ppwp", "ppwp-2024", "Presiden dan Wakil Presiden", ("32",), pairs(3)),
        Contest("dpd", "dpd-2024", "DPD Jawa Barat", ("32",), candidates(20)),
        Contest("dpr", "dpr-2024", "DPR", (KABUPATEN,), parties(9), "dpr", "JAWA BARAT V"),
        Contest(
            "dprd-prov",
            "dprd-prov-2024",
            "DPRD Jawa Barat",
            (KABUPATEN,),
            parties(9),
            "",
            "JABAR 6",
        ),
        *_of_each_dapil(tree.at(Level.KECAMATAN)),
    )
    return Election(
        title="Pemilu 2024 (dibuat-buat)",
        date="2024-02-14",
        mode=Mode.REHEARSAL,
        contests=contests,
        forms={contest.form: bundled_form(contest.form) for contest in contests},
        tree=tree,
        stations=tuple(
            Station(f"{desa}{number:03d}", chance.randrange(90, 150), chance.randrange(90, 150))
            for at, desa in enumerate(desas)
            for number in range(1, each + 1 + (at < more))
        ),
    )


def _of_each_dapil(kecamatan: tuple[str, ...]) -> list[Contest]:
    shares = [kecamatan[at::DAPIL] for at in range(DAPIL)]
    return [
        Contest(
            f"dprd-{number:02d}",
            "dprd-kabko-2024",
            "DPRD Kabupaten Bogor",
            tuple(sorted(share)),
            parties(10),
            "",
            f"BOGOR {number}",
        )
        for number, share in enumerate(shares, start=1)
    ]
