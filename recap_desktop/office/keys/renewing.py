"""After the key of this office was replaced: all offices below are certified again, from its record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.records.roles import Deed
from recap_desktop.exchange.certificates import Holder, Request
from recap_desktop.office.keys.certifying import Issued, certify_all, require_own, with_chain
from recap_desktop.office.keys.own_keys import office_name
from recap_desktop.office.keys.trusting import (
    known_certificates,
    own_key_of,
    own_keys_ever,
    realm_of,
    trust_of,
)
from recap_desktop.office.people.people import signer

if TYPE_CHECKING:
    from recap_desktop.exchange.certificates import Certificate
    from recap_desktop.exchange.signing import SigningKey
    from recap_desktop.office.opening import Office


@dataclass(frozen=True, slots=True)
class Renewable:
    """What the new key of an office can sign again (sertifikat yang perlu diterbitkan ulang).

    Attributes:
        certificates: one of a former key for each office below that has none of the new one.
        disputed: codes of offices for which former keys certified two keys that both stand:
            their letter must be typed again.
    """

    certificates: tuple[Certificate, ...]
    disputed: tuple[str, ...]


def renewable(office: Office) -> Renewable:
    """What former keys of this office certified of offices below, and the new one has not.

    Each of these keys was typed from its letter when it was certified, and what former keys
    issued is on record here only where a laptop of this office issued it: it need not be typed
    again. What was revoked stays so.
    """
    own, ever = own_key_of(office), own_keys_ever(office)
    gone = {key for issuer, key in trust_of(office).revoked if issuer in ever}
    issued = [
        one
        for one in known_certificates(office)
        if one.holder is Holder.OFFICE and one.issuer_key in ever and one.key not in gone
    ]
    done = {one.code for one in issued if one.issuer_key == own}
    former: dict[str, dict[str, Certificate]] = {}
    for one in issued:
        if own and one.code not in done:
            former.setdefault(one.code, {}).setdefault(one.key, one)
    single = [next(iter(keys.values())) for _, keys in sorted(former.items()) if len(keys) == 1]
    return Renewable(tuple(single), tuple(c for c, keys in sorted(former.items()) if len(keys) > 1))


def renew(office: Office, *, key: SigningKey, by: str) -> list[Issued]:
    """Certify with the new key of this office every key that its former ones certified below.

    Raises:
        KnownProblem: ``key-not-made``, ``key-of-other``; as ``signer``; or when nothing can be
            written.
    """
    office.require_writable()
    signer(office, by, Deed.CERTIFY)
    require_own(office, key)
    asked = [
        Request(realm_of(office), Holder.OFFICE, one.code, one.key, office_name(office, one.code))
        for one in renewable(office).certificates
    ]
    made = certify_all(office, asked, key=key, by=by)
    return [with_chain(office, one, is_new=True) for one in made]
