"""A release is made of a commit, whole or not at all; the same commit gives the same files."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType

import pytest

from tooling import load_tool

ROOT = Path(__file__).parents[2]
FILES = {
    ".gitignore": "dist/\n__pycache__/\n",
    "pyproject.toml": """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "toy-knee"
dynamic = ["version"]
requires-python = ">=3.11"
license = "Apache-2.0"
[tool.hatch.version]
path = "src/patella/version.py"
[tool.hatch.build.targets.wheel]
packages = ["src/patella"]
""",
    "src/patella/__init__.py": "",
    "src/patella/version.py": '"""The version."""\n\nVERSION = "0.1.0"\n',
    "CHANGELOG.md": "# Changelog\n\n## Unreleased\n\n- It squeaks.\n\n## 0.1.0 (2026-11-28)\n\n- It is there.\n",
    "requirements/run.txt": f"toy==1.2.0 ; python_version >= '3' \\\n    --hash=sha256:{'a' * 64}\n",
    "requirements/advisories.json": '{"day": "2026-11-28", "advisories": []}',
    "package-lock.json": '{"packages": {"": {}}}',
}


@pytest.fixture(scope="module")
def release() -> ModuleType:
    return load_tool("release")


@pytest.fixture
def audit(release: ModuleType) -> ModuleType:
    found: ModuleType = release.audit
    return found


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small package that is committed."""
    root = tmp_path / "project"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    git(root, "init", "--quiet")
    git(root, "config", "user.name", "Somebody")
    git(root, "config", "user.email", "somebody@example.org")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "All of it")
    return root


def git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=True).stdout


def test_all_of_a_release_is_there_and_made_again_it_is_the_same(release: ModuleType, project: Path) -> None:
    folder = release.release(project, "0.2.0")

    assert folder == project / "dist" / "0.2.0"
    made = {f.name: f.read_bytes() for f in folder.iterdir()}
    wheel, archive = "toy_knee-0.2.0-py3-none-any.whl", "toy_knee-0.2.0.tar.gz"
    assert set(made) == {wheel, archive, "patella-0.2.0.cdx.json", "CHANGES.md", "SHA256SUMS"}
    told = dict(reversed(line.split()) for line in made.pop("SHA256SUMS").decode().splitlines())
    assert told == {name: hashlib.sha256(content).hexdigest() for name, content in made.items()}
    today = datetime.now(UTC).date().isoformat()
    assert made["CHANGES.md"].decode() == f"## 0.2.0 ({today})\n\n- It squeaks.\n"
    assert git(project, "log", "-1", "--format=%s").strip() == "Patella 0.2.0"
    assert git(project, "status", "--porcelain") == ""

    release.release(project)
    assert {f.name: f.read_bytes() for f in folder.iterdir() if f.name != "SHA256SUMS"} == made


def test_what_is_not_committed_is_not_released(release: ModuleType, project: Path) -> None:
    (project / "CHANGELOG.md").write_text("# Changelog\n")
    with pytest.raises(release.ReleaseError, match=r"^There are changes that are not committed; .* try again\.$"):
        release.release(project, "0.2.0")
    assert not (project / "dist").exists()
    assert release.version_of(project) == "0.1.0"


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("0.1.0", r"^0\.1\.0 is there already; please choose a version above it\.$"),
        ("0.0.9", r"^0\.1\.0 is there already; please choose a version above it\.$"),
        ("soon", r"^soon is no version; it looks like 0\.2\.0\.$"),
    ],
)
def test_a_version_goes_up_only(release: ModuleType, project: Path, wanted: str, says: str) -> None:
    with pytest.raises(release.ReleaseError, match=says):
        release.release(project, wanted)
    assert git(project, "log", "--format=%s").splitlines() == ["All of it"]


