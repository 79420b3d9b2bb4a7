"""Usual words of a decision, offered by number: its reason, who raised it, who decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.records.plenary import Presence
from recap_desktop.office.plenary.hall import attendance_in
from recap_desktop.office.plenary.plenaries import plenary
from recap_desktop.office.plenary.reading import PLENARY
from recap_desktop.office.plenary.seats import OBSERVERS, is_witness, seats

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recap_desktop.election.wording import Words
    from recap_desktop.office.opening import Office

MOST = 9
"""One digit chooses."""

_KETUA = "ketua"
_NOT_HEARD = frozenset(OBSERVERS[1:])
"""Observers and guests listen."""


def usual_reasons(words: Words, what: str) -> tuple[str, ...]:
    """The usual reasons of a kind of decision, in the order of their numbers.

    Args:
        words: sentences of a language.
        what: ``correct``, ``accept``, ``settle``, ``reopen-closed`` ...; see reasons.toml.
    """
    codes = (f"usual-reason.{what}.{number}" for number in range(1, MOST + 1))
    return tuple(words[code] for code in codes if code in words)


def raisers(office: Office, contest_id: str, words: Words) -> tuple[str, ...]:
    """Who may raise a matter in the hall: saksi, Panwas, the ketua; who is there is named.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    office.require_contest(contest_id)
    witnesses = [seat for seat in seats(office, contest_id) if is_witness(seat)]
    asked = (*witnesses, OBSERVERS[0], _KETUA)
    there = _there(office, contest_id)
    # Where many parties have a saksi, those that came are the ones to be offered.
    if len(asked) > MOST and there:
        asked = tuple(seat for seat in asked if seat in there)
    return _offered(_named(words, seat, there.get(seat, [""])) for seat in asked)


def deciders(office: Office, contest_id: str, words: Words) -> tuple[str, ...]:
    """Who decides: the plenary, who leads it, the ketua; who is there is named.

    Raises:
        KnownProblem: ``contest-unknown``.
    """
    office.require_contest(contest_id)
    leader = plenary(office).leader
    there = _there(office, contest_id)
    leading = [words("usual-word.leader", name=leader)] if leader else []
    ketua = _named(words, _KETUA, there.get(_KETUA, [""]))
    return _offered([[PLENARY], leading, ketua, [words["usual-word.panwas-advice"]]])


def _there(office: Office, contest_id: str) -> dict[str, list[str]]:
    """Seat -> names of those who are in the hall now."""
    found: dict[str, list[str]] = {}
    for one in attendance_in(office, contest_id):
        if one.presence is Presence.PRESENT and one.seat not in _NOT_HEARD:
            found.setdefault(one.seat, []).append(one.name)
    return found


def _named(words: Words, seat: str, names: Iterable[str]) -> list[str]:
    kind, _, number = seat.partition("-")
    called = words(f"desk.seat.{kind}", number=number)
    return [words("usual-word.named", seat=called, name=n) if n else called for n in names]


def _offered(said: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for texts in said for text in texts))[:MOST]
