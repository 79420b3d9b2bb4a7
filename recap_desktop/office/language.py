"""The words of one language, read from the program's own files."""

from __future__ import annotations

import functools
import tomllib
from typing import TYPE_CHECKING, Any

from recap_desktop import places
from recap_desktop.election.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LANGUAGES = ("id", "en")
"""What can be chosen; the first is what the program speaks."""


def load_words(language: str) -> Words:
    """Every word of ``resources/words/<language>``, read once: papers and names ask for it often.

    Raises:
        ValueError: for a language the program does not have, a code that stands in two files,
            or a value that is not text.
    """
    if language not in LANGUAGES:
        raise ValueError(language)
    return _read(places.resource("words", language))


@functools.cache
def _read(folder: Path) -> Words:
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        for code, text in _flat(tomllib.loads(path.read_text("utf-8")), ""):
            if code in texts:
                raise ValueError(f"{path.name}: {code} stands twice")
            if not isinstance(text, str):
                raise ValueError(f"{path.name}: {code} is not text")  # noqa: TRY004 - bad data
            texts[code] = text
    return Words(texts)


def _flat(table: Mapping[str, Any], above: str) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        code = f"{above}{key}"
        if isinstance(value, dict):
            yield from _flat(value, f"{code}.")
        else:
            yield code, value
