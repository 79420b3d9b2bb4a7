"""A revision is what it was made from, for ever: laws over whatever comes later."""

import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.totals import Total, sum_of
from recap_desktop.election.papers.annexes import Annex
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
from recap_desktop.office.papers.printing import book_of, choose_revision
from recap_desktop.office.plenary.closing import close, reopen_contest
from recap_desktop.office.plenary.revisions import (
    close_is_genuine,
    revisions,
    standing_revision,
    tallies_at,
    whole_total,
)
from recap_desktop.office.posts.exchanging import give
from recap_desktop.office.posts.mirroring import restore
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.proof.auditing import audit
from recap_desktop.problems import KnownProblem
from recap_desktop.storage.mirror import read_mirror
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, tiny_office, valid_bupati
from tests.made_up.posts import exchange, frozen, second_post

WHY = Decision("Ketua", "diputuskan dalam pleno", decided_by="Ketua PPK")


def two_posts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Office, Office]:
    """Two laptops of one office; every TPS of the bupati contest is entered at the first."""
    here = tiny_office(tmp_path / "a.rekap")
    for tps in TPS:
        enter(here, BUPATI, tps, valid_bupati(), by="Ani")
    return second_post(here, tmp_path, monkeypatch)


def act(office: Office, chance: random.Random) -> None:
    """Something that may happen in a hall, refused or not."""
    contest = chance.choice((BUPATI, BUPATI, GUBERNUR))
    tps = chance.choice(TPS)
    cells = valid_bupati(chance.choice((40, 41)))
    if contest == GUBERNUR:
        cells |= {"votes.3": 0}
    blanks: dict[str, int | None] = {"votes.1": chance.choice((None, 0, 39))}
    name = chance.choice(("Ani", "Budi"))
    deeds = (
        lambda: enter(office, contest, tps, cells, by=name),
        lambda: correct(office, contest, tps, changes=blanks, decision=WHY),
        lambda: accept(office, contest, tps, decision=WHY),
        lambda: not_delivered(office, contest, tps, decision=WHY),
        lambda: reopen(office, contest, tps, decision=WHY),
        lambda: new_round(office, contest, tps, decision=WHY),
        lambda: withdraw(office, contest, tps, decision=WHY),
        lambda: reopen_contest(office, contest, by=name, reason="keberatan"),
        lambda: reopen_contest(office, contest, by=name, reason="keberatan"),
        lambda: close(office, contest, by=name),
    )
    try:
        chance.choice(deeds)()
    except KnownProblem as problem:
        assert problem.code not in {"file-damaged", "record-damaged"}  # noqa: PT017 - or refused


@pytest.mark.parametrize("seed", range(6))
def test_a_revision_never_changes_whatever_comes_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)
    here, there = two_posts(tmp_path, monkeypatch)
    close(here, BUPATI, by="Ani")
    first = frozen(here)
    for _ in range(60):
        act(chance.choice((here, there)), chance)
        if chance.random() < 0.1:
            exchange(here, there)
    exchange(here, there)
    here.close()
    here = open_office(here.file.path)
    now = frozen(here)
    assert {head: now[head] for head in first} == first
    assert frozen(there) == now, "and it is the same at every post"
    assert all(close_is_genuine(here, revision) for revision in revisions(here, BUPATI))
    assert not audit(here).faults and not audit(there).faults
    here.close()
    there.close()


def test_two_posts_that_close_unknown_to_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = two_posts(tmp_path, monkeypatch)
    correct(there, BUPATI, TPS[0], changes={"votes.1": 39, "invalid": 6}, decision=WHY)
    accept(there, BUPATI, TPS[0], decision=WHY)
    one, other = close(here, BUPATI, by="Ani"), close(there, BUPATI, by="Budi")
    exchange(here, there)
    assert [r.number for r in revisions(here, BUPATI)] == [1, 1]
    assert standing_revision(here, BUPATI) == standing_revision(there, BUPATI)
    assert {r.head for r in revisions(there, BUPATI)} == {one.head, other.head}
    reopen_contest(here, BUPATI, by="Ani", reason="dua penetapan")
    assert standing_revision(here, BUPATI) is None, "one reopening ends both"
    assert close(here, BUPATI, by="Ani").number == 3
    exchange(here, there)
    assert not audit(here).faults and not audit(there).faults
    assert choose_revision(there, BUPATI) == standing_revision(here, BUPATI)
    here.close()
    there.close()


