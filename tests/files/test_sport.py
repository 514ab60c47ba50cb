from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from patella.files.sport import sport_named, sport_of_name, strange_word, surface_named, word_of, words

LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "nb", "fi", "pl", "cs", "ru", "ja", "ko", "zh"]
TABLE = tomllib.loads(files("patella.files").joinpath("sports.toml").read_text("utf-8"))
NUMBERS = tomllib.loads(files("patella.files").joinpath("numbers.toml").read_text("utf-8"))


def test_no_word_names_two_sports_in_any_language() -> None:
    assert len(words()) > 600


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_a_run_and_for_what_is_none_and_says_where_they_were_seen(language: str) -> None:
    said = TABLE[language]

    assert said["seen"] in ("list", "names")
    assert {"running", "trail running", "treadmill running", "cycling", "walking", "hiking", "swimming"} <= set(said)


@pytest.mark.parametrize(
    ("word", "sport", "surface"),
    [
        ("Hardloopsessie", "running", None),
        ("Course à pied", "running", None),
        ("TRAIL_RUNNING", "running", "trail"),
        ("Corrida na esteira", "running", "treadmill"),
        ("Sortie à vélo", "cycling", None),
        ("Fietsrit", "cycling", None),
        ("Pedalada", "cycling", None),
        ("E-Bike Ride", "cycling", None),
        ("Заезд", "cycling", None),
        ("步行", "walking", None),
        ("Wheelchair run pace", "wheelchair", None),
    ],
)
def test_a_sport_is_read_in_the_language_of_its_list(word: str, sport: str, surface: str | None) -> None:
    assert (sport_named(word), surface_named(word), strange_word(word)) == (sport, surface, None)


@pytest.mark.parametrize("word", ["Laufband", "Treadmill", "Lopen", "Course", "Waldspaß"])
def test_what_may_be_two_things_is_asked_and_not_guessed(word: str) -> None:
    assert (sport_named(word), strange_word(word)) == ("unknown", word)


@pytest.mark.parametrize("word", ["", "Other", "generic", None])
def test_a_word_that_says_nothing_is_not_asked_for_by_itself(word: str | None) -> None:
    assert (sport_named(word), strange_word(word)) == ("unknown", None)


def test_the_name_of_a_file_says_it_where_its_export_writes_it_there_and_a_number_never_does() -> None:
    assert sport_of_name("Fit/2026-09-05T08_00_00+02_00_PT60M_Wandelen.tcx") == "walking"
    assert sport_of_name("activity_9.gpx.gz") == "unknown"
    assert sport_of_name("no_type_slow_run_9_30.gpx") == "unknown"
    assert sport_of_name("run.gpx") == "unknown"


@pytest.mark.parametrize(
    ("vendor", "number", "sport"),
    [
        ("suunto", "3", "running"),
        ("suunto", "11", "hiking"),
        ("suunto", "12", "walking"),
        ("suunto", "84", "walking"),
        ("suunto", "82", "running"),
        ("adidas", "1", "running"),
        ("adidas", "12", "driving"),
        ("adidas", "14", "running"),
        ("zepp", "6", "walking"),
        ("zepp", "7", "running"),
    ],
)
def test_a_vendors_number_stands_for_a_sport(vendor: str, number: str, sport: str) -> None:
    assert sport_named(word_of(vendor, number)) == sport


def test_a_number_that_nobody_confirmed_or_that_may_be_two_things_is_asked_for_by_name() -> None:
    asked = [word_of("zepp", "4"), word_of("suunto", "93"), word_of("suunto", "99"), word_of("adidas", "5")]

    assert [(sport_named(w), strange_word(w)) for w in asked] == [
        ("unknown", "Zepp 4"),
        ("unknown", "treadmill"),
        ("unknown", "Suunto 99"),
        ("unknown", "adidas 5"),
    ]


@pytest.mark.parametrize("vendor", sorted(NUMBERS))
def test_numbers_say_where_they_were_told(vendor: str) -> None:
    assert len(NUMBERS[vendor]["seen"]) > 40
    assert all(number.isdigit() and word == word.strip() for number, word in NUMBERS[vendor]["words"].items())
