"""Copies that left the room: what was printed of which paper, for whom, which pages, and why again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recap_desktop.election.papers.page_ranges import RANGES
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

    @property
    def is_again(self) -> bool:
        """Whether the copy was there before, and pages of it were printed again."""
        return bool(self.reason)

    def is_of(self, paper: PaperOf, head: str) -> bool:
        """Whether it is of a paper as of a close (its head), or of a draft (no head)."""
        return self.paper == paper and self.record.body["head"] == head


def copies_of(records: Iterable[Record], contest: str) -> tuple[Copy, ...]:
    """The copies of a contest, in the order of the records."""
    return tuple(
        _copy(record)
        for record in records
        if record.kind == Kind.PRINT.value and record.body["contest"] == contest
    )


def _copy(record: Record) -> Copy:
    body = record.body
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


def is_print_body(body: Mapping[str, Any]) -> bool:
    """Whether the body of a record says what a print has to say, its fields being there."""
    is_close = body["revision"] > 0
    return bool(
        body["contest"]
        and body["paper"]
        and body["size"]
        and body["whole"] > 0
        and _NUMBER.fullmatch(body["copy"])
        and RANGES.fullmatch(body["pages"])
        and _SHA256.fullmatch(body["sha256"])
        and (_SHA256.fullmatch(body["head"]) if is_close else body["head"] == "")
        and body["revision"] >= 0
    )
