"""The pinned lists hold what the project asks for, each package with its hashes."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pinned(name: str) -> dict[str, str]:
    """Package and version of each entry of a requirements file."""
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, flags=re.MULTILINE))


def names(requirements: list[str]) -> set[str]:
    """The packages that pyproject.toml asks for, as the lists spell them."""
    asked = (re.match(r"[A-Za-z0-9._-]+", line) for line in requirements)
    return {re.sub(r"[._-]+", "-", found.group()).lower() for found in asked if found}


def test_what_the_project_asks_for_is_pinned() -> None:
    runtime = names(PROJECT["project"]["dependencies"])
    development = names(PROJECT["dependency-groups"]["dev"])
    assert runtime - set(pinned("requirements.txt")) == set()
    assert (runtime | development) - set(pinned("requirements-dev.txt")) == set()


def test_the_tests_run_on_the_versions_that_a_person_gets() -> None:
    development = pinned("requirements-dev.txt")
    runtime = pinned("requirements.txt")
    assert {name: development.get(name) for name in runtime} == runtime


def test_the_extra_stands_beside_what_everybody_has() -> None:
    extra, runtime = pinned("requirements-pades.txt"), pinned("requirements.txt")
    assert {name: extra.get(name) for name in runtime} == runtime
    assert names(PROJECT["project"]["optional-dependencies"]["pades"]) <= set(extra)


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-dev.txt", "requirements-pades.txt"]
)
def test_every_pinned_package_has_a_hash_and_no_address(name: str) -> None:
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text
