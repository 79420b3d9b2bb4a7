"""Signs bytes with Ed25519, proves signatures, and shows keys as fingerprints that people type."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from recap_desktop.election.records import journal

_GROUP = 4
ASKED = 2
"""So many groups of a fingerprint are hidden and typed from the paper: nobody can just say yes."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key and what is known of it to everybody.

    Attributes:
        public: raw public key, 32 bytes.
    """

    public: bytes
    _private: Ed25519PrivateKey

    @classmethod
    def of(cls, private: Ed25519PrivateKey) -> Self:
        """The key that a private key of the library is."""
        return cls(private.public_key().public_bytes_raw(), private)

    def sign(self, what: str, raw: bytes) -> str:
        """Ed25519 signature in hex over ``REKAP/1/<what>/`` and the SHA-256 of the bytes."""
        return self._private.sign(_signed_bytes(what, raw)).hex()


def is_signed(public: bytes, what: str, *, raw: bytes, signature: str) -> bool:
    """Whether a signature in hex is that of the holder of ``public`` over the bytes.

    Written in small letters only: of one signature there is one text.
    """
    try:
        key = Ed25519PublicKey.from_public_bytes(public)
        said = bytes.fromhex(signature)
        if said.hex() != signature:
            return False
        key.verify(said, _signed_bytes(what, raw))
    except Exception:  # noqa: BLE001 - wrong key, wrong length, wrong hex: all mean no
        return False
    return True


def _signed_bytes(what: str, raw: bytes) -> bytes:
    return b"REKAP/1/%s/" % what.encode("ascii") + hashlib.sha256(raw).digest()


def fingerprint(public: bytes) -> tuple[str, ...]:
    """A public key as sixteen groups of four hex digits, as it stands on letters and sheets."""
    digits = journal.digest("key", public)
    return tuple(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def asked_groups(public: bytes) -> tuple[int, ...]:
    """Places of the groups that a person types from the paper, from 0, in ascending order.

    They follow from the key, so that the screen of whoever swapped it hides others.
    """
    chosen: list[int] = []
    for byte in hashlib.sha256(b"REKAP/1/asked/" + public).digest():
        place = byte % len(fingerprint(public))
        if place not in chosen:
            chosen.append(place)
        if len(chosen) == ASKED:
            break
    return tuple(sorted(chosen))


def is_typed(public: bytes, typed: tuple[str, ...]) -> bool:
    """Whether what a person typed are the hidden groups, in their order; capitals do not matter."""
    groups = fingerprint(public)
    wanted = tuple(groups[place] for place in asked_groups(public))
    return tuple(group.strip().casefold() for group in typed) == wanted
