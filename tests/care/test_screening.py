from __future__ import annotations

from collections.abc import Callable

import pytest

from care.stories import CALM_ANSWERS, LIBRARY
from patella.care.fact import Fact
from patella.care.screening import (
    AnswerError,
    Outcome,
    Screening,
    assess,
    parse_questionnaire,
    read_answer,
    stops_here,
)
from patella.motion.definition import DefinitionError

ASKED = LIBRARY.questionnaire
BY_ID = {q.id: q for q in ASKED.questions}


def answered(**answers: object) -> Screening:
    return assess(ASKED, {**CALM_ANSWERS, **answers})


def test_answers_without_a_warning_sign_are_ok() -> None:
    screening = answered()
    assert screening.is_ok
    assert screening.findings == ()
    assert screening.facts == frozenset()
    assert not screening.stays


RED_FLAGS = [(q.id, c.id, c.outcome) for q in ASKED.questions for c in q.choices if c.outcome is not Outcome.OK]


@pytest.mark.parametrize(("question", "choice", "outcome"), RED_FLAGS)
def test_every_red_flag_alone_stops_the_programme(question: str, choice: str, outcome: Outcome) -> None:
    screening = answered(**{question: choice})
    assert screening.outcome is outcome
    assert not screening.is_ok
    assert [(f.question.id, f.choice.id) for f in screening.findings] == [(question, choice)]


def test_the_most_urgent_answer_decides() -> None:
    assert answered(locked="catches", gives_way="yes").outcome is Outcome.SOON
    assert answered(locked="catches", calf="yes").outcome is Outcome.SAME_DAY
    assert answered(locked="yes", calf="yes_breathless", gives_way="yes").outcome is Outcome.EMERGENCY


def test_outcomes_rank_by_urgency_and_two_of_them_end_the_asking() -> None:
    assert [o.urgency for o in Outcome] == [0, 1, 2, 3]
    assert [o for o in Outcome if o.stops_at_once] == [Outcome.SAME_DAY, Outcome.EMERGENCY]


def test_facts_shut_exercises_without_stopping_the_programme() -> None:
    screening = answered(low_back_pain="yes", clinician_first=["numb_feet", "sciatica"])
    assert screening.is_ok
    assert screening.facts == {Fact.LOW_BACK_PAIN, Fact.NUMB_FEET, Fact.SCIATICA}
    assert {f.choice.id for f in screening.findings} == {"yes", "numb_feet", "sciatica"}


def test_notes_are_said_once_and_only_when_something_was_chosen() -> None:
    clinician = "Please check with your clinician before you start."
    assert not any(n.startswith(clinician) for n in answered().notes)
    two = answered(clinician_first=["numb_feet", "sciatica"])
    assert [n.startswith(clinician) for n in two.notes] == [True]
    assert any("back" in n for n in answered(low_back_pain="yes").notes)


@pytest.mark.parametrize("age", ["sixteen", "child", "child_limp"])
def test_under_eighteen_stays_shut(age: str) -> None:
    assert answered(age=age).stays
    assert not answered(age=age).is_ok


@pytest.mark.parametrize("left_out", [q.id for q in ASKED.questions])
def test_a_question_left_out_is_never_taken_for_a_good_answer(left_out: str) -> None:
    answers = {k: v for k, v in CALM_ANSWERS.items() if k != left_out}
    with pytest.raises(AnswerError, match=f"Not answered yet: {left_out}"):
        assess(ASKED, answers)


def test_a_warning_sign_of_days_still_needs_the_other_answers() -> None:
    with pytest.raises(AnswerError, match="Not answered yet"):
        assess(ASKED, {"gives_way": "yes"})


def test_what_calls_for_help_today_needs_no_further_answer() -> None:
    assert assess(ASKED, {"changed_shape_or_cold_foot": True}).outcome is Outcome.EMERGENCY
    assert assess(ASKED, {"locked": "yes"}).outcome is Outcome.SAME_DAY


