"""What an office says of keys below it: certificates of offices and of its posts, revocations."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from recap_desktop.election.definitions.regions import dotted, level_of, parent
from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.roles import Deed
from recap_desktop.exchange.certificates import (
    Certificate,
    Holder,
    Request,
    What,
    next_serial,
    read_document,
    seal,
)
from recap_desktop.office.keys.key_typing import require_typed
from recap_desktop.office.keys.own_keys import office_name, require_own_key, written
from recap_desktop.office.keys.trusting import (
    certificates_of,
    known_certificates,
    opened_certificate,
    own_keys_ever,
    realm_of,
    record_sealed,
    trust_of,
)
from recap_desktop.office.people.people import signer
from recap_desktop.office.posts.posts import posts
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from recap_desktop.exchange.signing import SigningKey
    from recap_desktop.office.opening import Office


def read_request(office: Office, path: Path) -> Request:
    """A request that this office may grant: of an office right below it, for its election.

    Raises:
        KnownProblem: ``document-not-read``, ``not-a-request``, ``not-signed-request``,
            ``request-of-other-election``, ``request-of-other-region``.
    """
    request = cast("Request", read_document(What.REQUEST, path)[0])
    if request.realm != realm_of(office):
        raise KnownProblem("request-of-other-election", office=request.code)
    below = request.holder is Holder.OFFICE and request.code in office.election.tree
    if not below or len(request.code) <= len(office.code) or parent(request.code) != office.code:
        raise KnownProblem(
            "request-of-other-region", office=request.code, name=request.name, issuer=office.code
        )
    return request


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate with those that lead to its issuer, to be carried down.

    Attributes:
        certificate: of the office below.
        lines: it and those above it, sealed, one a line.
        is_new: whether it was issued now; the same key is certified once.
    """

    certificate: Certificate
    lines: tuple[bytes, ...]
    is_new: bool

    def write(self, path: Path) -> Path:
        """Write them to a file, or into a folder by a name of their own; the file.

        Raises:
            KnownProblem: ``document-not-written``.
        """
        name = f"SERTIFIKAT_{self.certificate.code}_{self.certificate.serial}"
        raw = b"".join(line + b"\n" for line in self.lines)
        return written(path, name, What.CERTIFICATE, raw)


def issue(office: Office, request: Request, typed: str, *, key: SigningKey, by: str) -> Issued:
    """Certify the key of an office below, after parts of it were typed from its signed letter.

    Args:
        office: the open office.
        request: as ``read_request``.
        typed: the hidden groups of its fingerprint, in their order.
        key: of this office, opened with its passphrase.
        by: name of the chair who issues it.

    Raises:
        KnownProblem: ``key-not-made``, ``key-of-other``, ``fingerprint-not-typed``,
            ``key-revoked-before``, ``certificate-standing`` while another key of that office is
            certified; as ``signer``; or when nothing can be written.
    """
    office.require_writable()
    signer(office, by, Deed.CERTIFY)
    require_own(office, key)
    require_typed(request.key, typed)
    require_never_revoked(office, request)
    for one in standing_certificates(office, request.code, key.public.hex()):
        if one.key != request.key:
            raise KnownProblem("certificate-standing", office=one.code, serial=one.serial)
        return with_chain(office, one, is_new=False)
    # The name is ours: a request could call itself anything.
    asked = replace(request, name=office_name(office, request.code))
    (made,) = certify_all(office, [asked], key=key, by=by)
    return with_chain(office, made, is_new=True)


def standing_certificates(office: Office, code: str, issuer_key: str) -> list[Certificate]:
    """Those of an office below that one key of this office issued and did not take back.

    There are several only where two laptops certified without knowing of each other.
    """
    revoked = trust_of(office).revoked
    return [
        one
        for one in known_certificates(office)
        if (one.holder, one.code, one.issuer_key) == (Holder.OFFICE, code, issuer_key)
        and (issuer_key, one.key) not in revoked
    ]


def require_never_revoked(office: Office, request: Request) -> None:
    """Refuse a key that this office took back once, with whichever key of its own.

    Raises:
        KnownProblem: ``key-revoked-before``.
    """
    if request.key in _taken_back(office):
        raise KnownProblem("key-revoked-before", office=request.code)


def _taken_back(office: Office) -> frozenset[str]:
    own = own_keys_ever(office)
    return frozenset(key for issuer, key in trust_of(office).revoked if issuer in own)


def certify_posts(office: Office, *, key: SigningKey, by: str) -> tuple[Certificate, ...]:
    """Certify every post of this office that is known here and has no certificate of this key.

    Posts that were declared lost, or whose key was revoked, are left out. Posts that join later
    are certified later.

    Returns:
        What was issued now.

    Raises:
        KnownProblem: ``key-not-made``, ``key-of-other``; as ``signer``; or when nothing can be
            written.
    """
    office.require_writable()
    signer(office, by, Deed.CERTIFY)
    require_own(office, key)
    held = {
        one.key
        for one in known_certificates(office)
        if one.issuer_key == key.public.hex() and one.holder is Holder.POST
    }
    left_out = held | _taken_back(office)
    asked = [
        Request(realm_of(office), Holder.POST, office.code, public, f"Meja {post.number}")
        for post in posts(office)
        for public in (office.file.journal.post_key(post.id).hex(),)
        if not post.lost and public not in left_out
    ]
    return certify_all(office, asked, key=key, by=by)


def describe(office: Office, code: str) -> str:
    """An office by name and code, for a sentence."""
    known = code in office.election.tree and bool(level_of(code))
    return f"{office_name(office, code)} ({dotted(code)})" if known else dotted(code)


def require_own(office: Office, key: SigningKey) -> None:
    """Refuse a key that is not the one on record.

    Raises:
        KnownProblem: ``key-not-made``, ``key-of-other``.
    """
    if require_own_key(office) != key.public.hex():
        raise KnownProblem("key-of-other", office=office.code)


def certify_all(
    office: Office, requests: Iterable[Request], *, key: SigningKey, by: str
) -> tuple[Certificate, ...]:
    """Issue and record certificates; that they may be issued is for the caller to prove."""
    made = made_certificates(office, requests, key=key)
    sealed = [seal(one, key) for one in made]
    record_sealed(office, {Kind.CERTIFICATE: sealed}, by=by, deed=Deed.CERTIFY)
    return made


def made_certificates(
    office: Office, requests: Iterable[Request], *, key: SigningKey
) -> tuple[Certificate, ...]:
    """What certificates of some requests would say."""
    own = key.public.hex()
    first = next_serial(known_certificates(office), own)
    return tuple(
        Certificate(
            realm=request.realm,
            holder=request.holder,
            code=request.code,
            key=request.key,
            name=request.name,
            issuer=office.code,
            issuer_key=own,
            serial=serial,
        )
        for serial, request in enumerate(requests, start=first)
    )


def with_chain(office: Office, certificate: Certificate, *, is_new: bool) -> Issued:
    """A certificate, then those of its issuer and of the offices above that."""
    lines: list[bytes] = []
    for raw in certificates_of(office):
        found = opened_certificate(raw)
        leads = found.holder is Holder.OFFICE and office.code.startswith(found.code)
        if found == certificate:
            lines.insert(0, raw)
        elif leads:
            lines.append(raw)
    return Issued(certificate, tuple(lines), is_new)
