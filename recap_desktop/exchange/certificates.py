"""Certificates of keys by region, their requests and revocations: who may sign for whom.

An office (provinsi -> kabko -> kecamatan) certifies the keys of offices right below it and of
its own posts, for one election and mode, without dates: a laptop's clock decides nothing. What is
revoked is a key, for good, and all lists hold together: so neither the order in which documents
arrive nor equal numbers that two laptops gave decide anything. Each document is canonical JSON
with one detached signature, on one line.
"""

from __future__ import annotations

import enum
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from recap_desktop.election.definitions.regions import Level, parent
from recap_desktop.election.records.canonical import NotCanonical, canonical, read_canonical
from recap_desktop.election.records.trusts import Why
from recap_desktop.exchange.document_files import read_document_file
from recap_desktop.exchange.signing import SigningKey, is_signed
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

LARGEST = 64 * 1024
"""Bytes of the largest document that is read."""


class Holder(enum.Enum):
    """Whose key it is."""

    OFFICE = "office"
    POST = "post"


class What(enum.Enum):
    """Kinds of documents; the value names them in the file and under the signature."""

    REQUEST = "request"
    CERTIFICATE = "certificate"
    REVOCATIONS = "revocations"


SUFFIXES = {
    What.REQUEST: ".permohonan",
    What.CERTIFICATE: ".sertifikat",
    What.REVOCATIONS: ".cabutan",
}


@dataclass(frozen=True, slots=True)
class Realm:
    """The one election and mode that a document is good for."""

    election: str
    mode: str


@dataclass(frozen=True, slots=True)
class Request:
    """That an office asks for a certificate (permohonan); signed by the key it speaks of.

    Attributes:
        realm: of which election.
        holder: an office, or a post of one.
        code: region code of the office.
        key: raw public key in hex.
        name: of the office or post, as it stands on the letter.
    """

    realm: Realm
    holder: Holder
    code: str
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """That a key is that of an office, or of one of its posts (sertifikat).

    Attributes:
        realm: of which election.
        holder: an office, or a post of one.
        code: region code of the office.
        key: its raw public key in hex.
        name: as people know it.
        issuer: region code of the office that says so.
        issuer_key: its raw public key in hex.
        serial: counts the certificates of the issuer, from 1. For people only: two laptops of
            one office may give the same before they hear of each other.
    """

    realm: Realm
    holder: Holder
    code: str
    key: str
    name: str
    issuer: str
    issuer_key: str
    serial: int


@dataclass(frozen=True, slots=True)
class Gone:
    """A key that its issuer takes everything back of (kunci yang dicabut); it never comes back.

    Attributes:
        key: raw public key in hex.
        holder: an office, or a post of one.
        code: region code of that office.
        why: the reason.
    """

    key: str
    holder: Holder
    code: str
    why: Why

    @property
    def place(self) -> tuple[str, ...]:
        """Where it stands in a list."""
        return (self.key, self.code, self.holder.value, self.why.value)


@dataclass(frozen=True, slots=True)
class Revocations:
    """Keys that one issuer certifies no longer (daftar cabutan).

    A list holds all that its laptop knew of before; all lists of an issuer hold together.

    Attributes:
        realm: of which election.
        issuer: region code of the office that says so.
        issuer_key: its raw public key in hex.
        number: of this list, from 1; for people only, as serials are.
        gone: the keys, in the order of their places.
    """

    realm: Realm
    issuer: str
    issuer_key: str
    number: int
    gone: tuple[Gone, ...]


Document = Request | Certificate | Revocations
_KINDS: dict[What, type[Document]] = {
    What.REQUEST: Request,
    What.CERTIFICATE: Certificate,
    What.REVOCATIONS: Revocations,
}
_SIGNED_BY = {What.REQUEST: "key", What.CERTIFICATE: "issuer_key", What.REVOCATIONS: "issuer_key"}


# ---------------------------------------------------------------- writing and reading


def seal(document: Document, key: SigningKey) -> bytes:
    """A document with its signature, as one line."""
    what = next(what for what, kind in _KINDS.items() if isinstance(document, kind))
    said = _to_data(document)
    signature = key.sign(what.value, canonical(said))
    return canonical({"format": _format(what), what.value: said, "signature": signature})


def _format(what: What) -> str:
    return f"REKAP/1/{what.value}"


def _to_data(document: Document) -> dict[str, Any]:
    said = asdict(document)
    said |= said.pop("realm")
    return {name: _plain(value) for name, value in said.items()}


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of a document
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return value


def unseal(what: What, raw: bytes) -> Document:
    """A document whose signature is that of the key it names; whether that key may is not asked.

    Raises:
        KnownProblem: ``not-a-<what>``, ``not-signed-<what>``.
    """
    try:
        data = read_canonical(raw)
        said, signature = data[what.value], data["signature"]
        document = _from_data(_KINDS[what], said)
        key = bytes.fromhex(said[_SIGNED_BY[what]])
    except (NotCanonical, KeyError, TypeError, ValueError, AttributeError) as error:
        raise KnownProblem(f"not-a-{what.value}") from error
    if data.keys() != {"format", what.value, "signature"} or data["format"] != _format(what):
        raise KnownProblem(f"not-a-{what.value}")
    if not is_signed(key, what.value, raw=canonical(said), signature=signature):
        raise KnownProblem(f"not-signed-{what.value}")
    return document


