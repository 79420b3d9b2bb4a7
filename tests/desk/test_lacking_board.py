"""What is missing of each contest, in a real window: 'TPS mana yang kurang satu surat suara?'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from recap_desktop.desk.overview.overview_choice import LACKING
from recap_desktop.office.entry.entering import enter
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, valid_bupati

if TYPE_CHECKING:
    from recap_desktop.desk.office_desk import OfficeDesk


def test_the_tps_that_lack_a_contest_are_listed_and_opened_by_keys(desk: OfficeDesk) -> None:
    page, board = desk.overview, desk.overview.board
    page.choose(LACKING)

    assert board.isVisible()
    assert [(row.tps, row.missing) for row in board.rows] == [(TPS[0], (GUBERNUR,))]
    assert board.said.startswith("1 TPS sudah dibuka tetapi kurang surat suara; 5 TPS")
    model = board.contests.model()
    shown = [[model.index(row, at).data() for at in range(4)] for row in range(2)]
    assert shown == [
        ["Bupati Ciamis", "1 / 5", "4", "0"],
        ["Gubernur Jawa Barat", "0 / 5", "5", "1"],
    ]

    board.take_focus()
    QTest.keyClick(board.stations, Qt.Key.Key_Return)
    assert desk.session.contest_id == GUBERNUR
    assert desk.entry.isVisible()


def test_it_follows_what_is_recorded_and_where_one_looks(desk: OfficeDesk) -> None:
    page, board = desk.overview, desk.overview.board
    page.choose(LACKING)
    board.all.setChecked(True)
    assert [row.tps for row in board.rows] == list(TPS)

    office = desk.session.office
    desk.session.record(lambda: enter(office, GUBERNUR, TPS[0], {"cast": 3}, by="Siti"))
    assert [row.tps for row in board.rows] == list(TPS[1:])
    assert board.said == "Setiap TPS yang sudah dibuka lengkap; 4 TPS belum masuk sama sekali."

    for tps in TPS[1:]:
        for contest in (BUPATI, GUBERNUR):
            enter(office, contest, tps, valid_bupati(), by="Siti")
    desk.session.recorded.emit()
    assert board.rows == ()
    assert board.said == "Setiap pemilihan di setiap TPS sudah masuk."

    board.take_focus()
    QTest.keyClick(board.contests, Qt.Key.Key_Backspace)
    assert page.table.isVisible()
