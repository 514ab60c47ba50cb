"""A measure that says nothing by itself is told against the person's own rest: the camera experiments."""

import json
import math
from collections.abc import Sequence
from dataclasses import replace

import pytest

from motion.recording import read
from motion.rehearsal import Scene, chance
from patella.files.library import read_experiment
from patella.motion.analysis import Analysis
from patella.motion.coach import analyse, begin, state_from_json, state_to_json, step
from patella.motion.definition import DefinitionError
from patella.motion.event import Event, HoldEnded, Seen
from patella.motion.experiment import parse_experiment
from patella.motion.flaws import Flaws, flawed
from patella.motion.performance import filmed
from patella.motion.pose import PoseFrame
from patella.motion.spec import Spec

BALL, BONES = "medicine-ball-squeeze", "rotate-your-bones"
STEADY = Flaws(drift_m=0.0005)  # what the model does to a body that is well lit and near
HIPS, KNEES = (23, 24), (25, 26)


def tried(exercise: str) -> Spec:
    found = read_experiment(exercise)
    assert found is not None
    assert found.spec is not None
    return found.spec


def watched(scene: Scene, flaws: Flaws | None = None, seed: int = 1) -> Analysis:
    """A set after five quiet seconds."""
    told = replace(scene.told(), still_s=5.0)
    frames = filmed(told, scene.camera(), scene.fps)
    return analyse(tried(scene.exercise), flawed(frames, flaws, chance(seed)) if flaws else frames, running=False)


def sitting(gap: float, t_s: float, *, aside: float = 0.0) -> PoseFrame:
    """Somebody who sits before the camera, `gap` hips' widths between the knees."""
    (frame, *_) = Scene(exercise=BALL, reps=1).film()
    image = list(frame.image)
    wide = abs(image[4 * HIPS[0]] - image[4 * HIPS[1]])
    middle = (image[4 * KNEES[0]] + image[4 * KNEES[1]]) / 2
    sign = 1 if image[4 * KNEES[0]] > middle else -1
    for joint, way in zip(KNEES, (sign, -sign), strict=True):
        image[4 * joint] = middle + way * gap * wide / 2
        image[4 * joint + 1] = image[4 * KNEES[0] + 1]
    image[4 * HIPS[0] + 1] = image[4 * HIPS[1] + 1]
    image[::4] = [x + aside for x in image[::4]]
    return replace(frame, t_s=t_s, image=tuple(image))


def told(spec: Spec, gaps: Sequence[tuple[float, float]], fps: int = 15) -> list[Event]:
    """What happens while the gap is so wide for so many seconds, one after the other."""
    state, found, t_s = begin(spec), list[Event](), 0.0
    for gap, seconds in gaps:
        state = state_from_json(json.loads(json.dumps(state_to_json(state))))
        for _ in range(round(seconds * fps)):
            state, events = step(spec, state, sitting(gap, t_s))
            found += events
            t_s += 1 / fps
    return found


def with_hips(frame: PoseFrame, share: float) -> PoseFrame:
    """The same picture in which the model takes the hips for so much wider."""
    image = list(frame.image)
    middle = (image[4 * HIPS[0]] + image[4 * HIPS[1]]) / 2
    for joint in HIPS:
        image[4 * joint] = middle + (image[4 * joint] - middle) * share
    return replace(frame, image=tuple(image))


def held(events: list[Event]) -> list[float]:
    return [e.seconds for e in events if isinstance(e, HoldEnded)]


@pytest.mark.parametrize("flaws", [None, STEADY])
def test_every_squeeze_is_timed_and_nothing_else(flaws: Flaws | None) -> None:
    holds = watched(Scene(exercise=BALL), flaws).holds
    assert [h.seconds for h in holds] == pytest.approx([7.0] * 3, abs=0.8)


@pytest.mark.parametrize("flaws", [None, STEADY])
def test_every_turn_of_the_bones_is_counted(flaws: Flaws | None) -> None:
    assert len(watched(Scene(exercise=BONES), flaws).reps) == 3


def test_from_aside_the_bones_are_not_looked_at() -> None:
    found = watched(Scene(exercise=BONES, yaw_deg=15))
    assert not found.reps
    assert "not-in-front" in found.notes


@pytest.mark.parametrize("exercise", [BALL, BONES])
@pytest.mark.parametrize("seed", range(3))
def test_where_the_picture_trembles_more_than_the_effort_shows_nothing_is_counted(exercise: str, seed: int) -> None:
    scene = Scene(exercise=exercise)
    for reps in (0, 3):
        found = watched(replace(scene, reps=reps), Flaws(drift_m=0.006), seed)
        assert not found.reps
        assert not found.holds


