"""Films of people of our own: who is in them, what is true in them, and what is kept of what the coach made of them."""

import csv
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from patella.motion.body import Body
from patella.motion.performance import perform, takes_of

TOOLS = Path(__file__).parents[2] / "tools"
FOLDERS = [str(TOOLS / name) for name in ("films", "figures", "accuracy")]
MODULES = ("people", "plan", "later", "tried", "closeup", "truth", "clips")


@pytest.fixture(scope="module")
def tool() -> Iterator[SimpleNamespace]:
    sys.path[:0] = FOLDERS
    try:
        yield SimpleNamespace(**{name: importlib.import_module(name) for name in MODULES})
    finally:
        for folder in FOLDERS:
            sys.path.remove(folder)


def test_six_people_differ_in_height_legs_and_girth(tool: SimpleNamespace, tmp_path: Path) -> None:
    told = set()
    for build in tool.people.PEOPLE:
        body = tool.people.person(build, tmp_path).body
        stands = body.posture({})
        height = np.ptp(body.skin(body.bones({}, stands))[:, 2])
        leg = stands.at("hip.L")[2] - stands.at("ankle.L")[2]
        waist = np.ptp(body.rest.skin[body.group("sp1")][:, 1])
        assert 1.5 < height < 2.0
        told.add((round(float(height), 2), round(leg / float(height), 3), round(float(waist), 2)))
    assert len(told) == len(tool.people.PEOPLE) == 6


def test_the_films_show_every_person_and_every_scene_that_makes_it_hard(tool: SimpleNamespace) -> None:
    films = tool.plan.FILMS
    assert len({f.name for f in films}) == len(films)
    assert {f.who for f in films} == {b.name for b in tool.people.PEOPLE}
    assert len({f.scene for f in films}) >= 9
    assert len({f.exercise for f in films}) >= 4


def test_later_films_show_other_people_and_above_all_holds_and_lying_ones(tool: SimpleNamespace) -> None:
    first, later = tool.plan.FILMS, tool.later.LATER
    assert {f.who for f in later} == {b.name for b in tool.later.SIX_MORE}
    assert not {f.who for f in later} & {f.who for f in first}
    assert len({f.name for f in (*first, *later)}) == len(first) + len(later)
    assert len({f.exercise for f in later} - {f.exercise for f in first}) >= 6


def test_the_truth_beside_a_film_is_what_was_done_in_it(tool: SimpleNamespace, tmp_path: Path) -> None:
    film = next(f for f in tool.plan.FILMS if f.exercise == "seated-knee-extension" and f.left)
    who = tool.people.person(next(b for b in tool.people.PEOPLE if b.name == film.who), tmp_path / "people")
    told = tool.truth.told_of(film, who.body)
    moments = list(perform(told, film.rate_hz))
    (tmp_path / "rendered" / "truth").mkdir(parents=True)
    label = tool.truth.label_of(film, told, moments[-1].t_s)
    tool.truth.write_knees(tmp_path / "rendered" / "truth" / f"{film.name}.csv", moments, left=True)
    (tmp_path / "rendered" / "labels.json").write_text(json.dumps([label]))
    (tmp_path / "rendered" / f"{film.name}.mp4").touch()
    (clip,) = tool.clips.read_clips(tmp_path)
    assert (clip.side, clip.near, clip.counts) == ("left", "left", frozenset({len(film.faults)}))
    with clip.angles.open() as lines:
        knees = [(float(r["t"]), float(r["knee_flex_left"])) for r in csv.DictReader(lines)]
    for take, done in zip(takes_of(told), clip.reps, strict=True):
        assert done.span.start_s == pytest.approx(take.start_s, abs=0.001)
        bent = {round(t, 2): knee for t, knee in knees if take.start_s <= t <= take.end_s}
        straightest = min(bent, key=lambda t: bent[t])
        assert take.peak_s - 0.1 <= straightest <= take.peak_end_s + 0.1


def test_the_experiments_are_tried_on_newcomers_near_and_far_bare_and_covered(tool: SimpleNamespace) -> None:
    films = tool.tried.TRIED
    assert len({f.name for f in films}) == len(films)
    assert not {b.name for b in tool.tried.NEWCOMERS} & {b.name for b in tool.people.PEOPLE}
    for exercise in ("medicine-ball-squeeze", "rotate-your-bones"):
        some = [f for f in films if f.exercise == exercise]
        assert len({f.who for f in some}) == 3
        assert len({f.room for f in some}) == 2
        assert {tool.tried.wears_shorts(f) for f in some} == {True, False}
    assert all(tool.tried.wears_shorts(f) for f in films if f.close)


def test_the_gap_between_the_knees_is_least_while_a_ball_is_squeezed(tool: SimpleNamespace, tmp_path: Path) -> None:
    film = next(f for f in tool.tried.TRIED if f.exercise == "medicine-ball-squeeze")
    told = tool.truth.told_of(film, Body())
    moments = list(perform(told, film.rate_hz))
    tool.truth.write_knees(tmp_path / "truth.csv", moments, left=False)
    assert tool.truth.label_of(film, told, moments[-1].t_s)["view"] == "front"
    with (tmp_path / "truth.csv").open() as lines:
        gaps = {float(r["t"]): float(r["knee_gap"]) for r in csv.DictReader(lines)}
    take = takes_of(told)[0]
    held = [gap for t, gap in gaps.items() if take.peak_s <= t <= take.peak_end_s]
    rest = [gap for t, gap in gaps.items() if t < take.start_s]
    assert min(rest) - max(held) > 0.015


def test_skin_glides_with_a_kneecap_and_the_shin_stays(tool: SimpleNamespace, tmp_path: Path) -> None:
    who = tool.people.person(tool.tried.NEWCOMERS[0], tmp_path).body
    bones = who.bones({}, who.posture({}))
    skin = who.skin(bones)
    risen = tool.closeup.gliding(who, bones, skin, 0.01)[:, 2] - skin[:, 2]
    knee = bones.joints[who.rest.index["shank.L"]]
    assert risen.max() == pytest.approx(0.01, abs=0.002)
    assert risen[skin[:, 2] < knee[2] - 0.12].max() < 0.0005
    assert tool.closeup.gliding(who, bones, skin, 0.0) is skin
