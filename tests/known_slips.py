"""What became of a figure, said from what was written and what was meant: kinds of the catalogue.

Made from the two readings alone and by itself, so that hints can be judged by it. Names are those
of the hints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Known = set[tuple[str, str]]
"""(kind, cell it speaks of)."""


def known_slips(written: Mapping[str, int], meant: Mapping[str, int], voters: int | None) -> Known:
    """Every kind of the catalogue that a difference is; several can be true of one figure.

    Args:
        written: the reading that does not add up.
        meant: the reading that does, with every cell of the first.
        voters: the DPT of the TPS, where it is known.
    """
    wrong = [cell for cell in written if written[cell] != meant[cell]]
    known = {(kind, cell) for cell in wrong for kind in _of_cell(cell, written, meant, voters)}
    if (written["valid"], written["invalid"]) == (meant["invalid"], meant["valid"]):
        known |= {("valid-invalid-swapped", "valid"), ("valid-invalid-swapped", "invalid")}
    votes = [cell for cell in written if cell.startswith("votes.")]
    if len(wrong) > 1 and not any(written[cell] for cell in votes):
        known.add(("votes-left-zero", votes[0]))
    known |= set(_carried(written, meant, wrong))
    return known


def _carried(
    written: Mapping[str, int], meant: Mapping[str, int], wrong: list[str]
) -> Iterator[tuple[str, str]]:
    """A wrong part that went into its total as well."""
    for total, parts in (
        ("valid", [cell for cell in written if cell.startswith("votes.")]),
        ("cast", ["valid", "invalid"]),
    ):
        for part in parts:
            away = {cell: written[cell] - meant[cell] for cell in (part, total) if cell in wrong}
            if len(away) > 1 and away[part] == away[total]:
                yield "carried-on", part


def _of_cell(
    cell: str, written: Mapping[str, int], meant: Mapping[str, int], voters: int | None
) -> Iterator[str]:
    was, is_ = meant[cell], written[cell]
    if is_ == 0:
        yield "left-zero"
        return
    valid, invalid = written["valid"], written["invalid"]
    if cell == "cast":
        yield from _of_cast(is_, valid, invalid, voters)
    if cell == "valid":
        if is_ == was + invalid and invalid:
            yield "valid-includes-invalid"
        if is_ in {n for key, n in written.items() if key.startswith("votes.")}:
            yield "valid-is-choice"
    if cell == "invalid" and is_ in {n for key, n in written.items() if key != cell}:
        yield "copied"
    yield from digit_slips(is_, was)


def _of_cast(is_: int, valid: int, invalid: int, voters: int | None) -> Iterator[str]:
    if is_ == valid and invalid:
        yield "invalid-left-out"
    if is_ == valid - invalid and invalid:
        yield "invalid-subtracted"
    if is_ in (invalid, voters):
        yield "copied"


def digit_slips(written: int, meant: int) -> Iterator[str]:
    """How the digits of one number became those of another."""
    a, b = str(written), str(meant)
    if len(a) == len(b):
        wrong = [at for at in range(len(a)) if a[at] != b[at]]
        if len(wrong) == 1:
            yield "one-digit"
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(a) == sorted(b):
            yield "swapped-digits"
    if len(a) + 1 == len(b) and any(b[:at] + b[at + 1 :] == a for at in range(len(b))):
        yield "missing-digit"
    if len(a) == len(b) + 1 and any(a[:at] + a[at + 1 :] == b for at in range(len(a))):
        yield "extra-digit"
    if abs(written - meant) <= 2:
        yield "small-step"
    if abs(written - meant) in (10, 20, 100, 200):
        yield "even-step"
    if len(a) == 3 and a[0] == "8" and a.lstrip("8") == b.lstrip("0"):
        yield "crossed-box"
    if len(a) > 3 and a.endswith(b):
        yield "corrected-over"
