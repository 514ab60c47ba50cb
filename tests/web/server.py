"""A real server in a process of its own, for the tests that need one."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KNOWN: dict[int, str] = {}


def known_at(port: int) -> dict[str, str]:
    """What a browser shows that was let in at this port: the header of every request of these tests."""
    return {"Cookie": KNOWN[port]}


@contextmanager
def serving(folder: Path, *more: str) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """The port of a server on the diary in a folder, and its process; it ends with the block."""
    command = [sys.executable, "-u", "-m", "patella.web", "--port", "0", "--data", str(folder), *more]
    log = (folder.parent / f"{folder.name}.log").open("w+")
    with log, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process:
        try:
            assert process.stdout is not None
            said_first = process.stdout.readline() + process.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:(\d+)(/in/\S+)", said_first)
            assert found, Path(log.name).read_text()
            port = int(found[1])
            KNOWN[port] = come_in(port, found[2])
            yield port, process
        finally:
            process.terminate()
            process.wait(10)


def come_in(port: int, link: str) -> str:
    """Open a one-time link, and keep the cookie it gives."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", link)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 303
    return answer.headers["set-cookie"].partition(";")[0]


def said(folder: Path) -> str:
    """What the server of a folder wrote to its error output."""
    return (folder.parent / f"{folder.name}.log").read_text()
