"""What is open to a person today, and why the rest is shut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum

from patella.care.clearance import Clearance
from patella.care.course import Course
from patella.care.exercise import Exercise, Load
from patella.care.gate import Gate, Unlock
from patella.care.gear import stand_in
from patella.care.home_programme import HomeExercise, HomeProgramme
from patella.care.library import Library
from patella.care.pain import GREEN_MAX, Colour, colour_of
from patella.care.person import Person
from patella.care.progression import Verdict
from patella.care.reason import Reason, give

LOADED_GAP_DAYS = 2
LOADED_PER_WEEK = 3
UNLOAD_DAYS = 2
WEEK_DAYS = 7
Pains = Mapping[date, int]
Done = Mapping[str, frozenset[date]]


class Ease(IntEnum):
    """How easy the day has to be; the value is the highest knee load that is left."""

    UNLOAD = 0
    CALM = 1
    OPEN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Everything that decides about one day.

    `pains`: the worst pain of each day lately. `alarmed`: they ask for somebody to see the knee before more.
    `wish`: what is planned was asked for by name. `eased`: how easy it is said to be, whatever the knee asks, where it
    is only asked what the day would have been. `programme`: what a physiotherapist set, where that is in force; `done`:
    on which days of the last week each exercise was done.
    """

    date: date
    person: Person
    course: Course
    clearance: Clearance
    library: Library
    pain_now: int | None
    usual: float | None = None
    pains: Pains = field(default_factory=dict)
    alarmed: bool = False
    wish: bool = False
    eased: Ease | None = None
    programme: HomeProgramme | None = None
    done: Done = field(default_factory=dict)

    @property
    def ease(self) -> Ease:
        """How easy the knee asks the day to be: by what it said lately, and by what it says now."""
        if self.eased is not None:
            return self.eased
        lately = self.course.sore or self.is_injured or self.alarmed or self.is_wary
        return Ease.UNLOAD if self.is_unloading else min(self.ease_now, Ease.CALM if lately else Ease.OPEN)

    @property
    def ease_now(self) -> Ease:
        """How easy the pain of now asks the day to be.

        Amber is calm enough where it is no more than `usual`, the pain of a usual morning as of the last session:
        somebody whose knee always says 3 would have nothing but calm days.
        """
        now = colour_of(self.pain_now, cautious=self.person.cautious) if self.pain_now is not None else Colour.GREEN
        if now is Colour.RED:
            return Ease.UNLOAD
        return Ease.CALM if now is Colour.AMBER and not self.is_usual_now else Ease.OPEN

    @property
    def is_injured(self) -> bool:
        """Whether a fresh injury asks for a calm day."""
        until = self.clearance.calm_until
        return until is not None and self.date < until

    @property
    def is_wary(self) -> bool:
        """Whether the latest pain that was noted, within a week, was red, and it was not said how it is today."""
        lately = [d for d in self.pains if 0 <= (self.date - d).days <= WEEK_DAYS]
        if self.pain_now is not None or not lately:
            return False
        return colour_of(self.pains[max(lately)], cautious=self.person.cautious) is Colour.RED

    @property
    def is_usual_now(self) -> bool:
        """Whether the pain of now is known, and no more than this knee is used to."""
        return self.pain_now is not None and self.usual is not None and self.pain_now <= self.usual

    @property
    def is_unloading(self) -> bool:
        """Whether a second red within a week lies at most two days back."""
        pattern = self.course.red_pattern
        return pattern is not None and (self.date - pattern.date()).days <= UNLOAD_DAYS

    @property
    def may_load(self) -> bool:
        """Whether loaded exercises may come today: not on the day after the last, and fewer than three in seven days.

        A day that lies ahead (a clock set back, a flight westward) counts as one just behind.
        """
        days = self.course.loaded_days
        if days and (self.date - days[-1]).days < LOADED_GAP_DAYS:
            return False
        return sum(1 for d in days if d > self.date - timedelta(days=WEEK_DAYS)) < LOADED_PER_WEEK

    @property
    def keeps(self) -> bool:
        """Whether the programme is done, and what was built is only kept: not while a physiotherapist's is in force."""
        return self.person.maintenance is True and self.programme is None

    def set_for(self, exercise: Exercise) -> HomeExercise | None:
        """What a physiotherapist set for an exercise, where that is in force."""
        return self.programme.of(exercise.id) if self.programme else None

    @property
    def is_quiet(self) -> bool:
        """Whether a level may rise at all: seven days without a flare, nothing swapped, the knee calm now.

        A flare is red, or amber that was more than steady.
        """
        flare = self.course.flare_day
        quiet = flare is None or (self.date - flare).days >= WEEK_DAYS
        return (
            quiet and self.ease is Ease.OPEN and not any(self.swapped_for(e) for e in self.library.exercises.values())
        )

    def swapped_for(self, exercise: Exercise) -> Exercise | None:
        """The easier neighbour that stands in for an exercise after red at its smallest dose, until that went well.

        The first that the person may do and has the things for; where it was red at its smallest dose too, its own
        neighbour. None also where there is no such neighbour: then the smallest dose is what is left.
        """
        found = [exercise]
        while (easier := self._neighbour(found[-1])) and easier not in found:
            found.append(easier)
        return found[-1] if len(found) > 1 else None

    def _neighbour(self, exercise: Exercise) -> Exercise | None:
        progress = self.course.progress.get(exercise.id)
        if progress is None or progress.verdict is not Verdict.SWAP or progress.last_day is None:
            return None
        for easier in (self.library.exercises[e] for e in exercise.easier):
            if not shut_by(self, easier) and not missing_things(self, easier):
                tried = self.course.progress.get(easier.id)
                green = tried.last_green_day if tried else None
                return None if green is not None and green > progress.last_day else easier
        return None

    def reason(self, key: str, *, source: str | None = None, **inputs: str | float | bool | None) -> Reason:
        """A reason of the library with these inputs."""
        return give(self.library.reasons[key], source=source, **inputs)


