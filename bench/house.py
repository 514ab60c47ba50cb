"""The real server in a process of its own, over an empty diary or another."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from patella.store.keys import Keys
from patella.web.door import cookie_name


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Where the server is, and its process."""

    host: str
    port: int
    process: int
    key: str

    @property
    def url(self) -> str:
        """Its first page."""
        return f"http://{self.host}:{self.port}"

    @property
    def cookie(self) -> tuple[str, str]:
        """Name and value of what a browser shows that it knows."""
        return cookie_name(self.port), self.key


@contextmanager
def serving(folder: Path | None = None, *more: str) -> Iterator[House]:
    """A server on the diary in a folder, or on an empty one; `more` is said to it."""
    with tempfile.TemporaryDirectory() as empty:
        data = folder or Path(empty)
        key = Keys(data).let_in()
        command = [sys.executable, "-m", "patella.web", "--port", "0", "--data", str(data), *more]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                host, port = _address(process)
                yield House(host=host, port=port, process=process.pid, key=key)
            finally:
                process.terminate()


def _address(process: subprocess.Popen[str]) -> tuple[str, int]:
    for text in process.stdout or ():
        if found := re.search(r"http://([\w.]+):(\d+)", text):
            return found.group(1), int(found.group(2))
    raise ConnectionError("The server did not say where it is.")
