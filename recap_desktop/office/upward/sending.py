"""Sends a closed contest up: its package on a medium, signed by the office's key, and the record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.election.records.journal import Draft, Kind
from recap_desktop.election.records.packages import package_name
from recap_desktop.election.records.roles import Deed
from recap_desktop.office.keys.trusting import certificates_of, own_key_of
from recap_desktop.office.people.people import signer
from recap_desktop.office.plenary.revisions import standing_revision
from recap_desktop.office.upward.packing import loaded, outline_of, write_load
from recap_desktop.problems import KnownProblem, reason_of
from recap_desktop.way import NO_WAY, Way

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.election.records.journal import Record
    from recap_desktop.election.records.packages import Statement
    from recap_desktop.exchange.signing import SigningKey
    from recap_desktop.office.opening import Office
    from recap_desktop.office.upward.packing import Load, Outline


@dataclass(frozen=True, slots=True)
class Sent:
    """A package that lies on a medium, proved there (kiriman).

    Attributes:
        path: where.
        package: hash of its manifest, which names it.
        revision: the close it is of.
        head: of that close, as printed on every page.
        certificates: how many lie in it; none may travel later.
        is_new: whether it was not on record yet; the same package is recorded once.
    """

    path: Path
    package: str
    revision: int
    head: str
    certificates: int
    is_new: bool = True


def sent_of(office: Office, contest_id: str) -> list[Record]:
    """Every package of a contest that was sent, by revision; those that were sent again last."""
    known = office.file.journal.records_of_kind(Kind.SENT, contest=contest_id)
    gone = {other for record in known for other in record.over}
    return sorted(known, key=lambda r: (r.body["revision"], r.id not in gone, r.id))


def previous_of(office: Office, contest_id: str, revision: int) -> str:
    """Hash of the last package of an earlier revision that was sent; empty for none."""
    earlier = [r for r in sent_of(office, contest_id) if r.body["revision"] < revision]
    return str(earlier[-1].body["package"]) if earlier else ""


def read_sending(office: Office, contest_id: str) -> Outline:
    """Read what is sent of a contest, but its records: its standing revision, all certificates.

    Raises:
        KnownProblem: ``contest-unknown``; ``send-not-closed``.
    """
    office.require_contest(contest_id)
    revision = standing_revision(office, contest_id)
    if revision is None:
        raise KnownProblem("send-not-closed", contest=contest_id)
    return outline_of(
        office,
        contest_id,
        revision,
        previous=previous_of(office, contest_id, revision.number),
        certificates=certificates_of(office),
    )


def place_of(said: Statement, folder: Path) -> Path:
    """Where a package will lie on a medium.

    Raises:
        KnownProblem: ``package-not-written`` when there is no such folder.
    """
    path = folder / package_name(said.office, said.contest, said.revision)
    if not folder.is_dir():
        reason = reason_of(NotADirectoryError(20, ""))
        raise KnownProblem("package-not-written", file=str(path), reason=reason)
    return path


def write_sending(
    load: Load, folder: Path, *, key: SigningKey, paper: str = "f4", way: Way = NO_WAY
) -> Sent:
    """Write what was read to a medium and prove what lies there; any thread may do it.

    Raises:
        KnownProblem: ``package-not-written``, and as ``write_load``.
        GivenUp: when a person said so; nothing is left behind.
    """
    said = load.statement
    path = place_of(said, folder)
    made = write_load(load, path, key=key, paper=paper, way=way)
    return Sent(path, made, said.revision, said.head, len(load.certificates))


def record_sent(office: Office, said: Statement, package: str, *, by: str) -> bool:
    """Record that a package was sent; whether it was not on record yet.

    Args:
        office: the open office.
        said: what the package is of.
        package: hash of its manifest.
        by: name of who sends it.

    Raises:
        KnownProblem: as ``signer``; or when nothing can be written.
    """
    person = signer(office, by, Deed.SEND)
    known = sent_of(office, said.contest)
    if any(record.body["package"] == package for record in known):
        return False
    gone = {other for record in known for other in record.over}
    body = {
        "package": package,
        "revision": said.revision,
        "head": said.head,
        "previous": said.previous,
    }
    draft = Draft(
        Kind.SENT,
        time=office.now(),
        person=person,
        subject={"contest": said.contest},
        body=body,
        over=tuple(record.id for record in known if record.id not in gone),
    )
    office.record(said.contest, [draft])
    return True


def send(
    office: Office, contest_id: str, folder: Path, *, key: SigningKey, by: str, paper: str = "f4"
) -> Sent:
    """Write the package of a contest's standing revision to a medium, and record it.

    Args:
        office: the open office.
        contest_id: the contest.
        folder: on the medium; it exists.
        key: of the office, opened with its passphrase.
        by: name of who sends it.
        paper: name of a paper size, of the sheets inside.

    Raises:
        KnownProblem: ``send-not-closed``, ``key-of-other`` when it is not the key this office
            has on record, ``package-not-written``; as ``signer``; or when nothing can be written.
    """
    office.require_writable()
    signer(office, by, Deed.SEND)
    own = own_key_of(office)
    if own and own != key.public.hex():
        raise KnownProblem("key-of-other", office=office.code)
    outline = read_sending(office, contest_id)
    place_of(outline.statement, folder)
    with loaded(office, outline) as load:
        sent = write_sending(load, folder, key=key, paper=paper)
    return replace(sent, is_new=record_sent(office, outline.statement, sent.package, by=by))
