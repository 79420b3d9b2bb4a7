"""Photos and scans of the paper at a TPS: attached, looked at, written out, taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level, dotted
from recap_desktop.election.records.attachments import Attachment
from recap_desktop.election.records.canonical import clean_text
from recap_desktop.election.records.journal import OFFICE_CHAIN, Draft, Kind, Record
from recap_desktop.election.records.roles import Deed
from recap_desktop.exchange.scan_folder import SUFFIX, holds_scan, read_scan, sha256_of, write_scan
from recap_desktop.exchange.whole_files import write_whole
from recap_desktop.foreign.scan_files import look, require_size
from recap_desktop.office.entry.entering import no_station, require_station
from recap_desktop.office.people.people import signer
from recap_desktop.office.progress.overview import require_unit
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from recap_desktop.election.records.attachments import Media
    from recap_desktop.office.opening import Office

MOST_INSIDE = 256 * 1024
"""Bytes of the largest picture that is kept in the office file; larger ones lie beside it."""

_SHORTEST_KEY = 6


@dataclass(frozen=True, slots=True)
class Scan:
    """A file that was read and is a picture (berkas pindaian): ready to be kept.

    Attributes:
        name: of the file.
        sha256: of its bytes.
        media: what kind of file.
        size: bytes.
        pages: of a PDF; a photo is one.
        raw: the bytes that go into the office file; empty where they already lie beside it.
    """

    name: str
    sha256: str
    media: Media
    size: int
    pages: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the bytes of an attachment are; any thread may read them.

    Attributes:
        attachment: which.
        raw: those kept in the office file; None when they are not there.
        folder: where large ones lie.
    """

    attachment: Attachment
    raw: bytes | None
    folder: Path

    def read(self) -> bytes:
        """The bytes, proved against their hash.

        Raises:
            KnownProblem: ``scan-missing``, ``scan-altered``, ``scan-not-read``.
        """
        one = self.attachment
        raw = self.raw
        if raw is None:
            raw = read_scan(self.folder, one.sha256)
        elif sha256_of(raw) != one.sha256:
            raise KnownProblem("scan-altered", file=one.name)
        if raw is None:
            raise KnownProblem("scan-missing", file=one.name, tps=dotted(one.tps))
        return raw


def folder_of(office: Office) -> Path:
    """Where the large pictures of an office lie; it may not be there yet."""
    path = office.file.path
    return path.with_name(path.stem + SUFFIX)


# Reading and keeping; needs no office


def read_file(path: Path) -> tuple[bytes, str]:
    """Bytes of a file that may be a picture, and its name as it can be written down.

    Raises:
        KnownProblem: ``scan-not-read``, ``scan-too-large``.
    """
    name = clean_text(path.name) or "?"
    try:
        if not path.is_file():
            raise KnownProblem("scan-no-file", file=name)
        require_size(path.stat().st_size, name)
        return path.read_bytes(), name
    except OSError as error:
        raise KnownProblem("scan-not-read", file=name, reason=reason_of(error)) from error


def keep_file(path: Path, folder: Path) -> Scan:
    """Read a picture and keep it beside the office file where it is large; any thread may do it.

    Raises:
        KnownProblem: as ``read_file`` and ``scan_files.look``; ``scan-not-written``.
    """
    raw, name = read_file(path)
    media, pages = look(raw, name)
    sha256 = sha256_of(raw)
    is_large = len(raw) > MOST_INSIDE
    if is_large:
        write_scan(folder, sha256, raw)
    return Scan(name, sha256, media, len(raw), pages, b"" if is_large else raw)


# Attaching


def attach(office: Office, contest_id: str, tps: str, path: Path, *, by: str) -> Record | None:
    """Attach one file to a TPS; None when the same bytes are attached there already.

    Bytes that were lost or damaged here since then are whole again in either case.

    Args:
        office: the open office.
        contest_id: of whose form it is; empty when it shows the forms of every contest.
        tps: 13-digit key.
        path: JPEG, PNG or PDF.
        by: name of the person.

    Raises:
        KnownProblem: as ``keep_file``; ``contest-unknown``, ``tps-unknown``; ``scan-of-other``
            when it is attached to another TPS; or when nothing can be written.
    """
    office.require_writable()
    require_place(office, contest_id, tps)
    raw, name = read_file(path)
    is_known = is_attached(office, contest_id, tps, sha256_of(raw), name=name)
    scan = keep_file(path, folder_of(office))
    if is_known:
        keep_bytes(office, [scan])
        return None
    return record_scans(office, [(tps, contest_id, scan)], by=by)[0]


def require_place(office: Office, contest_id: str, tps: str) -> None:
    """Refuse a TPS without that contest, or without any for an empty one.

    Raises:
        KnownProblem: ``contest-unknown``, ``tps-unknown``, ``tps-abolished``.
    """
    if contest_id:
        office.require_contest(contest_id)
        require_station(office, contest_id, tps)
    elif all(tables.tally(tps) is None for tables in office.file.contests.values()):
        raise no_station(office, ", ".join(office.contests), tps)


def is_attached(office: Office, contest_id: str, tps: str, sha256: str, *, name: str) -> bool:
    """Whether bytes are attached to a TPS for that contest, or for every one.

    Raises:
        KnownProblem: ``scan-of-other`` when they are attached to another TPS.
    """
    known = office.file.attachments.with_hash(sha256)
    for other in known:
        if other.tps != tps:
            raise KnownProblem("scan-of-other", file=name, tps=dotted(other.tps))
    return any(other.contest in ("", contest_id) for other in known)


