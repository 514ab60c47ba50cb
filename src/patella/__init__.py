"""Patella: a knee-care coach for runners. The curious begin here: the library, the plan, the pain rule.

>>> import patella
>>> patella.colour_of(4).value
'amber'
>>> patella.own_library().exercises["terminal-knee-extension"].dose.reps
(6, 12)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from patella.care.choice import Scope
    from patella.care.clearance import Clearance
    from patella.care.exercise import Exercise
    from patella.care.history import History, Screened
    from patella.care.item import PlanItem
    from patella.care.library import Library
    from patella.care.pain import Colour, Response, colour_of
    from patella.care.person import Habit, Knee, Person
    from patella.care.plan import DayPlan, plan_for
    from patella.care.prescription import Prescription
    from patella.care.progression import Progress, Verdict, decide
    from patella.care.questionnaire import Outcome
    from patella.care.record import ItemDone, SessionDone, SetDone
    from patella.care.screening import Screening, assess
    from patella.files.library import own_library, read_library, read_movement

_HOMES = {
    "patella.care.choice": ("Scope",),
    "patella.care.clearance": ("Clearance",),
    "patella.care.exercise": ("Exercise",),
    "patella.care.history": ("History", "Screened"),
    "patella.care.library": ("Library",),
    "patella.care.pain": ("Colour", "Response", "colour_of"),
    "patella.care.person": ("Habit", "Knee", "Person"),
    "patella.care.item": ("PlanItem",),
    "patella.care.plan": ("DayPlan", "plan_for"),
    "patella.care.prescription": ("Prescription",),
    "patella.care.progression": ("Progress", "Verdict", "decide"),
    "patella.care.questionnaire": ("Outcome",),
    "patella.care.record": ("ItemDone", "SessionDone", "SetDone"),
    "patella.care.screening": ("Screening", "assess"),
    "patella.files.library": ("own_library", "read_library", "read_movement"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Clearance",
    "Colour",
    "DayPlan",
    "Exercise",
    "Habit",
    "History",
    "ItemDone",
    "Knee",
    "Library",
    "Outcome",
    "Person",
    "PlanItem",
    "Prescription",
    "Progress",
    "Response",
    "Scope",
    "Screened",
    "Screening",
    "SessionDone",
    "SetDone",
    "Verdict",
    "assess",
    "colour_of",
    "decide",
    "own_library",
    "plan_for",
    "read_library",
    "read_movement",
]


def __getattr__(name: str) -> object:
    """Names are looked up when they are first used, so that a command need not import what it does not use."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'patella' has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)
