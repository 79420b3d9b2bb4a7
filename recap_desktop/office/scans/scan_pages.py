"""Pages of what is attached to a TPS, in the order in which they are looked at, and as pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.foreign.scan_files import Light, Pixels, draw_page
from recap_desktop.office.scans.attaching import attachments

if TYPE_CHECKING:
    from recap_desktop.election.records.attachments import Attachment
    from recap_desktop.office.opening import Office
    from recap_desktop.office.scans.attaching import Kept

__all__ = ["Light", "Pixels", "ScanPage", "pages_of", "pixels_of"]


@dataclass(frozen=True, slots=True)
class ScanPage:
    """One page of what is attached (halaman pindaian).

    Attributes:
        attachment: the photo, or the document it is of.
        page: of the document, counted from 0.
    """

    attachment: Attachment
    page: int


def pages_of(office: Office, contest_id: str, tps: str) -> list[ScanPage]:
    """Every page that shows the form of a TPS: photos by their names, documents page by page."""
    return [
        ScanPage(one, page)
        for one in attachments(office, contest_id, tps)
        for page in range(one.pages)
    ]


def pixels_of(kept: Kept, page: int, *, most: int, light: Light) -> tuple[Pixels, ...]:
    """A page as pixels, and in halves of it; any thread may ask, none should that people wait for.

    Args:
        kept: where the bytes are.
        page: counted from 0.
        most: about so many pixels at most.
        light: how bright and how hard.

    Raises:
        KnownProblem: as ``Kept.read`` and ``draw_page``.
    """
    raw = kept.read()
    one = kept.attachment
    return draw_page(raw, one.media, page, most=most, light=light, name=one.name)
