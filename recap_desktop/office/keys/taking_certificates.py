"""What comes down or up about keys: certificates and revocations taken in, roots that are typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.roles import Deed
from recap_desktop.exchange.certificates import (
    LARGEST,
    SUFFIXES,
    Certificate,
    Holder,
    Request,
    Revocations,
    What,
    require_fitting,
    unseal,
)
from recap_desktop.exchange.document_files import read_document_file
from recap_desktop.office.keys.key_typing import require_typed
from recap_desktop.office.keys.own_keys import office_name, require_own_key
from recap_desktop.office.keys.trusting import (
    conflicting_roots,
    is_led,
    known_certificates,
    own_keys_ever,
    realm_of,
    record_root,
    record_sealed,
    revocations_of,
    trust_of,
)
from recap_desktop.office.people.people import signer
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from recap_desktop.election.definitions.contests import Election
    from recap_desktop.exchange.certificates import Realm, Trust
    from recap_desktop.office.opening import Office


@dataclass(frozen=True, slots=True)
class Arrived:
    """What files brought (sertifikat dan daftar cabutan yang dicatat).

    Attributes:
        certificates: that were not known here.
        revocations: lists that were not known here.
        known: how many documents were.
        unled: of the new certificates those that lead to no root believed here yet.
        revoked: of the new certificates those whose key was revoked, now or before.
    """

    certificates: tuple[Certificate, ...]
    revocations: tuple[Revocations, ...]
    known: int
    unled: tuple[Certificate, ...]
    revoked: tuple[Certificate, ...]


def take(office: Office, paths: Sequence[Path], *, by: str) -> Arrived:
    """Take in certificates and lists of revocations from files: all of them, or none.

    A certificate is of this office and its own key, of its posts, or of an office above or below
    it; for this election and mode; issued by the office right above; and by no other key than
    the one that is believed of that issuer. What this office issued itself is known to it from
    its own record and is never learnt from a file, which whoever found its key could have made.
    A certificate whose key was revoked is recorded like any other, so that it does not matter
    which of the two came first.

    Args:
        office: the open office.
        paths: the files, in any order.
        by: name of who takes them in.

    Raises:
        KnownProblem: ``document-not-read``, ``not-a-certificate``, ``not-signed-certificate``,
            ``not-signed-revocations``, ``certificate-of-other-election``,
            ``certificate-of-other-region``, ``certificate-of-elsewhere``,
            ``certificate-of-other-key``, ``certificate-of-other-issuer``, ``key-not-made``,
            ``revocations-of-other-election``, ``revocations-of-elsewhere``, ``document-of-own``;
            as ``signer``; or when nothing can be written.
    """
    office.require_writable()
    signer(office, by, Deed.TAKE_CERTIFICATE)
    brought = dict(pair for path in paths for pair in read_documents(path))
    lists = {raw: one for raw, one in brought.items() if isinstance(one, Revocations)}
    certificates = {raw: one for raw, one in brought.items() if isinstance(one, Certificate)}
    held, known_lists = set(known_certificates(office)), set(revocations_of(office))
    new_lists = {raw: one for raw, one in lists.items() if one not in known_lists}
    for said in new_lists.values():
        _require_list(office, said)
    new = {raw: one for raw, one in certificates.items() if one not in held}
    together = (*held, *new.values())
    trust = replace(trust_of(office), revoked=frozenset())
    for one in new.values():
        _require_certificate(office, one, together, trust)
    sealed: dict[Kind, Iterable[bytes]] = {
        Kind.REVOCATIONS: new_lists,
        Kind.CERTIFICATE: new,
    }
    record_sealed(office, sealed, by=by, deed=Deed.TAKE_CERTIFICATE)
    believed = trust_of(office)
    return Arrived(
        certificates=tuple(new.values()),
        revocations=tuple(new_lists.values()),
        known=len(brought) - len(new) - len(new_lists),
        unled=tuple(one for one in new.values() if not is_led(one, together, believed)),
        revoked=tuple(one for one in new.values() if (one.issuer_key, one.key) in believed.revoked),
    )


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a folder brought, file by file (isi flashdisk).

    Attributes:
        arrived: of each file that was taken in.
        refused: the others, with why.
        elsewhere: how many were of offices that stand neither above nor below this one.
    """

    arrived: tuple[Arrived, ...]
    refused: tuple[tuple[Path, KnownProblem], ...]
    elsewhere: int


_ELSEWHERE = ("certificate-of-elsewhere", "revocations-of-elsewhere")


def take_folder(office: Office, path: Path, *, by: str) -> Gathered:
    """Take in every file of a folder by itself: on one stick there may be those of many offices.

    Args:
        office: the open office.
        path: the folder, or one file.
        by: name of who takes them in.

    Raises:
        KnownProblem: ``document-not-read`` when the folder cannot be; ``certificates-missing``
            when there are none; as ``signer``; or when nothing can be written.
    """
    office.require_writable()
    signer(office, by, Deed.TAKE_CERTIFICATE)
    arrived: list[Arrived] = []
    refused: list[tuple[Path, KnownProblem]] = []
    elsewhere = 0
    for file in _files_in(path):
        try:
            arrived.append(take(office, [file], by=by))
        except KnownProblem as problem:
            if path.is_dir() and problem.code in _ELSEWHERE:
                elsewhere += 1
            else:
                refused.append((file, problem))
    return Gathered(tuple(arrived), tuple(refused), elsewhere)


