"""Two posts of one office, what passes between them, and what a revision says for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import (
    Decision,
    accept,
    correct,
    new_round,
    not_delivered,
    reopen,
    withdraw,
)
from recap_desktop.office.opening import Office, open_office
from recap_desktop.office.papers.printing import book_of, draw
from recap_desktop.office.plenary.revisions import Revision, revisions, tallies_at, whole_total
from recap_desktop.office.posts.exchanging import give, take_in
from recap_desktop.office.progress.overview import totals
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, TPS, Clock, valid_bupati

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    import pytest

    from recap_desktop.election.figures.totals import Total

Frozen = dict[str, tuple["Total", list[object], bytes]]

DECISION = Decision("Ketua", "diputuskan dalam pleno")
NAMES = ("Ani", "Budi", "Citra")


def second_post(
    here: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Office, Office]:
    """Two laptops of one office: the second begins with a copy of the first one's file."""
    here.close()
    here = open_office(here.file.path, clock=Clock())
    return here, one_more_post(here, tmp_path / "b.rekap", monkeypatch)


def one_more_post(here: Office, copy: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """One more laptop, which begins with a copy of a file in which nothing is being written."""
    copy.write_bytes(here.file.path.read_bytes())
    monkeypatch.setenv("RECAP_DATA_DIR", str(copy.with_suffix(".laptop")))
    there = open_office(copy, clock=Clock())
    there.go_on_as_new_post()
    return there


def exchange(*offices: Office) -> None:
    """Everybody takes in what everybody has."""
    for taker in offices:
        for giver in offices:
            take_in(taker, give(giver))


def frozen(office: Office) -> Frozen:
    """Everything each revision of the bupati contest says, with the bytes of its PDF."""
    return {r.head: _frozen(office, r) for r in revisions(office, BUPATI)}


def _frozen(office: Office, revision: Revision) -> tuple[Total, list[object], bytes]:
    tallies = tallies_at(office, BUPATI, revision)
    said: list[object] = [(tps, tally.state, dict(tally.cells)) for tps, tally in tallies]
    pdf = draw(book_of(office, BUPATI, revision=revision))
    return whole_total(office, BUPATI, tallies), said, pdf


def act(office: Office, chance: Random) -> None:
    """Something a person of the plenary may do, refused or not."""
    tps = chance.choice(TPS)
    cells = valid_bupati(chance.choice((40, 41)))
    name = chance.choice(NAMES)
    deeds = (
        lambda: enter(office, BUPATI, tps, cells, by=name),
        lambda: enter(office, BUPATI, tps, cells, by=name),
        lambda: enter(office, BUPATI, tps, cells, by=name),
        lambda: correct(office, BUPATI, tps, changes=dict(cells), decision=DECISION),
        lambda: accept(office, BUPATI, tps, decision=DECISION),
        lambda: not_delivered(office, BUPATI, tps, decision=DECISION),
        lambda: reopen(office, BUPATI, tps, decision=DECISION),
        lambda: new_round(office, BUPATI, tps, decision=DECISION),
        lambda: withdraw(office, BUPATI, tps, decision=DECISION),
    )
    try:
        chance.choice(deeds)()
    except KnownProblem:
        return


def standing(office: Office) -> list[object]:
    tables = office.file.contests[BUPATI]
    return [list(tables.tallies()), totals(office, BUPATI, level=Level.KECAMATAN)]
