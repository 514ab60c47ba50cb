"""A body of a few lines, drawn at angles that are known exactly: what the coach is tested on, a frame at a time."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from patella.motion.coach import begin, step
from patella.motion.event import Event
from patella.motion.memory import State
from patella.motion.pose import IMAGE_VALUES, WORLD_VALUES, PoseFrame, Side
from patella.motion.spec import Spec

WIDTH, HEIGHT = 640, 480
SHIN, THIGH, TRUNK = 0.2, 0.2, 0.26
FPS = 20
Spot = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Stick:
    """Angles in degrees; lengths in heights of the picture. `facing` is +1 to the right, -1 to the left.

    `yaw` is 90 for a body seen from the side and 0 for one seen from the front; `heel` lifts the near heel, `at` moves
    the whole body, and `hide` makes joints of the near side unseen; `seen` is how well they are seen then.
    """

    knee: float = 0.0
    far_knee: float | None = None
    lean: float = 0.0
    thigh: float = 0.0
    raised: float = 0.0
    far_raised: float = 0.0
    heel: float = 0.0
    facing: int = 1
    yaw: float = 90.0
    at: Spot = (0.0, 0.0)
    size: float = 1.0
    people: int = 1
    hide: tuple[int, ...] = ()
    seen: float = 0.1
    pose: str = "standing"

    @property
    def near(self) -> int:
        """0 left, 1 right."""
        return 1 if self.facing > 0 else 0

    def frame(self, t_s: float) -> PoseFrame:
        image = [0.0, 0.0, 0.0, 1.0] * (IMAGE_VALUES // 4)
        far = self if self.far_knee is None else replace(self, knee=self.far_knee)
        far = replace(far, raised=self.far_raised, heel=0.0)
        for body, side in ((self, self.near), (far, 1 - self.near)):
            for joint, (x, y) in body._leg().items():
                dx, dy = self.at
                spot = (0.5 + (x - 0.5 + dx) * self.size) * HEIGHT / WIDTH, 0.5 + (y - 0.5 + dy) * self.size
                seen = self.seen if joint in self.hide and body is self else 0.99
                image[4 * (joint + side) : 4 * (joint + side) + 4] = [*spot, 0.0, seen]
        self._head(image)
        return PoseFrame(
            t_s=t_s, width_px=WIDTH, height_px=HEIGHT, image=tuple(image), world=self._world(), people=self.people
        )

    def _leg(self) -> dict[int, Spot]:
        return {"standing": self._standing, "sitting": self._sitting, "lying": self._lying}[self.pose]()

    def _standing(self) -> dict[int, Spot]:
        f, half = self.facing, math.radians(self.knee / 2)
        ankle = (0.62, 0.9)
        knee = (ankle[0] + f * SHIN * math.sin(half), ankle[1] - SHIN * math.cos(half))
        hip = (knee[0] - f * THIGH * math.sin(half), knee[1] - THIGH * math.cos(half))
        lean = math.radians(self.lean)
        shoulder = (hip[0] + f * TRUNK * math.sin(lean), hip[1] - TRUNK * math.cos(lean))
        heel, toe = (ankle[0] - f * 0.03, ankle[1] + 0.03 - self.heel), (ankle[0] + f * 0.08, ankle[1] + 0.03)
        return {11: shoulder, 23: hip, 25: knee, 27: ankle, 29: heel, 31: toe}

    def _sitting(self) -> dict[int, Spot]:
        f, tilt, bend = self.facing, math.radians(self.thigh), math.radians(self.knee - self.thigh)
        hip = (0.6, 0.6)
        knee = (hip[0] + f * THIGH * math.cos(tilt), hip[1] - THIGH * math.sin(tilt))
        down = (f * math.cos(bend), math.sin(bend))
        ankle = (knee[0] + SHIN * down[0], knee[1] + SHIN * down[1])
        toe = (ankle[0] + 0.08 * f * math.sin(bend), ankle[1] - 0.08 * math.cos(bend))
        lean = math.radians(self.lean)
        shoulder = (hip[0] + f * TRUNK * math.sin(lean), hip[1] - TRUNK * math.cos(lean))
        return {11: shoulder, 23: hip, 25: knee, 27: ankle, 29: ankle, 31: toe}

    def _lying(self) -> dict[int, Spot]:
        """On the back; facing +1 has the head at the left edge."""
        f, up, bend = self.facing, math.radians(self.raised), math.radians(self.raised - self.knee)
        hip = (0.62, 0.8)
        shoulder = (hip[0] - f * TRUNK, hip[1])
        knee = (hip[0] + f * THIGH * math.cos(up), hip[1] - THIGH * math.sin(up))
        ankle = (knee[0] + f * SHIN * math.cos(bend), knee[1] - SHIN * math.sin(bend))
        toe = (ankle[0] - f * 0.08 * math.sin(bend), ankle[1] - 0.08 * math.cos(bend))
        return {11: shoulder, 23: hip, 25: knee, 27: ankle, 29: ankle, 31: toe}

    def _head(self, image: list[float]) -> None:
        near = 4 * (11 + self.near)
        x, y = image[near], image[near + 1]
        along = -0.1 * self.facing if self.pose == "lying" else 0.0
        above = 0.0 if self.pose == "lying" else -0.1
        before = (0.0, -0.03) if self.pose == "lying" else (0.03 * self.facing, 0.0)
        for joint in range(11):
            image[4 * joint] = x + along + (before[0] if joint == 0 else 0.0)
            image[4 * joint + 1] = y + above + (before[1] if joint == 0 else 0.0)

    def _world(self) -> tuple[float, ...]:
        world = [0.0] * WORLD_VALUES
        turn = math.radians(self.yaw)
        for left in (11, 23):
            for joint, sign in ((left, 1), (left + 1, -1)):
                world[3 * joint] = sign * 0.15 * math.cos(turn)
                world[3 * joint + 2] = sign * 0.15 * math.sin(turn) * self.facing
        return tuple(world)


def film(pose: Callable[[float], Stick], seconds: float, *, from_s: float = 0.0, fps: int = FPS) -> Iterator[PoseFrame]:
    """Frames of a body whose pose is told for every moment."""
    for i in range(round(seconds * fps)):
        yield pose(i / fps).frame(from_s + i / fps)


def between(low: float, high: float, share: float) -> float:
    """Eases from one to the other, share 0 to 1."""
    share = min(1.0, max(0.0, share))
    return low + (high - low) * share * share * (3 - 2 * share)


def there_and_back(t_s: float, start: float, end: float, *, still_s: float = 2.0, rep_s: float = 5.0) -> float:
    """Rest, then repetitions for ever: two fifths out, a fifth held, two fifths back."""
    if t_s < still_s:
        return start
    at = (t_s - still_s) % rep_s / rep_s
    return between(start, end, at / 0.35) if at < 0.5 else between(end, start, (at - 0.5) / 0.35)


def follow(spec: Spec, frames: Iterable[PoseFrame], side: Side | None = None, *, running: bool = False) -> list[Event]:
    """Everything that happens."""
    return list(followed(spec, begin(spec, side, running=running), frames)[1])


def followed(spec: Spec, state: State, frames: Iterable[PoseFrame]) -> tuple[State, list[Event]]:
    """The state after the frames, and everything that happened."""
    found: list[Event] = []
    for frame in frames:
        state, events = step(spec, state, frame)
        found += events
    return state, found
