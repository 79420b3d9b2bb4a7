"""Reads the tables of a recap sheet back from its PDF with poppler, knowing nothing of how it is made.

A column is found by the row of column numbers, a figure by its right edge, and what a column is
by the words above its number.
"""

from __future__ import annotations

import html
import itertools
import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CARRIED, TOTAL = "JUMLAH PINDAHAN", "JUMLAH AKHIR"

_WORD = re.compile(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>')
_FIGURE = re.compile(r"\*|\d{1,3}(\.\d{3})*\*?")
_ENDS = ("DITETAPKAN", "DRAF,", "NAMA", "Definisi")
_LARGE, _SAME_LINE = 30.0, 3.0
_BEFORE = 3
"""Numbered columns before the figures: NO, URAIAN, and L, P, JML."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands, from the upper left corner of its page."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A figure column of one page: its head, and its figures from top to bottom."""

    head: str
    figures: tuple[int | None, ...]


def pages_of(path: Path) -> list[list[Word]]:
    """The words of every page."""
    command = ["pdftotext", "-bbox", str(path), "-"]
    text = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    return [
        [
            Word(float(left), float(top), float(right), float(bottom), html.unescape(word))
            for left, top, right, bottom, word in _WORD.findall(page)
        ]
        for page in text.split("<page ")[1:]
    ]


def lines_of(words: list[Word]) -> str:
    """The text of a page line by line as the eye reads it, without the word behind the page."""
    small = sorted((w for w in words if w.bottom - w.top < _LARGE), key=lambda w: w.middle)
    lines: list[list[Word]] = []
    for word in small:
        if lines and word.middle - lines[-1][0].middle < _SAME_LINE:
            lines[-1].append(word)
        else:
            lines.append([word])
    return " ".join(
        word.text for line in lines for word in sorted(line, key=lambda word: word.left)
    )


def scanned(pdf: Path, page: int) -> list[str]:
    """What zbar reads on a page rendered by poppler at 300 dpi, in grey."""
    picture = pdf.with_suffix("")
    command = ["pdftoppm", "-r", "300", "-gray", "-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run([*command, str(pdf), str(picture)], check=True)
    command = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"]
    read = subprocess.run(
        [*command, str(picture.with_suffix(".pgm"))],
        capture_output=True,
        check=False,
        encoding="ascii",
    )
    return read.stdout.splitlines()


def columns_of(words: list[Word]) -> list[ReadColumn]:
    """The figure columns of a page, left to right; none where it holds no table."""
    numbers = _column_numbers(words)
    if not numbers:
        return []
    middles = [(word.left + word.right) / 2 for word in numbers[_BEFORE:]]
    half = (middles[1] - middles[0]) / 2 if len(middles) > 1 else 60.0
    last_row = _foot(words, numbers[0])
    lines = _lines(words, numbers[0].bottom, last_row, left=middles[0] - half)
    return [
        ReadColumn(
            _head(words, numbers[_BEFORE], middle, half),
            tuple(_in_column(line, middle, half) for line in lines),
        )
        for middle in middles
    ]


def _column_numbers(words: list[Word]) -> list[Word]:
    """The row 1, 2, 3 ... below the heads."""
    for first in words:
        if first.text == "1":
            row = sorted(
                (w for w in words if abs(w.middle - first.middle) < 1 and w.text.isdigit()),
                key=lambda word: word.left,
            )
            if len(row) > _BEFORE and [w.text for w in row] == [
                str(n) for n in range(1, len(row) + 1)
            ]:
                return row
    return []


def _foot(words: list[Word], numbers: Word) -> float:
    """Where the table has ended: what people sign, or the notes, or the foot of the page."""
    below = [word for word in words if word.top > numbers.bottom]
    notes = [word for word in below if word.text in ("TPS", "*)") and word.left < numbers.left]
    return min(w.top for w in (*below, *notes) if w in notes or w.text in _ENDS)


def _lines(words: list[Word], top: float, bottom: float, *, left: float) -> list[list[Word]]:
    found = [
        word
        for word in words
        if top < word.middle < bottom and word.left > left and _FIGURE.fullmatch(word.text)
    ]
    found.sort(key=lambda word: word.middle)
    lines: list[list[Word]] = []
    for word in found:
        if lines and abs(lines[-1][0].middle - word.middle) < 1:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _in_column(line: list[Word], middle: float, half: float) -> int | None:
    own = [word for word in line if middle - half < word.right <= middle + half]
    assert len(own) <= 1, own
    digits = own[0].text.rstrip("*").replace(".", "") if own else ""
    return int(digits) if digits else None


def _head(words: list[Word], numbers: Word, middle: float, half: float) -> str:
    """The words between RINCIAN, over all figures, and the column's number."""
    over = [w for w in words if w.text == "RINCIAN" and w.bottom < numbers.top]
    first = max((w for w in over if w.right > numbers.left - half), key=lambda word: word.top)
    own = [
        word
        for word in words
        if first.bottom < word.middle < numbers.top
        and middle - half < (word.left + word.right) / 2 < middle + half
    ]
    own.sort(key=lambda word: (round(word.top), word.left))
    return " ".join(word.text for word in own)


def sheets_of(path: Path) -> list[list[list[ReadColumn]]]:
    """The blocks of every sheet in a file: pages side by side, their lines put below each other."""
    sheets: list[list[list[ReadColumn]]] = []
    block: list[ReadColumn] = []
    for columns in (columns_of(words) for words in pages_of(path)):
        if not columns:
            continue
        goes_on = bool(block) and [c.head for c in block] == [c.head for c in columns]
        if goes_on:
            block = [
                ReadColumn(a.head, a.figures + b.figures)
                for a, b in zip(block, columns, strict=True)
            ]
            sheets[-1][-1] = block
            continue
        block = columns
        if columns[0].head == CARRIED:
            sheets[-1].append(block)
        else:
            sheets.append([block])
    return sheets


def unit_sums(sheet: list[list[ReadColumn]]) -> list[int]:
    """Each line added up over the units of all blocks, nothing that was carried."""
    return [sum(figures) for figures in _unit_lines(sheet)]


def _unit_lines(sheet: list[list[ReadColumn]]) -> Iterator[list[int]]:
    units = [column.figures for block in sheet for column in block if not _is_sum(column)]
    for line in zip(*units, strict=True):
        yield [figure for figure in line if figure is not None]


def _is_sum(column: ReadColumn) -> bool:
    return column.head in (CARRIED, TOTAL)


def unit_heads(sheet: list[list[ReadColumn]]) -> list[str]:
    """The units of a sheet in the order of their columns."""
    return [column.head for block in sheet for column in block if not _is_sum(column)]


def totals_of(sheet: list[list[ReadColumn]]) -> list[int | None]:
    """The column JUMLAH AKHIR."""
    last = sheet[-1][-1]
    assert last.head == TOTAL
    return list(last.figures)


def assert_it_adds_up(sheet: list[list[ReadColumn]]) -> None:
    """What is carried out of a block is carried into the next, and every line is its units' sum."""
    assert unit_sums(sheet) == totals_of(sheet)
    carried = [0] * len(sheet[0][0].figures)
    for block in sheet:
        if block[0].head == CARRIED:
            assert list(block[0].figures) == carried
        units = [column.figures for column in block if not _is_sum(column)]
        carried = [
            before + sum(n or 0 for n in line)
            for before, line in zip(carried, zip(*units, strict=True), strict=True)
        ]
        assert list(block[-1].figures) == carried
    for before, after in itertools.pairwise(sheet):
        assert before[-1].head == after[0].head == CARRIED
