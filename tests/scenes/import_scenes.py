"""The import page in its states, for those who look at it: no file, columns asked about, the preview."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from tests.made_up.offices import BUPATI, TPS, valid_bupati
from tests.made_up.workbooks import kecamatan_workbook, rows_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.desk.office_desk import OfficeDesk
    from recap_desktop.desk.tables.import_page import ImportPage

_LONGEST = 20.0


def import_empty(desk: OfficeDesk) -> None:
    """No file yet."""
    desk.session.choose_person("Siti Aminah")
    desk.import_counts()


def import_columns(desk: OfficeDesk) -> None:
    """A row a TPS; three columns must be asked about."""
    import_empty(desk)
    heads = ["No", "Desa", "TPS", "DPT", "DPT L", "1. Dr. H. Herdiat", "Kolom Kosong", "Lain-lain"]
    rows: list[list[object]] = [["REKAP"], [*heads], [1, "Maleber", 1, 310, 150, 100, 40, 3]]
    page = desk.import_page
    page.open(rows_workbook(desk.session.office.file.path.with_name("rekap.xlsx"), rows))
    _wait(page.choices.isVisible)


def import_preview(desk: OfficeDesk) -> None:
    """A column a TPS; some lines are refused, others new or unchanged."""
    import_empty(desk)
    office = desk.session.office
    whole: dict[str, object] = {**valid_bupati()}
    desas = {
        "KELURAHAN MALEBER": {
            "001": whole,
            "002": {**whole, "cast": 999},
            "901": {**whole, "valid": 28.4, "users.moved.l": "x"},
        },
        "DESA BAREGBEK": {TPS[3][-3:]: whole},
    }
    path = office.file.path.with_name("D.HASIL Ciamis.xlsx")
    page = desk.import_page
    page.open(kecamatan_workbook(path, office.election, BUPATI, desas))
    _wait(page.choices.isVisible)
    page.look()
    _wait(lambda: _is_judged(page))


def _is_judged(page: ImportPage) -> bool:
    return page.shown.table.isVisible() and "Memeriksa" not in page.shown.summary.text


def _wait(is_ready: Callable[[], bool]) -> None:
    end = time.monotonic() + _LONGEST
    while not is_ready() and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)
    assert is_ready()
