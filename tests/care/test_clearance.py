from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from care.stories import (
    ASKED,
    CALM_ANSWERS,
    LIBRARY,
    a_history,
    a_plan,
    a_screening,
    a_session,
    an_item,
    answers_naming,
    at,
    day,
    ids,
)
from patella.care.choice import Scope
from patella.care.clearance import Clearance, Standing, clear
from patella.care.course import Course
from patella.care.fact import Fact
from patella.care.history import Assessed, History, Screened, SymptomNoted
from patella.care.questionnaire import Outcome
from patella.care.screening import Finding, Screening, assess

RED_FLAGS = [(q.id, c.id) for q in ASKED.questions for c in q.choices if c.outcome.pauses]
GIVES_WAY = a_screening(day(0), soon=["giving_way"])
HOUR = timedelta(hours=1)
TEXTS = LIBRARY.questionnaire.texts
PAST = LIBRARY.past[1]


def standing(history: History, on: int = 1, course: Course | None = None) -> Clearance:
    return clear(day(on), history, course or Course(), TEXTS)


def screened_on(number: int, **answers: object) -> Screened:
    return a_screening(day(number), **answers)


def noted(symptom: str, moment: datetime) -> SymptomNoted:
    found = ASKED.symptom(symptom)
    assert found is not None
    return SymptomNoted(at=moment, finding=Finding(question=found[0], choice=found[1]))


def answered_before(on: int, **answers: object) -> Screened:
    """An answer to the older questions."""
    calm = {q.id: [] if q.many else next(c.id for c in q.choices if c.outcome is Outcome.OK) for q in PAST.questions}
    found = assess(PAST, {**calm, **answers})
    return Screened(at=at(day(on), 8), day=day(on), screening=found, is_current=False)


def test_nothing_is_open_before_the_questions_are_answered() -> None:
    clearance = standing(a_history(screened=()))
    assert clearance.standing is Standing.NOT_SCREENED
    assert (clearance.since, clearance.assessed_on, clearance.seen_from, clearance.calm_until) == (None,) * 4
    assert clearance.asks
    assert not clearance.is_open


def test_good_answers_open_the_programme_and_say_since_when() -> None:
    clearance = standing(a_history())
    assert clearance.is_open
    assert not clearance.asks
    assert clearance.since == day(0)
    assert clearance.assessed_on is None


@pytest.mark.parametrize(("question", "choice"), RED_FLAGS)
@pytest.mark.parametrize("scope", [Scope.TODAY, Scope.FULL, Scope.SNACK])
def test_a_red_flag_gives_no_exercise(question: str, choice: str, scope: Scope) -> None:
    history = a_history(screened=(a_screening(day(0), **answers_naming(question, choice)),))
    plan = a_plan(day(1), history, scope=scope)
    assert plan.items == ()
    assert not plan.clearance.asks
    assert not plan.clearance.may_run
    assert f"{question}:{choice}" in {f.key for f in plan.clearance.pending}


def test_only_the_persons_own_word_of_being_assessed_later_reopens() -> None:
    assert standing(a_history(screened=(GIVES_WAY,))).standing is Standing.SOON
    assert standing(a_history(screened=(GIVES_WAY,), assessed=(GIVES_WAY.at - HOUR,))).standing is Standing.SOON
    reopened = standing(a_history(screened=(GIVES_WAY,), assessed=(GIVES_WAY.at + HOUR,)))
    assert reopened.is_open
    assert reopened.assessed_on == day(0)


def test_an_assessment_reopens_no_one_under_eighteen() -> None:
    young = a_screening(day(0), age="sixteen", teenage_limp="no")
    clearance = standing(a_history(screened=(young,), assessed=(young.at + HOUR,)))
    assert clearance.standing is Standing.SOON
    assert clearance.stays


def test_what_shuts_single_exercises_still_does_after_an_assessment() -> None:
    screened = a_screening(day(0), soon=["giving_way"], health=["numb_feet"])
    assert standing(a_history(screened=(screened,), assessed=(screened.at + HOUR,))).facts == {Fact.NUMB_FEET}


def test_a_vague_symptom_asks_again_until_the_questions_were_answered_or_the_person_assessed() -> None:
    vague = at(day(1))
    assert standing(a_history(symptoms=(vague,)), on=1).standing is Standing.ASK_AGAIN_SYMPTOM
    answered = (a_screening(day(0)), a_screening(day(2)))
    assert standing(a_history(screened=answered, symptoms=(vague,)), on=2).is_open
    assert standing(a_history(symptoms=(vague,), assessed=(vague + HOUR,)), on=2).is_open
    earlier = a_screening(day(0)).at - HOUR
    assert standing(a_history(symptoms=(earlier,))).is_open


