"""All settings of a person: those the plan needs, and those that only a page or paper needs."""

from __future__ import annotations

from collections.abc import Mapping

from patella.app.history.reading import PROFILE, loose_events, person_of
from patella.app.history.units import UNITS, units_in
from patella.app.patella import Patella
from patella.app.person.screening import check_profile

SOUND: Mapping[str, object] = {"voice": True, "volume": 0.8, "muted": False, "lead": True}
DEFAULTS: Mapping[str, object] = {
    "letter": False,
    "counting": "beat",
    "sound": SOUND,
    "theme": "system",
    "break_min": 0,
    "activity_watch": False,
    "listens": False,
    "country": None,
}
OF_PAGES = frozenset({"counting", "sound", "theme", "break_min", "activity_watch", "listens"})


def settings_of(app: Patella) -> dict[str, object]:
    """Every setting in plain values, as it stands."""
    person = person_of(app)
    values: dict[str, object] = {
        "knees": sorted(k.value for k in person.knees),
        "one_leg": person.one_leg,
        "has": None if person.has is None else sorted(person.has),
        "things": {**dict.fromkeys(sorted(person.got), True), **dict.fromkeys(sorted(person.lacks), False)},
        "cautious": person.cautious,
        "full_arc": person.full_arc,
        "usual_pain": person.usual_pain,
        "maintenance": person.maintenance,
        **DEFAULTS,
    }
    said = loose_events(app, (PROFILE,))
    units = units_in(said)
    values.update((key, getattr(units, key).value) for key in UNITS)
    for event in said:
        values.update({k: v for k, v in event.body.items() if k in DEFAULTS})
    sound: Mapping[str, object] = values["sound"]  # type: ignore[assignment]
    return {**values, "sound": {**SOUND, **sound}}


def change_settings(app: Patella, values: Mapping[str, object]) -> dict[str, object]:
    """Change what is named, and give every setting as it stands then.

    What only pages need (sound, theme, breaks) was checked at the door. Raises AnswerError with a sentence.
    """
    of_plan = check_profile(app, {k: v for k, v in values.items() if k not in OF_PAGES})
    of_pages = {k: v for k, v in values.items() if k in OF_PAGES}
    if values:
        app.write(PROFILE, {**of_plan, **of_pages})
    return settings_of(app)
