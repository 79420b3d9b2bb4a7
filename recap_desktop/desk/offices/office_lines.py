"""What the Kantor page says line by line: its laptops, its definitions, what an exchange brought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.desk.looks.appearance import Hue
from recap_desktop.election.definitions.regions import dotted
from recap_desktop.election.records.journal import Kind
from recap_desktop.election.wording import number_text, time_text
from recap_desktop.office.posts.posts import posts
from recap_desktop.office.proof.history import definition_history

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recap_desktop.desk.offices.stick_exchange import Exchanged
    from recap_desktop.desk.session import Session
    from recap_desktop.election.wording import Words
    from recap_desktop.office.plenary.revisions import Revision
    from recap_desktop.office.posts.exchanging import Late, StateChange, Taken
    from recap_desktop.office.posts.posts import Post
    from recap_desktop.problems import KnownProblem

MOST_LINES = 300


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """One line, and what can be done from it.

    Attributes:
        text: as it is read.
        hue: of its sign; quiet ones have none.
        contest: together with ``tps``, the form that Enter opens.
        tps: 13-digit key; empty where no form is spoken of.
        post: the laptop that is spoken of; empty where it is this one, or none.
        is_heading: whether it stands above others.
    """

    text: str
    hue: Hue = Hue.QUIET
    contest: str = ""
    tps: str = ""
    post: str = ""
    is_heading: bool = False


def moment(words: Words, iso: str) -> str:
    """A time of a record as people say it."""
    return f"{words.date(iso[:10])} {time_text(iso)}"


def facts(session: Session) -> str:
    """Three lines: which election and how it is counted, code and definition, where all is kept."""
    office, words = session.office, session.words
    mirror = office.mirror
    code = "none" if mirror is None else "present" if mirror.is_present else "missing"
    kind = "double" if office.file.double_entry else "single"
    return words(
        "desk.kantor.about",
        election=office.election.title,
        date=words.date(office.election.date),
        mode=words[f"desk.kantor.mode-{office.election.mode.value}"],
        entry=words[f"desk.kantor.entry-{kind}"],
        code=dotted(office.code),
        version=office.election.version,
        mirror=words(
            f"desk.kantor.mirror-{code}", **({"path": str(mirror.path)} if mirror else {})
        ),
        file=str(office.file.path),
    )


def rest_lines(session: Session) -> list[OfficeLine]:
    """What is seen at rest: the laptops of the office, then the versions of its definition."""
    heading = OfficeLine(session.words["desk.kantor.definitions"], is_heading=True)
    known = [_post(session.words, post) for post in posts(session.office)]
    return [*known, heading, *_versions(session)]


def _post(words: Words, post: Post) -> OfficeLine:
    details: dict[str, str | int] = {
        "number": post.number,
        "post": post.short,
        "records": number_text(post.records),
        "first": moment(words, post.first),
        "last": moment(words, post.last),
    }
    if post.is_own:
        parts = [words("desk.kantor.post-own", **details)]
    else:
        code = "exchanged-until" if post.exchanged else "never-exchanged"
        time = {"time": moment(words, post.exchanged)} if post.exchanged else {}
        parts = [words("desk.kantor.post-other", **details), words(f"desk.kantor.{code}", **time)]
    if post.lost:
        parts.append(words("desk.kantor.lost", time=moment(words, post.lost)))
    if post.late:
        parts.append(words("desk.kantor.late-records", count=number_text(post.late)))
    hue = Hue.CARE if post.lost or post.late else Hue.QUIET
    return OfficeLine(" ".join(parts), hue, post="" if post.is_own else post.id)


def _versions(session: Session) -> Iterator[OfficeLine]:
    words, office = session.words, session.office
    first = office.file.definitions.first.version
    yield OfficeLine(words("desk.kantor.version-first", version=first))
    for event in definition_history(office):
        body = event.record.body
        reason = body["reason"]
        if body["decided_by"]:
            reason = words("desk.kantor.reason", reason=reason, decided=body["decided_by"])
        yield OfficeLine(
            words(
                "desk.kantor.version",
                version=body["version"],
                time=moment(words, event.record.time),
                person=event.person,
                reason=reason,
            )
        )


def problem_lines(session: Session, problem: KnownProblem) -> list[OfficeLine]:
    """Everything that does not fit, each as a sentence."""
    words = session.words
    first = OfficeLine(words.problem(problem), Hue.CARE)
    return [first, *(OfficeLine(words.fault(fault), Hue.CARE) for fault in problem.faults)]


def picture_lines(session: Session, exchanged: Exchanged) -> list[OfficeLine]:
    """What became of the pictures, where there are any: a line each, none that all is as it was."""
    words, brought, sent = session.words, exchanged.brought, exchanged.sent
    lines = problem_lines(session, exchanged.unsent) if exchanged.unsent else []
    for problem in (*brought.unsound, *sent.unsound):
        lines += problem_lines(session, problem)
    if brought.missing:
        text = words("desk.kantor.pictures-missing", count=len(brought.missing))
        lines.append(OfficeLine(text, Hue.QUIET))
    for code, count in (("brought", brought.moved), ("sent", sent.moved)):
        if count:
            lines.append(OfficeLine(words(f"desk.kantor.pictures-{code}", count=count)))
    return lines


def taken_lines(session: Session, taken: Taken) -> list[OfficeLine]:
    """What an exchange brought: first what people must look at, then what only changed."""
    lines = [line for problem in taken.unused for line in problem_lines(session, problem)]
    unsettled = {(change.contest, change.tps) for change in taken.unsettled}
    numbers = {post.id: post.number for post in posts(session.office)}
    lines += [_change(session, change, "unsettled", Hue.CARE) for change in taken.unsettled]
    lines += [_late(session, late, numbers[late.record.post]) for late in taken.late]
    lines += [_moved_on(session, revision) for revision in taken.moved_on]
    changed = [c for c in taken.changed if (c.contest, c.tps) not in unsettled]
    lines += [_change(session, change, "changed", Hue.QUIET) for change in changed]
    return lines or [OfficeLine(session.words["desk.kantor.nothing-changed"])]


def _change(session: Session, change: StateChange, code: str, hue: Hue) -> OfficeLine:
    text = session.words(
        f"desk.kantor.{code}",
        station=session.station(change.tps),
        contest=session.contest_name(change.contest),
        state=session.words[f"cli.column.state.{change.after.value}"],
    )
    return OfficeLine(text, hue, contest=change.contest, tps=change.tps)


def _late(session: Session, late: Late, number: int) -> OfficeLine:
    words, record = session.words, late.record
    code = "late-of-lost" if late.of_lost else "late"
    cause = record.body["cause"] if record.kind == Kind.RULING.value else ""
    what = words[f"cli.event.{cause or record.kind.partition('/')[0]}"]
    subject = [session.station(record.tps)] if record.tps else []
    subject += [session.contest_name(record.contest)] if record.contest else []
    text = words(f"desk.kantor.{code}", number=number, what=", ".join([what, *subject]))
    return OfficeLine(text, Hue.CARE, contest=record.contest, tps=record.tps)


def _moved_on(session: Session, revision: Revision) -> OfficeLine:
    subject = revision.record.subject
    text = session.words(
        "desk.kantor.moved-on",
        contest=session.contest_name(subject["contest"]),
        unit=session.office.election.tree.name(subject["unit"]),
        number=revision.number,
    )
    return OfficeLine(text, Hue.CARE)


def shown(words: Words, lines: Iterable[OfficeLine]) -> list[OfficeLine]:
    """As many as a list holds; of the rest it is said how many there are."""
    held = list(lines)
    if len(held) <= MOST_LINES:
        return held
    more = words("desk.kantor.more", count=number_text(len(held) - MOST_LINES))
    return [*held[:MOST_LINES], OfficeLine(more)]
