"""One commit has one answer: tests and the examples of a property are the same in every run, and so is their order.

`make search` tries new examples, in a new order. A busy machine must not fail a property: an example may take its time.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile("search" if os.environ.get("PATELLA_SEARCH") else "same")
