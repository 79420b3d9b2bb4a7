"""The sample office: real figures of Kecamatan Ciamis 2024, always a copy, always a rehearsal."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from recap_desktop import places
from recap_desktop.exchange.election_folder import build_election
from recap_desktop.office.entry.entering import enter_csv
from recap_desktop.office.opening import create_office_for

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.office.opening import Office

_SAMPLE = "ciamis-2024"
_KECAMATAN = "320701"
_PERSON = "Sri Wahyuni"
"""Who typed the figures of the sample; nobody in particular."""


def make_sample(path: Path) -> Office:
    """Make a fresh sample office: some TPS are left for whoever tries the program.

    Raises:
        KnownProblem: ``file-exists``, ``file-cannot-be-made``.
    """
    folder = places.resource("sample", _SAMPLE)
    election = build_election(folder)
    office = create_office_for(path, election=election, region=_KECAMATAN)
    for contest in office.contests:
        enter_csv(office, contest, folder / "counts.csv", by=_PERSON)
    return office


def next_sample_path() -> Path:
    """Where the next copy goes: below this machine's data, under a name that is free."""
    folder = places.machine_data("sample")
    names = (f"{_SAMPLE}-{number}.rekap" for number in itertools.count(1))
    return next(path for path in map(folder.joinpath, names) if not path.exists())
