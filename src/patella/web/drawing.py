"""The line drawings of the exercises as the pages show them: the kneecap coral, on light or on dark."""

from __future__ import annotations

from functools import lru_cache

from patella.files.library import read_movement
from patella.motion.body import Body
from patella.paper.figure import INK, PAPER, WORKING, draw_pair, draw_still
from patella.paper.props import DARK, SHADE

CORAL = "#e4572e"
ON_DARK = {INK: "#ede6da", PAPER: "#35312c", WORKING: "#5a534b", DARK: "#9c948a", SHADE: "#3f3b36"}


@lru_cache(maxsize=256)
def draw(exercise_id: str, still: str, theme: str, side: str) -> str:
    """The drawing of an exercise as an SVG: `still` is pair, start or end, `theme` light or dark, `side` what works."""
    movement = read_movement(exercise_id)
    mirrored = side == "left"
    if still == "pair":
        drawn = draw_pair(Body(), movement, accent=CORAL, mirrored=mirrored)
    else:
        pose = movement.stills[0 if still == "start" else 1]
        drawn = draw_still(Body(), movement, pose, accent=CORAL, mirrored=mirrored)
    for light, dark in ON_DARK.items() if theme == "dark" else ():
        drawn = drawn.replace(f'"{light}"', f'"{dark}"')
    return drawn
