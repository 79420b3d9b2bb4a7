"""Keys, certificates, packages and proof on the command line: three offices from keys to a proof."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from recap_desktop import places
from recap_desktop.election.definitions.contests import Mode
from recap_desktop.exchange.office_keys import open_office_key
from recap_desktop.office.keys.key_typing import shown
from recap_desktop.office.keys.trusting import own_key_of
from recap_desktop.office.opening import create_office_for, open_office
from recap_desktop.office.proof.verifying import read_pdf
from tests.cli.lines import WORDS, Said, done, refused, run
from tests.made_up.keys import PHRASE, typed
from tests.made_up.offices import BUPATI, TPS, Clock, tiny_election, valid_bupati

BY = ("--by", "Ketut")
PROVINSI, KABKO, KECAMATAN = "32", "3207", "320701"
PERIKSA = places.resource("verifier", "periksa.py")


@dataclass
class Offices:
    """Three offices on three laptops, whose keys lie on a medium each, and a stick between them."""

    folder: Path

    def file(self, code: str) -> Path:
        return self.folder / f"{code}.rekap"

    def key(self, code: str) -> Path:
        return self.folder / f"kunci-{code}" / f"KUNCI_{code}.kunci"

    @property
    def stick(self) -> Path:
        return self.folder / "stik"

    def public(self, code: str) -> str:
        office = open_office(self.file(code), clock=Clock())
        try:
            return own_key_of(office)
        finally:
            office.close()

    def on(
        self, *verb: str, code: str, more: tuple[str | Path, ...] = ()
    ) -> tuple[str | Path, ...]:
        """A verb of an office that asks for its key."""
        return *verb, self.file(code), *more, "--key", self.key(code)

    def make_key(self, code: str) -> Said:
        self.key(code).parent.mkdir()
        return done("key", "make", self.file(code), self.key(code).parent, *BY)

    def believe(self, upper: str, lower: str) -> None:
        done(*self.on("certificate", "request", code=upper), "--to", self.stick)
        path = self.stick / f"PERMOHONAN_{upper}.permohonan"
        groups = ("--groups", typed(self.public(upper)))
        done("trust", "add", self.file(lower), path, *groups, *BY)

    def certify(self, upper: str, lower: str, serial: int = 1) -> Path:
        done(*self.on("certificate", "request", code=lower), "--to", self.stick)
        request = self.stick / f"PERMOHONAN_{lower}.permohonan"
        issue = self.on("certificate", "issue", code=upper, more=(request,))
        done(*issue, "--to", self.stick, "--groups", typed(self.public(lower)), *BY)
        return self.stick / f"SERTIFIKAT_{lower}_{serial}.sertifikat"

    def send(self) -> Path:
        done(*self.on("send", code=KECAMATAN, more=(self.stick, "--contest", BUPATI)), *BY)
        return self.stick / "REKAP_320701_bupati_kecamatan_1.rkp"


@pytest.fixture
def offices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Offices:
    monkeypatch.setenv("RECAP_PASSPHRASE", PHRASE)
    made = Offices(tmp_path)
    made.stick.mkdir()
    for code in (PROVINSI, KABKO, KECAMATAN):
        create_office_for(
            made.file(code), election=tiny_election(), region=code, clock=Clock()
        ).close()
    return made


@pytest.fixture
def closed(offices: Offices) -> Offices:
    """The kecamatan has closed the contest of the bupati."""
    header = "kode_desa,tps," + ",".join(valid_bupati())
    rows = [f"{tps[:10]},{tps[10:]}," + ",".join(map(str, valid_bupati().values())) for tps in TPS]
    table = offices.folder / "c-hasil.csv"
    table.write_text("\n".join([header, *rows]), "utf-8")
    office = offices.file(KECAMATAN)
    done("enter", office, table, "--contest", BUPATI, "--by", "Siti")
    done("close", office, "--contest", BUPATI, "--by", "Siti")
    return offices


def periksa(path: Path, *arguments: str) -> tuple[int, str]:
    ran = subprocess.run(
        [sys.executable, PERIKSA, path, *arguments], capture_output=True, text=True, check=False
    )
    assert ran.stderr == ""
    return ran.returncode, ran.stdout


def test_three_offices_from_keys_to_a_package_that_is_proved_and_then_refused(
    closed: Offices,
) -> None:
    for code in (PROVINSI, KABKO, KECAMATAN):
        made = closed.make_key(code)
        assert WORDS["cli.key.copy"] in made.out and str(closed.key(code)) in made.out
        letter = closed.folder / f"surat-{code}.pdf"
        done("key", "letter", closed.file(code), "--to", letter)
        assert letter.read_bytes().startswith(b"%PDF")
    closed.believe(PROVINSI, KABKO)
    closed.believe(PROVINSI, KECAMATAN)
    for upper, lower in ((PROVINSI, KABKO), (KABKO, KECAMATAN)):
        path = closed.certify(upper, lower)
        taken = done("certificate", "take", closed.file(lower), path, *BY)
        assert WORDS("cli.certificate.unled", count=1) not in taken.out
    posts = done(*closed.on("certificate", "posts", code=KECAMATAN), *BY)
    assert "Meja 1" in posts.out
    package = closed.send()

    proved = done("verify", package, "--office", closed.file(PROVINSI))
    assert WORDS("cli.verify.trusted", path=str(package)) in proved.out
    assert "PANITIA PEMILIHAN KECAMATAN CIAMIS" in proved.out
    done("verify", package, "--office", closed.file(KABKO))
    root = closed.public(PROVINSI)
    assert periksa(package, "--akar", f"32={root}")[0] == 0
    assert "key-not-certified" in periksa(package, "--akar", f"32={'ab' * 32}")[1]

    gone = done(
        *closed.on("certificate", "revoke", code=KABKO, more=("1", "--why", "lost")),
        "--to",
        closed.stick,
        *BY,
    )
    assert "CABUTAN_3207_1.cabutan" in gone.out
    said = run("verify", package, "--office", closed.file(KABKO))
    why = WORDS("problem.certificate-revoked", office="320701", issuer="3207", serial=1)
    assert said.status == 1 and why in said.out
    done("verify", package, "--office", closed.file(PROVINSI))
    done("certificate", "take", closed.file(PROVINSI), closed.stick / "CABUTAN_3207_1.cabutan", *BY)
    assert run("verify", package, "--office", closed.file(PROVINSI)).status == 1
    for code in (PROVINSI, KABKO, KECAMATAN):
        assert done("audit", closed.file(code)).status == 0


def test_a_lost_key_is_replaced_and_what_is_sent_with_the_new_one_is_believed(
    closed: Offices,
) -> None:
    for code in (KABKO, KECAMATAN):
        closed.make_key(code)
    path = closed.certify(KABKO, KECAMATAN)
    taken = done("certificate", "take", closed.file(KECAMATAN), path, *BY)
    assert WORDS("cli.certificate.unled", count=1) in taken.out
    closed.key(KECAMATAN).unlink()
    refused(
        "key-known",
        *("key", "make", closed.file(KECAMATAN), closed.key(KECAMATAN), *BY),
        office=KECAMATAN,
    )
    made = done("key", "make", closed.file(KECAMATAN), closed.key(KECAMATAN), "--replace", *BY)
    assert WORDS["cli.key.replaced"] in made.out
    done(
        *closed.on("certificate", "revoke", code=KABKO, more=("1", "--why", "lost")),
        "--to",
        closed.stick,
        *BY,
    )
    renewed = closed.certify(KABKO, KECAMATAN, serial=2)
    done("certificate", "take", closed.file(KECAMATAN), renewed, *BY)
    done(*closed.on("certificate", "posts", code=KECAMATAN), *BY)
    done("verify", closed.send(), "--office", closed.file(KABKO))
    listed = done("certificate", "list", closed.file(KABKO), "--format", "json").data
    assert [(one["serial"], one["standing"]) for one in listed] == [(1, "revoked"), (2, "holds")]


def test_what_is_proved_without_an_office_is_not_called_trusted(closed: Offices) -> None:
    closed.make_key(KECAMATAN)
    package = closed.send()
    said = done("verify", package)
    assert WORDS("cli.verify.proved", path=str(package)) in said.out
    assert WORDS["cli.verify.untrusted"] in said.out and WORDS["cli.verify.rehearsal"] in said.out
    key = open_office_key(closed.key(KECAMATAN), PHRASE)
    assert closed.public(KECAMATAN) == key.public.hex()
    assert run("verify", package, "--office", closed.file(KABKO)).status == 1
    raw = bytearray(package.read_bytes())
    raw[len(raw) // 2] ^= 1
    package.write_bytes(raw)
    said = run("verify", package)
    assert said.status == 1 and said.out.startswith("TIDAK COCOK")


def test_a_sheet_an_office_file_and_a_code_are_verified(closed: Offices) -> None:
    closed.make_key(KECAMATAN)
    package, pdf = closed.send(), closed.folder / "d.pdf"
    office = closed.file(KECAMATAN)
    done("sheet", office, "--contest", BUPATI, "--to", pdf)
    said = done("verify", pdf, "--office", office)
    assert WORDS["cli.verify.line-same"] in said.out
    by_itself = done("verify", pdf).out
    assert WORDS("cli.verify.proved", path=str(pdf)) in by_itself
    (code,) = read_pdf(pdf)
    unproved = run("verify", "--text", code.text)
    assert unproved.status == 1 and WORDS["cli.verify.line-unknown"] in unproved.out
    (line,) = read_pdf(pdf)
    assert WORDS["cli.verify.line-same"] in done("verify", package, "--text", line.text).out
    assert (
        WORDS["cli.verify.line-same"] in done("verify", "--text", line.text, "--office", office).out
    )
    text = closed.folder / "qr.txt"
    text.write_text(line.text + "\n", "utf-8")
    assert done("verify", text, "--office", office).status == 0
    wrong = line.text.replace("R1", "R2")
    assert run("verify", package, "--text", wrong).status == 1
    assert done("verify", office).out == done("audit", office).out
    refused("usage-verify", "verify")
    refused("line-malformed", "verify", "--text", "REKAP/1 apa")
    missing = closed.folder / "tidak-ada"
    said = run("verify", missing)
    sentence = WORDS("problem.verify-not-read", path=str(missing), reason="").partition(": ")[0]
    assert said.status == 2 and said.err.startswith(sentence)


def test_keys_that_do_not_open_and_groups_that_nobody_types_are_refused(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    offices.make_key(KABKO)
    offices.make_key(KECAMATAN)
    request = offices.on("certificate", "request", code=KECAMATAN)
    done(*request, "--to", offices.stick)
    path = offices.stick / "PERMOHONAN_320701.permohonan"
    issue = offices.on("certificate", "issue", code=KABKO, more=(path,))
    numbers = shown(offices.public(KECAMATAN)).numbers
    refused("groups-missing", *issue, "--to", offices.stick, *BY, groups=numbers)
    wrong = (*issue, "--to", offices.stick, "--groups", "0000 0000", *BY)
    refused("fingerprint-not-typed", *wrong, groups=numbers)
    monkeypatch.setenv("RECAP_PASSPHRASE", "bukan kalimat itu")
    key = offices.key(KECAMATAN)
    refused("key-not-opened", *request, "--to", offices.stick, path=str(key))
    monkeypatch.delenv("RECAP_PASSPHRASE")
    refused("passphrase-missing", *request, "--to", offices.stick)
    secret = offices.folder / "sandi.txt"
    secret.write_text(PHRASE + "\n", "utf-8")
    done(*request, "--to", offices.stick, "--passphrase-file", secret)
    short = offices.folder / "pendek.txt"
    short.write_text("pendek\n", "utf-8")
    target = offices.folder / "kunci-32.kunci"
    refused(
        "passphrase-short",
        *("key", "make", offices.file(PROVINSI), target, "--passphrase-file", short, *BY),
        shortest=12,
    )
    assert not target.exists()


def test_a_rehearsal_never_mixes_with_the_real_election(offices: Offices) -> None:
    real = offices.folder / "nyata.rekap"
    create_office_for(real, election=tiny_election(Mode.REAL), region=KABKO, clock=Clock()).close()
    offices.make_key(KABKO)
    offices.make_key(KECAMATAN)
    refused("key-of-rehearsal", "key", "use", real, "--key", offices.key(KABKO), *BY)
    real_key = offices.folder / "nyata.kunci"
    done("key", "make", real, real_key, *BY)
    done(*offices.on("certificate", "request", code=KECAMATAN), "--to", offices.stick)
    request = offices.stick / "PERMOHONAN_320701.permohonan"
    issue = ("certificate", "issue", real, request, "--key", real_key)
    groups = ("--groups", typed(offices.public(KECAMATAN)))
    refused(
        "request-of-other-election",
        *(*issue, "--to", offices.stick, *groups, *BY),
        office=KECAMATAN,
    )
    done("certificate", "request", real, "--to", offices.stick, "--key", real_key)
    path = offices.stick / "PERMOHONAN_3207.permohonan"
    groups = ("--groups", typed(open_office_key(real_key, PHRASE).public.hex()))
    refused(
        "root-of-other-election",
        *("trust", "add", offices.file(KECAMATAN), path, *groups, *BY),
        office=KABKO,
    )


def test_roots_are_listed_and_taken_back(offices: Offices) -> None:
    offices.make_key(KABKO)
    offices.make_key(KECAMATAN)
    offices.believe(KABKO, KECAMATAN)
    office = offices.file(KECAMATAN)
    listed = done("trust", "list", office, "--format", "json").data
    assert [(one["office"], one["standing"]) for one in listed] == [
        (KABKO, "root"),
        (KECAMATAN, "own"),
    ]
    assert "KOMISI PEMILIHAN UMUM KABUPATEN CIAMIS" in done("trust", "list", office).out
    assert done("trust", "list", office, "--format", "csv").out.count("\n") == 3
    done("trust", "remove", office, "--region", "32.07", *BY)
    refused("root-unknown", "trust", "remove", office, "--region", "32.07", *BY, office=KABKO)
    offices.certify(KABKO, KECAMATAN)
    table = done("certificate", "list", offices.file(KABKO)).out
    assert WORDS["cli.standing.holds"] in table and "32.07.01" in table
    assert done("certificate", "list", offices.file(KABKO), "--format", "csv").out.count("\n") == 2
