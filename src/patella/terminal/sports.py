"""`patella sport`: what an activity was, where its file does not say it, or says it wrongly."""

from __future__ import annotations

from patella.app.history.units import units_of
from patella.app.patella import Patella
from patella.app.running.runs import LoggedRun, runs_between, sports_between
from patella.app.running.sports import CHOICES, Unnamed, answer_unnamed, change_sport, name_all
from patella.terminal.keys import InputEndedError
from patella.terminal.page import Page
from patella.terminal.refused import InputError
from patella.terminal.talk import LeftError, Talk, is_somebody_there

SHORT_ID = 8
MOST_SHOWN = 20
LATER = "I will say it later"


def ask_unnamed(app: Patella, talk: Talk) -> None:
    """Ask once for every kind of activity without a sport; `q` leaves the rest for later."""
    try:
        for kind in answer_unnamed(app, units_of(app)):
            _ask(app, talk, kind)
    except (LeftError, InputEndedError):
        talk.page.say("Left as it is; patella sport asks again.")


def _ask(app: Patella, talk: Talk, kind: Unnamed) -> None:
    choices = [c.capitalize() for c in CHOICES]
    chosen = talk.ask_choice(f"{kind.asks} ({kind.first} to {kind.last})", [*choices, LATER])
    if chosen is not None and chosen < len(CHOICES):
        name_all(app, kind.key, CHOICES[chosen])
        talk.page.say(f"{CHOICES[chosen].capitalize()}: noted.")


def tell_unnamed(app: Patella, page: Page) -> None:
    """Ask where somebody is there to answer; else say what is to be asked."""
    if is_somebody_there():
        ask_unnamed(app, Talk.on_terminal(page))
    else:
        say_unnamed(app, page)


def say_unnamed(app: Patella, page: Page) -> None:
    """Say what is to be asked, and where."""
    kinds = answer_unnamed(app, units_of(app))
    for kind in kinds:
        page.say(f"{kind.asks} Until you say, they count as no run.")
    if kinds:
        page.say("patella sport asks you, once for each kind.")


def latest(app: Patella) -> tuple[LoggedRun, ...]:
    """The latest activities, runs among them, newest first."""
    found = [*runs_between(app, None, None), *sports_between(app, None, None)]
    return tuple(sorted(found, key=lambda r: (r.day, r.id), reverse=True)[:MOST_SHOWN])


def rename(app: Patella, wanted: str, sport: str) -> LoggedRun:
    """Say what the activity was whose id begins like this. Raises InputError, TrainingError."""
    found = [r for r in (*runs_between(app, None, None), *sports_between(app, None, None)) if r.id.startswith(wanted)]
    if len(found) != 1:
        said = "Several activities begin like that; type more of it." if found else "There is no such activity."
        raise InputError(f"{said} patella sport shows each with its id.")
    return change_sport(app, found[0].id, sport)


def show(app: Patella, page: Page) -> None:
    """The latest activities with their ids, and what is to be asked."""
    units = units_of(app)
    for one in latest(app):
        far = units.far(one.distance_m) if one.distance_m is not None else None
        page.item(", ".join(p for p in (one.id[:SHORT_ID], one.day.isoformat(), one.sport, far, one.name) if p))
    tell_unnamed(app, page)
