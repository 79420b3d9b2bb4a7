"""A kabko that receives from a kecamatan, for those who look at the screens and for journeys."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from recap_desktop.desk.rail import Place
from recap_desktop.office.entry import entering, ruling
from recap_desktop.office.plenary import closing
from recap_desktop.office.upward import alarms
from recap_desktop.office.upward.package_preview import preview
from recap_desktop.office.upward.sending import send
from tests.made_up.keys import certify, keyed
from tests.made_up.offices import BUPATI, TPS, tiny_election, valid_bupati
from tests.made_up.upward import DECISION
from tests.scenes import key_scenes, send_scenes, where_scenes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from recap_desktop.desk.office_desk import OfficeDesk


TUTI = "Tuti"


@dataclass
class Sent:
    """Where a made-up kabko receives from: its office file, and packages that came in order.

    Attributes:
        packages: the first revision, the second, and one that branches off.
    """

    packages: tuple[Path, ...]


def prepare(folder: Path, path: Path) -> Sent:
    """A kabko with a key at ``path``, and two revisions of one of its kecamatan."""
    election = tiny_election()
    upper = keyed(folder, "3207", election, on_medium=True)
    lower = keyed(folder, "320701", election)
    certify(upper, lower)
    rows = [(tps, valid_bupati(40 + at)) for at, tps in enumerate(TPS)]
    entering.enter_all(lower.office, BUPATI, rows, by="Siti")
    closing.close(lower.office, BUPATI, by="Siti", place="Ciamis")
    from recap_desktop.office.keys.certifying import certify_posts  # noqa: PLC0415

    certify_posts(lower.office, key=lower.key, by="Ketut")
    made = []
    for number in (1, 2):
        stick = folder / f"stik-{number}"
        stick.mkdir()
        if number == 2:
            closing.reopen_contest(
                lower.office, BUPATI, by="Siti", reason="keliru", decided_by="Ketua"
            )
            ruling.correct(lower.office, BUPATI, TPS[0], changes={"votes.1": 39}, decision=DECISION)
            ruling.accept(lower.office, BUPATI, TPS[0], decision=DECISION)
            closing.close(lower.office, BUPATI, by="Siti", place="Ciamis")
        made.append(send(lower.office, BUPATI, stick, key=lower.key, by="Siti").path)
    lower.office.close()
    upper.office.close()
    (folder / "3207.rekap").rename(path)
    return Sent(tuple(made))


def children(path: Path) -> None:
    """A kabko that waits for its kecamatan; packages lie beside it."""
    folder = path.parent / path.stem
    folder.mkdir()
    prepare(folder, path)


def show(desk: OfficeDesk) -> None:
    desk.session.choose_person(TUTI)
    desk.go_to(Place.SEND)


def look(desk: OfficeDesk, *, number: int = 2) -> None:
    """A package that was proved."""
    show(desk)
    page, path = desk.upward.receive, desk.session.office.file.path
    assert page is not None
    stick = path.parent / path.stem / f"stik-{number}"
    page.look_at(next(stick.glob("*.rkp")))


def paper(desk: OfficeDesk) -> None:
    """The boxes of the signed paper."""
    show(desk)
    page, path = desk.upward.receive, desk.session.office.file.path
    assert page is not None
    stick = path.parent / path.stem / "stik-1"
    page._show_seen(preview(desk.session.office, next(stick.glob("*.rkp"))))
    page.foot.next_button.click()


def take(desk: OfficeDesk) -> None:
    """A large package is being taken in: how far it is, and the way out."""
    paper(desk)
    page = desk.upward.receive
    assert page is not None
    page._begin_work("REKAP_320701_bupati_kecamatan_1.rkp")
    page._say_advance("taking", 37)


def alarm(desk: OfficeDesk) -> None:
    """A package that branched off waits for the chair."""
    office, path = desk.session.office, desk.session.office.file.path
    stick = path.parent / path.stem / "stik-2"
    seen = preview(office, next(stick.glob("*.rkp")))
    alarms.raise_alarm(office, replace(seen, alarm="forked"), by=TUTI)
    show(desk)


SCENES: dict[str, tuple[Callable[[Path], None], Callable[[OfficeDesk], None], float]] = {
    **send_scenes.SCENES,
    **key_scenes.SCENES,
    **where_scenes.SCENES,
    "receive-offices": (children, show, 0.4),
    "receive-preview": (children, look, 5.0),
    "receive-paper": (children, paper, 0.4),
    "receive-taking": (children, take, 0.4),
    "receive-alarm": (children, alarm, 0.4),
}
