"""Passwords of the people of an office at this machine: verifiers, and how often one was missed.

They lie beside the post keys, not in the office file: a copy of the file on a stick carries none,
and no export, exchange, mirror or journal can hold what the file does not. Who owns the laptop
can take them away; they stop a colleague.
"""

from __future__ import annotations

import contextlib
import json
import math
import unicodedata
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import filelock

from recap_desktop.exchange.whole_files import write_whole
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from argon2 import PasswordHasher

FEWEST = 8
"""Characters a password must have."""

MOST = 256

FREE_TRIES = 3
"""So many misses in a row cost no waiting: fingers slip."""

_FIRST_WAIT, _LONGEST_WAIT = 5.0, 900.0
"""Seconds after the miss that is one too many, doubled by each further one, and the most."""

_PATIENCE = 10.0
"""Seconds until another program that looks at the same passwords is done."""

_ROWS = ("01234567890123456789", "qwertyuiopasdfghjklzxcvbnm", "abcdefghijklmnopqrstuvwxyz")


@dataclass(slots=True)
class _Kept:
    """What is kept of one person.

    Attributes:
        verifier: argon2id with its salt and parameters.
        missed: wrong passwords since the last right one.
        last: when the last was wrong, seconds since 1970 as the laptop said.
    """

    verifier: str
    missed: int = 0
    last: float = 0.0


class Passwords:
    """Verifiers of one office at this machine."""

    def __init__(self, path: Path) -> None:
        """Use a file, which need not exist."""
        self._path = path

    def has(self, person: str) -> bool:
        """Whether somebody has a password here."""
        return person in self._read()

    def set(self, person: str, password: str) -> None:
        """Keep a new password of somebody, in place of an older one; nothing was missed yet.

        Raises:
            KnownProblem: ``machine-data-unwritable``.
        """
        verifier = _hasher().hash(_plain(password))
        with self._held():
            self._write({**self._read(), person: _Kept(verifier)})

    def check(self, person: str, password: str, *, now: float) -> None:
        """Refuse a wrong password, and every one while somebody must wait.

        A try is written down before it is judged: who ends the program meanwhile has missed.

        Args:
            person: an id of the roster who has a password here.
            password: as typed.
            now: what the laptop says, seconds since 1970.

        Raises:
            KnownProblem: ``password-wrong``, ``password-wait`` with the seconds that are left;
                ``machine-data-unwritable``.
        """
        with self._held():
            known = self._read()
            kept = known[person]
            # A clock that was set back must not make anybody wait for it.
            kept.last = min(kept.last, now)
            left = kept.last + waiting_time(kept.missed) - now
            if left > 0:
                self._write(known)
                raise KnownProblem("password-wait", seconds=math.ceil(left))
            kept.missed, kept.last = kept.missed + 1, now
            self._write(known)
            if not _is_right(kept.verifier, password):
                wait = round(waiting_time(kept.missed))
                if wait:
                    raise KnownProblem("password-wrong-wait", seconds=wait)
                raise KnownProblem("password-wrong")
            kept.missed, kept.last = 0, 0.0
            self._write(known)

    def _read(self) -> dict[str, _Kept]:
        """A file that is missing or damaged holds nothing: a chair sets passwords anew."""
        try:
            said = json.loads(self._path.read_text("utf-8"))
            return {
                str(key): _Kept(str(one["verifier"]), int(one["missed"]), float(one["last"]))
                for key, one in said.items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def _write(self, known: dict[str, _Kept]) -> None:
        said = {key: asdict(kept) for key, kept in known.items()}
        write_whole(self._path, json.dumps(said).encode())

    @contextlib.contextmanager
    def _held(self) -> Iterator[None]:
        """One program at a time: tries at once would be judged before they are counted."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with filelock.FileLock(f"{self._path}.kunci", timeout=_PATIENCE):
                yield
        except (OSError, NotImplementedError, filelock.Timeout) as error:
            reason = reason_of(error) if isinstance(error, OSError) else "EIO"
            path = str(self._path.parent)
            raise KnownProblem("machine-data-unwritable", path=path, reason=reason) from error


def waiting_time(missed: int) -> float:
    """Seconds to wait after so many wrong passwords in a row."""
    if missed < FREE_TRIES:
        return 0.0
    return min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** min(missed - FREE_TRIES, 16))


def require_sensible(password: str, *, name: str) -> None:
    """Refuse a password that is too short, or that is guessed first.

    Raises:
        KnownProblem: ``password-short``, ``password-long``, ``password-is-name``,
            ``password-plain``.
    """
    plain = _plain(password)
    if len(plain) < FEWEST:
        raise KnownProblem("password-short", fewest=FEWEST)
    if len(plain) > MOST:
        raise KnownProblem("password-long", most=MOST)
    folded = "".join(plain.casefold().split())
    if folded == "".join(_plain(name).casefold().split()):
        raise KnownProblem("password-is-name")
    in_a_row = any(folded in row or folded in row[::-1] for row in _ROWS)
    if in_a_row or len(set(folded)) < 3 or folded.startswith(("password", "katasandi")):  # noqa: PLR2004 - 12121212 is as plain as 11111111
        raise KnownProblem("password-plain")


def _plain(password: str) -> str:
    """The same letters, however the keyboard made them."""
    return unicodedata.normalize("NFKC", password)


def _hasher() -> PasswordHasher:
    # Needed by nothing else, and the window is to be up at once.
    from argon2 import PasswordHasher, Type  # noqa: PLC0415 - see above

    # 64 MiB, three times, on one core: 0.15 s on a laptop of two cores.
    return PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1, type=Type.ID)


def _is_right(verifier: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415 - as above

    try:
        return _hasher().verify(verifier, _plain(password))
    except (VerificationError, InvalidHashError):
        return False
