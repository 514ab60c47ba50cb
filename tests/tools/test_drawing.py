"""The drawing in ARCHITECTURE.md is made of the imports as they are."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

from tooling import load_tool

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    return load_tool("drawing")


def test_the_drawing_shows_the_rooms_and_imports_of_now(tool: ModuleType) -> None:
    drawn = tool.draw(tool.read_imports())

    assert tool.DRAWING.read_text(encoding="utf-8") == drawn, "docs/architecture.svg is out of date: `make drawing`."
    assert "docs/architecture.svg" in (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def test_every_arrow_goes_down_and_none_that_follows_from_others_is_drawn(tool: ModuleType) -> None:
    graph = {"cli": {"web", "care"}, "web": {"care"}, "care": set()}

    level = tool.levels(graph)

    assert level["cli"] > level["web"] > level["care"]
    assert tool.needed(graph) == {"cli": {"web"}, "web": {"care"}, "care": set()}


def test_no_box_lies_on_another(tool: ModuleType) -> None:
    rows, steps = tool.lay_out(tool.needed(tool.read_imports()))
    x = tool.place(rows, steps)

    for row in rows:
        stand = sorted(row, key=lambda name: x[name])
        for one, other in pairwise(stand):
            assert x[other] - x[one] >= (tool.width_of(one) + tool.width_of(other)) / 2


def test_nothing_lies_beside_the_picture(tool: ModuleType) -> None:
    drawn = tool.draw(tool.read_imports())
    (width,) = re.findall(r'viewBox="0 0 (\d+) ', drawn)
    boxes = [int(x) for x in re.findall(r'<rect class="box" x="(-?\d+)"', drawn)]
    lines = [int(x) for x in re.findall(r"[MC ](-?\d+) \d+", "".join(re.findall(r' d="([^"]*)"', drawn)))]

    assert len(boxes) > 15
    assert min(*boxes, *lines) > 0
    assert max(max(boxes) + tool.BOX, *lines) < int(width)
