"""The drawing in ARCHITECTURE.md is made of the imports as they are."""

from __future__ import annotations

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
