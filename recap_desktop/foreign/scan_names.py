"""Names that people give to photos of a C.HASIL: which TPS and which contest they speak of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import dotted
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

_BETWEEN = r"[.\-_ ]"
_CODE = re.compile(
    rf"(?<!\d)(\d\d){_BETWEEN}?(\d\d){_BETWEEN}?(\d\d){_BETWEEN}?(\d{{4}})"
    rf"(?:(\d{{3}})|{_BETWEEN}+(?:tps{_BETWEEN}*)?(\d{{1,3}}))?(?!\d)",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"(?<![a-z])tps{_BETWEEN}*(?:no{_BETWEEN}*)?(\d{{1,3}})(?!\d)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+|\d+")

ALIASES: Mapping[str, tuple[str, ...]] = {
    "gubernur": ("gubernur", "gub", "pilgub"),
    "bupati": ("bupati", "bup", "pilbup"),
    "walikota": ("walikota", "wali kota", "walkot", "pilwalkot", "pilwali"),
    "ppwp": ("ppwp", "pwp", "presiden", "pilpres"),
    "dpd": ("dpd", "dpd ri"),
    "dpr": ("dpr", "dpr ri"),
    "dprd-prov": ("dprd prov", "dprd provinsi", "dprdprov"),
    "dprd-kabko": (
        *("dprd kab", "dprd kabupaten", "dprdkab", "dprd kabko"),
        *("dprd kota", "dprdkota", "dprd ii"),
    ),
}
"""Kind of contest -> words by which people call it, beside the id of the contest."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a name speaks of (yang dimaksud): a TPS, and a contest; empty where it names none."""

    tps: str
    contest: str


class ScanNames:
    """Reads names of files, and of the folders they lie in, against what an office has.

    A TPS is named by its 13 digits with or without dots, by the code of its desa and a number
    (``3207011001-5``, ``32.07.01.1001 TPS 05``), or by the name of its desa and ``TPS 5``. A
    folder says what the name of the file leaves out.
    """

    def __init__(
        self,
        *,
        stations: Mapping[str, Collection[str]],
        desas: Mapping[str, str],
        kinds: Mapping[str, str],
    ) -> None:
        """Names of one office.

        Args:
            stations: contest id -> its TPS here.
            desas: code -> name of every desa here.
            kinds: contest id -> kind of contest.
        """
        self._stations = {contest: frozenset(keys) for contest, keys in stations.items()}
        self._all = frozenset[str]().union(*self._stations.values())
        self._desas: dict[tuple[str, ...], list[str]] = {}
        for code, name in desas.items():
            self._desas.setdefault(_plain_name(name), []).append(code)
        self._codes = frozenset(desas)
        self._longest = max((len(words) for words in self._desas), default=0)
        self._contests = _contest_words(kinds)

    @property
    def contests(self) -> tuple[str, ...]:
        """The contests that are told apart."""
        return tuple(self._stations)

    def holds(self, tps: str, contest: str) -> bool:
        """Whether a TPS has a contest; any contest for an empty one."""
        return tps in (self._stations[contest] if contest else self._all)

    def read(self, parts: Sequence[str]) -> Meant:
        """What a file speaks of.

        Args:
            parts: its name without ending, then the folders it lies in from the innermost out.

        Raises:
            KnownProblem: ``scan-unnamed``, ``scan-two-stations``, ``scan-two-desas``,
                ``scan-two-contests``, ``scan-tps-unknown``.
        """
        name = parts[0]
        tps = self._tps(parts, name)
        if tps not in self._all:
            raise KnownProblem("scan-tps-unknown", file=name, tps=dotted(tps))
        said = next(filter(None, map(self._contest_words_in, parts)), set[str]())
        if len(said) > 1:
            named = ", ".join(sorted(said))
            raise KnownProblem("scan-two-contests", file=name, contests=named)
        return Meant(tps, next(iter(said), ""))

    def _tps(self, parts: Sequence[str], name: str) -> str:
        whole = _the_first(map(self._whole_codes, parts))
        if whole:
            return _only(whole, KnownProblem("scan-two-stations", file=name))
        desas = _the_first(map(self._desa_codes, parts)) or _the_first(map(self._named, parts))
        numbers = _the_first(map(_numbers, parts))
        if not desas or not numbers:
            raise KnownProblem("scan-unnamed", file=name)
        desa = _only(desas, KnownProblem("scan-two-desas", file=name))
        return desa + _only(numbers, KnownProblem("scan-two-stations", file=name))

    def _whole_codes(self, part: str) -> set[str]:
        """TPS codes; a number of 13 digits may be something else, and then it is none of ours."""
        found = {m for m in map(_tps_of, _CODE.finditer(part)) if m}
        return {tps for tps in found if tps in self._all} or found

    def _desa_codes(self, part: str) -> set[str]:
        codes = {"".join(match.groups()[:4]) for match in _CODE.finditer(part)}
        return codes & self._codes

    def _named(self, part: str) -> set[str]:
        """Desa whose name stands in a text; of two that overlap the longer one."""
        words = _words(part)
        for length in range(self._longest, 0, -1):
            runs = (words[at : at + length] for at in range(len(words) - length + 1))
            found = {code for run in runs for code in self._desas.get(run, ())}
            if found:
                return found
        return set()

    def _contest_words_in(self, part: str) -> set[str]:
        """Contests whose words stand in a text; words inside longer ones do not count."""
        words = _words(part)
        found: set[str] = set()
        taken: set[int] = set()
        for said in sorted(self._contests, key=len, reverse=True):
            for at in range(len(words) - len(said) + 1):
                place = set(range(at, at + len(said)))
                if words[at : at + len(said)] == said and not place & taken:
                    taken |= place
                    found |= self._contests[said]
        return found


def _contest_words(kinds: Mapping[str, str]) -> dict[tuple[str, ...], set[str]]:
    """Words -> the contests they mean; of two contests of a kind only their ids tell which."""
    said: dict[tuple[str, ...], set[str]] = {}
    for contest, kind in kinds.items():
        for text in (contest, *ALIASES.get(kind, ())):
            said.setdefault(_words(text), set()).add(contest)
    own = {_words(contest): {contest} for contest in kinds}
    return {words: who for words, who in said.items() if len(who) == 1} | own


def _tps_of(match: re.Match[str]) -> str:
    *desa, three, number = match.groups()
    tail = three or (number or "").zfill(3)
    return "".join(desa) + tail if int(tail) else ""


def _numbers(part: str) -> set[str]:
    return {f"{int(m[1]):03d}" for m in _NUMBER.finditer(part) if int(m[1])}


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _plain_name(name: str) -> tuple[str, ...]:
    """The words of a desa's name without what it is: ``Kelurahan Maleber`` is ``maleber``."""
    words = _words(name)
    return words[1:] if len(words) > 1 and words[0] in ("desa", "kelurahan") else words


def _the_first(sets: Iterable[set[str]]) -> set[str]:
    return next(filter(None, sets), set[str]())


def _only(found: set[str], otherwise: KnownProblem) -> str:
    if len(found) != 1:
        raise otherwise
    return next(iter(found))
