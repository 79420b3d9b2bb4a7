"""``receipt out``, ``take``, ``proposals``, ``take-up``: what is carried back to the sender."""

from __future__ import annotations

from pathlib import Path

import click

from recap_desktop.cli import tables
from recap_desktop.cli.key_values import key_options, passphrase_of
from recap_desktop.cli.opened import opened
from recap_desktop.cli.rulings import DECIDED, RAISED, recorded
from recap_desktop.cli.values import BY, CODE, CONTEST, FORMAT, OFFICE, PATH, TPS
from recap_desktop.cli.verbs import VerbGroup, argument, option, say, session, verb
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.papers.captions import full_name
from recap_desktop.election.papers.faces import groups
from recap_desktop.office.entry.ruling import Decision
from recap_desktop.office.keys import own_keys
from recap_desktop.office.upward import proposals as listed
from recap_desktop.office.upward import receipts

_COLUMNS = ("code", "what", "changes", "reason", "decided_by", "done", "left", "proposal")


@click.group("receipt", cls=VerbGroup, key="receipt")
def receipt() -> None:
    """Verbs about receipts of packages."""


@verb("out", key="receipt-out")
@OFFICE
@argument("target", metavar="file", type=PATH)
@CONTEST
@option("--unit", about="receipt-unit", metavar="code", type=CODE, required=True)
@key_options
def _out(
    path: Path, target: Path, contest: str, unit: str, key_path: Path, *, file: Path | None
) -> None:
    with opened(path) as office:
        key = own_keys.open_key(office, key_path, passphrase_of(file))
        made = receipts.give_receipt(office, contest, unit, target, key=key)
        name = full_name(office.election.tree, unit)
    say(
        "cli.receipt.written",
        path=str(target),
        name=name,
        revision=made.revision,
        corrections=len(made.corrections),
        head=groups(made.receiver_head),
    )


@verb("take", key="receipt-take")
@OFFICE
@argument("file", metavar="file", type=PATH)
@BY
def _take(path: Path, file: Path, by: str) -> None:
    with opened(path, by) as office:
        made = receipts.take_receipt(office, file, by=by)
        name = full_name(office.election.tree, made.body["receiver"])
        found = listed.proposals(office, made.contest)
    say("cli.receipt.taken", name=name, revision=made.body["revision"], proposals=len(found))


@verb("proposals", key="receipt-proposals")
@OFFICE
@CONTEST
@FORMAT
def _proposals(path: Path, contest: str, shape: str) -> None:
    with opened(path) as office:
        found = listed.proposals(office, contest)
    words = session().words
    rows: list[dict[str, str | int]] = [
        {
            "code": dotted(one.tps or one.unit),
            "what": words[f"cli.event.{one.cause}"] if shape == "table" else one.cause,
            "changes": "; ".join(
                f"{cell}: {'' if old is None else old} -> {'' if new is None else new}"
                for cell, (old, new) in one.changes.items()
            ),
            "reason": one.reason,
            "decided_by": one.decided_by,
            "done": int(one.is_done),
            "left": one.left,
            "proposal": one.ruling if shape == "json" else one.ruling[:12],
        }
        for one in found
    ]
    if shape == "json":
        tables.show_json(rows)
    elif shape == "csv":
        tables.show_csv(_COLUMNS, rows)
    else:
        tables.show_table(_COLUMNS, [[row[column] for column in _COLUMNS] for row in rows])


_WHICH = option("--proposal", "which", about="proposal", metavar="id", default="")
_MAYBE_STATION = option("--tps", metavar="tps", type=TPS)


@verb("take-up", key="receipt-take-up")
@OFFICE
@CONTEST
@_MAYBE_STATION
@_WHICH
@option("--reason", about="take-up-reason", metavar="text", default="")
@BY
@RAISED
@DECIDED
def _take_up(path: Path, contest: str, tps: str | None, which: str, **why: str) -> None:
    with opened(path, why["by"]) as office:
        made = listed.take_up(office, contest, tps or which, decision=Decision(**why))
    recorded(made.id, made.tps or made.subject["unit"])


@verb("leave", key="receipt-leave")
@OFFICE
@CONTEST
@_MAYBE_STATION
@_WHICH
@option("--reason", metavar="text", required=True)
@BY
@RAISED
@DECIDED
def _leave(path: Path, contest: str, tps: str | None, which: str, **why: str) -> None:
    with opened(path, why["by"]) as office:
        one = listed.proposal_named(office, contest, tps or which)
        listed.leave(office, contest, tps or which, decision=Decision(**why))
    say("cli.receipt.left", place=dotted(one.place))


for one in (_out, _take, _proposals, _take_up, _leave):
    receipt.add_command(one)
