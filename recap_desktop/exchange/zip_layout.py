"""A ZIP of which every byte that is no member's follows from names, sizes and checksums.

Members in the order of their names, packed; then the manifest and its signature, stored as they
are. No comments, links, dates, attributes, gaps or second directories: nothing can be hidden.
"""

from __future__ import annotations

import struct
import zipfile
from typing import IO

from recap_desktop.problems import KnownProblem

MANIFEST, SIGNATURE = "manifest.json", "signature.json"
LAST = {MANIFEST: 0, SIGNATURE: 1}
"""What stands after all members, in this order."""

MOST_MEMBERS = 256
UNREADABLE = (zipfile.BadZipFile, struct.error, ValueError, EOFError, NotImplementedError)
"""What the library raises for bytes that are no ZIP."""

_DAY = (1980, 1, 1, 0, 0, 0)
_ATTRIBUTES = 0o644 << 16
_UNIX, _VERSION = 3, 20
_CENTRAL, _END = struct.Struct("<4s4B4HL2L5H2L"), struct.Struct("<4s4H2LH")


def plain_info(name: str, how: int) -> zipfile.ZipInfo:
    """The header of a member, packed or stored, with nothing that could vary."""
    info = zipfile.ZipInfo(name, _DAY)
    info.compress_type = how
    info.external_attr = _ATTRIBUTES
    info.create_system = _UNIX
    return info


def require_layout(stream: IO[bytes], archive: zipfile.ZipFile, file: str) -> None:
    """Refuse a ZIP that is not laid out so.

    Args:
        stream: all its bytes.
        archive: the same, as the library reads it.
        file: its name as the person knows it.

    Raises:
        KnownProblem: ``package-name``, ``package-layout``, ``package-manifest``.
    """
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if len(names) > MOST_MEMBERS + len(LAST):
        raise KnownProblem("package-layout", file=file)
    for name in names:
        _require_name(name, file)
    ordered = sorted(names, key=lambda name: (LAST.get(name, -1), name))
    if names != ordered or len({name.casefold() for name in names}) != len(names):
        raise KnownProblem("package-layout", file=file)
    if names[-2:] != list(LAST):
        raise KnownProblem("package-manifest", file=file)
    at, central = 0, b""
    for found in infos:
        how = zipfile.ZIP_STORED if found.filename in LAST else zipfile.ZIP_DEFLATED
        info = plain_info(found.filename, how)
        info.CRC, info.file_size, info.compress_size = (
            found.CRC,
            found.file_size,
            found.compress_size,
        )
        info.header_offset = at
        header = info.FileHeader()
        stream.seek(at)
        if stream.read(len(header)) != header:
            raise KnownProblem("package-layout", file=file)
        central += _central(info)
        at += len(header) + info.compress_size
    stream.seek(at)
    count = len(infos)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(central), at, 0)
    if stream.read() != central + end:
        raise KnownProblem("package-layout", file=file)


def _central(info: zipfile.ZipInfo) -> bytes:
    name = info.filename.encode("ascii")
    day = (_DAY[0] - 1980) << 9 | _DAY[1] << 5 | _DAY[2]
    versions = (_VERSION, _UNIX, _VERSION, 0)
    sizes = (info.CRC, info.compress_size, info.file_size)
    lengths = (len(name), 0, 0, 0, 0)
    return (
        _CENTRAL.pack(
            b"PK\x01\x02",
            *versions,
            0,
            info.compress_type,
            0,
            day,
            *sizes,
            *lengths,
            _ATTRIBUTES,
            info.header_offset,
        )
        + name
    )


def _require_name(name: str, file: str) -> None:
    parts = name.split("/")
    plain = all(
        part and part.strip(".") and all(c.isascii() and (c.isalnum() or c in "._-") for c in part)
        for part in parts
    )
    if not plain:
        raise KnownProblem("package-name", file=file, name=ascii(name))
