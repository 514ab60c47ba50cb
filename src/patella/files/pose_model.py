"""Follows a body through the pictures of a film: BlazePose's networks (Bazarevsky and others, 2020), decoded here.

The first picture in which somebody is seen is searched by the detector; from then on the landmarks of one picture say
where to look in the next, until the body is lost. Needs the extra `patella[video]`.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from patella.files.film import Picture
from patella.files.model import Model
from patella.files.pose_detector import MARGIN, detect
from patella.files.pose_landmarks import Doubles, Landmarks
from patella.files.pose_network import networks_of
from patella.files.pose_region import Region, region_of, seen_through
from patella.files.pose_steady import Slow, Steady
from patella.motion.pose import JOINTS, PoseFrame

Floats = NDArray[np.float32]
SIZE = 256
MIDDLE, RIM, NEEDED = JOINTS, JOINTS + 1, JOINTS + 2  # after the joints come two points for the next region
ANSWERS = (0, 1, 3, 4)  # points, whether there is a body, heat, metres
SURE = 0.5
HEAT, REACH = 64, 4  # cells of the heat map, and how many around a landmark are asked
ALONE_S, OTHERS_S = 1.0, 0.5  # how often it is looked whether somebody else is there: where nobody was, and was
APART = 0.35  # of the region's side: how far the middle of another body is at least


class PoseModel:
    """Follows one body. Pictures are steadied in their order; not each of them must have been looked at."""

    def __init__(self, model: Model = Model.FULL) -> None:
        """Load a model. Raises FilmError if it is not there."""
        self._detector, self._network = networks_of(model)
        self._ends: Doubles | None = None  # the middle of the hips and the rim, in the last picture
        self._pace: Doubles = np.zeros((2, 2))  # pixels a second
        self._last_s: float | None = None
        self._step_s = 0.0
        self._looked_s = -math.inf
        self._others = 0
        self._joints = Steady(slowest_hz=0.05, per_speed=80.0)
        self._metres = Steady(slowest_hz=0.1, per_speed=40.0)
        self._frame = Steady(slowest_hz=0.01, per_speed=10.0)
        self._visibility = Slow()

    def see(self, picture: Picture) -> PoseFrame:
        """Who is in the next picture, and how the body is posed."""
        return self.steadied(picture, self.look(picture))

    def look(self, picture: Picture) -> Landmarks | None:
        """The landmarks of the body that is followed, as the network tells them; None where nobody is seen.

        It is looked for where the picture before it says that it should be, or would say if it had been looked at.
        """
        region = self._region(picture.t_s)
        if region is None:
            people = detect(self._detector, picture)
            region = people[0] if people else None
        found = self._landmarks(picture, region) if region is not None else None
        if found is not None:
            self._look_for_others(picture, found)
        return found

    def steadied(self, picture: Picture, found: Landmarks | None) -> PoseFrame:
        """The pose of the next picture, from its landmarks and those before them."""
        dt_s = picture.t_s - self._last_s if self._last_s is not None else 0.0
        self._last_s = picture.t_s
        return self._nobody(picture) if found is None else self._posed(picture, found, dt_s)

    def _posed(self, picture: Picture, found: Landmarks, dt_s: float) -> PoseFrame:
        middle, rim = found.image[MIDDLE, :2], found.image[RIM, :2]
        size = 2 * float(np.hypot(*(rim - middle)))
        joints = self._joints.steadied(found.image[:JOINTS], dt_s, size)
        ends = self._frame.steadied(found.image[MIDDLE : RIM + 1, :2], dt_s, size)
        self._pace = (ends - self._ends) / dt_s if self._ends is not None and dt_s > 0 else np.zeros((2, 2))
        self._ends, self._step_s = ends, dt_s
        visibility = self._visibility.steadied(found.visibility[:JOINTS])
        world = self._metres.steadied(found.world[:JOINTS], dt_s)
        width, height = picture.width_px, picture.height_px
        image = np.column_stack([joints / (width, height, width), visibility])
        return PoseFrame(
            t_s=picture.t_s,
            width_px=width,
            height_px=height,
            image=tuple(image.ravel().tolist()),
            world=tuple(world.ravel().tolist()),
            people=1 + self._others,
        )

    def _region(self, t_s: float) -> Region | None:
        """Where to look in the picture at this time; None where nobody was seen before it."""
        if self._ends is None or self._last_s is None:
            return None
        ahead_s = max(0.0, t_s - self._last_s - self._step_s)
        middle, rim = self._ends + self._pace * ahead_s
        return region_of(_point(middle), _point(rim), MARGIN)

    def _nobody(self, picture: Picture) -> PoseFrame:
        self._ends = None
        for filter_ in (self._joints, self._metres, self._frame, self._visibility):
            filter_.forget()
        return PoseFrame(t_s=picture.t_s, width_px=picture.width_px, height_px=picture.height_px, image=(), people=0)

    def _look_for_others(self, picture: Picture, found: Landmarks) -> None:
        """Now and then: whether there are other bodies than the one that is followed."""
        if picture.t_s - self._looked_s < (OTHERS_S if self._others else ALONE_S):
            return
        self._looked_s = picture.t_s
        own = region_of(_point(found.image[MIDDLE]), _point(found.image[RIM]), MARGIN)
        others = (r for r in detect(self._detector, picture) if _apart(own, r))
        self._others = sum(self._landmarks(picture, region) is not None for region in others)

    def _landmarks(self, picture: Picture, region: Region) -> Landmarks | None:
        """The landmarks of the body in a region; None if there is none."""
        points, presence, heat, metres = self._network.answers(seen_through(picture, region, SIZE), *ANSWERS)
        if float(presence.reshape(-1)[0]) < SURE:
            return None
        rows = points.reshape(-1, 5)[:NEEDED].astype(np.float64)
        places = refined(rows[:, :2] / SIZE, heat[0])
        turn = _turn(region)
        flat = (places - 0.5) @ turn * region.side + (region.x, region.y)
        image = np.column_stack([flat, rows[:, 2] / SIZE * region.side])
        world = metres.reshape(-1, 3)[:JOINTS].astype(np.float64)
        world[:, :2] = world[:, :2] @ turn
        return Landmarks(image, 1 / (1 + np.exp(-rows[:JOINTS, 3])), world)


def refined(places: Doubles, heat: Floats) -> Doubles:
    """Landmarks (shares of the region), each moved to the weighted middle of the heat around it if that is sure enough.

    `heat` has a cell for each place and landmark: rows, columns, landmarks.
    """
    cells = np.trunc(places * HEAT).astype(int)[:, :, np.newaxis] + np.arange(-REACH, REACH + 1)
    inside = (cells >= 0) & (cells < HEAT)
    columns, rows = (np.clip(cells[:, axis], 0, HEAT - 1) for axis in (0, 1))
    around = heat[rows[:, :, np.newaxis], columns[:, np.newaxis, :], np.arange(len(places))[:, np.newaxis, np.newaxis]]
    chance = 1 / (1 + np.exp(-around.astype(np.float64)))
    chance *= inside[:, 1, :, np.newaxis] & inside[:, 0, np.newaxis, :]
    total = np.maximum(chance.sum(axis=(1, 2)), 1e-9) * HEAT
    middle = np.column_stack(
        [(chance.sum(axis=1) * columns).sum(axis=1) / total, (chance.sum(axis=2) * rows).sum(axis=1) / total]
    )
    sure = (chance.max(axis=(1, 2)) >= SURE) & inside[:, :, REACH].all(axis=1)
    return np.where(sure[:, np.newaxis], middle, places)


def _turn(region: Region) -> Doubles:
    """Turns rows of x and y from the region's own directions to the picture's."""
    cos, sin = math.cos(region.turn_rad), math.sin(region.turn_rad)
    return np.array([[cos, sin], [-sin, cos]])


def _point(row: Doubles) -> tuple[float, float]:
    return float(row[0]), float(row[1])


def _apart(own: Region, other: Region) -> bool:
    return math.hypot(other.x - own.x, other.y - own.y) > APART * min(own.side, other.side)
