"""Draws the rooms of the code and what imports what, from the imports themselves: docs/architecture.svg.

An arrow goes from a room to one that it imports. What follows from other arrows is left out: cli reaches care through
app. Floors are those of the import contracts, top to bottom; the same code gives the same drawing.
"""

from __future__ import annotations

import ast
import textwrap
import tomllib
from collections.abc import Iterable
from html import escape
from pathlib import Path
from statistics import mean

import grimp

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "patella"
DRAWING = ROOT / "docs" / "architecture.svg"

WIDTH, MARGIN, LABEL = 1040, 24, 70
BOX, HEIGHT, ROW, THREAD, GAP = 220, 70, 112, 20, 18
SWEEPS = 24
STYLE = """
  text { font-family: Verdana, sans-serif; fill: #1f2421; }
  .floor { fill: #f6efe4; } .box { fill: #fffdf9; stroke: #8b857a; }
  .line { fill: none; stroke: #d9491f; stroke-width: 1.5; } .tip { fill: #d9491f; }
  .name { font-weight: 700; font-size: 15px; } .says { font-size: 12px; } .label { font-size: 13px; }
  .says, .label { fill: #565b56; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f2ece2; } .says, .label { fill: #bdb5a8; }
    .floor { fill: #2b2826; } .box { fill: #1d1b1a; stroke: #857d72; }
    .line { stroke: #f2714a; } .tip { fill: #f2714a; }
  }
"""

Graph = dict[str, set[str]]
Rows = list[list[str]]


