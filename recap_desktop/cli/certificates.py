"""``certificate``: keys asked for, certified, taken in, revoked and listed; ``trust``: the roots."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recap_desktop.cli import tables
from recap_desktop.cli.key_values import GROUPS, key_options, passphrase_of, typed_groups
from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import BY, CODE, FORMAT, MAYBE_BY, NUMBER, OFFICE, PATH
from recap_desktop.cli.verbs import VerbGroup, argument, option, say, session, verb
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.office.keys import certifying, own_keys, taking_certificates, trusted_list

if TYPE_CHECKING:
    from recap_desktop.office.keys.trusted_list import Listed, Root

_TO = option("--to", "target", about="certificate-to", metavar="file", type=PATH, required=True)
_COLUMNS = ("serial", "issuer", "office", "holder", "certified-name", "key", "standing")
_ROOTS = ("office", "certified-name", "key", "standing")


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
@BY
def _issue(
    path: Path,
    request_path: Path,
    target: Path,
    key_path: Path,
    file: Path | None,
    *,
    groups: str,
    by: str,
) -> None:
    with opened(path, by) as office:
        request = certifying.read_request(office, request_path)
        whose = certifying.describe(office, request.code)
        typed = typed_groups(groups, request.key, name=whose)
        key = own_keys.open_key(office, key_path, passphrase_of(file))
        issued = certifying.issue(office, request, typed, key=key, by=by)
        written = issued.write(target)
    code = "issued" if issued.is_new else "issued-again"
    serial = issued.certificate.serial
    say(f"cli.certificate.{code}", name=whose, serial=serial, path=str(written))


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
    with opened(path, by) as office:
        arrived = taking_certificates.take(office, paths, by=by)
    for one in arrived.certificates:
        say("cli.certificate.taken", name=one.name, office=dotted(one.code), serial=one.serial)
    for told in arrived.revocations:
        serials = ", ".join(map(str, told.serials))
        issuer = dotted(told.issuer)
        say("cli.certificate.revoked", number=told.number, issuer=issuer, serials=serials)
    if arrived.known:
        say("cli.certificate.known", count=arrived.known)
    if arrived.unled:
        say("cli.certificate.unled", count=len(arrived.unled))


@verb("revoke", key="certificate-revoke")
@OFFICE
@argument("serials", metavar="serials", type=NUMBER, nargs=-1, required=True)
@_TO
@key_options
@BY
def _revoke(
    path: Path,
    serials: tuple[int, ...],
    target: Path,
    key_path: Path,
    *,
    file: Path | None,
    by: str,
) -> None:
    with opened(path, by) as office:
        key = own_keys.open_key(office, key_path, passphrase_of(file))
        made, raw = certifying.revoke(office, serials, key=key, by=by)
        written = certifying.write_revocations(made, raw, target)
    gone = ", ".join(map(str, made.serials))
    say("cli.certificate.revoked", number=made.number, issuer=dotted(made.issuer), serials=gone)
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


for _verb in (_request, _issue, _posts, _take, _revoke, _list):
    certificate.add_command(_verb)


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
