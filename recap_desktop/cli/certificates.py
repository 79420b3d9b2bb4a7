"""``certificate``: keys asked for, certified, renewed, taken in, revoked and listed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from recap_desktop.cli import tables
from recap_desktop.cli.key_values import GROUPS, key_options, passphrase_of, typed_groups
from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import BY, CODE, FORMAT, MAYBE_BY, NUMBER, OFFICE, PATH, OneOf
from recap_desktop.cli.verbs import VerbGroup, argument, option, say, session, verb
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.records.trusts import Why
from recap_desktop.office.keys import (
    asking,
    certifying,
    own_keys,
    renewing,
    revoking,
    taking_certificates,
    trusted_list,
)
from recap_desktop.office.keys.standing import offices_below

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recap_desktop.office.keys.trusted_list import Listed

_TO = option("--to", "target", about="certificate-to", metavar="file", type=PATH, required=True)
_COLUMNS = ("serial", "issuer", "office", "holder", "certified-name", "key", "standing")
_WHY = tuple(why.value for why in Why)


@click.group("certificate", cls=VerbGroup, key="certificate")
def certificate() -> None:
    """Verbs about certificates."""


@verb("request", key="certificate-request")
@OFFICE
@_TO
@key_options
@MAYBE_BY
def _request(path: Path, target: Path, key_path: Path, file: Path | None, by: str) -> None:
    with opened(path, by) as office:
        key = own_keys.open_key(office, key_path, passphrase_of(file))
        written = own_keys.write_request(office, target, key=key)
    say("cli.certificate.requested", path=str(written))


@verb("issue", key="certificate-issue")
@OFFICE
@argument("request_path", metavar="request", type=PATH)
@_TO
@key_options
@GROUPS
@option("--replace", "why", about="replace-why", type=OneOf(_WHY))
@BY
def _issue(
    path: Path,
    request_path: Path,
    target: Path,
    key_path: Path,
    *,
    file: Path | None,
    groups: str,
    why: str | None,
    by: str,
) -> None:
    with opened(path, by) as office:
        requests = asking.requests_in(office, request_path)
        for one in requests:
            if one.problem is not None:
                _refuse(one, is_only=len(requests) == 1)
        wanted = [one.request for one in requests if one.request is not None]
        groups = groups if len(wanted) == 1 else ""
        key = own_keys.open_key(office, key_path, passphrase_of(file))
        for request in wanted:
            whose = certifying.describe(office, request.code)
            typed = typed_groups(groups, request.key, name=whose)
            if why:
                replaced = asking.issue_replacing(
                    office, request, typed, why=Why(why), key=key, by=by
                )
                issued = replaced.issued
                lists = revoking.write_lists(office, target)
                say("cli.certificate.carry", path=str(lists))
            else:
                issued = certifying.issue(office, request, typed, key=key, by=by)
            written = issued.write(target)
            code = "issued" if issued.is_new else "issued-again"
            serial = issued.certificate.serial
            say(f"cli.certificate.{code}", name=whose, serial=serial, path=str(written))


def _refuse(one: asking.Asked, *, is_only: bool) -> None:
    """Say why a request is refused; where it is the only one, that is the end."""
    assert one.problem is not None
    if is_only:
        raise one.problem
    why = session().words.problem(one.problem)
    say("cli.certificate.request-refused", file=one.path.name, why=why)


@verb("renew", key="certificate-renew")
@OFFICE
@_TO
@key_options
@BY
def _renew(path: Path, target: Path, key_path: Path, file: Path | None, by: str) -> None:
    with opened(path, by) as office:
        key = own_keys.open_key(office, key_path, passphrase_of(file))
        disputed = renewing.renewable(office).disputed
        made = renewing.renew(office, key=key, by=by)
        for one in made:
            whose = certifying.describe(office, one.certificate.code)
            serial, written = one.certificate.serial, str(one.write(target))
            say("cli.certificate.issued", name=whose, serial=serial, path=written)
        for code in disputed:
            say("cli.certificate.disputed", name=certifying.describe(office, code))
    if not made:
        say("cli.certificate.none-renewed")


@verb("again", key="certificate-again")
@OFFICE
@option("--region", about="again-region", metavar="code", type=CODE)
@_TO
def _again(path: Path, region: str | None, target: Path) -> None:
    with opened(path) as office:
        if region is None:
            say("cli.certificate.carry", path=str(revoking.write_lists(office, target)))
            return
        issued = asking.standing_again(office, region)
        whose, serial = certifying.describe(office, region), issued.certificate.serial
        say(
            "cli.certificate.issued-again",
            name=whose,
            serial=serial,
            path=str(issued.write(target)),
        )


@verb("posts", key="certificate-posts")
@OFFICE
@key_options
@BY
def _posts(path: Path, key_path: Path, file: Path | None, by: str) -> None:
    with opened(path, by) as office:
        key = own_keys.open_key(office, key_path, passphrase_of(file))
        made = certifying.certify_posts(office, key=key, by=by)
    for one in made:
        say("cli.certificate.post", name=one.name, serial=one.serial)
    if not made:
        say("cli.certificate.posts-known")


@verb("take", key="certificate-take")
@OFFICE
@argument("paths", metavar="certificate-files", type=PATH, nargs=-1, required=True)
@BY
def _take(path: Path, paths: tuple[Path, ...], by: str) -> None:
    files, folders = [p for p in paths if not p.is_dir()], [p for p in paths if p.is_dir()]
    with opened(path, by) as office:
        arrived = [taking_certificates.take(office, files, by=by)] if files else []
        for folder in folders:
            gathered = taking_certificates.take_folder(office, folder, by=by)
            arrived += gathered.arrived
            for file, problem in gathered.refused:
                why = session().words.problem(problem)
                say("cli.certificate.request-refused", file=file.name, why=why)
    for one in (certificate for each in arrived for certificate in each.certificates):
        say("cli.certificate.taken", name=one.name, office=dotted(one.code), serial=one.serial)
    for told in (told for each in arrived for told in each.revocations):
        gone = [(one.holder.value, one.code, one.key, one.why.value) for one in told.gone]
        _show_list(told.number, told.issuer, gone)
    counts = {
        "known": sum(each.known for each in arrived),
        "taken-revoked": len({one for each in arrived for one in each.revoked}),
        "unled": len({one for each in arrived for one in set(each.unled) - set(each.revoked)}),
    }
    for code, count in counts.items():
        if count:
            say(f"cli.certificate.{code}", count=count)


def _show_list(number: int, issuer: str, gone: Iterable[tuple[str, str, str, str]]) -> None:
    """A list of revocations, and of each key whose it was and why."""
    words, keys = session().words, tuple(gone)
    say("cli.certificate.revoked", number=number, issuer=dotted(issuer), count=len(keys))
    for holder, code, key, why in keys:
        say(
            "cli.certificate.revoked-key",
            holder=words[f"cli.holder.{holder}"],
            office=dotted(code),
            key=trusted_list.short_key(key),
            why=words[f"key-why.{why}"],
        )


@verb("revoke", key="certificate-revoke")
@OFFICE
@argument("serials", metavar="serials", type=NUMBER, nargs=-1, required=True)
@option("--why", about="revoke-why", type=OneOf(_WHY), required=True)
@option("--region", about="revoke-region", metavar="code", type=CODE)
@_TO
@key_options
@BY
def _revoke(
    path: Path,
    serials: tuple[int, ...],
    target: Path,
    key_path: Path,
    *,
    why: str,
    region: str | None,
    file: Path | None,
    by: str,
) -> None:
    with opened(path, by) as office:
        wanted = [revoking.of_serial(office, serial, region=region or "") for serial in serials]
        key = own_keys.open_key(office, key_path, passphrase_of(file))
        made, _ = revoking.revoke(office, wanted, why=Why(why), key=key, by=by)
        written = revoking.write_lists(office, target)
    gone = [(one.holder.value, one.code, one.key, one.why.value) for one in made.gone]
    _show_list(made.number, made.issuer, gone)
    say("cli.certificate.carry", path=str(written))


@verb("list", key="certificate-list")
@OFFICE
@FORMAT
def _list(path: Path, shape: str) -> None:
    with opened(path) as office:
        found = trusted_list.certificates(office)
    if shape == "json":
        tables.show_json([one.to_data() for one in found])
    elif shape == "csv":
        tables.show_csv(tuple(trusted_list.COLUMNS), (one.to_data() for one in found))
    else:
        tables.show_table(_COLUMNS, ([*_shown(one)] for one in found))


def _shown(one: Listed) -> tuple[str | int, ...]:
    words, data = session().words, one.to_data()
    return (
        data["serial"],
        dotted(data["issuer"]),
        dotted(data["office"]),
        words[f"cli.holder.{data['holder']}"],
        data["name"],
        data["key"],
        words[f"cli.standing.{data['standing']}"],
    )


@verb("below", key="certificate-below")
@OFFICE
@FORMAT
def _below(path: Path, shape: str) -> None:
    with opened(path) as office:
        rows = [row for one in offices_below(office) for row in one.to_data()]
    words = session().words
    if shape == "json":
        tables.show_json(rows)
    elif shape == "csv":
        tables.show_csv(("office", "name", "standing", "serial", "key"), rows)
    else:
        tables.show_table(
            ("office", "certified-name", "standing", "serial", "key"),
            (
                [
                    dotted(row["office"]),
                    row["name"],
                    words[f"key-below.{row['standing']}"],
                    row["serial"] or "",
                    row["key"],
                ]
                for row in rows
            ),
        )


@verb("revoked", key="certificate-revoked")
@OFFICE
@FORMAT
def _revoked(path: Path, shape: str) -> None:
    with opened(path) as office:
        rows = [one.to_data() for one in trusted_list.withdrawn(office)]
    words = session().words
    if shape == "json":
        tables.show_json(rows)
    elif shape == "csv":
        names = ("number", "issuer", "office", "holder", "key", "why", "believed")
        tables.show_csv(names, rows)
    else:
        tables.show_table(
            ("serial", "issuer", "office", "holder", "key", "why-revoked"),
            (
                [
                    row["number"],
                    dotted(row["issuer"]),
                    dotted(row["office"]),
                    words[f"cli.holder.{row['holder']}"],
                    row["key"],
                    words[f"key-why.{row['why']}"],
                ]
                for row in rows
            ),
        )


for _verb in (_request, _issue, _renew, _again, _posts, _take, _revoke, _list, _below, _revoked):
    certificate.add_command(_verb)
