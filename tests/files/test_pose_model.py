from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

pytest.importorskip("av", reason="films need patella[video]")
pytest.importorskip("ai_edge_litert", reason="films need patella[video]")

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from filming import figure, picture_of, steady, write_film
from patella.files.bad_file import BadFileError
from patella.files.film import Picture, Pixels
from patella.files.film_pose import frames_of
from patella.files.model import Model
from patella.files.pose_detector import ANCHORS, SIZE, detect, people_in
from patella.files.pose_model import PoseModel, refined
from patella.files.pose_network import Network, networks_of
from patella.files.pose_region import Region, region_of, seen_through
from patella.files.pose_steady import Slow, Steady
from patella.motion.pose import IMAGE_VALUES, WORLD_VALUES, Joint, pack, unpack

numbers = st.floats(-500, 500)


@pytest.fixture(scope="module")
def standing() -> Picture:
    """The figure of the squat, as it stands."""
    return a_picture(next(figure("squat", cycles=1, rate=5)))


def test_a_body_is_found_and_its_joints_are_where_they_are(standing: Picture) -> None:
    frame = PoseModel(Model.LITE).see(standing)
    assert (frame.people, len(frame.image), len(frame.world)) == (1, IMAGE_VALUES, WORLD_VALUES)
    heights = [frame.image[4 * j + 1] for j in (Joint.NOSE, Joint.RIGHT_HIP, Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE)]
    assert heights == sorted(heights)
    shin, thigh = heights[3] - heights[2], heights[2] - heights[1]
    assert 0.7 < shin / thigh < 1.5
    assert unpack(pack(frame)).image == pytest.approx(frame.image, abs=1e-5)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_picture_that_is_stored_turned_shows_the_same_body(standing: Picture, quarters: int) -> None:
    turned = picture_of(np.ascontiguousarray(np.rot90(standing.pixels, -quarters)), quarters=quarters)
    upright, same = PoseModel(Model.LITE).see(standing), PoseModel(Model.LITE).see(turned)
    assert same.image == pytest.approx(upright.image, abs=1e-4)
    assert (same.width_px, same.height_px) == (upright.width_px, upright.height_px)


def test_nobody_is_found_on_a_bare_wall_nor_in_noise() -> None:
    model = PoseModel(Model.LITE)
    wall = np.full((360, 480, 3), 230, np.uint8)
    snow = np.random.default_rng(2).integers(0, 255, (360, 480, 3), np.uint8)
    for n, plain in enumerate((wall, snow)):
        frame = model.see(a_picture(plain, n / 30))
        assert (frame.people, frame.image, frame.world) == (0, (), ())


def test_a_body_that_leaves_is_lost_and_found_again(standing: Picture) -> None:
    model, wall = PoseModel(Model.LITE), np.full((560, 640, 3), 230, np.uint8)
    found = [model.see(picture_of(standing.pixels)).people]
    found += [model.see(a_picture(wall, n / 30)).people for n in (1, 2)]
    found += [model.see(picture_of(standing.pixels, t_s=0.1)).people]
    assert found == [1, 0, 0, 1]


def test_two_bodies_are_two_people(standing: Picture) -> None:
    one = standing.pixels[:, 150:490]
    both = np.concatenate([one, one], axis=1)
    assert PoseModel(Model.LITE).see(picture_of(both)).people == 2


@pytest.mark.parametrize(("bodies", "searched"), [(1, 3), (2, 5)])
def test_who_was_alone_is_looked_for_company_each_second_and_who_was_not_twice(
    standing: Picture, monkeypatch: pytest.MonkeyPatch, bodies: int, searched: int
) -> None:
    asked_s = list[float]()

    def counted(network: Network, picture: Picture) -> list[Region]:
        asked_s.append(picture.t_s)
        return detect(network, picture)

    monkeypatch.setattr("patella.files.pose_model.detect", counted)
    model, seen = PoseModel(Model.LITE), np.concatenate([standing.pixels[:, 150:490]] * bodies, axis=1)
    people = {model.see(picture_of(seen, t_s=n / 4)).people for n in range(9)}
    assert people == {bodies}
    first, *others = asked_s  # the first is how the body was found
    assert (first, len(others)) == (0.0, searched)


def test_the_three_models_agree_about_a_body(standing: Picture) -> None:
    lite, full, heavy = (np.array(PoseModel(m).see(standing).image).reshape(-1, 4)[:, :2] for m in Model)
    shape = (standing.width_px, standing.height_px)
    assert np.hypot(*((lite - full) * shape).T).mean() < 12
    assert np.hypot(*((heavy - full) * shape).T).mean() < 12


def test_a_film_gives_a_frame_for_every_picture(tmp_path: Path) -> None:
    film = write_film(tmp_path / "squat.mp4", islice(figure("squat", cycles=1, rate=10), 20), steady(10))
    frames = list(frames_of(film, "lite"))
    assert [f.t_s for f in frames] == pytest.approx([n / 10 for n in range(20)], abs=0.002)
    assert all(f.people == 1 for f in frames)


