"""The commands about the person: `patella screen`, `settings`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from patella.terminal import options as o
from patella.terminal.door import command, print_json
from patella.terminal.page import Page
from patella.terminal.refused import InputError

if TYPE_CHECKING:
    from patella.app.patella import Patella


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for name, function in (("screen", screen), ("settings", settings)):
        command(app, name)(function)


def screen(  # noqa: PLR0913 - each is one option of the command line
    patella: Patella,
    *,
    questions: o.Questions = False,
    answers: o.Answers = None,
    assessed: o.Assessed = False,
    on: o.On = None,
    seen: o.Seen = False,
    symptom: o.Symptom = None,
    as_json: o.AsJson = False,
) -> int:
    """The questions that come before any exercise: one at a time, or from a file.

    Example: patella screen --answers answers.json --json
    """
    from patella.terminal import check

    if sum((questions, answers is not None, assessed, seen, symptom is not None)) > 1:
        raise InputError("--questions, --answers, --assessed, --seen and --symptom do not go together; choose one.")
    if on is not None and not (assessed or seen):
        raise InputError("--on goes with --assessed or --seen: the day on which you were seen or told yes.")
    if questions:
        return check.say_questions(patella, print_json if as_json else None)
    if assessed:
        return check.say_assessed(patella, check.read_day(on), print_json if as_json else None)
    if seen:
        return check.say_seen(patella, check.read_day(on), print_json if as_json else None)
    if symptom is not None:
        return check.say_symptom(patella, symptom, print_json if as_json else None)
    return check.say_screening(patella, answers, print_json if as_json else None)


def settings(  # noqa: PLR0913 - each is one option of the command line
    patella: Patella,
    *,
    knees: o.Knees = None,
    equipment: o.Equipment = None,
    usual_pain: o.UsualPain = None,
    cautious: o.Cautious = None,
    full_arc: o.FullArc = None,
    maintenance: o.Maintenance = None,
    one_leg: o.OneLeg = None,
    beat: o.Beat = None,
    letter: o.Letter = None,
    country: o.Country = None,
    weight: o.Weight = None,
    distance: o.Distance = None,
    height: o.Height = None,
    as_json: o.AsJson = False,
) -> None:
    """What Patella knows of you, and how to change it.

    Example: patella settings --knees right --equipment strap,kettlebell
    """
    from patella.terminal import settings as shown

    switches = {"cautious": cautious, "full_arc": full_arc, "one_leg": one_leg, "letter": letter}
    switches |= {"maintenance": maintenance}
    counting = {True: "beat", False: "self", None: None}[beat]
    units = {"weight": weight, "distance": distance, "height": height}
    others = {**units, "usual_pain": usual_pain, "counting": counting, "country": country, **switches}
    values = shown.change(patella, knees=knees, equipment=equipment, others=others)
    if as_json:
        print_json(shown.settings_to_json(values))
    else:
        shown.show_settings(Page.standard(), values, patella.library)
