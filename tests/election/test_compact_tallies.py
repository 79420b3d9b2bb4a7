"""What compact tallies give back is what was added, whatever cells each TPS has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recap_desktop.election.figures.compact_tallies import CompactTallies
from recap_desktop.election.figures.tallies import State, Tally

tallies = st.builds(
    Tally,
    st.sampled_from(State),
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 2**53)),
    counts=st.booleans(),
    read=st.booleans(),
)


@given(st.dictionaries(st.text("0123456789", min_size=13, max_size=13), tallies, max_size=8))
def test_what_is_added_is_found_again_in_its_order(said: dict[str, Tally]) -> None:
    compact = CompactTallies()
    for tps, tally in said.items():
        compact.add(tps, tally)
    assert list(compact.items()) == list(said.items())
    assert len(compact) == len(said) and set(compact) == set(said)
    with pytest.raises(KeyError):
        compact["3207"]
    assert compact.get("3207") is None and "3207" not in compact
