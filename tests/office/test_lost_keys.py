"""A lost key: replaced, revoked, everybody below certified again; what it signed stays provable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from recap_desktop.election.definitions.contests import Mode
from recap_desktop.election.records.trusts import Why
from recap_desktop.exchange.certificates import Holder, require_certified, seal
from recap_desktop.exchange.signing import SigningKey
from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.keys import (
    asking,
    certifying,
    own_keys,
    renewing,
    revoking,
    taking_certificates,
    trusting,
)
from recap_desktop.office.keys.asking import Answer
from recap_desktop.office.keys.standing import (
    BelowState,
    OwnState,
    offices_below,
    own_standing,
    post_standings,
)
from recap_desktop.office.plenary import closing
from recap_desktop.office.proof import verifying
from recap_desktop.office.upward import receiving, sending
from recap_desktop.office.upward.package_preview import preview
from recap_desktop.problems import KnownProblem
from tests.made_up.keys import (
    CHAIR,
    Keyed,
    Three,
    believe,
    certify,
    keyed,
    request_of,
    three_offices,
    typed,
)
from tests.made_up.offices import BUPATI, TPS, tiny_election, valid_bupati
from tests.made_up.upward import DECISION, paper_of


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    """All believe the provinsi, and are certified down from it."""
    made = three_offices(tmp_path)
    for lower in (made.kabko, made.kecamatan):
        believe(made.provinsi, lower)
    certify(made.provinsi, made.kabko)
    certify(made.kabko, made.kecamatan)
    yield made
    made.close()


def new_key(of: Keyed) -> Keyed:
    """The office lost its key, and has another one from now on."""
    key = SigningKey.of(Ed25519PrivateKey.generate())
    trusting.record_root(of.office, of.office.code, key.public.hex(), name="KPU", by=CHAIR)
    return replace(of, key=key)


def ask(of: Keyed) -> Path:
    return own_keys.write_request(of.office, of.medium, key=of.key)


def leads(of: Keyed, at: Keyed) -> list[str]:
    """The way from a root that is believed there to the key of an office."""
    found = require_certified(
        of.public,
        of.office.code,
        holder=Holder.OFFICE,
        certificates=trusting.known_certificates(at.office),
        trust=trusting.trust_of(at.office),
    )
    return [one.code for one in found]


def replaced_above(upper: Keyed, lower: Keyed) -> list[Path]:
    """The office above certifies the new key and takes the former one back; both as files."""
    (asked,) = asking.requests_in(upper.office, ask(lower))
    assert asked.answer is Answer.REPLACES
    assert asked.request is not None
    made = asking.issue_replacing(
        upper.office,
        asked.request,
        typed(lower.public),
        why=Why.LOST,
        key=upper.key,
        by=CHAIR,
    )
    return [
        made.issued.write(upper.medium),
        revoking.write_lists(upper.office, upper.medium),
    ]


# A request that takes the place of another key


def test_a_new_key_takes_the_place_of_the_former_in_one_go(three: Three) -> None:
    former, kecamatan = three.kecamatan, new_key(three.kecamatan)
    assert own_standing(kecamatan.office).state is OwnState.WAITING
    place = three.kabko.office.file.journal.last_place()
    (asked,) = asking.requests_in(three.kabko.office, ask(kecamatan))
    assert asked.request is not None
    with pytest.raises(KnownProblem, match="fingerprint-not-typed"):
        asking.issue_replacing(
            three.kabko.office,
            asked.request,
            typed(former.public),
            why=Why.LOST,
            key=three.kabko.key,
            by=CHAIR,
        )
    assert three.kabko.office.file.journal.last_place() == place
    paths = replaced_above(three.kabko, kecamatan)
    taking_certificates.take(kecamatan.office, paths, by=CHAIR)
    for at in (three.kabko, kecamatan):
        assert leads(kecamatan, at) in ([], ["320701"])
        with pytest.raises(KnownProblem, match="certificate-revoked"):
            leads(former, at)
    assert own_standing(kecamatan.office).state is OwnState.CERTIFIED
    # Once more: the key stands, its certificate is only written again.
    (again,) = asking.requests_in(three.kabko.office, ask(kecamatan))
    assert (again.answer, again.standing) == (Answer.AGAIN, 2)
    (refused,) = asking.requests_in(three.kabko.office, ask(former))
    assert refused.problem is not None and refused.problem.code == "key-revoked-before"


def test_a_folder_of_requests_says_of_each_what_can_be_answered(
    three: Three, tmp_path: Path
) -> None:
    folder, kabko = tmp_path / "permohonan", three.kabko
    folder.mkdir()
    with pytest.raises(KnownProblem, match="requests-missing"):
        asking.requests_in(kabko.office, folder)
    cikoneng = keyed(tmp_path / "lain", "320702")
    stranger = SigningKey.of(Ed25519PrivateKey.generate())
    real = replace(trusting.realm_of(kabko.office), mode=Mode.REAL.value)
    for name, raw in {
        "a": ask(three.kecamatan).read_bytes(),
        "b": ask(cikoneng).read_bytes(),
        "b2": ask(cikoneng).read_bytes(),
        "c": request_of(stranger, "320801", three).read_bytes(),
        "d": request_of(stranger, "320701", three, realm=real).read_bytes(),
        "e": (three.kecamatan.medium / "KUNCI_320701.kunci").read_bytes(),
    }.items():
        (folder / f"{name}.permohonan").write_bytes(raw)
    (folder / "lain.txt").write_text("bukan permohonan")
    found = asking.requests_in(kabko.office, folder)
    assert [(one.path.stem, one.answer) for one in found] == [
        ("a", Answer.AGAIN),
        ("b", Answer.NEW),
        ("c", Answer.REFUSED),
        ("d", Answer.REFUSED),
        ("e", Answer.REFUSED),
    ]
    assert [one.problem.code for one in found if one.problem] == [
        "request-of-other-region",
        "request-of-other-election",
        "not-a-request",
    ]
    (as_key,) = asking.requests_in(kabko.office, three.kecamatan.medium / "KUNCI_320701.kunci")
    assert as_key.problem is not None and as_key.problem.code == "request-is-a-key"
    cikoneng.office.close()


# An office in the middle


def test_the_successor_of_a_lost_key_signs_again_all_offices_below_from_the_record(
    three: Three, tmp_path: Path
) -> None:
    cikoneng = keyed(tmp_path / "lain", "320702")
    believe(three.provinsi, cikoneng)
    certify(three.kabko, cikoneng)
    revoking.revoke(
        three.kabko.office,
        [revoking.of_serial(three.kabko.office, 2)],
        why=Why.MISTAKEN,
        key=three.kabko.key,
        by=CHAIR,
    )
    kabko = new_key(three.kabko)
    assert [one.state for one in offices_below(kabko.office)] == [
        BelowState.FORMER,
        BelowState.REVOKED,
    ]
    # The letter of each was typed once; what was revoked is not signed again.
    (found,) = renewing.renewable(kabko.office).certificates
    assert found.key == three.kecamatan.public
    with pytest.raises(KnownProblem, match="key-of-other"):
        renewing.renew(kabko.office, key=three.kabko.key, by=CHAIR)
    paths = replaced_above(three.provinsi, kabko)
    taking_certificates.take(kabko.office, paths, by=CHAIR)
    (made,) = renewing.renew(kabko.office, key=kabko.key, by=CHAIR)
    assert renewing.renew(kabko.office, key=kabko.key, by=CHAIR) == []
    assert offices_below(kabko.office)[0].state is BelowState.HOLDS
    carried = [made.write(kabko.medium), paths[1]]
    taking_certificates.take(three.kecamatan.office, carried, by=CHAIR)
    for at in (kabko, three.kecamatan):
        assert leads(three.kecamatan, at) in ([], ["320701"])
        with pytest.raises(KnownProblem, match="certificate-revoked"):
            leads(three.kabko, at)
    cikoneng.office.close()


def test_a_key_below_that_is_lost_too_is_revoked_and_not_signed_again(three: Three) -> None:
    kabko = new_key(three.kabko)
    lost = revoking.of_serial(kabko.office, 1)
    revoking.revoke(kabko.office, [lost], why=Why.LOST, key=kabko.key, by=CHAIR)
    assert renewing.renewable(kabko.office).certificates == ()
    assert offices_below(kabko.office)[0].state is BelowState.REVOKED
    with pytest.raises(KnownProblem, match="key-revoked-before"):
        certify(kabko, three.kecamatan)


def test_what_the_former_key_is_said_to_have_certified_is_not_learnt_from_a_file(
    three: Three,
) -> None:
    """Whoever found the former key could have made it."""
    kabko = new_key(three.kabko)
    thief = SigningKey.of(Ed25519PrivateKey.generate())
    forged = replace(
        trusting.known_certificates(three.kabko.office)[-1], key=thief.public.hex(), serial=7
    )
    path = three.folder / "temuan.sertifikat"
    path.write_bytes(
        seal(
            replace(forged, code="320702", issuer="3207", issuer_key=three.kabko.public),
            three.kabko.key,
        )
    )
    with pytest.raises(KnownProblem, match="document-of-own"):
        taking_certificates.take(kabko.office, [path], by=CHAIR)
    assert {one.key for one in renewing.renewable(kabko.office).certificates} == {
        three.kecamatan.public
    }


# What was signed before


def test_what_a_lost_key_signed_before_stays_provable(three: Three, tmp_path: Path) -> None:
    kecamatan, kabko = three.kecamatan, three.kabko
    rows = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
    entering.enter_all(kecamatan.office, BUPATI, rows, by="Siti")
    closing.close(kecamatan.office, BUPATI, by="Siti", place="Ciamis")
    certifying.certify_posts(kecamatan.office, key=kecamatan.key, by=CHAIR)
    sticks = [tmp_path / f"stik-{at}" for at in range(3)]
    for stick in sticks:
        stick.mkdir()
    first = sending.send(kecamatan.office, BUPATI, sticks[0], key=kecamatan.key, by="Siti").path
    seen = preview(kabko.office, first)
    receiving.receive(kabko.office, seen, typed=paper_of(seen), by="Tuti")
    new = new_key(kecamatan)
    taking_certificates.take(new.office, replaced_above(kabko, new), by=CHAIR)
    assert post_standings(new.office)[0].certificate is None
    certifying.certify_posts(new.office, key=new.key, by=CHAIR)
    # By its key the package is believed no longer; by the record it is the one that was received.
    for office in (kabko.office, new.office):
        with pytest.raises(KnownProblem) as caught:
            verifying.verify_package(first, office=office)
        assert caught.value.code == "certificate-revoked"
        assert verifying.met_before(first, caught.value, office=office) is not None
        assert verifying.met_before(first, caught.value, office=three.provinsi.office) is None
    # The same close under the new key is the same; the next revision goes on from it.
    again = sending.send(new.office, BUPATI, sticks[1], key=new.key, by="Siti").path
    verifying.verify_package(again, office=kabko.office)
    with pytest.raises(KnownProblem, match="receive-already"):
        preview(kabko.office, again)
    closing.reopen_contest(new.office, BUPATI, by="Siti", reason="keliru", decided_by="Ketua")
    ruling.correct(new.office, BUPATI, TPS[0], changes={"votes.1": 39}, decision=DECISION)
    ruling.accept(new.office, BUPATI, TPS[0], decision=DECISION)
    closing.close(new.office, BUPATI, by="Siti", place="Ciamis")
    last = sending.send(new.office, BUPATI, sticks[2], key=new.key, by="Siti").path
    seen = preview(kabko.office, last)
    assert (seen.alarm, seen.before) == ("", 1)
    receiving.receive(kabko.office, seen, typed=paper_of(seen), by="Tuti")


def test_a_package_that_was_never_met_is_not_believed_by_the_record(
    three: Three, tmp_path: Path
) -> None:
    kecamatan, kabko = three.kecamatan, three.kabko
    entering.enter_all(kecamatan.office, BUPATI, [(t, valid_bupati()) for t in TPS], by="Siti")
    closing.close(kecamatan.office, BUPATI, by="Siti", place="Ciamis")
    stick = tmp_path / "stik"
    stick.mkdir()
    sent = sending.send(kecamatan.office, BUPATI, stick, key=kecamatan.key, by="Siti").path
    replaced_above(kabko, new_key(kecamatan))
    with pytest.raises(KnownProblem) as caught:
        verifying.verify_package(sent, office=kabko.office)
    assert verifying.met_before(sent, caught.value, office=kabko.office) is None
    other = KnownProblem("package-damaged", file="x", name="x")
    assert verifying.met_before(sent, other, office=kecamatan.office) is None


def test_the_key_of_an_office_stands_as_its_records_say(three: Three, tmp_path: Path) -> None:
    states = [own_standing(of.office) for of in three.all()]
    assert [one.state for one in states] == [OwnState.ROOT, OwnState.CERTIFIED, OwnState.CERTIFIED]
    assert [one.code for one in states[2].leads] == ["3207", "320701"]
    lone = keyed(tmp_path / "sendiri", "320702", tiny_election())
    certify(three.kabko, lone)
    assert own_standing(lone.office).state is OwnState.UNLED
    certificate = revoking.of_serial(three.kabko.office, 2)
    revoking.revoke(three.kabko.office, [certificate], why=Why.KNOWN, key=three.kabko.key, by=CHAIR)
    path = revoking.write_lists(three.kabko.office, three.kabko.medium)
    taking_certificates.take(lone.office, [path], by=CHAIR)
    assert own_standing(lone.office).state is OwnState.REVOKED
    lone.office.close()
