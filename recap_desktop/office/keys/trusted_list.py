"""What an office has on record about keys, as a list: certificates with their standing, and roots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recap_desktop.office.keys.key_typing import whole_fingerprint
from recap_desktop.office.keys.own_keys import office_name
from recap_desktop.office.keys.trusting import (
    conflicting_roots,
    is_led,
    known_certificates,
    own_key_of,
    trust_of,
)

if TYPE_CHECKING:
    from recap_desktop.exchange.certificates import Certificate, Trust
    from recap_desktop.office.opening import Office

COLUMNS = ("serial", "issuer", "office", "holder", "name", "key", "standing")
_SHORT = 2


def short_key(key: str) -> str:
    """The first groups of a key's fingerprint, enough to tell keys apart in a list."""
    return " ".join(whole_fingerprint(key)[:_SHORT])


@dataclass(frozen=True, slots=True)
class Listed:
    """A certificate and how it stands here (sertifikat).

    Attributes:
        certificate: what it says.
        standing: ``holds`` when a root that is believed leads to it, ``unled`` when none does
            yet, ``revoked``.
    """

    certificate: Certificate
    standing: str

    def to_data(self) -> dict[str, Any]:
        """As plain data for a list."""
        one = self.certificate
        return {
            "serial": one.serial,
            "issuer": one.issuer,
            "office": one.code,
            "holder": one.holder.value,
            "name": one.name,
            "key": short_key(one.key),
            "standing": self.standing,
        }


@dataclass(frozen=True, slots=True)
class Root:
    """A key that is believed without a certificate (akar).

    Attributes:
        code: region code of its office.
        name: of that office.
        key: raw public key in hex.
        standing: ``own``, ``root``, or ``conflict`` where posts believe different ones.
    """

    code: str
    name: str
    key: str
    standing: str

    @property
    def fingerprint(self) -> str:
        """All sixteen groups."""
        return " ".join(whole_fingerprint(self.key))

    @property
    def short(self) -> str:
        """The first groups."""
        return short_key(self.key)


def certificates(office: Office) -> list[Listed]:
    """Every certificate on record, by issuer and serial."""
    known, trust = known_certificates(office), trust_of(office)
    ordered = sorted(known, key=lambda one: (one.issuer, one.issuer_key, one.serial))
    return [Listed(one, _standing(one, known, trust)) for one in ordered]


def _standing(one: Certificate, known: tuple[Certificate, ...], trust: Trust) -> str:
    if (one.issuer_key, one.serial) in trust.revoked:
        return "revoked"
    return "holds" if is_led(one, known, trust) else "unled"


def roots(office: Office) -> list[Root]:
    """Every root that is believed, and those that posts of this office disagree about."""
    own, found = own_key_of(office), []
    for code, key in trust_of(office).roots.items():
        standing = "own" if (code, key) == (office.code, own) else "root"
        found.append(Root(code, office_name(office, code), key, standing))
    found += [
        Root(code, office_name(office, code), key, "conflict")
        for code, keys in conflicting_roots(office).items()
        for key in keys
    ]
    return sorted(found, key=lambda root: (root.code, root.key))
