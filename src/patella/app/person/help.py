"""Whom to call in an emergency: the number of the country that was set or, until then, that the machine speaks of."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from patella.app.patella import Patella
from patella.app.person.settings import settings_of
from patella.files.library import own_emergency_numbers

REGION = re.compile(r"^[A-Za-z]{2,3}[-_]([A-Z]{2})\b")
LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """A number to call. `country` is None where none is known, and the number is then the one of most places."""

    number: str
    country: str | None

    @property
    def text(self) -> str:
        """The number, and whose it is."""
        if self.country:
            return f"{self.number} ({self.country})"
        return f"{self.number}, or that of your country. patella settings --country says where you are."


def emergency_number(app: Patella, guessed: str | None = None) -> Help:
    """The number for the country in the settings, else for the one that was guessed."""
    country = settings_of(app).country or guessed
    return Help(number=own_emergency_numbers().number_in(country), country=country)


def known_countries() -> list[str]:
    """The countries whose number is known."""
    return sorted(own_emergency_numbers().of)


def region_of(locale: str) -> str | None:
    """The country that a locale such as de_AT.UTF-8 or en-GB speaks of; None where it speaks of none."""
    found = REGION.match(locale)
    return found[1] if found else None


def system_country(environment: Mapping[str, str] = os.environ) -> str | None:
    """The country of this machine's language settings. Nothing is asked from outside."""
    named = next((environment[name] for name in LOCALES if environment.get(name)), "")
    return region_of(named)
