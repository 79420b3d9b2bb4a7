"""The key of an office, on a medium of its own, under a passphrase: a standard PKCS#12 file.

With it the ketua signs what goes up and out: packages, receipts, certificates, amendments. It is
never copied to the laptop; without its medium the work goes on and only these things wait.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12
from cryptography.x509.oid import NameOID

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

_LONGEST_NAME = 64
"""Letters of a common name, by X.520."""

_SEQUENCE, _LONG_FORM = 0x30, 0x80


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose key it is (pemilik kunci), as its file says under the passphrase.

    Attributes:
        code: region code of the office.
        mode: of the election it was made in: a key of a rehearsal is no key of the real one.
    """

    code: str
    mode: str


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """A key and whose it is; None for a file of another program that does not say so."""

    key: SigningKey
    owner: Owner | None


def make_office_key(
    path: Path, passphrase: str, *, name: str, owner: Owner | None = None
) -> SigningKey:
    """Make a key and keep it in a new file.

    Args:
        path: on a medium that is kept apart from the laptop.
        passphrase: known to the ketua.
        name: of the office, shown by other programs that open the file.
        owner: whose key it is; None leaves that unsaid.

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
    label = _label(private, name, owner) if owner else None
    raw = pkcs12.serialize_key_and_certificates(name.encode(), private, label, None, sealing)
    try:
        write_whole(path, raw)
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("key-not-written", path=str(path), reason=reason) from error
    return SigningKey.of(private)


def _label(private: Ed25519PrivateKey, name: str, owner: Owner) -> x509.Certificate:
    """Whose key it is, signed by itself: nobody trusts it, it only keeps mistakes away."""
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name[:_LONGEST_NAME]),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, owner.code),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, owner.mode),
        ]
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(1)
        .not_valid_before(dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2100, 1, 1, tzinfo=dt.UTC))
        .sign(private, None)
    )


def open_office_key(path: Path, passphrase: str) -> SigningKey:
    """The key in a file, whosesoever it is.

    Raises:
        KnownProblem: as ``open_owned_key``.
    """
    return open_owned_key(path, passphrase).key


def open_owned_key(path: Path, passphrase: str) -> OfficeKey:
    """The key in a file, and whose it is.

    Raises:
        KnownProblem: ``key-not-read``; ``key-not-a-key`` for another or a shortened file;
            ``key-not-opened`` for a wrong passphrase or a damaged file: which of them cannot be
            told.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise KnownProblem("key-not-read", path=str(path), reason=reason_of(error)) from error
    if not _is_whole(raw):
        raise KnownProblem("key-not-a-key", path=str(path))
    try:
        found = pkcs12.load_pkcs12(raw, passphrase.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KnownProblem("key-not-opened", path=str(path)) from error
    if not isinstance(found.key, Ed25519PrivateKey):
        raise KnownProblem("key-not-a-key", path=str(path))
    return OfficeKey(SigningKey.of(found.key), _owner(found.cert))


def _is_whole(raw: bytes) -> bool:
    """Whether bytes are one DER sequence from the first to the last, as each such file is."""
    if len(raw) < 2 or raw[0] != _SEQUENCE:  # noqa: PLR2004 - a tag and a length
        return False
    if raw[1] < _LONG_FORM:
        return len(raw) == 2 + raw[1]
    size = raw[1] - _LONG_FORM
    return len(raw) == 2 + size + int.from_bytes(raw[2 : 2 + size])


def _owner(label: pkcs12.PKCS12Certificate | None) -> Owner | None:
    if label is None:
        return None
    subject = label.certificate.subject
    said = [
        [one.value for one in subject.get_attributes_for_oid(oid) if isinstance(one.value, str)]
        for oid in (NameOID.SERIAL_NUMBER, NameOID.ORGANIZATIONAL_UNIT_NAME)
    ]
    codes, modes = said
    return Owner(codes[0], modes[0]) if codes and modes else None
