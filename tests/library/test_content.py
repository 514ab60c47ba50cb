"""What the library says: the routine whole, every claim with its source, and words that frighten nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

import pytest

from patella.care.exercise import Counts, Exercise, Footwear, Group, Level, Load, Sides, View
from patella.care.fact import Fact
from patella.care.lesson import Lesson, Occasion, count_words, plain_of
from patella.care.library import check_agreement
from patella.care.questionnaire import Outcome
from patella.care.source import OURS
from patella.files.library import own_folder, own_lessons, own_library

LIBRARY = own_library()
ASKED = LIBRARY.questionnaire
EXERCISES = tuple(LIBRARY.exercises.values())
LESSONS = tuple(own_lessons().values())
SIX = tuple(e for e in EXERCISES if e.group is Group.ROUTINE)
BONES, DANCE, STRAP, BAND, SQUEEZE, BELL = SIX
every_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda e: e.id)
HOP = LIBRARY.exercises["hop"]
every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)


# --- the routine, as it is


def test_the_six_are_all_there_in_their_order() -> None:
    assert [(e.routine_number, e.name) for e in SIX] == [
        (1, "Rotate your bones"),
        (2, "Dance, patella, dance"),
        (3, "Strap stretch"),
        (4, "Terminal knee extension"),
        (5, "Medicine ball squeeze"),
        (6, "Kettlebell knee extension"),
    ]


@pytest.mark.parametrize("exercise", [BONES, DANCE, BAND], ids=lambda e: e.id)
def test_three_of_the_six_ask_for_two_sets_of_six_to_twelve(exercise: Exercise) -> None:
    assert (exercise.dose.sets, exercise.dose.reps) == (2, (6, 12))


def test_the_strap_stretch_asks_for_holds_of_thirty_seconds_repeated_on_each_leg() -> None:
    assert (STRAP.dose.sets, STRAP.dose.holds, STRAP.dose.hold_s, STRAP.dose.hold_top_s) == (2, 1, 30, 30)
    assert STRAP.sides is Sides.EACH


def test_the_squeeze_asks_for_two_sets_of_five_holds_of_ten_seconds() -> None:
    assert (SQUEEZE.dose.sets, SQUEEZE.dose.holds, SQUEEZE.dose.hold_s) == (2, 5, 10)


def test_the_kettlebell_asks_for_two_sets_of_three_to_six_and_nine_pounds_at_most() -> None:
    assert (BELL.dose.sets, BELL.dose.reps) == (2, (3, 6))
    assert BELL.dose.loads_kg[0] == 0
    assert BELL.dose.loads_kg[-1] == 4.08
    assert round(4.08 / 0.45359237) == 9
    assert BELL.sides is Sides.EACH


def test_the_kettlebell_and_the_hop_are_for_the_advanced_and_have_to_open() -> None:
    assert [e.id for e in EXERCISES if e.level is Level.ADVANCED] == [BELL.id, HOP.id]
    assert [e.id for e in EXERCISES if e.unlock] == [BELL.id, HOP.id]


def test_the_hop_opens_last_after_ten_weeks_twenty_green_sessions_and_on_a_quiet_knee() -> None:
    unlock = HOP.unlock
    assert unlock is not None
    assert (unlock.min_days, unlock.green_sessions, unlock.amber_free_days, unlock.max_pain) == (70, 20, 14, 1)
    assert unlock.top_of == "split-squat"
    assert HOP.harder == ()


def test_nobody_hops_on_a_joint_or_bone_that_has_to_be_asked_about_first() -> None:
    shut = {g.fact for g in HOP.gates}
    one_leg = {g.fact for g in LIBRARY.exercises["lateral-step-down"].gates}
    assert one_leg | {Fact.OSTEOPOROSIS, Fact.PATELLAR_TENDON_PAIN, Fact.CALF_WARNING, Fact.HIP_JOINT_PAIN} <= shut


def test_the_kettlebell_joins_the_plan_after_a_week_three_green_sessions_and_seven_calm_days() -> None:
    unlock = BELL.unlock
    assert unlock is not None
    assert (unlock.min_days, unlock.green_sessions, unlock.amber_free_days, unlock.max_pain) == (7, 3, 7, 2)
    assert unlock.top_of is None


def test_the_kettlebell_begins_with_the_half_of_the_arc_that_is_kinder() -> None:
    arc = BELL.arc
    assert arc is not None
    assert (arc.partial_deg, arc.partial_days, arc.full_after_green, arc.source) == ((90, 45), 14, 4, "powers-2014")
    assert arc.full_deg[0] == 90


def test_the_six_are_barefoot_and_the_kettlebell_in_sneakers() -> None:
    assert [e.footwear for e in SIX] == [Footwear.BAREFOOT] * 5 + [Footwear.SNEAKERS]
    assert [e.id for e in EXERCISES if e.footwear is Footwear.SNEAKERS] == [BELL.id]


def test_only_the_dance_needs_bare_legs() -> None:
    assert [e.id for e in EXERCISES if e.bare_legs] == [DANCE.id]


def test_the_six_need_what_the_routine_says() -> None:
    assert [e.equipment for e in SIX] == [
        (),
        ("mirror",),
        ("strap",),
        ("resistance-band", "pole"),
        ("medicine-ball", "high-seat"),
        ("kettlebell", "high-seat"),
    ]


def test_the_squeeze_is_never_for_a_sore_back_and_says_so() -> None:
    (gate,) = [g for g in SQUEEZE.gates if g.fact is Fact.LOW_BACK_PAIN]
    assert gate.source == "routine"
    assert "Never with low back pain" in " ".join(SQUEEZE.words.cautions)
    shut = [e.id for e in EXERCISES for g in e.gates if g.fact is Fact.LOW_BACK_PAIN]
    assert shut == [SQUEEZE.id, "straight-leg-raise"]


@pytest.mark.parametrize(
    ("exercise", "said"),
    [
        (BONES, ["Stack ankles, knees and hips", "Turn your thighs inward", "shins turn the other way"]),
        (DANCE, ["mirror", "Look at your kneecaps", "tighten the front of both thighs", "Let go completely", "loose"]),
        (STRAP, ["Lie on your back", "foot to 90 degrees", "Straighten the knee fully", "turn the thigh outward"]),
        (STRAP, ["foot points off to the side", "Only now bring the leg across"]),
        (BAND, ["height of your knee", "Step into the loop with one leg", "behind that knee", "foot and knee in line"]),
        (BAND, ["The heel stays down"]),
        (SQUEEZE, ["feet hang free", "squeeze the ball", "ten seconds"]),
        (BELL, ["sneakers", "thigh level", "90 degrees", "lower in three seconds", "Three to six", "the other leg"]),
    ],
    ids=lambda value: value.id if isinstance(value, Exercise) else "",
)
def test_the_six_are_told_as_the_routine_does_them(exercise: Exercise, said: list[str]) -> None:
    how = " ".join(exercise.words.how)
    assert [part for part in said if part not in how] == []


def test_the_heel_never_rises_in_the_terminal_knee_extension() -> None:
    assert "heel_rise" in BAND.words.cues
    assert any("heel lifts" in m for m in BAND.words.mistakes)
    assert "heel never leaves the floor" in BAND.words.figure


def test_bones_turn_on_straight_legs_without_a_load_and_end_in_the_middle() -> None:
    told = " ".join((*BONES.words.how, *BONES.words.cautions))
    for said in ("never bent", "Never on bent knees", "with a band or weight", "Finish in the middle"):
        assert said in told


def test_rolling_hips_and_stretching_stand_beside_the_six() -> None:
    by_group = {g: [e.id for e in EXERCISES if e.group is g] for g in Group}
    assert set(by_group[Group.ROLLING]) == {"roll-it-band", "roll-peroneals", "roll-calves"}
    assert len(by_group[Group.HIPS]) == 7
    assert len(by_group[Group.STRETCH]) == 3
    assert len(EXERCISES) == 28


@pytest.mark.parametrize(
    ("exercise_id", "sets", "amount"),
    [
        ("side-lying-hip-abduction", 3, (8, 12)),
        ("fire-hydrant", 3, (8, 12)),
        ("side-plank", 3, 10),
        ("glute-bridge", 2, (8, 12)),
        ("lateral-band-walk", 2, (10, 15)),
        ("lateral-step-down", 2, (8, 12)),
        ("single-leg-bridge", 2, (6, 12)),
        ("split-squat", 2, (6, 12)),
        ("single-leg-calf-raise", 2, (6, 15)),
        ("quadriceps-stretch", 2, 30),
        ("calf-stretch", 2, 30),
        ("hip-flexor-stretch", 2, 30),
    ],
)
def test_hips_and_stretches_have_their_doses(exercise_id: str, sets: int, amount: object) -> None:
    dose = LIBRARY.exercises[exercise_id].dose
    assert (dose.sets, dose.reps or dose.hold_s) == (sets, amount)


def test_the_kettlebell_and_the_hop_rest_longer_than_the_others() -> None:
    assert BELL.dose.rest_s == HOP.dose.rest_s == 90
    assert all(e.dose.rest_s <= 60 for e in EXERCISES if e not in (BELL, HOP))


# --- whom it suits


def test_calf_warning_shuts_all_rolling_and_stretching() -> None:
    shut = {e.id for e in EXERCISES for g in e.gates if g.fact is Fact.CALF_WARNING}
    wanted = {e.id for e in EXERCISES if e.group in (Group.ROLLING, Group.STRETCH)} | {STRAP.id}
    assert wanted <= shut


def test_what_is_left_on_the_sorest_day_asks_nothing_of_the_knee_and_is_there() -> None:
    left = [e for e in EXERCISES if e.knee_load == 0]
    assert len(left) >= 8
    assert {e.aim for e in left} >= {"hip", "mobility", "knee"}


@every_exercise
def test_an_easier_neighbour_never_loads_the_knee_more(exercise: Exercise) -> None:
    assert all(LIBRARY.exercises[e].knee_load <= exercise.knee_load for e in exercise.easier)


@every_exercise
def test_what_takes_its_place_without_equipment_is_not_advanced_and_no_riskier(exercise: Exercise) -> None:
    if exercise.without_equipment:
        other = LIBRARY.exercises[exercise.without_equipment]
        assert other.level is Level.EVERYONE
        assert other.aim == exercise.aim or exercise.group is Group.ROLLING


@every_exercise
def test_what_is_loaded_says_so_by_its_knee_load_or_its_aim(exercise: Exercise) -> None:
    if exercise.knee_load >= 2:
        assert exercise.load is Load.LOADED


def test_a_camera_counts_only_what_can_be_seen() -> None:
    honest = {e.id: (e.camera.view, e.camera.counts) for e in EXERCISES}
    assert honest[BAND.id] == honest[BELL.id] == (View.SIDE, Counts.REPS)
    assert honest[STRAP.id] == (View.SIDE, Counts.HOLD)
    assert honest[BONES.id][1] == honest[DANCE.id][1] == Counts.MIRROR
    assert {honest[e.id] for e in EXERCISES if e.group is Group.ROLLING} == {(View.NONE, Counts.NOTHING)}


# --- claims and sources


@every_exercise
def test_every_claim_of_an_exercise_has_a_source(exercise: Exercise) -> None:
    assert set(exercise.sources) == exercise.claimed <= set(LIBRARY.sources)
    assert exercise.words.cited


def test_nothing_in_the_library_disagrees() -> None:
    assert [str(p) for p in check_agreement(LIBRARY)] == []


def test_what_research_does_not_support_is_said_beside_the_exercise() -> None:
    assert "Research does not support that" in SQUEEZE.words.evidence
    assert {"song-2009", "smith-2009"} <= set(SQUEEZE.words.cited)
    assert {"liao-2015", "esculier-2020"} <= set(BONES.words.cited)
    assert {"smith-2009", "esculier-2020"} <= set(DANCE.words.cited)


# --- the questions

WORDS_BEFORE_THE_FIRST_PLAN = 320
SCREENS_BEFORE_THE_FIRST_PLAN = 7
SOON = (
    "giving_way swelling groin_or_limp stiff_hip bone_spot lump severe_or_rising night_pain cancer_new_pain heart "
    "no_better"
)


def test_the_questions_come_most_urgent_first_and_end_with_the_person() -> None:
    assert [s.id for s in ASKED.screens] == ["emergency", "same_day", "soon", "health", "about"]
    assert [q.id for q in ASKED.questions if not q.when] == ["emergency", "same_day", "soon", "health", "habit", "age"]
    assert len(ASKED.screens) + 2 <= SCREENS_BEFORE_THE_FIRST_PLAN


def test_what_everybody_has_to_read_is_short() -> None:
    """Titles, lines and buttons of the lists; the pages count their own words too."""
    read = [s.title for s in ASKED.screens]
    for question in (q for q in ASKED.questions if not q.when):
        read += [c.text for c in question.choices]
        read += [question.ask] if question.screen == "about" else []
    read += ["None of these"] * 4
    assert len([w for text in read for w in text.split() if re.search("[A-Za-z]", w)]) < WORDS_BEFORE_THE_FIRST_PLAN


@pytest.mark.parametrize(
    ("list_id", "outcome", "ids"),
    [
        ("emergency", "emergency", "out_of_shape cannot_lift fever hot_joint chest_pain saddle_numbness"),
        ("same_day", "same_day", "cannot_walk pop locking giving_way_injury hot calf foot_drop worst_pain"),
        ("soon", "soon", SOON),
        ("health", "clinician_first", "knee_ligament joint_replacement"),
        ("surgery", "clinician_first", "knee hip"),
        ("kneecap_out", "clinician_first", "recent"),
        ("pregnancy", "no_run", "birth pelvic_floor pelvic_pain"),
        ("back", "soon", "numb_leg"),
        ("injury", "same_day", "age_55 tender_bone no_bend"),
        ("sudden_inner_pain", "soon", "yes"),
        ("age", "soon", "under_16 sixteen"),
        ("child_limp", "same_day", "yes"),
        ("teenage_limp", "same_day", "yes"),
    ],
)
def test_each_line_leads_where_the_table_of_red_flags_says(list_id: str, outcome: str, ids: str) -> None:
    (question,) = [q for q in ASKED.questions if q.id == list_id]
    assert [c.id for c in question.choices if c.outcome is not Outcome.OK] == ids.split()
    assert {c.outcome.value for c in question.choices if c.outcome is not Outcome.OK} == {outcome}


def test_every_question_has_a_good_answer_and_none_is_good_by_default() -> None:
    for question in ASKED.questions:
        assert question.many or any(c.outcome is Outcome.OK for c in question.choices)
        assert len({c.id for c in question.choices}) == len(question.choices)


def test_no_line_of_a_list_leans_on_another() -> None:
    for question in ASKED.questions:
        assert not [c.text for c in question.choices if re.search("none of the|at least one|next choice", c.text)]


@pytest.mark.parametrize(
    ("exercise", "fact"),
    [
        (SQUEEZE.id, Fact.KNEE_LIGAMENT),
        (SQUEEZE.id, Fact.KNEE_SURGERY),
        ("squat", Fact.KNEE_LIGAMENT),
        ("squat", Fact.KNEECAP_DISLOCATION),
        ("squat", Fact.JOINT_REPLACEMENT),
        ("straight-leg-raise", Fact.LOW_BACK_PAIN),
        ("quadriceps-stretch", Fact.PATELLAR_TENDON_PAIN),
        ("quadriceps-stretch", Fact.BONY_BUMP_PAIN),
        ("glute-bridge", Fact.LATE_PREGNANCY),
    ],
)
def test_what_would_provoke_is_shut(exercise: str, fact: Fact) -> None:
    assert fact in {g.fact for g in LIBRARY.exercises[exercise].gates}


def test_three_sore_places_have_words_of_their_own() -> None:
    places = (Fact.PATELLAR_TENDON_PAIN, Fact.BONY_BUMP_PAIN, Fact.OUTER_KNEE_PAIN)
    assert len({BELL.words.gates[f.value] for f in places}) == 3


def test_the_bones_are_not_turned_above_pain_of_two() -> None:
    assert {e.id: e.max_pain_now for e in EXERCISES if e.max_pain_now is not None} == {BONES.id: 2}


def test_only_being_under_eighteen_stays() -> None:
    stays = {(q.id, c.id) for q in ASKED.questions for c in q.choices if c.stays}
    assert stays == {("age", "sixteen"), ("age", "under_16"), ("child_limp", "yes"), ("teenage_limp", "yes")}


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("emergency", "Call your emergency number or go to an emergency department now"),
        ("same_day", "Do not exercise or run until you have been seen"),
        ("soon", "running are paused until you confirm that you were assessed"),
        ("clinician_first", "Exercise and running begin with their yes"),
        ("ok", "That is not a diagnosis"),
        ("always", "not a diagnosis. Stop and ask for help with new swelling, locking, giving way, fever"),
    ],
)
def test_the_texts_say_what_to_do(key: str, said: str) -> None:
    assert said in LIBRARY.questionnaire.texts[key]


# --- words

FORBIDDEN = re.compile(
    r"misalign|\bdamag|\bwear\b(?! off)|worn|push(ing)? through|no pain,? no gain|out of (its|the) groove|\bgroove|"
    r"\bmaltrack|degenerat|\bcripple|\bdestroy|\bruin|must not move|\bguarantee|\bcure\b|\bfail(ed|ure)?\b|"
    r"target(s|ing)? the (VMO|vastus|inner)|\bVMO\b",
    re.IGNORECASE,
)


def texts_of(exercise: Exercise) -> Iterator[str]:
    words = exercise.words
    yield from (words.name, words.summary, *words.how, words.feel, *words.mistakes, *words.cautions, words.evidence)
    yield from (*words.cues.values(), *words.gates.values(), words.figure)


def all_texts() -> Iterator[tuple[str, str]]:
    for exercise in EXERCISES:
        yield from ((exercise.id, text) for text in texts_of(exercise))
    yield from ((f"reason {t.key}", t.text) for t in LIBRARY.reasons.values())
    yield from ((f"source {s.id}", s.finding) for s in LIBRARY.sources.values())
    yield from LIBRARY.questionnaire.texts.items()
    yield from ((f"lesson {e.id}", " ".join([e.title, *map(plain_of, e.paragraphs)])) for e in LESSONS)
    for question in LIBRARY.questionnaire.questions:
        yield question.id, f"{question.ask} {question.note or ''}"
        yield from ((question.id, f"{c.text} {c.note or ''}") for c in question.choices)


def test_no_text_frightens_blames_or_promises() -> None:
    assert [(where, text) for where, text in all_texts() if FORBIDDEN.search(text)] == []


def test_the_guard_against_such_words_works() -> None:
    for text in ("Your kneecap is out of its groove.", "Wear and tear", "Push through it", "This targets the VMO"):
        assert FORBIDDEN.search(text)
    assert not FORBIDDEN.search("Wear off slowly")


@every_exercise
def test_an_exercise_tells_when_to_make_it_easier_and_when_to_stop(exercise: Exercise) -> None:
    feel = exercise.words.feel
    assert re.search(r"\b2( of 10)?\b", feel)
    assert re.search(r"\bstop\b", feel, re.IGNORECASE)


@every_exercise
def test_cues_are_short_enough_to_be_spoken_between_two_breaths(exercise: Exercise) -> None:
    assert [c for c in exercise.words.cues.values() if len(c.split()) > 9] == []


@every_exercise
def test_how_an_exercise_goes_is_told_in_a_few_steps(exercise: Exercise) -> None:
    assert 4 <= len(exercise.words.how) <= 8


# --- lessons

A_FIGURE = re.compile(
    r"\d %|\b\d+ (people|runners|women|others|studies|weeks|painless)|\b(research|review|panel|trials?|study)\b",
    re.IGNORECASE,
)


@every_lesson
def test_a_lesson_is_one_idea_in_half_a_minute(lesson: Lesson) -> None:
    assert 60 <= count_words(lesson) <= 110
    assert 1 <= len(lesson.paragraphs) <= 2
    assert len(lesson.title.split()) <= 10
    assert not lesson.title.endswith(".")


@every_lesson
def test_every_sentence_of_a_lesson_that_tells_of_research_cites_it(lesson: Lesson) -> None:
    sentences = [s for p in lesson.paragraphs for s in re.split(r"(?<=[.!?])\s+(?=[A-Z])", p)]
    assert [s for s in sentences if A_FIGURE.search(plain_of(s)) and "[" not in s] == []
    assert set(lesson.cited) <= set(LIBRARY.sources)


@every_lesson
def test_no_lesson_rests_on_our_own_word_alone(lesson: Lesson) -> None:
    assert [c for c in lesson.cited if LIBRARY.sources[c].kind not in OURS]


@every_lesson
def test_a_lesson_speaks_in_short_sentences(lesson: Lesson) -> None:
    sentences = [s for p in lesson.paragraphs for s in re.split(r"(?<=[.!?;:])\s+", plain_of(p))]
    assert [s for s in sentences if len(s.split()) > 36] == []


def test_the_first_days_bring_load_pain_time_and_what_helps_in_this_order() -> None:
    assert [e.id for e in LESSONS if Occasion.FIRST_DAYS in e.fits] == ["load", "alarm", "months", "together"]
    assert [e.id for e in LESSONS[:4]] == ["load", "alarm", "months", "together"]


def test_lessons_that_advise_on_running_say_so() -> None:
    assert {e.id for e in LESSONS if e.running} == {"running", "shorter-steps", "hills"}
    assert {e.id for e in LESSONS if Occasion.RUN in e.fits} == {"running", "shorter-steps", "hills"}


@pytest.mark.parametrize(
    ("lesson_id", "said", "cited"),
    [
        ("shoes", "a trade", {"routine", "gu-2024", "patella-rules"}),
        ("ground", "Little is known for certain", {"routine", "van-der-worp-2015"}),
        ("sitting", "that it is the cause is not", {"routine", "collins-2016", "ophey-2024"}),
        ("sideways", "let go of the story", {"routine", "drew-2016", "esculier-2020", "smith-2009"}),
    ],
)
def test_what_the_routine_blames_is_told_with_what_is_doubted_about_it(
    lesson_id: str, said: str, cited: set[str]
) -> None:
    lesson = own_lessons()[lesson_id]
    assert said in " ".join(lesson.paragraphs)
    assert cited <= set(lesson.cited)


def test_the_lesson_on_arthritis_counts_the_fifty_who_were_x_rayed_and_no_more() -> None:
    told = " ".join(own_lessons()["arthritis"].paragraphs)
    assert "Fifty people" in told
    assert "48 of them showed no arthritis" in told
    assert "98 %" not in told


@pytest.mark.parametrize("lesson_id", ["alarm", "bad-day", "noises"])
def test_what_takes_fear_away_also_says_when_to_be_seen(lesson_id: str) -> None:
    assert re.search(r"looked at|be seen|Show a knee", " ".join(own_lessons()[lesson_id].paragraphs))


def test_a_reason_speaks_only_of_what_it_is_given() -> None:
    known = {
        *("pain_now", "peak", "days", "instead_of", "thing", "use", "sets", "range", "load", "step", "steps"),
        *("from_deg", "to_deg", "rest_s", "why", "min_days", "needed", "green", "exercise", "max_pain", "things"),
        *("neighbour", "own", "weeks", "below", "hold_s", "severe", "before", "now", "whom"),
        *("cap", "on", "of", "until", "done", "longest", "distance", "pain", "run", "walk", "least", "most"),
        *("base", "cadence", "low", "high", "number", "by"),
    }
    spoken = {name for t in LIBRARY.reasons.values() for _, name, _, _ in Formatter().parse(t.text) if name}
    assert spoken == known


def test_every_exercise_has_its_three_files() -> None:
    for exercise in EXERCISES:
        names = {f.name for f in (own_folder() / "exercises" / exercise.id).iterdir()}
        assert {"exercise.toml", "en.md", "movement.toml"} <= names
