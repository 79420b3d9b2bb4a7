"""Receipts that are carried back down: what was received, signed by the key of the office above."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from recap_desktop.election.records.canonical import NotCanonical, canonical, read_canonical
from recap_desktop.exchange.certificates import Realm
from recap_desktop.exchange.document_files import read_document_file
from recap_desktop.exchange.signing import is_signed
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from recap_desktop.exchange.signing import SigningKey

SUFFIX = ".terima"
LARGEST = 64 * 1024 * 1024
"""Bytes of the largest receipt that is read: it may correct each of 25,000 TPS."""

_WHAT, _FORMAT = "receipt", "REKAP/1/receipt"


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a package was received (tanda terima paket).

    Attributes:
        realm: of which election.
        contest: id of the contest.
        sender: region code of the office that sent the package.
        receiver: region code of the office that received it.
        key: raw public key of the receiver in hex.
        package: hash of the package's manifest.
        revision: number of the close it carried.
        head: of that close.
        receiver_head: id of the record by which the receiver took it in.
        totals: cell -> total as it was received.
        time: of that record, as the receiver's laptop said.
        corrections: rulings of the receiver on TPS and units of the sender, as proposals.
        certificates: sealed, that lead to the key.
    """

    realm: Realm
    contest: str
    sender: str
    receiver: str
    key: str
    package: str
    revision: int
    head: str
    receiver_head: str
    totals: Mapping[str, int]
    time: str
    corrections: tuple[Mapping[str, Any], ...]
    certificates: tuple[str, ...]


def seal_receipt(receipt: Receipt, key: SigningKey) -> bytes:
    """A receipt with its signature, as one line."""
    said = asdict(receipt)
    said |= said.pop("realm")
    said["corrections"], said["certificates"] = list(receipt.corrections), [*receipt.certificates]
    signature = key.sign(_WHAT, canonical(said))
    return canonical({"format": _FORMAT, _WHAT: said, "signature": signature})


def unseal_receipt(raw: bytes) -> Receipt:
    """A receipt whose signature is that of the key it names; whether that key may is not asked.

    Raises:
        KnownProblem: ``not-a-receipt``, ``not-signed-receipt``.
    """
    try:
        data = read_canonical(raw)
        said, signature = data[_WHAT], data["signature"]
        receipt = _of_data(said)
        key = bytes.fromhex(receipt.key)
    except (NotCanonical, KeyError, TypeError, ValueError, AttributeError) as error:
        raise KnownProblem("not-a-receipt") from error
    if data.keys() != {"format", _WHAT, "signature"} or data["format"] != _FORMAT:
        raise KnownProblem("not-a-receipt")
    if not is_signed(key, _WHAT, raw=canonical(said), signature=signature):
        raise KnownProblem("not-signed-receipt")
    return receipt


_TYPES = {"revision": int, "totals": dict, "corrections": list, "certificates": list}


def _of_data(said: Mapping[str, Any]) -> Receipt:
    left = dict(said)
    if any(type(value) is not _TYPES.get(name, str) for name, value in left.items()):
        raise TypeError("a field of another type")
    realm = Realm(left.pop("election"), left.pop("mode"))
    left["corrections"] = tuple(left["corrections"])
    left["certificates"] = tuple(left["certificates"])
    return Receipt(realm=realm, **left)


def read_receipt(path: Path) -> Receipt:
    """The receipt in a file.

    Raises:
        KnownProblem: ``document-not-read``, and as ``unseal_receipt``.
    """
    raw = read_document_file(path, most=LARGEST)
    if raw is None:
        raise KnownProblem("not-a-receipt")
    return unseal_receipt(raw)
