"""The body: joint angles in, positions out."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patella.motion.body import POINTS, RANGES, Base, Body, Posture, Vec
from patella.motion.definition import DefinitionError

BODY = Body(stature_m=1.72)
BASES = st.sampled_from(list(Base))
SIDE = st.sampled_from(["L", "R"])
ANY_POSE = st.fixed_dictionaries({}, optional={n: st.floats(lo, hi) for n, (lo, hi) in RANGES.items()})


def minus(a: Vec, b: Vec) -> Vec:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def between_deg(a: Vec, b: Vec) -> float:
    """The angle between two directions, exact also near 0 and 180."""
    cross = (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
    return math.degrees(math.atan2(math.hypot(*cross), sum(p * q for p, q in zip(a, b, strict=True))))


def bend_deg(posture: Posture, upper: str, joint: str, lower: str) -> float:
    at = posture.at
    return between_deg(minus(at(joint), at(upper)), minus(at(lower), at(joint)))


@given(ANY_POSE, BASES, SIDE, st.floats(0, 150))
@settings(max_examples=60)
def test_the_knee_measured_between_hip_and_ankle_is_the_knee_that_was_asked_for(
    pose: dict[str, float], base: Base, side: str, knee: float
) -> None:
    posture = BODY.posture({**pose, f"knee.{side}": knee}, base)
    assert bend_deg(posture, f"hip.{side}", f"knee.{side}", f"ankle.{side}") == pytest.approx(knee, abs=1e-6)


@given(ANY_POSE, BASES, SIDE, st.floats(0, 150))
@settings(max_examples=60)
def test_the_elbow_measured_between_shoulder_and_wrist_is_the_elbow_that_was_asked_for(
    pose: dict[str, float], base: Base, side: str, elbow: float
) -> None:
    posture = BODY.posture({**pose, f"elbow.{side}": elbow}, base)
    assert bend_deg(posture, f"shoulder.{side}", f"elbow.{side}", f"wrist.{side}") == pytest.approx(elbow, abs=1e-6)


@given(BASES, SIDE, st.floats(0, 130), st.floats(-180, 180), st.floats(-90, 90))
@settings(max_examples=60)
def test_the_thigh_leaves_the_trunk_by_the_hip_flexion_that_was_asked_for(
    base: Base, side: str, hip: float, yaw: float, pitch: float
) -> None:
    straight = BODY.posture({"yaw": yaw, "pitch": pitch}, base)
    bent = BODY.posture({"yaw": yaw, "pitch": pitch, f"hip.{side}": hip}, base)
    thighs = [minus(p.at(f"knee.{side}"), p.at(f"hip.{side}")) for p in (straight, bent)]
    assert between_deg(*thighs) == pytest.approx(hip, abs=1e-6)


@given(SIDE, st.floats(-60, 40), st.floats(0, 120))
@settings(max_examples=60)
def test_the_ankle_bends_the_foot_towards_the_shin(side: str, ankle: float, knee: float) -> None:
    neutral, bent = (BODY.posture({f"knee.{side}": knee, f"ankle.{side}": a}) for a in (0.0, ankle))
    feet = [minus(p.at(f"ball.{side}"), p.at(f"heel.{side}")) for p in (neutral, bent)]
    shin = minus(bent.at(f"knee.{side}"), bent.at(f"ankle.{side}"))
    assert between_deg(*feet) == pytest.approx(abs(ankle), abs=1e-6)
    closer = between_deg(feet[0], shin) - between_deg(feet[1], shin)
    assert closer == pytest.approx(ankle, abs=1e-6)


@given(ANY_POSE, BASES)
@settings(max_examples=60)
def test_bones_keep_their_length_whatever_the_pose(pose: dict[str, float], base: Base) -> None:
    posture = BODY.posture(pose, base)
    for side in "LR":
        for upper, lower, fraction in (
            ("hip", "knee", 0.245),
            ("knee", "ankle", 0.246),
            ("shoulder", "elbow", 0.186),
            ("elbow", "wrist", 0.146),
        ):
            length = math.dist(posture.at(f"{upper}.{side}"), posture.at(f"{lower}.{side}"))
            assert length == pytest.approx(fraction * 1.72)


@given(ANY_POSE, BASES)
@settings(max_examples=40)
def test_every_point_is_somewhere_within_a_body_of_the_pelvis(pose: dict[str, float], base: Base) -> None:
    posture = BODY.posture(pose, base)
    for point in POINTS:
        assert math.dist(posture.at(point), posture.at("pelvis")) < 1.72
        assert BODY.radius_m(point) >= 0


def test_a_standing_adult_is_as_tall_as_its_stature() -> None:
    posture = BODY.posture({})
    height = posture.at("crown")[2] - (posture.at("heel.R")[2] - BODY.radius_m("heel.R"))
    assert height == pytest.approx(1.72, abs=0.02)


def test_heel_and_ball_of_a_standing_foot_are_level() -> None:
    posture = BODY.posture({})
    soles = [posture.at(f"{n}.L")[2] - BODY.radius_m(f"{n}.L") for n in ("heel", "ball", "toes")]
    assert max(soles) - min(soles) < 0.001


@pytest.mark.parametrize(
    ("dof", "point", "axis", "sign"),
    [
        ("pitch", "crown", 1, -1),  # forward is -y
        ("roll", "crown", 0, 1),  # to the subject's left is +x
        ("yaw", "nose", 0, 1),
        ("flex", "crown", 1, -1),
        ("side", "crown", 0, 1),
        ("twist", "nose", 0, 1),
        ("nod", "nose", 2, -1),
        ("turn", "nose", 0, 1),
        ("tilt", "crown", 0, 1),
        ("hip.R", "knee.R", 1, -1),
        ("habd.R", "knee.R", 0, -1),
        ("habd.L", "knee.L", 0, 1),
        ("hrot.R", "toes.R", 0, 1),  # inward
        ("hrot.L", "toes.L", 0, -1),
        ("knee.R", "ankle.R", 1, 1),
        ("tib.R", "toes.R", 0, 1),
        ("ankle.R", "toes.R", 2, 1),
        ("toes.R", "toes.R", 2, 1),
        ("sh.L", "elbow.L", 1, -1),
        ("sabd.L", "elbow.L", 0, 1),
        ("elbow.L", "wrist.L", 1, -1),
        ("pron.L", "thumb.L", 0, -1),
        ("wrist.L", "hand.L", 0, -1),
        ("curl.L", "index.L", 0, -1),
        ("shrug.L", "shoulder.L", 2, 1),
        ("kneecap_lift_m", "kneecap.L", 2, 1),
    ],
)
def test_each_angle_turns_the_way_its_name_says(dof: str, point: str, axis: int, sign: int) -> None:
    amount = 0.01 if dof == "kneecap_lift_m" else 12.0
    moved = BODY.posture({dof: amount}).at(point)[axis] - BODY.posture({}).at(point)[axis]
    assert moved * sign > 0.003


@pytest.mark.parametrize(
    ("base", "head", "face"),
    [
        (Base.UP, (0, 0, 1), (0, -1, 0)),
        (Base.SUPINE, (0, 1, 0), (0, 0, 1)),
        (Base.PRONE, (0, -1, 0), (0, 0, -1)),
        (Base.LEFT, (1, 0, 0), (0, -1, 0)),
        (Base.RIGHT, (-1, 0, 0), (0, -1, 0)),
    ],
)
def test_each_base_puts_head_and_face_where_it_says(base: Base, head: Vec, face: Vec) -> None:
    posture = BODY.posture({}, base)
    assert between_deg(minus(posture.at("neck"), posture.at("pelvis")), head) < 5
    assert between_deg(minus(posture.at("nose"), posture.at("head")), face) < 25


def test_the_kneecap_turns_with_the_thigh_even_when_the_shin_turns_the_other_way() -> None:
    straight = BODY.posture({}).at("kneecap.R")
    turned = BODY.posture({"hrot.R": 18, "tib.R": -18}).at("kneecap.R")
    assert turned[0] - straight[0] > 0.01


def test_a_body_mirrors_itself() -> None:
    posture = BODY.posture({f"{n}.{s}": 20 for n in ("hip", "habd", "hrot", "knee", "sh", "sabd") for s in "LR"})
    for point in (p for p in POINTS if p.endswith(".L")):
        (lx, ly, lz), (rx, ry, rz) = posture.at(point), posture.at(point.replace(".L", ".R"))
        assert (lx, ly, lz) == pytest.approx((-rx, ry, rz))


def test_unknown_names_are_refused_with_a_sentence() -> None:
    with pytest.raises(DefinitionError, match=r"knee\.X.*not a degree of freedom"):
        BODY.posture({"knee.X": 3})
    with pytest.raises(DefinitionError, match=r"elbow\.X.*not a point of the body"):
        BODY.posture({}).at("elbow.X")
    with pytest.raises(DefinitionError, match="not a point"):
        BODY.posture({}).at("kneecap.X")
    with pytest.raises(DefinitionError, match="not a point"):
        BODY.radius_m("tail")
    with pytest.raises(DefinitionError, match="stature"):
        Body(stature_m=3.0)
