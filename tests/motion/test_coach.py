"""One frame in, what happened out: sight, readiness, the state between frames, and a film as a fold of frames."""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from motion.stick import HEIGHT, WIDTH, Stick, between, film, follow, followed, there_and_back
from patella.files.library import read_spec
from patella.motion.analysis import analysis_to_json
from patella.motion.coach import analyse, begin, state_from_json, state_to_json, step
from patella.motion.event import Cue, Event, Rep, Seen, Short, Shown, Sight, event_to_json
from patella.motion.pose import PoseFrame, Side

BAND = read_spec("terminal-knee-extension")
SQUAT = read_spec("squat")
BONES = read_spec("rotate-your-bones")
DANCE = read_spec("dance-patella-dance")
WALK = read_spec("lateral-band-walk")
STILL = Stick(knee=5, far_knee=5)
NOBODY = PoseFrame(t_s=0, width_px=WIDTH, height_px=HEIGHT, image=(), people=0)


def sights(events: Sequence[Event]) -> list[str]:
    return [e.code.value for e in events if isinstance(e, Seen)]


def seen(stick: Stick, seconds: float = 3, spec: object = SQUAT, side: Side | None = None) -> list[str]:
    assert spec in (SQUAT, BAND, BONES)
    return sights(follow(spec, film(lambda _: stick, seconds), side))


def squatting(t_s: float) -> Stick:
    return Stick(knee=there_and_back(t_s, 4, 60))


def extending(t_s: float) -> Stick:
    knee = between(2, 34, t_s - 2.5) if t_s < 5 else there_and_back(t_s - 5, 34, 0, still_s=0.8)
    return Stick(knee=knee, far_knee=knee)


def test_somebody_who_stands_still_in_the_right_place_is_ready_after_a_second() -> None:
    found = [e for e in follow(SQUAT, film(lambda _: STILL, 3)) if isinstance(e, Seen)]
    assert [(e.code, round(e.t_s, 1)) for e in found] == [(Sight.STAND_STILL, 0.0), (Sight.READY, 1.0)]


@pytest.mark.parametrize(
    ("stick", "code"),
    [
        (replace(STILL, people=2), Sight.TWO_PEOPLE),
        (replace(STILL, hide=(25,)), Sight.UNCLEAR),
        (replace(STILL, at=(0.9, 0), hide=(25, 27)), Sight.OUT_OF_FRAME),
        (replace(STILL, size=2.2, at=(0, 0.05), hide=(25, 27)), Sight.TOO_NEAR),
        (replace(STILL, size=0.25), Sight.TOO_FAR),
        (Stick(pose="lying"), Sight.TAKE_POSITION),
    ],
)
def test_what_stands_in_the_way_is_said(stick: Stick, code: Sight) -> None:
    assert seen(stick) == [code.value]
    assert seen(replace(stick, facing=-1)) == [code.value] or stick.at[0]


def test_nobody_is_nobody_and_so_is_a_picture_of_nonsense() -> None:
    assert sights(follow(SQUAT, [replace(NOBODY, t_s=t) for t in range(3)])) == ["nobody"]
    for wrong in (float("nan"), float("inf"), 1e200):
        nonsense = replace(STILL.frame(0), image=(wrong, *STILL.frame(0).image[1:]))
        assert sights(follow(SQUAT, [nonsense])) == ["nobody"]


def test_the_leg_that_works_is_the_one_beside_the_camera() -> None:
    assert seen(replace(STILL, knee=30, far_knee=30), spec=BAND, side=Side.LEFT) == ["wrong-side"]
    assert seen(replace(STILL, knee=30, far_knee=30), spec=BAND, side=Side.RIGHT)[-1] == "ready"
    assert seen(replace(STILL, knee=30, far_knee=30, facing=-1), spec=BAND, side=Side.RIGHT) == ["wrong-side"]


def test_without_world_landmarks_the_shoulders_say_from_where_the_camera_looks() -> None:
    frames = [replace(f, world=()) for f in film(lambda _: STILL, 3)]
    assert sights(follow(SQUAT, frames)) == ["stand-still", "ready"]
    assert sights(follow(BONES, frames)) == ["not-in-front"]
    pointlike = [replace(f, world=(), image=tuple([0.5, 0.5, 0.0, 1.0] * 33)) for f in film(lambda _: STILL, 1)]
    assert sights(follow(SQUAT, pointlike)) == ["too-far"]


def test_a_mirror_is_ready_from_the_front_and_a_close_view_finds_nobody() -> None:
    assert seen(replace(STILL, yaw=0), spec=BONES) == ["stand-still", "ready"]
    assert sights(follow(DANCE, [replace(NOBODY, t_s=t) for t in range(3)])) == ["nobody"]
    stepping = film(lambda t_s: replace(STILL, yaw=0, at=(0.02 * t_s, 0)), 3)
    assert sights(follow(WALK, stepping))[-1] == "ready"


