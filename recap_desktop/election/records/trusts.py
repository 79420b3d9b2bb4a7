"""What records of keys must say: whom an office believes, certificates it knows, what it sent."""

from __future__ import annotations

import enum
import re
from typing import TYPE_CHECKING, Any

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.records.canonical import NotCanonical, read_canonical
from recap_desktop.election.records.journal import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recap_desktop.election.records.journal import Record

LONGEST = 64 * 1024
"""Letters of the longest sealed document that is taken on record."""

_HASH = re.compile(r"[0-9a-f]{64}")
_REGION = re.compile(r"[0-9]+")
_OFFICES = frozenset({Level.PROVINSI.value, Level.KABKO.value, Level.KECAMATAN.value})


class Why(enum.Enum):
    """Why a key is revoked (alasan pencabutan); ``key-why.<value>`` words it."""

    LOST = "lost"
    KNOWN = "known"
    """To somebody who is not the ketua."""

    MISTAKEN = "mistaken"
    """It was certified by mistake."""

    ENDED = "ended"
    """It is used no longer."""


def is_trust_body(body: Mapping[str, Any], *, takes_back: bool) -> bool:
    """Whether a root names an office and its key; without a key it only takes others back."""
    region, key = body["region"], body["key"]
    is_office = bool(_REGION.fullmatch(region)) and len(region) in _OFFICES
    return is_office and bool(_HASH.fullmatch(key) or (not key and takes_back))


def is_sealed_body(body: Mapping[str, Any]) -> bool:
    """Whether a record holds one sealed document; what the document says is proved elsewhere."""
    return 0 < len(body["sealed"]) <= LONGEST


def is_sent_body(body: Mapping[str, Any]) -> bool:
    """Whether a record names a package, the revision and close it is of, and the one before."""
    hashes = (body["package"], body["head"], *filter(None, (body["previous"],)))
    return body["revision"] > 0 and all(map(_HASH.fullmatch, hashes))


def roots_of(records: Iterable[Record]) -> dict[str, tuple[str, ...]]:
    """Region code -> keys of the roots that no other record replaced, ascending.

    There are several only where posts typed different ones without knowing of each other: then
    none of them is believed until somebody decides.
    """
    known = [record for record in records if record.kind == Kind.TRUST.value]
    gone = {key for record in known for key in record.over}
    found: dict[str, set[str]] = {}
    for record in known:
        if record.id not in gone and record.body["key"]:
            found.setdefault(record.body["region"], set()).add(record.body["key"])
    return {region: tuple(sorted(keys)) for region, keys in sorted(found.items())}


def sealed_note(sealed: str) -> str:
    """What a sealed document is about, as history shows it: its number, and whose name it bears."""
    try:
        data = read_canonical(sealed.encode())
        said = data.get("certificate") or data["revocations"]
        number = said["serial"] if "serial" in said else said["number"]
        whose = ", ".join(sorted({gone["code"] for gone in said.get("gone", ())}))
        return f"{number}: {said.get('name') or whose}"
    except (NotCanonical, KeyError, TypeError, AttributeError):
        return ""
