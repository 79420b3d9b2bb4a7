"""Reads the pages of a PDF as a reader of PDF does: files inside, text, and figures by their place."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from recap_desktop.election.papers.sheets import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfTextPage

_FIGURE = re.compile(r"(?:\d{1,3}(?:\.\d{3})*)?\*?")
_NEAR = 1.0
"""Points within which a letter follows another."""

_Box = tuple[float, float, float, float]
"""Left, bottom, right and top of a letter."""

_SAME = 0.5
"""Points within which two right edges are those of one column."""


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and where it stands, in points from the lower left corner.

    Attributes:
        text: the letters.
        left: left edge of the first.
        right: right edge of the last.
        bottom: of the first.
        edge: where it ends without a mark that hangs behind it.
    """

    text: str
    left: float
    right: float
    bottom: float
    edge: float

    @property
    def middle(self) -> float:
        """Halfway between its edges."""
        return (self.left + self.right) / 2


class UnreadablePageError(ValueError):
    """A page of a PDF that opens cannot be read."""


class PdfPages:
    """An open PDF; to be closed.

    Attributes:
        count: how many pages it has.
    """

    def __init__(self, raw: bytes) -> None:
        """Open it.

        Raises:
            ValueError: when it is none, or one nobody can read without a password.
        """
        from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415 - heavy, and seldom needed

        try:
            self._document = PdfDocument(raw)
            self.count = len(self._document)
        except PdfiumError as error:
            raise ValueError(str(error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file inside, by its name.

        Raises:
            ValueError: when one cannot be read.
        """
        from pypdfium2 import PdfiumError  # noqa: PLC0415 - as above

        try:
            for at in range(self._document.count_attachments()):
                file = self._document.get_attachment(at)
                yield file.get_name(), bytes(file.get_data())
        except PdfiumError as error:
            raise ValueError(str(error)) from error

    def text(self, page: int) -> str:
        """The text of a page, counted from 0, in the order of the file.

        Raises:
            UnreadablePageError: when it is damaged.
        """
        return str(self._letters(page).get_text_range())

    def _letters(self, page: int) -> PdfTextPage:
        from pypdfium2 import PdfiumError  # noqa: PLC0415 - as above

        try:
            return self._document[page].get_textpage()
        except PdfiumError as error:
            raise UnreadablePageError(str(error)) from error

    def words(self, page: int) -> list[Word]:
        """Its words with their places.

        Raises:
            UnreadablePageError: when it is damaged.
        """
        from pypdfium2 import raw as pdfium  # noqa: PLC0415 - as above

        text = self._letters(page)
        letters: list[tuple[str, _Box]] = []
        words = []
        for at in range(text.count_chars()):
            letter = chr(pdfium.FPDFText_GetUnicode(text, at))
            box = text.get_charbox(at, loose=True)
            # Not every line ends with a space: figures below each other may follow one another.
            if letter.isspace() or (letters and not _is_next(letters[-1][1], box)):
                words += _joined(letters)
                letters = []
            if not letter.isspace():
                letters.append((letter, box))
        return words + _joined(letters)


def _is_next(before: _Box, box: _Box) -> bool:
    """Whether a letter follows another in one word: right behind it on the same line."""
    return abs(box[0] - before[2]) < _NEAR and abs(box[1] - before[1]) < _NEAR


def _joined(letters: list[tuple[str, _Box]]) -> list[Word]:
    if not letters:
        return []
    text = "".join(letter for letter, _ in letters)
    boxes = [box for _, box in letters]
    left, right = boxes[0][0], boxes[-1][2]
    edge = boxes[-1][0] if text.endswith(MARK) else right
    return [Word(text, left, right, boxes[0][1], edge)]


def last_column(words: list[Word], head: str) -> list[str]:
    """The figures of the last column of a table, from top to bottom; none without that column.

    Figures stand right in their column, a mark hangs beside them; the number of the column, its
    head and what is signed below stand elsewhere.

    Args:
        words: of a page.
        head: last word of the column's head.
    """
    heads = [word for word in words if word.text == head]
    if not heads:
        return []
    own = max(heads, key=lambda word: word.middle)
    below = [
        word
        for word in words
        if word.bottom < own.bottom and word.right > own.left and _FIGURE.fullmatch(word.text)
    ]
    edges = Counter(round(word.edge / _SAME) for word in below)
    if not edges:
        return []
    (most, _), *_ = sorted(edges.items(), key=lambda item: (-item[1], -item[0]))
    column = [word for word in below if abs(word.edge - most * _SAME) <= 2 * _SAME]
    return [word.text for word in sorted(column, key=lambda word: -word.bottom)]
