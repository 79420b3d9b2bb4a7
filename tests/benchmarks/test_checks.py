"""What the checks and hints find on forms that two people read; the table is printed.

    pytest -s tests/benchmarks/test_checks.py
    RECAP_READINGS=other-province.csv pytest -s tests/benchmarks/test_checks.py

The columns of such a file stand at the head of tests/two_readings.py.
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.two_readings import SUMSEL, lines, measure, read

READINGS = Path(os.environ.get("RECAP_READINGS", SUMSEL))


def test_the_table_of_the_checks() -> None:
    table = measure(read(READINGS))

    print("", *lines(table), sep="\n")  # noqa: T201 - the table is what this is for
    assert table.differ > 0 and table.judged > 0
