"""What `make` installs is written down: whole, with hashes, and naming no place to fetch from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LISTS = sorted((ROOT / "requirements").glob("*.txt"))
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def listed(file: Path) -> dict[str, tuple[str, list[str]]]:
    """Each package of a list: its version and its hashes."""
    text = file.read_text(encoding="utf-8").replace("\\\n", " ")
    found: dict[str, tuple[str, list[str]]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        requirement = Requirement(line.partition(" --hash")[0])
        (pin,) = requirement.specifier
        assert pin.operator == "==", line[:80]
        found[canonicalize_name(requirement.name)] = (pin.version, HASH.findall(line))
    return found


def wanted(group: str) -> list[Requirement]:
    found: list[Requirement] = []
    for one in PROJECT["dependency-groups"][group]:
        found += wanted(one["include-group"]) if isinstance(one, dict) else [Requirement(one)]
    return found


@pytest.mark.parametrize("file", LISTS, ids=lambda f: f.stem)
def test_every_package_has_its_hashes_and_no_place_is_named(file: Path) -> None:
    packages = listed(file)
    assert len(packages) > 30
    assert [name for name, (_, hashes) in packages.items() if not hashes] == []
    assert "//" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "groups"), [("run", ["build"]), ("dev", ["dev"]), ("figures", ["figures"])])
def test_what_the_project_asks_for_is_listed_in_a_version_that_it_allows(name: str, groups: list[str]) -> None:
    packages = listed(ROOT / "requirements" / f"{name}.txt")
    asked = [Requirement(d) for d in PROJECT["project"]["dependencies"]]
    asked += [r for group in groups for r in wanted(group)]
    missing = [str(r) for r in asked if canonicalize_name(r.name) not in packages]
    assert missing == []
    assert [str(r) for r in asked if not r.specifier.contains(packages[canonicalize_name(r.name)][0])] == []


def test_the_lists_agree_on_their_versions() -> None:
    versions: dict[str, set[str]] = {}
    for file in LISTS:
        for name, (version, _) in listed(file).items():
            versions.setdefault(name, set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}
