"""The office's own mark on its papers: what a record says of it, and which one stands."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.records.journal import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recap_desktop.election.records.journal import Record

LARGEST = 64 * 1024
"""Bytes of the picture: it travels in the journal, to every post and in every package."""

MOST_SIDE = 400
"""Pixels of its longer side: 11 mm of paper at 900 dots an inch."""

_PNG = b"\x89PNG\r\n\x1a\n"
_SIDES = slice(16, 24)
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Emblem:
    """A picture that stands where the neutral mark is (lambang kantor).

    Attributes:
        id: of the record.
        name: of the file it came from.
        image: a PNG without transparency.
    """

    id: str
    name: str
    image: bytes


def emblem_text(image: bytes) -> str:
    """A picture as its record holds it."""
    return base64.b64encode(image).decode("ascii")


def is_emblem(record: Record) -> bool:
    """Whether a record holds a small PNG, or takes back those it names."""
    body = record.body
    if not body["image"]:
        return bool(record.over) and not body["name"]
    image = _image_of(body)
    return 0 < len(body["name"]) <= _LONGEST_NAME and len(image) <= LARGEST and _is_small(image)


def _image_of(body: Mapping[str, str]) -> bytes:
    """The picture of a body; nothing where that is no base64."""
    try:
        return base64.b64decode(body["image"], validate=True)
    except ValueError:
        return b""


def _is_small(image: bytes) -> bool:
    """Whether these are the first bytes of a PNG that claims no more pixels than are taken."""
    sides = image[_SIDES]
    width, height = int.from_bytes(sides[:4], "big"), int.from_bytes(sides[4:], "big")
    return image.startswith(_PNG) and 0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE


def standing_emblems(
    records: Iterable[Record], heads: Mapping[str, int] | None = None
) -> list[Record]:
    """Every word about the mark that no later one replaces.

    Args:
        records: of kind ``emblem/1``, in any order.
        heads: when given, only what stands up to these sequence numbers of its chain.
    """
    known = [r for r in records if heads is None or r.seq <= heads.get(r.chain, 0)]
    gone = {key for record in known for key in record.over}
    return [record for record in known if record.id not in gone]


def emblem_of(records: Iterable[Record], heads: Mapping[str, int] | None = None) -> Emblem | None:
    """The mark that stands; None for the neutral one.

    Where posts chose different ones without knowing of each other, the least id decides: every
    laptop prints the same until somebody chooses again.
    """
    chosen = min(standing_emblems(records, heads), key=lambda record: record.id, default=None)
    if chosen is None or not chosen.body["image"]:
        return None
    return Emblem(chosen.id, chosen.body["name"], _image_of(chosen.body))


BODIES = {Kind.EMBLEM.value: is_emblem}