def floors() -> list[list[str]]:
    """The floors that the first import contract names, the top one first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers" and "containers" not in c)
    return [[name.strip().removeprefix("patella.") for name in layer.split("|")] for layer in layers]


FLOORS = floors()


def room_of(module: str) -> str | None:
    """The room a module stands in: one below patella; in app, one below that. None for the outermost names."""
    parts = module.split(".")[1:]
    if parts[:1] == ["app"]:
        return "/".join(parts[:2]) if parts[1:] else None
    return parts[0] if parts and any(parts[0] in floor for floor in FLOORS) else None


def read_imports() -> Graph:
    """Every room with the rooms that it imports, imports inside functions counted."""
    graph = grimp.build_graph("patella", cache_dir=None, exclude_type_checking_imports=False)
    rooms: Graph = {}
    for module in graph.modules:
        room = room_of(module)
        if room is None:
            continue
        found = {room_of(m) for m in graph.find_modules_directly_imported_by(module)}
        rooms.setdefault(room, set()).update(f for f in found if f is not None and f != room)
    return rooms


def needed(graph: Graph) -> Graph:
    """The same without the arrows that follow from others."""

    def below(room: str) -> set[str]:
        return graph[room].union(*(below(r) for r in graph[room])) if graph[room] else set()

    return {room: goes - set().union(*(below(r) for r in goes)) for room, goes in sorted(graph.items())}


def levels(graph: Graph) -> dict[str, int]:
    """How high each room stands: above all that it imports, and above every room of the floors below."""
    found: dict[str, int] = {}
    base = 0
    for floor in reversed(FLOORS):
        rooms = [r for r in graph if r.partition("/")[0] in floor]
        while missing := [r for r in rooms if r not in found and all(g in found for g in graph[r])]:
            found |= {r: max([base, *(found[g] + 1 for g in graph[r])]) for r in missing}
        base = max((found[r] for r in rooms), default=base - 1) + 1
    return found


def lay_out(graph: Graph) -> tuple[Rows, Graph]:
    """The rooms by row, the top one first, with a thread through each row that an arrow passes."""
    level = levels(graph)
    top = max(level.values())
    rows: Rows = [[] for _ in range(top + 1)]
    steps: Graph = {}
    for room in sorted(graph, key=lambda r: (-level[r], r)):
        rows[top - level[room]].append(room)
        for goal in sorted(graph[room]):
            last = room
            for at in range(level[room] - 1, level[goal], -1):
                thread = f"{room}>{goal}@{at}"
                rows[top - at].append(thread)
                steps.setdefault(last, set()).add(thread)
                last = thread
            steps.setdefault(last, set()).add(goal)
    return rows, steps


def place(rows: Rows, steps: Graph) -> dict[str, float]:
    """The middle of every box and thread: near what it is joined to, and never on its neighbour."""
    joined: Graph = {}
    for one, goals in steps.items():
        for goal in goals:
            joined.setdefault(one, set()).add(goal)
            joined.setdefault(goal, set()).add(one)
    x = {n: LABEL + (WIDTH - LABEL) * (i + 1) / (len(row) + 1) for row in rows for i, n in enumerate(row)}
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 else reversed(rows):
            wanted = {n: mean(x[j] for j in sorted(joined[n])) if n in joined else x[n] for n in row}
            x |= apart(sorted(row, key=lambda n: (wanted[n], n)), wanted)
    most, least = (pick(x[n] + side * width_of(n) / 2 for n in x) for pick, side in ((max, 1), (min, -1)))
    aside = max((WIDTH + LABEL - most - least) / 2, LABEL - least)
    return {n: at + aside for n, at in x.items()}


def apart(row: list[str], wanted: dict[str, float]) -> dict[str, float]:
    """Where each stands, in this order, as near as can be to where it is wanted: half pushed right, half left."""
    right, left = pushed(row, wanted), pushed(row[::-1], {n: -w for n, w in wanted.items()})
    return {name: (right[name] - left[name]) / 2 for name in row}


def pushed(row: list[str], wanted: dict[str, float]) -> dict[str, float]:
    """Each where it is wanted, or further on where the one before it takes the room."""
    found: dict[str, float] = {}
    free = float("-inf")
    for name in row:
        half = width_of(name) / 2
        found[name] = max(wanted[name], free + half)
        free = found[name] + half + GAP
    return found


def width_of(name: str) -> int:
    """How much of a row a box or a thread takes."""
    return THREAD if "@" in name else BOX


def says(room: str) -> str:
    """What a room is for: the first sentence of its own docstring."""
    path = SOURCE / room
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    said = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").partition("\n")[0]
    return said.partition(". ")[0].rstrip(".")


def draw(graph: Graph) -> str:
    """The drawing as SVG."""
    rows, steps = lay_out(needed(graph))
    x = place(rows, steps)
    y = {name: MARGIN + ROW * n for n, row in enumerate(rows) for name in row}
    height = MARGIN * 2 + ROW * (len(rows) - 1) + HEIGHT
    width = max(WIDTH, *(round(x[n] + width_of(n) / 2) + MARGIN for n in x))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title">',
        '<title id="title">The rooms of Patella, floor by floor, and which imports which</title>',
        f"<style>{STYLE}</style>",
        *bands(rows, width),
        *(arrow(one, goal, x, y) for one in sorted(steps) for goal in sorted(steps[one])),
        *(box(name, x[name], y[name]) for row in rows for name in row if "@" not in name),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def bands(rows: Rows, width: int) -> Iterable[str]:
    """A band behind each floor, with its name."""
    for floor in FLOORS:
        there = [n for n, row in enumerate(rows) if any("@" not in r and r.partition("/")[0] in floor for r in row)]
        top, bottom = MARGIN + ROW * there[0] - 14, MARGIN + ROW * there[-1] + HEIGHT + 14
        yield f'<rect class="floor" x="8" y="{top}" width="{width - 16}" height="{bottom - top}" rx="10"/>'
        for n, name in enumerate(floor):
            yield f'<text class="label" x="20" y="{top + 24 + 18 * n}">{escape(name)}</text>'


def box(name: str, x: float, y: float) -> str:
    """A room: its name, and what it is for."""
    lines = [name, *textwrap.wrap(says(name), 30, max_lines=3, placeholder=" ...")]
    told = "".join(
        f'<text class="{"says" if n else "name"}" x="{x:.0f}" y="{y + 21 + 14 * n}">{escape(line)}</text>'
        for n, line in enumerate(lines)
    )
    rect = f'<rect class="box" x="{x - BOX / 2:.0f}" y="{y}" width="{BOX}" height="{HEIGHT}" rx="8"/>'
    return f'<g text-anchor="middle">{rect}{told}</g>'


def arrow(one: str, goal: str, x: dict[str, float], y: dict[str, int]) -> str:
    """One step of an arrow, from row to row; its tip where it arrives."""
    begin = y[one] + HEIGHT
    if "@" in goal:
        return f'<path class="line" d="{curve(x[one], begin, x[goal], y[goal])} V{y[goal] + HEIGHT}"/>'
    line = f'<path class="line" d="{curve(x[one], begin, x[goal], y[goal] - 6)}"/>'
    return f'{line}<path class="tip" d="M{x[goal]:.0f} {y[goal]}l-5 -9h10z"/>'


def curve(x1: float, y1: float, x2: float, y2: float) -> str:
    """A line that leaves and arrives upright."""
    middle = (y1 + y2) / 2
    return f"M{x1:.0f} {y1}C{x1:.0f} {middle:.0f} {x2:.0f} {middle:.0f} {x2:.0f} {y2}"


if __name__ == "__main__":
    DRAWING.write_text(draw(read_imports()), encoding="utf-8")
