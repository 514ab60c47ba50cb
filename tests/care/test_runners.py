"""Twenty-four runners: who they are, what they say and do, and what must be true of their plan and their running.

Each row was once tried by hand, and what was wrong with it is what its musts hold. One more runner is one more row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import pytest

from care.runners import an_answer
from care.stories import (
    LIBRARY,
    a_history,
    a_person,
    a_plan,
    a_screening,
    a_session,
    a_yes,
    an_item,
    answers_naming,
    at,
    day,
    ids,
)
from care.test_trajectories import LIVES
from patella.care.choice import Scope
from patella.care.clearance import Standing
from patella.care.history import History
from patella.care.line import Ground
from patella.care.person import Habit, Knee, Person
from patella.care.plan import DayPlan
from patella.care.run import Felt, Run
from patella.care.running import RunningAdvice, advise
from patella.care.watch import Worry

NEW = a_person(habit=Habit.NONE)
BAND, BELL, SQUEEZE = "terminal-knee-extension", "kettlebell-knee-extension", "medicine-ball-squeeze"
TODAY = 40
Answers = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a runner is shown on a day."""

    plan: DayPlan
    advice: RunningAdvice
    life: str | None

    @property
    def chosen(self) -> list[str]:
        return ids(self.plan)

    @property
    def knee_load(self) -> int:
        return max((i.exercise.knee_load for i in self.plan.items), default=0)

    @property
    def day_says(self) -> str:
        return " ".join(r.text for r in self.plan.because)

    @property
    def shut(self) -> Mapping[str, str]:
        return {s.exercise.id: s.because.text for s in self.plan.shut}

    def levels(self) -> Mapping[str, list[tuple[int, int, float]]]:
        """The doses of every exercise over a whole life, in their order."""
        found: dict[str, list[tuple[int, int, float]]] = {}
        for plan in _plans_of(self.life):
            for item in plan.items:
                found.setdefault(item.exercise.id, []).append(item.asked.hardness)
        return found

    def worries(self) -> list[tuple[int, Worry]]:
        """On which days of a life something was to be shown to somebody."""
        return [((p.day - day(0)).days, c.worry) for p in _plans_of(self.life) for c in p.concerns]


@cache
def _plans_of(life: str | None) -> Sequence[DayPlan]:
    assert life is not None, "this runner has no life that is told"
    return LIVES[life].live().plans


Must = Mapping[str, Callable[[Seen], bool]]


@dataclass(frozen=True, kw_only=True)
class Runner:
    """One row: `named` are the answers of the screening that are not calm; `km` are runs as (day, km)."""

    who: str
    must: Must
    person: Person = NEW
    named: Answers = field(default_factory=dict)
    on: int = TODAY
    history: Callable[[History], History] = lambda h: h
    km: tuple[tuple[int, float], ...] = ()
    felt: Felt = field(default_factory=Felt)
    life: str | None = None

    def seen(self) -> Seen:
        screened = a_screening(day(self.on - 1), **self.named)
        history = self.history(a_history(screened=(screened,), mornings={}))
        runs = tuple(Run(day=day(n), distance_m=km * 1000) for n, km in self.km)
        return Seen(
            plan=a_plan(day(self.on), history, self.person),
            advice=advise(day(self.on), runs, LIBRARY.reasons, felt=self.felt),
            life=self.life,
        )


def went_well(*numbers: int) -> Felt:
    return Felt(of_runs={day(n): an_answer() for n in numbers}, mornings={day(n): 0 for n in range(TODAY + 1)}, usual=0)


def health(*named: str, **more: object) -> Answers:
    return {"health": list(named), **more}


def yesterday(pain: int, *, since: int = 1) -> Callable[[History], History]:
    """So much pain on each of the last days."""
    return lambda h: replace(h, pains={day(TODAY - n): pain for n in range(1, since + 1)})


WEEKLY_HALF = tuple((n, 10.0) for n in range(12, TODAY - 2, 3))
RUNS_WELL = went_well(*(n for n, _ in WEEKLY_HALF))


def is_open(seen: Seen) -> bool:
    return seen.plan.clearance.is_open


def no_running(seen: Seen) -> bool:
    return not seen.plan.clearance.may_run


def nothing(seen: Seen) -> bool:
    return seen.plan.items == ()


