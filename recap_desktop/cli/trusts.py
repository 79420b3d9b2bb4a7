"""``trust``: keys that are believed without a certificate, the roots."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recap_desktop.cli import tables
from recap_desktop.cli.key_values import GROUPS, typed_groups
from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import BY, CODE, FORMAT, OFFICE, PATH
from recap_desktop.cli.verbs import VerbGroup, argument, option, say, session, verb
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.office.keys import certifying, taking_certificates, trusted_list

if TYPE_CHECKING:
    from recap_desktop.office.keys.trusted_list import Root

_ROOTS = ("office", "certified-name", "key", "standing")


@click.group("trust", cls=VerbGroup, key="trust")
def trust() -> None:
    """Verbs about keys that are believed without a certificate."""


@verb("add", key="trust-add")
@OFFICE
@argument("source", metavar="root-file", type=PATH)
@GROUPS
@BY
def _add(path: Path, source: Path, groups: str, by: str) -> None:
    with opened(path, by) as office:
        offered = taking_certificates.read_root(office, source)
        whose = certifying.describe(office, offered.code)
        typed = typed_groups(groups, offered.key, name=whose)
        is_new = taking_certificates.believe(office, offered, typed, by=by)
    say(f"cli.trust.{'added' if is_new else 'known'}", name=whose)


@verb("remove", key="trust-remove")
@OFFICE
@option("--region", about="trust-region", metavar="code", type=CODE, required=True)
@BY
def _remove(path: Path, region: str, by: str) -> None:
    with opened(path, by) as office:
        taking_certificates.disbelieve(office, region, by=by)
        whose = certifying.describe(office, region)
    say("cli.trust.removed", name=whose)


@verb("list", key="trust-list")
@OFFICE
@FORMAT
def _roots(path: Path, shape: str) -> None:
    with opened(path) as office:
        found = trusted_list.roots(office)
    if shape == "json":
        tables.show_json([_data(one) for one in found])
    elif shape == "csv":
        tables.show_csv(("office", "name", "key", "standing", "fingerprint"), map(_data, found))
    else:
        words = session().words
        tables.show_table(
            _ROOTS,
            (
                [dotted(one.code), one.name, one.short, words[f"cli.standing.{one.standing}"]]
                for one in found
            ),
        )


def _data(one: Root) -> dict[str, Any]:
    return {
        "office": one.code,
        "name": one.name,
        "key": one.key,
        "standing": one.standing,
        "fingerprint": one.fingerprint,
    }


for _verb in (_add, _remove, _roots):
    trust.add_command(_verb)
