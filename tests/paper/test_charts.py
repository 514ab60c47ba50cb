"""The charts say what the diary says, and nothing more."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, cast

import pytest
import vl_convert

from patella.app.diary.timeline import Timeline
from patella.app.diary.timeline_day import empty_day
from patella.app.diary.timeline_week import week_of_days
from patella.app.report.insight import ToldFinding
from patella.care.factor import Factor
from patella.care.units import Distance, Units
from patella.paper.charts import describe, finding_chart, timeline_chart
from patella.paper.days import in_weeks, spaced
from patella.paper.finding_plot import plot_finding

MOMENTS = {"morning", "during", "after", "worst"}


def timeline(count: int, **at: Mapping[int, Any]) -> Timeline:
    """So many days; `at` has what some of them hold, by key and number of the day."""
    first = date(2026, 3, 2)
    days = [cast("dict[str, Any]", empty_day(first + timedelta(days=n))) for n in range(count)]
    for key, values in at.items():
        for n, value in values.items():
            if key in MOMENTS:
                days[n]["pain"][key] = value
            else:
                days[n][key] = value
    shoes = {"a": {"name": "Daily", "heel_drop_mm": 10.0}, "b": {"name": "Flat", "heel_drop_mm": None}}
    before = (first + timedelta(days=count)).isoformat()
    told = {"since": first.isoformat(), "before": before, "step": "day", "days": days, "shoes": shoes}
    return cast("Timeline", told)


def finding(factor: Factor, points: Sequence[tuple[float, float]], *, effect: float, step: float) -> ToldFinding:
    return ToldFinding(
        factor=factor, which=None, name=f"A {factor}", step=step, lag_days=0, effect=effect, low=0.0, high=9.0,
        mornings=len(points), stands_out=True, sentence="", points=tuple(points),
    )  # fmt: skip


def run(metres: float, spike: str = "usual", surface: str | None = None) -> dict[str, Any]:
    return {"distance_m": metres, "spike": spike, "surface": surface, "shoe": None}


def lanes(chart: Mapping[str, Any]) -> dict[str, Any]:
    return {lane["layer"][0]["name"]: lane for lane in chart["vconcat"]}


def test_an_empty_diary_has_a_lane_for_mornings_and_no_mark() -> None:
    chart = timeline_chart(timeline(30))
    assert list(lanes(chart)) == ["morning"]
    assert all(r["nprs"] is None for r in lanes(chart)["morning"]["data"]["values"])


@pytest.mark.parametrize(("nprs", "colour"), [(0, "green"), (2, "green"), (3, "amber"), (5, "amber"), (6, "red")])
def test_pain_has_a_colour_and_a_shape(nprs: int, colour: str) -> None:
    chart = timeline_chart(timeline(3, morning={1: nprs}))
    assert lanes(chart)["morning"]["data"]["values"][1]["colour"] == colour
    encoding = lanes(chart)["morning"]["layer"][1]["encoding"]
    assert len(set(encoding["color"]["scale"]["range"])) == len(set(encoding["shape"]["scale"]["range"])) == 3


@pytest.mark.parametrize(("nprs", "colour"), [(0, "green"), (2, "green"), (3, "red"), (5, "red"), (10, "red")])
def test_in_cautious_mode_there_is_no_amber(nprs: int, colour: str) -> None:
    lane = lanes(timeline_chart(timeline(3, morning={1: nprs}), cautious=True))["morning"]
    assert lane["data"]["values"][1]["colour"] == colour
    assert lane["layer"][1]["encoding"]["color"]["scale"]["domain"] == ["green", "red"]


def test_no_pain_is_drawn_and_an_unknown_morning_is_not() -> None:
    rows = lanes(timeline_chart(timeline(3, morning={1: 0})))["morning"]["data"]["values"]
    assert [r["nprs"] for r in rows] == [None, 0, None]


def test_a_run_far_beyond_the_usual_has_a_mark_and_its_ground() -> None:
    made = timeline(5, run_m={1: 5000.0, 3: 12_000.0}, runs={1: [run(5000)], 3: [run(12_000, "strong", "trail")]})
    lane = lanes(timeline_chart(made))["runs"]
    assert [(r["far"], r["ground"]) for r in lane["data"]["values"]] == [(5, "not said"), (12, "soft")]
    marks = lane["layer"][1]["data"]["values"]
    assert [m["day"] for m in marks] == ["2026-03-05"]
    assert "30 % beyond" in marks[0]["says"]


def test_a_week_without_its_single_runs_has_their_mark_and_ground_all_the_same() -> None:
    weekly = timeline(3, run_m={1: 9000}, spike={1: "strong"}, surface_m={1: {"trail": 7000, "unsaid": 2000}})
    weekly["step"] = "week"
    (row,) = lanes(timeline_chart(weekly))["runs"]["data"]["values"]
    assert (row["ground"], row["spike"]) == ("soft", "strong")


@pytest.mark.parametrize("count", [10, 600])
def test_exercises_left_out_for_pain_have_a_ring_of_their_own(count: int) -> None:
    lane = lanes(timeline_chart(timeline(count, exercises={1: 3}, adjusted={3: 1})))["exercises"]
    assert "left out for pain" in lane["title"]
    (ring,) = lane["layer"][1]["data"]["values"]
    assert "left out on a day with pain" in ring["says"]
    plain = lanes(timeline_chart(timeline(count, exercises={1: 3})))["exercises"]
    assert (plain["title"], len(plain["layer"])) == ("Exercises done", 1)


def test_a_shoe_is_a_band_as_thick_as_its_drop_and_rests_break_it() -> None:
    worn = {0: {"a": 5000.0}, 10: {"a": 5000.0}, 50: {"a": 5000.0}, 51: {"b": 4000.0}}
    rows = lanes(timeline_chart(timeline(60, shoe_m=worn)))["shoes"]["data"]["values"]
    assert [(r["at"][:10], r["to"][:10]) for r in rows] == [
        ("2026-03-02", "2026-03-13"),
        ("2026-04-21", "2026-04-22"),
        ("2026-04-22", "2026-04-23"),
    ]
    assert rows[0]["floor"] - rows[0]["top"] > rows[2]["floor"] - rows[2]["top"]


def test_all_lanes_share_one_axis_and_fit_the_width() -> None:
    made = timeline(
        40,
        morning={3: 2}, during={3: 4}, after={4: 1}, run_m={2: 8000.0}, runs={2: [run(8000)]}, sitting_h={5: 6.5},
        exercises={6: 4}, barefoot_min={7: 20}, scores={8: [{"score": "psfs", "value": 5.0}]},
        sports={9: [{"sport": "cycling", "distance_m": 20_000.0}]}, shoe_m={2: {"a": 8000.0}},
    )  # fmt: skip
    chart = timeline_chart(made, width=300, theme="dark", names={"psfs": "My three activities"})
    drawn = lanes(chart)
    assert len(drawn) == 10
    assert len({json.dumps(lane["layer"][0]["encoding"]["x"]["scale"]) for lane in drawn.values()}) == 1
    assert {lane["width"] for lane in drawn.values()} == {262}
    assert chart["params"][0]["views"] == list(drawn)
    assert "My three activities" in json.dumps(drawn["scores"])


def test_the_day_comes_before_its_month_and_no_zero_before_the_day() -> None:
    drawn = vl_convert.vegalite_to_svg(timeline_chart(timeline(40, morning={3: 2}), width=640))
    assert len(re.findall(r">[1-9]\d? (Mar|Apr)</text>", drawn)) > 3


def test_days_too_narrow_to_be_told_apart_become_weeks() -> None:
    made = timeline(364, morning=dict.fromkeys(range(0, 364, 2), 2), run_m={1: 5000.0, 2: 4000.0})
    assert len(lanes(timeline_chart(made, width=300))["morning"]["data"]["values"]) == 52
    assert len(lanes(timeline_chart(made, width=1100))["morning"]["data"]["values"]) == 364
    assert lanes(timeline_chart(made, width=300))["runs"]["data"]["values"][0]["far"] == 9


def test_a_week_has_the_mean_of_its_mornings_and_the_worst_of_the_rest() -> None:
    noted = timeline(
        7, morning={0: 1, 3: 4}, during={1: 2, 2: 6}, sitting_h={0: 4.0, 1: 8.0}, barefoot_min={1: 30, 4: 50}
    )
    [week] = in_weeks(noted["days"])
    assert (week["pain"]["morning"], week["pain"]["during"], week["pain"]["after"]) == (2.5, 6, None)
    assert week["sitting_h"] == 6.0
    assert week["barefoot_min"] == 40  # of the days that are known, as of a week that the diary tells


def test_a_narrow_drawing_shows_the_same_weeks_as_a_long_one() -> None:
    noted = timeline(364, barefoot_min=dict.fromkeys(range(0, 364, 3), 30), sitting_h=dict.fromkeys(range(364), 5.0))
    weeks = [week_of_days(noted["days"][n : n + 7]) for n in range(0, 364, 7)]
    told = cast("Timeline", {**noted, "days": weeks, "step": "week"})
    for lane in ("barefoot_min", "sitting_h", "morning"):
        narrow, long = (lanes(timeline_chart(one, width=300))[lane]["data"]["values"] for one in (noted, told))
        assert narrow == long


def test_the_chart_is_told_in_words() -> None:
    words = describe(timeline(10, morning={1: 2, 2: 4}, run_m={1: 5000.0}, sessions={3: 1}))
    assert "3.0 of 10 on average, 4 at worst" in words
    assert "5 km run" in words


def test_nothing_of_a_chart_comes_from_elsewhere() -> None:
    for chart in (timeline_chart(timeline(9, morning={1: 1})), finding_chart([(0, 1), (1, 3)], title="x")):
        assert "http" not in json.dumps({k: v for k, v in chart.items() if k != "$schema"})


def test_a_finding_shows_every_morning_and_its_line_rises_as_told() -> None:
    points = [(4.0, 1), (8.0, 2), (12.0, 3)]
    chart = plot_finding(finding(Factor.DISTANCE, points, effect=1.25, step=5.0))
    assert [(r["x"], r["pain"]) for r in chart["data"]["values"]] == [(4, 1), (8, 2), (12, 3)]
    low, high = chart["layer"][1]["data"]["values"]
    assert (high["sy"] - low["sy"]) / (high["sx"] - low["sx"]) == pytest.approx(0.25)


def test_a_chart_is_drawn_in_miles_where_miles_are_chosen() -> None:
    miles = Units(distance=Distance.MI)
    points = [(4.828032, 1), (9.656064, 2), (14.484096, 3)]
    chart = plot_finding(finding(Factor.DISTANCE, points, effect=1.0, step=5.0), units=miles)
    assert [round(r["x"], 6) for r in chart["data"]["values"]] == [3, 6, 9]
    assert chart["layer"][0]["encoding"]["x"]["title"] == "mi in a day"
    low, high = chart["layer"][1]["data"]["values"]
    assert (high["sy"] - low["sy"]) / (high["sx"] - low["sx"]) == pytest.approx(1.609344 / 5)
    lane = lanes(timeline_chart(timeline(3, run_m={1: 8046.72}), units=miles))["runs"]
    (row,) = lane["data"]["values"]
    assert (lane["title"], row["far"]) == ("Runs, mi a day", 5)
    assert "5 mi" in row["says"]


def test_one_or_the_other_is_drawn_as_two_heaps() -> None:
    chart = plot_finding(finding(Factor.SHOE, [(0.0, 1), (1.0, 3)], effect=2.0, step=1.0))
    assert chart["layer"][0]["encoding"]["x"]["axis"]["values"] == [0, 1]
    assert "aggregate" in chart["layer"][1]["transform"][0]


def test_points_are_set_apart_by_less_than_a_step() -> None:
    for (x, y), (sx, sy) in zip([(1.0, 3.0)] * 50, spaced([(1.0, 3.0)] * 50, width=0.5), strict=True):
        assert abs(sy - y) < 0.5
        assert abs(sx - x) <= 0.25
    assert len(set(spaced([(1.0, 3.0)] * 50))) == 50
