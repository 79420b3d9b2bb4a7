"""The next step once a TPS is done: the next one without figures, or the overview."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from recap_desktop.desk.pieces.step_bar import StepBar
    from recap_desktop.desk.session import Session


class NextStation:
    """Offers at the foot of the entry page where to go on."""

    def __init__(self, session: Session, foot: StepBar) -> None:
        """Nothing is offered yet."""
        self._session = session
        self._foot = foot

    def offer(
        self, after: str, *, to_form: Callable[[str, str], object], to_end: Callable[[], object]
    ) -> None:
        """Offer the next form that has nothing after a TPS; where all have, the way out."""
        session = self._session
        following = session.next_form(after)
        if following is not None and session.office.can_write:
            text = session.words("desk.entry.next", station=session.form_name(*following))
            self._foot.offer(text, partial(to_form, *following))
        else:
            self._foot.offer(session.words["desk.entry.to-overview"], to_end)
