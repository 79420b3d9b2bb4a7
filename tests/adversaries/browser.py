"""Asks the page of the verifier, in a real browser without a screen, what it says of files."""

from __future__ import annotations

import base64
import json
import re
import subprocess
from typing import TYPE_CHECKING

from recap_desktop import places

if TYPE_CHECKING:
    from pathlib import Path

PAGE = places.resource("verifier", "periksa.html")
_ASK = """<script>
(async () => {
  for (const [packed, edits, roots, lists] of ASKED) {
    const raw = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    for (const [at, bits] of edits) {
      raw[at] ^= bits;
      try { console.log(`said ${said(await examine(raw, roots, lists))} .`); }
      catch (error) { console.log(`said ${error instanceof Refused ? error.code : error} .`); }
      raw[at] ^= bits;
    }
  }
  console.log("said all .");
})();
function said(proved) { return proved.name ?? text(proved.totals); }
</script></body>"""

Asked = (
    tuple[bytes, list[tuple[int, int]], dict[str, str] | None]
    | tuple[bytes, list[tuple[int, int]], dict[str, str] | None, list[str]]
)
"""A file, bits that are turned in it, what is believed, and lists of revoked keys."""
AS_IT_IS = [(0, 0)]
"""No bit of the file is turned."""


def in_browser(folder: Path, asked: list[Asked]) -> list[str]:
    """What the page says of files, each with bits of one byte turned: a code, or what was proved."""
    told = [[base64.b64encode(raw).decode(), *rest] for raw, *rest in asked]
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
