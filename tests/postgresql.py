"""A real PostgreSQL for the tests, from the system's own package, with nothing but a socket in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

PLACES = ("/usr/local/bin", *sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True))
MISSING = "PostgreSQL is not installed (Debian: apt-get install postgresql)"
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",  # a killed server loses nothing by that; a machine without power would
    "shared_buffers": "32MB",
    "max_connections": "60",
    "log_min_messages": "fatal",
}


def program(name: str) -> str | None:
    """Where a program of the server is."""
    return shutil.which(name) or next((f"{p}/{name}" for p in PLACES if os.access(f"{p}/{name}", os.X_OK)), None)


def _other_user() -> str | None:
    """As whom it runs: it refuses to for the superuser."""
    if os.geteuid() != 0:
        return None
    names = {p.pw_name for p in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@dataclass(slots=True)
class Server:
    """A server that runs."""

    folder: Path
    user: str | None
    process: subprocess.Popen[bytes] | None = None
    numbers: Iterator[int] = field(default_factory=count)

    def start(self) -> None:
        """Start, and wait until it answers."""
        said = [f"-c{name}={value}" for name, value in SETTINGS.items()]
        said += [f"-cunix_socket_directories={self.folder}"]
        (self.folder / "data/postmaster.pid").unlink(missing_ok=True)  # of one that was killed
        self.process = subprocess.Popen(
            [str(program("postgres")), "-D", str(self.folder / "data"), *said],
            user=self.user, group=self.user and pwd.getpwnam(self.user).pw_gid, extra_groups=[] if self.user else None,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder,
        )  # fmt: skip
        until = time.monotonic() + 60
        while not self._answers():
            assert self.process.poll() is None, "the server did not start"
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.05)

    def kill(self) -> None:
        """End it and all of its processes at once, as a machine that stops would."""
        assert self.process is not None
        children = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False)
        for pid in (str(self.process.pid), *children.stdout.split()):
            subprocess.run(["kill", "-9", pid], check=False, stderr=subprocess.DEVNULL)
        self.process.wait()

    def fresh(self) -> str:
        """The address of a new, empty database."""
        import psycopg

        name = f"t{next(self.numbers)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
        return self.address(name)

    def address(self, database: str) -> str:
        """The address of a database."""
        return f"postgresql://tester@/{database}?host={self.folder}"

    def _answers(self) -> bool:
        import psycopg

        try:
            psycopg.connect(self.address("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True


@contextmanager
def running() -> Iterator[Server]:
    """A server for as long as the block lasts; skips the test where there is none."""
    pytest.importorskip("psycopg", reason="the driver of PostgreSQL is not installed")
    initdb = program("initdb")
    if initdb is None or program("postgres") is None:
        pytest.skip(MISSING)
    user = _other_user()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    if user:
        shutil.chown(folder, user)
    server = Server(folder, user)
    try:
        subprocess.run(
            [initdb, "-D", str(folder / "data"), "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
            user=user, group=user and pwd.getpwnam(user).pw_gid, extra_groups=[] if user else None,
            check=True, capture_output=True, cwd=folder,
        )  # fmt: skip
        server.start()
        yield server
    finally:
        if server.process and server.process.poll() is None:
            server.process.send_signal(signal.SIGQUIT)  # at once, its own processes with it
            server.process.wait()
        shutil.rmtree(folder, ignore_errors=True)
