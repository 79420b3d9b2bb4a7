"""Large offices with their packages, for measurements: a kabupaten that typed twice, a province."""

from __future__ import annotations

import hashlib
import random
import sqlite3
import zipfile
from contextlib import closing as closed
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from recap_desktop.election.definitions.contests import Station
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.papers.anchors import SIGNED
from recap_desktop.election.records import packages
from recap_desktop.election.records.canonical import canonical
from recap_desktop.election.records.journal import Draft, Kind
from recap_desktop.exchange.certificates import Certificate, Holder, Realm, Trust, seal
from recap_desktop.exchange.signing import SigningKey
from recap_desktop.office.entry.entering import enter_all
from recap_desktop.office.opening import create_office_for, open_office
from recap_desktop.office.papers.anchoring import statement_of
from recap_desktop.office.plenary import closing
from recap_desktop.office.plenary.revisions import standing_revision
from recap_desktop.office.upward import receiving
from recap_desktop.office.upward.package_preview import preview
from recap_desktop.office.upward.packing import loaded, outline_of, write_load
from recap_desktop.office.upward.receiving import Typed
from tests.benchmarks.province import CONTEST, PROVINCE, province
from tests.made_up.offices import Clock, valid_bupati

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.office.opening import Office

KABUPATEN = "3201"
TPS_OF_KABUPATEN = 7_908
TPS_OF_PROVINCE = 25_000
ROOT = SigningKey.of(Ed25519PrivateKey.from_private_bytes(b"r" * 32))


def key_of(code: str) -> SigningKey:
    """The key of an office, the same each time."""
    seed = hashlib.sha256(code.encode()).digest()
    return ROOT if code == PROVINCE else SigningKey.of(Ed25519PrivateKey.from_private_bytes(seed))


def election_of(stations: int, below: str = PROVINCE) -> Election:
    """So many TPS, spread over the desa below a unit of the province."""
    whole = province(1)
    desas = [desa for desa in whole.tree.at(Level.DESA) if desa.startswith(below)]
    each, more = divmod(stations, len(desas))
    keys = [
        f"{desa}{number:03d}"
        for at, desa in enumerate(desas)
        for number in range(1, each + 1 + (at < more))
    ]
    return replace(whole, stations=tuple(Station(key, 150, 160) for key in keys))


def form_of(tps: str) -> dict[str, int]:
    """A form of four pairs on which every identity holds, the same for the same TPS."""
    chance = random.Random(tps)
    first, others, invalid = chance.randrange(80), chance.randrange(150), chance.randrange(9)
    third, fourth = chance.randrange(others + 1), 1
    cells = valid_bupati(first, others + fourth, invalid)
    return cells | {"votes.2": others - third, "votes.3": third, "votes.4": fourth}


@dataclass(frozen=True)
class Sender:
    """An office that closed its contest, and where its package is to lie."""

    path: Path
    code: str
    package: Path

    @property
    def election(self) -> Election:
        with closed(open_office(self.path, clock=Clock())) as office:
            return office.election


def make_sender(folder: Path, election: Election, code: str, *, twice: bool) -> Sender:
    """Type every TPS below a unit, by one person or by two, and close."""
    path = folder / f"{code}.rekap"
    office = create_office_for(
        path, election=election, region=code, double_entry=twice, clock=Clock()
    )
    stations = election.stations_of(CONTEST, code)
    rows = [(station.tps, form_of(station.tps)) for station in stations]
    for person in ("Siti", "Budi") if twice else ("Siti",):
        enter_all(office, CONTEST, rows, by=person)
    close(office)
    office.close()
    return Sender(path, code, folder / f"{code}.rkp")


def close(office: Office) -> None:
    """Close without asking what came of the offices below: making 40 of them would show no more."""
    assert office.post is not None
    body = closing._statement(office, CONTEST, (), unit="") | {"place": "Bandung"}
    stated = statement_of(office.election, CONTEST, office.code, body)
    body["anchor"] = office.post.sign(SIGNED, stated.text.encode("ascii"))
    body["signature"] = office.post.sign("close", canonical(body))
    (person, *_) = office.file.journal.records_of_kind(Kind.PERSON)
    draft = Draft(
        Kind.CLOSE,
        time=office.now(),
        person=str(person.body["id"]),
        subject={"contest": CONTEST, "unit": office.code},
        body=body,
    )
    office.record(CONTEST, [draft])


def certificates_of(office: Office) -> list[bytes]:
    """That lead from the root to the key of an office and of its post."""
    assert office.post is not None
    realm = Realm(office.file.election_id, office.election.mode.value)
    own, code = key_of(office.code), office.code
    above = (PROVINCE, ROOT.public.hex())
    post = Certificate(
        realm, Holder.POST, code, office.post.public.hex(), "Meja", code, own.public.hex(), 1
    )
    if code == PROVINCE:
        return [seal(post, own)]
    upper = Certificate(realm, Holder.OFFICE, code, own.public.hex(), code, *above, 1)
    return [seal(upper, ROOT), seal(post, own)]


def make_package(sender: Sender) -> None:
    """As ``send`` does: read, folded, written, read back."""
    with closed(open_office(sender.path, clock=Clock())) as office:
        revision = standing_revision(office, CONTEST)
        assert revision is not None
        certificates = certificates_of(office)
        outline = outline_of(office, CONTEST, revision, certificates=certificates)
        with loaded(office, outline) as load:
            write_load(load, sender.package, key=key_of(sender.code))


def receiver(path: Path, election: Election) -> Path:
    """An office of the province that nothing has come up to."""
    create_office_for(path, election=election, region=PROVINCE, clock=Clock()).close()
    return path


def receive(path: Path, senders: Sequence[Sender]) -> None:
    """Look at each package, and take it in with what its paper says."""
    with closed(open_office(path, clock=Clock())) as office:
        realm = Realm(office.file.election_id, office.election.mode.value)
        trust = Trust(realm, {PROVINCE: ROOT.public.hex()})
        for sender in senders:
            seen = preview(office, sender.package, trust)
            typed = Typed(seen.proved.totals, seen.proved.statement.head[:8])
            receiving.receive(office, seen, typed=typed, by="Tuti")


def bare(package: Path, database: Path) -> None:
    """Unzip, hash and insert the same bytes, and nothing else."""
    with (
        zipfile.ZipFile(package) as archive,
        closed(sqlite3.connect(database, isolation_level=None)) as connection,
    ):
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS record (n INTEGER PRIMARY KEY, bytes BLOB) STRICT"
        )
        connection.execute("BEGIN IMMEDIATE")
        for name in archive.namelist():
            pieces = _pieces(archive, name, by_line=name == packages.JOURNAL)
            if name == packages.JOURNAL:
                connection.executemany(
                    "INSERT INTO record (bytes) VALUES (?)", ((piece,) for piece in pieces)
                )
            else:
                for _ in pieces:
                    pass
        connection.execute("COMMIT")


def _pieces(archive: zipfile.ZipFile, name: str, *, by_line: bool) -> Iterator[bytes]:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        for piece in member if by_line else iter(lambda: member.read(1 << 20), b""):
            digest.update(piece)
            yield piece
    assert digest.digest()