def test_a_second_red_within_a_week_asks_again() -> None:
    reds = [a_session(day(n), an_item("squat", peak=8)) for n in (2, 5)]
    assert a_plan(day(3), a_history(reds[0])).clearance.is_open
    after = a_plan(day(6), a_history(*reds))
    assert after.clearance.standing is Standing.ASK_AGAIN_RED
    assert after.items == ()
    again = a_history(*reds, screened=(a_screening(day(0)), a_screening(day(6))))
    assert a_plan(day(6), again).clearance.is_open
    assessed = a_history(*reds, assessed=(reds[1].at + HOUR,))
    assert a_plan(day(6), assessed).clearance.is_open


def test_the_questions_come_again_after_thirty_days() -> None:
    assert standing(a_history(), on=29).is_open
    assert standing(a_history(), on=30).standing is Standing.ASK_AGAIN_MONTH
    assert standing(a_history(), on=30).asks


def test_a_warning_sign_says_more_than_a_month_gone_by() -> None:
    assert standing(a_history(screened=(GIVES_WAY,)), on=60).standing is Standing.SOON


def test_notes_of_the_screening_are_handed_on() -> None:
    assert standing(a_history(screened=(a_screening(day(0), health=["bones"]),))).notes


def test_every_standing_has_words() -> None:
    assert all(LIBRARY.questionnaire.texts[s.value] for s in Standing)
    assert CALM_ANSWERS["health"] == []


def test_a_plan_of_one_exercise_is_shut_as_well() -> None:
    assert ids(a_plan(day(1), a_history(screened=()), scope=Scope.ONE, only="squat")) == []


def test_answering_anew_does_not_reopen_what_a_warning_sign_has_shut() -> None:
    screened = (screened_on(0, same_day=["locking"]), screened_on(1))
    assert standing(a_history(screened=screened), on=1).standing is Standing.SAME_DAY
    assert standing(a_history(screened=screened, assessed=(at(day(1), 9),)), on=1).is_open


# --- a yes, and what it holds for


@pytest.mark.parametrize(
    "answers",
    [
        {"health": ["surgery"], "surgery": ["knee"]},
        {"health": ["surgery"], "surgery": ["hip"]},
        {"health": ["knee_ligament"]},
        {"health": ["joint_replacement"]},
        {"health": ["kneecap_out"], "kneecap_out": "recent"},
    ],
)
def test_some_things_need_a_yes_before_the_first_plan_and_before_any_run(answers: dict[str, object]) -> None:
    history = a_history(screened=(screened_on(0, **answers),))
    waiting = standing(history)
    assert waiting.standing is Standing.CLINICIAN_FIRST
    assert waiting.no_run_text == TEXTS["clinician_first"]
    assert a_plan(day(1), history).items == ()
    opened = standing(a_history(screened=history.screened, assessed=(at(day(0)),)))
    assert opened.is_open
    assert opened.may_run
    assert opened.facts == waiting.facts


def test_a_kneecap_that_popped_out_long_ago_needs_no_yes() -> None:
    long_ago = standing(a_history(screened=(screened_on(0, health=["kneecap_out"], kneecap_out="earlier"),)))
    assert long_ago.is_open
    assert long_ago.facts == {Fact.KNEECAP_DISLOCATION}


@pytest.mark.parametrize(
    "answers", [{"soon": ["giving_way"]}, {"soon": ["cancer_new_pain"]}, {"health": ["knee_ligament"]}]
)
def test_the_same_honest_answer_a_month_later_does_not_pause_again(answers: dict[str, object]) -> None:
    months = tuple(screened_on(30 * n, **answers) for n in range(4))
    history = a_history(screened=months, assessed=(at(day(1)),))
    assert standing(history, on=91).is_open
    assert standing(history, on=91).pending == ()


def test_something_new_beside_it_pauses_and_so_does_what_was_gone_and_came_back() -> None:
    first, yes = screened_on(0, soon=["giving_way"]), (at(day(1)),)
    more = screened_on(30, soon=["giving_way", "lump"])
    assert [f.choice.id for f in standing(a_history(screened=(first, more), assessed=yes), on=30).pending] == ["lump"]
    back = (first, screened_on(30), screened_on(60, soon=["giving_way"]))
    assert standing(a_history(screened=back, assessed=yes), on=60).standing is Standing.SOON


@pytest.mark.parametrize("urgent", [{"emergency": ["fever"]}, {"same_day": ["hot"]}])
def test_what_is_urgent_is_new_each_time(urgent: dict[str, object]) -> None:
    again = a_history(screened=(screened_on(0, **urgent), screened_on(30, **urgent)), assessed=(at(day(1)),))
    assert not standing(again, on=30).is_open


def test_a_yes_for_what_is_urgent_has_to_be_from_that_day_or_later() -> None:
    assert standing(a_history(screened=(screened_on(0, emergency=["fever"]), screened_on(2)))).seen_from == day(0)
    assert standing(a_history(screened=(GIVES_WAY,))).seen_from is None


def test_the_day_of_the_yes_is_the_one_that_was_said() -> None:
    yes = Assessed(at=at(day(3)), on=date(2025, 12, 30))
    history = History(screened=(screened_on(0, health=["knee_ligament"]),), assessed=(yes,))
    assert standing(history, on=3).assessed_on == date(2025, 12, 30)


# --- running alone


