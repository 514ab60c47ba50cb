"""Reads one table of a definition file strictly: every key is known, typed and in range, or refused with a sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

E = TypeVar("E", bound=StrEnum)


class DefinitionError(ValueError):
    """A definition is wrong: `key` says where in the file, the sentence says what is wrong and what would be right."""

    def __init__(self, key: str, sentence: str) -> None:
        """`key` is a dotted path within the file, empty for the file as a whole."""
        super().__init__(f"{key}: {sentence}" if key else sentence)
        self.key = key
        self.sentence = sentence


class Table:
    """One table of a TOML file. Take each key by its type, then call `done`, which refuses keys nobody took."""

    def __init__(self, values: object, key: str = "") -> None:
        """`key` is the table's own dotted path, used in every complaint."""
        if not isinstance(values, Mapping):
            raise DefinitionError(key, "must be a table of keys and values.")
        self._values: dict[str, object] = {str(k): v for k, v in values.items()}
        self._taken: set[str] = set()
        self.key = key

    def path(self, key: str) -> str:
        """Dotted path of a key in this table."""
        return f"{self.key}.{key}" if self.key else key

    def has(self, key: str) -> bool:
        """Whether the key is there at all."""
        return key in self._values

    def keys(self) -> tuple[str, ...]:
        """Every key, in the order of the file."""
        return tuple(self._values)

    def _take(self, key: str) -> object:
        self._taken.add(key)
        if key not in self._values:
            raise DefinitionError(self.path(key), "is missing.")
        return self._values[key]

    def text(self, key: str) -> str:
        """A string with at least one visible character."""
        value = self._take(key)
        if not isinstance(value, str) or not value.strip():
            raise DefinitionError(self.path(key), "must be a piece of text.")
        return value.strip()

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """True or false; `default` where the key is left out, else it must be there."""
        if default is not None and key not in self._values:
            return default
        value = self._take(key)
        if not isinstance(value, bool):
            raise DefinitionError(self.path(key), "must be true or false.")
        return value

    def number(self, key: str, low: float, high: float) -> float:
        """A finite number from `low` to `high`, both allowed."""
        return _number(self._take(key), self.path(key), low, high)

    def whole(self, key: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both allowed."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise DefinitionError(self.path(key), f"must be a whole number from {low} to {high}, not {value!r}.")
        return value

    def numbers(self, key: str, low: float, high: float) -> tuple[float, ...]:
        """A list of finite numbers, each from `low` to `high`."""
        return tuple(_number(v, f"{self.path(key)}[{i}]", low, high) for i, v in enumerate(self.items(key)))

    def choice(self, key: str, kind: type[E]) -> E:
        """One member of a closed set, named by its value."""
        return _member(self._take(key), self.path(key), kind)

    def choices(self, key: str, kind: type[E]) -> tuple[E, ...]:
        """A list of members of a closed set."""
        return tuple(_member(v, f"{self.path(key)}[{i}]", kind) for i, v in enumerate(self.items(key)))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; an absent key is an empty list."""
        if key not in self._values:
            return ()
        values = self.items(key)
        for i, value in enumerate(values):
            if not isinstance(value, str) or not value.strip():
                raise DefinitionError(f"{self.path(key)}[{i}]", "must be a piece of text.")
        return tuple(str(v).strip() for v in values)

    def items(self, key: str) -> Sequence[object]:
        """A list of whatever it holds: its items are for the caller to check."""
        value = self._take(key)
        if not isinstance(value, list):
            raise DefinitionError(self.path(key), "must be a list.")
        return value

    def table(self, key: str) -> Table:
        """A table within this one."""
        return Table(self._take(key), self.path(key))

    def tables(self, key: str) -> tuple[Table, ...]:
        """A list of tables; an absent key is an empty list."""
        if key not in self._values:
            return ()
        return tuple(Table(v, f"{self.path(key)}[{i}]") for i, v in enumerate(self.items(key)))

    def done(self) -> None:
        """Refuse every key that nobody took: a misspelt key must not be ignored."""
        for key in self._values:
            if key not in self._taken:
                raise DefinitionError(self.path(key), "is not a key that is known here; check its spelling.")


def _number(value: object, path: str, low: float, high: float) -> float:
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    if not low <= number <= high:
        raise DefinitionError(path, f"must be a number from {low:g} to {high:g}, not {value!r}.")
    return number


def _member(value: object, path: str, kind: type[E]) -> E:
    allowed = ", ".join(m.value for m in kind)
    if not isinstance(value, str) or value not in {m.value for m in kind}:
        raise DefinitionError(path, f"must be one of {allowed}, not {value!r}.")
    return kind(value)
