"""What goes into a package, held whole, so that a test may change any of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.office.upward.packing import Load, loaded, outline_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recap_desktop.office.opening import Office
    from recap_desktop.office.plenary.revisions import Revision


@dataclass(frozen=True, slots=True)
class WholeLoad(Load):
    """The same, with lists."""

    records: tuple[bytes, ...]
    leaves: tuple[bytes, ...]


def read_load(
    office: Office,
    contest_id: str,
    revision: Revision,
    *,
    previous: str = "",
    certificates: Iterable[bytes] = (),
) -> WholeLoad:
    """What the package of a revision is made of."""
    outline = outline_of(office, contest_id, revision, previous=previous, certificates=certificates)
    with loaded(office, outline) as load:
        return WholeLoad(
            statement=load.statement,
            contest=load.contest,
            records=tuple(load.records),
            leaves=tuple(load.leaves),
            results=load.results,
            book=load.book,
            certificates=load.certificates,
        )
