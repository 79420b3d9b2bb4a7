"""Totals of a paper D.HASIL by keys: typed on the form, checked, kept, counted, compared, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.upward.paper_page import PaperPage
from recap_desktop.election.definitions.regions import Level
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.upward.children import Came, children
from recap_desktop.office.upward.unit_figures import paper_totals
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import desk_of, press
from tests.made_up.offices import BUPATI, valid_bupati
from tests.made_up.upward import CIKONENG
from tests.scenes import above_scenes


@pytest.fixture
def desk(window: OpenWindow, tmp_path: Path) -> OfficeDesk:
    above_scenes.hall(tmp_path / "kabko.rekap")
    desk = desk_of(window(tmp_path / "kabko.rekap"))
    desk.session.choose_contest(BUPATI)
    desk.session.choose_person(above_scenes.TUTI)
    QTest.keyClick(desk, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    return desk


def begin(desk: OfficeDesk) -> PaperPage:
    """Plus chooses the second kecamatan, 5 types its paper."""
    press("+5")
    page = desk.upward.paper
    assert page is not None and page.isVisible()
    return page


def came(desk: OfficeDesk) -> Came:
    return next(c for c in children(desk.session.office, BUPATI) if c.code == CIKONENG).came


def test_a_paper_is_typed_like_a_form_and_counts_until_the_package_comes(
    desk: OfficeDesk,
) -> None:
    page = begin(desk)
    assert page.form is not None
    cells = valid_bupati(3000, 9000)
    cells["ballots.unused"] = 0
    press("".join(f"{cells.get(cell, '')}\n" for cell in page.form.order))
    press("\n")
    typed = paper_totals(desk.session.office, BUPATI)[CIKONENG]
    assert typed.cells == cells
    assert came(desk) is Came.PAPER
    assert desk.upward.receive is not None and desk.upward.receive.isVisible()
    (total,) = totals(desk.session.office, BUPATI, level=Level.KECAMATAN, under=CIKONENG)
    assert total.sums["votes.1"] == 3000 and total.paper == (CIKONENG,)
    # Taken back by the other step.
    press("5")
    page.foot.take_focus()
    press("*\n")
    assert paper_totals(desk.session.office, BUPATI) == {}
    assert came(desk) is Came.NOTHING


def test_what_contradicts_itself_is_said_and_recorded_all_the_same(desk: OfficeDesk) -> None:
    page = begin(desk)
    assert page.form is not None
    cells = {**valid_bupati(30, 100), "valid": 131}
    press("".join(f"{cells.get(cell, '')}\n" for cell in page.form.order))
    assert any("valid" in finding.cells for finding in page.told)
    press("\n")
    assert paper_totals(desk.session.office, BUPATI)[CIKONENG].cells["valid"] == 131


def test_what_was_not_recorded_is_there_again(desk: OfficeDesk) -> None:
    page = begin(desk)
    assert page.form is not None
    press("123\n")
    QTest.keyClick(page.foot.next_button, Qt.Key.Key_Escape)
    assert paper_totals(desk.session.office, BUPATI) == {}
    press("5")
    assert page.form.cells == {page.form.order[0]: 123}
    # It is no draft of a TPS.
    assert desk.session.drafts is not None and desk.session.drafts.everywhere() == []