def test_a_flicker_is_not_told() -> None:
    def pose(t_s: float) -> Stick:
        return replace(STILL, hide=(25,)) if 2.0 <= t_s < 2.2 else STILL

    assert sights(follow(SQUAT, film(pose, 4))) == ["stand-still", "ready"]


def test_a_short_gap_in_sight_loses_nothing_and_a_long_one_loses_the_repetition() -> None:
    def with_gap(seconds: float) -> int:
        frames = [f for f in film(squatting, 7.2) if not 3.4 < f.t_s < 3.4 + seconds]
        blind = [replace(NOBODY, t_s=3.5 + i / 20) for i in range(int(seconds * 20) - 4)]
        events = follow(SQUAT, sorted([*frames, *blind], key=lambda f: f.t_s))
        return len([e for e in events if isinstance(e, Rep)])

    assert with_gap(0.6) == 1
    assert with_gap(1.6) == 1
    assert with_gap(2.8) == 0


def test_frames_that_do_not_advance_are_left_out() -> None:
    state, _ = step(SQUAT, begin(SQUAT), STILL.frame(5.0))
    for t_s in (5.0, 4.0, float("nan"), float("inf"), -1e300):
        assert step(SQUAT, state, STILL.frame(t_s)) == (state, ())


def test_a_step_leaves_the_state_it_was_given_alone() -> None:
    state, _ = followed(SQUAT, begin(SQUAT), film(squatting, 3.4))
    before = json.dumps(state_to_json(state))
    after, _ = step(SQUAT, state, squatting(3.4).frame(3.4))
    assert json.dumps(state_to_json(state)) == before
    assert after != state


def test_the_state_goes_through_json_in_the_middle_of_everything() -> None:
    frames = list(film(extending, 16))
    whole = follow(BAND, frames)
    for at in (10, 100, 150, 250):
        state, first = followed(BAND, begin(BAND), frames[:at])
        again = state_from_json(json.loads(json.dumps(state_to_json(state))))
        assert again == state
        assert first + followed(BAND, again, frames[at:])[1] == whole


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("values", None), ("values", ["knee"]), ("values", [float("nan")]), ("sight", 3), ("phase", 1.5),
        ("phase", True), ("ready", 1), ("zero", None), ("zero", float("inf")), ("t_s", "now"), ("n", 1e300),
        ("t_s", [1]),
    ],
)  # fmt: skip
def test_what_is_no_state_is_refused(name: str, value: object) -> None:
    values = state_to_json(begin(SQUAT))
    with pytest.raises(ValueError, match=f"no state of the coach: {name} is of another kind"):
        state_from_json({**values, name: value})


def test_a_state_with_other_fields_is_refused() -> None:
    values = state_to_json(begin(SQUAT))
    with pytest.raises(ValueError, match="other fields"):
        state_from_json({**values, "mood": 1})
    with pytest.raises(ValueError, match="other fields"):
        state_from_json({k: v for k, v in values.items() if k != "n"})


def test_the_knee_may_be_shown_to_five_degrees() -> None:
    shown = [e for e in follow(BAND, film(extending, 11)) if isinstance(e, Shown)]
    assert {e.value % 5 for e in shown} == {0}
    assert {e.measure for e in shown} == {"knee_flexion"}
    assert {0, 30} <= {e.value for e in shown}
    assert all(b.t_s - a.t_s >= 0.19 for a, b in pairwise(shown))
    assert [e for e in follow(BONES, film(lambda _: replace(STILL, yaw=0), 3)) if isinstance(e, Shown)] == []


def test_events_have_a_plain_form() -> None:
    plain = [event_to_json(e) for e in follow(BAND, film(extending, 11))]
    assert json.loads(json.dumps(plain)) == plain
    assert plain[0] == {"kind": "sight", "t_s": 0.0, "code": "stand-still"}
    (rep,) = [p for p in plain if p["kind"] == "rep"]
    assert list(rep) == [
        "kind", "n", "side", "start_s", "peak_s", "end_s", "range_deg", "reach_deg", "up_s", "down_s", "faults",
        "judged",
    ]  # fmt: skip
    assert (rep["n"], rep["side"], rep["faults"]) == (1, "right", [])


def hardly_extending(t_s: float) -> Stick:
    knee = extending(t_s).knee
    return Stick(knee=max(23.0, knee) if t_s > 5 else knee)


