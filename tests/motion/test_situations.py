"""What happens to films and phones beside the movement itself: the camera moves, the film is cut, the model errs."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from motion.rehearsal import Scene, chance
from motion.stick import Stick, film, there_and_back
from patella.files.library import read_spec
from patella.motion.analysis import Analysis, analysis_to_json
from patella.motion.camera import camera_framing
from patella.motion.coach import analyse, begin, finish, step
from patella.motion.event import Rep, Seen, Sight
from patella.motion.flaws import Flaws, flawed, swapped
from patella.motion.performance import Performance, filmed, takes_of
from patella.motion.pose import PoseFrame

SQUAT = read_spec("squat")
BELL = read_spec("kettlebell-knee-extension")
BAND = "terminal-knee-extension"
STEP_DOWN = "lateral-step-down"


def squatting(t_s: float) -> Stick:
    knee = there_and_back(t_s, 4, 60)
    return Stick(knee=knee, far_knee=knee, lean=knee / 3)


def seen_by(frame: PoseFrame, right: float, down: float, size: float = 1.0, roll_deg: float = 0.0) -> PoseFrame:
    """The same picture by a camera that has turned, gone nearer or rolled; lengths in heights of the picture."""
    image, aspect = list(frame.image), frame.width_px / frame.height_px
    c, s = size * math.cos(math.radians(roll_deg)), size * math.sin(math.radians(roll_deg))
    for at in range(0, len(image), 4):
        x, y = (image[at] - 0.5) * aspect, image[at + 1] - 0.5
        image[at], image[at + 1] = 0.5 + (x * c - y * s + right) / aspect, 0.5 + x * s + y * c + down
    return replace(frame, image=tuple(image))


def counted(exercise: str, change: Callable[[PoseFrame], PoseFrame]) -> Analysis:
    scene = Scene(exercise=exercise, reps=2, fps=10)
    return analyse(scene.spec, map(change, scene.film()), scene.side, running=False)


CAMERAS: dict[str, Callable[[float], tuple[float, float, float, float]]] = {
    "pans": lambda t: (0.06 * t - 0.3, 0, 1, 0),
    "zooms": lambda t: (0, 0, 1 + 0.15 * math.sin(t / 2), 0),
    "is held by hand": lambda t: (0.04 * math.sin(0.8 * t), 0.03 * math.sin(0.9 * t + 1), 1, 2 * math.sin(t)),
    "is knocked": lambda t: (0.1 if t > 4.3 else 0, -0.05 if t > 4.3 else 0, 1, 3 if t > 4.3 else 0),
}


@pytest.mark.parametrize("camera", CAMERAS)
@pytest.mark.parametrize("exercise", ["squat", "straight-leg-raise", "kettlebell-knee-extension"])
def test_a_camera_that_moves_is_told_and_hides_no_repetition(camera: str, exercise: str) -> None:
    found = counted(exercise, lambda f: seen_by(f, *CAMERAS[camera](f.t_s)))
    assert len(found.reps) == 2
    assert "camera-moves" in found.notes or camera in {"zooms", "is held by hand"}, "little ways are not worth a word"


def test_that_the_camera_moves_is_said_once_while_the_count_goes_on() -> None:
    scene = Scene(exercise="squat", reps=2, fps=10)
    state, said = begin(scene.spec, scene.side), list[Sight]()
    for frame in scene.film():
        state, events = step(scene.spec, state, seen_by(frame, *CAMERAS["pans"](frame.t_s)))
        said += [e.code for e in events if isinstance(e, Seen)]
    assert (said.count(Sight.CAMERA_MOVES), state.n, state.ready) == (1, 2, True)


def test_of_a_camera_that_stands_nothing_is_told() -> None:
    for exercise in ("squat", STEP_DOWN, "straight-leg-raise"):
        assert "camera-moves" not in counted(exercise, lambda f: f).notes


@pytest.mark.parametrize("exercise", ["squat", BAND, "kettlebell-knee-extension"])
def test_a_repetition_that_the_films_end_cuts_counts_once_it_has_come_most_of_the_way(exercise: str) -> None:
    scene = Scene(exercise=exercise, reps=2, fps=20)
    last = takes_of(scene.told())[-1]
    back_s = last.end_s - last.peak_end_s
    for early_s, counts in ((0.3, 2), (0.3 * back_s, 2), (0.75 * back_s, 1)):
        frames = [f for f in scene.film() if f.t_s <= last.end_s - early_s]
        found = analyse(scene.spec, frames, scene.side)
        assert len(found.reps) == counts, early_s
        assert [r.faults for r in found.reps] == [()] * counts
        assert found.reps[-1].down_s > 0.6 * found.reps[0].down_s


def test_what_was_not_deep_enough_or_is_still_out_is_no_repetition_at_the_films_end() -> None:
    def reps(deepest: float, until_s: float) -> int:
        def pose(t_s: float) -> Stick:
            return Stick(knee=there_and_back(t_s, 4, deepest), far_knee=there_and_back(t_s, 4, deepest))

        return len(analyse(SQUAT, film(pose, until_s)).reps)

    assert reps(60, 5.6) == 1
    assert reps(60, 4.3) == 0
    assert reps(18, 5.6) == 0


def test_a_repetition_that_was_under_way_when_the_film_began_is_not_counted() -> None:
    for begins_s in (2.6, 2.9, 3.9):
        frames = [replace(f, t_s=f.t_s - begins_s) for f in film(squatting, 12.2) if f.t_s >= begins_s]
        assert [round(r.start_s) for r in analyse(SQUAT, frames).reps] == [round(7.2 - begins_s)]
    whole = [replace(f, t_s=f.t_s - 1.9) for f in film(squatting, 12.2) if f.t_s >= 1.9]
    assert len(analyse(SQUAT, whole).reps) == 2, "one that began with the film is whole"


def mixed_up(frames: Sequence[PoseFrame], every_s: float, for_s: float) -> list[PoseFrame]:
    """What a model makes of them that takes one leg for the other every few seconds, for a moment."""
    return [swapped(f) if f.t_s > 1 and f.t_s % every_s < for_s else f for f in frames]


@pytest.mark.parametrize("exercise", [BAND, STEP_DOWN, "heel-slide", "quadriceps-stretch"])
def test_legs_that_are_taken_for_one_another_for_a_moment_change_nothing(exercise: str) -> None:
    for for_s in (0.15, 0.6):
        scene = Scene(exercise=exercise, reps=2, fps=12)
        plain = analyse(scene.spec, scene.film(), scene.side, running=False)
        found = analyse(scene.spec, mixed_up(scene.film(), 2.3, for_s), scene.side, running=False)
        assert (len(found.reps), len(found.holds)) == (len(plain.reps), len(plain.holds))
        assert [r.peak_s for r in found.reps] == pytest.approx([r.peak_s for r in plain.reps], abs=0.5)


def test_a_knee_that_jumps_there_and_back_is_no_repetition_however_often() -> None:
    def pose(t_s: float) -> Stick:
        return Stick(pose="sitting", knee=50 if t_s > 2 and t_s % 2 < 0.2 else 88, far_knee=90)

    def rests(t_s: float) -> Stick:
        return Stick(pose="sitting", knee=88 - 38 * (t_s % 3 > 2), far_knee=90)

    assert analyse(BELL, film(pose, 12)).reps == ()
    assert analyse(BELL, film(rests, 12, fps=30)).reps == (), "a second out, but there at once: a joint, not a leg"


def test_what_trembles_more_than_the_least_movement_counts_nothing_by_that() -> None:
    scene = Scene(exercise="calf-raise", reps=2, fps=12)
    frames = list(scene.film())
    trembles = Flaws(jitter_m=0.014)
    found = analyse(scene.spec, flawed(frames, trembles, chance(5)), running=False)
    assert len(found.reps) == 2
    still = [replace(frames[0], t_s=f.t_s) for f in frames]
    assert analyse(scene.spec, flawed(still, trembles, chance(5)), running=False).reps == ()


def lost(frame: PoseFrame, joint: int) -> PoseFrame:
    image = list(frame.image)
    image[4 * joint + 3] = 0.02
    return replace(frame, image=tuple(image))


def test_a_joint_of_the_posture_that_is_lost_for_longer_ends_what_was_under_way() -> None:
    def stays_up(t_s: float) -> Stick:
        knee = 88 if t_s < 3 or t_s > 12 else 5
        return Stick(pose="sitting", knee=knee, far_knee=88, lean=0)

    frames = [lost(f, 12) if 4 < f.t_s < 11 else f for f in film(stays_up, 15)]
    found = analyse(BELL, frames)
    assert found.reps == ()
    assert [one.why for one in found.lost] == ["unclear"]


@pytest.mark.parametrize("joint", [11, 12, 23, 25, 26, 27, 28])
def test_a_joint_that_is_lost_for_a_second_loses_no_repetition(joint: int) -> None:
    for at_s in (3.0, 3.8, 5.0):
        frames = [lost(f, joint) if at_s < f.t_s < at_s + 0.9 else f for f in film(squatting, 12.2)]
        assert len(analyse(SQUAT, frames).reps) == 2


def test_who_jumps_away_is_still_nobody_that_squats() -> None:
    frames = list(film(lambda t_s: replace(squatting(t_s), at=(0.0, 0.0) if t_s < 4 else (0.4, 0.0)), 6.9))
    assert analyse(SQUAT, frames).reps == ()


def test_seeing_means_being_ready_to_count() -> None:
    scene = Scene(exercise="squat", reps=1, fps=12)
    assert analyse(scene.spec, scene.film(), running=False).seen_fraction < 0.95
    lying = analyse(SQUAT, film(lambda _: Stick(pose="lying"), 6))
    assert (lying.seen_fraction, lying.in_the_way) == (0, "take-position")


def deeper(share: float) -> Performance:
    """Two squats that go so many times as far as the routine's own, which is a shallow one."""
    told = Scene(exercise="squat", reps=2).told()
    deep = {
        name: replace(
            pose, values={k: v * share if k[:3] in {"hip", "kne", "ank"} else v for k, v in pose.values.items()}
        )
        for name, pose in told.movement.poses.items()
    }
    return replace(told, movement=replace(told.movement, poses=deep))


