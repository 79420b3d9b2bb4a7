"""What an office has on record about keys, as lists: certificates and their standing, roots, revoked keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recap_desktop.exchange.certificates import Holder
from recap_desktop.office.keys.key_typing import whole_fingerprint
from recap_desktop.office.keys.own_keys import office_name
from recap_desktop.office.keys.trusting import (
    conflicting_roots,
    is_key_led,
    is_led,
    known_certificates,
    own_key_of,
    revocations_of,
    trust_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.exchange.certificates import Certificate, Gone, Trust
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
        standing: ``holds`` when a root that is believed leads to it, ``several`` when one leads
            also to another key of the same office, ``unled`` when none does yet, ``revoked``.
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
    """Every certificate on record, by issuer and serial.

    Equal serials of one issuer stand side by side: two laptops gave them, and both hold.
    """
    known, trust = known_certificates(office), trust_of(office)
    ordered = sorted(
        known, key=lambda one: (one.issuer, one.issuer_key, one.serial, one.code, one.key)
    )
    standings = {one: _standing(one, known, trust) for one in ordered}
    keys: dict[str, set[str]] = {}
    for one, standing in standings.items():
        if standing == "holds" and one.holder is Holder.OFFICE:
            keys.setdefault(one.code, set()).add(one.key)
    return [
        Listed(one, "several" if _has_rival(one, standing, keys) else standing)
        for one, standing in standings.items()
    ]


def _has_rival(one: Certificate, standing: str, keys: Mapping[str, set[str]]) -> bool:
    is_office = one.holder is Holder.OFFICE
    return standing == "holds" and is_office and len(keys.get(one.code, ())) > 1


def _standing(one: Certificate, known: tuple[Certificate, ...], trust: Trust) -> str:
    if (one.issuer_key, one.key) in trust.revoked:
        return "revoked"
    return "holds" if is_led(one, known, trust) else "unled"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A key that an office took back, and in which of its lists first (kunci yang dicabut).

    Attributes:
        gone: the key, whose it was and why.
        issuer: region code of the office that took it back.
        number: the lowest number of the lists that say so.
        is_believed: whether a root that is believed leads to who says so.
    """

    gone: Gone
    issuer: str
    number: int
    is_believed: bool

    def to_data(self) -> dict[str, Any]:
        """As plain data for a list."""
        return {
            "number": self.number,
            "issuer": self.issuer,
            "office": self.gone.code,
            "holder": self.gone.holder.value,
            "key": short_key(self.gone.key),
            "why": self.gone.why.value,
            "believed": self.is_believed,
        }


def withdrawn(office: Office) -> list[Withdrawn]:
    """Every key that is revoked here, by issuer and the number of its list."""
    known, trust = known_certificates(office), trust_of(office)
    first: dict[tuple[str, str, Gone], int] = {}
    for told in revocations_of(office):
        for gone in told.gone:
            place = (told.issuer, told.issuer_key, gone)
            first[place] = min(told.number, first.get(place, told.number))
    found = [
        Withdrawn(gone, issuer, number, is_key_led(key, issuer, known, trust))
        for (issuer, key, gone), number in first.items()
    ]
    return sorted(found, key=lambda one: (one.issuer, one.number, one.gone.place))


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