def test_a_version_whose_changes_are_not_told_is_not_released(release: ModuleType, project: Path) -> None:
    (project / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\n- It squeaks.\n")
    git(project, "commit", "--quiet", "--all", "--message", "Nothing told")
    with pytest.raises(release.ReleaseError, match=r"does not tell of 0\.1\.0; please make it with: make release"):
        release.release(project)
    assert not (project / "dist").exists()


def test_a_weakness_of_something_pinned_stops_a_release(
    release: ModuleType, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "requirements" / "advisories.json").write_text(
        json.dumps({"day": "2026-11-28", "advisories": [speaking_of("Toy", {"introduced": "1.0"}, {"fixed": "1.3"})]})
    )
    git(project, "commit", "--quiet", "--all", "--message", "Known now")
    with pytest.raises(release.ReleaseError, match=r"^A version that is pinned has a known weakness"):
        release.release(project, "0.2.0")
    assert "toy 1.2.0 has a known weakness: X-1 (CVE-1). Please look for a newer one" in capsys.readouterr().err


def speaking_of(name: str, *events: dict[str, str]) -> dict[str, object]:
    ranges = [{"type": "ECOSYSTEM", "events": list(events)}]
    affected = [{"package": {"ecosystem": "PyPI", "name": name}, "ranges": ranges, "versions": ["0"]}]
    return {"id": "X-1", "aliases": ["CVE-1"], "affected": affected}


@pytest.mark.parametrize(
    ("events", "affected"),
    [
        ([{"introduced": "0"}], True),
        ([{"introduced": "0"}, {"fixed": "1.2.0"}], False),
        ([{"introduced": "0"}, {"fixed": "1.2.1"}], True),
        ([{"introduced": "1.10"}], False),
        ([{"introduced": "1.2.0"}, {"last_affected": "1.2.0"}], True),
        ([{"introduced": "0"}, {"last_affected": "1.1.9"}], False),
        ([{"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "1.1"}, {"fixed": "1.3"}], True),
        ([{"introduced": "1.1"}, {"fixed": "1.3"}, {"introduced": "0"}, {"fixed": "1.0"}], True),
        ([{"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "1.3"}], False),
    ],
)
def test_an_advisory_speaks_of_the_versions_between_its_events(
    audit: ModuleType, project: Path, events: list[dict[str, str]], *, affected: bool
) -> None:
    assert bool(list(audit.weaknesses(audit.pinned(project), [speaking_of("toy", *events)]))) is affected


def test_the_file_is_written_anew_from_a_database_with_what_speaks_of_our_packages_alone(
    audit: ModuleType, project: Path, tmp_path: Path
) -> None:
    ours, gone, other = (speaking_of(name, {"introduced": "0"}, {"fixed": "1.1"}) for name in ("TOY", "toy", "other"))
    (tmp_path / "one.json").write_text(json.dumps({**ours, "details": "long"}))
    (tmp_path / "two.json").write_text(json.dumps({**gone, "withdrawn": "2026-01-01T00:00:00Z"}))
    (tmp_path / "three.json").write_text(json.dumps(other))
    assert audit.main(project, ["--from", str(tmp_path), "--day", "2026-11-01"]) == 0
    kept = json.loads((project / "requirements" / "advisories.json").read_text())
    assert kept["day"] == "2026-11-01"
    assert [one["id"] for one in kept["advisories"]] == ["X-1"]
    assert "details" not in kept["advisories"][0]


def test_knowledge_that_is_old_is_called_old(
    audit: ModuleType, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "requirements" / "advisories.json").write_text('{"day": "2024-10-10", "advisories": []}')
    assert audit.main(project, []) == 0
    days = (datetime.now(UTC).date() - date(2024, 10, 10)).days
    assert f"That is {days} days ago, so newer ones are not known here" in capsys.readouterr().out


def test_the_bill_names_everything_that_is_installed_or_packed_with_its_hashes(release: ModuleType) -> None:
    at = datetime(2026, 11, 28, tzinfo=UTC)
    written = release.write_bill(ROOT, "0.1.0", at)
    bill = json.loads(written)
    assert (bill["bomFormat"], bill["metadata"]["component"]["purl"]) == ("CycloneDX", "pkg:pypi/patella-knee@0.1.0")
    purls = [part["purl"] for part in bill["components"]]
    listed = re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / "requirements" / "run.txt").read_text(), flags=re.MULTILINE)
    packed = {re.sub(r"^(@[^/]+/[^/]+|[^/]+)/.*", r"\1", name) for name in taken_from(ROOT)}
    assert {f"pkg:pypi/{name}@{version}" for name, version in listed} <= set(purls)
    assert {f"pkg:npm/{name.replace('@', '%40')}" for name in packed} <= {p.rpartition("@")[0] for p in purls}
    assert all(part["hashes"] for part in bill["components"])
    assert len(purls) == len(set(purls))
    assert "://" not in written.replace("http://cyclonedx.org/schema", "")
    assert release.write_bill(ROOT, "0.1.0", at) == written


def taken_from(root: Path) -> list[str]:
    """The files inside packages that the build puts into ours."""
    text = (root / "tools" / "vendored.toml").read_text(encoding="utf-8")
    return [name for name in re.findall(r'^from = "(.+)"$', text, flags=re.MULTILINE) if not name.startswith(".")]


def test_the_pins_of_now_have_no_weakness_that_is_known_here(
    audit: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit.main(ROOT, []) == 0, capsys.readouterr().err
    assert sys.modules["audit"] is audit
