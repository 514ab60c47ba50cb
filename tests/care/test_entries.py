"""Every kind of entry has its type: a body is read in one place, and what is wrong with it is told in a sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from entry_bodies import Body, said, spoiled
from patella.care.entries.bounds import MORE, UNSAID
from patella.care.entries.field import BodyError, known, later, more_than, plain, read, write
from patella.care.entries.key import keys_of, tables_in
from patella.care.entries.kinds import KINDS, Kind, complaint, read_body
from patella.care.entries.of_knee import PainNoted
from patella.care.entries.of_person import ProfileSet
from patella.care.entries.of_session import SessionBegun
from patella.care.pain import When

TASK: Mapping[str, object] = {
    "exercise": "clamshell", "sides": ["left"], "sets": 2, "reps": 8, "holds": None, "hold_s": None, "step": 0,
    "full_arc": True, "load_kg": None, "band": None, "arc_deg": [0, 90], "rest_s": 60, "hold_rest_s": 0,
    "tempo": {"up_s": 1, "hold_s": 0, "down_s": 2.5, "rest_s": 0}, "seconds": 90,
    "because": [{"key": "a", "about": "dose", "text": "b", "source": "c", "inputs": {"n": 1}}],
}  # fmt: skip


@given(entry=said)
def test_what_a_kind_allows_is_read_and_written_as_it_was(entry: tuple[str, Body]) -> None:
    kind, body = entry
    values = read_body(kind, body)
    assert values is not None
    written = json.loads(json.dumps(write(values)))
    assert read_body(kind, written) == values
    assert written.keys() >= body.keys()


@given(entry=spoiled())
def test_garbage_in_any_key_is_refused_in_a_sentence_or_is_what_the_kind_allows(entry: tuple[str, Body]) -> None:
    kind, body = entry
    sentence = complaint(kind, body)
    if sentence:
        assert sentence.endswith(".")
        assert any(sentence.startswith(k.name) for k in keys_of(KINDS[kind]))
    else:
        assert read_body(kind, body) is not None


def test_every_kind_is_called_as_its_type_is_and_as_the_log_names_it() -> None:
    assert [k.name.replace("_", "").lower() for k in Kind] == [k.body.__name__.lower() for k in Kind]
    assert [k.name.replace("_", ".").lower() for k in Kind] == [k.value for k in Kind]


@pytest.mark.parametrize(
    ("kind", "body", "sentence"),
    [
        ("pain.noted", {"nprs": 1.5, "when": "before"}, "nprs must be a whole number from 0 to 10, not 1.5."),
        ("pain.noted", {"nprs": True, "when": "before"}, "nprs must be a whole number from 0 to 10, not true."),
        ("pain.noted", {"nprs": 11, "when": "before"}, "nprs must be a whole number from 0 to 10, not 11."),
        ("pain.noted", {"nprs": None, "when": "before"}, "nprs must be a whole number from 0 to 10, not null."),
        ("pain.noted", {"when": "before"}, "nprs is missing."),
        ("pain.noted", {"nprs": 1, "when": "noon"}, "when must be one of before, during, after, morning, not 'noon'."),
        ("pain.noted", {"nprs": 1, "when": ["before"]}, "when must be one of before, during, after, morning, not ['b"),
        (
            "sitting.noted",
            {"hours": float("nan"), "source": "hand"},
            "hours must be a number from 0 to 24, not",
        ),
        ("sitting.noted", {"hours": 25, "source": "hand"}, "hours must be a number from 0 to 24, not 25."),
        ("knee.seen", {"on": "20260531"}, "on must be a day such as 2026-05-31, not '20260531'."),
        ("knee.seen", {"on": "yesterday"}, "on must be a day such as 2026-05-31, not 'yesterday'."),
        ("knee.seen", {"on": 5}, "on must be a day such as 2026-05-31, not 5."),
        (
            "run.added",
            {"sport": "running", "source": "fit", "start": "2026-05-31T08:00:00"},
            "start must be a date and",
        ),
        ("run.added", {"sport": "running", "source": "fit", "start": "noon"}, "start must be a date and time with its"),
        (
            "run.added",
            {"sport": "running", "source": "fit", "start": 5},
            "start must be a date and time with its offset",
        ),
        ("shoe.added", {"name": "x" * 201}, "name must be text of at most 200 characters, not 'xxx"),
        ("shoe.added", {"name": "a", "usual": 1}, "usual must be true or false, not 1."),
        ("profile.set", {"things": {"mat": "yes"}}, "things.mat must be true or false, not 'yes'."),
        ("profile.set", {"things": ["mat"]}, "things must be a table of at most 100, each true or false"),
        ("profile.set", {"knees": "left"}, "knees must be a list of at most 2, each one of left, right, not 'left'."),
        ("profile.set", {"knees": ["left", "right", "left"]}, "knees must be a list of at most 2, each one of left"),
        ("profile.set", {"sound": {"volume": 2}}, "sound.volume must be a number from 0 to 1, not 2."),
        (
            "score.given",
            {"score": "psfs", "value": 5, "activities": [["stairs"]]},
            "activities[0] must be a list of 2: ",
        ),
        ("screening.answered", {"answers": {"age": 5}}, "answers.age must be true or false or text of at most 200"),
        (
            "entry.changed",
            {"of": "a", "body": {"nprs": 1.5}},
            "body.nprs must be a whole number from 0 to 10, not 1.5.",
        ),
        ("session.begun", {"plan": {"items": [5]}}, "plan.items[0] must be a table of keys and values, not 5."),
        ("session.begun", {"plan": {"items": [{**TASK, "reps": 8.5}]}}, "plan.items[0].reps must be a whole number"),
        ("session.begun", {"plan": {"items": [{**TASK, "tempo": {}}]}}, "plan.items[0].tempo.down_s is missing."),
    ],
)
def test_what_is_wrong_is_said_with_its_key(kind: str, body: Body, sentence: str) -> None:
    assert complaint(kind, body).startswith(sentence)


def test_a_body_that_is_no_table_is_told() -> None:
    nothing: Any = 5
    assert complaint("pain.noted", nothing) == "body must be a table of keys and values, not 5."


def test_values_come_as_what_they_are() -> None:
    assert read_body("pain.noted", {"nprs": 3, "when": "morning"}) == PainNoted(nprs=3, when=When.MORNING)
    begun = read_body("session.begun", {"plan": {"items": [TASK], "date": "2026-05-31"}})
    assert isinstance(begun, SessionBegun)
    assert begun.plan.date == date(2026, 5, 31)
    assert begun.plan.items[0].arc_deg == (0.0, 90.0)


@dataclass(frozen=True)
class _Remembered:
    words: tuple[str, ...]


def test_what_has_no_room_for_a_newer_version_refuses_what_it_does_not_know() -> None:
    assert read(_Remembered, plain(_Remembered(("b", "a")))) == _Remembered(("b", "a"))
    with pytest.raises(BodyError, match=r"^newer is not known\.$"):
        read(_Remembered, {"words": [], "newer": 1})


def test_a_set_is_a_list_in_order_and_what_json_has_no_word_for_is_refused() -> None:
    assert plain(frozenset({"b", "a"})) == ["a", "b"]
    with pytest.raises(TypeError, match="complex has no plain values"):
        plain(1j)


def test_what_was_said_later_counts_and_what_it_leaves_out_stays() -> None:
    said = later(ProfileSet(cautious=True, one_leg=True), ProfileSet(cautious=False))
    assert (known(said.cautious, True), known(said.one_leg, False), known(said.full_arc, False)) == (False, True, False)
    assert (known(None, 3), known(UNSAID, 3), known(0, 3)) == (3, 3, 0)


@dataclass(frozen=True)
class _RememberedOn(_Remembered):
    on: date


def test_more_than_a_dataclass_says_what_it_says_and_more() -> None:
    on = date(2026, 5, 31)
    assert more_than(_RememberedOn, _Remembered(("a",)), on=on) == _RememberedOn(("a",), on)
    assert more_than(_RememberedOn, _Remembered(("a",)), words=(), on=on) == _RememberedOn((), on)


def test_what_is_left_out_is_another_thing_than_null() -> None:
    left_out, null = read_body("profile.set", {}), read_body("profile.set", {"has": None})
    assert isinstance(left_out, ProfileSet)
    assert isinstance(null, ProfileSet)
    assert (left_out.has, null.has) == (UNSAID, None)
    assert (write(left_out), write(null)) == ({}, {"has": None})


def test_keys_and_kinds_of_a_newer_version_are_kept_untouched() -> None:
    body = {"nprs": 3, "when": "morning", "mood": ["calm"]}
    values = read_body("pain.noted", body)
    assert isinstance(values, PainNoted)
    assert values.more == {"mood": ["calm"]}
    assert write(values).items() >= body.items()
    assert read_body("toy.noted", {"squeaks": 3}) is None
    assert complaint("toy.noted", {"nprs": 1.5}) == ""


def test_quantities_carry_their_unit_and_no_field_is_called_like_the_rest() -> None:
    every = {t for kind in KINDS.values() for t in (kind, *tables_in(kind))}
    assert all(f.name == MORE or f.name in {k.name for k in keys_of(t)} for t in every for f in fields(t))
    assert all(t.__doc__ for t in every)
