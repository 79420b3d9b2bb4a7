"""Posts that exchange by files, at awkward moments and in any order, reach the same state."""

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from recap_desktop.election.definitions.contests import Mode
from recap_desktop.election.figures.tallies import State
from recap_desktop.exchange.exchange_file import SUFFIX, read_header, read_records, write_exchange
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import correct
from recap_desktop.office.opening import Office, create_office_for, open_office
from recap_desktop.office.posts.by_stick import exchange_in, exchange_out
from recap_desktop.office.posts.exchanging import Taken, give
from recap_desktop.office.posts.posts import declare_lost, posts
from recap_desktop.office.proof.auditing import audit
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import (
    BUPATI,
    CIAMIS,
    TPS,
    Clock,
    tiny_election,
    tiny_office,
    valid_bupati,
)
from tests.made_up.posts import DECISION, act, one_more_post, second_post, standing


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stik"
    folder.mkdir()
    return folder


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Office, Office]:
    """Two laptops of one office; the first began."""
    return second_post(tiny_office(tmp_path / "a.rekap"), tmp_path, monkeypatch)


def close_all(*offices: Office) -> None:
    for office in offices:
        office.close()


@pytest.mark.parametrize("seed", range(10))
def test_posts_that_exchange_by_files_at_any_moment_reach_the_same_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stick: Path, seed: int
) -> None:
    chance = random.Random(seed)
    first = tiny_office(tmp_path / "a.rekap", double_entry=bool(seed % 2))
    first, second = second_post(first, tmp_path, monkeypatch)
    offices = [first, second]
    if seed % 3:
        offices.append(one_more_post(first, tmp_path / "c.rekap", monkeypatch))
    wander(offices, stick, chance)
    meet(offices, stick, chance)
    for office in offices:
        again = exchange_in(office, stick)
        assert (again.new, again.changed, again.late, again.unused) == (0, (), (), ())
    for office in offices:
        assert standing(office) == standing(offices[0])
        assert sorted(give(office)) == sorted(give(offices[0]))
        assert not audit(office).faults
        assert [post.id for post in posts(office)] == [post.id for post in posts(offices[0])]
        assert not any(post.lost for post in posts(office))
    close_all(*offices)


def wander(offices: list[Office], stick: Path, chance: random.Random) -> None:
    """Everybody works, and now and then somebody writes files or reads some that lie there."""
    for _ in range(30):
        act(chance.choice(offices), chance)
        if chance.random() < 0.2:
            exchange_out(chance.choice(offices), stick)
        written = sorted(stick.iterdir())
        if written and chance.random() < 0.2:
            some = chance.sample(written, chance.randint(1, len(written)))
            taker = chance.choice(offices)
            foreign = [path for path in some if not is_own(taker, path)]
            if foreign:
                exchange_in(taker, foreign)
                assert exchange_in(taker, foreign[::-1]).new == 0
        if chance.random() < 0.1:
            lose_one(chance.choice(offices), chance)


def meet(offices: list[Office], stick: Path, chance: random.Random) -> None:
    """Everybody writes, then everybody reads, in any order."""
    # A post that reads that it was lost says so: that comes to the others with the next file.
    for _ in range(2):
        for office in offices:
            exchange_out(office, stick)
        for office in chance.sample(offices, len(offices)):
            exchange_in(office, stick)


def lose_one(office: Office, chance: random.Random) -> None:
    """Declare a post lost that is known here, if there is one that is not lost already."""
    others = [post for post in posts(office) if not post.is_own and not post.lost]
    if others:
        declare_lost(office, chance.choice(others).id, by="Ani", reason="tidak kembali")


def is_own(office: Office, path: Path) -> bool:
    assert office.post is not None
    return read_header(path).post == office.post.id


def test_what_an_exchange_did_is_told(two: tuple[Office, Office], stick: Path) -> None:
    here, there = two
    enter(here, BUPATI, TPS[0], valid_bupati(), by="Ani")
    enter(there, BUPATI, TPS[0], valid_bupati(41), by="Budi")
    enter(there, BUPATI, TPS[1], valid_bupati(42), by="Budi")
    correct(here, BUPATI, TPS[0], changes={"invalid": 6, "cast": 146}, decision=DECISION)
    enter(here, BUPATI, TPS[2], valid_bupati(), by="Ani")
    enter(there, BUPATI, TPS[2], valid_bupati(44), by="Budi")
    taken = exchange_in(here, exchange_out(there, stick))
    said = [(change.tps, change.before, change.after) for change in taken.changed]
    assert said == [
        (TPS[1], State.EMPTY, State.SINGLE),
        (TPS[2], State.SINGLE, State.DIFFERS),
    ]
    assert [(change.tps, change.after) for change in taken.unsettled] == [(TPS[2], State.DIFFERS)]
    assert [(late.record.tps, late.of_lost) for late in taken.late] == [(TPS[0], False)]
    assert taken.files == tuple(path.name for path in stick.iterdir())
    close_all(here, there)