def _files_in(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    wanted = (SUFFIXES[What.CERTIFICATE], SUFFIXES[What.REVOCATIONS])
    try:
        found = sorted(file for file in path.iterdir() if file.suffix in wanted)
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("document-not-read", path=str(path), reason=reason) from error
    if not found:
        raise KnownProblem("certificates-missing", path=str(path))
    return found


def read_documents(path: Path) -> list[tuple[bytes, Certificate | Revocations]]:
    """The sealed certificates and lists in a file, one a line, with their bytes.

    Raises:
        KnownProblem: ``document-not-read``, ``not-a-certificate``, ``not-signed-...``.
    """
    raw = _read(path)
    if not raw.strip():
        raise KnownProblem("not-a-certificate")
    found: list[tuple[bytes, Certificate | Revocations]] = []
    for line in raw.splitlines():
        what = What.REVOCATIONS if b'"revocations":' in line else What.CERTIFICATE
        found.append((line, cast("Certificate | Revocations", unseal(what, line))))
    return found


def _read(path: Path) -> bytes:
    raw = read_document_file(path, most=LARGEST)
    if raw is None:
        raise KnownProblem("not-a-certificate")
    return raw


def _require_list(office: Office, found: Revocations) -> None:
    if found.realm != realm_of(office):
        raise KnownProblem("revocations-of-other-election", issuer=found.issuer)
    if not _is_in_line(office, found.issuer):
        raise KnownProblem("revocations-of-elsewhere", issuer=found.issuer)
    if found.issuer_key in own_keys_ever(office):
        raise KnownProblem("document-of-own")


def _require_certificate(
    office: Office, found: Certificate, together: Iterable[Certificate], trust: Trust
) -> None:
    require_fitting(found, trust)
    if not _is_in_line(office, found.code):
        raise KnownProblem("certificate-of-elsewhere", office=found.code, own=office.code)
    if found.issuer_key in own_keys_ever(office):
        raise KnownProblem("document-of-own")
    if found.code == office.code:
        _require_own(office, found)
    believed = trust.roots.get(found.issuer, "")
    issuer = (found.issuer_key, found.issuer, Holder.OFFICE)
    if believed and believed != found.issuer_key:
        certified = any((one.key, one.code, one.holder) == issuer for one in together)
        if not certified:
            raise KnownProblem(
                "certificate-of-other-issuer", office=found.code, issuer=found.issuer
            )


def _require_own(office: Office, found: Certificate) -> None:
    """Of this office its own key, of its posts one that is known here."""
    if found.holder is Holder.OFFICE:
        if require_own_key(office) != found.key:
            raise KnownProblem("certificate-of-other-key", office=found.code, serial=found.serial)
        return
    known = {
        office.file.journal.post_key(genesis.post).hex()
        for genesis in office.file.journal.records_of_kind(Kind.GENESIS)
    }
    if found.key not in known:
        raise KnownProblem("certificate-of-other-key", office=found.code, serial=found.serial)


def _is_in_line(office: Office, code: str) -> bool:
    """Whether an office stands above, below or in the place of this one."""
    return office.code.startswith(code) or code.startswith(office.code)


# ---------------------------------------------------------------- roots


@dataclass(frozen=True, slots=True)
class Offered:
    """A key that may become a root here, once parts of it are typed (akar yang ditawarkan).

    Attributes:
        code: region code of the office whose key it is.
        name: of that office.
        key: raw public key in hex.
    """

    code: str
    name: str
    key: str


def read_root(office: Office, path: Path) -> Offered:
    """The key a file offers as a root: that of a request, or of the topmost issuer it names.

    Raises:
        KnownProblem: ``document-not-read``, ``not-a-certificate``, ``not-signed-...``,
            ``root-of-other-election``, ``root-of-elsewhere`` for an office that this one does not
            lie in.
    """
    code, key = offered_in(path, realm_of(office), office.code, office.election)
    return Offered(code, office_name(office, code), key)


def offered_in(path: Path, realm: Realm, region: str, election: Election) -> tuple[str, str]:
    """Code and key of whose key a file offers to an office of an election.

    Raises:
        KnownProblem: as ``read_root``.
    """
    raw = _read(path)
    if b'"request":' in raw:
        request = cast("Request", unseal(What.REQUEST, raw))
        found, code, key = request.realm, request.code, request.key
    else:
        documents = [one for _, one in read_documents(path)]
        top = min(documents, key=lambda one: (len(one.issuer), one.issuer_key))
        found, code, key = top.realm, top.issuer, top.issuer_key
    if found != realm:
        raise KnownProblem("root-of-other-election", office=code)
    if not region.startswith(code) or code not in election.tree:
        raise KnownProblem("root-of-elsewhere", office=code, own=region)
    return code, key


def believe(office: Office, offered: Offered, typed: str, *, by: str) -> bool:
    """Believe a key without a certificate, after parts of it were typed from its signed letter.

    It takes the place of what was believed of that office until now.

    Args:
        office: the open office.
        offered: as ``read_root``.
        typed: the hidden groups of its fingerprint, in their order.
        by: name of the chair who typed them.

    Returns:
        Whether it was not believed already.

    Raises:
        KnownProblem: ``fingerprint-not-typed``; as ``signer``; or when nothing can be written.
    """
    office.require_writable()
    signer(office, by, Deed.TRUST)
    require_typed(offered.key, typed)
    if trust_of(office).roots.get(offered.code) == offered.key:
        return False
    record_root(office, offered.code, offered.key, name=offered.name, by=by)
    return True


def disbelieve(office: Office, code: str, *, by: str) -> None:
    """Take back what was believed of an office's key.

    Raises:
        KnownProblem: ``root-unknown``; as ``signer``; or when nothing can be written.
    """
    office.require_writable()
    signer(office, by, Deed.TRUST)
    if code not in trust_of(office).roots and code not in conflicting_roots(office):
        raise KnownProblem("root-unknown", office=code)
    record_root(office, code, "", name=office_name(office, code), by=by)
