"""The Python verifier as outsiders have it, and three levels in which much was decided."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from recap_desktop import places
from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.upward import unit_figures
from tests.made_up.offices import BUPATI, CIAMIS, TPS, valid_bupati
from tests.made_up.upward import CIKONENG, DECISION, KABKO, PROVINSI, Ladder

if TYPE_CHECKING:
    from types import ModuleType

SCRIPT = places.resource("verifier", "periksa.py")


def script() -> ModuleType:
    """The verifier as a module, to be asked many times."""
    spec = importlib.util.spec_from_file_location("periksa", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True, slots=True)
class Bare:
    """A Python that has nothing but the library of signatures, in a folder with the script alone."""

    python: Path
    folder: Path

    def ask(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [str(self.python), "-I", "periksa.py", *map(str, arguments)]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)


def bare_python(folder: Path) -> Bare:
    """Made anew in a folder."""
    venv.create(folder / "py", with_pip=False, symlinks=True)
    site = next((folder / "py").glob("**/site-packages"))
    for name in ("cryptography", "_cffi_backend"):
        spec = importlib.util.find_spec(name)
        assert spec is not None and spec.origin is not None
        found = Path(spec.origin)
        found = found.parent if found.name == "__init__.py" else found
        (site / found.name).symlink_to(found)
    (folder / "periksa.py").write_bytes(SCRIPT.read_bytes())
    python = folder / "py" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    return Bare(python, folder)


def busy_ladder(folder: Path) -> Ladder:
    """Three levels: paper totals, rulings, differences kept and taken back, second revisions."""
    ladder = Ladder(folder, root=PROVINSI)
    prov, kabko = ladder.office(PROVINSI), ladder.office(KABKO)
    assert prov.code == PROVINSI
    rows = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
    entering.enter_all(ladder.office(CIAMIS), BUPATI, rows, by="Siti")
    far = ladder.office(CIKONENG, double_entry=True)
    for person in ("Siti", "Budi"):
        entering.enter(far, BUPATI, "3207022001001", valid_bupati(30), by=person)
    unit_figures.type_paper_total(kabko, BUPATI, CIAMIS, cells={"votes.1": 210}, by="Tuti")
    for code in (CIAMIS, CIKONENG):
        ladder.receive(ladder.package(code))
    ruling.correct(kabko, BUPATI, TPS[0], changes={"votes.1": 50, "votes.2": 90}, decision=DECISION)
    made = [
        unit_figures.add_difference(kabko, BUPATI, unit, cells=cells, decision=DECISION)
        for unit, cells in ((CIAMIS, {"votes.1": -3, "votes.2": 3}), (CIKONENG, {"invalid": 1}))
    ]
    unit_figures.withdraw_difference(kabko, BUPATI, made[1].id, decision=DECISION)
    ladder.receive(ladder.package(KABKO), PROVINSI)
    ladder.again(KABKO)
    ruling.correct(kabko, BUPATI, TPS[1], changes={"votes.1": 42, "votes.2": 99}, decision=DECISION)
    # What its TPS come to has changed: whether the difference still holds is decided anew.
    unit_figures.keep_difference(kabko, BUPATI, made[0].id, decision=DECISION)
    ladder.receive(ladder.package(KABKO), PROVINSI)
    return ladder