def _from_data(kind: type[Document], said: Mapping[str, Any]) -> Document:
    left = dict(said)
    fields: dict[str, Any] = {"realm": Realm(_text(left.pop("election")), _text(left.pop("mode")))}
    for name, value in left.items():
        if name == "holder":
            fields[name] = Holder(value)
        elif name in ("serial", "number"):
            fields[name] = _number(value)
        elif name == "gone":
            fields[name] = tuple(map(_gone, value))
        else:
            fields[name] = _text(value)
    document = kind(**fields)
    if isinstance(document, Revocations):
        places = [one.place for one in document.gone]
        if not places or places != sorted(set(places)):
            raise ValueError("keys are not in their order")
    return document


def _gone(said: Mapping[str, Any]) -> Gone:
    if said.keys() != {"key", "holder", "code", "why"}:
        raise ValueError(said)
    key, code = _text(said["key"]), _text(said["code"])
    return Gone(key, Holder(said["holder"]), code, Why(said["why"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> int:
    if type(value) is not int or value < 1:
        raise ValueError(value)
    return value


def read_document(what: What, path: Path) -> tuple[Document, bytes]:
    """A document in a file, with its bytes.

    Raises:
        KnownProblem: ``document-not-read``, and as ``unseal``.
    """
    raw = read_document_file(path, most=LARGEST)
    if raw is None:
        raise KnownProblem(f"not-a-{what.value}")
    return unseal(what, raw), raw


# ---------------------------------------------------------------- trust


@dataclass(frozen=True, slots=True)
class Trust:
    """What an office believes: keys that somebody typed parts of from paper, and revocations.

    Attributes:
        realm: of which election.
        roots: region code -> raw public key in hex of offices that need no certificate here.
        revoked: (issuer's key, key that it certifies no longer), both in hex.
    """

    realm: Realm
    roots: Mapping[str, str]
    revoked: frozenset[tuple[str, str]] = frozenset()


def require_certified(
    key: str, code: str, *, holder: Holder, certificates: Iterable[Certificate], trust: Trust
) -> tuple[Certificate, ...]:
    """The certificates that lead from a root to a key, the key's own last; none for a root.

    Each issuer's code must be a prefix of the code it certifies, and one level above it; a post
    is certified by its own office (design: the office code must be a prefix).

    Args:
        key: raw public key in hex.
        code: region code of the office that it is said to be of.
        holder: an office or a post.
        certificates: whatever was brought, in any order; each with a signature that was proved.
        trust: what is believed here.

    Raises:
        KnownProblem: ``key-not-certified``, ``certificate-of-other-election``,
            ``certificate-of-other-region``, ``certificate-revoked``.
    """
    return _Search(tuple(certificates), trust).lead(key, code, holder)


class _Search:
    """Looks for a way upwards from a key; of several certificates of one key each is tried."""

    def __init__(self, known: tuple[Certificate, ...], trust: Trust) -> None:
        self._known = known
        self._trust = trust
        self._refused: dict[tuple[str, str, Holder], KnownProblem] = {}

    def lead(self, key: str, code: str, holder: Holder) -> tuple[Certificate, ...]:
        """The certificates down to a key.

        Raises:
            KnownProblem: why the first that was tried does not fit.
        """
        if holder is Holder.OFFICE and self._trust.roots.get(code) == key:
            return ()
        wanted = (key, code, holder)
        if wanted in self._refused:
            raise self._refused[wanted]
        refused = None
        for one in self._known:
            if (one.key, one.code, one.holder) != wanted:
                continue
            try:
                require_fitting(one, self._trust)
                return (*self.lead(one.issuer_key, one.issuer, Holder.OFFICE), one)
            except KnownProblem as problem:
                refused = refused or problem
        refused = refused or KnownProblem("key-not-certified", office=code, key=key[:16])
        self._refused[wanted] = refused
        raise refused


def require_fitting(found: Certificate, trust: Trust) -> None:
    """Refuse a certificate that cannot hold, whoever its issuer is.

    Raises:
        KnownProblem: ``certificate-of-other-election``, ``certificate-of-other-region``,
            ``certificate-revoked``.
    """
    if found.realm != trust.realm:
        raise KnownProblem("certificate-of-other-election", office=found.code)
    if not _may_certify(found):
        raise KnownProblem("certificate-of-other-region", office=found.code, issuer=found.issuer)
    if (found.issuer_key, found.key) in trust.revoked:
        raise KnownProblem(
            "certificate-revoked", office=found.code, issuer=found.issuer, serial=found.serial
        )


def _may_certify(found: Certificate) -> bool:
    """Always upwards, one level at a time: so no chain of certificates goes round."""
    if found.holder is Holder.POST:
        return found.code == found.issuer
    digits = {Level.KABKO.value, Level.KECAMATAN.value}
    return len(found.code) in digits and found.issuer == parent(found.code)


def next_serial(issued: Iterable[Certificate], issuer_key: str) -> int:
    """The serial of the next certificate of an issuer."""
    return max((one.serial for one in issued if one.issuer_key == issuer_key), default=0) + 1
