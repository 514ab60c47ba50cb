"""`patella report`: the last weeks for a physiotherapist, on paper and as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from patella.terminal import options as o
from patella.terminal.door import command
from patella.terminal.page import Page
from patella.terminal.refused import InputError

if TYPE_CHECKING:
    from patella.app.patella import Patella

Out = Annotated[Path, typer.Argument(metavar="OUT.pdf", help="Where to write the report.")]
Csv = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Also the numbers for a spreadsheet.")]
Json = Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Also the numbers as JSON.")]
Fhir = Annotated[Path | None, typer.Option("--fhir", metavar="FILE", help="Also an HL7 FHIR R4 bundle.")]
Weeks = Annotated[int, typer.Option("--weeks", metavar="N", help="How many weeks back.")]


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    command(app, "report")(report)


def report(  # noqa: PLR0913 - each is one option of the command line
    patella: Patella,
    *,
    out: Out,
    as_csv: Csv = None,
    as_json: Json = None,
    as_fhir: Fhir = None,
    weeks: Weeks = 12,
    letter: o.Letter = None,
    replace: o.Replace = False,
) -> None:
    """The last weeks in a page or two of numbers, for your physiotherapist: pain, load, exercises, scores, gaps.

    Example: patella report knee-report.pdf --csv knee-report.csv
    """
    from patella.app.person.settings import settings_of
    from patella.app.report.report import report_on
    from patella.paper.fhir import report_fhir, whose_of
    from patella.paper.handout import PaperError, write_paper
    from patella.paper.report import report_csv, report_json, report_pdf
    from patella.terminal.busy import busy

    if out.suffix.lower() != ".pdf":
        raise InputError(f"A report is a PDF, so its name must end in .pdf, and {out.name!r} does not.")
    found = report_on(patella, weeks=weeks)
    on_letter = settings_of(patella).letter if letter is None else letter
    forms = [
        (out, lambda: report_pdf(patella, found, letter=on_letter)),
        (as_csv, lambda: report_csv(found)),
        (as_json, lambda: report_json(found)),
        (as_fhir, lambda: report_fhir(found, patella.now().isoformat(timespec="seconds"), whose_of(patella))),
    ]
    wanted = [(path, make) for path, make in forms if path is not None]
    try:
        with busy("Drawing the report"):
            for path, make in wanted:
                write_paper(path, make, replace=replace)
    except PaperError as error:
        raise InputError(str(error)) from None
    Page.standard().say("Written: " + ", ".join(str(path) for path, _ in wanted))
