"""Every deed of the table by every role: who may does it, who may not is refused by its sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from recap_desktop.election.papers.facts import Presence, Signer
from recap_desktop.election.records.copies import PaperOf
from recap_desktop.election.records.journal import Kind, read_record
from recap_desktop.election.records.plenary import Topic, Turn
from recap_desktop.election.records.roles import MAY, TOLD_BY_KIND, Deed, Role, deeds_of
from recap_desktop.exchange.certificates import Certificate, Holder, seal
from recap_desktop.exchange.signing import SigningKey
from recap_desktop.office.checks.findings import Judge
from recap_desktop.office.checks.marking import mark_finding
from recap_desktop.office.definitions.amending import amend
from recap_desktop.office.entry import ruling
from recap_desktop.office.entry.entering import enter
from recap_desktop.office.entry.ruling import Decision
from recap_desktop.office.entry.stations import Access, Act, standing
from recap_desktop.office.keys import trusting
from recap_desktop.office.opening import Office, open_office
from recap_desktop.office.papers.copying import draw_copy, read_paper, record_copy
from recap_desktop.office.papers.emblem_choosing import choose_emblem
from recap_desktop.office.people.people import add_person, allows
from recap_desktop.office.plenary import plenaries, reading
from recap_desktop.office.plenary.closing import close, reopen_contest
from recap_desktop.office.plenary.plenaries import Speech, declare, put_on_record
from recap_desktop.office.plenary.seats import seats
from recap_desktop.office.posts import posts
from recap_desktop.office.posts.by_stick import exchange_in, exchange_out
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.scans.attaching import attach
from recap_desktop.office.tables.import_tables import look_into
from recap_desktop.office.tables.importing import CountsImport
from recap_desktop.office.upward import alarms, sending
from recap_desktop.problems import KnownProblem
from tests.made_up import offices
from tests.made_up.guarded import PEOPLE, guard, stand
from tests.made_up.offices import BUPATI, CIAMIS, TPS, tiny_office, valid_bupati
from tests.made_up.posts import one_more_post
from tests.made_up.scans import jpeg, put
from tests.made_up.upward import KABKO, Ladder

HERE, DESA = TPS[0], TPS[3][:10]


@dataclass
class Stage:
    """What a deed is done to: an office before anybody was given a role, and a folder beside it."""

    office: Office
    folder: Path
    monkeypatch: pytest.MonkeyPatch
    package: Path = Path()
    ladder: Ladder = field(default_factory=lambda: Ladder(Path()))

    def typed(self, *names: str, tps: str = HERE) -> None:
        for at, name in enumerate(names):
            enter(self.office, BUPATI, tps, valid_bupati(40 + at), by=name)

    def opened(self) -> None:
        declare(self.office, Turn.OPENED, by="Siti", place="Aula")


def nothing(_: Stage) -> None:
    """Some deeds need nothing beforehand."""


def typed(stage: Stage) -> None:
    stage.typed("Siti")


def typed_by_everybody(stage: Stage) -> None:
    for role, tps in zip(PEOPLE, TPS, strict=False):
        stage.typed(PEOPLE[role], tps=tps)


def differing(stage: Stage) -> None:
    stage.typed("Siti", "Budi")


def in_session(stage: Stage) -> None:
    stage.opened()


def desa_is_read(stage: Stage) -> None:
    stage.opened()
    for tps in TPS[3:]:
        reading.read_out(stage.office, BUPATI, tps, valid_bupati(), by="Siti")


def all_typed(stage: Stage) -> None:
    for tps in TPS:
        stage.typed("Siti", tps=tps)


def all_closed(stage: Stage) -> None:
    all_typed(stage)
    close(stage.office, BUPATI, by="Siti")


def with_another_post(stage: Stage) -> None:
    stage.office.close()
    copy = stage.folder.with_name("b.rekap")
    stage.office = one_more_post(stage.office, copy, stage.monkeypatch)


def package_came(stage: Stage) -> None:
    all_typed(stage)
    stage.ladder = Ladder(stage.folder, offices={CIAMIS: stage.office})
    stage.package = stage.ladder.package(CIAMIS)
    stage.office.close()
    stage.office = stage.ladder.office(KABKO)


def alarm_raised(stage: Stage) -> None:
    package_came(stage)
    alarms.raise_alarm(
        stage.office, replace(stage.ladder.look(stage.package), alarm="forked"), by="Siti"
    )


def absent(office: Office) -> list[Signer]:
    return [Signer(seat, "", Presence.ABSENT) for seat in seats(office, BUPATI)]


def why(by: str, decided_by: str = "") -> Decision:
    return Decision(by, "dilihat di kertas", decided_by=decided_by)


def read(stage: Stage, by: str) -> None:
    reading.read_out(stage.office, BUPATI, HERE, valid_bupati(), by=by)


def import_table(stage: Stage, by: str) -> None:
    table = stage.folder / "c-hasil.csv"
    table.write_text(f"kode_desa,tps,votes.1\n{HERE[:10]},{HERE[10:]},7\n", "utf-8")
    opened = look_into(stage.office, BUPATI, table)
    plan = CountsImport(stage.office, opened, opened.propose(), by=by)
    plan.take(plan.reader.read())
    plan.record()


def withdraw_own(stage: Stage, by: str) -> None:
    at = list(PEOPLE.values()).index(by)
    ruling.withdraw(stage.office, BUPATI, TPS[at], decision=why(by))


def settle(stage: Stage, by: str) -> None:
    first, second = valid_bupati(40), valid_bupati(41)
    chosen = {cell: n for cell, n in second.items() if n != first[cell]}
    reading.settle(stage.office, BUPATI, HERE, chosen=chosen, decision=why(by))


def mark_wrong(stage: Stage, by: str) -> None:
    wrong = {**valid_bupati(), "valid": 150}
    finding = Judge(stage.office, BUPATI).findings(HERE, wrong)[0]
    mark_finding(stage.office, BUPATI, HERE, finding, cells=wrong, reason="dicek", by=by)


def attach_picture(stage: Stage, by: str) -> None:
    attach(stage.office, BUPATI, HERE, put(stage.folder, "a.jpg", jpeg()), by=by)


def print_copy(stage: Stage, by: str) -> None:
    read = read_paper(stage.office, BUPATI, PaperOf())
    record_copy(stage.office, read, draw_copy(read.make(), size="f4", number="1"), by=by)


def amended(stage: Stage, by: str) -> None:
    new = replace(offices.tiny_election(), version=2, title="Pemilihan Serentak 2024 (diperbaiki)")
    amend(stage.office, new, by=by, reason="nama dibetulkan")


def lost(stage: Stage, by: str) -> None:
    (other,) = [post for post in posts.posts(stage.office) if not post.is_own]
    posts.declare_lost(stage.office, other.id, by=by, reason="terbakar")


EMBLEM = b"\x89PNG\r\n\x1a\n" + bytes(8) + (40).to_bytes(4, "big") * 2
KEY = SigningKey.of(Ed25519PrivateKey.generate())


def record_certificate(stage: Stage, by: str, deed: Deed) -> None:
    realm, public = trusting.realm_of(stage.office), KEY.public.hex()
    made = Certificate(realm, Holder.OFFICE, "320701", public, "PPK", "3207", public, 1)
    trusting.record_sealed(stage.office, {Kind.CERTIFICATE: [seal(made, KEY)]}, by=by, deed=deed)


Prepare = Callable[[Stage], None]
Do = Callable[[Stage, str], object]

DOINGS: dict[Deed, tuple[Prepare, Do]] = {
    Deed.ENTER: (nothing, lambda s, by: enter(s.office, BUPATI, HERE, valid_bupati(), by=by)),
    Deed.IMPORT: (nothing, import_table),
    Deed.READ_OUT: (in_session, read),
    Deed.WITHDRAW_OWN: (typed_by_everybody, withdraw_own),
    Deed.WITHDRAW: (
        typed,
        lambda s, by: ruling.move(s.office, BUPATI, HERE, to=TPS[1], decision=why(by)),
    ),
    Deed.SETTLE: (differing, settle),
    Deed.RECORD_RULING: (
        typed,
        lambda s, by: ruling.accept(s.office, BUPATI, HERE, decision=why(by, "Rapat pleno")),
    ),
    Deed.RULE: (typed, lambda s, by: ruling.new_round(s.office, BUPATI, HERE, decision=why(by))),
    Deed.MARK: (nothing, mark_wrong),
    Deed.ATTACH: (nothing, attach_picture),
    Deed.OPEN_PLENARY: (
        nothing,
        lambda s, by: declare(s.office, Turn.OPENED, by=by, place="Aula"),
    ),
    Deed.TURN: (in_session, lambda s, by: declare(s.office, Turn.SUSPENDED, by=by)),
    Deed.ATTENDANCE: (
        nothing,
        lambda s, by: plenaries.attend(s.office, by=by, seat="ketua", name="Ketut"),
    ),
    Deed.INCIDENT: (
        nothing,
        lambda s, by: put_on_record(s.office, BUPATI, Speech(Topic.EVENT, "listrik padam"), by=by),
    ),
    Deed.CLOSE_IN_SESSION: (
        desa_is_read,
        lambda s, by: close(s.office, BUPATI, by=by, signers=absent(s.office), unit=DESA),
    ),
    Deed.CLOSE: (all_typed, lambda s, by: close(s.office, BUPATI, by=by)),
    Deed.REOPEN: (
        all_closed,
        lambda s, by: reopen_contest(s.office, BUPATI, by=by, reason="ada yang terlewat"),
    ),
    Deed.EXCHANGE: (nothing, lambda s, _: exchange_out(s.office, s.folder)),
    Deed.MIRROR: (nothing, lambda s, _: s.office.set_mirror(s.folder / "cermin")),
    Deed.PRINT: (nothing, print_copy),
    Deed.EMBLEM: (nothing, lambda s, by: choose_emblem(s.office, EMBLEM, "a.png", by=by)),
    Deed.AMEND: (nothing, amended),
    Deed.DECLARE_LOST: (with_another_post, lost),
    Deed.MANAGE_PEOPLE: (
        nothing,
        lambda s, by: add_person(s.office, "Wati", Role.OPERATOR, by=by),
    ),
    Deed.TRUST: (
        nothing,
        lambda s, by: trusting.record_root(s.office, "3207", KEY.public.hex(), name="KPU", by=by),
    ),
    Deed.CERTIFY: (nothing, lambda s, by: record_certificate(s, by, Deed.CERTIFY)),
    Deed.TAKE_CERTIFICATE: (
        nothing,
        lambda s, by: record_certificate(s, by, Deed.TAKE_CERTIFICATE),
    ),
    Deed.SEND: (
        all_closed,
        lambda s, by: sending.send(s.office, BUPATI, s.folder, key=KEY, by=by),
    ),
    Deed.RECEIVE: (
        package_came,
        lambda s, by: s.ladder.receive(s.package, by=by),
    ),
    Deed.DECIDE_ALARM: (
        alarm_raised,
        lambda s, by: alarms.let_held_hold(s.office, BUPATI, "", decision=why(by)),
    ),
}


def test_every_deed_of_the_table_is_done_here() -> None:
    assert DOINGS.keys() == set(MAY) == set(Deed)


def test_every_record_but_a_genesis_tells_of_a_deed() -> None:
    """Else the audit would say nothing of who may not make it."""
    assert {kind.value for kind in Kind} - TOLD_BY_KIND == {Kind.GENESIS.value}


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    folder = tmp_path / "stik"
    (folder / "cermin").mkdir(parents=True)
    stage = Stage(tiny_office(tmp_path / "o.rekap"), folder, monkeypatch)
    yield stage
    stage.office.close()


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
@pytest.mark.parametrize("deed", DOINGS, ids=lambda deed: deed.value)
def test_a_role_does_what_the_table_says_and_nothing_else(
    stage: Stage, deed: Deed, role: Role
) -> None:
    prepare, do = DOINGS[deed]
    prepare(stage)
    guard(stage.office)
    by = stand(stage.office, role)
    place = stage.office.file.journal.last_place()
    assert allows(stage.office, deed) == (role in MAY[deed])
    if role in MAY[deed]:
        do(stage, by)
        assert audit(stage.office).faults == ()
    else:
        with pytest.raises(KnownProblem) as caught:
            do(stage, by)
        assert caught.value.code == f"role-cannot-{deed.value}"
        assert stage.office.file.journal.last_place() == place, "and nothing is on record"


@pytest.mark.parametrize("deed", DOINGS, ids=lambda deed: deed.value)
def test_nobody_acts_in_a_guarded_office_without_signing_in(stage: Stage, deed: Deed) -> None:
    prepare, do = DOINGS[deed]
    prepare(stage)
    guard(stage.office)
    with pytest.raises(KnownProblem) as caught:
        do(stage, PEOPLE[Role.CHAIR])
    assert caught.value.code == "sign-in-missing"


UNTOLD = {Deed.EXCHANGE, Deed.MIRROR}
TOLD = [deed for deed in DOINGS if deed not in UNTOLD]
"""Deeds that leave a record of a person."""


@pytest.mark.parametrize("deed", [d for d in TOLD if d is not Deed.WITHDRAW_OWN])
def test_nobody_acts_in_the_name_of_another(stage: Stage, deed: Deed) -> None:
    prepare, do = DOINGS[deed]
    prepare(stage)
    guard(stage.office)
    stand(stage.office, Role.CHAIR)
    with pytest.raises(KnownProblem) as caught:
        do(stage, PEOPLE[Role.VERIFIER])
    assert caught.value.code == "sign-in-other"


@pytest.mark.parametrize("deed", DOINGS, ids=lambda deed: deed.value)
def test_in_an_open_office_everybody_may_do_everything(stage: Stage, deed: Deed) -> None:
    prepare, do = DOINGS[deed]
    prepare(stage)
    do(stage, PEOPLE[Role.OBSERVER])
    assert audit(stage.office).faults == ()


@pytest.mark.parametrize("deed", TOLD, ids=lambda deed: deed.value)
def test_a_record_tells_by_which_deeds_it_can_have_been_made(stage: Stage, deed: Deed) -> None:
    prepare, do = DOINGS[deed]
    prepare(stage)
    guard(stage.office)
    by = stand(stage.office, Role.CHAIR)
    place = stage.office.file.journal.last_place()
    do(stage, by)
    made = [read_record(raw) for _, raw in stage.office.file.journal.raw_records(after=place)]
    assert made and any(deed in deeds_of(record) for record in made)


def test_what_another_post_wrote_is_not_taken_in_by_an_observer(stage: Stage) -> None:
    with_another_post(stage)
    exchange_out(stage.office, stage.folder)
    here = open_office(stage.folder.with_name("o.rekap"), clock=offices.Clock())
    here.go_on_as_new_post()
    guard(here)
    stand(here, Role.OBSERVER)
    with pytest.raises(KnownProblem) as caught:
        exchange_in(here, stage.folder)
    assert caught.value.code == "role-cannot-exchange"
    stand(here, Role.OPERATOR)
    assert exchange_in(here, stage.folder).new == 1
    here.close()


def test_an_observer_sees_a_form_and_is_offered_nothing(stage: Stage) -> None:
    stage.typed("Siti")
    guard(stage.office)
    stand(stage.office, Role.OBSERVER)
    now = standing(stage.office, BUPATI, HERE, person=stage.office.present)
    assert (now.access, now.acts, now.cells) == (Access.ROLE, (), valid_bupati(40))
    stand(stage.office, Role.OPERATOR)
    now = standing(stage.office, BUPATI, HERE, person=stage.office.present)
    assert now.access is Access.COUNTED and Act.WITHDRAW not in now.acts
    stand(stage.office, Role.VERIFIER)
    now = standing(stage.office, BUPATI, HERE, person=stage.office.present)
    assert Act.WITHDRAW in now.acts


def test_who_typed_one_of_two_entries_settles_them_only_on_the_word_of_another(
    stage: Stage,
) -> None:
    office = stage.office
    stage.typed(PEOPLE[Role.VERIFIER], "Siti")
    guard(office)
    by = stand(office, Role.VERIFIER)
    first, second = valid_bupati(40), valid_bupati(41)
    changes = {cell: n for cell, n in second.items() if n != first[cell]}
    with pytest.raises(KnownProblem) as caught:
        ruling.correct(office, BUPATI, HERE, changes=changes, decision=why(by))
    assert caught.value.code == "settler-typed-it"
    ruling.correct(office, BUPATI, HERE, changes=changes, decision=why(by, "Rapat pleno"))
