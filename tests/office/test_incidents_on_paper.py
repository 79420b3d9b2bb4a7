"""What was put on record in the plenary stands in the annex of a revision as it was then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.election.papers.annexes import Annex
from recap_desktop.election.records.plenary import Topic
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.opening import Office
from recap_desktop.office.papers.printing import book_of, draw
from recap_desktop.office.plenary.closing import close
from recap_desktop.office.plenary.plenaries import Speech, answer_incident, put_on_record
from recap_desktop.office.plenary.revisions import standing_revision
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, tiny_office, valid_bupati

MALEBER, BAREGBEG = "3207011001", "3207012001"
NAMED, TEXT, ANSWER, SETTLED = 1, 3, 4, 5


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = tiny_office(tmp_path / "o.rekap")
    for tps in TPS:
        enter(made, BUPATI, tps, valid_bupati(), by="Ani")
    yield made
    made.close()


def spoken(office: Office, unit: str, text: str, *, contest: str = BUPATI) -> str:
    speech = Speech(Topic.OBJECTION, text, unit=unit, raised_by="Saksi 2")
    return put_on_record(office, contest, speech, by="Ani").id


def listed(office: Office, *, desa: str = "", is_draft: bool = False) -> list[tuple[str, ...]]:
    """The list of the annex that is bound last."""
    unit = desa or ""
    revision = None if is_draft else standing_revision(office, BUPATI, unit)
    annexes = [
        p
        for p in book_of(office, BUPATI, revision=revision, desa=desa).papers
        if isinstance(p, Annex)
    ]
    entries = annexes[-1].listings[-1].entries
    return [tuple(item.text for item in entry) for entry in entries]


def test_a_revision_tells_what_was_on_record_then_and_a_draft_what_is_now(office: Office) -> None:
    first = spoken(office, TPS[0], "DPTb tidak sesuai")
    spoken(office, TPS[0], "dari pemilihan lain", contest=GUBERNUR)
    closed = close(office, BUPATI, by="Ani")
    before = draw(book_of(office, BUPATI, revision=closed))
    answer_incident(office, BUPATI, first, by="Ani", answer="Dibuka, sesuai", settled=True)
    spoken(office, BAREGBEG, "Pengeras suara rusak")
    assert [(row[TEXT], row[ANSWER], row[SETTLED]) for row in listed(office)] == [
        ("Keberatan: DPTb tidak sesuai", "", "belum")
    ]
    assert [(row[TEXT], row[ANSWER], row[SETTLED]) for row in listed(office, is_draft=True)] == [
        ("Keberatan: DPTb tidak sesuai", "Dibuka, sesuai", "selesai"),
        ("Keberatan: Pengeras suara rusak", "", "belum"),
    ]
    assert draw(book_of(office, BUPATI, revision=closed)) == before


def test_a_desa_has_its_own_only(office: Office) -> None:
    spoken(office, TPS[0], "tentang TPS")
    spoken(office, MALEBER, "tentang desa")
    spoken(office, BAREGBEG, "tentang desa lain")
    spoken(office, "", "tentang rapat")
    close(office, BUPATI, by="Ani", unit=MALEBER)
    assert [row[TEXT] for row in listed(office, desa=MALEBER)] == [
        *("Keberatan: tentang TPS", "Keberatan: tentang desa"),
    ]
    assert len(listed(office, is_draft=True)) == 4
