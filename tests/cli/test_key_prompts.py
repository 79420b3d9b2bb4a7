"""What verbs about keys ask at a terminal: passphrases unseen, and groups with the others shown."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from recap_desktop.office.keys.key_typing import whole_fingerprint
from recap_desktop.office.keys.trusting import own_key_of
from recap_desktop.office.opening import open_office
from tests.cli.lines import WORDS, done
from tests.made_up.keys import PHRASE, Keyed, three_offices
from tests.made_up.offices import Clock

if sys.platform == "win32":
    pytest.skip("a terminal of this kind is not there", allow_module_level=True)

import pty

PATIENCE = 60.0
"""Seconds that a run may take on a laptop that is busy."""

Answer = str | Callable[[str], str]


@pytest.fixture(autouse=True)
def nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RECAP_PASSPHRASE", raising=False)


def at_terminal(*arguments: str | Path, answers: list[Answer]) -> tuple[int, str]:
    """Run one command line at a terminal, answering each of its questions; status and screen."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "recap_desktop", *map(str, arguments)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        screen, left, until = "", list(answers), time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if select.select([ours], [], [], 0.2)[0]:
                try:
                    screen += os.read(ours, 4096).decode()
                except OSError:
                    break
            elif left and screen.endswith(": "):
                answer = left.pop(0)
                text = answer if isinstance(answer, str) else answer(screen)
                os.write(ours, f"{text}\n".encode())
                screen += "\n"
        os.close(ours)
        status = process.wait(PATIENCE)
    assert left == [], screen
    return status, screen


def test_a_new_passphrase_is_typed_twice_and_never_shown(tmp_path: Path) -> None:
    three = three_offices(tmp_path)
    office, target = three.provinsi.office.file.path, tmp_path / "baru.kunci"
    three.close()
    make = ("key", "make", office, target, "--replace", "--by", "Ketut")
    status, screen = at_terminal(*make, answers=[PHRASE, f"{PHRASE}."])
    assert status == 2 and WORDS["problem.passphrase-not-repeated"] in " ".join(screen.split())
    assert not target.exists()
    status, screen = at_terminal(*make, answers=[PHRASE, PHRASE])
    assert status == 0 and target.exists() and PHRASE not in screen


def typed_from(letter: dict[int, str]) -> Callable[[str], str]:
    """Somebody who looks up the number that is asked in the letter."""
    return lambda screen: letter[int(re.findall(r"(\d+): $", screen)[-1])]


def fingerprint_of(keyed: Keyed) -> dict[int, str]:
    return dict(enumerate(whole_fingerprint(keyed.public), start=1))


def test_groups_of_a_root_are_asked_with_the_others_shown(tmp_path: Path) -> None:
    three = three_offices(tmp_path)
    below, above = three.kecamatan.office.file.path, three.provinsi
    three.close()
    key = three.kecamatan.medium / "KUNCI_320701.kunci"
    request = ("certificate", "request", below, "--to", tmp_path, "--key", key)
    status, _ = at_terminal(*request, answers=[PHRASE])
    assert status == 0
    # The kecamatan's own letter: its key is on record here already, so nothing changes.
    letter = typed_from(fingerprint_of(three.kecamatan))
    add = ("trust", "add", below, tmp_path / "PERMOHONAN_320701.permohonan", "--by", "Ketut")
    status, screen = at_terminal(*add, answers=[letter, letter])
    assert status == 0 and screen.count("????") == 2
    wrong = typed_from(fingerprint_of(above))
    status, screen = at_terminal(*add, answers=[wrong, wrong])
    assert status == 2
    office = open_office(below, clock=Clock())
    assert own_key_of(office) == three.kecamatan.public
    office.close()
    done("audit", below)
