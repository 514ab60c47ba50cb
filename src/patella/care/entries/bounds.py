"""What stands beside the type of a field: its bounds, and that it may be left unsaid."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from enum import Enum
from typing import Annotated

LONGEST_TEXT = 2000
LONGEST_NAME = 200
MORE = "more"  # the field of an entry under which keys of a newer version are kept


class Unsaid(Enum):
    """Stands for a key that was left out, where leaving it out is another thing than saying null."""

    UNSAID = "unsaid"


UNSAID = Unsaid.UNSAID


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most of a number, both allowed."""

    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Longest:
    """The most characters of a text, or items of a list or a table."""

    most: int


UNBOUND = Bounds(-math.inf, math.inf)
ANY_LENGTH = Longest(sys.maxsize)

Name = Annotated[str, Longest(LONGEST_NAME)]
Text = Annotated[str, Longest(LONGEST_TEXT)]
