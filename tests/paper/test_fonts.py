"""Text breaks and fits without losing a letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recap_desktop.election.wording import number_text
from recap_desktop.paper import fonts
from recap_desktop.paper.fonts import BOLD, CONDENSED_BOLD, REGULAR, Type, largest, sizes

fonts.register()


@given(
    st.text(alphabet="ABDEGIKMNORSTUaeinr .,'-/", min_size=1, max_size=120),
    st.integers(25, 300),
)
def test_lines_fit_and_hold_every_letter(text: str, width: int) -> None:
    kind = Type(BOLD, 7)
    lines = kind.wrap(text, width)
    assert all(kind.width(line) <= width for line in lines)
    squeezed = "".join(text.split())
    printed = "".join("".join(line.split()) for line in lines)
    assert printed.replace("-", "") == squeezed.replace("-", "")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("PANYINGKIRAN", ("PANYING-", "KIRAN")),
        ("BOJONGMENGGER", ("BOJONG-", "MENGGER")),
        ("TANJUNG LAGO", ("TANJUNG", "LAGO")),
        ("GASING", ("GASING",)),
        ("SUNGAI/BATU", ("SUNGAI/", "BATU")),
        ("NGABEAN-PANYINGKIRAN", ("NGABEAN-", "PANYING-", "KIRAN")),
    ],
)
def test_a_long_name_breaks_between_syllables(name: str, lines: tuple[str, ...]) -> None:
    assert Type(CONDENSED_BOLD, 7).wrap(name, 36) == lines


def test_the_largest_type_is_taken_in_which_every_word_fits() -> None:
    wide = Type(BOLD, 9).width("PANYINGKIRAN")
    assert largest(sizes(BOLD, 9, 7), ["PANYINGKIRAN", "CIAMIS"], wide) == Type(BOLD, 9)
    assert largest(sizes(BOLD, 9, 7), ["PANYINGKIRAN"], wide * 0.9) == Type(BOLD, 8)
    assert largest(sizes(BOLD, 9, 7), ["PANYINGKIRAN"], wide * 0.5) is None


def test_all_figures_are_of_one_width() -> None:
    for face in (REGULAR, BOLD, CONDENSED_BOLD):
        assert len({Type(face, 9).width(str(digit)) for digit in range(10)}) == 1


@pytest.mark.parametrize("face", fonts._FACES)
@given(st.integers(0, 10**9))
def test_a_figure_is_exactly_as_wide_as_its_digits(face: str, number: int) -> None:
    figure = number_text(number)
    assert Type(face, 7.5).figure_width(figure) == Type(face, 7.5).width(figure)
