"""Keys and trust in the window, by keys alone: three offices enrolled, a lost key, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from recap_desktop.election.definitions.contests import Mode
from recap_desktop.election.records.roles import Role
from recap_desktop.election.records.trusts import Why
from recap_desktop.exchange.certificates import Holder, require_certified
from recap_desktop.exchange.office_keys import Owner, make_office_key
from recap_desktop.office.keys.asking import Answer
from recap_desktop.office.keys.standing import BelowState, OwnState
from recap_desktop.office.keys.trusting import (
    known_certificates,
    revocations_of,
    trust_of,
)
from recap_desktop.office.opening import create_office_for, open_office
from recap_desktop.office.posts.by_stick import exchange_in, exchange_out
from recap_desktop.office.proof.auditing import audit
from recap_desktop.problems import KnownProblem
from tests.desk.conftest import OpenWindow
from tests.journeys.key_laptop import PHRASE, Laptop
from tests.journeys.pad import desk_of, press
from tests.made_up.guarded import PASSWORD, PEOPLE, give_passwords, guard
from tests.made_up.keys import CHAIR, typed
from tests.made_up.keys import PHRASE as OF_MEDIUM
from tests.made_up.offices import Clock, tiny_election
from tests.scenes import key_scenes

OpenLaptop = Callable[..., Laptop]


@pytest.fixture
def laptop(window: OpenWindow, qtbot: QtBot) -> OpenLaptop:
    def open_laptop(path: Path) -> Laptop:
        desk = desk_of(window(path))
        desk.session.choose_person(CHAIR)
        QTest.keyClick(desk, Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
        press("6")
        assert desk.behind.keys.isVisible()
        return Laptop(desk, qtbot)

    return open_laptop


def new_office(folder: Path, region: str, mode: Mode = Mode.REHEARSAL) -> Path:
    path = folder / f"{region}-{mode.value}.rekap"
    create_office_for(path, election=tiny_election(mode), region=region, clock=Clock()).close()
    return path


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stik"
    folder.mkdir()
    return folder


def test_three_offices_are_enrolled_through_the_window(
    laptop: OpenLaptop, tmp_path: Path, stick: Path
) -> None:
    made: list[Laptop] = []
    for region in ("32", "3207", "320701"):
        one = laptop(new_office(tmp_path, region))
        path = one.make_key(tmp_path / f"kunci-{region}")
        assert path.name == f"KUNCI_{region}.kunci"
        # Request and letter: the key's file is known, so is the folder from the second office on.
        press("1\n")
        said = one.done(*((str(stick), PHRASE) if not made else (PHRASE,)))
        assert f"PERMOHONAN_{region}.permohonan" in said and f"SURAT_KUNCI_{region}.pdf" in said
        made.append(one)
    provinsi, kabko, kecamatan = made
    assert [one.state for one in made] == [OwnState.ROOT, OwnState.WAITING, OwnState.WAITING]

    for one, roots in ((kabko, 4), (kecamatan, 3)):
        one.take_up()
        one.part(roots)
        one.fill(str(stick / "PERMOHONAN_32.permohonan"))
        one.done(*typed(provinsi.key).split())
        assert trust_of(one.desk.session.office).roots["32"] == provinsi.key

    for upper, lower in ((provinsi, kabko), (kabko, kecamatan)):
        upper.take_up()
        upper.part(2)
        requests = stick / f"PERMOHONAN_{lower.desk.session.office.code}.permohonan"
        upper.empty(1)
        upper.fill(str(requests), PHRASE)
        upper.begin_walk()
        upper.fill(*typed(lower.key).split())
        assert upper.walk.is_over
        press("\n")
        assert not upper.is_walking
        lower.take_up()
        lower.part(5 if lower is kabko else 4)
        lower.empty(1)
        lower.done(str(stick))
        assert lower.state is OwnState.CERTIFIED

    kecamatan.part(2)
    kecamatan.done(PHRASE)
    office = kecamatan.desk.session.office
    assert office.post is not None
    leads = require_certified(
        office.post.public.hex(),
        "320701",
        holder=Holder.POST,
        certificates=known_certificates(office),
        trust=trust_of(provinsi.desk.session.office),
    )
    assert [one.code for one in leads] == ["3207", "320701", "320701"]
    for one in made:
        assert audit(one.desk.session.office).faults == ()


# What is refused, each with its own sentence


@pytest.fixture
def below(tmp_path: Path) -> Path:
    """A kecamatan with a certified key."""
    path = tmp_path / "ciamis.rekap"
    key_scenes.certified(path)
    return path


def test_each_key_file_that_does_not_fit_has_its_own_sentence(
    laptop: OpenLaptop, tmp_path: Path, stick: Path
) -> None:
    one = laptop(new_office(tmp_path, "320701"))
    words, phrase = one.desk.session.words, "empat kata yang panjang"
    other, real, junk = (tmp_path / f"{name}.kunci" for name in ("lain", "nyata", "rusak"))
    make_office_key(other, phrase, name="KPU", owner=Owner("3207", "rehearsal"))
    make_office_key(real, phrase, name="PPK", owner=Owner("320701", "real"))
    junk.write_bytes(b"bukan kunci")
    gone = stick / "dicabut" / "KUNCI_320701.kunci"
    press("1")
    one.other(1)
    cases = {
        other: words("problem.key-of-other-office", office="32.07", own="32.07.01"),
        real: words["problem.key-of-real"],
        junk: words("problem.key-not-a-key", path=str(junk)),
        gone: words.problem(KnownProblem("key-not-read", path=str(gone), reason="ENOENT")),
    }
    for path, sentence in cases.items():
        one.form.fields[1].clear()
        one.form.fields[2].clear()
        one.form.take_focus()
        said = one.refused(str(path), phrase)
        assert said == sentence
        assert one.key == ""
    # What was typed stays, but for the passphrase.
    assert [bool(field.text()) for field in one.form.fields] == [True, True, False]


def test_a_wrong_passphrase_and_a_key_of_before_are_said(
    laptop: OpenLaptop, tmp_path: Path, stick: Path
) -> None:
    one = laptop(new_office(tmp_path, "320701"))
    words, former = one.desk.session.words, one.make_key(tmp_path / "kunci")
    press("1\n")
    said = one.refused(str(stick), "salah salah salah")
    assert said == words("problem.key-not-opened", path=str(former))
    assert list(stick.iterdir()) == []
    one.done(PHRASE)
    press("1")
    one.other(2)
    one.done(str(tmp_path / "kunci"), PHRASE, PHRASE)
    new = tmp_path / "kunci" / "KUNCI_320701-2.kunci"
    assert new.is_file() and former.is_file()
    press("1\n")
    one.form.fields[2].setText(str(former))
    said = one.refused(PHRASE)
    assert said == words("problem.key-of-other", office="320701")


def test_a_key_that_is_opened_too_late_signs_nothing_else(
    laptop: OpenLaptop, tmp_path: Path, stick: Path
) -> None:
    one = laptop(new_office(tmp_path, "320701"))
    path = one.make_key(tmp_path / "kunci")
    press("1\n")
    one.fill(str(stick), PHRASE)
    one.page._back()
    press("\n")
    # The folder was kept; the passphrase is another one, and wrong.
    said = one.refused("salah salah salah")
    assert said == one.desk.session.words("problem.key-not-opened", path=str(path))
    assert list(stick.iterdir()) == []


def test_a_medium_pulled_out_loses_nothing_that_was_issued(
    laptop: OpenLaptop, tmp_path: Path
) -> None:
    path = tmp_path / "kabko.rekap"
    key_scenes.above(path)
    one = laptop(path)
    key_scenes.walk(one.desk)
    target = one.walk.folder
    press("\n")
    away = target.with_name("dicabut")
    target.rename(away)
    request = one.walk.asked[1].request
    assert request is not None
    said = one.refused(*typed(request.key).split())
    assert "SERTIFIKAT_320702_2" in said
    assert one.page.form is not None, "the request is still there, with what was typed"
    away.rename(target)
    press("\n\n")
    assert one.walk.is_over
    assert (target / "SERTIFIKAT_320702_2.sertifikat").is_file()
    assert sum(c.code == "320702" for c in known_certificates(one.desk.session.office)) == 1


def test_what_is_for_elsewhere_or_of_a_rehearsal_is_said_when_it_is_taken_in(
    laptop: OpenLaptop, tmp_path: Path, below: Path
) -> None:
    one = laptop(new_office(tmp_path, "320701", Mode.REAL))
    words, folder = one.desk.session.words, below.parent / "ciamis-kantor"
    certificate = folder / "kunci-3207" / "SERTIFIKAT_320701_1.sertifikat"
    press("4\n")
    said = one.refused(str(certificate))
    assert said == words("problem.certificate-of-other-election", office="320701")
    one.page._back()
    press("3\n")
    said = one.refused(str(folder / "kunci-32" / "PERMOHONAN_32.permohonan"))
    assert said == words("problem.root-of-other-election", office="32")
    aside = laptop(new_office(tmp_path, "320702"))
    press("4\n")
    aside.empty(1)
    said = aside.refused(str(certificate))
    assert said == words("problem.certificate-of-elsewhere", office="320701", own="320702")
    aside.page._back()
    press("4\n")
    aside.empty(1)
    said = aside.done(str(certificate.parent))
    assert "1 berkas untuk kantor lain dilewati." in said
    assert known_certificates(aside.desk.session.office) == ()


# Revoking, and a lost key in the middle


def test_a_key_is_revoked_with_its_reason_as_a_numbered_list(
    laptop: OpenLaptop, tmp_path: Path, stick: Path
) -> None:
    path = tmp_path / "kabko.rekap"
    key_scenes.above(path, on_medium=True)
    one = laptop(path)
    key = key_scenes.KEYS["kabko"].medium / "KUNCI_3207.kunci"
    press("2")
    one.other(2)
    said = one.refused("9", str(stick), str(key), OF_MEDIUM)
    assert said == one.desk.session.words("problem.reason-not-chosen", most=4)
    one.form.fields[1].setText("2")
    one.done(OF_MEDIUM)
    (told,) = revocations_of(one.desk.session.office)
    assert [(gone.code, gone.why) for gone in told.gone] == [("320701", Why.KNOWN)]
    assert (stick / "CABUTAN_3207_1.cabutan").is_file()
    rows = [row.cells[:3] for row in one.page.shown.rows]
    assert rows == [
        ("PPK Ciamis", "32.07.01", "dicabut"),
        ("PPK Cikoneng", "32.07.02", "belum ada"),
    ]


def test_a_new_key_of_an_office_below_takes_the_place_of_the_former(
    laptop: OpenLaptop, tmp_path: Path
) -> None:
    path = tmp_path / "kabko.rekap"
    key_scenes.replaced(path)
    one = laptop(path)
    key_scenes.walk_one(one.desk)
    (asked,) = one.walk.asked
    assert asked.answer is Answer.REPLACES and asked.request is not None
    groups = typed(asked.request.key).split()
    said = one.refused(*groups, "7")
    assert said == one.desk.session.words("problem.reason-not-chosen", most=4)
    one.form.fields[-1].setText("1")
    press("\n\n")
    assert one.walk.is_over
    names = {file.name for file in one.walk.folder.iterdir()}
    assert {"SERTIFIKAT_320701_2.sertifikat", "CABUTAN_3207_1.cabutan"} <= names
    office = one.desk.session.office
    (told,) = revocations_of(office)
    assert [gone.why for gone in told.gone] == [Why.LOST]
    held = [c.key for c in known_certificates(office) if c.serial == 2]
    assert held == [asked.request.key]


def test_laptops_that_recorded_different_keys_are_settled_by_the_right_stick(
    laptop: OpenLaptop, tmp_path: Path, stick: Path
) -> None:
    paths = [new_office(tmp_path, "320701"), tmp_path / "b.rekap"]
    create_office_for(paths[1], election=tiny_election(), region="320701", clock=Clock()).close()
    keys, publics = [], []
    for at, path in enumerate(paths):
        made = laptop(path)
        keys.append(made.make_key(tmp_path / f"kunci-{at}"))
        publics.append(made.key)
        exchange_out(made.desk.session.office, stick)
        made.leave()
    here = open_office(paths[0], clock=Clock())
    exchange_in(here, stick)
    here.close()
    one = laptop(paths[0])
    press("1")
    assert one.state is OwnState.CONFLICT
    assert one.key == ""
    press("\n")
    one.empty(1)
    one.done(str(keys[1]), PHRASE)
    assert (one.key, one.state) == (publics[1], OwnState.WAITING)


def test_an_office_in_the_middle_loses_its_key_and_signs_again_all_below(
    laptop: OpenLaptop, tmp_path: Path, stick: Path
) -> None:
    path = tmp_path / "kabko.rekap"
    key_scenes.above(path)
    one = laptop(path)
    press("1")
    one.other(2)
    one.done(str(tmp_path), PHRASE, PHRASE)
    assert one.state is OwnState.WAITING
    one.part(2)
    said = one.done(str(stick), PHRASE)
    assert said.startswith("1 sertifikat diterbitkan ulang")
    assert [file.name for file in stick.iterdir()] == ["SERTIFIKAT_320701_1.sertifikat"]
    assert one.page.seen is not None
    assert [below.state for below in one.page.seen.below] == [BelowState.HOLDS, BelowState.NONE]
    assert one.page.seen.below[0].certificates[0].issuer_key == one.key


def test_a_locked_screen_forgets_the_key(laptop: OpenLaptop, tmp_path: Path) -> None:
    path = tmp_path / "kabko.rekap"
    key_scenes.above(path)
    one = laptop(path)
    key_scenes.walk_one(one.desk)
    begun = one.is_walking
    one.desk.session.locked.emit()
    assert (begun, one.is_walking, one.page.form) == (True, False, None)


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.CHAIR, ["request", "requests", "laptops", "root", "arrivals"]),
        (Role.OPERATOR, ["request", "again", "", "", "arrivals"]),
        (Role.OBSERVER, ["", "", "", "", ""]),
    ],
)
def test_what_a_role_may_not_do_is_not_offered(
    window: OpenWindow, tmp_path: Path, role: Role, offered: list[str]
) -> None:
    path = tmp_path / "kabko.rekap"
    key_scenes.above(path)
    office = open_office(path, clock=Clock())
    guard(office)
    give_passwords(office)
    office.close()
    desk = desk_of(window(path))
    desk.session.choose_person(PEOPLE[role], PASSWORD)
    desk.show_keys()
    page, words = desk.behind.keys, desk.session.words
    for at, code in enumerate(offered):
        page.choose(at)
        button = page.foot.next_button
        assert (button.text() if not button.isHidden() else "") == (
            words[f"desk.kunci.{code}-go"] if code else ""
        )
        if not code:
            assert page.foot.message == words["desk.kunci.only-chair"]
            assert page.shown.buttons == []
