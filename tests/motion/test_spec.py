"""A camera definition is read whole, or refused with the key and a sentence."""

import tomllib

import pytest

from patella.files.library import own_camera, own_library
from patella.motion.angles import Measure
from patella.motion.definition import DefinitionError
from patella.motion.event import Sight
from patella.motion.saying import parse_sayings
from patella.motion.spec import Leg, Role, Spec, View
from patella.motion.spec_file import parse_spec

REPS = """
role = "reps"
view = "side"
leg = "near"
needs = ["hip", "knee", "ankle"]
planted = ["ankle"]
shows = "knee_flexion"
[[posture]]
measure = "trunk_lean"
within = [-30, 60]
[straight]
measure = "knee_flexion"
at = 0
within = 14
[rep]
measure = "knee_flexion"
toward = "more"
start = [-20, 30]
least = 20
reach = 33
least_s = 0.9
most_s = 20
least_down_s = 0.5
[[form]]
fault = "trunk_lean"
cue = "stand_tall"
measure = "trunk_lean"
above = 60
from = "absolute"
during = "rep"
for_s = 0.3
"""
HOLD = """
role = "hold"
view = "front"
leg = "both"
needs = ["hip"]
planted = []
[hold]
within_s = 0.4
bands = [{ measure = "body_line", within = [-0.3, 0.1] }, { measure = "leg_raise", within = [0, 9], other = true }]
"""


def spec(text: str) -> Spec:
    return parse_spec(tomllib.loads(text))


def test_a_definition_of_repetitions_is_read() -> None:
    found = spec(REPS)
    assert (found.role, found.view, found.leg, found.off_deg) == (Role.REPS, View.SIDE, Leg.NEAR, 50)
    assert [s.measure for s in found.signals] == [Measure.KNEE_FLEXION, Measure.TRUNK_LEAN]
    assert found.rep is not None
    assert (found.rep.least, found.rep.noticed, found.rep.reach) == (20, 10, 33)
    assert (found.main, found.shown, found.needs, found.planted) == (0, 0, (23, 25, 27), (27,))
    assert found.cues == ("stand_tall", "shallow", "dropped_lowering")
    assert not found.metronome


def test_a_definition_of_a_hold_is_read() -> None:
    found = spec(HOLD)
    assert (found.main, found.rep, found.off_deg, found.cues) == (-1, None, 45, ())
    assert [(s.measure, s.other, s.unit) for s in found.signals] == [
        (Measure.BODY_LINE, False, 0.02),
        (Measure.LEG_RAISE, True, 1.0),
    ]
    assert found.hold_bands == ((0, -0.3, 0.1), (1, 0, 9))


@pytest.mark.parametrize(
    ("text", "old", "new", "key", "sentence"),
    [
        (REPS, 'role = "reps"', 'role = "watch"', "role", "must be one of reps, hold, posture, mirror"),
        (REPS, '"hip", "knee"', '"hip", "elbow"', "needs[1]", "must be one of shoulder, hip"),
        (REPS, "least = 20", "least = 0", "rep.least", "must be a number from 0.01"),
        (REPS, "start = [-20, 30]", "start = [30, -20]", "rep.start", "two numbers, the lower one first"),
        (REPS, "within = [-30, 60]", "within = [-30]", "posture[0].within", "two numbers, the lower one first"),
        (REPS, "above = 60\n", "", "form[0]", "needs above or below"),
        (REPS, "most_s = 20", "most = 20", "rep.most_s", "is missing"),
        (REPS, "at = 0", "at = 0\nto = 1", "straight.to", "not a key that is known here"),
        (REPS, 'view = "side"', 'view = "side"\noff_deg = 100', "off_deg", "must be a number from 5 to 90"),
        (REPS, "least = 20", "least = 20\nnoticed = 30", "rep.noticed", "must be a number from 0 to 20"),
        (HOLD, "[hold]", "[holding]", "hold", "is missing: this role times a hold"),
        (HOLD, 'role = "hold"', 'role = "reps"', "rep", "is missing"),
        (HOLD, "bands =", "others =", "hold.others", "not a key that is known here"),
    ],
)
def test_a_wrong_definition_is_refused(text: str, old: str, new: str, key: str, sentence: str) -> None:
    assert old in text
    with pytest.raises(DefinitionError, match=sentence) as caught:
        spec(text.replace(old, new, 1))
    assert caught.value.key == key


def test_a_hold_without_a_posture_is_refused() -> None:
    with pytest.raises(DefinitionError, match="needs at least one band"):
        spec(HOLD[: HOLD.index("bands")])


def test_every_exercise_with_a_camera_role_has_its_definition_and_the_others_none() -> None:
    for exercise in own_library().exercises.values():
        seen = own_camera(exercise.id)
        assert (seen is None) == (exercise.camera.counts.value == "nothing"), exercise.id
        if seen is not None:
            assert seen.role.value == exercise.camera.counts.value
    assert own_camera("juggling") is None


def test_faults_that_need_a_persons_own_start_say_so() -> None:
    band = own_camera("terminal-knee-extension")
    assert band is not None
    assert [(r.fault, r.against.value) for r in band.form] == [
        ("heel_rise", "best"), ("heel_rise", "start"), ("hyperextension", "absolute"), ("trunk_lean", "start"),
    ]  # fmt: skip


def test_a_sight_without_words_is_refused() -> None:
    with pytest.raises(DefinitionError, match="one entry for each sight, and no other: dark, nobody"):
        parse_sayings(_words("dark"))
    assert parse_sayings(_words("nobody")).codes["nobody"].say == "So."


def test_a_measure_without_a_name_is_refused() -> None:
    words = _words("nobody")
    named = {m.value: {"name": "Bend", "unit": "degrees"} for m in Measure if m is not Measure.KNEE_FLEXION}
    with pytest.raises(DefinitionError, match="one entry for each measure, and no other: knee_flexion"):
        parse_sayings({**words, "measures": named})


def _words(instead: str) -> dict[str, object]:
    names = [s.value for s in Sight if s is not Sight.NOBODY] + [instead]
    codes = {name: {"title": "This", "say": "So."} for name in names}
    measures = {m.value: {"name": "Bend", "unit": "degrees"} for m in Measure}
    return {"codes": codes, "places": {"side-standing": {"say": "There."}}, "measures": measures}
