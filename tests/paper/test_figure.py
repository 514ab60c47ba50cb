"""Line drawings of the library's movements."""

import re
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import patella
from patella.motion.body import Body
from patella.motion.definition import DefinitionError
from patella.motion.movement import Movement, parse_movement
from patella.paper.figure import WORKING, draw_pair, draw_still
from patella.paper.outline import Eye, taut

FOLDER = Path(patella.__file__).parent / "library" / "exercises"
EXERCISES = sorted(p.parent.name for p in FOLDER.glob("*/movement.toml"))
BODY = Body()
SVG = "{http://www.w3.org/2000/svg}"


def movement(name: str) -> Movement:
    return parse_movement(tomllib.loads((FOLDER / name / "movement.toml").read_text(encoding="utf-8")))


def box(svg: str) -> list[float]:
    return [float(v) for v in ET.fromstring(svg).attrib["viewBox"].split()]  # noqa: S314 - our own text


@pytest.mark.parametrize("name", EXERCISES)
def test_a_pair_is_a_small_picture_without_words(name: str) -> None:
    svg = draw_pair(BODY, movement(name))
    root = ET.fromstring(svg)  # noqa: S314 - our own text
    assert len(svg) < 15_000
    assert len(root.findall(f"{SVG}svg")) == 2
    assert root.find(f".//{SVG}text") is None
    assert not "".join(root.itertext()).strip()
    assert "nan" not in svg
    assert "inf" not in svg


@pytest.mark.parametrize("name", EXERCISES)
def test_everything_drawn_is_inside_the_frame(name: str) -> None:
    told = movement(name)
    if told.crop_m is not None:
        pytest.skip("a close-up is cut off on purpose")
    for pose in told.stills:
        svg = draw_still(BODY, told, pose)
        left, top, width, height = box(svg)
        for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", svg):
            assert left <= float(x) <= left + width
            assert top <= float(y) <= top + height


@pytest.mark.parametrize("name", EXERCISES)
def test_for_the_left_leg_each_drawing_is_turned_round_in_its_own_place(name: str) -> None:
    """The frame stays, the beginning stays on the left, and what was at one edge of it is as far from the other."""
    told, first = movement(name), movement(name).stills[0]
    for right, turned in (
        (draw_still(BODY, told, first), draw_still(BODY, told, first, mirrored=True)),
        (draw_pair(BODY, told), draw_pair(BODY, told, mirrored=True)),
    ):
        assert box(turned) == box(right)
        cells, cells_turned = _cells(right), _cells(turned)
        assert len(cells) == len(cells_turned)
        for (at, inside), (at_turned, inside_turned) in zip(cells, cells_turned, strict=True):
            (group,) = inside_turned
            (to,) = re.fullmatch(r"translate\((-?[\d.]+) 0\) scale\(-1 1\)", group.attrib["transform"]).groups()  # type: ignore[union-attr]
            assert float(to) == pytest.approx(2 * at[0] + at[2], abs=0.11)
            assert at_turned == at
            assert [ET.tostring(e) for e in group] == [ET.tostring(e) for e in inside]


def _cells(svg: str) -> list[tuple[list[float], list[ET.Element]]]:
    """Each drawing with its frame and what is in it."""
    root = ET.fromstring(svg)  # noqa: S314 - our own text
    found = root.findall(f"{SVG}svg") or [root]
    return [([float(v) for v in one.attrib["viewBox"].split()], list(one)) for one in found]


def test_the_same_movement_gives_the_same_text() -> None:
    told = movement("squat")
    assert draw_pair(BODY, told) == draw_pair(BODY, told)


def test_all_stills_of_a_movement_share_a_frame() -> None:
    told = movement("squat")
    assert box(draw_still(BODY, told, "start")) == box(draw_still(BODY, told, "end"))


def test_a_still_can_be_any_moment_of_the_cycle() -> None:
    told = movement("squat")
    assert draw_still(BODY, told, told.phase_of("end")) == draw_still(BODY, told, "end")
    assert draw_still(BODY, told, 0.25) != draw_still(BODY, told, "end")


def test_the_working_leg_is_grey_and_the_kneecaps_take_the_accent() -> None:
    told = movement("straight-leg-raise")
    plain, warm = draw_still(BODY, told, "end"), draw_still(BODY, told, "end", accent="#e4572e")
    assert plain.count(f'fill="{WORKING}"') == 1
    assert "#e4572e" not in plain
    assert warm.count('fill="#e4572e"') == 2


def test_both_legs_are_grey_when_both_work() -> None:
    assert draw_still(BODY, movement("squat"), "end").count(f'fill="{WORKING}"') == 2


def test_a_pose_the_movement_does_not_show_is_refused() -> None:
    with pytest.raises(DefinitionError, match="not a pose"):
        draw_still(BODY, movement("squat"), "middle")


def test_side_views_face_right_and_front_views_show_the_subjects_right_on_the_left() -> None:
    side, front = (Eye(azimuth_deg=a, elevation_deg=0) for a in (90, 0))
    assert side.sees((0, -1, 0))[0] > 0
    assert side.sees((-1, 0, 0))[2] > side.sees((1, 0, 0))[2]
    assert front.sees((-1, 0, 0))[0] < 0
    assert front.sees((0, -1, 0))[2] > 0


def test_a_string_round_one_ball_is_a_circle() -> None:
    assert taut([(0.0, 0.0, 2.0)]) == "M-2 0A2 2 0 1 1 2 0A2 2 0 1 1 -2 0Z"


def test_a_string_round_two_equal_balls_is_two_half_circles_and_two_lines() -> None:
    path = taut([(0.0, 0.0, 1.0), (10.0, 0.0, 1.0)])
    assert path.count("A") == 2
    ends = {(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path)}
    assert ends <= {(0.0, 1.0), (0.0, -1.0), (10.0, 1.0), (10.0, -1.0)}


def test_a_ball_inside_another_does_not_touch_the_string() -> None:
    assert taut([(0.0, 0.0, 5.0), (1.0, 0.0, 1.0)]) == taut([(0.0, 0.0, 5.0)])
