"""One commit has one answer: a property is tried on the same examples in every run; `make search` tries new ones.

A busy machine must not fail a property: no deadline for a single example.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile("search" if os.environ.get("PATELLA_SEARCH") else "same")
