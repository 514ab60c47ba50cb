"""What a pose model does to a body that a perfect one would not: trembling, drifting, losing and mixing up joints.

Sizes are metres on the body. The defaults are what BlazePose (full) showed on rendered films of known truth: a landmark
trembles by less than a millimetre, wanders by a few within a second, and sits a centimetre or two beside the joint for
a whole film; hidden landmarks are about three times as unsure.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from patella.motion.camera import nobody
from patella.motion.pose import JOINTS, Joint, PoseFrame

Draw = Callable[[], float]  # the next number from 0 up to 1, evenly spread, as `random.Random(seed).random` gives them

_UNSURE = 3.0  # how much more a landmark is off that is not seen at all
_WANDER_S = 0.6  # how long a drift remembers itself
_GONE = 0.02  # visibility of a joint that the model has lost
_LOST_S = 0.4  # how long it stays lost, on average; swapped sides and a lost body as well


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaws:
    """How bad a pose model is. Chances are a second; a drop is the share of all frames that never arrive, 0 to 1."""

    jitter_m: float = 0.001
    drift_m: float = 0.004
    bias_m: float = 0.012
    lost_joints_hz: float = 0.0
    swapped_sides_hz: float = 0.0
    lost_body_hz: float = 0.0
    dropped: float = 0.0


def swapped(frame: PoseFrame) -> PoseFrame:
    """The frame of a model that takes left for right: names change, places do not."""
    return replace(frame, image=_exchanged(frame.image, 4), world=_exchanged(frame.world, 3))


def in_a_mirror(frame: PoseFrame) -> PoseFrame:
    """The frame of a camera that mirrors: the left leg becomes a right one on the other side of the picture."""
    image, world = list(_exchanged(frame.image, 4)), list(_exchanged(frame.world, 3))
    image[::4] = [1 - x for x in image[::4]]
    world[::3] = [-x for x in world[::3]]
    return replace(frame, image=tuple(image), world=tuple(world))


def flawed(frames: Iterable[PoseFrame], flaws: Flaws, draw: Draw) -> Iterator[PoseFrame]:
    """The frames as a model with these flaws would have given them. The same numbers from `draw`, the same result."""
    bias = [_normal(draw) * flaws.bias_m for _ in range(2 * JOINTS)]
    drift = [_normal(draw) * flaws.drift_m for _ in range(2 * JOINTS)]
    lost, mixed_up, gone = [0.0] * JOINTS, 0.0, 0.0
    before_s = None
    for frame in frames:
        dt_s = 0.0 if before_s is None else max(0.0, frame.t_s - before_s)
        before_s = frame.t_s
        keep = math.exp(-dt_s / _WANDER_S)
        fresh = flaws.drift_m * math.sqrt(1 - keep * keep)
        drift = [d * keep + _normal(draw) * fresh for d in drift] if dt_s else drift
        lost = [_spell(left, flaws.lost_joints_hz, dt_s, draw) for left in lost]
        mixed_up = _spell(mixed_up, flaws.swapped_sides_hz, dt_s, draw)
        gone = _spell(gone, flaws.lost_body_hz, dt_s, draw)
        if draw() < flaws.dropped:
            continue
        if gone or not frame.image:
            yield nobody(frame.t_s, frame.width_px, frame.height_px)
            continue
        off = [b + d + _normal(draw) * flaws.jitter_m for b, d in zip(bias, drift, strict=True)]
        worse = _moved(frame, off, [left > 0 for left in lost])
        yield swapped(worse) if mixed_up else worse


def _spell(left_s: float, rate_hz: float, dt_s: float, draw: Draw) -> float:
    """Seconds left of a bad spell; a new one begins by chance."""
    if left_s > 0:
        return max(0.0, left_s - dt_s)
    return 2 * _LOST_S * draw() if rate_hz and draw() < rate_hz * dt_s else 0.0


def _moved(frame: PoseFrame, off_m: Sequence[float], lost: Sequence[bool]) -> PoseFrame:
    image, world = list(frame.image), list(frame.world)
    tall = _heights_a_metre(frame)
    wide = tall * frame.height_px / frame.width_px
    for joint in range(JOINTS):
        seen = image[4 * joint + 3]
        unsure = 1 + (_UNSURE - 1) * (1 - seen)
        dx, dy = off_m[2 * joint] * unsure, off_m[2 * joint + 1] * unsure
        image[4 * joint] += dx * wide
        image[4 * joint + 1] += dy * tall
        world[3 * joint] += dx
        world[3 * joint + 1] += dy
        if lost[joint]:
            image[4 * joint + 3] = _GONE
    return replace(frame, image=tuple(image), world=tuple(world))


def _heights_a_metre(frame: PoseFrame) -> float:
    """How many picture heights a metre at the body's distance is, from how far apart all landmarks are."""
    aspect = frame.width_px / frame.height_px
    image, world = frame.image, frame.world
    hip = Joint.LEFT_HIP
    spread = real = 0.0
    for joint in range(JOINTS):
        spread += ((image[4 * joint] - image[4 * hip]) * aspect) ** 2 + (image[4 * joint + 1] - image[4 * hip + 1]) ** 2
        real += (world[3 * joint] - world[3 * hip]) ** 2 + (world[3 * joint + 1] - world[3 * hip + 1]) ** 2
    return math.sqrt(spread / real) if real else 0.0


def _normal(draw: Draw) -> float:
    """A number from the standard normal distribution (Box and Muller, 1958)."""
    return math.sqrt(-2 * math.log(1 - draw())) * math.cos(math.tau * draw())


def _exchanged(values: Sequence[float], each: int) -> tuple[float, ...]:
    return tuple(values[each * _OTHER[j] + k] for j in range(JOINTS) for k in range(each)) if values else ()


def _others() -> tuple[int, ...]:
    pairs = {"LEFT": "RIGHT", "RIGHT": "LEFT"}
    return tuple(
        Joint["_".join(pairs.get(word, word) for word in joint.name.split("_"))] if joint else 0 for joint in Joint
    )


_OTHER = _others()
