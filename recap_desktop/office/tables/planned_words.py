"""What will become of the counts of a table, in words: for the window and the command line alike."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.wording import number_text
from recap_desktop.office.tables.planned_counts import Fate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recap_desktop.election.checks.phrasing import Phrasing
    from recap_desktop.election.wording import Words
    from recap_desktop.office.tables.importing import CountsImport
    from recap_desktop.office.tables.planned_counts import PlannedCount
    from recap_desktop.problems import Fault

_MOST = 3


def fate_text(words: Words, fate: Fate) -> str:
    """What becomes of a count, in a few words."""
    return words[f"import.fate.{fate.value}"]


def why_text(words: Words, phrasing: Phrasing, planned: PlannedCount, *, most: int = _MOST) -> str:
    """Why a count is refused, or which cells change: the first few and how many more."""
    if planned.faults:
        texts = [_fault(words, planned, fault) for fault in planned.faults[:most]]
        more = len(planned.faults) - most
        return " ".join([*texts, words("import.more-faults", count=more)] if more > 0 else texts)
    if planned.changes:
        texts = [
            words(
                "import.change",
                cell=phrasing.cell(cell),
                before=_figure(words, old),
                after=_figure(words, new),
            )
            for cell, (old, new) in list(planned.changes.items())[:most]
        ]
        more = len(planned.changes) - most
        joined = "; ".join(texts)
        return words("import.more-cells", cells=joined, count=more) if more > 0 else joined
    if planned.fate in (Fate.SECOND, Fate.OTHER, Fate.LATE):
        return words[f"import.why.{planned.fate.value}"]
    return ""


def _fault(words: Words, planned: PlannedCount, fault: Fault) -> str:
    """A fault with its place, unless that is the place of the count itself."""
    is_there = (fault.file, fault.line) == (planned.read.spot.sheet, planned.read.spot.row)
    text = words.fault(replace(fault, file="") if is_there else fault)
    return text[:1].upper() + text[1:] if is_there else text


def _figure(words: Words, figure: int | None) -> str:
    return words["import.blank"] if figure is None else number_text(figure)


def place_text(words: Words, planned: PlannedCount) -> str:
    """Where in the table a count stands: ``Sheet1 baris 12``, with a column a TPS its column."""
    spot = planned.read.spot
    code = "import.place-column" if spot.letters else "import.place"
    return words(code, sheet=spot.sheet, row=str(spot.row), column=spot.letters)


def station_text(planned: PlannedCount) -> str:
    """A TPS by its code, or as the table calls it."""
    return dotted(planned.tps) if planned.tps else planned.read.called


def origin_text(words: Words, origin: Mapping[str, str | int]) -> str:
    """Where the figures of an entry were taken from: ``dari berkas X baris 12``."""
    sheet, file = str(origin.get("sheet", "")), str(origin.get("file", ""))
    code = "import.origin" if sheet in ("", file) else "import.origin-sheet"
    return words(code, file=file, sheet=sheet, row=str(origin.get("row", "")))


def summary_lines(words: Words, plan: CountsImport) -> list[str]:
    """The whole plan in a few lines: how many TPS of which fate, and what the table lacks."""
    counted, missing = plan.counted(), plan.missing()
    lines = [
        words("import.count", fate=fate_text(words, fate), count=counted[fate])
        for fate in Fate
        if counted[fate]
    ]
    lines.append(words("import.missing", count=len(missing)))
    lines.append(words("import.findings", count=plan.findings, stations=plan.flagged))
    crossed = plan.crossed()
    if crossed:
        lines.append(words("import.crossed", count=crossed))
    return lines