def test_asking_stops_at_once_only_for_what_calls_for_help_today() -> None:
    assert stops_here(ASKED, {}) is None
    assert stops_here(ASKED, {"gives_way": "yes"}) is None
    assert stops_here(ASKED, {"gives_way": "yes_after_injury"}) is Outcome.SAME_DAY
    assert stops_here(ASKED, {"hot_or_fever": "yes", "locked": "yes"}) is Outcome.EMERGENCY


def test_an_answer_to_no_question_of_ours_is_refused_with_the_ids() -> None:
    with pytest.raises(AnswerError, match="no question called knees; the ids are age,"):
        answered(knees="no")


def choices(question: str, answer: object) -> list[str]:
    return [c.id for c in read_answer(BY_ID[question], answer)]


def test_true_and_false_stand_for_yes_and_no() -> None:
    assert choices("low_back_pain", True) == ["yes"]
    assert choices("low_back_pain", False) == ["no"]


@pytest.mark.parametrize("nothing", ["none", "no", False, [], ()])
def test_where_several_may_be_chosen_none_may_be_as_well(nothing: object) -> None:
    assert choices("clinician_first", nothing) == []


def test_where_several_may_be_chosen_one_or_a_list_will_do() -> None:
    assert choices("clinician_first", "numb_feet") == ["numb_feet"]
    assert choices("clinician_first", ["sciatica", "numb_feet"]) == ["sciatica", "numb_feet"]
    assert choices("clinician_first", ("sciatica",)) == ["sciatica"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("low_back_pain", "perhaps"),
        ("low_back_pain", 1),
        ("low_back_pain", None),
        ("low_back_pain", ["yes"]),
        ("age", True),
        ("clinician_first", ["numb_feet", "numb_feet"]),
        ("clinician_first", ["nothing of the sort"]),
        ("clinician_first", True),
        ("clinician_first", [1]),
        ("clinician_first", 3),
    ],
)
def test_an_answer_that_is_none_of_the_choices_is_refused_with_what_it_takes(question: str, answer: object) -> None:
    with pytest.raises(AnswerError, match=f"The answer to {question} must be (one of|a list of any of) "):
        read_answer(BY_ID[question], answer)


Change = Callable[[dict[str, list[dict[str, object]]]], object]


def a_questionnaire() -> dict[str, object]:
    texts = dict.fromkeys(ASKED.texts, "Some words.")
    choice = {"id": "no", "text": "No"}
    return {"texts": texts, "questions": [{"id": "q", "ask": "Really?", "source": "us", "choices": [choice]}]}


def test_a_questionnaire_is_read_with_its_texts() -> None:
    found = parse_questionnaire(a_questionnaire())
    (question,) = found.questions
    assert (question.id, question.number, question.many, question.note) == ("q", None, False, None)
    assert question.choices[0].outcome is Outcome.OK
    assert set(found.texts) == {
        *("ok", "soon", "same_day", "emergency", "always", "not_screened"),
        *("ask_again_month", "ask_again_red", "ask_again_symptom"),
    }


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda v: v["texts"].pop("always"), "texts.always: is missing"),
        (lambda v: v["texts"].update(more="x"), "texts.more: is not a key"),
        (lambda v: v.update(more="x"), "more: is not a key"),
        (lambda v: v["questions"].append(v["questions"][0]), "questions: must each have an id of their own"),
        (lambda v: v["questions"][0].update(choices=[]), r"questions\[0\].choices: needs at least one choice"),
        (lambda v: v["questions"][0].update(number=0), r"questions\[0\].number: must be a whole number from 1 to 99"),
        (lambda v: v["questions"][0].update(extra=1), r"questions\[0\].extra: is not a key"),
        (lambda v: v["questions"][0]["choices"][0].update(outcome="bad"), "outcome: must be one of ok, soon"),
        (lambda v: v["questions"][0]["choices"][0].update(fact="bad"), "fact: must be one of low_back_pain"),
        (lambda v: v["questions"][0]["choices"][0].update(stay=True), "stay: is not a key"),
    ],
)
def test_a_questionnaire_that_is_wrong_is_refused_with_its_key(change: Change, sentence: str) -> None:
    values = a_questionnaire()
    change(values)  # type: ignore[arg-type]
    with pytest.raises(DefinitionError, match=sentence):
        parse_questionnaire(values)
