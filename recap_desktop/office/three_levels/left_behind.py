"""What the demo leaves in its folder for people to open: papers, exports, both verifiers, a paper that says so."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from recap_desktop import places
from recap_desktop.exchange.whole_files import write_whole
from recap_desktop.office.keys.key_typing import whole_fingerprint
from recap_desktop.office.language import load_words
from recap_desktop.office.papers.printing import book_of, write_book
from recap_desktop.office.papers.workbooks import write_workbook
from recap_desktop.office.plenary.revisions import standing_revision
from recap_desktop.office.three_levels.players import CONTEST, PASSPHRASE
from recap_desktop.office.upward.exporting import export_results, read_results
from recap_desktop.problems import KnownProblem, reason_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recap_desktop.office.three_levels.players import Player, Stage

_IN_INDONESIAN = "BACA-SAYA.md"
_IN_ENGLISH = "READ-ME.md"
VERIFIERS = ("periksa.py", "periksa.html")


def leave(stage: Stage, players: Sequence[Player]) -> None:
    """Write what a person may open.

    Args:
        stage: the folder.
        players: the offices whose papers and exports are written, the root first.

    Raises:
        KnownProblem: ``file-cannot-be-written``, ``export-not-written``.
    """
    for player in players:
        revision = standing_revision(player.office, CONTEST)
        book = book_of(player.office, CONTEST, revision=revision)
        sheet = stage.place(f"kertas/{player.code}") / f"LATIHAN_D.HASIL_{CONTEST}.pdf"
        write_book(book, sheet)
        write_workbook(book, sheet.with_suffix(".xlsx"), time=player.office.now())
        results = read_results(player.office, CONTEST, revision=revision)
        export_results(results, stage.place(f"hasil/{player.code}"))
    root = players[0]
    try:
        for name in VERIFIERS:
            source = places.resource("verifier", name)
            shutil.copyfile(source, stage.place("pemeriksa") / name)
        for name, language in ((_IN_INDONESIAN, "id"), (_IN_ENGLISH, "en")):
            text = load_words(language)(
                "levels.readme",
                passphrase=PASSPHRASE,
                root=f"{root.code}={root.key.public.hex()}",
                fingerprint=" ".join(whole_fingerprint(root.key.public.hex())),
            )
            write_whole(stage.folder / name, text.encode())
    except OSError as error:
        reason = reason_of(error)
        raise KnownProblem(
            "file-cannot-be-written", path=str(stage.folder), reason=reason
        ) from error
