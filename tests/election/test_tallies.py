"""The state of a TPS is a function of the set of its records."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recap_desktop.election.figures.tallies import Cause, Source, State, live_records, tally_of
from recap_desktop.election.records.journal import Kind
from tests.made_up.bare_posts import A, B, Post


@pytest.fixture
def post() -> Post:
    return Post("a")


def test_nothing_known_is_empty(post: Post) -> None:
    assert post.state() is State.EMPTY


def test_one_entry_counts_only_in_a_single_entry_office(post: Post) -> None:
    post.enter(A)
    single = tally_of(post.known.values(), double_entry=False)
    double = tally_of(post.known.values(), double_entry=True)
    assert single.state is double.state is State.SINGLE
    assert single.counts
    assert not double.counts
    assert single.cells == A


def test_two_people_who_agree_count_in_any_office(post: Post) -> None:
    post.enter(A, "ani")
    post.enter(A, "budi")
    tally = tally_of(post.known.values(), double_entry=True)
    assert (tally.state, tally.counts, tally.cells) == (State.AGREED, True, A)


def test_two_people_who_differ_never_count(post: Post) -> None:
    post.enter(A, "ani")
    post.enter(B, "budi")
    tally = tally_of(post.known.values(), double_entry=False)
    assert (tally.state, tally.counts, tally.cells) == (State.DIFFERS, False, {})


def test_a_person_who_types_again_replaces_only_their_own_entry(post: Post) -> None:
    post.enter(A, "ani")
    post.enter(B, "budi")
    post.enter(B, "ani")
    assert post.state() is State.AGREED


def test_one_person_at_two_posts_that_do_not_know_each_other_differs() -> None:
    here, there = Post("a"), Post("b")
    here.enter(A)
    there.enter(B)
    here.hear(there)
    assert here.state() is State.DIFFERS


def test_c_hasil_outranks_salinan_and_they_never_pair(post: Post) -> None:
    post.enter(A, "ani", Source.SALINAN)
    post.enter(A, "budi", Source.SALINAN)
    assert post.state() is State.AGREED
    post.enter(B, "citra")
    tally = tally_of(post.known.values(), double_entry=False)
    assert (tally.state, tally.cells) == (State.SINGLE, B)


@pytest.mark.parametrize("cause", [Cause.CORRECTED, Cause.SETTLED, Cause.ACCEPTED])
def test_a_final_ruling_outranks_entries_and_an_unequal_late_one_is_shown(
    post: Post, cause: Cause
) -> None:
    other = Post("b")
    post.enter(A)
    post.rule(cause, A)
    late = other.enter(B, "budi")
    post.hear(other)
    tally = tally_of(post.known.values(), double_entry=True)
    assert tally.state is State(cause.value)
    assert (tally.cells, tally.counts, tally.late) == (A, True, (late.id,))


def test_an_equal_late_entry_is_not_late(post: Post) -> None:
    other = Post("b")
    post.rule(Cause.CORRECTED, A)
    other.enter(A, "budi")
    post.hear(other)
    assert not tally_of(post.known.values(), double_entry=True).late


def test_unequal_rulings_conflict_and_one_more_ends_it() -> None:
    here, there = Post("a"), Post("b")
    here.enter(A)
    there.hear(here)
    here.rule(Cause.CORRECTED, A)
    there.rule(Cause.CORRECTED, B)
    here.hear(there)
    assert here.state() is State.CONFLICT
    here.rule(Cause.SETTLED, B)
    assert here.state() is State.SETTLED
    there.hear(here)
    assert there.state() is State.SETTLED


def test_equal_rulings_of_two_posts_do_not_conflict() -> None:
    here, there = Post("a"), Post("b")
    here.rule(Cause.ACCEPTED, A)
    there.rule(Cause.CORRECTED, A)
    here.hear(there)
    assert here.state() is State.CORRECTED


def test_a_final_ruling_and_a_reopening_that_did_not_know_it_conflict() -> None:
    here, there = Post("a"), Post("b")
    here.rule(Cause.CORRECTED, A)
    there.hear(here)
    there.rule(Cause.REOPENED, A)
    here.rule(Cause.ACCEPTED, A)
    here.hear(there)
    assert here.state() is State.CONFLICT


def test_not_delivered_adds_nothing_and_reopened_takes_entries_again(post: Post) -> None:
    post.rule(Cause.NOT_DELIVERED, {})
    assert not tally_of(post.known.values(), double_entry=False).counts
    post.rule(Cause.REOPENED, {})
    assert post.state() is State.EMPTY
    post.enter(A)
    assert post.state() is State.SINGLE


def test_after_a_new_round_only_entries_that_name_it_count(post: Post) -> None:
    other = Post("b")
    post.enter(A)
    ruling = post.rule(Cause.NEW_ROUND, {})
    assert post.state() is State.EMPTY
    old = other.enter(A, "budi")
    post.hear(other)
    assert post.state() is State.EMPTY
    entry = post.enter(B)
    tally = tally_of(post.known.values(), double_entry=False)
    assert entry.body["round"] == ruling.id
    assert (tally.state, tally.cells, tally.late) == (State.SINGLE, B, (old.id,))


def test_a_withdrawn_entry_leaves_the_tps_as_it_was(post: Post) -> None:
    post.withdraw(post.enter(A))
    assert post.state() is State.EMPTY


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["enter", "enter", "enter", "rule", "withdraw", "hear"]),
        st.integers(0, 3),
        st.integers(0, 3),
        st.sampled_from(["ani", "budi", "citra"]),
        st.sampled_from([A, B, {}]),
        st.sampled_from(list(Cause)),
        st.sampled_from([Source.C_HASIL, Source.SALINAN]),
    ),
    max_size=14,
)


def play(actions: list[tuple[str, int, int, str, dict[str, int], Cause, Source]]) -> list[Post]:
    posts = [Post(name) for name in "abcd"]
    for what, index, other, person, cells, cause, source in actions:
        post = posts[index]
        if what == "enter":
            post.enter(cells, person, source)
        elif what == "hear":
            post.hear(posts[other])
        elif what == "rule":
            empty = cause in (Cause.NOT_DELIVERED, Cause.NEW_ROUND)
            post.rule(cause, {} if empty else cells)
        else:
            entries = [r for r in live_records(post.known.values()) if r.kind == Kind.ENTRY.value]
            if entries:
                post.withdraw(entries[0])
    return posts


@given(ACTIONS, st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_order_and_grouping_of_exchanges_never_change_the_state(
    actions: list[tuple[str, int, int, str, dict[str, int], Cause, Source]], chance: random.Random
) -> None:
    posts = play(actions)
    everything = {key: record for post in posts for key, record in post.known.items()}
    shuffled = list(everything.values())
    chance.shuffle(shuffled)
    once = tally_of(everything.values(), double_entry=True)
    assert tally_of(shuffled, double_entry=True) == once
    assert tally_of([*shuffled, *shuffled[:3]], double_entry=True) == once


@given(ACTIONS, st.sampled_from([A, B]))
@settings(max_examples=300, deadline=None)
def test_one_ruling_by_a_post_that_has_everything_ends_any_conflict(
    actions: list[tuple[str, int, int, str, dict[str, int], Cause, Source]], cells: dict[str, int]
) -> None:
    posts = play(actions)
    for post in posts[1:]:
        posts[0].hear(post)
    posts[0].rule(Cause.SETTLED, cells)
    tally = tally_of(posts[0].known.values(), double_entry=True)
    assert (tally.state, tally.cells, tally.late) == (State.SETTLED, cells, ())


def test_every_cause_but_a_new_round_has_a_state_of_its_name() -> None:
    names = {state.value for state in State}
    assert [cause for cause in Cause if cause.value not in names] == [Cause.NEW_ROUND]


def test_only_a_ruling_ends_a_ruling(post: Post) -> None:
    """No record from outside takes back what the plenary decided by naming it."""
    post.enter(A)
    ruling = post.rule(Cause.CORRECTED, B)
    body = {"cells": A, "source": "c-hasil", "round": "", "definition": 1}
    post.say(Kind.ENTRY, "budi", body, (ruling.id,))
    post.withdraw(ruling)
    assert post.state() is State.CORRECTED
    tally = tally_of(post.known.values(), double_entry=False)
    assert tally.cells == B and len(tally.late) == 1
    post.rule(Cause.REOPENED, B)
    assert post.state() is State.REOPENED
