"""Memeriksa paket rekapitulasi (*.rkp), tanda terimanya (*.terima) dan PDF D.HASIL tanpa programnya.

    python3 periksa.py REKAP_320701_bupati_kecamatan_1.rkp TERIMA_320701_bupati_1.terima
    python3 periksa.py BERKAS ... --akar 3207=<64 angka heks kunci akar> --cabutan CABUTAN_3207_1.cabutan
    python3 periksa.py BERKAS --teks "REKAP/1 ..."   teks kode QR dari lembar bertanda tangan

Perlu Python 3.11 atau lebih baru dan paket `cryptography`. Tidak ada isi berkas yang dijalankan.
Keluar 0 bila semua cocok, 1 bila ada yang tidak cocok; kode sebabnya tercetak.

This checker shares no code with the program: whoever doubts one can read the other. Of a package
it proves, in this order: the layout of the ZIP, the signed manifest, each member against it, the
certificates (with --akar), the definition of the contest, the chains of records, the close, the
figures of every TPS, which it folds anew from the records, the Merkle root, totals and table. Of
a receipt: signature and certificates. Of a PDF: the proof inside it; its pages you must read.
"""

import argparse
import csv
import hashlib
import io
import json
import re
import struct
import sys
import unicodedata
import zlib
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LARGEST, LARGEST_UNPACKED, MOST_MEMBERS = 1 << 30, 4 << 30, 256
MANIFEST, SIGNATURE = "manifest.json", "signature.json"
CONTEST, JOURNAL, LEAVES = "contest.json", "journal.jsonl", "leaves.jsonl"
CERTIFICATES, TABLE = "certificates.jsonl", "hasil/tps.csv"
NEEDED = (CERTIFICATES, CONTEST, JOURNAL, LEAVES, TABLE)
FIELDS = {"v", "election", "mode", "chain", "seq", "time", "person", "kind", "subject", "over"}
FIELDS |= {"body", "prev"}
KEYS = ("tps", "kode_desa", "nomor_tps", "keadaan", "dihitung")
NONE = "0" * 64
Member = tuple[int, int, bytes, int]
Gone = frozenset[tuple[str, str]]
NOTHING: Gone = frozenset()


class Refused(Exception):
    """What does not hold, by the code that the program gives it too."""


def require(holds: object, code: str, detail: object = "") -> None:
    if not holds:
        raise Refused(code, detail)


# ------------------------------------------------------------ bytes, hashes, signatures


