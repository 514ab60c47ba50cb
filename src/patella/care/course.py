"""The course so far: where each exercise stands, and what the sessions as a whole have shown. A fold over sessions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from patella.care.exercise import Exercise, Load
from patella.care.pain import Colour, Response
from patella.care.person import Person
from patella.care.prescription import at_load
from patella.care.progression import Progress, beginning, decide
from patella.care.record import ItemDone, SessionDone, responses_to

RED_WITHIN_DAYS = 7
DAYS_KEPT = 7
COUNTS, GREEN_OF = ("green_loaded", "loaded_count", "light_count"), "green "


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A summary of all sessions up to some day.

    `green_loaded` counts sessions with a loaded exercise that were green throughout; `loaded_days` are the latest days
    with one, `loaded_count` and `light_count` how many days there were of either kind; `red_pattern` is the moment of
    the latest second red within seven days; `sore`: the latest session ended red, unsettled, or with a worse morning;
    `amber_day` is the latest day with amber or red, `flare_day` the latest with more than amber that was steady.
    """

    progress: Mapping[str, Progress] = field(default_factory=dict)
    first_day: date | None = None
    last_day: date | None = None
    green_loaded: int = 0
    loaded_count: int = 0
    light_count: int = 0
    loaded_days: tuple[date, ...] = ()
    amber_day: date | None = None
    flare_day: date | None = None
    red_day: date | None = None
    red_pattern: datetime | None = None
    sore: bool = False


def advance(
    course: Course,
    session: SessionDone,
    answers: Iterable[tuple[ItemDone, Response]],
    exercises: Mapping[str, Exercise],
) -> Course:
    """The course after one more session, from each of its exercises with the knee's answer to it."""
    begun = [(exercises[i.exercise_id], i, r) for i, r in answers if i.begun and i.exercise_id in exercises]
    if not begun:
        return course
    decided = [
        (e.id, decide(e, course.progress.get(e.id) or beginning(e), _in_todays_steps(e, item), response, session.day))
        for e, item, response in begun
    ]
    decided.sort(key=lambda one: one[1].gentleness, reverse=True)  # done twice in a session: the gentlest holds
    colours = [r.colour for _, _, r in begun]
    loaded = any(e.load is Load.LOADED for e, _, _ in begun)
    red = Colour.RED in colours
    counted = _count_day(course, session.day, loaded=loaded)
    return replace(
        counted,
        progress={**course.progress, **dict(decided)},
        first_day=course.first_day or session.day,
        last_day=session.day,
        green_loaded=course.green_loaded + int(loaded and all(c is Colour.GREEN for c in colours)),
        amber_day=session.day if red or Colour.AMBER in colours else course.amber_day,
        flare_day=session.day if any(_flared(r) for _, _, r in begun) else course.flare_day,
        red_day=session.day if red else course.red_day,
        red_pattern=session.at if red and _red_before(course, session.day) else course.red_pattern,
        sore=red or any(r.unsettled for _, _, r in begun),
    )


def _flared(response: Response) -> bool:
    return response.colour in (Colour.AMBER, Colour.RED) and not response.steady


def _in_todays_steps(exercise: Exercise, item: ItemDone) -> ItemDone:
    return replace(item, asked=at_load(exercise, item.asked, item.load_kg))


def _count_day(course: Course, day: date, *, loaded: bool) -> Course:
    if loaded and day not in course.loaded_days:
        days = (*course.loaded_days, day)[-DAYS_KEPT:]
        return replace(course, loaded_count=course.loaded_count + 1, loaded_days=days)
    if not loaded and day != course.last_day:
        return replace(course, light_count=course.light_count + 1)
    return course


def _red_before(course: Course, day: date) -> bool:
    return course.red_day is not None and (day - course.red_day).days < RED_WITHIN_DAYS


def follow(
    course: Course,
    sessions: Iterable[SessionDone],
    exercises: Mapping[str, Exercise],
    *,
    person: Person,
    mornings: Mapping[date, int],
) -> Course:
    """The course after all of these sessions, in their order."""
    for session in sessions:
        answers = responses_to(session, mornings, usual_pain=person.usual_pain, cautious=person.cautious)
        course = advance(course, session, answers, exercises)
    return course


def counts_of(course: Course) -> dict[str, int]:
    """How often anything was: what only ever adds up, and no decision of the fold looks at."""
    greens = {f"{GREEN_OF}{e}": p.green_sessions for e, p in course.progress.items()}
    return {**{name: getattr(course, name) for name in COUNTS}, **greens}


def with_counts(course: Course, counts: Mapping[str, int]) -> Course:
    """Where everything stands, with how often anything was; with no counts nothing ever was."""
    return replace(
        course,
        progress={e: replace(p, green_sessions=counts.get(f"{GREEN_OF}{e}", 0)) for e, p in course.progress.items()},
        green_loaded=counts.get("green_loaded", 0),
        loaded_count=counts.get("loaded_count", 0),
        light_count=counts.get("light_count", 0),
    )
