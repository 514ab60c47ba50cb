"""How much of each exercise today: the dose that the last session earned, as far as the day allows it, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from patella.care.exercise import Aim, Exercise
from patella.care.gate import Unlock
from patella.care.gear import stand_in
from patella.care.ladder import may_climb, rung_above, standing_rung
from patella.care.opening import Day, Ease
from patella.care.person import Habit
from patella.care.prescription import Prescription, capped, start_of, start_of_trained, step_up
from patella.care.progression import RISES, TOPS, Progress, Verdict, after_break, beginning
from patella.care.reason import Reason, say_day
from patella.care.slot import Chosen

TRAINED_KNEE_LOAD = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Dosed:
    """One exercise of the day with its dose and why it is that."""

    chosen: Chosen
    asked: Prescription
    why: tuple[Reason, ...]


def dose(today: Day, chosen: Sequence[Chosen]) -> tuple[Dosed, ...]:
    """Each exercise with its dose; at most one goes up a level or a rung, and whose turn it is does not depend on pain.

    On a ladder that turn belongs to the rung a person stands on, also while an easier one stands in for it.
    """
    standing = [_standing(today, c) for c in chosen]
    progress = {e.id: _progress(today, e) for e in (*standing, *(c.exercise for c in chosen))}
    turn = None if today.keeps else _whose_turn(today, zip(chosen, standing, strict=True), progress)
    found = []
    for one, base in zip(chosen, standing, strict=True):
        has_turn = base.id == turn and one.exercise is base
        above = _climbs(today, one, progress) if has_turn else None
        found.append(above or _dosed(today, one, progress[one.exercise.id], may_step=has_turn))
    return tuple(found)


def _standing(today: Day, chosen: Chosen) -> Exercise:
    return (chosen.ladder and standing_rung(today, chosen.ladder)) or chosen.exercise


def _climbs(today: Day, chosen: Chosen, progress: Mapping[str, Progress]) -> Dosed | None:
    """The next rung at its smallest dose, where it opens today."""
    exercise, ladder = chosen.exercise, chosen.ladder
    if ladder is None:
        return None
    above = rung_above(today, ladder)
    if above is None or above.id in progress:
        return None
    if not may_climb(today, ladder, progress[exercise.id], steps=_steps(today, exercise)):
        return None
    because = (*chosen.because, today.reason("chosen_rung", below=exercise.name))
    return _dosed(today, replace(chosen, exercise=above, because=because), _progress(today, above), may_step=False)


def _progress(today: Day, exercise: Exercise) -> Progress:
    known = _known(today, exercise)
    progress = after_break(exercise, known, today.date) if known else _beginning(today, exercise)
    return replace(progress, next=_allowed(today, exercise, progress.next))


def _known(today: Day, exercise: Exercise) -> Progress | None:
    """What was done so far; where a physiotherapist set the dose, since then: it begins with what they set."""
    known, line = today.course.progress.get(exercise.id), today.set_for(exercise)
    if known is None or line is None:
        return known
    return known if known.last_day and known.last_day >= line.since else None


def _allowed(today: Day, exercise: Exercise, asked: Prescription) -> Prescription:
    """The dose as far as its steps are open and, where a physiotherapist set it, as far as they did."""
    open_, line = capped(exercise, asked, steps=_steps(today, exercise)), today.set_for(exercise)
    return line.within(open_) if line else open_


def _beginning(today: Day, exercise: Exercise) -> Progress:
    """Nothing done yet: what was set, else the smallest dose, or for trained hips on a calm day the middle."""
    first, line = beginning(exercise), today.set_for(exercise)
    if line:
        return replace(first, next=line.start)
    if not (
        today.person.habit is Habit.REGULAR and exercise.aim is Aim.HIP and exercise.knee_load <= TRAINED_KNEE_LOAD
    ):
        return first
    return replace(first, next=start_of_trained(exercise)) if today.ease is Ease.OPEN else first


def _steps(today: Day, exercise: Exercise) -> int:
    """How many steps are open: only the first without the thing that the others need."""
    thing = exercise.dose.step_thing
    if thing and stand_in(exercise, today.person, today.library.equipment, thing) is None:
        return 1
    return exercise.dose.steps


def _missing_for_step(today: Day, exercise: Exercise) -> str | None:
    """What the step that the person has come to needs, where it is not at hand today."""
    known, line = _known(today, exercise), today.set_for(exercise)
    wanted = known.next if known else line.start if line else None
    return exercise.dose.step_thing if wanted and wanted.step >= _steps(today, exercise) else None


def _whose_turn(
    today: Day, standing: Iterable[tuple[Chosen, Exercise]], progress: Mapping[str, Progress]
) -> str | None:
    """Of those at the top, the one at the lowest level; then one that waits for its next rung; advanced ones last.

    Were they first, locking one for more pain would hand its turn to another, and make that one harder; so of two that
    may be locked, the one that is locked more easily comes later.
    """
    waiting: list[tuple[tuple[int, ...], bool, int, str]] = []
    for chosen, base in standing:
        here = progress[base.id]
        above = rung_above(today, chosen.ladder) if chosen.ladder else None
        has_room = _has_room(today, base, here)
        if here.at_top and (has_room or above is not None):
            locks = base.unlock if has_room or above is None else above.unlock
            waiting.append((_strictness(locks), above is not None and not has_room, here.next.step, base.id))
    return min(waiting)[-1] if waiting else None


def _strictness(unlock: Unlock | None) -> tuple[int, ...]:
    return (unlock.amber_free_days, unlock.green_sessions, unlock.min_days) if unlock else (-1,)


def _leads_on(today: Day, chosen: Chosen, progress: Progress) -> bool:
    """Whether anything follows on this exercise at its top: another step of resistance, or the next rung."""
    above = rung_above(today, chosen.ladder) if chosen.ladder else None
    return above is not None or _has_room(today, chosen.exercise, progress)


def _has_room(today: Day, exercise: Exercise, progress: Progress) -> bool:
    return _higher(today, exercise, progress, arc_may_open=True) is not None


def _higher(today: Day, exercise: Exercise, progress: Progress, *, arc_may_open: bool) -> Prescription | None:
    found = step_up(exercise, progress.next, arc_may_open=arc_may_open, steps=_steps(today, exercise))
    line = today.set_for(exercise)
    return None if found and line and line.within(found).hardness < found.hardness else found


def _dosed(today: Day, chosen: Chosen, progress: Progress, *, may_step: bool) -> Dosed:
    """The dose by the rules; where a physiotherapist set it, that is said first, and then what has changed it since."""
    found, programme = _by_rule(today, chosen, progress, may_step=may_step), today.programme
    line = today.set_for(chosen.exercise)
    if programme is None or line is None:
        return found
    said = today.reason("dose_set", by=programme.by, on=say_day(programme.on))
    if progress.verdict is Verdict.START and found.asked == line.start:
        return replace(found, why=(said,))
    last = line.within(progress.last) if progress.last else None
    is_most = progress.verdict in (*RISES, *TOPS) and found.asked == line.most == last
    return replace(found, why=(said, today.reason("dose_set_most")) if is_most else (said, *found.why))


def _by_rule(today: Day, chosen: Chosen, progress: Progress, *, may_step: bool) -> Dosed:
    missing = _missing_for_step(today, chosen.exercise)
    if missing:
        why = today.reason("dose_without_thing", thing=today.library.equipment[missing].name)
        return Dosed(chosen=chosen, asked=progress.next, why=(why,))
    if progress.verdict is Verdict.AT_TOP and not _leads_on(today, chosen, progress):
        return Dosed(chosen=chosen, asked=progress.next, why=(today.reason("dose_top_of_all"),))
    if progress.may_step:
        return _at_the_top(today, chosen, progress, may_step=may_step)
    if progress.last and progress.verdict in RISES and not _may_rise(today, chosen.exercise):
        last = _allowed(today, chosen.exercise, progress.last)
        return Dosed(chosen=chosen, asked=last, why=(today.reason("dose_calm"),))
    key, source = progress.verdict.value, chosen.exercise.dose.source
    if progress.verdict is Verdict.START and progress.next.hardness > start_of(chosen.exercise).hardness:
        key = "dose_start_trained"
    return Dosed(chosen=chosen, asked=progress.next, why=(today.reason(key, source=source, **progress.inputs),))


def _at_the_top(today: Day, chosen: Chosen, progress: Progress, *, may_step: bool) -> Dosed:
    exercise, asked = chosen.exercise, progress.next
    if not _leads_on(today, chosen, progress):
        return Dosed(chosen=chosen, asked=asked, why=(today.reason("dose_top_of_all"),))
    higher = _higher(today, exercise, progress, arc_may_open=_arc_may_open(today, exercise, progress))
    awaits_arc = today.person.full_arc and not asked.full_arc and higher is not None and not higher.full_arc
    apart = exercise.knee_load == 0
    # On a sore day others leave the plan, and their turn would pass to what asks nothing of the knee: it waits as well.
    quiet = today.ease is Ease.OPEN if apart else today.is_quiet
    if higher is None or awaits_arc or not may_step or not quiet:
        waits = "dose_top_twice_apart" if apart else "dose_top_twice"
        if higher is None and exercise.arc and not today.person.full_arc:
            waits = "dose_ask_arc"
        return Dosed(chosen=chosen, asked=asked, why=(today.reason(waits),))
    if higher.full_arc and not asked.full_arc:
        arc_source = exercise.arc.source if exercise.arc else None
        return Dosed(chosen=chosen, asked=higher, why=(today.reason("dose_step_arc", source=arc_source),))
    steps = "dose_step_up_apart" if apart else "dose_step_up"
    return Dosed(chosen=chosen, asked=higher, why=(today.reason(steps),))


def _may_rise(today: Day, exercise: Exercise) -> bool:
    """Whether a little more is right on a day like this: what asks nothing of the knee waits only for days of rest."""
    return today.ease is Ease.OPEN or (exercise.knee_load == 0 and today.ease is Ease.CALM)


def _arc_may_open(today: Day, exercise: Exercise, progress: Progress) -> bool:
    arc = exercise.arc
    if arc is None or not today.person.full_arc or progress.first_day is None:
        return False
    long_enough = (today.date - progress.first_day).days >= arc.partial_days
    return long_enough and progress.green_sessions >= arc.full_after_green
