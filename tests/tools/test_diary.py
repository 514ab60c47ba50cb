"""docs/diary.md says every key of every kind of entry, as the types have them."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from patella.care.entries.kinds import KINDS, complaint

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("diary", ROOT / "tools" / "diary.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_the_page_is_what_the_types_say(tool: ModuleType) -> None:
    page = tool.PAGE.read_text(encoding="utf-8")
    assert tool.whole(page) == page, "docs/diary.md is out of date: `python tools/diary.py`."
    assert all(f"### `{kind}`" in page for kind in KINDS)


def test_its_example_is_a_diary(tool: ModuleType) -> None:
    (example,) = re.findall(r"```json\n(.*?)```", tool.PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert [complaint(e["kind"], e["body"]) for e in json.loads(example)["entries"]] == [""]
