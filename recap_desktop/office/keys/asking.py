"""Requests that came from offices below: a folder of them read at once, each granted by itself."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.roles import Deed
from recap_desktop.exchange.certificates import SUFFIXES, What, seal
from recap_desktop.exchange.office_keys import SUFFIX as KEY_SUFFIX
from recap_desktop.office.keys.certifying import (
    Issued,
    made_certificates,
    read_request,
    require_never_revoked,
    require_own,
    standing_certificates,
    with_chain,
)
from recap_desktop.office.keys.key_typing import require_typed
from recap_desktop.office.keys.own_keys import office_name, require_own_key
from recap_desktop.office.keys.revoking import sealed_list
from recap_desktop.office.keys.trusting import own_key_of, record_sealed
from recap_desktop.office.people.people import signer
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.election.records.trusts import Why
    from recap_desktop.exchange.certificates import Request, Revocations
    from recap_desktop.exchange.signing import SigningKey
    from recap_desktop.office.opening import Office


class Answer(enum.Enum):
    """What can be answered to a request (jawaban atas permohonan)."""

    NEW = "new"
    AGAIN = "again"
    """Its key is certified: the certificate is only written once more."""

    REPLACES = "replaces"
    """Another key of that office is certified, which must be revoked for this one."""

    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Asked:
    """A file that should hold a request (permohonan yang datang).

    Attributes:
        path: the file.
        request: what it asks; None where it was refused.
        answer: what can be answered.
        problem: why it was refused; None where it was not.
        standing: number of the certificate that stands; 0 for none.
    """

    path: Path
    request: Request | None
    answer: Answer
    problem: KnownProblem | None = None
    standing: int = 0


def requests_in(office: Office, path: Path) -> list[Asked]:
    """Every request in a folder, or the one in a file: what fits by office, then what does not.

    Of several files with one key the first by name is taken.

    Raises:
        KnownProblem: ``document-not-read`` when the folder cannot be; ``requests-missing`` when
            there are none.
    """
    asked = [_asked(office, file) for file in _files(path)]
    if not asked:
        raise KnownProblem("requests-missing", path=str(path))
    fitting: dict[str, Asked] = {}
    refused = []
    for one in asked:
        if one.request is None:
            refused.append(one)
        else:
            fitting.setdefault(one.request.key, one)
    ordered = sorted(fitting.values(), key=lambda one: (_code(one), one.path.name))
    return [*ordered, *refused]


def _code(one: Asked) -> str:
    return one.request.code if one.request else ""


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    try:
        found = sorted(file for file in path.iterdir() if file.suffix == SUFFIXES[What.REQUEST])
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("document-not-read", path=str(path), reason=reason) from error
    return found


def _asked(office: Office, path: Path) -> Asked:
    if path.suffix == KEY_SUFFIX:
        problem = KnownProblem("request-is-a-key", file=path.name)
        return Asked(path, None, Answer.REFUSED, problem)
    try:
        request = read_request(office, path)
        require_never_revoked(office, request)
    except KnownProblem as problem:
        return Asked(path, None, Answer.REFUSED, problem)
    standing = standing_certificates(office, request.code, own_key_of(office))
    others = [one for one in standing if one.key != request.key]
    if others:
        return Asked(path, request, Answer.REPLACES, standing=others[0].serial)
    if standing:
        return Asked(path, request, Answer.AGAIN, standing=standing[0].serial)
    return Asked(path, request, Answer.NEW)


@dataclass(frozen=True, slots=True)
class Replaced:
    """A certificate for a new key, and the list that takes the former one back.

    Attributes:
        issued: for the new key.
        revocations: the list.
    """

    issued: Issued
    revocations: Revocations


def issue_replacing(
    office: Office, request: Request, typed: str, *, why: Why, key: SigningKey, by: str
) -> Replaced:
    """Certify a new key of an office below and revoke what stood before it: both, or neither.

    Args:
        office: the open office.
        request: as ``read_request``.
        typed: the hidden groups of its fingerprint, in their order.
        why: the former key is given up.
        key: of this office, opened with its passphrase.
        by: name of the chair who does it.

    Raises:
        KnownProblem: ``key-not-made``, ``key-of-other``, ``fingerprint-not-typed``,
            ``key-revoked-before``, ``certificate-unknown`` when nothing stands before it; as
            ``signer``; or when nothing can be written.
    """
    office.require_writable()
    signer(office, by, Deed.CERTIFY)
    require_own(office, key)
    require_typed(request.key, typed)
    require_never_revoked(office, request)
    standing = standing_certificates(office, request.code, key.public.hex())
    others = [one for one in standing if one.key != request.key]
    if not others:
        raise KnownProblem("certificate-unknown", serial=0)
    made, raw = sealed_list(office, others, why=why, key=key)
    same = [one for one in standing if one.key == request.key]
    asked = replace(request, name=office_name(office, request.code))
    new = made_certificates(office, () if same else [asked], key=key)
    sealed = {Kind.REVOCATIONS: [raw], Kind.CERTIFICATE: [seal(one, key) for one in new]}
    record_sealed(office, sealed, by=by, deed=Deed.CERTIFY)
    (certificate,) = new or same[:1]
    return Replaced(with_chain(office, certificate, is_new=bool(new)), made)


def standing_again(office: Office, code: str) -> Issued:
    """The certificate that stands of an office below, to be written once more; no key is needed.

    Raises:
        KnownProblem: ``key-not-made``; ``certificate-none`` where none stands, or several do.
    """
    standing = standing_certificates(office, code, require_own_key(office))
    if len({one.key for one in standing}) != 1:
        raise KnownProblem("certificate-none", office=dotted(code))
    return with_chain(office, standing[-1], is_new=False)
