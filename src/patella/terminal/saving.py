"""Writing something again until it is on the disk, without ever writing it twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from patella.app.patella import Patella
from patella.store.entry import ErasedError, StoreError

T = TypeVar("T")


def save(app: Patella, act: Callable[[Patella], T], *, what: str, ask_again: Callable[[str], None]) -> T:
    """Do what `act` writes, and do it again for as long as it fails and `ask_again` returns.

    However often it is tried, its entries keep the ids and the time of the first try: the log passes over an entry that
    is there already, so a try whose answer was lost does no harm. `ask_again` gets the sentence that says what is not
    saved; it raises to give up.
    """
    moment, ids = app.now(), _Ids(app)
    while True:
        try:
            return act(replace(app, now=lambda: moment, new_id=ids.from_the_first()))
        except ErasedError:
            raise  # trying again would not help, and should not
        except StoreError as error:
            trouble = str(error).removeprefix("Not saved: ")
            ask_again(f"Not saved: {what}. {trouble} Enter tries again, q leaves.")


class _Ids:
    """Ids that are the same, in the same order, for every try."""

    def __init__(self, app: Patella) -> None:
        self._fresh = app.new_id
        self._taken: list[str] = []

    def from_the_first(self) -> Callable[[], str]:
        at = 0

        def next_id() -> str:
            nonlocal at
            if at == len(self._taken):
                self._taken.append(self._fresh())
            at += 1
            return self._taken[at - 1]

        return next_id
