"""What the page of keys says: its sections, how each stands, and the rows of their tables."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recap_desktop.desk.looks.appearance import Hue, ink
from recap_desktop.desk.looks.shapes import Shape, icon
from recap_desktop.desk.pieces.step_list import Step
from recap_desktop.desk.pieces.table_model import Column
from recap_desktop.election.definitions.regions import Level, dotted
from recap_desktop.office.keys.standing import (
    BelowState,
    OwnState,
    offices_below,
    own_standing,
    post_standings,
)
from recap_desktop.office.keys.trusted_list import certificates, roots, short_key, withdrawn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPalette

    from recap_desktop.desk.session import Session
    from recap_desktop.election.wording import Words
    from recap_desktop.office.keys.standing import Below, OwnKey, PostStanding
    from recap_desktop.office.keys.trusted_list import Root
    from recap_desktop.office.opening import Office


class Section(enum.Enum):
    """A part of the page, in its order."""

    OWN = "own"
    BELOW = "below"
    POSTS = "posts"
    ROOTS = "roots"
    ALL = "all"


def sections_of(office: Office) -> tuple[Section, ...]:
    """Below a kecamatan there is no office to be certified."""
    has_below = len(office.code) < Level.KECAMATAN.value
    return tuple(one for one in Section if has_below or one is not Section.BELOW)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A line of a table.

    Attributes:
        cells: as they are read.
        hue: of the shape before them.
        about: what it is of, for what is done with the chosen one.
    """

    cells: tuple[str, ...]
    hue: Hue
    about: Below | PostStanding | Root | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything that the page shows, looked up at once.

    Attributes:
        own: the key of the office.
        below: offices right below.
        posts: laptops of the office.
        roots: that are believed.
        everything: rows of certificates and of revoked keys.
    """

    own: OwnKey
    below: list[Below]
    posts: list[PostStanding]
    roots: list[Root]
    everything: list[KeyRow]


def look(session: Session) -> Seen:
    """Look up how everything stands."""
    office = session.office
    return Seen(
        own_standing(office),
        offices_below(office),
        post_standings(office),
        roots(office),
        _everything(session),
    )


def steps(session: Session, sections: Sequence[Section], seen: Seen) -> list[Step]:
    """Each section with how it stands."""
    words = session.words
    told: dict[Section, tuple[str, Hue]] = {
        Section.OWN: (words[f"key-own.{seen.own.state.value}"], _OWN_HUES[seen.own.state]),
        Section.BELOW: _told_below(words, seen.below),
        Section.POSTS: _told_posts(words, seen.posts),
        Section.ROOTS: _told_roots(session, seen.roots),
        Section.ALL: (words("desk.kunci.count-all", count=len(seen.everything)), Hue.QUIET),
    }
    return [Step(words[f"desk.kunci.{one.value}-step"], *told[one]) for one in sections]


_OWN_HUES = {
    OwnState.NONE: Hue.QUIET,
    OwnState.CONFLICT: Hue.CARE,
    OwnState.ROOT: Hue.GOOD,
    OwnState.WAITING: Hue.QUIET,
    OwnState.CERTIFIED: Hue.GOOD,
    OwnState.UNLED: Hue.CARE,
    OwnState.REVOKED: Hue.CARE,
}
_BELOW_HUES = {
    BelowState.NONE: Hue.QUIET,
    BelowState.HOLDS: Hue.GOOD,
    BelowState.SEVERAL: Hue.CARE,
    BelowState.FORMER: Hue.CARE,
    BelowState.REVOKED: Hue.CARE,
}


def _told_below(words: Words, below: list[Below]) -> tuple[str, Hue]:
    done = sum(one.state is BelowState.HOLDS for one in below)
    text = words("desk.kunci.count-below", done=done, count=len(below))
    is_odd = any(_BELOW_HUES[one.state] is Hue.CARE for one in below)
    return text, Hue.CARE if is_odd else Hue.GOOD if done == len(below) else Hue.QUIET


def _told_posts(words: Words, posts: list[PostStanding]) -> tuple[str, Hue]:
    used = [one for one in posts if not one.is_revoked and not one.post.lost]
    done = sum(one.certificate is not None for one in used)
    text = words("desk.kunci.count-posts", done=done, count=len(used))
    return text, Hue.GOOD if used and done == len(used) else Hue.QUIET


def _told_roots(session: Session, found: list[Root]) -> tuple[str, Hue]:
    words = session.words
    if any(one.standing == "conflict" for one in found):
        return words["desk.kunci.roots-conflict"], Hue.CARE
    above = [one for one in found if one.standing == "root"]
    if not above:
        return words["desk.kunci.roots-none"], Hue.QUIET
    return ", ".join(session.office_name(one.code) for one in above), Hue.GOOD


# ---------------------------------------------------------------- the key of the office


def own_facts(session: Session, own: OwnKey, medium: str, *, is_there: bool) -> list[str]:
    """Lines about the key: where it lies, who certified it, and until what that holds."""
    words = session.words
    lines = [words[f"desk.kunci.own-{own.state.value}"]]
    if own.certificate is not None:
        issuer = session.office_name(own.certificate.issuer)
        by = words("desk.kunci.own-by", issuer=issuer, serial=own.certificate.serial)
        lines = [f"{by} {lines[0]}"]
    if own.leads:
        codes = [own.leads[0].issuer, *(one.code for one in own.leads)]
        chain = " → ".join(map(session.office_name, codes))
        lines.append(words("desk.kunci.own-chain", chain=chain))
        lines.append(words("desk.kunci.own-until", election=session.office.election.title))
    if medium:
        lines.append(words(f"desk.kunci.medium-{'there' if is_there else 'away'}", path=medium))
    return lines


# ---------------------------------------------------------------- tables


def rows_of(session: Session, section: Section, seen: Seen) -> list[KeyRow]:
    """The rows of a section's table; none for the key of the office, which is shown in full."""
    words = session.words
    if section is Section.BELOW:
        return [_below_row(session, part) for one in seen.below for part in one.by_key()]
    if section is Section.POSTS:
        return [_post_row(words, one) for one in seen.posts]
    if section is Section.ROOTS:
        return [_root_row(session, one) for one in seen.roots]
    return seen.everything if section is Section.ALL else []


