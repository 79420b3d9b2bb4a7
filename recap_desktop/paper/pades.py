"""Signs a PDF with a certificate (PAdES B-B): a page with the box behind it, nothing else changed.

pyHanko does it, an optional extra that is imported when it is used. No network is asked: the
signature bears no time of a third party and no answers about revocation.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from recap_desktop.election.papers.electronic_signatures import Holder, SignedFile, signature_page
from recap_desktop.paper import deeds, fonts, signatures
from recap_desktop.paper.book import draw_book
from recap_desktop.paper.settings import PaperSettings
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from cryptography.x509 import Name

    from recap_desktop.election.papers.deeds import Deed
    from recap_desktop.election.wording import Words

FIELD = "recap-desktop"
"""Name of the signature field."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A PKCS#12 file that was opened.

    Attributes:
        raw: its bytes.
        passphrase: that opens it.
        holder: who its certificate is of.
    """

    raw: bytes
    passphrase: bytes
    holder: Holder


def open_key(raw: bytes, passphrase: str, *, path: str) -> SigningKey:
    """Open a PKCS#12 file (.p12, .pfx) that lies at a path.

    Raises:
        KnownProblem: ``pades-key`` where the passphrase or the file is wrong, ``pades-no-key``
            where it holds no key with its certificate.
    """
    secret = passphrase.encode()
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(raw, secret)
    except ValueError as error:
        raise KnownProblem("pades-key", path=path) from error
    if key is None or certificate is None:
        raise KnownProblem("pades-no-key", path=path)
    holder = Holder(
        name=_named(certificate.subject, NameOID.COMMON_NAME)
        or certificate.subject.rfc4514_string(),
        office=_named(certificate.subject, NameOID.ORGANIZATION_NAME),
        issuer=_named(certificate.issuer, NameOID.COMMON_NAME)
        or certificate.issuer.rfc4514_string(),
        serial=f"{certificate.serial_number:x}",
        since=certificate.not_valid_before_utc.isoformat(),
        until=certificate.not_valid_after_utc.isoformat(),
    )
    return SigningKey(raw, secret, holder)


def _named(name: Name, kind: Any) -> str:  # noqa: ANN401 - an OID; its type is not exported
    return " ".join(str(one.value) for one in name.get_attributes_for_oid(kind))


def sign(raw: bytes, key: SigningKey, words: Words, *, path: str, time: str, program: str) -> bytes:
    """A PDF with its signature page; the bytes it had stand unchanged at its beginning.

    Args:
        raw: the PDF.
        key: that signs.
        words: Indonesian ones, of the page.
        path: of the file; the page says its name.
        time: what the laptop says, ISO with zone.
        program: version of the program.

    Raises:
        KnownProblem: ``pades-missing`` where pyHanko is not installed, ``pades-pdf`` where this is
            none, ``pades-signed`` where it bears a signature: another page would break that one.
    """
    try:
        from pyhanko.pdf_utils.incremental_writer import (  # noqa: PLC0415 - an optional extra
            IncrementalPdfFileWriter,
        )
        from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415 - as above
    except ImportError as error:
        raise KnownProblem("pades-missing") from error
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(raw))
        pages = int(writer.root["/Pages"]["/Count"])
        is_signed = bool(writer.prev.embedded_signatures)
    except (PdfError, KeyError, ValueError, TypeError) as error:
        raise KnownProblem("pades-pdf", path=path) from error
    if is_signed:
        raise KnownProblem("pades-signed", path=path)
    signed = SignedFile(
        Path(path).name, pages, hashlib.sha256(raw).hexdigest(), len(raw), time, program
    )
    page = signature_page(signed, key.holder, words)
    box = _add_page(writer, page)
    return _signed(writer, key, box, pages)


Box = tuple[int, int, int, int]
"""Left, bottom, right, top, from the lower left corner of the page."""


def _add_page(writer: Any, page: Deed) -> Box:  # noqa: ANN401 - of a library without types here
    """Put the drawn page behind the last one; where its box is."""
    from pyhanko.pdf_utils import generic  # noqa: PLC0415 - an optional extra
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - as above
    from pyhanko.pdf_utils.writer import PageObject  # noqa: PLC0415 - as above

    settings = PaperSettings()
    drawn = PdfFileReader(io.BytesIO(draw_book([page], settings)))
    measures = settings.upright
    sheet = writer.import_page_as_xobject(drawn)
    shown = generic.StreamObject(stream_data=b"/Page Do")
    names = generic.DictionaryObject({generic.pdf_name("/Page"): sheet})
    resources = generic.DictionaryObject({generic.pdf_name("/XObject"): names})
    around = tuple(round(side, 2) for side in (0, 0, measures.width, measures.height))
    writer.insert_page(PageObject(writer.add_object(shown), around, resources))
    fonts.register()
    *_, last = deeds.plan_deed(page, measures)
    top = last.sign_top
    assert top is not None, "the page of a signature has its box"
    left, right = signatures.alone(measures)
    low = top - signatures.height(last.face, measures, last.sign_room)
    return round(left), round(low), round(right), round(top)


def _signed(writer: Any, key: SigningKey, box: Box, page: int) -> bytes:  # noqa: ANN401 - as above
    from pyhanko.sign import fields, signers  # noqa: PLC0415 - an optional extra
    from pyhanko.stamp import StaticStampStyle  # noqa: PLC0415 - as above

    fields.append_signature_field(writer, fields.SigFieldSpec(FIELD, on_page=page, box=box))
    about = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        name=key.holder.name,
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    signer = signers.SimpleSigner.load_pkcs12_data(
        key.raw, other_certs=[], passphrase=key.passphrase
    )
    assert signer is not None, "it was opened before"
    # The box is drawn on the page: the signature itself shows nothing.
    style = StaticStampStyle(border_width=0)
    target = io.BytesIO()
    signers.PdfSigner(about, signer, stamp_style=style).sign_pdf(writer, output=target)
    return target.getvalue()
