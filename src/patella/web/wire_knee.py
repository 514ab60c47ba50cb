"""What a page may say about the knee's timeline: pain anywhere, runs, shoes, sitting, scores. Bounded like the rest."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, Strict, StringConstraints

from patella.web.wire import Id, KneeName, Nprs, Said

Day = Annotated[str, StringConstraints(pattern=r"^20\d{2}-\d{2}-\d{2}$"), Field(description="As 2026-05-31.")]
ShoeId = Annotated[str, StringConstraints(min_length=1, max_length=200)]
StageId = Annotated[str, StringConstraints(pattern="^[a-z0-9][a-z0-9-]{0,79}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Metres = Annotated[float, Field(ge=0, le=500_000, allow_inf_nan=False)]
Time = Annotated[float, Field(ge=0, le=604_800, allow_inf_nan=False)]
Cadence = Annotated[float, Field(ge=60, le=260, allow_inf_nan=False)]
Millimetres = Annotated[float, Field(ge=-10, le=30, allow_inf_nan=False)]
Surface = Literal["road", "pavement", "path", "trail", "grass", "track", "treadmill", "sand", "mixed"]
Doing = Literal["run", "sit", "stairs", "squat", "kneel", "walk", "rest", "other"]
Place = Literal["front", "below", "above", "inside", "outside", "back", "all-over"]
ScoreName = Literal["psfs", "nprs", "groc", "akps", "koos-pf", "uwri"]


class KneeNoted(Said):
    """Pain anywhere, any time; the number is enough."""

    id: Id
    nprs: Nprs
    when: Literal["before", "during", "after"] = "before"
    doing: Doing | None = None
    knee: KneeName | None = None
    place: Place | None = None
    swelling: bool = False
    giving_way: bool = False


class RunValues(Said):
    """What is known of a run; of a correction, what is different."""

    distance_m: Metres | None = None
    moving_s: Time | None = None
    cadence_spm: Cadence | None = None
    shoe: ShoeId | None = None
    surface: Surface | None = None
    name: Words | None = None
    race: bool | None = None


class RunAdded(RunValues):
    """A run that no watch recorded; today's where no day is said."""

    id: Id
    day: Day | None = None


class RunChanged(Said):
    """A correction of a run."""

    id: Id
    body: RunValues


class KindNamed(Said):
    """What all activities of a kind were."""

    key: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    sport: Words


class SportChanged(Said):
    """What one activity was, and in which pair where it was a run; it goes on under this id."""

    id: Id
    sport: Words
    shoe: ShoeId | None = None


class StepTaken(Said):
    """A step on the way back to running; `stage` is where it begins, the first where it is not said."""

    id: Id
    step: Literal["begun", "paused", "left"]
    stage: StageId | None = None


class OutingDone(Said):
    """An outing of walking and running; `seconds` are all of it, `complete` to its end."""

    id: Id
    stage: StageId
    seconds: Annotated[float, Field(ge=0, le=86_400, allow_inf_nan=False)]
    complete: bool
    distance_m: Metres | None = None


class ShoeValues(Said):
    """A pair of shoes; of a change, what is different."""

    name: Words | None = None
    heel_drop_mm: Millimetres | None = None
    since: Day | None = None
    until: Day | None = None
    usual: bool = False


class ShoeAdded(ShoeValues):
    """A new pair."""

    id: Id


class ShoeChanged(Said):
    """A change of a pair."""

    id: Id
    body: ShoeValues


class SittingNoted(Said):
    """Hours of sitting on a day; null where what was said is to be not known again."""

    id: Id
    hours: Annotated[float, Field(ge=0, le=24, allow_inf_nan=False)] | None
    day: Day | None = None


class BarefootNoted(Said):
    """Minutes barefoot on a day; null where what was said is to be not known again."""

    id: Id
    minutes: Annotated[float, Field(ge=0, le=1440, allow_inf_nan=False)] | None
    day: Day | None = None


class Activity(Said):
    """Something the knee makes hard, and how well it goes."""

    name: Words
    value: Annotated[int, Field(ge=0, le=10)]


class ScoreGiven(Said):
    """A score: its value, or a person's own activities with a number each."""

    id: Id
    score: ScoreName
    value: Annotated[float, Field(ge=-100, le=100, allow_inf_nan=False)] | None = None
    activities: Annotated[tuple[Activity, ...], Strict(strict=False), Field(max_length=5)] = ()
    day: Day | None = None
