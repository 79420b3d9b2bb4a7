"""Makes resources/fonts from Debian's Noto fonts: fewer letters, more symbols, static TrueType.

    apt-get download fonts-noto-core fonts-noto-extra
    for deb in fonts-noto-*.deb; do dpkg-deb -x "$deb" noto; done
    pip install fonttools==4.68.0
    python packaging/fonts.py noto/usr/share/fonts/truetype/noto

resources/fonts/README.md names the version of the packages.
"""

import sys
from pathlib import Path

from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts"

FACES = (
    "NotoSans-Regular",
    "NotoSans-Bold",
    "NotoSans-Italic",
    "NotoSans-Condensed",
    "NotoSans-CondensedBold",
)

# Latin, Latin-1, Latin Extended-A, marks, punctuation, superiors, euro, numero, trade mark.
TEXT = [
    *range(0x0020, 0x007F),
    *range(0x00A0, 0x0180),
    *range(0x0218, 0x021C),
    *(0x02C6, 0x02C7, 0x02D8, 0x02D9, 0x02DA, 0x02DB, 0x02DC, 0x02DD),
    *range(0x2000, 0x2070),
    *range(0x2070, 0x2095),
    *(0x20AC, 0x2116, 0x2122),
]

# Noto Sans has none of these. Signs get the width of the digits: columns of figures stay straight.
SIGNS = ("NotoSansMath-Regular", "\N{MINUS SIGN}≈≠≤≥")
SYMBOLS = (
    ("NotoSansMath-Regular", "←↑→↓↔↵⇒"),
    ("NotoSansSymbols2-Regular", "⇧☐☑☒✓✔✗✘▲▼■□●○△▽▶◀◆⚠"),
)


def only_text(font: TTFont) -> None:
    options = Options()
    options.layout_features = ["ccmp", "kern", "locl", "mark", "mkmk", "tnum"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.name_IDs = ["*"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=TEXT)
    subsetter.subset(font)


def borrow(font: TTFont, source: TTFont, characters: str, *, width: float = 1.0) -> None:
    """Copies characters of another font, without its hints, made narrower where asked."""
    names, glyphs = source.getBestCmap(), source.getGlyphSet()
    for character in characters:
        name = names[ord(character)]
        pen = TTGlyphPen(None)
        glyphs[name].draw(TransformPen(pen, (width, 0, 0, 1, 0, 0)))
        new = f"uni{ord(character):04X}"
        font["glyf"][new] = glyph = pen.glyph()
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][new] = (round(source["hmtx"][name][0] * width), glyph.xMin)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(character)] = new


def own_family(font: TTFont) -> None:
    """Leaves one family name: Windows and Linux would else put the condensed faces elsewhere."""
    for record in (16, 17, 21, 22, 25):
        font["name"].removeNames(nameID=record)


def digit_width(font: TTFont) -> int:
    widths = {font["hmtx"][font.getBestCmap()[ord(digit)]][0] for digit in "0123456789"}
    (width,) = widths  # of one width, or figures would not stand in columns
    return int(width)


def make(folder: Path) -> None:
    sources = {path.stem: path for path in folder.glob("*.ttf")}
    for face in FACES:
        font = TTFont(sources[face], recalcTimestamp=False)
        only_text(font)
        name, signs = SIGNS
        math = TTFont(sources[name])
        borrow(font, math, signs, width=digit_width(font) / digit_width(math))
        for name, characters in SYMBOLS:
            borrow(font, TTFont(sources[name]), characters)
        own_family(font)
        font["OS/2"].recalcUnicodeRanges(font)
        font.save(TARGET / f"{face}.ttf")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
