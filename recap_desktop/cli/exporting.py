"""``export``: the results of a contest for other people's programs."""

from __future__ import annotations

from pathlib import Path

from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import CONTEST, NUMBER, OFFICE, PATH
from recap_desktop.cli.verbs import argument, option, say, verb
from recap_desktop.office.papers.printing import choose_revision
from recap_desktop.office.upward.exporting import export_results, read_results
from recap_desktop.problems import KnownProblem


@verb("export")
@OFFICE
@argument("folder", metavar="folder", type=PATH)
@CONTEST
@option("--revision", metavar="number", type=NUMBER)
@option("--draft", is_flag=True)
def export(path: Path, folder: Path, contest: str, *, revision: int | None, draft: bool) -> None:
    """Write the standard exports of a contest."""
    if draft and revision:
        raise KnownProblem("usage-sheet-state")
    with opened(path) as office:
        chosen = choose_revision(office, contest, number=revision, draft=draft)
        results = read_results(office, contest, revision=chosen)
    made = export_results(results, folder)
    say(
        "cli.exported",
        folder=str(folder),
        files=len(made.paths),
        counted=sum(results.counted),
        stations=len(results.stations),
    )
