"""Words for people: sentences by code, and numbers, dates and times as Indonesian papers write them.

Sentences come from resources/words; this part only fills them in. The functions below word
values for the official papers, which are in Bahasa Indonesia whatever language the screen speaks.
"""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recap_desktop.election.definitions import regions

if TYPE_CHECKING:
    from recap_desktop.problems import Fault, KnownProblem

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
"""Names of the days (hari), Monday first."""

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
"""Names of the months (bulan)."""

TERBILANG_LIMIT = 10**15
"""First number that ``terbilang`` has no word for."""

_DIGITS = ("", "SATU", "DUA", "TIGA", "EMPAT", "LIMA", "ENAM", "TUJUH", "DELAPAN", "SEMBILAN")
_TEN, _HUNDRED, _THOUSAND = 10, 100, 1000
_GROUPS = ((10**12, "TRILIUN"), (10**9, "MILIAR"), (10**6, "JUTA"), (_THOUSAND, "RIBU"))


_LONGEST = 400
"""Letters of a detail: a sentence is read in the hall."""

_OURS = frozenset({"verbs"})
"""Details that never come from outside; they stand whole, however many there are."""


def _shown(text: str) -> str:
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST - 1]}…"
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text
    )


class Words(Mapping[str, str]):
    """Sentences of one language by code, as a mapping that is called to fill one in.

    ``words("fault.dpt-dot", found="1.234")`` words one; ``words["..."]`` is the bare text.
    A detail that is an int is a figure and gets its thousands dots; codes, years and TPS
    numbers are text and stay as they are.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Take code -> text with ``{placeholders}`` by name."""
        self._texts = dict(texts)
        self._filler = _Filler()

    def __call__(self, code: str, /, **details: str | int) -> str:
        """The sentence of that code, filled in.

        Raises:
            KeyError: when there is no such code, or a placeholder of it has no detail.
        """
        return self._filler.vformat(self._texts[code], (), details)

    def __getitem__(self, code: str) -> str:
        """The text of a code, its placeholders as they are."""
        return self._texts[code]

    def __iter__(self) -> Iterator[str]:
        """Every code."""
        return iter(self._texts)

    def __len__(self) -> int:
        """How many codes there are."""
        return len(self._texts)

    def problem(self, problem: KnownProblem) -> str:
        """The one sentence of a known problem, without its faults."""
        return self(f"problem.{problem.code}", **self._readable(problem.details))

    def fault(self, fault: Fault) -> str:
        """The sentence of a fault, led by its file and line where it has them."""
        text = self(f"fault.{fault.code}", **self._readable(fault.details))
        if not fault.file:
            return text
        if not fault.line:
            return self("place.file", file=fault.file, text=text)
        return self("place.line", file=fault.file, line=str(fault.line), text=text)

    def _readable(self, details: Mapping[str, str | int]) -> dict[str, str | int]:
        """Details as people read them: a TPS with its dots, the system's reason in words.

        What came from outside is shortened, and shows a mark where it has no letter: a file
        must not move the terminal or turn the sentence around.
        """
        read = {
            key: _shown(said) if isinstance(said, str) and key not in _OURS else said
            for key, said in details.items()
        }
        tps, reason = str(read.get("tps", "")), str(read.get("reason", ""))
        if tps:
            read["tps"] = regions.dotted(tps) if len(tps) == regions.Level.TPS.value else tps
        if reason:
            read["reason"] = self._texts.get(f"reason.{reason}", reason)
        return read

    def date(self, iso: str) -> str:
        """A date for the screen, in the language of these words."""
        day = dt.date.fromisoformat(iso)
        return self(
            "date.text",
            day=str(day.day),
            month=self[f"date.month-{day.month}"],
            year=str(day.year),
        )


class _Filler(string.Formatter):
    """Fills placeholders; whole numbers get thousands dots."""

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 - as the base has it
        if isinstance(value, int) and not format_spec:
            return number_text(value)
        return str(super().format_field(value, format_spec))


def placeholders(text: str) -> frozenset[str]:
    """Names a text wants filled in."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def number_text(number: int) -> str:
    """A number as papers print it, dot for thousands: ``1.394.438``."""
    return f"{number:,}".replace(",", ".")


def signed_text(number: int) -> str:
    """A number that is added or taken away, with its sign (a true minus); 0 is nothing."""
    if not number:
        return ""
    return f"{'+' if number > 0 else '−'}{number_text(abs(number))}"  # noqa: RUF001 - the sign


def terbilang(number: int) -> str:
    """A number in words in capitals (terbilang), as C.HASIL asks for.

    Raises:
        ValueError: for a negative number or one from ``TERBILANG_LIMIT`` on.
    """
    if not 0 <= number < TERBILANG_LIMIT:
        raise ValueError(number)
    if number == 0:
        return "NOL"
    words: list[str] = []
    for size, name in _GROUPS:
        count, number = divmod(number, size)
        if count == 1 and size == _THOUSAND:
            words.append("SERIBU")
        elif count:
            words += [*_below_thousand(count), name]
    return " ".join([*words, *_below_thousand(number)])


def _below_thousand(number: int) -> list[str]:
    words: list[str] = []
    hundreds, rest = divmod(number, _HUNDRED)
    if hundreds == 1:
        words.append("SERATUS")
    elif hundreds:
        words += [_DIGITS[hundreds], "RATUS"]
    tens, ones = divmod(rest, _TEN)
    if tens == 1:
        words += _TEENS.get(rest, [_DIGITS[ones], "BELAS"])
        return words
    if tens:
        words += [_DIGITS[tens], "PULUH"]
    if ones:
        words.append(_DIGITS[ones])
    return words


_TEENS = {10: ["SEPULUH"], 11: ["SEBELAS"]}


@dataclass(frozen=True, slots=True)
class DateInWords:
    """A date as the opening line of a berita acara says it, every part in capitals."""

    day_name: str
    day: str
    month: str
    year: str


def date_in_words(iso: str) -> DateInWords:
    """Words for ``Pada hari ini ... tanggal ... bulan ... tahun ...``.

    Raises:
        ValueError: when it is not an ISO date.
    """
    day = dt.date.fromisoformat(iso)
    return DateInWords(
        day_name=DAYS[day.weekday()].upper(),
        day=terbilang(day.day),
        month=MONTHS[day.month - 1].upper(),
        year=terbilang(day.year),
    )


def date_text(iso: str) -> str:
    """A date as papers print it: ``27 November 2024``.

    Raises:
        ValueError: when it is not an ISO date.
    """
    day = dt.date.fromisoformat(iso)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_name(iso: str) -> str:
    """The name of the day of an ISO date (hari): ``Rabu``."""
    return DAYS[dt.date.fromisoformat(iso).weekday()]


def time_text(iso: str) -> str:
    """A time of day with a dot, ``14.02``, from an ISO time or an ISO date and time.

    The time is the one the laptop said; it is not moved to another zone.
    """
    clock = iso.partition("T")[2] or iso
    return dt.time.fromisoformat(clock).strftime("%H.%M")
