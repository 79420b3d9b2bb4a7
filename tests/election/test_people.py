"""Who is on the roster with which role is a function of the set of records."""

from __future__ import annotations

from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recap_desktop.election.records.journal import Draft, Kind, Link, Record, make_record
from recap_desktop.election.records.people import is_guarded, people_of, person_id
from recap_desktop.election.records.roles import (
    BEFORE_SECOND,
    MAY,
    Aspect,
    Deed,
    Role,
    Sight,
    may,
    sees,
    who_may,
)
from recap_desktop.problems import KnownProblem

ANI, BUDI = person_id("Ani"), person_id("Budi")
CHAIR, OPERATOR, VERIFIER, OBSERVER = Role.CHAIR, Role.OPERATOR, Role.VERIFIER, Role.OBSERVER


def said(
    person: str, role: Role, *, by: str = "", over: tuple[str, ...] = (), at: int = 0
) -> Record:
    """A person record; ``by`` is who gives the role, without one it is a name that was written."""
    body = {"id": person, "name": person, "role": role.value}
    draft = Draft(Kind.PERSON, f"t{at}", by or person, {}, body, over)
    return make_record(Link("e", "rehearsal", "p/roster", 1, "0" * 64), draft)


def roles(*records: Record) -> dict[str, set[Role]]:
    return {key: set(person.roles) for key, person in people_of(records).items()}


def test_capitals_and_spaces_make_no_other_person() -> None:
    assert person_id("  siti   AMINAH ") == person_id("Siti Aminah") != person_id("Siti Amina")
    with pytest.raises(KnownProblem, match="name-missing"):
        person_id(" \u200b ")


def test_an_office_is_guarded_by_its_first_chair_and_by_nothing_else() -> None:
    written = [said(ANI, OPERATOR), said(BUDI, VERIFIER, by=ANI), said("x", OBSERVER, by=ANI)]
    assert not is_guarded(people_of(written))
    assert is_guarded(people_of([*written, said(BUDI, CHAIR, by=ANI)]))


def test_a_given_role_outranks_a_written_name_whichever_came_first() -> None:
    records = [said(ANI, OPERATOR), said(ANI, OBSERVER, by=BUDI), said(BUDI, CHAIR, by=ANI)]
    assert all(roles(*order)[ANI] == {OBSERVER} for order in permutations(records))


def test_of_two_given_roles_somebody_may_do_what_both_allow() -> None:
    chair = said(BUDI, CHAIR, by=BUDI)
    two = [said(ANI, VERIFIER, by=BUDI), said(ANI, OPERATOR, by=BUDI)]
    ani = people_of([chair, *two])[ANI]
    assert ani.may(Deed.ENTER) and not ani.may(Deed.SETTLE)
    anew = said(ANI, VERIFIER, by=BUDI, over=ani.live)
    assert people_of([chair, *two, anew])[ANI].may(Deed.SETTLE)


def test_where_two_laptops_each_ended_a_chair_both_are_chairs_again() -> None:
    ani, budi = said(ANI, CHAIR, by=ANI), said(BUDI, CHAIR, by=ANI)
    ended = [said(BUDI, OPERATOR, by=ANI, over=(budi.id,))]
    assert roles(ani, budi, *ended) == {ANI: {CHAIR}, BUDI: {OPERATOR}}
    ended.append(said(ANI, OPERATOR, by=BUDI, over=(ani.id,)))
    assert roles(ani, budi, *ended) == {ANI: {CHAIR}, BUDI: {CHAIR}}


def test_a_chair_whom_another_laptop_made_an_operator_stays_one_where_there_is_no_other() -> None:
    ani = said(ANI, OPERATOR)
    both = [said(ANI, CHAIR, by=ANI, over=(ani.id,)), said(ANI, OPERATOR, by=BUDI, over=(ani.id,))]
    assert roles(ani, *both) == {ANI: {CHAIR}}
    assert roles(ani, *both, said(BUDI, CHAIR, by=BUDI))[ANI] == {CHAIR, OPERATOR}


@st.composite
def histories(draw: st.DrawFn) -> list[Record]:
    """Person records of three people, each over some of what was said of them before."""
    made: list[Record] = []
    for at in range(draw(st.integers(1, 8))):
        person = draw(st.sampled_from("abc"))
        own = [record.id for record in made if record.body["id"] == person]
        over = draw(st.sets(st.sampled_from(own), max_size=2)) if own else set()
        role, by = draw(st.sampled_from(Role)), draw(st.sampled_from(["", *"abc"]))
        made.append(said(person, role, by=by, over=tuple(over), at=at))
    return made


@given(histories(), st.randoms())
def test_order_and_repetition_decide_nothing_and_a_guarded_office_has_a_chair(
    records: list[Record], chance: Random
) -> None:
    shuffled = [*records, *records[:2]]
    chance.shuffle(shuffled)
    assert roles(*shuffled) == roles(*records)
    people = people_of(records)
    assert all(person.roles and person.live for person in people.values())
    assert is_guarded(people) == any(person.is_chair for person in people.values())


def test_a_chair_may_do_everything_an_observer_nothing_and_nobody_nothing() -> None:
    assert set(MAY) == set(Deed) and set(BEFORE_SECOND) == set(Aspect)
    for deed in Deed:
        assert may({CHAIR}, deed) and not may({OBSERVER}, deed) and not may((), deed)
        assert may({VERIFIER}, deed) or not may({OPERATOR}, deed), "a verifier may no less"
        assert may({CHAIR, OPERATOR}, deed) == may({OPERATOR}, deed)
        assert who_may(deed) == tuple(role for role in Role if may({role}, deed))


@pytest.mark.parametrize("aspect", Aspect)
def test_of_a_first_entry_others_see_nothing(aspect: Aspect) -> None:
    assert not sees(aspect, is_own=False)
    assert sees(aspect, is_own=True) == (BEFORE_SECOND[aspect] is Sight.OWN)
