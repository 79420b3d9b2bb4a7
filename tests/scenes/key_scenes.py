"""Keys and trust, for those who look at the screens and for journeys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from recap_desktop.desk.keys.request_walk import RequestWalk
from recap_desktop.desk.laptop.window_settings import WindowSettings
from recap_desktop.election.records.trusts import Why
from recap_desktop.office.keys import (
    asking,
    certifying,
    own_keys,
    revoking,
    taking_certificates,
    trusting,
)
from recap_desktop.office.upward.send_steps import OpenedKey
from tests.made_up.keys import CHAIR, Keyed, believe, certify, keyed
from tests.made_up.offices import tiny_office

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from recap_desktop.desk.office_desk import OfficeDesk

KEYS: dict[str, Keyed] = {}
"""By the office file, of what was made last: a scene that signs needs the key."""


def none(path: Path) -> None:
    """A kecamatan without a key."""
    tiny_office(path).close()


def _three(path: Path, *, on_medium: bool = False) -> tuple[Keyed, Keyed, Keyed, Path]:
    folder = path.parent / f"{path.stem}-kantor"
    folder.mkdir()
    made = keyed(folder, "32"), keyed(folder, "3207", on_medium=on_medium), keyed(folder, "320701")
    for lower in made[1:]:
        believe(made[0], lower)
    certify(made[0], made[1])
    certify(made[1], made[2])
    return (*made, folder)


def _keep(path: Path, one: Keyed, *others: Keyed) -> None:
    for other in others:
        other.office.close()
    file = one.office.file.path
    one.office.close()
    file.rename(path)
    KEYS[path.stem] = one


def certified(path: Path) -> None:
    """A kecamatan whose key is certified up to the provinsi; its medium was used here."""
    provinsi, kabko, kecamatan, _ = _three(path)
    file = kecamatan.medium / own_keys.key_name(kecamatan.office)
    file.write_bytes(b"")
    WindowSettings().set_key_file("320701", file)
    certifying.certify_posts(kecamatan.office, key=kecamatan.key, by=CHAIR)
    _keep(path, kecamatan, provinsi, kabko)


def above(path: Path, *, on_medium: bool = False) -> None:
    """A kabko: one kecamatan is certified, the request of another and of a stranger lie there."""
    provinsi, kabko, kecamatan, folder = _three(path, on_medium=on_medium)
    cikoneng = keyed(folder, "320702")
    requests = folder / "permohonan"
    requests.mkdir()
    for one in (kecamatan, cikoneng, kabko):
        own_keys.write_request(one.office, requests, key=one.key)
    _keep(path, kabko, provinsi, kecamatan, cikoneng)


def replaced(path: Path) -> None:
    """A kabko to which a kecamatan comes with a new key."""
    provinsi, kabko, kecamatan, folder = _three(path)
    requests = folder / "permohonan"
    requests.mkdir()
    anew = keyed(folder / "baru", "320701")
    own_keys.write_request(anew.office, requests, key=anew.key)
    _keep(path, kabko, provinsi, kecamatan, anew)


def several(path: Path) -> None:
    """Two laptops of a kabko certified different keys of a kecamatan, and more of them its own."""
    provinsi, kabko, kecamatan, folder = _three(path)
    anew = keyed(folder / "baru", "320701")
    asked = own_keys.write_request(anew.office, folder, key=anew.key)
    request = certifying.read_request(kabko.office, asked)
    certifying.certify_all(kabko.office, [request], key=kabko.key, by=CHAIR)
    _keep(path, kabko, provinsi, kecamatan, anew)


def lost(path: Path) -> None:
    """The same, whose own key was lost; one kecamatan had been revoked, and has a new key."""
    provinsi, kabko, kecamatan, folder = _three(path)
    former = revoking.of_serial(kabko.office, 1)
    revoking.revoke(kabko.office, [former], why=Why.LOST, key=kabko.key, by=CHAIR)
    again = keyed(folder / "baru", "320701")
    certify(kabko, replace(again, office=again.office))
    cikoneng = keyed(folder, "320702")
    certify(kabko, cikoneng)
    anew = keyed(folder / "kunci-baru", "3207")
    trusting.record_root(kabko.office, "3207", anew.public, name="KPU", by=CHAIR)
    standing = [one for one in trusting.known_certificates(kabko.office) if one.issuer == "32"]
    revoking.revoke(provinsi.office, standing, why=Why.KNOWN, key=provinsi.key, by=CHAIR)
    path_of_list = revoking.write_lists(provinsi.office, folder)
    taking_certificates.take(kabko.office, [path_of_list], by=CHAIR)
    _keep(path, replace(kabko, key=anew.key), provinsi, kecamatan, again, cikoneng, anew)


# ---------------------------------------------------------------- what is done


def show(at: int = 0) -> Callable[[OfficeDesk], None]:
    def act(desk: OfficeDesk) -> None:
        desk.session.choose_person(CHAIR)
        desk.show_keys()
        desk.behind.keys.choose(at)

    return act


def ask(at: int) -> Callable[[OfficeDesk], None]:
    """The form of a section's first act."""

    def act(desk: OfficeDesk) -> None:
        show(at)(desk)
        desk.behind.keys.foot.next_button.click()

    return act


