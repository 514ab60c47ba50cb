"""Writes down what months, mornings and afternoons are called in every language of the Unicode CLDR, as Babel has it.

    python tools/months.py   (after an upgrade of Babel; tests/tools/test_months.py holds the table to it)

A name that two languages give to two months is of those of `PLATFORMS`, in which lists of activities are written; where
it is of none of them, or of two, it is left out. So is one that is another word in a date of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import babel
from babel.dates import format_datetime

from patella.files.moments import MONTHS, TABLE, phrases_in

PLATFORMS = frozenset(
    ("cs", "da", "de", "el", "en", "es", "fi", "fr", "hu", "id", "it", "ja", "ko", "ms", "nb", "nl", "pl", "pt", "ro",
     "ru", "sv", "th", "tr", "uk", "vi", "zh")
)  # fmt: skip
OUT = Path(__file__).parents[1] / "src" / "patella" / "files" / TABLE
FORMS = ("medium", "long", "full")
_HEAD = """# What months, mornings and afternoons are called, in the {count} languages of the Unicode Common Locale Data
# Repository (CLDR), copyright Unicode, Inc., under licence-of-cldr.txt beside it, as Babel {version} has it; in lower
# case, without points and blanks. Written by tools/months.py, which says what is left out.
"""


def main() -> None:
    """Write the table."""
    OUT.write_text(table(), encoding="utf-8")
    print(f"{OUT}: {OUT.stat().st_size} bytes")


def table() -> str:
    """The whole file."""
    locales = [babel.Locale.parse(name) for name in sorted(babel.localedata.locale_identifiers())]
    parts = [_HEAD.format(count=len({locale.language for locale in locales}), version=babel.__version__)]
    months = _months(locales)
    parts += [_line(str(number), (n for n, m in months.items() if m == number)) for number in range(1, MONTHS + 1)]
    for name, period in (("morning", "am"), ("afternoon", "pm")):
        other = _periods(locales, "pm" if period == "am" else "am")
        parts.append(_line(name, _periods(locales, period) - other - set(months)))
    return "\n".join(parts)


def _line(key: str, names: Iterator[str] | set[str]) -> str:
    return f'{key} = """\n' + "\n".join(sorted(names)) + '"""\n'


def _months(locales: list[babel.Locale]) -> dict[str, int]:
    found: dict[str, dict[int, set[str]]] = {}
    for locale in locales:
        for number, name in _named(locale):
            found.setdefault(_plain(name), {}).setdefault(number, set()).add(locale.language)
    others = {word for locale in locales if locale.language in PLATFORMS for word in _beside_months(locale)}
    return {n: number for n, by in found.items() if n and (number := _meant(by, other=n in others))}


def _named(locale: babel.Locale) -> Iterator[tuple[int, str]]:
    for forms in locale.months.values():
        for width in ("wide", "abbreviated"):
            yield from forms[width].items()


def _meant(by: dict[int, set[str]], *, other: bool) -> int | None:
    """The month of a name, by the languages that give it to each."""
    known = [number for number, languages in by.items() if languages & PLATFORMS]
    if len(known) == 1:
        return known[0]
    return None if known or other or len(by) > 1 else next(iter(by))


def _beside_months(locale: babel.Locale) -> set[str]:
    """The words of a date of a language that are no month."""
    months = {word for _, name in _named(locale) for words in phrases_in(name) for word in words}
    days = [datetime(2026, 5, day, hour, 7, tzinfo=UTC) for day in range(4, 11) for hour in (6, 18)]
    said = [format_datetime(day, form, locale=locale) for day in days for form in FORMS]
    return {word for text in said for words in phrases_in(text) for word in words} - months


def _plain(name: str) -> str:
    """A name as it is looked for; nothing where it is more than words."""
    phrases = phrases_in(name)
    return "".join(phrases[0]) if len(phrases) == 1 and not any(sign.isdigit() for sign in name) else ""


def _periods(locales: list[babel.Locale], period: str) -> set[str]:
    """What stands for the one half of the day where clocks are read by twelve hours."""
    forms = (form[width].get(period, "") for locale in locales if "a" in locale.time_formats["medium"].pattern
             for form in locale.day_periods.values() for width in form if width != "narrow")  # fmt: skip
    return {_plain(form) for form in forms} - {""}


if __name__ == "__main__":
    main()
