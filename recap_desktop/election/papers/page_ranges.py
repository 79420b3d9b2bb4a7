"""Pages as people name them: ``4-6,9`` and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_RANGE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
RANGES = re.compile(rf"{_RANGE.pattern}(?:,{_RANGE.pattern})*")
"""What ``ranges_text`` writes."""


def read_ranges(text: str, pages: int) -> tuple[int, ...]:
    """The pages that a text names, in order, each once.

    Args:
        text: ``4-6,9``; spaces do not matter; empty for all.
        pages: how many the paper has.

    Raises:
        ValueError: when it says something else, or a page that the paper does not have.
    """
    if not text.strip():
        return tuple(range(1, pages + 1))
    wanted: set[int] = set()
    for part in text.replace(" ", "").split(","):
        found = _RANGE.fullmatch(part)
        if found is None:
            raise ValueError(text)
        first, last = int(found[1]), int(found[2] or found[1])
        if not 1 <= first <= last <= pages:
            raise ValueError(text)
        wanted.update(range(first, last + 1))
    return tuple(sorted(wanted))


def ranges_text(pages: Iterable[int]) -> str:
    """The same in writing: ``4-6,9``."""
    return ",".join(
        str(first) if first == last else f"{first}-{last}" for first, last in _runs(pages)
    )


def _runs(pages: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = 0
    for page in pages:
        if first and page != last + 1:
            yield first, last
            first = 0
        first, last = first or page, page
    if first:
        yield first, last
