"""What a heading of somebody else's table means, and when that must be asked."""

from __future__ import annotations

import pytest

from recap_desktop.election.papers.arrangements import arrange
from recap_desktop.election.papers.captions import Captions
from recap_desktop.election.tables.heading_matching import NOTHING, Match, Matcher
from tests.made_up.every_form import CASES, CONTEST, Case, election_of
from tests.made_up.offices import BUPATI, GUBERNUR, tiny_election


def matcher(contest_id: str) -> Matcher:
    election = tiny_election()
    return Matcher(election.layout(contest_id), election.contest(contest_id))


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("DPT L", "voters.dpt.l"),
        ("dpt (perempuan)", "voters.dpt.p"),
        ("Pemilih DPT JML", "voters.dpt.jml"),
        ("DPT LAKI-LAKI (L)", "voters.dpt.l"),
        ("Jumlah DPT (L + P)", "voters.dpt.jml"),
        ("Pengguna DPT LK", "users.dpt.l"),
        ("Pengguna Hak Pilih DPTb PR", "users.special.p"),
        ("Pengguna DPPh L", "users.moved.l"),
        ("Surat suara diterima", "ballots.received"),
        ("SS digunakan", "ballots.used"),
        ("Surat suara rusak/keliru coblos", "ballots.spoiled"),
        ("Surat suara tidak digunakan", "ballots.unused"),
        ("Suara sah", "valid"),
        ("JUMLAH SUARA TIDAK SAH", "invalid"),
        ("Total Suara Sah dan Tidak Sah", "cast"),
        ("Paslon 1", "votes.1"),
        ("Nomor Urut 02", "votes.2"),
        ("kolom kosong", "votes.1"),
        ("2. Dr. H. Herdiat, M.M. - Yana", "votes.2"),
        ("02 HERDIAT", "votes.2"),
        ("votes.2", "votes.2"),
        ("users.special.jml", "users.special.jml"),
    ],
)
def test_headings_as_they_are_found_on_real_sheets_are_known(heading: str, cell: str) -> None:
    assert matcher(BUPATI).match(heading) == Match(cell, is_sure=True)


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        # L, P or both is not said.
        ("DPT", "voters.dpt.jml"),
        # The number is that of another choice than the name.
        ("1. Dr. H. Herdiat", "votes.2"),
        # A name without its number, and not whole.
        ("Herdiat", "votes.2"),
        ("suara syah", "valid"),
    ],
)
def test_what_is_not_sure_is_proposed_and_asked(heading: str, cell: str) -> None:
    assert matcher(BUPATI).match(heading) == Match(cell)


@pytest.mark.parametrize("heading", ["1", "2", "Keterangan", "DPK L", "Paslon 7", "Total", ""])
def test_what_nobody_knows_is_not_guessed(heading: str) -> None:
    found = matcher(GUBERNUR).match(heading)
    assert not found.is_sure


def test_the_heading_above_says_whose_list_is_meant() -> None:
    bupati = matcher(BUPATI)
    users = bupati.match("1. DPT", above="B. PENGGUNA HAK PILIH", line="L")
    voters = bupati.match("DPT", above="A. DATA PEMILIH", line="L")
    assert (users, voters) == (
        Match("users.dpt.l", is_sure=True),
        Match("voters.dpt.l", is_sure=True),
    )


def test_a_total_has_no_men_and_women() -> None:
    assert matcher(BUPATI).match("Suara sah", line="L") == NOTHING


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_line_of_every_paper_of_every_form_is_known_for_sure(case: Case) -> None:
    election = election_of(case)
    form, contest = election.form(CONTEST), election.contest(CONTEST)
    known = Matcher(election.layout(CONTEST), contest)
    captions = Captions.of(election, CONTEST)
    for paper in form.papers.values():
        party, above = None, ""
        for section in arrange(form, paper, captions).sections:
            above, party = section.title, None
            for row in section.rows:
                label = f"{row.number} {' / '.join(row.labels)} {row.note}".strip()
                if not row.lines:
                    party = known.party(label) or (party if known.is_candidates(label) else None)
                    above = label
                for line in row.lines:
                    found = known.match(label, above=above, line=line.word, party=party)
                    assert found == Match(line.cell, is_sure=True), (paper.id, label, line.word)
