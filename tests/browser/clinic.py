"""A shared Patella that a real browser can reach, at localhost: for it a browser takes a secure cookie over http."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from patella.web.protocol import Protocol
from web.people.house import House, shared_house


@contextmanager
def open_clinic(folder: Path) -> Iterator[tuple[House, str]]:
    """The house, and where it is reached."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        port = listening.getsockname()[1]
        with shared_house(folder, port=port) as house:
            server = uvicorn.Server(uvicorn.Config(house.app, log_config=None, http=Protocol, ws="none", lifespan="on"))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
            thread.start()
            try:
                yield house, f"http://localhost:{port}"
            finally:
                server.should_exit = True
                thread.join(20)
