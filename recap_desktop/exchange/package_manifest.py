"""The manifest of a package, its signature, and the members that it names."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recap_desktop.election.records.canonical import NotCanonical, read_canonical
from recap_desktop.exchange.signing import is_signed
from recap_desktop.exchange.zip_layout import LAST
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = "REKAP/1/package"

LARGEST = 1024 * 1024 * 1024
"""Bytes of the largest package that is written or read."""

LARGEST_UNPACKED = 4 * LARGEST
LARGEST_MANIFEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a package as its manifest names it.

    Attributes:
        name: relative, with ``/``.
        size: bytes unpacked.
        sha256: of these.
        packed: bytes as they lie in the package.
        packed_sha256: of those.
    """

    name: str
    size: int
    sha256: str
    packed: int
    packed_sha256: str


def stored(archive: zipfile.ZipFile, name: str, file: str) -> bytes:
    """The bytes of the manifest or its signature, which lie unpacked.

    Raises:
        KnownProblem: ``package-manifest``, ``package-damaged``.
    """
    if archive.getinfo(name).file_size > LARGEST_MANIFEST:
        raise KnownProblem("package-manifest", file=file)
    try:
        return archive.read(name)
    except zipfile.BadZipFile as error:
        raise KnownProblem("package-damaged", file=file, name=name) from error


def read_manifest(raw: bytes, file: str) -> dict[str, Any]:
    """What a manifest says.

    Raises:
        KnownProblem: ``package-manifest``.
    """
    try:
        said = read_canonical(raw)
    except NotCanonical as error:
        raise KnownProblem("package-manifest", file=file) from error
    if said.get("format") != FORMAT:
        raise KnownProblem("package-manifest", file=file)
    return said


def require_signed(manifest: bytes, raw: bytes, file: str) -> str:
    """The key in hex that signed a manifest.

    Raises:
        KnownProblem: ``package-not-signed``.
    """
    try:
        said = read_canonical(raw)
        key, signature = said["key"], said["signature"]
        public = bytes.fromhex(key)
    except (NotCanonical, KeyError, TypeError, ValueError) as error:
        raise KnownProblem("package-not-signed", file=file) from error
    signed = is_signed(public, "package", raw=manifest, signature=signature)
    if len(said) != len(("key", "signature")) or public.hex() != key or not signed:
        raise KnownProblem("package-not-signed", file=file)
    return str(key)


def read_members(manifest: Mapping[str, Any], file: str) -> dict[str, Member]:
    """The members that a manifest names, by name.

    Raises:
        KnownProblem: ``package-manifest``, ``package-too-large``.
    """
    try:
        members = [Member(*listed) for listed in manifest["files"]]
        kinds = [tuple(map(type, listed)) for listed in manifest["files"]]
    except (KeyError, TypeError) as error:
        raise KnownProblem("package-manifest", file=file) from error
    if any(kind != (str, int, str, int, str) for kind in kinds):
        raise KnownProblem("package-manifest", file=file)
    if sum(member.size for member in members) > LARGEST_UNPACKED:
        raise KnownProblem("package-too-large", file=file)
    return {member.name: member for member in members}


def require_same(archive: zipfile.ZipFile, members: Mapping[str, Member], file: str) -> None:
    """Refuse a ZIP that holds other members, or of other sizes, than its manifest says.

    Raises:
        KnownProblem: ``package-members``.
    """
    lying = {
        info.filename: (info.file_size, info.compress_size)
        for info in archive.infolist()
        if info.filename not in LAST
    }
    if lying != {name: (member.size, member.packed) for name, member in members.items()}:
        raise KnownProblem("package-members", file=file)
