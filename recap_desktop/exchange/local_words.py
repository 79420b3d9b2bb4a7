"""Reads what units and offices are called where they have words of their own."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from recap_desktop import places
from recap_desktop.election.definitions import regions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.election.definitions.regions import RegionTree
    from recap_desktop.exchange.toml_tables import TomlTable

LocalWords = dict[str, dict[str, str]]
"""Region code -> term (of ``regions.UNITS`` or ``regions.OFFICES``) -> word in capitals."""

TERMS = (*regions.UNITS, *regions.OFFICES)


def bundled_words() -> LocalWords:
    """Words of Aceh, Yogyakarta and Papua; the file names the evidence of each."""
    return tomllib.loads(places.resource("regions", "words.toml").read_text("utf-8"))


def read_words(root: TomlTable, tree: RegionTree) -> LocalWords:
    """The ``[words.CODE]`` tables of an ``election.toml``; what is wrong is left out."""
    words: LocalWords = {}
    for text, table in root.named_tables("words").items():
        code = _code(text)
        if not code or (len(tree) and code not in tree):
            table.fault("region-unknown", found=text)
            continue
        table.refuse_others(TERMS)
        words[code] = {term: table.text(term).upper() for term in TERMS if term in table.data}
    return words


def joined(first: Mapping[str, Mapping[str, str]], then: LocalWords) -> LocalWords:
    """Two sets of words, the second on top of the first."""
    return {code: {**first.get(code, {}), **then.get(code, {})} for code in sorted({*first, *then})}


def _code(text: str) -> str:
    try:
        return regions.read_code(text)
    except ValueError:
        return ""
