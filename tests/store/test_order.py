"""Merging is a union: in whatever order, however often, over however many devices, the same diary comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given, settings

from patella.care.session import Event, fold, settle
from patella.store.entry import Entry
from patella.store.order import first_said, in_order, place_of
from patella.store.rows import row_of
from store.apart import Apart, diaries_apart

Rows = Mapping[str, Mapping[str, object]]


def rows_of(entries: Iterable[Entry]) -> Rows:
    return {e.id: row_of(e) for e in entries}


def united(one: Rows, other: Rows) -> Rows:
    """What the log makes of two diaries, in the order it has them in."""
    both = {n: first_said(one[n], other[n]) for n in one.keys() & other.keys()}
    every = {**one, **other, **both}
    return {name: every[name] for name in in_order(map(place_of, every.values()))}


def exported(rows: Rows) -> list[tuple[object, ...]]:
    return [tuple(str(v) for v in row.values()) for row in rows.values()]


@settings(max_examples=1000)
@given(apart=diaries_apart())
def test_a_merge_is_commutative_associative_and_idempotent(apart: Apart) -> None:
    one, other, third = rows_of(apart.one), rows_of(apart.other), rows_of(apart.third)
    both = united(one, other)
    assert exported(both) == exported(united(other, one))
    assert exported(united(both, third)) == exported(united(one, united(other, third)))
    assert (
        exported(united(both, one)) == exported(united(other, both)) == exported(united(both, both)) == exported(both)
    )
    assert both.keys() == one.keys() | other.keys()


@settings(max_examples=200)
@given(apart=diaries_apart())
def test_what_was_taken_back_or_corrected_on_either_device_is_so_on_both(apart: Apart) -> None:
    by_id = {e.id: e for e in (*apart.other, *apart.one)}
    order = list(united(rows_of(apart.one), rows_of(apart.other)))
    place = {name: n for n, name in enumerate(order)}
    for entry in by_id.values():
        target = entry.body.get("of")
        assert target is None or str(target) not in place or place[str(target)] < place[entry.id]
    held = {e.id for e in settle(events(by_id[name] for name in order))}
    undone = {str(e.body["of"]) for e in by_id.values() if e.kind == "entry.undone"}
    undone_again = {e.id for e in by_id.values() if e.kind == "entry.undone" and e.id in undone}
    for entry in by_id.values():
        if entry.kind == "entry.undone" and entry.id not in undone | undone_again:
            assert entry.body["of"] not in held


@settings(max_examples=200)
@given(apart=diaries_apart())
def test_sessions_begun_on_both_stay_two_and_each_keeps_its_sets(apart: Apart) -> None:
    by_id = {e.id: e for e in (*apart.other, *apart.one)}
    order = [by_id[name] for name in united(rows_of(apart.one), rows_of(apart.other))]
    for name in {e.session_id for e in order if e.session_id}:
        whole = fold(name, events(e for e in order if e.session_id == name))
        begun = {e.id for e in order if e.session_id == name and e.kind == "session.begun"}
        kept = settle(events(e for e in order if e.session_id == name))
        assert (whole is not None) == any(e.id in begun for e in kept)
        if whole is not None:
            assert {s.event_id for s in whole.sets} == {e.id for e in kept if e.kind == "set.done"}


def events(entries: Iterable[Entry]) -> list[Event]:
    return [Event(id=e.id, kind=e.kind, day=e.day, at=e.at, body=e.body) for e in entries]


def a_row(
    entry_id: str, hour: int = 12, kind: str = "pain.noted", zone: int = 0, **body: object
) -> Mapping[str, object]:
    at = datetime(2026, 5, 3, hour, tzinfo=UTC).astimezone(timezone(timedelta(hours=zone)))
    return row_of(Entry(id=entry_id, session_id=None, kind=kind, day=date(2026, 5, 3), at=at, body=body))


def order_of(*rows: Mapping[str, object]) -> list[str]:
    return in_order(place_of(r) for r in rows)


def test_the_order_is_that_of_the_moments_whatever_the_zone_and_then_of_the_ids() -> None:
    assert order_of(a_row("b", 12, zone=-9), a_row("c", 11), a_row("a", 12, zone=5)) == ["c", "a", "b"]


def test_what_takes_back_comes_after_what_it_takes_back_even_if_the_clock_was_set_back() -> None:
    undo = a_row("undo", 1, "entry.undone", of="pain")
    again = a_row("again", 0, "entry.undone", of="undo")
    assert order_of(again, undo, a_row("pain", 12), a_row("later", 13)) == ["pain", "undo", "again", "later"]


def test_a_yes_comes_after_the_signs_it_was_said_in_view_of() -> None:
    yes = a_row("yes", 1, "assessment.confirmed", knew=["sign"])
    assert order_of(yes, a_row("sign", 12, "symptom.noted", symptom="locking", knew=[])) == ["sign", "yes"]


def test_entries_that_name_each_other_or_themselves_or_nothing_that_is_there_have_an_order_all_the_same() -> None:
    ring = [a_row("a", 3, "entry.undone", of="b"), a_row("b", 2, "entry.undone", of="a")]
    alone = [a_row("c", 1, "entry.undone", of="c"), a_row("d", 4, "entry.undone", of="gone")]
    first = order_of(*ring, *alone)
    assert sorted(first) == ["a", "b", "c", "d"]
    assert order_of(*reversed([*ring, *alone])) == first


def test_a_long_chain_of_taking_back_has_an_order() -> None:
    chain = [a_row("0", 12)] + [a_row(str(n), 1, "entry.undone", of=str(n - 1)) for n in range(1, 3000)]
    assert order_of(*reversed(chain)) == [str(n) for n in range(3000)]


def test_of_two_words_under_one_id_the_first_holds_whoever_says_so() -> None:
    early, late = a_row("same", 9, name="early"), a_row("same", 10, name="late")
    assert first_said(early, late) is first_said(late, early) is early
    one, other = a_row("same", 9, name="a"), a_row("same", 9, name="b")
    assert first_said(one, other) is first_said(other, one) is one
