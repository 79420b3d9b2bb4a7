"""How one number becomes another between the form, the eye and the keyboard."""

from __future__ import annotations

import itertools

LEFT_ZERO = "left-zero"
CROSSED_BOX = "crossed-box"
CORRECTED_OVER = "corrected-over"
SWAPPED_DIGITS = "swapped-digits"
SMALL_STEP = "small-step"
ONE_DIGIT = "one-digit"
MISSING_DIGIT = "missing-digit"
EXTRA_DIGIT = "extra-digit"
EVEN_STEP = "even-step"

_SMALL = 2
_FIRST_TELLING = 10  # any figure below is one digit away from any other
_EVEN_STEPS = frozenset({10, 20, 100, 200})
_BOXES = 3
_CROSS_READS_AS = "8"


def slip(written: int, meant: int) -> str:
    """The code of the slip that turns ``meant`` into ``written``; empty when none is known.

    Both are non-negative and differ. Where several fit, the most telling one is taken.
    """
    if written == 0:
        return LEFT_ZERO
    for code, reading in readings(written):
        if reading == meant:
            return code
    if meant in _one_digit_less(str(written)):
        return EXTRA_DIGIT
    if abs(written - meant) <= _SMALL:
        return SMALL_STEP
    by_digit = _digit_slip(str(written), str(meant)) if written >= _FIRST_TELLING else ""
    return by_digit or (EVEN_STEP if abs(written - meant) in _EVEN_STEPS else "")


def _digit_slip(written: str, meant: str) -> str:
    if len(written) == len(meant):
        wrong = sum(a != b for a, b in zip(written, meant, strict=True))
        return ONE_DIGIT if wrong == 1 else ""
    return MISSING_DIGIT if written in _one_less(meant) else ""


def readings(written: int) -> list[tuple[str, int]]:
    """What a number may have been when only the number itself is known: (slip code, meant).

    - an X or dash in an empty digit box reads as 8: ``812`` may be 12, ``888`` may be 0;
    - a struck-out number and the one beside it read as one: ``74107`` may be 107;
    - two neighbouring digits changed places;
    - one digit more than the boxes of the form hold.
    """
    text = str(written)
    found: dict[int, str] = {}
    for code, reading in itertools.chain(_crossed(text), _corrected(text), _swapped(text)):
        if reading != written:
            found.setdefault(reading, code)
    if len(text) > _BOXES:
        for reading in _one_digit_less(text):
            found.setdefault(reading, EXTRA_DIGIT)
    return [(code, reading) for reading, code in found.items()]


def _crossed(text: str) -> list[tuple[str, int]]:
    if len(text) != _BOXES or text[0] != _CROSS_READS_AS:
        return []
    eights = len(text) - len(text.lstrip(_CROSS_READS_AS))
    return [(CROSSED_BOX, int(text[cut:] or "0")) for cut in range(1, eights + 1)]


def _corrected(text: str) -> list[tuple[str, int]]:
    if len(text) <= _BOXES:
        return []
    cuts = range(max(1, len(text) - _BOXES), len(text))
    return [(CORRECTED_OVER, int(text[cut:])) for cut in cuts if text[cut] != "0"]


def _swapped(text: str) -> list[tuple[str, int]]:
    return [
        (SWAPPED_DIGITS, int(text[:at] + text[at + 1] + text[at] + text[at + 2 :]))
        for at in range(len(text) - 1)
        if not (at == 0 and text[1] == "0")
    ]


def _one_digit_less(text: str) -> list[int]:
    if len(text) == 1:
        return []
    return [int(shorter) for shorter in _one_less(text) if shorter[0] != "0"]


def _one_less(text: str) -> list[str]:
    return [text[:at] + text[at + 1 :] for at in range(len(text))]
