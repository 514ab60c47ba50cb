"""Passwords: what is accepted as one, and how one is kept (argon2id) and known again."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from patella.store.people.people import PeopleError

# OWASP's least for argon2id: 19 MiB, two passes, one lane.
MEMORY_KIB, PASSES, LANES = 19 * 1024, 2, 1
LEAST, SUGGESTED, MOST = 8, 15, 500
FEW_SIGNS, LONGEST_BLOCK, SHORTEST_OWN = 3, 4, 3
COMMON = Path(__file__).with_name("common.txt")
ROWS = (
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "yxcvbnm",
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
)
LOOKALIKES = str.maketrans("@43017$5!8", "aaeoltssib")
ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")

_hasher = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


def checked(password: str, *own: str) -> str:
    """The password itself, if it may be one; `own` are names of its person. Raises PeopleError with a sentence."""
    length = len(unicodedata.normalize("NFC", password))
    if length < LEAST:
        raise PeopleError(
            f"A password has at least {LEAST} characters, better {SUGGESTED}. Four or five words will do."
        )
    if length > MOST:
        raise PeopleError(f"A password has at most {MOST} characters.")
    if is_common(password, *own):
        raise PeopleError(
            "Too many people would think of that one. Four or five words that nobody would put together will do."
        )
    return password


def stretched(password: str) -> str:
    """What is kept of a password: slow to make, with a salt and its parameters. Some 30 ms of one core, and 19 MiB."""
    return _hasher.hash(_written(password))


def fits(password: str, kept: str | None) -> bool:
    """Whether it is the password of which this is kept; it takes as long where nothing is."""
    try:
        return _hasher.verify(kept or _nobodys(), _written(password)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether it was kept with other parameters than those of today."""
    return _hasher.check_needs_rehash(kept)


def is_common(password: str, *own: str) -> bool:
    """Whether it is among those that are tried first: known ones with what people put before and after them.

    What is known are words (`common.txt`), and rules: few signs, a block again and again, a row of keys, a number.
    """
    text = unicodedata.normalize("NFKC", password).casefold()
    known = _known() | {part for name in own for part in re.split(r"\W+", name.casefold()) if len(part) >= SHORTEST_OWN}
    bare = ENDS.sub("", text)
    if len(set(text)) <= FEW_SIGNS or _is_repeated(text) or _is_row(text) or _is_row(bare):
        return True
    if len(text) < SUGGESTED and (len(bare) <= FEW_SIGNS or (_is_row(text[::2]) and _is_row(text[1::2]))):
        return True
    turned = {
        text,
        bare,
        text.translate(LOOKALIKES),
        bare.translate(LOOKALIKES),
        ENDS.sub("", text.translate(LOOKALIKES)),
    }
    if any(word in known or (_is_repeated(word) and word[: len(word) // 2] in known) for word in turned):
        return True
    return len(text) < SUGGESTED and any(_is_two(word, known) for word in turned)


def _is_two(word: str, known: frozenset[str] | set[str]) -> bool:
    """Whether two known words stand in it, with nothing but digits and signs between them."""
    return any(word[:cut] in known and ENDS.sub("", word[cut:]) in known | {""} for cut in range(3, len(word)))


def _is_repeated(text: str) -> bool:
    """Whether it is a block again and again: a short one as often as there is room, any one twice."""
    lengths = {*range(1, LONGEST_BLOCK + 1), (len(text) + 1) // 2}
    return len(text) > 1 and any(n < len(text) and (text[:n] * len(text))[: len(text)] == text for n in lengths)


def _is_row(text: str) -> bool:
    """Whether it is made of keys beside each other, in at most two runs, there or back."""
    rows = [*ROWS, *(row[::-1] for row in ROWS)]
    for cut in range(len(text)):
        parts = [part for part in (text[:cut], text[cut:]) if part]
        if all(len(part) > FEW_SIGNS and any(part in row * 2 for row in rows) for part in parts):
            return True
    return False


@cache
def _known() -> frozenset[str]:
    return frozenset(COMMON.read_text("ascii").split())


@cache
def _nobodys() -> str:
    return stretched("of nobody")


def _written(password: str) -> bytes:
    """The same for the same password, whatever keyboard it was typed on."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
