"""What lies inside the PDF of a close (hasil.json): enough to prove its figures by itself.

The close as it was signed, the key of the post that signed it, the definition of the contest with
its form, and the leaf of every TPS: signature, root and totals follow, without the office.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from recap_desktop.election.records.canonical import canonical, read_canonical
from recap_desktop.election.records.journal import Record, read_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VERSION = 1
FILE = "hasil.json"
_PARTS = frozenset({"v", "statement", "definition", "close", "post_key", "leaves"})


@dataclass(frozen=True, slots=True)
class Statement:
    """What the file is of, for whoever opens it (pokok).

    Attributes:
        election: hash of the first definition.
        mode: ``real`` or ``rehearsal``.
        contest: its id.
        contest_hash: hash of its definition with its form, as every leaf names it.
        office: region code of the office.
        unit: what was closed: the office, or one desa.
        revision: number of the close.
        head: id of the close, which stands on every page.
        root: Merkle root over the leaves, in hex.
        leaves: how many they are.
    """

    election: str
    mode: str
    contest: str
    contest_hash: str
    office: str
    unit: str
    revision: int
    head: str
    root: str
    leaves: int


def statement_of(close: Record, office: str) -> Statement:
    """What a sound close says of itself."""
    body = close.body
    return Statement(
        election=close.election,
        mode=close.mode,
        contest=close.contest,
        contest_hash=body["contest"],
        office=office,
        unit=close.subject["unit"],
        revision=body["revision"],
        head=close.id,
        root=body["root"],
        leaves=body["leaves"],
    )


@dataclass(frozen=True, slots=True)
class Inside:
    """The file, read.

    Attributes:
        statement: what it says it is of.
        definition: the contest with its form, as plain data.
        close: the record; its id is the hash of its bytes.
        post_key: public key of the post that closed, in hex.
        leaves: canonical bytes of each TPS's leaf, in code order.
    """

    statement: Statement
    definition: dict[str, Any]
    close: Record
    post_key: str
    leaves: tuple[bytes, ...]


def inside(
    close: Record, office: str, *, definition: bytes, post_key: str, leaves: Iterable[bytes]
) -> Iterator[bytes]:
    """The canonical bytes of the file, piece by piece: a province has 25,000 leaves.

    Args:
        close: a sound close.
        office: region code of the office.
        definition: canonical bytes of the contest with its form.
        post_key: public key of the post that closed, in hex.
        leaves: canonical bytes of each TPS's leaf, in code order.
    """
    yield b'{"close":%b,"definition":%b,"leaves":[' % (close.raw, definition)
    before = b""
    for leaf in leaves:
        yield before + leaf
        before = b","
    said = canonical(asdict(statement_of(close, office)))
    yield b'],"post_key":"%b","statement":%b,"v":%d}' % (post_key.encode(), said, VERSION)


def read_inside(raw: bytes) -> Inside:
    """Read the file; nothing in it is proved yet but its shape.

    Raises:
        ValueError: when it is not canonical, of another version, or a part has another shape.
    """
    data = read_canonical(raw)
    if set(data) != _PARTS or data["v"] != VERSION:
        raise ValueError("another version")
    said, close, leaves = data["statement"], data["close"], data["leaves"]
    numbers = {"revision", "leaves"}
    shaped = (
        isinstance(said, dict)
        and set(said) == {field.name for field in fields(Statement)}
        and all(type(value) is (int if key in numbers else str) for key, value in said.items())
        and isinstance(data["definition"], dict)
        and isinstance(close, dict)
        and isinstance(data["post_key"], str)
        and isinstance(leaves, list)
        and all(isinstance(leaf, dict) for leaf in leaves)
    )
    if not shaped:
        raise ValueError("a part has another shape")
    return Inside(
        statement=Statement(**said),
        definition=data["definition"],
        close=read_record(canonical(close)),
        post_key=data["post_key"],
        leaves=tuple(map(canonical, leaves)),
    )
