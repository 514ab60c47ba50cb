"""A real server in a process of its own, for the tests that need one."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def serving(folder: Path, *more: str) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """The port of a server on the diary in a folder, and its process; it ends with the block."""
    command = [sys.executable, "-u", "-m", "patella.web", "--port", "0", "--data", str(folder), *more]
    log = (folder.parent / f"{folder.name}.log").open("w+")
    with log, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
            assert found, Path(log.name).read_text()
            yield int(found[1]), process
        finally:
            process.terminate()
            process.wait(10)


def said(folder: Path) -> str:
    """What the server of a folder wrote to its error output."""
    return (folder.parent / f"{folder.name}.log").read_text()
