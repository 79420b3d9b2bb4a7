"""Signing a PDF that was exported with the certificate of an office: needs no office, only files."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from recap_desktop import __version__
from recap_desktop.exchange.whole_files import write_whole
from recap_desktop.office.language import load_words
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.paper.pades import SigningKey


def sign_pdf(
    path: Path, target: Path, *, certificate: Path, passphrase: str, now: dt.datetime | None = None
) -> str:
    """Write a PDF signed (PAdES B-B), in full or not at all; an older file is replaced.

    The bytes of the PDF stand unchanged at its beginning; a page behind the others says what was
    signed and by whom.

    Args:
        path: the PDF as it was exported.
        target: where the signed one goes.
        certificate: PKCS#12 file with key and certificate.
        passphrase: that opens it.
        now: what the laptop says; None asks it.

    Returns:
        The holder of the certificate.

    Raises:
        KnownProblem: ``pades-missing``, ``pades-key``, ``pades-no-key``, ``pades-not-valid``,
            ``pades-pdf``, ``pades-signed``, ``pades-file``, ``file-cannot-be-written``.
    """
    from recap_desktop.paper import pades  # noqa: PLC0415 - reportlab takes a while to import

    now = now or dt.datetime.now().astimezone()
    raw = _read(path)
    key = pades.open_key(_read(certificate), passphrase, path=str(certificate))
    _require_valid(key, now)
    time = now.isoformat(timespec="seconds")
    signed = pades.sign(raw, key, load_words("id"), path=str(path), time=time, program=__version__)
    try:
        write_whole(target, signed)
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("file-cannot-be-written", path=str(target), reason=reason) from error
    return key.holder.name


def _require_valid(key: SigningKey, now: dt.datetime) -> None:
    holder = key.holder
    since, until = (dt.datetime.fromisoformat(text) for text in (holder.since, holder.until))
    if not since <= now <= until:
        raise KnownProblem(
            "pades-not-valid",
            holder=holder.name,
            since=holder.since[:10],
            until=holder.until[:10],
            now=now.date().isoformat(),
        )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise KnownProblem("pades-file", path=str(path), reason=reason_of(error)) from error
