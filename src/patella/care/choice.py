"""Which exercises today: the shape of the day, filled with what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from itertools import chain

from patella.care.exercise import Aim, Exercise, Group, Sides
from patella.care.home_programme import HomeExercise, HomeProgramme
from patella.care.opening import Day, Ease, is_unlocked, missing_things
from patella.care.person import Habit
from patella.care.programme import Slots
from patella.care.programme_today import choose_from_programme, fill_beside_programme, todays_turn
from patella.care.slot import Chosen, as_many, fill_slots, find_in, first_usable, turned, turns_of

HIPS = 2
SHORT_ITEMS = 2
MAY_WAIT_DAYS = 13


class Scope(StrEnum):
    """What was asked for: today's few, the whole routine, about ten minutes, two minutes, or one exercise."""

    TODAY = "today"
    FULL = "full"
    SHORT = "short"
    SNACK = "snack"
    ONE = "one"

    @property
    def is_wish(self) -> bool:
        """Whether it was asked for by name, so that what is for the advanced asks for no more than a calm knee."""
        return self in (Scope.FULL, Scope.ONE)


def choose(day: Day, scope: Scope, *, only: str | None = None) -> tuple[Chosen, ...]:
    """The exercises of the day each once, in the order of their slots; a physiotherapist's programme in theirs."""
    if scope is Scope.ONE:
        found = first_usable(day, (only or "",), "chosen_only")
        chosen = [found] if found else []
    elif day.programme:
        chosen = list(_as_set(day, day.programme, scope))
    elif scope is Scope.SNACK:
        chosen = list(_snack(day))
    elif scope is Scope.FULL:
        chosen = list(_unique(_whole_routine(day)))
    elif scope is Scope.TODAY and day.keeps:
        chosen = list(_some(SHORT_ITEMS, _kept(day)))
    elif scope is Scope.SHORT:
        chosen = list(_some(SHORT_ITEMS, _ten_minutes(day)))
    else:
        chosen = list(_few(day))
    return tuple(chosen)


def _as_set(day: Day, programme: HomeProgramme, scope: Scope) -> Iterator[Chosen]:
    wanted = _wanted(day, programme, scope)
    chosen = tuple(_unique(choose_from_programme(day, programme, wanted)))
    yield from chosen
    if not chosen and (wanted or scope is Scope.SNACK):
        yield from fill_beside_programme(day, programme)


def _wanted(day: Day, programme: HomeProgramme, scope: Scope) -> tuple[HomeExercise, ...]:
    """What of a physiotherapist's programme is wanted: all where the whole was asked for, else whose turn it is."""
    if scope is Scope.FULL:
        return programme.exercises
    most = {Scope.SHORT: SHORT_ITEMS, Scope.SNACK: 1}.get(scope, day.library.programme.max_items)
    return todays_turn(day, programme, most=most, light=scope is Scope.SNACK)


def _few(day: Day) -> Iterator[Chosen]:
    """What the day is about, filled up where something of it is shut; a sore day is a short one, and filled to two."""
    most = day.library.programme.max_items
    of_the_day = tuple(_some(most, _of_the_day(day)))
    if day.ease is not Ease.OPEN:
        most = max(SHORT_ITEMS, len(of_the_day))
    return _some(most, chain(of_the_day, _fill(day)))


def _of_the_day(day: Day) -> Iterator[Chosen]:
    programme = day.library.programme
    if not day.may_load:
        yield from fill_slots(day, programme.light, "chosen_light", turn=day.course.light_count)
    elif day.ease is not Ease.OPEN:
        yield from fill_slots(day, programme.knee[:1], "chosen_knee", turn=day.course.loaded_count)
        yield from _calm_hips(day, HIPS)
    else:
        yield from fill_slots(day, programme.knee[:1], "chosen_knee", turn=day.course.loaded_count)
        yield from _second(day)
        yield from _hips(day)


def _second(day: Day) -> Iterator[Chosen]:
    """The second exercise of a stronger day; after a week without the light part of the routine, one of that.

    Whose turn is the advanced one's keeps it, and so does what has waited for long itself; pain has no say in that.
    """
    programme, course = day.library.programme, day.course
    light = [e for slot in programme.light[:2] for e in slot]
    since = max((d for d in (_last(day, e) for e in light) if d), default=course.first_day)
    waits = since is not None and (day.date - since).days >= programme.light_gap_days
    if waits and all(_gives_way(day, slot) for slot in programme.knee[1:]):
        yield from as_many(first_usable(day, _by_waiting(day, light), "chosen_gap"))
    else:
        yield from fill_slots(day, programme.knee[1:], "chosen_knee", turn=course.loaded_count)


def _gives_way(day: Day, slot: tuple[str, ...]) -> bool:
    """Whether what has its turn in a slot, or stands in for it where something is missing, was done lately."""
    turn = next(iter(turns_of(day, slot, day.course.loaded_count)), None)
    if turn is None:
        return True
    exercise = day.library.exercises[day.library.programme.first_of(turn)]
    done = exercise.without_equipment if missing_things(day, exercise) else exercise.id
    last = _last(day, done or exercise.id) or day.course.first_day
    return exercise.unlock is None and last is not None and (day.date - last).days < MAY_WAIT_DAYS


