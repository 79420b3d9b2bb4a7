"""The key of an office, on a medium of its own, under a passphrase: a standard PKCS#12 file.

With it the ketua signs what goes up and out: packages, receipts, certificates, amendments. It is
never copied to the laptop; without its medium the work goes on and only these things wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12

from recap_desktop.exchange.signing import SigningKey
from recap_desktop.exchange.whole_files import write_whole
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX = ".kunci"
SHORTEST = 12
"""Letters of the shortest passphrase: whoever finds the stick may try as often as they like."""

_ROUNDS = 600_000
"""Of PBKDF2 with SHA-256, as OWASP asks; a fifth of a second on an office laptop."""


def make_office_key(path: Path, passphrase: str, *, name: str) -> SigningKey:
    """Make a key and keep it in a new file.

    Args:
        path: on a medium that is kept apart from the laptop.
        passphrase: known to the ketua.
        name: of the office, shown by other programs that open the file.

    Raises:
        KnownProblem: ``passphrase-short``, ``file-exists``, ``key-not-written``.
    """
    if len(passphrase) < SHORTEST:
        raise KnownProblem("passphrase-short", shortest=SHORTEST)
    if path.exists():
        raise KnownProblem("file-exists", path=str(path))
    private = Ed25519PrivateKey.generate()
    sealing = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(_ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(passphrase.encode())
    )
    raw = pkcs12.serialize_key_and_certificates(name.encode(), private, None, None, sealing)
    try:
        write_whole(path, raw)
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("key-not-written", path=str(path), reason=reason) from error
    return SigningKey.of(private)


def open_office_key(path: Path, passphrase: str) -> SigningKey:
    """The key in a file.

    Raises:
        KnownProblem: ``key-not-read``, ``key-not-opened`` for a wrong passphrase or a file that
            is damaged or none of ours: which of them cannot be told.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise KnownProblem("key-not-read", path=str(path), reason=reason_of(error)) from error
    try:
        private, _, _ = pkcs12.load_key_and_certificates(raw, passphrase.encode())
    except ValueError as error:
        raise KnownProblem("key-not-opened", path=str(path)) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise KnownProblem("key-not-opened", path=str(path))
    return SigningKey.of(private)
