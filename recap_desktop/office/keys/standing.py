"""How keys stand in an office: its own, those of the offices right below it, those of its laptops."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from recap_desktop.election.definitions.regions import Level, level_of, parent
from recap_desktop.election.papers.captions import full_name
from recap_desktop.exchange.certificates import Holder, require_certified
from recap_desktop.office.keys.trusted_list import short_key
from recap_desktop.office.keys.trusting import (
    conflicting_roots,
    known_certificates,
    own_key_of,
    own_keys_ever,
    trust_of,
)
from recap_desktop.office.posts.posts import Post, posts
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from recap_desktop.exchange.certificates import Certificate, Trust
    from recap_desktop.office.opening import Office


class OwnState(enum.Enum):
    """How the key of the office stands; ``key-own.<value>`` words it."""

    NONE = "none"
    CONFLICT = "conflict"
    """Laptops recorded different ones."""

    ROOT = "root"
    """No office above could certify it: it is the root of those below."""

    WAITING = "waiting"
    CERTIFIED = "certified"
    UNLED = "unled"
    """Certified, but no root that is believed here leads to who did."""

    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class OwnKey:
    """The key of the office as it stands (kunci kantor).

    Attributes:
        state: in one word.
        key: raw public key in hex; empty for none.
        certificate: the one that holds, or the newest; None for none.
        leads: certificates from the root down to the key, its own last; empty where none leads.
        rivals: keys that laptops recorded, where they differ.
        has_above: whether there is an office above that could certify it.
    """

    state: OwnState
    key: str
    certificate: Certificate | None = None
    leads: tuple[Certificate, ...] = ()
    rivals: tuple[str, ...] = ()
    has_above: bool = True


def own_standing(office: Office) -> OwnKey:
    """How the key of the office stands; nothing waits for it."""
    has_above = parent(office.code) in office.election.tree
    rivals = conflicting_roots(office).get(office.code, ())
    if rivals:
        return OwnKey(OwnState.CONFLICT, "", rivals=rivals, has_above=has_above)
    key = own_key_of(office)
    if not key:
        return OwnKey(OwnState.NONE, "", has_above=has_above)
    trust, known = trust_of(office), known_certificates(office)
    if any((one, key) in trust.revoked for one in _keys_of(parent(office.code), known, trust)):
        return OwnKey(OwnState.REVOKED, key, has_above=has_above)
    of_own = [
        one
        for one in known
        if (one.holder, one.code, one.key) == (Holder.OFFICE, office.code, key)
        and (one.issuer_key, one.key) not in trust.revoked
    ]
    if not of_own:
        state = OwnState.WAITING if has_above else OwnState.ROOT
        return OwnKey(state, key, has_above=has_above)
    for one in of_own:
        leads = _lead(one, known, trust)
        if leads:
            return OwnKey(OwnState.CERTIFIED, key, one, leads)
    return OwnKey(OwnState.UNLED, key, of_own[0])


def _keys_of(code: str, known: tuple[Certificate, ...], trust: Trust) -> frozenset[str]:
    """Keys by which an office is known here: its root, and what is certified as its own."""
    said = {one.key for one in known if (one.holder, one.code) == (Holder.OFFICE, code)}
    return frozenset(said | {trust.roots.get(code, "")})


def _lead(
    one: Certificate, known: tuple[Certificate, ...], trust: Trust
) -> tuple[Certificate, ...]:
    """From a root above down to a certificate; nothing where none leads."""
    try:
        above = require_certified(
            one.issuer_key, one.issuer, holder=Holder.OFFICE, certificates=known, trust=trust
        )
    except KnownProblem:
        return ()
    return (*above, one)


class BelowState(enum.Enum):
    """How the key of an office below stands; ``key-below.<value>`` words it."""

    NONE = "none"
    HOLDS = "holds"
    SEVERAL = "several"
    """Two laptops certified different keys of it: one must be revoked."""

    FORMER = "former"
    """Only a former key of this office certified it: to be issued again."""

    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Below:
    """An office right below and the keys it is known by (kantor di bawah).

    Attributes:
        code: its region code.
        name: as titles name it.
        state: in one word.
        certificates: that say so: those that stand, else former or revoked ones.
    """

    code: str
    name: str
    state: BelowState
    certificates: tuple[Certificate, ...]

    def by_key(self) -> list[Below]:
        """The same for each of its keys, where there are several: one of them is revoked."""
        if self.state is not BelowState.SEVERAL:
            return [self]
        keys = dict.fromkeys(one.key for one in self.certificates)
        of_key = ((one for one in self.certificates if one.key == key) for key in keys)
        return [replace(self, certificates=tuple(said)) for said in of_key]

    def to_data(self) -> list[dict[str, Any]]:
        """As plain data for a list: a row for each key, one without any where there is none."""
        keys: list[tuple[int | None, str]]
        keys = [(one.serial, short_key(one.key)) for one in self.certificates]
        return [
            {
                "office": self.code,
                "name": self.name,
                "standing": self.state.value,
                "serial": serial,
                "key": key,
            }
            for serial, key in keys or [(None, "")]
        ]


def offices_below(office: Office) -> list[Below]:
    """Every office right below in code order; none below a kecamatan."""
    if level_of(office.code) is Level.KECAMATAN:
        return []
    own, ever, revoked = own_key_of(office), own_keys_ever(office), trust_of(office).revoked
    gone = {key for issuer, key in revoked if issuer in ever}
    issued: dict[str, list[Certificate]] = {}
    for one in known_certificates(office):
        if one.holder is Holder.OFFICE and one.issuer_key in ever:
            issued.setdefault(one.code, []).append(one)
    found = []
    for code in office.election.tree.children(office.code):
        said = issued.get(code, [])
        state, telling = _below(said, own, gone)
        found.append(Below(code, full_name(office.election.tree, code), state, tuple(telling)))
    return found


def _below(
    said: list[Certificate], own: str, gone: set[str]
) -> tuple[BelowState, list[Certificate]]:
    live = [one for one in said if one.key not in gone]
    holding = [one for one in live if one.issuer_key == own]
    if holding:
        several = len({one.key for one in holding}) > 1
        return (BelowState.SEVERAL if several else BelowState.HOLDS), holding
    if live:
        return BelowState.FORMER, live
    return (BelowState.REVOKED if said else BelowState.NONE), said


@dataclass(frozen=True, slots=True)
class PostStanding:
    """A laptop of the office and whether its key is certified (meja).

    Attributes:
        post: the laptop.
        key: its raw public key in hex.
        certificate: of the office's present key; None for none.
        is_revoked: whether the office took its key back.
    """

    post: Post
    key: str
    certificate: Certificate | None
    is_revoked: bool

    def to_data(self) -> dict[str, Any]:
        """As plain data for a list."""
        return {
            "post": self.post.number,
            "key": short_key(self.key),
            "serial": self.certificate.serial if self.certificate else None,
            "revoked": self.is_revoked,
            "lost": bool(self.post.lost),
        }


def post_standings(office: Office) -> list[PostStanding]:
    """Every laptop that is known here, in the order of their numbers."""
    own, ever, revoked = own_key_of(office), own_keys_ever(office), trust_of(office).revoked
    gone = {key for issuer, key in revoked if issuer in ever}
    held = {
        one.key: one
        for one in known_certificates(office)
        if one.holder is Holder.POST and one.issuer_key == own
    }
    return [
        PostStanding(post, key, held.get(key), key in gone)
        for post in posts(office)
        for key in (office.file.journal.post_key(post.id).hex(),)
    ]
