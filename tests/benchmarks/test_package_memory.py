"""Memory stays flat while a package is made, verified and received, however many TPS it has.

    pytest tests/benchmarks/test_package_memory.py

Each is done in a process of its own, of 2,000 and of 8,000 TPS that two people typed. The larger
package has 11.6 MB more of records. As objects these would take 80 MB, as bytes 11.6: the most memory
of the process may not grow by even that, so they were never held, in whatever form. What does grow
is a few hundred bytes for each TPS: its place in the definition, a number for each figure of the
exports, 32 bytes of its leaf.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from recap_desktop import places
from recap_desktop.election.records import packages
from tests.benchmarks.packages import (
    KABUPATEN,
    Sender,
    election_of,
    make_package,
    make_sender,
    receiver,
)

ROOT = Path(__file__).parents[2]
FEW, MANY = 2_000, 8_000

DONE = """
import sys
from pathlib import Path
from tests.benchmarks.packages import Sender, make_package, receive

work, office, code, package, above = sys.argv[1:]
sender = Sender(Path(office), code, Path(package))
if work == "make":
    make_package(sender)
elif work == "verify":
    from recap_desktop.office.proof.proving_packages import prove_package
    prove_package(sender.package)
else:
    receive(Path(above), [sender])
# Not ru_maxrss, which begins with that of the process we were started from.
(most,) = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(int(most.split()[1]) * 1024)
"""


@dataclass(frozen=True)
class Sized:
    """A kabupaten of some size, its package, and an office above to which nothing came."""

    sender: Sender
    above: Path

    @property
    def records(self) -> int:
        """Bytes of its records."""
        with zipfile.ZipFile(self.sender.package) as archive:
            return archive.getinfo(packages.JOURNAL).file_size

    def peak(self, work: str) -> int:
        """The most memory of a process that does something with it, in bytes."""
        sender = self.sender
        arguments = [work, sender.path, sender.code, sender.package, self.above]
        # The same machine: its posts write in their offices.
        environment = {**os.environ, "RECAP_DATA_DIR": str(places.machine_data())}
        said = subprocess.run(
            [sys.executable, "-c", DONE, *map(str, arguments)],
            cwd=ROOT,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return int(said.stdout)


def sized(folder: Path, stations: int) -> Sized:
    folder.mkdir()
    election = election_of(stations, KABUPATEN)
    sender = make_sender(folder, election, KABUPATEN, twice=True)
    make_package(sender)
    return Sized(sender, receiver(folder / "above.rekap", election))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sized, Sized]:
    folder = tmp_path_factory.mktemp("memory")
    return sized(folder / "few", FEW), sized(folder / "many", MANY)


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of memory from /proc")
@pytest.mark.parametrize("work", ["make", "verify", "receive"])
def test_four_times_the_tps_take_less_than_their_records_more(
    both: tuple[Sized, Sized], work: str
) -> None:
    few, many = both
    more = many.records - few.records
    assert more > 11_000_000
    small, large = few.peak(work), many.peak(work)
    # For the reader; what follows is the proof.
    print(f"{work}: {small / 1e6:.0f} MB, {large / 1e6:.0f} MB of 4 times the TPS")  # noqa: T201
    assert large - small < more
    assert large < 1.25 * small