def test_a_picture_that_is_passed_over_is_posed_without_its_pixels(standing: Picture) -> None:
    def made() -> Pixels:
        raise AssertionError("nobody looks at it")

    model = PoseModel(Model.LITE)
    found = model.look(standing)
    size = {"width_px": standing.width_px, "height_px": standing.height_px}
    passed = Picture(t_s=1 / 30, quarters=0, make=made, **size)
    assert model.steadied(passed, found).people == 1


def test_a_model_that_is_missing_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("patella.files.pose_network.files", lambda _: tmp_path)
    with pytest.raises(
        BadFileError, match=r"^The pose model full is missing or broken; please install Patella anew\.$"
    ):
        networks_of(Model.FULL)


def test_loading_a_model_says_nothing_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    networks_of(Model.LITE)
    assert capfd.readouterr() == ("", "")


@settings(max_examples=60)
@given(numbers, numbers, st.floats(10, 300), st.floats(-math.pi, math.pi))
def test_a_region_has_its_rim_straight_up(x: float, y: float, reach: float, turn: float) -> None:
    rim = (x + reach * math.sin(turn), y - reach * math.cos(turn))
    region = region_of((x, y), rim, 1.25)
    assert region.side == pytest.approx(2.5 * reach)
    assert math.cos(region.turn_rad - turn) == pytest.approx(1, abs=1e-9)


def test_a_region_is_the_same_picture_where_it_is_neither_turned_nor_scaled() -> None:
    pixels = np.random.default_rng(3).integers(0, 255, (40, 50, 3), np.uint8)
    seen = seen_through(a_picture(pixels), Region(20, 15, 16), 16)
    assert (seen[..., :3] == pixels[7:23, 12:28]).all()


@settings(max_examples=60)
@given(st.floats(-30, 80), st.floats(-30, 80), st.floats(1, 200), st.floats(-4, 4))
def test_a_region_of_an_even_picture_is_even_wherever_it_lies(x: float, y: float, side: float, turn: float) -> None:
    seen = seen_through(a_picture(np.full((40, 50, 3), 123, np.uint8)), Region(x, y, side, turn), 24)
    assert seen.shape == (24, 24, 4)
    assert (seen[..., :3] == 123).all()


def test_outside_may_be_black() -> None:
    seen = seen_through(a_picture(np.full((40, 50, 3), 200, np.uint8)), Region(25, 20, 50), 50, outside_is_black=True)
    assert (seen[:4] == 0).all()
    assert (seen[10:40, 2:48, :3] == 200).all()


def test_heads_that_overlap_are_one_person_weighted_by_how_sure_they_are() -> None:
    rows, scores = np.zeros((len(ANCHORS), 12), np.float32), np.full(len(ANCHORS), -20.0, np.float32)
    for number, score, shift in ((100, 2.0, 0.0), (101, 1.0, 4.0)):  # one cell, asked twice
        rows[number, 0:4] = shift, 0, 40, 40
        scores[number] = score
    rows[1500, 2:4], scores[1500] = 40, 3.0
    people = people_in(rows, scores)
    assert len(people) == 2
    assert people[0][0:2] == pytest.approx(ANCHORS[1500])
    sure = [1 / (1 + math.exp(-s)) for s in (2, 1)]
    assert people[1][0] == pytest.approx(ANCHORS[100][0] + 4 / SIZE * sure[1] / sum(sure))


def test_a_landmark_moves_to_the_heat_around_it_if_that_is_sure() -> None:
    heat = np.full((64, 64, 3), -20.0, np.float32)
    heat[20, 31, 0] = 8.0  # within reach of the first landmark
    heat[50, 50, 1] = 8.0  # out of reach of the second
    places = np.array([[30.5, 20.5], [10.5, 10.5], [-3.0, 5.0]]) / 64
    moved = refined(places, heat) * 64
    assert moved[0] == pytest.approx([31, 20], abs=0.01)
    assert moved[1:] == pytest.approx(places[1:] * 64)


@settings(max_examples=60)
@given(st.lists(numbers, min_size=2, max_size=20))
def test_steadied_values_stay_between_those_that_were_seen(values: list[float]) -> None:
    steady_, slow = Steady(slowest_hz=0.05, per_speed=80), Slow()
    for seen in every(values):
        for value in (steady_.steadied(seen, 1 / 30, 100.0), slow.steadied(seen)):
            assert min(values) - 1e-6 <= value[0] <= max(values) + 1e-6


def test_a_body_that_stands_still_is_held_still_and_one_that_moves_is_followed() -> None:
    random = np.random.default_rng(4)
    filter_ = Steady(slowest_hz=0.05, per_speed=80)
    still = [filter_.steadied(np.array([100 + n]), 1 / 30, 500)[0] for n in random.normal(0, 0.5, 90)]
    assert np.std(still[30:]) < 0.3
    filter_.forget()
    for n in range(60):
        moving = filter_.steadied(np.array([10.0 * n]), 1 / 30, 500)[0]
    assert abs(moving - 590) < 5


def every(values: list[float]) -> Iterator[np.ndarray[tuple[int], np.dtype[np.float64]]]:
    for value in values:
        yield np.array([value])


def a_picture(colours: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], t_s: float = 0.0) -> Picture:
    spare = np.full((*colours.shape[:2], 1), 255, np.uint8)
    return picture_of(np.ascontiguousarray(np.concatenate([colours, spare], axis=2)), t_s=t_s)
