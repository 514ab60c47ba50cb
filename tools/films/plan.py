"""Which films there are: who does what in which room, how quickly, and from where it is seen."""

from __future__ import annotations

from dataclasses import dataclass

from scene import Light

from patella.motion.performance import Fault
from patella.motion.tempo import Tempo

_PLAIN = Light()
_HARD = Light(to_lamp=(-0.8, -0.55, 0.55), lamp=1.15, around=0.24)
_DIM = Light(to_lamp=(-0.3, 0.2, 0.95), lamp=0.40, around=0.34)
_PACE = {"quick": 0.5, "own": 0.65, "slow": 1.25}
_OWN = Tempo(up_s=1.6, hold_s=0.6, down_s=1.9, rest_s=0.6)
_HOLD = Tempo(up_s=1.8, hold_s=5.0, down_s=1.8, rest_s=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """One film.

    `aside_deg` is how far the camera stands off the side view, or with `front` off the front, `eye_m` how high; `left`:
    a mirror of the right. A picture's time is cut into `steps`, and all but the last are averaged; one of `faults` for
    each repetition or hold, which go `share` of the way. The lens sees `room` times as much as the body, or `close`
    only the knees. `own_tempo` instead of a pace; `bare` legs whatever is worn else.
    """

    exercise: str
    who: str
    scene: str
    faults: tuple[Fault | None, ...] = (None,) * 3
    pace: str = "own"
    aside_deg: float = 0.0
    eye_m: float = 1.0
    left: bool = False
    steps: int = 1
    rate_hz: int = 15
    grain: float = 3.0
    talks_s: float = 0.0
    still_s: float = 1.6
    front: bool = False
    close: bool = False
    room: float = 1.22
    share: float = 1.0
    own_tempo: Tempo | None = None
    bare: bool = False

    @property
    def azimuth_deg(self) -> float:
        """Where the camera stands: 0 in front, 90 on the right."""
        return (0.0 if self.front else 90.0) - self.aside_deg

    @property
    def name(self) -> str:
        """A name for its file."""
        scene = self.scene.replace(",", "").replace(" ", "-")
        return f"{self.exercise}_{self.who}_{scene}"

    @property
    def light(self) -> Light:
        """The light of its room."""
        return {"hard shadows": _HARD, "dark trousers, dark wall": _DIM}.get(self.scene, _PLAIN)

    @property
    def tempo(self) -> Tempo:
        """How fast each repetition or hold is."""
        if self.own_tempo is not None:
            return self.own_tempo
        if len(self.faults) == 1:
            return _HOLD
        share = _PACE[self.pace]
        return Tempo(up_s=_OWN.up_s * share, hold_s=_OWN.hold_s * share, down_s=_OWN.down_s * share, rest_s=0.6)


_SECOND_SHALLOW = (None, Fault.SHALLOW, None)
_THIRD_SHALLOW = (None, None, Fault.SHALLOW)
_RISEN = (None, Fault.HEEL_RISE, None)
_TWICE = (None, None)
_HELD = (None,)
_SQUAT, _SIT, _TKE, _BRIDGE = "squat", "seated-knee-extension", "terminal-knee-extension", "glute-bridge"
_DARK, _CHAIR = "dark trousers, dark wall", "a chair in front"
_PASSES, _FLOOR = "a person passes behind", "camera on the floor"
_SHADOWS, _ASIDE, _BLUR = "hard shadows", "15 to 30 degrees aside", "motion blur"
FILMS = (
    Film(exercise=_SQUAT, who="ada", scene="plain"),
    Film(exercise=_SIT, who="bo", scene="plain", talks_s=2.5),
    Film(exercise="calf-raise", who="eve", scene=_SHADOWS),
    Film(exercise=_SQUAT, who="cleo", scene="clutter", eye_m=1.2, left=True),
    Film(exercise=_SIT, who="finn", scene=_DARK, grain=7.0),
    Film(exercise=_SQUAT, who="bo", scene=_CHAIR, left=True),
    Film(exercise=_SQUAT, who="dirk", scene=_PASSES),
    Film(exercise=_SQUAT, who="eve", scene=_FLOOR, eye_m=0.10),
    Film(exercise="hip-flexor-stretch", who="bo", scene="clutter", faults=_HELD, eye_m=0.8),
    Film(exercise=_SIT, who="cleo", scene=_ASIDE, aside_deg=30, faults=_SECOND_SHALLOW),
    Film(exercise=_SQUAT, who="finn", scene="quick", pace="quick", rate_hz=20),
    Film(exercise=_BRIDGE, who="dirk", scene="clutter", eye_m=0.6),
    Film(exercise="quadriceps-stretch", who="ada", scene=_SHADOWS, faults=_HELD),
    Film(exercise=_SIT, who="ada", scene=_BLUR, pace="quick", steps=4, left=True, faults=_TWICE),
    Film(exercise="straight-leg-raise", who="bo", scene=_FLOOR, eye_m=0.12),
    Film(exercise=_SIT, who="eve", scene=_PASSES, left=True),
    Film(exercise=_TKE, who="finn", scene=_ASIDE, aside_deg=15, faults=_RISEN),
    Film(exercise=_SQUAT, who="dirk", scene="slow", pace="slow", faults=_TWICE),
    Film(exercise="strap-stretch", who="cleo", scene="plain", faults=_HELD),
    Film(exercise=_SQUAT, who="cleo", scene=_DARK, grain=7.0, faults=_THIRD_SHALLOW),
    Film(exercise=_TKE, who="ada", scene=_CHAIR),
    Film(exercise=_SQUAT, who="finn", scene=_BLUR, pace="quick", steps=4),
    Film(exercise=_BRIDGE, who="ada", scene=_ASIDE, aside_deg=-20, eye_m=0.6),
    Film(exercise="calf-raise", who="dirk", scene=_FLOOR, eye_m=0.10, left=True),
)
