"""Serves a shared Patella by several processes: any of them may be killed, and another takes its place at once.

The supervisor of the web server itself waits for as long as a worker may take to answer until it sees that one died,
and stops for good where one cannot start, as while the database restarts.
"""

from __future__ import annotations

import os
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from patella.store.people.people import people_in
from patella.store.postgresql import SharedStore
from patella.web.forwarded import by_proxy
from patella.web.listening import listen_at
from patella.web.protocol import SharedProtocol, server_config
from patella.web.serve import HERE, ServeError, keep_quiet
from patella.web.shared import Shared, make_shared_app

LOOKS_S = 0.5
LIVES_S = 5.0  # a worker that lived for less is not replaced at once: what ended it may still be there
LEAVES_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How the workers speak. `certificate`: its file and its key's, where no proxy speaks TLS for us.

    `proxies` are the addresses of those whose word counts about where a request came from.
    """

    proxies: tuple[str, ...] = (HERE,)
    certificate: tuple[str, str] | None = None


def serve_shared(
    said: Shared, line: Line, *, address: str = HERE, workers: int = 2, say: Callable[[str], None] | None = None
) -> None:
    """Serve until interrupted.

    Raises StoreError where the database cannot be used, ServeError where the port or the certificate cannot.
    """
    with ExitStack() as stack:
        listening = stack.enter_context(closing(_listen(address, said.port)))
        said = replace(said, port=int(listening.getsockname()[1]))
        with closing(SharedStore.open(said.database, Path(said.folder))) as store:
            people_in(store.engine)  # the tables are made once, ahead of the workers
        _check(line)
        at = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="patella-"))) / "imports"
        imports = stack.enter_context(closing(_listen_beside(at)))
        (say or _say)(
            f"Patella answers as https://{said.host}/ at {address}:{said.port}, {workers} at a time. Ctrl-C stops it."
        )
        _Workers([(said, line, listening, at)] * workers + [(said, line, imports, None)]).run()


def _say(text: str) -> None:
    """At once, also where it goes into a journal."""
    print(text, flush=True)  # noqa: T201 - it is the terminal's


Told = tuple[Shared, Line, socket.socket, Path | None]


class _Workers:
    """Keeps each of them alive."""

    def __init__(self, told: Sequence[Told]) -> None:
        """What each of them is told as it starts."""
        self._told = told
        self._alive: dict[int, tuple[SpawnProcess, float]] = {}
        self._stops = False

    def run(self) -> None:
        """Until a signal ends it."""
        usual = {each: signal.signal(each, self._stop) for each in (signal.SIGTERM, signal.SIGINT)}
        try:
            while not self._stops:
                for place in range(len(self._told)):
                    if place not in self._alive:
                        self._start(place)
                wait([worker.sentinel for worker, _ in self._alive.values()], LOOKS_S)
                self._bury()
        finally:
            _end([worker for worker, _ in self._alive.values()])
            for each, handler in usual.items():
                signal.signal(each, handler)

    def _start(self, place: int) -> None:
        worker = get_context("spawn").Process(target=_work, args=self._told[place])
        try:
            worker.start()
        except OSError:  # it was killed before it heard what to do, or there is no room for one just now
            time.sleep(LOOKS_S)
        else:
            self._alive[place] = worker, time.monotonic()

    def _bury(self) -> None:
        for place, (worker, begun_s) in list(self._alive.items()):
            if not worker.is_alive():
                del self._alive[place]
                if time.monotonic() - begun_s < LIVES_S:
                    time.sleep(LOOKS_S)

    def _stop(self, *_: object) -> None:
        self._stops = True


def _end(workers: list[SpawnProcess]) -> None:
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join(LEAVES_S)
        if worker.is_alive():
            worker.kill()
            worker.join()


def _work(said: Shared, line: Line, listening: socket.socket, imports_at: Path | None) -> None:
    """One worker, for as long as the first process lives; the one that takes imports has no other to ask for them."""
    keep_quiet()
    threading.Thread(target=_leave_with_the_first, daemon=True).start()
    app: ASGIApp = make_shared_app(said, imports_at)
    if imports_at is None:
        app = by_proxy(app, "*")  # at its socket are only workers
    elif line.certificate is None:
        app = by_proxy(app, line.proxies)
    config = server_config(app, SharedProtocol, certificate=line.certificate if imports_at else None)
    uvicorn.Server(config).run(sockets=[listening])


def _leave_with_the_first() -> None:
    first = parent_process()
    if first is not None:
        wait([first.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)


def _check(line: Line) -> None:
    if line.certificate is None:
        return
    import ssl

    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(*line.certificate)
    except OSError as error:  # an error of TLS is one too
        raise ServeError(f"{line.certificate[0]} and its key cannot be used: {error.strerror or error}.") from None


def _listen_beside(at: Path) -> socket.socket:
    """A socket that the server's own user alone can open: its folder is closed to others."""
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind(str(at))
    listening.listen(128)
    return listening


def _listen(address: str, port: int) -> socket.socket:
    try:
        return listen_at(address, port)
    except OSError as error:
        taken = f"Port {port} cannot be used at {address}: {error.strerror}. Choose another with --port."
        raise ServeError(taken) from None
