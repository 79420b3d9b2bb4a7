"""``attach``, ``attachments``, ``attachment-out``, ``attachment-remove``: pictures of the paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recap_desktop.cli import tables
from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import BY, FORMAT, MAYBE_BY, OFFICE, PATH, TPS, UNDER
from recap_desktop.cli.verbs import argument, option, say, session, verb
from recap_desktop.election.definitions.regions import dotted, parent
from recap_desktop.office.scans import attaching, scan_folders
from recap_desktop.office.scans.scan_folders import Fate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recap_desktop.election.records.attachments import Attachment
    from recap_desktop.office.opening import Office
    from recap_desktop.office.scans.scan_folders import Found
    from recap_desktop.problems import KnownProblem

FAULTS = 1
"""Exit status when a file of the folder was left away, or a picture is not here."""

_AT_ONCE = 16
_SHORT = 12
_FOUND = ("file", "fate", "station", "contest", "pages", "why")
_LISTED = ("station", "contest", "scan", "file", "pages", "size", "here")

_SHARED = frozenset({"station", "contest"})


@verb("attach")
@OFFICE
@argument("paths", metavar="scans", type=PATH, nargs=-1, required=True)
@option("--tps", about="attach-tps", metavar="tps", type=TPS)
@option("--contest", about="attach-contest", metavar="id")
@option("--every-contest", about="every-contest", is_flag=True)
@option("--preview", is_flag=True, about="attach-preview")
@MAYBE_BY
@FORMAT
def attach(
    path: Path,
    paths: tuple[Path, ...],
    tps: str | None,
    contest: str | None,
    by: str,
    shape: str,
    *,
    every_contest: bool,
    preview: bool,
) -> None:
    """Attach pictures to the TPS that their names say, or to one TPS."""
    with opened(path, "" if preview else by) as office:
        if tps:
            of = "" if every_contest else _the_contest(office, contest)
            _attach_to(office, of, tps, paths, by=by)
            return
        shelf = scan_folders.shelf(office, contest="" if every_contest else contest)
        found = list(scan_folders.judge(shelf, scan_folders.files_in(paths)))
        _show(found, shape)
        if not preview:
            _take(office, found, by=by)


def _the_contest(office: Office, contest: str | None) -> str:
    """The contest that is meant for one TPS: the one given, or the only one there is."""
    if contest is None and len(office.contests) > 1:
        raise click.MissingParameter(param=click.Option(["--contest"]))
    return contest or office.contests[0]


def _attach_to(office: Office, contest: str, tps: str, paths: Sequence[Path], *, by: str) -> None:
    for path in paths:
        done = attaching.attach(office, contest, tps, path, by=by)
        code = "cli.attach.known-one" if done is None else "cli.attach.one"
        say(code, file=path.name, tps=dotted(tps))


def _show(found: Sequence[Found], shape: str) -> None:
    rows = [_row(one) for one in found]
    if shape == "json":
        tables.show_json(rows)
    elif shape == "csv":
        tables.show_csv(_FOUND, rows)
    else:
        words = session().words
        shown = [{**row, "fate": words[f"scans.fate.{row['fate']}"]} for row in rows]
        tables.show_table(_heads(_FOUND), [[row[column] for column in _FOUND] for row in shown])
        counts = {fate: sum(one.fate is fate for one in found) for fate in Fate}
        say("cli.attach.counts", **{fate.value: count for fate, count in counts.items()})
    if any(one.why for one in found):
        session().status = FAULTS


def _row(one: Found) -> dict[str, Any]:
    return {
        "file": one.name,
        "fate": one.fate.value,
        "station": dotted(one.tps) if one.tps else "",
        "contest": one.contest,
        "pages": one.pages or None,
        "why": session().words.problem(one.why) if one.why else "",
    }


def _take(office: Office, found: Iterable[Found], *, by: str) -> None:
    """Attach what is new, some at once; what was attached stays so whatever comes after it."""
    wanted = scan_folders.to_take(office, found)
    folder = attaching.folder_of(office)
    done = 0
    for at in range(0, len(wanted), _AT_ONCE):
        part = wanted[at : at + _AT_ONCE]
        taken = [(one, scan_folders.take(one, folder)) for one in part]
        done += scan_folders.record_found(office, taken, by=by)
    say("cli.attach.done", count=done)


@verb("attachments")
@OFFICE
@option("--tps", about="attachments-tps", metavar="tps", type=TPS)
@UNDER
@option("--missing", about="attachments-missing", metavar="id")
@FORMAT
def attachments(
    path: Path, tps: str | None, under: str | None, missing: str | None, shape: str
) -> None:
    """List what is attached, or the TPS of a contest of which nothing is."""
    with opened(path) as office:
        if missing:
            lacking = attaching.without_scan(office, missing, under=tps or under or "")
            _show_lacking(office, lacking, shape)
            return
        listed = attaching.all_attachments(office, tps or under or "")
        rows = [_listed(office, one) for one in listed]
    if shape == "json":
        tables.show_json(rows)
    elif shape == "csv":
        tables.show_csv(_LISTED, ({**row, "here": int(row["here"])} for row in rows))
    else:
        words = session().words
        for row in rows:
            row["scan"] = row["scan"][:_SHORT]
            row["here"] = words["cli.attach.here" if row["here"] else "cli.attach.not-here"]
        tables.show_table(_heads(_LISTED), [[row[column] for column in _LISTED] for row in rows])


def _heads(columns: Sequence[str]) -> list[str]:
    """Codes of headings: those of pictures are their own."""
    return [column if column in _SHARED else f"scan_{column}" for column in columns]


def _listed(office: Office, one: Attachment) -> dict[str, Any]:
    return {
        "station": dotted(one.tps),
        "contest": one.contest,
        "scan": one.sha256,
        "file": one.name,
        "pages": one.pages,
        "size": one.size,
        "here": attaching.is_here(office, one),
    }


def _show_lacking(office: Office, lacking: Sequence[str], shape: str) -> None:
    tree = office.election.tree
    rows = [{"station": dotted(tps), "desa": tree.name(parent(tps))} for tps in lacking]
    if shape == "json":
        tables.show_json(rows)
    elif shape == "csv":
        tables.show_csv(("station", "desa"), rows)
    elif rows:
        tables.show_table(("station", "desa"), [[*row.values()] for row in rows])
    else:
        say("cli.attach.all-have")


@verb("attachment-out")
@OFFICE
@argument("scan", metavar="scan")
@argument("target", metavar="scan-file", type=PATH)
def attachment_out(path: Path, scan: str, target: Path) -> None:
    """Write the file of an attachment, proved against its hash."""
    with opened(path) as office:
        one = attaching.attachment_named(office, scan)
        attaching.write_out(office, one, target)
    say("cli.attach.written", file=one.name, path=str(target))


@verb("attachment-remove")
@OFFICE
@argument("scan", metavar="scan")
@option("--reason", metavar="text", required=True)
@BY
def attachment_remove(path: Path, scan: str, reason: str, by: str) -> None:
    """Take an attachment away, with a reason."""
    with opened(path, by) as office:
        one = attaching.attachment_named(office, scan)
        attaching.detach(office, one, by=by, reason=reason)
    say("cli.attach.removed", file=one.name, tps=dotted(one.tps))


def tell_left_away(problems: Iterable[KnownProblem]) -> None:
    """Say why pictures of an exchange were left away."""
    for problem in problems:
        session().status = FAULTS
        click.echo(session().words.problem(problem), err=True)
