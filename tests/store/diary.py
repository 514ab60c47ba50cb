"""Entries to write: one by its number, and any that a person could have."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import strategies as st

from patella.care.entries.kinds import KINDS
from patella.store.entry import Entry

FIRST_DAY = date(2026, 1, 1)


def entry(number: int, kind: str = "set.done", **body: object) -> Entry:
    """The entry of the day with this number, written at six in the evening."""
    return Entry(
        id=f"id {number}",
        session_id=f"session {number}",
        kind=kind,
        day=FIRST_DAY + timedelta(days=number),
        at=datetime(2026, 1, 1, 18, tzinfo=UTC) + timedelta(days=number),
        body=body,
    )


names = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
texts = st.text(st.characters(exclude_categories=[]), max_size=20)  # halves of surrogate pairs and NUL among them
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
zones = st.integers(-86_399, 86_399).map(lambda offset_s: timezone(timedelta(seconds=offset_s)))
kinds = st.sampled_from(["toy.begun", "toy.done"])  # of a newer version: they may say what they like
columns = st.sampled_from(["exercise", "side", "set", "reps", "hold_s", "load_kg", "nprs", "knee", "note"])

entries = st.builds(
    Entry,
    id=names,
    session_id=st.none() | names,
    kind=kinds | names.filter(lambda name: name not in KINDS),
    day=st.dates(),
    at=st.datetimes(timezones=zones),
    body=st.dictionaries(columns | texts, values, max_size=4),
)
people = st.lists(entries, max_size=12, unique_by=lambda entry: entry.id)
