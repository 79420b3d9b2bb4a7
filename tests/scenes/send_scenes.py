"""Sending and receiving, for those who look at the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.desk.laptop.window_settings import WindowSettings
from recap_desktop.desk.rail import Place
from recap_desktop.desk.upward.package_work import STEPS
from recap_desktop.office.entry import entering
from recap_desktop.office.keys import own_keys
from recap_desktop.office.opening import open_office
from recap_desktop.office.plenary import closing
from tests.made_up.keys import PHRASE
from tests.made_up.offices import BUPATI, TPS, tiny_office, valid_bupati

if TYPE_CHECKING:
    from pathlib import Path

    from recap_desktop.desk.office_desk import OfficeDesk

SITI = "Siti Aminah"


def closed(path: Path) -> None:
    """Everything is typed and closed; there is no key."""
    office = tiny_office(path)
    entering.enter_all(office, BUPATI, [(tps, valid_bupati()) for tps in TPS], by=SITI)
    closing.close(office, BUPATI, by=SITI, place="Ciamis")
    office.close()


def keyed(path: Path) -> None:
    """Closed, and the key of the office lies on a medium."""
    closed(path)
    _give_key(path)


def open_and_keyed(path: Path) -> None:
    """Nothing is typed; the key lies on a medium."""
    tiny_office(path).close()
    _give_key(path)


def _give_key(path: Path) -> None:
    office = open_office(path)
    medium = path.parent / f"{path.stem}-kunci"
    medium.mkdir()
    own_keys.make_key(office, medium / own_keys.key_name(office), PHRASE, by=SITI)
    WindowSettings().set_key_file(office.code, medium / own_keys.key_name(office))
    office.close()


def show(desk: OfficeDesk) -> None:
    desk.session.choose_person(SITI)
    desk.go_to(Place.SEND)


def ask_key(desk: OfficeDesk) -> None:
    """The boxes of a new key."""
    show(desk)
    desk.upward.send.foot.next_button.click()


def refuse_key(desk: OfficeDesk) -> None:
    """Nothing was filled in."""
    ask_key(desk)
    desk.upward.send.foot.next_button.click()


def pack(desk: OfficeDesk) -> None:
    """The package is made on a medium."""
    show(desk)
    medium = desk.session.office.file.path.parent / "flashdisk"
    medium.mkdir(exist_ok=True)
    desk.upward.send.foot.next_button.click()
    form = desk.upward.send.form
    assert form is not None
    by, folder, key, secret = form.fields
    assert by.text() == SITI
    assert key.text()
    folder.setText(str(medium))
    secret.setText(PHRASE)
    desk.upward.send.foot.next_button.click()


def write(desk: OfficeDesk) -> None:
    """A large package is written: how far it is, and the way out."""
    show(desk)
    page = desk.upward.send
    page._title.set_text(page._session.words["desk.kirim.package-title"])
    page._show_work(STEPS.index("write"))
    page.bar.show()
    page.bar.setValue(37)
    page.foot.offer("", page._give_up)
    page.foot.offer_other(page._session.words["desk.act.give-up"], page._give_up)
    page.foot.other_button.setFocus()


SCENES = {
    "send-writing": (keyed, write, 0.4),
    "send-nothing": (closed, show, 0.4),
    "send-key": (closed, ask_key, 0.4),
    "send-refused": (closed, refuse_key, 0.4),
    "send-ready": (keyed, show, 0.4),
    "send-packed": (keyed, pack, 6.0),
}
