from __future__ import annotations

from itertools import pairwise

import pytest

pytest.importorskip("av", reason="films need patella[video]")
pytest.importorskip("ai_edge_litert", reason="films need patella[video]")

import numpy as np

from filming import picture_of
from motion.striding import Runner, filmed
from patella.files.film import Picture
from patella.files.pose_followed import followed
from patella.files.pose_landmarks import Landmarks
from patella.motion.flaws import Flaws
from patella.motion.pose import Joint, PoseFrame

PIXELS = np.zeros((4, 4, 4), np.uint8)
WIDTH, HEIGHT = 640, 480
SCALE = np.array([WIDTH, HEIGHT, WIDTH])
RUNNER = list(filmed(Runner(), seconds=3, flaws=Flaws(jitter_m=0, drift_m=0)))


class Body:
    """Moves as slowly or as quickly as asked, and keeps in mind in which pictures it was looked at."""

    def __init__(self, pace: float, gone_s: float = 99.0, jump_s: float = 99.0) -> None:
        self.pace, self.gone_s, self.jump_s = pace, gone_s, jump_s
        self.asked: list[float] = []

    def look(self, picture: Picture) -> Landmarks | None:
        self.asked.append(picture.t_s)
        if picture.t_s >= self.gone_s:
            return None
        at = picture.t_s * self.pace * 30
        one, other = (np.array(RUNNER[n].image).reshape(-1, 4) for n in (int(at), int(at) + 1))
        joints = one + (other - one) * (at - int(at))
        places = np.zeros((len(joints) + 2, 3))
        places[: len(joints)] = joints[:, :3] * SCALE
        if picture.t_s >= self.jump_s:
            places[Joint.LEFT_KNEE, 0] += 80
        return Landmarks(places, joints[:, 3], np.zeros((len(joints), 3)))

    def steadied(self, picture: Picture, found: Landmarks | None) -> PoseFrame:
        image: tuple[float, ...] = ()
        if found is not None:
            image = tuple(np.column_stack([found.image[:-2] / SCALE, found.visibility]).ravel().tolist())
        return PoseFrame(t_s=picture.t_s, width_px=WIDTH, height_px=HEIGHT, image=image, people=len(image) and 1)


def pictures(count: int = 60, rate_hz: float = 30.0) -> list[Picture]:
    return [picture_of(PIXELS, t_s=n / rate_hz) for n in range(count)]


@pytest.mark.parametrize(("rate_hz", "most"), [(30.0, 0.55), (24.0, 0.55), (15.0, 0.55)])
def test_of_somebody_who_hardly_moves_every_other_picture_is_looked_at_and_each_has_its_pose(
    rate_hz: float, most: float
) -> None:
    body = Body(0.01)
    shown = pictures(rate_hz=rate_hz)
    found = list(followed(body, shown))
    assert [p.t_s for p, _ in found] == [f.t_s for _, f in found] == [p.t_s for p in shown]
    assert len(body.asked) < most * len(shown)
    for picture, frame in found:
        assert frame.image == pytest.approx(pose(Body(0.01), picture), abs=1e-2)


def test_never_are_two_pictures_passed_over_in_a_row() -> None:
    body = Body(0.0)
    list(followed(body, pictures(rate_hz=120)))
    numbers = [round(t * 120) for t in body.asked]
    assert max(b - a for a, b in pairwise(numbers)) == 2


def test_of_somebody_who_runs_every_picture_is_looked_at() -> None:
    body = Body(1.0)
    assert len(list(followed(body, pictures()))) == len(body.asked) == 60


def test_somebody_quick_is_looked_at_more_often() -> None:
    looks = []
    for pace in (0.0, 0.2, 0.6):
        body = Body(pace)
        list(followed(body, pictures()))
        looks.append(len(body.asked))
    assert looks == sorted(set(looks))


def test_pictures_that_come_seldom_are_all_looked_at() -> None:
    body = Body(0.01)
    list(followed(body, pictures(rate_hz=12)))
    assert len(body.asked) == 60


def test_a_hole_in_the_film_is_not_bridged() -> None:
    body = Body(0.01)
    shown = [p for p in pictures() if not 0.7 < p.t_s < 1.3]
    list(followed(body, shown))
    assert next(p.t_s for p in shown if p.t_s > 1) in body.asked
    assert max(t for t in body.asked if t < 1) == max(p.t_s for p in shown if p.t_s < 1)


@pytest.mark.parametrize("jump_s", [n / 30 for n in range(30, 34)])
def test_a_joint_that_is_beside_its_way_has_the_picture_in_between_looked_at(jump_s: float) -> None:
    body = Body(0.01, jump_s=jump_s - 0.001)
    found = list(followed(body, pictures()))
    looked = next(n for n, (p, _) in enumerate(found) if p.t_s >= jump_s - 0.001 and p.t_s in body.asked)
    assert found[looked - 1][0].t_s in body.asked


def test_where_somebody_goes_out_of_the_picture_every_picture_is_looked_at_again() -> None:
    body = Body(0.01, gone_s=1.0)
    found = list(followed(body, pictures()))
    assert [bool(f.image) for _, f in found] == [p.t_s < 1 for p, _ in found]
    assert all(p.t_s in body.asked for p, _ in found if p.t_s >= 1)


@pytest.mark.parametrize("count", range(1, 12))
def test_a_film_may_end_anywhere(count: int) -> None:
    body = Body(0.01)
    assert len(list(followed(body, pictures(count)))) == count
    assert (count - 1) / 30 in body.asked


def pose(body: Body, picture: Picture) -> tuple[float, ...]:
    return tuple(body.steadied(picture, body.look(picture)).image)
