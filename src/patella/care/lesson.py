"""Why knees hurt: short lessons, one idea a day, and which of them it is today."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from patella.care.pain import Colour, colour_of
from patella.motion.definition import DefinitionError, Table

WORDS_LEAST, WORDS_MOST = 60, 110
FIRST_DAYS = 7
LOOK_BACK_DAYS = 2
CALM_DAYS, CALM_LEAST = 14, 6

_CITED = re.compile(r"\[([a-z0-9][a-z0-9-]*)\]")
_ID = re.compile(r"[a-z][a-z0-9-]{0,79}")


class Occasion(StrEnum):
    """When a lesson comes before its turn, from the most pressing to the least."""

    BAD_DAY = "bad_day"
    FIRST_DAYS = "first_days"
    SORE = "sore"
    RUN = "run"
    SITTING = "sitting"
    CALM = "calm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One idea in about half a minute. `paragraphs` cite their sources as `[id]`; `cited` are those ids, each once.

    `running`: it gives advice on running, and so waits while there is to be none.
    """

    id: str
    title: str
    paragraphs: tuple[str, ...]
    cited: tuple[str, ...]
    fits: frozenset[Occasion]
    running: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A lesson that was read, and the day."""

    day: date
    lesson: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the choice looks at. `since` is the day of the first screening, None before it.

    `worst` is the worst pain noted, by day; `ran` are the days of a run, `sat` those on which sitting hurt.
    """

    day: date
    since: date | None = None
    worst: Mapping[date, int] = field(default_factory=dict)
    ran: frozenset[date] = frozenset()
    sat: frozenset[date] = frozenset()
    may_run: bool = True
    cautious: bool = False


def parse_lessons(values: Mapping[str, object]) -> dict[str, Lesson]:
    """Every lesson by its id in the order of reading, from the parsed `lessons.toml`: one table for each.

    A lesson has 60 to 110 words besides its citations, and cites a source. Raises DefinitionError with the key and a
    sentence.
    """
    table = Table(values)
    found = {key: _lesson(key, table.table(key)) for key in table.keys()}  # noqa: SIM118 - a Table is not a dict
    if not found:
        raise DefinitionError("", "has no lesson at all.")
    return found


def _lesson(lesson_id: str, table: Table) -> Lesson:
    if not _ID.fullmatch(lesson_id):
        raise DefinitionError(lesson_id, "must be small letters, digits and hyphens: it is the lesson's address.")
    text = table.text("text")
    lesson = Lesson(
        id=lesson_id,
        title=table.text("title"),
        paragraphs=tuple(" ".join(p.split()) for p in re.split(r"\n\s*\n", text)),
        cited=tuple(dict.fromkeys(_CITED.findall(text))),
        fits=frozenset(table.choices("fits", Occasion)) if table.has("fits") else frozenset(),
        running=table.flag("running", default=False),
    )
    table.done()
    if not lesson.cited:
        raise DefinitionError(table.path("text"), "must cite at least one source as [source-id].")
    words = count_words(lesson)
    if not WORDS_LEAST <= words <= WORDS_MOST:
        sentence = f"must have {WORDS_LEAST} to {WORDS_MOST} words besides its sources, and has {words}."
        raise DefinitionError(table.path("text"), sentence)
    return lesson


def plain_of(paragraph: str) -> str:
    """A paragraph as it is read aloud: without its citations."""
    return re.sub(r"\s*\[[a-z0-9][a-z0-9-]*\]", "", paragraph)


def count_words(lesson: Lesson) -> int:
    """How many words there are to read, citations left out."""
    return sum(len(plain_of(p).split()) for p in lesson.paragraphs)


def unread_of(lessons: Iterable[str], reads: Iterable[Read]) -> tuple[str, ...]:
    """The lessons that this round still holds, in the order of reading; none comes twice before all have been read.

    When the last one has been read, a new round begins. What was read and is no longer in the library is passed over.
    """
    every = tuple(lessons)
    seen: set[str] = set()
    for read in reads:
        seen.add(read.lesson)
        if seen.issuperset(every):
            seen.clear()
    return tuple(e for e in every if e not in seen)


def read_on(lessons: Mapping[str, Lesson], reads: Iterable[Read], day: date) -> Lesson | None:
    """The lesson that was read on a day, the first of them; None when none was."""
    return next((lessons[r.lesson] for r in reads if r.day == day and r.lesson in lessons), None)


def lesson_of(lessons: Mapping[str, Lesson], reads: Sequence[Read], facts: Facts) -> Lesson | None:
    """The lesson of a day: the one that was read on it, or the next that was not read yet, what fits the day first.

    The same lessons, reads and facts give the same lesson. None when only advice on running is left, and there is to be
    no running.
    """
    if (done := read_on(lessons, reads, facts.day)) is not None:
        return done
    waiting = [lessons[i] for i in unread_of(lessons, reads) if facts.may_run or not lessons[i].running]
    for occasion in occasions_of(facts):
        for lesson in waiting:
            if occasion in lesson.fits:
                return lesson
    return waiting[0] if waiting else None


def occasions_of(facts: Facts) -> tuple[Occasion, ...]:
    """What a day is an occasion for, the most pressing first."""
    latest = {facts.day - timedelta(days=back) for back in range(LOOK_BACK_DAYS)}
    colours = {colour_of(n, cautious=facts.cautious) for day, n in facts.worst.items() if day in latest}
    there = {
        Occasion.BAD_DAY: Colour.RED in colours,
        Occasion.FIRST_DAYS: facts.since is not None and (facts.day - facts.since).days < FIRST_DAYS,
        Occasion.SORE: Colour.AMBER in colours,
        Occasion.RUN: bool(latest & facts.ran),
        Occasion.SITTING: bool(latest & facts.sat),
        Occasion.CALM: _is_calm(facts),
    }
    return tuple(occasion for occasion in Occasion if there[occasion])


def _is_calm(facts: Facts) -> bool:
    """Two weeks in which pain was noted on at least six days and was green on each: unknown is not calm."""
    first = facts.day - timedelta(days=CALM_DAYS - 1)
    noted = [n for day, n in facts.worst.items() if first <= day <= facts.day]
    return len(noted) >= CALM_LEAST and all(colour_of(n) is Colour.GREEN for n in noted)
