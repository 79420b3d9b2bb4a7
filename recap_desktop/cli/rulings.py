"""What the plenary decides about a TPS: ``correct``, ``accept``, ``withdraw`` and the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import BY, CODE, CONTEST, OFFICE, TPS
from recap_desktop.cli.verbs import option, say, verb
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.office.entry import ruling
from recap_desktop.office.entry.conflicts import uphold
from recap_desktop.office.entry.ruling import Decision
from recap_desktop.office.plenary import closing, reading
from recap_desktop.problems import KnownProblem

_MOST_DIGITS = 15
"""More than a figure may have: what is too large is refused with a sentence of its own."""

STATION = option("--tps", metavar="tps", type=TPS, required=True)
_REASON = option("--reason", metavar="text", required=True)
RAISED = option("--raised-by", metavar="name", default="")
DECIDED = option("--decided-by", metavar="name", default="")


def _deciding(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options that every decision has: why, on whose word, by whom, typed by whom."""
    for add in (DECIDED, RAISED, BY, _REASON):
        function = add(function)
    return function


@verb("correct")
@OFFICE
@CONTEST
@STATION
@option("--set", "changes", about="set", metavar="cell", multiple=True, required=True)
@_deciding
def correct(path: Path, contest: str, tps: str, changes: tuple[str, ...], **why: str) -> None:
    """Correct cells of a TPS."""
    given = cells_of(changes)
    with opened(path, why["by"]) as office:
        made = ruling.correct(office, contest, tps, changes=given, decision=Decision(**why))
    recorded(made.id, tps)


@verb("accept")
@OFFICE
@CONTEST
@STATION
@_deciding
def accept(path: Path, contest: str, tps: str, **why: str) -> None:
    """Accept a form as it is written."""
    with opened(path, why["by"]) as office:
        made = ruling.accept(office, contest, tps, decision=Decision(**why))
    recorded(made.id, tps)


@verb("not-delivered")
@OFFICE
@CONTEST
@STATION
@_deciding
def not_delivered(path: Path, contest: str, tps: str, **why: str) -> None:
    """Declare that the form of a TPS was not delivered."""
    with opened(path, why["by"]) as office:
        made = ruling.not_delivered(office, contest, tps, decision=Decision(**why))
    recorded(made.id, tps)


@verb("new-round")
@OFFICE
@CONTEST
@STATION
@_deciding
def new_round(path: Path, contest: str, tps: str, **why: str) -> None:
    """Order a recount or a repeated vote."""
    with opened(path, why["by"]) as office:
        made = ruling.new_round(office, contest, tps, decision=Decision(**why))
    recorded(made.id, tps)


@verb("withdraw")
@OFFICE
@CONTEST
@STATION
@option("--entry", metavar="record", default="")
@_REASON
@BY
def withdraw(path: Path, contest: str, tps: str, entry: str, **why: str) -> None:
    """Withdraw one entry."""
    with opened(path, why["by"]) as office:
        made = ruling.withdraw(office, contest, tps, entry=entry, decision=Decision(**why))
    recorded(made.id, tps)


@verb("move")
@OFFICE
@CONTEST
@STATION
@option("--to", about="move-to", metavar="tps", type=TPS, required=True)
@option("--entry", metavar="record", default="")
@_REASON
@BY
def move(path: Path, contest: str, tps: str, to: str, entry: str, **why: str) -> None:
    """Move an entry typed under the wrong TPS."""
    with opened(path, why["by"]) as office:
        _, made = ruling.move(office, contest, tps, to=to, entry=entry, decision=Decision(**why))
    recorded(made.id, to)


@verb("settle")
@OFFICE
@CONTEST
@STATION
@option("--set", "changes", about="set", metavar="cell", multiple=True)
@option("--holds", about="settle-holds", metavar="record", default="")
@option("--in-plenary", is_flag=True)
@_deciding
def settle(
    path: Path,
    contest: str,
    tps: str,
    *,
    changes: tuple[str, ...],
    holds: str,
    in_plenary: bool,
    **why: str,
) -> None:
    """Settle entries or rulings that differ, cell by cell or by the ruling that holds."""
    if bool(changes) is bool(holds):
        raise KnownProblem("usage-settle")
    chosen, decision = cells_of(changes), Decision(**why)
    with opened(path, why["by"]) as office:
        if holds:
            made = uphold(office, contest, tps, side=holds, decision=decision)
        else:
            made = reading.settle(
                office, contest, tps, chosen=chosen, decision=decision, in_plenary=in_plenary
            )
    recorded(made.id, tps)


@verb("reopen")
@OFFICE
@CONTEST
@option("--tps", about="reopen-tps", metavar="tps", type=TPS)
@option("--desa", about="reopen-desa", metavar="code", type=CODE)
@_deciding
def reopen(path: Path, contest: str, tps: str | None, desa: str | None, **why: str) -> None:
    """Reopen a TPS, a closed desa, or the closed contest."""
    with opened(path, why["by"]) as office:
        if tps:
            made = ruling.reopen(office, contest, tps, decision=Decision(**why))
            recorded(made.id, tps)
            return
        if why["raised_by"]:
            raise KnownProblem("usage-raised-by")
        closing.reopen_contest(
            office,
            contest,
            by=why["by"],
            reason=why["reason"],
            decided_by=why["decided_by"],
            unit=desa or "",
        )
    say("cli.contest-reopened", contest=contest)


def recorded(record: str, tps: str) -> None:
    """Say that something was recorded about a TPS."""
    say("cli.decided", tps=dotted(tps), record=record[:12])


def cells_of(texts: tuple[str, ...]) -> dict[str, int | None]:
    """``votes.1=123`` as a figure, ``votes.1=`` as a blank cell."""
    cells: dict[str, int | None] = {}
    for text in texts:
        cell, equals, figure = (part.strip() for part in text.partition("="))
        plain = figure.isascii() and figure.isdigit() and len(figure) <= _MOST_DIGITS
        if not (cell and equals and (plain or not figure)):
            raise KnownProblem("usage-set", found=text)
        if cell in cells:
            raise KnownProblem("usage-set-twice", cell=cell)
        cells[cell] = int(figure) if figure else None
    return cells
