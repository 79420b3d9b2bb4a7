"""Finding a TPS by what a table calls it: codes, dirty names, numbers in any spelling."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level, read_code, read_station_number
from recap_desktop.election.tables.heading_names import words_of
from recap_desktop.problems import Fault

if TYPE_CHECKING:
    from collections.abc import Collection

    from recap_desktop.election.definitions.regions import RegionTree

_UNIT_WORDS = frozenset(("desa", "kelurahan", "kel", "kecamatan", "kec", "distrik", "ds"))
_CODE_TAIL = 4
_WORD = re.compile(r"(?i)^\s*tps\b\W*")


def name_key(name: str) -> str:
    """A name so that spellings meet: letters only, without the word for the unit before it."""
    words = words_of(name)
    while len(words) > 1 and words[0] in _UNIT_WORDS:
        words = words[1:]
    return "".join(words)


class StationNames:
    """The TPS of one contest in one office by code, or by desa and number.

    It holds no door to the office, so another thread may ask it. Names are not keys: where one
    fits two desa, or none, it is refused and never guessed (error catalogue).
    """

    def __init__(self, tree: RegionTree, stations: Collection[str]) -> None:
        """Know some TPS.

        Args:
            tree: names of their desa and kecamatan.
            stations: 13-digit keys.
        """
        self._stations = frozenset(stations)
        # One desa is asked about for each of its TPS.
        self._answered: dict[tuple[str, str], str | Fault] = {}
        self._names: dict[str, list[str]] = {}
        self._districts: dict[str, list[str]] = {}
        self._shown: dict[str, str] = {}
        self.desas = tuple(sorted({tps[: Level.DESA.value] for tps in self._stations}))
        self._codes = frozenset(self.desas)
        self._tails: dict[str, list[str]] = {}
        for desa in self.desas:
            self._tails.setdefault(desa[-_CODE_TAIL:], []).append(desa)
            self._names.setdefault(name_key(tree.name(desa)), []).append(desa)
            self._shown.setdefault(name_key(tree.name(desa)), tree.name(desa))
        for code in sorted({desa[: Level.KECAMATAN.value] for desa in self.desas}):
            self._districts.setdefault(name_key(tree.name(code)), []).append(code)

    def find(self, tps: str, desa: str = "", kecamatan: str = "") -> str | Fault:
        """The key of a TPS, or why there is none.

        Args:
            tps: a number, or a whole code with or without dots.
            desa: its code or name, where ``tps`` is a number.
            kecamatan: name or code, where the same desa name may be in two.
        """
        bare = re.sub(r"[.\s]", "", tps)
        if bare.isascii() and bare.isdigit() and len(bare) == Level.TPS.value:
            own = self._answer(desa, kecamatan) if desa.strip() else bare
            if isinstance(own, str) and not bare.startswith(own):
                return Fault("import-desa-other", {"tps": bare, "name": desa})
            return self._known(bare)
        text = _WORD.sub("", tps)
        try:
            number = read_station_number(text)
        except ValueError:
            return Fault("import-number-wrong", {"number": tps})
        found = self._answer(desa, kecamatan)
        return self._known(found + number) if isinstance(found, str) else found

    def _answer(self, desa: str, kecamatan: str) -> str | Fault:
        found = self._answered.get((desa, kecamatan)) or self.desa(desa, kecamatan)
        self._answered[desa, kecamatan] = found
        return found

    def _known(self, tps: str) -> str | Fault:
        return tps if tps in self._stations else Fault("import-tps-unknown", {"tps": tps})

    def desa(self, text: str, kecamatan: str = "") -> str | Fault:
        """The code of a desa by its code, the end of it, or its name; or why there is none."""
        if not text.strip():
            return self.desas[0] if len(self.desas) == 1 else Fault("import-desa-missing", {})
        found = self._called(text)
        if kecamatan.strip():
            under = self._district(kecamatan)
            if not under:
                return Fault("import-kecamatan-unknown", {"name": kecamatan})
            found = [desa for desa in found if desa.startswith(under)]
        if len(found) == 1:
            return found[0]
        if found:
            return Fault("import-desa-several", {"name": text})
        near = difflib.get_close_matches(name_key(text), self._names, n=1, cutoff=0.75)
        if near:
            return Fault("import-desa-near", {"name": text, "near": self._shown[near[0]]})
        return Fault("import-desa-unknown", {"name": text})

    def _called(self, text: str) -> list[str]:
        """Every desa of that code, of that end of its code, or of that name."""
        bare = text.strip()
        if len(bare) == _CODE_TAIL and bare.isdigit():
            return self._tails.get(bare, [])
        try:
            code = read_code(text)
        except ValueError:
            return self._names.get(name_key(text), [])
        return [code] if code in self._codes else []

    def _district(self, text: str) -> tuple[str, ...]:
        try:
            return (read_code(text),)
        except ValueError:
            return tuple(self._districts.get(name_key(text), ()))
