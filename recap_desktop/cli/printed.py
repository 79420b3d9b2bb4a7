"""How papers are printed: options that every verb that writes a PDF has in common."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recap_desktop.cli.values import NUMBER, OneOf
from recap_desktop.cli.verbs import option, say
from recap_desktop.office.papers.printing import PAPER_SIZES, stamp_of, write_book
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from recap_desktop.office.papers.printing import Book


@dataclass(frozen=True, slots=True)
class Printed:
    """What was chosen.

    Attributes:
        paper: its size.
        columns: most columns of units on a page; None takes what suits the paper.
        copy: number of the copy; None for none.
        addressee: for whom the copy is; empty for nobody named.
        archive: whether it is PDF/A-1b, for the archive.
    """

    paper: str
    columns: int | None
    copy: int | None
    addressee: str
    archive: bool

    def require_plain(self) -> None:
        """Refuse what no workbook has: a copy number and an addressee, the form of the archive.

        Raises:
            KnownProblem: ``usage-workbook-copy``, ``usage-workbook-archive``.
        """
        if self.archive:
            raise KnownProblem("usage-workbook-archive")
        if self.copy is not None or self.addressee:
            raise KnownProblem("usage-workbook-copy")

    def write(self, book: Book, path: Path) -> None:
        """Write a book so, and say what the archive form leaves out."""
        write_book(
            book,
            path,
            paper=self.paper,
            columns=self.columns,
            stamp=stamp_of(self.copy, self.addressee),
            archival=self.archive,
        )
        if self.archive:
            say("cli.archived" if book.files else "cli.archived-plain")


def printed(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb these options as one argument, ``how``."""

    @option("--paper", type=OneOf(PAPER_SIZES), default=PAPER_SIZES[0])
    @option("--columns", metavar="number", type=NUMBER)
    @option("--copy", metavar="number", type=NUMBER)
    @option("--for", "addressee", about="for", metavar="name", default="")
    @option("--archive", is_flag=True)
    @functools.wraps(function)
    def run(
        *arguments: Any,  # noqa: ANN401 - whatever the verb takes
        paper: str,
        columns: int | None,
        copy: int | None,
        addressee: str,
        archive: bool,
        **rest: Any,  # noqa: ANN401 - as above
    ) -> None:
        function(*arguments, how=Printed(paper, columns, copy, addressee, archive), **rest)

    return run
