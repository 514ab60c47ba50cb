"""What physiotherapists set, as it stands in the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from patella.care.entries.kinds import Kind
from patella.care.entries.of_programme import ProgrammeEnded, ProgrammeSet
from patella.care.home_programme import HomeProgramme, Said, programme_on
from patella.care.library import Library
from patella.care.session import Event

PROGRAMME = (Kind.PROGRAMME_SET, Kind.PROGRAMME_ENDED)


def programme_in(noted: Iterable[Event], day: date, library: Library) -> HomeProgramme | None:
    """What is in force on a day, of what was noted; what takes back or corrects it has been heeded already."""
    return programme_on(day, said_in(noted), library.exercises)


def said_in(noted: Iterable[Event]) -> Iterator[Said]:
    """Every word on programmes among these, in their order."""
    for event in noted:
        if event.kind == Kind.PROGRAMME_SET:
            yield Said(id=event.id, day=event.day, word=event.said(ProgrammeSet))
        elif event.kind == Kind.PROGRAMME_ENDED:
            yield Said(id=event.id, day=event.day, word=event.said(ProgrammeEnded))
