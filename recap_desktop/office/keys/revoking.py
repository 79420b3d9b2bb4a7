"""Keys that an office takes back for good, and the numbered lists that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.roles import Deed
from recap_desktop.exchange.certificates import Gone, Revocations, What, seal
from recap_desktop.office.keys.certifying import require_own
from recap_desktop.office.keys.own_keys import require_own_key, written
from recap_desktop.office.keys.trusting import (
    known_certificates,
    own_keys_ever,
    realm_of,
    record_sealed,
    revocations_of,
    sealed_revocations,
)
from recap_desktop.office.people.people import signer
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from recap_desktop.election.records.trusts import Why
    from recap_desktop.exchange.certificates import Certificate
    from recap_desktop.exchange.signing import SigningKey
    from recap_desktop.office.opening import Office


def of_serial(office: Office, serial: int, *, region: str = "") -> Certificate:
    """The certificate of this office with a number, as a person names it.

    One of the present key comes before one of a former key.

    Args:
        office: the open office.
        serial: its number.
        region: code of the office it is of, where two laptops gave the same number.

    Raises:
        KnownProblem: ``key-not-made``, ``certificate-unknown``, ``serial-of-several``.
    """
    own, ever = require_own_key(office), own_keys_ever(office)
    known = [
        one
        for one in known_certificates(office)
        if one.issuer_key in ever and one.serial == serial and region in ("", one.code)
    ]
    found = [one for one in known if one.issuer_key == own] or known
    if not found:
        raise KnownProblem("certificate-unknown", serial=serial)
    if len({one.key for one in found}) > 1:
        codes = ", ".join(sorted({dotted(one.code) for one in found}))
        raise KnownProblem("serial-of-several", serial=serial, offices=codes)
    return found[0]


def revoke(
    office: Office,
    certificates: Iterable[Certificate],
    *,
    why: Why,
    key: SigningKey,
    by: str,
) -> tuple[Revocations, bytes]:
    """Take back keys for good: the next list, with all that earlier lists held.

    Every certificate of such a key holds no longer, also one that another laptop of this office
    issued and that is not known here yet. What only a former key of this office certified is
    revoked so that it is not certified again.

    Returns:
        The list and its sealed bytes, to be carried to the offices below and above.

    Raises:
        KnownProblem: ``key-not-made``, ``key-of-other``, ``certificate-unknown``,
            ``revoked-already`` when the list would say nothing new; as ``signer``; or when
            nothing can be written.
    """
    office.require_writable()
    signer(office, by, Deed.CERTIFY)
    require_own(office, key)
    made, raw = sealed_list(office, certificates, why=why, key=key)
    record_sealed(office, {Kind.REVOCATIONS: [raw]}, by=by, deed=Deed.CERTIFY)
    return made, raw


def sealed_list(
    office: Office, certificates: Iterable[Certificate], *, why: Why, key: SigningKey
) -> tuple[Revocations, bytes]:
    """The next list, sealed and not yet on record.

    Raises:
        KnownProblem: ``certificate-unknown``, ``revoked-already``.
    """
    own, wanted, ever = key.public.hex(), tuple(certificates), own_keys_ever(office)
    for one in wanted:
        if one.issuer_key not in ever:
            raise KnownProblem("certificate-unknown", serial=one.serial)
    before = [one for one in revocations_of(office) if one.issuer_key == own]
    gone = {told for one in before for told in one.gone}
    known = {told.key for told in gone}
    new = {Gone(one.key, one.holder, one.code, why) for one in wanted if one.key not in known}
    if not new:
        numbers = ", ".join(str(one.serial) for one in wanted)
        raise KnownProblem("revoked-already", serials=numbers)
    number = max((one.number for one in before), default=0) + 1
    together = tuple(sorted(gone | new, key=lambda told: told.place))
    made = Revocations(realm_of(office), office.code, own, number, together)
    return made, seal(made, key)


def write_lists(office: Office, path: Path) -> Path:
    """Write the lists of this office that are to be carried, to a file or into a folder; the file.

    There is more than one only where laptops made lists without knowing of each other and none
    was made since.

    Raises:
        KnownProblem: ``key-not-made``, ``revocations-none`` where nothing was revoked with the
            present key, ``document-not-written``.
    """
    own = require_own_key(office)
    lists = {one: raw for raw, one in sealed_revocations(office) if one.issuer_key == own}
    if not lists:
        raise KnownProblem("revocations-none")
    number = max(one.number for one in lists)
    said = {one: set(one.gone) for one in lists}
    fullest = [one for one in lists if not any(said[one] < other for other in said.values())]
    raw = b"".join(lists[one] + b"\n" for one in sorted(fullest, key=lambda one: one.number))
    return written(path, f"CABUTAN_{office.code}_{number}", What.REVOCATIONS, raw)
