"""Writes the handout: today's exercises, or the whole routine, as a PDF for the fridge, with boxes to tick."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from patella.app.history.units import units_of
from patella.app.patella import Patella
from patella.care.units import METRIC, Units
from patella.motion.definition import Table
from patella.paper.card import Briefs
from patella.paper.sheet import Sheet, sheet_for
from patella.paper.typefaces import STANDARD, typefaces
from patella.store.entry import StoreError
from patella.store.whole_file import written_whole

CORAL = "#E4572E"
LAYOUT = "paper/handout.typ"
CLOSENESS = (0, 1, 2, 3)  # from roomy to close, as handout.typ has it


class PaperError(ValueError):
    """What was asked for cannot be put on paper; the message is one sentence for the person."""


def write_handout(app: Patella, out: Path, *, full: bool = False, letter: bool = False, replace: bool = False) -> None:
    """Write the handout of today to `out`, whole or not at all.

    `full` takes the whole routine instead of today's plan; `letter` takes US Letter instead of A4. The same diary and
    day give the same bytes. Raises PaperError, and writes nothing, when `out` does not end in .pdf, its folder does not
    exist, or something is there already and `replace` is not set.
    """
    if out.suffix.lower() != ".pdf":
        raise PaperError(f"A handout is a PDF, so its name must end in .pdf, and {out.name!r} does not.")
    write_paper(out, lambda: print_handout(app, full=full, letter=letter), replace=replace)


def print_handout(app: Patella, *, full: bool = False, letter: bool = False) -> bytes:
    """The PDF of the same."""
    return print_sheet(sheet_for(app, own_briefs(), full=full), letter=letter, units=units_of(app))


def tell_handout(app: Patella, *, full: bool = False) -> dict[str, Any]:
    """What stands on it, in the person's units, as plain values: for a page that a browser prints."""
    return units_of(app).said_in(asdict(sheet_for(app, own_briefs(), full=full)))


def write_paper(out: Path, make: Callable[[], bytes], *, replace: bool = False) -> None:
    """Make something and write it to `out`, whole or not at all. Raises PaperError with a sentence.

    Nothing is made when it could not be written: `out` is there already and may not be replaced, or has no folder.
    """
    try:
        with written_whole(out, replace=replace) as part:
            part.write_bytes(make())
    except StoreError as error:
        raise PaperError(str(error)) from None


def print_sheet(sheet: Sheet, *, letter: bool = False, units: Units = METRIC) -> bytes:
    """The PDF of a sheet, on A4 or US Letter, set in a typeface that Typst brings along.

    It stands as close as it must to take the fewest pages, with the exercises together, and no closer.
    """
    content = units.said_in(asdict(sheet))
    page = {"paper": "us-letter" if letter else "a4", "accent": CORAL}
    told = json.dumps({**content, **page})
    closeness = min(CLOSENESS, key=lambda c: (_fit(told, c), c))
    return _typeset(told, closeness)


def _fit(told: str, closeness: int) -> list[int]:
    """How many pages there are, and which of them hold exercises, the last first: smaller is better."""
    import typst

    inputs = {"sheet": told, "closeness": str(closeness)}
    with _house() as root:
        found = typst.query(
            root / LAYOUT, "<fit>", field="value", one=True, root=root, font_paths=typefaces(), sys_inputs=inputs
        )
    return [int(n) for n in json.loads(found)]


def _typeset(told: str, closeness: int) -> bytes:
    import typst

    inputs = {"sheet": told, "closeness": str(closeness)}
    with _house() as root:
        pdf: bytes = typst.compile(
            root / LAYOUT,
            format="pdf",
            pdf_standards=STANDARD,
            root=root,
            font_paths=typefaces(),
            sys_inputs=inputs,
        )
    return pdf


def _house() -> AbstractContextManager[Path]:
    """The folder in which the layout finds the figures: they are the pages' own stills."""
    return as_file(files("patella"))


@cache
def own_briefs() -> Briefs:
    """The short steps that come with Patella, by exercise id. Raises DefinitionError with the key and a sentence."""
    table = Table(tomllib.loads((files("patella.paper") / "brief.toml").read_text(encoding="utf-8")))
    return {key: table.texts(key) for key in table.keys()}  # noqa: SIM118 - a Table is not a dict
