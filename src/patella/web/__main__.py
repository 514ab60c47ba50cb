"""`python -m patella.web`: the pages without the command line, for working on them."""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from patella.web.entrance import read_host
from patella.web.phone_door import Wanted
from patella.web.routes.coach import MOST_LINES
from patella.web.serve import serve


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="patella.web", description="Serve the pages of Patella on this machine.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the diary")
    parser.add_argument("--port", type=int, default=None)
    parser.add_argument("--demo", action="store_true", help="twelve weeks of a made-up runner, thrown away at the end")
    parser.add_argument("--at", type=datetime.fromisoformat, default=None, help="let the clock run from this moment")
    parser.add_argument("--lines", type=int, default=MOST_LINES, help="how many cameras may be watched at a time")
    parser.add_argument("--browser", action="store_true")
    parser.add_argument("--debug", action="store_true", help="write down whatever any library has to say")
    parser.add_argument("--lan", metavar="ADDRESS", default=None, help="let phones in at this address of this machine")
    parser.add_argument("--lan-port", type=int, default=None)
    parser.add_argument("--host", type=read_host, default=None, help="let phones in at this host behind a proxy")
    said = parser.parse_args()
    if said.debug:
        logging.basicConfig(level=logging.DEBUG)
        logging.getLogger(__name__).debug("Everything that may be told is told from here on.")
    now = None if said.at is None else _running_from(said.at.astimezone())
    wanted = Wanted(lan=said.lan is not None, address=said.lan, port=said.lan_port, host=said.host)
    serve(said.data, port=said.port, browser=said.browser, demo=said.demo, lines=said.lines, now=now, wanted=wanted)


def _running_from(moment: datetime) -> Callable[[], datetime]:
    began_s = time.monotonic()
    return lambda: moment + timedelta(seconds=time.monotonic() - began_s)


if __name__ == "__main__":
    main()
