"""Codes of regions are text with a level; names are never keys."""

import pytest

from recap_desktop.election.definitions.regions import (
    Level,
    RegionTree,
    ancestor,
    below,
    dotted,
    is_kelurahan,
    is_kota,
    level_of,
    parent,
    read_code,
    read_station_number,
)
from tests.made_up.offices import NAMES


@pytest.mark.parametrize(
    ("text", "code", "level"),
    [
        ("32", "32", Level.PROVINSI),
        ("32.07", "3207", Level.KABKO),
        (" 32.07.01 ", "320701", Level.KECAMATAN),
        ("32.07.01.2008", "3207012008", Level.DESA),
        ("32.07.01.2008.901", "3207012008901", Level.TPS),
        ("11.10", "1110", Level.KABKO),
    ],
)
def test_codes_are_read_with_or_without_dots(text: str, code: str, level: Level) -> None:
    assert read_code(text) == code
    assert level_of(code) is level
    assert read_code(dotted(code)) == code


@pytest.mark.parametrize("text", ["", "3", "320", "32,07", "32.07.01.20", "٣٢", "x2", "-2"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_code(text)


@pytest.mark.parametrize("text", ["1", "01", "001", "TPS 1", "tps001", " TPS  01 "])
def test_a_tps_number_is_read_as_people_write_it(text: str) -> None:
    assert read_station_number(text) == "001"


@pytest.mark.parametrize("text", ["", "0", "1000", "1a", "TPS", "-1", "1.0"])
def test_what_is_no_tps_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_station_number(text)


def test_the_word_and_the_kind_of_a_unit_follow_from_its_code() -> None:
    assert is_kelurahan("3207011001")
    assert not is_kelurahan("3207012001")
    assert not is_kelurahan("9201013001")
    assert is_kota("1671")
    assert not is_kota("1601")


def test_units_know_what_is_above_and_below() -> None:
    tps = "3207012001901"
    assert [ancestor(tps, level) for level in Level] == ["32", "3207", "320701", "3207012001", tps]
    assert parent(tps) == "3207012001"
    assert parent("32") == ""
    assert below(Level.KECAMATAN) is Level.DESA
    with pytest.raises(ValueError, match="TPS"):
        below(Level.TPS)


def test_a_tree_keeps_code_order_and_can_be_cut_to_a_part() -> None:
    tree = RegionTree(dict(reversed(NAMES.items())))
    assert [region.code for region in tree] == sorted(NAMES)
    assert tree.children("3207") == ("320701", "320702")
    assert tree.at(Level.DESA, "320701") == ("3207011001", "3207012001")
    part = tree.within(["320702"])
    assert [region.code for region in part] == ["32", "3207", "320702", "3207022001"]
    assert part.name("320702") == "Cikoneng"
    assert "320701" not in part
