"""Slips of TPS as text files: written for a saksi, read and proved by anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.papers.station_slips import Slip, read_slip
from recap_desktop.election.records.canonical import read_canonical
from recap_desktop.exchange.whole_files import write_whole
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from pathlib import Path


def write_slip(slip: Slip, path: Path) -> None:
    """Write a slip, in full or not at all.

    Raises:
        KnownProblem: ``file-cannot-be-written``.
    """
    try:
        write_whole(path, slip.text.encode("utf-8"))
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("file-cannot-be-written", path=str(path), reason=reason) from error


def read_slip_file(path: Path) -> Slip:
    """Read a slip.

    Raises:
        KnownProblem: ``slip-cannot-be-read``, ``slip-malformed``.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("slip-cannot-be-read", path=str(path), reason=reason) from error
    try:
        slip = read_slip(raw.decode("utf-8"))
        station_of(slip)
        cells_of(slip)
    except (ValueError, KeyError, TypeError) as error:
        raise KnownProblem("slip-malformed", path=str(path)) from error
    return slip


def station_of(slip: Slip) -> str:
    """The TPS of a slip, 13 digits."""
    return str(read_canonical(slip.leaf)["tps"])


def cells_of(slip: Slip) -> dict[str, int]:
    """Its figures."""
    return {str(cell): int(n) for cell, n in read_canonical(slip.leaf)["cells"].items()}