def record_scans(
    office: Office, scans: Iterable[tuple[str, str, Scan]], *, by: str
) -> list[Record]:
    """Put pictures that were read on record: TPS, contest or nothing, and the picture.

    Raises:
        KnownProblem: when nothing can be written.
    """
    office.require_writable()
    given = list(scans)
    person = signer(office, by, Deed.ATTACH)
    # Bytes first: those that no record names harm nobody, a record without its bytes would.
    keep_bytes(office, (scan for _, _, scan in given))
    drafts: dict[str, list[Draft]] = {}
    for tps, contest_id, scan in given:
        body: Mapping[str, str | int] = {
            "sha256": scan.sha256,
            "name": scan.name,
            "media": scan.media.value,
            "bytes": scan.size,
            "pages": scan.pages,
        }
        draft = Draft(
            Kind.ATTACHMENT,
            time=office.now(),
            person=person,
            subject=_subject(contest_id, tps),
            body=body,
        )
        drafts.setdefault(contest_id or OFFICE_CHAIN, []).append(draft)
    return office.record_all(drafts)


def keep_bytes(office: Office, scans: Iterable[Scan]) -> None:
    """Put the bytes of small pictures into the office file; large ones lie beside it already.

    Raises:
        KnownProblem: when nothing can be written.
    """
    inside = {scan.sha256: scan.raw for scan in scans if scan.raw}
    if inside:
        office.file.keep_pictures(inside)


def _subject(contest_id: str, tps: str) -> dict[str, str]:
    return {"contest": contest_id, "tps": tps} if contest_id else {"tps": tps}


# What is attached


def attachments(office: Office, contest_id: str, tps: str) -> list[Attachment]:
    """What shows the form of a TPS in a contest, by name; the same bytes once."""
    once: dict[str, Attachment] = {}
    for one in office.file.attachments.of_station(tps, contest_id):
        once.setdefault(one.sha256, one)
    return list(once.values())


def all_attachments(office: Office, under: str = "") -> list[Attachment]:
    """Everything that is attached below a unit, by TPS and name.

    Raises:
        KnownProblem: ``unit-unknown``.
    """
    require_unit(office, under)
    return office.file.attachments.standing(under)


def attachment_named(office: Office, key: str) -> Attachment:
    """The attachment that somebody means by the first digits of its record or of its hash.

    Raises:
        KnownProblem: ``scan-unknown`` when it is none, or several.
    """
    said = key.strip().lower()
    found = [
        one
        for one in office.file.attachments.standing()
        if one.id.startswith(said) or one.sha256.startswith(said)
    ]
    once = {(one.tps, one.contest, one.sha256): one for one in found}
    if len(said) < _SHORTEST_KEY or len(once) != 1:
        raise KnownProblem("scan-unknown", scan=key)
    return next(iter(once.values()))


def kept(office: Office, attachment: Attachment) -> Kept:
    """Where its bytes are."""
    raw = office.file.attachments.bytes_of(attachment.sha256)
    return Kept(attachment, raw, folder_of(office))


def is_here(office: Office, attachment: Attachment) -> bool:
    """Whether its bytes are in this office, unread."""
    return office.file.attachments.holds_bytes(attachment.sha256) or holds_scan(
        folder_of(office), attachment.sha256, attachment.size
    )


def write_out(office: Office, attachment: Attachment, path: Path) -> None:
    """Write the bytes of an attachment to a file, whole or not at all.

    Raises:
        KnownProblem: as ``Kept.read``; ``scan-not-written``.
    """
    raw = kept(office, attachment).read()
    try:
        write_whole(path, raw)
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("scan-not-written", path=str(path), reason=reason) from error


def detach(office: Office, attachment: Attachment, *, by: str, reason: str) -> Record:
    """Take an attachment away, with a reason; its record and its bytes stay where they are.

    Raises:
        KnownProblem: ``reason-missing``, ``scan-unknown`` when it was taken away already; or
            when nothing can be written.
    """
    office.require_writable()
    why = clean_text(reason)
    if not why:
        raise KnownProblem("reason-missing")
    subject = (attachment.tps, attachment.contest)
    # Two posts may have attached the same bytes: all that is known here of them goes.
    over = tuple(
        one.id
        for one in office.file.attachments.with_hash(attachment.sha256)
        if (one.tps, one.contest) == subject
    )
    if not over:
        raise KnownProblem("scan-unknown", scan=attachment.name)
    draft = Draft(
        Kind.DETACHMENT,
        time=office.now(),
        person=signer(office, by, Deed.ATTACH),
        subject=_subject(attachment.contest, attachment.tps),
        body={"reason": why},
        over=over,
    )
    return office.record(attachment.contest or OFFICE_CHAIN, [draft])[0]


# Which TPS have one


def without_scan(office: Office, contest_id: str, *, under: str = "") -> list[str]:
    """TPS of a contest of which nothing is attached, in code order.

    Args:
        office: the open office.
        contest_id: the contest; what shows the forms of every contest counts for each.
        under: code of a unit; empty is the whole office.

    Raises:
        KnownProblem: ``contest-unknown``, ``unit-unknown``.
    """
    office.require_contest(contest_id)
    require_unit(office, under)
    return office.file.attachments.stations_without(contest_id, under)


def scan_counts(
    office: Office, contest_id: str, *, level: Level = Level.DESA, under: str = ""
) -> dict[str, int]:
    """Units of a level -> how many of their TPS have something attached; none has no line.

    Raises:
        KnownProblem: ``contest-unknown``, ``unit-unknown``.
    """
    office.require_contest(contest_id)
    require_unit(office, under)
    return office.file.attachments.counts(contest_id, level.value, under)
