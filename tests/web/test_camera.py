"""What the camera saw, in the log; the words about seeing; and the models that the page fetches."""

from __future__ import annotations

from typing import Any

import pytest

from web.visit import Plain, Visit

REP = {"range_deg": 30.5, "up_s": 1.2, "down_s": 1.9, "faults": ["heel_rise"]}
SEEN = {"seen_fraction": 0.93, "reps": [REP, REP | {"faults": []}], "holds": [], "form": 0.5}


def a_set(screened: Visit, **more: Any) -> tuple[Plain, dict[str, object]]:  # noqa: ANN401 - handed on
    session = screened.begin(scope="one", only="terminal-knee-extension")
    return session, screened.set_done(session, **more)


def test_what_the_camera_saw_of_a_set_is_kept_and_shown(screened: Visit) -> None:
    session, event = a_set(screened, counted_by="camera", camera=SEEN, form_ok=0.5)
    (done,) = screened.say(session, event)["session"]["sets"]
    assert done["counted_by"] == "camera"
    assert done["camera"] == SEEN


def test_what_an_experiment_counted_says_so(screened: Visit) -> None:
    seen = {"seen_fraction": 0.9, "reps": [], "holds": [{"seconds": 9.8, "faults": []}], "form": None}
    session, event = a_set(screened, counted_by="experiment", camera=seen)
    (done,) = screened.say(session, event)["session"]["sets"]
    assert (done["counted_by"], done["camera"]) == ("experiment", seen)


def test_a_task_says_what_may_be_tried_with_the_camera(screened: Visit) -> None:
    def camera(exercise: str) -> Plain:
        (task,) = screened.begin(scope="one", only=exercise)["tasks"]
        found: Plain = task["camera"]
        return found

    ball = camera("medicine-ball-squeeze")
    assert (ball["counts"], ball["experiment"]["counts"]) == ("posture", "hold")
    assert "gap between your knees" in ball["experiment"]["says"]
    assert camera("terminal-knee-extension")["experiment"] is None


def test_without_a_camera_a_set_is_counted_by_hand(screened: Visit) -> None:
    session, event = a_set(screened)
    (done,) = screened.say(session, event)["session"]["sets"]
    assert (done["counted_by"], done["camera"]) == ("hand", None)


@pytest.mark.parametrize(
    "camera",
    [
        SEEN | {"reps": [REP] * 41}, SEEN | {"form": 1.1}, SEEN | {"seen_fraction": -0.1}, SEEN | {"picture": "x"},
        SEEN | {"reps": [REP | {"faults": ["<b>"]}]}, SEEN | {"reps": [REP | {"range_deg": 1e9}]},
    ],
)  # fmt: skip
def test_what_no_camera_can_have_seen_is_refused(screened: Visit, camera: dict[str, object]) -> None:
    session, event = a_set(screened, counted_by="camera", camera=camera)
    status, _, _ = screened.refused("POST", f"/api/sessions/{session['id']}/events", {"events": [event]})
    assert status == 422


def test_every_sight_and_every_place_has_its_words(visit: Visit) -> None:
    words = visit.get("/api/sights")
    assert {"ready", "nobody", "two-people", "too-near", "too-far", "wrong-view", "wrong-side"} <= set(words["codes"])
    assert all(code["title"] and code["says"] for code in words["codes"].values())
    assert words["places"]["side-standing"]


@pytest.mark.parametrize("name", ["lite", "full"])
def test_the_page_gets_its_models_from_here(visit: Visit, name: str) -> None:
    answer = visit.client.get(f"/models/{name}.task")
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"


@pytest.mark.parametrize(
    "path", ["/models/none.task", "/models/..%2fcli.py", "/models/licence.txt%00.task", "/models/"]
)
def test_nothing_else_is_got_that_way(visit: Visit, path: str) -> None:
    assert visit.client.get(path).status_code == 404
