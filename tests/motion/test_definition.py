from __future__ import annotations

import math
from collections.abc import Callable
from enum import StrEnum

import pytest

from patella.motion.definition import DefinitionError, Table


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"


def complaint(read: Callable[[], object]) -> str:
    with pytest.raises(DefinitionError) as caught:
        read()
    return str(caught.value)


def test_an_error_has_its_key_and_its_sentence() -> None:
    error = DefinitionError("dose.reps", "is missing.")
    assert (error.key, error.sentence, str(error)) == ("dose.reps", "is missing.", "dose.reps: is missing.")


def test_an_error_of_a_whole_file_is_just_its_sentence() -> None:
    assert str(DefinitionError("", "is empty.")) == "is empty."


@pytest.mark.parametrize("value", [3, "text", [1], None])
def test_only_a_table_is_a_table(value: object) -> None:
    assert complaint(lambda: Table(value, "dose")) == "dose: must be a table of keys and values."


def test_paths_are_dotted_from_the_top_of_the_file() -> None:
    top = Table({"dose": {"tempo": {"up_s": 1}}})
    tempo = top.table("dose").table("tempo")
    assert tempo.path("up_s") == "dose.tempo.up_s"
    assert top.path("dose") == "dose"


def test_keys_keep_their_order_and_can_be_asked_for() -> None:
    table = Table({"b": 1, "a": 2})
    assert table.keys() == ("b", "a")
    assert table.has("a")
    assert not table.has("c")


def test_text_is_trimmed() -> None:
    assert Table({"name": "  Squat "}).text("name") == "Squat"


@pytest.mark.parametrize("value", ["", "   ", 3, None, ["a"]])
def test_text_needs_something_to_read(value: object) -> None:
    assert complaint(lambda: Table({"name": value}).text("name")) == "name: must be a piece of text."


def test_a_flag_is_true_or_false_and_may_have_a_default() -> None:
    assert Table({"many": True}).flag("many") is True
    assert Table({"many": False}).flag("many", default=True) is False
    assert Table({}).flag("many", default=True) is True
    assert complaint(lambda: Table({}).flag("many")) == "many: is missing."
    assert complaint(lambda: Table({"many": 1}).flag("many", default=True)) == "many: must be true or false."


def test_numbers_within_range_are_taken_with_both_ends() -> None:
    assert [Table({"x": v}).number("x", 0, 2) for v in (0, 0.5, 2)] == [0.0, 0.5, 2.0]


@pytest.mark.parametrize("value", [-0.1, 2.1, "1", True, None, math.nan, math.inf])
def test_a_number_out_of_range_or_of_another_sort_is_refused(value: object) -> None:
    assert complaint(lambda: Table({"x": value}).number("x", 0, 2)).startswith("x: must be a number from 0 to 2, not")


def test_whole_numbers_within_range_are_taken_with_both_ends() -> None:
    assert [Table({"x": v}).whole("x", 1, 3) for v in (1, 3)] == [1, 3]


@pytest.mark.parametrize("value", [0, 4, 2.0, "2", True, None])
def test_a_whole_number_out_of_range_or_of_another_sort_is_refused(value: object) -> None:
    said = complaint(lambda: Table({"x": value}).whole("x", 1, 3))
    assert said == f"x: must be a whole number from 1 to 3, not {value!r}."


def test_a_list_of_numbers_names_the_one_that_is_wrong() -> None:
    assert Table({"x": [1, 2.5]}).numbers("x", 0, 3) == (1.0, 2.5)
    assert complaint(lambda: Table({"x": [1, 9]}).numbers("x", 0, 3)).startswith("x[1]: must be a number")


def test_a_choice_is_one_of_a_closed_set() -> None:
    assert Table({"side": "left"}).choice("side", Side) is Side.LEFT
    assert complaint(lambda: Table({"side": "up"}).choice("side", Side)) == (
        "side: must be one of left, right, not 'up'."
    )
    assert complaint(lambda: Table({"side": 1}).choice("side", Side)).endswith("not 1.")


def test_a_list_of_choices_names_the_one_that_is_wrong() -> None:
    assert Table({"sides": ["left", "right"]}).choices("sides", Side) == (Side.LEFT, Side.RIGHT)
    assert complaint(lambda: Table({"sides": ["left", "up"]}).choices("sides", Side)).startswith("sides[1]: must be")


def test_a_list_of_texts_may_be_absent() -> None:
    assert Table({}).texts("easier") == ()
    assert Table({"easier": [" a", "b"]}).texts("easier") == ("a", "b")
    assert complaint(lambda: Table({"easier": ["a", " "]}).texts("easier")) == "easier[1]: must be a piece of text."
    assert complaint(lambda: Table({"easier": [1]}).texts("easier")) == "easier[0]: must be a piece of text."


def test_a_list_has_to_be_one() -> None:
    assert complaint(lambda: Table({"x": "abc"}).items("x")) == "x: must be a list."
    assert complaint(lambda: Table({}).items("x")) == "x: is missing."


def test_a_list_of_tables_may_be_absent_and_names_the_one_that_is_wrong() -> None:
    assert Table({}).tables("gates") == ()
    found = Table({"gates": [{"fact": "a"}]}).tables("gates")
    assert [t.path("fact") for t in found] == ["gates[0].fact"]
    assert complaint(lambda: Table({"gates": [{}, 3]}).tables("gates")).startswith("gates[1]: must be a table")


def test_a_key_that_nobody_took_is_refused_so_that_no_misspelling_is_ignored() -> None:
    table = Table({"name": "Squat", "nmae": "Squat"}, "exercise")
    table.text("name")
    assert complaint(table.done) == "exercise.nmae: is not a key that is known here; check its spelling."


def test_a_table_of_which_everything_was_taken_is_done() -> None:
    table = Table({"a": "x", "b": [], "c": {}, "d": True})
    table.text("a")
    table.items("b")
    table.table("c")
    table.flag("d", default=False)
    table.done()
