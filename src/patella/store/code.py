"""The code that lets one phone in: six digits, for ten minutes, with five guesses in all, whoever makes them.

It lies in the folder of the keys, stretched (scrypt) so that its ten minutes are over before a million are tried. Every
guess is a file that is removed before anything is compared: however many guess at once, in however many processes, no
more are heard than there were files.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from enum import Enum, auto
from hmac import compare_digest

from patella.store.keys import CODE, GUESS, Keys

DIGITS, GUESSES = 6, 5
LASTS_S = 600.0
BETWEEN = frozenset(" -\u00a0\u2009\u202f")


class Heard(Enum):
    """What a code that was typed turned out to be."""

    RIGHT = auto()  # it is used up now
    WRONG = auto()  # a guess less
    NO_CODE = auto()  # there is none to guess: none was made, or it was used, guessed at too often, or is over
    UNLIKE = auto()  # no code looks like that; no guess is taken for it


class Codes:
    """The code of the diary in a folder; there is one at a time. Safe to use from several processes at once."""

    def __init__(self, keys: Keys, now_s: Callable[[], float] = time.time) -> None:
        """`keys` keeps it; `now_s`: seconds since 1970."""
        self._keys = keys
        self._now_s = now_s

    def make(self) -> str:
        """A new code, in the place of any other. Raises StoreError."""
        self.clear()
        code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
        salt = secrets.token_hex(16)
        for number in range(GUESSES):
            self._keys.put(f"{GUESS}{number}")
        self._keys.put(f"{CODE}{salt}-{_stretched(code, salt)}")
        return code

    def hear(self, typed: str) -> Heard:
        """What somebody typed. A right code is used up by whoever says it first."""
        code = "".join(c for c in typed if c not in BETWEEN)
        if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
            return Heard.UNLIKE
        name = self._open()
        if name is None or not self._take_guess():
            return Heard.NO_CODE  # it may still be the right one that took the last guess: the code itself stays
        salt, _, kept = name.removeprefix(CODE).partition("-")
        is_right = compare_digest(_stretched(code, salt), kept)
        if is_right and self._keys.remove(name):
            self.clear()
            return Heard.RIGHT
        return Heard.WRONG

    def left(self) -> int:
        """How many guesses there still are."""
        return len(self._keys.found(GUESS)) if self._open() else 0

    def clear(self) -> None:
        """Forget the code that is open, if there is one, and how often it was guessed at."""
        for kind in (CODE, GUESS):
            for name in self._keys.found(kind):
                self._keys.remove(name)

    def _open(self) -> str | None:
        now_s = self._now_s()
        return next((n for n, at_s in self._keys.found(CODE).items() if at_s - 1 <= now_s <= at_s + LASTS_S), None)

    def _take_guess(self) -> bool:
        return any(self._keys.remove(name) for name in self._keys.found(GUESS))


def spaced(code: str) -> str:
    """A code as it is read to be typed."""
    return f"{code[:3]} {code[3:]}"


def _stretched(code: str, salt: str) -> str:
    return hashlib.scrypt(code.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1, dklen=32).hex()
