"""Whoever gets the program gets the licence of every package in it."""

import re
from pathlib import Path

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
LICENCES = PACKAGING / "licences"


BUNDLED = re.findall(
    r"^([a-z0-9-]+)==", (PACKAGING / "requirements.txt").read_text("utf-8"), flags=re.MULTILINE
)


@pytest.mark.parametrize("package", BUNDLED)
def test_a_bundled_package_has_its_licence_and_its_reason(package: str) -> None:
    text = (LICENCES / f"{package}.txt").read_text(encoding="utf-8")
    assert len(text) > len(package) + 200
    assert f"\n| {package} |" in (LICENCES / "README.md").read_text(encoding="utf-8")


def test_qt_comes_with_both_texts_it_stands_under() -> None:
    assert "LESSER GENERAL PUBLIC LICENSE" in (LICENCES / "LGPL-3.txt").read_text(encoding="utf-8")
    assert "GNU GENERAL PUBLIC LICENSE" in (LICENCES / "GPL-3.txt").read_text(encoding="utf-8")


def test_no_licence_is_kept_for_a_package_that_is_gone() -> None:
    kept = {path.stem for path in LICENCES.glob("*.txt")}
    assert kept == {*BUNDLED, "LGPL-3", "GPL-3", "recap-desktop"}
