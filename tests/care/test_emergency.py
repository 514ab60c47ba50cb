from __future__ import annotations

import pytest

from patella.care.emergency import parse_emergency_numbers
from patella.motion.definition import DefinitionError

ROW = {"number": "999", "countries": ["GB", "IE"], "source": "us"}


def test_a_country_has_its_number_and_the_others_have_the_usual_one() -> None:
    numbers = parse_emergency_numbers({"default": "112", "numbers": [ROW]})
    assert [numbers.number_in(c) for c in ("GB", "IE", "DE", None)] == ["999", "999", "112", "112"]
    assert numbers.sources == ("us",)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"default": "112", "numbers": [ROW, ROW]}, r"numbers\[1\].countries: must be two capital letters each"),
        ({"default": "112", "numbers": [{**ROW, "countries": ["gb"]}]}, "two capital letters"),
        ({"default": "112", "numbers": [{**ROW, "countries": ["GBR"]}]}, "two capital letters"),
        ({"default": "112", "numbers": [{**ROW, "number": "9-9-9"}]}, r"numbers\[0\].number: must be digits alone"),
        ({"default": "help", "numbers": [ROW]}, "default: must be digits alone"),
        ({"default": "112", "numbers": [{**ROW, "extra": 1}]}, "extra: is not a key"),
        ({"default": "112", "more": 1}, "more: is not a key"),
    ],
)
def test_wrong_numbers_are_refused_with_their_key(values: dict[str, object], sentence: str) -> None:
    with pytest.raises(DefinitionError, match=sentence):
        parse_emergency_numbers(values)
