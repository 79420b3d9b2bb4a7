"""A PDF signed with a certificate: its bytes stay, its page says who, any reader can check it."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import sys
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from recap_desktop.election.papers.sheets import desa_sheet
from recap_desktop.office.papers.signing_pdf import sign_pdf
from recap_desktop.paper.book import draw_book
from recap_desktop.paper.settings import PaperSettings
from recap_desktop.problems import KnownProblem
from tests.cli.lines import done
from tests.made_up.papers import DESA, election_of, facts_of, filled

if TYPE_CHECKING:
    from pathlib import Path

NOW = dt.datetime(2024, 12, 2, 10, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))
SECRET = "frasa sandi kantor"  # noqa: S105 - of a certificate that lives as long as a test
HOLDER = "KPU KABUPATEN CIAMIS"


def certificate(*, until: dt.datetime = NOW + dt.timedelta(days=300)) -> tuple[bytes, bytes]:
    """A PKCS#12 file and its certificate (DER), which signed itself."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, HOLDER),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Komisi Pemilihan Umum"),
        ]
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(0x2024)
        .not_valid_before(NOW - dt.timedelta(days=30))
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_cert_sign=True,
                crl_sign=False,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    locked = serialization.BestAvailableEncryption(SECRET.encode())
    raw = pkcs12.serialize_key_and_certificates(b"kpu", key, made, None, locked)
    return raw, made.public_bytes(serialization.Encoding.DER)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    election = election_of({DESA: 3})
    path = tmp_path / "D.HASIL.pdf"
    raw = draw_book([desa_sheet(facts_of(election), DESA, filled(election))], PaperSettings())
    path.write_bytes(raw)
    return path


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "kantor.p12"
    path.write_bytes(certificate()[0])
    return path


def validated(raw: bytes, root: bytes) -> Any:  # noqa: ANN401 - pyHanko has no types here
    """What pyHanko says of the one signature of a file."""
    from asn1crypto.x509 import Certificate  # noqa: PLC0415 - optional, as pyHanko
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - as above
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415 - as above
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415 - as above

    (signature,) = PdfFileReader(io.BytesIO(raw)).embedded_signatures
    context = ValidationContext(
        trust_roots=[Certificate.load(root)], allow_fetching=False, moment=NOW
    )
    return validate_pdf_signature(signature, context)


def test_the_file_before_stands_unchanged_and_anybody_can_check_the_signature(
    sheet: Path, tmp_path: Path
) -> None:
    raw, root = certificate()
    key, target = tmp_path / "kantor.p12", tmp_path / "ttd.pdf"
    key.write_bytes(raw)
    before = sheet.read_bytes()
    assert sign_pdf(sheet, target, certificate=key, passphrase=SECRET, now=NOW) == HOLDER
    signed = target.read_bytes()
    assert signed.startswith(before)
    assert b"ETSI.CAdES.detached" in signed
    status = validated(signed, root)
    assert status.bottom_line and status.coverage.name == "ENTIRE_FILE"
    at = len(before) // 2
    broken = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
    assert not validated(broken, root).intact


def test_the_page_behind_the_others_says_what_was_signed_and_by_whom(
    sheet: Path, key: Path, tmp_path: Path
) -> None:
    target = tmp_path / "ttd.pdf"
    sign_pdf(sheet, target, certificate=key, passphrase=SECRET, now=NOW)
    before, document = pdfium.PdfDocument(sheet), pdfium.PdfDocument(target)
    assert len(document) == len(before) + 1
    text = " ".join(document[len(document) - 1].get_textpage().get_text_range().split())
    digest = hashlib.sha256(sheet.read_bytes()).hexdigest()
    for said in ("D.HASIL.pdf", HOLDER, "Komisi Pemilihan Umum", "2024", "pukul 10.30 WIB"):
        assert said in text
    assert digest in text.replace(" ", "")
    document.close()
    before.close()


def test_the_signature_lies_over_the_box_that_is_drawn(
    sheet: Path, key: Path, tmp_path: Path
) -> None:
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - optional

    target = tmp_path / "ttd.pdf"
    sign_pdf(sheet, target, certificate=key, passphrase=SECRET, now=NOW)
    (signature,) = PdfFileReader(io.BytesIO(target.read_bytes())).embedded_signatures
    left, bottom, right, top = (float(side) for side in signature.sig_field["/Rect"])
    document = pdfium.PdfDocument(target)
    page = document[len(document) - 1].get_textpage()
    found = page.search("ditandatangani secara elektronik").get_next()
    assert found is not None
    low_left, low, high_right, high = page.get_charbox(found[0])
    document.close()
    assert left < low_left < high_right < right and bottom < low < high < top


def test_a_signed_file_is_not_signed_again(sheet: Path, key: Path, tmp_path: Path) -> None:
    once, twice = tmp_path / "once.pdf", tmp_path / "twice.pdf"
    sign_pdf(sheet, once, certificate=key, passphrase=SECRET, now=NOW)
    with pytest.raises(KnownProblem, match="pades-signed"):
        sign_pdf(once, twice, certificate=key, passphrase=SECRET, now=NOW)
    assert not twice.exists()


def test_what_is_no_pdf_is_refused(key: Path, tmp_path: Path) -> None:
    for raw in (b"", b"%PDF-1.7\n", b"PK\x03\x04" * 99):
        path = tmp_path / "x.pdf"
        path.write_bytes(raw)
        with pytest.raises(KnownProblem, match="pades-pdf"):
            sign_pdf(path, tmp_path / "y.pdf", certificate=key, passphrase=SECRET, now=NOW)


def test_a_wrong_passphrase_or_a_certificate_that_ran_out_is_told(
    sheet: Path, key: Path, tmp_path: Path
) -> None:
    target = tmp_path / "ttd.pdf"
    with pytest.raises(KnownProblem, match="pades-key"):
        sign_pdf(sheet, target, certificate=key, passphrase=SECRET[1:], now=NOW)
    with pytest.raises(KnownProblem, match="pades-key"):
        sign_pdf(sheet, target, certificate=sheet, passphrase=SECRET, now=NOW)
    key.write_bytes(certificate(until=NOW - dt.timedelta(days=1))[0])
    with pytest.raises(KnownProblem, match="pades-not-valid"):
        sign_pdf(sheet, target, certificate=key, passphrase=SECRET, now=NOW)
    with pytest.raises(KnownProblem, match="pades-file"):
        sign_pdf(tmp_path / "none.pdf", target, certificate=key, passphrase=SECRET, now=NOW)
    assert not target.exists()


def test_without_pyhanko_the_verb_says_how_to_install_it(
    sheet: Path, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in {"pyhanko", *(name for name in sys.modules if name.startswith("pyhanko."))}:
        # Python's own way to say of a module that it is not there.
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(KnownProblem, match="pades-missing"):
        sign_pdf(sheet, tmp_path / "ttd.pdf", certificate=key, passphrase=SECRET, now=NOW)


def test_the_verb_signs(sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, target = tmp_path / "kantor.p12", tmp_path / "ttd.pdf"
    key.write_bytes(certificate(until=dt.datetime(2099, 1, 1, tzinfo=dt.UTC))[0])
    monkeypatch.setenv("RECAP_PASSPHRASE", SECRET)
    said = done("papers", "sign-pdf", sheet, "--certificate", key, "--to", target)
    assert HOLDER in said.out
    assert target.read_bytes().startswith(sheet.read_bytes())
