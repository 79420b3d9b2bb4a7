"""Reads the tables of a TOML file key by key, and knows the line of each for its faults."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recap_desktop.exchange import tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from recap_desktop.exchange.faults import FaultLog

Place = tuple[str | int, ...]
"""Where a key stands: ``("contest", 0, "choice", 1, "number")``."""

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"\s*(\"[^\"]*\"|'[^']*'|[A-Za-z0-9_-]+)\s*=")
_AT_LINE = re.compile(r"at line (\d+)")
_QUOTES = ('"""', "'''")


@dataclass(frozen=True, slots=True)
class TomlTable:
    """One table of a TOML file; a wrong or missing value is a fault and reads as nothing."""

    data: dict[str, Any]
    place: Place
    lines: dict[Place, int]
    faults: FaultLog

    def fault(self, fault_code: str, key: str = "", /, **details: str | int) -> None:
        """Note a fault at a key of this table, or at its head where the key is missing."""
        self.faults.add(fault_code, _line_of(self.lines, (*self.place, key)), **details)

    def text(self, key: str, default: str | None = None) -> str:
        """The text of a key, trimmed and NFC; empty after a fault.

        Without a default the key must be there and not blank.
        """
        value = self.data.get(key, default)
        if value is None:
            self.fault("key-missing", key, key=key)
            return ""
        if not isinstance(value, str):
            self.fault("key-not-text", key, key=key)
            return ""
        text = unicodedata.normalize("NFC", value.strip())
        if tables.has_control(text):
            self.fault("key-control-character", key, key=key)
            return ""
        if not text and default is None:
            self.fault("key-blank", key, key=key)
        return text

    def number(self, key: str, *, limit: int) -> int | None:
        """A whole number from 1 to a limit; None after a fault."""
        value = self.data.get(key)
        if value is None:
            self.fault("key-missing", key, key=key)
        elif type(value) is not int or not 1 <= value <= limit:
            self.fault("key-not-number", key, key=key, limit=limit)
        else:
            return value
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, or one text taken for a list of one; empty after a fault."""
        value = self.data.get(key)
        if isinstance(value, str):
            value = [value]
        if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            if not any(tables.has_control(item) for item in value):
                return tuple(value)
            self.fault("key-control-character", key, key=key)
        else:
            self.fault("key-not-texts", key, key=key)
        return ()

    def tables(self, key: str) -> list[TomlTable]:
        """The tables of an array of tables; none when the key is missing or something else."""
        value = self.data.get(key, [])
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return [
                TomlTable(item, (*self.place, key, index), self.lines, self.faults)
                for index, item in enumerate(value)
            ]
        self.fault("key-not-tables", key, key=key)
        return []

    def named_tables(self, key: str) -> dict[str, TomlTable]:
        """The tables below a table by their names; none when it is missing or something else."""
        value = self.data.get(key, {})
        if isinstance(value, dict) and all(isinstance(item, dict) for item in value.values()):
            return {
                name: TomlTable(item, (*self.place, key, name), self.lines, self.faults)
                for name, item in value.items()
            }
        self.fault("key-not-named-tables", key, key=key)
        return {}

    def refuse_others(self, allowed: Sequence[str]) -> None:
        """Every key that is not allowed here is a fault: most likely a slip of the pen."""
        for key in self.data:
            if key not in allowed:
                shown = repr(key) if tables.has_control(key) else key
                self.fault("key-unknown", key, key=shown, allowed=", ".join(allowed))


def read_toml(path: Path, faults: FaultLog) -> TomlTable | None:
    """The root table of a TOML file; None with a fault when it cannot be read at all."""
    text = tables.read_text(path, faults)
    if text is None:
        return None
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found else text.rstrip().count("\n") + 1
        faults.add("toml-syntax", line)
        return None
    return TomlTable(data, (), _lines(text), faults)


def _line_of(lines: dict[Place, int], place: Place) -> int:
    """The line of a place, or of the nearest table around it; 0 for the file as a whole."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 0)


def _lines(text: str) -> dict[Place, int]:
    """The line of every table head and key that begins a line.

    tomllib does not say them; a key inside an inline table has the line of its outer key.
    """
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    inside = ""
    for number, line in enumerate(text.split("\n"), 1):
        if inside:
            inside = "" if inside in line else inside
            continue
        if head := _HEADER.match(line):
            table = _table(head, counts)
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, key[1].strip("\"'")), number)
            inside = next((mark for mark in _QUOTES if line.count(mark) == 1), "")
    return lines


def _table(head: re.Match[str], counts: dict[Place, int]) -> Place:
    """The place a table head opens; names on the way stand for their newest table."""
    names = [name.strip().strip("\"'") for name in head[2].split(".")]
    place: Place = ()
    for depth, name in enumerate(names, 1):
        place = (*place, name)
        if head[1] == "[[" and depth == len(names):
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place
