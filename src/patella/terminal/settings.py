"""Settings at a terminal: asked once after the screening, shown and changed by a command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from patella.app.history.reading import THINGS
from patella.app.history.units import UNITS
from patella.app.patella import Patella
from patella.app.person.settings import Settings, change_settings
from patella.care.entries.field import write
from patella.care.entries.of_person import Counting
from patella.care.library import Library
from patella.care.pain import GREEN_MAX
from patella.care.person import Knee
from patella.care.units import Distance, Height, Weight
from patella.terminal.page import Page
from patella.terminal.refused import InputError
from patella.terminal.talk import Talk

KNEES = {"left": ["left"], "right": ["right"], "both": ["left", "right"], "none": []}


def ask_settings(app: Patella, talk: Talk) -> None:
    """The few things a first plan is better for knowing; each answer is kept as soon as it is given."""
    page = talk.page
    page.say()
    page.say("Two short things, then we begin.")
    knee = talk.ask_choice("Which knee is it?", ["Left", "Right", "Both", "Neither, or hard to say"])
    change_settings(app, {"knees": list(KNEES.values())[knee or 0]})
    page.say()
    usual = talk.ask_pain("On a usual morning, how much does it hurt? 0 is no pain, 10 the worst you can imagine.")
    if usual is not None:
        change_settings(app, {"usual_pain": usual})


def ask_things(app: Patella, talk: Talk, things: Sequence[str]) -> None:
    """Whether the things that today's plan asks for are at hand: each is asked once, ever."""
    names = [app.library.equipment[t].name for t in things]
    has = talk.ask_several(
        "Today asks for these. Which do you have? Patella finds something to use instead where it can.", names
    )
    there = {things[n] for n in has or []}
    change_settings(app, {THINGS: {t: t in there for t in things}})


def change(app: Patella, *, knees: str | None, equipment: str | None, others: Mapping[str, object]) -> Settings:
    """Change what was named on the command line (None was not), and give all settings.

    Raises InputError, AnswerError with a sentence.
    """
    changed = {k: v for k, v in others.items() if v is not None}
    if knees is not None:
        changed["knees"] = parse_knees(knees)
    if equipment is not None:
        changed["has"] = has = parse_equipment(equipment, app.library)
        if has is None:  # all was said: nothing is asked for any more
            changed[THINGS] = dict.fromkeys(app.library.equipment, True)
    return change_settings(app, changed)


def parse_knees(text: str) -> list[str]:
    """`left`, `right`, `left,right` or `none`. Raises InputError."""
    named = _split(text)
    if named in (["none"], ["both"]):
        return KNEES[named[0]]
    if not named or any(n not in set(Knee) for n in named):
        raise InputError(f"--knees takes left, right, left,right or none, not {text!r}.")
    return named


def parse_equipment(text: str, library: Library) -> list[str] | None:
    """Ids with commas; `all` gives None (everything is at hand), `none` an empty list. Raises InputError."""
    named = _split(text)
    if named == ["all"]:
        return None
    if named == ["none"]:
        return []
    strangers = [n for n in named if n not in library.equipment]
    if strangers or not named:
        what = strangers[0] if strangers else text
        raise InputError(
            f"There is no equipment called {what!r}; there is {', '.join(library.equipment)}, all or none."
        )
    return named


def _split(text: str) -> list[str]:
    return [part.strip().lower() for part in text.split(",") if part.strip()]


def show_settings(page: Page, values: Settings, library: Library) -> None:
    """The settings that a terminal knows, each with the option that changes it."""
    usual = values.usual_pain
    rows = {
        "sore knees": (", ".join(values.knees) or "not said", "--knees"),
        "at hand": (_equipment(values, library), "--equipment"),
        "usual morning pain": ("not said" if usual is None else f"{usual} of 10", "--usual-pain"),
        "cautious": (f"{_yes(values.cautious)}: everything above {GREEN_MAX} of 10 counts as red", "--cautious"),
        "whole arc": (_yes(values.full_arc) + ": opens the whole movement when it is time", "--full-arc"),
        "sore leg only": (_yes(values.one_leg), "--one-leg"),
        "repetitions": ("a beat counts" if values.counting is Counting.BEAT else "you count", "--beat, --no-beat"),
        "country": (values.country or "not said: the emergency number goes by your language", "--country"),
        "only keeping it": (_yes(values.maintenance) + ": five minutes, two or three days a week", "--maintenance"),
        "weights": ("pounds" if values.weight is Weight.LB else "kilograms", "--weight"),
        "distances": ("miles" if values.distance is Distance.MI else "kilometres", "--distance"),
        "heights": ("feet and inches" if values.height is Height.FT else "centimetres", "--height"),
        "paper": ("US Letter" if values.letter else "A4", "--letter, --a4"),
    }
    for name, (value, option) in rows.items():
        page.item(f"{name}: {value} ({option})")


def settings_to_json(values: Settings) -> dict[str, object]:
    """The settings in plain values; `equipment` is null where everything is at hand."""
    of_plan = ("knees", "usual_pain", "cautious", "full_arc", "one_leg", "maintenance", "things")
    kept = (*of_plan, "counting", "letter", "country", *UNITS)
    return {**{k: v for k, v in write(values).items() if k in kept}, "equipment": values.has}


def _equipment(values: Settings, library: Library) -> str:
    has = values.has
    if has is None:
        there = values.things.items()
        missing = [library.equipment[t].name for t, at_hand in there if not at_hand and t in library.equipment]
        return f"everything but {', '.join(missing)}" if missing else "everything"
    return ", ".join(library.equipment[t].name for t in has if t in library.equipment) or "only what every home has"


def _yes(value: object) -> str:
    return "yes" if value else "no"
