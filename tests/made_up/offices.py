"""A small election and offices in it, for tests of every room."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.contests import (
    Choice,
    ChoiceKind,
    Contest,
    Election,
    Mode,
    Station,
)
from recap_desktop.election.definitions.regions import RegionTree
from recap_desktop.exchange.form_files import bundled_form
from recap_desktop.office.opening import Office, create_office_for

if TYPE_CHECKING:
    from pathlib import Path

WIB = dt.timezone(dt.timedelta(hours=7))

NAMES = {
    "32": "Jawa Barat",
    "3207": "Kabupaten Ciamis",
    "320701": "Ciamis",
    "3207011001": "Kelurahan Maleber",
    "3207012001": "Desa Baregbeg",
    "320702": "Cikoneng",
    "3207022001": "Desa Kujang",
}
CIAMIS = "320701"
TPS = ("3207011001001", "3207011001002", "3207011001901", "3207012001001", "3207012001002")
"""The TPS of kecamatan Ciamis, one of them a lokasi khusus; one more lies in Cikoneng."""

BUPATI = "bupati"
GUBERNUR = "gubernur"


def tiny_election(mode: Mode = Mode.REHEARSAL) -> Election:
    """Two contests over the same six TPS: one pair against KOLOM KOSONG, and three pairs."""
    form = bundled_form("kwk-2024")
    stations = [Station(TPS[0], 150, 160), Station(TPS[1], 140, 130), Station(TPS[2], None, None)]
    stations += [Station(TPS[3], 200, 210), Station(TPS[4], 180, 170)]
    stations += [Station("3207022001001", 100, 100)]
    return Election(
        title="Pemilihan Serentak 2024",
        date="2024-11-27",
        mode=mode,
        contests=(
            Contest(
                BUPATI,
                "kwk-2024",
                "Bupati Ciamis",
                ("3207",),
                (
                    Choice(1, "KOLOM KOSONG", ChoiceKind.KOLOM_KOSONG),
                    Choice(2, "Dr. H. Herdiat, M.M.", running_mate="Yana"),
                ),
            ),
            Contest(
                GUBERNUR,
                "kwk-2024",
                "Gubernur Jawa Barat",
                ("32",),
                tuple(Choice(n, f"Calon {n}", running_mate=f"Wakil {n}") for n in (1, 2, 3)),
            ),
        ),
        forms={"kwk-2024": form},
        tree=RegionTree(NAMES),
        stations=tuple(stations),
    )


class Clock:
    """A clock that goes on by one second at each look."""

    def __init__(self) -> None:
        self.time = dt.datetime(2024, 11, 28, 9, 0, tzinfo=WIB)

    def __call__(self) -> dt.datetime:
        self.time += dt.timedelta(seconds=1)
        return self.time


def tiny_office(path: Path, *, double_entry: bool = False, region: str = CIAMIS) -> Office:
    """A new office of kecamatan Ciamis (or of the kabupaten) in the tiny election."""
    return create_office_for(
        path, election=tiny_election(), region=region, double_entry=double_entry, clock=Clock()
    )


def valid_bupati(kosong: int = 40, herdiat: int = 100, invalid: int = 5) -> dict[str, int]:
    """A filled form of the bupati contest on which every identity holds; DPT 150 + 160."""
    cast = kosong + herdiat + invalid
    men = cast // 2
    women = cast - men
    return {
        "voters.dpt.l": 150,
        "voters.dpt.p": 160,
        "voters.dpt.jml": 310,
        "users.dpt.l": men,
        "users.dpt.p": women,
        "users.dpt.jml": cast,
        **{f"users.{row}.{column}": 0 for row in ("moved", "special") for column in "lp"},
        "users.moved.jml": 0,
        "users.special.jml": 0,
        "users.total.l": men,
        "users.total.p": women,
        "users.total.jml": cast,
        "ballots.received": 318,
        "ballots.used": cast,
        "ballots.spoiled": 1,
        "ballots.unused": 318 - cast - 1,
        "disabled.users.l": 0,
        "disabled.users.p": 1,
        "disabled.users.jml": 1,
        "votes.1": kosong,
        "votes.2": herdiat,
        "valid": kosong + herdiat,
        "invalid": invalid,
        "cast": cast,
    }
