"""The form on the screen is the form on paper: order, places, sizes, names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from recap_desktop.desk.entry.entry_form import EntryForm
from recap_desktop.desk.entry.number_field import NumberField, Step
from recap_desktop.desk.program import dress
from recap_desktop.desk.session import Session
from recap_desktop.election.definitions.contests import Choice, Contest
from recap_desktop.election.definitions.forms import Severity
from recap_desktop.election.wording import Words
from recap_desktop.exchange.form_files import bundled_form
from recap_desktop.office.opening import create_office_for
from tests.made_up.every_form import candidates, pairs, parties
from tests.made_up.offices import BUPATI, CIAMIS, GUBERNUR, tiny_election, tiny_office


@pytest.fixture
def session(tmp_path: Path, words: Words, qapp: QApplication) -> Iterator[Session]:
    dress(qapp, "light")
    office = tiny_office(tmp_path / "o.rekap")
    yield Session(office, words)
    office.close()


@pytest.fixture
def form(session: Session, qtbot: QtBot) -> EntryForm:
    shown = EntryForm(session)
    qtbot.addWidget(shown)
    shown.resize(728, 420)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    shown.focus_first()
    return shown


def focused() -> NumberField:
    field = QApplication.focusWidget()
    assert isinstance(field, NumberField)
    return field


def test_boxes_stand_in_the_order_of_the_paper(form: EntryForm, session: Session) -> None:
    assert form.order == session.office.election.layout(BUPATI).cells


def test_enter_walks_through_the_whole_form_and_then_says_so(form: EntryForm, qtbot: QtBot) -> None:
    walked = [focused().cell]
    for _ in form.order[1:]:
        QTest.keyClick(focused(), Qt.Key.Key_Return)
        walked.append(focused().cell)
    assert tuple(walked) == form.order
    with qtbot.waitSignal(form.finished):
        QTest.keyClick(focused(), Qt.Key.Key_Enter)


def test_tab_walks_in_the_order_of_the_paper(form: EntryForm) -> None:
    on_page = [
        cell for cell in form.order if not cell.startswith(("votes", "valid", "invalid", "cast"))
    ]
    walked = [focused().cell]
    for _ in on_page[1:]:
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        walked.append(focused().cell)
    assert walked == on_page


def test_up_and_down_stay_in_the_column(form: EntryForm) -> None:
    form.focus_cell("users.dpt.p")
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    assert focused().cell == "users.moved.p"
    form.focus_cell("users.total.l")
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    assert focused().cell == "ballots.received"
    form.focus_cell("cast")
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    assert focused().cell == "cast"


@pytest.mark.usefixtures("form")
def test_page_down_turns_to_the_next_page() -> None:
    QTest.keyClick(focused(), Qt.Key.Key_PageDown)
    assert focused().cell == "votes.1"
    QTest.keyClick(focused(), Qt.Key.Key_PageDown)
    assert focused().cell == "valid"
    QTest.keyClick(focused(), Qt.Key.Key_PageUp)
    assert focused().cell == "votes.1"


def test_every_page_has_room_at_1366_by_768_and_125_percent(form: EntryForm) -> None:
    for page in form.pages:
        assert page.verticalScrollBar().maximum() == 0
        assert page.horizontalScrollBar().maximum() == 0
    assert min(field.font().pointSizeF() for page in form.pages for field in page.fields) >= 15


def test_digits_of_a_page_are_of_one_size_and_larger_where_there_is_room(form: EntryForm) -> None:
    sizes = [{field.font().pointSizeF() for field in page.fields} for page in form.pages]
    assert [len(found) for found in sizes] == [1] * len(form.pages)
    first, *others = (found.pop() for found in sizes)
    assert others and all(first < other <= 1.5 * first for other in others)


def test_every_box_that_takes_the_focus_has_a_name(form: EntryForm, session: Session) -> None:
    form.name_cells({cell: cell for cell in form.order})
    reachable = [
        widget
        for widget in form.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(reachable) == len(session.layout.cells)
    assert all(widget.accessibleName() for widget in reachable)


def test_figures_come_back_as_they_were_shown(form: EntryForm) -> None:
    form.show_cells({"valid": 0, "cast": 1234})
    assert form.cells == {"valid": 0, "cast": 1234}


def test_a_form_that_is_only_shown_takes_no_digit(form: EntryForm) -> None:
    form.only_show()
    QTest.keyClicks(focused(), "12")
    assert form.cells == {}
    form.let_type()
    QTest.keyClicks(focused(), "12")
    assert form.cells == {"voters.dpt.l": 12}


def test_nothing_moves_when_marks_and_sums_appear(form: EntryForm, session: Session) -> None:
    def places() -> list[tuple[int, int, int, int]]:
        boxes = [field for page in form.pages for field in page.fields]
        return [box.geometry().getRect() for box in boxes]  # type: ignore[misc] # stub says object

    before = places()
    cells = session.layout.cells
    form.show_marks(dict.fromkeys(cells, Severity.ERROR), dict.fromkeys(cells, "x"))
    form.show_sums(dict.fromkeys(cells, 123))
    assert places() == before


def test_keys_the_form_does_not_know_are_handed_on(form: EntryForm, qtbot: QtBot) -> None:
    for key, step in (
        (Qt.Key.Key_Plus, Step.SAVE),
        (Qt.Key.Key_Asterisk, Step.ZEROS),
        (Qt.Key.Key_Slash, Step.FINDING),
    ):
        with qtbot.waitSignal(form.asked) as asked:
            QTest.keyClick(focused(), key)
        assert asked.args == [step]


def test_another_contest_has_a_form_of_its_own(session: Session, qtbot: QtBot) -> None:
    session.choose_contest(GUBERNUR)
    shown = EntryForm(session)
    qtbot.addWidget(shown)
    assert [cell for cell in shown.order if cell.startswith("votes")] == [
        "votes.1",
        "votes.2",
        "votes.3",
    ]


@pytest.mark.parametrize(
    ("form", "choices"),
    [
        *((edition, pairs(6)) for edition in ("kwk-2015", "kwk-2018", "kwk-2020", "kwk-2024")),
        ("ppwp-2024", pairs(3)),
        ("dpd-2024", candidates(54)),
        ("dpr-2024", parties(9)),
    ],
)
def test_no_page_of_any_edition_is_scrolled_on_a_small_screen(
    tmp_path: Path, words: Words, qtbot: QtBot, form: str, choices: tuple[Choice, ...]
) -> None:
    kind = next(word for word in bundled_form(form).kinds)
    contest = Contest("c", form, form, ("32",), choices, kind, "JABAR X")
    election = replace(tiny_election(), contests=(contest,), forms={form: bundled_form(form)})
    office = create_office_for(tmp_path / "o.rekap", election=election, region=CIAMIS)
    session = Session(office, words)
    shown = EntryForm(session)
    qtbot.addWidget(shown)
    shown.resize(728, 470)
    shown.show()
    assert shown.order == office.election.layout("c").cells
    for page in shown.pages:
        shown.focus_cell(page.fields[0].cell)
        QApplication.processEvents()
        assert page.verticalScrollBar().maximum() == 0, page.fields[0].cell
    office.close()
