from __future__ import annotations

import pytest

pytest.importorskip("av", reason="films need patella[video]")
pytest.importorskip("ai_edge_litert", reason="films need patella[video]")

import numpy as np

from motion.striding import Runner, filmed
from patella.files.film import Picture
from patella.files.film_pose import followed
from patella.motion.flaws import Flaws
from patella.motion.pose import PoseFrame

PIXELS = np.zeros((4, 4, 4), np.uint8)
RUNNER = list(filmed(Runner(), seconds=3, flaws=Flaws(jitter_m=0, drift_m=0)))


class Model:
    """Sees a body that goes as slowly or as quickly as asked, and keeps in mind of which pictures it was asked."""

    def __init__(self, pace: float, gone_s: float = 99.0) -> None:
        self.pace, self.gone_s = pace, gone_s
        self.asked: list[float] = []

    def see(self, picture: Picture) -> PoseFrame:
        self.asked.append(picture.t_s)
        at = picture.t_s * self.pace * 30
        one, other = RUNNER[int(at)], RUNNER[int(at) + 1]
        share = at - int(at)
        image = tuple(a + (b - a) * share for a, b in zip(one.image, other.image, strict=True))
        if picture.t_s >= self.gone_s:
            return PoseFrame(t_s=picture.t_s, width_px=640, height_px=480, image=(), people=0)
        return PoseFrame(t_s=picture.t_s, width_px=640, height_px=480, image=image)


def pictures(count: int = 60, rate_hz: float = 30.0) -> list[Picture]:
    return [Picture(t_s=n / rate_hz, pixels=PIXELS) for n in range(count)]


def test_of_somebody_who_hardly_moves_every_second_picture_is_looked_at_and_each_has_its_pose() -> None:
    model = Model(0.01)
    shown = pictures()
    found = list(followed(model.see, shown))
    assert [p.t_s for p, _ in found] == [f.t_s for _, f in found] == [p.t_s for p in shown]
    assert len(model.asked) < 0.55 * len(shown)
    every = Model(0.01)
    for picture, frame in found:
        assert frame.image == pytest.approx(every.see(picture).image, abs=1e-3)


def test_of_somebody_who_runs_every_picture_is_looked_at() -> None:
    model = Model(1.0)
    assert len(list(followed(model.see, pictures()))) == len(model.asked) == 60


def test_pictures_that_come_seldom_are_all_looked_at() -> None:
    model = Model(0.01)
    list(followed(model.see, pictures(rate_hz=12)))
    assert len(model.asked) == 60


def test_where_somebody_goes_out_of_the_picture_every_picture_is_looked_at_again() -> None:
    model = Model(0.01, gone_s=1.0)
    found = list(followed(model.see, pictures()))
    assert [bool(f.image) for p, f in found if abs(p.t_s - 1) > 0.05] == [
        p.t_s < 1 for p, _ in found if abs(p.t_s - 1) > 0.05
    ]
    assert all(t in model.asked for t in (p.t_s for p, _ in found if p.t_s > 1.05))


@pytest.mark.parametrize("gone_s", [1.0, 31 / 30])
def test_nobody_is_shown_in_a_picture_that_was_not_looked_at_unless_seen_before_and_after_it(gone_s: float) -> None:
    model = Model(0.01, gone_s=gone_s)
    found = list(followed(model.see, pictures()))
    for (_, one), (picture, frame), (_, other) in zip(found, found[1:], found[2:], strict=False):
        if picture.t_s not in model.asked:
            assert bool(frame.image) == bool(one.image and other.image)