def _below_row(session: Session, one: Below) -> KeyRow:
    words, name = session.words, session.office_name(one.code)
    numbers = ", ".join(str(said.serial) for said in one.certificates)
    keys = ", ".join(short_key(said.key) for said in one.certificates)
    cells = (name, dotted(one.code), words[f"key-below.{one.state.value}"], numbers, keys)
    return KeyRow(cells, _BELOW_HUES[one.state], one)


def _post_row(words: Words, one: PostStanding) -> KeyRow:
    name = words("desk.kunci.post", number=one.post.number, post=one.post.short)
    if one.post.is_own:
        name = words("desk.kunci.post-own", post=name)
    state = "revoked" if one.is_revoked else "lost" if one.post.lost else ""
    state = state or ("holds" if one.certificate else "none")
    number = str(one.certificate.serial) if one.certificate else ""
    hue = {"holds": Hue.GOOD, "none": Hue.QUIET}.get(state, Hue.CARE)
    return KeyRow((name, words[f"key-post.{state}"], number, short_key(one.key)), hue, one)


def _root_row(session: Session, one: Root) -> KeyRow:
    hue = Hue.CARE if one.standing == "conflict" else Hue.GOOD
    standing = session.words[f"key-root.{one.standing}"]
    cells = (session.office_name(one.code), dotted(one.code), standing, one.short)
    return KeyRow(cells, hue, one)


_STANDING_HUES = {"holds": Hue.GOOD, "unled": Hue.QUIET, "several": Hue.CARE, "revoked": Hue.CARE}


def _everything(session: Session) -> list[KeyRow]:
    words, office = session.words, session.office
    rows = []
    for listed in certificates(office):
        one = listed.certificate
        cells = (
            words("desk.kunci.row-certificate", serial=one.serial),
            session.office_name(one.issuer),
            _whose(session, one.holder.value, one.code, post=one.name),
            short_key(one.key),
            words[f"cli.standing.{listed.standing}"],
        )
        rows.append(KeyRow(cells, _STANDING_HUES[listed.standing]))
    for gone in withdrawn(office):
        post = words["desk.kunci.a-post"]
        whose = _whose(session, gone.gone.holder.value, gone.gone.code, post=post)
        why = words[f"key-why.{gone.gone.why.value}"]
        cells = (
            words("desk.kunci.row-revoked", number=gone.number),
            session.office_name(gone.issuer),
            whose,
            short_key(gone.gone.key),
            words("desk.kunci.row-why", why=why),
        )
        rows.append(KeyRow(cells, Hue.WRONG))
    return rows


def _whose(session: Session, holder: str, code: str, *, post: str) -> str:
    name = session.office_name(code)
    return session.words("desk.kunci.post-of", post=post, office=name) if holder == "post" else name


_COLUMNS: dict[Section, tuple[tuple[str, int, str], ...]] = {
    Section.BELOW: (
        ("office", 4, ""),
        ("code", 0, "00.00.00"),
        ("state", 0, "perlu diperbarui"),
        ("number", 0, "00"),
        ("key", 0, "0000 0000"),
    ),
    Section.POSTS: (
        ("post", 4, ""),
        ("state", 2, ""),
        ("number", 0, "00"),
        ("key", 0, "0000 0000"),
    ),
    Section.ROOTS: (
        ("office", 4, ""),
        ("code", 0, "00.00.00"),
        ("state", 2, ""),
        ("key", 0, "0000 0000"),
    ),
    Section.ALL: (
        ("what", 2, ""),
        ("issuer", 3, ""),
        ("whose", 4, ""),
        ("key", 0, "0000 0000"),
        ("state", 3, ""),
    ),
}
_REQUEST_COLUMNS = (("office", 3, ""), ("code", 0, "00.00.00"), ("answer", 6, ""))


def columns_of(words: Words, palette: QPalette, section: Section) -> list[Column[KeyRow]]:
    """Columns of a section's table."""
    return _columns(words, palette, _COLUMNS.get(section, ()))


def request_columns(words: Words, palette: QPalette) -> list[Column[KeyRow]]:
    """Columns of the requests that came."""
    return _columns(words, palette, _REQUEST_COLUMNS)


def _columns(
    words: Words, palette: QPalette, said: Sequence[tuple[str, int, str]]
) -> list[Column[KeyRow]]:
    shapes = {
        hue: icon(shape, ink(palette, hue))
        for hue, shape in (
            (Hue.GOOD, Shape.CHECK),
            (Hue.CARE, Shape.TRIANGLE),
            (Hue.WRONG, Shape.CROSS),
            (Hue.QUIET, Shape.RING),
        )
    }

    def cell(at: int) -> Callable[[KeyRow], str]:
        return lambda row: row.cells[at]

    return [
        Column(
            words[f"desk.kunci.column-{name}"],
            cell(at),
            icon=(lambda row: shapes[row.hue]) if at == 0 else None,
            widest=widest,
            stretch=max(stretch, 1),
        )
        for at, (name, stretch, widest) in enumerate(said)
    ]
