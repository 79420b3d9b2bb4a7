"""The plenary of Kecamatan Ciamis through the real window with real keys, killed over night once.

158 TPS with their real figures: two people type beforehand, a third types what is read; three
slips are met, three forms corrected, one recounted, two objections raised of which one stays
unsettled; every desa is closed, then all of it; it is reopened once. Everything is checked
afterwards: records, totals, papers, and the journal against the head that was printed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pypdfium2

from recap_desktop.desk.rail import Place
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.plenary import Phase, Turn
from recap_desktop.office.entry.entering import enter_all
from recap_desktop.office.opening import create_office_for, open_office
from recap_desktop.office.papers.printing import book_of, choose_revision, draw
from recap_desktop.office.plenary.plenaries import attendance, incidents, plenary
from recap_desktop.office.plenary.revisions import all_revisions, close_is_genuine, revisions
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.proof.auditing import audit, rebuild
from tests.desk.conftest import OpenWindow
from tests.journeys.hall import Hall
from tests.journeys.pad import desk_of, press
from tests.made_up.plenary_play import (
    BUPATI,
    FIRST,
    KECAMATAN,
    READER,
    SECOND,
    Play,
    election,
    play,
)

ROOT = Path(__file__).parents[2]
BY_HAND = 6
"""So many TPS are typed beforehand in the window; the rest comes from tables of both people."""


OVER_NIGHT = """
import os, sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from recap_desktop.desk.laptop.background import Background
from recap_desktop.desk.main_window import MainWindow
from recap_desktop.desk.program import dress
from recap_desktop.desk.rail import Place
from recap_desktop.desk.laptop.window_settings import WindowSettings
from recap_desktop.election.records.plenary import Turn
from recap_desktop.office.language import load_words
application = QApplication([])
dress(application, "light")
window = MainWindow(load_words("id"), WindowSettings(), Background())
window.show()
window.activateWindow()
QTest.qWaitForWindowActive(window)
assert window.open_path(Path(sys.argv[1]))
window.desk.session.choose_person(sys.argv[2])
window.desk.session.station_asked.emit(sys.argv[3])
for cell, figure in (("l", "150"), ("p", "16")):
    window.desk.entry.form.focus_cell("voters.dpt." + cell)
    QTest.keyClicks(QApplication.focusWidget(), figure)
window.desk.go_to(Place.PLENO)
window.desk.pleno.turns[Turn.SUSPENDED].click()
QTest.keyClicks(QApplication.focusWidget(), "skors sampai besok pukul 09.00")
window.desk.pleno.foot.next_button.click()
os._exit(9)  # the battery dies
"""


def suspend_and_die(path: Path, tps: str) -> None:
    """Another evening's window: a form half typed, the session suspended, and no more power."""
    code = [sys.executable, "-c", OVER_NIGHT, str(path), READER, tps]
    died = subprocess.run(code, check=False, env=dict(os.environ), cwd=ROOT)
    assert died.returncode == 9


def prepare(path: Path, acted: Play) -> dict[str, dict[str, dict[str, int]]]:
    """An office with what both people typed into tables; what is left for the window, by name."""
    office = create_office_for(path, election=election(), region=KECAMATAN, double_entry=True)
    came = {tps: dict(cells) for tps, cells in acted.paper.items() if cells}
    slipped = {tps: dict(acted.slips.get(tps, cells)) for tps, cells in came.items()}
    by_hand = list(came)[:BY_HAND]
    left = {}
    for name, typed in ((FIRST, slipped), (SECOND, came)):
        rows = [(tps, cells) for tps, cells in typed.items() if tps not in by_hand]
        enter_all(office, BUPATI, rows, by=name)
        left[name] = {tps: typed[tps] for tps in by_hand}
    office.close()
    return left


def texts_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[at].get_textpage().get_text_bounded() for at in range(len(document))]
    document.close()
    return "\n".join(pages)


