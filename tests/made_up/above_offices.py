"""Offices above at work: what came of those below, in every state, for scenes and journeys."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import read_code
from recap_desktop.election.records.plenary import Turn
from recap_desktop.election.records.unit_records import Outcome
from recap_desktop.exchange.election_folder import build_election
from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.entry.ruling import Decision
from recap_desktop.office.keys.certifying import certify_posts
from recap_desktop.office.opening import Office, open_office
from recap_desktop.office.plenary import closing
from recap_desktop.office.plenary.child_reading import read_child
from recap_desktop.office.plenary.plenaries import declare
from recap_desktop.office.upward import unit_figures
from recap_desktop.office.upward.alarms import raise_alarm
from recap_desktop.office.upward.package_preview import preview
from recap_desktop.office.upward.proposals import leave
from recap_desktop.office.upward.receipts import give_receipt, take_receipt
from recap_desktop.office.upward.receiving import Typed, receive
from recap_desktop.office.upward.sending import send
from tests.made_up.keys import certify, keyed
from tests.made_up.offices import BUPATI, CIAMIS, TPS, Clock, tiny_election, valid_bupati
from tests.made_up.upward import CIKONENG, DECISION, KABKO, Ladder
from tests.office.test_ciamis import ELECTION, FIGURES, rows

if TYPE_CHECKING:
    from pathlib import Path


TUTI = "Tuti"
FAR = "3207022001001"
_WHY = Decision(TUTI, "salah salin di D.HASIL", raised_by="Saksi nomor 2", decided_by="Rapat pleno")


def _ladder(path: Path) -> Ladder:
    folder = path.parent / path.stem
    folder.mkdir()
    ladder = Ladder(folder)
    ladder.office(KABKO)
    typed = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
    entering.enter_all(ladder.office(CIAMIS), BUPATI, typed, by="Siti")
    return ladder


def _end(ladder: Ladder, path: Path) -> None:
    ladder.close()
    (ladder.folder / f"{KABKO}.rekap").rename(path)


def hall(path: Path) -> None:
    """The plenary is open; one kecamatan was received, of the other nothing came."""
    ladder = _ladder(path)
    ladder.receive(ladder.package(CIAMIS))
    office = ladder.offices[KABKO]
    declare(office, Turn.OPENED, by=TUTI, place="Aula KPU Ciamis", leader="Oong Ramdani")
    _end(ladder, path)


def all_came(path: Path) -> None:
    """Both kecamatan were received; the plenary is open, nothing was read out."""
    ladder = _ladder(path)
    entering.enter(ladder.office(CIKONENG), BUPATI, FAR, valid_bupati(30), by="Siti")
    for code in (CIAMIS, CIKONENG):
        ladder.receive(ladder.package(code))
    office = ladder.offices[KABKO]
    declare(office, Turn.OPENED, by=TUTI, place="Aula KPU Ciamis", leader="Oong Ramdani")
    _end(ladder, path)


def corrected(path: Path) -> None:
    """What was received was corrected at a TPS and on the unit; a later revision speaks against it."""
    ladder = _ladder(path)
    office = ladder.offices[KABKO]
    ladder.receive(ladder.package(CIAMIS))
    declare(office, Turn.OPENED, by=TUTI, place="Aula KPU Ciamis", leader="Oong Ramdani")
    ruling.correct(office, BUPATI, TPS[0], changes={"votes.1": 41}, decision=_WHY)
    ruling.correct(office, BUPATI, TPS[1], changes={"votes.2": 99}, decision=_WHY)
    cells = {"votes.1": 5, "votes.2": -5, "voters.dpt.l": -12, "voters.dpt.jml": -12}
    unit_figures.add_difference(office, BUPATI, CIAMIS, cells=cells, decision=_WHY)
    below = ladder.again(CIAMIS)
    ruling.correct(below, BUPATI, TPS[0], changes={"votes.1": 42}, decision=DECISION)
    ruling.accept(below, BUPATI, TPS[0], decision=DECISION)
    ladder.receive(ladder.package(CIAMIS))
    why = "pembaca hasil belum hadir"
    read_child(office, BUPATI, CIKONENG, by=TUTI, outcome=Outcome.POSTPONED, reason=why)
    _end(ladder, path)


def prepare_restored(folder: Path, path: Path) -> tuple[Path, Path, Path]:
    """A kabko with a key at ``path``, and a kecamatan that was restored from a backup.

    Returns:
        What it sent before, what it sent first after it was restored, and what it sent then.
    """
    election = tiny_election()
    upper = keyed(folder, KABKO, election, on_medium=True)
    lower = keyed(folder, CIAMIS, election)
    certify(upper, lower)
    typed = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
    entering.enter_all(lower.office, BUPATI, typed, by="Siti")
    certify_posts(lower.office, key=lower.key, by="Ketut")
    lower.office.close()
    backup = folder / "cadangan.rekap"
    shutil.copy(lower.office.file.path, backup)

    def sent(office: Office, number: int) -> Path:
        stick = folder / f"stik-{number}"
        stick.mkdir()
        closing.close(office, BUPATI, by="Siti", place="Ciamis")
        return send(office, BUPATI, stick, key=lower.key, by="Siti").path

    with_first = open_office(lower.office.file.path, clock=Clock())
    made = [sent(with_first, 1)]
    with_first.close()
    office = open_office(backup, clock=Clock())
    office.go_on_as_new_post()
    certify_posts(office, key=lower.key, by="Ketut")
    for number, (tps, votes) in enumerate(((TPS[0], 47), (TPS[1], 60)), start=2):
        if number > 2:
            closing.reopen_contest(office, BUPATI, by="Siti", reason="keliru", decided_by="Ketua")
        changes = {"votes.1": votes, "votes.2": 140 + TPS.index(tps) - votes}
        ruling.correct(office, BUPATI, tps, changes=changes, decision=DECISION)
        made.append(sent(office, number))
    office.close()
    upper.office.close()
    (folder / f"{KABKO}.rekap").rename(path)
    first, second, third = made
    return first, second, third


def restored(path: Path) -> None:
    """An alarm waits: what a kecamatan sent after it was restored does not extend what came before."""
    folder = path.parent / path.stem
    folder.mkdir()
    first, second, _ = prepare_restored(folder, path)
    office = open_office(path, clock=Clock())
    for package in (first, second):
        seen = preview(office, package)
        if seen.alarm:
            raise_alarm(office, seen, by=TUTI)
        else:
            typed = Typed(seen.proved.totals, seen.proved.statement.head[:8])
            receive(office, seen, typed=typed, by=TUTI)
    office.close()


def moved(path: Path) -> None:
    """A difference was decided; then a revision came that changed figures below its unit."""
    ladder = _ladder(path)
    office = ladder.offices[KABKO]
    ladder.receive(ladder.package(CIAMIS))
    declare(office, Turn.OPENED, by=TUTI, place="Aula KPU Ciamis", leader="Oong Ramdani")
    unit_figures.add_difference(office, BUPATI, CIAMIS, cells={"votes.1": 5}, decision=_WHY)
    below = ladder.again(CIAMIS)
    ruling.correct(below, BUPATI, TPS[0], changes={"votes.1": 42}, decision=DECISION)
    ruling.accept(below, BUPATI, TPS[0], decision=DECISION)
    ladder.receive(ladder.package(CIAMIS))
    _end(ladder, path)


def proposed(path: Path) -> None:
    """A kecamatan to which a receipt brought three corrections; one was left with a reason."""
    ladder = _ladder(path)
    above, below = ladder.offices[KABKO], ladder.offices[CIAMIS]
    ladder.receive(ladder.package(CIAMIS))
    changes = {"votes.1": 50, "valid": 150, "cast": 155}
    ruling.correct(above, BUPATI, TPS[0], changes=changes, decision=_WHY)
    ruling.not_delivered(above, BUPATI, TPS[1], decision=_WHY)
    unit_figures.add_difference(above, BUPATI, CIAMIS, cells={"votes.2": -2}, decision=_WHY)
    receipt = ladder.folder / "ciamis.terima"
    give_receipt(above, BUPATI, CIAMIS, receipt, key=ladder.key(KABKO))
    take_receipt(below, receipt, by="Siti", trust=ladder.trust)
    ladder.again(CIAMIS)
    why = Decision("Siti", "C.HASIL berkata lain", decided_by="Rapat pleno")
    leave(below, BUPATI, TPS[1], decision=why)
    ladder.close()
    (ladder.folder / f"{CIAMIS}.rekap").rename(path)


def real(path: Path, kecamatan: tuple[str, ...] = ("320705", "320710", "320718")) -> None:
    """Some kecamatan of Ciamis with their published figures, received; the plenary is open."""
    folder = path.parent / path.stem
    folder.mkdir()
    own = [row for row in rows() if read_code(row["kode_desa"]).startswith(kecamatan)]
    (folder / "election.toml").write_text(ELECTION, encoding="utf-8")
    stations = ["kode_desa,tps,dpt_l,dpt_p", *(f"{r['kode_desa']},{r['tps']},," for r in own)]
    (folder / "stations.csv").write_text("\n".join(stations), encoding="utf-8")
    ladder = Ladder(folder, election=build_election(folder))
    ladder.office(KABKO)
    figures = {
        read_code(row["kode_desa"]) + row["tps"].zfill(3): {
            cell: int(row[cell]) for cell in FIGURES if row[cell]
        }
        for row in own
    }
    for code in kecamatan:
        office = ladder.office(code)
        typed = [(tps, cells) for tps, cells in figures.items() if tps.startswith(code) and cells]
        entering.enter_all(office, BUPATI, typed, by="Siti")
        for fault in closing.missing(office, BUPATI):
            decide = ruling.accept if fault.code == "close-broken" else ruling.not_delivered
            decide(office, BUPATI, str(fault.details["tps"]), decision=DECISION)
        ladder.receive(ladder.package(code))
    office = ladder.offices[KABKO]
    declare(office, Turn.OPENED, by=TUTI, place="Aula KPU Ciamis", leader="Oong Ramdani")
    _end(ladder, path)


def on_paper(path: Path) -> None:
    """Of one kecamatan only its paper was typed; of the other a package came that says otherwise."""
    ladder = _ladder(path)
    office = ladder.offices[KABKO]
    unit_figures.type_paper_total(office, BUPATI, CIAMIS, cells={"votes.1": 211}, by=TUTI)
    ladder.receive(ladder.package(CIAMIS))
    cells = {"votes.1": 30, "votes.2": 100, "valid": 130, "invalid": 5, "cast": 135}
    unit_figures.type_paper_total(office, BUPATI, CIKONENG, cells=cells, by=TUTI)
    _end(ladder, path)
