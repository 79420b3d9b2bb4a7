"""A key shown with some groups of its fingerprint hidden, which somebody types from the letter."""

from __future__ import annotations

from dataclasses import dataclass

from recap_desktop.exchange.signing import asked_groups, fingerprint, is_typed
from recap_desktop.problems import KnownProblem

HIDDEN = "????"


@dataclass(frozen=True, slots=True)
class Shown:
    """A fingerprint as a screen shows it while parts are typed (sidik kunci).

    Attributes:
        groups: sixteen groups of four hex digits; what is asked stands as question marks.
        asked: numbers of the hidden groups as they stand on the letter, from 1, ascending.
    """

    groups: tuple[str, ...]
    asked: tuple[int, ...]

    @property
    def numbers(self) -> str:
        """The hidden groups, for a sentence: ``3, 11``."""
        return ", ".join(map(str, self.asked))


def shown(key: str) -> Shown:
    """A public key in hex with the groups hidden that are typed from the signed letter."""
    public = bytes.fromhex(key)
    places = asked_groups(public)
    groups = (HIDDEN if at in places else group for at, group in enumerate(fingerprint(public)))
    return Shown(tuple(groups), tuple(place + 1 for place in places))


def whole_fingerprint(key: str) -> tuple[str, ...]:
    """All sixteen groups of a public key in hex."""
    return fingerprint(bytes.fromhex(key))


def require_typed(key: str, typed: str) -> None:
    """Refuse a key whose hidden groups were not typed as they are.

    Args:
        key: raw public key in hex.
        typed: the hidden groups in their order, with spaces between.

    Raises:
        KnownProblem: ``fingerprint-not-typed``.
    """
    if not is_typed(bytes.fromhex(key), tuple(typed.split())):
        raise KnownProblem("fingerprint-not-typed", groups=shown(key).numbers)
