"""Whom an office trusts (kepercayaan): roots, certificates and revocations, from its records.

All of it follows from the set of records, so every laptop of the office comes to the same. Work
never waits for any of it: only proving who signed a package does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from recap_desktop.election.definitions.regions import parent
from recap_desktop.election.records.journal import OFFICE_CHAIN, Draft, Kind
from recap_desktop.election.records.people import plain_name
from recap_desktop.election.records.roles import Deed
from recap_desktop.election.records.soundness import is_sound
from recap_desktop.election.records.trusts import roots_of
from recap_desktop.exchange.certificates import (
    Certificate,
    Holder,
    Realm,
    Revocations,
    Trust,
    What,
    require_certified,
    unseal,
)
from recap_desktop.office.people.people import signer
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office

_SEALED = {Kind.CERTIFICATE.value: What.CERTIFICATE, Kind.REVOCATIONS.value: What.REVOCATIONS}


def realm_of(office: Office) -> Realm:
    """The election and mode that documents of an office are good for: never two at once."""
    return Realm(office.file.election_id, office.election.mode.value)


def trust_of(office: Office) -> Trust:
    """What an office believes: its roots, its own key among them, and what was revoked.

    A region with two roots that differ is believed in none until a person decides. A root is
    believed no longer once the office above it, which is believed otherwise, revoked its key.
    """
    lists = revocations_of(office)
    realm, revoked = realm_of(office), revoked_by(lists)
    single = {
        code: keys[0]
        for code, keys in roots_of(_records(office, Kind.TRUST)).items()
        if len(keys) == 1
    }
    held = known_certificates(office)
    believed = Trust(realm, single, revoked)
    said = {(one.issuer, one.issuer_key) for one in lists}
    roots = {
        code: key for code, key in single.items() if not _is_gone(key, code, said, held, believed)
    }
    return Trust(realm, roots, revoked)


def certificates_of(office: Office) -> tuple[bytes, ...]:
    """Every sealed certificate known here that was not revoked.

    The newest of each issuer stand first, since whoever reads them takes the first that fits.
    """
    revoked = revoked_by(revocations_of(office))
    return tuple(
        raw for raw, one in _certificates(office) if (one.issuer_key, one.key) not in revoked
    )


def opened_certificate(raw: bytes) -> Certificate:
    """What a sealed certificate says, its signature proved.

    Raises:
        KnownProblem: ``not-a-certificate``, ``not-signed-certificate``.
    """
    return cast("Certificate", unseal(What.CERTIFICATE, raw))


def known_certificates(office: Office) -> tuple[Certificate, ...]:
    """The same opened, those that were revoked among them."""
    return tuple(document for _, document in _certificates(office))


def revocations_of(office: Office) -> tuple[Revocations, ...]:
    """Every list known here, by issuer and number: they hold together, whichever came first.

    There are two of one number only where posts made them without knowing of each other.
    """
    known = {cast("Revocations", document) for _, document in _documents(office, Kind.REVOCATIONS)}
    return tuple(sorted(known, key=_place))


def sealed_revocations(office: Office) -> list[tuple[bytes, Revocations]]:
    """Every list known here with its sealed bytes."""
    return [
        (raw, cast("Revocations", document))
        for raw, document in _documents(office, Kind.REVOCATIONS)
    ]


def _place(one: Revocations) -> tuple[str, str, int, list[tuple[str, ...]]]:
    return one.issuer, one.issuer_key, one.number, [gone.place for gone in one.gone]


def revoked_by(lists: Iterable[Revocations]) -> frozenset[tuple[str, str]]:
    """(issuer's key, key) of all that some lists take back."""
    return frozenset((one.issuer_key, gone.key) for one in lists for gone in one.gone)


def own_key_of(office: Office) -> str:
    """Raw public key of the office in hex; empty when none was made, or several that differ."""
    keys = roots_of(_records(office, Kind.TRUST)).get(office.code, ())
    return keys[0] if len(keys) == 1 else ""


def own_keys_ever(office: Office) -> frozenset[str]:
    """Every public key in hex that was ever recorded as the office's own, lost ones too."""
    bodies = (record.body for record in _records(office, Kind.TRUST))
    return frozenset(b["key"] for b in bodies if b["region"] == office.code and b["key"])


def conflicting_roots(office: Office) -> dict[str, tuple[str, ...]]:
    """Region code -> keys, where posts believe different ones: a person must decide."""
    found = roots_of(_records(office, Kind.TRUST))
    return {code: keys for code, keys in found.items() if len(keys) > 1}


def is_led(one: Certificate, held: Iterable[Certificate], trust: Trust) -> bool:
    """Whether a root that is believed leads to who issued a certificate."""
    return is_key_led(one.issuer_key, one.issuer, held, trust)


def is_key_led(key: str, code: str, held: Iterable[Certificate], trust: Trust) -> bool:
    """Whether a root that is believed leads to the key of an office."""
    try:
        require_certified(key, code, holder=Holder.OFFICE, certificates=held, trust=trust)
    except KnownProblem:
        return False
    return True


def is_genuine(record: Record) -> bool:
    """Whether what a sound record holds sealed is signed by the key it names, for its election.

    Records that hold nothing sealed are.
    """
    what = _SEALED.get(record.kind)
    if what is None:
        return True
    try:
        document = unseal(what, record.body["sealed"].encode())
    except KnownProblem:
        return False
    return document.realm == Realm(record.election, record.mode)


def record_root(office: Office, region: str, key: str, *, name: str, by: str) -> Record:
    """Record that a key is believed without a certificate, over what was believed of its office.

    Who calls has had parts of it typed from paper, or has just made it.

    Args:
        office: the open office.
        region: code of the office whose key it is.
        key: raw public key in hex; empty takes back what was believed.
        name: of that office as people know it.
        by: name of the person who records it.

    Raises:
        KnownProblem: as ``signer``; or when nothing can be written.
    """
    office.require_writable()
    known = _records(office, Kind.TRUST)
    gone = {other for record in known for other in record.over}
    over = [r.id for r in known if r.body["region"] == region and r.id not in gone]
    draft = Draft(
        Kind.TRUST,
        time=office.now(),
        person=signer(office, by, Deed.TRUST),
        subject={},
        body={"region": region, "key": key, "name": plain_name(name)},
        over=tuple(over),
    )
    return office.record(OFFICE_CHAIN, [draft])[0]


def record_sealed(
    office: Office, sealed: Mapping[Kind, Iterable[bytes]], *, by: str, deed: Deed
) -> list[Record]:
    """Record sealed certificates and revocations that were proved; those known stay as they are.

    Raises:
        KnownProblem: as ``signer``; or when nothing can be written.
    """
    office.require_writable()
    person = signer(office, by, deed)
    drafts = []
    for kind, raws in sealed.items():
        held = {record.body["sealed"] for record in _records(office, kind)}
        drafts += [
            Draft(kind, time=office.now(), person=person, subject={}, body={"sealed": text})
            for text in dict.fromkeys(raw.decode() for raw in raws)
            if text not in held
        ]
    return office.record(OFFICE_CHAIN, drafts)


def _records(office: Office, kind: Kind) -> list[Record]:
    """Records of the office's own posts; what somebody else wrote into the file is left out."""
    return [record for record in office.file.journal.records_of_kind(kind) if is_sound(record)]


def _documents(office: Office, kind: Kind) -> Iterator[tuple[bytes, Certificate | Revocations]]:
    realm = realm_of(office)
    for record in _records(office, kind):
        raw = record.body["sealed"].encode()
        try:
            document = unseal(_SEALED[kind.value], raw)
        except KnownProblem:
            # The audit says so.
            continue
        if document.realm == realm:
            yield raw, cast("Certificate | Revocations", document)


def _certificates(office: Office) -> list[tuple[bytes, Certificate]]:
    found = {
        raw: cast("Certificate", document) for raw, document in _documents(office, Kind.CERTIFICATE)
    }
    return sorted(
        found.items(), key=lambda one: (one[1].issuer, one[1].issuer_key, -one[1].serial, one[0])
    )


def _is_gone(
    key: str,
    code: str,
    said: Iterable[tuple[str, str]],
    held: tuple[Certificate, ...],
    believed: Trust,
) -> bool:
    """Whether the office right above, which is believed without this root, revoked its key.

    What a stranger takes back is nothing.
    """
    others = {other: root for other, root in believed.roots.items() if other != code}
    above = replace(believed, roots=others)
    return any(
        issuer == parent(code)
        and (issuer_key, key) in believed.revoked
        and is_key_led(issuer_key, issuer, held, above)
        for issuer, issuer_key in said
    )
