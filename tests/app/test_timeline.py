from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from calm import calm_answers as calm
from patella.app.diary.timeline import timeline_between
from patella.app.history.amend import undo_entry
from patella.app.history.refused import TrainingError
from patella.app.knee.noted import Noted, note_knee
from patella.app.knee.scores import answer_scores, note_score
from patella.app.knee.sitting import note_barefoot, note_sitting
from patella.app.patella import Patella
from patella.app.person.screening import answer_screening, list_questions
from patella.app.running.load import answer_running, running_advice
from patella.app.running.runs import add_run, change_run, find_run, runs_between, runs_for_load
from patella.app.running.shoes import add_shoe, change_shoe
from patella.app.running.told import ToldRunning
from patella.app.running.worn import answer_shoes, new_shoe_and_spike
from patella.care.entries.kinds import Kind
from patella.care.outcomes import ScoreId
from patella.care.pain import When
from patella.care.person import Knee
from patella.care.place import Doing, PlaceId
from patella.care.running import advise
from patella.files.library import own_library
from patella.store.log import Log

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Patella]:
    with Log.open(tmp_path) as log:
        yield Patella(log=log, library=own_library(), now=lambda: NOW, new_id=lambda: str(uuid4()))


def back(days: int) -> date:
    return TODAY - timedelta(days=days)


def on(app: Patella, days: int) -> Patella:
    moment = NOW - timedelta(days=days)
    return replace(app, now=lambda: moment)


