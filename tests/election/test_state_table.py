"""The table of states is true: each of its arrows is walked, and a fuzz test finds no other."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from recap_desktop.election.figures.tallies import (
    STATES,
    Cause,
    Counts,
    Source,
    State,
    Tally,
    tally_of,
)
from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.soundness import is_sound
from tests.made_up.bare_posts import A, B, Post

# How a TPS comes from one state to another by one further record. `a.ani=A` is an entry at post a,
# `a,ani=A` one from the salinan, `a-ani` takes it back, `a!corrected=B` is a ruling, and `a<b`:
# a takes in everything that b knows. `a?A` reads A out in the plenary, in a double-entry office.
WAYS: dict[tuple[State, State], str] = {
    # Entries and withdrawals
    (State.EMPTY, State.SINGLE): "a.ani=A",
    (State.SINGLE, State.EMPTY): "a.ani=A a-ani",
    (State.SINGLE, State.DIFFERS): "a.ani=A a.budi=B",
    (State.DIFFERS, State.SINGLE): "a.ani=A a.budi=B a-budi",
    (State.DIFFERS, State.AGREED): "a.ani=A a.budi=B a.budi=A",
    (State.EMPTY, State.AGREED): "a.ani=A a?A a-ani a.ani=A",
    (State.SINGLE, State.AGREED): "a.ani=A a.budi=A",
    (State.AGREED, State.EMPTY): "a.ani=A a?A a-ani",
    (State.AGREED, State.SINGLE): "a,ani=A a,budi=A a.ani=B",
    (State.AGREED, State.DIFFERS): "a.ani=A a.budi=A a.ani=B",
    # Records of a post that knew less
    (State.EMPTY, State.CORRECTED): "a.ani=A b<a a-ani b!corrected=B a<b",
    (State.EMPTY, State.SETTLED): "a.ani=A a.budi=B b<a a-ani a-budi b!settled=A a<b",
    (State.EMPTY, State.ACCEPTED): "a.ani=A b<a a-ani b!accepted a<b",
    (State.EMPTY, State.CONFLICT): "a.ani=A b<a a!new-round b!corrected=B a<b",
    (State.SINGLE, State.SETTLED): "a.ani=A a.budi=B b<a a-ani b!settled=A a<b",
    (State.SINGLE, State.CONFLICT): "a.ani=A b<a a!new-round a.ani=A b!corrected=B a<b",
    (State.DIFFERS, State.CORRECTED): "a.ani=A b<a a.budi=B b!corrected=B a<b",
    (State.DIFFERS, State.ACCEPTED): "a.ani=A b<a a.budi=B b!accepted a<b",
    (State.DIFFERS, State.CONFLICT): ("a.ani=A b<a a!new-round a.ani=A a.budi=B b!corrected=B a<b"),
    (State.AGREED, State.SETTLED): "a.ani=A a.budi=B b<a a.budi=A b!settled=A a<b",
    (State.AGREED, State.CONFLICT): "a.ani=A b<a a!new-round a.ani=A a.budi=A b!corrected=B a<b",
    (State.CORRECTED, State.SETTLED): (
        "a.ani=B c<a c.budi=A a!corrected=A b<a c!settled=A a<c b!accepted a<b"
    ),
    (State.CORRECTED, State.CONFLICT): "a.ani=A b<a a!corrected=B b!accepted a<b",
    (State.SETTLED, State.CONFLICT): "a.ani=A a.budi=B b<a a!settled=A b!settled=B a<b",
    (State.ACCEPTED, State.SETTLED): "a.ani=A b<a b.budi=B a!accepted b!settled=A a<b",
    (State.ACCEPTED, State.CONFLICT): "a.ani=A b<a a!accepted b!corrected=B a<b",
    (State.NOT_DELIVERED, State.CONFLICT): "b.ani=A a<b a!not-delivered b!corrected=B a<b",
    (State.REOPENED, State.CONFLICT): "a.ani=A a!accepted b<a a!reopened b!corrected=B a<b",
    (State.CONFLICT, State.SINGLE): (
        "a.ani=A b<a a!new-round a.ani=A b!corrected=B c<b a<b c!new-round a<c"
    ),
    (State.CONFLICT, State.DIFFERS): (
        "a.ani=A b<a a!new-round a.ani=A a.budi=B b!corrected=B c<b a<b c!new-round a<c"
    ),
    (State.CONFLICT, State.AGREED): (
        "a.ani=A b<a a!new-round a.ani=A a.budi=A b!corrected=B c<b a<b c!new-round a<c"
    ),
    (State.CONFLICT, State.CORRECTED): (
        "a.ani=A b<a a!corrected=B b!accepted c<b a<b c!corrected=B a<c"
    ),
    (State.CONFLICT, State.ACCEPTED): (
        "a.ani=A a!accepted b<a b!reopened c<b a!accepted a<b c!accepted a<c"
    ),
    (State.CONFLICT, State.REOPENED): (
        "a.ani=A a!accepted b<a b!reopened a!accepted c<a a<b c!reopened a<c"
    ),
}
REACHED = {
    State.EMPTY: "",
    State.SINGLE: "a.ani=A",
    State.DIFFERS: "a.ani=A a.budi=B",
    State.AGREED: "a.ani=A a.budi=A",
    State.CORRECTED: "a.ani=A a!corrected=B",
    State.SETTLED: "a.ani=A a.budi=B a!settled=B",
    State.ACCEPTED: "a.ani=A a!accepted",
    State.NOT_DELIVERED: "a!not-delivered",
    State.REOPENED: "a.ani=A a!accepted a!reopened",
    State.CONFLICT: "a.ani=A b<a a!corrected=B b!accepted a<b",
}
VALUES = {"A": A, "B": B, "": {}}


def walk(way: str) -> list[State]:
    """The states that post a passes through, a record at a time."""
    posts = {name: Post(name, double_entry=True) for name in "abc"}
    states = [State.EMPTY]
    for step in way.split():
        here, what = posts[step[0]], step[2:]
        name, _, cells = what.partition("=")
        if step[1] == "<":
            for _ in here.hear_one_by_one(posts[what]):
                states += [posts["a"].state()]
        elif step[1] in ".,":
            source = Source.C_HASIL if step[1] == "." else Source.SALINAN
            here.enter(VALUES[cells], name, source)
        elif step[1] == "?":
            here.read_out(VALUES[what])
        elif step[1] == "!":
            here.rule_as_may_be(Cause(name), VALUES[cells])
        else:
            (entry,) = [entry for entry in here.entries() if entry.person == name]
            here.withdraw(entry)
        states += [posts["a"].state()]
    return [state for at, state in enumerate(states) if not at or state is not states[at - 1]]


@pytest.mark.parametrize("arrow", WAYS, ids=lambda arrow: f"{arrow[0].value}-{arrow[1].value}")
def test_an_arrow_of_entries_or_of_what_is_heard_can_be_walked(
    arrow: tuple[State, State],
) -> None:
    assert walk(WAYS[arrow])[-2:] == list(arrow)


def test_every_arrow_of_the_table_is_a_ruling_or_has_a_way() -> None:
    arrows = {
        (state, after)
        for state, row in STATES.items()
        for after in row.entries | (row.heard - set(row.rulings.values()) - {state})
    }
    assert set(WAYS) == arrows


@pytest.mark.parametrize("state", State, ids=lambda state: state.value)
def test_what_the_hall_heard_leads_where_the_table_says(state: State) -> None:
    for heard in "AB":
        states = walk(f"{REACHED[state]} a?{heard}")
        is_said = heard == "A" and STATES[state].readings
        assert states[-1] is (State.AGREED if is_said else state)
    assert STATES[state].readings == ({State.AGREED} if state is State.SINGLE else set())


def test_a_reading_is_a_second_voice_in_a_double_entry_office_only() -> None:
    for double, state in ((True, State.AGREED), (False, State.SINGLE)):
        post = Post("a", double_entry=double)
        post.enter(A)
        post.read_out(A)
        assert (post.state(), post.tally().counts) == (state, True)
        post.enter(B)
        # What the hall heard was something else.
        assert (post.state(), post.tally().counts) == (State.SINGLE, not double)


def test_a_recount_is_not_agreed_by_what_was_heard_before_it() -> None:
    post = Post("a", double_entry=True)
    post.enter(A)
    post.read_out(A)
    post.rule_as_may_be(Cause.NEW_ROUND, {})
    post.enter(A)
    assert post.state() is State.SINGLE
    post.read_out(A)
    assert post.state() is State.AGREED


@pytest.mark.parametrize("state", State, ids=lambda state: state.value)
def test_a_ruling_leads_where_the_table_says(state: State) -> None:
    assert walk(REACHED[state])[-1] is state
    for cause, after in STATES[state].rulings.items():
        states = walk(f"{REACHED[state]} a!{cause.value}=A")
        assert states[-1] is after


@pytest.mark.parametrize("cause", Cause, ids=lambda cause: cause.value)
def test_a_ruling_has_figures_or_none_as_its_cause_asks(cause: Cause) -> None:
    sound = {name: is_sound(Post("a").rule(cause, cells)) for name, cells in (("A", A), ("", {}))}
    assert sound == {
        "A": cause not in (Cause.NOT_DELIVERED, Cause.NEW_ROUND),
        "": cause in (Cause.NOT_DELIVERED, Cause.NEW_ROUND, Cause.REOPENED),
    }


def test_what_a_row_says_holds_together() -> None:
    assert set(STATES) == set(State)
    for state, row in STATES.items():
        assert not row.final or (row.is_ruled and Cause.NEW_ROUND in row.rulings)
        assert row.final == any(c.is_final and c.leads_to is state for c in Cause)
        assert row.counts is not Counts.NEVER or Cause.ACCEPTED not in row.rulings


PEOPLE = st.sampled_from(["ani", "budi", "citra"])
POSTS = st.integers(0, 2)


class Posts(RuleBasedStateMachine):
    """Three posts, three people, one TPS: all that may be done, in any order."""

    double_entry = False

    def __init__(self) -> None:
        super().__init__()
        self.posts = [Post(name, double_entry=self.double_entry) for name in "abc"]

    def check(self, post: Post, before: Tally) -> None:
        """The last record made an arrow of the table, and nothing final went unnamed."""
        *_, record = post.known.values()
        after = post.tally()
        row = STATES[before.state]
        assert is_sound(record)
        assert after.state is before.state or after.state in row.next
        if record.kind != Kind.RULING.value and after.state is not before.state:
            is_read = record.kind == Kind.READING.value
            assert after.state in (row.readings if is_read else row.entries)
        named = [post.known[key] for key in record.over]
        if not any(other.kind == Kind.RULING.value for other in named):
            # The name may go over to an equal ruling, never the figures.
            assert not row.final or after.state is State.CONFLICT or after.cells == before.cells
            assert not row.final or after.state is State.CONFLICT or after.is_final
        double = tally_of(post.known.values(), double_entry=True)
        counts = STATES[after.state].counts
        always = counts is Counts.ALWAYS
        assert after.counts == (always or (counts is not Counts.NEVER and not self.double_entry))
        assert double.counts == (STATES[double.state].counts is Counts.ALWAYS)
        assert double.state is after.state or double.state is State.AGREED

    @rule(at=POSTS, person=PEOPLE, cells=st.sampled_from([A, B]), source=st.sampled_from(Source))
    def enter(self, at: int, person: str, cells: dict[str, int], source: Source) -> None:
        post = self.posts[at]
        before = post.tally()
        post.enter(cells, person, source)
        self.check(post, before)

    @rule(at=POSTS, cells=st.sampled_from([A, B]))
    def read_out(self, at: int, cells: dict[str, int]) -> None:
        post = self.posts[at]
        before = post.tally()
        post.read_out(cells)
        self.check(post, before)

    @rule(at=POSTS, which=st.integers(0, 9))
    def withdraw(self, at: int, which: int) -> None:
        post = self.posts[at]
        entries, before = post.entries(), post.tally()
        if entries:
            post.withdraw(entries[which % len(entries)])
            self.check(post, before)

    @rule(at=POSTS, cause=st.sampled_from(Cause), cells=st.sampled_from([A, B]))
    def decide(self, at: int, cause: Cause, cells: dict[str, int]) -> None:
        post = self.posts[at]
        before = post.tally()
        if post.may_rule(cause):
            post.rule_as_may_be(cause, cells)
            assert post.state() is STATES[before.state].rulings[cause]
            self.check(post, before)

    @precondition(lambda self: any(post.known for post in self.posts))
    @rule(at=POSTS, giver=POSTS, of=st.frozensets(st.sampled_from("abc")))
    def hear(self, at: int, giver: int, of: frozenset[str]) -> None:
        post = self.posts[at]
        before = post.tally()
        for _ in post.hear_one_by_one(self.posts[giver], of):
            self.check(post, before)
            before = post.tally()

    def teardown(self) -> None:
        """When everybody has everything, all see the same, and one ruling ends any conflict."""
        for taker in self.posts:
            for giver in self.posts:
                for _ in taker.hear_one_by_one(giver):
                    pass
        first, *others = self.posts
        for other in others:
            assert other.known.keys() == first.known.keys()
            assert other.tally() == first.tally()
        if first.state() is State.CONFLICT:
            first.rule_as_may_be(Cause.SETTLED, B)
            assert first.state() is State.SETTLED


class PostsOfTwoVoices(Posts):
    """The same in a double-entry office, where the hall is a second voice."""

    double_entry = True


TestPosts = Posts.TestCase
TestPosts.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
TestPostsOfTwoVoices = PostsOfTwoVoices.TestCase
TestPostsOfTwoVoices.settings = TestPosts.settings
