"""Long work is given up at any of its steps: nothing of it is left, and it can be begun again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from recap_desktop.election.records.roles import Deed
from recap_desktop.exchange.package_folder import folder_of, kept_package
from recap_desktop.office.entry import entering
from recap_desktop.office.people.people import signer
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.proof.proving_packages import prove_package
from recap_desktop.office.upward import receiving
from recap_desktop.office.upward.package_preview import preview
from recap_desktop.way import GivenUp, Way
from tests.made_up.offices import BUPATI, CIAMIS, TPS, valid_bupati
from tests.made_up.upward import KABKO, Ladder, paper_of


@pytest.fixture
def ladder(tmp_path: Path) -> Iterator[Ladder]:
    ladder = Ladder(tmp_path)
    ladder.office(KABKO)
    rows = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
    entering.enter_all(ladder.office(CIAMIS), BUPATI, rows, by="Siti")
    yield ladder
    ladder.close()


class Patience:
    """Hears how far work is; ends it at the step that is asked for."""

    def __init__(self, until: int = 1 << 30) -> None:
        self.heard: list[float] = []
        self._until = until

    def tell(self, share: float) -> None:
        self.heard.append(share)
        if len(self.heard) > self._until:
            raise GivenUp


def test_what_is_told_never_goes_back_and_comes_to_its_end(ladder: Ladder) -> None:
    path, office = ladder.package(CIAMIS), ladder.offices[KABKO]
    told = [Patience() for _ in range(3)]
    prove_package(path, way=Way(told[0].tell))
    seen = preview(office, path, ladder.trust, way=Way(told[1].tell))
    receiving.receive(office, seen, typed=paper_of(seen), by="Tuti", way=Way(told[2].tell))
    for one in told:
        assert len(one.heard) > 5
        assert one.heard == sorted(one.heard)
        assert one.heard[0] >= 0 and one.heard[-1] == 1


def test_a_package_that_is_given_up_while_it_is_taken_in_leaves_nothing(ladder: Ladder) -> None:
    path, office = ladder.package(CIAMIS), ladder.offices[KABKO]
    seen = ladder.look(path)
    # Who receives is put on the roster first: that is no part of it.
    signer(office, "Tuti", Deed.RECEIVE)
    before = office.file.journal.last_place()
    steps = 0
    while True:
        patience = Patience(steps)
        try:
            receiving.receive(office, seen, typed=paper_of(seen), by="Tuti", way=Way(patience.tell))
        except GivenUp:
            steps += 1
        else:
            break
        assert office.file.journal.last_place() == before
        assert not kept_package(office.file.path, seen.proved.hash).exists()
        assert list(folder_of(office.file.path).glob("*")) == []
        assert office.file.stale_contests() == [] and not audit(office).faults
    assert steps >= 8
    assert office.file.stale_contests() == [] and not audit(office).faults
    assert office.file.journal.last_place() > before
