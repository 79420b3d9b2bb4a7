"""What a pasted text with dots or commas may mean: every reading, and none of them guessed."""

from __future__ import annotations

import re

from recap_desktop.election.figures.counts import LARGEST

_FIGURE = re.compile(r"\d+(?:[.,]\d+)+|\d+")
_GROUP = 3


def readings(text: str) -> tuple[int, ...]:
    """The figures that a text of digits, dots, commas and spaces may mean; none for other texts.

    ``1.234`` is 1234 or, with decimals, 1; ``28.4`` may be 28.400 whose zeros a spreadsheet lost
    (error catalogue), 284 or 28; ``900,012.00`` is 900012. Figures that no cell can hold are left
    away. The one that is met most often stands first.
    """
    bare = "".join(text.split())
    if not _FIGURE.fullmatch(bare):
        return ()
    first, *groups = re.split(r"[.,]", bare)
    joined = int(first + "".join(groups))
    if not groups:
        found = [joined]
    else:
        last = groups[-1]
        whole = int(first + "".join(groups[:-1]))
        if len(last) == _GROUP:
            found = [joined, whole]
        elif len(last) < _GROUP and set(last) != {"0"}:
            found = [int(str(whole) + last.ljust(_GROUP, "0")), joined, whole]
        else:
            found = [whole, joined]
    return tuple(dict.fromkeys(figure for figure in found if figure <= LARGEST))
