"""``enter``: counts from a table, a row a TPS."""

from __future__ import annotations

from pathlib import Path

from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import BY, CONTEST, OFFICE, PATH, OneOf
from recap_desktop.cli.verbs import argument, option, say, verb
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.figures.tallies import Source
from recap_desktop.office.entry.entering import enter_csv

_SOURCES = (Source.C_HASIL.value, Source.SALINAN.value)


@verb("enter")
@OFFICE
@argument("table", metavar="csv", type=PATH)
@CONTEST
@BY
@option("--source", type=OneOf(_SOURCES), default=_SOURCES[0])
def enter(path: Path, table: Path, contest: str, by: str, source: str) -> None:
    """Record a table of counts, all rows or none."""
    with opened(path, by) as office:
        entered = enter_csv(office, contest, table, by=by, source=Source(source))
    say(
        "cli.entered",
        recorded=len(entered.records),
        unchanged=len(entered.unchanged),
        late=len(entered.late),
    )
    if entered.crossed:
        say("cli.entered-crossed", cells=entered.crossed)
    if entered.blank:
        say("cli.entered-blank", stations=len(entered.blank))
    if entered.late:
        say("cli.entered-late", stations=", ".join(map(dotted, entered.late)))
