from __future__ import annotations

from collections.abc import Callable

import pytest

from care.stories import ASKED, CALM_ANSWERS, LIBRARY, answers_naming
from patella.care.fact import Fact
from patella.care.library import Library
from patella.care.questionnaire import Outcome, parse_past_questionnaire, parse_questionnaire
from patella.care.screening import AnswerError, Screening, assess, carry_over, find, read_answer, stops_here
from patella.motion.definition import DefinitionError

BY_ID = {q.id: q for q in ASKED.questions}
PAST = LIBRARY.past[1]
CALM_BEFORE: dict[str, object] = {
    q.id: [] if q.many else next(c.id for c in q.choices if c.outcome is Outcome.OK) for q in PAST.questions
}
FLAGS = [(q.id, c.id, c.outcome) for q in ASKED.questions for c in q.choices if c.outcome is not Outcome.OK]
PAST_FLAGS = [(q.id, c.id, c.outcome) for q in PAST.questions for c in q.choices if c.outcome is not Outcome.OK]


def answered(**answers: object) -> Screening:
    return assess(ASKED, {**CALM_ANSWERS, **answers})


def answered_before(**answers: object) -> Screening:
    return assess(PAST, {**CALM_BEFORE, **answers})


def test_answers_without_a_warning_sign_are_ok() -> None:
    screening = answered()
    assert screening.is_ok
    assert screening.findings == ()
    assert screening.facts == frozenset()
    assert not screening.stays
    assert not screening.calms


@pytest.mark.parametrize(("question", "choice", "outcome"), FLAGS)
def test_every_warning_sign_alone_leads_where_it_says(question: str, choice: str, outcome: Outcome) -> None:
    screening = assess(ASKED, answers_naming(question, choice))
    worst = max(screening.findings, key=lambda f: f.choice.outcome.urgency)
    assert screening.outcome.urgency >= outcome.urgency
    assert outcome in {f.choice.outcome for f in screening.findings}
    assert screening.is_ok is not worst.choice.outcome.pauses


@pytest.mark.parametrize(("question", "choice", "outcome"), PAST_FLAGS)
def test_answers_to_the_older_questions_come_to_what_they_came_to(question: str, choice: str, outcome: Outcome) -> None:
    assert answered_before(**{question: choice}).outcome is outcome


def test_what_an_older_answer_shut_stays_shut() -> None:
    shut = answered_before(clinician_first=["knee_surgery", "numb_feet"], pain_place="yes", low_back_pain="yes")
    assert shut.is_ok
    assert shut.facts == {
        *(Fact.KNEE_SURGERY, Fact.NUMB_FEET, Fact.LOW_BACK_PAIN),
        *(Fact.PATELLAR_TENDON_PAIN, Fact.BONY_BUMP_PAIN, Fact.OUTER_KNEE_PAIN),
    }


def test_the_most_urgent_answer_decides() -> None:
    assert answered(soon=["giving_way"], health=["knee_ligament"]).outcome is Outcome.SOON
    assert answered(soon=["giving_way"], same_day=["calf"]).outcome is Outcome.SAME_DAY
    assert answered(same_day=["locking"], emergency=["chest_pain"]).outcome is Outcome.EMERGENCY


def test_outcomes_rank_by_urgency() -> None:
    assert [o.value for o in Outcome] == ["ok", "no_run", "clinician_first", "soon", "same_day", "emergency"]
    assert [o.urgency for o in Outcome] == [0, 1, 2, 3, 4, 5]
    assert [o for o in Outcome if not o.pauses] == [Outcome.OK, Outcome.NO_RUN]
    assert [o for o in Outcome if o.stops_at_once] == [Outcome.SAME_DAY, Outcome.EMERGENCY]
    assert [o for o in Outcome if o.is_kept] == [Outcome.NO_RUN, Outcome.CLINICIAN_FIRST, Outcome.SOON]


def test_facts_shut_exercises_without_stopping_the_programme() -> None:
    screening = answered(health=["numb_feet", "back"], back=["low_back_pain", "shooting"])
    assert screening.is_ok
    assert screening.facts == {Fact.LOW_BACK_PAIN, Fact.NUMB_FEET, Fact.SCIATICA}
    assert {f.key for f in screening.findings} == {"health:numb_feet", "back:low_back_pain", "back:shooting"}


