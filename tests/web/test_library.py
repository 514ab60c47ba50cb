from __future__ import annotations

import pytest

from patella.files.library import own_library
from web.visit import Plain, Visit

EXERCISES = tuple(own_library().exercises)


def test_the_list_holds_every_exercise_in_the_order_of_the_shelf(visit: Visit) -> None:
    rows: list[Plain] = visit.client.get("/api/exercises").json()
    assert [r["id"] for r in rows] == list(EXERCISES)
    assert [r["routine_number"] for r in rows[:6]] == [1, 2, 3, 4, 5, 6]
    for row in rows:
        assert row["summary"]
        assert row["group"]
        assert isinstance(row["has_figure"], bool)


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_an_exercise_says_everything_and_names_its_sources(screened: Visit, exercise_id: str) -> None:
    shown = screened.get(f"/api/exercises/{exercise_id}")
    assert shown["how"]
    assert shown["mistakes"]
    assert shown["evidence"]
    assert shown["figure_text"]
    assert {shown["dose"]["source"], shown["dose"]["rest_source"]} <= set(shown["sources"])
    assert all(s["cite"] and s["finding"] for s in shown["sources"].values())
    assert all((s["checked"] is None) is (s["kind"] in ("rule", "routine")) for s in shown["sources"].values())
    assert all(n["name"] for n in (*shown["easier"], *shown["harder"]))


def test_an_exercise_that_is_shut_today_says_why(visit: Visit) -> None:
    visit.screen(health=["back"], back=["low_back_pain"])
    squeeze = visit.get("/api/exercises/medicine-ball-squeeze")["today"]
    assert not squeeze["open"]
    assert squeeze["because"][0]["text"]
    assert visit.get("/api/exercises/calf-stretch")["today"]["open"]


@pytest.mark.parametrize("answers", [{"emergency": ["fever"]}, {"health": ["knee_ligament"]}])
def test_where_nothing_is_open_an_exercise_says_the_true_reason(visit: Visit, answers: dict[str, object]) -> None:
    said = visit.screen(**answers)
    today = visit.get("/api/exercises/calf-stretch")["today"]
    assert not today["open"]
    assert (today["clearance"], today["clearance_text"]) == (said["outcome"], said["text"])


@pytest.mark.parametrize("still", ["pair", "start", "end"])
def test_every_exercise_has_a_drawing_on_light_and_on_dark(visit: Visit, still: str) -> None:
    for exercise_id in EXERCISES:
        light = visit.client.get(f"/api/exercises/{exercise_id}/drawing.svg?still={still}")
        dark = visit.client.get(f"/api/exercises/{exercise_id}/drawing.svg?still={still}&theme=dark")
        assert light.status_code == dark.status_code == 200
        assert light.headers["content-type"] == "image/svg+xml"
        assert light.text.startswith("<svg ")
        assert "#e4572e" in light.text.lower()
        assert "#1f2421" in light.text
        assert "#1f2421" not in dark.text


@pytest.mark.parametrize(
    ("path", "status"),
    [("nobody", 404), ("nobody/drawing.svg", 404), ("squat/drawing.svg?still=side", 422), ("A B", 422)],
)
def test_what_the_library_has_not_is_refused(visit: Visit, path: str, status: int) -> None:
    assert visit.refused("GET", f"/api/exercises/{path}")[0] == status


def test_a_ghost_comes_for_each_side_and_only_where_a_body_is_watched(visit: Visit) -> None:
    ghost = visit.get("/api/exercises/terminal-knee-extension/ghost", side="left")
    assert ghost["side"] == "left"
    assert ghost["planted"] == [27]
    assert len(ghost["frames"]) == 2 * ghost["end"] + 1
    assert {len(frame) for frame in ghost["frames"]} == {2 * len(ghost["joints"])}
    for unseen in ("dance-patella-dance", "roll-calves"):
        status, code, _ = visit.refused("GET", f"/api/exercises/{unseen}/ghost")
        assert (status, code) == (404, "no-ghost")
