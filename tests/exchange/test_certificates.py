"""Keys of offices, and chains of certificates from a root that somebody typed parts of."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from recap_desktop.election.records.trusts import Why
from recap_desktop.exchange.certificates import (
    SUFFIXES,
    Certificate,
    Document,
    Gone,
    Holder,
    Realm,
    Request,
    Revocations,
    Trust,
    What,
    next_serial,
    read_document,
    require_certified,
    seal,
    unseal,
)
from recap_desktop.exchange.document_files import write_document
from recap_desktop.exchange.office_keys import (
    Owner,
    make_office_key,
    open_office_key,
    open_owned_key,
)
from recap_desktop.exchange.signing import (
    ASKED,
    SigningKey,
    asked_groups,
    fingerprint,
    is_signed,
    is_typed,
)
from recap_desktop.problems import KnownProblem

REALM = Realm("ab" * 32, "real")
PHRASE = "empat kata yang panjang"


@cache
def key(name: str) -> SigningKey:
    del name
    return SigningKey.of(Ed25519PrivateKey.generate())


def certificate(code: str, issuer: str, serial: int = 1, **changes: object) -> Certificate:
    made = Certificate(
        REALM,
        Holder.OFFICE,
        code,
        key(code).public.hex(),
        f"Kantor {code}",
        issuer,
        key(issuer).public.hex(),
        serial,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


POST = certificate("320701", "320701", holder=Holder.POST, key=key("meja").public.hex())
CHAIN = (certificate("3207", "32"), certificate("320701", "3207"), POST)


def trust(**roots: str) -> Trust:
    return Trust(REALM, {code.removeprefix("c"): held for code, held in roots.items()})


ROOT = trust(c32=key("32").public.hex())


def certified(
    *certificates: Certificate,
    believed: Trust = ROOT,
    code: str = "320701",
    holder: Holder = Holder.POST,
) -> list[str]:
    wanted = key("meja" if holder is Holder.POST else code).public.hex()
    found = require_certified(
        wanted, code, holder=holder, certificates=certificates, trust=believed
    )
    return [one.code for one in found]


def refused(*certificates: Certificate, believed: Trust = ROOT, code: str = "320701") -> str:
    with pytest.raises(KnownProblem) as caught:
        certified(*certificates, believed=believed, code=code)
    return caught.value.code


def test_a_chain_leads_from_the_root_to_a_post_in_whatever_order_it_comes() -> None:
    assert certified(*CHAIN) == ["3207", "320701", "320701"]
    assert certified(*reversed(CHAIN)) == ["3207", "320701", "320701"]
    of_bupati = trust(c3207=key("3207").public.hex())
    assert certified(*CHAIN, believed=of_bupati) == ["320701", "320701"]
    assert certified(believed=of_bupati, code="3207", holder=Holder.OFFICE) == []


@pytest.mark.parametrize("left_out", range(3))
def test_a_chain_with_a_link_left_out_leads_nowhere(left_out: int) -> None:
    assert refused(*(c for at, c in enumerate(CHAIN) if at != left_out)) == "key-not-certified"


def test_a_root_that_is_not_believed_certifies_nobody() -> None:
    assert refused(*CHAIN, believed=trust()) == "key-not-certified"
    assert refused(*CHAIN, believed=trust(c32=key("99").public.hex())) == "key-not-certified"


def test_an_office_certifies_only_right_below_itself() -> None:
    aside = certificate("320701", "3208")
    assert refused(certificate("3208", "32"), aside, POST) == "certificate-of-other-region"
    over = certificate("320701", "32")
    assert refused(over, POST) == "certificate-of-other-region"
    round_about = certificate("3207", "320701")
    assert refused(round_about, *CHAIN[1:]) == "certificate-of-other-region"
    of_other = replace(POST, issuer="320702", issuer_key=key("320702").public.hex())
    assert refused(*CHAIN[:2], of_other) == "certificate-of-other-region"


def test_a_certificate_is_good_for_one_election_and_mode() -> None:
    for realm in (Realm("cd" * 32, "real"), Realm("ab" * 32, "rehearsal")):
        other = replace(CHAIN[1], realm=realm)
        assert refused(CHAIN[0], other, POST) == "certificate-of-other-election"


def test_what_was_revoked_holds_no_longer() -> None:
    gone = replace(
        ROOT, revoked=frozenset({(key("3207").public.hex(), key("320701").public.hex())})
    )
    assert refused(*CHAIN, believed=gone) == "certificate-revoked"
    # The key is gone, whichever certificate says otherwise.
    again = replace(CHAIN[1], serial=2)
    assert refused(CHAIN[0], again, POST, believed=gone) == "certificate-revoked"
    other = replace(ROOT, revoked=frozenset({(key("32").public.hex(), key("320701").public.hex())}))
    assert certified(*CHAIN, believed=other)


def test_serials_go_on_where_the_issuer_stopped() -> None:
    issued = [certificate("320701", "3207", 1), certificate("320702", "3207", 4)]
    assert next_serial(issued, key("3207").public.hex()) == 5
    assert next_serial(issued, key("32").public.hex()) == 1


GONE = tuple(
    sorted(
        (
            Gone(key("320701").public.hex(), Holder.OFFICE, "320701", Why.LOST),
            Gone(key("meja").public.hex(), Holder.POST, "3207", Why.ENDED),
        ),
        key=lambda one: one.place,
    )
)

DOCUMENTS: dict[What, tuple[Document, SigningKey]] = {
    What.REQUEST: (
        Request(REALM, Holder.OFFICE, "320701", key("320701").public.hex(), "PPK Ciamis"),
        key("320701"),
    ),
    What.CERTIFICATE: (CHAIN[1], key("3207")),
    What.REVOCATIONS: (
        Revocations(REALM, "3207", key("3207").public.hex(), 3, GONE),
        key("3207"),
    ),
}


@pytest.mark.parametrize("what", What)
def test_a_document_is_read_as_it_was_sealed(what: What, tmp_path: Path) -> None:
    document, signer = DOCUMENTS[what]
    path = tmp_path / f"d{SUFFIXES[what]}"
    write_document(path, seal(document, signer))
    assert read_document(what, path) == (document, path.read_bytes())


@pytest.mark.parametrize("what", What)
def test_a_document_changed_in_any_bit_is_refused(what: What) -> None:
    document, signer = DOCUMENTS[what]
    raw = seal(document, signer)
    for at in range(len(raw)):
        for bit in (1, 32):
            changed = raw[:at] + bytes([raw[at] ^ bit]) + raw[at + 1 :]
            with pytest.raises(KnownProblem) as caught:
                unseal(what, changed)
            assert caught.value.code in (f"not-a-{what.value}", f"not-signed-{what.value}")


@pytest.mark.parametrize("what", What)
def test_a_document_signed_by_another_is_refused(what: What) -> None:
    document, _ = DOCUMENTS[what]
    with pytest.raises(KnownProblem, match="not-signed-"):
        unseal(what, seal(document, key("99")))


def test_one_kind_of_document_is_not_taken_for_another() -> None:
    for what in What:
        raw = seal(*DOCUMENTS[what])
        for other in set(What) - {what}:
            with pytest.raises(KnownProblem, match="not-a-"):
                unseal(other, raw)


@pytest.mark.parametrize("gone", [(), GONE[::-1], GONE[:1] * 2])
def test_a_list_of_revocations_names_keys_in_their_order_and_each_once(
    gone: tuple[Gone, ...],
) -> None:
    document, signer = DOCUMENTS[What.REVOCATIONS]
    assert isinstance(document, Revocations)
    with pytest.raises(KnownProblem, match="not-a-revocations"):
        unseal(What.REVOCATIONS, seal(replace(document, gone=gone), signer))


def test_a_long_file_is_no_document(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b" " * 70_000)
    with pytest.raises(KnownProblem, match="not-a-certificate"):
        read_document(What.CERTIFICATE, path)


# Keys


def test_the_key_of_an_office_opens_with_its_passphrase_only(tmp_path: Path) -> None:
    path = tmp_path / "ppk.kunci"
    made = make_office_key(path, PHRASE, name="PPK Ciamis")
    opened = open_office_key(path, PHRASE)
    assert opened.public == made.public
    assert open_owned_key(path, PHRASE).owner is None
    assert is_signed(made.public, "x", raw=b"1", signature=opened.sign("x", b"1"))
    assert not is_signed(made.public, "y", raw=b"1", signature=opened.sign("x", b"1"))
    with pytest.raises(KnownProblem, match="key-not-opened"):
        open_office_key(path, PHRASE + " ")
    with pytest.raises(KnownProblem, match="file-exists"):
        make_office_key(path, PHRASE, name="PPK Ciamis")
    assert PHRASE.encode() not in path.read_bytes()


def test_a_short_passphrase_a_missing_stick_and_a_damaged_key_are_said(tmp_path: Path) -> None:
    path = tmp_path / "ppk.kunci"
    with pytest.raises(KnownProblem, match="passphrase-short"):
        make_office_key(path, "pendek", name="PPK")
    assert not path.exists()
    with pytest.raises(KnownProblem, match="key-not-read"):
        open_office_key(path, PHRASE)
    make_office_key(path, PHRASE, name="PPK")
    whole = path.read_bytes()
    for raw in (whole[:-9], whole + b"x", b"", b"x", b"\x30\x02", b"%PDF-1.4"):
        path.write_bytes(raw)
        with pytest.raises(KnownProblem, match="key-not-a-key"):
            open_office_key(path, PHRASE)
    for raw in (b"\x30\x00", whole[:150] + bytes([whole[150] ^ 1]) + whole[151:]):
        path.write_bytes(raw)
        with pytest.raises(KnownProblem, match="key-not-opened"):
            open_office_key(path, PHRASE)
    with pytest.raises(KnownProblem, match="key-not-written"):
        make_office_key(tmp_path / "no" / "ppk.kunci", PHRASE, name="PPK")


def test_a_key_says_whose_it_is_under_its_passphrase(tmp_path: Path) -> None:
    path, owner = tmp_path / "ppk.kunci", Owner("320701", "rehearsal")
    made = make_office_key(path, PHRASE, name="PPK " + "CIAMIS " * 20, owner=owner)
    opened = open_owned_key(path, PHRASE)
    assert (opened.key.public, opened.owner) == (made.public, owner)
    assert b"rehearsal" not in path.read_bytes()


def test_parts_of_a_fingerprint_are_typed_from_the_paper() -> None:
    public = key("32").public
    groups = fingerprint(public)
    assert len(groups) == 16
    places = asked_groups(public)
    assert len(set(places)) == ASKED
    right = tuple(groups[place] for place in places)
    assert is_typed(public, tuple(f" {group.upper()}" for group in right))
    assert not is_typed(public, right[::-1])
    assert not is_typed(public, right[:1])
    assert not is_typed(key("99").public, right)
