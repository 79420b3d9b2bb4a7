"""The posts of an office: how far each is known, and what becomes of one that is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.figures.tallies import State
from recap_desktop.election.records.journal import Draft, Kind
from recap_desktop.election.records.roles import Deed
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import correct, not_delivered
from recap_desktop.office.opening import Office
from recap_desktop.office.people.people import signer
from recap_desktop.office.plenary.closing import close, missing
from recap_desktop.office.plenary.revisions import has_moved_on, standing_revision
from recap_desktop.office.posts.by_stick import exchange_in, exchange_out
from recap_desktop.office.posts.posts import Post, come_back, declare_lost, post_named, posts
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.proof.history import contest_history, history
from recap_desktop.problems import KnownProblem
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati
from tests.made_up.posts import DECISION, one_more_post, second_post, standing


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stik"
    folder.mkdir()
    return folder


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Office, Office]:
    """Two laptops; they have exchanged once, then the second typed one TPS more."""
    here, there = second_post(tiny_office(tmp_path / "a.rekap"), tmp_path, monkeypatch)
    stick = tmp_path / "first"
    stick.mkdir()
    enter(there, BUPATI, TPS[0], valid_bupati(40), by="Budi")
    exchange_in(here, exchange_out(there, stick))
    exchange_in(there, exchange_out(here, stick))
    enter(there, BUPATI, TPS[1], valid_bupati(41), by="Budi")
    return here, there


def own(office: Office) -> Post:
    (post,) = [post for post in posts(office) if post.is_own]
    return post


def seen(office: Office, post_id: str) -> Post:
    (post,) = [post for post in posts(office) if post.id == post_id]
    return post


def lose(office: Office, post: Post) -> None:
    declare_lost(office, post.id, by="Ani", reason="laptop terbakar")


def close_all(*offices: Office) -> None:
    for office in offices:
        office.close()


def test_posts_are_listed_with_how_far_they_are_known(two: tuple[Office, Office]) -> None:
    here, there = two
    known = posts(here)
    assert [post.number for post in known] == [1, 2]
    assert [post.id for post in known] == [post.id for post in posts(there)]
    other = seen(here, own(there).id)
    assert (other.is_own, other.lost, other.late) == (False, "", 0)
    assert other.records == 3 and own(there).records == 4, "genesis, Budi, entries"
    assert other.first == own(there).first <= other.last <= other.exchanged
    assert other.last < own(there).last
    assert own(here).exchanged == "", "nobody takes in what he wrote himself"
    close_all(here, there)


def test_a_post_is_named_by_number_or_by_the_beginning_of_its_id(
    two: tuple[Office, Office],
) -> None:
    here, there = two
    for post in posts(here):
        for said in (str(post.number), post.id, post.short, f" {post.short.upper()} "):
            assert post_named(here, said) == post
    for said in ("", "0", "3", "xyz", "f" * 33, "-1"):
        with pytest.raises(KnownProblem) as caught:
            post_named(here, said)
        assert caught.value.code == "post-unknown"
        assert str(caught.value.details["posts"]).startswith("1 (")
    close_all(here, there)


def test_a_loss_needs_another_post_and_a_reason_and_is_said_once(
    two: tuple[Office, Office],
) -> None:
    here, there = two
    lost = own(there)
    for post_id, reason, code in (
        (own(here).id, "hilang", "post-is-own"),
        ("f" * 32, "hilang", "post-unknown"),
        (lost.id, " \u200b", "reason-missing"),
    ):
        with pytest.raises(KnownProblem, match=code):
            declare_lost(here, post_id, by="Ani", reason=reason)
    lose(here, lost)
    assert seen(here, lost.id).lost and seen(here, lost.id).late == 0
    with pytest.raises(KnownProblem, match="post-already-lost"):
        lose(here, lost)
    (event,) = contest_history(here, BUPATI)
    assert (event.what, event.person, event.is_live) == ("loss", "Ani", True)
    assert not audit(here).faults
    close_all(here, there)


Body = dict[str, object]


def of_itself(body: Body, post: Post) -> Body:
    return {**body, "post": post.id}


def without_reason(body: Body, _: Post) -> Body:
    return {**body, "reason": ""}


def without_heads(body: Body, _: Post) -> Body:
    return {**body, "heads": []}


def heads_of_another(body: Body, post: Post) -> Body:
    return {**body, "heads": [[f"{post.id}/office", 1, "0" * 64]]}


def unknown_head(body: Body, _: Post) -> Body:
    return {**body, "heads": [[f"{body['post']}/office", 1, "0" * 64]]}


def no_head(body: Body, _: Post) -> Body:
    return {**body, "heads": [[f"{body['post']}/office", "1", "0" * 64]]}


@pytest.mark.parametrize(
    ("forge", "code"),
    [
        (of_itself, "body"),
        (without_reason, "body"),
        (without_heads, "body"),
        (heads_of_another, "body"),
        (no_head, "body"),
        (unknown_head, "over"),
    ],
)
def test_a_forged_loss_is_refused_and_seen_by_the_audit(
    two: tuple[Office, Office], stick: Path, forge: Callable[[Body, Post], Body], code: str
) -> None:
    here, there = two
    head = next(
        r for r in there.file.journal.records_of_kind(Kind.GENESIS) if r.post == own(here).id
    )
    body: Body = {"post": own(here).id, "heads": [[head.chain, 1, head.id]], "reason": "hilang"}
    forged = forge(body, own(there))
    person = signer(there, "Ani", Deed.DECLARE_LOST)
    draft = Draft(Kind.LOSS, time=there.now(), person=person, subject={}, body=forged)
    there.record("office", [draft])
    with pytest.raises(KnownProblem) as caught:
        exchange_in(here, exchange_out(there, stick))
    assert {fault.code for fault in caught.value.faults} == {f"exchange-{code}"}
    assert {fault.code for fault in audit(there).faults} == {f"audit-{code}"}
    assert len(posts(there)) == 2 and history(there, BUPATI, TPS[0])
    close_all(here, there)


def test_a_post_is_called_back_by_nobody_but_itself(
    two: tuple[Office, Office], tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = two
    third = one_more_post(here, tmp_path / "c.rekap", monkeypatch)
    lose(here, own(there))
    exchange_in(third, exchange_out(here, stick))
    (loss,) = third.file.journal.records_of_kind(Kind.LOSS)
    draft = Draft(
        Kind.LOSS,
        time=third.now(),
        person="",
        subject={},
        body={**loss.body, "post": own(third).id, "heads": [[*head_of(third)]], "reason": ""},
        over=(loss.id,),
    )
    third.record("office", [draft])
    with pytest.raises(KnownProblem) as caught:
        exchange_in(here, exchange_out(third, stick))
    assert {fault.code for fault in caught.value.faults} == {"exchange-names"}
    close_all(here, there, third)


def head_of(office: Office) -> tuple[str, int, str]:
    chain = f"{own(office).id}/office"
    return (chain, *office.file.journal.heads()[chain])


def test_what_a_lost_post_had_alone_comes_late_and_is_named(
    two: tuple[Office, Office], stick: Path
) -> None:
    here, there = two
    lost = own(there)
    lose(here, lost)
    taken = exchange_in(here, exchange_out(there, stick))
    assert [(late.record.tps, late.of_lost) for late in taken.late] == [(TPS[1], True)]
    assert seen(here, lost.id).late == 1
    assert [event.is_late for event in history(here, BUPATI, TPS[1])] == [True]
    assert [event.is_late for event in history(here, BUPATI, TPS[0])] == [False]
    assert exchange_in(here, stick).late == ()
    close_all(here, there)


def test_late_figures_beside_those_typed_anew_differ_and_no_total_holds_either(
    two: tuple[Office, Office], stick: Path
) -> None:
    here, there = two
    lose(here, own(there))
    enter(here, BUPATI, TPS[1], valid_bupati(50), by="Ani")
    taken = exchange_in(here, exchange_out(there, stick))
    assert [(change.tps, change.after) for change in taken.unsettled] == [(TPS[1], State.DIFFERS)]
    (total,) = totals(here, BUPATI, level=Level.KECAMATAN)
    assert (total.counted, total.sums["votes.1"]) == (1, 40)
    assert "close-differs" in {fault.code for fault in missing(here, BUPATI)}
    close_all(here, there)


def test_late_figures_never_change_what_was_decided(
    two: tuple[Office, Office], stick: Path
) -> None:
    here, there = two
    lose(here, own(there))
    enter(here, BUPATI, TPS[1], valid_bupati(50), by="Ani")
    correct(here, BUPATI, TPS[1], changes=valid_bupati(51), decision=DECISION)
    for tps in TPS[2:]:
        not_delivered(here, BUPATI, tps, decision=DECISION)
    close(here, BUPATI, by="Ani")
    revision = standing_revision(here, BUPATI)
    before = totals(here, BUPATI, level=Level.KECAMATAN)
    assert revision is not None and not has_moved_on(here, revision)
    taken = exchange_in(here, exchange_out(there, stick))
    assert taken.changed == taken.unsettled == ()
    assert [late.record.tps for late in taken.late] == [TPS[1]]
    assert totals(here, BUPATI, level=Level.KECAMATAN) == before
    assert [one.head for one in taken.moved_on] == [revision.head]
    assert has_moved_on(here, revision)
    assert {fault.code for fault in missing(here, BUPATI)} >= {"close-late"}
    close_all(here, there)


def test_a_late_decision_beside_another_is_a_conflict(
    two: tuple[Office, Office], stick: Path
) -> None:
    here, there = two
    correct(there, BUPATI, TPS[0], changes=valid_bupati(60), decision=DECISION)
    lose(here, own(there))
    correct(here, BUPATI, TPS[0], changes=valid_bupati(61), decision=DECISION)
    taken = exchange_in(here, exchange_out(there, stick))
    assert [change.after for change in taken.unsettled] == [State.CONFLICT]
    assert {late.record.tps for late in taken.late if late.of_lost} == {TPS[0], TPS[1]}
    close_all(here, there)


def test_a_laptop_that_came_back_works_on_and_only_its_lonely_records_stay_late(
    two: tuple[Office, Office], tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = two
    third = one_more_post(here, tmp_path / "c.rekap", monkeypatch)
    lost = own(there)
    lose(here, lost)
    exchange_in(third, exchange_out(here, stick))
    assert seen(third, lost.id).lost
    exchange_in(there, exchange_out(here, stick))
    assert not own(there).lost and come_back(there) is None
    enter(there, BUPATI, TPS[2], valid_bupati(42), by="Budi")
    path = exchange_out(there, stick)
    for office in (here, third):
        taken = exchange_in(office, path)
        assert [late.record.tps for late in taken.late] == [TPS[1]]
        assert not seen(office, lost.id).lost and seen(office, lost.id).late == 1
        assert not audit(office).faults
    exchange_in(there, [exchange_out(office, stick) for office in (here, third)])
    assert standing(here) == standing(there) == standing(third)
    # And it may be lost once more.
    lose(third, lost)
    assert seen(third, lost.id).lost
    close_all(here, there, third)
