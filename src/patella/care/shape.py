"""What is said of a day as a whole: a stronger or a light one, and how easy the knee asks it to be."""

from __future__ import annotations

from patella.care.choice import Scope
from patella.care.opening import Day, Ease
from patella.care.pain import GREEN_MAX
from patella.care.reason import Reason, say_day


def reasons_of(today: Day, scope: Scope) -> tuple[Reason, ...]:
    """The sentence for the day's shape and, where the knee asks for something, one for that: the most urgent."""
    knee = _of_the_knee(today)
    return (_shape(today, scope), knee) if knee else (_shape(today, scope),)


def _shape(today: Day, scope: Scope) -> Reason:
    if today.programme and scope is not Scope.ONE:
        return today.reason("day_set", by=today.programme.by, on=say_day(today.programme.on))
    if today.keeps and scope is Scope.TODAY:
        return today.reason("day_kept" if today.may_load else "day_kept_free")
    return today.reason("day_loaded" if today.may_load else "day_light")


def _of_the_knee(today: Day) -> Reason | None:
    told = (
        (today.is_unloading, "day_unload"),
        (today.ease is Ease.UNLOAD, "day_unload_now"),
        (today.alarmed, "day_calm_alarm"),
        (today.is_injured, "day_calm_injury"),
        (today.course.sore, "day_calm"),
        (today.is_wary, "day_calm_wary"),
        (today.ease is Ease.CALM, "day_calm_now"),
        (today.is_usual_now and (today.pain_now or 0) > GREEN_MAX, "day_usual_now"),
    )
    key = next((key for holds, key in told if holds), None)
    if key is None:
        return None
    return today.reason(key, pain_now=today.pain_now) if key.endswith("_now") else today.reason(key)
