"""What a revision says on paper in one line (kode pengaman): readable first, then what proves it.

The line is the text of a QR code of version 13 at most. It uses the 45 characters of the
alphanumeric mode only, so that any phone shows it as it is printed, and begins with what people
compare: unit, contest, revision, TPS, votes. Root, head and signature follow in hex; in Base45
(RFC 9285) where many choices need the room; votes are left out (``-``) where even that is too
long, since the root covers them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import dotted, read_code
from recap_desktop.election.papers.sheets import MARK, Figure

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 483
"""Characters of a QR code of version 13 at level M (ISO/IEC 18004, table 7)."""

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
"""Of the alphanumeric mode, in the order of Base45."""

SIGNED = "anchor"
"""What a signature of a line is over: ``REKAP/1/anchor/`` and the SHA-256 of ``Statement.text``."""

_HASH, _SIGNATURE = 32, 64
_REHEARSAL = "LATIHAN "
_NONE = "-"
_HEX = r"AKAR ([0-9A-F]{64}) KEPALA ([0-9A-F]{64}) TTD ([0-9A-F]{128}|-)\."
_BASE45 = r"AKAR (.{48}) KEPALA (.{48}) TTD (.{96}|-)\."
_FIGURE = r"(?:\d+|-)\*?"
_READABLE = (
    r"REKAP/1 (LATIHAN )?([0-9.]+) ([0-9A-Z-]+) R(\d+) TPS (\d+) "
    rf"(-|\d+:{_FIGURE}(?: \d+:{_FIGURE})*) SAH ({_FIGURE}) TIDAK SAH ({_FIGURE})"
)
_PRINTED = re.compile(_HEX.replace(" ", ""))
_APART = r"AKAR \1 KEPALA \2 TTD \3."
_LINES = tuple(re.compile(rf"{_READABLE} {proof}") for proof in (_HEX, _BASE45))


@dataclass(frozen=True, slots=True)
class Statement:
    """What is signed: the figures people compare, and the root of all others.

    Attributes:
        rehearsal: whether the election is one (latihan).
        unit: code of the office, or of the desa that was closed.
        contest: id of the contest.
        revision: number of the close.
        stations: TPS of the contest in the unit, each with a leaf under the root.
        votes: number and sum of each choice; empty where they are left out.
        valid: sum of the valid votes.
        invalid: sum of the invalid votes.
        root: Merkle root, 32 bytes.
    """

    rehearsal: bool
    unit: str
    contest: str
    revision: int
    stations: int
    votes: tuple[tuple[int, Figure], ...]
    valid: Figure
    invalid: Figure
    root: bytes

    @property
    def readable(self) -> str:
        """What any phone shows first."""
        votes = " ".join(f"{number}:{_shown(figure)}" for number, figure in self.votes)
        return (
            f"REKAP/1 {_REHEARSAL if self.rehearsal else ''}{dotted(self.unit)}"
            f" {self.contest.upper()} R{self.revision} TPS {self.stations} {votes or _NONE}"
            f" SAH {_shown(self.valid)} TIDAK SAH {_shown(self.invalid)}"
        )

    @property
    def text(self) -> str:
        """What is signed, in one line."""
        return f"{self.readable} AKAR {_hex(self.root)}"

    def fitting(self) -> Statement:
        """The same without votes where a code of version 13 has no room for them."""
        proof = Anchor(self, bytes(_HASH), bytes(_SIGNATURE))
        return self if len(proof.line(base45)) <= MOST else replace(self, votes=())


@dataclass(frozen=True, slots=True)
class Anchor:
    """A statement with what proves it (pengaman).

    Attributes:
        statement: what is said.
        head: hash of the close, 32 bytes.
        signature: Ed25519, of the post that closed, over the statement; empty where the close
            was made by a program that did not sign it.
    """

    statement: Statement
    head: bytes
    signature: bytes

    @property
    def text(self) -> str:
        """The line: in hex where it fits, which people can compare; else in Base45."""
        plain = self.line(_hex)
        return plain if len(plain) <= MOST else self.line(base45)

    @property
    def printed(self) -> str:
        """The line in hex, whatever its code is in, in groups of four: to be read and typed."""
        return self.line(_in_groups)

    def line(self, encoded: Callable[[bytes], str]) -> str:
        """The line with its proof encoded one way.

        It ends in a dot, since a Base45 text may end in a space, which phones cut off.
        """
        signature = encoded(self.signature) if self.signature else _NONE
        return (
            f"{self.statement.readable} AKAR {encoded(self.statement.root)}"
            f" KEPALA {encoded(self.head)} TTD {signature}."
        )


def read_anchor(text: str) -> Anchor:
    """Read a line as it was scanned, or typed from print.

    Raises:
        ValueError: when it is none.
    """
    joined = _joined(text)
    for said, pattern, decoded in (
        (joined, _LINES[0], bytes.fromhex),
        (text, _LINES[1], unbase45),
    ):
        found = pattern.fullmatch(said)
        if found is None:
            continue
        rehearsal, unit, contest, revision, stations, votes, valid, invalid, *proof = found.groups()
        root, head, signature = ("" if part == _NONE else part for part in proof)
        anchor = Anchor(
            Statement(
                rehearsal=bool(rehearsal),
                unit=read_code(unit),
                contest=contest.lower(),
                revision=int(revision),
                stations=int(stations),
                votes=tuple(_choice(vote) for vote in votes.split() if vote != _NONE),
                valid=_figure(valid),
                invalid=_figure(invalid),
                root=decoded(root),
            ),
            decoded(head),
            decoded(signature),
        )
        if said in (anchor.line(_hex), anchor.line(base45)):
            return anchor
    raise ValueError(text)


def _joined(text: str) -> str:
    """A line with its hex in one piece, however it was broken and spaced in print."""
    readable, mark, proof = " ".join(text.split()).partition(" AKAR ")
    tail = _PRINTED.fullmatch("AKAR" + "".join(proof.split())) if mark else None
    return " ".join((*readable.split(), tail.expand(_APART))) if tail else text


def _choice(vote: str) -> tuple[int, Figure]:
    number, _, figure = vote.partition(":")
    return int(number), _figure(figure)


def _shown(figure: Figure) -> str:
    """A sum; with the mark of sheets where TPS are blank in it."""
    value = _NONE if figure.value is None else str(figure.value)
    return value + (MARK if figure.blanks else "")


def _figure(text: str) -> Figure:
    digits = text.removesuffix(MARK)
    return Figure(None if digits == _NONE else int(digits), int(text.endswith(MARK)))


def _hex(raw: bytes) -> str:
    return raw.hex().upper()


def _in_groups(raw: bytes) -> str:
    return raw.hex(" ", 2).upper()


def base45(raw: bytes) -> str:
    """Bytes in Base45 (RFC 9285): three characters for two bytes."""
    text = ""
    for at in range(0, len(raw), 2):
        pair = raw[at : at + 2]
        value = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            value, digit = divmod(value, len(ALPHABET))
            text += ALPHABET[digit]
    return text


def unbase45(text: str) -> bytes:
    """Bytes from Base45.

    Raises:
        ValueError: when it is none.
    """
    raw = b""
    for at in range(0, len(text), 3):
        digits = [ALPHABET.index(character) for character in text[at : at + 3]]
        value = sum(digit * len(ALPHABET) ** place for place, digit in enumerate(digits))
        try:
            raw += value.to_bytes(len(digits) - 1, "big")
        except OverflowError as error:
            raise ValueError(text) from error
    return raw
