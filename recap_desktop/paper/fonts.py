"""The fonts of a page: which there are, how wide a text is, how it breaks and fits."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from recap_desktop import places

REGULAR = "NotoSans-Regular"
BOLD = "NotoSans-Bold"
ITALIC = "NotoSans-Italic"
CONDENSED = "NotoSans-Condensed"
CONDENSED_BOLD = "NotoSans-CondensedBold"

CAP_HEIGHT = 0.714
"""Height of capitals and figures of all these faces, as a part of the size."""

LEADING = 1.16
"""Distance of two lines of running text, as a part of the size."""

_STEPS = 20
"""In so many steps a width is narrowed until a broken word is about even."""

_FACES = (REGULAR, BOLD, ITALIC, CONDENSED, CONDENSED_BOLD)
_MARKS = ("-", "/", ".")
_MARK = re.compile(r"(?<=[-/.])")
_SYLLABLE = re.compile(r"(?<=[AEIOUaeiou])(?=(?:[nN][gGyY]|[^\WAEIOUaeiou\d_])?[AEIOUaeiou])")
_CLUSTER = re.compile(
    r"(?<=[AEIOUaeiou])((?:[nN][gG])|[^\WAEIOUaeiou\d_])(?=[^\WAEIOUaeiou\d_]+[AEIOUaeiou])"
)

_ZEROS = str.maketrans("123456789", "0" * 9)


@dataclass(frozen=True, slots=True)
class Type:
    """A face at a size in points (huruf)."""

    face: str
    size: float

    @property
    def leading(self) -> float:
        """Distance of its lines."""
        return self.size * LEADING

    @property
    def cap(self) -> float:
        """Height of its capitals and figures."""
        return self.size * CAP_HEIGHT

    def width(self, text: str) -> float:
        """How wide a text is, in points."""
        return _width(text, self.face) * self.size

    def figure_width(self, figure: str) -> float:
        """How wide a figure is; all ten digits are equally wide, so that few need measuring."""
        return _width(figure.translate(_ZEROS), self.face) * self.size

    def wrap(self, text: str, width: float) -> tuple[str, ...]:
        """Break a text into lines that fit; only a word too long for a line is itself broken."""
        return _wrap(text, self, width)

    def fitting(self, text: str, width: float) -> Type:
        """A type in which a text fits on one line: narrower first, then smaller, never cut."""
        if self.width(text) <= width:
            return self
        narrow = Type(CONDENSED_BOLD if self.face == BOLD else CONDENSED, self.size)
        return Type(narrow.face, self.size * min(1.0, width / narrow.width(text)))

    def fits(self, text: str, width: float) -> bool:
        """Whether every word of a text fits into a width."""
        return all(self.width(word) <= width for word in text.split())


def register() -> None:
    """Make the faces known to reportlab; a second call does nothing."""
    for face in _FACES:
        if face not in pdfmetrics.getRegisteredFontNames():
            path = places.resource("fonts", f"{face}.ttf")
            pdfmetrics.registerFont(TTFont(face, str(path), asciiReadable=1))


def largest(types: Iterable[Type], texts: Iterable[str], width: float) -> Type | None:
    """The first of some types in which every word of every text fits; None when none does."""
    words = {word for text in texts for word in text.split()}
    return next((t for t in types if all(t.width(word) <= width for word in words)), None)


def sizes(face: str, most: float, least: float) -> Iterator[Type]:
    """One face from its largest to its smallest size, in half points."""
    size = most
    while size >= least:
        yield Type(face, size)
        size -= 0.5


@functools.lru_cache(maxsize=20_000)
def _width(text: str, face: str) -> float:
    return float(pdfmetrics.stringWidth(text, face, 1))


@functools.lru_cache(maxsize=5_000)
def _wrap(text: str, kind: Type, width: float) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if kind.width(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *whole, line = _break_word(word, kind, width)
        lines.extend(whole)
    return (*lines, line)


def _break_word(word: str, kind: Type, width: float) -> list[str]:
    """A word too long for a line, broken after a mark of its own, else between syllables.

    If that is not enough, anywhere.
    """
    if kind.width(word) <= width:
        return [word]
    for parts in (_pieces(word), _syllables(word)):
        lines = _join(parts, "-", kind, width)
        if all(kind.width(line) <= width for line in lines):
            return lines
    return _join(list(word), "", kind, width)


def _pieces(word: str) -> list[str]:
    """Parts of a word that end in a mark: SUNGAI/ and BATU."""
    return [piece for piece in _MARK.split(word) if piece]


def _syllables(word: str) -> list[str]:
    """Indonesian syllables, roughly: PA-NYING-KI-RAN; a hyphen of its own ends a part."""
    marked = _CLUSTER.sub(r"\1|", _SYLLABLE.sub("|", word))
    return [part for piece in _MARK.split(marked) for part in piece.split("|") if part]


def _join(parts: list[str], hyphen: str, kind: Type, width: float) -> list[str]:
    """Parts on as few lines as they need, about equally long: LINGGA-SARI, not LINGGASA-RI."""
    lines = _filled(parts, hyphen, kind, width)
    narrower = (width * step / _STEPS for step in range(_STEPS // 2, _STEPS))
    for narrow in narrower:
        even = _filled(parts, hyphen, kind, narrow)
        if len(even) == len(lines) and all(kind.width(line) <= narrow for line in even):
            return even
    return lines


def _filled(parts: list[str], hyphen: str, kind: Type, width: float) -> list[str]:
    lines = [parts[0]]
    for index, part in enumerate(parts[1:], start=1):
        end = hyphen if index < len(parts) - 1 else ""
        if kind.width(lines[-1] + part + end) <= width:
            lines[-1] += part
        else:
            if not lines[-1].endswith(_MARKS):
                lines[-1] += hyphen
            lines.append(part)
    return lines
