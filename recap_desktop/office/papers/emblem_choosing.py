"""The office's own mark: chosen from a file, put on record, and found for each paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.records.canonical import clean_text
from recap_desktop.election.records.emblems import (
    Emblem,
    emblem_of,
    emblem_text,
    standing_emblems,
)
from recap_desktop.election.records.journal import OFFICE_CHAIN, Draft, Kind
from recap_desktop.election.records.roles import Deed
from recap_desktop.office.people.people import signer
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office
    from recap_desktop.office.plenary.revisions import Revision

_LONGEST_NAME = 120


def own_emblem(office: Office) -> Emblem | None:
    """The mark that stands now; None for the neutral one."""
    return emblem_of(office.file.journal.records_of_kind(Kind.EMBLEM))


def paper_emblem(office: Office, revision: Revision | None) -> bytes:
    """The picture on papers of a revision as it was closed, or of now; empty for the neutral mark.

    A mark that was chosen later is not on the papers of an earlier close: they have their
    original bytes for ever. A picture that cannot be drawn is left out.
    """
    heads = revision.heads if revision else None
    found = emblem_of(office.file.journal.records_of_kind(Kind.EMBLEM), heads)
    if found is None:
        return b""
    # Pillow takes a while to import, and most offices have the neutral mark.
    from recap_desktop.foreign.emblem_files import is_readable  # noqa: PLC0415 - see above

    return found.image if is_readable(found.image) else b""


def read_emblem(path: Path) -> bytes:
    """The picture of a file, made small as it is printed and kept.

    Raises:
        KnownProblem: ``emblem-not-read``, and as ``small_picture``.
    """
    from recap_desktop.foreign.emblem_files import (  # noqa: PLC0415 - heavy, seldom
        LARGEST_FILE,
        small_picture,
    )

    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise KnownProblem("emblem-not-read", path=str(path), reason=reason_of(error)) from error
    return small_picture(raw, path.name)


def choose_emblem(office: Office, image: bytes, name: str, *, by: str) -> Record:
    """Put the mark of the office on its papers from now on.

    Args:
        office: the open office.
        image: as ``read_emblem`` gives it.
        name: of its file.
        by: name of who chooses it.

    Raises:
        KnownProblem: as ``signer``; or when nothing can be written.
    """
    shown = clean_text(name)[:_LONGEST_NAME] or "-"
    return _record(office, {"image": emblem_text(image), "name": shown}, by=by)


def take_back_emblem(office: Office, *, by: str) -> Record:
    """Print with the neutral mark again.

    Raises:
        KnownProblem: ``emblem-none``; as ``signer``; or when nothing can be written.
    """
    if own_emblem(office) is None:
        raise KnownProblem("emblem-none")
    return _record(office, {"image": "", "name": ""}, by=by)


def _record(office: Office, body: dict[str, str], *, by: str) -> Record:
    office.require_writable()
    known = office.file.journal.records_of_kind(Kind.EMBLEM)
    draft = Draft(
        Kind.EMBLEM,
        time=office.now(),
        person=signer(office, by, Deed.EMBLEM),
        subject={},
        body=body,
        over=tuple(record.id for record in standing_emblems(known)),
    )
    return office.record(OFFICE_CHAIN, [draft])[0]