@pytest.mark.parametrize("azimuth_deg", [35.0, 0.0, -20.0])
def test_a_deep_squat_seen_from_the_front_is_counted_by_the_hips_and_not_judged(azimuth_deg: float) -> None:
    told = deeper(1.6)
    camera = camera_framing(Scene(exercise="squat").first_points(), azimuth_deg)
    found = analyse(SQUAT, flawed(filmed(told, camera, 12), Flaws(), chance(3)), running=False)
    assert [t.start_s < r.peak_s < t.end_s for t, r in zip(takes_of(told), found.reps, strict=True)] == [True, True]
    assert {(r.range_deg, r.reach_deg, r.faults, r.judged) for r in found.reps} == {(0, 0, (), False)}
    assert [s.form for s in found.sets(30)] == [None]


def test_where_a_squat_is_too_shallow_to_be_told_from_the_front_the_way_to_turn_is_said() -> None:
    scene = Scene(exercise="squat", reps=2, fps=12, yaw_deg=85.0)
    found = analyse(scene.spec, scene.film(), running=False)
    assert (found.reps, "wrong-view" in found.notes) == ((), True)


@pytest.mark.parametrize(
    "exercise", ["lateral-step-down", "kettlebell-knee-extension", "lateral-band-walk", "clamshell"]
)
def test_nothing_else_that_is_seen_from_the_front_is_a_squat(exercise: str) -> None:
    scene = Scene(exercise=exercise, reps=2, fps=10)
    front = camera_framing(scene.first_points(), 0.0)
    assert analyse(SQUAT, filmed(scene.told(), front, 10), running=False).reps == ()


