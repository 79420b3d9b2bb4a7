"""Two posts of one office, what passes between them, and what a revision says for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.office.exchanging import give, take_in
from recap_desktop.office.opening import Office, open_office
from recap_desktop.office.printing import book_of, draw
from recap_desktop.office.revisions import Revision, revisions, tallies_at, whole_total
from tests.offices import BUPATI, Clock

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from recap_desktop.election.totals import Total

Frozen = dict[str, tuple["Total", list[object], bytes]]


def second_post(
    here: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Office, Office]:
    """Two laptops of one office: the second begins with a copy of the first one's file."""
    here.close()
    copy = tmp_path / "b.rekap"
    copy.write_bytes(here.file.path.read_bytes())
    here = open_office(here.file.path, clock=Clock())
    monkeypatch.setenv("RECAP_DATA_DIR", str(tmp_path / "second laptop"))
    there = open_office(copy, clock=Clock())
    there.go_on_as_new_post()
    return here, there


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
