"""A made-up runner whose truth is known: feet that stand still on a belt, legs bent as hips and ankles ask."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from patella.motion.angles import knee_flexion_deg
from patella.motion.camera import Camera, Points, camera_framing
from patella.motion.flaws import Flaws, flawed
from patella.motion.pose import Joint, PoseFrame

THIGH_M, SHIN_M, FOOT_M, HIPS_M, TRUNK_M = 0.44, 0.43, 0.22, 0.90, 0.52
ANKLE_M = (0.05, 0.08)  # ahead of the heel and above the sole
WIDE_M = 0.09
STEADY = Flaws(jitter_m=0.003)

Flat = tuple[float, float]  # metres forward and up


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """How a leg runs: its share of a stride on the ground, how far ahead it lands, how its foot does."""

    contact_share: float = 0.36
    lands_m: float = 0.23
    foot_deg: float = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """Runs on a belt that goes `speed_ms`; `walks` shows no flight and no high heel."""

    cadence_spm: float = 170.0
    speed_ms: float = 2.8
    lean_deg: float = 6.0
    left: Leg = Leg()
    right: Leg = Leg()

    @property
    def stride_s(self) -> float:
        """Two steps."""
        return 120 / self.cadence_spm

    def place(self, t_s: float, side: int) -> float:
        """Where in its stride a leg is; it lands at 0. The right one is half a stride later."""
        return (t_s / self.stride_s + 0.5 * side) % 1

    def leg(self, side: int) -> Leg:
        """The left one or the right one."""
        return (self.left, self.right)[side]

    def foot_deg(self, place: float, leg: Leg) -> float:
        """The foot against the ground, toes up positive: down by a fifth of the contact, heel up from six tenths."""
        share = place / leg.contact_share
        if share < 1:
            return leg.foot_deg * max(0.0, 1 - 5 * share) - 50 * max(0.0, (share - 0.6) / 0.4) ** 2
        swing = (1 - leg.contact_share) / leg.contact_share  # so many contacts long
        return _curve((share - 1) / swing, (-50.0, -250.0 * swing), (leg.foot_deg, 0.0))

    def foot(self, place: float, leg: Leg) -> tuple[Flat, Flat, Flat]:
        """Heel, toes and ankle, against the place under the hips."""
        pitch = math.radians(self.foot_deg(place, leg))
        cos, sin = math.cos(pitch), math.sin(pitch)
        if place >= leg.contact_share:
            toes = self._swinging(place, leg)
        else:
            behind = leg.lands_m - ANKLE_M[0] - self.speed_ms * place * self.stride_s  # the heel, or where it was
            toes = (behind + FOOT_M * cos, FOOT_M * sin) if pitch > 0 else (behind + FOOT_M, 0.0)
        heel = toes[0] - FOOT_M * cos, toes[1] - FOOT_M * sin
        ankle = heel[0] + ANKLE_M[0] * cos - ANKLE_M[1] * sin, heel[1] + ANKLE_M[0] * sin + ANKLE_M[1] * cos
        return heel, toes, ankle

    def _swinging(self, place: float, leg: Leg) -> Flat:
        """The toes in the air: lifted off at a metre a second, and half as quick as the belt when the foot lands."""
        swing_s = (1 - leg.contact_share) * self.stride_s
        share = (place - leg.contact_share) / (1 - leg.contact_share)
        off, on = self.foot(leg.contact_share * (1 - 1e-9), leg)[1], self.foot(0.0, leg)[1]
        ahead = _curve(share, (off[0], -self.speed_ms * swing_s), (on[0], -0.5 * self.speed_ms * swing_s))
        return ahead, _curve(share, (off[1], swing_s), (on[1], -0.3 * swing_s)) + 0.08 * math.sin(math.pi * share) ** 2

    def knee(self, t_s: float, side: int) -> tuple[Flat, float]:
        """Where a knee is, and its flexion in degrees."""
        hip, ankle = (0.0, self.hips_m(t_s)), self.foot(self.place(t_s, side), self.leg(side))[2]
        away = min(math.dist(hip, ankle), THIGH_M + SHIN_M - 1e-6)
        bend = math.acos((THIGH_M**2 + away**2 - SHIN_M**2) / (2 * THIGH_M * away))
        ahead = math.atan2(ankle[0] - hip[0], hip[1] - ankle[1]) + bend
        knee = (hip[0] + THIGH_M * math.sin(ahead), hip[1] - THIGH_M * math.cos(ahead))
        return knee, knee_flexion_deg((hip[0], -hip[1]), (knee[0], -knee[1]), (ankle[0], -ankle[1]))

    def hips_m(self, t_s: float) -> float:
        """How high they are: lowest in the middle of each contact."""
        middle = self.left.contact_share / 2
        return HIPS_M - 0.035 * math.cos(2 * math.tau * (t_s / self.stride_s - middle))

    def midstance(self, side: int) -> float:
        """When the ankle passes under the hips, as a place in the stride."""
        leg = self.leg(side)
        steps = (n / 2000 for n in range(2000))
        return next(p for p in steps if self.foot(p, leg)[2][0] <= 0)

    def at(self, t_s: float) -> Points:
        """The 33 landmarks in the room, metres."""
        up = self.hips_m(t_s)
        lean = math.radians(self.lean_deg)
        top = (TRUNK_M * math.sin(lean), up + TRUNK_M * math.cos(lean))
        on_trunk = {
            "NOSE": (0.10, 0.18), "EAR": (0.0, 0.20), "EYE": (0.08, 0.20), "MOUTH": (0.08, 0.14),
            "SHOULDER": (0.0, 0.0), "ELBOW": (-0.1, -0.25),
        }  # fmt: skip
        found = []
        for joint in Joint:
            side = 0 if "LEFT" in joint.name else 1
            foot = self.foot(self.place(t_s, side), self.leg(side))
            here = {"HIP": (0.0, up), "KNEE": self.knee(t_s, side)[0]}
            here |= dict(zip(("HEEL", "FOOT", "ANKLE"), foot, strict=True))
            part = next(p for p in joint.name.split("_") if p not in ("LEFT", "RIGHT"))
            x, y = on_trunk.get(part, (0.15, -0.2))
            ahead, high = here.get(part, (top[0] + x, top[1] + y))
            out = 0.0 if joint is Joint.NOSE else WIDE_M * (1 if side == 0 else -1)
            found.append((out, -ahead, high))
        return tuple(found)


def filmed(
    runner: Runner,
    *,
    seconds: float = 10.0,
    rate_hz: float = 30.0,
    azimuth_deg: float = 90.0,
    flaws: Flaws = STEADY,
) -> Iterator[PoseFrame]:
    """The runner before a camera; azimuth 90 sees the right side, 0 the front."""
    camera: Camera = camera_framing(runner.at(0.0), azimuth_deg)
    times = (n / rate_hz for n in range(int(seconds * rate_hz)))
    seen = (camera.sees(runner.at(t), t) for t in times)
    return flawed(seen, flaws, Random(4).random)  # noqa: S311 - comes again, is no secret


def _curve(share: float, start: Flat, end: Flat) -> float:
    """From a value to another with the slopes that are given there (Hermite)."""
    s2, s3 = share**2, share**3
    return (
        (2 * s3 - 3 * s2 + 1) * start[0] + (s3 - 2 * s2 + share) * start[1]
        + (3 * s2 - 2 * s3) * end[0] + (s3 - s2) * end[1]
    )  # fmt: skip
