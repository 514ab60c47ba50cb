"""What the libraries would work out at every start for addresses that nobody has asked yet: it waits until one is.

A quarter of the time of all imports went into that: every address has its types, and each of them a checker of its own.
"""

from __future__ import annotations

import warnings
from typing import Any

from pydantic import TypeAdapter
from pydantic._internal import _config
from pydantic.warnings import UnsupportedFieldAttributeWarning


def begin() -> None:
    """From now on a checker is made when it is first used. To be said ahead of everything that has one."""
    _config.config_defaults["defer_build"] = True
    adapters: Any = TypeAdapter
    adapters._defer_build = True  # noqa: SLF001 - FastAPI makes its own and can be told of no such wish
    # FastAPI passes over this one itself, as long as it makes them at once.
    warnings.filterwarnings("ignore", category=UnsupportedFieldAttributeWarning)
