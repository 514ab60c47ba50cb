"""The commands about running: import, runs, shoes, sitting, the knee, scores. Each hands over as soon as it can."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from patella.terminal import options as o
from patella.terminal.door import INTERRUPTED, command, print_json
from patella.terminal.page import Page

if TYPE_CHECKING:
    from patella.app.patella import Patella

Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PATH...", help="FIT, GPX, TCX (also .gz), folders, exports of platforms."),
]
WatchedDir = Annotated[
    Path | None,
    typer.Option("--watch", metavar="DIR", help="Go on, and take in what is dropped into this folder, until Ctrl-C."),
]
Far = Annotated[
    str | None,
    typer.Argument(metavar="[DISTANCE]", help="How far: 5.2, 5km, 3mi; the latest runs if you give none."),
]
Minutes = Annotated[float | None, typer.Option("--minutes", metavar="N", help="How long.")]
InShoe = Annotated[str | None, typer.Option("--shoe", metavar="NAME", help="The shoe you wore.")]
OnSurface = Annotated[str | None, typer.Option("--surface", metavar="NAME", help="The ground: road, trail, track ...")]
Cadence = Annotated[float | None, typer.Option("--cadence", metavar="N", help="Steps a minute, both feet counted.")]
Race = Annotated[bool, typer.Option("--race", help="It was a race.")]
RunPain = Annotated[int | None, typer.Option("--pain", metavar="N", help="The knee at its worst, 0 to 10.")]
Timer = Annotated[bool, typer.Option("--timer", help="Walk and run in turns: today's stage of the way back.")]
Back = Annotated[bool, typer.Option("--back", help="You are coming back to running: begin the stages.")]
Unwell = Annotated[bool, typer.Option("--not-well", help="Not at 100 %: one stage back.")]
Leave = Annotated[bool, typer.Option("--leave", help="Leave the way back.")]
ShoeName = Annotated[str | None, typer.Argument(metavar="[NAME]", help="A shoe; all of them if you name none.")]
Drop = Annotated[float | None, typer.Option("--drop", metavar="MM", help="Heel drop: heel less ball of the foot.")]
Since = Annotated[str | None, typer.Option("--since", metavar="DAY", help="First day of use.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DAY", help="Last day of use.")]
Usual = Annotated[bool | None, typer.Option("--usual/--not-usual", help="Worn unless a run says otherwise.")]
Activity = Annotated[str | None, typer.Argument(metavar="[ID]", help="An activity; the latest if you name none.")]
Was = Annotated[str | None, typer.Argument(metavar="[SPORT]", help="running, walking, hiking, cycling, other ...")]
Hours = Annotated[float | None, typer.Argument(metavar="[HOURS]", help="Hours sat today; none shows the last days.")]
FromWatch = Annotated[bool, typer.Option("--activitywatch", help="Ask ActivityWatch on this machine for two weeks.")]
Barefoot = Annotated[float | None, typer.Option("--barefoot", metavar="MIN", help="Minutes barefoot today.")]
Doing = Annotated[
    str | None, typer.Option("--doing", metavar="WHAT", help="run, sit, stairs, squat, kneel, walk, rest.")
]
Where = Annotated[
    str | None, typer.Option("--where", metavar="PLACE", help="front, above, below, inside, outside, back.")
]
Swelling = Annotated[bool, typer.Option("--swelling", help="It is newly swollen.")]
GivingWay = Annotated[bool, typer.Option("--giving-way", help="It gave way.")]
ScoreName = Annotated[str | None, typer.Argument(metavar="[SCORE]", help="psfs, nprs, groc, akps, koos-pf or uwri.")]
ScoreValue = Annotated[float | None, typer.Argument(metavar="[VALUE]", help="Its value.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for name, function in (
        ("import", import_),
        ("run", run),
        ("shoe", shoe),
        ("sport", sport),
        ("sat", sat),
        ("knee", knee),
        ("score", score),
    ):
        command(app, name)(function)


def import_(patella: Patella, *, paths: Paths = None, watch: WatchedDir = None, as_json: o.AsJson = False) -> int:
    """Take in the runs of your watch: files, folders, or a whole export as a platform sends it. Twice does no harm.

    Example: patella import export_123.zip
    """
    from patella.terminal.importing import say_import
    from patella.terminal.refused import InputError

    if not paths and watch is None:
        raise InputError("Say what to take in: patella import FILE, or patella import --watch DIR.")
    code = say_import(patella, paths, print_json if as_json else None) if paths else 0
    if watch is None or code == INTERRUPTED:
        return code
    from patella.terminal.watching import watch_folder

    return watch_folder(patella, watch, as_json=as_json)


def run(  # noqa: PLR0913 - each is one option of the command line
    patella: Patella,
    *,
    distance: Far = None,
    minutes: Minutes = None,
    shoe: InShoe = None,
    surface: OnSurface = None,
    cadence: Cadence = None,
    race: Race = False,
    pain: RunPain = None,
    timer: Timer = False,
    back: Back = False,
    unwell: Unwell = False,
    leave: Leave = False,
    quiet: o.Quiet = False,
    speed: o.Speed = 1.0,
    as_json: o.AsJson = False,
) -> int:
    """Note a run that no watch recorded; without a distance, the latest runs and how far today.

    Coming back after a break or a sore spell: --back begins the stages, --timer walks you through today's.

    Example: patella run 5.2 --minutes 31 --surface trail
    """
    chosen = [step for step, said in (("begun", back), ("paused", unwell), ("left", leave)) if said]
    if chosen or timer:
        return _way_back(patella, chosen, timer=timer, quiet=quiet, speed=speed, as_json=as_json)
    from patella.app.history.units import units_of
    from patella.terminal import runner

    units = units_of(patella)
    if distance is None and minutes is None:
        answer = runner.latest_runs(patella)
        print_json(answer) if as_json else runner.show_runs(Page.standard(), answer, units)
        return 0
    said = {"distance": distance, "minutes": minutes, "shoe": shoe, "surface": surface, "cadence": cadence}
    noted = runner.note_run(patella, said | {"race": race or None, "pain": pain})
    print_json(noted) if as_json else runner.say_run(Page.standard(), noted, units)
    return 0


def _way_back(patella: Patella, chosen: Sequence[str], *, timer: bool, quiet: bool, speed: float, as_json: bool) -> int:
    from patella.terminal import walkrun

    for step in chosen:
        walkrun.take_step(patella, step)
    if timer and not as_json:
        from patella.terminal.hall import open_hall

        return walkrun.walk_through(patella, open_hall(quiet=quiet, speed=speed))
    answer = walkrun.answer_back(patella)
    print_json(answer) if as_json else walkrun.show_back(Page.standard(), answer)
    return 0


def shoe(  # noqa: PLR0913 - each is one option of the command line
    patella: Patella,
    *,
    name: ShoeName = None,
    drop: Drop = None,
    since: Since = None,
    until: Until = None,
    usual: Usual = None,
    as_json: o.AsJson = False,
) -> None:
    """Your shoes with their heel drop and how far they have gone; a name adds a pair, or changes the one of that name.

    Example: patella shoe "Blue ones" --drop 8 --usual
    """
    from patella.app.history.units import units_of
    from patella.terminal import runner

    said = {"heel_drop_mm": drop, "since": since, "until": until, "usual": usual}
    answer = runner.shoes(patella, name, {k: v for k, v in said.items() if v is not None})
    print_json(answer) if as_json else runner.show_shoes(Page.standard(), answer, units_of(patella))


def sport(patella: Patella, *, activity: Activity = None, was: Was = None, as_json: o.AsJson = False) -> None:
    """What your activities were: asks, once for all of a kind, where no file says it; an id and a word put one right.

    Example: patella sport 1f3a running
    """
    from patella.app.history.units import units_of
    from patella.app.running.sports import answer_unnamed
    from patella.terminal import sports
    from patella.terminal.refused import InputError

    if (activity is None) is not (was is None):
        raise InputError("Name the activity and what it was, such as patella sport 1f3a running.")
    if activity is not None and was is not None:
        changed = sports.rename(patella, activity, was)
        print_json(changed) if as_json else Page.standard().say(f"{changed.sport.capitalize()}: noted.")
    elif as_json:
        print_json({"latest": sports.latest(patella), "unnamed": answer_unnamed(patella, units_of(patella))})
    else:
        sports.show(patella, Page.standard())


def sat(
    patella: Patella,
    *,
    hours: Hours = None,
    barefoot: Barefoot = None,
    activitywatch: FromWatch = False,
    as_json: o.AsJson = False,
) -> None:
    """Note how long you sat today, in a second; or take it from ActivityWatch on this machine.

    Example: patella sat 7.5
    """
    from patella.terminal import runner

    answer = runner.sitting(patella, hours, barefoot, watched=activitywatch)
    print_json(answer) if as_json else runner.show_sitting(Page.standard(), answer)


def knee(  # noqa: PLR0913 - each is one option of the command line
    patella: Patella,
    *,
    nprs: o.Nprs,
    doing: Doing = None,
    which: o.WhichKnee = None,
    where: Where = None,
    swelling: Swelling = False,
    giving_way: GivingWay = False,
    as_json: o.AsJson = False,
) -> None:
    """Note pain at any moment: how much, which knee, where, doing what; and hear what it means for today.

    Example: patella knee 3 --doing run --where front --knee right
    """
    from patella.terminal import runner

    said = {"doing": doing, "knee": which, "place": where, "swelling": swelling, "giving_way": giving_way}
    answer = runner.note_knee(patella, nprs, said)
    print_json(answer) if as_json else runner.say_knee(Page.standard(), nprs, answer)


def score(patella: Patella, *, name: ScoreName = None, value: ScoreValue = None, as_json: o.AsJson = False) -> None:
    """Enter a score of your knee, or see those there are and whether they have changed.

    Example: patella score akps 82
    """
    from patella.terminal import runner

    answer = runner.scores(patella, name, value)
    print_json(answer) if as_json else runner.show_scores(Page.standard(), answer)
