"""Twelve weeks of a made-up runner, for looking round. Done by the verbs that everybody uses, with a moved clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import count
from uuid import UUID, uuid5

from patella.app.knee.scores import note_score
from patella.app.knee.sitting import note_barefoot, note_sitting
from patella.app.patella import Patella
from patella.app.person.screening import answer_screening, change_profile
from patella.app.plan.plan import make_plan
from patella.app.running.runs import Surface
from patella.app.running.shoes import add_shoe
from patella.app.session.intake import Said, begin_once, take_in
from patella.app.session.training import note_loose_pain
from patella.care.choice import Scope
from patella.care.entries.kinds import Kind
from patella.care.outcomes import ScoreId
from patella.care.pain import When
from patella.care.plan import DayPlan
from patella.care.script import StepKind, script_of
from patella.care.session import Session

DAYS = 84
IDS = UUID("8a0c6b1e-64d5-5e0d-9a55-64656d6f0000")
MORNING, BREAK, EVENING, NIGHT = time(7, 20), time(10, 40), time(18, 10), time(19, 30)
ANSWERS: dict[str, object] = {
    **dict.fromkeys(("emergency", "same_day", "soon", "health"), "none"),
    "habit": ["stretching"],
    "age": "adult",
}
HAS = ["belt", "chair", "cushion", "foam-roller", "high-seat", "kettlebell", "kitchen-table", "mat", "medicine-ball"]
HAS += ["mini-band", "mirror", "pole", "resistance-band", "stair", "step", "strap", "tennis-ball", "towel", "wall"]
ASKED_AGAIN = (0, 29, 57, 80)

# The story: a sore start, an angry week after a long run downhill, one evening of too much, and a quiet end.
HILLS = range(19, 25)
TOO_MUCH = 44
AWAY = range(60, 64)
BREAKS = (9, 16, 26, 33, 47, 53, 58, 67, 71, 76, 82)
FORGETS_MORNING = frozenset({11, 30, 31, 52, 66})

# Runs on three days a week, a little longer each week; the long one of day 18, in new shoes, is twice what was usual.
RUN_AT, DESK_ENDS, BAREFOOT_MIN = time(6, 30), time(17, 40), 25
RUN_DAYS, FIRST_RUN_M, MORE_EACH_DAY_M = (0, 2, 5), 4200.0, 35.0
LONG_ONE, LONG_M = 18, 11_400.0
NEW_SHOES = 17
AFTER_HILLS_M = 3000.0
# What is true of this knee, and to be found: a long day of sitting is felt the next morning, and so is a spike.
SAT_LONG_H = 8.2
SCORES = {0: (("akps", 71), ("koos-pf", 58)), 42: (("akps", 80), ("koos-pf", 69)), 83: (("akps", 86), ("koos-pf", 78))}


def fill(app: Patella) -> None:
    """Fill an empty log with the twelve weeks up to yesterday. The same day gives the same diary."""
    ids = (str(uuid5(IDS, f"{app.today} {n}")) for n in count())
    for day in range(DAYS):
        _Day(app, day, ids).live()


class _Day:
    """One day of the made-up runner; `number` counts from 0."""

    def __init__(self, app: Patella, number: int, ids: Iterator[str]) -> None:
        self.app = app
        self.number = number
        self.ids = ids
        self.date = app.today - timedelta(days=DAYS - number)
        self.zone = app.now().tzinfo

    def live(self) -> None:
        if self.number in ASKED_AGAIN:
            self._answer()
        if self.number not in FORGETS_MORNING and self.number not in AWAY:
            note_loose_pain(self._at(MORNING), self._morning(), When.MORNING)
        self._run_and_sit()
        if self.number in BREAKS:
            self._train(BREAK, Scope.SNACK)
        if self.number % 7 not in (3, 6) and self.number not in AWAY:
            self._train(EVENING, Scope.TODAY)

    def _at(self, clock: time) -> Patella:
        moment = datetime.combine(self.date, clock, self.zone)
        return replace(self.app, now=lambda: moment, new_id=lambda: next(self.ids))

    def _ache(self) -> int:
        """The pain of this morning, and the yardstick of the day."""
        if self.number in HILLS:
            return 3
        return 2 if self.number < 12 else int(self.number < 40 or self.number % 9 == 0)  # noqa: PLR2004 - the story

    def _morning(self) -> int:
        """The pain of this morning: what is usual by now, and what yesterday added."""
        spike = self.number - 1 == LONG_ONE
        return min(self._ache() + int(_sat_h(self.number - 1) >= SAT_LONG_H) + int(spike), 4)

    def _run_and_sit(self) -> None:
        """Shoes, the run of the day, the hours at the desk, and the scores of some days."""
        if self.number in (0, NEW_SHOES):
            old = self.number == 0
            values = {"name": "Old blue ones" if old else "New light ones", "heel_drop_mm": 10.0 if old else 4.0}
            since = self.date - timedelta(days=200 if old else 0)
            add_shoe(self._at(MORNING), {**values, "since": since.isoformat(), "usual": True})
        metres = _run_m(self.number)
        if metres:
            app = self._at(RUN_AT)
            app.write(Kind.RUN_ADDED, _run_body(app.now(), metres))
        evening = self._at(DESK_ENDS)
        if self.number not in AWAY:
            note_sitting(evening, _sat_h(self.number))
        if self.number % 3 == 0:
            note_barefoot(evening, BAREFOOT_MIN)
        for score, value in SCORES.get(self.number, ()):
            note_score(evening, ScoreId(score), value)

    def _peak(self, place: int) -> int:
        """The worst pain during an exercise, by its place in the session."""
        if self.number == TOO_MUCH and place == 1:
            return 6
        return min(self._ache() + (place + self.number) % 2, 4)

    def _answer(self) -> None:
        app = self._at(MORNING)
        answer_screening(app, ANSWERS)
        if self.number == 0:
            change_profile(app, {"knees": ["right"], "usual_pain": 2, "has": HAS})

    def _train(self, clock: time, scope: Scope) -> None:
        app = self._at(clock)
        plan = make_plan(app, scope=scope, pain_now=self._ache())
        if plan.items:
            self._walk(app, plan, clock)

    def _walk(self, app: Patella, plan: DayPlan, clock: time) -> None:
        taken = begin_once(app, next(self.ids), lambda: plan, before=self._ache())
        events = list(self._events(taken.session))
        if clock is EVENING:
            ache = self._ache() + int(self.number == TOO_MUCH)
            body: dict[str, object] = {"when": When.AFTER.value, "nprs": ache}
            events.append(Said(id=next(self.ids), kind=Kind.PAIN_NOTED, at=self._at(NIGHT).now(), body=body))
        take_in(self._at(NIGHT), taken.session.id, events)

    def _events(self, session: Session) -> Iterator[Said]:
        """Every set and answer of a session, at the moment of its step."""
        moment = session.begun_at
        sets: dict[tuple[int, str], int] = {}
        for step in script_of(session.tasks):
            task = session.tasks[step.task]
            moment += timedelta(seconds=step.seconds or (step.reps or 0) * (task.tempo.rep_s if task.tempo else 4))
            if step.kind is StepKind.PAIN:
                body: dict[str, object] = {"when": When.DURING.value, "nprs": self._peak(step.task), "item": step.task}
                yield Said(id=next(self.ids), kind=Kind.PAIN_NOTED, at=moment, body=body)
            elif step.ends_set:
                place = (step.task, step.side)
                sets[place] = sets.get(place, 0) + 1
                body = {"item": step.task, "exercise": task.exercise_id, "side": step.side, "set": sets[place]}
                body |= {"reps": task.asked.reps, "holds": task.asked.holds, "hold_s": task.asked.hold_s}
                body |= {"load_kg": task.load_kg, "band": task.band, "level": task.level, "form_ok": None}
                yield Said(id=next(self.ids), kind=Kind.SET_DONE, at=moment, body=body)
        yield Said(id=next(self.ids), kind=Kind.SESSION_FINISHED, at=moment, body={})


def _sat_h(number: int) -> float:
    """Hours of sitting on a day: no rhythm is in them."""
    return round(4 + uuid5(IDS, f"desk {number}").int % 11 * 0.6, 1)


def _run_m(number: int) -> float:
    """Metres run on a day, 0 for none."""
    if number == LONG_ONE:
        return LONG_M
    if number % 7 not in RUN_DAYS or number in HILLS or number in AWAY:
        return 0.0
    if HILLS.stop <= number < HILLS.stop + 7:
        return AFTER_HILLS_M
    return FIRST_RUN_M + MORE_EACH_DAY_M * number + (600.0 if number % 7 == RUN_DAYS[-1] else 0.0)


def _run_body(start: datetime, metres: float) -> dict[str, object]:
    moving_s = round(metres * 0.372)
    return {
        "start": start.isoformat(timespec="seconds"),
        "sport": "running",
        "distance_m": metres,
        "moving_s": moving_s,
        "elapsed_s": moving_s + 90,
        "cadence_spm": 162 + round(metres) % 7,
        "ascent_m": 140 if metres == LONG_M else 30,
        "name": "Hills" if metres == LONG_M else None,
        "shoe": None,
        "surface": Surface.TRAIL.value if metres == LONG_M else Surface.ROAD.value,
        "source": "fit",
        "file": None,
        "original": None,
    }