def test_a_round_that_two_posts_opened_is_one_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = two_posts(tmp_path, monkeypatch)
    for office in (here, there):
        new_round(office, BUPATI, TPS[0], decision=WHY)
        enter(office, BUPATI, TPS[0], valid_bupati(41), by="Ani")
    exchange(here, there)
    enter(here, BUPATI, TPS[0], valid_bupati(42), by="Ani")
    stored = here.file.contests[BUPATI].tally(TPS[0])
    assert stored and stored.tally.cells == valid_bupati(42), "her own entries are replaced"
    here.close()
    there.close()


def test_what_stood_before_a_correction_is_no_late_entry(tmp_path: Path) -> None:
    """The struck figure on the sheet is the one that stood, whatever the ids are."""
    struck: set[str] = set()
    for round_ in range(6):
        folder = tmp_path / str(round_)
        folder.mkdir()
        office = tiny_office(folder / "a.rekap")
        enter(office, BUPATI, TPS[0], valid_bupati(40), by="Ani")
        accept(office, BUPATI, TPS[0], decision=WHY)
        enter(office, BUPATI, TPS[0], valid_bupati(70), by=f"Budi {round_}")
        correct(office, BUPATI, TPS[0], changes={"votes.1": 41}, decision=WHY)
        annexes = [p for p in book_of(office, BUPATI).papers if isinstance(p, Annex)]
        entries = [e for annex in annexes for listing in annex.listings for e in listing.entries]
        struck |= {item.struck for entry in entries for item in entry if item.struck}
        office.close()
    assert struck == {"40"}


@pytest.mark.parametrize("seed", range(3))
def test_a_mirror_cut_anywhere_gives_a_beginning_of_the_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)
    here, there = two_posts(tmp_path, monkeypatch)
    stick = tmp_path / "stik"
    stick.mkdir()
    mirror = here.set_mirror(stick)
    for _ in range(25):
        act(there, chance)
        act(here, chance)
    exchange(there, here)
    raws = give(here)
    assert read_mirror(mirror.path)[1] == raws
    whole = mirror.path.read_bytes()
    here.close()
    there.close()
    begin = whole.index(b"\n", whole.index(b"\n") + 1) + 1
    for number in range(12):
        cut = tmp_path / f"{number}.cermin"
        cut.write_bytes(whole[: chance.randint(begin, len(whole))])
        office = restore(cut, tmp_path / f"{number} [pulih].rekap")
        held = set(give(office))
        kept = [raw for raw in raws if raw in held]
        assert kept == raws[: len(kept)] and len(kept) == len(read_mirror(cut)[1])
        assert not audit(office).faults
        office.close()
    assert {path.suffix for path in tmp_path.iterdir() if path.is_file()} <= {
        ".rekap",
        ".kunci",
        ".cermin",
    }


def _sums(found: Mapping[str, Total], length: int) -> dict[str, Total]:
    groups: dict[str, list[Total]] = {}
    for code, total in found.items():
        groups.setdefault(code[:length], []).append(total)
    return {code: sum_of(code, group) for code, group in groups.items()}


@pytest.mark.parametrize("seed", range(4))
def test_totals_of_all_levels_agree(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    office = tiny_office(tmp_path / "kabko.rekap", region="3207")
    for _ in range(80):
        act(office, chance)
    for contest in office.contests:
        below = {t.code: t for t in totals(office, contest, level=Level.TPS)}
        for level in (Level.DESA, Level.KECAMATAN, Level.KABKO, Level.PROVINSI):
            found = {t.code: t for t in totals(office, contest, level=level)}
            assert found == _sums(below, level.value)
            below = found
        (whole,) = below.values()
        now = whole_total(office, contest, tallies_at(office, contest))
        assert (whole.sums, whole.blanks, whole.counted) == (now.sums, now.blanks, now.counted)
    office.close()
