"""Measure how quick Patella is, and write docs/speed.md.

    python bench/bench.py [archive] [apple] [years] [coach] [sockets] [film] [passed] [folder] [page] [site]

Without a name all of them are measured, and only then the page is written.

Each figure is printed as `name: value (bar)`.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from figure import Figure

OUT = Path(__file__).parents[1] / "docs" / "speed.md"
PARTS = {
    "archive": ("archive", "An archive"),  # ahead of all: its memory is the most that the process ever had
    "apple": ("apple", "Apple Health"),
    "years": ("ten_years", "Ten years of diary"),
    "coach": ("coach_step", "The coach"),
    "sockets": ("sockets", "Live sessions"),
    "film": ("film", "Films"),
    "passed": ("film_passed", "Pictures of a film that are passed over"),
    "folder": ("film_folder", "A folder of films"),
    "page": ("page_frames", "The page"),
    "site": ("site_starts", "Without a server"),
}
_HEAD = """# How quick it is

Measured by one command, on the machine named below; every number is what came out, reached or missed:

    make bench

"""


def main() -> int:
    """Measure what is asked for."""
    names = sys.argv[1:] or list(PARTS)
    if unknown := [n for n in names if n not in PARTS]:
        print(f"There is no {unknown[0]} to measure; there are {', '.join(PARTS)}.")
        return 1
    told: dict[str, list[Figure]] = {}
    for name in names:
        module, title = PARTS[name]
        measure: Callable[[], list[Figure]] = import_module(module).measure
        told[title] = measure()
        for figure in told[title]:
            print(figure.line(), flush=True)
    if len(told) == len(PARTS):
        OUT.write_text(_page(told), encoding="utf-8")
    return 0


def _page(told: dict[str, list[Figure]]) -> str:
    python = platform.python_version()
    about = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {python}"
    machine = (
        f"Machine: {about}. Load average over the last five minutes: {os.getloadavg()[1]:.1f}; the bench alone makes\n"
        "about 2, and with more, others had their share of the cores.\n"
    )
    parts = [_HEAD, machine]
    for title, figures in told.items():
        parts += [f"\n## {title}\n\n", *(f"- {f.line()}\n" for f in figures)]
    return "".join(parts)


if __name__ == "__main__":
    sys.exit(main())
