"""Signing in, the locked screen and the people of an office, driven by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from recap_desktop.desk.entry.number_field import NumberField
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.rail import Place
from recap_desktop.election.records.plenary import Turn
from recap_desktop.election.records.roles import Role
from recap_desktop.election.wording import Words
from recap_desktop.office.opening import open_office
from recap_desktop.office.people.people import person_named
from recap_desktop.office.plenary.plenaries import declare
from tests.desk.conftest import OpenWindow
from tests.made_up.guarded import PASSWORD, PEOPLE, give_passwords, guard
from tests.made_up.offices import TPS, tiny_office

OPERATOR, CHAIR, OBSERVER = PEOPLE[Role.OPERATOR], PEOPLE[Role.CHAIR], PEOPLE[Role.OBSERVER]
ENTER, ESCAPE, F7 = Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_F7


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "o.rekap"
    office = tiny_office(path, double_entry=True)
    guard(office)
    give_passwords(office)
    office.close()
    return path


@pytest.fixture
def desk(window: OpenWindow, path: Path) -> OfficeDesk:
    shown = window(path)
    assert shown.desk is not None
    return shown.desk


def focus() -> QWidget:
    at = QApplication.focusWidget()
    assert at is not None
    return at


def type_text(text: str, *keys: Qt.Key) -> None:
    for letter in text:
        QTest.keyClicks(focus(), letter)
    for key in keys:
        QTest.keyClick(focus(), key)


def number_of(desk: OfficeDesk, name: str) -> str:
    """Its number in the list of names."""
    names = desk.entry.person.names
    texts = [names.item(at).text() for at in range(names.count())]
    return next(text.partition(".")[0] for text in texts if text.endswith(f" {name}"))


def sign_in(desk: OfficeDesk, name: str, password: str = PASSWORD) -> None:
    desk.go_to(Place.ENTRY)
    type_text(number_of(desk, name), ENTER)
    type_text(password, ENTER)


def sign_in_anew(desk: OfficeDesk, name: str) -> None:
    """Another takes over: from the password of who was there back to the names."""
    QTest.keyClick(desk.window(), F7)
    sign_in(desk, name)


def test_a_number_and_a_password_let_somebody_in(desk: OfficeDesk) -> None:
    sign_in(desk, OPERATOR)
    session = desk.session
    assert (session.person, session.is_present) == (OPERATOR, True)
    assert not desk.entry.person.isVisible()


def test_a_wrong_password_is_said_and_asked_again(desk: OfficeDesk, words: Words) -> None:
    sign_in(desk, OPERATOR, "salah sandi")
    assert not desk.session.is_present
    assert desk.entry.foot.message == words["problem.password-wrong"]
    assert focus() is desk.entry.person.secret and desk.entry.person.secret.text() == ""
    type_text(PASSWORD, ENTER)
    assert desk.session.person == OPERATOR


def test_escape_goes_from_the_password_back_to_the_names(desk: OfficeDesk) -> None:
    desk.go_to(Place.ENTRY)
    type_text(number_of(desk, OPERATOR), ENTER)
    type_text("123", ESCAPE)
    assert focus() is desk.entry.person.field
    type_text("Orang Baru", ENTER)
    assert (
        desk.session.words("problem.person-unknown", name="Orang Baru") in desk.entry.foot.message
    )


def test_another_takes_over_with_f7_and_nobody_stays_without_a_password(desk: OfficeDesk) -> None:
    sign_in(desk, OPERATOR)
    QTest.keyClick(desk.window(), F7)
    assert not desk.session.is_present and desk.session.office.present == ""
    QTest.keyClick(focus(), ESCAPE)
    assert focus() is desk.entry.person.secret, "who was there goes on with the password"
    type_text("", ESCAPE)
    sign_in(desk, CHAIR)
    assert desk.session.person == CHAIR


def test_the_first_chair_of_a_laptop_sets_a_password_twice(
    window: OpenWindow, tmp_path: Path, words: Words
) -> None:
    office = tiny_office(tmp_path / "o.rekap")
    guard(office)
    office.close()
    desk = window(tmp_path / "o.rekap").desk
    assert desk is not None
    desk.go_to(Place.ENTRY)
    type_text(number_of(desk, OPERATOR), ENTER)
    assert words("problem.password-not-set", name=OPERATOR) in desk.entry.foot.message
    desk.entry.person.field.clear()
    type_text(number_of(desk, CHAIR), ENTER)
    type_text("20741593", ENTER)
    type_text("20741594", ENTER)
    assert desk.entry.foot.message == words["problem.password-not-repeated"]
    type_text("20741593", ENTER)
    type_text("20741593", ENTER)
    assert desk.session.person == CHAIR and desk.session.is_present


def test_an_observer_sees_a_form_and_types_nothing(desk: OfficeDesk, words: Words) -> None:
    sign_in(desk, OBSERVER)
    desk.entry.open_station(TPS[0])
    assert words["desk.access.role"] in desk.entry.ruling.why
    fields = desk.entry.form.findChildren(NumberField)
    assert fields and all(field.isReadOnly() for field in fields)
    page = desk.office_page
    desk.go_to(Place.OFFICE)
    assert not any(
        b.isVisible() for b in (page.choose, page.declare, page.mirror, page.take_counts)
    )
    assert page.people.isVisible()


# The locked screen


def is_locked(desk: OfficeDesk) -> bool:
    return desk.session.is_locked


def is_counting(desk: OfficeDesk) -> bool:
    return desk.lock.is_running


def test_a_locked_screen_keeps_what_was_typed_and_comes_back_to_the_same_box(
    desk: OfficeDesk,
) -> None:
    sign_in(desk, OPERATOR)
    desk.entry.open_station(TPS[0])
    type_text("150", ENTER)
    type_text("16")
    box = focus()
    desk.lock.look()
    assert is_locked(desk) and desk.session.office.present == ""
    assert desk.lock_page.isVisible() and not desk.entry.isVisible()
    QTest.keyClick(desk.window(), Qt.Key.Key_F3)
    assert desk.lock_page.isVisible(), "no key of the work is heard under the cover"
    type_text("salah sandi", ENTER)
    assert desk.lock_page.isVisible()
    type_text(PASSWORD, ENTER)
    assert not is_locked(desk) and focus() is box
    assert list(desk.entry.form.cells.values()) == [150, 16]
    type_text("160", ENTER)
    assert list(desk.entry.form.cells.values()) == [150, 160]


def test_another_may_open_a_locked_screen_and_finds_nothing_of_the_first(desk: OfficeDesk) -> None:
    sign_in(desk, OPERATOR)
    desk.entry.open_station(TPS[0])
    type_text("150", ENTER)
    desk.lock.look()
    type_text("", ESCAPE)
    names = desk.lock_page.person.names
    texts = [names.item(at).text() for at in range(names.count())]
    type_text(next(t.partition(".")[0] for t in texts if t.endswith(CHAIR)), ENTER)
    type_text(PASSWORD, ENTER)
    assert desk.session.person == CHAIR and not desk.lock_page.isVisible()
    desk.entry.open_station(TPS[0])
    assert desk.entry.form.cells == {}
    QTest.keyClick(desk.window(), F7)
    sign_in(desk, OPERATOR)
    desk.entry.open_station(TPS[0])
    assert list(desk.entry.form.cells.values()) == [150], "it was kept as a draft"


def test_nothing_is_locked_while_the_hall_listens_or_in_an_open_office(
    window: OpenWindow, path: Path, tmp_path: Path
) -> None:
    desk = window(path).desk
    assert desk is not None
    sign_in(desk, CHAIR)
    declare(desk.session.office, Turn.OPENED, by=CHAIR, place="Aula")
    desk.lock.look()
    assert not is_locked(desk)
    declare(desk.session.office, Turn.SUSPENDED, by=CHAIR)
    desk.lock.look()
    assert is_locked(desk)
    tiny_office(tmp_path / "open.rekap").close()
    desk = window(tmp_path / "open.rekap").desk
    assert desk is not None
    desk.session.choose_person("Siti")
    desk.lock.look()
    assert not is_locked(desk)


def test_a_key_begins_the_minutes_anew(desk: OfficeDesk) -> None:
    assert not is_counting(desk), "nobody is there to be locked out"
    sign_in(desk, OPERATOR)
    assert is_counting(desk)
    desk.lock._timer.stop()
    handle = desk.window().windowHandle()
    QTest.keyClick(handle, Qt.Key.Key_Home)
    assert is_counting(desk)
    desk.lock.set_minutes(0)
    QTest.keyClick(handle, Qt.Key.Key_Home)
    assert not is_counting(desk)


# The people


def test_a_chair_adds_somebody_gives_a_role_and_a_password(desk: OfficeDesk) -> None:
    sign_in(desk, CHAIR)
    desk.show_people()
    page, office = desk.people_page, desk.session.office
    page.add.setFocus()
    type_text("", ENTER)
    type_text("Wati", ENTER)
    type_text("2", ENTER)
    assert person_named(office, "Wati").roles == {Role.VERIFIER}
    assert focus() is page.foot.next_button, "a password is what is set next"
    type_text("", ENTER)
    type_text("kutilang 77", ENTER)
    type_text("kutilang 77", ENTER)
    assert page.foot.message == desk.session.words["desk.people.secret-set"]
    QTest.keyClick(desk.window(), F7)
    sign_in(desk, "Wati", "kutilang 77")
    assert desk.session.person == "Wati"


def test_an_operator_sees_the_people_and_changes_only_their_own_password(
    desk: OfficeDesk,
) -> None:
    sign_in(desk, OPERATOR)
    desk.show_people()
    page = desk.people_page
    assert not any(b.isVisible() for b in (page.add, page.change, page.secret))
    page.own.setFocus()
    type_text("", ENTER)
    type_text(PASSWORD, ENTER)
    type_text("kutilang 77", ENTER)
    type_text("kutilang 77", ENTER)
    QTest.keyClick(desk.window(), F7)
    sign_in(desk, OPERATOR, "kutilang 77")
    assert desk.session.person == OPERATOR


def test_the_first_chair_made_in_the_window_asks_everybody_to_sign_in(
    window: OpenWindow, tmp_path: Path, words: Words
) -> None:
    tiny_office(tmp_path / "o.rekap").close()
    desk = window(tmp_path / "o.rekap").desk
    assert desk is not None
    desk.session.choose_person("Siti")
    desk.show_people()
    page = desk.people_page
    assert not page.secret.isVisible() and not page.lock.isVisible()
    page.change.setFocus()
    type_text("", ENTER)
    type_text("3", ENTER)
    assert desk.session.is_guarded and desk.session.person == ""
    assert words("cli.people.now-guarded", name="Siti") in page.foot.message
    page.foot.take_focus()
    type_text("", ENTER)
    assert desk.entry.person.isVisible()
    desk.close_office()
    again = open_office(tmp_path / "o.rekap")
    assert person_named(again, "Siti").is_chair
    again.close()


def test_the_minutes_of_the_lock_go_round_and_are_remembered(desk: OfficeDesk) -> None:
    sign_in(desk, CHAIR)
    desk.show_people()
    page = desk.people_page
    page.lock.setFocus()
    seen = []
    for _ in range(5):
        type_text("", ENTER)
        seen.append(page._settings.lock_minutes)
    assert seen == [20, 30, 0, 5, 10]


def test_an_observer_is_told_that_no_counts_are_taken_from_a_table(
    desk: OfficeDesk, words: Words
) -> None:
    sign_in(desk, OBSERVER)
    QTest.keyClick(desk.window(), Qt.Key.Key_F5)
    assert desk.entry.isVisible()
    assert desk.entry.foot.message == words("problem.role-cannot-import", name=OBSERVER)
