"""Who may come in: links that are good once, the browsers that are known, the feed for a calendar.

Each is a file in the folder `keys` beside the diary, for its owner alone; its name says what it is for and the SHA-256
of a random key of 256 bits, its time when it was made or last seen. It is empty, but for what a known browser is
called. So two processes need no lock, a link is used up by whoever removes it first, and nothing here opens anything.
The code that is typed on a phone lies here too (`code.py`). No export holds any of it.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path

from patella.store.entry import StoreError

FOLDER = "keys"
KINDS = LINK, BROWSER, FEED, CODE, GUESS = "link-", "browser-", "feed-", "code-", "guess-"
LINK_LASTS_S = 600.0
BROWSER_LASTS_S = 400 * 86_400.0  # no browser keeps a cookie for longer
MOST = 20  # of each kind
KEY_BYTES = 32
LONGEST_NAME = 40
UNNAMED = "A browser"


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A browser that is known: what it is called, and when it last opened a page (seconds since 1970)."""

    id: str
    name: str
    seen_s: float


def new_key() -> str:
    """A random key of 256 bits, in letters, digits, - and _."""
    return secrets.token_urlsafe(KEY_BYTES)


class Keys:
    """The keys of the diary in a folder. Safe to use from several processes at once."""

    def __init__(self, folder: Path, *, or_in_memory: bool = False, now_s: Callable[[], float] = time.time) -> None:
        """`folder`: that of the diary; nothing is made until there is a key to keep. `now_s`: seconds since 1970.

        `or_in_memory`: what cannot be written (a full disk, one only read from) is good for as long as this lives.
        """
        self.folder = folder / FOLDER
        self._or_in_memory = or_in_memory
        self._now_s = now_s
        self._in_memory: dict[str, float] = {}
        self._found: dict[str, float] = {}
        self._called: dict[str, str] = {}

    def make_link(self) -> str:
        """A key that lets one browser in, once and within ten minutes. Raises StoreError."""
        return self._make(LINK)

    def use_link(self, key: str) -> bool:
        """Whether this is a link's key that still holds; from now on it does not."""
        name = _name(LINK, key)
        made_s = self.found(LINK).get(name)
        if made_s is None or not self.remove(name):
            return False
        return made_s <= self._now_s() + 1 and not self._is_over(LINK, made_s)

    def let_in(self, key: str | None = None, *, name: str = UNNAMED) -> str:
        """Know one browser more, as `name`; the key that it shows from now on. Raises StoreError."""
        return self._make(BROWSER, key, self._free(name))

    def knows(self, key: str) -> bool:
        """Whether a browser with this key was let in, and came at least once in 400 days since."""
        return self._has(BROWSER, key)

    def see(self, key: str) -> None:
        """Note that a known browser was here now: those that come are kept for longest."""
        self._touch(_name(BROWSER, key))

    def known(self) -> int:
        """How many browsers are known."""
        return len(self.found(BROWSER))

    def devices(self) -> list[Device]:
        """The browsers that are known, the one that was here last first."""
        found = [
            Device(id=_id_of(name), name=self._called.get(name) or self._read(name), seen_s=at_s)
            for name, at_s in self.found(BROWSER).items()
            if not self._is_over(BROWSER, at_s)
        ]
        return sorted(found, key=lambda d: (-d.seen_s, d.name))

    def forget_one(self, device: str) -> bool:
        """Forget the browser with this id; whether there was one. Raises StoreError where it cannot be forgotten."""
        gone = [name for name in self.found(BROWSER) if _id_of(name) == device]
        for name in gone:
            self.remove(name)
        if any(name in self.found(BROWSER) for name in gone):
            raise StoreError(f"{self.folder} cannot be written, so nobody was forgotten.")
        return bool(gone)

    def make_feed(self) -> str:
        """A key that opens the reminders for a calendar, and nothing else. Raises StoreError."""
        return self._make(FEED)

    def feeds(self, key: str) -> bool:
        """Whether this key opens the reminders."""
        if not self._has(FEED, key):
            return False
        self._touch(_name(FEED, key))
        return True

    def forget(self, *, but: str | None = None) -> None:
        """Forget every browser (but the one with this key), every open link and every feed. Raises StoreError."""
        kept = None if but is None else _name(BROWSER, but)
        for kind in KINDS:
            for name in self.found(kind):
                if name != kept:
                    self.remove(name)
        if any(name != kept for kind in KINDS for name in self.found(kind)):
            raise StoreError(f"{self.folder} could not be emptied. Remove it by hand.")

    def _make(self, kind: str, key: str | None = None, content: str = "") -> str:
        key = key or new_key()
        self.put(_name(kind, key), content)
        self._sweep(kind)
        return key

    def put(self, name: str, content: str = "") -> None:
        """Keep a file of this name, made now. Raises StoreError."""
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            handle = os.open(self.folder / name, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
            try:
                os.write(handle, content.encode())
            finally:
                os.close(handle)
        except OSError as error:
            if not self._or_in_memory:
                raise StoreError(f"Not saved: {self.folder} could not be written: {error.strerror}.") from None
            self._in_memory[name] = self._now_s()
            self._called[name] = content
        self._touch(name)

    def _read(self, name: str) -> str:
        try:
            return called((self.folder / name).read_text("utf-8"))
        except (OSError, ValueError):
            return UNNAMED

    def _free(self, name: str) -> str:
        """The name, with a number where another browser has it already."""
        taken, name = {d.name for d in self.devices()}, called(name)
        numbered = (f"{name[: LONGEST_NAME - 3]} {n}" for n in range(2, MOST + 2))
        return name if name not in taken else next(n for n in numbered if n not in taken)

    def _touch(self, name: str) -> None:
        with suppress(OSError):
            os.utime(self.folder / name, (self._now_s(),) * 2)

    def _has(self, kind: str, key: str) -> bool:
        wanted = _name(kind, key)
        # Each is compared, also after one that fits: it always takes as long.
        held = {name for name, at_s in self.found(kind).items() if not self._is_over(kind, at_s)}
        return sum(compare_digest(wanted, name) for name in held) > 0

    def found(self, kind: str) -> dict[str, float]:
        """The keys of one kind, each with its time. While the folder of the diary is away, those that were there."""
        try:
            names = [file.name for file in self.folder.iterdir()]
        except FileNotFoundError:
            if self.folder.parent.is_dir():
                self._found = {}
        except OSError:
            pass
        else:
            times = ((name, self._time_of(name)) for name in names if name.startswith(KINDS))
            self._found = {name: at_s for name, at_s in times if at_s is not None}
        return {name: at_s for name, at_s in (self._found | self._in_memory).items() if name.startswith(kind)}

    def _time_of(self, name: str) -> float | None:
        try:
            return (self.folder / name).stat().st_mtime
        except OSError:  # somebody was quicker
            return None

    def remove(self, name: str) -> bool:
        """Whether it was there and is gone; of several who try, one hears yes."""
        if self._in_memory.pop(name, None) is not None:
            return True
        try:
            (self.folder / name).unlink()
        except OSError:
            return False
        return True

    def _is_over(self, kind: str, at_s: float) -> bool:
        return self._now_s() - at_s > (LINK_LASTS_S if kind == LINK else BROWSER_LASTS_S)

    def _sweep(self, kind: str) -> None:
        """Remove what is over, and of many keys those that nobody has used for longest."""
        newest = sorted(self.found(kind).items(), key=lambda k: k[1], reverse=True)
        for place, (name, at_s) in enumerate(newest):
            if place >= MOST or self._is_over(kind, at_s):
                self.remove(name)


def _name(kind: str, key: str) -> str:
    return kind + sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def called(text: str) -> str:
    """A name as it may be shown anywhere: in one line, without what is no letter, sign or space, and not too long."""
    words = "".join(c if c.isprintable() else " " for c in text).split()
    return " ".join(words)[:LONGEST_NAME].strip() or UNNAMED


def device_of(key: str) -> str:
    """What a browser is known by in a list: the beginning of the hash of its key, which opens nothing."""
    return _id_of(_name(BROWSER, key))


def _id_of(name: str) -> str:
    return name.removeprefix(BROWSER)[:16]
