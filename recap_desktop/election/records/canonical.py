"""Canonical bytes: the one way to write a value, so that its hash means the value.

JSON with sorted ASCII keys, no spaces, integers within 2**53, NFC text without control
characters; no floats, nulls, booleans or doubled keys.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_LARGEST = 2**53
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Marks without a shape, which turn or hide what stands beside them on a signed page."""

_NO_TEXT = re.compile("[\ud800-\udfff]")


class NotCanonical(ValueError):  # noqa: N818 - says what the bytes are
    """Bytes or data that are not canonical JSON of this format."""


def canonical(data: Mapping[str, Any]) -> bytes:
    """The one byte form of a value: sorted ASCII keys, no spaces, NFC text, integers only.

    Raises:
        NotCanonical: for floats, nulls, other types, control characters, text that is not NFC,
            keys that are not ASCII text, and integers beyond 2**53.
    """
    refuse(data)
    return dump(data)


def read_canonical(raw: bytes) -> dict[str, Any]:
    """Read canonical bytes; refuses any that would not be written the same way again.

    Raises:
        NotCanonical: when they are not canonical (also for doubled keys).
    """
    data = load(raw)
    if not isinstance(data, dict):
        raise NotCanonical("not an object")
    try:
        same = canonical(data) == raw
    except RecursionError as error:
        raise NotCanonical("nested too deeply") from error
    if not same:
        raise NotCanonical("bytes differ from their canonical form")
    return data


def dump(data: Mapping[str, Any]) -> bytes:
    """The canonical bytes of a value in which ``refuse`` found nothing to refuse.

    Raises:
        NotCanonical: when it is nested more than some 250 deep.
    """
    try:
        return orjson.dumps(data, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError as error:
        raise NotCanonical(str(error)) from error


def load(raw: bytes) -> Any:  # noqa: ANN401 - whatever JSON says
    """Read JSON that was proved canonical before, or is proved by its hash.

    Raises:
        NotCanonical: when it is no JSON at all.
    """
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise NotCanonical(str(error)) from error


def refuse(value: object) -> None:
    """Refuse what canonical bytes cannot hold.

    Raises:
        NotCanonical: as ``canonical``.
    """
    # What is of one kind is gathered and judged together: that is several times faster.
    keys: list[str] = []
    texts: list[str] = []
    numbers: list[int] = []
    left: list[object] = [value]
    while left:
        item = left.pop()
        if isinstance(item, str):
            texts.append(item)
        elif type(item) is int:
            numbers.append(item)
        elif isinstance(item, dict):
            keys.extend(item)
            _sort_out(item.values(), texts, numbers, left)
        elif isinstance(item, list | tuple):
            _sort_out(item, texts, numbers, left)
        else:
            raise NotCanonical(f"not text, integer, list or object: {item!r}")
    _refuse_integers(numbers)
    _refuse_keys(keys)
    _refuse_texts(texts)


def _sort_out(
    items: Collection[Any], texts: list[str], numbers: list[int], left: list[object]
) -> None:
    kinds = set(map(type, items))
    if kinds == _INTEGERS:
        numbers.extend(items)
    elif kinds == _TEXTS:
        texts.extend(items)
    else:
        left.extend(items)


_INTEGERS, _TEXTS = {int}, {str}


def _refuse_integers(numbers: Collection[int]) -> None:
    if numbers and (min(numbers) < -_LARGEST or max(numbers) > _LARGEST):
        raise NotCanonical(f"integer beyond 2**53 among {numbers!r}")


def _refuse_keys(keys: Iterable[str]) -> None:
    try:
        joined = "".join(keys)
    except TypeError as error:
        raise NotCanonical(str(error)) from error
    if not (joined.isascii() and joined.isprintable()):
        raise NotCanonical(f"a key is not plain ASCII text among {joined!r}")


def _refuse_texts(texts: Iterable[str]) -> None:
    joined = "".join(texts)
    if not (joined.isascii() and joined.isprintable()):
        for text in texts:
            _refuse_text(text)


def _refuse_text(text: str) -> None:
    if not unicodedata.is_normalized("NFC", text) or _CONTROL.search(text):
        raise NotCanonical(f"text has control characters or is not NFC: {text!r}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical(str(error)) from error


def clean_text(text: str) -> str:
    """Text as a person typed it, made fit for a record: NFC, control characters to spaces.

    Marks that nobody sees are left away: two names that look the same are the same. What is no
    text at all (bytes of a terminal that are no UTF-8) becomes a mark.
    """
    sound = _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", text)
    seen = _UNSEEN.sub("", sound)
    return _CONTROL.sub(" ", unicodedata.normalize("NFC", seen)).strip()
