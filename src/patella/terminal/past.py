"""The diary on a terminal: shown, corrected, and its latest entry taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from patella.app.diary.verdicts import Done, Past, PastItem, PastSession
from patella.app.history.amend import undo_entry
from patella.app.history.events import events_of
from patella.app.history.refused import TrainingError
from patella.app.patella import Patella
from patella.app.plan.told import name_of
from patella.app.session.training import reload
from patella.care.entries.kinds import Kind
from patella.care.pain import Colour, colour_of
from patella.care.session import FILM, Session, settle
from patella.store.entry import Entry
from patella.terminal.hall import open_talk
from patella.terminal.keys import InputEndedError
from patella.terminal.page import Page, Tone
from patella.terminal.refused import InputError
from patella.terminal.summary import edit_summary
from patella.terminal.talk import LeftError, Talk
from patella.terminal.wording import counted, day_of

SHORT_ID = 8
COLOUR_WORDS: Mapping[Colour | None, str] = {
    Colour.GREEN: "Green: the knee took it well.",
    Colour.AMBER: "Amber: allowed, and worth a lighter hand.",
    Colour.RED: "Red: more load than it is used to right now.",
    None: "Not all is answered yet, so no colour.",
}
LAST_LOOKED_AT = 400
UNDOABLE: Mapping[str, str] = {
    Kind.SESSION_FINISHED: "the finish of the session",
    Kind.SET_DONE: "a set",
    Kind.PAIN_NOTED: "an answer about pain",
    Kind.PAIN_NOTED: "an answer about pain",
    Kind.ITEM_SKIPPED: "a skip",
    Kind.ITEM_SWAPPED: "a swap",
    Kind.ITEM_EASED: "an easier dose",
    Kind.ITEM_STOPPED: "a stop",
    Kind.SESSION_BEGUN: "a session that was only begun",
}


def show_history(page: Page, answer: Past, *, cautious: bool = False) -> None:
    """The answer of `answer_history`, day by day, the latest last; a pain above 2 is red for the `cautious`."""
    if not answer.days:
        page.say("Nothing in the diary for these days yet. patella start makes the first entry.")
    for day in answer.days:
        page.say(day_of(day.date), tone=Tone.STRONG)
        if day.morning is not None:
            page.item(f"This morning: {_pain(day.morning, cautious=cautious)}.", mark=" ")
        for note in day.notes:
            page.item(note.text, mark=" ")
        for session in day.sessions:
            _show_session(page, session, cautious=cautious)
        page.say()


def _show_session(page: Page, session: PastSession, *, cautious: bool) -> None:
    state = "" if session.finished else ", not finished"
    source = "from a film" if session.scope == FILM else f"at {session.begun_at:%H:%M}"
    page.say(f"  Session {session.id[:SHORT_ID]} {source}{state}. {COLOUR_WORDS[session.colour]}")
    for item in session.items:
        _show_item(page, item, cautious=cautious)
    pains = {"before": session.before, "an hour after": session.after, "next morning": session.next_morning}
    said = (f"{label}: {_pain(nprs, cautious=cautious)}" for label, nprs in pains.items())
    page.item(f"Pain {', '.join(said)}.", mark="   ")


def _show_item(page: Page, item: PastItem, *, cautious: bool) -> None:
    done = _done(item.sets)
    stopped = ", stopped: a good decision" if item.stopped else ""
    worst = f", worst pain {_pain(item.peak, cautious=cautious)}" if done or item.peak is not None else ""
    page.item(f"{item.name}: {done or 'not done'}{worst}{stopped}.", mark="   ")
    if item.next:
        page.item(f"Next time: {item.next.text}", mark="     ", tone=Tone.QUIET)


def _done(sets: Sequence[Done]) -> str:
    by_side: dict[str, list[str]] = {}
    for one in sets:
        by_side.setdefault(one.side, []).append(_amount(one))
    unit = " reps" if sets and sets[0].reps is not None else ""
    return "; ".join(("" if side == "both" else f"{side} ") + " + ".join(a) + unit for side, a in by_side.items())


def _amount(one: Done) -> str:
    if one.reps is not None:
        return str(one.reps)
    if one.hold_s is None:
        return f"{counted(one.holds or 0, 'hold')} of unknown length"
    return f"{one.holds} x {one.hold_s:g} s"


def _pain(nprs: int | None, *, cautious: bool) -> str:
    return "not answered" if nprs is None else f"{nprs} of 10 ({colour_of(nprs, cautious=cautious).value})"


def find_session(app: Patella, wanted: str) -> Session:
    """The session whose id is, or begins like, what was typed. Raises InputError, TrainingError."""
    begun = app.entries(kinds=[Kind.SESSION_BEGUN])
    ids = [e.session_id for e in begun if e.session_id and e.session_id.startswith(wanted)]
    if not wanted or not ids:
        raise InputError(f"There is no session {wanted!r}. `patella history` shows each with its id.")
    if len(ids) > 1 and wanted not in ids:
        raise InputError(f"Several sessions begin with {wanted!r}; please type more of it.")
    return reload(app, wanted if wanted in ids else ids[0])


def amend(app: Patella, edit: str | None, entry_id: str | None, *, sure: bool) -> None:
    """Correct the session that was named, or take back an entry, the latest if none is; `q` leaves it as it is."""
    talk = open_talk()
    try:
        if edit is not None:
            edit_session(app, talk, edit)
        else:
            words = undo_one(app, talk, entry_id, sure=sure) if entry_id else undo_latest(app, talk, sure=sure)
            talk.page.say(f"Taken back: {words}." if words else "Nothing was taken back.")
    except (LeftError, InputEndedError):
        talk.page.say()
        talk.page.say("Left as it is.")


def edit_session(app: Patella, talk: Talk, wanted: str) -> None:
    """Correct lines of a session, however long ago."""
    edit_summary(app, talk, find_session(app, wanted))
    talk.page.say("It stands in the diary like this now, and the next plan follows from it.")


def undo_latest(app: Patella, talk: Talk, *, sure: bool) -> str:
    """Take back the latest entry that can be, after asking; what was taken back, in words.

    Raises TrainingError when there is nothing.
    """
    entry = _latest(app)
    words = _words(app, entry)
    if not sure and not talk.confirm(f"Take back {words}?"):
        return ""
    app.write(Kind.ENTRY_UNDONE, {"of": entry.id}, session_id=entry.session_id, day=entry.day)
    return words


def undo_one(app: Patella, talk: Talk, entry_id: str, *, sure: bool) -> str:
    """Take back the entry of this id, after asking; what was taken back, in words. Raises TrainingError."""
    entry = app.log.entry(entry_id)
    words = f"{entry.kind}, {day_of(entry.day)}" if entry else ""
    if not sure and entry and not talk.confirm(f"Take back {words}?"):
        return ""
    undo_entry(app, entry_id, app.new_id())
    return words


def _latest(app: Patella) -> Entry:
    entries = app.entries(last=LAST_LOOKED_AT)
    kept = {e.id for e in settle(events_of(entries))}
    empty = {e.session_id for e in entries if e.session_id} - {
        e.session_id for e in entries if e.id in kept and e.kind in UNDOABLE and e.kind != Kind.SESSION_BEGUN
    }
    films = {e.session_id: e for e in entries if e.kind == Kind.SESSION_BEGUN and e.id in kept and "film" in e.body}
    for entry in reversed(entries):
        if entry.id in kept and entry.kind in (Kind.SET_DONE, Kind.SESSION_FINISHED) and entry.session_id in films:
            return films[entry.session_id]
        only_begun = entry.kind == Kind.SESSION_BEGUN and entry.session_id in empty
        if entry.id in kept and (only_begun or (entry.kind in UNDOABLE and entry.kind != Kind.SESSION_BEGUN)):
            return entry
    raise TrainingError("There is nothing to take back.")


def _words(app: Patella, entry: Entry) -> str:
    body = entry.body
    what = "the sets of a film" if "film" in body else UNDOABLE[entry.kind]
    if entry.kind == Kind.SET_DONE and body.get("reps") is not None:
        what = counted(int(str(body["reps"])), "rep")
    elif "nprs" in body:
        what = f"pain {body['nprs']} of 10 ({body.get('when')})"
    name = f" of {name_of(str(body['exercise']), app.library)}" if body.get("exercise") else ""
    return f"{what}{name}, {day_of(entry.day)}"
