"""Kilometres or miles, kilograms or pounds, centimetres or feet: what is told of what is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patella.care.units import METRIC, Distance, Height, Units, Weight

MILES = Units(distance=Distance.MI)
POUNDS = Units(weight=Weight.LB)
FEET = Units(height=Height.FT)
EVERY = [Units(weight=w, distance=d, height=h) for w, d, h in product(Weight, Distance, Height)]
METRES = st.integers(min_value=0, max_value=500_000)


def number(words: str) -> float:
    return float(words.split(maxsplit=1)[0])


@given(METRES)
def test_a_line_of_risk_is_never_raised_by_its_words(metres: int) -> None:
    for units in (METRIC, MILES):
        told = number(units.line(metres)) * units.distance.metres
        assert told - 1e-6 <= metres < told + units.distance.metres / 10 + 1e-6


@given(METRES)
def test_what_is_told_of_a_distance_is_within_half_a_tenth(metres: int) -> None:
    for units in (METRIC, MILES):
        much = metres / units.distance.metres
        assert abs(number(units.far(metres)) - much) <= (0.5 if much >= 100 else 0.05) + 1e-9


@given(st.integers(min_value=0, max_value=999), st.sampled_from(list(Distance)))
def test_what_was_typed_is_what_is_told(tenths: int, distance: Distance) -> None:
    units = Units(distance=distance)
    typed = f"{tenths / 10:g}"
    assert units.far(units.metres_of(typed)) == f"{typed} {distance}"


@given(st.integers(min_value=0, max_value=5000), st.sampled_from(list(Distance)))
def test_a_corrected_hundredth_is_told_as_it_was_typed(hundredths: int, distance: Distance) -> None:
    """A page shows two places where a run is corrected."""
    units = Units(distance=distance)
    assert round(units.much(units.metres_of(str(hundredths / 100))), 2) == hundredths / 100


@pytest.mark.parametrize(
    ("metres", "km", "miles"),
    [(5000, "5 km", "3.1 mi"), (8046, "8 km", "4.9 mi"), (1610, "1.6 km", "1 mi"), (42_195, "42.1 km", "26.2 mi")],
)
def test_lines_are_told_in_either(metres: int, km: str, miles: str) -> None:
    assert (METRIC.line(metres), MILES.line(metres)) == (km, miles)


def test_from_a_hundred_on_there_are_no_tenths() -> None:
    assert (METRIC.far(99_940), METRIC.far(612_300), MILES.far(612_300)) == ("99.9 km", "612 km", "380 mi")


@pytest.mark.parametrize(
    ("typed", "metres"),
    [
        ("5", 5000),
        ("5.2", 5200),
        ("5,2", 5200),
        (" 5 km ", 5000),
        ("5KM", 5000),
        (".5 kilometre", 500),
        ("3mi", 4828),
        ("3 miles", 4828),
        ("1 mile", 1609),
        ("5 kilometres", 5000),
    ],
)
def test_a_distance_is_typed_with_or_without_its_unit(typed: str, metres: int) -> None:
    assert METRIC.metres_of(typed) == metres


def test_without_a_unit_it_is_the_chosen_one() -> None:
    assert (MILES.metres_of("3"), MILES.metres_of("3 km")) == (4828, 3000)


@pytest.mark.parametrize("typed", ["", "five", "5 m", "-5", "5 km 3", "1e3", "nan", "\u0665", "5kmh"])
def test_anything_else_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^A distance is a number, such as 5\.2, 5km or 3mi, not '"):
        METRIC.metres_of(typed)


def test_weights_are_told_in_pounds() -> None:
    assert [POUNDS.load(kg) for kg in (4.08, 1, 0.5)] == ["9 lb", "2.2 lb", "1.1 lb"]
    assert [METRIC.load(kg) for kg in (4.08, 1, 0.5)] == ["4.08 kg", "1 kg", "0.5 kg"]


def test_each_unit_is_changed_alone() -> None:
    text = "Run 5 km with 2 kg, off a 10 cm step, two to three metres from a wall and a metre from the door."
    assert METRIC.said(text) == text
    assert MILES.said(text) == text.replace("5 km", "3.1 mi")
    assert POUNDS.said(text) == text.replace("2 kg", "4.4 lb")
    assert FEET.said(text) == (
        "Run 5 km with 2 kg, off a 4-inch step, seven to ten feet from a wall and three feet from the door."
    )


def test_inches_are_told_as_people_say_them() -> None:
    assert FEET.said("About 10 cm. 15 cm, then 3 cm; one 20 cm step.") == (
        "About 4 inches. 6 inches, then 1 inch; one 8-inch step."
    )


def test_what_stands_in_brackets_has_the_other_unit_ahead_of_it() -> None:
    name = "kettlebell of up to 9 lb (4.08 kg)"
    assert POUNDS.said(name) == name


@given(st.sampled_from(EVERY), st.text(alphabet="km cmlb35.()"))
def test_what_was_told_once_stays_as_it_is(units: Units, text: str) -> None:
    told = units.said(text)
    assert units.said(told) == told


def test_plain_values_are_told_through_and_through() -> None:
    values = {"how": ["a 10 cm step", 10, None], "10 cm": {"deep": ("15 cm step",)}}
    assert FEET.said_in(values) == {"how": ["a 4-inch step", 10, None], "10 cm": {"deep": ("6-inch step",)}}
    assert METRIC.said_in(values) is values


@dataclass(frozen=True)
class _Told:
    text: str
    unit: Height = Height.CM


def test_what_is_told_as_a_dataclass_stays_one_and_what_is_one_of_a_set_of_words_stays_that() -> None:
    assert FEET.said_in(_Told("a 10 cm step")) == _Told("a 4-inch step", Height.CM)


def test_no_unit_that_was_not_chosen_is_left_in_a_text() -> None:
    for units in EVERY:
        told = units.said("5 km, 2 kg, 10 cm, a metre")
        gone = {"km": units.distance is Distance.MI, "kg": units.weight is Weight.LB, "cm": units.height is Height.FT}
        assert {word for word in gone if re.search(rf"\b{word}\b", told)} == {w for w, left in gone.items() if not left}


def test_a_pace_is_told_a_kilometre_or_a_mile() -> None:
    assert Units().pace(10 / 3) == "5:00 a km"
    assert Units(distance=Distance.MI).pace(10 / 3) == "8:03 a mile"