def test_what_stops_running_alone_says_so_and_follows_the_last_answers() -> None:
    birth = screened_on(0, health=["pregnancy"], pregnancy=["birth"])
    clearance = standing(a_history(screened=(birth,)))
    assert clearance.is_open
    assert not clearance.may_run
    assert str(clearance.no_run_text).startswith("Running waits until twelve weeks after birth.")
    assert standing(a_history(screened=(birth,), assessed=(at(day(0)),))).may_run
    later = screened_on(30, health=["pregnancy"], pregnancy=[])
    assert standing(a_history(screened=(birth, later)), on=30).may_run


def test_a_fresh_injury_has_seven_calm_days_without_a_run() -> None:
    history = a_history(screened=(screened_on(0, same_day=["injured"], injury=[]),))
    clearance = standing(history, on=6)
    assert clearance.is_open
    assert clearance.calm_until == day(7)
    assert clearance.no_run_text == TEXTS["calm_days"]
    assert all(i.exercise.knee_load <= 1 for i in a_plan(day(6), history).items)
    assert "day_calm_injury" in [r.key for r in a_plan(day(6), history).because]
    over = standing(history, on=7)
    assert over.calm_until is None
    assert over.may_run
    assert "day_calm_injury" not in [r.key for r in a_plan(day(7), history).because]


# --- a flag that is found later


@pytest.mark.parametrize(
    ("symptom", "outcome"), [(c.id, c.outcome) for _, c in ASKED.symptoms() if c.outcome is not Outcome.OK]
)
def test_a_flag_found_later_stands_as_that_until_somebody_has_seen_it(symptom: str, outcome: Outcome) -> None:
    moment = at(day(3))
    history = a_history(symptoms=(noted(symptom, moment),))
    clearance = standing(history, on=3)
    assert clearance.standing == outcome.value
    assert clearance.no_run_text == TEXTS[outcome.value]
    answered = History(symptoms=history.symptoms, screened=(a_screening(), screened_on(4)))
    assert standing(answered, on=4).standing == outcome.value
    assert standing(a_history(symptoms=(noted(symptom, moment),), assessed=(moment + HOUR,)), on=3).is_open


def test_what_a_later_flag_shuts_stays_shut_until_the_next_answers() -> None:
    calf, yes = (noted("calf", at(day(3))),), (at(day(4)),)
    assert standing(a_history(symptoms=calf, assessed=yes), on=4).facts == {Fact.CALF_WARNING}
    asked_again = a_history(screened=(a_screening(), screened_on(5)), symptoms=calf, assessed=yes)
    assert standing(asked_again, on=5).facts == frozenset()


def test_a_flag_noted_again_pauses_again() -> None:
    history = a_history(screened=(GIVES_WAY,), assessed=(at(day(1)),), symptoms=(noted("giving_way", at(day(2))),))
    assert standing(history, on=2).standing is Standing.SOON


# --- answers to the older questions


def test_after_the_questions_have_changed_they_are_asked_once_more() -> None:
    before = answered_before(0, low_back_pain="yes")
    waiting = standing(a_history(screened=(before,)), on=1)
    assert waiting.standing is Standing.ASK_AGAIN_NEW
    assert waiting.asks
    assert waiting.facts == {Fact.LOW_BACK_PAIN}
    assert standing(a_history(screened=(before, screened_on(1))), on=1).is_open


def test_what_an_older_answer_paused_is_still_paused() -> None:
    before = answered_before(0, gives_way="yes")
    assert standing(a_history(screened=(before,)), on=1).standing is Standing.SOON
    assert standing(a_history(screened=(before, screened_on(1))), on=1).standing is Standing.SOON


def test_a_yes_to_an_older_answer_holds_for_the_same_in_the_newer_questions() -> None:
    before = answered_before(0, night_or_rest_pain="yes")
    same = screened_on(30, soon=["night_pain"])
    assert standing(a_history(screened=(before, same), assessed=(at(day(1)),)), on=30).is_open
    twice = (before, same, screened_on(60, soon=["night_pain"]))
    assert standing(a_history(screened=twice, assessed=(at(day(1)),)), on=60).is_open
    other = screened_on(30, soon=["cancer_new_pain"])
    assert not standing(a_history(screened=(before, other), assessed=(at(day(1)),)), on=30).is_open


def test_somebody_who_was_too_young_by_a_slip_can_be_let_in_after_a_yes() -> None:
    slip = screened_on(0, age="sixteen", teenage_limp="no")
    clearance = standing(a_history(screened=(slip, screened_on(1))), on=1)
    assert clearance.standing is Standing.SOON
    assert not clearance.stays
    assert standing(a_history(screened=(slip, screened_on(1)), assessed=(at(day(1), 9),)), on=1).is_open


def test_a_screening_from_elsewhere_needs_nothing_but_its_outcome() -> None:
    bare = Screening(outcome=Outcome.OK, findings=(), facts=frozenset(), notes=(), stays=False)
    assert standing(a_history(screened=(Screened(at=at(day(0)), day=day(0), screening=bare),))).is_open
