"""The colour profile of the archive form: sRGB as an ICC profile of version 2, made by its formula.

PDF/A-1 asks for a profile even where all is black. Version 4, which most programs make, is not
allowed there (ISO 19005-1, 6.2.2); matrix and curve are those of IEC 61966-2-1, adapted to D50.
"""

from __future__ import annotations

import functools
import struct

NAME = "sRGB IEC61966-2.1"
COMPONENTS = 3

_WHITE = (0.9642, 1.0, 0.8249)
_RED, _GREEN, _BLUE = (0.4360, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141)
_STEPS = 256
_HEADER, _ENTRY = 128, 12


@functools.cache
def profile() -> bytes:
    """The profile's bytes, always the same."""
    curve = _curve()
    tags = {
        b"desc": _description(NAME),
        b"cprt": b"text\0\0\0\0" + b"Public domain\0",
        b"wtpt": _xyz(_WHITE),
        b"rXYZ": _xyz(_RED),
        b"gXYZ": _xyz(_GREEN),
        b"bXYZ": _xyz(_BLUE),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    start = _HEADER + 4 + _ENTRY * len(tags)
    table, data, places = b"", b"", dict[bytes, int]()
    for tag, raw in tags.items():
        if raw not in places:
            places[raw] = start + len(data)
            data += raw + bytes(-len(raw) % 4)
        table += tag + struct.pack(">2L", places[raw], len(raw))
    body = struct.pack(">L", len(tags)) + table + data
    return _header(_HEADER + len(body)) + body


def _header(size: int) -> bytes:
    """Version 2.1, a display device, RGB to XYZ; the day is that of all our PDF."""
    head = struct.pack(">L4xL", size, 0x02100000) + b"mntrRGB XYZ "
    head += struct.pack(">6H", 2000, 1, 1, 0, 0, 0) + b"acsp"
    head += bytes(28) + b"".join(map(_fixed, _WHITE))
    return head + bytes(_HEADER - len(head))


def _fixed(value: float) -> bytes:
    return struct.pack(">l", round(value * 65536))


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(map(_fixed, values))


def _description(text: str) -> bytes:
    """A text in ASCII; its places for other scripts stay empty."""
    raw = text.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">L", len(raw)) + raw + bytes(4 + 4 + 2 + 1 + 67)


def _curve() -> bytes:
    """What light a value of a channel stands for."""
    values = []
    for step in range(_STEPS):
        value = step / (_STEPS - 1)
        light = value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - of the standard
        values.append(round(light * 65535))
    return b"curv\0\0\0\0" + struct.pack(f">L{_STEPS}H", _STEPS, *values)
