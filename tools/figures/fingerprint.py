"""What a rendered figure was made from, as one short text: a figure whose movement has changed is known by it.

Standard library only, so that the tests can compare fingerprints without a renderer.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping

from patella.motion.movement import Movement

RENDERER = 2  # count up when the figure, its props, its light or its files change
_UNSEEN = ("tempo", "trace")  # parts of a movement that no figure shows


def fingerprint(movement: Movement) -> str:
    """64 hexadecimal digits for everything that the pictures of a movement depend on."""
    told = {f.name: _plain(getattr(movement, f.name)) for f in dataclasses.fields(movement) if f.name not in _UNSEEN}
    text = json.dumps({"renderer": RENDERER, "movement": told}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    """The same as what JSON can say; whole and decimal numbers alike."""
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
