"""`make fast` runs what is nearest to a change first, ends in time, and says what it left."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fast", ROOT / "tools" / "fast.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


fast = load()
USED_BY = {"patella.care.pain": {"patella.care.course"}, "patella.care.course": {"patella.app.plan"}}
TESTS = {
    "tests/care/test_pain.py": {"patella.care.pain"},
    "tests/care/test_course.py": {"patella.care.course", "tests/knees.py"},
    "tests/app/test_plan.py": {"patella.app.plan"},
    "tests/app/test_runs.py": {"patella.app.runs"},
}


def test_the_nearest_is_what_imports_the_change_then_what_imports_that() -> None:
    near = fast.nearest(["src/patella/care/pain.py"], USED_BY, TESTS)
    assert near == {"tests/care/test_pain.py": 1, "tests/care/test_course.py": 2, "tests/app/test_plan.py": 3}


def test_a_test_that_was_changed_itself_and_those_it_helps_come_first() -> None:
    assert fast.nearest(["tests/knees.py"], USED_BY, TESTS) == {"tests/care/test_course.py": 0}


def test_a_test_is_near_to_the_file_it_is_called_after() -> None:
    assert fast.nearest(["src/patella/app/runs.py"], {}, {"tests/app/test_runs.py": set()}) == {
        "tests/app/test_runs.py": 1
    }


def test_imports_that_go_round_in_a_circle_come_to_an_end() -> None:
    around = {"patella.a": {"patella.b"}, "patella.b": {"patella.a"}}
    assert fast.nearest(["src/patella/a.py"], around, {"tests/test_b.py": {"patella.b"}}) == {"tests/test_b.py": 2}


def test_a_file_of_the_library_is_near_to_whoever_reads_the_library() -> None:
    tests = {t: fast.imports_of(t) for t in ("tests/library/test_content.py", "tests/store/test_order.py")}
    assert list(fast.nearest(["src/patella/library/reasons.toml"], {}, tests)) == ["tests/library/test_content.py"]


def test_with_nothing_changed_the_rules_are_tried_first_and_nothing_twice() -> None:
    order = fast.in_order({})
    assert order[0].startswith("tests/care/")
    assert len(order) == len(set(order)) > 50
    assert "Nothing was changed" in fast.sentence([], {})


def test_what_is_near_goes_ahead_of_the_rest() -> None:
    last = fast.test_files()[-1]
    assert fast.in_order({last: 1})[0] == last


def test_what_only_a_browser_tries_is_said() -> None:
    assert "make pages" in fast.sentence(["src/patella/web/static/live/run.js"], {})


def test_what_a_test_borrows_from_its_helpers_counts_as_its_own() -> None:
    found = fast.imports_of("tests/terminal/test_player.py")
    assert {"patella.terminal.player", "tests/terminal/theatre.py", "tests/conftest.py"} <= found


def test_every_file_that_was_changed_is_one_that_git_names() -> None:
    assert all(not Path(f).is_absolute() for f in fast.changed_files())


@pytest.mark.parametrize(("seconds", "ran"), [("0", False), ("600", True)])
def test_when_the_time_is_up_no_further_test_begins_and_it_is_said(tmp_path: Path, seconds: str, ran: bool) -> None:  # noqa: FBT001
    (tmp_path / "test_one.py").write_text("def test_it(): ...\ndef test_more(): ...\n")
    env = {**os.environ, "PYTHONPATH": str(ROOT / "tools"), "PATELLA_BUDGET_S": seconds}
    call = [sys.executable, "-m", "pytest", "-p", "budget", "-p", "no:cacheprovider", "-n", "1", "test_one.py"]
    told = subprocess.run(call, cwd=tmp_path, env=env, capture_output=True, text=True, check=False).stdout
    assert ("2 passed" in told) is ran
    assert ("The time is up: 2 tests were not run, of test_one.py (2)." in told) is not ran
