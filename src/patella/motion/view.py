"""Whether the coach sees what it needs: one person, the joints, from the right place, and feet that stay."""

from __future__ import annotations

import math
from collections.abc import Sequence

from patella.motion.angles import KEPT, SEEN, facing, yaw_deg
from patella.motion.event import Sight
from patella.motion.memory import Phase, State
from patella.motion.pose import PoseFrame
from patella.motion.spec import SWAPPED, Leg, Spec, View
from patella.motion.standing import FOLLOWS_S, SLIPS, STEP_S, stays_s, steps_long

ANGLES_OFF_DEG = 36.0  # further off a side view than this angles shrink too much: measured to 30, which is told to 5
WANTED_DEG, OFF_DEG = 30.0, 50.0  # a side view is wanted within this, and as a rule counted to that
_WANTED = math.cos(math.radians(WANTED_DEG))
_BACK_DEG = 8.0  # so far inside again the side view is one
STILL_S = 1.0  # stood still for so long before anything counts
_KEEPS_S = 3.0  # and how slowly the way from one side to the other does
_KNOCKS = 0.3  # of the body's size: further than this nobody knocks a camera in a film that goes on
_AGAIN_S = 0.6  # a knock is over by then; who walks is somewhere else again
_CLEAR = 0.4  # evidence for the facing direction from which it is believed
_FOLLOWED, _AS_LONG = 0.15, 2.0
_LEGS = tuple(4 * joint for joint in range(25, 29))
_EDGE = 0.03  # how far outside the picture's edge a joint may be guessed
_FAR = 0.22  # of the picture's longer side: a smaller body is too far away
_MOST = 1e3  # together, in pictures: a body that is seen stays far below; so does no number that is none
_EITHER = (Leg.MOVING, *SWAPPED)
_WIDE = 3.0  # trunk, thigh and shin are so many shoulders long at least: a body seen end on is not far away
_OFF_S, _LOOKS = 0.5, 8


def readable(frame: PoseFrame) -> Sequence[float]:
    """The picture's landmarks, or nothing when a number in them is no place in or near any picture."""
    image = frame.image
    return image if image and math.hypot(*image) < _MOST else ()


def followed(image: Sequence[float]) -> Sequence[float]:
    """The landmarks of a body that lies and was seen before: its legs count as seen down to a lower visibility.

    Of legs that lie behind one another the model is unsure while it still finds them: on films of known truth they were
    within 5 degrees. What lies outside the picture, or of quite another length than on the other side, is not followed.
    """
    found: list[float] | None = None
    for at in _LEGS:
        seen = image[at + 3]
        if _FOLLOWED <= seen < KEPT and 0 < image[at] < 1 and 0 < image[at + 1] < 1 and _is_as_long(image, at):
            found = list(image) if found is None else found
            found[at + 3] = KEPT
    return image if found is None else found


def _is_as_long(image: Sequence[float], at: int) -> bool:
    """Whether the part of the leg that ends here is about as long as the same one of the other leg."""
    other = at + 4 if at % 8 else at - 4
    here, there = (math.hypot(image[a] - image[a - 8], image[a + 1] - image[a - 7]) for a in (at, other))
    return there < _AS_LONG * here and here < _AS_LONG * there


def look(spec: Spec, state: State, frame: PoseFrame, image: Sequence[float], dt_s: float) -> None:
    """Keep in mind from where the camera looks and which way the person faces; changes `state`."""
    aspect = frame.width_px / frame.height_px
    share = min(1.0, dt_s / _OFF_S)
    if state.off_deg is None:
        share = 1.0
    if spec.view is View.SIDE and (share == 1.0 or state.looks == 0):
        state.sense += (facing(image, aspect) - state.sense) * (1.0 if share == 1.0 else min(1.0, _LOOKS * share))
    state.looks = (state.looks + 1) % _LOOKS
    off = _off_deg(spec.view, frame, image, aspect)
    state.off_deg = off if state.off_deg is None else state.off_deg + (off - state.off_deg) * share


