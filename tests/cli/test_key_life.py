"""Keys on the command line: a root with the definition, requests by the folder, lost keys, renewal."""

from __future__ import annotations

from pathlib import Path

import pytest

from recap_desktop.exchange.election_file import write_election
from recap_desktop.office.keys.key_typing import shown
from tests.cli.lines import WORDS, done, refused, run
from tests.cli.test_keys import BY, KABKO, KECAMATAN, PROVINSI, Offices, offices
from tests.made_up.keys import typed
from tests.made_up.offices import tiny_election

__all__ = ["offices"]


def create(offices: Offices, name: str, *more: str | Path) -> tuple[str | Path, ...]:
    definition = offices.stick / "pemilihan.json"
    if not definition.exists():
        write_election(tiny_election(), definition)
    path = offices.folder / name
    where = ("--election", definition, "--region", "32.07.01")
    return "office", "create", path, *where, *more


def test_a_new_office_asks_for_the_root_that_lies_beside_its_definition(offices: Offices) -> None:
    offices.make_key(PROVINSI)
    done(*offices.on("certificate", "request", code=PROVINSI), "--to", offices.stick)
    root = typed(offices.public(PROVINSI))
    name = "KOMISI PEMILIHAN UMUM PROVINSI JAWA BARAT"
    said = done(*create(offices, "nanti.rekap"))
    assert WORDS("cli.root.later", name=name) in said.out
    assert done("trust", "list", offices.folder / "nanti.rekap", "--format", "json").data == []
    numbers = shown(offices.public(PROVINSI)).numbers
    wrong = create(offices, "a.rekap", "--groups", "0000 0000", *BY)
    refused("fingerprint-not-typed", *wrong, groups=numbers)
    refused("root-by-missing", *create(offices, "a.rekap", "--groups", root))
    assert not (offices.folder / "a.rekap").exists()
    said = done(*create(offices, "a.rekap", "--groups", root, *BY))
    assert WORDS("cli.trust.added", name=name) in said.out
    (listed,) = done("trust", "list", offices.folder / "a.rekap", "--format", "json").data
    assert (listed["office"], listed["key"]) == (PROVINSI, offices.public(PROVINSI))
    elsewhere = offices.folder / "kunci-32" / "x.permohonan"
    done(*offices.on("certificate", "request", code=PROVINSI), "--to", elsewhere)
    (offices.stick / "PERMOHONAN_32.permohonan").unlink()
    assert "trust add" not in done(*create(offices, "b.rekap")).out
    refused("groups-missing", *create(offices, "c.rekap", "--root", elsewhere), groups=numbers)
    done(*create(offices, "c.rekap", "--root", elsewhere, "--groups", root, *BY))


def test_a_folder_of_requests_is_answered_and_a_new_key_takes_the_place_of_the_lost(
    offices: Offices,
) -> None:
    for code in (KABKO, KECAMATAN):
        offices.make_key(code)
    offices.certify(KABKO, KECAMATAN)
    below = done("certificate", "below", offices.file(KABKO), "--format", "json").data
    assert [(one["office"], one["standing"]) for one in below] == [
        (KECAMATAN, "holds"),
        ("320702", "none"),
    ]
    offices.key(KECAMATAN).unlink()
    done("key", "make", offices.file(KECAMATAN), offices.key(KECAMATAN), "--replace", *BY)
    done(*offices.on("certificate", "request", code=KECAMATAN), "--to", offices.stick)
    (offices.stick / "lain.permohonan").write_bytes(b"bukan")
    # Of the folder one fits; the other is said and passed over.
    issue = offices.on("certificate", "issue", code=KABKO, more=(offices.stick,))
    said = run(*issue, "--to", offices.stick, *BY)
    assert said.out.startswith("lain.permohonan")
    assert WORDS("problem.groups-missing", groups=numbers_of(offices)) in said.err
    (offices.stick / "lain.permohonan").unlink()
    groups = ("--groups", typed(offices.public(KECAMATAN)))
    refused(
        "certificate-standing",
        *(*issue, "--to", offices.stick, *groups, *BY),
        office=KECAMATAN,
        serial=1,
    )
    said = done(*issue, "--to", offices.stick, *groups, "--replace", "lost", *BY)
    assert "SERTIFIKAT_320701_2" in said.out and "CABUTAN_3207_1" in said.out
    gone = done("certificate", "revoked", offices.file(KABKO), "--format", "json").data
    assert [(one["office"], one["why"], one["believed"]) for one in gone] == [
        (KECAMATAN, "lost", True)
    ]
    assert WORDS["key-why.lost"] in done("certificate", "revoked", offices.file(KABKO)).out
    # What was written on a stick that is gone is written again, without the key.
    for file in offices.stick.iterdir():
        file.unlink()
    again = ("certificate", "again", offices.file(KABKO), "--to", offices.stick)
    done(*again, "--region", "32.07.01")
    done(*again)
    refused("certificate-none", *again, "--region", "32.07.02", office="32.07.02")
    assert sorted(file.name for file in offices.stick.iterdir()) == [
        "CABUTAN_3207_1.cabutan",
        "SERTIFIKAT_320701_2.sertifikat",
    ]
    taken = done("certificate", "take", offices.file(KECAMATAN), offices.stick, *BY)
    assert WORDS("cli.certificate.unled", count=1) in taken.out
    state = done("key", "show", offices.file(KECAMATAN), "--format", "json").data
    assert (state["standing"], state["key"]) == ("unled", offices.public(KECAMATAN))
    assert WORDS["key-own.unled"] in done("key", "show", offices.file(KECAMATAN)).out


def numbers_of(offices: Offices) -> str:
    return shown(offices.public(KECAMATAN)).numbers


def test_the_successor_of_a_lost_key_certifies_again_all_below(offices: Offices) -> None:
    for code in (KABKO, KECAMATAN):
        offices.make_key(code)
    offices.certify(KABKO, KECAMATAN)
    offices.key(KABKO).unlink()
    done("key", "make", offices.file(KABKO), offices.key(KABKO), "--replace", *BY)
    table = done("certificate", "below", offices.file(KABKO)).out
    assert WORDS["key-below.former"] in table
    renew = offices.on("certificate", "renew", code=KABKO)
    said = done(*renew, "--to", offices.stick, *BY)
    assert "PANITIA PEMILIHAN KECAMATAN CIAMIS" in said.out
    assert WORDS["cli.certificate.none-renewed"] in done(*renew, "--to", offices.stick, *BY).out
    listed = done("certificate", "list", offices.file(KABKO), "--format", "json").data
    assert {one["standing"] for one in listed} == {"unled", "holds"}


@pytest.mark.parametrize("stray", ["kosong", "lain.txt"])
def test_a_folder_without_any_is_said(offices: Offices, stray: str) -> None:
    offices.make_key(KABKO)
    folder = offices.folder / stray
    folder.mkdir()
    issue = offices.on("certificate", "issue", code=KABKO, more=(folder,))
    refused("requests-missing", *issue, "--to", offices.stick, *BY, path=str(folder))
    refused(
        "certificates-missing",
        "certificate",
        "take",
        offices.file(KABKO),
        folder,
        *BY,
        path=str(folder),
    )
    list_again = ("certificate", "again", offices.file(KABKO), "--to", offices.stick)
    assert run(*list_again).err.strip() == WORDS["problem.revocations-none"]