def test_the_squeezes_of_a_recording_are_timed_against_the_persons_own_rest() -> None:
    recording = read("ball")
    holds = analyse(tried(BALL), recording.frames).holds
    true = recording.truth["holds"]
    assert len(holds) == len(true)
    for hold, real in zip(holds, true, strict=True):
        assert hold.seconds == pytest.approx(real["end_s"] - real["start_s"], abs=1.0)
        assert hold.start_s == pytest.approx(real["start_s"], abs=1.0)


def test_however_wide_somebody_sits_only_the_way_from_their_rest_counts() -> None:
    spec = tried(BALL)
    for wide in (1.2, 1.8, 2.4):
        assert held(told(spec, [(wide, 5), (wide - 0.1, 6), (wide, 3)])) == pytest.approx([6.0], abs=0.6)
        assert held(told(spec, [(wide, 14)])) == []


def test_it_counts_only_once_the_rest_is_known() -> None:
    def first_ready(events: list[Event]) -> float:
        return next(e.t_s for e in events if isinstance(e, Seen) and e.code == "ready")

    assert first_ready(told(tried(BALL), [(1.8, 5)])) == pytest.approx(3.0, abs=0.3)
    restless = [(1.8 + 0.1 * (n % 2), 1.0) for n in range(6)]
    assert first_ready(told(tried(BALL), [*restless, (1.8, 4)])) > 7.0


def test_the_rest_follows_somebody_who_settles() -> None:
    creeping = [(1.8 - 0.002 * n, 0.5) for n in range(50)]
    assert held(told(tried(BALL), [(1.8, 4), *creeping])) == []
    wider = [(1.8, 4), (1.9, 10), (1.8, 6), (1.9, 2)]
    assert held(told(tried(BALL), wider)) == pytest.approx([6.0], abs=0.6)


def test_whoever_stays_away_from_rest_rests_anew() -> None:
    found = told(tried(BALL), [(1.8, 4), (1.7, 45), (1.6, 6), (1.7, 2)])
    assert max(held(found)) == pytest.approx(30, abs=1.5)
    assert held(found)[-1] == pytest.approx(6.0, abs=0.6)


def test_whoever_moves_to_another_seat_rests_anew() -> None:
    spec = tried(BALL)
    state, found = begin(spec), list[Event]()
    for n in range(15 * 14):
        t_s = n / 15
        gap = 1.8 if t_s < 4 else 1.6
        state, events = step(spec, state, sitting(gap, t_s, aside=0.0 if t_s < 4 else 0.1))
        found += events
    assert max(held(found), default=0.0) < 1.0  # as long as the way there takes
    assert state.rest == pytest.approx(1.6, abs=0.02)


WORDS = {"says": "I look.", "role": "mirror", "view": "front", "leg": "both", "needs": [], "planted": []}


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({}, "role"),
        ({"says": " "}, "says"),
        ({"rest": {}}, "rest.measure"),
        ({"page": "elbow"}, "page"),
        ({"page": "kneecap"}, "role"),
    ],
)
def test_an_experiment_that_is_none_is_refused_with_its_key(change: dict[str, object], key: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        parse_experiment(WORDS | change)
    assert refused.value.key == key


def test_hips_that_a_model_tells_wider_and_narrower_are_no_squeeze() -> None:
    spec = tried(BALL)
    assert spec.rest is not None
    frames = [
        with_hips(sitting(1.9 if 6 <= n / 15 < 12 else 2.0, n / 15), 1 + 0.03 * math.sin(math.tau * n / 15))
        for n in range(18 * 15)
    ]
    assert [h.seconds for h in analyse(spec, frames).holds] == pytest.approx([6.0], abs=0.7)
    each = replace(spec, rest=replace(spec.rest, hips_s=None))
    assert [h.seconds for h in analyse(each, frames).holds] != pytest.approx([6.0], abs=0.7)


def test_whoever_comes_slowly_nearer_squeezes_nothing() -> None:
    def nearer(frame: PoseFrame, size: float) -> PoseFrame:
        image = list(frame.image)
        for at in (k for k in range(len(image)) if k % 4 < 2):
            image[at] = 0.5 + (image[at] - 0.5) * size
        return replace(frame, image=tuple(image))

    frames = [nearer(sitting(2.0, n / 15), 0.8 + 0.1 * min(1, n / 450)) for n in range(40 * 15)]
    assert analyse(tried(BALL), frames).holds == ()
