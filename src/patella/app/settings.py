"""All settings of a person: those the plan needs, and those that only a page or paper needs."""

from __future__ import annotations

from collections.abc import Mapping

from patella.app.check import check_profile
from patella.app.diary import PROFILE, loose_events, person_of
from patella.app.patella import Patella

DEFAULTS: Mapping[str, object] = {
    "letter": False,
    "sound": {"voice": True, "volume": 0.8, "muted": False},
    "theme": "system",
    "units": "metric",
    "break_min": 0,
    "activity_watch": False,
}
OF_PAGES = frozenset({"sound", "theme", "units", "break_min", "activity_watch"})


def settings_of(app: Patella) -> dict[str, object]:
    """Every setting in plain values, as it stands."""
    person = person_of(app)
    values: dict[str, object] = {
        "knees": sorted(k.value for k in person.knees),
        "one_leg": person.one_leg,
        "has": None if person.has is None else sorted(person.has),
        "cautious": person.cautious,
        "full_arc": person.full_arc,
        "usual_pain": person.usual_pain,
        **DEFAULTS,
    }
    for event in loose_events(app, (PROFILE,)):
        values.update({k: v for k, v in event.body.items() if k in DEFAULTS})
    return values


def change_settings(app: Patella, values: Mapping[str, object]) -> dict[str, object]:
    """Change what is named, and give every setting as it stands then.

    What only pages need (sound, theme, units, breaks) was checked at the door. Raises AnswerError with a sentence.
    """
    of_plan = check_profile(app, {k: v for k, v in values.items() if k not in OF_PAGES})
    of_pages = {k: v for k, v in values.items() if k in OF_PAGES}
    if values:
        app.write(PROFILE, {**of_plan, **of_pages})
    return settings_of(app)
