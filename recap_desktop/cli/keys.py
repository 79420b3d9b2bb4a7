"""``key``: the key of the office, made on its own medium, and its letter."""

from __future__ import annotations

from pathlib import Path

import click

from recap_desktop.cli import tables
from recap_desktop.cli.key_values import (
    PASSPHRASE_FILE,
    key_options,
    new_passphrase,
    passphrase_of,
    show_groups,
)
from recap_desktop.cli.opened import opened
from recap_desktop.cli.printed import Printed, printed
from recap_desktop.cli.values import BY, FORMAT, OFFICE, PATH
from recap_desktop.cli.verbs import VerbGroup, argument, option, say, session, verb
from recap_desktop.office.keys import certifying, own_keys
from recap_desktop.office.keys.key_letter import letter_of
from recap_desktop.office.keys.key_typing import whole_fingerprint
from recap_desktop.office.keys.standing import own_standing, post_standings

_REPLACE = option("--replace", is_flag=True, about="replace-key")


@click.group("key", cls=VerbGroup, key="key")
def key() -> None:
    """Verbs about the key of the office."""


@verb("make", key="key-make")
@OFFICE
@argument("target", metavar="key-file", type=PATH)
@PASSPHRASE_FILE
@_REPLACE
@BY
def _make(path: Path, target: Path, file: Path | None, by: str, *, replace: bool) -> None:
    with opened(path, by) as office:
        where = target / own_keys.key_name(office) if target.is_dir() else target
        made = own_keys.make_key(office, where, new_passphrase(file), by=by, replace=replace)
    say("cli.key.made", path=str(made.path))
    show_groups(whole_fingerprint(made.key))
    if made.is_beside_office:
        say("cli.key.beside-office")
    say("cli.key.copy")
    if made.replaced:
        say("cli.key.replaced")


@verb("use", key="key-use")
@OFFICE
@key_options
@_REPLACE
@BY
def _use(path: Path, key_path: Path, file: Path | None, by: str, *, replace: bool) -> None:
    with opened(path, by) as office:
        public = own_keys.use_key(office, key_path, passphrase_of(file), by=by, replace=replace)
    say("cli.key.used")
    show_groups(whole_fingerprint(public))


@verb("letter", key="key-letter")
@OFFICE
@option("--to", "target", about="letter-to", metavar="file", type=PATH, required=True)
@printed
def _letter(path: Path, target: Path, how: Printed) -> None:
    with opened(path) as office:
        book = letter_of(office)
    how.write(book, target)
    say("cli.key.letter", path=str(target))


@verb("show", key="key-show")
@OFFICE
@FORMAT
def _show(path: Path, shape: str) -> None:
    with opened(path) as office:
        own, ours = own_standing(office), [one.to_data() for one in post_standings(office)]
        issuer = certifying.describe(office, own.certificate.issuer) if own.certificate else ""
    data = {"standing": own.state.value, "key": own.key, "issuer": issuer, "posts": ours}
    if shape == "json":
        tables.show_json(data)
    elif shape == "csv":
        tables.show_csv(("post", "key", "serial", "revoked", "lost"), ours)
    else:
        say("cli.key.standing", standing=session().words[f"key-own.{own.state.value}"])
        if own.key:
            show_groups(whole_fingerprint(own.key))
        if issuer and own.certificate:
            say("cli.key.by", issuer=issuer, serial=own.certificate.serial)
        for one in ours:
            state = "holds" if one["serial"] else "none"
            words = session().words
            say(
                "cli.key.post", number=one["post"], key=one["key"], state=words[f"key-post.{state}"]
            )


for _verb in (_make, _use, _show, _letter):
    key.add_command(_verb)
