"""Nothing leaves: no command opens a connection or asks for a name, whatever it does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

WATCHED = """
import sys

def watch(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        sys.stderr.write(f"REACHED OUT: {event} {args}\\n")
        raise RuntimeError("no connection is allowed")

sys.addaudithook(watch)
sys.argv = ["patella", *sys.argv[1:]]
from patella.cli import main
main()
"""
COMMANDS = (
    ["screen", "--questions"],
    ["settings", "--knees", "left"],
    ["pain", "2", "--when", "morning"],
    ["today", "--full", "--json"],
    ["history"],
    ["exercises"],
    ["show", "strap-stretch"],
    ["handout", "knee.pdf"],
    ["report", "report.pdf"],
    ["export", "diary.json"],
    ["check-library"],
    ["doctor"],
    ["link", "--forget"],
    ["erase", "--yes"],
)


def run_watched(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PATELLA_DATA": str(folder / "data")}
    words = [sys.executable, "-c", WATCHED, *command]
    return subprocess.run(words, env=env, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def test_the_watch_would_see_a_connection(tmp_path: Path) -> None:
    reaching = WATCHED.replace(
        "from patella.cli import main\nmain()", "import socket\nsocket.create_connection(('127.0.0.1', 9))"
    )
    ran = subprocess.run([sys.executable, "-c", reaching], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert "REACHED OUT" in ran.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])
def test_a_command_reaches_out_to_nobody(command: list[str], tmp_path: Path) -> None:
    ran = run_watched(command, tmp_path)

    assert "REACHED OUT" not in ran.stderr
    assert ran.returncode == (1 if command[0] == "link" else 0), ran.stderr  # nobody serves: it says so
