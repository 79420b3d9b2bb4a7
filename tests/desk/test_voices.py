"""The findings beside the form, in the boxes and in the list, in the voice of who types."""

from __future__ import annotations

from pathlib import Path

from recap_desktop.desk.entry.number_field import NumberField
from recap_desktop.desk.office_desk import OfficeDesk
from recap_desktop.desk.rail import Place
from recap_desktop.election.records.plenary import Turn
from recap_desktop.office.plenary.plenaries import declare
from tests.desk.conftest import OpenWindow
from tests.journeys.pad import digits_of, name_oneself, press
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati

WRONG = {**valid_bupati(), "valid": 150}


def typed(window: OpenWindow, path: Path, *, double_entry: bool) -> OfficeDesk:
    """The form of the first TPS typed and not saved, with two identities broken."""
    tiny_office(path, double_entry=double_entry).close()
    shown = window(path)
    assert shown.desk is not None
    shown.desk.session.choose_contest(BUPATI)
    shown.desk.go_to(Place.ENTRY)
    name_oneself(shown.desk)
    shown.desk.entry.open_station(TPS[0])
    press(digits_of(shown.desk, WRONG))
    return shown.desk


def test_who_types_one_of_two_entries_looks_again(window: OpenWindow, tmp_path: Path) -> None:
    entry = typed(window, tmp_path / "d.rekap", double_entry=True).entry

    texts = entry.findings.texts
    assert len(texts) == 2 and all(text.startswith("Lihat lagi ") for text in texts)
    assert not any("seharusnya" in text for text in texts)
    (said,) = (f.toolTip() for f in entry.form.findChildren(NumberField) if f.cell == "valid")
    assert said.startswith("Lihat lagi ") and "seharusnya" not in said


def test_one_person_alone_is_told_exactly(window: OpenWindow, tmp_path: Path) -> None:
    entry = typed(window, tmp_path / "s.rekap", double_entry=False).entry

    assert any("seharusnya 140" in text for text in entry.findings.texts)


def test_once_the_plenary_opens_everything_is_exact(window: OpenWindow, tmp_path: Path) -> None:
    desk = typed(window, tmp_path / "d.rekap", double_entry=True)

    desk.go_to(Place.OVERVIEW)
    office = desk.session.office
    desk.session.record(lambda: declare(office, Turn.OPENED, by="Siti", place="Aula"))
    desk.go_to(Place.ENTRY)
    desk.entry.open_station(TPS[0])
    press(digits_of(desk, WRONG))

    assert any("seharusnya 140" in text for text in desk.entry.findings.texts)