def test_what_stops_running_alone_leaves_exercise_open() -> None:
    screening = answered(health=["pregnancy"], pregnancy=["birth"])
    assert screening.is_ok
    assert screening.outcome is Outcome.NO_RUN


def test_a_fresh_injury_without_a_warning_sign_asks_for_calm_days_and_no_more() -> None:
    assert answered(same_day=["injured"], injury=[]).is_ok
    assert answered(same_day=["injured"], injury=[]).calms
    assert answered(same_day=["injured"], injury=["no_bend"]).outcome is Outcome.SAME_DAY


def test_a_pop_years_ago_is_no_sign_of_today() -> None:
    (pop,) = [c for c in BY_ID["same_day"].choices if c.id == "pop"]
    assert "recent injury" in pop.text


def test_a_swelling_without_injury_leads_to_one_place_only() -> None:
    assert answered(soon=["swelling"]).outcome is Outcome.SOON
    assert answered(same_day=["hot"]).outcome is Outcome.SAME_DAY


def test_having_had_cancer_is_no_warning_sign_by_itself() -> None:
    asked = [c.text for q in ASKED.questions for c in q.choices if "ancer" in c.text]
    assert asked == ["Cancer, and new pain nobody has explained"]


@pytest.mark.parametrize(
    ("place", "fact"),
    [
        ("tendon", Fact.PATELLAR_TENDON_PAIN),
        ("bump", Fact.BONY_BUMP_PAIN),
        ("outer", Fact.OUTER_KNEE_PAIN),
    ],
)
def test_three_places_are_three_conditions(place: str, fact: Fact) -> None:
    assert answered(health=["one_spot"], one_spot=[place]).facts == {fact}


def test_notes_are_said_once_and_only_when_something_was_chosen() -> None:
    assert answered().notes == ()
    notes = answered(health=["one_spot"], one_spot=["tendon", "outer"]).notes
    assert [n.startswith("Pain in just that place") for n in notes] == [True]


def test_a_finding_says_itself_in_words() -> None:
    ticked, chosen = find(ASKED, {"soon": ["lump"], "age": "sixteen"})
    assert ticked.text == "A growing lump or hard swelling"
    assert chosen.text == "Age 16 or 17"


@pytest.mark.parametrize(("question", "choice"), [("age", "sixteen"), ("age", "under_16"), ("child_limp", "yes")])
def test_under_eighteen_stays_shut(question: str, choice: str) -> None:
    screening = assess(ASKED, answers_naming(question, choice))
    assert screening.stays
    assert not screening.is_ok


@pytest.mark.parametrize("question", ["child_limp", "teenage_limp"])
def test_a_limp_before_eighteen_is_for_the_same_day(question: str) -> None:
    assert assess(ASKED, answers_naming(question, "yes")).outcome is Outcome.SAME_DAY
    assert assess(ASKED, answers_naming(question, "no")).outcome is Outcome.SOON


@pytest.mark.parametrize("before", [{"age": "over_55"}, {"health": ["osteoporosis"]}])
def test_sudden_inner_pain_is_asked_where_bones_may_be_thin(before: dict[str, object]) -> None:
    with pytest.raises(AnswerError, match="Not answered yet: sudden_inner_pain"):
        answered(**before)
    assert answered(**before, sudden_inner_pain="no").is_ok
    assert answered(**before, sudden_inner_pain="yes").outcome is Outcome.SOON


@pytest.mark.parametrize("left_out", list(CALM_ANSWERS))
def test_a_question_left_out_is_never_taken_for_a_good_answer(left_out: str) -> None:
    answers = {k: v for k, v in CALM_ANSWERS.items() if k != left_out}
    with pytest.raises(AnswerError, match=f"Not answered yet: {left_out}"):
        assess(ASKED, answers)


def test_what_an_answer_leads_to_has_to_be_answered_too() -> None:
    with pytest.raises(AnswerError, match="Not answered yet: surgery"):
        answered(health=["surgery"])
    with pytest.raises(AnswerError, match="surgery needs at least one of knee, hip"):
        answered(health=["surgery"], surgery=[])