def _off_deg(view: View, frame: PoseFrame, image: Sequence[float], aspect: float) -> float:
    """How far the camera stands from the view that is wanted, degrees; front and back are one here."""
    if frame.world:
        yaw = abs(yaw_deg(frame.world))
    else:
        trunk = math.hypot(
            (image[44] + image[48] - image[92] - image[96]) / 2 * aspect,
            (image[45] + image[49] - image[93] - image[97]) / 2,
        )
        across = math.hypot((image[44] - image[48]) * aspect, image[45] - image[49])
        yaw = math.degrees(math.acos(min(1.0, across / (0.65 * trunk)))) if trunk else 0.0
    off = abs(yaw - 90.0)
    return off if view is View.SIDE else 90.0 - off


def turn_aside(spec: Spec, state: State) -> Spec:
    """What to look for from where the camera stands; a repetition does not outlast a turn. Changes `state`."""
    if spec.aside is None or state.off_deg is None:
        return spec
    aside = state.off_deg > spec.off_deg - (_BACK_DEG if state.aside else 0.0)
    if aside is not state.aside:
        state.aside, state.phase = aside, Phase.AWAY
        state.was_aside = True
        state.raw, state.trembles = [], 0.0  # another measure trembles otherwise
    return spec.aside if aside else spec


def hides_angles(spec: Spec, state: State) -> bool:
    """Whether the camera stands where it may still count, but where no angle is worth showing or judging.

    So it is where the leg that works is the one behind, and far off the side. A side view is wanted within 30 degrees.
    On made-up bodies (docs/accuracy.md) the knee is 3 to 6 degrees off as far as that, 7 at 40 and 10 at 50, while at
    40 nine sets of ten are still counted exactly: so counting goes on to 50.
    """
    if is_behind(spec, state):
        return True
    return spec.view is View.SIDE and state.off_deg is not None and state.off_deg > ANGLES_OFF_DEG


def is_behind(spec: Spec, state: State) -> bool:
    """Whether the leg that somebody stands on is the one away from the camera."""
    return spec.leg is Leg.STANDING and state.side >= 0 and near_side(state) == 1 - state.side


def stretched(spec: Spec, state: State, aspect: float) -> float:
    """The picture's shape for reading angles: seen from further aside than is wanted, as wide as from there.

    All that goes forward shrinks by the cosine, and angles with it. What tells the exercises was measured as far as
    `WANTED_DEG`; a body seen from further off is read as if from there. Nothing is made of what is nearer, so that no
    camera that stands well is stretched by an error of the model.
    """
    off = state.off_deg
    if off is None or off <= WANTED_DEG or spec.view is not View.SIDE or spec.off_deg > OFF_DEG:
        return aspect
    return aspect * _WANTED / math.cos(math.radians(min(off, OFF_DEG)))


def near_side(state: State) -> int:
    """The side beside a camera that looks from the side: 0 left, 1 right, -1 not clear."""
    if abs(state.sense) < _CLEAR:
        return -1
    return 1 if state.sense > 0 else 0


def judge(spec: Spec, state: State, frame: PoseFrame, image: Sequence[float]) -> Sight:
    """What stands in the way of seeing, the first thing first; READY when nothing does."""
    if not image:
        return Sight.NOBODY
    if frame.people > 1:
        return Sight.TWO_PEOPLE
    side = max(state.side, 0)
    least = KEPT if state.ready else SEEN
    for joint in spec.needs:
        if image[4 * (joint + side) + 3] < least:
            return _why_unseen(image, joint + side)
    aspect = frame.width_px / frame.height_px
    across = math.hypot((image[44] - image[48]) * aspect, image[45] - image[49])
    state.size = max(body_size(image, aspect, side), _WIDE * across)
    if state.size < _FAR * max(1.0, aspect):
        return Sight.TOO_FAR
    if state.off_deg is not None and state.off_deg > spec.off_deg:
        return Sight.WRONG_VIEW if spec.view is View.SIDE else Sight.NOT_IN_FRONT
    sure = spec.leg is Leg.NEAR or (spec.leg is Leg.STANDING and state.turned_s is None)
    if sure and state.asked >= 0 and near_side(state) == 1 - state.asked:
        return Sight.WRONG_SIDE
    return Sight.TAKE_POSITION if spec.leg is Leg.STANDING and steps_long(state) else Sight.READY


def _why_unseen(image: Sequence[float], joint: int) -> Sight:
    low, high = -_EDGE, 1 + _EDGE
    ys = image[1], image[4 * 27 + 1], image[4 * 28 + 1]
    if min(ys) < low and max(ys) > high:
        return Sight.TOO_NEAR
    x, y = image[4 * joint], image[4 * joint + 1]
    inside = low + 2 * _EDGE < x < high - 2 * _EDGE and low + 2 * _EDGE < y < high - 2 * _EDGE
    return Sight.UNCLEAR if inside else Sight.OUT_OF_FRAME


