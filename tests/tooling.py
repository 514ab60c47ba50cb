"""What lies in tools/ is no package: a test has a tool as if it were run, with what lies beside it."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).parents[1] / "tools"


def load_tool(name: str) -> ModuleType:
    """The module of tools/NAME.py; "accuracy/score" for one in a folder, which finds its neighbours by their names.

    It is loaded once for all tests of a process, so that whoever changes something in it puts it back (monkeypatch).
    """
    file = TOOLS / f"{name}.py"
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(file.parent))
        found = importlib.import_module(file.stem)
    assert found.__file__ == str(file), f"There is another module called {file.stem}: {found.__file__}."
    return found
