"""``office emblem``: the office's own mark on its papers, shown, chosen, taken back."""

from __future__ import annotations

from pathlib import Path

from recap_desktop.cli.opened import opened
from recap_desktop.cli.values import MAYBE_BY, OFFICE, PATH
from recap_desktop.cli.verbs import option, say, verb
from recap_desktop.office.papers.emblem_choosing import (
    choose_emblem,
    own_emblem,
    read_emblem,
    take_back_emblem,
)
from recap_desktop.problems import KnownProblem


@verb("emblem", key="office-emblem")
@OFFICE
@option("--image", about="emblem-image", metavar="file", type=PATH)
@option("--neutral", about="emblem-neutral", is_flag=True)
@MAYBE_BY
def emblem(path: Path, image: Path | None, *, neutral: bool, by: str) -> None:
    """Choose the mark of the office, or say which stands."""
    if image is not None and neutral:
        raise KnownProblem("usage-emblem")
    picture = read_emblem(image) if image is not None else b""
    with opened(path, by) as office:
        if image is not None:
            choose_emblem(office, picture, image.name, by=by)
        elif neutral:
            take_back_emblem(office, by=by)
        chosen = own_emblem(office)
    if chosen is None:
        say("cli.emblem.neutral")
    else:
        say("cli.emblem.own", file=chosen.name, bytes=len(chosen.image))
