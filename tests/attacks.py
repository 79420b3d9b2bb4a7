"""Every attack on a package that we know of, for the program and both verifiers.

Each makes a file; beside it stands with which code the kabupaten refuses it, and what anybody says
of it who has nothing but the file and the root's key: a code, or nothing where the file itself is
genuine and only comes to the wrong place or at the wrong time.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from recap_desktop import places
from recap_desktop.election.definitions.contests import Mode
from recap_desktop.election.records import packages
from recap_desktop.election.records.canonical import canonical
from recap_desktop.exchange.certificates import Certificate, Holder, Realm, seal
from recap_desktop.exchange.package_file import open_package, write_package
from recap_desktop.exchange.package_manifest import FORMAT
from recap_desktop.exchange.signing import SigningKey
from recap_desktop.exchange.zip_layout import MANIFEST, SIGNATURE, plain_info
from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.opening import open_office
from tests.loads import WholeLoad
from tests.offices import BUPATI, CIAMIS, TPS, Clock, tiny_election, valid_bupati
from tests.upward import CIKONENG, DECISION, KABKO, Ladder

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


# ---------------------------------------------------------------- the ZIP


Change = Callable[[zipfile.ZipInfo], object]


def zipped(
    head: dict[str, Any],
    members: Members,
    key: SigningKey,
    *,
    change: Change = lambda _: None,
    purpose: str = "package",
    unlisted: str = "",
    claims: int = 0,
) -> bytes:
    """A package as somebody else would zip it, with a manifest that fits and is signed.

    Args:
        head: what the manifest says beside its members.
        members: in the order in which they lie.
        key: that signs.
        change: made to the header of the first member.
        purpose: what the signature is for.
        unlisted: a member that the manifest leaves out.
        claims: bytes that the manifest says of the first member; 0 for what it has.
    """
    stream = io.BytesIO()
    listed = []
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w") as archive:
        # One name twice is the point of an attack.
        warnings.simplefilter("ignore")
        for at, (name, raw) in enumerate(members):
            info = plain_info(name, zipfile.ZIP_DEFLATED)
            if not at:
                change(info)
            archive.writestr(info, raw)
            body = deflated(raw)
            size = claims if claims and not at else len(raw)
            if name != unlisted:
                listed.append([name, size, sha256(raw), len(body), sha256(body)])
        manifest = canonical({**head, "format": FORMAT, "files": listed})
        said = {"key": key.public.hex(), "signature": key.sign(purpose, manifest)}
        for name, raw in ((MANIFEST, manifest), (SIGNATURE, canonical(said))):
            archive.writestr(plain_info(name, zipfile.ZIP_STORED), raw)
    return stream.getvalue()


def deflated(raw: bytes) -> bytes:
    engine = zlib.compressobj(-1, zlib.DEFLATED, -15)
    return engine.compress(raw) + engine.flush()


def sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


Make = Callable[[Bench], bytes]


def with_first(name: str) -> Make:
    """One member more, under a name; signed by the sender's own key."""

    def make(bench: Bench) -> bytes:
        head, members = bench.parts()
        return zipped(head, sorted([(name, b"1"), *members]), bench.key)

    return make


def with_change(change: Change) -> Make:
    def make(bench: Bench) -> bytes:
        head, members = bench.parts()
        return zipped(head, members, bench.key, change=change)

    return make


def set_to(attribute: str, value: object) -> Make:
    return with_change(lambda info: setattr(info, attribute, value))


def _twice(bench: Bench) -> bytes:
    head, members = bench.parts()
    return zipped(head, sorted([*members, members[0]]), bench.key)


def _backwards(bench: Bench) -> bytes:
    head, members = bench.parts()
    return zipped(head, members[::-1], bench.key)


def _crowded(bench: Bench) -> bytes:
    head, members = bench.parts()
    return zipped(head, sorted([*members, *((f"z/{at:03}", b"") for at in range(300))]), bench.key)


