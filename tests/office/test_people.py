"""The people of an office: open and guarded, signing in at a laptop, and what the audit says of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.election.records.journal import ROSTER_CHAIN, Draft, Kind
from recap_desktop.election.records.people import person_id
from recap_desktop.election.records.roles import Deed, Role
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import Decision, accept
from recap_desktop.office.entry.stations import standing
from recap_desktop.office.opening import Office, open_office
from recap_desktop.office.people import signing_in
from recap_desktop.office.people.people import (
    add_person,
    give_role,
    guarded,
    people,
    person_named,
    present,
    roster,
)
from recap_desktop.office.people.signing_in import Entrance, entrance, sign_in, sign_out
from recap_desktop.office.posts.by_stick import exchange_out
from recap_desktop.office.posts.mirroring import restore
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.proof.history import contest_history
from recap_desktop.problems import KnownProblem
from tests.made_up.guarded import PASSWORD, PEOPLE, give_passwords, guard, stand
from tests.made_up.offices import BUPATI, TPS, Clock, tiny_office, valid_bupati
from tests.made_up.posts import exchange, second_post

OPERATOR, CHAIR, OBSERVER = PEOPLE[Role.OPERATOR], PEOPLE[Role.CHAIR], PEOPLE[Role.OBSERVER]
NEW = "kutilang 77"


@pytest.fixture(autouse=True)
def own_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    machine = tmp_path / "machine"
    monkeypatch.setenv("RECAP_DATA_DIR", str(machine))
    return machine


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = tiny_office(tmp_path / "o.rekap")
    yield office
    office.close()


@pytest.fixture
def guarded_office(office: Office) -> Office:
    guard(office)
    return office


def code_of(problem: pytest.ExceptionInfo[KnownProblem]) -> str:
    return problem.value.code


# Open and guarded


def test_a_new_office_is_open_and_a_name_is_enough(office: Office) -> None:
    assert entrance(office, "Siti") is Entrance.NAME
    assert sign_in(office, " siti ") == sign_in(office, "SITI") == person_id("Siti")
    assert list(roster(office).values()) == ["siti"] and not guarded(office)


def test_roles_without_a_chair_bind_nobody(office: Office) -> None:
    add_person(office, OBSERVER, Role.OBSERVER, by="Siti")
    assert not guarded(office)
    assert enter(office, BUPATI, TPS[0], valid_bupati(), by=OBSERVER).records


def test_the_first_chair_makes_it_guarded_and_whoever_typed_before_goes_on(office: Office) -> None:
    enter(office, BUPATI, TPS[0], valid_bupati(), by=OPERATOR)
    add_person(office, CHAIR, Role.CHAIR, by=OPERATOR)
    assert guarded(office)
    stand(office, Role.OPERATOR)
    enter(office, BUPATI, TPS[1], valid_bupati(), by=OPERATOR)
    with pytest.raises(KnownProblem) as caught:
        enter(office, BUPATI, TPS[2], valid_bupati(), by="Orang Baru")
    assert code_of(caught) == "person-unknown"
    assert audit(office).faults == ()


def test_a_role_is_given_once_and_then_changed(guarded_office: Office) -> None:
    office, chair = guarded_office, stand(guarded_office, Role.CHAIR)
    with pytest.raises(KnownProblem) as caught:
        add_person(office, OPERATOR, Role.VERIFIER, by=chair)
    assert code_of(caught) == "person-known"
    with pytest.raises(KnownProblem) as caught:
        give_role(office, OPERATOR, Role.OPERATOR, by=chair)
    assert code_of(caught) == "role-unchanged"
    give_role(office, OPERATOR, Role.VERIFIER, by=chair)
    assert person_named(office, OPERATOR).roles == {Role.VERIFIER}
    assert audit(office).faults == ()


def test_the_last_chair_cannot_end_being_one(guarded_office: Office) -> None:
    office, chair = guarded_office, stand(guarded_office, Role.CHAIR)
    with pytest.raises(KnownProblem) as caught:
        give_role(office, chair, Role.OBSERVER, by=chair)
    assert code_of(caught) == "last-chair"
    give_role(office, OPERATOR, Role.CHAIR, by=chair)
    give_role(office, chair, Role.OBSERVER, by=chair)
    with pytest.raises(KnownProblem) as caught:
        add_person(office, "Wati", Role.OPERATOR, by=chair)
    assert code_of(caught) == "role-cannot-manage-people"


def test_history_tells_of_roles_and_passwords_and_of_no_name_that_was_only_written(
    office: Office,
) -> None:
    enter(office, BUPATI, TPS[0], valid_bupati(), by="Siti")
    guard(office)
    give_passwords(office)
    told = [(event.what, event.about) for event in contest_history(office, BUPATI)]
    assert ("person", OPERATOR) in told and ("password", OPERATOR) in told
    assert ("person", "Siti") not in told
    assert [what for what, about in told if about == CHAIR].count("password") == 1


# Signing in


def test_at_a_laptop_without_passwords_a_chair_sets_the_first(guarded_office: Office) -> None:
    office = guarded_office
    assert entrance(office, CHAIR) is Entrance.FIRST
    assert entrance(office, OPERATOR) is Entrance.ASK_CHAIR
    for name, code in ((CHAIR, "password-first"), (OPERATOR, "password-not-set")):
        with pytest.raises(KnownProblem) as caught:
            sign_in(office, name, PASSWORD)
        assert code_of(caught) == code
    with pytest.raises(KnownProblem) as caught:
        signing_in.set_first_password(office, OPERATOR, PASSWORD)
    assert code_of(caught) == "password-not-first"
    give_passwords(office)
    assert entrance(office, OPERATOR) is Entrance.PASSWORD
    give_role(office, OPERATOR, Role.CHAIR, by=CHAIR)
    with pytest.raises(KnownProblem) as caught:
        signing_in.set_first_password(office, OPERATOR, NEW)
    assert code_of(caught) == "password-not-first"


def test_who_signed_in_acts_until_they_sign_out(guarded_office: Office) -> None:
    office = guarded_office
    give_passwords(office)
    assert sign_in(office, OPERATOR, PASSWORD) == person_id(OPERATOR)
    found = present(office)
    assert found is not None and found.name == OPERATOR
    enter(office, BUPATI, TPS[0], valid_bupati(), by=OPERATOR)
    sign_out(office)
    with pytest.raises(KnownProblem) as caught:
        enter(office, BUPATI, TPS[1], valid_bupati(), by=OPERATOR)
    assert code_of(caught) == "sign-in-missing"


def test_a_wrong_password_lets_nobody_in_and_in_the_end_makes_them_wait(
    guarded_office: Office,
) -> None:
    office = guarded_office
    give_passwords(office)
    sign_out(office)
    codes = []
    for password in ("", NEW, NEW, NEW, PASSWORD):
        with pytest.raises(KnownProblem) as caught:
            sign_in(office, OPERATOR, password)
        codes.append(code_of(caught))
    assert codes == [
        "password-missing",
        "password-wrong",
        "password-wrong",
        "password-wrong-wait",
        "password-wait",
    ]
    assert present(office) is None


def test_the_waiting_survives_the_end_of_the_program(guarded_office: Office) -> None:
    give_passwords(guarded_office)
    for _ in range(3):
        with pytest.raises(KnownProblem):
            sign_in(guarded_office, OPERATOR, NEW)
    guarded_office.close()
    again = open_office(guarded_office.file.path, clock=Clock())
    with pytest.raises(KnownProblem) as caught:
        sign_in(again, OPERATOR, PASSWORD)
    assert code_of(caught) == "password-wait"
    again.close()


def test_own_password_is_changed_with_the_old_one(guarded_office: Office) -> None:
    office = guarded_office
    give_passwords(office)
    sign_in(office, OPERATOR, PASSWORD)
    for old, new, code in ((NEW, "elang 1234", "wrong"), (PASSWORD, OPERATOR, "short")):
        with pytest.raises(KnownProblem) as caught:
            signing_in.change_password(office, old, new)
        assert code_of(caught) == f"password-{code}"
    place = office.file.journal.last_place()
    signing_in.change_password(office, PASSWORD, NEW)
    assert office.file.journal.last_place() == place, "that is nobody's business"
    sign_in(office, OPERATOR, NEW)
    with pytest.raises(KnownProblem):
        sign_in(office, OPERATOR, PASSWORD)


def test_a_forgotten_password_is_set_anew_by_a_chair_and_never_by_an_operator(
    guarded_office: Office,
) -> None:
    office = guarded_office
    give_passwords(office)
    signing_in.set_password(office, OPERATOR, NEW, by=CHAIR)
    sign_in(office, OPERATOR, NEW)
    with pytest.raises(KnownProblem) as caught:
        signing_in.set_password(office, CHAIR, NEW, by=OPERATOR)
    assert code_of(caught) == "role-cannot-manage-people"


def test_the_owner_of_the_laptop_sets_any_password_and_the_journal_tells(
    guarded_office: Office,
) -> None:
    office = guarded_office
    give_passwords(office)
    sign_out(office)
    with pytest.raises(KnownProblem) as caught:
        signing_in.reset_password(office, CHAIR, NEW, reason=" ")
    assert code_of(caught) == "reason-missing"
    signing_in.reset_password(office, CHAIR, NEW, reason="lupa sandi")
    assert present(office) is None
    sign_in(office, CHAIR, NEW)
    last = contest_history(office, BUPATI)[-1]
    assert (last.what, last.about, last.person) == ("password", CHAIR, "")
    assert last.record.body == {"id": person_id(CHAIR), "owner": 1, "reason": "lupa sandi"}
    assert audit(office).faults == ()


def test_an_open_office_has_no_passwords(office: Office) -> None:
    with pytest.raises(KnownProblem) as caught:
        signing_in.reset_password(office, "Siti", NEW, reason="x")
    assert code_of(caught) == "office-is-open"


def test_nothing_that_leaves_the_laptop_holds_a_password(
    guarded_office: Office, tmp_path: Path, own_machine: Path
) -> None:
    office, stick = guarded_office, tmp_path / "stik"
    stick.mkdir()
    office.present = person_id(CHAIR)
    office.set_mirror(stick)
    give_passwords(office)
    exchange_out(office, stick)
    office.close()
    kept = [path for path in own_machine.rglob("*.json") if b"argon2" in path.read_bytes()]
    assert len(kept) == 1 and kept[0].parent.name == "people"
    for path in (office.file.path, *(p for p in stick.rglob("*") if p.is_file())):
        assert b"argon2" not in path.read_bytes()
        assert PASSWORD.encode() not in path.read_bytes()


def test_a_person_who_has_not_signed_in_is_shown_nothing_as_their_own(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "double.rekap", double_entry=True)
    enter(office, BUPATI, TPS[0], valid_bupati(), by=OPERATOR)
    guard(office)
    operator = person_id(OPERATOR)
    assert standing(office, BUPATI, TPS[0], person=operator).hidden
    stand(office, Role.VERIFIER)
    assert standing(office, BUPATI, TPS[0], person=operator).hidden
    stand(office, Role.OPERATOR)
    assert standing(office, BUPATI, TPS[0], person=operator).cells == valid_bupati()
    office.close()


# Several laptops, restored files, forged records


def test_another_laptop_hears_that_the_office_is_guarded_and_its_chair_begins_there(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = second_post(office, tmp_path, monkeypatch)
    enter(there, BUPATI, TPS[1], valid_bupati(), by="Tuti")
    guard(here)
    exchange(here, there)
    assert guarded(there) and people(there).keys() == people(here).keys()
    assert entrance(there, CHAIR) is Entrance.FIRST
    signing_in.set_first_password(there, CHAIR, PASSWORD)
    signing_in.set_password(there, "Tuti", PASSWORD, by=CHAIR)
    sign_in(there, "Tuti", PASSWORD)
    enter(there, BUPATI, TPS[2], valid_bupati(), by="Tuti")
    exchange(here, there)
    assert audit(here).faults == audit(there).faults == ()
    here.close()
    there.close()


def test_two_laptops_that_gave_different_roles_allow_what_both_do(
    guarded_office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = second_post(guarded_office, tmp_path, monkeypatch)
    for laptop, role in ((here, Role.VERIFIER), (there, Role.OBSERVER)):
        give_role(laptop, OPERATOR, role, by=stand(laptop, Role.CHAIR))
    exchange(here, there)
    for laptop in (here, there):
        operator = person_named(laptop, OPERATOR)
        assert operator.roles == {Role.VERIFIER, Role.OBSERVER}
        assert not any(operator.may(deed) for deed in Deed)
    give_role(there, OPERATOR, Role.VERIFIER, by=CHAIR)
    exchange(here, there)
    assert person_named(here, OPERATOR).roles == {Role.VERIFIER}
    assert audit(here).faults == ()
    here.close()
    there.close()


def test_an_office_restored_from_its_mirror_is_guarded_as_before(
    guarded_office: Office, tmp_path: Path
) -> None:
    stand(guarded_office, Role.CHAIR)
    (tmp_path / "cermin").mkdir()
    mirror = guarded_office.set_mirror(tmp_path / "cermin")
    enter(guarded_office, BUPATI, TPS[0], valid_bupati(), by=CHAIR)
    again = restore(mirror.path, tmp_path / "pulih.rekap")
    assert guarded(again) and people(again) == people(guarded_office)
    assert audit(again).faults == ()
    again.close()


@pytest.mark.parametrize(
    ("person", "code"), [("0" * 12, "audit-person"), ("", "audit-person"), (OBSERVER, "audit-role")]
)
def test_the_audit_tells_of_a_record_by_nobody_or_by_a_role_that_never_may(
    guarded_office: Office, person: str, code: str
) -> None:
    office = guarded_office
    by = person_id(person) if person == OBSERVER else person
    body = {"cells": {"votes.1": 1}, "source": "c-hasil", "round": "", "definition": 1}
    subject = {"contest": BUPATI, "tps": TPS[0]}
    office.record(BUPATI, [Draft(Kind.ENTRY, office.now(), by, subject, body)])
    assert [fault.code for fault in audit(office).faults] == [code]


def test_the_audit_says_nothing_of_what_was_done_while_the_office_was_open(office: Office) -> None:
    enter(office, BUPATI, TPS[0], valid_bupati(), by=OBSERVER)
    accept(office, BUPATI, TPS[0], decision=Decision(OBSERVER, "sesuai kertas"))
    guard(office)
    assert audit(office).faults == ()


def test_a_forged_change_of_role_over_another_person_is_found(guarded_office: Office) -> None:
    office = guarded_office
    chair = person_named(office, CHAIR)
    body = {"id": person_id("Wati"), "name": "Wati", "role": "operator"}
    forged = Draft(Kind.PERSON, office.now(), chair.id, {}, body, chair.live)
    office.record(ROSTER_CHAIN, [forged])
    assert [fault.code for fault in audit(office).faults] == ["audit-names"]
