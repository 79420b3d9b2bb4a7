"""Files that are checked, for the screens that are looked at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from recap_desktop.desk.rail import Place
from recap_desktop.election.records.copies import PaperOf
from recap_desktop.office.papers.copying import read_paper
from recap_desktop.office.papers.printing import book_of, write_book
from recap_desktop.office.papers.slips_as_text import write_slip
from recap_desktop.office.plenary.revisions import standing_revision
from recap_desktop.office.proof.checking import check_file
from tests.made_up.offices import BUPATI, TPS

if TYPE_CHECKING:
    from recap_desktop.desk.history.check_page import CheckPage
    from recap_desktop.desk.office_desk import OfficeDesk


def _page(desk: OfficeDesk) -> tuple[CheckPage, Path]:
    desk.session.choose_person("Siti Aminah")
    desk.go_to(Place.HISTORY)
    desk.history_place.show_check()
    return desk.history_place.check, desk.session.office.file.path.parent


def nothing(desk: OfficeDesk) -> None:
    """Nothing was checked yet."""
    _page(desk)


def sheet(desk: OfficeDesk) -> None:
    """A recap PDF of this office holds."""
    page, folder = _page(desk)
    office = desk.session.office
    revision = standing_revision(office, BUPATI)
    path = folder / "D.HASIL Kecamatan Ciamis Bupati r2.pdf"
    write_book(book_of(office, BUPATI, revision=revision), path)
    page.show_checked(check_file(path, office_path=office.file.path))


def stranger(desk: OfficeDesk) -> None:
    """The same without an office: who signed is not proved."""
    sheet(desk)
    page, folder = _page(desk)
    page.show_checked(check_file(folder / "D.HASIL Kecamatan Ciamis Bupati r2.pdf"))


def changed(desk: OfficeDesk) -> None:
    """A slip that somebody changed."""
    page, folder = _page(desk)
    office = desk.session.office
    made = read_paper(office, BUPATI, PaperOf("slip", TPS[1])).slip
    assert made is not None
    path = folder / "slip.txt"
    write_slip(made(), path)
    path.write_text(path.read_text().replace('"valid":140', '"valid":141'))
    page.show_checked(check_file(path, office_path=office.file.path))
