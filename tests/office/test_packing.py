"""A closed contest is packed and proved again; whatever is forged inside is found."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from recap_desktop.election.records import packages
from recap_desktop.election.records.canonical import canonical
from recap_desktop.exchange.certificates import Certificate, Holder, Realm, Trust, seal
from recap_desktop.exchange.package_file import open_package, write_package
from recap_desktop.exchange.signing import SigningKey
from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.entry.ruling import Decision
from recap_desktop.office.opening import Office
from recap_desktop.office.plenary import closing, revisions
from recap_desktop.office.proof.proving_packages import prove_package
from recap_desktop.office.upward.packing import write_load
from recap_desktop.problems import KnownProblem
from tests.adversaries.loads import WholeLoad, read_load
from tests.made_up.offices import BUPATI, CIAMIS, TPS, tiny_office, valid_bupati

KABKO = SigningKey.of(Ed25519PrivateKey.generate())
PPK = SigningKey.of(Ed25519PrivateKey.generate())
DECISION = Decision(by="Siti", reason="salah tulis", decided_by="Ketua")


@pytest.fixture
def office(tmp_path: Path) -> Iterable[Office]:
    office = tiny_office(tmp_path / "o.rekap")
    entering.enter_all(office, BUPATI, [(tps, valid_bupati()) for tps in TPS[:4]], by="Siti")
    ruling.correct(office, BUPATI, TPS[1], changes={"votes.1": 41}, decision=DECISION)
    ruling.not_delivered(office, BUPATI, TPS[4], decision=DECISION)
    ruling.accept(office, BUPATI, TPS[1], decision=DECISION)
    closing.close(office, BUPATI, by="Siti", place="Ciamis")
    yield office
    office.close()


def certified(office: Office) -> tuple[list[bytes], Trust]:
    assert office.post is not None
    realm = Realm(office.file.election_id, office.election.mode.value)
    ppk = Certificate(
        realm, Holder.OFFICE, CIAMIS, PPK.public.hex(), "PPK", "3207", KABKO.public.hex(), 1
    )
    post = Certificate(
        realm, Holder.POST, CIAMIS, office.post.public.hex(), "Meja 1", CIAMIS, PPK.public.hex(), 1
    )
    return [seal(ppk, KABKO), seal(post, PPK)], Trust(realm, {"3207": KABKO.public.hex()})


OTHER = SigningKey.of(Ed25519PrivateKey.generate())


def several(office: Office) -> list[tuple[list[bytes], str]]:
    """Certificates of which some lead nowhere, and what is said of them; empty for nothing."""
    (ppk, post), trust = certified(office)
    said = ("PPK", "3207", OTHER.public.hex(), 1)
    stale = Certificate(trust.realm, Holder.OFFICE, CIAMIS, PPK.public.hex(), *said)
    aside = replace(stale, issuer="3208")
    elsewhere = replace(stale, realm=Realm("ab" * 32, "rehearsal"))
    leading_nowhere = [seal(one, OTHER) for one in (stale, aside, elsewhere)]
    return [
        *(([one, ppk, post], "") for one in leading_nowhere),
        ([*leading_nowhere, post, ppk], ""),
        ([leading_nowhere[0], post], "key-not-certified"),
        ([leading_nowhere[1], leading_nowhere[0], post], "certificate-of-other-region"),
        ([leading_nowhere[2], leading_nowhere[1], post], "certificate-of-other-election"),
    ]


def load_of(office: Office) -> WholeLoad:
    (revision,) = revisions.revisions(office, BUPATI)
    certificates, _ = certified(office)
    return read_load(office, BUPATI, revision, certificates=certificates)


def test_a_package_is_proved_by_whoever_trusts_the_root(office: Office, tmp_path: Path) -> None:
    path = tmp_path / packages.package_name(CIAMIS, BUPATI, 1)
    assert path.name == "REKAP_320701_bupati_kecamatan_1.rkp"
    load = load_of(office)
    made = write_load(load, path, key=PPK)
    proved = prove_package(path, trust=certified(office)[1])
    assert proved.hash == made
    assert proved.statement == load.statement
    assert proved.certified is not None and [c.code for c in proved.certified] == [CIAMIS]
    assert proved.totals["votes.1"] == 161
    assert proved.statement.leaves == 5
    with open_package(path) as package:
        assert package.read("kertas/buku.pdf").startswith(b"%PDF")
        assert json.loads(package.read("hasil/err-v2.json"))["Status"] == "certified"
        whole = b"".join(package.read(name) for name in package.members)
    assert b"Siti" not in whole


def test_the_same_close_makes_the_same_package(office: Office, tmp_path: Path) -> None:
    one, other = tmp_path / "a.rkp", tmp_path / "b.rkp"
    write_load(load_of(office), one, key=PPK)
    entering_again = load_of(office)
    write_load(entering_again, other, key=PPK)
    assert one.read_bytes() == other.read_bytes()


def test_a_later_record_is_not_in_the_package_of_an_earlier_close(
    office: Office, tmp_path: Path
) -> None:
    before = load_of(office)
    closing.reopen_contest(office, BUPATI, by="Siti", reason="keliru", decided_by="Ketua")
    ruling.correct(office, BUPATI, TPS[0], changes={"votes.1": 39}, decision=DECISION)
    assert load_of(office).records == before.records
    ruling.accept(office, BUPATI, TPS[0], decision=DECISION)
    closing.close(office, BUPATI, by="Siti", place="Ciamis")
    second = revisions.revisions(office, BUPATI)[1]
    load = read_load(office, BUPATI, second, previous="ab" * 32)
    assert set(before.records) < set(load.records)
    path = tmp_path / "p.rkp"
    write_load(load, path, key=PPK)
    assert prove_package(path).statement.revision == 2


def refusal(path: Path, trust: Trust | None = None) -> str:
    with pytest.raises(KnownProblem) as caught:
        prove_package(path, trust=trust)
    return caught.value.code


def test_who_may_sign_is_asked(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "p.rkp"
    _, trust = certified(office)
    stranger = SigningKey.of(Ed25519PrivateKey.generate())
    write_load(load_of(office), path, key=stranger)
    assert refusal(path, trust) == "key-not-certified"
    write_load(load_of(office), path, key=PPK)
    assert refusal(path, replace(trust, roots={})) == "key-not-certified"
    gone = frozenset({(KABKO.public.hex(), PPK.public.hex())})
    assert refusal(path, replace(trust, revoked=gone)) == "certificate-revoked"
    for realm in (replace(trust.realm, mode="real"), replace(trust.realm, election="ab" * 32)):
        assert refusal(path, replace(trust, realm=realm)) == "package-of-other-election"
    only_office = replace(load_of(office), certificates=load_of(office).certificates[:1])
    write_load(only_office, path, key=PPK)
    assert refusal(path, trust) == "key-not-certified"


def test_of_several_certificates_of_a_key_one_that_holds_is_enough(
    office: Office, tmp_path: Path
) -> None:
    path, (_, trust) = tmp_path / "p.rkp", certified(office)
    for certificates, code in several(office):
        write_load(replace(load_of(office), certificates=tuple(certificates)), path, key=PPK)
        if code:
            assert refusal(path, trust) == code
        else:
            assert prove_package(path, trust=trust).certified is not None


Forgery = Callable[[WholeLoad], WholeLoad]


def _changed_leaf(load: WholeLoad) -> WholeLoad:
    said = json.loads(load.leaves[0])
    said["cells"]["votes.1"] += 1
    return replace(load, leaves=(canonical(said), *load.leaves[1:]))


def _dropped_leaf(load: WholeLoad) -> WholeLoad:
    return replace(load, leaves=load.leaves[1:])


def _record_at(at: int) -> Forgery:
    def forge(load: WholeLoad) -> WholeLoad:
        said = json.loads(load.records[at])
        said["body"]["cells"] = {"votes.1": 999}
        records = list(load.records)
        records[at] = canonical(said)
        return replace(load, records=tuple(records))

    return forge


def _without_record(at: int) -> Forgery:
    return lambda load: replace(load, records=load.records[:at] + load.records[at + 1 :])


def _shortened(load: WholeLoad) -> WholeLoad:
    return replace(load, records=load.records[:-1])


def _reordered(load: WholeLoad) -> WholeLoad:
    return replace(load, records=(load.records[1], load.records[0], *load.records[2:]))


def _doubled(load: WholeLoad) -> WholeLoad:
    return replace(load, records=(*load.records, load.records[-1]))


def _other_statement(**changes: object) -> Forgery:
    return lambda load: replace(load, statement=replace(load.statement, **changes))  # type: ignore[arg-type]


def _other_contest(load: WholeLoad) -> WholeLoad:
    return replace(load, contest=load.contest.replace(b"Herdiat", b"Hurdiat"))


FORGERIES: dict[str, tuple[Forgery, str]] = {
    "a leaf is changed": (_changed_leaf, "package-leaves"),
    "a leaf is dropped": (_dropped_leaf, "package-leaves"),
    "a record is changed": (_record_at(1), "package-records"),
    "a record is dropped": (_without_record(1), "package-records"),
    "the genesis is dropped": (_without_record(-1), "package-records"),
    "the journal is shortened": (_shortened, "package-records"),
    "records change places": (_reordered, "package-records"),
    "a record stands twice": (_doubled, "package-records"),
    "another election": (_other_statement(election="ab" * 32), "package-records"),
    "a rehearsal as the real one": (_other_statement(mode="real"), "package-records"),
    "another kecamatan": (_other_statement(office="320702"), "package-records"),
    "the kabupaten": (_other_statement(office="3207"), "package-close"),
    "another revision": (_other_statement(revision=2), "package-close"),
    "another head": (_other_statement(head="ab" * 32), "package-close"),
    "another root": (_other_statement(root="ab" * 32), "package-close"),
    "other stations": (_other_statement(stations="ab" * 32), "package-leaves"),
    "another definition": (_other_contest, "package-contest"),
    "another contest": (_other_statement(contest="gubernur"), "package-contest"),
}


@pytest.mark.parametrize(("forge", "code"), FORGERIES.values(), ids=FORGERIES)
def test_whoever_has_the_key_still_cannot_forge(
    office: Office, tmp_path: Path, forge: Forgery, code: str
) -> None:
    path = tmp_path / "p.rkp"
    write_load(forge(load_of(office)), path, key=PPK)
    assert refusal(path) == code


def without(package: Path, forged: Path, **members: bytes | None) -> Path:
    """The package signed anew with the table of results (``table``) or ``leaves`` changed or gone."""
    names = {"table": "hasil/tps.csv", "leaves": packages.LEAVES}
    with open_package(package) as opened:
        held = {name: [opened.read(name)] for name in opened.members}
        head = {key: said for key, said in opened.manifest.items() if key != "files"}
    for member, raw in members.items():
        del held[names[member]]
        if raw is not None:
            held[names[member]] = [raw]
    write_package(forged, head, held, key=PPK)
    return forged


def forged_tables(package: Path) -> dict[str, bytes]:
    """Tables of results that do not say what the leaves say, by what is wrong with them."""
    with open_package(package) as opened:
        table = opened.read("hasil/tps.csv")
    head, *rows = table.splitlines(keepends=True)
    return {
        "other figures": table.replace(b",40,100,", b",41,99,"),
        "another order": b"".join([head, rows[1], rows[0], *rows[2:]]),
        "a line twice": b"".join([head, rows[0], *rows]),
        "a line lacks": b"".join([head, *rows[1:]]),
        "a line more": b"".join([head, *rows, rows[-1].replace(b"002,", b"009,", 1)]),
        "not counted": table.replace(b",true,", b",false,", 1),
        "no number": table.replace(b",40,100,", b",x,100,"),
    }


def test_a_table_of_results_that_says_otherwise_is_found(office: Office, tmp_path: Path) -> None:
    path, forged = tmp_path / "p.rkp", tmp_path / "f.rkp"
    write_load(load_of(office), path, key=PPK)
    tables = forged_tables(path)
    with open_package(path) as package:
        assert package.read("hasil/tps.csv") not in tables.values()
    for table in tables.values():
        assert refusal(without(path, forged, table=table)) == "package-results"
    assert refusal(without(path, forged, leaves=None)) == "package-member-missing"
    # What is no part of the proof may be left away.
    assert prove_package(without(path, forged, table=None)).statement.leaves == 5
