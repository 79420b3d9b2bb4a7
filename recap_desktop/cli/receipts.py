"""``receipt out``, ``take``, ``proposals``, ``take-up``: what is carried back to the sender."""

from __future__ import annotations

from pathlib import Path

import click

from recap_desktop.cli import tables
from recap_desktop.cli.key_values import key_options, passphrase_of
from recap_desktop.cli.opened import opened
from recap_desktop.cli.rulings import DECIDED, RAISED, STATION, recorded
from recap_desktop.cli.values import BY, CODE, CONTEST, FORMAT, OFFICE, PATH
from recap_desktop.cli.verbs import VerbGroup, argument, option, say, session, verb
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.papers.captions import full_name
from recap_desktop.election.papers.faces import groups
from recap_desktop.office.entry.ruling import Decision
from recap_desktop.office.keys import own_keys
from recap_desktop.office.upward import receipts

_COLUMNS = ("code", "what", "changes", "reason", "decided_by", "done")


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
        found = receipts.proposals(office, made.contest)
    say("cli.receipt.taken", name=name, revision=made.body["revision"], proposals=len(found))


@verb("proposals", key="receipt-proposals")
@OFFICE
@CONTEST
@FORMAT
def _proposals(path: Path, contest: str, shape: str) -> None:
    with opened(path) as office:
        found = receipts.proposals(office, contest)
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
        }
        for one in found
    ]
    if shape == "json":
        tables.show_json(rows)
    elif shape == "csv":
        tables.show_csv(_COLUMNS, rows)
    else:
        tables.show_table(_COLUMNS, [[row[column] for column in _COLUMNS] for row in rows])


@verb("take-up", key="receipt-take-up")
@OFFICE
@CONTEST
@STATION
@option("--reason", about="take-up-reason", metavar="text", default="")
@BY
@RAISED
@DECIDED
def _take_up(path: Path, contest: str, tps: str, **why: str) -> None:
    with opened(path, why["by"]) as office:
        made = receipts.take_up(office, contest, tps, decision=Decision(**why))
    recorded(made.id, tps)


for one in (_out, _take, _proposals, _take_up):
    receipt.add_command(one)
