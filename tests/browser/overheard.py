"""The server, overheard: whoever it calls that is not this machine is written down. Arguments: the list, the server's.

Run as a program of its own, ahead of everything the server imports.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

OWN = ("127.", "::1", "localhost")


def main() -> None:
    calls = Path(sys.argv.pop(1))

    def hear(event: str, values: tuple[object, ...]) -> None:
        if event in ("socket.connect", "socket.sendto"):
            address = values[1]
            called = str(address[0]) if isinstance(address, tuple) else ""
        elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
            called = str(values[0] or "")
        else:
            return
        if called and not called.startswith(OWN):
            with calls.open("a") as listed:
                listed.write(f"{event} {called}\n")

    sys.addaudithook(hear)
    sys.argv[0] = "patella"
    runpy.run_module("patella.web", run_name="__main__", alter_sys=True)


main()
