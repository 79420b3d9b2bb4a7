"""Both verifiers say of every attack what the program says, with no part of the program beside them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from recap_desktop.election.records.canonical import canonical
from recap_desktop.exchange.certificates import Realm, Trust
from recap_desktop.exchange.package_file import open_package
from recap_desktop.exchange.receipt_file import read_receipt, seal_receipt
from recap_desktop.office.proof.proving_packages import prove_package
from recap_desktop.office.proof.proving_receipts import prove_receipt
from recap_desktop.office.upward.receipts import give_receipt
from recap_desktop.problems import KnownProblem
from tests.adversaries import forgers
from tests.adversaries.attack_bench import STRANGER, Bench
from tests.adversaries.attack_bench import bench as made
from tests.adversaries.attacks import ATTACKS
from tests.adversaries.bare_verifier import Bare, bare_python, busy_ladder, script
from tests.adversaries.browser import AS_IT_IS, Asked, in_browser
from tests.made_up.offices import BUPATI, CIAMIS
from tests.made_up.upward import CIKONENG, KABKO, PROVINSI, Ladder

Roots = dict[str, str]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    bench = made(tmp_path_factory.mktemp("serangan"))
    yield bench
    bench.close()


@pytest.fixture(scope="module")
def verifier() -> ModuleType:
    return script()


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Bare:
    return bare_python(tmp_path_factory.mktemp("telanjang"))


def ours(path: Path, roots: Roots, revoked: frozenset[tuple[str, str]] = frozenset()) -> str:
    """What the program says, with the root of whatever election the file is of."""
    try:
        with open_package(path) as package:
            said = package.manifest
        realm = Realm(str(said["election"]), str(said["mode"]))
        prove_package(path, trust=Trust(realm, roots, revoked))
    except KnownProblem as problem:
        return problem.code
    return ""


def test_the_bare_python_has_no_part_of_the_program(bare: Bare) -> None:
    for name in ("recap_desktop", "reportlab", "orjson", "PySide6"):
        command = [str(bare.python), "-I", "-c", f"import {name}"]
        said = subprocess.run(command, cwd=bare.folder, capture_output=True, check=False, text=True)
        assert "ModuleNotFoundError" in said.stderr, name


def said_by_python(bare: Bare, bench: Bench, paths: list[Path], *more: str | Path) -> list[str]:
    """What the Python verifier says of files, all in one run: a code, or nothing."""
    (root,) = bench.roots.items()
    said = bare.ask(*paths, paths[0], "--akar", "=".join(root), *more)
    assert said.stderr == "" and said.returncode == 1
    blocks = said.stdout.split(f"{paths[0].parent}/")[1:-1]
    verdicts = [block.splitlines()[1] for block in blocks]
    return ["" if verdict.startswith("COCOK.") else verdict.split()[2] for verdict in verdicts]


def test_all_three_say_the_same_of_every_attack(bench: Bench, bare: Bare, tmp_path: Path) -> None:
    lost = tmp_path / "hilang.cabutan"
    lost.write_bytes(forgers.gone_list(bench, bench.key) + b"\n")
    paths, expected, asked = [], [], list[Asked]()
    for at, attack in enumerate(ATTACKS.values()):
        path = tmp_path / f"{at:03}.rkp"
        path.write_bytes(attack.make(bench))
        paths.append(path)
        expected.append(attack.verified)
        lists = [lost.read_text()] if attack.is_revoked else []
        asked.append((path.read_bytes(), AS_IT_IS, bench.roots, lists))
    told = [
        ours(path, bench.roots, bench.revoked if attack.is_revoked else frozenset())
        for path, attack in zip(paths, ATTACKS.values(), strict=True)
    ]
    assert told == expected
    revoked = [attack.is_revoked for attack in ATTACKS.values()]
    plain = [path for path, gone in zip(paths, revoked, strict=True) if not gone]
    others = [path for path, gone in zip(paths, revoked, strict=True) if gone]
    by_python = iter(said_by_python(bare, bench, plain))
    by_lists = iter(said_by_python(bare, bench, others, "--cabutan", lost))
    told = [next(by_lists if gone else by_python) for gone in revoked]
    assert dict(zip(ATTACKS, told, strict=True)) == dict(zip(ATTACKS, expected, strict=True))
    # The page, in a browser.
    shown = ["" if len(one) == len("ab" * 32) else one for one in in_browser(tmp_path, asked)]
    assert dict(zip(ATTACKS, shown, strict=True)) == dict(zip(ATTACKS, expected, strict=True))


def test_a_list_of_revoked_keys_that_was_changed_is_refused_by_both(
    bench: Bench, bare: Bare, tmp_path: Path
) -> None:
    package, path = tmp_path / "p.rkp", tmp_path / "x.cabutan"
    package.write_bytes(bench.good)
    genuine = forgers.gone_list(bench, bench.key)
    lies = {
        genuine.replace(bench.key.public.hex().encode(), b"ab" * 32): "not-signed-revocations",
        genuine.replace(b'"number":1', b'"number":2'): "not-signed-revocations",
        genuine.replace(b"REKAP/1/revocations", b"REKAP/1/letter"): "not-a-revocations",
        b"{}": "not-a-revocations",
    }
    asked: list[Asked] = []
    for raw, code in lies.items():
        path.write_bytes(raw)
        said = bare.ask(package, "--cabutan", path)
        assert (said.returncode, said.stderr) == (1, "")
        assert said.stdout.startswith(f"DAFTAR CABUTAN TIDAK COCOK: {code} ")
        asked.append((bench.good, AS_IT_IS, bench.roots, [raw.decode()]))
    assert in_browser(tmp_path, asked) == list(lies.values())


def test_both_refuse_a_small_package_changed_in_any_byte(
    bench: Bench, verifier: ModuleType, tmp_path: Path
) -> None:
    """Which code it is may hang on who looks first; that it is refused may not."""
    raw = bytearray(bench.small())
    path = tmp_path / "satu.rkp"
    for at in range(len(raw)):
        raw[at] ^= 0xFF
        path.write_bytes(raw)
        with pytest.raises(verifier.Refused) as caught:
            verifier.verify(path, bench.roots)
        assert caught.value.args[0].startswith("package-"), at
        raw[at] ^= 0xFF
    edits = [(at, 0xFF) for at in range(len(raw))]
    said = in_browser(tmp_path, [(bytes(raw), edits, bench.roots)])
    assert len(said) == len(raw)
    assert [one for one in said if not one.startswith("package-")] == []


# ---------------------------------------------------------------- what is genuine


@pytest.fixture(scope="module")
def ladder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ladder]:
    ladder = busy_ladder(tmp_path_factory.mktemp("tangga"))
    yield ladder
    ladder.close()


def receipts(ladder: Ladder) -> list[Path]:
    """The receipts of every office that sent something, with their certificates."""
    made = []
    for below, above in ((CIAMIS, KABKO), (CIKONENG, KABKO), (KABKO, PROVINSI)):
        path = ladder.folder / f"{below}.terima"
        give_receipt(
            ladder.offices[above],
            BUPATI,
            below,
            path,
            key=ladder.key(above),
            certificates=ladder.certificates(above),
        )
        made.append(path)
    return made


def test_all_three_prove_differences_paper_totals_and_second_revisions(
    ladder: Ladder, verifier: ModuleType, tmp_path: Path
) -> None:
    roots = dict(ladder.trust.roots)
    found = sorted(ladder.folder.glob("*.rkp"))
    assert len(found) == 4
    proved = {path: prove_package(path, trust=ladder.trust) for path in found}
    assert sorted(one.statement.revision for one in proved.values()) == [1, 1, 1, 2]
    for path, one in proved.items():
        said = verifier.verify(path, roots)
        assert (said["package"], said["totals"]) == (one.hash, one.totals)
    asked: list[Asked] = [(path.read_bytes(), AS_IT_IS, roots) for path in found]
    assert in_browser(tmp_path, asked) == [one.hash for one in proved.values()]
    last = max(proved.values(), key=lambda one: one.statement.revision)
    # 40 to 44 and 30, one TPS ruled to 50, another to 42, three taken away above the TPS.
    assert last.totals["votes.1"] == 50 + 42 + 42 + 43 + 44 + 30 - 3


def test_a_receipt_is_proved_by_all_three_and_beside_its_package(
    ladder: Ladder, bare: Bare, verifier: ModuleType, tmp_path: Path
) -> None:
    roots = dict(ladder.trust.roots)
    found = receipts(ladder)
    asked: list[Asked] = []
    for path in found:
        proved = prove_receipt(path, trust=ladder.trust).receipt
        said = verifier.verify_receipt(path, roots)
        assert (said["receipt"]["head"], said["totals"]) == (proved.head, proved.totals)
        asked.append((path.read_bytes(), AS_IT_IS, roots))
    shown = in_browser(tmp_path, asked)
    assert shown == [canonical(dict(read_receipt(path).totals)).decode() for path in found]
    (root,) = roots.items()
    packages = sorted(ladder.folder.glob("*.rkp"))
    told = bare.ask(*found, *packages, "--akar", "=".join(root))
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.count("COCOK. LATIHAN.") == len(found) + len(packages)
    # Signed by who received it, yet other totals than the package beside it has.
    lie = replace(read_receipt(found[0]), totals={"votes.1": 1})
    (tmp_path / "x.terima").write_bytes(seal_receipt(lie, ladder.key(KABKO)))
    told = bare.ask(tmp_path / "x.terima", *packages)
    assert told.returncode == 1 and "TIDAK COCOK: receipt-totals" in told.stdout


def forged(receipt: dict[str, Any], **changes: object) -> bytes:
    """Signed by the key that it names."""
    said = {**receipt, **changes, "key": STRANGER.public.hex()}
    signature = STRANGER.sign("receipt", canonical(said))
    return canonical({"format": "REKAP/1/receipt", "receipt": said, "signature": signature})


def test_all_three_refuse_a_receipt_that_is_not_what_it_says(
    ladder: Ladder, verifier: ModuleType, tmp_path: Path
) -> None:
    genuine = receipts(ladder)[0].read_bytes()
    data = json.loads(genuine)
    said, certificate = data["receipt"], data["receipt"]["certificates"][0]
    lies: dict[bytes, str] = {
        genuine.replace(b'"revision":1', b'"revision":2'): "not-signed-receipt",
        genuine.replace(b'"votes.2":', b'"votes.3":'): "not-signed-receipt",
        genuine.replace(b"REKAP/1/receipt", b"REKAP/1/letter"): "not-a-receipt",
        genuine + b"\n": "not-a-receipt",
        b"{}": "not-a-receipt",
        canonical({**data, "more": 1}): "not-a-receipt",
        forged(said): "key-not-certified",
        forged(said, certificates=[]): "key-not-certified",
        forged(said, certificates=[certificate.replace('"serial":1', '"serial":9')]): (
            "not-signed-certificate"
        ),
        forged(said, certificates=["x"]): "not-a-certificate",
        forged(said, certificates=[1]): "not-a-receipt",
        forged(said, revision="1"): "not-a-receipt",
        forged(said, note="x"): "not-a-receipt",
        forged({name: value for name, value in said.items() if name != "head"}): "not-a-receipt",
    }
    roots, path = dict(ladder.trust.roots), tmp_path / "x.terima"
    for raw, code in lies.items():
        path.write_bytes(raw)
        with pytest.raises(KnownProblem) as caught:
            prove_receipt(path, trust=ladder.trust)
        assert caught.value.code == code
        with pytest.raises(verifier.Refused) as refused:
            verifier.verify_receipt(path, roots)
        assert refused.value.args[0] == code
    asked: list[Asked] = [(raw, AS_IT_IS, roots) for raw in lies]
    assert in_browser(tmp_path, asked) == list(lies.values())


def test_both_refuse_a_receipt_changed_in_any_byte(
    ladder: Ladder, verifier: ModuleType, tmp_path: Path
) -> None:
    raw = bytearray(receipts(ladder)[0].read_bytes())
    path = tmp_path / "satu.terima"
    for at in range(len(raw)):
        raw[at] ^= 0x01
        path.write_bytes(raw)
        with pytest.raises(verifier.Refused):
            verifier.examine(path, None)
        with pytest.raises(KnownProblem):
            prove_receipt(path)
        raw[at] ^= 0x01
    edits = [(at, 0x01) for at in range(len(raw))]
    said = in_browser(tmp_path, [(bytes(raw), edits, None)])
    assert len(said) == len(raw)
    assert [one for one in said if one.startswith("{") or len(one) == len("ab" * 32)] == []
