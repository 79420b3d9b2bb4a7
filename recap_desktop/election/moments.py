"""Moments as people type and read them: day, time of day and zone, kept as ISO."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from recap_desktop.election.wording import date_text
from recap_desktop.problems import KnownProblem

ZONES: Final = {"WIB": 7, "WITA": 8, "WIT": 9}
"""Zones of the country and their hours before UTC (waktu Indonesia barat, tengah, timur)."""

_TYPED: Final = re.compile(
    r"(?:(?P<day>\d{1,2})[-/](?P<month>\d{1,2})[-/](?P<year>\d{4})[ ,]+)?"
    r"(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?: *(?P<zone>[A-Z]{3,4}|[+-]\d{2}[.:]?\d{2}))?"
)
_FIRST: Final = dt.datetime.min.replace(tzinfo=dt.UTC)


def read_moment(text: str, now: str) -> str:
    """A moment as it was typed, as ISO to the second with zone.

    Taken are ``09.10``, ``28-11-2024 09.10``, each with a zone (``WIB``, ``+07.00``) or without,
    and ISO. What is not said, day or zone, is that of ``now``.

    Args:
        text: as typed.
        now: the present moment, ISO with zone.

    Raises:
        KnownProblem: ``time-unknown`` when it is no moment.
    """
    said = " ".join(text.split())
    here = dt.datetime.fromisoformat(now)
    try:
        read = _iso(said) if "T" in said[8:12] else _typed(said.upper(), here)
    except ValueError as error:
        raise KnownProblem("time-unknown", text=said) from error
    zoned = read if read.tzinfo else read.replace(tzinfo=here.tzinfo)
    return zoned.isoformat(timespec="seconds")


def _iso(said: str) -> dt.datetime:
    return dt.datetime.fromisoformat(said)


def _typed(said: str, here: dt.datetime) -> dt.datetime:
    found = _TYPED.fullmatch(said)
    if found is None:
        raise ValueError(said)
    day = here.date()
    if found["day"]:
        day = dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    clock = dt.time(int(found["hour"]), int(found["minute"]))
    zone = _zone(found["zone"]) if found["zone"] else here.tzinfo
    return dt.datetime.combine(day, clock, zone)


def _zone(said: str) -> dt.timezone:
    if said[0] in "+-":
        hours, minutes = int(said[1:3]), int(said[-2:])
        ahead = dt.timedelta(hours=hours, minutes=minutes)
        return dt.timezone(ahead if said[0] == "+" else -ahead)
    if said == "UTC":
        return dt.UTC
    if said not in ZONES:
        raise ValueError(said)
    return dt.timezone(dt.timedelta(hours=ZONES[said]))


def moment_text(iso: str) -> str:
    """A moment as it is typed: ``28-11-2024 09.10 WIB``; what cannot be read stays as it is."""
    moment = _read(iso)
    if moment is None:
        return iso
    text = moment.strftime("%d-%m-%Y %H.%M")
    ahead = moment.utcoffset()
    if ahead is None:
        return text
    named = {dt.timedelta(hours=hours): name for name, hours in ZONES.items()}
    named[dt.timedelta(0)] = "UTC"
    return f"{text} {named.get(ahead) or moment.strftime('%z')}"


def day_and_clock(iso: str) -> tuple[str, str]:
    """Day (ISO) and time of day (``09.10``) of a moment.

    What cannot be read has no day and stands where the time would.
    """
    moment = _read(iso)
    if moment is None:
        return "", iso
    return moment.date().isoformat(), moment.strftime("%H.%M")


def in_order(iso: str) -> dt.datetime:
    """What moments are put in order by, whatever their zones; the unreadable come first.

    One without a zone is taken as if it were of UTC.
    """
    moment = _read(iso)
    if moment is None:
        return _FIRST
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _read(iso: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(iso)
    except ValueError:
        return None


def moment_on_paper(iso: str) -> str:
    """A moment as papers tell it: ``28 November 2024 pukul 09.10 WIB``; what is none, as it is."""
    if _read(iso) is None:
        return iso
    _, clock, *zone = moment_text(iso).split()
    return " ".join((date_text(iso[:10]), "pukul", clock, *zone))