def dump(value: Any) -> bytes:
    """The one byte form: sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def sound(value: Any) -> bool:
    """Only objects with ASCII keys, lists, plain text in NFC, and integers within 2**53."""
    if isinstance(value, dict):
        keys = all(isinstance(k, str) and k.isascii() and (k.isprintable()) for k in value)
        return keys and all(map(sound, value.values()))
    if isinstance(value, list):
        return all(map(sound, value))
    if isinstance(value, str):
        return unicodedata.is_normalized("NFC", value) and not re.search(
            r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", value
        )
    return type(value) is int and abs(value) <= 2**53


def load(raw: bytes, code: str) -> Any:
    """Canonical JSON of an object; anything that would be written otherwise is refused."""
    value = None
    try:
        value = json.loads(raw)
        fits = isinstance(value, dict) and sound(value) and dump(value) == raw
    except (ValueError, RecursionError):
        fits = False
    require(fits, code)
    return value


def digest(what: str, raw: bytes) -> str:
    return hashlib.sha256(f"REKAP/1/{what}/".encode() + raw).hexdigest()


def signed(key: Any, what: str, raw: bytes, signature: Any) -> bool:
    """Ed25519 over REKAP/1/<what>/ and the SHA-256 of the bytes; key and signature in hex."""
    try:
        public, said = bytes.fromhex(key), bytes.fromhex(signature)
        if public.hex() != key or said.hex() != signature:
            return False
        message = f"REKAP/1/{what}/".encode() + hashlib.sha256(raw).digest()
        Ed25519PublicKey.from_public_bytes(public).verify(said, message)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


# ------------------------------------------------------------ the ZIP


def local_header(name: str, how: int, crc: int, packed: int, size: int) -> bytes:
    raw = name.encode()
    head = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, how, 0, 33, crc, packed, size, len(raw), 0)
    return head + raw


def central_header(name: str, how: int, crc: int, packed: int, size: int, at: int) -> bytes:
    raw = name.encode()
    head = struct.pack("<4s4B4H3L", b"PK\1\2", 20, 3, 20, 0, 0, how, 0, 33, crc, packed, size)
    return head + struct.pack("<5H2L", len(raw), 0, 0, 0, 0, 0o644 << 16, at) + raw


def read_zip(raw: bytes) -> dict[str, Member]:
    """Members by name, as they lie: (how, crc, packed bytes, size). Only one layout is accepted."""
    require(b"PK\5\6" in raw[:-18], "package-not-ours")
    require(raw[-22:-18] == b"PK\5\6", "package-layout")
    count, length, start = struct.unpack("<H2L", raw[-12:-2])
    at, found, order = start, {}, []
    try:
        for _ in range(count):
            how, _, _, crc, packed, size, named = struct.unpack("<3H3LH", raw[at + 10 : at + 30])
            (offset,) = struct.unpack("<L", raw[at + 42 : at + 46])
            name = raw[at + 46 : at + 46 + named].decode("latin-1")
            order.append((name, how, crc, packed, size, offset))
            at += 46 + named
    except struct.error as error:
        raise Refused("package-layout", "") from error
    require(at == start + length == len(raw) - 22, "package-layout")
    place, central = 0, b""
    for name, how, crc, packed, size, offset in order:
        plain = re.fullmatch(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*", name)
        require(plain and all(p.strip(".") for p in name.split("/")), "package-name", name)
        last = name in (MANIFEST, SIGNATURE)
        head = local_header(name, how, crc, packed, size)
        fits = how == (0 if last else 8) and offset == place and max(packed, size) < 1 << 31
        require(fits and raw[place : place + len(head)] == head, "package-layout", name)
        central += central_header(name, how, crc, packed, size, place)
        body = place + len(head)
        found[name] = (how, crc, raw[body : body + packed], size)
        place = body + packed
    names = [name for name, *_ in order]
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(central), place, 0)
    require(raw[place:] == central + end and count <= MOST_MEMBERS + 2, "package-layout")
    require(names[-2:] == [MANIFEST, SIGNATURE], "package-manifest")
    ordered = names[:-2] == sorted(names[:-2]) and len({n.casefold() for n in names}) == count
    require(ordered, "package-layout")
    return found


def unpack(name: str, member: Member) -> bytes:
    how, crc, packed, size = member
    raw = packed
    if how:
        engine = zlib.decompressobj(-15)
        try:
            raw = engine.decompress(packed, size + 1)
        except zlib.error as error:
            raise Refused("package-damaged", name) from error
        require(engine.eof and not engine.unused_data, "package-damaged", name)
    require(len(raw) == size and zlib.crc32(raw) == crc, "package-damaged", name)
    return raw


def open_package(path: Path) -> tuple[Any, str, str, dict[str, bytes]]:
    """The manifest, its hash, the key that signed it; every member proved, those needed unpacked."""
    require(path.is_file(), "package-not-ours")
    require(path.stat().st_size <= LARGEST, "package-too-large")
    found = read_zip(path.read_bytes())
    raw = unpack(MANIFEST, found.pop(MANIFEST))
    manifest = load(raw, "package-manifest")
    require(manifest.get("format") == "REKAP/1/package", "package-manifest")
    said = load(unpack(SIGNATURE, found.pop(SIGNATURE)), "package-not-signed")
    key = said.get("key")
    fits = said.keys() == {"key", "signature"} and signed(key, "package", raw, said["signature"])
    require(fits, "package-not-signed")
    listed = manifest.get("files")
    shape = [str, int, str, int, str]
    fits = isinstance(listed, list) and all(
        isinstance(one, list) and list(map(type, one)) == shape for one in listed
    )
    require(fits, "package-manifest")
    require(sum(one[1] for one in listed) <= LARGEST_UNPACKED, "package-too-large")
    lying = {name: (size, len(packed)) for name, (_, _, packed, size) in found.items()}
    require(lying == {one[0]: (one[1], one[3]) for one in listed}, "package-members")
    members = {}
    for name, _, sha256, _, packed_sha256 in listed:
        packed = hashlib.sha256(found[name][2]).hexdigest()
        require(packed == packed_sha256, "package-damaged", name)
        unpacked = unpack(name, found[name])
        require(hashlib.sha256(unpacked).hexdigest() == sha256, "package-damaged", name)
        if name in NEEDED:
            members[name] = unpacked
    for name in (CERTIFICATES, CONTEST, JOURNAL, LEAVES):
        require(name in members, "package-member-missing", name)
    return manifest, digest("manifest", raw), key, members


def lines(members: dict[str, bytes], name: str) -> list[bytes]:
    raw = members[name]
    require(not raw or raw.endswith(b"\n"), "package-damaged", name)
    return raw.split(b"\n")[:-1]


# ------------------------------------------------------------ certificates


def read_certificate(raw: bytes) -> Any:
    data = load(raw, "not-a-certificate")
    said = data.get("certificate")
    names = {"election", "mode", "holder", "code", "key", "name", "issuer", "issuer_key", "serial"}
    fits = (
        data.keys() == {"format", "certificate", "signature"}
        and data["format"] == "REKAP/1/certificate"
        and isinstance(said, dict)
        and said.keys() == names
        and all(isinstance(said[name], str) for name in names - {"serial"})
        and type(said["serial"]) is int
        and said["serial"] > 0
        and said["holder"] in ("office", "post")
    )
    require(fits, "not-a-certificate")
    holds = signed(said["issuer_key"], "certificate", dump(said), data["signature"])
    require(holds, "not-signed-certificate")
    return said


def read_revocations(raw: bytes) -> Gone:
    """Keys that an issuer certifies no longer, as its signed list says: (issuer's key, key)."""
    data = load(raw, "not-a-revocations")
    said = data.get("revocations")
    names = {"election", "mode", "issuer", "issuer_key", "number", "gone"}
    fits = (
        data.keys() == {"format", "revocations", "signature"}
        and data["format"] == "REKAP/1/revocations"
        and isinstance(said, dict)
        and said.keys() == names
        and isinstance(said["gone"], list)
        and all(isinstance(one, dict) and isinstance(one.get("key"), str) for one in said["gone"])
    )
    require(fits, "not-a-revocations")
    holds = signed(said["issuer_key"], "revocations", dump(said), data["signature"])
    require(holds, "not-signed-revocations")
    return frozenset((said["issuer_key"], one["key"]) for one in said["gone"])


def require_certified(
    key: str,
    code: str,
    holder: str,
    certificates: list[Any],
    *,
    roots: dict[str, str],
    gone: Gone,
    manifest: Any,
    refused: dict[Any, Refused],
) -> None:
    """Step by step upwards to a root that is believed: each office certifies right below itself.

    Of several certificates of one key each is tried; why the first does not hold is told.
    """
    wanted = (key, code, holder)
    if holder == "office" and roots.get(code) == key:
        return
    if wanted not in refused:
        why = Refused("key-not-certified", code)
        found = [c for c in certificates if (c["key"], c["code"], c["holder"]) == wanted]
        for one in found:
            above = code if holder == "post" else {4: code[:2], 6: code[:4]}.get(len(code))
            realm = (one["election"], one["mode"]) == (manifest["election"], manifest["mode"])
            try:
                require(realm, "certificate-of-other-election", code)
                require(one["issuer"] == above, "certificate-of-other-region", code)
                require((one["issuer_key"], key) not in gone, "certificate-revoked", code)
                require_certified(
                    one["issuer_key"],
                    one["issuer"],
                    "office",
                    certificates,
                    roots=roots,
                    gone=gone,
                    manifest=manifest,
                    refused=refused,
                )
            except Refused as problem:
                why = problem if one is found[0] else why
            else:
                return
        refused[wanted] = why
    raise refused[wanted]


# ------------------------------------------------------------ records


def read_records(members: dict[str, bytes], manifest: Any) -> tuple[list[Any], dict[str, Any]]:
    """Records of the sender's chains and of those below it, each following the one before."""
    records, ids = [], set()
    for at, raw in enumerate(lines(members, JOURNAL), start=1):
        one = load(raw, "package-records")
        fits = (
            one.keys() == FIELDS
            and one["v"] == 1
            and isinstance(one["subject"], dict)
            and isinstance(one["body"], dict)
            and isinstance(one["over"], list)
            and one["over"] == sorted(set(one["over"]))
            and (one["election"], one["mode"]) == (manifest["election"], manifest["mode"])
        )
        require(fits, "package-records", at)
        one["id"] = digest("record", raw)
        one["post"], _, one["of"] = one["chain"].partition("/")
        subject = one["subject"]
        about = subject.get("contest", ""), subject.get("tps", "")
        fits = (
            one["of"] in (manifest["contest"], "office")
            and about[0] in ("", manifest["contest"])
            and about[1].startswith(manifest["office"][: len(about[1])])
            and one["id"] not in ids
        )
        require(fits, "package-records", at)
        ids.add(one["id"])
        records.append(one)
    posts = {r["post"]: r for r in records if r["kind"] == "genesis/1" and r["seq"] == 1}
    chain, seq, prev = "", 0, ""
    for one in records:
        require(one["post"] in posts and one["chain"] >= chain, "package-records", one["seq"])
        if one["chain"] != chain:
            begun = NONE if one["of"] == "office" else posts[one["post"]]["id"]
            chain, seq, prev = one["chain"], 0, begun
        require((one["seq"], one["prev"]) == (seq + 1, prev), "package-records", one["seq"])
        seq, prev = one["seq"], one["id"]
        if one["subject"].get("contest"):
            named = {*one["over"], str(one["body"].get("round", ""))} - {""}
            require(named <= ids, "package-records", one["seq"])
    for post, genesis in posts.items():
        body = genesis["body"]
        own = digest("post", bytes.fromhex(body["post_key"]))[:32] == post
        require(own and body["office"].startswith(manifest["office"]), "package-records")
    return records, posts


# ------------------------------------------------------------ what becomes of records

FINAL = ("corrected", "settled", "accepted", "not-delivered")
RULED_AS = (*FINAL, "reopened")
SOURCES = ("c-hasil", "salinan", "d-hasil")


def fold(records: list[Any], double: bool) -> tuple[str, Any, bool, list[Any], bool]:
    """State, figures, whether they count, live records and rounds of one TPS in one office."""
    ended = {key for r in records for key in r["over"]}
    ruled = {key for r in records if r["kind"] == "ruling/1" for key in r["over"]}
    rulings = [r for r in records if r["kind"] == "ruling/1" and r["id"] not in ruled]
    entries = [r for r in records if r["kind"] == "entry/1" and r["id"] not in ended]
    live = [*rulings, *entries]
    rounds = {""}
    if rulings:
        said = [(r["body"]["cells"], r["body"]["cause"] in FINAL) for r in rulings]
        if any(one != said[0] for one in said):
            return "conflict", {}, False, live, True
        cells, final = said[0]
        if cells or final:
            causes = {r["body"]["cause"] for r in rulings}
            state = next(c for c in ("corrected", "settled", *FINAL[2:], "reopened") if c in causes)
            return state, cells, state != "not-delivered", live, True
        rounds = {r["id"] for r in rulings}
    return *from_entries(records, entries, rounds, double), live, bool(rulings)


def from_entries(
    records: list[Any], entries: list[Any], rounds: set[str], double: bool
) -> tuple[str, Any, bool]:
    """Entries of the present round; only those of the most authoritative paper pair."""
    own = [r for r in entries if r["body"]["round"] in rounds]
    counting: list[Any] = []
    for source in SOURCES:
        counting = [r for r in own if r["body"]["source"] == source]
        if counting:
            break
    if not counting:
        return "empty", {}, False
    cells = counting[0]["body"]["cells"]
    if any(r["body"]["cells"] != cells for r in counting):
        return "differs", {}, False
    if len({r["person"] for r in counting}) > 1:
        return "agreed", cells, True
    # In a double-entry office the hall is the second voice: what it heard read out.
    heard = [
        r["body"].get("heard")
        for r in records
        if r["kind"] == "reading/1" and r["body"]["round"] in rounds
    ]
    if double and cells in heard:
        return "agreed", cells, True
    return "single", cells, not double


def tally(records: list[Any], posts: dict[str, Any]) -> tuple[str, Any, bool]:
    """The same over several offices, each over the one below."""
    offices: dict[tuple[str, bool], list[Any]] = {}
    cells: dict[str, int] = {}
    known: list[Any] = []
    for record in records:
        body = posts[record["post"]]["body"]
        offices.setdefault((body["office"], bool(body["double_entry"])), []).append(record)
    state, counts = "empty", False
    for office in sorted(offices, key=lambda key: (-len(key[0]), key)):
        above = fold(offices[office], office[1])
        rulings = [r for r in above[3] if r["kind"] == "ruling/1"]
        judged = digest("judged", dump({"cells": cells, "counts": int(counts)}))
        if not known:
            state, cells, counts = above[:3]
        elif not rulings:
            pass
        elif above[0] == "conflict" or all(r["body"].get("judged") == judged for r in rulings):
            state, cells, counts = above[:3]
        elif not (above[4] and above[0] != "empty" and (above[1], above[2]) == (cells, counts)):
            state, cells, counts = "conflict", {}, False
        known += above[3]
    return state, cells, counts


def merkle_root(leaves: list[bytes]) -> str:
    level = [hashlib.sha256(b"\0REKAP/1/leaf/" + leaf).digest() for leaf in leaves]
    if not level:
        return hashlib.sha256(b"").hexdigest()
    while len(level) > 1:
        pairs = range(0, len(level) - 1, 2)
        upper = [hashlib.sha256(b"\1" + level[i] + level[i + 1]).digest() for i in pairs]
        level = upper + level[len(level) - len(level) % 2 :]
    return level[0].hex()


# ------------------------------------------------------------ one after the other


def differences(records: list[Any]) -> dict[str, dict[str, int]]:
    """Unit -> cell -> what was corrected above the TPS; only what no later record names."""
    known = [r for r in records if r["kind"] == "difference/1"]
    named = {key for r in known for key in r["over"]}
    found: dict[str, dict[str, int]] = {}
    for record in known:
        if record["id"] in named:
            continue
        unit = found.setdefault(record["subject"]["unit"], {})
        for cell, number in record["body"]["cells"].items():
            require(type(number) is int, "package-records")
            unit[cell] = unit.get(cell, 0) + number
    whole = {unit: {cell: n for cell, n in cells.items() if n} for unit, cells in found.items()}
    return {unit: cells for unit, cells in whole.items() if cells}


def add(sums: dict[str, int], more: dict[str, int]) -> dict[str, int]:
    return {**sums, **{cell: sums.get(cell, 0) + number for cell, number in more.items()}}


def require_close(manifest: Any, records: list[Any], posts: dict[str, Any]) -> tuple[Any, str]:
    nothing: dict[str, Any] = {"kind": ""}
    close = next((r for r in records if r["id"] == manifest["head"]), nothing)
    require(close["kind"] == "close/1", "package-close")
    body = dict(close["body"])
    signature = body.pop("signature", "")
    heads = {chain: (seq, key) for chain, seq, key in body["heads"]}
    heads[close["chain"]] = (close["seq"], close["id"])
    key = posts[close["post"]]["body"]["post_key"]
    said = (body["revision"], body["contest"], body["root"], body["leaves"])
    names = ("revision", "contest_hash", "root", "leaves")
    fits = (
        close["subject"] == {"contest": manifest["contest"], "unit": manifest["office"]}
        and said == tuple(manifest[name] for name in names)
        and heads == {r["chain"]: (r["seq"], r["id"]) for r in records}
        and differences(records) == body.get("differences", {})
        and signed(key, "close", dump(body), signature)
    )
    require(fits, "package-close")
    return close, key


def require_leaves(
    manifest: Any,
    members: dict[str, bytes],
    records: list[Any],
    posts: dict[str, Any],
    close: Any,
) -> tuple[dict[str, int], list[Any]]:
    subjects: dict[str, list[Any]] = {}
    totals: dict[str, int] = {}
    for record in records:
        tps = record["subject"].get("tps")
        if tps and record["subject"].get("contest"):
            subjects.setdefault(tps, []).append(record)
    leaves, stations, figures = lines(members, LEAVES), [], []
    for raw in leaves:
        tps = str(load(raw, "package-leaves").get("tps"))
        state, cells, counts = tally(subjects.pop(tps, []), posts)
        names = {"contest": manifest["contest_hash"], "mode": manifest["mode"], "tps": tps}
        leaf = dump({**names, "state": state, "cells": cells})
        require(leaf == raw, "package-leaves", tps)
        stations.append(tps)
        counted = cells if counts else {}
        figures.append((tps, "true" if counts else "false", counted))
        totals = add(totals, counted)
    fits = (
        not subjects
        and stations == sorted(set(stations))
        and all(tps.startswith(manifest["office"]) for tps in stations)
        and digest("stations", dump({"stations": stations})) == manifest["stations"]
        and (len(leaves), merkle_root(leaves)) == (manifest["leaves"], manifest["root"])
    )
    require(fits, "package-leaves")
    require(totals == close["body"]["totals"], "package-totals")
    return totals, figures


def require_table(members: dict[str, bytes], figures: list[Any]) -> None:
    if TABLE not in members:
        return
    try:
        rows = csv.DictReader(io.StringIO(members[TABLE].decode(), newline=""))
        said = [
            (
                row["tps"],
                row["dihitung"],
                {k: int(n) for k, n in row.items() if n and k not in KEYS},
            )
            for row in rows
        ]
    except (ValueError, KeyError, TypeError, csv.Error) as error:
        raise Refused("package-results", "") from error
    require(said == figures, "package-results")


def verify(path: Path, roots: dict[str, str] | None = None, gone: Gone = NOTHING) -> dict[str, Any]:
    """Everything that was proved, as a dict; or Refused with the code of the first that fails."""
    manifest, name, key, members = open_package(path)
    words = {"election", "mode", "contest", "contest_hash", "office", "head", "stations"}
    words |= {"root", "previous", "program"}
    fits = all(isinstance(manifest.get(word), str) for word in words) and all(
        type(manifest.get(word)) is int for word in ("v", "revision", "leaves")
    )
    require(fits and manifest["v"] == 1, "package-manifest")
    certificates = [read_certificate(raw) for raw in lines(members, CERTIFICATES)]
    believed: Any = {"roots": roots or {}, "gone": gone, "manifest": manifest, "refused": {}}
    if roots is not None:
        require_certified(key, manifest["office"], "office", certificates, **believed)
    contest = load(members[CONTEST], "package-contest")
    same = digest("contest", members[CONTEST]) == manifest["contest_hash"]
    named = contest.get("contest", {}).get("id") == manifest["contest"]
    require(same and named, "package-contest")
    records, posts = read_records(members, manifest)
    close, post = require_close(manifest, records, posts)
    if roots is not None:
        require_certified(post, manifest["office"], "post", certificates, **believed)
    totals, figures = require_leaves(manifest, members, records, posts, close)
    require_table(members, figures)
    # The papers say the sums of the TPS with what was corrected above them.
    for cells in differences(records).values():
        totals = add(totals, cells)
    proved = {"manifest": manifest, "package": name, "key": key, "totals": totals}
    return proved | {"close": close, "contest": contest["contest"]}


# ------------------------------------------------------------ receipts

TEXTS = ("election", "mode", "contest", "sender", "receiver", "key", "package", "head", "time")
RECEIPT: dict[str, type] = {**dict.fromkeys(TEXTS, str), "receiver_head": str, "revision": int}
RECEIPT |= {"totals": dict, "corrections": list, "certificates": list}


def verify_receipt(
    path: Path, roots: dict[str, str] | None = None, gone: Gone = NOTHING
) -> dict[str, Any]:
    """A receipt: signed by the office above, whose key leads to a root that is believed."""
    require(path.stat().st_size <= LARGEST >> 4, "not-a-receipt")
    data = load(path.read_bytes(), "not-a-receipt")
    said = data.get("receipt")
    fits = (
        data.keys() == {"format", "receipt", "signature"}
        and data["format"] == "REKAP/1/receipt"
        and isinstance(said, dict)
        and {name: type(value) for name, value in said.items()} == RECEIPT
    )
    require(fits, "not-a-receipt")
    require(signed(said["key"], "receipt", dump(said), data["signature"]), "not-signed-receipt")
    require(all(isinstance(raw, str) for raw in said["certificates"]), "not-a-receipt")
    certificates = [read_certificate(raw.encode()) for raw in said["certificates"]]
    if roots is not None:
        believed: Any = {"roots": roots, "gone": gone, "manifest": said, "refused": {}}
        require_certified(said["key"], said["receiver"], "office", certificates, **believed)
    return {"receipt": said, "key": said["key"], "totals": said["totals"]}


# ------------------------------------------------------------ what lies inside a recap PDF


def inside_pdf(raw: bytes) -> bytes:
    """The one stream of a PDF that is the proof; nothing else of the PDF is looked at."""
    found = []
    for place in re.finditer(rb"stream\r?\n", raw):
        try:
            engine = zlib.decompressobj()
            start = engine.decompress(raw[place.end() :], 16)
            if start.startswith(b'{"close":'):
                found.append(start + engine.decompress(engine.unconsumed_tail, LARGEST))
        except zlib.error:
            continue
    require(found, "sheet-nothing-inside")
    require(len(found) == 1, "sheet-damaged")
    return found[0]


LEAF = {"contest", "mode", "tps", "state", "cells"}


def verify_sheet(path: Path) -> dict[str, Any]:
    """The results inside a recap PDF: close, signature, definition, leaves, root, totals."""
    require(path.stat().st_size <= LARGEST, "sheet-damaged")
    data = load(inside_pdf(path.read_bytes()), "sheet-damaged")
    parts = {"v", "statement", "definition", "close", "post_key", "leaves"}
    require(data.keys() == parts and data["v"] == 1, "sheet-damaged")
    said, close, leaves = data["statement"], data["close"], [dump(x) for x in data["leaves"]]
    body, head = dict(close["body"]), digest("record", dump(close))
    told = {name: close[name] for name in ("election", "mode")} | {
        "contest": close["subject"]["contest"],
        "contest_hash": body["contest"],
        "office": said["office"],
        "unit": close["subject"]["unit"],
        "head": head,
        **{name: body[name] for name in ("revision", "root", "leaves")},
    }
    own = close["kind"] == "close/1" and told["unit"].startswith(said["office"])
    require(own and told == said, "sheet-close")
    key, signature = data["post_key"], body.pop("signature")
    post = digest("post", bytes.fromhex(key))[:32]
    fits = close["chain"] == f"{post}/{told['contest']}"
    require(fits and signed(key, "close", dump(body), signature), "sheet-signature")
    require(digest("contest", dump(data["definition"])) == said["contest_hash"], "sheet-contest")
    totals: dict[str, int] = {}
    for leaf in data["leaves"]:
        if leaf["state"] != "not-delivered":
            totals = add(totals, leaf["cells"])
    stations = [leaf["tps"] for leaf in data["leaves"]]
    fits = (
        stations == sorted(set(stations))
        and all(tps.startswith(said["unit"]) for tps in stations)
        and all(
            (set(x), x["contest"], x["mode"]) == (LEAF, said["contest_hash"], said["mode"])
            for x in data["leaves"]
        )
        and (merkle_root(leaves), len(leaves)) == (said["root"], said["leaves"])
    )
    require(fits, "sheet-root")
    require(totals == body["totals"], "sheet-totals")
    for cells in body.get("differences", {}).values():
        totals = add(totals, cells)
    contest = data["definition"]["contest"]
    return {"manifest": said, "key": key, "totals": totals, "close": close, "contest": contest}


# ------------------------------------------------------------ the code in print


def base45(raw: bytes) -> str:
    """RFC 9285, as the QR code has it where there are many choices."""
    letters, text = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", ""
    for at in range(0, len(raw), 2):
        value = int.from_bytes(raw[at : at + 2], "big")
        text += letters[value % 45] + letters[value // 45 % 45] + letters[value // 2025]
    return text


def code_lines(proved: dict[str, Any]) -> set[str]:
    """What the QR code of the sheet can say, given what was proved; spaces do not matter."""
    said, body, totals = proved["manifest"], proved["close"]["body"], proved["totals"]

    def shown(cell: str) -> str:
        return f"{totals.get(cell, '-')}{'*' if body['blanks'].get(cell) else ''}"

    unit = said.get("unit", said["office"])
    dotted = ".".join(filter(None, (unit[:2], unit[2:4], unit[4:6], unit[6:])))
    cells = [(one["number"], f"votes.{one['number']}") for one in proved["contest"]["choices"]]
    votes = " ".join(f"{n}:{shown(c if c in totals else c + '.total')}" for n, c in cells)
    lines = set()
    for told in (votes, "-"):
        start = "REKAP/1 " + ("" if said["mode"] == "real" else "LATIHAN ")
        start += f"{dotted} {said['contest'].upper()} R{said['revision']} TPS {said['leaves']}"
        start += f" {told} SAH {shown('valid')} TIDAK SAH {shown('invalid')} AKAR "
        proof = [bytes.fromhex(x) for x in (said["root"], said["head"], body.get("anchor", ""))]
        for written in (lambda raw: raw.hex().upper(), base45):
            root, head, signature = map(written, proof)
            line = f"{start}{root} KEPALA {head} TTD {signature or '-'}."
            lines.add("".join(line.split()))
    return lines


# ------------------------------------------------------------ at the terminal


def examine(path: Path, roots: dict[str, str] | None, gone: Gone = NOTHING) -> dict[str, Any]:
    """A package, a receipt or a recap PDF, by how it begins."""
    start = path.read_bytes()[:4] if path.is_file() else b""
    if start == b"%PDF":
        try:
            return verify_sheet(path)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Refused("sheet-damaged", "") from error
    return (verify_receipt if start[:1] == b"{" else verify)(path, roots, gone)


def tell(proved: dict[str, Any], roots: dict[str, str] | None) -> None:
    said = proved.get("manifest") or proved["receipt"]
    inside = "package" not in proved and "receipt" not in proved
    what = "COCOK: hasil di dalam PDF." if inside else "COCOK."
    print(what + ("" if said["mode"] == "real" else " LATIHAN."))
    if "receipt" in proved:
        print(f"Tanda terima: {said['receiver']} menerima {said['contest']} dari {said['sender']},")
        print(f"revisi {said['revision']}; usulan pembetulan {len(said['corrections'])}")
    else:
        where = said.get("unit", said["office"])
        print(f"Pemilihan {said['contest']}, kantor {where}, revisi {said['revision']}")
        print(f"TPS {said['leaves']}")
    print(f"Kode halaman {said['head'][:32]}")
    print("Jumlah: " + ", ".join(f"{cell} {n}" for cell, n in sorted(proved["totals"].items())))
    if inside:
        print("Kunci meja: " + digest("post", bytes.fromhex(proved["key"]))[:32])
        print(
            "Halamannya BELUM diperiksa: bandingkan angka ini dan nomor meja dengan yang tercetak."
        )
        return
    groups = digest("key", bytes.fromhex(proved["key"]))
    print("Kunci kantor: " + " ".join(groups[at : at + 4] for at in range(0, 64, 4)))
    if roots is None:
        print("Kunci itu belum diperiksa: beri --akar, atau cocokkan dengan surat kantor.")


def require_together(proved: dict[str, Any], others: list[dict[str, Any]], text: str) -> None:
    """A receipt says of a package beside it what that says; a code in print what its close says."""
    if "receipt" in proved:
        said = proved["receipt"]
        for one in [x for x in others if x.get("package") == said["package"]]:
            fits = (one["manifest"]["head"], one["totals"]) == (said["head"], said["totals"])
            require(fits and one["manifest"]["office"] == said["sender"], "receipt-totals")
    elif text:
        require("".join(text.split()).upper() in code_lines(proved), "line-differs")


def main(arguments: list[str]) -> int:
    """Say what was proved, or what does not hold."""
    reader = argparse.ArgumentParser(description="Memeriksa paket, tanda terima dan PDF D.HASIL.")
    reader.add_argument("berkas", type=Path, nargs="+")
    reader.add_argument("--akar", action="append", metavar="KODE=KUNCI", help="kunci akar, heks")
    reader.add_argument("--cabutan", action="append", type=Path, default=[], help="daftar cabutan")
    reader.add_argument("--teks", default="", help="teks kode QR dari lembar")
    given = reader.parse_args(arguments)
    roots = None if given.akar is None else dict(one.split("=", 1) for one in given.akar)
    gone: Gone = NOTHING
    for path in given.cabutan:
        try:
            gone = gone.union(*map(read_revocations, path.read_bytes().splitlines()))
        except Refused as refused:
            print(f"DAFTAR CABUTAN TIDAK COCOK: {refused.args[0]} {path}")
            return 1
    done: list[dict[str, Any]] = []
    status = 0
    # Packages first, whatever the order: a receipt beside one is compared with it.
    for path in sorted(given.berkas, key=lambda one: one.suffix == ".terima"):
        if len(given.berkas) > 1:
            print(f"{path}:")
        try:
            proved = examine(path, roots, gone)
            require_together(proved, done, given.teks)
        except Refused as refused:
            code, detail = refused.args
            print(f"TIDAK COCOK: {code} {detail}".rstrip())
            status = 1
        else:
            done.append(proved)
            tell(proved, roots)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
