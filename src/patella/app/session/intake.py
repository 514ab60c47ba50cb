"""What happened on a page: taken in with the ids and times it was given there, once, however often it is said.

A page keeps every event until it hears that it is on the disk, and says it again after a crash or a lost answer. So the
same id with the same content is the same event; with other content it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid5

from patella.app.history.amend import changing, check_same, is_there, stop_for_pain, stop_of, undoing, write_once
from patella.app.history.events import events_of, sessions_with_entries
from patella.app.history.reading import person_of
from patella.app.history.refused import NotThereError, OtherContentError, TrainingError
from patella.app.patella import Patella
from patella.app.plan.plan import closed_text
from patella.app.session.meaning import meaning_of
from patella.app.session.training import Advice, advice_while, beginning_of, ease, note_loose_pain, swap
from patella.care.entries.field import BodyError, read, write
from patella.care.entries.kinds import Kind
from patella.care.entries.of_session import EntryChanged
from patella.care.library import Library
from patella.care.pain import Colour, When, check_nprs, colour_of
from patella.care.person import Knee
from patella.care.plan import DayPlan
from patella.care.script import script_of
from patella.care.session import Session, fold
from patella.store.entry import Entry

PARTS = UUID("0d0d6a1c-9f5e-5f0e-8a53-7061726c7473")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One event as a page says it. `at` is aware; `body` holds plain values."""

    id: str
    kind: str
    at: datetime
    body: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What is on the disk now: the session with all of its entries, and what the pain rule says, by event."""

    session: Session
    entries: tuple[Entry, ...]
    advice: Mapping[str, Advice]


def find_session(app: Patella, session_id: str) -> Taken:
    """A session as it stands on the disk. Raises NotThereError."""
    return _taken(session_id, app.entries(session_id=session_id), {})


def sessions_taken(app: Patella, since: date, before: date) -> list[Taken]:
    """Every session of these days that holds, oldest first, each with its entries."""
    found = sessions_with_entries(app, since, before)
    return [Taken(session=session, entries=tuple(entries), advice={}) for session, entries in found]


def begin_once(app: Patella, session_id: str, make_plan: Callable[[], DayPlan], *, before: int | None) -> Taken:
    """Begin a session under the id that the page chose; a second time it is the same session.

    The plan is frozen from now on; `before` is the pain before it, None if not said. Raises TrainingError when there is
    nothing to begin, OtherContentError when the id was one of a session taken back, StoreError.
    """
    entries = app.entries(session_id=session_id)
    if not entries:
        entries = _beginning(app, session_id, make_plan(), before)
        write_once(app, entries)
        entries = app.entries(session_id=session_id)  # whose beginning it is, where two begin it at once
    elif fold(session_id, events_of(entries)) is None:
        raise OtherContentError("This session was taken out of the diary. Begin a new one.")
    return _taken(session_id, entries, {})


def _beginning(app: Patella, session_id: str, plan: DayPlan, before: int | None) -> list[Entry]:
    day, at = app.today, app.now()
    return [
        Entry(id=_part(session_id, kind), session_id=session_id, kind=kind, day=day, at=at, body=body)
        for kind, body in beginning_of(plan, app.library, before=before).items()
    ]


def take_in(app: Patella, session_id: str, said: Iterable[Said]) -> Taken:
    """Write what is new among these events, all of it or nothing, and give the session after it.

    A red pain during an exercise stops it, as it does everywhere. Raises NotThereError when there is no such session,
    OtherContentError and TrainingError with a sentence, and StoreError.
    """
    there = app.entries(session_id=session_id)
    session, cautious = _taken(session_id, there, {}).session, person_of(app).cautious
    intake = Intake(session, there, library=app.library, now=app.now(), cautious=cautious)
    listed = list(said)
    for event in listed:
        intake.take(event)
    advice = _advice(app, {event.id: intake.colour(event) for event in listed})
    write_once(app, intake.fresh)
    return _taken(session_id, intake.entries, advice)


def _advice(app: Patella, colours: Mapping[str, Colour | None]) -> dict[str, Advice]:
    """What is said of the pains among these events, as the diary was before them; asked once for all of them."""
    known = {event_id: colour for event_id, colour in colours.items() if colour is not None}
    closed = closed_text(app) if known else None
    return {event_id: advice_while(colour, closed=closed) for event_id, colour in known.items()}


def swap_once(app: Patella, session_id: str, event_id: str, number: int, to: str | None) -> Taken:
    """Swap a task under an id that the page chose. Raises like `training.swap`, and NotThereError."""
    session = _with_task(app, session_id, number)
    if not is_there(app, event_id, Kind.ITEM_SWAPPED, {"item": number}):
        swap(replace(app, new_id=lambda: event_id), session, number, to)
    return find_session(app, session_id)


def ease_once(app: Patella, session_id: str, event_id: str, number: int) -> Taken:
    """Make a task one step easier under an id that the page chose. Raises NotThereError."""
    session = _with_task(app, session_id, number)
    if session.tasks[number].exercise_id not in app.library.exercises:
        raise TrainingError("This exercise has left the library, so there is no easier step to it.")
    if not is_there(app, event_id, Kind.ITEM_EASED, {"item": number}):
        ease(replace(app, new_id=lambda: event_id), session, number)
    return find_session(app, session_id)


def note_pain_once(
    app: Patella, event_id: str, nprs: int, when: When, *, knee: Knee | None, session_id: str | None = None
) -> Advice:
    """Note pain outside the player under an id that the page chose, and say what follows from it.

    It goes to the session that is named, else to the one it speaks of (`training.note_loose_pain`). Raises
    NotThereError when there is no such session.
    """
    body: dict[str, object] = {"nprs": check_nprs(nprs), "when": when.value}
    if not is_there(app, event_id, Kind.PAIN_NOTED, body):
        named = replace(app, new_id=lambda: event_id)
        if session_id is None or when in (When.MORNING, When.DURING):
            note_loose_pain(named, nprs, when, knee=knee)
        else:
            named_session = find_session(app, session_id).session
            body["knee"] = knee.value if knee else None
            named.write(Kind.PAIN_NOTED, body, session_id=named_session.id, day=named_session.day)
    entry = app.log.entry(event_id)
    spoken_of = find_session(app, entry.session_id).session if entry and entry.session_id else None
    return meaning_of(app, nprs, when, spoken_of)


def _part(session_id: str, part: str) -> str:
    return str(uuid5(PARTS, f"{part} {session_id}"))


def _with_task(app: Patella, session_id: str, number: int) -> Session:
    session = find_session(app, session_id).session
    _check_item(session, number)
    return session


def _taken(session_id: str, entries: Sequence[Entry], advice: Mapping[str, Advice]) -> Taken:
    session = fold(session_id, events_of(entries))
    if session is None:
        raise NotThereError("There is no such session; it may have been undone.")
    return Taken(session=session, entries=tuple(entries), advice=advice)


def _corrected(body: Mapping[str, object]) -> dict[str, object]:
    try:
        return write(read(EntryChanged, body).body)
    except BodyError as error:
        raise TrainingError(f"It cannot be corrected to that: {error}") from None


def _check_item(session: Session, number: object) -> None:
    if not isinstance(number, int) or not 0 <= number < len(session.tasks):
        raise TrainingError("There is no exercise of that number in this session.")


class Intake:
    """Takes one event after the other, each checked against the session and what came before it."""

    def __init__(
        self, session: Session, entries: Sequence[Entry], *, library: Library, now: datetime, cautious: bool
    ) -> None:
        """Over what is there already; `fresh` is what has come to it since, to be written."""
        self.session = session
        self.entries = list(entries)
        self.fresh: list[Entry] = []
        self._library = library
        self._now = now
        self._cautious = cautious
        self._known = {e.id: e for e in entries}
        self._steps = len(script_of(session.tasks))

    def take(self, said: Said) -> None:
        """One event, with what follows from it. Raises OtherContentError and TrainingError with a sentence."""
        known = self._known.get(said.id)
        if known is not None:
            check_same(known, said.kind, said.body)
        else:
            for entry in self._entries(said):
                self.entries.append(entry)
                self.fresh.append(entry)
                self._known[entry.id] = entry

    def colour(self, said: Said) -> Colour | None:
        """What an event says of the knee; None unless it is a pain during an exercise."""
        if said.kind != Kind.PAIN_NOTED or said.body["when"] != When.DURING:
            return None
        return colour_of(check_nprs(said.body["nprs"]), cautious=self._cautious)

    def _entries(self, said: Said) -> list[Entry]:
        if said.kind == Kind.ENTRY_UNDONE:
            return undoing(self.entries, self._target(said), said.id, self._at(said))
        if said.kind == Kind.ENTRY_CHANGED:
            values, target = _corrected(said.body), self._target(said)
            return changing(self.entries, target, said.id, self._at(said), values, cautious=self._cautious)
        entry = self._entry(said.id, said, self._checked(said))
        return [entry, self._stop(said)] if self._is_red(said) else [entry]

    def _entry(self, entry_id: str, said: Said, body: Mapping[str, object], kind: str | None = None) -> Entry:
        return Entry(
            id=entry_id,
            session_id=self.session.id,
            kind=kind or said.kind,
            day=self.session.day,
            at=self._at(said),
            body=dict(body),
        )

    def _at(self, said: Said) -> datetime:
        """The page's moment, as far as it can be true: a clock that is wrong there shall not confuse the diary."""
        return max(self.session.begun_at, min(said.at, self._now))

    def _checked(self, said: Said) -> dict[str, object]:
        body = dict(said.body)
        if said.kind == Kind.PAIN_NOTED and body["when"] != When.DURING:
            return {k: body.get(k) for k in ("when", "nprs", "knee")}
        if said.kind == Kind.STEP_REACHED and not 0 <= int(str(body["step"])) <= self._steps:
            raise TrainingError("There is no step of that number in this session.")
        if said.kind in (Kind.SET_DONE, Kind.PAIN_NOTED, Kind.EFFORT_NOTED, Kind.ITEM_SKIPPED, Kind.ITEM_STOPPED):
            _check_item(self.session, body.get("item"))
            body["exercise"] = body.get("exercise") or self._exercise(body)
            if body["exercise"] not in self._library.exercises and body["exercise"] != self._exercise(body):
                raise TrainingError(f"There is no exercise called {body['exercise']}.")
        return body

    def _exercise(self, body: Mapping[str, object]) -> str:
        return self.session.tasks[int(str(body["item"]))].exercise_id

    def _target(self, said: Said) -> Entry:
        target = self._known.get(str(said.body["of"]))
        if target is None:
            raise TrainingError("There is no such entry in this session.")
        if target.kind == Kind.SESSION_BEGUN:
            raise TrainingError("A session is taken out of the diary there, not in the player.")
        return target

    def _is_red(self, said: Said) -> bool:
        return self.colour(said) is Colour.RED

    def _stop(self, said: Said) -> Entry:
        stop = stop_for_pain(said.body["item"], self._exercise(said.body))
        return self._entry(stop_of(said.id), said, stop, Kind.ITEM_STOPPED)