def _claiming(bench: Bench) -> bytes:
    head, members = bench.parts()
    return zipped(head, members, bench.key, claims=5 << 30)


def _bomb(bench: Bench) -> bytes:
    """A member of 30 MB that says in every header, and in the manifest, that it has one byte."""
    head, members = bench.parts()
    zeros = b"\0" * 30_000_000
    raw = bytearray(zipped(head, [("a", zeros), *members], bench.key, claims=1))
    for at in (22, raw.index(b"PK\x01\x02") + 24):
        raw[at : at + 4] = struct.pack("<L", 1)
    return bytes(raw)


def _four_gigabytes(bench: Bench) -> bytes:
    raw = bytearray(bench.good)
    for at in (22, raw.index(b"PK\x01\x02") + 24):
        raw[at : at + 4] = struct.pack("<L", 0xFFFFFFFE)
    return bytes(raw)


def _with_gap(bench: Bench) -> bytes:
    """Something hidden between the last member and the directory."""
    at = bench.good.index(b"PK\x01\x02")
    return bench.good[:at] + b"hidden" + bench.good[at:]


def _unlisted(bench: Bench) -> bytes:
    head, members = bench.parts()
    return zipped(head, [("a", b"1"), *members], bench.key, unlisted="a")


def without(name: str) -> Make:
    def make(bench: Bench) -> bytes:
        head, members = bench.parts()
        return zipped(head, [one for one in members if one[0] != name], bench.key)

    return make


def with_member(name: str, old: bytes, new: bytes) -> Make:
    """A member that says something else; packed and signed anew by the sender's own key."""

    def make(bench: Bench) -> bytes:
        head, members = bench.parts()
        assert old in dict(members)[name], name
        changed = [(n, raw.replace(old, new, 1) if n == name else raw) for n, raw in members]
        path = bench.ladder.folder / "changed.rkp"
        write_package(path, head, {n: [raw] for n, raw in changed}, key=bench.key)
        return path.read_bytes()

    return make


def _one_bit(bench: Bench) -> bytes:
    raw = bytearray(bench.good)
    raw[60] ^= 1
    return bytes(raw)


# ---------------------------------------------------------------- signatures and certificates


def _for_something_else(bench: Bench) -> bytes:
    head, members = bench.parts()
    return zipped(head, members, bench.key, purpose="receipt")


def _of_other_manifest(bench: Bench) -> bytes:
    """The signature of one package under the manifest of another."""
    head, members = bench.parts()
    raw = zipped({**head, "program": "recap-desktop/0.1.1"}, members, bench.key)
    ours, theirs = (json.loads(_stored(one, SIGNATURE)) for one in (bench.good, raw))
    return raw.replace(theirs["signature"].encode(), ours["signature"].encode()).replace(
        _crc(raw, SIGNATURE), _crc(bench.good, SIGNATURE)
    )


