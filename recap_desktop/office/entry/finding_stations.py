"""Finding a TPS by what a person types: a number, a code, or a desa and a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recap_desktop.election.definitions.regions import Level, read_station_number
from recap_desktop.problems import KnownProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recap_desktop.office.opening import Office

MOST = 8
"""Most TPS that one answer lists."""

_CODE_TAIL = 4
_DOTTED = re.compile(r"(?<!\d)\d\d\.\d\d\.\d\d\.\d{4}\.\d{3}(?!\d)")
_DIGITS = re.compile(r"\d{13,}")
_NAME_AND_NUMBER = re.compile(r"(?i)^(?P<name>.*?)[\s,/]*(?:tps\s*)?(?P<number>\d{1,3})?\s*$")
_PAIR = re.compile(r"^(?P<desa>\d{1,4})[.,](?P<number>\d{1,3})$")


def villages(office: Office, contest_id: str, *, near: str = "") -> tuple[str, ...]:
    """Desa of a contest in the order in which they are numbered on the screen.

    Args:
        office: the open office.
        contest_id: the contest.
        near: a code below the kecamatan that is meant; empty for the whole office.
    """
    under = near[: Level.KECAMATAN.value] if len(near) >= Level.KECAMATAN.value else office.code
    desas = office.file.contests[contest_id].desas()
    return tuple(desa for desa in desas if desa.startswith(under))


def find_stations(office: Office, contest_id: str, text: str, *, near: str = "") -> list[str]:
    """TPS keys a person may mean, best first, at most ``MOST``.

    Understood are ``7`` (in the desa one is in), ``3.7`` (third desa of the kecamatan) or
    ``2001.7`` (end of the desa code), a whole TPS code with or without dots, ``ciamis 7`` and
    ``ciamis`` (the first TPS of each desa so called), and whatever a scanner reads that holds the
    code of one TPS.

    Args:
        office: the open office.
        contest_id: the contest.
        text: as typed.
        near: desa code, or TPS, that the person is in; empty at first.
    """
    office.require_contest(contest_id)
    wanted = text.strip()
    if not wanted:
        return []
    scanned = scanned_station(office, contest_id, wanted)
    if scanned:
        return [scanned]
    keys = office.file.contests[contest_id].station_keys()
    found: list[str] = []
    for key in _candidates(office, contest_id, wanted, near):
        if key in keys and key not in found:
            found.append(key)
        if len(found) == MOST:
            break
    return found


def holds_code(text: str) -> bool:
    """Whether a text holds 13 digits as a TPS code has them, with or without its dots."""
    return bool(_DOTTED.search(text) or _DIGITS.search(text))


def scanned_station(office: Office, contest_id: str, text: str) -> str:
    """The one TPS of a contest whose code a text holds, as read from a barcode or QR; else empty.

    The code may stand anywhere, e.g. in an address, with or without dots, or with digits around
    it; a text that holds the codes of two TPS means neither.
    """
    keys = office.file.contests[contest_id].station_keys()
    length = Level.TPS.value
    codes = {match.replace(".", "") for match in _DOTTED.findall(text)}
    for run in _DIGITS.findall(text):
        codes |= {run[at : at + length] for at in range(len(run) - length + 1)}
    found = codes & keys
    return found.pop() if len(found) == 1 else ""


def _candidates(office: Office, contest_id: str, wanted: str, near: str) -> Iterator[str]:
    bare = re.sub(r"[.\s]", "", wanted)
    if bare.isdigit() and len(bare) == Level.TPS.value:
        yield bare
        return
    around = villages(office, contest_id, near=near)
    pair = _PAIR.match(wanted)
    if pair:
        yield from _by_pair(around, pair["desa"], pair["number"])
        return
    number = _number(wanted)
    if number:
        home = near[: Level.DESA.value] if len(near) >= Level.DESA.value else ""
        yield from (desa + number for desa in ((home, *around) if home else around))
        return
    yield from _by_name(office, contest_id, wanted)


def _number(text: str) -> str:
    try:
        return read_station_number(text)
    except ValueError:
        return ""


def _by_pair(around: tuple[str, ...], desa: str, number: str) -> Iterator[str]:
    three = _number(number)
    if not three:
        return
    if len(desa) == _CODE_TAIL:
        yield from (code + three for code in around if code.endswith(desa))
    elif 1 <= int(desa) <= len(around):
        yield around[int(desa) - 1] + three


def _by_name(office: Office, contest_id: str, wanted: str) -> Iterator[str]:
    match = _NAME_AND_NUMBER.match(wanted)
    name = match["name"].casefold() if match else wanted.casefold()
    number = _number(match["number"]) if match and match["number"] else ""
    tree = office.election.tree
    if not name:
        return
    called = [
        (not tree.name(desa).casefold().startswith(name), desa)
        for desa in villages(office, contest_id)
        if name in tree.name(desa).casefold()
    ]
    tables = office.file.contests[contest_id]
    for _, desa in sorted(called):
        if number:
            yield desa + number
        else:
            yield from tables.first_stations(desa, max(1, MOST // len(called)))


def the_station(office: Office, contest_id: str, text: str, *, near: str) -> str:
    """The one TPS that a text means, of several the one in the same desa; empty for no text.

    Raises:
        KnownProblem: ``tps-unclear`` when it means none, or several.
    """
    if not text:
        return ""
    found = find_stations(office, contest_id, text, near=near)
    own = [tps for tps in found if tps.startswith(near[: Level.DESA.value])]
    for meant in (own, found):
        if len(meant) == 1:
            return meant[0]
    raise KnownProblem("tps-unclear", text=text)