def test_an_answer_that_nobody_asked_for_is_refused_with_what_it_comes_after() -> None:
    with pytest.raises(AnswerError, match="surgery is only asked after health with surgery"):
        answered(surgery=["knee"])
    with pytest.raises(AnswerError, match="only asked after age with over_55 or health with osteoporosis"):
        answered(sudden_inner_pain="yes")


def test_a_warning_sign_of_days_still_needs_the_other_answers() -> None:
    with pytest.raises(AnswerError, match="Not answered yet"):
        assess(ASKED, {"soon": ["giving_way"]})


def test_what_calls_for_help_today_needs_no_further_answer() -> None:
    assert assess(ASKED, {"emergency": ["fever"]}).outcome is Outcome.EMERGENCY
    assert assess(ASKED, {"emergency": [], "same_day": ["cannot_walk"]}).outcome is Outcome.SAME_DAY


def test_asking_stops_at_once_only_for_what_calls_for_help_today() -> None:
    assert stops_here(ASKED, {}) is None
    assert stops_here(ASKED, {"soon": ["giving_way"]}) is None
    assert stops_here(ASKED, {"same_day": ["locking"]}) is Outcome.SAME_DAY
    assert stops_here(ASKED, {"emergency": ["fever"], "same_day": ["locking"]}) is Outcome.EMERGENCY


def test_an_answer_to_no_question_of_ours_is_refused_with_the_ids() -> None:
    with pytest.raises(AnswerError, match="no question called knees; the ids are age,"):
        answered(knees="no")


def choices(question: str, answer: object) -> list[str]:
    return [c.id for c in read_answer(BY_ID[question], answer)]


def test_true_and_false_stand_for_yes_and_no() -> None:
    assert choices("sudden_inner_pain", True) == ["yes"]
    assert choices("sudden_inner_pain", False) == ["no"]


@pytest.mark.parametrize("nothing", ["none", "no", False, [], (), ["none"], ["no"]])
def test_none_of_these_is_one_answer_to_the_whole_list(nothing: object) -> None:
    assert choices("soon", nothing) == []


@pytest.mark.parametrize("both", [["none", "lump"], ["lump", "no"], ["none", "no"]])
def test_none_and_something_as_well_cannot_be(both: list[str]) -> None:
    with pytest.raises(AnswerError, match="The answer to soon says none and something as well"):
        choices("soon", both)


def test_where_several_may_be_chosen_one_or_a_list_will_do() -> None:
    assert choices("soon", "lump") == ["lump"]
    assert choices("soon", ["heart", "lump"]) == ["heart", "lump"]
    assert choices("soon", ("heart",)) == ["heart"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("age", "perhaps"),
        ("age", 1),
        ("age", None),
        ("age", ["adult"]),
        ("age", True),
        ("soon", ["lump", "lump"]),
        ("soon", ["nothing of the sort"]),
        ("soon", True),
        ("soon", [1]),
        ("soon", 3),
    ],
)
def test_an_answer_that_is_none_of_the_choices_is_refused_with_what_it_takes(question: str, answer: object) -> None:
    with pytest.raises(AnswerError, match=f"The answer to {question} must be (one of|a list of any of) "):
        read_answer(BY_ID[question], answer)


# --- coming again


def test_what_a_person_has_is_ticked_when_the_questions_come_again_and_no_warning_sign_is() -> None:
    before = answered(health=["numb_feet", "surgery"], surgery=["knee"], soon=["lump"], habit=["stretching"])
    assert carry_over(ASKED, before) == {
        "health": ["surgery", "numb_feet"],
        "surgery": ["knee"],
        "habit": ["stretching"],
    }


def test_what_maps_from_the_older_questions_is_ticked() -> None:
    before = answered_before(
        clinician_first=["knee_surgery", "sciatica", "blood_thinners"], low_back_pain="yes", gives_way="yes"
    )
    assert carry_over(ASKED, before) == {
        "health": ["back", "blood_thinners"],
        "surgery": ["knee"],
        "back": ["low_back_pain", "shooting"],
    }


