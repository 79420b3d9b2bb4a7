"""Proves a receipt that was carried back: who signed it, and by what certificates that office may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from recap_desktop.exchange.certificates import (
    Certificate,
    Holder,
    Trust,
    What,
    require_certified,
    unseal,
)
from recap_desktop.exchange.receipt_file import Receipt, read_receipt
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class ProvedReceipt:
    """What was proved of a receipt (hasil pemeriksaan tanda terima).

    Attributes:
        receipt: what it says.
        certified: the certificates that lead to its key; None where nothing is trusted yet.
    """

    receipt: Receipt
    certified: tuple[Certificate, ...] | None


def prove_receipt(
    path: Path, *, trust: Trust | None = None, known: Iterable[Certificate] = ()
) -> ProvedReceipt:
    """Prove all that can be proved of a receipt by itself.

    Args:
        path: the receipt.
        trust: what is believed; None proves everything but who may sign.
        known: certificates beside those it carries.

    Raises:
        KnownProblem: as ``read_receipt``; ``not-a-certificate``, ``not-signed-certificate``;
            ``receipt-election``; as ``require_certified``.
    """
    return prove_said(read_receipt(path), trust=trust, known=known)


def prove_said(
    receipt: Receipt, *, trust: Trust | None = None, known: Iterable[Certificate] = ()
) -> ProvedReceipt:
    """The same of a receipt that was read, its signature proved.

    Raises:
        KnownProblem: as ``prove_receipt``.
    """
    brought = [_opened(said) for said in receipt.certificates]
    if trust is None:
        return ProvedReceipt(receipt, None)
    if receipt.realm != trust.realm:
        raise KnownProblem("receipt-election")
    certified = require_certified(
        receipt.key,
        receipt.receiver,
        holder=Holder.OFFICE,
        certificates=(*brought, *known),
        trust=trust,
    )
    return ProvedReceipt(receipt, certified)


def _opened(said: object) -> Certificate:
    if not isinstance(said, str):
        raise KnownProblem("not-a-receipt")
    try:
        raw = said.encode()
    except UnicodeEncodeError as error:
        raise KnownProblem("not-a-receipt") from error
    return cast("Certificate", unseal(What.CERTIFICATE, raw))
