"""The demo of three levels, as a person runs it, proves what it tells.

The 27 kecamatan of Ciamis, their kabupaten and the provinsi: the same totals at every level.
"""

from __future__ import annotations

import csv
import io
import json
import lzma
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import frictionless
import pytest

from recap_desktop import places
from recap_desktop.election.definitions.regions import Level, dotted, read_code
from recap_desktop.election.figures.tallies import State, Tally
from recap_desktop.election.figures.totals import paper_sums
from recap_desktop.exchange.certificates import Holder, require_certified
from recap_desktop.exchange.office_keys import open_office_key
from recap_desktop.exchange.receipt_file import read_receipt
from recap_desktop.office.keys.trusting import known_certificates, trust_of
from recap_desktop.office.opening import Office, open_office
from recap_desktop.office.plenary.revisions import revisions, standing_revision
from recap_desktop.office.progress.overview import totals
from recap_desktop.office.proof.auditing import audit
from recap_desktop.office.proof.proving_sheets import prove_sheet
from recap_desktop.office.three_levels.players import CONTEST, PASSPHRASE
from recap_desktop.office.three_levels.story import (
    ABSORBED,
    CORRECTED,
    DIFFERENCE,
    DISPUTED,
    FIRST,
    KABKO,
    PROVINSI,
    RULED,
    SAID_BELOW,
    SECOND,
    STATION,
    UNIT,
    play,
    published,
)
from recap_desktop.office.upward.alarms import alarms
from recap_desktop.office.upward.children import Came, children
from recap_desktop.office.upward.package_preview import preview
from recap_desktop.office.upward.proposals import proposals
from recap_desktop.office.upward.receipts import receipts_back
from recap_desktop.office.upward.received import receipts_of
from recap_desktop.office.upward.unit_figures import differences
from recap_desktop.problems import KnownProblem
from tests.cli.lines import Said, done, refused, run
from tests.foreign.test_results import require_err
from tests.office.test_ciamis import DATA, OFFICIAL_SUMS
from tests.reading_back.read_back import sheets_of, totals_of, unit_heads

Sums = dict[str, int]
MOVED = RULED + RULED + SAID_BELOW + DIFFERENCE


@dataclass
class Played:
    """What the demo left, and what it said."""

    folder: Path
    said: Said
    _open: dict[str, Office] = field(default_factory=dict)

    def office(self, code: str) -> Office:
        if code not in self._open:
            self._open[code] = open_office(self.folder / "kantor" / f"{code}.rekap")
        return self._open[code]

    @property
    def kecamatan(self) -> list[str]:
        names = (path.stem for path in (self.folder / "kantor").glob("*.rekap"))
        return sorted(name for name in names if len(name) == Level.KECAMATAN.value)

    def close(self) -> None:
        for office in self._open.values():
            office.close()
        self._open.clear()

    def tally(self, code: str, tps: str) -> Tally:
        office = self.office(code)
        return office.file.layers.tally(office.file.journal.records(CONTEST, tps))


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("tiga") / "peragaan"
    played = Played(folder, done("demo", "--three-levels", folder))
    yield played
    played.close()


def data() -> Iterator[tuple[str, Sums]]:
    """TPS -> its published figures, from the data of the tests."""
    text = lzma.decompress(DATA.read_bytes()).decode()
    for row in csv.DictReader(io.StringIO(text)):
        yield (
            read_code(row["kode_desa"]) + row["tps"],
            {cell: int(row[cell]) for cell in OFFICIAL_SUMS},
        )


def moved(sums: Sums, votes: int) -> Sums:
    return {**sums, FIRST: sums[FIRST] + votes, SECOND: sums[SECOND] - votes}


def closed(office: Office) -> Sums:
    """What the papers of the standing close say."""
    revision = standing_revision(office, CONTEST)
    assert revision is not None
    return paper_sums(revision.record.body)


def test_it_tells_what_it_does_in_a_few_calm_lines(played: Played) -> None:
    lines = played.said.out.splitlines()
    assert len(lines) == 13
    assert "LATIHAN" in (played.folder / "BACA-SAYA.md").read_text("utf-8")
    assert "69.865" in lines[3] and "585.346" in lines[3]
    assert str(played.folder / "BACA-SAYA.md") in lines[-1]


