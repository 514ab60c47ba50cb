"""Every movement of the library can be done by a body."""

import math
import tomllib
from pathlib import Path

import pytest

import patella
from patella.motion.body import Body, Posture
from patella.motion.contact import misses_m
from patella.motion.movement import Movement, goals_at, parse_movement, pose_at, settled_pose_at

FOLDER = Path(patella.__file__).parent / "library" / "exercises"
EXERCISES = sorted(p.parent.name for p in FOLDER.glob("*/movement.toml"))
BODY = Body()
PHASES = [i / 24 for i in range(24)]


def movement(name: str) -> Movement:
    return parse_movement(tomllib.loads((FOLDER / name / "movement.toml").read_text(encoding="utf-8")))


def knee_deg(posture: Posture, side: str) -> float:
    hip, knee, ankle = (posture.at(f"{n}.{side}") for n in ("hip", "knee", "ankle"))
    thigh, shank = ([b - a for a, b in zip(p, q, strict=True)] for p, q in ((hip, knee), (knee, ankle)))
    cosine = sum(a * b for a, b in zip(thigh, shank, strict=True)) / math.hypot(*thigh) / math.hypot(*shank)
    return math.degrees(math.acos(min(1.0, cosine)))


def test_the_whole_routine_is_there() -> None:
    routine = {
        "rotate-your-bones", "dance-patella-dance", "strap-stretch", "terminal-knee-extension",
        "medicine-ball-squeeze", "kettlebell-knee-extension", "roll-it-band", "roll-peroneals", "roll-calves",
    }  # fmt: skip
    assert routine <= set(EXERCISES)
    assert len(EXERCISES) >= 24


@pytest.mark.parametrize("name", EXERCISES)
def test_contacts_hold_and_nothing_sinks_through_the_floor(name: str) -> None:
    told = movement(name)
    for phase in PHASES:
        posture = BODY.posture(settled_pose_at(BODY, told, phase), told.base)
        for goal in goals_at(told, phase):
            misses = misses_m(BODY, posture, goal)
            if goal.planted:
                assert misses[-1] > -0.002, (phase, goal.point)
            elif goal.weight == 1:
                assert max(abs(m) for m in misses) < 0.015, (phase, goal.point, misses)
        for point in (f"{n}.{s}" for n in ("heel", "ball", "toes", "ankle", "knee", "hand", "elbow") for s in "LR"):
            assert posture.at(point)[2] - BODY.radius_m(point) > -0.02, (phase, point)


@pytest.mark.parametrize("name", EXERCISES)
def test_the_knee_of_each_key_pose_is_what_the_file_says(name: str) -> None:
    told = movement(name)
    for _, pose in told.cycle:
        posture = BODY.posture(settled_pose_at(BODY, told, told.phase_of(pose)), told.base)
        for side in told.work:
            assert f"knee.{side}" not in told.free
            said = told.poses[pose].values.get(f"knee.{side}", 0.0)
            assert knee_deg(posture, side) == pytest.approx(said, abs=0.01)


@pytest.mark.parametrize("name", EXERCISES)
def test_nothing_jumps_from_one_moment_to_the_next(name: str) -> None:
    """A solver that flips a limb between two ways of reaching a goal would show as a jerk."""
    told = movement(name)
    count = 48
    poses = [settled_pose_at(BODY, told, i / count) for i in range(count + 1)]
    postures = [BODY.posture(p, told.base) for p in poses]
    for i in range(count):
        for point in (f"{n}.{s}" for n in ("knee", "ankle", "elbow", "hand") for s in "LR"):
            speed = math.dist(postures[i].at(point), postures[i + 1].at(point)) * count / told.loop_s
            assert speed < 1.2, (i / count, point, speed)


@pytest.mark.parametrize(
    ("name", "pose", "knee"),
    [
        ("terminal-knee-extension", "start", (30, 40)),
        ("terminal-knee-extension", "end", (0, 8)),
        ("kettlebell-knee-extension", "start", (85, 95)),
        ("kettlebell-knee-extension", "end", (40, 50)),
        ("strap-stretch", "straight", (0, 5)),
        ("strap-stretch", "across", (0, 5)),
        ("rotate-your-bones", "in", (0, 15)),
        ("squat", "end", (40, 60)),
        ("lateral-step-down", "end", (30, 45)),
    ],
)
def test_knees_bend_as_the_routine_and_the_evidence_ask(name: str, pose: str, knee: tuple[float, float]) -> None:
    told = movement(name)
    assert knee[0] <= told.poses[pose].values["knee.R"] <= knee[1]


def test_the_heel_stays_planted_while_the_knee_straightens_against_the_band() -> None:
    told = movement("terminal-knee-extension")
    heels = [BODY.posture(settled_pose_at(BODY, told, p), told.base).at("heel.R") for p in PHASES]
    assert max(math.dist(h, heels[0]) for h in heels) < 0.005


def test_the_foot_picks_the_kettlebell_up_from_the_floor_and_the_thigh_is_level() -> None:
    told = movement("kettlebell-knee-extension")
    low, high = (
        BODY.posture(settled_pose_at(BODY, told, told.phase_of(p)), told.base).at("instep.R")[2]
        for p in ("start", "end")
    )
    assert 0.22 < low < 0.26  # in the handle of a bell that stands on the floor
    assert high > 0.4
    for phase in PHASES:
        posture = BODY.posture(settled_pose_at(BODY, told, phase), told.base)
        assert min(posture.at(f"toes.{s}")[2] for s in "LR") > 0.1
        assert abs(posture.at("hip.R")[2] - posture.at("knee.R")[2]) < 0.42 * math.sin(math.radians(15))


def test_the_legs_dangle_while_they_squeeze_the_ball() -> None:
    told = movement("medicine-ball-squeeze")
    posture = BODY.posture(settled_pose_at(BODY, told, told.phase_of("squeeze")), told.base)
    assert min(posture.at(f"toes.{s}")[2] for s in "LR") > 0.1


def test_in_the_strap_stretch_the_thigh_turns_out_before_the_leg_crosses() -> None:
    told = movement("strap-stretch")
    turned, across = (told.poses[n].values for n in ("turned", "across"))
    assert turned["hrot.R"] <= -40
    assert turned.get("habd.R", 0) >= 0
    assert across["habd.R"] <= -20
    assert across["hrot.R"] == turned["hrot.R"]
    assert told.phase_of("straight") < told.phase_of("turned") < told.phase_of("across")


def test_thighs_turn_in_while_shins_turn_out() -> None:
    inward = pose_at(movement("rotate-your-bones"), movement("rotate-your-bones").phase_of("in"))
    assert all(inward[f"hrot.{s}"] > 10 for s in "LR")
    assert all(inward[f"tib.{s}"] < -10 for s in "LR")


def test_only_the_kneecap_dances() -> None:
    told = movement("dance-patella-dance")
    loose, tight = (BODY.posture(settled_pose_at(BODY, told, told.phase_of(n)), told.base) for n in ("loose", "tight"))
    assert tight.at("kneecap.R")[2] - loose.at("kneecap.R")[2] > 0.008
    assert math.dist(tight.at("knee.R"), loose.at("knee.R")) < 0.012