def test_figures_that_their_own_typist_replaced_are_told(
    two: tuple[Office, Office], stick: Path
) -> None:
    here, there = two
    enter(there, BUPATI, TPS[0], valid_bupati(), by="Budi")
    exchange_in(here, exchange_out(there, stick))
    enter(there, BUPATI, TPS[0], valid_bupati(41), by="Budi")
    (change,) = exchange_in(here, exchange_out(there, stick)).changed
    assert (change.before, change.after, change.figures) == (State.SINGLE, State.SINGLE, True)
    close_all(here, there)


def test_two_decisions_that_differ_are_told_and_one_more_ends_them(
    two: tuple[Office, Office], stick: Path
) -> None:
    here, there = two
    enter(here, BUPATI, TPS[0], valid_bupati(), by="Ani")
    exchange_in(there, exchange_out(here, stick))
    for office, kosong in ((here, 41), (there, 42)):
        correct(office, BUPATI, TPS[0], changes=valid_bupati(kosong), decision=DECISION)
    taken = exchange_in(here, exchange_out(there, stick))
    (change,) = taken.unsettled
    assert (change.tps, change.before, change.after) == (TPS[0], State.CORRECTED, State.CONFLICT)
    assert taken.changed == taken.unsettled
    correct(here, BUPATI, TPS[0], changes=valid_bupati(42), decision=DECISION)
    assert exchange_in(there, exchange_out(here, stick)).unsettled == ()
    assert standing(here) == standing(there)
    close_all(here, there)


def test_later_files_leave_earlier_ones_and_names_fit_any_medium(
    tmp_path: Path, stick: Path
) -> None:
    now = Clock()()
    office = create_office_for(
        tmp_path / "a.rekap", election=tiny_election(), region=CIAMIS, clock=lambda: now
    )
    written = [exchange_out(office, stick) for _ in range(3)]
    now += dt.timedelta(hours=15)
    written.append(exchange_out(office, stick))
    assert len(set(written)) == len(list(stick.iterdir())) == 4
    for path in written:
        assert path.name.isascii() and len(path.name) < 80
        assert not set(path.name) & set('\\/:*?"<>| ') and path.name == path.name.lower()
        assert path.name.startswith("ciamis_320701_") and path.suffix == SUFFIX
    assert [path.stem.split("_", 3)[3] for path in written] == [
        "20241128-090001",
        "20241128-090001-2",
        "20241128-090001-3",
        "20241129-000001",
    ]
    office.close()


def test_a_draft_that_a_killed_program_left_is_swept_away(
    two: tuple[Office, Office], stick: Path
) -> None:
    here, there = two
    mine, other = (exchange_out(office, stick) for office in two)
    for path in (mine, other):
        path.rename(stick / f".{path.name}.4711.tmp")
    exchange_out(here, stick)
    assert [path.name.split("_")[2] for path in stick.glob(".*.tmp")] == [other.name.split("_")[2]]
    close_all(here, there)


def other_office(tmp_path: Path) -> Office:
    return tiny_office(tmp_path / "x.rekap", region="320702")


def other_mode(tmp_path: Path) -> Office:
    real = tiny_election(Mode.REAL)
    return create_office_for(tmp_path / "x.rekap", election=real, region=CIAMIS, clock=Clock())


def same_office_made_twice(tmp_path: Path) -> Office:
    return tiny_office(tmp_path / "x.rekap", double_entry=True)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (other_office, "exchange-other-office"),
        (other_mode, "exchange-other-mode"),
        (same_office_made_twice, "exchange-faults"),
    ],
)
def test_a_file_of_somebody_else_is_refused_and_nothing_changes(
    tmp_path: Path, stick: Path, make: Callable[[Path], Office], code: str
) -> None:
    here = tiny_office(tmp_path / "a.rekap")
    other = make(tmp_path)
    path = exchange_out(other, stick)
    before = give(here)
    for given in (path, stick):
        with pytest.raises(KnownProblem) as caught:
            exchange_in(here, given)
        assert caught.value.code == code
        assert give(here) == before
    close_all(here, other)


def test_a_file_of_another_election_is_refused(two: tuple[Office, Office], stick: Path) -> None:
    here, there = two
    path = exchange_out(there, stick)
    header, records = read_header(path), read_records(path)
    other = type(header)("f" * 64, header.mode, header.office, header.post, header.time)
    write_exchange(path, other, records)
    with pytest.raises(KnownProblem, match="exchange-other-election"):
        exchange_in(here, stick)
    close_all(here, there)


def test_a_broken_file_in_a_folder_is_named_and_the_whole_ones_are_taken(
    two: tuple[Office, Office], stick: Path
) -> None:
    here, there = two
    broken = exchange_out(there, stick)
    broken.write_bytes(broken.read_bytes()[:-20])
    before = give(here)
    for given in (stick, broken, [broken, stick]):
        with pytest.raises(KnownProblem, match="exchange-cut-off"):
            exchange_in(here, given)
    assert give(here) == before
    enter(there, BUPATI, TPS[0], valid_bupati(), by="Budi")
    whole = exchange_out(there, stick)
    taken = exchange_in(here, stick)
    assert taken.new > 0 and taken.files == (whole.name,)
    assert [(p.code, p.details["file"]) for p in taken.unused] == [
        ("exchange-cut-off", str(broken))
    ]
    close_all(here, there)


