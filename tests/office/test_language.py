"""Both languages say the same things, and each thing once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recap_desktop import places
from recap_desktop.election import wording
from recap_desktop.office import language

if TYPE_CHECKING:
    from pathlib import Path


def test_both_languages_have_the_same_codes() -> None:
    indonesian, english = (set(language.load_words(name)) for name in ("id", "en"))
    assert indonesian - english == set()
    assert english - indonesian == set()


def test_both_languages_fill_in_the_same_details() -> None:
    indonesian, english = (language.load_words(name) for name in ("id", "en"))
    unequal = {
        code
        for code in set(indonesian) & set(english)
        if wording.placeholders(indonesian[code]) != wording.placeholders(english[code])
    }
    assert unequal == set()


@pytest.mark.parametrize("name", ["id", "en"])
def test_every_text_can_be_filled_in(name: str) -> None:
    words = language.load_words(name)
    for code, text in words.items():
        assert text.strip(), code
        details = dict.fromkeys(wording.placeholders(text), "x")
        assert words(code, **details)


def test_a_date_is_said_in_the_chosen_language() -> None:
    assert language.load_words("en").date("2024-08-17") == "17 August 2024"
    indonesian = language.load_words("id")
    assert indonesian.date("2024-08-17") == wording.date_text("2024-08-17") == "17 Agustus 2024"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="xx"):
        language.load_words("xx")


def test_a_code_that_stands_twice_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "id"
    folder.mkdir()
    (folder / "a.toml").write_text('[desk]\nsave = "Simpan"\n', "utf-8")
    (folder / "b.toml").write_text('[desk]\nsave = "Catat"\n', "utf-8")
    monkeypatch.setattr(places, "resource", lambda *parts: tmp_path.joinpath(*parts[1:]))
    with pytest.raises(ValueError, match=r"b\.toml: desk\.save"):
        language.load_words("id")
