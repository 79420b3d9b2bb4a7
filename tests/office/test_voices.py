"""In which voice an office tells somebody of findings: by roles, entries and the plenary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recap_desktop.election.checks.voices import Voice
from recap_desktop.election.records.people import person_id
from recap_desktop.election.records.plenary import Turn
from recap_desktop.election.records.roles import Role
from recap_desktop.office.checks.finding_search import FindingSearch
from recap_desktop.office.checks.voices import require_voice, voice_of
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.language import load_words
from recap_desktop.office.people.people import add_person
from recap_desktop.office.people.signing_in import (
    set_first_password,
    set_password,
    sign_in,
    sign_out,
)
from recap_desktop.office.plenary.plenaries import declare
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recap_desktop.office.opening import Office

SPOKEN = "tujuh belas kursi"
ANI = person_id("Ani")


@pytest.fixture
def double(tmp_path: Path) -> Iterator[Office]:
    office = tiny_office(tmp_path / "double.rekap", double_entry=True)
    yield office
    office.close()


def test_one_person_who_does_everything_is_told_everything(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "single.rekap")
    assert voice_of(office, ANI) is Voice.EXACT
    office.close()


def test_who_types_one_of_two_entries_looks_again_until_the_plenary_opens(double: Office) -> None:
    assert voice_of(double, ANI) is Voice.LOOK_AGAIN
    require_voice(double, Voice.EXACT, "")
    declare(double, Turn.OPENED, by="Ani", place="Aula")
    assert voice_of(double, ANI) is Voice.EXACT
    declare(double, Turn.SUSPENDED, by="Ani")
    assert voice_of(double, ANI) is Voice.EXACT


def test_a_search_tells_in_the_voice_it_was_begun_in(double: Office) -> None:
    for name in ("Ani", "Budi"):
        enter(double, BUPATI, TPS[0], {**valid_bupati(), "valid": 150}, by=name)
    search = FindingSearch(double, BUPATI, load_words("id"), voice=voice_of(double, ANI))
    texts = [t for part in search.parts() for one in search.judge(part) for t in one.texts]
    assert len(texts) == 2 and all(text.startswith("Lihat lagi ") for text in texts)


def test_with_roles_the_role_of_who_signed_in_decides(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "guarded.rekap")
    add_person(office, "Dedi Kurnia", Role.CHAIR, by="Dedi Kurnia")
    set_first_password(office, "Dedi Kurnia", SPOKEN)
    add_person(office, "Ani", Role.OPERATOR, by="Dedi Kurnia")
    set_password(office, "Ani", SPOKEN, by="Dedi Kurnia")

    assert voice_of(office, office.present) is Voice.EXACT
    require_voice(office, Voice.EXACT, office.present)
    # Who is not signed in is nobody, whatever name is given.
    assert voice_of(office, ANI) is Voice.LOOK_AGAIN
    sign_out(office)
    assert voice_of(office, person_id("Dedi Kurnia")) is Voice.LOOK_AGAIN
    sign_in(office, "Ani", SPOKEN)
    with pytest.raises(KnownProblem, match="voice-not-yet"):
        require_voice(office, Voice.EXACT, ANI)
    require_voice(office, Voice.LOOK_AGAIN, ANI)
    office.close()
