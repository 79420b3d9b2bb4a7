"""The posts of an office (meja): which there are, how far each is known here, and which are lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.election.records import journal
from recap_desktop.election.records.canonical import clean_text
from recap_desktop.election.records.journal import Draft, Kind
from recap_desktop.election.records.roles import Deed
from recap_desktop.election.records.soundness import is_sound
from recap_desktop.office.people.people import signer
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recap_desktop.election.records.journal import Record
    from recap_desktop.office.opening import Office

SHORT = 8
"""Letters of a post's id that people see."""

_MOST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Post:
    """One laptop of the office (meja), as far as it is known here.

    Attributes:
        id: 32 hex digits.
        number: people call it Meja 1, 2 ...; in the order in which the posts began as far as
            they are known here, so it is shown and never decides.
        is_own: whether this laptop writes as it.
        first: time of its first record, as its laptop said.
        last: time of the last one that is known here.
        records: how many are known here.
        exchanged: time of the newest file of it that was taken in here; empty when none was.
        lost: time at which it was declared lost; empty when it was not, or came back.
        late: its records that came after it was declared lost.
    """

    id: str
    number: int
    is_own: bool
    first: str
    last: str
    records: int
    exchanged: str
    lost: str
    late: int

    @property
    def short(self) -> str:
        """The beginning of its id, for names of files and lists."""
        return self.id[:SHORT]


@dataclass(frozen=True, slots=True)
class Loss:
    """How far a post was known when it was declared lost, and where it came back (meja hilang).

    Attributes:
        record: the declaration.
        known: chain -> last sequence number known there; what comes beyond it is late.
        back: the same where the post itself heard of it; None as long as it has not.
    """

    record: Record
    known: Mapping[str, int]
    back: Mapping[str, int] | None

    @property
    def post(self) -> str:
        """The post that was lost."""
        return str(self.record.body["post"])

    def covers(self, chain: str, seq: int) -> bool:
        """Whether a record of the lost post is one that nobody had when it was lost."""
        return seq > self.known.get(chain, 0) and (
            self.back is None or seq <= self.back.get(chain, 0)
        )


def losses(office: Office) -> list[Loss]:
    """Every declaration that a post is lost, also of those that came back.

    What somebody else has written into the file and is none is left to the audit.
    """
    records = [r for r in office.file.journal.records_of_kind(Kind.LOSS) if is_sound(r)]
    back = {key: _heads(record) for record in records for key in record.over}
    return [
        Loss(record, _heads(record), back.get(record.id)) for record in records if not record.over
    ]


def _heads(record: Record) -> dict[str, int]:
    return {chain: seq for chain, seq, _ in record.body["heads"]}


def is_late(record: Record, known: Iterable[Loss]) -> bool:
    """Whether a record came from a post that had been declared lost without it."""
    return any(loss.post == record.post and loss.covers(record.chain, record.seq) for loss in known)


def numbers(geneses: Iterable[Record]) -> dict[str, int]:
    """The number people call each post by, from the first records of all posts."""
    ordered = sorted(geneses, key=lambda record: (record.time, record.id))
    return {post: n for n, post in enumerate(dict.fromkeys(r.post for r in ordered), start=1)}


def posts(office: Office) -> list[Post]:
    """Every post that ever wrote in this office, as far as it is known here, by number."""
    table = office.file.journal
    geneses = {record.post: record for record in table.records_of_kind(Kind.GENESIS)}
    heads, known = _heads_of_posts(office), losses(office)
    return [
        Post(
            id=post,
            number=number,
            is_own=office.post is not None and post == office.post.id,
            first=geneses[post].time,
            last=max(_time(office, key) for _, key in heads[post].values()),
            records=sum(seq for seq, _ in heads[post].values()),
            exchanged=office.file.setting(exchange_setting(post)),
            lost=min(
                (one.record.time for one in known if one.post == post and one.back is None),
                default="",
            ),
            late=_late(heads[post], [loss for loss in known if loss.post == post]),
        )
        for post, number in numbers(geneses.values()).items()
    ]


