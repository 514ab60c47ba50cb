"""Opens the diary, answers pages, on this machine alone unless more is asked for, and opens the browser."""

from __future__ import annotations

import logging
import signal
import socket
import tempfile
import threading
import webbrowser
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from fastapi import FastAPI

from patella.app.patella import Patella
from patella.files.library import own_library
from patella.store.code import Codes
from patella.store.keys import Keys
from patella.store.log import Log
from patella.store.private import open_to_others
from patella.store.served import served_at, serving
from patella.web.app import make_app
from patella.web.diary_turn import WAITS_S
from patella.web.door import link_to, say_link
from patella.web.listening import Server, listen_at
from patella.web.phone_door import JUST_HERE, OpenDoors, Told, Wanted, doors_running, open_doors
from patella.web.protocol import Protocol, server_config
from patella.web.routes.coach import MOST_LINES

HERE = "127.0.0.1"
USUAL_PORT = 8765


class ServeError(Exception):
    """The pages cannot be served; the message is one sentence for the person."""


def serve(  # noqa: PLR0913 - each is a choice of whoever starts it
    data: Path,
    *,
    port: int | None = None,
    browser: bool = True,
    demo: bool = False,
    lines: int = MOST_LINES,
    now: Callable[[], datetime] | None = None,
    wanted: Wanted = JUST_HERE,
    say: Callable[[str], None] = print,
    tell: Callable[[Told], None] = print,
) -> None:
    """Serve the pages until interrupted. Where they are served already, open those, if no port or clock is asked for.

    `port`: None for the usual one, or any free one where that is taken; 0 for any free one. `demo`: twelve weeks of a
    made-up runner in a folder that is thrown away at the end, instead of `data`. `lines`: cameras watched at a time.
    `now` moves the clock. `wanted` lets phones in too. `say` is told the address, and a link that lets a browser in;
    `tell` what lets a phone in, where one may come. Raises StoreError when the diary cannot be opened, ServeError when
    the port is taken, DoorError where no phone can come in.
    """
    clock = now or _now
    running = served_at(data) if port is None and now is None and not demo else None
    if running is not None:
        if wanted:
            tell(doors_running(data, Codes(Keys(data))))
        _open_running(data, running, browser=browser, say=say)
        return
    with ExitStack() as stack:
        listening = stack.enter_context(_listen(USUAL_PORT if port is None and wanted.host else port))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="patella-demo-"))) if demo else data
        log = stack.enter_context(Log.open(folder, waits_s=WAITS_S))
        patella = Patella(log=log, library=own_library(), now=clock, new_id=lambda: str(uuid4()))
        if demo:
            from patella.app.demo import fill

            fill(patella)
        at = int(listening.getsockname()[1])
        keys = Keys(folder, or_in_memory=True)
        doors = open_doors(wanted, folder, at, datetime.now().astimezone())
        if doors.listening is not None:
            stack.enter_context(doors.listening)
        app = make_app(patella, port=at, others=doors.entrances, keys=keys, demo=demo, lines=lines)
        stack.enter_context(serving(folder, at, doors.urls))
        warnings = "".join(f"\n{sentence}" for sentence in open_to_others(folder))

        def begin() -> None:
            say(_welcome(keys, at, folder if demo else None, alone=not wanted) + warnings)
            if wanted:
                tell(doors.tell(Codes(keys).make(), folder if demo else None))

        _run(app, listening, doors, browser=browser, say=begin)


def _open_running(data: Path, port: int, *, browser: bool, say: Callable[[str], None]) -> None:
    keys = Keys(data)
    say(f"Patella is running already.\n{say_link(link_to(port, keys.make_link()))}")
    if browser:
        webbrowser.open(link_to(port, keys.make_link()))


def _welcome(keys: Keys, port: int, demo: Path | None, *, alone: bool) -> str:
    stays = " and stays on this machine" if alone else ""
    more = f"patella link --data {demo}" if demo else "patella link"
    return (
        f"Patella is at http://{HERE}:{port}/{stays}. Ctrl-C stops it. "
        f"Without a browser: patella start.\n{say_link(link_to(port, keys.make_link()))}\nFor another browser: {more}"
    )


def _now() -> datetime:
    return datetime.now().astimezone()


def _listen(port: int | None) -> socket.socket:
    try:
        return listen_at(HERE, USUAL_PORT if port is None else port)
    except OSError as error:
        if port is None:
            return listen_at(HERE, 0)
        raise ServeError(f"Port {port} cannot be used: {error.strerror}. Choose another with --port.") from None


def _run(app: FastAPI, listening: socket.socket, doors: OpenDoors, *, browser: bool, say: Callable[[], None]) -> None:
    keep_quiet()
    config = server_config(app, Protocol)
    say()
    if browser:
        link = link_to(app.state.port, app.state.keys.make_link())
        threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()
    usual = signal.signal(signal.SIGTERM, _leave)
    try:
        with suppress(KeyboardInterrupt):
            Server(config, doors.listening, doors.tls).run(sockets=[listening])
    finally:
        signal.signal(signal.SIGTERM, usual)


def _leave(*_: object) -> None:
    """The server raises the signal again once it has stopped; the diary is still to be closed."""
    raise SystemExit(0)


def keep_quiet() -> None:
    """No library may write down what travels or what is stored, whatever level somebody sets at the root."""
    for name in ("uvicorn", "sqlalchemy", "asyncio", "fastapi", "starlette", "multipart"):
        logging.getLogger(name).setLevel(logging.WARNING)
