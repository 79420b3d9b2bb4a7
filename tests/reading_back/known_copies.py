"""Copies that were printed, found by the paper they are of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.office.papers.reprinting import find_copy

if TYPE_CHECKING:
    from recap_desktop.election.records.copies import Copy
    from recap_desktop.office.opening import Office
    from recap_desktop.office.papers.copying import PrintedPaper


def known_copy(office: Office, read: PrintedPaper, number: str) -> Copy:
    """The copy of a paper that was read, as it was printed first."""
    revision = read.revision.number if read.revision else None
    is_draft = read.revision is None
    return find_copy(office, read.contest, read.paper, number, revision=revision, draft=is_draft)