def _stored(raw: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read(name)


def _crc(raw: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return struct.pack("<L", archive.getinfo(name).CRC)


def signed_by(key: Callable[[Bench], SigningKey]) -> Make:
    return lambda bench: bench.written(bench.load, key(bench))


def _neighbour(bench: Bench) -> bytes:
    """The valid key of another kecamatan, with the certificates of both."""
    theirs = (*bench.load.certificates, *bench.ladder.certificates(CIKONENG))
    load = replace(bench.load, certificates=theirs)
    return bench.written(load, bench.ladder.key(CIKONENG))


def certified_by(*sealed: Callable[[Bench], bytes]) -> Make:
    return lambda bench: bench.written(
        replace(bench.load, certificates=tuple(one(bench) for one in sealed))
    )


def office_certificate(**changes: object) -> Callable[[Bench], bytes]:
    """That the key of Ciamis is its own; what differs from the genuine one."""

    def make(bench: Bench) -> bytes:
        ladder = bench.ladder
        realm, root = ladder.realm, ladder.key(KABKO)
        own = Certificate(
            realm,
            Holder.OFFICE,
            CIAMIS,
            bench.key.public.hex(),
            "PPK",
            KABKO,
            root.public.hex(),
            7,
        )
        issuer = root if changes.get("issuer", KABKO) == KABKO else ladder.key(CIKONENG)
        said = {"issuer_key": issuer.public.hex(), **changes}
        return seal(replace(own, **said), issuer)  # type: ignore[arg-type]

    return make


def post_certificate(bench: Bench) -> bytes:
    return bench.load.certificates[-1]


# ---------------------------------------------------------------- whoever has the sender's key


def loaded(forge: Callable[[WholeLoad], WholeLoad]) -> Make:
    return lambda bench: bench.written(forge(bench.load))


def stated(**changes: object) -> Make:
    return loaded(lambda load: replace(load, statement=replace(load.statement, **changes)))  # type: ignore[arg-type]


def recorded(change: Callable[[list[bytes]], list[bytes]]) -> Make:
    return loaded(lambda load: replace(load, records=tuple(change(list(load.records)))))


def _other_figures(records: list[bytes]) -> list[bytes]:
    said = json.loads(records[1])
    said["body"]["cells"] = {"votes.1": 999}
    return [records[0], canonical(said), *records[2:]]


def _at_its_side(records: list[bytes]) -> list[bytes]:
    """A second record with the place of another: the chain divides."""
    said = json.loads(records[1])
    said["time"] = "2001-01-01T00:00:00+07:00"
    return [*records[:2], canonical(said), *records[2:]]


def _other_leaf(load: WholeLoad) -> WholeLoad:
    said = json.loads(load.leaves[0])
    said["cells"]["votes.1"] += 1
    return replace(load, leaves=(canonical(said), *load.leaves[1:]))


def _unknown_laptop(bench: Bench) -> bytes:
    """The office's key signs what a laptop closed that nobody certified, figures of its own."""
    other = Ladder(bench.ladder.folder / "asing", keys=bench.ladder.keys)
    other.folder.mkdir(exist_ok=True)
    office = other.office(CIAMIS)
    rows = [(tps, valid_bupati(99)) for tps in TPS]
    entering.enter_all(office, BUPATI, rows, by="Siti")
    other.package(CIAMIS)
    load = replace(other.load(CIAMIS), certificates=bench.load.certificates)
    other.close()
    for name in (f"{CIAMIS}.rekap", f"{CIAMIS}.rekap.kunci"):
        (other.folder / name).unlink(missing_ok=True)
    return bench.written(load)


def _real_one(bench: Bench) -> WholeLoad:
    return bench.real.load(CIAMIS)


def as_ours(**changes: object) -> Make:
    """What was closed in the real election, said to be of the rehearsal."""

    def make(bench: Bench) -> bytes:
        load = _real_one(bench)
        ours = {"election": bench.load.statement.election, **changes}
        return bench.written(replace(load, statement=replace(load.statement, **ours)))  # type: ignore[arg-type]

    return make


def into_real(bench: Bench) -> bytes:
    """What was closed in the rehearsal, said to be of the real election."""
    said = _real_one(bench).statement
    statement = replace(bench.load.statement, election=said.election, mode=said.mode)
    return bench.written(replace(bench.load, statement=statement))


# ---------------------------------------------------------------- the table


@dataclass(frozen=True, slots=True)
class Attack:
    """One way to deceive.

    Attributes:
        make: the file.
        received: code with which the kabupaten refuses it.
        verified: what is said of the file by whoever has the root's key; nothing where it is
            genuine by itself.
        at_real: whether it is brought to the real kabupaten; else to that of the rehearsal.
    """

    make: Make
    received: str
    verified: str
    at_real: bool = False


def found(make: Make, code: str) -> Attack:
    """One that anybody finds in the file itself."""
    return Attack(make, code, code)


def misplaced(make: Make, code: str, *, at_real: bool = False) -> Attack:
    """A genuine file that comes to the wrong place, or at the wrong time."""
    return Attack(make, code, "", at_real=at_real)


LINK, ZIP64 = 0o120777 << 16, 45
NAMES = ("../x", "/x", "a/../../x", "..", "a/./x", "a//x", "C:x", "a\\x", "a b", "a\u00e9", "x/")

ATTACKS: dict[str, Attack] = {
    # Names, links, doubles, bombs, claims: what a ZIP may hold and a package may not.
    **{f"a member called {name!r}": found(with_first(name), "package-name") for name in NAMES},
    "names equal but for case": found(with_first("CONTEST.json"), "package-layout"),
    "a name that stands twice": found(_twice, "package-layout"),
    "members in another order": found(_backwards, "package-layout"),
    "300 members": found(_crowded, "package-layout"),
    "a link": found(set_to("external_attr", LINK), "package-layout"),
    "a comment in a header": found(set_to("comment", b"hello"), "package-layout"),
    "something in an extra field": found(set_to("extra", b"\x99\x99\0\0"), "package-layout"),
    "another day": found(set_to("date_time", (2024, 11, 27, 1, 0, 0)), "package-layout"),
    "another system": found(set_to("create_system", 0), "package-layout"),
    "another version": found(set_to("extract_version", ZIP64), "package-layout"),
    "a member that is not packed": found(set_to("compress_type", 0), "package-layout"),
    "a member packed by bzip2": found(set_to("compress_type", 12), "package-layout"),
    "something before it": found(lambda b: b"\0" + b.good, "package-layout"),
    "something behind it": found(lambda b: b.good + b"\0", "package-layout"),
    "something in its middle": found(_with_gap, "package-layout"),
    "two behind each other": found(lambda b: b.good * 2, "package-layout"),
    "a header that claims 4 GB": found(_four_gigabytes, "package-layout"),
    "a manifest that claims 5 GB": found(_claiming, "package-too-large"),
    "a bomb": found(_bomb, "package-damaged"),
    "no package": found(lambda _: b"PK nothing at all", "package-not-ours"),
    "nothing": found(lambda _: b"", "package-not-ours"),
    "its first half": found(lambda b: b.good[: len(b.good) // 2], "package-not-ours"),
    # Members, manifest and signature.
    "a bit of a member": found(_one_bit, "package-damaged"),
    "a member that is not listed": found(_unlisted, "package-members"),
    **{
        f"no {name}": found(without(name), "package-member-missing")
        for name in sorted(packages.NECESSARY)
    },
    "a signature for something else": found(_for_something_else, "package-not-signed"),
    "the signature of another package": found(_of_other_manifest, "package-not-signed"),
    # Keys and certificates.
    "the key of a stranger": found(signed_by(lambda _: STRANGER), "key-not-certified"),
    "the valid key of another kecamatan": found(_neighbour, "key-not-certified"),
    "no certificate": found(certified_by(), "key-not-certified"),
    "a laptop without certificate": found(certified_by(office_certificate()), "key-not-certified"),
    "a laptop that nobody knows": found(_unknown_laptop, "key-not-certified"),
    "a certificate of another election": found(
        certified_by(office_certificate(realm=Realm("ab" * 32, "rehearsal")), post_certificate),
        "certificate-of-other-election",
    ),
    "a certificate of the real election": found(
        certified_by(
            lambda b: office_certificate(realm=replace(b.ladder.realm, mode="real"))(b),
            post_certificate,
        ),
        "certificate-of-other-election",
    ),
    "a certificate by another kecamatan": found(
        certified_by(office_certificate(issuer=CIKONENG), post_certificate),
        "certificate-of-other-region",
    ),
    # Journal and figures, by whoever has the sender's key.
    "a record with other figures": found(recorded(_other_figures), "package-records"),
    "records that changed places": found(
        recorded(lambda r: [r[1], r[0], *r[2:]]), "package-records"
    ),
    "a record that was dropped": found(recorded(lambda r: [r[0], *r[2:]]), "package-records"),
    "a record that stands twice": found(recorded(lambda r: [*r, r[-1]]), "package-records"),
    "a chain that divides": found(recorded(_at_its_side), "package-records"),
    "the genesis dropped": found(recorded(lambda r: r[:-1]), "package-records"),
    "a journal without its last record": found(
        loaded(lambda load: replace(load, records=_without_close(load))), "package-close"
    ),
    "a leaf with other figures": found(loaded(_other_leaf), "package-leaves"),
    "a leaf that was dropped": found(
        loaded(lambda load: replace(load, leaves=load.leaves[1:])), "package-leaves"
    ),
    "leaves that changed places": found(
        loaded(lambda load: replace(load, leaves=load.leaves[::-1])), "package-leaves"
    ),
    "a table with other figures": found(
        with_member("hasil/tps.csv", b",43,97,", b",44,96,"), "package-results"
    ),
    "another name on the definition": Attack(
        loaded(lambda load: replace(load, contest=load.contest.replace(b"Herdiat", b"Hurdiat"))),
        "package-contest",
        "package-contest",
    ),
    # What the manifest says.
    "another election": Attack(
        stated(election="ab" * 32), "receive-election", "certificate-of-other-election"
    ),
    "a rehearsal said to be real": Attack(
        stated(mode="real"), "receive-mode", "certificate-of-other-election"
    ),
    "another contest": Attack(stated(contest="gubernur"), "receive-definition", "package-contest"),
    "a contest that there is not": Attack(
        stated(contest="walikota"), "receive-contest", "package-contest"
    ),
    "another kecamatan": Attack(stated(office=CIKONENG), "receive-stations", "key-not-certified"),
    "the kabupaten itself": Attack(stated(office=KABKO), "receive-office", "key-not-certified"),
    "an office that there is not": Attack(
        stated(office="990101"), "receive-office", "key-not-certified"
    ),
    "another definition": Attack(
        stated(contest_hash="ab" * 32), "receive-definition", "package-contest"
    ),
    "another list of TPS": Attack(stated(stations="ab" * 32), "receive-stations", "package-leaves"),
    "another revision": found(stated(revision=9), "package-close"),
    "another head": found(stated(head="ab" * 32), "package-close"),
    "another root": found(stated(root="ab" * 32), "package-close"),
    "fewer leaves": found(stated(leaves=4), "package-close"),
    # Genuine, but not here or not now.
    "the same again": misplaced(lambda b: b.first, "receive-already"),
    "an old revision": misplaced(lambda b: b.skipped, "receive-older"),
    "a history that branched off": misplaced(lambda b: b.forked, "receive-alarm"),
    "a history that became shorter": misplaced(lambda b: b.shortened, "receive-alarm"),
    "the real election in the rehearsal": misplaced(
        lambda b: b.written(_real_one(b), real=True), "receive-election"
    ),
    "the rehearsal in the real election": misplaced(
        lambda b: b.good, "receive-election", at_real=True
    ),
    "the real one, said to be of this election": Attack(
        as_ours(), "receive-mode", "certificate-of-other-election"
    ),
    "the real one, said to be a rehearsal": found(
        as_ours(mode="rehearsal"), "certificate-of-other-election"
    ),
    "the rehearsal, said to be real": Attack(
        into_real,
        "certificate-of-other-election",
        "certificate-of-other-election",
        at_real=True,
    ),
}
"""What is done -> the file, and with which code it is refused."""


def _without_close(load: WholeLoad) -> tuple[bytes, ...]:
    """The chain of the contest ends before its close."""
    gone = [raw for raw in load.records if b'"kind":"close/1"' in raw][-1]
    return tuple(raw for raw in load.records if raw != gone)
