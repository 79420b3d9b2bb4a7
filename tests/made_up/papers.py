"""Small elections for the tests of papers: a kecamatan with a few desa, filled by a rule."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from recap_desktop import places
from recap_desktop.election.definitions.contests import (
    Candidate,
    Choice,
    ChoiceKind,
    Contest,
    Election,
    Mode,
    Station,
)
from recap_desktop.election.definitions.forms import Form
from recap_desktop.election.definitions.regions import RegionTree
from recap_desktop.election.figures.tallies import State, Tally
from recap_desktop.election.papers.facts import Draft, Facts, Revision
from recap_desktop.office.language import load_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KECAMATAN = "320701"
DESA = "3207012001"
KELURAHAN = "3207011002"
CONTEST = "bupati"
WORDS = load_words("id")
REVISION = Revision(2, "0123456789abcdef" * 4, "Ciamis", "2024-12-01")

KOLOM_KOSONG = Choice(1, "KOLOM KOSONG", ChoiceKind.KOLOM_KOSONG)
PAIR = Choice(2, "Dr. H. HERDIAT SUNARYA, M.M.", running_mate="H. YANA DIANA PUTRA")
LONG_PAIR = Choice(
    3,
    "Prof. Dr. H. R. Muhammad Abdurrahman Kusumawardhana, S.H., S.E., M.Si., M.H., Ph.D., CN.",
    running_mate="Dr. Ir. Hj. Siti Nurhaliza Tunggadewi Prameswari Kartadinata, S.T., M.T., IPU.",
)
PARTY = Choice(
    4,
    "PARTAI PERTAMA",
    ChoiceKind.PARTY,
    candidates=(Candidate(1, "CALON SATU, S.H."), Candidate(2, "CALON DUA")),
)


def read_form(name: str = "kwk-2024", **changes: Any) -> Form:  # noqa: ANN401 - plain data
    """A form definition of the program, some of its parts replaced."""
    text = places.resource("forms", f"{name}.toml").read_text("utf-8")
    return Form.read({**tomllib.loads(text), **changes})


def party_form() -> Form:
    """A definition with labels for party blocks."""
    return read_form("dpr-2024")


def election_of(
    stations: Mapping[str, int],
    *,
    choices: Sequence[Choice] = (KOLOM_KOSONG, PAIR),
    form: Form | None = None,
    mode: Mode = Mode.REAL,
    names: Mapping[str, str] | None = None,
) -> Election:
    """An election in Ciamis: code of a desa -> how many TPS it has."""
    form = form or read_form()
    tree = {
        "32": "Jawa Barat",
        "3207": "Kabupaten Ciamis",
        KECAMATAN: "Ciamis",
        **{code: f"Desa {code[-2:]}" for code in stations},
        **(names or {}),
    }
    return Election(
        title="Pemilihan Bupati dan Wakil Bupati Ciamis",
        date="2024-11-27",
        mode=mode,
        contests=(Contest(CONTEST, form.id, "Bupati", ("3207",), tuple(choices)),),
        forms={form.id: form},
        tree=RegionTree(tree),
        stations=tuple(
            Station(f"{code}{number:03d}")
            for code in sorted(stations)
            for number in range(1, stations[code] + 1)
        ),
    )


def filled(election: Election, *, scale: int = 1) -> dict[str, Tally]:
    """A tally for every TPS; every cell of every TPS has a figure of its own."""
    cells = election.layout(CONTEST).cells
    return {
        station.tps: Tally(
            State.AGREED,
            {cell: scale * (1000 + 40 * index + place) for place, cell in enumerate(cells)},
            counts=True,
        )
        for index, station in enumerate(election.stations)
    }


def facts_of(election: Election, *, state: Draft | Revision = REVISION, **more: Any) -> Facts:  # noqa: ANN401 - as Facts takes it
    """What the papers of the kecamatan are made from."""
    details = {"double_entry": True, "words": WORDS, **more}
    return Facts(election, CONTEST, KECAMATAN, state, **details)
