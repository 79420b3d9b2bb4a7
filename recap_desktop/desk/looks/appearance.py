"""How the program looks: palettes for light and dark, and the few hues that carry a meaning."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

if TYPE_CHECKING:
    from collections.abc import Mapping


class Scheme(enum.Enum):
    """Light for a bright hall, dark for a projector in a dark one."""

    LIGHT = "light"
    DARK = "dark"


class Hue(enum.Enum):
    """A meaning that has a colour; it always comes with a shape and a word as well."""

    QUIET = "quiet"
    GOOD = "good"
    CHANGED = "changed"
    CARE = "care"
    WRONG = "wrong"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Pair:
    """Ink on its ground, 4.5:1 or better; the ink also stands on the ground of the window."""

    ink: str
    ground: str


HUES: Mapping[Scheme, Mapping[Hue, Pair]] = {
    Scheme.LIGHT: {
        Hue.QUIET: Pair("#5b6166", "#eceeee"),
        Hue.GOOD: Pair("#19693a", "#e0f1e5"),
        Hue.CHANGED: Pair("#1d5a9c", "#e1edf9"),
        Hue.CARE: Pair("#7d5200", "#fbefd3"),
        Hue.WRONG: Pair("#a81e22", "#fbe5e4"),
        Hue.FINAL: Pair("#2b3034", "#d5d9db"),
    },
    Scheme.DARK: {
        Hue.QUIET: Pair("#a6adb2", "#2e3336"),
        Hue.GOOD: Pair("#7ed29b", "#1d3626"),
        Hue.CHANGED: Pair("#8fc1f3", "#1c3249"),
        Hue.CARE: Pair("#e9bd62", "#3f3211"),
        Hue.WRONG: Pair("#ff9c97", "#4a2020"),
        Hue.FINAL: Pair("#e4e8ea", "#444b50"),
    },
}

_ROLES: Mapping[Scheme, Mapping[QPalette.ColorRole, str]] = {
    Scheme.LIGHT: {
        QPalette.ColorRole.Window: "#f5f6f6",
        QPalette.ColorRole.WindowText: "#1b1f22",
        QPalette.ColorRole.Base: "#ffffff",
        QPalette.ColorRole.AlternateBase: "#f0f2f2",
        QPalette.ColorRole.Text: "#14181b",
        QPalette.ColorRole.PlaceholderText: "#6b7278",
        QPalette.ColorRole.Button: "#e9ebeb",
        QPalette.ColorRole.ButtonText: "#1b1f22",
        QPalette.ColorRole.ToolTipBase: "#ffffff",
        QPalette.ColorRole.ToolTipText: "#1b1f22",
        QPalette.ColorRole.Highlight: "#0b6b74",
        QPalette.ColorRole.HighlightedText: "#ffffff",
        QPalette.ColorRole.Link: "#0b6b74",
        QPalette.ColorRole.BrightText: "#ffffff",
        QPalette.ColorRole.Light: "#ffffff",
        QPalette.ColorRole.Midlight: "#e3e6e7",
        QPalette.ColorRole.Mid: "#c3c8cb",
        QPalette.ColorRole.Dark: "#8b9297",
        QPalette.ColorRole.Shadow: "#5b6166",
        QPalette.ColorRole.Accent: "#0b6b74",
    },
    Scheme.DARK: {
        QPalette.ColorRole.Window: "#1d2022",
        QPalette.ColorRole.WindowText: "#e9ecee",
        QPalette.ColorRole.Base: "#2b2f32",
        QPalette.ColorRole.AlternateBase: "#303437",
        QPalette.ColorRole.Text: "#f2f4f5",
        QPalette.ColorRole.PlaceholderText: "#9aa1a6",
        QPalette.ColorRole.Button: "#33383b",
        QPalette.ColorRole.ButtonText: "#e9ecee",
        QPalette.ColorRole.ToolTipBase: "#33383b",
        QPalette.ColorRole.ToolTipText: "#e9ecee",
        QPalette.ColorRole.Highlight: "#5cc3cb",
        QPalette.ColorRole.HighlightedText: "#0d2225",
        QPalette.ColorRole.Link: "#6fd0d8",
        QPalette.ColorRole.BrightText: "#ffffff",
        QPalette.ColorRole.Light: "#4a5054",
        QPalette.ColorRole.Midlight: "#3a4044",
        QPalette.ColorRole.Mid: "#50575c",
        QPalette.ColorRole.Dark: "#7b8388",
        QPalette.ColorRole.Shadow: "#0e1011",
        QPalette.ColorRole.Accent: "#5cc3cb",
    },
}
_FADED = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)
_MIDDLE = 128
_CHOSEN = "recap-scheme"


def palette_of(scheme: Scheme) -> QPalette:
    """The palette of the whole program."""
    palette = QPalette()
    for role, colour in _ROLES[scheme].items():
        palette.setColor(role, QColor(colour))
    for role in _FADED:
        quiet = QColor(HUES[scheme][Hue.QUIET].ink)
        palette.setColor(QPalette.ColorGroup.Disabled, role, quiet)
    return palette


def scheme_of(palette: QPalette) -> Scheme:
    """Which of the two a palette is."""
    return Scheme.DARK if palette.window().color().lightness() < _MIDDLE else Scheme.LIGHT


def system_scheme(scheme: Qt.ColorScheme) -> Scheme:
    """What the desktop asks for; light where it says nothing."""
    return Scheme.DARK if scheme is Qt.ColorScheme.Dark else Scheme.LIGHT


def ink(palette: QPalette, hue: Hue) -> QColor:
    """The colour in which a meaning is drawn."""
    return QColor(HUES[scheme_of(palette)][hue].ink)


def ground(palette: QPalette, hue: Hue) -> QColor:
    """The quiet ground behind something of that meaning."""
    return QColor(HUES[scheme_of(palette)][hue].ground)


def choose_scheme(application: QGuiApplication, scheme: str) -> None:
    """Give the whole program its colours.

    Args:
        application: the one application.
        scheme: ``light``, ``dark``, or empty to follow the desktop, also when it changes.
    """
    application.setProperty(_CHOSEN, scheme)
    chosen = Scheme(scheme) if scheme else system_scheme(application.styleHints().colorScheme())
    QGuiApplication.setPalette(palette_of(chosen))


def follow_desktop(application: QGuiApplication, scheme: Qt.ColorScheme) -> None:
    """Take the colours the desktop has changed to, where nobody chose others."""
    if not application.property(_CHOSEN):
        QGuiApplication.setPalette(palette_of(system_scheme(scheme)))
