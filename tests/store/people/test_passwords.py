"""What may be a password, how it is kept, and what is refused because it is tried first."""

from __future__ import annotations

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type

from patella.store.people.passwords import checked, fits, is_common, is_outdated, stretched
from patella.store.people.people import PeopleError

OFTEN_TRIED = (
    "password", "Password1", "PASSWORD123!", "p@ssw0rd", "P4$$w0rd2026", "passwordpassword", "12345678",
    "123456789a", "1234567890123", "qwertyuiop", "qwerty123", "1q2w3e4r5t", "1qaz2wsx", "qazwsxedc", "asdfghjkl",
    "zxcvbnm123", "zaq12wsx", "qwer1234", "1a2b3c4d", "iloveyou", "iloveyou2", "ILoveYou!", "sunshine",
    "princess1", "football", "baseball7", "letmein!", "trustno1", "superman", "batman123", "starwars",
    "welcome1", "dragon12", "monkey123", "michael1", "jennifer", "liverpool", "chelsea1", "arsenal1", "whatever",
    "11111111", "aaaaaaaa", "abababab", "abc123abc123", "123123123", "abcdefgh", "qwertzuiop", "azertyuiop",
    "87654321", "11223344", "20011987", "2026-11-29", "computer", "internet", "corvette", "mercedes", "charlie1",
    "hello123", "passwort", "motdepasse", "kneecap1", "patella!", "physio2026", "blink182", "jordan23",
    "pokemon1", "minecraft", "starlight", "butterfly", "chocolate",
)  # fmt: skip
FINE = (
    "tidal lamp orchard", "giraffe umbrella kettle", "vQ8#kL2!zp", "purple-otter-sings-42", "Wohlklangfarbe",
    "7 swans at dusk", "kneebendsslowly", "мой длинный пароль", "膝の皿を大切にする人", "🦵🏽 bends, 🦵🏽 straightens",
)  # fmt: skip


def test_what_is_tried_first_is_refused() -> None:
    assert [word for word in OFTEN_TRIED if not is_common(word)] == []


def test_what_nobody_would_try_is_not() -> None:
    assert [word for word in FINE if is_common(word) or checked(word) != word] == []


def test_own_names_are_refused_with_what_people_put_around_them() -> None:
    assert is_common("Rosalinde2026", "rosalinde.k", "Rosalinde Kern")
    assert is_common("kernkern", "rosalinde.k", "Rosalinde Kern")
    assert not is_common("Rosalinde2026", "anna", "Anna")


@pytest.mark.parametrize(
    ("length", "accepted"), [(7, False), (8, True), (15, True), (64, True), (500, True), (501, False)]
)
def test_eight_signs_are_enough_and_five_hundred_are_not_too_many(length: int, *, accepted: bool) -> None:
    word = "".join("tbmrkzwq"[(n * n + n // 3) % 8] for n in range(length))
    if accepted:
        assert checked(word) == word
    else:
        with pytest.raises(PeopleError, match="characters"):
            checked(word)


def test_it_is_kept_by_argon2id_with_at_least_what_is_advised() -> None:
    said = extract_parameters(stretched("tidal lamp orchard"))
    assert (said.type, said.memory_cost >= 19 * 1024, said.time_cost >= 2, said.parallelism) == (Type.ID, True, True, 1)
    assert said.salt_len >= 16


def test_no_sign_of_a_long_one_is_left_out() -> None:
    long = "orchard lamp " * 38
    kept = stretched(long)
    assert fits(long, kept)
    assert not fits(long[:-1], kept)
    assert not fits(f"{long}x", kept)


def test_the_same_letters_from_another_keyboard_are_the_same_password() -> None:
    assert fits("\0 \ud800 lone", stretched("\0 \ud800 lone"))
    assert fits("Cafe\u0301 am Fluss", stretched("Caf\u00e9 am Fluss"))


def test_nothing_fits_where_nothing_is_kept() -> None:
    assert not fits("of nobody", None)
    assert not fits("tidal lamp orchard", "no hash at all")


def test_what_was_kept_with_less_is_known_as_outdated() -> None:
    weaker = "$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$q0eJG9yYBjVPwY8nyVG0C3pWx2pnw0cC1GQVhoXQhU0"
    assert is_outdated(weaker)
    assert not is_outdated(stretched("tidal lamp orchard"))
