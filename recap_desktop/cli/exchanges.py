"""``exchange out``, ``exchange in``, ``posts``, ``post-lost``: several laptops of one office."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recap_desktop.cli import tables
from recap_desktop.cli.attaching import tell_left_away
from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import BY, FORMAT, MAYBE_BY, OFFICE, PATH
from recap_desktop.cli.verbs import VerbGroup, argument, option, say, session, verb
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.records.journal import Kind
from recap_desktop.office.posts import by_stick, scan_travel
from recap_desktop.office.posts import posts as known_posts

if TYPE_CHECKING:
    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.posts.exchanging import Taken
    from recap_desktop.office.posts.posts import Post
    from recap_desktop.office.posts.scan_travel import Travelled

FAULTS = 1
"""Exit status when a file of the folder could not be used."""

_COLUMNS = ("post", "own", "records", "first", "last", "exchanged", "lost", "late_records")


@click.group("exchange", cls=VerbGroup, key="exchange")
def exchange() -> None:
    """Verbs about files that go from post to post."""


@verb("out", key="exchange-out")
@OFFICE
@argument("folder", metavar="folder", type=PATH)
@MAYBE_BY
def _out(path: Path, folder: Path, by: str) -> None:
    with opened(path, by) as office:
        written = by_stick.exchange_out(office, folder)
        records = sum(post.records for post in known_posts.posts(office))
        say("cli.exchanged-out", path=str(written), records=records)
        _tell_pictures(scan_travel.send(office, folder), "out")


@verb("in", key="exchange-in")
@OFFICE
@argument("paths", metavar="exchange-files", type=PATH, nargs=-1, required=True)
@MAYBE_BY
def _in(path: Path, paths: tuple[Path, ...], by: str) -> None:
    with opened(path, by) as office:
        taken = by_stick.exchange_in(office, paths)
        numbers = {post.id: post.number for post in known_posts.posts(office)}
        _tell(taken, numbers)
        _tell_pictures(scan_travel.bring(office, paths), "in")


def _tell_pictures(travelled: Travelled, way: str) -> None:
    """What became of the pictures, where there are any; those that are missing are no fault."""
    if travelled.moved or (travelled.there and way == "out"):
        details = {"count": travelled.moved, "there": travelled.there}
        say(
            f"cli.exchange.scans-{way}", **(details if way == "out" else {"count": travelled.moved})
        )
    if travelled.missing:
        say("cli.exchange.scans-missing", count=len(travelled.missing))
    tell_left_away(travelled.unsound)


exchange.add_command(_out)
exchange.add_command(_in)


def _tell(taken: Taken, numbers: dict[str, int]) -> None:
    """Say what came, what changed by it, and what people must look at now."""
    words = session().words
    say("cli.exchange.taken", files=len(taken.files), new=taken.new, known=taken.known)
    for change in taken.changed:
        before, after = (
            words[f"cli.column.state.{s.value}"] for s in (change.before, change.after)
        )
        where = {"contest": change.contest, "tps": dotted(change.tps)}
        if change.before is change.after:
            say("cli.exchange.other-figures", **where, state=after)
        else:
            say("cli.exchange.changed", **where, before=before, after=after)
    for change in taken.unsettled:
        state = words[f"cli.column.state.{change.after.value}"]
        say("cli.exchange.unsettled", contest=change.contest, tps=dotted(change.tps), state=state)
    for late in taken.late:
        code = "late-of-lost" if late.of_lost else "late"
        about = _about(late.record)
        say(f"cli.exchange.{code}", **about, number=numbers[late.record.post])
    for revision in taken.moved_on:
        subject = revision.record.subject
        unit = dotted(subject["unit"])
        say(
            "cli.exchange.moved-on",
            contest=subject["contest"],
            unit=unit,
            revision=revision.number,
        )
    for problem in taken.unused:
        session().status = FAULTS
        click.echo(words.problem(problem), err=True)


def _about(record: Record) -> dict[str, str]:
    """What a record is and what it speaks of, as far as it speaks of something."""
    words = session().words
    cause = record.body["cause"] if record.kind == Kind.RULING.value else ""
    what = words[f"cli.event.{cause or record.kind.partition('/')[0]}"]
    subject = (record.contest, dotted(record.tps or record.subject.get("unit", "")))
    return {"what": what, "subject": " ".join(part for part in subject if part)}


@verb("posts")
@OFFICE
@FORMAT
def posts(path: Path, shape: str) -> None:
    """List the posts of the office."""
    with opened(path) as office:
        found = known_posts.posts(office)
    if shape == "json":
        tables.show_json([asdict(post) for post in found])
    elif shape == "csv":
        tables.show_csv(tuple(_data(found[0])), (_data(post) for post in found))
    else:
        tables.show_table(_COLUMNS, ([*_shown(post)] for post in found))


def _data(post: Post) -> dict[str, Any]:
    return {**asdict(post), "is_own": int(post.is_own)}


def _shown(post: Post) -> tuple[str | int | None, ...]:
    words = session().words
    name = words("cli.post.name", number=post.number, post=post.short)
    own = words["cli.post.own"] if post.is_own else ""
    times = (time.replace("T", " ") for time in (post.first, post.last, post.exchanged, post.lost))
    return name, own, post.records, *times, post.late or None


@verb("post-lost")
@OFFICE
@argument("post", metavar="post")
@option("--reason", metavar="text", required=True)
@BY
def post_lost(path: Path, post: str, reason: str, by: str) -> None:
    """Record that a post is lost."""
    with opened(path, by) as office:
        lost = known_posts.post_named(office, post)
        known_posts.declare_lost(office, lost.id, by=by, reason=reason)
    say("cli.post-lost", number=lost.number, post=lost.short, records=lost.records)
