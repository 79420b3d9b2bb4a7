"""Keys of three offices, certified from the provinsi down: who is believed, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from recap_desktop.election.papers.deeds import Deed
from recap_desktop.election.records.trusts import Why
from recap_desktop.exchange.certificates import Certificate, Holder, require_certified
from recap_desktop.exchange.office_keys import make_office_key
from recap_desktop.exchange.signing import SigningKey
from recap_desktop.office.keys import certifying, own_keys, revoking, taking_certificates, trusting
from recap_desktop.office.keys.key_letter import letter_of
from recap_desktop.office.keys.key_typing import HIDDEN, shown
from recap_desktop.office.opening import open_office
from recap_desktop.office.posts.by_stick import exchange_in, exchange_out
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.proof.history import contest_history
from recap_desktop.problems import KnownProblem
from tests.made_up.keys import (
    CHAIR,
    PHRASE,
    Keyed,
    Three,
    believe,
    certify,
    request_of,
    three_offices,
    typed,
)
from tests.made_up.offices import BUPATI, Clock, tiny_office
from tests.reading_back.deed_text import as_lines

STRANGER = SigningKey.of(Ed25519PrivateKey.generate())


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    made = three_offices(tmp_path)
    yield made
    made.close()


def code_of(caught: pytest.ExceptionInfo[KnownProblem]) -> str:
    return caught.value.code


def leads(of: Keyed, key: str, code: str, holder: Holder = Holder.OFFICE) -> list[str]:
    certificates = trusting.known_certificates(of.office)
    trust = trusting.trust_of(of.office)
    found = require_certified(key, code, holder=holder, certificates=certificates, trust=trust)
    return [one.code for one in found]


def refused(of: Keyed, key: str, code: str) -> str:
    with pytest.raises(KnownProblem) as caught:
        leads(of, key, code)
    return code_of(caught)


# The way of a certificate


def test_a_chain_leads_from_the_root_of_the_provinsi_to_the_post_of_a_kecamatan(
    three: Three,
) -> None:
    believe(three.provinsi, three.kabko)
    believe(three.provinsi, three.kecamatan)
    certify(three.provinsi, three.kabko)
    certify(three.kabko, three.kecamatan)
    (post,) = certifying.certify_posts(three.kecamatan.office, key=three.kecamatan.key, by=CHAIR)
    assert (post.holder, post.name, post.serial) == (Holder.POST, "Meja 1", 1)
    assert certifying.certify_posts(three.kecamatan.office, key=three.kecamatan.key, by=CHAIR) == ()
    # What the kecamatan knows is all that whoever believes the provinsi alone needs.
    provinsi_only = replace(
        trusting.trust_of(three.kecamatan.office), roots={"32": three.provinsi.public}
    )
    known = [
        trusting.opened_certificate(raw) for raw in trusting.certificates_of(three.kecamatan.office)
    ]
    found = require_certified(
        post.key, "320701", holder=Holder.POST, certificates=known, trust=provinsi_only
    )
    assert [one.code for one in found] == ["3207", "320701", "320701"]
    assert [one.name for one in found][:2] == [
        "KOMISI PEMILIHAN UMUM KABUPATEN CIAMIS",
        "PANITIA PEMILIHAN KECAMATAN CIAMIS",
    ]


def test_the_kabko_is_its_own_root_where_nobody_above_has_a_key(three: Three) -> None:
    believe(three.kabko, three.kecamatan)
    certify(three.kabko, three.kecamatan)
    assert leads(three.kabko, three.kecamatan.public, "320701") == ["320701"]
    assert trusting.trust_of(three.kabko.office).roots == {"3207": three.kabko.public}


def test_the_same_key_is_certified_once_and_another_only_after_the_first_was_revoked(
    three: Three,
) -> None:
    first = certify(three.kabko, three.kecamatan)
    assert certify(three.kabko, three.kecamatan) == first
    path = three.kecamatan.medium / "baru.kunci"
    with pytest.raises(KnownProblem, match="key-known"):
        own_keys.make_key(three.kecamatan.office, path, PHRASE, by=CHAIR)
    made = own_keys.make_key(three.kecamatan.office, path, PHRASE, by=CHAIR, replace=True)
    assert (made.replaced, made.is_beside_office) == (three.kecamatan.public, True)
    assert trusting.own_key_of(three.kecamatan.office) == made.key
    with pytest.raises(KnownProblem, match="key-of-other"):
        own_keys.open_key(
            three.kecamatan.office, three.kecamatan.medium / "KUNCI_320701.kunci", PHRASE
        )
    new = replace(three.kecamatan, key=own_keys.open_key(three.kecamatan.office, path, PHRASE))
    with pytest.raises(KnownProblem, match="certificate-standing"):
        certify(three.kabko, new)
    revoke(three.kabko, first)
    with pytest.raises(KnownProblem, match="key-revoked-before"):
        certify(three.kabko, three.kecamatan)
    second = certify(three.kabko, new)
    assert second.serial == 2
    assert leads(three.kabko, new.public, "320701") == ["320701"]
    assert refused(three.kabko, three.kecamatan.public, "320701") == "certificate-revoked"


def revoke(of: Keyed, *certificates: Certificate, why: Why = Why.LOST) -> Path:
    revoking.revoke(of.office, certificates, why=why, key=of.key, by=CHAIR)
    return revoking.write_lists(of.office, of.medium)


def test_what_is_revoked_reaches_the_offices_below_and_above(three: Three) -> None:
    believe(three.kabko, three.kecamatan)
    certify(three.provinsi, three.kabko)
    lost = certify(three.kabko, three.kecamatan)
    path = revoke(three.kabko, lost)
    assert path.name == "CABUTAN_3207_1.cabutan"
    (made,) = trusting.revocations_of(three.kabko.office)
    assert [(one.code, one.key, one.why) for one in made.gone] == [
        ("320701", three.kecamatan.public, Why.LOST)
    ]
    for other in (three.provinsi, three.kecamatan):
        arrived = taking_certificates.take(other.office, [path], by=CHAIR)
        assert arrived.revocations == (made,)
        assert (three.kabko.public, lost.key) in trusting.trust_of(other.office).revoked
        assert taking_certificates.take(other.office, [path], by=CHAIR).known == 1
    # The kecamatan believes its own lost key no longer either.
    assert "320701" not in trusting.trust_of(three.kecamatan.office).roots
    with pytest.raises(KnownProblem, match="revoked-already"):
        revoke(three.kabko, lost)
    with pytest.raises(KnownProblem, match="certificate-unknown"):
        revoking.of_serial(three.kabko.office, 9)
    with pytest.raises(KnownProblem, match="certificate-unknown"):
        revoke(three.kabko, replace(lost, issuer_key=three.provinsi.public))


def test_a_later_list_holds_all_that_was_revoked_before_and_an_older_one_changes_nothing(
    three: Three,
) -> None:
    kabko = three.kabko
    first = revoke(kabko, certify(kabko, three.kecamatan))
    (post,) = certifying.certify_posts(kabko.office, key=kabko.key, by=CHAIR)
    second = revoke(kabko, post, why=Why.ENDED)
    lists = trusting.revocations_of(kabko.office)
    assert [one.number for one in lists] == [1, 2]
    assert {one.key for one in lists[1].gone} == {three.kecamatan.public, post.key}
    # A laptop that was given up is not certified again by itself.
    assert certifying.certify_posts(kabko.office, key=kabko.key, by=CHAIR) == ()
    for paths in ([second], [first]):
        taking_certificates.take(three.kecamatan.office, paths, by=CHAIR)
        revoked = trusting.trust_of(three.kecamatan.office).revoked
        assert revoked == trusting.trust_of(kabko.office).revoked


def test_every_laptop_of_the_office_comes_to_the_same(
    three: Three, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    certify(three.kabko, three.kecamatan)
    stick = tmp_path / "stik"
    stick.mkdir()
    exchange_out(three.kecamatan.office, stick)
    monkeypatch.setenv("RECAP_DATA", str(tmp_path / "lain"))
    other = tiny_office(tmp_path / "lain.rekap")
    exchange_in(other, stick)
    assert trusting.trust_of(other) == trusting.trust_of(three.kecamatan.office)
    assert trusting.certificates_of(other) == trusting.certificates_of(three.kecamatan.office)
    assert audit(other).faults == ()
    told = [event.what for event in contest_history(other, BUPATI)]
    assert told == ["trust", "certificate"]
    other.close()


def test_two_laptops_that_made_different_keys_believe_neither_until_one_decides(
    three: Three, tmp_path: Path
) -> None:
    here = three.kecamatan.office
    other = tiny_office(tmp_path / "b.rekap")
    own_keys.make_key(other, tmp_path / "b.kunci", PHRASE, by=CHAIR)
    stick = tmp_path / "stik"
    stick.mkdir()
    exchange_out(other, stick)
    exchange_in(here, stick)
    assert trusting.own_key_of(here) == ""
    assert trusting.trust_of(here).roots == {}
    assert list(trusting.conflicting_roots(here)) == ["320701"]
    path = three.kecamatan.medium / "KUNCI_320701.kunci"
    assert own_keys.use_key(here, path, PHRASE, by=CHAIR) == three.kecamatan.public
    assert trusting.trust_of(here).roots == {"320701": three.kecamatan.public}
    exchange_out(here, stick)
    exchange_in(other, stick)
    assert trusting.own_key_of(other) == three.kecamatan.public
    other.close()


# What is refused at the upper office


@pytest.mark.parametrize("code", ["320801", "3207", "32", "99", "3207011001", "", "320799"])
def test_only_offices_right_below_are_certified(three: Three, code: str) -> None:
    with pytest.raises(KnownProblem) as caught:
        certifying.read_request(three.kabko.office, request_of(STRANGER, code, three))
    assert code_of(caught) == "request-of-other-region"


def test_a_request_of_a_post_or_of_another_election_or_a_rehearsal_is_refused(
    three: Three,
) -> None:
    realm = trusting.realm_of(three.kabko.office)
    post = request_of(STRANGER, "320701", three, holder=Holder.POST)
    with pytest.raises(KnownProblem, match="request-of-other-region"):
        certifying.read_request(three.kabko.office, post)
    for other in (replace(realm, mode="real"), replace(realm, election="ab" * 32)):
        path = request_of(STRANGER, "320701", three, realm=other)
        with pytest.raises(KnownProblem, match="request-of-other-election"):
            certifying.read_request(three.kabko.office, path)


def test_a_key_is_certified_only_when_its_groups_were_typed(three: Three) -> None:
    path = own_keys.write_request(
        three.kecamatan.office, three.kecamatan.medium, key=three.kecamatan.key
    )
    request = certifying.read_request(three.kabko.office, path)
    place = three.kabko.office.file.journal.last_place()
    for wrong in ("", "0000 0000", typed(STRANGER.public.hex()), typed(request.key)[:4]):
        with pytest.raises(KnownProblem, match="fingerprint-not-typed"):
            certifying.issue(three.kabko.office, request, wrong, key=three.kabko.key, by=CHAIR)
    with pytest.raises(KnownProblem, match="key-of-other"):
        certifying.issue(three.kabko.office, request, typed(request.key), key=STRANGER, by=CHAIR)
    assert three.kabko.office.file.journal.last_place() == place


def test_the_screen_hides_the_groups_that_are_asked(three: Three) -> None:
    seen = shown(three.kecamatan.public)
    assert [at for at, group in enumerate(seen.groups, 1) if group == HIDDEN] == list(seen.asked)
    assert len(seen.asked) == 2 and len(seen.groups) == 16


def test_the_name_on_a_certificate_is_not_what_the_request_calls_itself(three: Three) -> None:
    request = certifying.read_request(
        three.kabko.office, request_of(STRANGER, "320701", three, name="KPU RI")
    )
    issued = certifying.issue(
        three.kabko.office, request, typed(request.key), key=three.kabko.key, by=CHAIR
    )
    assert issued.certificate.name == "PANITIA PEMILIHAN KECAMATAN CIAMIS"


# The letter


def deed_of(of: Keyed) -> Deed:
    (letter,) = letter_of(of.office).papers
    assert isinstance(letter, Deed)
    return letter


def test_the_letter_says_the_whole_fingerprint_and_whom_it_asks(three: Three) -> None:
    text = as_lines(deed_of(three.kecamatan))
    assert "KOMISI PEMILIHAN UMUM KABUPATEN CIAMIS" in text
    for group in shown(three.kecamatan.public).groups:
        assert group in text or group == HIDDEN
    assert "akar kepercayaan" in as_lines(deed_of(three.provinsi))


def test_without_a_key_there_is_no_letter_and_no_certificate(tmp_path: Path) -> None:
    office = tiny_office(tmp_path / "o.rekap")
    with pytest.raises(KnownProblem, match="key-not-made"):
        letter_of(office)
    with pytest.raises(KnownProblem, match="key-not-made"):
        certifying.certify_posts(office, key=STRANGER, by=CHAIR)
    assert trusting.trust_of(office).roots == {}
    office.close()


def test_the_key_made_on_another_laptop_is_recorded_by_its_medium(
    three: Three, tmp_path: Path
) -> None:
    other = tiny_office(tmp_path / "b.rekap")
    path = three.kecamatan.medium / "KUNCI_320701.kunci"
    assert own_keys.use_key(other, path, PHRASE, by=CHAIR) == three.kecamatan.public
    assert own_keys.use_key(other, path, PHRASE, by=CHAIR) == three.kecamatan.public
    aside = tmp_path / "lain.kunci"
    make_office_key(aside, PHRASE, name="lain")
    with pytest.raises(KnownProblem, match="key-known"):
        own_keys.use_key(other, aside, PHRASE, by=CHAIR)
    other.close()
    again = open_office(tmp_path / "b.rekap", clock=Clock())
    assert trusting.own_key_of(again) == three.kecamatan.public
    again.close()
