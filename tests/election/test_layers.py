"""What offices above one another make of a TPS, whatever each of them does and in what order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recap_desktop.election.figures.layers import Layers, Maker, judged
from recap_desktop.election.figures.tallies import Cause, State, Tally, tally_of
from recap_desktop.election.records.journal import Kind, Record
from tests.made_up.bare_posts import A, B, Post

C = {"votes.1": 12, "votes.2": 20}
KECAMATAN, KABKO, PROVINSI = "320701", "3207", "32"
MAKERS = {
    "kec": Maker(KECAMATAN, double_entry=False),
    "kab": Maker(KABKO, double_entry=False),
    "prov": Maker(PROVINSI, double_entry=False),
}


def layers_of(own: str, *, double_entry: bool = False) -> Layers:
    makers = {**MAKERS, "kec": Maker(KECAMATAN, double_entry)}
    return Layers(makers[own], makers)


class Upper(Post):
    """A post of an office above: it hears what is below, and rules on what it heard."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.layers = layers_of(name)

    def tally(self) -> Tally:
        return self.layers.tally(self.known.values())

    def rule(self, cause: Cause, cells: dict[str, int]) -> Record:
        body = {
            "cause": cause.value,
            "cells": cells,
            "reason": "r",
            "raised_by": "",
            "decided_by": "",
            "definition": 1,
            "judged": judged(self.layers.below(self.known.values())),
        }
        return self.say(Kind.RULING, "ketua", body, self.tally().live)


@pytest.fixture
def kec() -> Post:
    return Post("kec")


@pytest.fixture
def kab() -> Upper:
    return Upper("kab")


def test_one_office_folds_as_it_always_did(kec: Post) -> None:
    kec.enter(A)
    kec.enter(B, "budi")
    layers = layers_of("kec", double_entry=True)
    assert layers.tally(kec.known.values()) == tally_of(kec.known.values(), double_entry=True)
    assert layers.tally([]) == tally_of([], double_entry=True)


def test_what_came_is_folded_as_the_office_below_folds_it(kec: Post, kab: Upper) -> None:
    kec.enter(A)
    kab.hear(kec)
    assert kab.tally().counts
    two_people = layers_of("kab", double_entry=True)
    assert not two_people.tally(kab.known.values()).counts


def test_a_ruling_above_stands_while_the_child_says_what_was_judged(kec: Post, kab: Upper) -> None:
    kec.enter(A)
    kab.hear(kec)
    kab.rule(Cause.CORRECTED, B)
    assert (kab.state(), kab.tally().cells) == (State.CORRECTED, B)
    kec.rule(Cause.ACCEPTED, A)
    kab.hear(kec)
    assert (kab.state(), kab.tally().cells) == (State.CORRECTED, B)


def test_a_child_that_comes_to_say_what_was_ruled_absorbs_it(kec: Post, kab: Upper) -> None:
    kec.enter(A)
    kab.hear(kec)
    kab.rule(Cause.CORRECTED, B)
    kec.rule(Cause.CORRECTED, B)
    kab.hear(kec)
    assert (kab.state(), kab.tally().cells, kab.tally().counts) == (State.CORRECTED, B, True)
    kec.rule(Cause.REOPENED, B)
    kab.hear(kec)
    assert kab.state() is State.REOPENED


def test_anything_else_is_a_conflict_until_somebody_above_decides(kec: Post, kab: Upper) -> None:
    kec.enter(A)
    kab.hear(kec)
    kab.rule(Cause.CORRECTED, B)
    kec.rule(Cause.CORRECTED, C)
    kab.hear(kec)
    assert (kab.state(), kab.tally().counts) == (State.CONFLICT, False)
    kab.rule(Cause.SETTLED, C)
    assert (kab.state(), kab.tally().cells) == (State.SETTLED, C)


def test_a_recount_ordered_above_opens_the_tps_there(kec: Post, kab: Upper) -> None:
    kec.enter(A)
    kab.hear(kec)
    kab.rule(Cause.NEW_ROUND, {})
    assert kab.state() is State.EMPTY
    kab.enter(C)
    assert (kab.state(), kab.tally().cells) == (State.SINGLE, C)
    kec.rule(Cause.CORRECTED, B)
    kab.hear(kec)
    assert kab.state() is State.CONFLICT


def test_figures_typed_above_from_paper_give_way_to_what_comes(kec: Post, kab: Upper) -> None:
    typed = kab.enter(B)
    assert kab.tally().cells == B
    kec.enter(A)
    kab.hear(kec)
    assert (kab.tally().cells, kab.tally().late) == (A, (typed.id,))


def test_three_offices_lie_above_one_another(kec: Post, kab: Upper) -> None:
    prov = Upper("prov")
    kec.enter(A)
    kab.hear(kec)
    kab.rule(Cause.CORRECTED, B)
    prov.hear(kab)
    assert prov.tally().cells == B
    prov.rule(Cause.CORRECTED, C)
    assert prov.tally().cells == C
    kab.rule(Cause.CORRECTED, A)
    prov.hear(kab)
    assert prov.state() is State.CONFLICT
    kab.rule(Cause.CORRECTED, C)
    prov.hear(kab)
    assert (prov.state(), prov.tally().cells) == (State.CORRECTED, C)


STEPS = st.lists(
    st.tuples(st.sampled_from(["kec", "kab", "prov"]), st.sampled_from([A, B, C]), st.booleans()),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(steps=STEPS, seed=st.integers(0, 999))
def test_order_never_decides_and_one_ruling_at_the_top_ends_everything(
    steps: list[tuple[str, dict[str, int], bool]], seed: int
) -> None:
    posts: dict[str, Post] = {"kec": Post("kec"), "kab": Upper("kab"), "prov": Upper("prov")}
    above = {"kec": "kab", "kab": "prov"}
    for name, cells, hears in steps:
        post = posts[name]
        if name == "kec" and not post.tally().is_ruled:
            post.enter(cells)
        elif post.tally().live:
            post.rule(Cause.CORRECTED, cells)
        if hears and name in above:
            posts[above[name]].hear(post)
    top = posts["prov"]
    top.hear(posts["kab"])
    shuffled = list(top.known.values()) * 2
    random.Random(seed).shuffle(shuffled)
    assert layers_of("prov").tally(shuffled) == top.tally()
    if top.tally().live:
        top.rule(Cause.SETTLED, A)
        assert (top.tally().cells, top.tally().counts) == (A, True)
        assert top.tally().state in (State.SETTLED, State.CORRECTED)
