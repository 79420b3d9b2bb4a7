"""The package ``*.rkp`` of one closed contest: a plain ZIP that can be made in one way only.

Members lie one after the other in the order of their names, then the manifest, then its
signature; nothing stands before, between or after them, and every byte of every header follows
from the manifest. So no byte can be changed, added or hidden unnoticed. What a member holds is
proved in its packed form before it is unpacked, against the signed manifest.
"""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from recap_desktop.election.records import journal
from recap_desktop.election.records.canonical import canonical
from recap_desktop.exchange.package_manifest import (
    FORMAT,
    LARGEST,
    read_manifest,
    read_members,
    require_same,
    require_signed,
    stored,
)
from recap_desktop.exchange.whole_files import whole
from recap_desktop.exchange.zip_layout import (
    MANIFEST,
    SIGNATURE,
    UNREADABLE,
    plain_info,
    require_layout,
)
from recap_desktop.problems import KnownProblem, reason_of
from recap_desktop.way import NO_WAY, Way

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from types import TracebackType

    from recap_desktop.exchange.signing import SigningKey

SUFFIX = ".rkp"

_PIECE = 1024 * 1024
_WRITTEN = 64 * 1024
"""Bytes that are hashed and packed at once."""


def write_package(
    path: Path,
    head: Mapping[str, Any],
    members: Mapping[str, Iterable[bytes]],
    *,
    key: SigningKey,
    size: int = 0,
    way: Way = NO_WAY,
) -> str:
    """Write a package in full or not at all, and prove what the medium holds.

    Args:
        path: where; a file of that name is replaced.
        head: what the manifest says beside its members: canonical data.
        members: name -> its bytes, piece by piece.
        key: of the office.
        size: about how many bytes these are.
        way: is told how far it is.

    Returns:
        Hash of the manifest, which names the package.

    Raises:
        KnownProblem: ``package-not-written``; ``package-too-large``.
        GivenUp: when a person said so; nothing is left behind.
    """
    try:
        with whole(path) as draft:
            counted = _counted(members, size, way.stretch(0, 0.75))
            made = _write(draft, head, counted, key=key)
            with open_package(draft) as package:
                package.prove(way=way.stretch(0.75, 1))
                if package.hash != made:
                    raise KnownProblem("package-damaged", file=str(path), name=MANIFEST)
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("package-not-written", file=str(path), reason=reason) from error
    return made


def _counted(
    members: Mapping[str, Iterable[bytes]], size: int, way: Way
) -> dict[str, Iterator[bytes]]:
    """The same members, gathered to pieces of some size; the way is told by the bytes of all."""
    done = 0

    def pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
        nonlocal done
        gathered, length = [], 0
        for part in parts:
            gathered.append(part)
            length += len(part)
            if length >= _WRITTEN:
                yield b"".join(gathered)
                done += length
                way.at(done, max(size, done))
                gathered, length = [], 0
        yield b"".join(gathered)

    return {name: pieces(parts) for name, parts in members.items()}


def _write(
    path: Path,
    head: Mapping[str, Any],
    members: Mapping[str, Iterable[bytes]],
    *,
    key: SigningKey,
) -> str:
    listed = []
    with path.open("w+b") as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(members):
            digest, size = hashlib.sha256(), 0
            with archive.open(plain_info(name, zipfile.ZIP_DEFLATED), "w") as member:
                for piece in members[name]:
                    digest.update(piece)
                    size += len(piece)
                    member.write(piece)
            packed, packed_digest = _packed(stream, archive.getinfo(name))
            listed.append([name, size, digest.hexdigest(), packed, packed_digest])
        manifest = canonical({**head, "format": FORMAT, "files": listed})
        archive.writestr(plain_info(MANIFEST, zipfile.ZIP_STORED), manifest)
        said = {"key": key.public.hex(), "signature": key.sign("package", manifest)}
        archive.writestr(plain_info(SIGNATURE, zipfile.ZIP_STORED), canonical(said))
    return journal.digest("manifest", manifest)


def _packed(stream: IO[bytes], info: zipfile.ZipInfo) -> tuple[int, str]:
    """Size and hash of a member as it lies there; the place of the stream stays."""
    back = stream.tell()
    stream.seek(_start(info))
    digest, left = hashlib.sha256(), info.compress_size
    while left:
        piece = stream.read(min(left, _PIECE))
        if not piece:
            break
        digest.update(piece)
        left -= len(piece)
    stream.seek(back)
    return info.compress_size, digest.hexdigest()


def _start(info: zipfile.ZipInfo) -> int:
    return info.header_offset + len(info.FileHeader())


# ---------------------------------------------------------------- reading


