"""What comes tomorrow, as far as it is known today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from patella.app.history.reading import person_and_history
from patella.app.patella import Patella
from patella.care.exercise import Load
from patella.care.plan import plan_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Tomorrow:
    """The day after today. `stronger`: an exercise that loads is in it; `minutes` is 0 where nothing is open."""

    day: date
    stronger: bool
    minutes: int
    names: tuple[str, ...]


def look_ahead(app: Patella) -> Tomorrow:
    """Tomorrow's plan from what is known today; the morning's answer may still make it easier."""
    day = app.today + timedelta(days=1)
    person, history = person_and_history(app, day)
    plan = plan_for(day, person, history, app.library)
    return Tomorrow(
        day=day,
        stronger=any(i.exercise.load is Load.LOADED for i in plan.items),
        minutes=round(plan.seconds / 60),
        names=tuple(i.exercise.name for i in plan.items),
    )


def tell_tomorrow(tomorrow: Tomorrow) -> str:
    """A sentence: "Tomorrow: a light day, about 11 minutes."."""
    if not tomorrow.names:
        return "Tomorrow: rest."
    kind = "a stronger day" if tomorrow.stronger else "a light day"
    minutes = "1 minute" if tomorrow.minutes == 1 else f"{tomorrow.minutes} minutes"
    return f"Tomorrow: {kind}, about {minutes}."