def test_every_older_answer_that_mattered_has_somebody_who_knows_it() -> None:
    known = {was for q in ASKED.questions for c in q.choices for was in c.was}
    mattered = {f"{q.id}:{c.id}" for q in PAST.questions for c in q.choices if c.facts or c.outcome is not Outcome.OK}
    anew = {"recent_injury:yes", "age:sixteen", "age:child"}  # asked in another way, so that nothing can be taken over
    assert mattered - known == anew


def test_answers_to_questions_of_a_newer_patella_are_refused() -> None:
    library: Library = LIBRARY
    assert library.questions_of(1) is PAST
    assert library.questions_of(2) is ASKED
    with pytest.raises(AnswerError, match="version 3 of the questions, which a newer Patella asks"):
        library.questions_of(3)


# --- the file

Change = Callable[[dict[str, list[dict[str, object]]]], object]


def a_questionnaire() -> dict[str, object]:
    texts = dict.fromkeys(ASKED.texts, "Some words.")
    choice = {"id": "no", "text": "No"}
    question = {"id": "q", "screen": "s", "ask": "Really?", "source": "us", "noted": True, "choices": [choice]}
    return {"version": 2, "texts": texts, "screens": [{"id": "s", "title": "Some"}], "questions": [question]}


def test_a_questionnaire_is_read_with_its_texts() -> None:
    found = parse_questionnaire(a_questionnaire())
    (question,) = found.questions
    assert (question.id, question.screen, question.many, question.note) == ("q", "s", False, None)
    assert question.choices[0].outcome is Outcome.OK
    assert question.choices[0].source == "us"
    assert found.symptom("no") == (question, question.choices[0])
    assert found.symptom("yes") is None
    assert set(found.texts) == {
        *("ok", "no_run", "clinician_first", "soon", "same_day", "emergency", "always", "not_screened"),
        *("ask_again_month", "ask_again_red", "ask_again_symptom", "ask_again_new", "calm_days"),
    }


def test_older_questions_need_no_screens_and_no_texts() -> None:
    values = a_questionnaire()
    bare = {"version": 1, "questions": [{**values["questions"][0], "screen": ""}]}  # type: ignore[index]
    bare["questions"][0].pop("screen")  # type: ignore[index]
    assert parse_past_questionnaire(bare).texts == {}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda v: v["texts"].pop("always"), "texts.always: is missing"),
        (lambda v: v["texts"].update(more="x"), "texts.more: is not a key"),
        (lambda v: v.update(more="x"), "more: is not a key"),
        (lambda v: v.pop("version"), "version: is missing"),
        (lambda v: v["questions"].append(v["questions"][0]), "questions: must each have an id of their own"),
        (lambda v: v["questions"][0].update(choices=[]), r"questions\[0\].choices: needs at least one choice"),
        (lambda v: v["questions"][0].update(screen="t"), "questions: q is on no screen that there is"),
        (lambda v: v["questions"][0].update(when=["p:no"]), "questions: q waits for p:no, which is no earlier choice"),
        (lambda v: v["questions"][0].update(extra=1), r"questions\[0\].extra: is not a key"),
        (lambda v: v["questions"].append({**v["questions"][0], "id": "r"}), "use one id for two things that can be"),
        (lambda v: v["questions"][0].pop("source"), r"choices\[0\].source: is missing"),
        (lambda v: v["questions"][0]["choices"][0].update(outcome="bad"), "outcome: must be one of ok, no_run"),
        (lambda v: v["questions"][0]["choices"][0].update(outcome="no_run"), r"note: is missing: it is what is said"),
        (lambda v: v["questions"][0]["choices"][0].update(facts=["bad"]), r"facts\[0\]: must be one of low_back_pain"),
        (lambda v: v["questions"][0]["choices"][0].update(stay=True), "stay: is not a key"),
        (lambda v: v["screens"][0].update(more=1), r"screens\[0\].more: is not a key"),
    ],
)
def test_a_questionnaire_that_is_wrong_is_refused_with_its_key(change: Change, sentence: str) -> None:
    values = a_questionnaire()
    change(values)  # type: ignore[arg-type]
    with pytest.raises(DefinitionError, match=sentence):
        parse_questionnaire(values)
