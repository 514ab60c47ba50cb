"""Running form from one film: cadence, contact, knees, feet and trunk of somebody who runs past or on a treadmill.

The camera looks from the side. Everything is measured on the mean cycle (`cycle.py`) of places told against the hips,
so that it is the same whether the runner stays in the picture or a camera follows. What cannot be told is None, with
the reason; nothing is guessed. How far each is off is in docs/running-form.md, measured against force plates.

A foot lands where, after its furthest forward, the heel has reached a third of the speed at which it goes back under
the body, and leaves the ground where the toes are lifted most suddenly (De Witt 2010). Midstance is the moment the
ankle passes under the hips. A foot's angle at landing is told against the same foot at midstance, where it is flat: so
neither a slope nor a camera that is not upright makes a difference.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from patella.motion.angles import facing, yaw_deg
from patella.motion.cycle import FINE, Cycles, mean_cycle
from patella.motion.pose import PoseFrame, Side
from patella.motion.runner import LONGEST_S, Runner

LEAST_STRIDES = 5
LEAST_RATE_HZ = 20.0  # with fewer pictures a second no landing is told
MOST_OFF_DEG = 30.0  # further off the side than this angles shrink too much
FACING = 0.4  # evidence for the way somebody faces from which it is believed
LANDS = 1 / 3  # of the foot's speed under the body
_AGREE = 0.04  # steps and strides must come to the same: else legs were taken for one another
MOST_SHARE = 0.5  # of a stride: feet that are on the ground for longer do not run
_ANY = 1e3  # together, in pictures: a body that is seen stays far below


OFF = {
    "cadence_spm": 1.0, "trunk_lean_deg": 3.0, "contact_share": 0.08, "knee_contact_deg": 8.0,
    "knee_midstance_deg": 9.0, "foot_contact_deg": 6.0,
}  # fmt: skip
"""How far off each is at most in nine films of ten, in its own unit (docs/running-form.md)."""
APART = {"contact_share": 0.10, "knee_contact_deg": 10.0, "knee_midstance_deg": 11.0, "foot_contact_deg": 9.0}
"""The same for what is told of the left leg less what is told of the right one: beyond it they differ."""


class Untold(StrEnum):
    """Why a quantity is not told."""

    NOBODY = "nobody"
    NOT_FROM_THE_SIDE = "not-from-the-side"
    NOT_RUNNING = "not-running"
    LEGS_MIXED_UP = "legs-mixed-up"
    TOO_SHORT = "too-short"
    TOO_FEW_PICTURES = "too-few-pictures"
    TURNED = "turned"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number, or why there is none."""

    value: float | None = None
    why: Untold | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SideForm:
    """One leg. Shares are parts of a stride; a knee's flexion is 0 where straight; a foot's angle has the toes up."""

    contact_share: Quantity
    knee_contact_deg: Quantity
    knee_midstance_deg: Quantity
    foot_contact_deg: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningForm:
    """What a film shows of somebody who runs; `near` is the leg by the camera, which stands `off_deg` off the side."""

    duration_s: float
    strides: int
    near: Side | None
    off_deg: float | None
    cadence_spm: Quantity
    trunk_lean_deg: Quantity
    left: SideForm
    right: SideForm


def look_at_running(frames: Iterable[PoseFrame]) -> RunningForm:
    """The running form in a film's landmarks, in their order."""
    seen = [f for f in frames if f.image and math.hypot(*f.image) < _ANY]
    if not seen:
        return _nothing(Untold.NOBODY)
    duration_s = seen[-1].t_s - seen[0].t_s
    sense = sum(facing(f.image, f.width_px / f.height_px) for f in seen) / len(seen)
    turned = [abs(abs(yaw_deg(f.world)) - 90.0) for f in seen if f.world]
    off_deg = median(turned) if turned else None
    if abs(sense) < FACING:
        return _nothing(Untold.NOT_FROM_THE_SIDE, duration_s=duration_s, off_deg=off_deg)
    runner = Runner(seen, 1.0 if sense > 0 else -1.0)
    cycles = runner.cycles()
    if cycles is None:
        why = Untold.TOO_SHORT if duration_s < LEAST_STRIDES * LONGEST_S else Untold.NOT_RUNNING
        return _nothing(why, duration_s=duration_s, off_deg=off_deg)
    if len(cycles.whole) < LEAST_STRIDES:
        return _nothing(Untold.TOO_SHORT, duration_s=duration_s, off_deg=off_deg)
    step_s = runner.step_s()
    if step_s is None or abs(2 * step_s / cycles.length_s - 1) > _AGREE:
        return _nothing(Untold.LEGS_MIXED_UP, duration_s=duration_s, off_deg=off_deg)
    return _told(runner, cycles, _Sight(duration_s, off_deg, Side.RIGHT if sense > 0 else Side.LEFT))


@dataclass(frozen=True, slots=True)
class _Sight:
    duration_s: float
    off_deg: float | None
    near: Side


