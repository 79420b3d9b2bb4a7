"""Packages as somebody might forge them on the way: what the demo shows to be refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.records import packages
from recap_desktop.election.records.canonical import canonical, read_canonical
from recap_desktop.exchange.package_file import open_package, write_package
from recap_desktop.exchange.whole_files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.exchange.signing import SigningKey

_MORE = 100
"""So many votes somebody gives to the first choice of the first TPS."""


def with_other_figures(package: Path, target: Path, *, key: SigningKey) -> Path:
    """The same package with more votes in one TPS, packed anew and signed by whatever key is had."""
    with open_package(package) as opened:
        head = {name: said for name, said in opened.manifest.items() if name != "files"}
        members = {name: opened.read(name) for name in opened.members}
    first, _, rest = members[packages.LEAVES].partition(b"\n")
    leaf = read_canonical(first)
    leaf["cells"]["votes.1"] = leaf["cells"].get("votes.1", 0) + _MORE
    members[packages.LEAVES] = canonical(leaf) + b"\n" + rest
    write_package(target, head, {name: (raw,) for name, raw in members.items()}, key=key)
    return target


def with_one_bit(package: Path, target: Path) -> Path:
    """The same package with one bit of its middle byte turned, as a bad stick does."""
    raw = bytearray(package.read_bytes())
    raw[len(raw) // 2] ^= 1
    write_whole(target, bytes(raw))
    return target
