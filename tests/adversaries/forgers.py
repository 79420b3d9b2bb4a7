"""Makes packages as somebody might who wants to deceive: each function one way."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from recap_desktop.election.records.canonical import canonical
from recap_desktop.election.records.trusts import Why
from recap_desktop.exchange.certificates import Certificate, Gone, Holder, Revocations, seal
from recap_desktop.exchange.package_file import write_package
from recap_desktop.exchange.package_manifest import FORMAT
from recap_desktop.exchange.signing import SigningKey
from recap_desktop.exchange.zip_layout import MANIFEST, SIGNATURE, plain_info
from recap_desktop.office.entry import entering
from tests.adversaries.attack_bench import Bench, Members
from tests.adversaries.loads import WholeLoad
from tests.made_up.offices import BUPATI, CIAMIS, TPS, valid_bupati
from tests.made_up.upward import CIKONENG, KABKO, Ladder

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


def twice(bench: Bench) -> bytes:
    head, members = bench.parts()
    return zipped(head, sorted([*members, members[0]]), bench.key)


def backwards(bench: Bench) -> bytes:
    head, members = bench.parts()
    return zipped(head, members[::-1], bench.key)


def crowded(bench: Bench) -> bytes:
    head, members = bench.parts()
    return zipped(head, sorted([*members, *((f"z/{at:03}", b"") for at in range(300))]), bench.key)


def claiming(bench: Bench) -> bytes:
    head, members = bench.parts()
    return zipped(head, members, bench.key, claims=5 << 30)


def bomb(bench: Bench) -> bytes:
    """A member of 30 MB that says in every header, and in the manifest, that it has one byte."""
    head, members = bench.parts()
    zeros = b"\0" * 30_000_000
    raw = bytearray(zipped(head, [("a", zeros), *members], bench.key, claims=1))
    for at in (22, raw.index(b"PK\x01\x02") + 24):
        raw[at : at + 4] = struct.pack("<L", 1)
    return bytes(raw)


def four_gigabytes(bench: Bench) -> bytes:
    raw = bytearray(bench.good)
    for at in (22, raw.index(b"PK\x01\x02") + 24):
        raw[at : at + 4] = struct.pack("<L", 0xFFFFFFFE)
    return bytes(raw)


def with_gap(bench: Bench) -> bytes:
    """Something hidden between the last member and the directory."""
    at = bench.good.index(b"PK\x01\x02")
    return bench.good[:at] + b"hidden" + bench.good[at:]


def with_unlisted(bench: Bench) -> bytes:
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


def one_bit(bench: Bench) -> bytes:
    raw = bytearray(bench.good)
    raw[60] ^= 1
    return bytes(raw)


# ---------------------------------------------------------------- signatures and certificates


def for_something_else(bench: Bench) -> bytes:
    head, members = bench.parts()
    return zipped(head, members, bench.key, purpose="receipt")


def of_other_manifest(bench: Bench) -> bytes:
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


def of_neighbour(bench: Bench) -> bytes:
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


def other_figures(records: list[bytes]) -> list[bytes]:
    said = json.loads(records[1])
    said["body"]["cells"] = {"votes.1": 999}
    return [records[0], canonical(said), *records[2:]]


def at_its_side(records: list[bytes]) -> list[bytes]:
    """A second record with the place of another: the chain divides."""
    said = json.loads(records[1])
    said["time"] = "2001-01-01T00:00:00+07:00"
    return [*records[:2], canonical(said), *records[2:]]


def other_leaf(load: WholeLoad) -> WholeLoad:
    said = json.loads(load.leaves[0])
    said["cells"]["votes.1"] += 1
    return replace(load, leaves=(canonical(said), *load.leaves[1:]))


def of_unknown_laptop(bench: Bench) -> bytes:
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


def real_one(bench: Bench) -> WholeLoad:
    return bench.real.load(CIAMIS)


def as_ours(**changes: object) -> Make:
    """What was closed in the real election, said to be of the rehearsal."""

    def make(bench: Bench) -> bytes:
        load = real_one(bench)
        ours = {"election": bench.load.statement.election, **changes}
        return bench.written(replace(load, statement=replace(load.statement, **ours)))  # type: ignore[arg-type]

    return make


def into_real(bench: Bench) -> bytes:
    """What was closed in the rehearsal, said to be of the real election."""
    said = real_one(bench).statement
    statement = replace(bench.load.statement, election=said.election, mode=said.mode)
    return bench.written(replace(bench.load, statement=statement))


def without_close(load: WholeLoad) -> tuple[bytes, ...]:
    """The chain of the contest ends before its close."""
    gone = [raw for raw in load.records if b'"kind":"close/1"' in raw][-1]
    return tuple(raw for raw in load.records if raw != gone)


def gone_list(bench: Bench, key: SigningKey) -> bytes:
    """The list by which the kabupaten revokes a key."""
    root, realm = bench.ladder.key(KABKO), bench.ladder.realm
    gone = (Gone(key.public.hex(), Holder.OFFICE, CIAMIS, Why.LOST),)
    return seal(Revocations(realm, KABKO, root.public.hex(), 1, gone), root)
