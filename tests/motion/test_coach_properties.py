"""What holds of the coach whatever it is shown. PATELLA_EXAMPLES says how many examples are tried of each.

The suite tries a few; the published figure is 10 000 of each.
"""

import json
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motion.recording import Recording, names, read
from motion.rehearsal import Scene, chance, spec_of, with_role
from patella.motion.angles import facing
from patella.motion.body import Body
from patella.motion.camera import camera_round, landmarks_of, nobody
from patella.motion.coach import begin, finish, state_from_json, state_to_json, step
from patella.motion.event import Event, HoldEnded, Rep, event_to_json
from patella.motion.flaws import Draw, Flaws, in_a_mirror
from patella.motion.memory import State
from patella.motion.pose import IMAGE_VALUES, WORLD_VALUES, PoseFrame, Side
from patella.motion.spec import Role, Spec

EXAMPLES = int(os.environ.get("PATELLA_EXAMPLES", "25"))
tried = settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)

SEEN = with_role(*Role)
COUNTED = with_role(Role.REPS, Role.HOLD)
FLAWS = (
    Flaws(jitter_m=0, drift_m=0, bias_m=0),
    Flaws(),
    Flaws(jitter_m=0.01, drift_m=0.02, lost_joints_hz=0.1, swapped_sides_hz=0.1, lost_body_hz=0.1, dropped=0.1),
)
EXTENSION = "terminal-knee-extension"


FPS = 9.7  # no whole number of frames makes any of the coach's times, so that rounding decides nothing


@cache
def _poor(exercise: str, side: Side, flaws: Flaws, seed: int) -> tuple[PoseFrame, ...]:
    return Scene(exercise=exercise, reps=2, side=side, fps=FPS).poor_film(flaws, seed)


@dataclass(frozen=True, kw_only=True)
class Film:
    """A set, well or badly seen, from some moment on, with some frames of it left out."""

    exercise: str
    side: Side
    flaws: Flaws
    seed: int
    first: int
    without: frozenset[int]

    @property
    def spec(self) -> Spec:
        return spec_of(self.exercise)

    def frames(self) -> list[PoseFrame]:
        whole = _poor(self.exercise, self.side, self.flaws, self.seed)
        return [f for i, f in enumerate(whole) if i >= self.first and i % 100 not in self.without]


def films(exercises: Sequence[str] = SEEN) -> st.SearchStrategy[Film]:
    return st.builds(
        Film,
        exercise=st.sampled_from(exercises),
        side=st.sampled_from(Side),
        flaws=st.sampled_from(FLAWS),
        seed=st.integers(0, 1),
        first=st.integers(0, 60),
        without=st.frozensets(st.integers(0, 99), max_size=40),
    )


def followed(spec: Spec, side: Side | None, frames: Sequence[PoseFrame]) -> list[Event]:
    """Everything that happens in one go."""
    state, found = begin(spec, side), list[Event]()
    for frame in frames:
        state, events = step(spec, state, frame)
        found += events
    return [*found, *finish(spec, state)[1]]


def through_json(state: State) -> State:
    return state_from_json(json.loads(json.dumps(state_to_json(state), allow_nan=False)))


@tried
@given(films(), st.lists(st.integers(1, 200), max_size=8))
def test_frames_in_any_chunks_with_the_state_put_away_in_between_give_the_same(film: Film, sizes: list[int]) -> None:
    spec, side, frames = film.spec, film.side, film.frames()
    state, found, at = begin(spec, side), list[Event](), 0
    for size in [*sizes, len(frames)]:
        state = through_json(state)
        for frame in frames[at : at + size]:
            state, events = step(spec, state, frame)
            found += events
        at += size
    found += finish(spec, state)[1]
    assert found == followed(spec, side, frames)


@tried
@given(films(), st.floats(0, 1))
def test_a_state_goes_through_json_unchanged_at_any_frame_and_is_not_changed_by_a_step(
    film: Film, share: float
) -> None:
    spec, side, frames = film.spec, film.side, film.frames()
    state = begin(spec, side)
    for frame in frames[: int(share * len(frames))]:
        state, _ = step(spec, state, frame)
    assert through_json(state) == state
    if frames:
        before = through_json(state)
        step(spec, state, frames[-1])
        assert state == before