def days_of(app: Patella, days: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = timeline_between(app, back(days - 1), TODAY + timedelta(days=1))["days"]  # type: ignore[assignment]
    return found


def test_what_is_not_known_is_null_and_no_run_is_no_metre(app: Patella) -> None:
    (day,) = days_of(app, 1)

    assert day["pain"] == {"morning": None, "during": None, "after": None, "worst": None}
    assert (day["run_m"], day["longest_m"], day["sitting_h"], day["drop_mm"]) == (0.0, None, None, None)


def test_a_day_holds_everything_that_was_said_of_it(app: Patella) -> None:
    shoe = add_shoe(app, {"name": "Blue", "heel_drop_mm": 8, "usual": True})
    run = add_run(app, {"distance_m": 5000, "moving_s": 1800, "surface": "trail"})
    note_knee(on(app, 0), Noted(nprs=1, when=When.MORNING))
    note_knee(app, Noted(nprs=4, when=When.DURING, doing=Doing.RUN, knee=Knee.RIGHT, place=PlaceId.FRONT))
    note_sitting(app, 7.5)
    note_sitting(app, 8)
    note_barefoot(app, 20)
    note_score(app, ScoreId.AKPS, 82)
    (day,) = days_of(app, 1)

    assert day["pain"] == {"morning": 1, "during": 4, "after": None, "worst": 4}
    assert day["runs"][0]["id"] == run.id
    assert day["runs"][0]["drop_mm"] == 8
    assert (day["run_m"], day["shoe_m"], day["drop_mm"]) == (5000, {shoe.id: 5000}, 8)
    assert (day["sitting_h"], day["barefoot_min"]) == (8, 20)
    assert day["scores"] == [{"score": "akps", "value": 82}]
    assert day["notes"][1] | {"entry_id": ""} == {
        "entry_id": "", "nprs": 4, "when": "during", "doing": "run", "knee": "right", "place": "front",
    }  # fmt: skip


def test_a_spike_is_marked_against_the_thirty_days_before_the_first_day_shown(app: Patella) -> None:
    add_run(app, {"distance_m": 5000}, day=back(20))
    add_run(app, {"distance_m": 8000}, day=back(1))
    spikes = [r["spike"] for d in days_of(app, 3) for r in d["runs"]]

    assert spikes == ["strong"]


def test_a_remembered_month_changes_with_what_is_said_later(app: Patella) -> None:
    note_knee(on(app, 70), Noted(nprs=2, when=When.MORNING))
    assert days_of(app, 90)[19]["pain"]["morning"] == 2
    note_knee(on(app, 70), Noted(nprs=5, when=When.MORNING))
    assert days_of(app, 90)[19]["pain"]["morning"] == 5
    run = add_run(app, {"distance_m": 4000}, day=back(70))
    assert days_of(app, 90)[19]["run_m"] == 4000
    undo_entry(app, run.id, str(uuid4()))
    assert days_of(app, 90)[19]["run_m"] == 0


def test_beyond_a_year_weeks_sum_up_their_days(app: Patella) -> None:
    for day in (400, 401, 402):
        add_run(app, {"distance_m": 3000}, day=back(day))
        note_knee(on(app, day), Noted(nprs=day - 400, when=When.MORNING))
    told = timeline_between(app, back(800), TODAY + timedelta(days=1))
    weeks: list[dict[str, Any]] = told["days"]  # type: ignore[assignment]

    assert told["step"] == "week"
    assert all(date.fromisoformat(w["day"]).weekday() == 0 for w in weeks)
    assert sum(w["run_m"] for w in weeks) == 9000
    assert [w["pain"]["worst"] for w in weeks if w["run_m"] == 9000] in ([], [2])
    assert len(weeks) in (115, 116)


def test_beyond_a_year_a_week_keeps_the_worst_spike_and_the_grounds_of_its_runs(app: Patella) -> None:
    for days in (200, 193):
        add_run(app, {"distance_m": 4000, "surface": "road"}, day=back(days))
    monday = back(186) - timedelta(days=back(186).weekday())
    add_run(app, {"distance_m": 9000, "surface": "trail"}, day=monday)
    add_run(app, {"distance_m": 2000}, day=monday + timedelta(days=2))
    (week,) = [d for d in days_of(app, 500) if d["day"] == monday.isoformat()]

    assert week["spike"] == "red"
    assert week["surface_m"] == {"trail": 9000, "unsaid": 2000}
    assert week["runs"] == []


def test_beyond_a_year_a_week_names_each_other_sport_once(app: Patella) -> None:
    monday = back(400) - timedelta(days=back(400).weekday())
    for day, (sport, metres) in enumerate([("cycling", 20_000), ("cycling", 5000), ("swimming", None)]):
        body = {"sport": sport, "distance_m": metres, "moving_s": 3600, "name": None, "source": "fit"}
        app.write(Kind.SPORT_ADDED, body, day=monday + timedelta(days=day))
    (week,) = [d for d in days_of(app, 500) if d["day"] == monday.isoformat()]

    assert week["sports"] == [
        {"sport": "cycling", "distance_m": 25_000},
        {"sport": "swimming", "distance_m": None},
    ]


def test_exercises_left_out_on_a_day_with_pain_are_adjusted_once_somebody_began(app: Patella) -> None:
    note_knee(on(app, 9), Noted(nprs=6))
    answer_screening(on(app, 8), calm_answers(app))
    note_knee(on(app, 6), Noted(nprs=4))
    note_knee(on(app, 5), Noted(nprs=0))
    note_knee(app, Noted(nprs=4))

    assert [d["day"] for d in days_of(app, 12) if d["adjusted"]] == [back(6).isoformat()]
    assert sum(d["adjusted"] for d in days_of(app, 400)) == 1


def calm_answers(app: Patella) -> dict[str, object]:
    return calm(list_questions(app))


def test_the_kilometres_of_a_shoe_are_those_of_its_days_and_of_the_runs_that_name_it(app: Patella) -> None:
    old = add_shoe(app, {"name": "Old", "usual": True, "since": back(100).isoformat(), "until": back(11).isoformat()})
    new = add_shoe(app, {"name": "New", "usual": True, "since": back(10).isoformat()})
    add_run(app, {"distance_m": 5000}, day=back(20))
    add_run(app, {"distance_m": 6000}, day=back(5))
    add_run(app, {"distance_m": 1000, "shoe": old.id}, day=back(4))
    gone = {s.id: s.metres for s in answer_shoes(app)}

    assert gone == {old.id: 6000, new.id: 6000}


def test_new_shoes_and_a_longer_run_together_are_worth_a_word(app: Patella) -> None:
    add_shoe(app, {"name": "Old", "usual": True, "since": back(100).isoformat()})
    new = add_shoe(app, {"name": "New", "since": back(10).isoformat()})
    add_run(app, {"distance_m": 5000}, day=back(20))
    assert new_shoe_and_spike(app) is None
    add_run(app, {"distance_m": 8000, "shoe": new.id}, day=back(1))
    assert "New is new on your feet" in str(new_shoe_and_spike(app))


def test_a_run_can_be_corrected_and_says_what_it_takes(app: Patella) -> None:
    run = add_run(app, {"distance_m": 5000})
    assert change_run(app, run.id, {"distance_m": 5200, "surface": "grass"}).distance_m == 5200
    assert find_run(app, run.id).surface == "grass"
    for wrong in ({"surface": "moon"}, {"distance_m": -1}, {"shoe": "none"}, {"colour": "red"}, {"cadence_spm": 5}):
        with pytest.raises(TrainingError):
            change_run(app, run.id, wrong)
    with pytest.raises(TrainingError):
        add_run(app, {})


def test_a_shoe_can_be_corrected_and_says_what_it_takes(app: Patella) -> None:
    shoe = add_shoe(app, {"name": "Blue"})
    assert change_shoe(app, shoe.id, {"heel_drop_mm": 4}).heel_drop_mm == 4
    for wrong in ({"name": ""}, {"heel_drop_mm": 99}, {"since": "soon"}, {"usual": 1}, {"size": 42}):
        with pytest.raises(TrainingError):
            change_shoe(app, shoe.id, wrong)


def test_the_same_note_twice_is_one_note(app: Patella) -> None:
    for _ in range(2):
        note_knee(app, Noted(nprs=3), entry_id="one")
        add_run(app, {"distance_m": 5000}, entry_id="two")
        add_shoe(app, {"name": "Blue"}, entry_id="three")
        note_sitting(app, 6, entry_id="four")
        note_score(app, ScoreId.AKPS, 82, entry_id="five")

    assert len(app.log.entries()) == 5


def test_swelling_and_giving_way_are_symptoms_and_a_place_may_say_something_else(app: Patella) -> None:
    said = note_knee(app, Noted(nprs=2, place=PlaceId.BELOW, swelling=True, giving_way=True))

    assert "tendon" in str(said.place_text)
    assert [e.body["symptom"] for e in app.log.entries(kinds=("symptom.noted",))] == ["swelling", "giving_way"]
    assert note_knee(app, Noted(nprs=2, place=PlaceId.FRONT)).place_text is None


def test_running_today_follows_from_the_longest_run_and_from_pain(app: Patella) -> None:
    answer_screening(app, calm_answers(app))
    assert answer_running(app).running is None
    add_run(app, {"distance_m": 8000, "cadence_spm": 160}, day=back(3))
    assert running_now(app).cap_m == 8000
    note_knee(on(app, 3), Noted(nprs=1, when=When.DURING, doing=Doing.RUN))
    assert running_now(app).ground == "silent"
    note_knee(on(app, 3), Noted(nprs=1, when=When.AFTER, doing=Doing.RUN))
    calm = running_now(app)
    assert (calm.ground, calm.cap_m) == ("open", 8800)
    note_knee(on(app, 3), Noted(nprs=7, when=When.DURING, doing=Doing.RUN))
    sore = running_now(app)
    assert (sore.ground, sore.cap_m) == ("flared", 0)


def running_now(app: Patella) -> ToldRunning:
    found = answer_running(app).running
    assert found is not None
    return found


def test_three_calm_mornings_in_the_diary_end_a_flare(app: Patella) -> None:
    answer_screening(app, calm_answers(app))
    for days in range(40, 4, -2):
        add_run(app, {"distance_m": 8000}, day=back(days))
    note_knee(on(app, 6), Noted(nprs=7, when=When.DURING, doing=Doing.RUN))
    for days, grounds in ((5, "flared"), (4, "flared"), (3, "climb")):
        note_knee(on(app, days), Noted(nprs=1, when=When.MORNING))
        assert running_now(on(app, days)).ground == grounds


def test_the_cadence_of_the_first_weeks_stays_the_base(app: Patella) -> None:
    for days in (100, 99, 98):
        add_run(app, {"distance_m": 5000, "cadence_spm": 150}, day=back(days))
    answer_screening(on(app, 95), calm_answers(app))
    answer_screening(app, calm_answers(app))
    for days in (9, 6, 3):
        add_run(app, {"distance_m": 5000, "cadence_spm": 154}, day=back(days))
    assert running_now(app).cadence_target_spm == (158, 165)
    for days in (8, 5, 2, 1):
        add_run(app, {"distance_m": 5000, "cadence_spm": 161}, day=back(days))
    now = running_now(app)
    assert (now.cadence_spm, now.cadence_target_spm) == (161, None)


def test_a_change_of_a_score_is_called_one_only_past_its_threshold(app: Patella) -> None:
    note_score(app, ScoreId.AKPS, 70, day=back(50))
    note_score(app, ScoreId.AKPS, 79, day=back(8))
    (akps,) = [s for s in answer_scores(app).scores if s.score is ScoreId.AKPS]
    assert akps.change
    assert akps.change.verdict == "unclear"
    note_score(app, ScoreId.AKPS, 86)
    (akps,) = [s for s in answer_scores(app).scores if s.score is ScoreId.AKPS]
    assert akps.change
    assert akps.change.verdict == "better"
    with pytest.raises(TrainingError):
        note_score(app, ScoreId.AKPS, 101)


@pytest.mark.parametrize("every", [2, 5, 9, 40])
def test_a_look_at_four_months_says_of_today_what_all_runs_say(app: Patella, every: int) -> None:
    for days in range(380, 0, -every):
        add_run(app, {"distance_m": 4000.0 + 37 * days % 3000, "cadence_spm": 160}, day=back(days))
    answer_screening(app, calm_answers(app))
    lately = running_advice(app)
    assert lately is not None
    everything = advise(TODAY, runs_for_load(runs_between(app, None, None)), app.library.reasons)

    assert (lately.cap_m, lately.longest_m, lately.latest) == (
        everything.cap_m,
        everything.longest_m,
        everything.latest,
    )
    assert lately.ground is everything.ground
    assert (lately.week_m, lately.week_before_m) == (everything.week_m, everything.week_before_m)
