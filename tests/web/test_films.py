"""A film through the pages: its landmarks come to counts, a curve and a word on its tempo; and its sets can be kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from motion.rehearsal import Scene
from patella.motion.performance import filmed, takes_of
from patella.motion.pose import PoseFrame, pack
from patella.motion.tempo import Tempo
from web.coached import EXTENSION, frames_of
from web.visit import Plain, Visit

MARK = "0123456789abcdef" * 4
HURRIED = Tempo(up_s=0.5, hold_s=0.4, down_s=0.5, rest_s=1.0)


def looked_at(visit: Visit, frames: Iterable[bytes], exercise: str = EXTENSION, status: int = 200) -> Plain:
    answer = visit.client.post(
        "/api/films/look", params={"exercise": exercise, "mark": MARK}, content=b"".join(frames),
        headers={"Content-Type": "application/octet-stream"},
    )  # fmt: skip
    assert answer.status_code == status, answer.text
    found: Plain = answer.json()
    return found


def hurried(exercise: str) -> Sequence[bytes]:
    scene = Scene(exercise=exercise, reps=2)
    told = scene.told()
    quick = replace(told, attempts=tuple(replace(a, tempo=HURRIED) for a in told.attempts))
    return [pack(f) for f in filmed(quick, scene.camera(), 15)]


def kept(found: Plain, **other: Any) -> Plain:  # noqa: ANN401 - whatever a page may say
    said = {"id": str(uuid4()), "exercise": found["exercise"], "mark": MARK, "day": "2026-10-30", "sets": found["sets"]}
    return {**said, **other}


@pytest.fixture(scope="module")
def extensions() -> tuple[bytes, ...]:
    return frames_of(3)


def test_a_film_comes_to_its_reps_its_curve_and_its_sets(visit: Visit, extensions: tuple[bytes, ...]) -> None:
    found = looked_at(visit, extensions)
    assert (found["exercise"], found["side"], found["sides"], len(found["reps"])) == (EXTENSION, "right", "each", 3)
    curve = found["curve"]
    assert (curve["name"], curve["unit"]) == ("Knee bend", "degrees")
    assert len(curve["t_s"]) == len(curve["values"]) == len(extensions)
    seen = [v for v in curve["values"] if v is not None]
    assert max(seen) - min(seen) > 20
    assert found["tempo"] == {
        "up_s": 2, "hold_s": 1, "down_s": 2, "rest_s": 1, "out": "straighten", "back": "bend",
    }  # fmt: skip
    [one] = found["sets"]
    assert (one["side"], one["reps"], one["holds"], one["camera"]["form"]) == ("right", 3, None, 1)
    assert found["kept"] is None


def test_each_way_that_was_too_fast_is_told_beside_what_was_asked(visit: Visit) -> None:
    reps = looked_at(visit, hurried("squat"), "squat")["reps"]
    assert len(reps) == 2
    pace = [words for r in reps for words in r["pace"]]
    assert pace
    assert all("too fast: 0." in words and words.endswith("s instead of 2") for words in pace)


def test_a_stretch_has_no_tempo_and_is_never_too_fast(visit: Visit) -> None:
    scene = Scene(exercise="calf-stretch", reps=1)
    found = looked_at(visit, [pack(f) for f in scene.film()], "calf-stretch")
    assert (found["tempo"], found["reps"]) == (None, [])
    assert len(found["holds"]) == 1
    assert found["sets"][0]["holds"] == 1


def test_a_film_of_nobody_says_what_stood_in_the_way_and_has_nothing_to_keep(visit: Visit) -> None:
    nobody = (pack(PoseFrame(t_s=n / 15, width_px=640, height_px=480, image=(), people=0)) for n in range(60))
    found = looked_at(visit, nobody)
    assert (found["reps"], found["holds"], found["sets"]) == ([], [], [])
    assert [way["title"] for way in found["in_the_way"]] == ["I can't see you yet"]


def test_all_that_stood_in_the_way_is_told_with_what_was_lost_by_it(visit: Visit) -> None:
    frames = list(Scene(exercise="squat", reps=2, fps=15).film())
    takes = takes_of(Scene(exercise="squat", reps=2).told())
    crowded = [replace(f, people=2) if takes[1].peak_s < f.t_s < takes[1].peak_s + 3 else f for f in frames]
    found = looked_at(visit, [pack(f) for f in crowded], "squat")
    assert len(found["reps"]) == 1
    [lost] = found["lost"]
    assert (lost["why"], round(lost["start_s"] - takes[1].start_s)) == ("two people", 0)
    assert "Two people" in [way["title"] for way in found["in_the_way"]]


def test_a_film_in_which_all_is_well_gives_no_reasons(visit: Visit) -> None:
    frames = Scene(exercise="squat", reps=2, fps=15).film()
    found = looked_at(visit, [pack(f) for f in frames if f.t_s > 0], "squat")
    assert (found["in_the_way"], found["lost"]) == ([], [])


def test_a_film_without_a_picture_is_nothing(visit: Visit) -> None:
    found = looked_at(visit, [])
    assert (found["sets"], found["seen_fraction"], found["in_the_way"]) == ([], 0, [])


@pytest.mark.parametrize("broken", [b"nonsense", b"\x01", b"\x01\x01" + bytes(100)])
def test_what_is_no_landmarks_is_refused_with_a_sentence(visit: Visit, broken: bytes) -> None:
    said = looked_at(visit, [*frames_of(1), broken], status=422)
    assert said["error"]["code"] == "not-frames"
    assert said["error"]["sentence"].startswith("A frame has")


def test_an_exercise_that_no_camera_sees_is_refused(visit: Visit) -> None:
    assert looked_at(visit, [], "hop", status=422)["error"]["code"] == "unseen"
    assert looked_at(visit, [], "no-such-thing", status=404)["error"]["code"] == "no-such-exercise"


def test_landmarks_are_bytes_and_no_more_than_a_film_has(visit: Visit) -> None:
    where = {"exercise": EXTENSION, "mark": MARK}
    as_json = visit.client.post("/api/films/look", params=where, json={})
    assert as_json.status_code == 415
    large = visit.client.post(
        "/api/films/look", params=where, content=bytes(20_000_001), headers={"Content-Type": "application/octet-stream"}
    )
    assert large.status_code == 413


def test_a_film_is_kept_answered_shown_and_taken_out(visit: Visit, extensions: tuple[bytes, ...]) -> None:
    said = kept(looked_at(visit, extensions))
    session = visit.post("/api/films", said, 201)
    assert (session["day"], session["scope"], session["finished"]) == ("2026-10-30", "film", True)
    [done] = session["sets"]
    assert (done["reps"], done["side"], done["counted_by"]) == (3, "right", "camera")
    assert visit.post("/api/films", said, 201) == session
    pain = {"when": "during", "nprs": 3, "item": 0, "exercise": EXTENSION, "knee": None}
    event = {"id": str(uuid4()), "kind": "pain.noted", "at": visit.clock().isoformat(), "body": pain}
    answered = visit.post(f"/api/sessions/{session['id']}/events", {"events": [event]})
    assert answered["session"]["peaks"] == {"0": 3}
    [day] = visit.get("/api/diary", since="2026-10-01", before="2026-11-02")["days"]
    assert (day["day"], day["colour"]) == ("2026-10-30", "amber")
    again = looked_at(visit, extensions)["kept"]
    assert again == {"session": session["id"], "entry_id": session["entry_id"], "day": "2026-10-30"}
    refused = visit.post("/api/films", {**said, "id": str(uuid4())}, 409)["error"]
    assert refused["code"] == "kept-already"
    assert refused["sentence"] == "This film is in the diary already, on Friday 30 October 2026."
    visit.post(f"/api/entries/{session['entry_id']}/undo", {"id": str(uuid4())})
    assert visit.get("/api/diary", since="2026-10-01", before="2026-11-02")["days"] == []
    assert looked_at(visit, extensions)["kept"] is None


def test_a_kept_film_leaves_the_plan_of_today_to_be_begun(screened: Visit, extensions: tuple[bytes, ...]) -> None:
    screened.post("/api/films", kept(looked_at(screened, extensions), day="2026-11-01"), 201)
    today = screened.get("/api/today")
    assert (today["session"], today["finished"], today["due"]["unfinished"]) == (None, False, None)


@pytest.mark.parametrize(
    ("other", "status"),
    [
        ({"day": "2026-11-02"}, 409),
        ({"day": "yesterday"}, 422),
        ({"day": "1899-01-01"}, 422),
        ({"mark": "short"}, 422),
        ({"sets": []}, 422),
        ({"exercise": "no-such-thing"}, 404),
        ({"more": 1}, 422),
    ],
)
def test_what_cannot_be_kept_is_refused_and_leaves_nothing(
    visit: Visit, extensions: tuple[bytes, ...], other: Plain, status: int
) -> None:
    refused = visit.post("/api/films", kept(looked_at(visit, extensions), **other), status)
    assert refused["error"]["sentence"].endswith(".")
    assert visit.get("/api/diary", since="2026-10-01", before="2026-11-02")["days"] == []


def test_of_one_leg_it_must_be_said_which(visit: Visit, extensions: tuple[bytes, ...]) -> None:
    found = looked_at(visit, extensions)
    either = [{**s, "side": "both"} for s in found["sets"]]
    refused = visit.post("/api/films", kept(found, sets=either), 409)
    assert "left or right" in refused["error"]["sentence"]