@tried
@given(films(COUNTED), st.integers(-100_000, 100_000))
def test_a_clock_that_starts_elsewhere_changes_nothing_but_the_times(film: Film, shift_s: int) -> None:
    spec, side, frames = film.spec, film.side, film.frames()
    later = [replace(f, t_s=f.t_s + shift_s) for f in frames]
    for here, there in zip(_ends(followed(spec, side, frames)), _ends(followed(spec, side, later)), strict=True):
        assert there == pytest.approx([here[0] + shift_s, here[1] + shift_s, *here[2:]], abs=1e-3)


def _ends(events: Sequence[Event]) -> list[list[float]]:
    return [
        [e.start_s, e.end_s, e.range_deg if isinstance(e, Rep) else e.seconds]
        for e in events
        if isinstance(e, Rep | HoldEnded)
    ]


@tried
@given(films(COUNTED))
def test_a_body_in_a_mirror_works_with_the_other_side(film: Film) -> None:
    spec, side, frames = film.spec, film.side, film.frames()
    plain = followed(spec, side, frames)
    mirrored = followed(spec, side.other, [in_a_mirror(f) for f in frames])
    assert [type(e) for e in mirrored] == [type(e) for e in plain]
    assert [s for e in mirrored for s in _other_side(e)] == [s for e in plain for s in _side(e)]
    for here, there in zip(_ends(plain), _ends(mirrored), strict=True):
        assert there == pytest.approx(here, abs=1e-3)


def test_a_lost_shoulder_counts_on_either_side_of_a_mirror() -> None:
    """Found in the 1 500s: which way somebody faces was told by the left shoulder alone."""
    frame = Scene(exercise="strap-stretch", reps=1, fps=8).film()[0]
    image = list(frame.image)
    for joint in (11, *range(23, 33)):  # what is left of a body: one shoulder, the hips' middle and the face
        image[4 * joint + 3] = 0.99 if joint in (23, 24) else 0.02
    seen = replace(frame, image=tuple(image))
    aspect = frame.width_px / frame.height_px
    assert abs(facing(seen.image, aspect)) > 0.3
    assert facing(in_a_mirror(seen).image, aspect) == pytest.approx(-facing(seen.image, aspect))


def _side(event: Event) -> list[str]:
    return [event.side] if isinstance(event, Rep | HoldEnded) else []


def _other_side(event: Event) -> list[str]:
    return ["both" if s == "both" else Side(s).other.value for s in _side(event)]


anything = st.floats(allow_nan=True, allow_infinity=True) | st.sampled_from([math.nan, math.inf, -math.inf, 1e308, 0.0])


@dataclass(frozen=True, kw_only=True)
class Harm:
    """What is done to one frame: its numbers, one of them or its time become anything, or nobody is in it."""

    share: float
    kind: str
    index: int
    value: float

    def done_to(self, frame: PoseFrame) -> PoseFrame:
        if self.kind == "nobody":
            return nobody(frame.t_s)
        if self.kind == "time":
            return replace(frame, t_s=self.value)
        if self.kind == "all":
            return replace(frame, image=[self.value] * IMAGE_VALUES, world=[self.value] * WORLD_VALUES)
        image, world = list(frame.image), list(frame.world)
        for values in (image, world):
            if values:
                values[self.index % len(values)] = self.value
        return replace(frame, image=image, world=world)


harms = st.builds(
    Harm,
    share=st.floats(0, 0.999),
    kind=st.sampled_from(["nobody", "time", "all", "one", "one", "one"]),
    index=st.integers(0, IMAGE_VALUES - 1),
    value=anything,
)