def _heads_of_posts(office: Office) -> dict[str, dict[str, tuple[int, str]]]:
    found: dict[str, dict[str, tuple[int, str]]] = {}
    for chain, head in office.file.journal.heads().items():
        found.setdefault(chain.partition("/")[0], {})[chain] = head
    return found


def _time(office: Office, key: str) -> str:
    record = office.file.journal.record(key)
    return record.time if record else ""


def _late(heads: Mapping[str, tuple[int, str]], known: list[Loss]) -> int:
    return sum(
        any(loss.covers(chain, seq) for loss in known)
        for chain, (last, _) in heads.items()
        for seq in range(1, last + 1)
        if known
    )


def exchange_setting(post: str) -> str:
    """Where this file remembers until when it has what a post wrote to a stick."""
    return f"exchange {post}"


def post_named(office: Office, said: str) -> Post:
    """The post that somebody means by its number, or by the beginning of its id.

    Raises:
        KnownProblem: ``post-unknown``.
    """
    known = posts(office)
    wanted = said.strip().lower()
    if len(wanted) <= _MOST_DIGITS:
        found = [post for post in known if str(post.number) == wanted]
    else:
        found = [post for post in known if post.id.startswith(wanted)]
    if len(found) != 1:
        listed = ", ".join(f"{post.number} ({post.short})" for post in known)
        raise KnownProblem("post-unknown", post=said, posts=listed)
    return found[0]


def declare_lost(office: Office, post_id: str, *, by: str, reason: str) -> Record:
    """Record that a post is lost: its laptop burnt, was stolen, or will not start.

    Its records that are known here stay as they are. What it wrote beyond them must be typed
    anew; if it turns up after all, it is taken in like anything else, shown as late, and every
    figure that differs from what was typed meanwhile stands as a difference or a conflict.

    Args:
        office: the open office.
        post_id: the post, 32 hex digits.
        by: name of the person who records it.
        reason: what happened to it; never empty.

    Raises:
        KnownProblem: ``post-unknown``, ``post-is-own``, ``post-already-lost``,
            ``reason-missing``; or when nothing can be written.
    """
    office.require_writable()
    post = post_named(office, post_id)
    if post.is_own:
        raise KnownProblem("post-is-own")
    heads = _heads_of_posts(office)[post.id]
    now = {chain: seq for chain, (seq, _) in heads.items()}
    if any(one.post == post.id and one.back is None and one.known == now for one in losses(office)):
        raise KnownProblem("post-already-lost", number=post.number)
    if not clean_text(reason):
        raise KnownProblem("reason-missing")
    body = {"post": post.id, "heads": _as_body(heads), "reason": clean_text(reason)}
    person = signer(office, by, Deed.DECLARE_LOST)
    draft = Draft(Kind.LOSS, time=office.now(), person=person, subject={}, body=body)
    return office.record(journal.OFFICE_CHAIN, [draft])[0]


def come_back(office: Office) -> Record | None:
    """Record how far this post had come when it heard that others had declared it lost.

    What it writes from now on is as good as anybody's; what it wrote before stays late. None
    when nobody thinks it lost.
    """
    assert office.post is not None
    own = office.post.id
    open_ones = [one for one in losses(office) if one.post == own and one.back is None]
    if not open_ones:
        return None
    body = {"post": own, "heads": _as_body(_heads_of_posts(office)[own]), "reason": ""}
    over = tuple(loss.record.id for loss in open_ones)
    draft = Draft(Kind.LOSS, time=office.now(), person="", subject={}, body=body, over=over)
    return office.record(journal.OFFICE_CHAIN, [draft])[0]


def _as_body(heads: Mapping[str, tuple[int, str]]) -> list[list[str | int]]:
    return [[chain, seq, key] for chain, (seq, key) in heads.items()]
