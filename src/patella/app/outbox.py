"""What happened on a page: taken in with the ids and times it was given there, once, however often it is said.

A page keeps every event until it hears that it is on the disk, and says it again after a crash or a lost answer. So the
same id with the same content is the same event; with other content it is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from patella.app.diary import events_of, person_of
from patella.app.patella import Patella
from patella.app.training import ADVICE, Advice, TrainingError, begin, ease, swap
from patella.care.pain import Colour, When, check_nprs, colour_of
from patella.care.plan import DayPlan
from patella.care.script import script_of
from patella.care.session import AMENDABLE, Event, Kind, Session, fold, settle
from patella.store.entry import Entry
