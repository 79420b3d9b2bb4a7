"""The regions the program brings are whole, and those an election brings are checked."""

from __future__ import annotations

from pathlib import Path

from recap_desktop.election.definitions.regions import Level, parent
from recap_desktop.exchange.faults import FaultLog
from recap_desktop.exchange.region_files import bundled_regions, read_regions_csv


def test_the_edition_of_2025_is_whole() -> None:
    tree = bundled_regions()
    counted = {level: len(tree.at(level)) for level in (Level.PROVINSI, Level.KABKO)}
    assert counted == {Level.PROVINSI: 38, Level.KABKO: 514}
    assert len(tree.at(Level.KECAMATAN)) == 7_285
    assert len(tree.at(Level.DESA)) == 83_762
    assert all(not parent(region.code) or parent(region.code) in tree for region in tree)
    assert all(region.name == region.name.strip() != "" for region in tree)
    assert tree.name("3207") == "Kabupaten Ciamis"
    assert len(tree.at(Level.KECAMATAN, "3207")) == 27


def test_regions_of_an_election_keep_their_names(tmp_path: Path) -> None:
    path = tmp_path / "regions.csv"
    path.write_text("kode,nama\n16,SUMATERA SELATAN\n16.01,  KAB. OKU \n", "utf-8")
    log = FaultLog("regions.csv")
    tree = read_regions_csv(path, log)
    assert log.faults == ()
    assert [(region.code, region.name) for region in tree] == [
        ("16", "SUMATERA SELATAN"),
        ("1601", "KAB. OKU"),
    ]
