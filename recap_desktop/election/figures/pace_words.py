"""The pace of work in words, as round as an estimate is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recap_desktop.election.figures.pace import Pace
    from recap_desktop.election.wording import Words

_HOUR, _TEN = 60, 10
_MOST_HOURS = 99


def outlook_text(words: Words, pace: Pace, time: dt.timedelta) -> str:
    """About how long what is left takes, and at what pace; always said as an estimate."""
    return words("pace.outlook", time=about(words, time), pace=pace.an_hour)


def about(words: Words, time: dt.timedelta) -> str:
    """A span of work in round numbers: to five minutes, from ten hours on to an hour."""
    minutes = round(time.total_seconds() / 60)
    if minutes < _TEN:
        return words["pace.soon"]
    if minutes < _HOUR:
        return words("pace.minutes", minutes=5 * round(minutes / 5))
    hours, rest = divmod(10 * round(minutes / 10), _HOUR)
    if hours > _MOST_HOURS:
        return words["pace.long"]
    if hours >= _TEN or not rest:
        return words("pace.hours", hours=hours + (rest >= _HOUR // 2))
    return words("pace.both", hours=hours, minutes=rest)
