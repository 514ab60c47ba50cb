"""A process with everything loaded that forks a server for each line it reads, and says how each one ended."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import sqlalchemy.dialects.sqlite  # noqa: F401 - loaded before the fork, like everything that takes time
import uvicorn.loops.asyncio
import uvicorn.protocols.http.h11_impl  # noqa: F401

from patella.files.library import own_library
from patella.web.serve import serve


def tell(word: object) -> None:
    """One line in one write, so that a kill leaves whole lines."""
    os.write(sys.stdout.fileno(), f"{word}\n".encode())


def port_of(sentence: str) -> None:
    """What `serve` says, shortened to the port."""
    found = re.search(r":(\d+)/", sentence)
    assert found
    tell(found[1])


def main() -> None:
    own_library()
    tell("loaded")
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            tell(os.getpid())
            serve(Path(sys.argv[1]), port=0, browser=False, say=port_of)
            os._exit(0)
        status = os.waitpid(pid, 0)[1]
        tell(f"gone {os.waitstatus_to_exitcode(status) * -1}")


if __name__ == "__main__":
    main()