def _told(runner: Runner, cycles: Cycles, sight: _Sight) -> RunningForm:
    places = cycles.places(runner.times_s)
    left, right = (_side(runner, places, side, sight) for side in (0, 1))
    near, far = (left, right) if sight.near is Side.LEFT else (right, left)
    shares = [s.contact_share.value for s in (near, far) if s.contact_share.value is not None]
    if shares and shares[0] >= MOST_SHARE:  # the leg away from the camera is told worse
        return _nothing(Untold.NOT_RUNNING, duration_s=sight.duration_s, off_deg=sight.off_deg)
    leans = runner.leans_deg()
    return RunningForm(
        duration_s=sight.duration_s,
        strides=len(cycles.whole),
        near=sight.near,
        off_deg=sight.off_deg,
        cadence_spm=Quantity(value=120 / cycles.length_s),
        trunk_lean_deg=_unless(_turned(sight), sum(leans) / len(leans) if leans else None),
        left=left,
        right=right,
    )


def _turned(sight: _Sight) -> Untold | None:
    return Untold.TURNED if sight.off_deg is not None and sight.off_deg > MOST_OFF_DEG else None


def _unless(why: Untold | None, value: float | None) -> Quantity:
    if why is None and value is None:
        why = Untold.UNSEEN
    return Quantity(why=why) if why else Quantity(value=value)


def _side(runner: Runner, places: Sequence[float | None], side: int, sight: _Sight) -> SideForm:
    def cycle(values: Sequence[float | None]) -> tuple[float, ...] | None:
        return mean_cycle(places, values)

    heel, ankle, toe_height = (
        cycle(runner.readings(side, part, axis)) for part, axis in (("HEEL", 0), ("ANKLE", 0), ("FOOT_INDEX", 1))
    )
    knee, foot = cycle(runner.knees_deg(side)), cycle(runner.feet_deg(side))
    lands = _landing(heel) if heel else None
    leaves = _leaving(toe_height, lands) if toe_height and lands is not None else None
    under = _under(ankle, lands) if ankle and lands is not None else None
    angles = _turned(sight)
    sudden = angles or (Untold.TOO_FEW_PICTURES if runner.rate_hz < LEAST_RATE_HZ else None)
    flat = foot[under] if foot and under is not None else None
    return SideForm(
        contact_share=_unless(sudden, (leaves - lands) / FINE if leaves is not None and lands is not None else None),
        knee_contact_deg=_unless(sudden, knee[lands % FINE] if knee and lands is not None else None),
        knee_midstance_deg=_unless(angles, knee[under] if knee and under is not None else None),
        foot_contact_deg=_unless(
            sudden, foot[lands % FINE] - flat if foot and lands is not None and flat is not None else None
        ),
    )


def _landing(heel: Sequence[float]) -> int | None:
    """The place in the cycle where the foot lands; the heel's way forward is given."""
    first = max(range(FINE), key=lambda i: heel[i])
    speeds = [heel[(first + i) % FINE] - heel[(first + i + 1) % FINE] for i in range(FINE // 2)]
    fastest = max(speeds)
    return next((first + i for i, v in enumerate(speeds) if v >= LANDS * fastest > 0), None)


def _leaving(toe: Sequence[float], lands: int) -> int:
    """The place where the toes leave the ground, after the landing: their height changes its speed most."""
    step = FINE // 60

    def lifted(i: int) -> float:
        return 2 * toe[i % FINE] - toe[(i - step) % FINE] - toe[(i + step) % FINE]

    return max(range(lands + FINE // 6, lands + 5 * FINE // 8), key=lifted)


def _under(ankle: Sequence[float], lands: int) -> int | None:
    """The place where the ankle passes under the hips, after the landing."""
    return next((i % FINE for i in range(lands, lands + FINE // 2) if ankle[i % FINE] <= 0), None)


def _nothing(why: Untold, *, duration_s: float = 0.0, off_deg: float | None = None) -> RunningForm:
    none = Quantity(why=why)
    side = SideForm(contact_share=none, knee_contact_deg=none, knee_midstance_deg=none, foot_contact_deg=none)
    return RunningForm(
        duration_s=duration_s, strides=0, near=None, off_deg=off_deg,
        cadence_spm=none, trunk_lean_deg=none, left=side, right=side,
    )  # fmt: skip


def running_form_to_json(found: RunningForm) -> dict[str, object]:
    """The plain form: each quantity or null, and in `untold` why there is none, by its name and side."""
    untold = dict[str, str]()

    def plain(name: str, quantity: Quantity) -> float | None:
        if quantity.why is not None:
            untold[name] = quantity.why.value
        return None if quantity.value is None else round(quantity.value, 3)

    def side(name: str, form: SideForm) -> dict[str, float | None]:
        return {q: plain(f"{name}.{q}", getattr(form, q)) for q in SideForm.__slots__}

    return {
        "duration_s": round(found.duration_s, 3),
        "strides": found.strides,
        "near": found.near.value if found.near else None,
        "off_deg": None if found.off_deg is None else round(found.off_deg, 1),
        "cadence_spm": plain("cadence_spm", found.cadence_spm),
        "trunk_lean_deg": plain("trunk_lean_deg", found.trunk_lean_deg),
        "left": side("left", found.left),
        "right": side("right", found.right),
        "untold": untold,
    }
