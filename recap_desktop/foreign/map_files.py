"""How the counts of a kind of table are taken, as a small TOML file that people can read."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from recap_desktop.election.tables.count_maps import CountMap, Heading, Shape
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from pathlib import Path

_ASKED = "?"
"""Stands before what is proposed and was not yet answered."""


def map_toml(count_map: CountMap) -> str:
    """A map as TOML; what is not yet answered begins with a question mark."""
    lines = [
        f"shape = {_text(count_map.shape.value)}",
        f"sheet = {_text(count_map.sheet)}",
        f"header = [{count_map.header[0]}, {count_map.header[1]}]",
        f"desa = {_text(count_map.desa)}",
        f"grouping = {_text(count_map.grouping)}",
    ]
    for one in count_map.headings:
        target = one.target if one.is_sure else f"{_ASKED}{one.target}"
        lines += ["", "[[heading]]", f"text = {_text(one.text)}", f"is = {_text(target)}"]
        if one.column:
            lines.append(f"column = {one.column}")
    return "\n".join([*lines, ""])


def _text(text: str) -> str:
    """A basic string of TOML: that of JSON, which writes no control character bare."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_map(path: Path) -> CountMap:
    """Read a map that ``map_toml`` wrote, perhaps answered by hand.

    Raises:
        KnownProblem: ``import-map-unreadable``, ``import-map-wrong``.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem("import-map-unreadable", path=str(path), reason=reason) from error
    except (ValueError, RecursionError) as error:
        raise KnownProblem("import-map-wrong", path=str(path)) from error
    try:
        return _map(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise KnownProblem("import-map-wrong", path=str(path)) from error


def _map(data: dict[str, Any]) -> CountMap:
    first, last = data["header"]
    return CountMap(
        shape=Shape(data["shape"]),
        headings=tuple(_heading(item) for item in data["heading"]),
        sheet=_said(data["sheet"]),
        header=(int(first), int(last)),
        desa=_said(data["desa"]),
        grouping=_said(data["grouping"]),
    )


def _heading(data: dict[str, Any]) -> Heading:
    target = _said(data["is"])
    return Heading(
        text=_said(data["text"]),
        target=target.removeprefix(_ASKED),
        is_sure=not target.startswith(_ASKED),
        column=int(data.get("column", 0)),
    )


def _said(value: Any) -> str:  # noqa: ANN401 - whatever TOML holds
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def applied(known: CountMap, proposal: CountMap) -> CountMap:
    """A map of an earlier table laid on the table at hand: its answers by heading.

    A heading that it does not name is asked about as it was proposed.
    """
    answers = {one.text: one for one in known.headings}
    return replace(
        proposal,
        desa=known.desa,
        grouping=known.grouping,
        headings=tuple(
            replace(one, target=answers[one.text].target, is_sure=answers[one.text].is_sure)
            if one.text in answers
            else one
            for one in proposal.headings
        ),
    )


def kind_of(count_map: CountMap, about: str) -> str:
    """Names the kind of a table by its shape and headings; ``about`` is what it is read for."""
    said = json.dumps([about, count_map.shape.value, [one.text for one in count_map.headings]])
    return hashlib.sha256(said.encode()).hexdigest()[:24]