def test_the_totals_are_the_published_ones_and_the_same_at_every_level(played: Played) -> None:
    assert published() == OFFICIAL_SUMS
    expected: dict[str, Counter[str]] = {}
    for tps, cells in data():
        expected.setdefault(tps[: Level.KECAMATAN.value], Counter()).update(cells)
    assert len(played.kecamatan) == 27 and set(played.kecamatan) == set(expected)
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    for code in played.kecamatan:
        office = played.office(code)
        own = paper_sums(revisions(office, CONTEST)[0].record.body)
        assert own == dict(expected[code])
        first.update(own)
        last.update(closed(office))
    assert dict(first) == OFFICIAL_SUMS
    # Two kecamatan mended a TPS themselves; the kabupaten one TPS more, and a kecamatan's total.
    assert dict(last) == moved(OFFICIAL_SUMS, RULED + SAID_BELOW)
    above = [played.office(code) for code in (KABKO, PROVINSI)]
    for office in above:
        (whole,) = totals(office, CONTEST, level=Level.KABKO)
        assert whole.sums == closed(office) == moved(OFFICIAL_SUMS, MOVED)
        assert (whole.stations, whole.counted, whole.not_delivered) == (2084, 2068, 16)
        assert not audit(office).faults
    for total in totals(above[0], CONTEST, level=Level.KECAMATAN):
        votes = {CORRECTED: RULED, ABSORBED: RULED, DISPUTED: SAID_BELOW, UNIT: DIFFERENCE}
        assert total.sums == moved(dict(expected[total.code]), votes.get(total.code, 0))


def test_every_office_below_is_received_and_final(played: Played) -> None:
    found = {one.code: one for one in children(played.office(KABKO), CONTEST)}
    assert set(found) == set(played.kecamatan)
    assert all(one.is_final and one.came is Came.RECEIVED for one in found.values())
    assert {code for code, one in found.items() if one.revision == 2} == {ABSORBED, DISPUTED}
    (kabko,) = children(played.office(PROVINSI), CONTEST)
    assert kabko.is_final and kabko.revision == 1


def test_a_second_revision_is_absorbed_and_another_was_in_conflict_and_settled(
    played: Played,
) -> None:
    figures = dict(data())
    absorbed = played.tally(KABKO, STATION[ABSORBED])
    assert absorbed.cells == moved(figures[STATION[ABSORBED]], RULED)
    settled = played.tally(KABKO, STATION[DISPUTED])
    assert settled.state is State.SETTLED
    assert settled.cells == moved(figures[STATION[DISPUTED]], SAID_BELOW)
    stands = played.tally(KABKO, STATION[CORRECTED])
    assert stands.state is State.CORRECTED
    assert played.tally(CORRECTED, STATION[CORRECTED]).cells == figures[STATION[CORRECTED]]
    (difference,) = differences(played.office(KABKO), CONTEST)
    assert (difference.unit, difference.cells) == (UNIT, {FIRST: DIFFERENCE, SECOND: -DIFFERENCE})


def test_the_sheet_of_the_kabupaten_shows_both_corrections(played: Played) -> None:
    folder = played.folder / "kertas" / KABKO
    pdf = next(folder.glob("*.pdf"))
    (sheet,) = sheets_of(pdf)
    heads = unit_heads(sheet)
    assert len(heads) == 28
    assert sum("SELISIH" in head for head in heads) == 1
    printed = [figure for figure in totals_of(sheet) if figure is not None]
    assert {closed(played.office(KABKO))[cell] for cell in (FIRST, SECOND)} <= set(printed)
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    lines = [" ".join(line.split()) for line in text.stdout.decode().splitlines()]
    assert any(f"IV.1 +{DIFFERENCE}, IV.2 -{DIFFERENCE}" in line for line in lines)
    was = dict(data())[STATION[CORRECTED]][FIRST]
    (row,) = [
        at for at, line in enumerate(lines) if line.startswith("GUNUNGSARI, SADANANYA TPS 00")
    ]
    said = " ".join(lines[row - 2 : row + 3])
    assert "dibetulkan" in said and f"{was}" in said and f"{was + RULED}" in said
    assert "Ketua KPU Ciamis" in said


def test_every_sheet_proves_itself_and_says_what_its_office_closed(played: Played) -> None:
    for code in (PROVINSI, KABKO, ABSORBED):
        (pdf,) = (played.folder / "kertas" / code).glob("*.pdf")
        proved = prove_sheet(pdf)
        assert proved.totals == closed(played.office(code))
        assert proved.statement.office == code
        assert pdf.with_suffix(".xlsx").is_file()


def test_receipts_hold_at_both_ends(played: Played) -> None:
    for upper, below in ((KABKO, played.kecamatan), (PROVINSI, [KABKO])):
        for code in below:
            given = receipts_of(played.office(upper), CONTEST, code)
            back = receipts_back(played.office(code), CONTEST)
            said = {(r.body["receiver_head"], r.body["head"]) for r in back}
            assert said == {(r.id, r.body["head"]) for r in given}
            assert back[-1].body["totals"] == closed(played.office(code))
            assert not audit(played.office(code)).faults
    for path in (played.folder / "tanda-terima").iterdir():
        receipt = read_receipt(path)
        office = played.office(receipt.sender)
        require_certified(
            receipt.key,
            receipt.receiver,
            holder=Holder.OFFICE,
            certificates=known_certificates(office),
            trust=trust_of(office),
        )
    assert len(list((played.folder / "tanda-terima").iterdir())) == 27 + 2 + 2 + 1
    (proposed,) = proposals(played.office(ABSORBED), CONTEST)
    assert (proposed.tps, proposed.is_done) == (STATION[ABSORBED], True)


