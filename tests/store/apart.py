"""Diaries that were written apart on devices whose clocks do not agree, after a time in which they were one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from hypothesis import strategies as st

from patella.store.entry import Entry

START = datetime(2026, 5, 4, 7, tzinfo=UTC)
DEVICES = ("one", "other", "third")
CLOCKS = st.sampled_from([timedelta(0), timedelta(hours=-3), timedelta(minutes=2), timedelta(days=-40)])
WATCH_FILE = "0e6d7f0e"
TASK: dict[str, object] = {
    "exercise": "squat",
    "sides": ["both"],
    "sets": 3,
    "reps": 10,
    "step": 0,
    "full_arc": False,
    "because": [],
}
TASK |= {"rest_s": 60, "hold_rest_s": 0, "seconds": 90}
TASK |= dict.fromkeys(("holds", "hold_s", "load_kg", "band", "arc_deg", "tempo"))
PLAIN = ("pain.noted", "profile.set", "symptom.noted", "knee.seen", "of.tomorrow")
STEPS = st.lists(
    st.tuples(
        st.sampled_from((*PLAIN, "begin", "begin", "set", "set", "finish", "undo", "undo", "change", "import")),
        st.integers(0, 99),
        st.sampled_from([0, 0, 1, 60, 86_400]),
    ),
    max_size=9,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Three diaries, each with the entries they had in common first."""

    one: list[Entry]
    other: list[Entry]
    third: list[Entry]


@st.composite
def diaries_apart(draw: st.DrawFn) -> Apart:
    """Diaries with one beginning; nothing, much or the same was written since."""
    common = written("all", [], draw(STEPS), timedelta(0))
    found = {d: common + written(d, common, draw(STEPS), draw(CLOCKS)) for d in DEVICES}
    return Apart(**found)


def written(device: str, there: list[Entry], steps: list[tuple[str, int, int]], clock: timedelta) -> list[Entry]:
    """What somebody writes on this device, whose clock is off by so much, with what is there already at hand."""
    entries: list[Entry] = []
    at = START + timedelta(seconds=len(there)) + clock
    for number, (what, choice, later_s) in enumerate(steps):
        at += timedelta(seconds=later_s)
        name = blake2b(f"{device} {number}".encode(), digest_size=8).hexdigest()  # ids say nothing of the order
        entry = _entry(what, choice, name, at, [*there, *entries])
        if entry is not None and all(e.id != entry.id for e in (*there, *entries)):
            entries.append(entry)
    return entries


def _entry(what: str, choice: int, name: str, at: datetime, there: list[Entry]) -> Entry | None:
    plain = Entry(id=name, session_id=None, kind=what, day=at.date(), at=at, body={})
    target = there[choice % len(there)] if there else None
    sessions = [e for e in there if e.kind == "session.begun"]
    session = sessions[choice % len(sessions)] if sessions else None
    if what == "begin":
        return replace(plain, kind="session.begun", session_id=f"session {name}", body={"plan": {"items": [TASK]}})
    if what == "import":  # the same file on two devices: one id, and bodies that may differ
        body = {"sport": "running", "source": "fit", "file": f"{name}.fit", "original": WATCH_FILE}
        return replace(plain, id=WATCH_FILE, kind="run.added", body=body)
    if what in ("undo", "change"):
        if target is None:
            return None
        more: dict[str, object] = {} if what == "undo" else {"body": {"nprs": choice % 11}}
        kind = "entry.undone" if what == "undo" else "entry.changed"
        return replace(plain, kind=kind, session_id=target.session_id, day=target.day, body={"of": target.id, **more})
    if what in ("set", "finish"):
        if session is None:
            return None
        done: dict[str, object] = {"item": 0, "exercise": "squat", "side": "both", "reps": choice}
        of_session = replace(plain, session_id=session.session_id, day=session.day)
        if what == "finish":
            return replace(of_session, kind="session.finished")
        return replace(of_session, kind="set.done", body=done)
    return replace(plain, body=_said(what, choice, there))


def _said(what: str, choice: int, there: list[Entry]) -> dict[str, object]:
    bodies: dict[str, dict[str, object]] = {
        "pain.noted": {"nprs": choice % 11, "when": "morning"},
        "profile.set": {"cautious": choice % 2 == 0},
        "symptom.noted": {"symptom": "locking", "knew": [e.id for e in there if e.kind == "symptom.noted"]},
        "knee.seen": {},
        "of.tomorrow": {"glow": choice},
    }
    return bodies[what]
