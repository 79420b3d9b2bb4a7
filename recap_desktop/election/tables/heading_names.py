"""How the lines of a form are headed in other people's tables, folded so that spellings meet."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.forms import CHOICES
from recap_desktop.election.figures import counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recap_desktop.election.definitions.forms import Form

_LISTS = (
    ("daftar pemilih tetap tambahan", "dptb"),
    ("daftar pemilih tetap", "dpt"),
    ("daftar pemilih pindahan", "dpph"),
    ("daftar pemilih tambahan", "dptb"),
    ("daftar pemilih khusus", "dpk"),
    ("hak pilih", ""),
    ("surat suara", "ss"),
    ("surat ss", "ss"),
    ("laki laki", "lk"),
)
"""Longer words and what they are folded into."""

_FILLERS = frozenset(
    ("jumlah", "seluruh", "total", "yang", "dalam", "dan", "data", "di", "oleh", "untuk")
)
_TAIL = re.compile(r"\b(?:termasuk|karena|terdiri)\b.*", re.DOTALL)
_ASIDE = re.compile(r"\(([^()]*)\)")
_ACRONYM = re.compile(r"\s*[A-Za-z]+(?:-\d)?\s*")
_ENUMERATION = re.compile(
    r"\s*(?:[IVX]{1,4}|[A-Za-z]|\d{1,3})(?:\.(?:[A-Za-z]|\d{1,3}))*(?:[.)]+\s*|\s+(?=\S)|\s*$)"
)
_WORDS = re.compile(r"[a-z0-9]+")

SEXES = {
    "l": frozenset(("l", "lk", "laki", "pria")),
    "p": frozenset(("p", "pr", "perempuan", "wanita")),
    "jml": frozenset(("jml", "jum", "jumlah", "jlh", "total", "j", "lp")),
}
"""Words for men, women and both, as they stand beside or above figures."""

_SEX_WORDS = frozenset().union(*SEXES.values())

_OTHERWISE = {
    "voters.dpt": ("dpt", "pemilih terdaftar dpt", "pemilih tetap"),
    "ballots.received": ("ss diterima", "ss terima", "diterima"),
    "ballots.used": ("ss digunakan", "ss terpakai"),
    "ballots.spoiled": (
        "ss rusak",
        "ss rusak keliru coblos",
        "ss keliru coblos",
        "ss dikembalikan",
        "ss dikembalikan pemilih",
        "ss rusak keliru",
    ),
    "ballots.unused": ("ss tidak digunakan", "ss tidak terpakai", "sisa ss", "ss sisa"),
    "disabled.users": ("disabilitas", "pemilih disabilitas", "pengguna disabilitas"),
    "valid": ("suara sah", "sah"),
    "invalid": ("suara tidak sah", "tidak sah"),
    "cast": ("suara sah tidak sah", "sah tidak sah", "suara sah suara tidak sah"),
    "users.total": ("pengguna",),
    "voters.total": ("pemilih",),
}
"""Short names of rows as workbooks of PPK have them, already folded; a form without the row, or
with two rows of one name, has none of it."""

_LIST_NAMES = ("dpt", "dpph", "dptb", "dpk")


def words_of(text: str) -> list[str]:
    """The words of a text: small letters without accents, and numbers."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORDS.findall("".join(c for c in plain if not unicodedata.combining(c)))


def without_number(text: str) -> tuple[str, str]:
    """The number before a label (``B.4``, ``1.``) and the label; either may be empty."""
    match = _ENUMERATION.match(text)
    if match is None or not text[match.end() :].strip():
        return "", text.strip()
    return match[0].strip(" .)"), text[match.end() :].strip()


def without_numbers(text: str) -> tuple[frozenset[int], str]:
    """All whole numbers before a label, and the label; marks of lines (``A.2``) are dropped.

    Workbooks of PPK write the mark of a line, its number and ``1. Partai ...`` side by side.
    """
    numbers, rest = set[int](), text
    while True:
        number, label = without_number(rest)
        # A letter alone may be of a name: T. HIDAYAT, I WAYAN.
        if not number or not number[-1].isdecimal():
            return frozenset(numbers), rest
        if number.isdecimal():
            numbers.add(int(number))
        rest = label


def folded(text: str) -> str:
    """A label so that its spellings meet: ``pengguna dptb`` for all its long and short forms."""
    kept = _ASIDE.sub(lambda m: f" {m[1]} " if _ACRONYM.fullmatch(m[1]) else " ", text)
    plain = f" {' '.join(words_of(without_number(kept)[1]))} "
    plain = _TAIL.sub(" ", plain)
    for long, short in _LISTS:
        plain = plain.replace(f" {long} ", f" {short} ")
    said: list[str] = []
    for word in plain.split():
        if word not in _FILLERS and said[-1:] != [word]:
            said.append(word)
    return " ".join(said)


def sex_of(text: str) -> str:
    """Which column of a split row a word names: ``l``, ``p``, ``jml``; else empty."""
    words = words_of(text.replace("+", ""))
    said = {column for column, names in SEXES.items() for word in words if word in names}
    is_both = "jml" in said or said == {"l", "p"}
    if not words or any(word not in _SEX_WORDS for word in words):
        return ""
    return "jml" if is_both else next(iter(said))


def row_names(form: Form) -> dict[str, str]:
    """Folded heading -> row of the form; a heading that two rows share is left out."""
    found: dict[str, set[str]] = {}
    for key, name in _names(form):
        found.setdefault(name, set()).add(key)
    return {name: next(iter(keys)) for name, keys in found.items() if name and len(keys) == 1}


def _names(form: Form) -> Iterator[tuple[str, str]]:
    keys = {row.key for row in form.rows if row.key != CHOICES}
    for paper in form.papers.values():
        for section in paper.sections:
            for line in section.lines:
                if line.key in keys:
                    yield line.key, folded(line.label)
                    yield from ((line.key, name) for name in _by_list(line.key, line.label))
    for key, names in _OTHERWISE.items():
        if key in keys:
            yield from ((key, name) for name in names)


def _by_list(key: str, label: str) -> Iterator[str]:
    """``pengguna dptb``: the list of voters means other people in Pilkada and Pemilu."""
    named = [word for word in folded(label).split() if word in _LIST_NAMES]
    people = {"users": "pengguna", "voters": "pemilih"}.get(counts.row_key(key).partition(".")[0])
    if people and named:
        yield f"{people} {named[0]}"
