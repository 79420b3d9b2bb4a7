"""The page that checks packages says in a browser just what the program says."""

from __future__ import annotations

import base64
import json
import random
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from recap_desktop import places
from recap_desktop.exchange.certificates import Trust
from recap_desktop.office.opening import Office
from recap_desktop.office.proof.proving_packages import prove_package
from recap_desktop.office.upward.packing import write_load
from recap_desktop.problems import KnownProblem
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

PAGE = places.resource("verifier", "periksa.html")
_ASK = """<script>
(async () => {
  for (const [packed, edits, roots] of ASKED) {
    const raw = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    for (const [at, bits] of edits) {
      raw[at] ^= bits;
      try { console.log(`said ${(await verify(raw, roots)).name} .`); }
      catch (error) { console.log(`said ${error instanceof Refused ? error.code : error} .`); }
      raw[at] ^= bits;
    }
  }
  console.log("said all .");
})();
</script></body>"""

Asked = tuple[bytes, list[tuple[int, int]], dict[str, str] | None]


def in_browser(folder: Path, asked: list[Asked]) -> list[str]:
    """What the page says of packages, each with bits of one byte turned, in a real browser."""
    told = [[base64.b64encode(raw).decode(), edits, roots] for raw, edits, roots in asked]
    page = folder / "periksa.html"
    ask = _ASK.replace("ASKED", json.dumps(told))
    page.write_text(PAGE.read_text("utf-8").replace("</body>", ask), "utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"]
    command += ["--no-first-run", "--disable-background-networking", "--disable-component-update"]
    command += ["--disable-sync", f"--user-data-dir={folder / 'profile'}"]
    command += ["--enable-logging=stderr", page.as_uri()]
    said: list[str] = []
    # It never ends by itself: what it says to its console is read until it has said all.
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as browser:
        assert browser.stderr is not None
        try:
            for line in browser.stderr:
                if found := re.search(r'CONSOLE.*"said (.*) \."', line):
                    if found[1] == "all":
                        return said
                    said.append(found[1])
        finally:
            browser.kill()
    raise AssertionError(f"the browser stopped after {said}")


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
        (good, [(0, 0)], None if believed is None else dict(believed.roots))
        for believed in (None, trust, stranger)
    ]
    expected = [ours(path, believed) for believed in (None, trust, stranger)]
    for forge, code in FORGERIES.values():
        write_load(forge(load_of(office)), path, key=PPK)
        asked.append((path.read_bytes(), [(0, 0)], None))
        expected.append(code)
    for certificates, _ in several(office):
        write_load(replace(load_of(office), certificates=tuple(certificates)), path, key=PPK)
        asked.append((path.read_bytes(), [(0, 0)], dict(trust.roots)))
        expected.append(ours(path, trust))
    write_load(load_of(office), path, key=PPK)
    for table in forged_tables(path).values():
        forged = without(path, tmp_path / "f.rkp", table=table)
        asked.append((forged.read_bytes(), [(0, 0)], None))
        expected.append(ours(forged))
    assert len(expected[0]) == 64 and expected[2] == "key-not-certified"
    assert in_browser(tmp_path, asked) == expected


def test_the_browser_refuses_a_package_changed_in_any_byte(path: Path, tmp_path: Path) -> None:
    raw = path.read_bytes()
    chance = random.Random(2)
    places_ = {*range(120), *range(len(raw) - 900, len(raw)), *chance.sample(range(len(raw)), 200)}
    edits = [(at, chance.randrange(1, 256)) for at in sorted(places_)]
    cut = [(part, [(0, 0)], None) for part in (raw[:-1], raw[:1000], raw + b"\0", b"PK")]
    said = in_browser(tmp_path, [(raw, edits, None), *cut])
    assert len(said) == len(edits) + len(cut)
    assert [one for one in said if not one.startswith("package-")] == []


def test_the_page_needs_nothing_from_elsewhere() -> None:
    text = PAGE.read_text("utf-8")
    assert not re.search(r"(?:src|href)=|https?://|import\(|fetch\(|XMLHttp", text)
    assert "default-src 'none'" in text
