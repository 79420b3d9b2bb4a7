"""Which of our papers a printer has: by the sides of the paper, or by its many names."""

from __future__ import annotations

import pytest

from recap_desktop.office.papers.paper_sizes import size_of_name, size_of_sides


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("A4", "a4"),
        ("A4.Borderless", "a4"),
        ("iso_a4_210x297mm", "a4"),
        ("A3", "a3"),
        ("Folio", "f4"),
        ("FanFoldGermanLegal", "f4"),
        ("8.5x13", "f4"),
        ("na_foolscap_8.5x13in", "f4"),
        ("om_folio_210x330mm", "f4"),
        ("w612h936", "f4"),
        ("Custom.215x330mm", "f4"),
        ("Custom.33x21.5cm", "f4"),
        ("Letter", ""),
        ("Legal", ""),
        ("na_legal_8.5x14in", ""),
        ("A5", ""),
        ("A40", ""),
        ("Custom.WIDTHxHEIGHT", ""),
        ("", ""),
    ],
)
def test_a_name_of_the_system_is_one_of_our_papers_or_none(name: str, size: str) -> None:
    assert size_of_name(name) == size


def test_a_paper_lies_or_stands_and_need_not_be_exact() -> None:
    assert size_of_sides(297, 210) == size_of_sides(210, 297) == "a4"
    assert [size_of_sides(width, 330) for width in (210, 215, 215.9)] == ["f4"] * 3
    assert size_of_sides(215.9, 355.6) == "", "legal"
    assert size_of_sides(215.9, 279.4) == "", "letter"
