"""The line of a QR code: what it says comes back from it, whatever was said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recap_desktop.election.papers.anchors import (
    ALPHABET,
    MOST,
    Anchor,
    Statement,
    base45,
    read_anchor,
    unbase45,
)
from recap_desktop.election.papers.sheets import Figure

figures = st.builds(Figure, st.none() | st.integers(0, 10**8), st.integers(0, 1))
statements = st.builds(
    Statement,
    rehearsal=st.booleans(),
    unit=st.sampled_from(["32", "3207", "320701", "3207012001"]),
    contest=st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=32),
    revision=st.integers(1, 99),
    stations=st.integers(0, 90_000),
    votes=st.lists(st.tuples(st.integers(1, 99), figures), max_size=54).map(tuple),
    valid=figures,
    invalid=figures,
    root=st.binary(min_size=32, max_size=32),
).map(lambda statement: statement.fitting())
anchors = st.builds(
    Anchor,
    statements,
    st.binary(min_size=32, max_size=32),
    st.sampled_from([0, 64]).flatmap(lambda size: st.binary(min_size=size, max_size=size)),
)
PILKADA = Statement(
    rehearsal=False,
    unit="320701",
    contest="bupati",
    revision=2,
    stations=158,
    votes=((1, Figure(5443)), (2, Figure(43212, 1))),
    valid=Figure(48655),
    invalid=Figure(None, 1),
    root=bytes(range(32)),
)


@given(anchors)
def test_a_line_says_what_it_was_made_from_and_fits_its_code(anchor: Anchor) -> None:
    assert read_anchor(anchor.text) == anchor
    assert len(anchor.text) <= MOST
    assert set(anchor.text) <= set(ALPHABET)
    assert anchor.text == anchor.text.strip()


@given(anchors)
def test_a_line_typed_from_print_is_read_however_it_was_broken(anchor: Anchor) -> None:
    assert read_anchor(anchor.printed) == anchor
    assert read_anchor(anchor.printed.replace(" ", "  \n", 7)) == anchor


@given(anchors, st.data())
def test_no_changed_line_reads_as_the_same(anchor: Anchor, data: st.DataObject) -> None:
    text = anchor.text
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from([c for c in ALPHABET if c != text[at]]))
    try:
        read = read_anchor(text[:at] + other + text[at + 1 :])
    except ValueError:
        return
    assert read != anchor


@given(st.binary(max_size=70))
def test_base45_comes_back(raw: bytes) -> None:
    assert unbase45(base45(raw)) == raw


def test_base45_is_that_of_the_rfc() -> None:
    for raw, text in ((b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581")):
        assert base45(raw) == text
    for bad in ("GGW", "é", ":::"):
        with pytest.raises(ValueError, match=r".*"):
            unbase45(bad)


def test_the_line_begins_with_what_people_compare() -> None:
    line = Anchor(PILKADA, bytes(32), bytes(64)).text
    assert line.startswith(
        "REKAP/1 32.07.01 BUPATI R2 TPS 158 1:5443 2:43212* SAH 48655 TIDAK SAH -* AKAR 000102"
    )
    assert line.endswith(f"TTD {'00' * 64}.")


def test_many_choices_are_told_in_base45_and_too_many_not_at_all() -> None:
    def told(choices: int, figure: int) -> Anchor:
        votes = tuple((n, Figure(figure)) for n in range(1, choices + 1))
        values = {f: getattr(PILKADA, f) for f in Statement.__dataclass_fields__}
        return Anchor(Statement(**{**values, "votes": votes}).fitting(), bytes(32), bytes(64))

    assert "AKAR 0000" not in told(24, 12_345).text
    assert len(told(24, 12_345).statement.votes) == 24
    assert told(54, 1_234_567).statement.votes == ()
    assert " TPS 158 - SAH " in told(54, 1_234_567).text
    assert read_anchor(told(54, 1_234_567).text).statement.valid == Figure(48655)
