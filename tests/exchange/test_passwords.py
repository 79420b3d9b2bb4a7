"""Passwords of a laptop: what is kept of them, and how long a wrong one makes somebody wait."""

from __future__ import annotations

import json
import stat
import sys
import threading
from pathlib import Path

import pytest

from recap_desktop.exchange.passwords import (
    FREE_TRIES,
    Passwords,
    require_sensible,
    waiting_time,
)
from recap_desktop.problems import KnownProblem

GOOD, WRONG = "merpati 2024", "merpati 2025"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "people" / "x.json"


def missed(kept: Passwords, now: float, password: str = WRONG) -> KnownProblem:
    with pytest.raises(KnownProblem) as caught:
        kept.check("ani", password, now=now)
    return caught.value


def test_the_right_one_is_let_in_and_no_password_is_written_anywhere(path: Path) -> None:
    kept = Passwords(path)
    assert not kept.has("ani")
    kept.set("ani", GOOD)
    kept.check("ani", GOOD, now=1.0)
    assert Passwords(path).has("ani") and not kept.has("budi")
    assert GOOD not in path.read_text("utf-8")
    assert json.loads(path.read_text("utf-8"))["ani"]["verifier"].startswith("$argon2id$")
    if sys.platform != "win32":
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_letters_are_the_same_however_the_keyboard_made_them(path: Path) -> None:
    kept = Passwords(path)
    kept.set("ani", "caf\u00e9 kopi susu")
    kept.check("ani", "cafe\u0301 kopi susu", now=1.0)


def test_waiting_grows_survives_a_restart_and_ends_with_the_right_one(path: Path) -> None:
    Passwords(path).set("ani", GOOD)
    now = 1000.0
    for _ in range(FREE_TRIES - 1):
        assert missed(Passwords(path), now).code == "password-wrong"
    problem = missed(Passwords(path), now)
    assert (problem.code, problem.details) == ("password-wrong-wait", {"seconds": 5})
    assert missed(Passwords(path), now + 4, GOOD).code == "password-wait", "even the right one"
    problem = missed(Passwords(path), now + 5)
    assert (problem.code, problem.details) == ("password-wrong-wait", {"seconds": 10})
    Passwords(path).check("ani", GOOD, now=now + 15)
    assert missed(Passwords(path), now + 15).code == "password-wrong", "and counts from the start"


def test_one_who_waits_does_not_hold_up_another(path: Path) -> None:
    kept = Passwords(path)
    kept.set("ani", GOOD)
    kept.set("budi", GOOD)
    for _ in range(FREE_TRIES):
        missed(kept, 1.0)
    kept.check("budi", GOOD, now=1.0)


def test_a_clock_that_was_set_back_makes_nobody_wait_for_it(path: Path) -> None:
    kept = Passwords(path)
    kept.set("ani", GOOD)
    for _ in range(FREE_TRIES):
        missed(kept, 9_000_000.0)
    assert missed(kept, 1.0, GOOD).details == {"seconds": 5}
    kept.check("ani", GOOD, now=6.0)


def test_waiting_never_lasts_longer_than_a_quarter_of_an_hour() -> None:
    waits = [waiting_time(missed) for missed in range(200)]
    assert waits == sorted(waits) and waits[FREE_TRIES - 1] == 0 and waits[-1] == 900


def test_tries_at_once_are_counted_one_by_one(path: Path) -> None:
    Passwords(path).set("ani", GOOD)
    problems: list[KnownProblem] = []
    tries = [
        threading.Thread(target=lambda: problems.append(missed(Passwords(path), 1.0)))
        for _ in range(FREE_TRIES + 2)
    ]
    for one in tries:
        one.start()
    for one in tries:
        one.join()
    codes = sorted(problem.code for problem in problems)
    assert codes == ["password-wait"] * 2 + ["password-wrong"] * 2 + ["password-wrong-wait"]


@pytest.mark.parametrize("held", ["", "{", "[]", '{"ani": {}}', '{"ani": 3}', "\x00"])
def test_a_damaged_file_holds_nothing_and_is_written_anew(path: Path, held: str) -> None:
    path.parent.mkdir()
    path.write_text(held, "utf-8")
    kept = Passwords(path)
    assert not kept.has("ani")
    kept.set("ani", GOOD)
    kept.check("ani", GOOD, now=1.0)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "short"),
        ("1234567", "short"),
        ("12345678", "plain"),
        ("87654321", "plain"),
        ("11111111", "plain"),
        ("12121212", "plain"),
        ("password1", "plain"),
        ("abcdefgh", "plain"),
        ("siti aminah", "is-name"),
        ("SITIAMINAH", "is-name"),
        ("x1y2" * 65, "long"),
    ],
)
def test_what_is_guessed_first_is_refused(password: str, code: str) -> None:
    with pytest.raises(KnownProblem) as caught:
        require_sensible(password, name="Siti Aminah")
    assert caught.value.code == f"password-{code}"


@pytest.mark.parametrize("password", ["20741593", "merpati 2024", "aminah-siti-7"])
def test_eight_digits_of_the_number_pad_suffice(password: str) -> None:
    require_sensible(password, name="Siti Aminah")
