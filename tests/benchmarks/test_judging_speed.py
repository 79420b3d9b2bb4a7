"""How long judging one Pilkada form takes: it is done at every key and for every TPS."""

from __future__ import annotations

import random
import statistics
import timeit

from recap_desktop.election.checks import rules
from tests.election.valid_forms import layout_of, make_valid

AIM = 60e-6
"""Seconds for a form on which nothing is wrong."""


def test_a_form_without_a_finding_is_judged_at_once() -> None:
    layout = layout_of("kwk-2024")
    rng = random.Random(7)
    forms = [make_valid(layout, rng.randint) for _ in range(100)]

    rounds = timeit.repeat(
        lambda: [rules.judge(layout, cells) for cells in forms], number=10, repeat=7
    )

    seconds = statistics.median(rounds) / (10 * len(forms))
    print(f"judging one form without a finding: {seconds * 1e6:.1f} microseconds")  # noqa: T201
    assert seconds < AIM


def test_a_form_with_findings_is_explained_within_a_key_stroke() -> None:
    layout = layout_of("kwk-2024")
    rng = random.Random(7)
    forms = [make_valid(layout, rng.randint) for _ in range(50)]
    wrong = [cells | {rng.choice(layout.cells): rng.randint(0, 999)} for cells in forms]

    rounds = timeit.repeat(
        lambda: [rules.judge(layout, cells) for cells in wrong], number=1, repeat=5
    )

    seconds = statistics.median(rounds) / len(wrong)
    print(f"judging and explaining one wrong form: {seconds * 1e3:.2f} milliseconds")  # noqa: T201
    assert seconds < 0.01
