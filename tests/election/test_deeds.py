"""Papers of running text, before they are drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from recap_desktop.election.figures.tallies import Cause
from recap_desktop.election.papers.facts import Change, Decision, Draft, Presence, Signer
from recap_desktop.election.papers.hall_papers import corrections, incident_form, receipt
from recap_desktop.election.papers.minutes import Hall, minutes
from recap_desktop.election.papers.zero_reports import Beginning, zero_report
from recap_desktop.election.records.journal import Draft as Said
from recap_desktop.election.records.journal import Kind, Link, make_record
from recap_desktop.election.records.plenary import (
    Attendance,
    Incident,
    Topic,
    plenary_of,
)
from recap_desktop.election.records.plenary import Presence as There
from tests.made_up.every_form import CASES, Case, tallied
from tests.made_up.every_form import facts_of as facts_of_case
from tests.made_up.papers import (
    DESA,
    KELURAHAN,
    KOLOM_KOSONG,
    LONG_PAIR,
    PAIR,
    election_of,
    facts_of,
    filled,
)
from tests.reading_back.deed_text import as_lines

if TYPE_CHECKING:
    from recap_desktop.election.papers.facts import Facts
    from tests.conftest import Golden

TPS = f"{KELURAHAN}004"


def hall() -> Hall:
    link = Link("e", "real", "p/office", 1, "0" * 64)
    over: tuple[str, ...] = ()
    made = []
    turns = [
        ("opened", "open", "2024-11-29T09:10:00+07:00", ""),
        ("suspended", "suspended", "2024-11-29T12:00:00+07:00", "salat Jumat"),
        ("resumed", "open", "2024-11-29T13:30:00+07:00", ""),
    ]
    for turn, phase, at, reason in turns:
        body = {
            "turn": turn,
            "phase": phase,
            "at": at,
            "place": "Aula Kecamatan Ciamis",
            "leader": "Ahmad Fauzi, S.Pd.",
            "agenda": [],
            "reason": reason,
        }
        record = make_record(link, Said(Kind.PLENARY, at, "x", {}, body, over))
        link, over = replace(link, seq=link.seq + 1, prev=record.id), (record.id,)
        made.append(record)
    at = "2024-11-29T09:00:00+07:00"
    return Hall(
        plenary_of(made),
        (
            Attendance("1", "ketua", "", "Ahmad Fauzi, S.Pd.", "", There.PRESENT, at),
            Attendance("2", "saksi-2", "bupati", "Asep", "012/TIM", There.PRESENT, at),
            Attendance("3", "panwas", "", "Rina, S.H.", "7/PW", There.LEFT, at),
        ),
    )


def gathered() -> Facts:
    election = election_of({KELURAHAN: 16, DESA: 3}, choices=(KOLOM_KOSONG, PAIR, LONG_PAIR))
    event = Incident(
        "1",
        Topic.EVENT,
        DESA,
        "Listrik padam",
        "",
        "",
        settled=False,
        at="2024-11-29T10:00:00+07:00",
        first="1",
    )
    objection = replace(
        event,
        id="2",
        topic=Topic.OBJECTION,
        unit=TPS,
        text="Jumlah pengguna berbeda dari daftar hadir",
        raised_by="Saksi nomor urut 2",
        answer="Daftar hadir dibuka, jumlahnya sesuai",
    )
    return facts_of(
        election,
        signers=(
            Signer("ketua", "AHMAD FAUZI, S.Pd."),
            Signer("saksi-2", "ASEP", Presence.REFUSED, "keberatan"),
            Signer("saksi-3", "DADANG", Presence.ABSENT),
        ),
        decisions=(
            Decision(
                TPS,
                Cause.CORRECTED,
                "Salah tulis",
                "Rapat pleno",
                (Change("valid", 1019, 1091), Change("ballots.spoiled", None, 2)),
                "Saksi nomor urut 2",
            ),
            Decision(f"{KELURAHAN}005", Cause.ACCEPTED, "sesuai C.HASIL", "Rapat pleno"),
        ),
        incidents=(event, objection),
    )


def test_the_papers_of_a_plenary_as_text(golden: Golden) -> None:
    facts = gathered()
    golden("deeds/minutes.txt", as_lines(minutes(facts, hall(), filled(facts.election))))
    golden("deeds/incidents.txt", as_lines(incident_form(facts, hall())))
    golden("deeds/corrections.txt", as_lines(corrections(facts)))
    golden("deeds/receipt.txt", as_lines(receipt(facts, hall())))


def test_a_zero_report_as_text(golden: Golden) -> None:
    beginning = Beginning("ab" * 32, "cd" * 32, 19, "ef" * 32, "0.1.0", (("12" * 16, "34" * 32),))
    golden("deeds/zero.txt", as_lines(zero_report(gathered(), hall(), beginning)))


def test_a_plenary_nobody_recorded_leaves_dots_and_every_seat() -> None:
    facts = replace(gathered(), state=Draft(), incidents=(), decisions=())
    text = as_lines(minutes(facts, Hall(), {}))
    assert "Pada hari ini ...................." in text
    assert "5 | " in text and "SAKSI NOMOR URUT 3" in text and "PENGAWAS PEMILU" in text
    assert "0 dari 19 TPS" in text
    assert as_lines(incident_form(facts, Hall())).count("NIHIL") == 1
    assert "draf untuk pencermatan" in as_lines(receipt(facts, Hall()))
    assert "NIHIL" in as_lines(corrections(facts))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_models_of_each_edition_and_level(case: Case, golden: Golden) -> None:
    lines = []
    first = next(iter(tallied(case)))
    for digits in (6, 4, 2):
        facts = facts_of_case(case, first[:digits])
        for deed in (minutes(facts, Hall(), tallied(case)), incident_form(facts, Hall())):
            titles = " / ".join(title.text for title in deed.face.titles)
            lines.append(f"{' / '.join(deed.face.model)}: {titles}")
    golden(f"deeds/models/{case.name}.txt", "\n".join([*lines, ""]))
