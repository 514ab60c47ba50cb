"""All settings of a person: those the plan needs, and those that only a page or paper needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

from patella.app.history.events import loose_events
from patella.app.history.reading import person_of
from patella.app.history.units import units_in
from patella.app.patella import Patella
from patella.app.person.screening import check_profile
from patella.care.entries.field import known, later
from patella.care.entries.kinds import Kind
from patella.care.entries.of_person import Counting, ProfileSet, Sound, Theme
from patella.care.person import Knee
from patella.care.units import Distance, Height, Weight

OF_PAGES = frozenset({"counting", "sound", "theme", "break_min", "activity_watch", "listens"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """How cues are heard; `volume` from 0 to 1, `lead`: a voice goes with the beat."""

    voice: bool
    volume: float
    muted: bool
    lead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting as it stands; `has` is None where everything is at hand, `break_min` 0 for no reminders."""

    knees: tuple[Knee, ...]
    one_leg: bool
    has: tuple[str, ...] | None
    things: Mapping[str, bool]
    cautious: bool
    full_arc: bool
    usual_pain: int | None
    maintenance: bool | None
    letter: bool
    counting: Counting
    sound: Heard
    theme: Theme
    weight: Weight
    distance: Distance
    height: Height
    break_min: int
    activity_watch: bool
    listens: bool
    country: str | None


def settings_of(app: Patella) -> Settings:
    """Every setting as it stands."""
    person, events = person_of(app), loose_events(app, (Kind.PROFILE_SET,))
    said, units = reduce(later, (e.said(ProfileSet) for e in events), ProfileSet()), units_in(events)
    return Settings(
        knees=tuple(sorted(person.knees)),
        one_leg=person.one_leg,
        has=None if person.has is None else tuple(sorted(person.has)),
        things={**dict.fromkeys(sorted(person.got), True), **dict.fromkeys(sorted(person.lacks), False)},
        cautious=person.cautious,
        full_arc=person.full_arc,
        usual_pain=person.usual_pain,
        maintenance=person.maintenance,
        letter=known(said.letter, False),
        counting=known(said.counting, Counting.BEAT),
        sound=_heard(known(said.sound, Sound())),
        theme=known(said.theme, Theme.SYSTEM),
        weight=units.weight,
        distance=units.distance,
        height=units.height,
        break_min=known(said.break_min, 0),
        activity_watch=known(said.activity_watch, False),
        listens=known(said.listens, False),
        country=known(said.country, None),
    )


def _heard(sound: Sound) -> Heard:
    return Heard(
        voice=known(sound.voice, True),
        volume=known(sound.volume, 0.8),
        muted=known(sound.muted, False),
        lead=known(sound.lead, True),
    )


def change_settings(app: Patella, values: Mapping[str, object]) -> Settings:
    """Change what is named, and give every setting as it stands then.

    What only pages need (sound, theme, breaks) was checked at the door. Raises AnswerError with a sentence.
    """
    of_plan = check_profile(app, {k: v for k, v in values.items() if k not in OF_PAGES})
    of_pages = {k: v for k, v in values.items() if k in OF_PAGES}
    if values:
        app.write(Kind.PROFILE_SET, {**of_plan, **of_pages})
    return settings_of(app)
