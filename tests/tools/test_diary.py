"""docs/diary.md says every key of every kind of entry, as the types have them."""

from __future__ import annotations

import json
import re
from types import ModuleType

import pytest

from patella.care.entries.kinds import KINDS, complaint
from tooling import load_tool


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    return load_tool("diary")


def test_the_page_is_what_the_types_say(tool: ModuleType) -> None:
    page = tool.PAGE.read_text(encoding="utf-8")
    assert tool.whole(page) == page, "docs/diary.md is out of date: `python tools/diary.py`."
    assert all(f"### `{kind}`" in page for kind in KINDS)


def test_its_example_is_a_diary(tool: ModuleType) -> None:
    (example,) = re.findall(r"```json\n(.*?)```", tool.PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert [complaint(e["kind"], e["body"]) for e in json.loads(example)["entries"]] == [""]
