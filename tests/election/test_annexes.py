"""The annex tells what the figures of the sheets do not."""

from __future__ import annotations

from recap_desktop.election.checks import rules
from recap_desktop.election.figures.tallies import EMPTY, Cause, State, Tally
from recap_desktop.election.papers.annexes import Annex, Item, annex
from recap_desktop.election.papers.facts import Change, Decision, Facts
from recap_desktop.election.records.plenary import Incident, Topic
from tests.made_up.papers import CONTEST, DESA, KECAMATAN, KELURAHAN, election_of, facts_of, filled

FINDINGS, DECISIONS, MISSING, BLANKS, INCIDENTS = range(5)


def texts(paper: Annex, listing: int) -> list[tuple[str, ...]]:
    entries = paper.listings[listing].entries
    return [tuple(item.text for item in entry) for entry in entries]


def test_with_nothing_to_tell_every_list_is_empty_and_says_so() -> None:
    election = election_of({DESA: 2})
    paper = annex(facts_of(election), KECAMATAN, filled(election))
    assert [listing.entries for listing in paper.listings] == [(), (), (), (), ()]
    assert {listing.empty for listing in paper.listings} == {"NIHIL"}


def test_findings_name_the_station_the_rows_and_the_figures() -> None:
    election = election_of({DESA: 1}, names={DESA: "Panyingkiran"})
    cells = {"votes.1": 60, "votes.2": 40, "valid": 100, "invalid": 3, "cast": 104}
    tps = f"{DESA}001"
    found = rules.judge(election.layout(CONTEST), cells)
    facts = facts_of(election, findings={tps: found})
    paper = annex(facts, KECAMATAN, {tps: Tally(State.AGREED, cells, counts=True)})
    (entry,) = texts(paper, FINDINGS)
    assert entry[:2] == ("PANYINGKIRAN TPS 001", "V.C, V.A, V.B")
    assert "104" in entry[2]
    assert "103" in entry[2]


def test_blank_cells_are_named_by_their_rows() -> None:
    election = election_of({DESA: 1}, names={DESA: "Panyingkiran"})
    cells = {"votes.1": 40, "valid": 100, "invalid": 3, "cast": 103}
    tps = f"{DESA}001"
    facts = facts_of(election, findings={tps: rules.judge(election.layout(CONTEST), cells)})
    paper = annex(facts, KECAMATAN, {tps: Tally(State.AGREED, cells, counts=True)})
    (entry,) = texts(paper, FINDINGS)
    assert entry[:2] == ("PANYINGKIRAN TPS 001", "IV.2, V.A")
    assert "40" in entry[2]
    assert "100" in entry[2]


def decided(*decisions: Decision) -> Facts:
    return facts_of(election_of({DESA: 3}, names={DESA: "Panyingkiran"}), decisions=decisions)


def test_a_correction_strikes_out_the_old_figure() -> None:
    changes = (Change("users.total.l", 31, 13), Change("invalid", None, 0))
    facts = decided(Decision(f"{DESA}002", Cause.CORRECTED, "Salah tulis", "Rapat pleno", changes))
    paper = annex(facts, KECAMATAN, filled(facts.election))
    first, second = paper.listings[DECISIONS].entries
    assert [item.text for item in first] == [
        "PANYINGKIRAN TPS 002",
        "dibetulkan",
        "I.B.4 (L)",
        "13",
        "Salah tulis",
        "Rapat pleno",
        "",
    ]
    assert first[3].struck == "31"
    assert second[2:4] == (Item("V.B"), Item("0", struck="kosong"))


def test_an_accepted_form_is_told_with_its_reason() -> None:
    facts = decided(Decision(f"{DESA}001", Cause.ACCEPTED, "Kotak sudah disegel", "Ketua PPK"))
    (entry,) = texts(annex(facts, KECAMATAN, filled(facts.election)), DECISIONS)
    assert entry[1:] == ("diterima apa adanya", "", "", "Kotak sudah disegel", "Ketua PPK", "")


def test_stations_that_are_missing_are_listed_with_their_state() -> None:
    tps = f"{DESA}003"
    facts = decided(Decision(tps, Cause.NOT_DELIVERED, "C.HASIL tidak ada di kotak"))
    tallied = {tps: Tally(State.NOT_DELIVERED, {}, counts=False), f"{DESA}001": EMPTY}
    paper = annex(facts, KECAMATAN, tallied)
    assert texts(paper, MISSING) == [
        ("PANYINGKIRAN TPS 003", "tidak disampaikan", "C.HASIL tidak ada di kotak"),
        ("PANYINGKIRAN TPS 001, 002", "belum diisi", ""),
    ]
    assert texts(paper, DECISIONS) == []


def test_blank_cells_are_listed_once_for_lines_that_are_blank_alike() -> None:
    election = election_of({KELURAHAN: 2, DESA: 4}, names={DESA: "Panyingkiran"})
    tallied = filled(election)
    for tps in tallied:
        cells = dict(tallied[tps].cells)
        del cells["ballots.spoiled"]
        if tps in {f"{DESA}001", f"{DESA}002", f"{DESA}003"}:
            del cells["users.moved.l"], cells["users.moved.p"]
        tallied[tps] = Tally(State.AGREED, cells, counts=True)
    assert texts(annex(facts_of(election), KECAMATAN, tallied), BLANKS) == [
        (
            "I.B.2 (L, P)",
            "Jumlah pengguna hak pilih dalam Daftar Pemilih Pindahan (DPPh)",
            "3",
            "PANYINGKIRAN TPS 001\N{EN DASH}003",
        ),
        (
            "II.3",
            "Jumlah surat suara yang dikembalikan oleh pemilih",
            "6",
            "semua TPS yang masuk",
        ),
    ]
    (of_desa,) = texts(annex(facts_of(election), KELURAHAN, tallied), BLANKS)
    assert of_desa[2] == "2"


def incident(unit: str, topic: Topic, *, settled: bool = False, at: str = "") -> Incident:
    when = at or "2024-12-01T10:15:00+07:00"
    return Incident("a", topic, unit, "DPTb tidak sesuai", "Saksi 2", "Dibuka", settled, when, "a")


def test_what_was_put_on_record_stands_with_its_answer() -> None:
    said = (
        incident(f"{DESA}002", Topic.OBJECTION),
        incident(DESA, Topic.OBJECTION, settled=True, at="menjelang siang"),
        incident(KELURAHAN, Topic.EVENT),
        incident(KECAMATAN, Topic.EVENT),
    )
    election = election_of({DESA: 2, KELURAHAN: 1}, names={DESA: "Panyingkiran"})
    facts = facts_of(election, incidents=said)
    whole = texts(annex(facts, KECAMATAN, filled(election)), INCIDENTS)
    assert [(row[1], row[5]) for row in whole][:2] == [
        *(("PANYINGKIRAN TPS 002", "belum"), ("DESA PANYINGKIRAN", "selesai")),
    ]
    assert (whole[0][0], whole[1][0]) == ("1 Desember 2024 10.15", "menjelang siang")
    assert whole[0][3] == "Keberatan: DPTb tidak sesuai"
    assert [row[5] for row in whole][2:] == ["", ""]
    own = texts(annex(facts, DESA, filled(election)), INCIDENTS)
    assert [row[1] for row in own] == ["PANYINGKIRAN TPS 002", "DESA PANYINGKIRAN"]
