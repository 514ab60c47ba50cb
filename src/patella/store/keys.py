"""Who may come in: links that are good once, the browsers that are known, the feed for a calendar.

Each is a file without content in the folder `keys` beside the diary, for its owner alone; its name says what it is for
and the SHA-256 of a random key of 256 bits, its time when it was made or last seen. So two processes need no lock, a
link is used up by whoever removes it first, and nothing here opens anything. No export holds any of it.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path

from patella.store.entry import StoreError

FOLDER = "keys"
KINDS = LINK, BROWSER, FEED = "link-", "browser-", "feed-"
LINK_LASTS_S = 600.0
BROWSER_LASTS_S = 400 * 86_400.0  # no browser keeps a cookie for longer
MOST = 20  # of each kind
KEY_BYTES = 32


def new_key() -> str:
    """A random key of 256 bits, in letters, digits, - and _."""
    return secrets.token_urlsafe(KEY_BYTES)


class Keys:
    """The keys of the diary in a folder. Safe to use from several processes at once."""

    def __init__(self, folder: Path, *, holds: bool = False, now_s: Callable[[], float] = time.time) -> None:
        """`folder`: that of the diary; nothing is made until there is a key to keep. `now_s`: seconds since 1970.

        `holds`: what cannot be written (a full disk, one that may only be read) is good for as long as this lives.
        """
        self.folder = folder / FOLDER
        self._holds = holds
        self._now_s = now_s
        self._held: dict[str, float] = {}
        self._found: dict[str, float] = {}

    def make_link(self) -> str:
        """A key that lets one browser in, once and within ten minutes. Raises StoreError."""
        return self._make(LINK)

    def use_link(self, key: str) -> bool:
        """Whether this is a link's key that still holds; from now on it does not."""
        name = _name(LINK, key)
        made_s = self._all(LINK).get(name)
        if made_s is None or not self._remove(name):
            return False
        return made_s <= self._now_s() + 1 and not self._is_over(LINK, made_s)

    def let_in(self, key: str | None = None) -> str:
        """Know one browser more; the key that it shows from now on. Raises StoreError."""
        return self._make(BROWSER, key)

    def knows(self, key: str) -> bool:
        """Whether a browser with this key was let in, and came at least once in 400 days since."""
        return self._has(BROWSER, key)

    def see(self, key: str) -> None:
        """Note that a known browser was here now: those that come are kept for longest."""
        self._touch(_name(BROWSER, key))

    def known(self) -> int:
        """How many browsers are known."""
        return len(self._all(BROWSER))

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
            for name in self._all(kind):
                if name != kept:
                    self._remove(name)
        if any(name != kept for kind in KINDS for name in self._all(kind)):
            raise StoreError(f"{self.folder} could not be emptied. Remove it by hand.")

    def _make(self, kind: str, key: str | None = None) -> str:
        key = key or new_key()
        name = _name(kind, key)
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            os.close(os.open(self.folder / name, os.O_CREAT | os.O_WRONLY, 0o600))
        except OSError as error:
            if not self._holds:
                raise StoreError(f"Not saved: {self.folder} could not be written: {error.strerror}.") from None
            self._held[name] = self._now_s()
        self._touch(name)
        self._sweep(kind)
        return key

    def _touch(self, name: str) -> None:
        with suppress(OSError):
            os.utime(self.folder / name, (self._now_s(),) * 2)

    def _has(self, kind: str, key: str) -> bool:
        wanted = _name(kind, key)
        # Each is compared, also after one that fits: it always takes as long.
        held = {name for name, at_s in self._all(kind).items() if not self._is_over(kind, at_s)}
        return sum(compare_digest(wanted, name) for name in held) > 0

    def _all(self, kind: str) -> dict[str, float]:
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
        return {name: at_s for name, at_s in (self._found | self._held).items() if name.startswith(kind)}

    def _time_of(self, name: str) -> float | None:
        try:
            return (self.folder / name).stat().st_mtime
        except OSError:  # somebody was quicker
            return None

    def _remove(self, name: str) -> bool:
        """Whether it was there and is gone; of several who try, one hears yes."""
        if self._held.pop(name, None) is not None:
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
        newest = sorted(self._all(kind).items(), key=lambda k: k[1], reverse=True)
        for place, (name, at_s) in enumerate(newest):
            if place >= MOST or self._is_over(kind, at_s):
                self._remove(name)


def _name(kind: str, key: str) -> str:
    return kind + sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
