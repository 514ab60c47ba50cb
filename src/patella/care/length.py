"""How long a day takes: a bad answer never makes it longer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import inf

from patella.care.choice import Scope, choose
from patella.care.dosing import dose
from patella.care.exercise import Exercise
from patella.care.item import PlanItem, item_of, with_a_set_less
from patella.care.opening import Day, Ease

SORE_ITEMS = 2


def seconds_of(items: Iterable[PlanItem]) -> float:
    """About how long these take together."""
    return sum(i.seconds for i in items)


def plan_items(
    today: Day, scope: Scope, *, only: str | None = None
) -> tuple[tuple[PlanItem, ...], tuple[Exercise, ...]]:
    """What is done today, in the order in which it is done, and what there is no time for.

    Shoes are put on once, at the end; what a physiotherapist set stays in their order.

    A sore day never takes longer than it would have with less pain: what stands in for what is shut may take longer by
    itself (lying down, one leg after the other), and more to do is no answer to "it hurts".
    """
    most_s = inf
    for day in _milder_days(today):
        most_s = seconds_of(_within(day, _items_on(day, scope, only), most_s))
    chosen = _items_on(today, scope, only)
    items = _within(today, chosen, most_s)
    ordered = items if today.programme else tuple(sorted(items, key=lambda i: i.exercise.puts_shoes_on))
    stays = {i.exercise.id for i in items}
    return ordered, tuple(i.exercise for i in chosen if i.exercise.id not in stays)


def _items_on(day: Day, scope: Scope, only: str | None) -> tuple[PlanItem, ...]:
    return tuple(item_of(day, d, scope) for d in dose(day, choose(day, scope, only=only)))


def _milder_days(day: Day) -> Iterator[Day]:
    """The same day with less to say against it, from the one on which nothing hurts.

    Ease by ease, so that each comes after all on which the knee asks for less; in each the pains that shut more and
    more, each by the lowest that does.
    """
    for ease in (e for e in reversed(Ease) if e >= day.ease):
        milder = [replace(day, pain_now=n, eased=ease) for n in _pains_up_to(day, ease)]
        yield from (m for m in milder if m.ease_now >= ease) if ease > day.ease else milder[:-1]


def _pains_up_to(day: Day, ease: Ease) -> list[int | None]:
    now = day.pain_now
    if now is None:
        return [None]
    exercises = [e for e in day.library.exercises.values() if e.knee_load <= ease]
    most = {e.max_pain_now for e in exercises} | {e.unlock.max_pain for e in exercises if e.unlock}
    return [0, *sorted(n + 1 for n in most if n is not None and n < now)]


def _within(day: Day, items: tuple[PlanItem, ...], most_s: float) -> tuple[PlanItem, ...]:
    """What of these fits; one set of one thing is the least, however short the time."""
    shorter = items
    for shorter in _ever_shorter(day, items):
        if seconds_of(shorter) <= most_s:
            break
    return shorter


def _ever_shorter(day: Day, items: tuple[PlanItem, ...]) -> Iterator[tuple[PlanItem, ...]]:
    """First all but two go, then second sets, then all but one; each from the end.

    What asks nothing of the knee goes first. How much fits depends on the doses, and so on the answers: were it the
    other way round, an answer that lowers a dose could bring something in that loads the knee.
    """
    yield items
    why = day.reason("dose_no_longer")
    fewer = tuple(_ever_fewer(items, SORE_ITEMS))
    yield from fewer
    kept = list(fewer[-1] if fewer else items)
    for number in reversed(range(len(kept))):
        while kept[number].asked.sets > 1:
            kept[number] = with_a_set_less(kept[number], why)
            yield tuple(kept)
    yield from _ever_fewer(tuple(kept), 1)


def _ever_fewer(items: tuple[PlanItem, ...], least: int) -> Iterator[tuple[PlanItem, ...]]:
    while len(items) > least:
        last = max((n for n, i in enumerate(items) if i.exercise.knee_load == 0), default=len(items) - 1)
        items = (*items[:last], *items[last + 1 :])
        yield items
