"""What passing over pictures of a film changes: the knee's angle beside that of looking at every picture of it.

Beside it stands what comes of every picture when the first square that the network is shown lies half a pixel aside,
as its answer depends on that too. The films are those of the clips folder (PATELLA_CLIPS) that are named here, lying
bodies by the heavy model.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from clips import films_of
from figure import Figure
from numpy.typing import NDArray

from patella.files import pose_model
from patella.files.film import Picture, open_film
from patella.files.model import Model
from patella.files.pose_followed import followed
from patella.files.pose_landmarks import Landmarks
from patella.files.pose_model import PoseModel
from patella.files.pose_network import Network
from patella.files.pose_region import Region
from patella.motion.angles import MEASURES, Measure
from patella.motion.pose import Joint, PoseFrame

MOST_DEG = 0.5
ASIDE_PX = 0.5
LYING = ("05_supine_slr_farleg_side", "06_supine_heelslide_nearleg", "12_glute_bridge_side_darebee")
FILMS = (
    "04_seated_knee_ext_side_upright",
    *LYING,
    "10_standing_hip_abduction_front",
    "16_squat_oblique_darebee",
    "18_squat_side_stick_long_idle",
    "19_barbell_squat_side_occluded",
    "25_reverse_lunge_side",
    "27_step_up_down_side_text",
    "kbext_01_mslim_R_y0_clean",
    "squat_01_mslim_B_y0_clean",
    "tke_04_wheavy_R_y0_hyperext",
)

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Seen:
    """The poses of a film, and in how many of its pictures they were looked for."""

    frames: list[PoseFrame]
    looked: int


class _Counted(PoseModel):
    """Says how often it looked."""

    looked = 0

    def look(self, picture: Picture) -> Landmarks | None:
        self.looked += 1
        return super().look(picture)


def measure() -> list[Figure]:
    """The mean difference of the knee beside the camera and of the other, film by film, and over all of them."""
    films = {path.stem: path for path in films_of(0.0)}
    figures, off = [], list[float]()
    for name in FILMS:
        if name not in films:
            continue
        model = Model.HEAVY if name in LYING else Model.FULL
        every = _seen(films[name], model, passing=False)
        passed = _seen(films[name], model, passing=True)
        with _first_square_aside():
            aside = _seen(films[name], model, passing=False)
        found = _apart_deg(every, passed)
        off += found
        value = (
            f"looked at {passed.looked / len(passed.frames):.0%}, {_told(found)} degrees "
            f"({_told(_apart_deg(every, aside))} with the first square half a pixel aside)"
        )
        figures.append(Figure(name=name, value=value, bar=f"under {MOST_DEG}", reached=max(found) < MOST_DEG))
    if off:
        figures.append(Figure(name="over all of them", value=f"mean {np.mean(off):.2f}, median {np.median(off):.2f}"))
    return figures


def _told(off: list[float]) -> str:
    return ", ".join(f"{deg:.1f}" for deg in off)


def _seen(path: Path, model: Model, *, passing: bool) -> Seen:
    body = _Counted(model)
    with open_film(path) as film:
        pictures = film.pictures()
        frames = [f for _, f in followed(body, pictures)] if passing else [body.see(p) for p in pictures]
    return Seen(frames, body.looked)


def _apart_deg(one: Seen, other: Seen) -> list[float]:
    """How far apart the angles are on the average: of the knee that is seen better, then of the other."""
    legs = [f.image[4 * joint + 3] for f in one.frames if f.image for joint in (Joint.LEFT_KNEE, Joint.RIGHT_KNEE)]
    left_first = sum(legs[::2]) >= sum(legs[1::2])
    off = np.nanmean(np.abs(_knees_deg(one) - _knees_deg(other)), axis=0)
    return [float(deg) for deg in (off if left_first else off[::-1])]


def _knees_deg(seen: Seen) -> Doubles:
    """Of each picture the left and the right knee's flexion; what cannot be told is no number."""
    return np.array([[_knee_deg(frame, side) for side in (0, 1)] for frame in seen.frames])


def _knee_deg(frame: PoseFrame, side: int) -> float:
    if not frame.image:
        return float("nan")
    deg = MEASURES[Measure.KNEE_FLEXION](frame.image, frame.width_px / frame.height_px, side, 1.0)
    return float("nan") if deg is None else deg


@contextmanager
def _first_square_aside() -> Iterator[None]:
    """Where the detector says that a body is, the network is shown a square a little to the right of it."""
    detect = pose_model.detect

    def aside(network: Network, picture: Picture) -> list[Region]:
        return [replace(region, x=region.x + ASIDE_PX) for region in detect(network, picture)]

    pose_model.detect = aside
    try:
        yield
    finally:
        pose_model.detect = detect
