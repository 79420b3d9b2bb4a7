"""Pictures of the paper beside a form: what a record says of one, and which stand."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.records.journal import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recap_desktop.election.records.journal import Record


class Media(enum.Enum):
    """What kind of file a picture is (jenis berkas), by its media type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo or scan of the C.HASIL of a TPS (lampiran), as its record tells of it.

    Attributes:
        id: of the record.
        tps: 13-digit key.
        contest: of whose form it is; empty when it shows the forms of every contest.
        sha256: of its bytes, in hex: where they are kept they bear this name.
        name: of the file it came from.
        media: what kind of file.
        size: bytes.
        pages: of a PDF; a photo is one.
    """

    id: str
    tps: str
    contest: str
    sha256: str
    name: str
    media: Media
    size: int
    pages: int


def attachment_of(record: Record) -> Attachment:
    """What a record of kind ``attachment/1`` says."""
    body = record.body
    return Attachment(
        id=record.id,
        tps=record.tps,
        contest=record.contest,
        sha256=body["sha256"],
        name=body["name"],
        media=Media(body["media"]),
        size=body["bytes"],
        pages=body["pages"],
    )


def standing_attachments(records: Iterable[Record]) -> list[Attachment]:
    """The pictures that nobody took away, in whatever order their records are known."""
    known = list(records)
    gone = {key for r in known if r.kind == Kind.DETACHMENT.value for key in r.over}
    kept = (r for r in known if r.kind == Kind.ATTACHMENT.value and r.id not in gone)
    return [attachment_of(record) for record in kept]
