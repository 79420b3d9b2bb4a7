"""A copy that was printed before is printed again: found, read as it was, its bytes the same."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from recap_desktop import __version__
from recap_desktop.office.papers.copying import (
    DrawnCopy,
    PrintedPaper,
    copies,
    desa_of_revisions,
    draw_copy,
    on_own_disk,
    read_paper,
    wanted_pages,
)
from recap_desktop.office.papers.kept_copies import is_kept, kept
from recap_desktop.office.papers.printing import choose_revision
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.election.records.copies import Copy, PaperOf
    from recap_desktop.office.opening import Office
    from recap_desktop.office.papers.printing import Book


def find_copy(
    office: Office,
    contest_id: str,
    paper: PaperOf,
    number: str,
    *,
    revision: int | None = None,
    draft: bool = False,
) -> Copy:
    """A copy that was printed before, as it was first.

    Args:
        office: the open office.
        contest_id: the contest.
        paper: which paper.
        number: of the copy.
        revision: of which close; None for the standing one.
        draft: whether it is of a draft.

    Raises:
        KnownProblem: ``copy-unknown``; ``contest-unknown``, ``revision-unknown``.
    """
    desa = desa_of_revisions(office, contest_id, paper)
    chosen = choose_revision(office, contest_id, number=revision, draft=draft, desa=desa)
    known = [
        copy
        for copy in copies(office, contest_id)
        if copy.paper == paper and copy.number == number and not copy.is_again
    ]
    # Papers of no close have none, whatever was closed since.
    heads = {copy.record.body["head"] for copy in known}
    head = chosen.head if chosen and heads != {""} else ""
    for copy in known:
        if copy.record.body["head"] == head:
            return copy
    raise KnownProblem("copy-unknown", number=number)


def read_again(office: Office, contest_id: str, before: Copy) -> PrintedPaper:
    """Read the paper of a copy as it was printed first.

    One that cannot be made any more, as a zero report once something was typed, is printed again
    from the bytes that this laptop kept.

    Raises:
        KnownProblem: as ``read_paper``, where nothing is kept.
    """
    number = before.revision or None
    try:
        return read_paper(office, contest_id, before.paper, number=number, draft=number is None)
    except KnownProblem as problem:
        if not is_kept(before.sha256):
            raise
        return PrintedPaper(contest_id, before.paper, None, partial(_refuse, problem))


def _refuse(problem: KnownProblem) -> Book:
    raise problem


def draw_again(make: Callable[[], Book], before: Copy, *, pages: str = "") -> DrawnCopy:
    """The same bytes as a copy that was printed before, whatever came since.

    Those that this laptop kept when it left; else it is drawn anew. Pages of a draft that moved on
    never come together with the others.

    Args:
        make: makes the paper, where nothing is kept.
        before: the copy.
        pages: those to be printed: ``4-6,9``; empty for all.

    Raises:
        KnownProblem: ``pages-unknown``; ``copy-differs``, ``copy-other-program`` where it cannot
            be made as it was; as ``make``.
    """
    wanted = wanted_pages(pages, before.whole)
    with on_own_disk():
        was = kept(before.sha256)
    if was is not None:
        return DrawnCopy(
            was,
            before.sha256,
            wanted,
            before.whole,
            before.size,
            before.number,
            before.addressee,
            before.columns,
        )
    made = draw_copy(
        make(),
        size=before.size,
        number=before.number,
        addressee=before.addressee,
        pages=pages,
        columns=before.columns,
    )
    if made.sha256 == before.sha256:
        return made
    if before.program in ("", __version__):
        raise KnownProblem("copy-differs", number=before.number)
    raise KnownProblem(
        "copy-other-program", number=before.number, program=before.program, own=__version__
    )