def _hips(day: Day) -> Iterator[Chosen]:
    programme, count = day.library.programme, day.course.loaded_count
    if day.person.habit is Habit.NONE and count < programme.hip_starters_days:
        slots: Slots = tuple((e,) for e in programme.hip_starters)
        key = "chosen_hip_starter"
    else:
        slots, key = programme.hips, "chosen_hip"
    chosen = (_for_calves(day, c) for c in fill_slots(day, slots, key, turn=count))
    yield from _some(HIPS, (*chosen, *_calm_hips(day, HIPS)))


def _for_calves(day: Day, chosen: Chosen) -> Chosen:
    """What is for the calves says so."""
    if chosen.exercise.aim is not Aim.CALF:
        return chosen
    return replace(chosen, because=(day.reason("chosen_calf"), *chosen.because[1:]))


def _calm_hips(day: Day, wanted: int, *, quick: bool = False) -> Iterator[Chosen]:
    """So many calm ones; `quick`: first those that both legs do at once, as they take half the time."""
    key = "chosen_hip" if day.ease is Ease.OPEN else "chosen_calm"
    ids, exercises = day.library.programme.calm_hips, day.library.exercises
    if quick:
        ids = tuple(sorted(ids, key=lambda e: exercises[e].sides is not Sides.BOTH))
    yield from _some(wanted, (c for e in ids for c in as_many(find_in(day, (e,), key))))


def _kept(day: Day) -> Iterator[Chosen]:
    """One for the knee and one for the hips, two or three days a week; nothing in between."""
    slots, turn = day.library.programme.kept, day.course.loaded_count
    if day.may_load:
        wanted = slots if day.ease is Ease.OPEN else slots[:1]
        yield from fill_slots(day, wanted, "chosen_kept", turn=turn)
        yield from _calm_hips(day, HIPS, quick=True)


def _ten_minutes(day: Day) -> Iterator[Chosen]:
    """The two that matter most today: one for the knee and one for the hips, or the light ones of a light day."""
    programme, course = day.library.programme, day.course
    if not day.may_load:
        yield from fill_slots(day, programme.short_light, "chosen_short_light", turn=course.light_count)
    else:
        wanted = programme.short_loaded if day.ease is Ease.OPEN else programme.short_loaded[:1]
        yield from fill_slots(day, wanted, "chosen_short", turn=course.loaded_count)
        yield from _calm_hips(day, HIPS, quick=True)
    yield from _fill(day)


def _snack(day: Day) -> Iterator[Chosen]:
    """One light thing: the one that has waited longest; those that have waited equally long take turns by the day."""
    found = first_usable(day, _by_waiting(day, day.library.programme.snack), "chosen_snack")
    yield from as_many(found)


def _by_waiting(day: Day, ids: Iterable[str]) -> tuple[str, ...]:
    """From the one done longest ago to the latest."""
    return tuple(sorted(turned(tuple(ids), day.date.toordinal()), key=lambda e: _last(day, e) or date.min))


def _last(day: Day, exercise_id: str) -> date | None:
    progress = day.course.progress.get(exercise_id)
    return progress.last_day if progress else None


def _fill(day: Day) -> Iterator[Chosen]:
    for exercise_id in day.library.programme.fill:
        yield from as_many(first_usable(day, (exercise_id,), "chosen_fill"))


def _whole_routine(day: Day) -> Iterator[Chosen]:
    routine = (e for e in day.library.exercises.values() if e.group is Group.ROUTINE)
    for exercise in sorted(routine, key=lambda e: e.routine_number or 0):
        yield from as_many(_wished(day, exercise))
    yield from fill_slots(day, day.library.programme.full, "chosen_full", turn=day.course.light_count)
    if day.may_load:
        yield from _hips(day) if day.ease is Ease.OPEN else _calm_hips(day, HIPS)
    else:
        yield from _calm_hips(day, 1)


def _wished(day: Day, exercise: Exercise) -> Chosen | None:
    """One of the routine; what is for the advanced says that it is in because it was asked for."""
    found = first_usable(day, (exercise.id,), "chosen_full")
    if found is None or found.exercise.unlock is None or is_unlocked(day, found.exercise.unlock):
        return found
    return replace(found, because=(*found.because, day.reason("chosen_wish")))


def _some(wanted: int, chosen: Iterable[Chosen]) -> Iterator[Chosen]:
    """So many different ones of these."""
    for _, one in zip(range(wanted), _unique(chosen), strict=False):
        yield one


def _unique(chosen: Iterable[Chosen]) -> Iterator[Chosen]:
    seen: set[str] = set()
    for one in chosen:
        if one.exercise.id not in seen:
            seen.add(one.exercise.id)
            yield one
