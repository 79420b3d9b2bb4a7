"""Copies that left the room: which paper, for whom, which pages, why again, what was stopped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.papers.page_ranges import ranges_text, read_ranges
from recap_desktop.election.records.journal import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recap_desktop.election.records.journal import Record

SHEETS = "sheets"
"""The recap sheets with their annex; other papers are called as their kind is."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"(?:[1-9]\d*\.)?[1-9]\d*")


@dataclass(frozen=True, slots=True)
class PaperOf:
    """Which paper: its kind, and the desa or TPS it is of; empty for the office as a whole."""

    kind: str = SHEETS
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """What was printed of one numbered copy (salinan bernomor).

    Attributes:
        record: that says so.
        paper: which paper.
        number: of the copy; of a post but the first led by the number of the post: ``2.3``.
        addressee: for whom it is; empty for nobody named.
        revision: of which close; 0 for a draft.
        pages: that were printed: ``1-12``.
        whole: how many pages the paper has.
        size: of the paper: ``f4``.
        sha256: of the whole PDF, whichever of its pages were printed.
        reason: why pages were printed again; empty the first time.
        columns: most columns of units on a page; None is what suits the paper.
        program: version of the program that drew it; empty of those that did not say.
        out: pages of those that may have come out of the printer: all, unless it was stopped.
        is_stopped: whether it was taken back from the printer before all of it had come out.
    """

    record: Record
    paper: PaperOf
    number: str
    addressee: str
    revision: int
    pages: str
    whole: int
    size: str
    sha256: str
    reason: str
    columns: int | None
    program: str
    out: str
    is_stopped: bool

    @property
    def out_pages(self) -> frozenset[int]:
        """The pages that may have come out, counted from 1."""
        return frozenset(_pages(self.out, self.whole))

    @property
    def is_again(self) -> bool:
        """Whether the copy was there before, and pages of it were printed again."""
        return bool(self.reason)

    def is_of(self, paper: PaperOf, head: str) -> bool:
        """Whether it is of a paper as of a close (its head), or of a draft (no head)."""
        return self.paper == paper and self.record.body["head"] == head


def copies_of(records: Iterable[Record], contest: str) -> tuple[Copy, ...]:
    """The copies of a contest, in the order of the records.

    Args:
        records: of prints, and of what was stopped of them.
        contest: the contest.
    """
    told = list(records)
    stopped = _stopped(told)
    return tuple(
        _copy(record, stopped.get(record.id))
        for record in told
        if record.kind == Kind.PRINT.value and record.body["contest"] == contest
    )


def _stopped(records: Iterable[Record]) -> dict[str, list[str]]:
    """Id of a print -> pages that may have come out, as each word about it says."""
    found: dict[str, list[str]] = {}
    for record in records:
        if record.kind == Kind.PRINT_STOP.value:
            found.setdefault(record.body["print"], []).append(record.body["pages"])
    return found


def _copy(record: Record, stopped: Iterable[str] | None) -> Copy:
    body = record.body
    out = body["pages"]
    if stopped is not None:
        said = (page for text in stopped for page in _pages(text, body["whole"]))
        out = ranges_text(sorted(set(said)))
    return Copy(
        record=record,
        paper=PaperOf(body["paper"], body["unit"]),
        number=body["copy"],
        addressee=body["addressee"],
        revision=body["revision"],
        pages=body["pages"],
        whole=body["whole"],
        size=body["size"],
        sha256=body["sha256"],
        reason=body["reason"],
        columns=body.get("columns"),
        program=body.get("program", ""),
        out=out,
        is_stopped=stopped is not None,
    )


def _pages(text: str, whole: int) -> tuple[int, ...]:
    return read_ranges(text, whole) if text else ()


def _are_pages(text: str, whole: int) -> bool:
    """Whether a text names pages of a paper of so many, as we write them."""
    try:
        return bool(text) and ranges_text(read_ranges(text, whole)) == text
    except ValueError:
        return False


def had_by(known: Iterable[Copy], paper: PaperOf, head: str) -> frozenset[str]:
    """Who has a whole copy of a paper as of a close, printed at once or page by page.

    What was stopped and not printed again since is not counted, though pages of it may be out.
    """
    came: dict[tuple[str, str], set[int]] = {}
    last: dict[tuple[str, str], Copy] = {}
    for copy in known:
        if copy.is_of(paper, head):
            key = (copy.addressee, copy.number)
            came.setdefault(key, set()).update(copy.out_pages)
            last[key] = copy
    return frozenset(
        whom
        for (whom, number), pages in came.items()
        if len(pages) == last[whom, number].whole and not last[whom, number].is_stopped
    )


def next_number(known: Iterable[Copy], paper: PaperOf, *, head: str, post: str, desk: int) -> int:
    """The number of the next copy that a post makes; two posts never give the same one.

    Args:
        known: every copy of the contest.
        paper: which paper.
        head: of the close; empty for a draft.
        post: id of the post that prints.
        desk: its number.
    """
    own = (
        int(copy.number.rpartition(".")[2])
        for copy in known
        if copy.is_of(paper, head)
        and (copy.record.post == post or _desk(copy.number) == max(desk, 1))
    )
    return max(own, default=0) + 1


def _desk(number: str) -> int:
    desk, dot, _ = number.partition(".")
    return int(desk) if dot else 1


def number_text_of(number: int, desk: int) -> str:
    """A copy number as it is printed: of the first post bare, of another led by its number."""
    return str(number) if desk <= 1 else f"{desk}.{number}"


def _is_print(record: Record) -> bool:
    """Whether the body of a record says what a print has to say, its fields being there.

    The first version of the program did not say with how many columns it drew, nor which it was.
    """
    body = record.body
    is_close = body["revision"] > 0
    columns = body.get("columns", 1)
    return bool(
        body["contest"]
        and body["paper"]
        and body["size"]
        and _are_pages(body["pages"], body["whole"])
        and _NUMBER.fullmatch(body["copy"])
        and _SHA256.fullmatch(body["sha256"])
        and (_SHA256.fullmatch(body["head"]) if is_close else body["head"] == "")
        and body["revision"] >= 0
        and type(columns) is int
        and columns > 0
        and isinstance(body.get("program", ""), str)
    )


def _is_stop(record: Record) -> bool:
    """Whether the body of a record names a print, and the printer it was taken back from."""
    body = record.body
    return bool(_SHA256.fullmatch(body["print"]) and body["printer"])


def is_stop_of(stop: Record, named: Mapping[str, Record]) -> bool:
    """Whether what was stopped is a print that is known, and pages of it, or none."""
    record, pages = named[stop.body["print"]], stop.body["pages"]
    is_print = record.kind == Kind.PRINT.value
    return is_print and (not pages or _are_pages(pages, record.body["whole"]))


BODIES = {Kind.PRINT.value: _is_print, Kind.PRINT_STOP.value: _is_stop}
