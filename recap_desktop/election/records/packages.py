"""What a package says of itself: the manifest's own words, and the names of its members."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from recap_desktop.election.definitions.regions import Level, level_of
from recap_desktop.election.records import journal
from recap_desktop.election.records.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VERSION = 1
CONTEST, JOURNAL, LEAVES = "contest.json", "journal.jsonl", "leaves.jsonl"
CERTIFICATES, RESULTS, PAPERS = "certificates.jsonl", "hasil/", "kertas/"
NECESSARY = frozenset({CONTEST, JOURNAL, LEAVES, CERTIFICATES})

_LEVELS = {Level.PROVINSI: "provinsi", Level.KABKO: "kabko", Level.KECAMATAN: "kecamatan"}


@dataclass(frozen=True, slots=True)
class Statement:
    """What one package is of (isi paket): one contest of one office as of one close.

    Attributes:
        election: hash of the first definition.
        mode: ``real`` or ``rehearsal``.
        contest: its id.
        contest_hash: hash of its definition with its form, as every leaf names it.
        office: region code of the sender.
        revision: number of the close.
        head: id of the close.
        stations: hash over the list of TPS of the contest below the sender.
        leaves: how many they are.
        root: Merkle root over their tallies, in hex.
        previous: hash of the manifest that carried the revision before; empty for the first.
        program: that wrote it.
    """

    election: str
    mode: str
    contest: str
    contest_hash: str
    office: str
    revision: int
    head: str
    stations: str
    leaves: int
    root: str
    previous: str
    program: str

    def to_data(self) -> dict[str, Any]:
        """As the manifest holds it."""
        return {"v": VERSION, **asdict(self)}

    @classmethod
    def of_data(cls, manifest: Mapping[str, Any]) -> Statement:
        """What a manifest says.

        Raises:
            ValueError: when a field is missing, of another type, or of another version.
        """
        if manifest.get("v") != VERSION:
            raise ValueError("another version")
        said = {field.name: manifest.get(field.name) for field in fields(cls)}
        numbers = {"revision", "leaves"}
        if any(type(value) is not (int if key in numbers else str) for key, value in said.items()):
            raise ValueError("a field is missing or of another type")
        return cls(**said)  # type: ignore[arg-type]


def package_name(office: str, contest: str, revision: int) -> str:
    """What the file is called: ``REKAP_320701_bupati_kecamatan_1.rkp`` (design: section 9)."""
    return f"REKAP_{office}_{contest}_{_LEVELS[level_of(office)]}_{revision}.rkp"


def stations_hash(stations: Iterable[str]) -> str:
    """Hash over TPS in code order: sender and receiver must mean the same ones."""
    return journal.digest("stations", canonical({"stations": list(stations)}))
