"""Colours can be told from their ground, and no meaning is a colour alone."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from recap_desktop.desk.looks.appearance import HUES, Hue, Scheme, palette_of, scheme_of
from recap_desktop.desk.looks.shapes import Shape, draw
from recap_desktop.desk.looks.signs import MARKS, SIGNS
from recap_desktop.election.definitions.forms import Severity
from recap_desktop.office.entry.stations import Sign
from recap_desktop.office.language import load_words

ROLE = QPalette.ColorRole


def luminance(colour: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        (ROLE.WindowText, ROLE.Window),
        (ROLE.Text, ROLE.Base),
        (ROLE.Text, ROLE.AlternateBase),
        (ROLE.Text, ROLE.Midlight),
        (ROLE.ButtonText, ROLE.Button),
        (ROLE.PlaceholderText, ROLE.Base),
        (ROLE.PlaceholderText, ROLE.Window),
        (ROLE.HighlightedText, ROLE.Highlight),
    ],
)
def test_text_is_readable(scheme: Scheme, ink: ROLE, ground: ROLE) -> None:
    palette = palette_of(scheme)
    assert contrast(palette.color(ink), palette.color(ground)) >= 4.5


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("hue", list(Hue))
def test_a_meaning_is_readable_on_its_ground_and_on_the_window(scheme: Scheme, hue: Hue) -> None:
    pair = HUES[scheme][hue]
    palette = palette_of(scheme)
    for ground in (QColor(pair.ground), palette.window().color(), palette.base().color()):
        assert contrast(QColor(pair.ink), ground) >= 4.5


def test_a_palette_tells_its_scheme() -> None:
    assert [scheme_of(palette_of(scheme)) for scheme in Scheme] == list(Scheme)


def test_every_sign_has_a_shape_of_its_own_and_a_word() -> None:
    words = load_words("id")
    assert set(SIGNS) == set(Sign)
    shapes = [shape for shape, _ in SIGNS.values()]
    assert len(set(shapes)) == len(shapes)
    assert len({words[f"desk.sign.{sign.value}"] for sign in Sign}) == len(Sign)
    assert {shape for shape, _ in MARKS.values()}.isdisjoint(shapes)
    assert set(MARKS) == set(Severity)


def test_shapes_can_be_told_apart_without_colour(qapp: QApplication) -> None:
    del qapp
    shapes = [shape for shape, _ in (*SIGNS.values(), *MARKS.values())]
    pictures = {shape: picture(shape) for shape in shapes}
    same = [
        (one.value, other.value)
        for (one, a), (other, b) in itertools.combinations(pictures.items(), 2)
        if sum(x != y for x, y in zip(a, b, strict=True)) < 30
    ]
    assert same == []


def picture(shape: Shape) -> bytes:
    """A shape in black on white, a byte a dot."""
    image = QImage(20, 20, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    draw(painter, shape, QRectF(0, 0, 20, 20), QColor("black"))
    painter.end()
    return bytes(
        255 if image.pixelColor(x, y).lightness() > 127 else 0 for y in range(20) for x in range(20)
    )
