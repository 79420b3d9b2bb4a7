"""A closed contest is sent up, again, and as its next revision; who may prove what was sent."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from recap_desktop import places
from recap_desktop.election.papers.anchors import Anchor
from recap_desktop.election.records import packages
from recap_desktop.election.records.journal import Draft, Kind, read_record
from recap_desktop.election.records.trusts import Why
from recap_desktop.exchange.package_file import open_package
from recap_desktop.exchange.signing import SigningKey
from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.entry.ruling import Decision
from recap_desktop.office.keys import certifying, revoking, taking_certificates
from recap_desktop.office.keys.trusting import certificates_of
from recap_desktop.office.opening import Office
from recap_desktop.office.papers import printing
from recap_desktop.office.papers.anchoring import anchor_of
from recap_desktop.office.plenary import closing
from recap_desktop.office.plenary.revisions import standing_revision
from recap_desktop.office.posts.by_stick import exchange_in, exchange_out
from recap_desktop.office.proof import verifying
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.proof.proving_packages import prove_package
from recap_desktop.office.proof.verifying import Standing
from recap_desktop.office.upward import sending
from recap_desktop.problems import KnownProblem
from tests.made_up.keys import CHAIR, Keyed, Three, certify, three_offices
from tests.made_up.offices import BUPATI, GUBERNUR, TPS, tiny_office, valid_bupati

PERIKSA = places.resource("verifier", "periksa.py")
STRANGER = SigningKey.of(Ed25519PrivateKey.generate())
DECISION = Decision(by="Siti", reason="salah tulis", decided_by="Ketua")


def fill(office: Office) -> None:
    entering.enter_all(office, BUPATI, [(tps, valid_bupati()) for tps in TPS], by="Siti")
    closing.close(office, BUPATI, by="Siti", place="Ciamis")


def once_more(office: Office, votes: int) -> None:
    """Reopen the contest, correct a TPS and close it again: the next revision."""
    closing.reopen_contest(office, BUPATI, by="Siti", reason="keliru", decided_by="Ketua")
    changes = {"votes.1": votes, "votes.2": 140 - votes}
    ruling.correct(office, BUPATI, TPS[0], changes=changes, decision=DECISION)
    ruling.accept(office, BUPATI, TPS[0], decision=DECISION)
    closing.close(office, BUPATI, by="Siti", place="Ciamis")


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    made = three_offices(tmp_path)
    fill(made.kecamatan.office)
    yield made
    made.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stik"
    made.mkdir()
    return made


def send(of: Keyed, stick: Path, contest: str = BUPATI) -> sending.Sent:
    return sending.send(of.office, contest, stick, key=of.key, by="Siti")


def certified(three: Three) -> None:
    certify(three.kabko, three.kecamatan)
    certifying.certify_posts(three.kecamatan.office, key=three.kecamatan.key, by=CHAIR)


def refusal(path: Path, office: Office) -> str:
    with pytest.raises(KnownProblem) as caught:
        verifying.verify_package(path, office=office)
    return caught.value.code


def test_what_is_sent_is_proved_by_the_trust_of_the_office_above(three: Three, stick: Path) -> None:
    certified(three)
    sent = send(three.kecamatan, stick)
    assert sent.path.name == "REKAP_320701_bupati_kecamatan_1.rkp"
    assert (sent.is_new, sent.revision, sent.certificates) == (True, 1, 2)
    proved = verifying.verify_package(sent.path, office=three.kabko.office)
    assert proved.hash == sent.package
    assert proved.certified is not None
    assert [one.code for one in proved.certified] == ["320701"]
    (record,) = sending.sent_of(three.kecamatan.office, BUPATI)
    assert record.subject == {"contest": BUPATI}
    assert record.body["package"] == sent.package and record.body["previous"] == ""


def test_the_same_revision_is_the_same_package_and_is_recorded_once(
    three: Three, stick: Path
) -> None:
    certified(three)
    first = send(three.kecamatan, stick)
    raw = first.path.read_bytes()
    again = send(three.kecamatan, stick)
    assert again == replace(first, is_new=False)
    assert again.path.read_bytes() == raw
    assert len(sending.sent_of(three.kecamatan.office, BUPATI)) == 1


def test_the_next_revision_names_the_package_before_it_and_carries_that_it_was_sent(
    three: Three, stick: Path
) -> None:
    certified(three)
    first = send(three.kecamatan, stick)
    once_more(three.kecamatan.office, 41)
    second = send(three.kecamatan, stick)
    once_more(three.kecamatan.office, 42)
    third = send(three.kecamatan, stick)
    said = [
        verifying.verify_package(sent.path, office=three.kabko.office)
        for sent in (first, second, third)
    ]
    assert [one.statement.previous for one in said] == ["", first.package, second.package]
    for sent in (first, second, third):
        root = f"3207={three.kabko.public}"
        checked = subprocess.run(
            [sys.executable, PERIKSA, sent.path, "--akar", root], capture_output=True, check=False
        )
        assert checked.returncode == 0, checked.stdout
    with open_package(third.path) as package:
        records = [read_record(line) for line in package.lines(packages.JOURNAL)]
    carried = {r.body["package"] for r in records if r.kind == Kind.SENT.value}
    assert carried == {first.package, second.package}


def test_a_package_travels_before_its_certificates(three: Three, stick: Path) -> None:
    sent = send(three.kecamatan, stick)
    assert sent.certificates == 0
    assert prove_package(sent.path).statement.revision == 1
    assert refusal(sent.path, three.kabko.office) == "key-not-certified"
    certify(three.kabko, three.kecamatan)
    # Known there now; the post's own is still missing.
    assert refusal(sent.path, three.kabko.office) == "key-not-certified"
    certifying.certify_posts(three.kecamatan.office, key=three.kecamatan.key, by=CHAIR)
    later = send(three.kecamatan, stick)
    assert later.is_new and later.package != sent.package
    assert verifying.verify_package(later.path, office=three.kabko.office).hash == later.package
    live = sending.sent_of(three.kecamatan.office, BUPATI)[-1]
    assert live.body["package"] == later.package and len(live.over) == 1
    assert sending.previous_of(three.kecamatan.office, BUPATI, 2) == later.package


def test_what_was_revoked_above_is_refused_there(three: Three, stick: Path) -> None:
    certified(three)
    sent = send(three.kecamatan, stick)
    lost = [revoking.of_serial(three.kabko.office, 1)]
    revoking.revoke(three.kabko.office, lost, why=Why.LOST, key=three.kabko.key, by=CHAIR)
    assert refusal(sent.path, three.kabko.office) == "certificate-revoked"
    assert prove_package(sent.path).hash == sent.package, "what it holds is as sound as before"


def test_a_package_of_one_contest_is_not_hindered_by_what_was_sent_of_another(
    three: Three, stick: Path
) -> None:
    certified(three)
    office = three.kecamatan.office
    for tps in TPS:
        ruling.not_delivered(office, GUBERNUR, tps, decision=DECISION)
    closing.close(office, GUBERNUR, by="Siti", place="Ciamis")
    other = send(three.kecamatan, stick, GUBERNUR)
    once_more(office, 41)
    for sent in (send(three.kecamatan, stick), other):
        assert verifying.verify_package(sent.path, office=three.kabko.office).hash == sent.package


def test_what_cannot_be_sent_is_refused_and_nothing_is_written(three: Three, stick: Path) -> None:
    office = three.kecamatan.office
    place = office.file.journal.last_place()
    cases = {
        "send-not-closed": (GUBERNUR, stick, three.kecamatan.key),
        "contest-unknown": ("walikota", stick, three.kecamatan.key),
        "key-of-other": (BUPATI, stick, STRANGER),
        "package-not-written": (BUPATI, stick / "tidak-ada", three.kecamatan.key),
    }
    for code, (contest, folder, key) in cases.items():
        with pytest.raises(KnownProblem) as caught:
            sending.send(office, contest, folder, key=key, by="Siti")
        assert caught.value.code == code
    assert office.file.journal.last_place() == place
    assert list(stick.iterdir()) == []


def test_an_office_without_a_key_on_record_sends_with_the_key_it_is_given(
    tmp_path: Path, stick: Path
) -> None:
    office = tiny_office(tmp_path / "o.rekap")
    fill(office)
    sent = sending.send(office, BUPATI, stick, key=STRANGER, by="Siti")
    assert prove_package(sent.path).key == STRANGER.public.hex()
    office.close()


def test_another_laptop_knows_what_was_sent(three: Three, stick: Path, tmp_path: Path) -> None:
    sent = send(three.kecamatan, stick)
    exchange_out(three.kecamatan.office, stick)
    other = tiny_office(tmp_path / "b.rekap")
    exchange_in(other, stick)
    assert [r.body["package"] for r in sending.sent_of(other, BUPATI)] == [sent.package]
    assert sending.previous_of(other, BUPATI, 2) == sent.package
    assert audit(other).faults == ()
    other.close()


# What stands on paper


def line_of(office: Office) -> Anchor:
    revision = standing_revision(office, BUPATI)
    assert revision is not None
    return anchor_of(office.election, revision.record)


def test_the_line_of_a_sheet_is_compared_with_the_package(three: Three, stick: Path) -> None:
    proved = prove_package(send(three.kecamatan, stick).path)
    line = verifying.read_line(line_of(three.kecamatan.office).text)
    assert verifying.verify_line(line, package=proved).standing is Standing.SAME
    said = line.statement
    forged = [
        replace(line, head=bytes(32)),
        replace(line, signature=bytes(64)),
        replace(line, signature=b""),
        *(
            replace(line, statement=replace(said, **changes))
            for changes in (
                {"revision": 2},
                {"stations": 4},
                {"root": bytes(32)},
                {"rehearsal": False},
                {"unit": "320702"},
                {"contest": GUBERNUR},
                {"votes": (said.votes[0], (2, replace(said.votes[1][1], value=501)))},
                {"valid": replace(said.valid, value=701)},
                {"invalid": replace(said.invalid, value=26)},
            )
        ),
    ]
    for one in forged:
        assert verifying.verify_line(one, package=proved).standing is Standing.DIFFERS


def test_the_line_of_a_sheet_is_proved_by_the_office_it_is_of(three: Three) -> None:
    office = three.kecamatan.office
    line = line_of(office)
    assert verifying.verify_line(line, office=office).standing is Standing.SAME
    wrong = replace(line, statement=replace(line.statement, stations=4))
    assert verifying.verify_line(wrong, office=office).standing is Standing.DIFFERS
    of_no_close = replace(line, head=bytes.fromhex(office.file.journal.geneses()[0].id))
    assert verifying.verify_line(of_no_close, office=office).standing is Standing.DIFFERS
    assert verifying.verify_line(line).standing is Standing.UNKNOWN


def test_the_line_of_a_sheet_is_proved_by_whoever_knows_its_post(three: Three) -> None:
    line, kabko = line_of(three.kecamatan.office), three.kabko.office
    assert verifying.verify_line(line, office=kabko).standing is Standing.UNKNOWN
    certified(three)
    # The certificate of the post goes up as a file, like any other.
    path = three.folder / "meja.sertifikat"
    path.write_bytes(b"\n".join(certificates_of(three.kecamatan.office)))
    taking_certificates.take(kabko, [path], by=CHAIR)
    seen = verifying.verify_line(line, office=kabko)
    assert (seen.standing, seen.name) == (Standing.SIGNED, "Meja 1")
    forged = replace(line, statement=replace(line.statement, stations=4))
    assert verifying.verify_line(forged, office=kabko).standing is Standing.UNKNOWN
    lost = [revoking.of_serial(kabko, 1)]
    revoking.revoke(kabko, lost, why=Why.LOST, key=three.kabko.key, by=CHAIR)
    assert verifying.verify_line(line, office=kabko).standing is Standing.UNTRUSTED


def test_the_lines_of_a_recap_pdf_are_found(three: Three, stick: Path) -> None:
    office = three.kecamatan.office
    sent = send(three.kecamatan, stick)
    pdf = stick / "buku.pdf"
    with open_package(sent.path) as package:
        pdf.write_bytes(package.read("kertas/buku.pdf"))
    (line,) = verifying.read_pdf(pdf)
    assert line == line_of(office)
    draft = stick / "draf.pdf"
    printing.write_book(printing.book_of(office, BUPATI), draft)
    for path in (draft, sent.path):
        with pytest.raises(KnownProblem, match="pdf-without-line"):
            verifying.read_pdf(path)
    with pytest.raises(KnownProblem, match="pdf-not-read"):
        verifying.read_pdf(stick / "tidak-ada.pdf")
    with pytest.raises(KnownProblem, match="line-malformed"):
        verifying.read_line("REKAP/1 LATIHAN")


# Forged records


@pytest.mark.parametrize("wrong", ["head", "revision", "unknown"])
def test_what_was_sent_of_no_close_is_found_by_the_audit(tmp_path: Path, wrong: str) -> None:
    office = tiny_office(tmp_path / "o.rekap")
    fill(office)
    revision = standing_revision(office, BUPATI)
    assert revision is not None
    body: dict[str, object] = {
        "package": "ab" * 32,
        "revision": 1,
        "head": revision.head,
        "previous": "",
    }
    forged: dict[str, dict[str, object]] = {
        "head": {"head": office.file.journal.geneses()[0].id},
        "revision": {"revision": 2},
        "unknown": {"head": "cd" * 32},
    }
    subject = {"contest": BUPATI}
    person = revision.record.person
    for said in (body, {**body, **forged[wrong]}):
        draft = Draft(Kind.SENT, time=office.now(), person=person, subject=subject, body=said)
        office.record(BUPATI, [draft])
    code = "audit-over" if wrong == "unknown" else "audit-names"
    assert [fault.code for fault in audit(office).faults] == [code]
    office.close()
