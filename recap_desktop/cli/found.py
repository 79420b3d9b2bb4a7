"""``findings``: where the figures do not add up, told in the voice of who asks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recap_desktop.cli import tables
from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import CONTEST, FORMAT, MAYBE_BY, OFFICE, UNDER, OneOf
from recap_desktop.cli.verbs import option, session, verb
from recap_desktop.election.checks.phrasing import Phrasing
from recap_desktop.election.checks.voices import Voice
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.records.marks import said_of
from recap_desktop.election.records.people import person_id
from recap_desktop.office.checks.findings import parts, read_parts
from recap_desktop.office.checks.marking import marks_of_contest, named
from recap_desktop.office.checks.voices import require_voice, voice_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.election.checks.rules import Finding
    from recap_desktop.election.records.marks import Mark
    from recap_desktop.office.opening import Office

_COLUMNS = ("rule", "severity", "tps", "cells", "expected", "found", "hint", "text", "marked")
_VOICES = {voice.value: voice for voice in Voice}
_VOICE = option("--voice", type=OneOf(tuple(_VOICES)), default=None)


@verb("findings")
@OFFICE
@CONTEST
@UNDER
@_VOICE
@MAYBE_BY
@FORMAT
def findings(
    path: Path, contest: str, under: str | None, voice: str | None, by: str, shape: str
) -> None:
    """Show what does not add up, TPS by TPS, in the voice of who asks."""
    with opened(path, by) as office:
        told = _voice(office, voice, by)
        found = _found(office, contest, under=under or "")
        election = office.election
    phrasing = Phrasing(session().words, election.form(contest), election.contest(contest))
    data = [_finding_data(phrasing, told, *each) for each in found]
    if shape == "json":
        tables.show_json(data)
        return
    rows = [{**item, "cells": " ".join(item["cells"])} for item in data]
    if shape == "csv":
        tables.show_csv(_COLUMNS, rows)
    else:
        _table(rows, told)


def _table(rows: list[dict[str, Any]], told: Voice) -> None:
    words = session().words
    if told is Voice.LOOK_AGAIN:
        said = [
            (dotted(row["tps"]), row["rule"], " ".join((row["text"], row["marked"])).strip())
            for row in rows
        ]
        tables.show_table(("station", "rule", "finding"), said)
        return
    tables.show_table(
        ("station", "rule", "severity", "cells", "expected", "found", "hint"),
        (
            (
                dotted(row["tps"]),
                row["rule"],
                words[f"cli.severity.{row['severity']}"],
                row["cells"],
                row["expected"],
                row["found"],
                row["marked"] or row["hint"],
            )
            for row in rows
        ),
    )


def _found(office: Office, contest: str, *, under: str) -> list[tuple[str, Finding, str]]:
    """Every finding with its TPS and why it was marked as on the paper; a person at a terminal sees how far it is and may interrupt."""
    every = parts(office, contest, under=under)
    layout = office.election.layout(contest)
    marks = marks_of_contest(office, contest)
    line = session().words["mark.line"]
    with click.progressbar(
        read_parts(office, contest, every),
        length=len(every),
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as read:
        return [
            (case.tps, finding, _marked(office, line, said))
            for part in read
            for case in part
            for finding in case.findings(layout)
            for said in [said_of(finding, case.cells, marks.get(case.tps, ()))]
        ]


def _marked(office: Office, line: str, said: Sequence[Mark]) -> str:
    told = (named(office, mark) for mark in said)
    return "; ".join(line.format(name=name, reason=reason) for name, reason in told)


def _voice(office: Office, chosen: str | None, by: str) -> Voice:
    person = person_id(by) if by else ""
    if chosen is None:
        return voice_of(office, person)
    require_voice(office, _VOICES[chosen], person)
    return _VOICES[chosen]


def _finding_data(
    phrasing: Phrasing, voice: Voice, tps: str, finding: Finding, marked: str
) -> dict[str, Any]:
    """A finding told carefully has no figure that might be typed, and no hint."""
    phrase = phrasing.say(finding, voice)
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "tps": tps,
        "cells": list(finding.cells),
        "expected": finding.expected if voice is Voice.EXACT else None,
        "found": finding.found,
        "hint": next(iter(phrase.hints), ""),
        "text": phrase.text,
        "marked": marked,
    }
