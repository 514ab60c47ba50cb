"""The way back to running in the log: begun, an outing, not at one's best, left; and the stage of today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from patella.app.history.amend import is_there
from patella.app.history.events import loose_events
from patella.app.history.refused import TrainingError
from patella.app.history.units import units_of
from patella.app.patella import Patella
from patella.app.running.runs import LoggedRun, checked_run, find_run
from patella.app.running.told import ToldComeback, ToldSegment, ToldStage
from patella.care.comeback import Comeback, Footstep, Stage, Step, come_back
from patella.care.entries.field import more_than
from patella.care.entries.kinds import Kind
from patella.care.entries.of_running import ComebackBegun, RunAdded
from patella.care.line import Line
from patella.care.run import Felt
from patella.care.session import Event
from patella.care.units import Units
from patella.files.library import own_comeback

KINDS = {Step.BEGUN: Kind.COMEBACK_BEGUN, Step.PAUSED: Kind.COMEBACK_PAUSED, Step.LEFT: Kind.COMEBACK_LEFT}
STEPS: Mapping[str, Step] = {kind: step for step, kind in KINDS.items()}
BEGINNINGS = UUID("4e0c7b52-8a1d-5f0b-9c55-6b6e65650009")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outing:
    """One outing: its stage, how many seconds it took, whether to the end, and how far where that is known."""

    stage: str
    seconds: float
    complete: bool
    distance_m: float | None = None


def steps_since(app: Patella) -> tuple[Footstep, ...]:
    """Every step of the latest way back, in the order in which they were taken; empty where none was ever begun."""
    if app.log.first_day((KINDS[Step.BEGUN],)) is None:
        return ()
    said = loose_events(app, KINDS.values())
    begun = next((e.day for e in reversed(said) if e.kind == KINDS[Step.BEGUN]), None)
    if begun is None:
        return ()
    outings = [e for e in loose_events(app, (Kind.RUN_ADDED,), since=begun) if e.body.get("stage")]
    ordered = sorted((e for e in (*said, *outings) if e.day >= begun), key=lambda e: (e.day, e.at))
    return tuple(_footstep(e) for e in ordered)


def _footstep(event: Event) -> Footstep:
    if event.kind == Kind.RUN_ADDED:
        run = event.said(RunAdded)
        return Footstep(step=Step.OUTING, day=event.day, stage=run.stage, complete=run.complete is not False)
    stage = event.said(ComebackBegun).stage if event.kind == KINDS[Step.BEGUN] else None
    return Footstep(step=STEPS[event.kind], day=event.day, stage=stage)


def comeback_for(app: Patella, steps: Sequence[Footstep], felt: Felt, line: Line | None) -> ToldComeback | None:
    """The stage of today; None where there is no way back to walk. Only for who may run."""
    units = units_of(app)
    found = come_back(own_comeback(), steps, felt, line, app.library.reasons, today=app.today, units=units)
    return None if found is None else _tell_comeback(found, app.today, units)


def _tell_comeback(comeback: Comeback, today: date, units: Units) -> ToldComeback:
    return more_than(
        ToldComeback,
        tell_stage(comeback.stage, units),
        number=comeback.number,
        of=comeback.of,
        well=comeback.well,
        begun=comeback.begun,
        next_on=comeback.next_on,
        today=comeback.next_on == today,
        because=comeback.because,
    )


def tell_stage(stage: Stage, units: Units) -> ToldStage:
    """A stage as it is told."""
    return ToldStage(
        stage=stage.id,
        name=stage.name_in(units),
        how=stage.how,
        effort=stage.effort,
        segments=tuple(ToldSegment(part=s.part.value, seconds=s.seconds) for s in stage.segments),
        source=stage.source,
    )


def list_stages(units: Units) -> list[ToldStage]:
    """Every stage in its order."""
    return [tell_stage(s, units) for s in own_comeback().stages]


def note_step(app: Patella, step: Step, *, stage: str | None = None, entry_id: str | None = None) -> str:
    """Note that the way back was begun (at a stage), that a person was not at their best, or has left it; the id.

    The same `entry_id` twice is one step. Raises TrainingError with a sentence.
    """
    body: Mapping[str, object] = {"stage": _known(stage)} if step is Step.BEGUN else {}
    found = entry_id or app.new_id()
    if not is_there(app, found, KINDS[step], body):
        app.write(KINDS[step], body, entry_id=found)
    return found


def note_outing(app: Patella, outing: Outing, *, entry_id: str | None = None) -> LoggedRun:
    """Put an outing into the log as a run of its stage; the way back begins with it where it was not begun.

    The same `entry_id` twice is one outing. Raises TrainingError with a sentence.
    """
    stage = _known(outing.stage)
    name = next(s.name for s in own_comeback().stages if s.id == stage)
    values = {"moving_s": outing.seconds, "name": name}
    if outing.distance_m is not None:
        values["distance_m"] = outing.distance_m
    body = {**checked_run(app, values), "stage": stage, "complete": outing.complete}
    found = entry_id or app.new_id()
    if not is_there(app, found, Kind.RUN_ADDED, body):
        if not steps_since(app) or steps_since(app)[-1].step is Step.LEFT:
            note_step(app, Step.BEGUN, stage=stage, entry_id=str(uuid5(BEGINNINGS, found)))
        app.write(Kind.RUN_ADDED, body, entry_id=found)
    return find_run(app, found)


def _known(stage: str | None) -> str:
    way = own_comeback()
    if stage is None:
        return way.after_break
    if stage not in {s.id for s in way.stages}:
        raise TrainingError("There is no such stage of the way back.")
    return stage