def other(at: int, number: int) -> Callable[[OfficeDesk], None]:
    """The form of another of its acts."""

    def act(desk: OfficeDesk) -> None:
        show(at)(desk)
        desk.behind.keys.shown.buttons[number].click()

    return act


def walk(desk: OfficeDesk) -> None:
    """Requests were read, the key is open."""
    show(1)(desk)
    office = desk.session.office
    kept = KEYS[office.file.path.stem]
    folder = kept.medium.parent / "permohonan"
    asked = asking.requests_in(office, folder)
    made = RequestWalk(
        desk.session, asked, OpenedKey(kept.key), by=CHAIR, folder=kept.medium.parent
    )
    desk.behind.keys.forms.walk_begun.emit(made)


def walk_one(desk: OfficeDesk) -> None:
    """The first that waits for its letter."""
    walk(desk)
    desk.behind.keys.foot.next_button.click()


def walk_wrong(desk: OfficeDesk) -> None:
    """What was typed is not what the letter says."""
    walk_one(desk)
    page = desk.behind.keys
    assert page.form is not None
    for field in page.form.fields:
        field.setText("0000")
    page.foot.next_button.click()


def groups(desk: OfficeDesk) -> None:
    """The groups of a root are typed."""
    show(2)(desk)
    page = desk.behind.keys
    kept = KEYS[desk.session.office.file.path.stem]
    path = kept.medium.parent / "kunci-32" / "PERMOHONAN_32.permohonan"
    offered = taking_certificates.read_root(desk.session.office, path)
    page.forms.root_offered.emit(offered)


SCENES: dict[str, tuple[Callable[[Path], None], Callable[[OfficeDesk], None], float]] = {
    "keys-none": (none, show(), 0.4),
    "keys-make": (none, ask(0), 0.4),
    "keys-own": (certified, show(), 0.4),
    "keys-replace": (certified, other(0, 1), 0.4),
    "keys-posts": (certified, show(1), 0.4),
    "keys-roots": (certified, show(2), 0.4),
    "keys-groups": (certified, groups, 0.4),
    "keys-below": (above, show(1), 0.4),
    "keys-requests": (above, ask(1), 0.4),
    "keys-walk": (above, walk, 0.4),
    "keys-walk-one": (above, walk_one, 0.4),
    "keys-walk-wrong": (above, walk_wrong, 0.4),
    "keys-walk-replaces": (replaced, walk_one, 0.4),
    "keys-revoke": (above, other(1, 1), 0.4),
    "keys-several": (several, show(1), 0.4),
    "keys-lost": (lost, show(1), 0.4),
    "keys-renew": (lost, ask(1), 0.4),
    "keys-all": (lost, show(4), 0.4),
    "keys-arrivals": (lost, ask(4), 0.4),
}
