"""The films that the camera's experiments are tried on: three newcomers, near and far, in other clothes and light."""

from __future__ import annotations

from people import SHORTS, Build
from plan import Film

from patella.motion.tempo import Tempo

NEWCOMERS = (
    Build(name="gina", height=0.95, leg=1.03, shin=1.00, thick=0.96, belly_m=0.0, bust_m=0.02, shoulders=0.94,
          skin="#F2D2BC", hair="#C9A15A", long_hair=True, shirt="#4C6FA5", trousers="#B0504A", trousers_end=SHORTS,
          loose_m=0.006, shoes="#EDEDED"),
    Build(name="hans", height=1.08, leg=0.98, shin=1.00, thick=1.15, belly_m=0.06, bust_m=0.0, shoulders=1.08,
          skin="#C68B63", hair="#3A2A1E", long_hair=False, shirt="#8C9A5B", trousers="#3C3B40", trousers_end=1.9,
          loose_m=0.018, shoes="#222222"),
    Build(name="ivy", height=1.00, leg=1.01, shin=1.03, thick=1.05, belly_m=0.02, bust_m=0.03, shoulders=0.96,
          skin="#4A2E20", hair="#120D0A", long_hair=False, shirt="#D9D3C7", trousers="#5B4E8C", trousers_end=1.92,
          loose_m=0.002, shoes="#B8B8B8"),
)  # fmt: skip
_SHORTS = {b.name for b in NEWCOMERS if b.trousers_end == SHORTS}
_BALL, _TURN, _JUMP = "medicine-ball-squeeze", "rotate-your-bones", "dance-patella-dance"
_SQUEEZE = Tempo(up_s=0.8, hold_s=5.0, down_s=0.8, rest_s=3.6)
_IN = Tempo(up_s=1.6, hold_s=0.9, down_s=2.4, rest_s=0.8)
_UP = Tempo(up_s=0.4, hold_s=1.2, down_s=0.4, rest_s=1.0)
FAR, _NEAR, _FOUR, _FIVE, _SIX = 1.9, 1.22, (None,) * 4, (None,) * 5, (None,) * 6
_DARK, _HARD = "dark trousers, dark wall", "hard shadows"


def _squeeze(who: str, scene: str, aside_deg: float, room: float, share: float = 1.0, talks_s: float = 0.0) -> Film:
    return Film(
        exercise=_BALL, who=who, scene=scene, faults=_FOUR, own_tempo=_SQUEEZE, front=True, aside_deg=aside_deg,
        room=room, share=share, talks_s=talks_s, still_s=4.0, rate_hz=12,
    )  # fmt: skip


def _turn(who: str, scene: str, room: float, *, share: float = 1.0, bare: bool = True) -> Film:
    return Film(
        exercise=_TURN, who=who, scene=scene, faults=_FIVE, own_tempo=_IN, front=True, room=room, share=share,
        bare=bare, still_s=4.0, rate_hz=12,
    )  # fmt: skip


def _jump(who: str, scene: str, share: float = 1.0) -> Film:
    return Film(
        exercise=_JUMP, who=who, scene=scene, faults=_SIX, own_tempo=_UP, front=True, close=True, share=share,
        bare=True, still_s=4.5,
    )  # fmt: skip


TRIED = (
    _squeeze("gina", "plain", 0, _NEAR),
    _turn("gina", "plain", _NEAR),
    _jump("gina", "plain"),
    _squeeze("hans", _DARK, 15, _NEAR),
    _turn("hans", "clutter", FAR),
    _jump("hans", _HARD),
    _squeeze("ivy", "clutter", 0, _NEAR, share=0.65, talks_s=4.0),
    _turn("ivy", "plain", _NEAR, share=0.6),
    _jump("ivy", "plain"),
    _squeeze("gina", _HARD, -10, FAR),
    _turn("gina", _HARD, FAR, share=0.6),
    _jump("gina", _HARD, share=0.65),
    _squeeze("hans", "clutter", 0, FAR, talks_s=4.0),
    _turn("hans", "plain", _NEAR, bare=False),
    _jump("hans", "plain", share=0.65),
    _squeeze("ivy", "plain", 15, FAR),
    _turn("ivy", _DARK, FAR, bare=False),
    _jump("ivy", _DARK),
)


def wears_shorts(film: Film) -> bool:
    """Whether the legs are bare."""
    return film.bare or film.who in _SHORTS
