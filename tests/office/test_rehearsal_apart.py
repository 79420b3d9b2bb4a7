"""A rehearsal and the real election never mix: not in any file that has to do with keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from recap_desktop.election.definitions.contests import Mode
from recap_desktop.election.records.trusts import Why
from recap_desktop.exchange.document_files import write_document
from recap_desktop.office.entry import entering
from recap_desktop.office.keys import (
    asking,
    certifying,
    own_keys,
    revoking,
    taking_certificates,
    trusting,
)
from recap_desktop.office.keys.roots_beside import read_root_for, roots_beside
from recap_desktop.office.plenary import closing
from recap_desktop.office.posts.by_stick import exchange_in, exchange_out
from recap_desktop.office.proof import verifying
from recap_desktop.office.upward import receipts, receiving, sending
from recap_desktop.office.upward.package_preview import preview
from recap_desktop.problems import KnownProblem
from tests.made_up.keys import CHAIR, PHRASE, Keyed, certify, keyed
from tests.made_up.offices import BUPATI, TPS, tiny_election, valid_bupati
from tests.made_up.upward import paper_of


@dataclass
class Side:
    """A kabko and its kecamatan in one mode, and every file that goes between them."""

    folder: Path
    mode: Mode
    kabko: Keyed
    kecamatan: Keyed
    files: dict[str, Path]


def side(folder: Path, mode: Mode) -> Side:
    folder = folder / mode.value
    election = tiny_election(mode)
    kabko = keyed(folder, "3207", election)
    kecamatan = keyed(folder, "320701", election, on_medium=True)
    certify(kabko, kecamatan)
    certifying.certify_posts(kecamatan.office, key=kecamatan.key, by=CHAIR)
    rows = [(tps, valid_bupati()) for tps in TPS]
    entering.enter_all(kecamatan.office, BUPATI, rows, by="Siti")
    closing.close(kecamatan.office, BUPATI, by="Siti", place="Ciamis")
    stick = folder / "stik"
    stick.mkdir()
    files = {
        "request": own_keys.write_request(kecamatan.office, stick, key=kecamatan.key),
        "root": own_keys.write_request(kabko.office, stick, key=kabko.key),
        "certificate": kabko.medium / "SERTIFIKAT_320701_1.sertifikat",
        "key": kecamatan.medium / "KUNCI_320701.kunci",
        "package": sending.send(kecamatan.office, BUPATI, stick, key=kecamatan.key, by="Siti").path,
        "receipt": stick / "x.terima",
    }
    seen = preview(kabko.office, files["package"])
    receiving.receive(kabko.office, seen, typed=paper_of(seen), by="Tuti")
    receipts.give_receipt(kabko.office, BUPATI, "320701", files["receipt"], key=kabko.key)
    posts = certifying.certify_posts(kabko.office, key=kabko.key, by=CHAIR)
    revoking.revoke(kabko.office, posts, why=Why.ENDED, key=kabko.key, by=CHAIR)
    files["revocations"] = revoking.write_lists(kabko.office, stick)
    return Side(folder, mode, kabko, kecamatan, files)


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Mode, Side]]:
    folder = tmp_path_factory.mktemp("dua")
    made = {mode: side(folder, mode) for mode in Mode}
    yield made
    for one in made.values():
        one.kabko.office.close()
        one.kecamatan.office.close()


Entry = Callable[[Side, Path], object]


def taken(here: Side, path: Path) -> object:
    return taking_certificates.take(here.kecamatan.office, [path], by=CHAIR)


def used(here: Side, path: Path) -> object:
    return own_keys.use_key(here.kecamatan.office, path, PHRASE, by=CHAIR, replace=True)


def read_for_new(here: Side, path: Path) -> object:
    return read_root_for(path, here.kabko.office.election, "320701")


def opened(here: Side, path: Path) -> object:
    return own_keys.open_key(here.kecamatan.office, path, PHRASE)


KEY_OF = {Mode.REAL: "key-of-rehearsal", Mode.REHEARSAL: "key-of-real"}
"""Why a key of the other mode is refused, by the mode of the office."""

ENTRIES: dict[str, tuple[str, Entry, str]] = {
    "request": (
        "request",
        lambda here, path: certifying.read_request(here.kabko.office, path),
        "request-of-other-election",
    ),
    "certificate": ("certificate", taken, "certificate-of-other-election"),
    "revocations": ("revocations", taken, "revocations-of-other-election"),
    "root": (
        "root",
        lambda here, path: taking_certificates.read_root(here.kecamatan.office, path),
        "root-of-other-election",
    ),
    "root of a certificate": (
        "certificate",
        lambda here, path: taking_certificates.read_root(here.kecamatan.office, path),
        "root-of-other-election",
    ),
    "root of a new office": ("root", read_for_new, "root-of-other-election"),
    "key used": ("key", used, ""),
    "key opened": ("key", opened, ""),
    "package looked at": (
        "package",
        lambda here, path: preview(here.kabko.office, path),
        "receive-election",
    ),
    "package verified": (
        "package",
        lambda here, path: verifying.verify_package(path, office=here.kabko.office),
        "package-of-other-election",
    ),
    "receipt": (
        "receipt",
        lambda here, path: receipts.take_receipt(here.kecamatan.office, path, by="Siti"),
        "receipt-election",
    ),
}


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("name", ENTRIES)
def test_what_is_of_the_other_mode_is_refused_and_changes_nothing(
    sides: dict[Mode, Side], mode: Mode, name: str
) -> None:
    what, enter, code = ENTRIES[name]
    here = sides[mode]
    (there,) = (one for one in sides.values() if one.mode is not mode)
    offices = (here.kabko.office, here.kecamatan.office)
    before = [office.file.journal.last_place() for office in offices]
    with pytest.raises(KnownProblem) as caught:
        enter(here, there.files[what])
    found = caught.value.code
    assert found == (code or KEY_OF[mode])
    assert [office.file.journal.last_place() for office in offices] == before


@pytest.mark.parametrize("mode", Mode)
def test_a_folder_of_the_other_mode_brings_nothing(
    sides: dict[Mode, Side], mode: Mode, tmp_path: Path
) -> None:
    here = sides[mode]
    (there,) = (one for one in sides.values() if one.mode is not mode)
    for path in there.files.values():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    gathered = taking_certificates.take_folder(here.kecamatan.office, tmp_path, by=CHAIR)
    assert gathered.arrived == ()
    codes = {problem.code for _, problem in gathered.refused}
    assert codes == {"certificate-of-other-election", "revocations-of-other-election"}
    asked = asking.requests_in(here.kabko.office, tmp_path)
    assert {one.problem.code for one in asked if one.problem} == {"request-of-other-election"}
    assert all(one.request is None for one in asked)
    definition = tmp_path / "pemilihan.json"
    beside = roots_beside(definition, here.kabko.office.election, "320701")
    assert beside.offers == ()


@pytest.mark.parametrize("mode", Mode)
def test_laptops_of_both_modes_exchange_nothing(
    sides: dict[Mode, Side], mode: Mode, tmp_path: Path
) -> None:
    here = sides[mode]
    (there,) = (one for one in sides.values() if one.mode is not mode)
    exchange_out(there.kecamatan.office, tmp_path)
    before = trusting.trust_of(here.kecamatan.office)
    with pytest.raises(KnownProblem):
        exchange_in(here.kecamatan.office, tmp_path)
    assert trusting.trust_of(here.kecamatan.office) == before


def test_a_document_that_only_says_the_other_mode_is_refused_too(
    sides: dict[Mode, Side], tmp_path: Path
) -> None:
    """Same definition, other mode: nobody writes it honestly."""
    here = sides[Mode.REAL]
    path = tmp_path / "x.permohonan"
    raw = here.files["request"].read_bytes()
    write_document(path, raw.replace(b'"mode":"real"', b'"mode":"rehearsal"'))
    with pytest.raises(KnownProblem, match="not-signed-request"):
        certifying.read_request(here.kabko.office, path)