def shut_by(day: Day, exercise: Exercise) -> Gate | None:
    """The gate that shuts an exercise for this person, whatever the day; None when none does."""
    return next((g for g in exercise.gates if g.fact in day.clearance.facts), None)


def why_shut(day: Day, exercise: Exercise) -> Reason | None:
    """Why an exercise is not open to this person today; None when it is.

    Gates first (they say most), then what an advanced exercise still asks, then how the knee is today.
    Missing equipment and rest days are asked elsewhere: they change what takes its place.
    """
    gate = shut_by(day, exercise)
    if gate:
        why = exercise.words.gates[gate.fact.value]
        return day.reason("shut_gate", source=gate.source, why=why, fact=gate.fact.value)
    if exercise.unlock:
        locked = _why_locked(day, exercise, exercise.unlock)
        if locked:
            return locked
    most = exercise.max_pain_now
    if most is not None and day.pain_now is not None and day.pain_now > most:
        return day.reason("shut_pain", source="patella-rules", pain_now=day.pain_now, max_pain=most)
    if exercise.knee_load > day.ease:
        return day.reason("shut_calm", knee_load=exercise.knee_load, pain_now=day.pain_now)
    return None


def _why_locked(day: Day, exercise: Exercise, unlock: Unlock) -> Reason | None:
    """A sore knee locks it first.

    What has to be behind a person is not asked of somebody who asked for it by name, or for whom it was set.
    """
    course, source = day.course, unlock.source
    if day.pain_now is not None and day.pain_now > unlock.max_pain:
        return day.reason("shut_pain", source=source, pain_now=day.pain_now, max_pain=unlock.max_pain)
    lately = [d for d, n in day.pains.items() if n > GREEN_MAX]
    if any((day.date - d).days <= unlock.amber_free_days for d in (course.amber_day, *lately) if d):
        return day.reason("shut_amber", source=source, needed=unlock.amber_free_days)
    return None if day.wish or day.set_for(exercise) else _why_not_yet(day, unlock)


def is_unlocked(day: Day, unlock: Unlock) -> bool:
    """Whether all that has to be behind a person before it joins the daily plan is behind."""
    return _why_not_yet(day, unlock) is None


def _why_not_yet(day: Day, unlock: Unlock) -> Reason | None:
    course, source = day.course, unlock.source
    since = max(course.first_day, day.clearance.calm_until or course.first_day) if course.first_day else day.date
    days = max(0, (day.date - since).days)  # the calm days after an injury are no days of the programme
    if days < unlock.min_days:
        return day.reason("shut_days", source=source, min_days=unlock.min_days, days=days)
    if course.green_loaded < unlock.green_sessions:
        return day.reason("shut_green", source=source, needed=unlock.green_sessions, green=course.green_loaded)
    if unlock.top_of and not _has_topped(day, unlock.top_of):
        name = day.library.exercises[unlock.top_of].name
        return day.reason("shut_top", source=source, exercise=name)
    return None


def _has_topped(day: Day, exercise_id: str) -> bool:
    """At the top of the range now, or on a higher level, which only the top leads to."""
    progress = day.course.progress.get(exercise_id)
    return progress is not None and (progress.top_run > 0 or progress.next.step > 0)


def why_resting(day: Day, exercise: Exercise) -> Reason | None:
    """Why a loaded exercise rests today; None when it may come."""
    if exercise.load is Load.LIGHT or day.may_load:
        return None
    return day.reason("shut_rest_day", loaded_days=len(day.course.loaded_days))


def missing_things(day: Day, exercise: Exercise) -> tuple[str, ...]:
    """The things an exercise needs that neither are at hand nor have a substitute at hand."""
    return tuple(t for t in exercise.equipment if stand_in(exercise, day.person, day.library.equipment, t) is None)
