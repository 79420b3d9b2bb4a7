"""The key of the office: made on a medium of its own, opened there, and asked to be certified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.contests import Mode
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.papers.key_letters import office_title
from recap_desktop.election.records.roles import Deed
from recap_desktop.exchange.certificates import (
    SUFFIXES,
    Holder,
    Request,
    What,
    seal,
)
from recap_desktop.exchange.document_files import write_document
from recap_desktop.exchange.office_keys import SUFFIX, Owner, make_office_key, open_owned_key
from recap_desktop.office.keys.trusting import own_key_of, realm_of, record_root
from recap_desktop.office.language import LANGUAGES, load_words
from recap_desktop.office.people.people import require_deed, signer
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.exchange.signing import SigningKey
    from recap_desktop.office.opening import Office


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A new key of the office (kunci kantor).

    Attributes:
        path: where its file lies.
        key: raw public key in hex.
        replaced: the key that was the office's until now, in hex; empty for none.
        is_beside_office: whether it lies on the medium of the office file, where it must not stay.
    """

    path: Path
    key: str
    replaced: str
    is_beside_office: bool


def office_name(office: Office, code: str = "") -> str:
    """An office as certificates and letters name it: ``PANITIA PEMILIHAN KECAMATAN CIAMIS``."""
    return office_title(office.election, code or office.code, load_words(LANGUAGES[0]))


def key_name(office: Office) -> str:
    """What the file of the office's key is called."""
    return f"KUNCI_{office.code}{SUFFIX}"


def next_key_path(office: Office, folder: Path) -> Path:
    """Where a new key goes beside former ones: the usual name, else with the next number."""
    usual = folder / key_name(office)
    number, path = 1, usual
    while path.exists():
        number += 1
        path = usual.with_stem(f"{usual.stem}-{number}")
    return path


def make_key(
    office: Office, path: Path, passphrase: str, *, by: str, replace: bool = False
) -> MadeKey:
    """Make the key of the office in a new file, and record that it is the office's own.

    Args:
        office: the open office.
        path: on a medium that is kept apart from the laptop.
        passphrase: known to the ketua, typed twice.
        by: name of the chair who makes it.
        replace: whether the key on record was lost, so that the new one takes its place.

    Raises:
        KnownProblem: ``key-known`` when there is one and it is not replaced,
            ``passphrase-short``, ``file-exists``, ``key-not-written``; as ``signer``; or when
            nothing can be written.
    """
    office.require_writable()
    signer(office, by, Deed.TRUST)
    before = own_key_of(office)
    if before and not replace:
        raise KnownProblem("key-known", office=office.code)
    owner = Owner(office.code, office.election.mode.value)
    made = make_office_key(path, passphrase, name=office_name(office), owner=owner)
    key = made.public.hex()
    record_root(office, office.code, key, name=office_name(office), by=by)
    return MadeKey(path, key, before, _is_beside(office, path))


def _is_beside(office: Office, path: Path) -> bool:
    try:
        return path.stat().st_dev == office.file.path.stat().st_dev
    except OSError:
        # Pulled out already.
        return False


def use_key(office: Office, path: Path, passphrase: str, *, by: str, replace: bool = False) -> str:
    """Record that a key made on another laptop is the office's own.

    Returns:
        Its public key in hex.

    Raises:
        KnownProblem: ``key-known`` when another is on record and is not replaced,
            and as ``open_wanted`` but for ``key-of-other``; as ``signer``; or when nothing can be
            written.
    """
    office.require_writable()
    signer(office, by, Deed.TRUST)
    any_own = WantedKey(office.code, office.election.mode.value, "")
    key = open_wanted(any_own, path, passphrase).public.hex()
    before = own_key_of(office)
    if before == key:
        return key
    if before and not replace:
        raise KnownProblem("key-known", office=office.code)
    record_root(office, office.code, key, name=office_name(office), by=by)
    return key


def open_key(office: Office, path: Path, passphrase: str) -> SigningKey:
    """The key of the office, opened with its passphrase.

    Raises:
        KnownProblem: as ``open_wanted``.
    """
    return open_wanted(wanted_key(office), path, passphrase)


@dataclass(frozen=True, slots=True)
class WantedKey:
    """Which key is to be opened, for a worker that has no office (kunci yang diminta).

    Attributes:
        code: region code of the office.
        mode: of its election.
        public: the key on record in hex; empty where any key of that office will do.
    """

    code: str
    mode: str
    public: str


def wanted_key(office: Office) -> WantedKey:
    """The key of an office."""
    return WantedKey(office.code, office.election.mode.value, own_key_of(office))


def open_wanted(wanted: WantedKey, path: Path, passphrase: str) -> SigningKey:
    """Open a key; slow by intent, so a worker does it.

    Raises:
        KnownProblem: ``key-not-read``, ``key-not-a-key``, ``key-not-opened``;
            ``key-of-other-office`` or ``key-of-rehearsal`` or ``key-of-real`` when its file says
            so; ``key-of-other`` when it is not the key on record.
    """
    found = open_owned_key(path, passphrase)
    owner = found.owner
    if owner is not None and owner.code != wanted.code:
        raise KnownProblem(
            "key-of-other-office", office=dotted(owner.code), own=dotted(wanted.code)
        )
    if owner is not None and owner.mode != wanted.mode:
        is_practice = owner.mode == Mode.REHEARSAL.value
        raise KnownProblem("key-of-rehearsal" if is_practice else "key-of-real")
    if wanted.public and wanted.public != found.key.public.hex():
        raise KnownProblem("key-of-other", office=wanted.code)
    return found.key


def require_own_key(office: Office) -> str:
    """The public key on record, in hex.

    Raises:
        KnownProblem: ``key-not-made``.
    """
    own = own_key_of(office)
    if not own:
        raise KnownProblem("key-not-made", office=office.code)
    return own


def write_request(office: Office, path: Path, *, key: SigningKey) -> Path:
    """Write that this office asks for a certificate of its key, to go with the signed letter.

    For an office that is a root the same file carries its key to the offices below.

    Args:
        office: the open office.
        path: of the file, or a folder for one of the usual name.
        key: of the office.

    Returns:
        The file.

    Raises:
        KnownProblem: ``document-not-written``; in a guarded office as ``require_deed``.
    """
    require_deed(office, Deed.TAKE_CERTIFICATE)
    request = Request(
        realm_of(office), Holder.OFFICE, office.code, key.public.hex(), office_name(office)
    )
    return written(path, f"PERMOHONAN_{office.code}", What.REQUEST, seal(request, key))


def written(path: Path, name: str, what: What, raw: bytes) -> Path:
    """Write a document to a file, or into a folder by a name of its own; the file.

    A path without a suffix is a folder also while its medium is away: else a file would take the
    place of the medium.

    Raises:
        KnownProblem: ``document-not-written``.
    """
    is_folder = path.is_dir() or not path.suffix
    target = path / f"{name}{SUFFIXES[what]}" if is_folder else path
    write_document(target, raw)
    return target
