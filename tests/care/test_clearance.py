from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from care.stories import CALM_ANSWERS, LIBRARY, a_history, a_plan, a_screening, a_session, an_item, at, day, ids
from patella.care.choice import Scope
from patella.care.clearance import Clearance, Standing, clear
from patella.care.course import Course
from patella.care.fact import Fact
from patella.care.history import History, Screened
from patella.care.screening import Outcome, assess

RED_FLAGS = [(q.id, c.id) for q in LIBRARY.questionnaire.questions for c in q.choices if c.outcome is not Outcome.OK]
GIVES_WAY = a_screening(day(0), gives_way="yes")
HOUR = timedelta(hours=1)


def standing(history: History, on: int = 1, course: Course | None = None) -> Clearance:
    return clear(day(on), history, course or Course())


def test_nothing_is_open_before_the_questions_are_answered() -> None:
    clearance = standing(a_history(screened=()))
    assert clearance.standing is Standing.NOT_SCREENED
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
    history = a_history(screened=(a_screening(day(0), **{question: choice}),))
    plan = a_plan(day(1), history, scope=scope)
    assert plan.items == ()
    assert not plan.clearance.asks
    assert plan.clearance.findings[0].question.id == question


def test_only_the_persons_own_word_of_being_assessed_later_reopens() -> None:
    assert standing(a_history(screened=(GIVES_WAY,))).standing is Standing.SOON
    assert standing(a_history(screened=(GIVES_WAY,), assessed=(GIVES_WAY.at - HOUR,))).standing is Standing.SOON
    reopened = standing(a_history(screened=(GIVES_WAY,), assessed=(GIVES_WAY.at + HOUR,)))
    assert reopened.is_open
    assert reopened.assessed_on == day(0)


def test_an_assessment_reopens_no_one_under_eighteen() -> None:
    young = a_screening(day(0), age="sixteen")
    assert standing(a_history(screened=(young,), assessed=(young.at + HOUR,))).standing is Standing.SOON


def test_what_shuts_single_exercises_still_does_after_an_assessment() -> None:
    screened = a_screening(day(0), gives_way="yes", low_back_pain="yes")
    assert standing(a_history(screened=(screened,), assessed=(screened.at + HOUR,))).facts == {Fact.LOW_BACK_PAIN}


def test_a_new_symptom_asks_again_until_the_questions_were_answered_or_the_person_assessed() -> None:
    noted = at(day(1))
    assert standing(a_history(symptoms=(noted,)), on=1).standing is Standing.ASK_AGAIN_SYMPTOM
    answered = (a_screening(day(0)), a_screening(day(2)))
    assert standing(a_history(screened=answered, symptoms=(noted,)), on=2).is_open
    assert standing(a_history(symptoms=(noted,), assessed=(noted + HOUR,)), on=2).is_open
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
    assert standing(a_history(screened=(a_screening(day(0), low_back_pain=True),))).notes


def test_every_standing_has_words() -> None:
    assert all(LIBRARY.questionnaire.texts[s.value] for s in Standing)
    assert CALM_ANSWERS["clinician_first"] == []


def test_a_plan_of_one_exercise_is_shut_as_well() -> None:
    assert ids(a_plan(day(1), a_history(screened=()), scope=Scope.ONE, only="squat")) == []


def test_answering_anew_does_not_reopen_what_a_warning_sign_has_shut() -> None:
    questions = LIBRARY.questionnaire
    good = {q.id: [] if q.many else q.choices[0].id for q in questions.questions}
    moment = datetime(2026, 3, 1, 8, tzinfo=UTC)

    def answered(hour: int, answers: Mapping[str, object]) -> Screened:
        at = moment + timedelta(hours=hour)
        return Screened(at=at, day=at.date(), screening=assess(questions, answers))

    screened = (answered(0, good | {"locked": "yes"}), answered(1, good))
    shut = clear(moment.date(), History(screened=screened), Course())
    reopened = clear(moment.date(), History(screened=screened, assessed=(moment + timedelta(hours=2),)), Course())

    assert shut.standing == "same_day"
    assert reopened.is_open
