"""``mark-finding``: a finding that stands on the paper as it is typed, with the reason."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from recap_desktop.cli.opened import opened
from recap_desktop.cli.rulings import STATION
from recap_desktop.cli.values import BY, CONTEST, OFFICE
from recap_desktop.cli.verbs import option, say, verb
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.records.people import person_id
from recap_desktop.office.checks.findings import Judge
from recap_desktop.office.checks.marking import mark_finding, take_back_mark
from recap_desktop.office.entry.stations import standing
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.election.checks.rules import Finding
    from recap_desktop.office.opening import Office


@verb("mark-finding")
@OFFICE
@CONTEST
@STATION
@option("--rule", metavar="rule", required=True)
@option("--cell", about="finding-cell", metavar="cell-key", default="")
@option("--reason", about="mark-reason", metavar="text", default="")
@option("--take-back", is_flag=True)
@BY
def mark(
    path: Path,
    contest: str,
    tps: str,
    *,
    rule: str,
    cell: str,
    reason: str,
    take_back: bool,
    by: str,
) -> None:
    """Mark a finding of the figures this person may see as on the paper."""
    with opened(path, by) as office:
        cells = standing(office, contest, tps, person=person_id(by)).cells
        found = _chosen(office, contest, tps, cells, rule=rule, cell=cell)
        if take_back:
            take_back_mark(office, contest, tps, found, cells=cells, by=by)
        else:
            mark_finding(office, contest, tps, found, cells=cells, reason=reason, by=by)
    say(f"cli.mark.{'taken-back' if take_back else 'marked'}", tps=dotted(tps), rule=rule)


def _chosen(
    office: Office, contest: str, tps: str, cells: Mapping[str, int], *, rule: str, cell: str
) -> Finding:
    found = [f for f in Judge(office, contest).findings(tps, cells) if f.rule == rule]
    if cell:
        found = [finding for finding in found if finding.cells[0] == cell]
    if not found:
        raise KnownProblem("finding-none", tps=tps, rule=rule)
    if len(found) > 1:
        named = ", ".join(finding.cells[0] for finding in found)
        raise KnownProblem("finding-several", tps=tps, rule=rule, cells=named)
    return found[0]
