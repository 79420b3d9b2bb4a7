"""What was answered about a kind of table, kept on this machine for the next table of that kind."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from recap_desktop import places
from recap_desktop.exchange.whole_files import write_whole
from recap_desktop.foreign.map_files import applied, kind_of, map_toml, read_map
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.election.tables.count_maps import CountMap
    from recap_desktop.foreign.count_tables import CountTable

_FOLDER = "import-maps"


def remembered(table: CountTable, proposal: CountMap) -> CountMap:
    """The proposal with the answers given here before; as it is where this kind is new.

    The desa is that of the earlier table and is not taken over.
    """
    try:
        known = read_map(_path(table, proposal))
    except KnownProblem:
        return proposal
    return replace(applied(known, proposal), desa=proposal.desa)


def remember(table: CountTable, count_map: CountMap) -> None:
    """Keep the answers; a disk that refuses loses only that they need not be given again."""
    with contextlib.suppress(OSError, KnownProblem):
        write_whole(_path(table, count_map), map_toml(count_map).encode())


def save_map(count_map: CountMap, path: Path) -> None:
    """Write a map where a person wants it, for the command line or another machine.

    Raises:
        KnownProblem: ``file-cannot-be-written``.
    """
    try:
        write_whole(path, map_toml(count_map).encode())
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("file-cannot-be-written", path=str(path), reason=reason) from error


def _path(table: CountTable, count_map: CountMap) -> Path:
    about = f"{table.contest.form} {' '.join(table.layout.cells)}"
    return places.machine_data(_FOLDER) / f"{kind_of(count_map, about)}.toml"
