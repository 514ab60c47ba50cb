"""The command as a process of its own: through a pipe, in a real terminal, killed, and how fast it starts."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from files.recordings import Outing, fit_of
from patella.care.entries.kinds import Kind

START_S = 0.6
SLACK = 2.5  # a machine that runs the other tests at the same time is not a runner's laptop
WAIT_S = 90
UNHURRIED = "10"  # a set takes seconds then, so that a key comes in time on a busy machine too
ENTRY = [sys.executable, "-m", "patella.cli"]
Terminal = Callable[..., "pexpect.spawn[str]"]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX terminal")


@pytest.fixture
def environment(data: Path) -> dict[str, str]:
    return {**os.environ, "PATELLA_DATA": str(data), "TERM": "xterm-256color", "COLUMNS": "", "LINES": ""}


@pytest.fixture
def ready(environment: dict[str, str], answers: Path) -> dict[str, str]:
    """The environment of somebody who was screened and whose settings are known."""
    for arguments in (["screen", "--answers", str(answers)], ["settings", "--usual-pain", "1", "--equipment", "all"]):
        subprocess.run([*ENTRY, *arguments], env=environment, check=True, capture_output=True)
    return environment


@pytest.fixture
def terminal(environment: dict[str, str]) -> Iterator[Terminal]:
    """Opens a terminal of 24 lines and 80 columns with the command in it."""
    opened: list[pexpect.spawn[str]] = []

    def open_one(*arguments: str) -> pexpect.spawn[str]:
        child = pexpect.spawn(
            ENTRY[0], [*ENTRY[1:], *arguments], env=environment, encoding="utf-8", timeout=WAIT_S, dimensions=(24, 80)
        )
        opened.append(child)
        return child

    yield open_one
    for child in opened:
        child.close(force=True)


def answer(environment: dict[str, str], *arguments: str) -> object:
    ran = subprocess.run([*ENTRY, *arguments, "--json"], env=environment, check=True, capture_output=True, text=True)
    return json.loads(ran.stdout)


def end(child: pexpect.spawn[str]) -> int | None:
    child.expect(pexpect.EOF)
    child.close()
    code: int | None = child.exitstatus
    return code


def screening(child: pexpect.spawn[str]) -> None:
    for answer in ("0", "0", "0", "0", "1", "3"):
        child.expect("leave\\):")
        child.sendline(answer)


def test_the_whole_way_in_a_terminal(terminal: Terminal, environment: dict[str, str]) -> None:
    """Screening, one set, Ctrl-C half-way, back at the same step, pain, the finish, the diary, and the next day."""
    first = terminal("start", "--only", "rotate-your-bones", "--speed", "100", "--date", "2026-11-02")
    first.expect("Welcome to Patella")
    screening(first)
    first.expect("Which knee")
    first.sendline("2")
    first.expect("usual morning")
    first.sendline("1")
    first.expect("before you begin")
    first.sendline("1")
    first.expect("Rotate your bones")
    first.expect("Enter to begin")
    first.sendline("")
    first.expect("Get ready")
    first.expect("Work, set 1 of 2")
    first.send("      ")
    first.expect("Saved: 6 reps")
    first.expect("Work, set 2 of 2")
    first.send(" ")
    first.expect("Work, set 2 of 2")  # drawn anew with one rep
    first.sendintr()
    first.expect("patella start goes on from here; everything so far is saved")
    assert end(first) == 130

    second = terminal("start", "--date", "2026-11-02", "--speed", "100")
    second.expect("not finished")
    second.sendline("1")
    second.expect("Work, set 2 of 2")
    second.send("h")
    second.expect("It hurts")
    second.send("2\r")
    second.expect("2 of 10, green")
    second.send("d")
    second.expect("Worst pain during")
    second.send("\r")
    second.expect("Done, and saved")
    second.expect("1 exercise, 2 sets")
    second.expect("Tomorrow: a stronger day, about")
    second.expect("set 2: 6 reps")
    second.sendline("")
    assert end(second) == 0

    answer(environment, "pain", "1", "--when", "after", "--date", "2026-11-02")
    answer(environment, "pain", "1", "--when", "morning", "--date", "2026-11-03")
    diary = str(answer(environment, "history", "--date", "2026-11-03"))
    assert "'reps': 6" in diary
    assert "'colour': 'green'" in diary
    plan = str(answer(environment, "today", "--only", "rotate-your-bones", "--date", "2026-11-03"))
    assert "'reps': 7" in plan
    assert "a little more" in plan


def test_a_session_survives_that_its_window_changes(terminal: Terminal, ready: dict[str, str]) -> None:
    assert ready
    child = terminal("start", "--only", "rotate-your-bones", "--speed", "100")
    child.expect("before you begin")
    child.sendline("")
    child.expect("Enter to begin")
    child.sendline("")
    child.expect("Work, set 1")
    child.expect("of 6 reps")
    for lines, columns in ((12, 40), (5, 20), (60, 200), (24, 80)):
        child.setwinsize(lines, columns)
        child.expect("Work")
    child.send("d")
    child.expect("Saved: 6 reps")
    child.send("q")
    child.expect("goes on from here")
    assert end(child) == 0


def test_the_terminal_is_as_before_when_it_was_ended_from_outside(terminal: Terminal, ready: dict[str, str]) -> None:
    assert ready
    child = terminal("start", "--only", "rotate-your-bones")
    child.expect("before you begin")
    child.sendline("")
    child.expect("Enter to begin")
    child.sendline("")
    child.expect("Get ready")
    child.kill(signal.SIGTERM)
    child.expect(re.escape("\x1b[?1049l"))
    assert end(child) == 128 + signal.SIGTERM


def test_killed_in_the_middle_of_a_set_it_goes_on_at_that_set(
    terminal: Terminal, ready: dict[str, str], data: Path
) -> None:
    child = terminal("start", "--only", "rotate-your-bones", "--speed", UNHURRIED)
    child.expect("before you begin")
    child.sendline("1")
    child.expect("Enter to begin")
    child.sendline("")
    child.expect("Work, set 1")
    child.expect("of 6 reps")
    child.send("5\r")
    child.expect("Saved: 5 reps")
    child.expect("Work, set 2 of 2")
    child.kill(signal.SIGKILL)
    child.expect(pexpect.EOF)

    again = terminal("start", "--speed", UNHURRIED)
    again.expect("not finished")
    again.sendline("1")
    again.expect("Work, set 2 of 2")
    again.send("d")
    again.expect("Worst pain")
    again.send("1\r")
    again.expect("set 1: 5 reps")
    again.expect("set 2: 6 reps")
    again.sendline("f")
    assert end(again) == 0
    with sqlite3.connect(data / "patella.db") as database:
        kinds = [row[0] for row in database.execute("SELECT kind FROM entry ORDER BY seq")]
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    assert kinds.count(Kind.SET_DONE) == 2
    assert ready


def test_a_pipe_that_stays_open_lets_the_timers_run(ready: dict[str, str]) -> None:
    child = subprocess.Popen(
        [*ENTRY, "start", "--only", "strap-stretch", "--speed", "100"],
        env=ready,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write("1\n\n")
    child.stdin.flush()
    heard = ""
    while "Worst pain" not in heard:
        line = child.stdout.readline()
        assert line, heard
        heard += line
    out, _ = child.communicate("2\nf\n", timeout=WAIT_S)
    assert child.returncode == 0
    assert heard.count("Saved: 1 hold of 30 s.") == 4
    assert "5 4 3 2 1" in heard
    assert "Done, and saved" in out


def test_a_pipe_that_ends_leaves_politely_and_says_how_to_go_on(ready: dict[str, str]) -> None:
    ran = subprocess.run(
        [*ENTRY, "start", "--snack"], env=ready, input="1\n\n\n", capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0
    assert ran.stderr == ""
    assert "everything so far is saved" in " ".join(ran.stdout.split())


def test_a_folder_is_watched_until_somebody_stops_it(ready: dict[str, str], tmp_path: Path) -> None:
    place = tmp_path / "watch"
    place.mkdir()
    (place / "a.fit").write_bytes(fit_of(Outing()))
    with subprocess.Popen(
        [*ENTRY, "import", "--watch", place, "--json"],
        env=ready,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        try:
            came = json.loads(child.stdout.readline())
            child.send_signal(signal.SIGINT)
            _, aside = child.communicate(timeout=WAIT_S)
        finally:
            child.kill()
    assert (came["came"], came["runs"]) == (["a.fit"], 1)
    assert child.returncode == 0
    assert aside.endswith("Ended. What was taken in is kept.\n")


def test_whoever_stops_reading_gets_no_complaint(ready: dict[str, str]) -> None:
    with subprocess.Popen(
        [*ENTRY, "screen", "--questions", "--json"], env=ready, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode in (0, 1)


def test_today_answers_at_once(ready: dict[str, str]) -> None:
    """0.6 s on a quiet machine; here with slack, and measured as the processor time it takes, not the wall's."""
    took = []
    for _ in range(5):
        before = os.times()
        subprocess.run([*ENTRY, "today"], env=ready, check=True, capture_output=True)
        after = os.times()
        took.append(after.children_user + after.children_system - before.children_user - before.children_system)
    assert statistics.median(took) < START_S * SLACK


@pytest.mark.parametrize(
    ("command", "unneeded"),
    [
        (["today"], {"rich", "typst", "alembic", "pydantic", "fastapi"}),
        (["exercises", "--json"], {"rich", "typst", "alembic", "sqlalchemy"}),
        (["--version"], {"rich", "typst", "alembic", "sqlalchemy"}),
    ],
    ids=lambda v: v[0] if isinstance(v, list) else None,
)
def test_a_command_does_not_load_what_only_others_need(
    ready: dict[str, str], command: list[str], unneeded: set[str]
) -> None:
    code = (
        f"import sys; from patella.cli import app; from patella.terminal.door import run; run(app, {command!r});"
        f"print(sorted({unneeded!r} & set(sys.modules)), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], env=ready, check=True, capture_output=True, text=True)
    assert ran.stderr == "[]\n"


def test_a_finished_program_leaves_its_thread_behind_quietly(ready: dict[str, str]) -> None:
    child = subprocess.Popen(
        [*ENTRY, "history", "--undo"], env=ready, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    time.sleep(0.1)
    out, err = child.communicate(timeout=WAIT_S)
    assert (child.returncode, err) == (2, b"There is nothing to take back.\n"), out