def test_the_plenary_of_ciamis_with_real_keys(window: OpenWindow, tmp_path: Path) -> None:
    acted = play()
    path = tmp_path / "ciamis.rekap"
    by_hand = prepare(path, acted)

    # Beforehand, and the first two desa.
    desk = desk_of(window(path))
    hall = Hall(desk, acted)
    for name, typed in by_hand.items():
        hall.type_beforehand(name, typed)
    hall.name_oneself(READER)
    hall.open_session()
    hall.record_attendance()
    desas = acted.desas
    for desa in desas[:2]:
        hall.read_desa(desa)
        hall.close_unit(desa)
    own = choose_revision(desk.session.office, BUPATI, desa=desas[0])
    printed = draw(book_of(desk.session.office, BUPATI, desa=desas[0], revision=own))
    spent = hall.spent
    desk.left.emit()

    # Over night: suspended, and killed with a form half typed.
    waiting = acted.below(desas[2])[0]
    suspend_and_die(path, waiting)

    # The next morning everything is there again.
    desk = desk_of(window(path))
    hall = Hall(desk, acted)
    hall.spent = spent
    desk.session.choose_person(READER)
    assert plenary(desk.session.office).phase is Phase.SUSPENDED
    desk.go_to(Place.PLENO)
    assert desk.pleno.phase.text.startswith("Rapat pleno diskors")
    press("\n")
    desk.pleno.foot.take_focus()
    press("\n")
    assert plenary(desk.session.office).phase is Phase.OPEN
    desk.session.station_asked.emit(waiting)
    assert desk.entry.form.cells == {"voters.dpt.l": 150, "voters.dpt.p": 16}
    assert "belum disimpan" in desk.entry.foot.message
    desk.entry.foot.other_button.click()
    for desa in desas[2:]:
        hall.read_desa(desa)
        hall.close_unit(desa)
    hall.close_unit(KECAMATAN)

    # Reopened once, and closed again.
    hall.reopen_unit(KECAMATAN)
    hall.reopen_unit(desas[0])
    hall.close_unit(desas[0])
    hall.close_unit(KECAMATAN)
    desk.pleno.turns[Turn.ENDED].click()
    desk.pleno.foot.take_focus()
    press("\n")
    desk.left.emit()

    # Not one key more than digits, boxes and two a TPS.
    assert hall.spent["TPS"] == 155 - len(acted.slips) + len(acted.recounted)
    assert hall.spent["beyond"] == 2 * hall.spent["TPS"]
    _check(path, acted, printed)


def _check(path: Path, acted: Play, printed: bytes) -> None:
    office = open_office(path)
    stored = list(office.file.contests[BUPATI].tallies())
    assert {row.tps: dict(row.tally.cells) for row in stored} == acted.result
    states = Counter(row.tally.state for row in stored)
    assert states[State.NOT_DELIVERED] == 3
    assert states[State.SETTLED] == len(acted.slips)
    assert states[State.CORRECTED] == len(acted.mended)
    assert all(row.tally.read for row in stored if row.tally.counts)
    # What two people typed alike, and the recount that only the hall heard.
    ruled = len(acted.slips) + len(acted.mended)
    assert states[State.AGREED] == len(stored) - 3 - ruled
    (total,) = totals(office, BUPATI, level=Level.KECAMATAN)
    for cell in ("votes.1", "votes.2", "valid", "invalid", "cast"):
        assert total.sums[cell] == sum(cells.get(cell, 0) for cells in acted.result.values())
    table = office.file.journal
    assert [r.number for r in revisions(office, BUPATI)] == [1, 2]
    assert [r.number for r in revisions(office, BUPATI, acted.desas[0])] == [1, 2]
    assert all(close_is_genuine(office, revision) for revision in all_revisions(office, BUPATI))
    assert [record.body["turn"] for record in table.records_of_kind(Kind.PLENARY)] == [
        *("opened", "suspended", "resumed", "ended"),
    ]
    assert len(attendance(office)) == 7
    assert [one.is_open for one in incidents(office, BUPATI)] == [False, True]
    kinds = Counter(row.kind for row in table.stored_rows())
    assert kinds[Kind.READING.value] == 155 + len(acted.recounted)
    assert kinds[Kind.CLOSE.value] == len(acted.desas) + 1 + 2
    assert kinds[Kind.REOPENING.value] == 2

    # The papers: the first revision as it was printed in the hall, the second as it stands.
    desa = acted.desas[0]
    first, second = revisions(office, BUPATI, desa)
    assert draw(book_of(office, BUPATI, revision=first, desa=desa)) == printed
    whole = revisions(office, BUPATI)[-1]
    text = texts_of(draw(book_of(office, BUPATI, revision=whole)))
    head = " ".join(whole.head[at : at + 4] for at in range(0, 32, 4))
    assert head in text
    assert f"{total.sums['votes.2']:,}".replace(",", ".") in text

    # The journal against the head on the page.
    for anchor in (head, second.head[:32], first.head[:32]):
        found = audit(office, anchor=anchor)
        assert found.faults == ()
        assert found.anchor is not None
    assert rebuild(office) == []
    office.close()
