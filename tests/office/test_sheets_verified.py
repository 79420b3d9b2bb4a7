"""What lies inside the PDF of a close, and its code in print, are proved by both verifiers too."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from recap_desktop.election.records.canonical import canonical
from recap_desktop.office.papers.printing import book_of, write_book
from recap_desktop.office.plenary.revisions import standing_revision
from recap_desktop.office.proof.proving_sheets import prove_sheet
from tests.adversaries.attack_bench import STRANGER
from tests.adversaries.bare_verifier import Bare, bare_python, busy_ladder, script
from tests.adversaries.browser import AS_IT_IS, Asked, in_browser
from tests.made_up.offices import BUPATI, CIAMIS
from tests.made_up.upward import KABKO, Ladder


@pytest.fixture(scope="module")
def verifier() -> ModuleType:
    return script()


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Bare:
    return bare_python(tmp_path_factory.mktemp("telanjang"))


@pytest.fixture(scope="module")
def ladder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ladder]:
    ladder = busy_ladder(tmp_path_factory.mktemp("tangga"))
    yield ladder
    ladder.close()


def sheet(ladder: Ladder, code: str) -> Path:
    office = ladder.offices[code]
    path = ladder.folder / f"{code}.pdf"
    write_book(book_of(office, BUPATI, revision=standing_revision(office, BUPATI)), path)
    return path


@pytest.mark.parametrize("code", [CIAMIS, KABKO])
def test_the_results_in_a_pdf_and_the_code_in_print_are_those_of_the_package(
    ladder: Ladder, bare: Bare, verifier: ModuleType, code: str
) -> None:
    path = sheet(ladder, code)
    proved = prove_sheet(path)
    said = verifier.verify_sheet(path)
    assert (said["totals"], said["key"]) == (proved.totals, proved.post_key)
    shown = in_browser(ladder.folder, [(path.read_bytes(), AS_IT_IS, None)])
    assert shown == [canonical(dict(proved.totals)).decode()]
    package = max(ladder.folder.glob(f"{code}-*.rkp"), key=lambda one: one.stat().st_mtime_ns)
    printed = " ".join(proved.line[at : at + 30] for at in range(0, len(proved.line), 30))
    told = bare.ask(path, package, "--teks", printed.lower())
    assert (told.returncode, told.stderr) == (0, "")
    other = proved.line.replace(f"1:{proved.totals['votes.1']}", "1:999")
    told = bare.ask(path, package, "--teks", other)
    assert told.returncode == 1 and told.stdout.count("line-differs") == 2


def test_a_pdf_that_says_otherwise_inside_is_refused(
    ladder: Ladder, verifier: ModuleType, tmp_path: Path
) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7\nstream\nnothing\nendstream")
    with pytest.raises(verifier.Refused, match="sheet-nothing-inside"):
        verifier.verify_sheet(tmp_path / "x.pdf")
    raw = sheet(ladder, CIAMIS).read_bytes()
    inside = json.loads(verifier.inside_pdf(raw))
    close, leaves = inside["close"], inside["leaves"]
    lied = [{**leaves[0], "cells": {**leaves[0]["cells"], "votes.1": 1}}, *leaves[1:]]
    body = {**close["body"], "totals": {**close["body"]["totals"], "votes.1": 1}}
    definition = {**inside["definition"], "form": {}}
    lies: list[tuple[dict[str, Any], str]] = [
        ({"leaves": lied}, "sheet-root"),
        ({"leaves": leaves[1:]}, "sheet-root"),
        ({"close": {**close, "body": body}}, "sheet-close"),
        ({"post_key": STRANGER.public.hex()}, "sheet-signature"),
        ({"definition": definition}, "sheet-contest"),
        ({"v": 2}, "sheet-damaged"),
        ({"statement": {**inside["statement"], "revision": 9}}, "sheet-close"),
        ({"leaves": [1]}, "sheet-damaged"),
    ]
    files = [(in_pdf(canonical({**inside, **changes})), code) for changes, code in lies]
    files += [(raw + raw, "sheet-damaged"), (b"%PDF-1.7 nothing", "sheet-nothing-inside")]
    assert verifier.inside_pdf(in_pdf(canonical(inside))) == canonical(inside)
    for made_up, code in files:
        (tmp_path / "x.pdf").write_bytes(made_up)
        with pytest.raises(verifier.Refused) as caught:
            verifier.examine(tmp_path / "x.pdf", None)
        assert caught.value.args[0] == code
    asked: list[Asked] = [(made_up, AS_IT_IS, None) for made_up, _ in files]
    assert in_browser(tmp_path, asked) == [code for _, code in files]


def in_pdf(raw: bytes) -> bytes:
    """A file as it lies in a PDF; there is nothing else in this one."""
    packed = zlib.compress(raw)
    head = b"%PDF-1.7\n1 0 obj\n<< /Type /EmbeddedFile /Length " + str(len(packed)).encode()
    return head + b" >>\nstream\n" + packed + b"\nendstream\nendobj\n"
