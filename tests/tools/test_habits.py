"""What runs before a commit, and on other Pythons, is what `make check` and `make test` run."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
    return found


def test_before_a_commit_runs_what_make_check_runs_and_nothing_is_fetched() -> None:
    recipe = re.search(r"^check:.*\n((?:\t.+\n)+)", MAKEFILE, flags=re.MULTILINE)
    assert recipe
    checks = {line.strip().removeprefix("@").replace("$(BIN)", ".venv/bin") for line in recipe[1].splitlines()}
    (repo,) = read(".pre-commit-config.yaml")["repos"]
    hooks = {re.sub(r" --force-exclude$", "", hook["entry"]) for hook in repo["hooks"]}
    assert repo["repo"] == "local"
    assert {hook["language"] for hook in repo["hooks"]} == {"system"}
    assert hooks == {re.sub(r" \.$", "", check) for check in checks}


def test_every_python_that_is_promised_is_tried() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    promised = {c.rpartition(" ")[2] for c in project["classifiers"] if "Python :: 3." in c}
    job = read(".github/workflows/test.yml")["jobs"]["test"]
    assert promised <= set(job["strategy"]["matrix"]["python"])
    assert f">={min(promised, key=lambda v: int(v[2:]))}" == project["requires-python"]
    assert any(step.get("run", "").startswith("make test") for step in job["steps"])


def test_every_form_asks_something_that_has_to_be_said() -> None:
    forms = [f for f in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if f.name != "config.yml"]
    assert len(forms) == 3
    for form in forms:
        body = read(str(form.relative_to(ROOT)))["body"]
        assert [part for part in body if part.get("validations", {}).get("required")], form.name
        assert all(part["type"] == "markdown" or part["id"] for part in body)
