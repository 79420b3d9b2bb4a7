"""Whether the cells of a count stand to each other as a check says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recap_desktop.election.definitions.forms import CheckKind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from recap_desktop.election.definitions.forms import Check

_EQUAL = CheckKind.EQUAL
_AT_MOST = CheckKind.AT_MOST
_RESERVE = CheckKind.RESERVE


def broken(checks: Iterable[Check], cells: Mapping[str, int]) -> list[Check]:
    """The checks that do not hold, in their order.

    A check is judged when all its cells are filled. An identity (EQUAL) whose parts are all
    filled and whose total alone is blank does not hold: something belongs there.
    """
    return [check for check in checks if not holds(check, cells)]


def printed_sums(checks: Iterable[Check]) -> dict[str, tuple[str, ...]]:
    """The cells that a form prints as sums, each with the cells that it adds up (jumlah).

    L and P before anything else; a figure that only repeats another one is no sum.
    """
    sums: dict[str, tuple[str, ...]] = {}
    for check in checks:
        if check.kind is _EQUAL and len(check.parts) > 1:
            sums.setdefault(check.total, check.parts)
    return sums


def holds(check: Check, cells: Mapping[str, int]) -> bool:
    """Whether a check holds, or cannot be judged because a cell is blank."""
    kind = check.kind
    total = cells.get(check.total)
    if check.unless and (total is None or check.unless in cells):
        return True
    try:
        if kind is _RESERVE:
            away = 1000 * cells[check.total] - (1000 + check.limit) * cells[check.parts[0]]
            return -1000 < away < 1000  # noqa: PLR2004 - thousandths of one ballot
        wanted = 0
        for part in check.parts:
            wanted += cells[part]
    except KeyError:
        return True
    if kind is _EQUAL:
        return total == wanted
    if total is None:
        return True
    return wanted <= total if kind is _AT_MOST else total <= check.limit


def severity(check: Check, cells: Mapping[str, int]) -> Severity:
    """How bad it is that a check does not hold.

    A blank total of a block that nobody filled is only unlikely: the block may not be known.
    """
    if check.block and not any(cell in cells for cell in check.block):
        return Severity.WARNING
    return check.severity


def expected(check: Check, cells: Mapping[str, int]) -> int:
    """What the total should be (EQUAL, RESERVE) or may be at most (AT_MOST, MAXIMUM).

    For AT_MOST it is the upper cell, which bounds the parts. The reserve is rounded up per TPS
    (domain: reserve ballots, UU 1/2015 Ps 80).

    Raises:
        KeyError: when a cell it needs is blank.
    """
    if check.kind is _EQUAL:
        return sum(cells[part] for part in check.parts)
    if check.kind is _RESERVE:
        return reserve_of(cells[check.parts[0]], check.limit)
    return cells[check.total] if check.kind is _AT_MOST else check.limit


def found(check: Check, cells: Mapping[str, int]) -> int | None:
    """The figure that is compared with ``expected``; None when it is blank."""
    if check.kind is _AT_MOST:
        return sum(cells[part] for part in check.parts)
    return cells.get(check.total)


def reserve_of(voters: int, permille: int) -> int:
    """Ballots a TPS gets (surat suara diterima): its DPT and the reserve, rounded up."""
    return -(-(1000 + permille) * voters // 1000)
