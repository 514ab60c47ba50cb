"""Made pictures of two legs in a close view, whose kneecaps jump: for the page's code that follows them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

RATE = 15.0
Grey = npt.NDArray[np.uint8]

CHANCE = np.random.default_rng(7)
NOISE = CHANCE.normal(0, 1.5, (5, 480, 640))


def _pattern(size: int) -> npt.NDArray[np.float64]:
    coarse = CHANCE.normal(0, 9, (600 // size, 760 // size))
    return coarse.repeat(size, axis=0).repeat(size, axis=1)[:560, :720]


SKIN = _pattern(8) + _pattern(20) + _pattern(40)


def skin(x: float, y: float) -> npt.NDArray[np.float64]:
    """A picture of something with a pattern, moved by so many columns and lines."""
    (x0, y0), (fx, fy) = (int(np.floor(x)), int(np.floor(y))), (x % 1, y % 1)
    at = [SKIN[40 - y0 - b : 520 - y0 - b, 40 - x0 - a : 680 - x0 - a] for a in (0, 1) for b in (0, 1)]
    mixed: npt.NDArray[np.float64] = (
        at[0] * (1 - fx) * (1 - fy) + at[1] * (1 - fx) * fy + at[2] * fx * (1 - fy) + at[3] * fx * fy
    )
    return mixed


def film(rise: Callable[[float], float], seconds: float, sway: Callable[[float], float] = lambda _: 0.0) -> Grey:
    """Legs whose knees rise against the shins by so many lines, with a little noise as cameras have it."""
    shown = []
    for n in range(round(seconds * RATE)):
        t_s = n / RATE
        picture = skin(sway(t_s), sway(t_s))
        picture[:322] = skin(sway(t_s), sway(t_s) - rise(t_s))[:322]
        shown.append(128 + picture + NOISE[n % len(NOISE)])
    return np.stack(shown).clip(0, 255).astype(np.uint8)


def dance(t_s: float) -> float:
    """From the fourth second on: up for a second and a half in every three, by two lines."""
    at = (t_s - 4) % 3
    return 0.0 if t_s < 4 else 2.0 * float(np.clip(min(at, 1.9 - at) / 0.4, 0, 1))
