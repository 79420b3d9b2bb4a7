"""How far a contest is on its way up, and the steps in which a worker makes its package."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import parent
from recap_desktop.election.records.roles import Deed
from recap_desktop.exchange.certificates import Certificate, Holder
from recap_desktop.office.keys.certifying import certify_posts
from recap_desktop.office.keys.own_keys import open_wanted
from recap_desktop.office.keys.trusting import known_certificates, own_key_of, trust_of
from recap_desktop.office.people.people import allows
from recap_desktop.office.plenary.revisions import has_moved_on, standing_revision
from recap_desktop.office.proof.proving_packages import prove_package
from recap_desktop.office.upward.packing import Packer, parts_of
from recap_desktop.office.upward.receipts import receipts_back
from recap_desktop.office.upward.sending import read_sending, record_sent, sent_of, write_sending
from recap_desktop.problems import KnownProblem
from recap_desktop.way import NO_WAY, Way

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recap_desktop.election.records.journal import Record
    from recap_desktop.exchange.signing import SigningKey
    from recap_desktop.office.keys.own_keys import WantedKey
    from recap_desktop.office.opening import Office
    from recap_desktop.office.plenary.revisions import Revision
    from recap_desktop.office.upward.packing import Outline
    from recap_desktop.office.upward.sending import Sent


@dataclass(frozen=True, slots=True)
class Upward:
    """How far a contest is on its way up (kiriman ke atas).

    Attributes:
        revision: the close that stands; None while nothing is closed.
        has_moved_on: whether something was recorded since that close.
        key: public key of the office in hex; empty while none is on record.
        is_root: whether no office above certifies that key.
        certificate: of that key, not revoked; None while none came.
        sent: the record of the last package of that revision; None while none was sent.
        is_receipted: whether its receipt was carried back.
    """

    revision: Revision | None
    has_moved_on: bool
    key: str
    is_root: bool
    certificate: Certificate | None
    sent: Record | None
    is_receipted: bool


def upward(office: Office, contest_id: str) -> Upward:
    """Look how far a contest is; nothing of it stops any other work.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    office.require_contest(contest_id)
    revision = standing_revision(office, contest_id)
    number = revision.number if revision else 0
    sent = [r for r in sent_of(office, contest_id) if r.body["revision"] == number]
    return Upward(
        revision=revision,
        has_moved_on=revision is not None and has_moved_on(office, revision),
        key=own_key_of(office),
        is_root=_is_root(office),
        certificate=_own_certificate(office),
        sent=sent[-1] if sent else None,
        is_receipted=any(
            back.body["revision"] == number for back in receipts_back(office, contest_id)
        ),
    )


def _is_root(office: Office) -> bool:
    """An office that holds whole contests has nobody above who would receive them."""
    above = parent(office.code)
    held = (office.election.contest(key).regions for key in office.contests)
    goes_up = any(len(region) < len(office.code) for regions in held for region in regions)
    return not goes_up or not above or above not in office.election.tree


def _own_certificate(office: Office) -> Certificate | None:
    key, revoked = own_key_of(office), trust_of(office).revoked
    for one in known_certificates(office):
        is_own = (one.holder, one.code, one.key) == (Holder.OFFICE, office.code, key)
        if is_own and (one.issuer_key, one.key) not in revoked:
            return one
    return None


@dataclass(frozen=True, slots=True)
class OpenedKey:
    """The key of the office, opened for as long as one thing is signed with it."""

    key: SigningKey


def open_the_key(path: Path, passphrase: str, wanted: WantedKey) -> OpenedKey:
    """Open the key of the office; slow by intent, so a worker does it.

    Args:
        path: of its file.
        passphrase: as typed.
        wanted: which key it must be.

    Raises:
        KnownProblem: as ``open_wanted``.
    """
    return OpenedKey(open_wanted(wanted, path, passphrase))


@dataclass(frozen=True, slots=True)
class Making:
    """What a worker makes a package from, but its records (bahan paket)."""

    outline: Outline
    opened: OpenedKey


def gather(office: Office, contest_id: str, opened: OpenedKey, *, by: str) -> Making:
    """Read what goes into the package; the office's own laptops are certified first.

    Without a certificate of the laptop that closed nobody above can tell that it is the
    sender's. Where roles bind and no chair is there, what is certified already has to do.

    Raises:
        KnownProblem: as ``read_sending`` and ``certify_posts``.
    """
    if own_key_of(office) and allows(office, Deed.CERTIFY):
        certify_posts(office, key=opened.key, by=by)
    return Making(read_sending(office, contest_id), opened)


def records_of(office: Office, making: Making) -> Iterator[list[bytes]]:
    """The records that go in, part by part: each is read in a moment, others may come between."""
    return parts_of(office, making.outline)


class Maker:
    """What a worker does with one package, all in its own thread; it needs no office."""

    def __init__(self, making: Making) -> None:
        """Nothing is made yet."""
        self._making = making
        self._packer: Packer | None = None

    def take(self, part: list[bytes]) -> int:
        """Take the next records; how many these were."""
        if self._packer is None:
            self._packer = Packer(self._making.outline)
        self._packer.take(part)
        return len(part)

    def write(self, folder: Path, way: Way) -> Sent:
        """Write the package on the medium, and let go of the records.

        Raises:
            KnownProblem: as ``write_sending``.
            GivenUp: when a person said so; nothing is left behind.
        """
        assert self._packer is not None
        with self._packer as packer:
            load = packer.load(way=way.stretch(0, 0.2))
            key = self._making.opened.key
            return write_sending(load, folder, key=key, way=way.stretch(0.2, 1))

    def close(self) -> None:
        """Let go of the records: somebody gave up."""
        if self._packer is not None:
            self._packer.close()


def read_back(sent: Sent, way: Way = NO_WAY) -> Sent:
    """Prove what lies on the medium now, down to each TPS; any thread may do it.

    Raises:
        KnownProblem: as ``prove_package``; ``package-damaged`` when it is another package.
        GivenUp: when a person said so.
    """
    if prove_package(sent.path, way=way).hash != sent.package:
        raise KnownProblem("package-damaged", file=sent.path.name, name=sent.path.name)
    return sent


def record(office: Office, making: Making, sent: Sent, *, by: str) -> Sent:
    """Record that a package that was read back was sent.

    Raises:
        KnownProblem: as ``record_sent``.
    """
    said = making.outline.statement
    return replace(sent, is_new=record_sent(office, said, sent.package, by=by))
