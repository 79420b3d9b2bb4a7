"""Two laptops of one office certify and revoke apart: equal numbers, any order, one outcome."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recap_desktop.election.records.journal import Kind
from recap_desktop.election.records.trusts import Why
from recap_desktop.exchange.certificates import Certificate, Holder, Request
from recap_desktop.exchange.document_files import write_document
from recap_desktop.exchange.signing import SigningKey
from recap_desktop.office.keys import (
    certifying,
    revoking,
    taking_certificates,
    trusted_list,
    trusting,
)
from recap_desktop.office.keys.standing import BelowState, offices_below
from recap_desktop.office.opening import Office, create_office_for
from recap_desktop.office.posts.by_stick import exchange_in, exchange_out
from recap_desktop.office.proof.auditing import audit
from recap_desktop.problems import KnownProblem
from tests.made_up.keys import CHAIR, typed
from tests.made_up.offices import Clock, tiny_election

KABKO = SigningKey.of(Ed25519PrivateKey.generate())
KEYS = [Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex() for _ in range(4)]
OF = ("320701", "320701", "320702", "320702")
"""Of which office each of the keys is."""


@dataclass
class Laptops:
    """Two laptops of a kabko that hold the same office key and have not exchanged yet."""

    folder: Path
    posts: list[Office] = field(default_factory=list)
    revoked: set[str] = field(default_factory=set)
    certified: set[str] = field(default_factory=set)

    def office(self, name: str, region: str = "3207") -> Office:
        office = create_office_for(
            self.folder / f"{name}.rekap", election=tiny_election(), region=region, clock=Clock()
        )
        trusting.record_root(office, "3207", KABKO.public.hex(), name="KPU", by=CHAIR)
        return office

    def certify(self, post: int, at: int) -> Certificate | None:
        """Certify a key; None where another one stands, or it was revoked there."""
        office, key = self.posts[post], KEYS[at]
        request = Request(trusting.realm_of(office), Holder.OFFICE, OF[at], key, "PPK")
        try:
            issued = certifying.issue(office, request, typed(key), key=KABKO, by=CHAIR)
        except KnownProblem as problem:
            if problem.code not in ("certificate-standing", "key-revoked-before"):
                raise
            return None
        self.certified.add(key)
        return issued.certificate

    def revoke(self, post: int, at: int) -> None:
        """Revoke a key where a certificate of it is known and holds."""
        office = self.posts[post]
        found = [one for one in trusting.known_certificates(office) if one.key == KEYS[at]]
        if found and KEYS[at] not in {key for _, key in trusting.trust_of(office).revoked}:
            revoking.revoke(office, found[:1], why=Why.LOST, key=KABKO, by=CHAIR)
            self.revoked.add(KEYS[at])

    def documents(self) -> list[bytes]:
        """Everything both have sealed, each once."""
        kinds = (Kind.CERTIFICATE, Kind.REVOCATIONS)
        sealed = (
            record.body["sealed"].encode()
            for office in self.posts
            for kind in kinds
            for record in office.file.journal.records_of_kind(kind)
        )
        return list(dict.fromkeys(sealed))

    def close(self) -> None:
        for office in self.posts:
            assert audit(office).faults == ()
            office.close()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Laptops]:
    made = pair(tmp_path)
    yield made
    made.close()


def pair(folder: Path) -> Laptops:
    made = Laptops(folder)
    made.posts = [made.office("a"), made.office("b")]
    return made


def exchange(two: Laptops) -> None:
    for out, into in itertools.permutations(two.posts):
        stick = two.folder / "stik"
        stick.mkdir(exist_ok=True)
        exchange_out(out, stick)
        exchange_in(into, stick)


def seen(office: Office) -> tuple[object, ...]:
    """All that anybody there is told of keys."""
    return (
        trusting.trust_of(office).revoked,
        [(one.certificate, one.standing) for one in trusted_list.certificates(office)],
        trusted_list.withdrawn(office),
    )


def standings(office: Office) -> dict[str, str]:
    return {one.certificate.key: one.standing for one in trusted_list.certificates(office)}


def test_equal_numbers_of_two_laptops_are_both_kept_and_one_is_revoked_without_the_other(
    two: Laptops,
) -> None:
    first, second = two.certify(0, 0), two.certify(1, 2)
    assert first is not None and second is not None
    assert first.serial == second.serial == 1
    exchange(two)
    for office in two.posts:
        assert standings(office) == {KEYS[0]: "holds", KEYS[2]: "holds"}
        with pytest.raises(KnownProblem, match="serial-of-several"):
            revoking.of_serial(office, 1)
    lost = revoking.of_serial(two.posts[0], 1, region="320702")
    assert lost == second
    revoking.revoke(two.posts[0], [lost], why=Why.LOST, key=KABKO, by=CHAIR)
    exchange(two)
    for office in two.posts:
        assert standings(office) == {KEYS[0]: "holds", KEYS[2]: "revoked"}
    third = two.certify(1, 3)
    assert third is not None and third.serial == 2


def test_lists_of_one_number_hold_together_and_the_next_one_has_all(two: Laptops) -> None:
    two.certify(0, 0)
    two.certify(1, 2)
    two.revoke(0, 0)
    two.revoke(1, 2)
    lists = [one for office in two.posts for one in trusting.revocations_of(office)]
    assert [one.number for one in lists] == [1, 1]
    two.certify(0, 1)
    two.revoke(0, 1)
    # The second list of one laptop, which knows nothing of the other's, takes nothing back.
    above = two.office("32", "32")
    for raw in two.documents():
        path = two.folder / "x"
        write_document(path, raw)
        taking_certificates.take(above, [path], by=CHAIR)
    assert {key for _, key in trusting.trust_of(above).revoked} == {KEYS[0], KEYS[1], KEYS[2]}
    above.close()
    exchange(two)
    two.certify(1, 3)
    two.revoke(1, 3)
    newest = trusting.revocations_of(two.posts[1])[-1]
    assert newest.number == 3
    assert {one.key for one in newest.gone} == set(KEYS)


def test_two_keys_of_one_office_both_hold_and_are_shown_until_one_is_revoked(two: Laptops) -> None:
    two.certify(0, 0)
    two.certify(1, 1)
    exchange(two)
    for office in two.posts:
        assert set(standings(office).values()) == {"several"}
        (below, _) = offices_below(office)
        assert (below.code, below.state) == ("320701", BelowState.SEVERAL)
        assert {one.key for one in below.certificates} == set(KEYS[:2])
        # A row for each, so that one is revoked without the other.
        assert [len(part.certificates) for part in below.by_key()] == [1, 1]
    two.revoke(1, 0)
    exchange(two)
    for office in two.posts:
        assert standings(office) == {KEYS[0]: "revoked", KEYS[1]: "holds"}
        assert offices_below(office)[0].state is BelowState.HOLDS


def test_a_key_that_both_certified_is_gone_with_either(two: Laptops) -> None:
    two.certify(1, 2)
    two.certify(0, 0)
    two.certify(1, 0)
    serials = {one.serial for office in two.posts for one in trusting.known_certificates(office)}
    assert serials == {1, 2}
    two.revoke(0, 0)
    exchange(two)
    for office in two.posts:
        assert standings(office)[KEYS[0]] == "revoked"
        assert two.certify(two.posts.index(office), 0) is None


DEED = st.tuples(st.integers(0, 1), st.sampled_from(["certify", "revoke"]), st.integers(0, 3))


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    deeds=st.lists(DEED, min_size=2, max_size=8),
    shuffles=st.tuples(st.integers(0, 2**32), st.integers(0, 2**32)),
    cuts=st.integers(1, 3),
)
def test_in_whatever_order_documents_arrive_everybody_comes_to_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    deeds: list[tuple[int, str, int]],
    shuffles: tuple[int, int],
    cuts: int,
) -> None:
    folder = tmp_path_factory.mktemp("urutan")
    two = pair(folder)
    for post, what, at in deeds:
        (two.certify if what == "certify" else two.revoke)(post, at)
    documents = two.documents()
    told = []
    for name, shuffle in zip(("satu", "dua"), shuffles, strict=True):
        office = two.office(name, "32")
        order = random.Random(shuffle).sample(documents, len(documents))
        for at in range(0, len(order), cuts):
            # The last of the files before comes along once more.
            path = folder / "x"
            lines = order[max(at - 1, 0) : at + cuts]
            write_document(path, b"".join(line + b"\n" for line in lines))
            taking_certificates.take(office, [path], by=CHAIR)
        told.append(seen(office))
        for key, standing in standings(office).items():
            assert (standing == "revoked") == (key in two.revoked)
            assert key in two.certified
        assert audit(office).faults == ()
        office.close()
    assert told[0] == told[1]
    exchange(two)
    assert seen(two.posts[0]) == seen(two.posts[1]) == told[0]
    two.close()
