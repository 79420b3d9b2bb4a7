"""The page that checks packages says in a browser just what the program says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from recap_desktop.exchange.certificates import Trust
from recap_desktop.office.opening import Office
from recap_desktop.office.proof.proving_packages import prove_package
from recap_desktop.office.upward.packing import write_load
from recap_desktop.problems import KnownProblem
from tests.adversaries.browser import AS_IT_IS, PAGE, Asked, in_browser
from tests.office.test_packing import (
    FORGERIES,
    PPK,
    certified,
    forged_tables,
    load_of,
    office,
    several,
    without,
)

__all__ = ["office"]


def ours(path: Path, trust: Trust | None = None) -> str:
    try:
        return prove_package(path, trust=trust).hash
    except KnownProblem as problem:
        return problem.code


@pytest.fixture
def path(office: Office, tmp_path: Path) -> Path:
    path = tmp_path / "p.rkp"
    write_load(load_of(office), path, key=PPK)
    return path


def test_the_browser_says_what_the_program_says(office: Office, path: Path, tmp_path: Path) -> None:
    _, trust = certified(office)
    stranger = Trust(trust.realm, {"3207": "ab" * 32})
    good = path.read_bytes()
    asked: list[Asked] = [
        (good, AS_IT_IS, None if believed is None else dict(believed.roots))
        for believed in (None, trust, stranger)
    ]
    expected = [ours(path, believed) for believed in (None, trust, stranger)]
    for forge, code in FORGERIES.values():
        write_load(forge(load_of(office)), path, key=PPK)
        asked.append((path.read_bytes(), AS_IT_IS, None))
        expected.append(code)
    for certificates, _ in several(office):
        write_load(replace(load_of(office), certificates=tuple(certificates)), path, key=PPK)
        asked.append((path.read_bytes(), AS_IT_IS, dict(trust.roots)))
        expected.append(ours(path, trust))
    write_load(load_of(office), path, key=PPK)
    for table in forged_tables(path).values():
        forged = without(path, tmp_path / "f.rkp", table=table)
        asked.append((forged.read_bytes(), AS_IT_IS, None))
        expected.append(ours(forged))
    assert len(expected[0]) == 64 and expected[2] == "key-not-certified"
    assert in_browser(tmp_path, asked) == expected


def test_the_browser_refuses_what_is_cut_off_or_no_package(path: Path, tmp_path: Path) -> None:
    raw = path.read_bytes()
    cut: list[Asked] = [
        (part, AS_IT_IS, None) for part in (raw[:-1], raw[:1000], raw + b"\0", b"PK", b"")
    ]
    said = in_browser(tmp_path, cut)
    assert [one for one in said if not one.startswith("package-")] == []


def test_the_page_needs_nothing_from_elsewhere() -> None:
    text = PAGE.read_text("utf-8")
    assert not re.search(r"(?:src|href)=|https?://|import\(|fetch\(|XMLHttp", text)
    assert "default-src 'none'" in text