RUNNERS: Mapping[int, Runner] = {
    1: Runner(
        who="plain, has never trained hips",
        must={
            "the plan is open": is_open,
            "the band, the ball, and hips lying down": lambda s: (
                s.chosen == [BAND, SQUEEZE, "side-lying-hip-abduction", "glute-bridge"]
            ),
            "about twenty minutes": lambda s: 12 * 60 < s.plan.seconds < 22 * 60,
        },
    ),
    2: Runner(
        who="fit, trains hips regularly",
        person=a_person(habit=Habit.REGULAR),
        life="trained",
        must={
            "as much work as anybody": lambda s: len(s.chosen) == 4,
            "a harder rung instead of fewer": lambda s: "single-leg-bridge" in s.chosen,
            "not the bottom of the range": lambda s: (
                next(i.asked.reps for i in s.plan.items if i.exercise.id == "single-leg-bridge") == 9
            ),
            "one leg, a high step and a hop in twelve weeks": lambda s: (
                {
                    "split-squat",
                    "single-leg-calf-raise",
                    "hop",
                }
                <= set(s.levels())
            ),
        },
    ),
    3: Runner(
        who="injured two days ago, no other sign",
        named=answers_naming("same_day", "injured"),
        must={
            "the plan is open": is_open,
            "a calm day": lambda s: s.knee_load <= 1,
            "and it says why": lambda s: "You hurt this knee within the last week" in s.day_says,
        },
    ),
    4: Runner(
        who="sore tendon below the kneecap; on the outer side; at the bump",
        named={**answers_naming("one_spot", "tendon")},
        must={
            "the plan is open": is_open,
            "three conditions, three texts": lambda _: (
                len(
                    {
                        Runner(who="", must={}, named=answers_naming("one_spot", place)).seen().shut.get(BELL, place)
                        for place in ("tendon", "bump", "outer")
                    }
                )
                == 3
            ),
            "no kettlebell for the tendon": lambda s: BELL in s.shut,
        },
    ),
    5: Runner(
        who="17 years old, with a limp",
        named=answers_naming("teenage_limp", "yes"),
        must={
            "nothing to do": nothing,
            "seen today": lambda s: s.plan.clearance.standing is Standing.SAME_DAY,
            "no weight on the leg": lambda s: any("Do not put weight" in n for n in s.plan.clearance.notes),
            "no running": no_running,
        },
    ),
    6: Runner(
        who="14 years old, with a limp",
        named=answers_naming("child_limp", "yes"),
        must={
            "nothing to do": nothing,
            "seen today": lambda s: s.plan.clearance.standing is Standing.SAME_DAY,
            "no yes reopens it here": lambda s: s.plan.clearance.stays,
            "no running": no_running,
        },
    ),
    7: Runner(
        who="knee surgery within a year and a torn ligament",
        named={**answers_naming("surgery", "knee"), "health": ["surgery", "knee_ligament"]},
        km=WEEKLY_HALF,
        felt=RUNS_WELL,
        must={
            "nothing before the surgeon's yes": nothing,
            "it says so": lambda s: s.plan.clearance.standing is Standing.CLINICIAN_FIRST,
            "no running either": no_running,
            "with a yes it opens, without what the ligament shuts": lambda _: {SQUEEZE, "squat", BELL}.isdisjoint(
                ids(
                    a_plan(
                        day(TODAY),
                        replace(
                            a_history(
                                screened=(
                                    a_screening(
                                        day(TODAY - 1),
                                        **{
                                            **answers_naming("surgery", "knee"),
                                            "health": ["surgery", "knee_ligament"],
                                        },
                                    ),
                                )
                            ),
                            assessed=(a_yes(at(day(TODAY - 1), 20)),),
                        ),
                        NEW,
                        scope=Scope.FULL,
                    )
                )
            ),
        },
    ),
    8: Runner(
        who="pregnant, with pain in the pelvis",
        named=answers_naming("pregnancy", "pelvic_pain"),
        must={
            "the plan is open": is_open,
            "running waits, and it says so": lambda s: (
                no_running(s) and "running" in (s.plan.clearance.no_run_text or "")
            ),
            "nothing that strains the pelvis": lambda s: {SQUEEZE, "side-lying-hip-abduction"}.isdisjoint(s.chosen),
        },
    ),
    9: Runner(
        who="usual pain 3: before 3, during 4, an hour after 3, next morning 3",
        life="usual",
        must={
            "it rises, slowly": lambda s: s.levels()[BAND][0] < s.levels()[BAND][10] < s.levels()[BAND][-1],
            "at six weeks somebody should see it": lambda s: s.worries()[0] == (42, Worry.UNCHANGED),
            "no harder rung while it hurts": lambda s: "squat" not in s.levels(),
        },
    ),
    10: Runner(
        who="usual pain 2, at most 3",
        life="usual-two",
        must={
            "it rises": lambda s: s.levels()[BAND][0] < s.levels()[BAND][-1],
            "hips rise as well": lambda s: s.levels()["glute-bridge"][0] < s.levels()["glute-bridge"][-1],
            "no harder rung while it hurts": lambda s: "squat" not in s.levels(),
        },
    ),
    11: Runner(
        who="green for twelve weeks",
        life="calm",
        must={
            "squat and split squat": lambda s: {"squat", "split-squat"} <= set(s.levels()),
            "bridge and calf on one leg": lambda s: {"single-leg-bridge", "single-leg-calf-raise"} <= set(s.levels()),
            "the highest step": lambda s: s.levels()["lateral-step-down"][-1][1] == 2,
            "the hop, at the end": lambda s: "hop" in s.levels(),
            "the routine's 4.08 kg": lambda s: max(h[1] for h in s.levels()[BELL]) == 2,
            "hips with weight": lambda s: max(h[1] for h in s.levels()["side-lying-hip-abduction"]) > 0,
        },
    ),
    12: Runner(
        who="60 years old, a beginner with one run of a kilometre",
        named=answers_naming("sudden_inner_pain", "no"),
        person=a_person(habit=Habit.NONE, has=frozenset()),
        km=((TODAY - 3, 1.0),),
        felt=went_well(TODAY - 3),
        must={
            "the plan is open": is_open,
            "age is asked": lambda _: any(q.id == "sudden_inner_pain" for q in LIBRARY.questionnaire.questions),
            "running and walking in turns": lambda s: s.advice.run_walk_min is not None,
            "more than a tenth of a kilometre further": lambda s: (s.advice.cap_m or 0) > 1100,
            "no step that is not to be had": lambda s: (
                "resistance-band" not in {t for i in s.plan.items for t in i.exercise.equipment}
            ),
        },
    ),
    13: Runner(
        who="osteoporosis, blood thinners, high blood pressure",
        named={
            **answers_naming("health", "osteoporosis"),
            **health("osteoporosis", "blood_thinners", "high_blood_pressure"),
        },
        must={
            "the plan is open": is_open,
            "no rollers, no squeeze, no weight on the foot": lambda s: (
                {"roll-calves", "roll-it-band", SQUEEZE, BELL} <= set(s.shut)
            ),
            "each says why": lambda s: all(len(s.shut[e]) > 20 for e in (SQUEEZE, BELL)),
        },
    ),
    14: Runner(
        who="knees that bend backwards",
        must={
            "the band says to stop short": lambda _: (
                "backwards" in " ".join(LIBRARY.exercises[BAND].words.cautions + LIBRARY.exercises[BAND].words.mistakes)
            )
        },
    ),
    15: Runner(
        who="training for a marathon, 5 of 10 today",
        km=tuple((n, 29.0 if n % 7 == 6 else 10.0) for n in range(10, TODAY, 2)),
        felt=replace(went_well(*range(10, TODAY - 1, 2)), now=5),
        must={"about sixty per cent of the usual run, not the longest": lambda s: 0 < (s.advice.cap_m or 0) <= 6500},
    ),
    16: Runner(
        who="the day after a marathon",
        km=(*WEEKLY_HALF, (TODAY - 1, 42.2)),
        felt=RUNS_WELL,
        must={
            "no second marathon": lambda s: (s.advice.cap_m or 0) <= 11_000,
            "one text that does not contradict itself": lambda s: (
                "46" not in " ".join(r.text for r in s.advice.because)
            ),
        },
    ),
    17: Runner(
        who="7 of 10 after a half marathon, then an easy 3 km without pain",
        km=(*((n, 10.0) for n in range(12, 30, 3)), (33, 21.1), (38, 3.0)),
        felt=Felt(
            of_runs={
                **{day(n): an_answer() for n in range(12, 30, 3)},
                day(33): an_answer(7, 5, worse=True),
                day(38): an_answer(),
            },
            mornings={day(n): 0 for n in range(36, TODAY + 1)},
            usual=0,
        ),
        must={
            "one easy run does not give it all back": lambda s: (s.advice.cap_m or 0) < 10_000,
            "and it is not stuck on 7 of 10": lambda s: (s.advice.cap_m or 0) > 0,
        },
    ),
    18: Runner(
        who="5, 5, 5, then 11 km",
        km=((30, 5.0), (33, 5.0), (36, 5.0), (39, 11.0)),
        felt=went_well(30, 33, 36, 39),
        must={"held where it was": lambda s: (s.advice.cap_m or 0) <= 5500},
    ),
    19: Runner(
        who="obeys the line every day from 5 km on",
        km=((TODAY - 13, 5.0), (TODAY - 10, 5.0), (TODAY - 7, 5.0)),
        felt=went_well(TODAY - 13, TODAY - 10, TODAY - 7),
        must={"after twelve days it is not 15 km": lambda s: obeyed(s, 12) <= 8000},
    ),
    20: Runner(
        who="pain in the groin; and a hot knee with fever",
        named=answers_naming("soon", "groin_or_limp"),
        km=WEEKLY_HALF,
        felt=RUNS_WELL,
        must={
            "nothing to do": nothing,
            "no running": no_running,
            "where to go instead of a number": lambda s: bool(s.plan.clearance.no_run_text),
            "with fever it is an emergency": lambda _: (
                Runner(who="", must={}, named=answers_naming("emergency", "fever")).seen().plan.clearance.standing
                is Standing.EMERGENCY
            ),
        },
    ),
    21: Runner(
        who="9 and 8 of 10 for ten days",
        history=yesterday(9, since=10),
        km=WEEKLY_HALF,
        felt=RUNS_WELL,
        must={
            "have it looked at": lambda s: [c.worry for c in s.plan.concerns] == [Worry.SEVERE],
            "no full day, though today nothing was said": lambda s: s.knee_load <= 1,
            "no running": no_running,
        },
    ),
    22: Runner(
        who="both knees",
        person=replace(NEW, knees=frozenset(Knee)),
        must={
            "each leg in turn": lambda s: {i.sides for i in s.plan.items} <= {("left", "right"), ("both",)},
            "no sore one first": lambda s: "side_sore_first" not in {r.key for i in s.plan.items for r in i.because},
        },
    ),
    23: Runner(
        who="artificial joint, numb feet, a sore back, with a yes",
        named={
            **answers_naming("back", "low_back_pain"),
            "health": ["joint_replacement", "numb_feet", "back"],
        },
        history=lambda h: replace(h, assessed=(a_yes(at(day(TODAY - 1), 20)),)),
        must={
            "the plan is open": is_open,
            "the gates as written": lambda s: {SQUEEZE, BELL, "lateral-step-down", "rotate-your-bones"} <= set(s.shut),
            "there is something to do": lambda s: len(s.chosen) >= 2,
        },
    ),
    24: Runner(
        who="had cancer, was seen, and answers the same a month later",
        named=answers_naming("soon", "cancer_new_pain"),
        history=lambda h: replace(
            h,
            screened=(replace(h.screened[0], at=at(day(TODAY - 32), 8), day=day(TODAY - 32)), *h.screened),
            assessed=(a_yes(at(day(TODAY - 31), 20)),),
        ),
        must={"not shut out again": is_open},
    ),
}


