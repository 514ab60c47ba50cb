"""Write what docs/diary.md says of each kind of entry, from the types themselves: `python tools/diary.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from patella.care.entries.key import keys_of, tables_in
from patella.care.entries.kinds import KINDS

PAGE = Path(__file__).parents[1] / "docs" / "diary.md"
MARK = "<!-- From here on made from the types by tools/diary.py. -->\n"


def main() -> None:
    """Put the tables in place of the old ones."""
    PAGE.write_text(whole(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def whole(page: str) -> str:
    """The page with every kind and every table within one, as the types have them."""
    return page.partition(MARK)[0] + MARK + "".join(_kinds()) + "".join(_tables())


def _kinds() -> Iterator[str]:
    yield "\n## Kinds\n"
    for kind, values in KINDS.items():
        yield from _section(f"`{kind}`", values)


def _tables() -> Iterator[str]:
    yield "\n## Tables within them\n"
    found: dict[str, type] = {}
    waiting = list(KINDS.values())
    while waiting:
        for inner in tables_in(waiting.pop(0)):
            if inner.__name__ not in found:
                found[inner.__name__] = inner
                waiting.append(inner)
    for name in sorted(found):
        yield from _section(name, found[name])


def _section(title: str, values: type) -> Iterator[str]:
    words = " ".join((values.__doc__ or "").split())
    yield f"\n### {title}\n\n{words}\n"
    keys = keys_of(values)
    if keys:
        yield "\n| key | value | must be there |\n|---|---|---|\n"
    for key in keys:
        yield f"| `{key.name}` | {key.must} | {'yes' if key.needed else ''} |\n"


if __name__ == "__main__":
    main()