@tried
@given(
    st.sampled_from(SEEN), st.sampled_from([None, *Side]), st.lists(harms, max_size=30),
    st.tuples(st.integers(1, 4000), st.integers(1, 4000)),
)  # fmt: skip
def test_no_numbers_whatever_stop_the_coach_or_get_into_its_answers(
    exercise: str, side: Side | None, done: list[Harm], size_px: tuple[int, int]
) -> None:
    frames = list(Scene(exercise=exercise, reps=1, fps=8).film())
    for harm in done:
        at = int(harm.share * len(frames))
        frames[at] = harm.done_to(frames[at])
    spec = spec_of(exercise)
    state = begin(spec, side)
    for frame in frames:
        state, events = step(spec, state, replace(frame, width_px=size_px[0], height_px=size_px[1]))
        json.dumps([event_to_json(e) for e in events], allow_nan=False)
    json.dumps(state_to_json(state), allow_nan=False)
    finish(spec, state)


@cache
def bent(knee_deg: int) -> PoseFrame:
    """A body that stands with its knees bent."""
    pose = {"pz": 0.88, "knee.R": knee_deg, "hip.R": knee_deg / 2, "knee.L": knee_deg, "hip.L": knee_deg / 2}
    return camera_round((0.0, 0.0, 0.85), 90).sees(landmarks_of(Body().posture(pose)), 0.0)


def bending(turns_deg: Sequence[int], lasts_s: Sequence[float], shake: Draw) -> list[PoseFrame]:
    """A body that stands still, then bends and straightens its knees from each of these angles to the next."""
    frames, t_s = list[PoseFrame](), 0.0
    still = (turns_deg[0], turns_deg[0], 2.0)
    for a, b, way_s in [still, *((a, b, s) for (a, b), s in zip(pairwise(turns_deg), lasts_s, strict=False))]:
        steps = max(1, round(way_s * 10))
        for i in range(steps):
            knee_deg = a + (b - a) * (1 - math.cos(math.pi * i / steps)) / 2 + shake()
            frames.append(replace(bent(round(knee_deg)), t_s=t_s))
            t_s += 0.1
    return frames


@tried
@given(
    st.lists(st.integers(-8, 110), min_size=2, max_size=9), st.lists(st.floats(0.1, 3), min_size=8, max_size=8),
    st.sampled_from(["squat", EXTENSION]), st.integers(0, 999),
)  # fmt: skip
def test_there_are_never_more_repetitions_than_there_are_ways_out_and_back(
    turns_deg: list[int], lasts_s: list[float], exercise: str, seed: int
) -> None:
    events = followed(spec_of(exercise), Side.RIGHT, bending(turns_deg, lasts_s, chance(seed)))
    assert sum(isinstance(e, Rep) for e in events) <= (len(turns_deg) - 1) / 2


@tried
@given(st.sampled_from(COUNTED), st.floats(0, 0.2), st.integers(0, 10_000), st.sampled_from(Side))
def test_up_to_a_fifth_of_all_frames_may_be_lost_and_the_count_stays(
    exercise: str, dropped: float, seed: int, side: Side
) -> None:
    scene, draw = Scene(exercise=exercise, reps=2, side=side, fps=15), chance(seed)
    left = [f for f in scene.film() if draw() >= dropped]
    assert _counts(followed(scene.spec, side, left)) == counted(scene)


@tried
@given(st.sampled_from([n for n in names() if read(n).truth["exercise"] in COUNTED]), st.integers(0, 10_000))
def test_up_to_a_fifth_of_a_real_models_frames_may_be_lost_and_the_count_stays(name: str, seed: int) -> None:
    recording, draw = kept_film(name), chance(seed)
    share = 0.2 * draw()
    kept = [f for f in recording.frames if draw() >= share]
    assert _counts(followed(*asked(recording), kept)) == counted_in(name)


@cache
def kept_film(name: str) -> Recording:
    return read(name)


def asked(recording: Recording) -> tuple[Spec, Side | None]:
    told = recording.truth["working_side"]
    return spec_of(recording.truth["exercise"]), None if told == "both" else Side(told)


@cache
def counted(scene: Scene) -> tuple[int, int]:
    return _counts(followed(scene.spec, scene.side, scene.film()))


@cache
def counted_in(name: str) -> tuple[int, int]:
    return _counts(followed(*asked(kept_film(name)), kept_film(name).frames))


def _counts(events: Sequence[Event]) -> tuple[int, int]:
    return sum(isinstance(e, Rep) for e in events), sum(isinstance(e, HoldEnded) for e in events)
