"""Keys of the posts of this machine, and how far each post has written, outside the office file.

A post (meja) is one installation with its own Ed25519 key. Because the key and the memory of
the last heads lie beside the office file and not in it, a restored backup is recognised: it
lacks records this machine remembers, and must go on as a new post.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

import filelock
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from recap_desktop.election.records import journal
from recap_desktop.exchange.signing import SigningKey
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Heads = dict[str, tuple[int, str]]
"""Chain -> (sequence number, id) of its last record."""


@dataclass(frozen=True, slots=True)
class PostKey(SigningKey):
    """The key of one post."""

    @property
    def id(self) -> str:
        """32 hex digits, see ``journal.post_id``."""
        return journal.post_id(self.public)


class PostKeys:
    """The folder of this machine in which post keys are kept."""

    def __init__(self, folder: Path) -> None:
        """Use (and make when missing) a folder that only this user may read.

        Raises:
            KnownProblem: ``machine-data-unwritable``.
        """
        self._folder = folder
        with self._told_plainly():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def make(self) -> PostKey:
        """Make and keep the key of a new post.

        Raises:
            KnownProblem: ``machine-data-unwritable``.
        """
        key = PostKey.of(Ed25519PrivateKey.generate())
        pem = key._private.private_bytes(  # noqa: SLF001 - the class beside
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        path = self._folder / f"{key.id}.key"
        with self._told_plainly():
            _write_for_owner(path, pem)
        return key

    @contextlib.contextmanager
    def _told_plainly(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            path, reason = str(self._folder), reason_of(error)
            raise KnownProblem("machine-data-unwritable", path=path, reason=reason) from error

    def load(self, post: str) -> PostKey | None:
        """The key of a post, or None when this machine does not have it, or not whole."""
        path = self._folder / f"{post}.key"
        try:
            private = serialization.load_pem_private_key(path.read_bytes(), password=None)
        except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
            return None
        if not isinstance(private, Ed25519PrivateKey):
            return None
        key = PostKey.of(private)
        return key if key.id == post else None

    def memory(self, post: str) -> PostMemory:
        """How far a post has written, as this machine remembers."""
        return PostMemory(self._folder / f"{post}.heads")

    def claim(self, post: str) -> filelock.FileLock | None:
        """The right to write as a post, until it is released; None while another program has it.

        Two open copies of one office file would write two ends to one chain.
        """
        lock = filelock.FileLock(self._folder / f"{post}.kunci", timeout=0)
        try:
            lock.acquire()
        except (filelock.Timeout, OSError, NotImplementedError):
            return None
        return lock


class PostMemory:
    """The last heads of a post's own chains. A hint against restored backups, not evidence."""

    def __init__(self, path: Path) -> None:
        """Read what is remembered; an unreadable memory remembers nothing."""
        self._path = path
        self._stream: BinaryIO | None = None
        self.heads: Heads = {}
        with contextlib.suppress(OSError, ValueError, TypeError):
            self.heads = _read(path)

    def remember(self, heads: Mapping[str, tuple[int, str]]) -> None:
        """Keep the heads; not synced, since an older memory is only a weaker hint.

        A disk that refuses costs that hint and nothing else: the records are in the journal.
        """
        self.heads.update(heads)
        said = json.dumps(self.heads).encode()
        with contextlib.suppress(OSError):
            if self._stream is None:
                # Never emptied first: a program that is killed now leaves the older memory.
                made = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
                self._stream = os.fdopen(made, "r+b", buffering=0)
            self._stream.seek(0)
            self._stream.write(said)
            self._stream.truncate()

    def close(self) -> None:
        """Let go of the file."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None


def _write_for_owner(path: Path, raw: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(raw)
        stream.flush()
        os.fsync(stream.fileno())


def _read(path: Path) -> Heads:
    data = json.loads(path.read_text(encoding="utf-8"))
    return {str(chain): (int(seq), str(key)) for chain, (seq, key) in data.items()}
