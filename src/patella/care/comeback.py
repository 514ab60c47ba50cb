"""The way back to running: walking and running in turns, then further, then hills, then speed, at the knee's own pace.

A stage is done when it went well twice with a day of rest between: 2 or less at the worst, settled, and a calm next
morning. A sore or red answer steps back, so does an illness. What is not answered moves nothing.
Source: Crowell 2023, table 1 (the first six stages, each at least twice, a day of rest between), Patella's own rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from patella.care.line import Ground, Line
from patella.care.pain import GREEN_MAX
from patella.care.reason import Reason, Template, give
from patella.care.run import Felt, Took
from patella.care.running import day_words
from patella.care.spike import RESTART_MOST_M
from patella.care.units import METRIC, Units
from patella.motion.definition import DefinitionError, Table

TIMES_WELL = 2
REST_DAYS = 2
LONG_BREAK_DAYS, OVER_DAYS = 14, 30
CALM_DOWN = (Ground.FLARED, Ground.SORE, Ground.EASY)
AFTER_BREAK, AFTER_RED = (Ground.RESTART, Ground.BEGINNING), (Ground.FLARED, Ground.CLIMB)
DAY = timedelta(days=1)


class Part(StrEnum):
    """What is done for some minutes of an outing."""

    WALK = "walk"
    RUN = "run"
    FAST = "fast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Some seconds of one thing."""

    part: Part
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage; its outing in minutes, about how far that is, and how hard it may feel, from 0 to 10.

    `about_m` is None where the stage is a time and no distance.
    """

    id: str
    name: str
    about_m: int | None
    how: str
    warm_min: int
    run_min: int
    fast_min: int
    walk_min: int
    cool_min: int
    repeats: int
    effort: int
    source: str

    def name_in(self, units: Units) -> str:
        """Its name, with the distance where it has one."""
        return self.name if self.about_m is None else f"{self.name}, about {units.far(self.about_m)}"

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The outing, piece by piece."""
        once = ((Part.RUN, self.run_min), (Part.FAST, self.fast_min), (Part.WALK, self.walk_min))
        every = ((Part.WALK, self.warm_min), *(once * self.repeats), (Part.WALK, self.cool_min))
        return tuple(Segment(part=part, seconds=minutes * 60) for part, minutes in every if minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBack:
    """Every stage in its order, and where one enters: after a break, and after red."""

    stages: tuple[Stage, ...]
    after_break: str
    after_red: str

    def number(self, stage_id: str) -> int:
        """Where a stage stands, from 0; the first where there is no such stage any more."""
        return next((n for n, s in enumerate(self.stages) if s.id == stage_id), 0)


class Step(StrEnum):
    """What a person did on the way: begun, an outing, not at one's best, left."""

    BEGUN = "begun"
    OUTING = "outing"
    PAUSED = "paused"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Footstep:
    """One thing on the way. `stage` is the one that was begun or done; `complete`: an outing to its end."""

    step: Step
    day: date
    stage: str | None = None
    complete: bool = True


class Moved(StrEnum):
    """What happened last: the values are the ends of the reasons' keys."""

    BEGUN = "begun"
    ON = "on"
    ONCE = "once"
    BACK = "back"
    UNWELL = "unwell"
    BREAK = "break"
    UNANSWERED = "unanswered"
    CUT_SHORT = "cut_short"


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where somebody is: the stage from 0, how often it went well, and the last outing."""

    stage: int
    well: int = 0
    last: date | None = None
    moved: Moved = Moved.BEGUN


@dataclass(frozen=True, slots=True, kw_only=True)
class Comeback:
    """The stage of today. `begun` is false while it is only offered; `next_on` is the day of the next outing.

    `next_on` is None while the knee has to calm down first.
    """

    stage: Stage
    number: int
    of: int
    well: int
    begun: bool
    next_on: date | None
    because: tuple[Reason, ...]


def follow_back(way: WayBack, steps: Iterable[Footstep], felt: Felt, today: date) -> Position | None:
    """Where somebody is today; None before it was begun, after it was left, and once the last stage is done."""
    position: Position | None = None
    ordered = sorted(steps, key=lambda s: s.day)
    for number, step in enumerate(ordered):
        until = ordered[number + 1].day if number + 1 < len(ordered) else today
        position = _take(way, position, step, felt)
        if position is not None and position.stage < len(way.stages):
            position = _between(way, position, felt, step.day, until, today)
    return position if position is not None and position.stage < len(way.stages) else None


def _take(way: WayBack, position: Position | None, step: Footstep, felt: Felt) -> Position | None:
    if step.step is Step.BEGUN:
        return Position(stage=way.number(step.stage or way.after_break))
    if step.step is Step.LEFT or position is None or position.stage >= len(way.stages):
        return None
    if step.step is Step.PAUSED:
        return _back(position, Moved.UNWELL)
    return _outing(way, position, step, felt)


def _outing(way: WayBack, position: Position, step: Footstep, felt: Felt) -> Position:
    position, before = replace(position, last=step.day), position.last
    if how_it_went(felt, step.day) is Took.SORE:
        return _back(position, Moved.BACK)
    if step.stage != way.stages[position.stage].id or not step.complete:
        return replace(position, moved=Moved.CUT_SHORT)
    if how_it_went(felt, step.day) is not Took.GOOD:
        return replace(position, moved=Moved.UNANSWERED)
    rested = before is None or (step.day - before).days >= REST_DAYS
    if not rested and position.well:
        return replace(position, moved=Moved.ONCE)
    if position.well + 1 < TIMES_WELL:
        return replace(position, well=position.well + 1, moved=Moved.ONCE)
    return replace(position, stage=position.stage + 1, well=0, moved=Moved.ON)


def _between(way: WayBack, position: Position, felt: Felt, since: date, until: date, today: date) -> Position:
    """What the days up to the next step do: red pain on one of them, and a long break."""
    red = any(since < d <= until and felt.is_red(n) for d, n in (*felt.noted.items(), *felt.mornings.items()))
    if red or (until == today and since < today and felt.is_red(felt.now or 0)):
        position = _back(position, Moved.BACK)
    gap = (until - since).days
    if gap > OVER_DAYS:
        return replace(position, stage=way.number(way.after_break), well=0, moved=Moved.BREAK)
    return _back(position, Moved.BREAK) if gap > LONG_BREAK_DAYS else position


def _back(position: Position, why: Moved) -> Position:
    return replace(position, stage=max(0, position.stage - 1), well=0, moved=why)


def how_it_went(felt: Felt, day: date) -> Took:
    """How the outing of a day went: good takes a calm run and a calm next morning; sore stands for red as well."""
    took, morning = felt.took(day), felt.mornings.get(day + DAY)
    if took in (Took.SORE, Took.RED) or (morning is not None and morning > felt.calm_max):
        return Took.SORE
    response = felt.of_runs.get(day)
    calm = response is not None and response.peak is not None and response.peak <= GREEN_MAX
    return Took.GOOD if calm and morning is not None else Took.SILENT


def come_back(  # noqa: PLR0913 - all that a stage is read from
    way: WayBack,
    steps: Sequence[Footstep],
    felt: Felt,
    line: Line | None,
    templates: Mapping[str, Template],
    *,
    today: date,
    units: Units = METRIC,
) -> Comeback | None:
    """The stage of today and why; offered where a break or a red answer has made a start of it. None otherwise."""
    position, begun = follow_back(way, steps, felt, today), True
    if position is None:
        entry = _entry(way, line) if not _is_recent(steps, today) else None
        if entry is None:
            return None
        position, begun = Position(stage=way.number(entry)), False
    stage = way.stages[position.stage]
    waits = line is not None and (line.ground in CALM_DOWN or line.metres == 0)
    next_on = None if waits else max(today, position.last + REST_DAYS * DAY if position.last else today)
    shown = {"number": position.stage + 1, "of": len(way.stages)}
    because = [give(templates["back_stage"], source=stage.source, **shown)]
    because.append(give(templates[f"back_{position.moved.value}"], source=None))
    if next_on is None:
        because.append(give(templates["back_calm"], source=None))
    elif next_on > today:
        because.append(give(templates["back_rest"], source=None, on=day_words(next_on, today=today)))
    elif line is not None:
        because.append(give(templates["back_line"], source=None, cap=units.line(line.metres)))
    return Comeback(
        stage=stage,
        number=position.stage + 1,
        of=len(way.stages),
        well=position.well,
        begun=begun,
        next_on=next_on,
        because=tuple(because),
    )


def _entry(way: WayBack, line: Line | None) -> str | None:
    """The stage that is offered for a line; None where running goes on without."""
    if line is None or line.metres > RESTART_MOST_M:
        return None
    if line.ground in AFTER_BREAK:
        return way.after_break
    return way.after_red if line.ground in AFTER_RED else None


def _is_recent(steps: Sequence[Footstep], today: date) -> bool:
    """Whether the way back was left, or walked to its end, within thirty days: then it is not offered again at once."""
    return bool(steps) and (today - max(s.day for s in steps)).days <= OVER_DAYS


def parse_comeback(values: Mapping[str, object]) -> WayBack:
    """The way back from the parsed `comeback.toml`. Raises DefinitionError with the key and a sentence."""
    table = Table(values)
    stages = tuple(_stage(Table(entry, f"stages[{n}]")) for n, entry in enumerate(table.items("stages")))
    way = WayBack(stages=stages, after_break=table.text("after_break"), after_red=table.text("after_red"))
    table.done()
    known = [s.id for s in stages]
    if not known or len(set(known)) != len(known):
        raise DefinitionError("stages", "must be at least one, each with an id of its own.")
    for key, named in (("after_break", way.after_break), ("after_red", way.after_red)):
        if named not in known:
            raise DefinitionError(key, f"names {named!r}, and there is no such stage.")
    return way


def _stage(table: Table) -> Stage:
    stage = Stage(
        id=table.text("id"),
        name=table.text("name"),
        about_m=table.whole("about_m", 500, 20_000) if table.has("about_m") else None,
        how=table.text("how"),
        warm_min=table.whole("warm_min", 0, 20),
        run_min=table.whole("run_min", 1, 90),
        fast_min=table.whole("fast_min", 0, 20),
        walk_min=table.whole("walk_min", 0, 20),
        cool_min=table.whole("cool_min", 0, 20),
        repeats=table.whole("repeats", 1, 20),
        effort=table.whole("effort", 1, 8),
        source=table.text("source"),
    )
    table.done()
    return stage
