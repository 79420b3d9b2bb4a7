"""A package can be made in one way only: whatever else is done to it is refused, by its own code."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from recap_desktop.election.records.canonical import canonical
from recap_desktop.exchange import package_manifest
from recap_desktop.exchange.package_file import open_package, write_package
from recap_desktop.exchange.package_manifest import FORMAT
from recap_desktop.exchange.signing import SigningKey
from recap_desktop.exchange.zip_layout import MANIFEST, SIGNATURE, plain_info
from recap_desktop.problems import KnownProblem

KEY = SigningKey.of(Ed25519PrivateKey.generate())
HEAD = {"contest": "bupati", "revision": 1}
JOURNAL = [b"satu\ndua\n", b"tiga\n"]
MEMBERS = {"journal.jsonl": JOURNAL, "papers/buku.pdf": [b"%PDF", b"x" * 300], "kosong": []}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "REKAP_320701_bupati.rkp"
    write_package(path, HEAD, MEMBERS, key=KEY)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(KnownProblem) as caught, open_package(path) as package:
        package.prove()
    return caught.value.code


def test_what_was_packed_is_read_again(path: Path) -> None:
    with open_package(path) as package:
        package.prove()
        assert {**package.manifest, **HEAD} == package.manifest
        assert package.key == KEY.public.hex()
        assert list(package.members) == sorted(MEMBERS)
        assert list(package.lines("journal.jsonl")) == [b"satu", b"dua", b"tiga"]
        assert package.read("papers/buku.pdf") == b"%PDF" + b"x" * 300
        assert package.read("kosong") == b""


def test_the_same_makes_the_same_bytes(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "lain.rkp"
    write_package(other, HEAD, dict(reversed(MEMBERS.items())), key=KEY)
    assert other.read_bytes() == path.read_bytes()


def test_any_zip_program_opens_it(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [*sorted(MEMBERS), MANIFEST, SIGNATURE]


def test_a_package_changed_in_any_byte_is_refused(path: Path, tmp_path: Path) -> None:
    raw = path.read_bytes()
    changed = tmp_path / "changed.rkp"
    chance = random.Random(1)
    for at in range(len(raw)):
        changed.write_bytes(raw[:at] + bytes([raw[at] ^ chance.randrange(1, 256)]) + raw[at + 1 :])
        assert refusal(changed).startswith("package-")


def test_a_package_cut_off_or_longer_is_refused(path: Path, tmp_path: Path) -> None:
    raw = path.read_bytes()
    changed = tmp_path / "changed.rkp"
    for end in range(0, len(raw), 7):
        changed.write_bytes(raw[:end])
        assert refusal(changed).startswith("package-")
    for longer in (raw + b"\0", b"\0" + raw, raw + raw):
        changed.write_bytes(longer)
        assert refusal(changed) in ("package-layout", "package-not-ours")


def zipped(
    path: Path,
    members: list[tuple[str, bytes]],
    *,
    key: SigningKey | None = KEY,
    change: Callable[[zipfile.ZipInfo], object] = lambda _: None,
) -> Path:
    """A package as somebody else would zip it, with a manifest that fits and may be signed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        listed = []
        for name, raw in members:
            info = plain_info(name, zipfile.ZIP_DEFLATED)
            change(info)
            archive.writestr(info, raw)
            packed = zlib.compressobj(-1, zlib.DEFLATED, -15)
            body = packed.compress(raw) + packed.flush()
            listed.append([name, len(raw), digest(raw), len(body), digest(body)])
        manifest = canonical({**HEAD, "format": FORMAT, "files": listed})
        signer = key or KEY
        signature = signer.sign("package", manifest)
        if key is None:
            signature = signer.sign("other", manifest)
        said = {"key": signer.public.hex(), "signature": signature}
        for name, raw in ((MANIFEST, manifest), (SIGNATURE, canonical(said))):
            archive.writestr(plain_info(name, zipfile.ZIP_STORED), raw)
    path.write_bytes(stream.getvalue())
    return path


def digest(raw: bytes) -> str:
    import hashlib  # noqa: PLC0415 - here only

    return hashlib.sha256(raw).hexdigest()


