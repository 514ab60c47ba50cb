"""Runs, shoes, sitting, the knee and scores on a terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from patella.app.history.units import units_of
from patella.app.knee.noted import KneeMeans, Noted
from patella.app.knee.noted import note_knee as note
from patella.app.knee.scores import Scores, answer_scores, note_score
from patella.app.knee.sitting import barefoot_between, note_barefoot, note_sitting, read_sitting, sitting_between
from patella.app.patella import Patella
from patella.app.running.load import answer_running, no_run_text
from patella.app.running.runs import LoggedRun, add_run, runs_between
from patella.app.running.shoes import add_shoe, change_shoe, shoe_named, shoes_of
from patella.app.running.told import RunningToday
from patella.app.running.worn import WornShoe, answer_shoes
from patella.care.entries.field import more_than
from patella.care.outcomes import ScoreId
from patella.care.pain import When, check_nprs
from patella.care.person import Knee
from patella.care.place import Doing, PlaceId
from patella.care.units import Units
from patella.terminal.page import Page, Tone
from patella.terminal.refused import InputError
from patella.terminal.stages import show_stage
from patella.terminal.wording import TONES, counted

E = TypeVar("E", bound=StrEnum)

SHOWN_RUNS, LOOK_BACK_DAYS, SHOWN_DAYS = 10, 365, 14
VERDICTS = {
    "better": "better",
    "likely_better": "likely better",
    "small_better": "a little better",
    "unclear": "no clear change",
    "small_worse": "a little worse",
    "likely_worse": "likely worse",
    "worse": "worse",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LatestRuns(RunningToday):
    """The latest runs, newest first, how far today, and the way back."""

    runs: tuple[LoggedRun, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedRun(LoggedRun):
    """A run that was noted, what its pain means, and what is said where there is no advice to run."""

    felt: str | None
    no_run_text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """Hours of sitting and minutes barefoot, by day."""

    sitting_h: Mapping[date, float]
    barefoot_min: Mapping[date, float]


def latest_runs(app: Patella) -> LatestRuns:
    """The latest runs, newest first, how far today, and the way back."""
    runs = runs_between(app, app.today - timedelta(days=LOOK_BACK_DAYS), app.today + timedelta(days=1))
    return more_than(LatestRuns, answer_running(app), runs=tuple(reversed(runs[-SHOWN_RUNS:])))


def show_runs(page: Page, answer: LatestRuns, units: Units) -> None:
    """The answer of `latest_runs`."""
    running = answer.running
    if answer.comeback:
        show_stage(page, answer.comeback)
    if answer.no_run_text:
        page.say(answer.no_run_text, tone=Tone.STRONG)
        page.say()
    if running:
        for reason in running.because:
            page.say(reason.text)
        if running.shoes:
            page.say(running.shoes)
        page.say()
    for run in answer.runs:
        page.item(_run_line(run, units))
    if not answer.runs:
        page.say("No run is known yet. patella import takes them from your watch; patella run 5 notes one by hand.")


def note_run(app: Patella, said: Mapping[str, object]) -> NotedRun:
    """Note a run from what was typed, and say so where there is no advice to run. Raises InputError, TrainingError."""
    distance, minutes, shoe = said["distance"], said["minutes"], said["shoe"]
    values = {
        "distance_m": None if distance is None else _metres(app, str(distance)),
        "moving_s": None if minutes is None else round(float(str(minutes)) * 60),
        "cadence_spm": said["cadence"],
        "surface": said["surface"],
        "race": said["race"],
        "shoe": None if shoe is None else _shoe_id(app, str(shoe)),
    }
    pain = said.get("pain")
    nprs = None if pain is None else _pain(pain)
    run = add_run(app, {k: v for k, v in values.items() if v is not None})
    felt = None if nprs is None else note(app, Noted(nprs=nprs, when=When.DURING, doing=Doing.RUN))
    return more_than(NotedRun, run, felt=felt and felt.text, no_run_text=no_run_text(app))


def _metres(app: Patella, typed: str) -> int:
    try:
        return units_of(app).metres_of(typed)
    except ValueError as error:
        raise InputError(str(error)) from None


def _pain(said: object) -> int:
    try:
        return check_nprs(said)
    except ValueError as error:
        raise InputError(str(error)) from None


def say_run(page: Page, run: NotedRun, units: Units) -> None:
    """A run that was noted."""
    page.say(f"Noted: {_run_line(run, units)}.")
    if run.no_run_text:
        page.say(run.no_run_text, tone=Tone.STRONG)
    elif run.felt:
        page.say(run.felt)


def _run_line(run: LoggedRun, units: Units) -> str:
    parts = [run.day.isoformat()]
    if run.distance_m is not None:
        parts.append(units.far(run.distance_m))
    if run.moving_s is not None:
        parts.append(f"{run.moving_s / 60:.0f} min")
    if run.cadence_spm is not None:
        parts.append(f"{run.cadence_spm:.0f} steps a minute")
    return ", ".join([*parts, *(text for text in (run.surface, run.name) if text)])


def shoes(app: Patella, name: str | None, values: Mapping[str, object]) -> list[WornShoe]:
    """Every pair, after the one named was added or changed. Raises InputError, TrainingError."""
    if name is None and values:
        raise InputError("Name the shoe that this is about.")
    if name is not None:
        known = shoe_named(shoes_of(app), name)
        if known is None:
            add_shoe(app, {"name": name, **values})
        elif values:
            change_shoe(app, known.id, values)
    return answer_shoes(app)


def show_shoes(page: Page, answer: Sequence[WornShoe], units: Units) -> None:
    """A line for each pair: how far it went, its heel drop, and since when."""
    for shoe in answer:
        drop = shoe.heel_drop_mm
        parts = [f"{units.far(shoe.metres)} in {counted(shoe.runs, 'run')}"]
        parts.append("heel drop not known" if drop is None else f"heel drop {drop:g} mm")
        parts += [f"since {shoe.since}"] if shoe.since else []
        parts += [f"until {shoe.until}"] if shoe.until else []
        parts += ["the usual one"] if shoe.usual else []
        page.item(f"{shoe.name}: {', '.join(parts)}")
    if not answer:
        page.say('No shoe is known yet. patella shoe "Blue ones" --drop 8 adds one.')


def _shoe_id(app: Patella, name: str) -> str:
    known = shoes_of(app)
    found = shoe_named(known, name)
    if found is None:
        names = ", ".join(s.name for s in known) or "none yet"
        raise InputError(f"There is no shoe called {name}. There is: {names}.")
    return found.id


def sitting(app: Patella, hours: float | None, barefoot: float | None, *, watched: bool) -> Sitting:
    """Note what was said, and give the last two weeks. Raises TrainingError."""
    if hours is not None:
        note_sitting(app, hours)
    if barefoot is not None:
        note_barefoot(app, barefoot)
    if watched:
        asyncio.run(read_sitting(app, days=SHOWN_DAYS))
    since, before = app.today - timedelta(days=SHOWN_DAYS), app.today + timedelta(days=1)
    return Sitting(sitting_h=sitting_between(app, since, before), barefoot_min=barefoot_between(app, since, before))


def show_sitting(page: Page, answer: Sitting) -> None:
    """The answer of `sitting`."""
    sat, barefoot = answer.sitting_h, answer.barefoot_min
    for day in sorted({*sat, *barefoot}):
        parts = [f"{sat[day]:g} h sat"] if day in sat else []
        parts += [f"{barefoot[day]:g} min barefoot"] if day in barefoot else []
        page.item(f"{day}: {', '.join(parts)}")
    if not sat and not barefoot:
        page.say("Nothing is noted of the last two weeks. patella sat 7.5 notes today.")


def note_knee(app: Patella, nprs: int, said: Mapping[str, object]) -> KneeMeans:
    """Note pain from what was typed. Raises InputError."""
    doing, knee = _one_of(Doing, said["doing"], "--doing"), said["knee"]
    try:
        noted = Noted(
            nprs=nprs,
            when=When.DURING if doing is Doing.RUN else When.BEFORE,
            doing=doing,
            knee=knee if isinstance(knee, Knee) else None,
            place=_one_of(PlaceId, said["place"], "--where"),
            swelling=said["swelling"] is True,
            giving_way=said["giving_way"] is True,
        )
        return note(app, noted)
    except ValueError as error:
        raise InputError(str(error)) from None


def say_knee(page: Page, nprs: int, answer: KneeMeans) -> None:
    """What a note about the knee means."""
    page.say(f"{nprs} of 10, {answer.colour}. {answer.text}", tone=TONES[answer.colour])
    if answer.place_text:
        page.say(answer.place_text)
    if answer.clearance_text:
        page.say(answer.clearance_text, tone=Tone.STRONG)


def _one_of(kind: type[E], said: object, option: str) -> E | None:
    if said is None:
        return None
    if said not in set(kind):
        raise InputError(f"{option} is one of {', '.join(kind)}.")
    return kind(str(said))


def scores(app: Patella, name: str | None, value: float | None) -> Scores:
    """Every score, after one was entered. Raises InputError, TrainingError."""
    score = _one_of(ScoreId, name, "A score")
    if (score is None) is not (value is None):
        raise InputError("A score is entered with its value, such as patella score akps 82.")
    if score is not None and value is not None:
        note_score(app, score, int(value) if value == int(value) else value)
    return answer_scores(app)


def show_scores(page: Page, answer: Scores) -> None:
    """A line for each score that was given: the latest value, and what its change may be called."""
    for score in answer.scores:
        if not score.entries:
            continue
        latest, change = score.entries[-1], score.change
        line = f"{score.name} ({score.score}): {latest.value:g} on {latest.day}"
        if change:
            line += f"; {VERDICTS[change.verdict]} since {change.since} ({change.points:+g})"
        page.item(line)
    if answer.asked:
        page.say(f"Asked now: {', '.join(a.score for a in answer.asked)}. patella score NAME VALUE enters one.")
    elif not any(s.entries for s in answer.scores):
        page.say("No score is entered yet. patella score akps 82 enters one.")
