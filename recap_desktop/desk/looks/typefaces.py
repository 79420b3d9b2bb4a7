"""The bundled typeface on screen, in the few sizes the program uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontDatabase

from recap_desktop import places

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

FAMILY = "Noto Sans"
CONDENSED = "Noto Sans Condensed"
_FILES = (
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoSans-Condensed.ttf",
    "NotoSans-CondensedBold.ttf",
)
BODY = 10.5
"""Points of ordinary text; every other size is a factor of it."""


def load_typefaces() -> QFont:
    """Make the bundled faces known and give the font of ordinary text."""
    for name in _FILES:
        QFontDatabase.addApplicationFont(str(places.resource("fonts", name)))
    font = QFont(FAMILY)
    font.setPointSizeF(BODY)
    return font


def sized(widget: QWidget, factor: float, *, bold: bool = False, condensed: bool = False) -> None:
    """Give a widget text of another size than the ordinary one."""
    font = QFont(CONDENSED if condensed else FAMILY)
    font.setPointSizeF(BODY * factor)
    font.setBold(bold)
    widget.setFont(font)
