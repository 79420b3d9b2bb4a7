"""The bundled fonts hold what screen and paper write, in figures of one width."""

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

from recap_desktop import places

FACES = sorted(path.name for path in places.resource("fonts").glob("*.ttf"))
WRITTEN = (
    "0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz éèêëçñöüßĀőŠž"
    ".,:;!?'\"()[]{}<>/\\|@#$%&*+-=_~^`–—‘’“”…•·°±×÷½²³€№™"  # noqa: RUF001 - the signs themselves
    "\N{MINUS SIGN}≈≠≤≥←↑→↓↔↵⇒⇧☐☑☒✓✔✗✘▲▼■□●○△▽▶◀◆⚠"
)


def test_there_are_the_faces_that_screen_and_paper_ask_for() -> None:
    assert FACES == [
        "NotoSans-Bold.ttf",
        "NotoSans-Condensed.ttf",
        "NotoSans-CondensedBold.ttf",
        "NotoSans-Italic.ttf",
        "NotoSans-Regular.ttf",
    ]


@pytest.mark.parametrize("face", FACES)
def test_a_face_can_write_everything_and_its_figures_stand_in_columns(face: str) -> None:
    # reportlab reads it at all only where it is TrueType and may be embedded.
    font = TTFontFile(places.resource("fonts", face))
    assert [sign for sign in WRITTEN if ord(sign) not in font.charToGlyph] == []
    assert len({font.charWidths[ord(sign)] for sign in "0123456789\N{MINUS SIGN}"}) == 1