@pytest.mark.parametrize(
    ("exercise", "yaw_deg", "code"), [(STEP_DOWN, 80.0, "wrong-view"), ("rotate-your-bones", 80.0, "not-in-front")]
)
def test_where_nothing_can_be_counted_it_is_said_at_once_which_way_to_turn(
    exercise: str, yaw_deg: float, code: str
) -> None:
    scene = Scene(exercise=exercise, reps=1, fps=10, yaw_deg=yaw_deg)
    found = analyse(scene.spec, scene.film())
    assert (found.reps, found.notes, found.seen_fraction) == ((), (code,), 0)


def test_what_was_lost_is_told_with_why() -> None:
    def slowly(t_s: float) -> Stick:
        return Stick(knee=there_and_back(t_s, 4, 60, rep_s=60), far_knee=there_and_back(t_s, 4, 60, rep_s=60))

    (slow,) = analyse(SQUAT, film(slowly, 40, fps=10)).lost
    assert (slow.why, round(slow.end_s - slow.start_s)) == ("too-slow", 20)
    frames = [replace(f, people=2) if 3.9 < f.t_s < 7 else f for f in film(squatting, 17.2)]
    found = analyse(SQUAT, frames)
    assert [x.why for x in found.lost] == ["two-people"]
    assert len(found.reps) == 1
    assert analysis_to_json("squat", found)["lost"] == [
        {"start_s": pytest.approx(2.3, abs=0.5), "end_s": pytest.approx(6.4, abs=0.3), "why": "two-people"}
    ]


def test_a_repetition_begins_with_the_movement_and_not_with_a_fidget_before_it() -> None:
    def pose(t_s: float) -> Stick:
        knee = 4 if t_s < 2 else max(10.0 if t_s < 9 else 4, there_and_back(t_s - 4, 4, 60, still_s=2))
        return Stick(knee=knee, far_knee=knee)

    (rep,) = analyse(SQUAT, film(pose, 10)).reps
    assert rep.start_s == pytest.approx(6.3, abs=0.5)


def test_a_lying_leg_of_which_the_model_is_unsure_is_followed_once_it_was_seen() -> None:
    def timed(seen: float, from_s: float) -> float:
        def pose(t_s: float) -> Stick:
            up = 60 * min(1.0, max(0.0, (min(t_s, 17) - 3) / 1.5))
            return Stick(pose="lying", raised=up, hide=(25, 27) if t_s > from_s else (), seen=seen)

        return sum(h.seconds for h in analyse(read_spec("strap-stretch"), film(pose, 17, fps=10)).holds)

    assert timed(0.25, 6.0) == pytest.approx(timed(0.99, 6.0), abs=0.3)
    assert timed(0.25, 6.0) > 10
    assert timed(0.05, 6.0) < 3, "what the model does not find is not made up"
    assert timed(0.25, -1.0) == 0, "and nothing begins in the dark"


def test_finishing_twice_counts_once() -> None:
    state = begin(SQUAT, running=True)
    for frame in film(squatting, 5.6):
        state, _ = step(SQUAT, state, frame)
    state, first = finish(SQUAT, state)
    assert sum(isinstance(e, Rep) for e in first) == 1
    assert finish(SQUAT, state)[1] == ()