class Package:
    """A package on a private copy, whose manifest is signed by the key that it names.

    Whether that key may sign for that office is not asked here; nor is anything unpacked before
    ``prove`` or ``pieces`` is called.

    Attributes:
        file: its name as the person knows it.
        manifest: what it says.
        hash: of the manifest, which names the package.
        key: raw public key that signed it, in hex.
        members: its files by name.
        sha256: of all its bytes.
    """

    def __init__(
        self, file: str, stream: IO[bytes], archive: zipfile.ZipFile, *, sha256: str
    ) -> None:
        """Use ``open_package``."""
        self.file = file
        self.sha256 = sha256
        self._stream = stream
        self._kept: dict[str, IO[bytes]] = {}
        self._archive = archive
        raw = stored(archive, MANIFEST, file)
        self.manifest: dict[str, Any] = read_manifest(raw, file)
        self.hash = journal.digest("manifest", raw)
        self.key = require_signed(raw, stored(archive, SIGNATURE, file), file)
        self.members = read_members(self.manifest, file)
        require_same(archive, self.members, file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Throw the private copy away."""
        self._archive.close()
        self._stream.close()
        for kept in self._kept.values():
            kept.close()

    def prove(self, keep: Collection[str] = (), *, way: Way = NO_WAY) -> None:
        """Prove every member, packed and unpacked.

        Args:
            keep: names of members that are kept unpacked, since they are read again.
            way: is told how far it is, by bytes.

        Raises:
            KnownProblem: ``package-damaged`` with the name of the member.
        """
        done, size = 0, sum(member.size for member in self.members.values())
        for name in self.members:
            with contextlib.ExitStack() as stack:
                kept = None
                if name in keep:
                    kept = stack.enter_context(tempfile.TemporaryFile(prefix="rekap-"))
                for piece in self.pieces(name):
                    if kept:
                        kept.write(piece)
                    done += len(piece)
                    way.at(done, size)
                if kept:
                    self._kept[name] = kept
                stack.pop_all()

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member piece by piece; its end comes only when all of it was proved.

        Raises:
            KnownProblem: ``package-damaged``.
        """
        if name in self._kept:
            kept = self._kept[name]
            kept.seek(0)
            while piece := kept.read(_PIECE):
                yield piece
            return
        member, info = self.members[name], self._archive.getinfo(name)
        if _packed(self._stream, info) != (member.packed, member.packed_sha256):
            raise KnownProblem("package-damaged", file=self.file, name=name)
        digest, size = hashlib.sha256(), 0
        for piece in self._unpacked(info):
            digest.update(piece)
            size += len(piece)
            if size > member.size:
                break
            yield piece
        if (size, digest.hexdigest()) != (member.size, member.sha256):
            raise KnownProblem("package-damaged", file=self.file, name=name)

    def _unpacked(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            with self._archive.open(info) as member:
                while piece := member.read(_PIECE):
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise KnownProblem("package-damaged", file=self.file, name=info.filename) from error

    def read(self, name: str, *, most: int = LARGEST) -> bytes:
        """A member at once.

        Raises:
            KnownProblem: ``package-member-missing``, ``package-too-large``, ``package-damaged``.
        """
        if name not in self.members:
            raise KnownProblem("package-member-missing", file=self.file, name=name)
        if self.members[name].size > most:
            raise KnownProblem("package-too-large", file=self.file)
        return b"".join(self.pieces(name))

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a member without their ends.

        Raises:
            KnownProblem: as ``read``.
        """
        if name not in self.members:
            raise KnownProblem("package-member-missing", file=self.file, name=name)
        rest = b""
        for piece in self.pieces(name):
            *whole_lines, rest = (rest + piece).split(b"\n")
            yield from whole_lines
        if rest:
            raise KnownProblem("package-damaged", file=self.file, name=name)


def open_package(path: Path, *, way: Way = NO_WAY) -> Package:
    """Copy a package to a private place and look at how it is built, its manifest and signature.

    Raises:
        KnownProblem: ``package-not-read``, ``package-too-large``, ``package-not-ours``,
            ``package-layout``, ``package-name``, ``package-manifest``, ``package-not-signed``,
            ``package-members``.
    """
    with contextlib.ExitStack() as stack:
        stream = stack.enter_context(tempfile.TemporaryFile(prefix="rekap-"))
        sha256 = _copy(path, stream, way)
        try:
            archive = stack.enter_context(zipfile.ZipFile(stream))
            require_layout(stream, archive, path.name)
        except UNREADABLE as error:
            raise KnownProblem("package-not-ours", file=path.name) from error
        package = Package(path.name, stream, archive, sha256=sha256)
        stack.pop_all()
        return package


def _copy(path: Path, stream: IO[bytes], way: Way) -> str:
    """Copy all of it; SHA-256 of its bytes."""
    digest = hashlib.sha256()
    try:
        if not path.is_file():
            raise KnownProblem("package-not-ours", file=path.name)
        size = path.stat().st_size
        with path.open("rb") as source:
            left = LARGEST + 1
            while left and (piece := source.read(min(_PIECE, left))):
                stream.write(piece)
                digest.update(piece)
                left -= len(piece)
                way.at(LARGEST + 1 - left, size)
    except OSError as error:
        raise KnownProblem("package-not-read", file=str(path), reason=reason_of(error)) from error
    if not left:
        raise KnownProblem("package-too-large", file=path.name)
    return digest.hexdigest()
