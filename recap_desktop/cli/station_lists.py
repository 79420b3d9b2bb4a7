"""``stations``: how many TPS stand how, which they are, and about how long the rest takes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recap_desktop.cli import tables
from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import CONTEST, FORMAT, OFFICE, UNDER, OneOf
from recap_desktop.cli.verbs import option, session, verb
from recap_desktop.election.definitions.regions import dotted, parent
from recap_desktop.election.figures.pace_words import outlook_text
from recap_desktop.office.progress.listing_stations import Choice, counts_of, listed_keys, look_at
from recap_desktop.office.progress.working_pace import outlook

if TYPE_CHECKING:
    from recap_desktop.office.opening import Office

_CHOICES = {choice.value: choice for choice in Choice}
_SUMS = ("valid", "invalid", "cast")
_COLUMNS = ("station", "desa", "state", *_SUMS)


@verb("stations")
@OFFICE
@CONTEST
@UNDER
@option("--only", type=OneOf(_CHOICES))
@option("--text", metavar="text")
@FORMAT
def stations(
    path: Path, contest: str, under: str | None, only: str | None, text: str | None, shape: str
) -> None:
    """Show lists of TPS: how many each holds, or which are in one."""
    with opened(path) as office:
        if only is None:
            _show_counts(office, contest, under or "", shape)
            return
        keys = listed_keys(office, contest, _CHOICES[only], under=under or "", text=text or "")
        rows = [
            _row(office, listed.tps, listed.sign.value, dict(listed.cells))
            for listed in look_at(office, contest, keys)
        ]
    if shape == "json":
        tables.show_json(rows)
    elif shape == "csv":
        tables.show_csv(("tps", "desa", "state", *_SUMS), rows)
    else:
        words = session().words
        tables.show_table(
            _COLUMNS,
            (
                (
                    dotted(row["tps"]),
                    row["desa"],
                    words[f"desk.sign.{row['state']}"],
                    *(row[cell] for cell in _SUMS),
                )
                for row in rows
            ),
        )


def _row(office: Office, tps: str, state: str, cells: dict[str, int]) -> dict[str, Any]:
    desa = office.election.tree.name(parent(tps))
    return {"tps": tps, "desa": desa, "state": state, **{c: cells.get(c) for c in _SUMS}}


def _show_counts(office: Office, contest: str, under: str, shape: str) -> None:
    counts = counts_of(office, contest, under=under)
    ahead = outlook(office, contest)
    words = session().words
    if shape == "json":
        tables.show_json(
            {
                "stations": {choice.value: count for choice, count in counts.items()},
                "left": ahead.left if ahead else None,
                "an_hour": ahead.pace.an_hour if ahead else None,
                "seconds": round(ahead.time.total_seconds()) if ahead else None,
            }
        )
        return
    if shape == "csv":
        rows = [{"list": choice.value, "tps": count} for choice, count in counts.items()]
        tables.show_csv(("list", "tps"), rows)
        return
    tables.show_table(
        ("list", "about", "tps"),
        (
            (choice.value, words[f"desk.list.choice.{choice.value}"], count)
            for choice, count in counts.items()
        ),
    )
    if ahead:
        click.echo()
        click.echo(outlook_text(words, ahead.pace, ahead.time))
