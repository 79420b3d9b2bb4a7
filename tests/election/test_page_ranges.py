"""Pages as people name them, and back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recap_desktop.election.papers.page_ranges import RANGES, ranges_text, read_ranges


@given(st.sets(st.integers(1, 300), min_size=1))
def test_what_is_written_is_read_again(pages: set[int]) -> None:
    text = ranges_text(sorted(pages))
    assert RANGES.fullmatch(text)
    assert read_ranges(text, 300) == tuple(sorted(pages))


def test_pages_are_written_short_and_read_in_any_order() -> None:
    assert ranges_text([1, 2, 3, 7, 9, 10]) == "1-3,7,9-10"
    assert read_ranges(" 9, 2-4 ,3", 9) == (2, 3, 4, 9)
    assert read_ranges("", 3) == (1, 2, 3)


@pytest.mark.parametrize("text", ["0", "4-3", "1-10", "x", "1,,2", "-3", "1-2-3", ","])
def test_pages_that_are_not_there_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        read_ranges(text, 9)
