"""Films made once the first were known: six people more, above all in holds and in exercises done lying."""

from __future__ import annotations

from people import SHORTS, Build
from plan import Film

from patella.motion.performance import Fault
from patella.motion.tempo import Tempo

SIX_MORE = (
    Build(name="jo", height=0.94, leg=1.02, shin=0.98, thick=1.02, belly_m=0.01, bust_m=0.025, shoulders=0.92,
          skin="#D9A47E", hair="#3B2416", long_hair=True, shirt="#F1E9DA", trousers="#6A3D57", trousers_end=1.88,
          loose_m=0.004, shoes="#D8D4CC"),
    Build(name="kim", height=1.04, leg=0.96, shin=1.03, thick=0.88, belly_m=0.0, bust_m=0.0, shoulders=1.02,
          skin="#F3D6BF", hair="#8E8578", long_hair=False, shirt="#C9692C", trousers="#39424E", trousers_end=SHORTS,
          loose_m=0.012, shoes="#4E6A8A"),
    Build(name="lars", height=1.10, leg=1.03, shin=0.99, thick=1.12, belly_m=0.05, bust_m=0.0, shoulders=1.12,
          skin="#EBC2A0", hair="#C8A868", long_hair=False, shirt="#2F5D50", trousers="#8A8171", trousers_end=1.9,
          loose_m=0.020, shoes="#2B2B2B"),
    Build(name="mia", height=0.90, leg=0.99, shin=1.01, thick=1.10, belly_m=0.02, bust_m=0.035, shoulders=0.95,
          skin="#9A6A48", hair="#1C1410", long_hair=True, shirt="#8FA8C8", trousers="#202328", trousers_end=1.9,
          loose_m=0.002, shoes="#E2D7C5"),
    Build(name="noor", height=0.98, leg=1.05, shin=0.97, thick=0.93, belly_m=0.0, bust_m=0.02, shoulders=0.94,
          skin="#6B4630", hair="#0E0B0A", long_hair=False, shirt="#B9B4A6", trousers="#7B2F3A", trousers_end=1.4,
          loose_m=0.003, shoes="#F0EFEA"),
    Build(name="otto", height=1.01, leg=0.95, shin=0.97, thick=1.30, belly_m=0.11, bust_m=0.0, shoulders=1.06,
          skin="#E9B99A", hair="#D6D2CA", long_hair=False, shirt="#54627A", trousers="#4A4336", trousers_end=SHORTS,
          loose_m=0.016, shoes="#7A6A52"),
)  # fmt: skip
_SLOW_IN = Tempo(up_s=2.8, hold_s=7.0, down_s=2.6, rest_s=1.5)
_IN = Tempo(up_s=1.6, hold_s=6.0, down_s=1.6, rest_s=1.5)
_DOWN = Tempo(up_s=2.0, hold_s=0.3, down_s=1.5, rest_s=0.8)
_OUT = Tempo(up_s=1.2, hold_s=0.5, down_s=1.3, rest_s=0.6)
_TWO, _THREE = (None,) * 2, (None,) * 3
_FLOOR, _SHADOWS, _ASIDE = "camera on the floor", "hard shadows", "15 to 30 degrees aside"


def _held(exercise: str, who: str, scene: str, tempo: Tempo, **how: float | bool) -> Film:
    return Film(exercise=exercise, who=who, scene=scene, faults=_TWO, own_tempo=tempo, rate_hz=12, **how)  # type: ignore[arg-type]


def _counted(exercise: str, who: str, scene: str, **how: float | bool | tuple[Fault | None, ...]) -> Film:
    return Film(**{"exercise": exercise, "who": who, "scene": scene, "own_tempo": _OUT, **how})  # type: ignore[arg-type]


LATER = (
    _held("hip-flexor-stretch", "mia", "plain", _SLOW_IN, eye_m=0.7),
    _counted("lateral-step-down", "kim", "from the other side", own_tempo=_DOWN, aside_deg=170.0),
    _held("calf-stretch", "noor", "clutter", _IN, talks_s=3.0),
    _counted("split-squat", "lars", _ASIDE, aside_deg=22.0, eye_m=0.5),
    _held("hip-flexor-stretch", "otto", _SHADOWS, _IN, left=True, eye_m=0.5),
    _counted("squat", "jo", _FLOOR, eye_m=0.08, aside_deg=-15.0, talks_s=2.5),
    _held("strap-stretch", "jo", "clutter", _SLOW_IN, eye_m=0.5),
    _counted("terminal-knee-extension", "noor", "plain", faults=(None, Fault.HEEL_RISE, None)),
    _held("side-plank", "lars", "plain", _IN, front=True, eye_m=0.4),
    _counted("lateral-step-down", "otto", "clutter", own_tempo=_DOWN, eye_m=0.6, left=True),
    _counted("seated-knee-extension", "mia", _ASIDE, aside_deg=28.0, faults=(None, Fault.SHALLOW, None)),
    _counted("clamshell", "kim", "plain", front=True, eye_m=0.5),
    _counted("heel-slide", "otto", _FLOOR, eye_m=0.12),
    _counted("single-leg-calf-raise", "jo", "plain", eye_m=0.4),
)