def test_a_film_is_a_fold_of_its_frames() -> None:
    frames = list(film(extending, 16))
    found = analyse(BAND, frames, running=False)
    events = follow(BAND, frames)
    assert list(found.reps) == [e for e in events if isinstance(e, Rep)]
    shallow = analyse(BAND, film(hardly_extending, 16))
    assert (len(shallow.reps), len(shallow.short)) == (0, 2)
    assert (found.side, found.view, found.notes) == ("right", "side", ("stand-still",))
    assert found.duration_s == pytest.approx(15.95)
    assert found.seen_fraction == pytest.approx(15 / 16, abs=0.01), "what went by before the coach was ready counts not"
    plain = analysis_to_json("terminal-knee-extension", found)
    assert json.loads(json.dumps(plain)) == plain
    assert list(plain) == [
        "exercise",
        "side",
        "view",
        "duration_s",
        "seen_fraction",
        "reps",
        "short",
        "holds",
        "notes",
        "lost",
    ]


def test_a_hold_is_part_of_a_films_answer() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(pose="sitting", thigh=-90, knee=between(5, 120, 0.5 - abs(t_s - 5.5) + 2.5), far_knee=5)

    found = analyse(read_spec("quadriceps-stretch"), film(pose, 10))
    assert [round(h.seconds) for h in found.holds] == [4]
    assert analysis_to_json("quadriceps-stretch", found)["holds"] != []


@pytest.mark.parametrize("frames", [[], [STILL.frame(1.0)]])
def test_a_film_of_nothing_has_no_seconds_in_it(frames: list[PoseFrame]) -> None:
    found = analyse(SQUAT, frames)
    assert (found.duration_s, found.seen_fraction, found.reps, found.holds) == (0, 0, (), ())


def test_before_anybody_is_seen_no_side_is_known() -> None:
    assert analyse(BAND, [NOBODY]).side == "both"


def test_a_side_that_nobody_can_tell_is_the_one_that_is_seen_best() -> None:
    def faint(frame: PoseFrame, side: int) -> PoseFrame:
        image = list(frame.image)
        for joint in (29, 30, 31, 32, 0, 25 + side, 27 + side):
            image[4 * joint + 3] = 0.2
        return replace(frame, image=tuple(image))

    for side, name in ((0, "right"), (1, "left")):
        frames: Callable[[int], list[PoseFrame]] = lambda s: [faint(f, s) for f in film(lambda _: Stick(), 2)]  # noqa: E731
        assert analyse(BAND, frames(side)).side == name


def test_from_too_far_off_the_side_no_angle_is_shown_as_a_number() -> None:
    shown = [e for e in follow(BAND, film(lambda t_s: replace(extending(t_s), yaw=46), 11)) if isinstance(e, Shown)]
    assert shown == []


def test_a_joint_that_is_seen_a_little_worse_for_a_while_is_still_seen() -> None:
    """Knees of bodies that lie on their side keep about the limit for seconds."""

    def pose(t_s: float, seen: float) -> Stick:
        return replace(extending(t_s), hide=(25,) if t_s > 6 else (), seen=seen)

    assert len(analyse(BAND, film(lambda t_s: pose(t_s, 0.43), 16)).reps) == 2
    assert len(analyse(BAND, film(lambda t_s: pose(t_s, 0.3), 16)).reps) == 0


def test_a_joint_is_first_seen_when_it_is_seen_well() -> None:
    dim = analyse(BAND, film(lambda t_s: replace(extending(t_s), hide=(25,), seen=0.43), 13))
    assert (dim.reps, dim.notes) == ((), ("unclear",))


def test_who_shifts_their_weight_before_the_first_repetition_hears_nothing() -> None:
    def swaying(t_s: float) -> Stick:
        knee = 34 + 5 * math.sin(2 * t_s) if t_s < 12 else extending(t_s - 12).knee
        return Stick(knee=knee, far_knee=knee)

    events = follow(BAND, film(swaying, 19))
    assert [e for e in events if isinstance(e, Cue)] == []
    assert sum(isinstance(e, Rep) for e in events) == 1


@pytest.mark.parametrize(("bends", "words"), [((2.0,), 0), ((2.0, 14.0), 0), ((2.0, 6.0), 1)])
def test_one_small_bend_before_the_first_repetition_is_worth_no_word_and_two_in_a_row_are(
    bends: tuple[float, ...], words: int
) -> None:
    """Who talks bends a knee now and then; who goes short means it, and does it again at once."""

    def bending(t_s: float) -> Stick:
        since = min((t_s - b for b in bends if t_s >= b), default=0.0)
        knee = there_and_back(min(since, 2.7), 4, 20, still_s=0.2, rep_s=2.6)
        return Stick(knee=knee, far_knee=knee)

    events = follow(SQUAT, film(bending, 20))
    assert sum(isinstance(e, Short) for e in events) == len(bends)
    assert [e.fault for e in events if isinstance(e, Cue)] == ["shallow"] * words
