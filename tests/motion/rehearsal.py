"""Bodies doing exercises in front of cameras, for tests of the coach."""

from dataclasses import dataclass, replace
from functools import cache
from random import Random

from patella.files.library import LibraryError, own_library, read_movement, read_spec
from patella.motion.body import Body
from patella.motion.camera import Camera, Points, camera_framing
from patella.motion.flaws import Draw, Flaws, flawed
from patella.motion.movement import Movement
from patella.motion.performance import Attempt, Fault, Performance, filmed, perform
from patella.motion.pose import PoseFrame, Side
from patella.motion.spec import Role, Spec, View

LETTERS = {Side.LEFT: "L", Side.RIGHT: "R"}
LONGEST_HOLD_S, SHORTEST_REST_S = 6.0, 0.6


def chance(seed: int) -> Draw:
    """Numbers that come again."""
    return Random(seed).random  # noqa: S311 - a repeatable sequence, not a secret


@cache
def movement_of(exercise: str) -> Movement:
    return read_movement(exercise)


@cache
def spec_of(exercise: str) -> Spec:
    return read_spec(exercise)


@cache
def with_role(*roles: Role) -> tuple[str, ...]:
    """Every exercise in which the camera does one of these."""
    found = []
    for exercise in sorted(own_library().exercises):
        try:
            spec = spec_of(exercise)
        except LibraryError:
            continue
        if spec.role in roles:
            found.append(exercise)
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One set of an exercise in front of a camera. `yaw_deg` turns the camera from where it belongs to the front."""

    exercise: str
    reps: int = 3
    side: Side = Side.RIGHT
    yaw_deg: float = 0.0
    stature_m: float = 1.72
    faults: tuple[Fault | None, ...] = ()
    fps: float = 20.0
    walk_s: float = 0.0

    @property
    def spec(self) -> Spec:
        return spec_of(self.exercise)

    def told(self) -> Performance:
        """What is done. Long holds are cut short, and everybody rests for a moment."""
        tempo = movement_of(self.exercise).tempo
        hold_s, rest_s = min(tempo.hold_s, LONGEST_HOLD_S), max(tempo.rest_s, SHORTEST_REST_S)
        tempo = replace(tempo, hold_s=hold_s, rest_s=rest_s)
        faults = (*self.faults, *[None] * self.reps)[: self.reps]
        return Performance(
            body=Body(stature_m=self.stature_m), movement=movement_of(self.exercise), walk_s=self.walk_s,
            attempts=tuple(Attempt(tempo=tempo, fault=f) for f in faults), side=LETTERS[self.side],
        )  # fmt: skip

    def camera(self) -> Camera:
        """A camera where the exercise asks for one, beside the working leg or in front, that sees the whole body."""
        azimuth = self.yaw_deg
        if self.spec.view is View.SIDE:
            azimuth = 90.0 - self.yaw_deg if self.side is Side.RIGHT else self.yaw_deg - 90.0
        return camera_framing(self.first_points(), azimuth)

    def first_points(self) -> Points:
        """Where the landmarks are in the first pose."""
        return next(perform(replace(self.told(), attempts=(), walk_s=0.0, still_s=0.1, after_s=0.0), 1)).points

    def film(self) -> tuple[PoseFrame, ...]:
        """What a perfect pose model sees."""
        return _film(self)

    def poor_film(self, flaws: Flaws, seed: int = 1) -> tuple[PoseFrame, ...]:
        """What a pose model with flaws sees."""
        return tuple(flawed(self.film(), flaws, chance(seed)))


@cache
def _film(scene: Scene) -> tuple[PoseFrame, ...]:
    return tuple(filmed(scene.told(), scene.camera(), scene.fps))