def body_size(image: Sequence[float], aspect: float, side: int) -> float:
    """Trunk, thigh and shin together, in heights of the picture."""
    a = 4 * side
    hx, hy, kx, ky = image[92 + a], image[93 + a], image[100 + a], image[101 + a]
    return (
        math.hypot((image[44 + a] - hx) * aspect, image[45 + a] - hy)
        + math.hypot((kx - hx) * aspect, ky - hy)
        + math.hypot((image[108 + a] - kx) * aspect, image[109 + a] - ky)
    )


def plant(spec: Spec, state: State, image: Sequence[float], aspect: float, t_s: float, dt_s: float) -> None:
    """Keep in mind since when the joints that should stay have stayed; changes `state`.

    Whatever moves both sides alike, slowly or in one jerk, is the camera: the place follows it, and counting goes on.
    Who steps moves one side against the other, and who walks keeps moving.
    """
    here = _planted(spec, state, image, aspect)
    anchor = state.anchor
    if not anchor:
        under_way = state.running and t_s - (state.first_s or 0.0) < STILL_S
        state.anchor, state.planted_s = [*here, *here[:2]], t_s - STILL_S if under_way else t_s
        if spec.leg is Leg.STANDING:
            state.planted_s = min(state.planted_s, t_s - stays_s(state, max(state.side, 0)))
        return
    slips = SLIPS * state.size
    x, y = here[0] - anchor[0], here[1] - anchor[1]
    apart = math.hypot(here[2] - anchor[2], here[3] - anchor[3])
    steps = apart > slips and spec.leg in SWAPPED  # of others that leg may do as it likes, or is hidden
    if steps or math.hypot(x, y) > slips:
        if state.slips_s is None:
            state.slips_s = t_s
        if t_s - state.slips_s >= STEP_S:
            _moved(state, here, t_s, alike=apart <= slips)
        return
    state.slips_s = None
    share, slowly = min(1.0, dt_s / FOLLOWS_S), min(1.0, dt_s / _KEEPS_S)
    anchor[0] += x * share
    anchor[1] += y * share
    anchor[2] += (here[2] - anchor[2]) * slowly
    anchor[3] += (here[3] - anchor[3]) * slowly
    if math.hypot(anchor[0] - anchor[4], anchor[1] - anchor[5]) > slips:
        anchor[4:], state.shook_s = anchor[:2], t_s


def _planted(spec: Spec, state: State, image: Sequence[float], aspect: float) -> tuple[float, float, float, float]:
    """Where the planted joints are, and where those of the other side are from there, which no camera changes."""
    side = max(state.side, 0)
    x = y = across = down = 0.0
    count = len(spec.planted) or 1
    for joint in spec.planted:
        here, there = 4 * (joint + side), 4 * (joint + 1 - side)
        x += image[here]
        y += image[here + 1]
        across += image[there] - image[here]
        down += image[there + 1] - image[here + 1]
    across, down = across * aspect / count, down / count
    if spec.leg not in _EITHER:
        return x * aspect / count, y / count, across, down
    x, y = x * aspect / count + across / 2, y / count + down / 2  # whichever leg it will be: the middle of both stays
    if spec.leg in SWAPPED:
        return x, y, math.hypot(across, down), 0.0  # the same under either name
    left = 1.0 - 2.0 * side
    return x, y, left * across, left * down


def _moved(state: State, here: tuple[float, float, float, float], t_s: float, *, alike: bool) -> None:
    """The planted joints are somewhere else for good: a camera that was knocked, or somebody who steps away."""
    x, y = here[0] - state.anchor[0], here[1] - state.anchor[1]
    stood = state.planted_s is not None and t_s - state.planted_s > STILL_S + STEP_S
    alike = alike and t_s - state.jerked_s > _AGAIN_S
    knocked = stood and alike and math.hypot(x, y) < _KNOCKS * state.size
    state.anchor, state.slips_s, state.jerked_s = [*here, *here[:2]], None, t_s
    if knocked:
        state.shook_s = t_s
        return
    state.planted_s = t_s
    state.phase = Phase.AWAY  # whoever steps away is not in the middle of a repetition