def obeyed(seen: Seen, days: int) -> int:
    """The line after running it every day for so many days."""
    runs = [Run(day=day(TODAY - back), distance_m=5000) for back in (13, 10, 7)]
    line = 0
    for number in range(TODAY, TODAY + days):
        felt = went_well(*((r.day - day(0)).days for r in runs))
        felt = replace(felt, mornings={day(n): 0 for n in range(number + 1)})
        line = advise(day(number), runs, LIBRARY.reasons, felt=felt).cap_m or 0
        if line:
            runs.append(Run(day=day(number), distance_m=line))
    assert seen.advice.ground is not Ground.UNKNOWN
    return line


def test_the_table_has_all_of_them() -> None:
    assert list(RUNNERS) == list(range(1, 25))


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(n, sentence) for n, runner in RUNNERS.items() for sentence in runner.must],
    ids=[f"{n}: {runner.who}: {sentence}" for n, runner in RUNNERS.items() for sentence in runner.must],
)
def test_a_runner_gets_what_a_physiotherapist_would_sign(number: int, sentence: str) -> None:
    runner = RUNNERS[number]
    assert runner.must[sentence](runner.seen()), f"{runner.who}: {sentence}"


def test_a_wary_day_after_nine_of_ten_comes_before_any_session() -> None:
    """A session that hurt leaves a sore knee; a note alone does as much."""
    session = a_history(a_session(day(TODAY - 2), an_item(BAND, peak=9)), screened=(a_screening(day(TODAY - 3)),))
    assert a_plan(day(TODAY), session).because[-1].key == "day_calm"
