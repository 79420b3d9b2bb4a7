"""Keys of the posts of this machine, and how far each post has written, outside the office file.

A post (meja) is one installation with its own Ed25519 key. Because the key and the memory of
the last heads lie beside the office file and not in it, a restored backup is recognised: it
lacks records this machine remembers, and must go on as a new post.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from recap_desktop.election import journal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Heads = dict[str, tuple[int, str]]
"""Chain -> (sequence number, id) of its last record."""


@dataclass(frozen=True, slots=True)
class PostKey:
    """The key of one post.

    Attributes:
        id: 32 hex digits, see ``journal.post_id``.
        public: raw public key, 32 bytes.
    """

    id: str
    public: bytes
    _private: Ed25519PrivateKey

    def sign(self, what: str, raw: bytes) -> str:
        """Ed25519 signature in hex over ``REKAP/1/<what>/`` and the SHA-256 of the bytes."""
        return self._private.sign(_signed_bytes(what, raw)).hex()


def is_signed(public: bytes, what: str, *, raw: bytes, signature: str) -> bool:
    """Whether a signature in hex is that of the holder of ``public`` over the bytes."""
    try:
        key = Ed25519PublicKey.from_public_bytes(public)
        key.verify(bytes.fromhex(signature), _signed_bytes(what, raw))
    except Exception:  # noqa: BLE001 - wrong key, wrong length, wrong hex: all mean no
        return False
    return True


def _signed_bytes(what: str, raw: bytes) -> bytes:
    return b"REKAP/1/%s/" % what.encode("ascii") + hashlib.sha256(raw).digest()


def _key_of(private: Ed25519PrivateKey) -> PostKey:
    public = private.public_key().public_bytes_raw()
    return PostKey(journal.post_id(public), public, private)


class PostKeys:
    """The folder of this machine in which post keys are kept."""

    def __init__(self, folder: Path) -> None:
        """Use (and make when missing) a folder that only this user may read."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder

    def make(self) -> PostKey:
        """Make and keep the key of a new post."""
        key = _key_of(Ed25519PrivateKey.generate())
        pem = key._private.private_bytes(  # noqa: SLF001 - the class beside
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        path = self._folder / f"{key.id}.key"
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:  # noqa: PTH123 - mode at creation
            stream.write(pem)
            stream.flush()
            os.fsync(stream.fileno())
        return key

    def load(self, post: str) -> PostKey | None:
        """The key of a post, or None when this machine does not have it."""
        path = self._folder / f"{post}.key"
        if not path.is_file():
            return None
        private = serialization.load_pem_private_key(path.read_bytes(), password=None)
        if not isinstance(private, Ed25519PrivateKey):
            return None
        key = _key_of(private)
        return key if key.id == post else None

    def memory(self, post: str) -> PostMemory:
        """How far a post has written, as this machine remembers."""
        return PostMemory(self._folder / f"{post}.heads")


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
        """Keep the heads; not synced, since an older memory is only a weaker hint."""
        self.heads.update(heads)
        if self._stream is None:
            self._stream = self._path.open("wb", buffering=0)
        self._stream.seek(0)
        # Heads only grow longer, so nothing of an older memory can stick out behind.
        self._stream.write(json.dumps(self.heads).encode())

    def close(self) -> None:
        """Let go of the file."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def forget(self) -> None:
        """Forget the post."""
        self._path.unlink(missing_ok=True)


def _read(path: Path) -> Heads:
    data = json.loads(path.read_text(encoding="utf-8"))
    return {str(chain): (int(seq), str(key)) for chain, (seq, key) in data.items()}
