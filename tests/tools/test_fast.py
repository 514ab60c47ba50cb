"""`make fast` runs what is nearest to a change first, ends in time, and says what it left."""

from __future__ import annotations

from pathlib import Path

import pytest

from tooling import load_tool

ROOT = Path(__file__).parents[2]


fast = load_tool("fast")
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
    order = fast.in_order({}, {})
    assert order[0].startswith("tests/care/")
    assert len(order) == len(set(order)) > 50
    assert "Nothing was changed" in fast.sentence([], {})


def test_what_is_near_goes_ahead_of_the_rest() -> None:
    last = fast.test_files()[-1]
    assert fast.in_order({last: 1}, {})[0] == last


def test_among_those_as_near_the_quick_come_first_and_none_before_one_that_is_nearer() -> None:
    slow, quick, unknown, further = fast.test_files()[:4]
    near = {slow: 1, quick: 1, unknown: 1, further: 2}
    order = fast.in_order(near, {slow: 9.0, quick: 2.5, further: 0.1})
    assert order[:4] == [unknown, quick, slow, further]


def test_what_the_time_did_not_suffice_for_is_told_in_two_sentences_with_the_nearest_by_name() -> None:
    near = {f"tests/app/test_{n}.py": 1 + n // 6 for n in range(20)}
    told = fast.left_over(dict.fromkeys([*near, "tests/web/test_far.py"], 3), near)
    assert told.startswith("The time is up: 63 tests of 21 files were not run, 36 of them near to the change: ")
    assert [f"test_{n}.py" in told for n in range(20)] == [n < 5 for n in range(20)]
    assert "and 7 files more" in told
    assert told.endswith("`make fast LEFT=1` names all.")


def test_where_all_that_is_near_was_run_it_is_said() -> None:
    told = fast.left_over({"tests/web/test_far.py": 3}, {"tests/web/test_far.py": 3})
    assert told.startswith("The time is up: 3 tests of 1 file were not run, none of them near to the change.")


def test_what_only_a_browser_tries_is_said() -> None:
    assert "make pages" in fast.sentence(["src/patella/web/static/live/run.js"], {})


def test_what_a_test_borrows_from_its_helpers_counts_as_its_own() -> None:
    found = fast.imports_of("tests/terminal/test_player.py")
    assert {"patella.terminal.player", "tests/terminal/theatre.py", "tests/conftest.py"} <= found


def test_every_file_that_was_changed_is_one_that_git_names() -> None:
    assert all(not Path(f).is_absolute() for f in fast.changed_files())


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with two files of tests, run as `make fast` runs ours."""
    (tmp_path / "test_one.py").write_text("def test_it(): ...\ndef test_more(): ...\n")
    (tmp_path / "test_two.py").write_text("def test_it(): sum(range(10**7))\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  slow\n  stories\n  alone\n")
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "tools"))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # what else is installed takes long to load
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p xdist -p randomly")
    monkeypatch.setattr(fast, "ROOT", tmp_path)
    monkeypatch.setattr(fast, "KEPT", tmp_path / "build" / "fast.json")


@pytest.mark.usefixtures("elsewhere")
def test_when_the_time_is_up_no_further_test_begins_and_what_was_left_and_what_took_long_is_kept() -> None:
    assert fast.run(["test_one.py", "test_two.py"], seconds=600) == (0, {})
    took_s = fast.kept()["took_s"]
    assert took_s["test_two.py"] > took_s["test_one.py"] >= 0
    assert fast.run(["test_two.py", "test_one.py"], seconds=0) == (0, {"test_two.py": 1, "test_one.py": 2})
    assert list(fast.kept()["left"]) == ["test_two.py", "test_one.py"]
    assert fast.kept()["took_s"] == took_s  # who was passed by is as quick as before
