"""Regions of Indonesia by their Kemendagri code, from provinsi down to the TPS.

Codes are text without dots (``3207012001``); a TPS is the ten digits of its desa and its
number in three (``3207012001901``). Source: Kepmendagri 300.2.2-2138/2025; Sirekap 2024 uses
the same codes, and for a TPS desa + number.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Level(enum.Enum):
    """A level of recapitulation (tingkat); the value is the number of digits of its codes."""

    PROVINSI = 2
    KABKO = 4
    KECAMATAN = 6
    DESA = 10
    TPS = 13

    @property
    def word(self) -> str:
        """The level as the command line and the words files call it, e.g. ``kecamatan``."""
        return self.name.lower()


UNITS = ("provinsi", "kabupaten", "kota", "kecamatan", "desa", "kelurahan")
"""Words-codes of units above the TPS."""

OFFICES = tuple(f"office-{unit}" for unit in UNITS[:4])
"""Terms for the office of a unit: what stands before the unit's name."""

_LEVELS = {level.value: level for level in Level}
_ORDER = tuple(Level)
_DOTS = re.compile(r"[.\s]")
_FIRST_KOTA = 71
_TPS_DIGITS = 3


def read_code(text: str) -> str:
    """Read a region or TPS code with or without dots.

    Raises:
        ValueError: when it is not a code of any level.
    """
    code = _DOTS.sub("", text)
    if not (code.isascii() and code.isdigit()) or len(code) not in _LEVELS:
        raise ValueError(text)
    return code


def read_station_number(text: str) -> str:
    """Read a TPS number as people write it: ``1``, ``01``, ``001``, ``TPS 001``; three digits.

    Raises:
        ValueError: when it is not a number from 1 to 999.
    """
    digits = re.sub(r"(?i)^\s*tps\s*", "", text).strip()
    if not (digits.isascii() and digits.isdigit()) or not 1 <= int(digits) <= 999:  # noqa: PLR2004 - three digits
        raise ValueError(text)
    return f"{int(digits):03d}"


def level_of(code: str) -> Level:
    """The level of a code without dots."""
    return _LEVELS[len(code)]


def ancestor(code: str, level: Level) -> str:
    """The code of the unit of ``level`` that holds ``code`` (itself when of that level)."""
    return code[: level.value]


def parent(code: str) -> str:
    """The code of the next unit above; empty above a provinsi."""
    index = _ORDER.index(level_of(code))
    return code[: _ORDER[index - 1].value] if index else ""


def below(level: Level) -> Level:
    """The level next below; a TPS has none.

    Raises:
        ValueError: for TPS.
    """
    if level is Level.TPS:
        raise ValueError(level)
    return _ORDER[_ORDER.index(level) + 1]


def dotted(code: str) -> str:
    """A code as people write it: ``32.07.01.2001``, a TPS as ``32.07.01.2001.001``."""
    cuts = [level.value for level in _ORDER if level.value <= len(code)]
    return ".".join(code[a:b] for a, b in zip([0, *cuts], cuts, strict=False))


def is_kelurahan(code: str) -> bool:
    """Whether a desa code is of a kelurahan: its seventh digit is 1 (2 desa, 3 desa adat)."""
    return code[6] == "1"


def is_kota(code: str) -> bool:
    """Whether a code lies in a kota: third and fourth digit from 71 on (kabupaten below)."""
    return int(code[2:4]) >= _FIRST_KOTA


def unit_word(code: str) -> str:
    """Words-code of what a unit is called: provinsi, kabupaten, kota ... desa, kelurahan, tps."""
    level = level_of(code)
    if level is Level.KABKO:
        return "kota" if is_kota(code) else "kabupaten"
    if level is Level.DESA:
        return "kelurahan" if is_kelurahan(code) else "desa"
    return level.word


def station_number(tps: str) -> str:
    """The three digits of a TPS key."""
    return tps[-_TPS_DIGITS:]


@dataclass(frozen=True, slots=True)
class Region:
    """One unit of the tree (wilayah): its code and its official name as printed."""

    code: str
    name: str

    @property
    def level(self) -> Level:
        """Its level, which follows from the length of the code."""
        return level_of(self.code)


class RegionTree:
    """The units of an election with their names, and what units are called there.

    Aceh, Papua and Yogyakarta have words of their own (distrik, kapanewon, KIP). They are kept
    by code: words of a code hold for it and everything below, the longest code first.
    """

    def __init__(
        self, names: Mapping[str, str], words: Mapping[str, Mapping[str, str]] | None = None
    ) -> None:
        """Take names and words; a unit whose parent is missing is a fault of the caller.

        Args:
            names: code -> official name.
            words: code -> term (one of ``UNITS`` or ``OFFICES``) -> word in capitals.
        """
        self.words = {code: dict(terms) for code, terms in sorted((words or {}).items())}
        self._names = {code: names[code] for code in sorted(names)}
        self._children: dict[str, list[str]] = {}
        for code in self._names:
            self._children.setdefault(parent(code), []).append(code)

    def __contains__(self, code: str) -> bool:
        """Whether the code is known."""
        return code in self._names

    def __iter__(self) -> Iterator[Region]:
        """Every region, in code order."""
        return (Region(code, name) for code, name in self._names.items())

    def __len__(self) -> int:
        """How many units it has."""
        return len(self._names)

    def name(self, code: str) -> str:
        """Official name of a unit; KeyError when unknown."""
        return self._names[code]

    def word(self, code: str, term: str) -> str:
        """What a term is where a unit lies; empty where it has no word of its own."""
        for end in range(len(code), 0, -1):
            word = self.words.get(code[:end], {}).get(term)
            if word:
                return word
        return ""

    def called(self, code: str, unit: str = "") -> str:
        """What a unit is called, in capitals: ``KECAMATAN``, in Papua ``DISTRIK``.

        Args:
            code: of the unit.
            unit: words-code of another unit that lies there, e.g. its kecamatan.
        """
        unit = unit or unit_word(code)
        return self.word(code, unit) or unit.upper()

    def children(self, code: str) -> tuple[str, ...]:
        """Codes next below, in code order; those of the whole tree for an empty code."""
        return tuple(self._children.get(code, ()))

    def at(self, level: Level, under: str = "") -> tuple[str, ...]:
        """Codes of one level below (or at) ``under``, in code order."""
        return tuple(
            code for code in self._names if len(code) == level.value and code.startswith(under)
        )

    def speaking(self, words: Mapping[str, Mapping[str, str]]) -> RegionTree:
        """The same units with other words for what they are called."""
        return RegionTree(self._names, words)

    def within(self, roots: Iterable[str]) -> RegionTree:
        """The part of the tree below the given codes, with the units above them."""
        wanted = tuple(roots)

        def touches(code: str) -> bool:
            return code.startswith(wanted) or any(root.startswith(code) for root in wanted)

        return RegionTree(
            {code: name for code, name in self._names.items() if touches(code)},
            {code: terms for code, terms in self.words.items() if touches(code)},
        )