def test_files_of_other_offices_on_the_stick_disturb_nobody(
    two: tuple[Office, Office], tmp_path: Path, stick: Path
) -> None:
    here, there = two
    other = other_office(tmp_path)
    for office in (other, there, here):
        exchange_out(office, stick)
    (stick / "catatan.txt").write_text("bukan berkas pertukaran", "utf-8")
    (stick / f"._a{SUFFIX}").write_bytes(b"what a Mac leaves beside a file")
    taken = exchange_in(here, stick)
    assert (len(taken.files), taken.unused) == (1, ())
    close_all(here, there, other)


def test_an_empty_stick_and_our_own_files_are_said(two: tuple[Office, Office], stick: Path) -> None:
    here, there = two
    for given, code in ((stick, "exchange-none"), (stick / "tiada", "exchange-not-read")):
        with pytest.raises(KnownProblem, match=code):
            exchange_in(here, given)
    own = exchange_out(here, stick)
    for given in (stick, own):
        with pytest.raises(KnownProblem, match="exchange-only-own"):
            exchange_in(here, given)
    close_all(here, there)


def test_what_is_missing_is_named_with_its_post(two: tuple[Office, Office], stick: Path) -> None:
    here, there = two
    for kosong in (40, 41, 42):
        enter(there, BUPATI, TPS[0], valid_bupati(kosong), by="Budi")
    path = exchange_out(there, stick)
    assert there.post is not None
    header, records = read_header(path), read_records(path)
    chain = f'"chain":"{there.post.id}/bupati"'.encode()
    lacking = [raw for raw in records if chain not in raw or b'"seq":3' in raw]
    write_exchange(path, header, lacking)
    before = give(here)
    with pytest.raises(KnownProblem) as caught:
        exchange_in(here, stick)
    number = next(post.number for post in posts(there) if post.is_own)
    (gap,) = [fault for fault in caught.value.faults if fault.code == "exchange-gap"]
    assert gap.details == {"number": number, "chain": "bupati", "first": "1", "last": "2"}
    assert give(here) == before
    write_exchange(path, header, [raw for raw in records if b'"seq":1' not in raw])
    with pytest.raises(KnownProblem) as caught:
        exchange_in(here, stick)
    unknown = [f.details["post"] for f in caught.value.faults if f.code == "exchange-gap-unknown"]
    assert set(unknown) == {there.post.id[:8]}
    close_all(here, there)


def test_a_record_that_is_none_is_named_with_file_and_line(
    two: tuple[Office, Office], stick: Path
) -> None:
    here, there = two
    path = exchange_out(there, stick)
    write_exchange(path, read_header(path), [*read_records(path), b"{}"])
    with pytest.raises(KnownProblem) as caught:
        exchange_in(here, stick)
    (fault,) = caught.value.faults
    line = path.read_bytes().splitlines().index(b"{}") + 1
    assert (fault.code, fault.file, fault.line) == ("exchange-bytes", path.name, line)
    close_all(here, there)


def test_an_office_that_is_read_only_gives_and_does_not_take(
    two: tuple[Office, Office], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the key is lost, what there is can still be saved."""
    here, there = two
    enter(there, BUPATI, TPS[0], valid_bupati(), by="Budi")
    there.close()
    monkeypatch.setenv("RECAP_DATA_DIR", str(stick.parent / "a laptop without the key"))
    read_only = open_office(there.file.path)
    path = exchange_out(read_only, stick)
    with pytest.raises(KnownProblem, match="read-only-no-key"):
        exchange_in(read_only, path)
    taken = exchange_in(here, stick)
    assert [change.tps for change in taken.changed] == [TPS[0]]
    close_all(here, read_only)


def test_laptops_that_each_made_the_office_for_themselves_can_exchange(
    tmp_path: Path, stick: Path
) -> None:
    here, there = (tiny_office(tmp_path / name) for name in ("a.rekap", "b.rekap"))
    enter(there, BUPATI, TPS[0], valid_bupati(), by="Budi")
    exchange_in(here, exchange_out(there, stick))
    exchange_in(there, exchange_out(here, stick))
    assert standing(here) == standing(there) and len(posts(here)) == 2
    assert not audit(here).faults and not audit(there).faults
    close_all(here, there)


def test_a_mirror_holds_what_was_taken_in(
    two: tuple[Office, Office], tmp_path: Path, stick: Path
) -> None:
    here, there = two
    medium = tmp_path / "cermin"
    medium.mkdir()
    mirror = here.set_mirror(medium)
    enter(there, BUPATI, TPS[0], valid_bupati(), by="Budi")
    taken: Taken = exchange_in(here, exchange_out(there, stick))
    assert taken.new > 0
    assert mirror.path.read_bytes().splitlines()[1:] == give(here)
    close_all(here, there)
