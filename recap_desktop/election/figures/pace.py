"""How fast forms are being done, and about how long the rest takes: from the times of records.

Times are what the laptop said: good enough for an estimate, which nothing else is made from. It
is not given before enough is known, nor while nobody works.
"""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

WINDOW: Final = dt.timedelta(minutes=30)
"""Of so much work the pace is taken, counted back from now."""

PAUSE: Final = dt.timedelta(minutes=10)
"""Who does nothing for longer is not at work: prayer, a meal, an objection; left out."""

AT_ONCE: Final = dt.timedelta(seconds=5)
"""Nobody types a form in less: such records were read from a file, and are left out."""

LEAST_FORMS: Final = 8
LEAST_TIME: Final = dt.timedelta(minutes=8)
"""Less than so many forms, or so much work, says nothing about the pace."""


@dataclass(frozen=True, slots=True)
class Pace:
    """So many forms in so much time of work (laju)."""

    forms: int
    time: dt.timedelta

    @property
    def an_hour(self) -> int:
        """Forms an hour, rounded; at least 1."""
        return max(1, round(self.forms * dt.timedelta(hours=1) / self.time))

    def needed(self, forms: int) -> dt.timedelta:
        """About how long so many more forms take at this pace, without pauses."""
        return self.time * forms / self.forms


def pace(moments: Sequence[dt.datetime], *, now: dt.datetime) -> Pace | None:
    """The present pace; None while too little is known, or when nobody has worked just now.

    Args:
        moments: when each form was done, in the order of the chain; a clock that was set back
            between two of them says nothing about the time between.
        now: the present moment.
    """
    if not moments or abs(now - moments[-1]) > PAUSE:
        return None
    forms, time = 0, dt.timedelta(0)
    for later, earlier in itertools.pairwise(reversed(moments)):
        between = later - earlier
        if AT_ONCE <= between <= PAUSE:
            forms, time = forms + 1, time + between
        if time >= WINDOW:
            break
    return Pace(forms, time) if forms >= LEAST_FORMS and time >= LEAST_TIME else None
