"""Certificates, revocations and roots that come to an office: what is taken in, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from recap_desktop.election.definitions.contests import Mode
from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.roles import Deed as Doing
from recap_desktop.election.records.trusts import Why
from recap_desktop.exchange.certificates import (
    Certificate,
    Gone,
    Holder,
    Revocations,
    seal,
)
from recap_desktop.exchange.document_files import write_document
from recap_desktop.exchange.signing import SigningKey
from recap_desktop.office.keys import certifying, own_keys, revoking, taking_certificates, trusting
from recap_desktop.office.posts.by_stick import exchange_in, exchange_out
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.proof.history import contest_history
from recap_desktop.problems import KnownProblem
from tests.made_up.keys import (
    CHAIR,
    Three,
    believe,
    certify,
    keyed,
    request_of,
    three_offices,
    typed,
)
from tests.made_up.offices import BUPATI, tiny_election, tiny_office

STRANGER = SigningKey.of(Ed25519PrivateKey.generate())


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    made = three_offices(tmp_path)
    yield made
    made.close()


# What is refused at the lower office


def certificate(three: Three, **changes: object) -> Certificate:
    made = Certificate(
        realm=trusting.realm_of(three.kabko.office),
        holder=Holder.OFFICE,
        code="320701",
        key=three.kecamatan.public,
        name="PPK",
        issuer="3207",
        issuer_key=three.kabko.public,
        serial=1,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def taken(three: Three, made: Certificate, key: SigningKey | None = None) -> str:
    """The code of the refusal; empty when it was taken in."""
    path = three.folder / "x.sertifikat"
    write_document(path, seal(made, key or three.kabko.key))
    place = three.kecamatan.office.file.journal.last_place()
    try:
        taking_certificates.take(three.kecamatan.office, [path], by=CHAIR)
    except KnownProblem as problem:
        assert three.kecamatan.office.file.journal.last_place() == place
        return problem.code
    return ""


def test_a_certificate_that_is_not_for_this_office_is_refused(three: Three) -> None:
    realm = trusting.realm_of(three.kabko.office)
    refusals = {
        "certificate-of-other-key": certificate(three, key=STRANGER.public.hex()),
        "certificate-of-elsewhere": certificate(three, code="320702"),
        "certificate-of-other-region": certificate(three, issuer="3208"),
        "certificate-of-other-election": certificate(three, realm=replace(realm, mode="real")),
    }
    assert {taken(three, made) for made in refusals.values()} == set(refusals)
    for code, made in refusals.items():
        assert taken(three, made) == code
    post = certificate(three, holder=Holder.POST, issuer="320701", key=STRANGER.public.hex())
    assert taken(three, post) == "certificate-of-other-key"
    assert taken(three, certificate(three)) == ""


def test_a_certificate_of_another_key_than_the_one_that_is_believed_is_refused(
    three: Three,
) -> None:
    believe(three.kabko, three.kecamatan)
    forged = certificate(three, issuer_key=STRANGER.public.hex())
    assert taken(three, forged, STRANGER) == "certificate-of-other-issuer"


def test_a_certificate_of_a_new_key_of_the_issuer_is_taken_when_it_is_certified_itself(
    three: Three,
) -> None:
    believe(three.kabko, three.kecamatan)
    renewed = Certificate(
        trusting.realm_of(three.kabko.office),
        Holder.OFFICE,
        "3207",
        STRANGER.public.hex(),
        "KPU",
        "32",
        three.provinsi.public,
        2,
    )
    own = certificate(three, issuer_key=STRANGER.public.hex())
    path = three.folder / "x.sertifikat"
    lines = (seal(own, STRANGER), seal(renewed, three.provinsi.key))
    write_document(path, b"".join(line + b"\n" for line in lines))
    arrived = taking_certificates.take(three.kecamatan.office, [path], by=CHAIR)
    assert set(arrived.certificates) == {own, renewed}
    assert set(arrived.unled) == {own, renewed}, "since the provinsi is not believed here"


def test_a_certificate_is_taken_before_any_root_is_believed_and_that_is_said(three: Three) -> None:
    path = three.folder / "x.sertifikat"
    write_document(path, seal(certificate(three), three.kabko.key))
    arrived = taking_certificates.take(three.kecamatan.office, [path], by=CHAIR)
    assert arrived.unled == arrived.certificates == (certificate(three),)


def test_files_are_taken_all_or_none_and_what_is_none_is_refused(three: Three) -> None:
    good, bad = three.folder / "a.sertifikat", three.folder / "b.sertifikat"
    write_document(good, seal(certificate(three), three.kabko.key))
    place = three.kecamatan.office.file.journal.last_place()
    for raw in (b"", b"x", b"{}", b"\xff" * 70_000, good.read_bytes()[:-2]):
        bad.write_bytes(raw)
        with pytest.raises(KnownProblem, match="not-a-certificate"):
            taking_certificates.take(three.kecamatan.office, [good, bad], by=CHAIR)
    with pytest.raises(KnownProblem, match="document-not-read"):
        taking_certificates.take(three.kecamatan.office, [three.folder / "tidak-ada"], by=CHAIR)
    assert three.kecamatan.office.file.journal.last_place() == place


def test_lists_of_elsewhere_or_of_another_election_are_refused(
    three: Three, tmp_path: Path
) -> None:
    real = keyed(tmp_path / "nyata", "3207", tiny_election(Mode.REAL))
    posts = certifying.certify_posts(real.office, key=real.key, by=CHAIR)
    made, raw = revoking.revoke(real.office, posts, why=Why.LOST, key=real.key, by=CHAIR)
    path = tmp_path / "x.cabutan"
    write_document(path, raw)
    with pytest.raises(KnownProblem, match="revocations-of-other-election"):
        taking_certificates.take(three.kecamatan.office, [path], by=CHAIR)
    real.office.close()
    aside = replace(made, realm=trusting.realm_of(three.kabko.office), issuer="3208")
    write_document(path, seal(aside, real.key))
    with pytest.raises(KnownProblem, match="revocations-of-elsewhere"):
        taking_certificates.take(three.kecamatan.office, [path], by=CHAIR)


def test_what_a_stranger_certifies_and_revokes_takes_no_root_away(three: Three) -> None:
    key = STRANGER.public.hex()
    said = certificate(three, issuer_key=key)
    lost = (Gone(said.key, Holder.OFFICE, "320701", Why.LOST),)
    gone = Revocations(said.realm, "3207", key, 1, lost)
    path, office = three.folder / "x.cabutan", three.kecamatan.office
    assert taken(three, said, STRANGER) == ""
    write_document(path, seal(gone, STRANGER))
    taking_certificates.take(office, [path], by=CHAIR)
    assert trusting.trust_of(office).roots == {"320701": three.kecamatan.public}
    assert trusting.certificates_of(office) == ()


# Roots


def test_a_root_is_believed_when_its_groups_were_typed(three: Three) -> None:
    path = own_keys.write_request(three.kabko.office, three.kabko.medium, key=three.kabko.key)
    offered = taking_certificates.read_root(three.kecamatan.office, path)
    assert (offered.code, offered.key) == ("3207", three.kabko.public)
    with pytest.raises(KnownProblem, match="fingerprint-not-typed"):
        taking_certificates.believe(three.kecamatan.office, offered, "0000 0000", by=CHAIR)
    assert "3207" not in trusting.trust_of(three.kecamatan.office).roots
    right = typed(three.kabko.public).upper()
    assert taking_certificates.believe(three.kecamatan.office, offered, right, by=CHAIR)
    assert not taking_certificates.believe(three.kecamatan.office, offered, right, by=CHAIR)
    taking_certificates.disbelieve(three.kecamatan.office, "3207", by=CHAIR)
    assert "3207" not in trusting.trust_of(three.kecamatan.office).roots
    with pytest.raises(KnownProblem, match="root-unknown"):
        taking_certificates.disbelieve(three.kecamatan.office, "3207", by=CHAIR)
    told = [event.what for event in contest_history(three.kecamatan.office, BUPATI)]
    assert told == ["trust", "trust", "distrust"]


def test_a_certificate_offers_its_topmost_issuer_as_root(three: Three) -> None:
    certify(three.provinsi, three.kabko)
    certify(three.kabko, three.kecamatan)
    path = three.kabko.medium / "SERTIFIKAT_320701_1.sertifikat"
    offered = taking_certificates.read_root(three.kecamatan.office, path)
    assert (offered.code, offered.key) == ("32", three.provinsi.public)


def test_a_root_of_elsewhere_or_of_another_election_is_refused(three: Three) -> None:
    realm = trusting.realm_of(three.kabko.office)
    cases = {
        "root-of-elsewhere": request_of(STRANGER, "3208", three),
    }
    for code, path in cases.items():
        with pytest.raises(KnownProblem, match=code):
            taking_certificates.read_root(three.kecamatan.office, path)
    path = request_of(STRANGER, "3207", three, realm=replace(realm, mode="real"))
    with pytest.raises(KnownProblem, match="root-of-other-election"):
        taking_certificates.read_root(three.kecamatan.office, path)


# Forged records


def test_a_forged_certificate_on_record_is_no_trust_and_is_found_by_the_audit(
    tmp_path: Path,
) -> None:
    made = keyed(tmp_path, "320701")
    forged = seal(
        Certificate(
            trusting.realm_of(made.office),
            Holder.OFFICE,
            "320701",
            made.public,
            "PPK",
            "3207",
            STRANGER.public.hex(),
            1,
        ),
        made.key,
    )
    (record,) = trusting.record_sealed(
        made.office, {Kind.CERTIFICATE: [forged]}, by=CHAIR, deed=Doing.CERTIFY
    )
    assert trusting.certificates_of(made.office) == ()
    assert [fault.code for fault in audit(made.office).faults] == ["audit-sealed"]
    stick = tmp_path / "stik"
    stick.mkdir()
    exchange_out(made.office, stick)
    other = tiny_office(tmp_path / "b.rekap")
    with pytest.raises(KnownProblem) as caught:
        exchange_in(other, stick)
    assert [fault.code for fault in caught.value.faults] == ["exchange-sealed"]
    assert other.file.journal.record(record.id) is None
    other.close()
    made.office.close()