def test_the_forger_of_these_tests_can_make_a_good_one(tmp_path: Path) -> None:
    with open_package(zipped(tmp_path / "x.rkp", [("a", b"1"), ("b", b"2")])) as package:
        package.prove()


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ([("../a", b"1")], "package-name"),
        ([("/a", b"1")], "package-name"),
        ([("a/./b", b"1")], "package-name"),
        ([("a//b", b"1")], "package-name"),
        ([("..", b"1")], "package-name"),
        ([("C:a", b"1")], "package-name"),
        ([("a\\b", b"1")], "package-name"),
        ([("a\u00e9", b"1")], "package-name"),
        ([("a b", b"1")], "package-name"),
        ([("A", b"1"), ("a", b"2")], "package-layout"),
        ([("b", b"1"), ("a", b"2")], "package-layout"),
        ([(f"a{at:03}", b"") for at in range(300)], "package-layout"),
        ([("a", b"0" * 40_000_000)], "package-too-large"),
    ],
)
def test_what_a_zip_may_hold_and_a_package_may_not(
    members: list[tuple[str, bytes]],
    code: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(package_manifest, "LARGEST_UNPACKED", 30_000_000)
    assert refusal(zipped(tmp_path / "x.rkp", members)) == code


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    assert refusal(zipped(tmp_path / "x.rkp", [("a", b"1"), ("a", b"2")])) == "package-layout"


@pytest.mark.parametrize(
    "change",
    [
        lambda info: setattr(info, "external_attr", 0o120777 << 16),
        lambda info: setattr(info, "comment", b"hello"),
        lambda info: setattr(info, "extra", b"\x99\x99\0\0"),
        lambda info: setattr(info, "date_time", (2024, 11, 27, 1, 0, 0)),
        lambda info: setattr(info, "create_system", 0),
        lambda info: setattr(info, "compress_type", zipfile.ZIP_STORED),
        lambda info: setattr(info, "compress_type", zipfile.ZIP_BZIP2),
    ],
    ids=["link", "comment", "extra", "date", "system", "stored", "bzip2"],
)
def test_a_member_that_is_no_plain_file_is_refused(
    change: Callable[[zipfile.ZipInfo], object], tmp_path: Path
) -> None:
    assert refusal(zipped(tmp_path / "x.rkp", [("a", b"1")], change=change)) == "package-layout"


def test_a_manifest_that_was_signed_for_something_else_is_refused(tmp_path: Path) -> None:
    assert refusal(zipped(tmp_path / "x.rkp", [("a", b"1")], key=None)) == "package-not-signed"


def test_a_claim_of_four_gigabytes_is_refused_before_anything_is_unpacked(
    path: Path, tmp_path: Path
) -> None:
    raw = bytearray(path.read_bytes())
    central = raw.index(b"PK\x01\x02")
    raw[central + 24 : central + 28] = struct.pack("<L", 0xFFFFFFFE)
    raw[22:26] = struct.pack("<L", 0xFFFFFFFE)
    changed = tmp_path / "x.rkp"
    changed.write_bytes(bytes(raw))
    assert refusal(changed) == "package-layout"


def test_a_stick_that_is_full_or_gone_and_what_is_no_package_are_said(
    path: Path, tmp_path: Path
) -> None:
    with pytest.raises(KnownProblem, match="package-not-written"):
        write_package(tmp_path / "gone" / "x.rkp", HEAD, MEMBERS, key=KEY)
    assert refusal(tmp_path / "gone.rkp") == "package-not-ours"
    assert refusal(tmp_path) == "package-not-ours"
    (tmp_path / "x.rkp").write_bytes(b"")
    assert refusal(tmp_path / "x.rkp") == "package-not-ours"
    before = path.read_bytes()

    def pulled_out() -> object:
        yield b"1"
        raise OSError(5, "stick")

    with pytest.raises(KnownProblem, match="package-not-written"):
        write_package(path, HEAD, {"a": pulled_out()}, key=KEY)  # type: ignore[dict-item]
    assert path.read_bytes() == before
    assert [left.name for left in tmp_path.iterdir() if left.name.endswith(".tmp")] == []
