"""``look-alikes``: TPS whose figures resemble another TPS, or stand apart from their desa."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recap_desktop.cli import tables
from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import CONTEST, FORMAT, OFFICE, UNDER, OneOf
from recap_desktop.cli.verbs import option, say, session, verb
from recap_desktop.election.checks.look_phrasing import LookPhrasing
from recap_desktop.election.checks.resemblance import Kind
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.office.checks.look_alike_search import LookAlikeSearch

if TYPE_CHECKING:
    from recap_desktop.office.opening import Office

_KINDS = {kind.value: kind for kind in Kind}
_COLUMNS = ("station", "other", "kind", "why")


@verb("look-alikes")
@OFFICE
@CONTEST
@UNDER
@option("--kind", type=OneOf(_KINDS))
@FORMAT
def look_alikes(path: Path, contest: str, under: str | None, kind: str | None, shape: str) -> None:
    """Show what resembles each other, or stands apart."""
    with opened(path) as office:
        rows = _rows(office, contest, under or "", kind)
    if shape == "json":
        tables.show_json(rows)
    elif shape == "csv":
        keys = ("kind", "tps", "other", "cells", "beside", "bits", "share", "usual", "why")
        joined = ({**row, "cells": " ".join(row["cells"])} for row in rows)
        tables.show_csv(keys, ({**row, "beside": " ".join(row["beside"])} for row in joined))
    elif rows:
        words = session().words
        shown = (
            (
                dotted(row["tps"]),
                dotted(row["other"]) if row["other"] else "",
                words[f"look.kind.{row['kind']}"],
                row["why"],
            )
            for row in rows
        )
        tables.show_table(_COLUMNS, shown)
    else:
        say("cli.look-alikes-none")


def _rows(office: Office, contest: str, under: str, kind: str | None) -> list[dict[str, Any]]:
    """Every look-alike; a person at a terminal sees how far it is and may interrupt."""
    search = LookAlikeSearch(office, contest, under=under)
    with click.progressbar(
        search.parts(), length=search.size(), file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as parts:
        for part in parts:
            search.put(search.look(part))
    phrasing = LookPhrasing(session().words, office.election, contest)
    held = office.file.contests[contest]
    rows = []
    for look in search.found():
        stored = held.tally(look.tps)
        if stored is not None and kind in (None, look.kind.value):
            rows.append(
                {
                    "kind": look.kind.value,
                    "tps": look.tps,
                    "other": look.other,
                    "cells": list(look.cells),
                    "beside": list(look.beside),
                    "bits": round(look.bits, 1),
                    "share": look.permille / 1000,
                    "usual": look.usual / 1000,
                    "why": phrasing.say(look, stored.tally.cells),
                }
            )
    return rows
