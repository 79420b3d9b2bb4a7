"""How papers name a TPS or a unit: with what lies between it and the office, since names repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.definitions import regions
from recap_desktop.election.definitions.regions import Level
from recap_desktop.election.papers.captions import bare_name, full_name

if TYPE_CHECKING:
    from recap_desktop.election.papers.facts import Facts


def place_text(facts: Facts, unit: str) -> str:
    """A TPS with its desa, any other unit with its word: ``KELURAHAN CIAMIS``."""
    if len(unit) != Level.TPS.value:
        # A kecamatan and a kelurahan in it often bear one name.
        return full_name(facts.election.tree, unit)
    desa = desa_text(facts, regions.ancestor(unit, Level.DESA))
    number = regions.station_number(unit)
    return facts.words("sheet.annex.station", desa=desa, numbers=number)


def desa_text(facts: Facts, desa: str) -> str:
    """A desa with the units above it that the paper does not name."""
    tree, office = facts.election.tree, regions.level_of(facts.office)
    above = [
        bare_name(tree, regions.ancestor(desa, level))
        for level in (Level.KECAMATAN, Level.KABKO)
        if level.value > office.value
    ]
    return ", ".join((bare_name(tree, desa), *above))
