"""One measured number with the bar it should reach."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`reached` is None where there is no bar, or where it could not be measured here."""

    name: str
    value: str
    bar: str = ""
    reached: bool | None = None

    def line(self) -> str:
        """name: value (bar)."""
        bar = f" ({self.bar})" if self.bar else ""
        return f"{self.name}: {self.value}{bar}{' - MISSED' if self.reached is False else ''}"


def at(share: float, values: list[float]) -> float:
    """The value below which a share of all values lies; `values` in order, at least one."""
    return values[min(len(values) - 1, int(share * len(values)))]