def test_what_was_forged_is_refused_again_and_left_no_trace(played: Played) -> None:
    kabko = played.office(KABKO)
    before = kabko.file.journal.last_place()
    for name, code in (("angka-lain", "key-not-certified"), ("satu-bit", "package-damaged")):
        with pytest.raises(KnownProblem) as caught:
            preview(kabko, played.folder / "palsu" / f"{name}.rkp")
        assert caught.value.code == code
    assert kabko.file.journal.last_place() == before
    assert alarms(kabko, CONTEST) == []


def test_what_is_left_can_be_opened_and_verified_without_the_program(played: Played) -> None:
    folder = played.folder
    key = open_office_key(folder / "kunci" / f"KUNCI_{PROVINSI}.kunci", PASSPHRASE)
    root = f"{PROVINSI}={key.public.hex()}"
    for language in ("BACA-SAYA", "READ-ME"):
        text = (folder / f"{language}.md").read_text("utf-8")
        assert root in text and PASSPHRASE in text
        for name in ("palsu/angka-lain.rkp", "pemeriksa/periksa.py", f"kertas/{KABKO}/"):
            assert name in text and (folder / name).exists()
    for name in ("periksa.py", "periksa.html"):
        assert (folder / "pemeriksa" / name).read_bytes() == places.resource(
            "verifier", name
        ).read_bytes()
    packages = [f"REKAP_{code}_{CONTEST}_kecamatan_2.rkp" for code in (ABSORBED, DISPUTED)]
    for name in (*packages, f"REKAP_{KABKO}_{CONTEST}_kabko_1.rkp"):
        command = [sys.executable, "-I", "pemeriksa/periksa.py", f"paket/{name}", "--akar", root]
        said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert (said.returncode, said.stderr) == (0, "") and said.stdout.startswith("COCOK.")
    assert len(list((folder / "surat").glob("*.pdf"))) == 29
    require_err(json.loads((folder / "hasil" / ABSORBED / "err-v2.json").read_bytes()))
    about = frictionless.Package(str(folder / "hasil" / ABSORBED / "datapackage.json"))
    assert about.validate().valid


@pytest.mark.parametrize("name", ["BACA-SAYA.md", "READ-ME.md"])
def test_what_the_paper_in_the_folder_says_to_try_does_what_it_says(
    played: Played, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(played.folder)
    lines = [line.strip() for line in Path(name).read_text("utf-8").splitlines()]
    ours = [shlex.split(line)[1:] for line in lines if line.startswith("recap-desktop ")]
    opening, where, receive, check = ours
    assert Path(opening[-1]).is_file()
    played.close()
    assert "Sadananya" in done(*where).out or "SADANANYA" in done(*where).out
    done(*check)
    said = run(*receive)
    assert said.status == 2 and UNIT in said.err
    (python,) = [shlex.split(line)[1:] for line in lines if line.startswith("python3 ")]
    told = subprocess.run([sys.executable, "-I", *python], capture_output=True, check=False)
    assert told.stdout.decode().startswith("COCOK. LATIHAN.")


def test_a_figure_of_the_provinsi_leads_down_to_who_typed_and_who_ruled(played: Played) -> None:
    path = played.folder / "kantor" / f"{PROVINSI}.rekap"
    asked = ("--unit", dotted(STATION[CORRECTED]), "--cell", FIRST, "--format", "json")
    (found,) = done("where-from", path, "--contest", CONTEST, *asked).data
    typed, ruled = found["records"]
    assert (typed["what"], typed["office"], typed["live"]) == (
        "entry",
        "KECAMATAN SADANANYA",
        False,
    )
    assert (ruled["what"], ruled["office"], ruled["live"]) == (
        "corrected",
        "KABUPATEN CIAMIS",
        True,
    )
    assert ruled["figure"] == typed["figure"] + RULED == found["figure"]
    (receipt,) = receipts_of(played.office(PROVINSI), CONTEST)
    assert {typed["receipt"], ruled["receipt"]} == {receipt.id}


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    refused("folder-not-empty", "demo", "--three-levels", tmp_path, path=str(tmp_path))
    with pytest.raises(KnownProblem, match="folder-not-empty"):
        next(play(tmp_path / "x"))
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_the_sample_is_the_data_of_the_tests() -> None:
    folder = places.resource("sample", "ciamis-kabupaten-2024")
    with (folder / "counts.csv").open(encoding="utf-8", newline="") as file:
        counts = {
            read_code(row["kode_desa"]) + row["tps"]: {c: int(row[c]) for c in OFFICIAL_SUMS}
            for row in csv.DictReader(file)
        }
    known = dict(data())
    assert counts == {tps: cells for tps, cells in known.items() if any(cells.values())}
    with (folder / "stations.csv").open(encoding="utf-8", newline="") as file:
        stations = [read_code(row["kode_desa"]) + row["tps"] for row in csv.DictReader(file)]
    assert stations == list(known)
