from __future__ import annotations

import pytest

from patella.care.person import Person


@pytest.mark.parametrize(
    ("person", "asked"),
    [
        (Person(), True),
        (Person(has=frozenset()), False),
        (Person(lacks=frozenset({"strap"})), False),
        (Person(got=frozenset({"strap"})), False),
        (Person(got=frozenset({"pole"})), True),
    ],
)
def test_a_thing_is_asked_for_once_and_never_where_the_whole_list_is_known(person: Person, asked: bool) -> None:  # noqa: FBT001
    assert person.may_ask_for("strap") is asked
