"""The 27 kecamatan of Ciamis, their kabupaten and the provinsi: the same totals at every level."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from recap_desktop.election.definitions.regions import Level, read_code
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.papers.sheets import ColumnKind, Sheet
from recap_desktop.exchange.election_folder import build_election
from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.entry.conflicts import sides, uphold
from recap_desktop.office.opening import Office
from recap_desktop.office.papers.printing import book_of
from recap_desktop.office.plenary import closing
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.upward import unit_figures
from recap_desktop.office.upward.children import Came, children
from recap_desktop.office.upward.package_preview import Fate
from recap_desktop.office.upward.receipts import give_receipt, proposals, take_receipt
from tests.office.test_ciamis import ELECTION, FIGURES, OFFICIAL_SUMS, rows
from tests.offices import BUPATI
from tests.upward import DECISION, KABKO, PROVINSI, Ladder

ABSORBED, CONFLICT = "320701", "320702"
"""Kecamatan that send a second revision."""

Rows = dict[str, dict[str, int]]


def figures() -> Rows:
    """TPS -> its published figures."""
    return {
        read_code(row["kode_desa"]) + row["tps"].zfill(3): {
            cell: int(row[cell]) for cell in FIGURES if row[cell]
        }
        for row in rows()
    }


@pytest.fixture(scope="module")
def ladder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ladder]:
    folder = tmp_path_factory.mktemp("tiga")
    (folder / "election.toml").write_text(ELECTION, encoding="utf-8")
    stations = ["kode_desa,tps,dpt_l,dpt_p", *(f"{r['kode_desa']},{r['tps']},," for r in rows())]
    (folder / "stations.csv").write_text("\n".join(stations), encoding="utf-8")
    ladder = Ladder(folder, election=build_election(folder), root=PROVINSI)
    yield ladder
    ladder.close()


def total(office: Office) -> dict[str, int]:
    (whole,) = totals(office, BUPATI, level=Level.KABKO)
    return {cell: whole.sums[cell] for cell in FIGURES}


def put_in_order(office: Office) -> None:
    """What contradicts itself is accepted as written, as a plenary may."""
    for fault in closing.missing(office, BUPATI):
        tps = str(fault.details["tps"])
        decide = ruling.accept if fault.code == "close-broken" else ruling.not_delivered
        decide(office, BUPATI, tps, decision=DECISION)


def send_all(ladder: Ladder) -> None:
    """Each kecamatan enters, closes and sends; the kabupaten receives."""
    given = figures()
    for code in sorted({tps[:6] for tps in given}):
        office = ladder.office(code)
        own = [(tps, cells) for tps, cells in given.items() if tps.startswith(code) and cells]
        entering.enter_all(office, BUPATI, own, by="Siti")
        put_in_order(office)
        ladder.receive(ladder.package(code))
        if code not in (ABSORBED, CONFLICT):
            ladder.offices.pop(code).close()


def first_of(office: Office, kecamatan: str) -> str:
    """A TPS whose figures count."""
    known = office.file.contests[BUPATI].tallies(kecamatan)
    return next(stored.tps for stored in known if stored.tally.state is State.SINGLE)


def revise(ladder: Ladder, code: str, tps: str, votes: int) -> None:
    office = ladder.again(code)
    ruling.correct(office, BUPATI, tps, changes={"votes.1": votes}, decision=DECISION)
    if office.file.layers.tally(office.file.journal.records(BUPATI, tps)).state is State.CORRECTED:
        put_in_order(office)


def test_totals_are_the_same_at_every_level(ladder: Ladder) -> None:
    kabko, prov = ladder.office(KABKO), ladder.office(PROVINSI)
    send_all(ladder)
    assert len(children(kabko, BUPATI)) == 27
    assert all(one.is_final and one.came is Came.RECEIVED for one in children(kabko, BUPATI))
    assert total(kabko) == OFFICIAL_SUMS
    # Two corrections above: one at a TPS, one of a kecamatan; and one that will be disputed.
    same, other = first_of(kabko, ABSORBED), first_of(kabko, CONFLICT)
    ruling.correct(kabko, BUPATI, same, changes={"votes.1": 90}, decision=DECISION)
    ruling.correct(kabko, BUPATI, other, changes={"votes.1": 91}, decision=DECISION)
    unit_figures.add_difference(
        kabko, BUPATI, "320703", cells={"votes.1": 5, "votes.2": -5}, decision=DECISION
    )
    # A second revision of each kecamatan: one says what was ruled, one says something else.
    revise(ladder, ABSORBED, same, 90)
    revise(ladder, CONFLICT, other, 92)
    for code, tps, fate in (
        (ABSORBED, same, Fate.ABSORBED),
        (CONFLICT, other, Fate.CONFLICT),
    ):
        path = ladder.package(code)
        assert ladder.look(path).rulings[tps] is fate
        ladder.receive(path)
    assert [fault.code for fault in closing.missing(kabko, BUPATI)] == ["close-conflict-below"]
    (theirs,) = [side for side in sides(kabko, BUPATI, other) if side.office]
    uphold(kabko, BUPATI, other, side=theirs.ruling, decision=DECISION)
    for fault in closing.missing(kabko, BUPATI):
        ruling.accept(kabko, BUPATI, str(fault.details["tps"]), decision=DECISION)
    decided = total(kabko)
    published = figures()
    assert decided["votes.1"] == OFFICIAL_SUMS["votes.1"] + 5 + (
        90 - published[same]["votes.1"] + 92 - published[other]["votes.1"]
    )
    assert decided["votes.2"] == OFFICIAL_SUMS["votes.2"] - 5
    revision = closing.close(kabko, BUPATI, by="Tuti")
    sheet = book_of(kabko, BUPATI, revision=revision).papers[0]
    assert isinstance(sheet, Sheet)
    assert sum(unit.kind is ColumnKind.DIFFERENCE for unit in sheet.units) == 1
    assert {cell: sheet.totals[cell].value for cell in FIGURES} == decided
    ladder.receive(ladder.package(KABKO), PROVINSI)
    assert total(prov) == decided
    (child,) = children(prov, BUPATI)
    assert child.is_final and child.revision == 1
    assert not audit(prov).faults and not audit(kabko).faults
    back(ladder, KABKO, PROVINSI)
    back(ladder, ABSORBED, KABKO)
    assert proposals(kabko, BUPATI) == []
    (proposed,) = proposals(ladder.offices[ABSORBED], BUPATI)
    assert (proposed.tps, proposed.is_done) == (same, True)


def back(ladder: Ladder, below: str, above: str) -> None:
    """A receipt is carried back, with the certificates that lead to who signed it."""
    path = ladder.folder / f"{below}.terima"
    give_receipt(
        ladder.offices[above],
        BUPATI,
        below,
        path,
        key=ladder.key(above),
        certificates=ladder.certificates(above),
    )
    taken = take_receipt(ladder.offices[below], path, by="Siti", trust=ladder.trust)
    assert taken.body["receiver"] == above
