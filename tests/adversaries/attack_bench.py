"""A kabupaten that received two revisions of a kecamatan, and all that attackers have at hand."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from recap_desktop import places
from recap_desktop.election.definitions.contests import Mode
from recap_desktop.election.records import packages
from recap_desktop.exchange.package_file import open_package, write_package
from recap_desktop.exchange.signing import SigningKey
from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.opening import open_office
from tests.adversaries.loads import WholeLoad
from tests.made_up.offices import BUPATI, CIAMIS, TPS, Clock, tiny_election, valid_bupati
from tests.made_up.upward import CIKONENG, DECISION, KABKO, Ladder

STRANGER = SigningKey.of(Ed25519PrivateKey.generate())
Members = list[tuple[str, bytes]]


@dataclass
class Bench:
    """A kabupaten that received revisions 1 and 3 of Ciamis, and what attackers have at hand.

    Attributes:
        ladder: its offices; the kabupaten is the root.
        real: the same offices in the real election, with the same keys.
        first: bytes of revision 1, which was received.
        skipped: of revision 2, which never was.
        good: of revision 4, which could be received.
        load: what ``good`` was made from.
        forked: of a laptop that went on from an old copy.
        shortened: of one that went on from it as a new post.
        theirs: of Cikoneng, revision 1.
    """

    ladder: Ladder
    real: Ladder
    first: bytes = b""
    skipped: bytes = b""
    good: bytes = b""
    forked: bytes = b""
    shortened: bytes = b""
    theirs: bytes = b""
    load: WholeLoad = field(init=False)

    @property
    def roots(self) -> dict[str, str]:
        """What anybody knows who has the letter of the root."""
        return dict(self.ladder.trust.roots)

    @property
    def key(self) -> SigningKey:
        """Of Ciamis."""
        return self.ladder.key(CIAMIS)

    @property
    def revoked(self) -> frozenset[tuple[str, str]]:
        """That the kabupaten certifies the key of Ciamis no longer."""
        return frozenset({(self.ladder.key(KABKO).public.hex(), self.key.public.hex())})

    def parts(self) -> tuple[dict[str, Any], Members]:
        """What the manifest of the good package says beside its members, and these."""
        return parts_of(self.ladder.folder, self.good)

    def small(self) -> bytes:
        """The smallest package: one TPS, and of the standard exports only the table that is proved."""
        folder = self.ladder.folder
        head, members = parts_of(folder, self.theirs)
        kept = {
            name: [raw]
            for name, raw in members
            if name in packages.NECESSARY or name == "hasil/tps.csv"
        }
        write_package(folder / "small.rkp", head, kept, key=self.ladder.key(CIKONENG))
        return (folder / "small.rkp").read_bytes()

    def written(
        self, load: WholeLoad, key: SigningKey | None = None, *, real: bool = False
    ) -> bytes:
        """The bytes of a package of something else than what was closed."""
        return (self.real if real else self.ladder).write(load, key or self.key).read_bytes()

    def close(self) -> None:
        self.ladder.close()
        self.real.close()


def parts_of(folder: Path, raw: bytes) -> tuple[dict[str, Any], Members]:
    path = folder / "parts.rkp"
    path.write_bytes(raw)
    with open_package(path) as package:
        head = {name: said for name, said in package.manifest.items() if name != "files"}
        return head, [(name, package.read(name)) for name in package.members]


def bench(folder: Path) -> Bench:
    """The offices; it takes a second."""
    for name in ("latihan", "sungguhan"):
        (folder / name).mkdir()
    ladder = Ladder(folder / "latihan")
    real = Ladder(folder / "sungguhan", election=tiny_election(Mode.REAL), keys=ladder.keys)
    made = Bench(ladder, real)
    for one in (ladder, real):
        one.office(KABKO)
        rows = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
        entering.enter_all(one.office(CIAMIS), BUPATI, rows, by="Siti")
    entering.enter(ladder.office(CIKONENG), BUPATI, "3207022001001", valid_bupati(30), by="Siti")
    made.theirs = ladder.package(CIKONENG).read_bytes()
    made.first = received(ladder)
    _revise(ladder, 41)
    made.skipped = ladder.package(CIAMIS).read_bytes()
    old = _copied(ladder)
    _revise(ladder, 42)
    received(ladder)
    _revise(ladder, 43)
    ladder.package(CIAMIS)
    made.load = ladder.load(CIAMIS)
    made.good = made.written(made.load)
    made.shortened, made.forked = _went_on(ladder, old)
    real.package(CIAMIS)
    return made


def received(ladder: Ladder) -> bytes:
    path = ladder.package(CIAMIS)
    ladder.receive(path)
    return path.read_bytes()


def _revise(ladder: Ladder, votes: int) -> None:
    ladder.again(CIAMIS)
    changes = {"votes.1": votes, "votes.2": 140 - votes}
    ruling.correct(ladder.offices[CIAMIS], BUPATI, TPS[0], changes=changes, decision=DECISION)


def _copied(ladder: Ladder) -> Path:
    office = ladder.offices[CIAMIS]
    office.close()
    copy = ladder.folder / "salinan.rekap"
    shutil.copy(office.file.path, copy)
    ladder.offices[CIAMIS] = open_office(office.file.path, clock=Clock())
    return copy


def _went_on(ladder: Ladder, old: Path) -> tuple[bytes, bytes]:
    """Packages of the old copy: as a new post, and on a machine that was put back too."""
    own = ladder.offices[CIAMIS]
    (genesis,) = own.file.journal.geneses()
    own.close()
    second = shutil.copy(old, ladder.folder / "lagi.rekap")
    ladder.offices[CIAMIS] = open_office(old, clock=Clock())
    assert ladder.offices[CIAMIS].obstacle == "restored-backup"
    ladder.offices[CIAMIS].go_on_as_new_post()
    _revise(ladder, 77)
    shortened = ladder.package(CIAMIS).read_bytes()
    ladder.offices[CIAMIS].close()
    (places.machine_data() / "posts" / f"{genesis.post}.heads").unlink()
    ladder.offices[CIAMIS] = open_office(Path(second), clock=Clock())
    _revise(ladder, 78)
    return shortened, ladder.package(CIAMIS).read_bytes()
