"""The report for a physiotherapist on paper, as a spreadsheet and as JSON: a page or two, numbers only."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from patella.app.diary.timeline import timeline_between
from patella.app.diary.timeline_day import TimelineDay
from patella.app.history.reading import person_of
from patella.app.history.units import units_of
from patella.app.patella import Patella
from patella.paper.charts import describe, timeline_chart
from patella.paper.drawing import Drawing, draw, take_apart
from patella.paper.pages import MOST_SHOES, sheet_of
from patella.paper.typefaces import STANDARD, UNPRINTED, isolated, printed, typefaces
from patella.store.export import harmless

CHART_PX = 700
UNPRINTED_SAYS = f"{UNPRINTED} stands for letters that this paper has no type for; the diary has them."
# From roomy (0) to close (3), as report.typ has it, and the most pages: what fits on one page roomily needs no second.
TRIES = ((0, 1), (1, 1), (0, 2), (1, 2), (2, 2), (3, 2))

Report = Mapping[str, Any]


def report_pdf(app: Patella, report: Report, *, letter: bool = False, name: str = "") -> bytes:
    """A page or two, on A4 or US Letter, as close as they must be; the same report gives the same bytes.

    `name` is whose knee it is, for somebody who looks after many. Nothing is fetched from anywhere.
    """
    content = tell_report(app, report)
    if name:
        content["heading"] = name
        content["title"] = f"{isolated(name)}, {content['title']}"
    drawing = take_apart(draw(content["chart"])) if content["chart"] else None
    told, is_short = printed({**content, "paper": "us-letter" if letter else "a4", "chart": _told(drawing)})
    if is_short:
        told["method"] = [*told["method"], UNPRINTED_SAYS]
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "report.typ").write_bytes((files("patella.paper") / "report.typ").read_bytes())
        if drawing:
            (folder / "chart.svg").write_text(drawing.svg, encoding="utf-8")
        return _typeset(folder, json.dumps(told))


def tell_report(app: Patella, report: Report) -> dict[str, Any]:
    """What stands on its pages, in the person's units, as plain values.

    `chart` is a Vega-Lite specification, `CHART_PX` wide, None where there is nothing to draw; `chart_says` the same in
    sentences.
    """
    timeline = timeline_between(app, date.fromisoformat(report["since"]), app.today + timedelta(days=1))
    days = _for_paper(timeline["days"])
    units, drawn = units_of(app), any(_is_drawn(d) for d in days)
    cautious = person_of(app).cautious
    chart = (
        timeline_chart({**timeline, "days": days}, width=CHART_PX, units=units, cautious=cautious) if drawn else None
    )
    return {**sheet_of(report, units), "chart": chart, "chart_says": describe(timeline, units)}


def _told(drawing: Drawing | None) -> dict[str, Any] | None:
    """A drawing for the layout, without its shapes."""
    return {**asdict(drawing), "svg": None} if drawing else None


def _for_paper(days: Sequence[TimelineDay]) -> list[TimelineDay]:
    """The days of the timeline without what the tables say, and with the shoes worn most."""
    worn: Counter[str] = Counter()
    for day in days:
        worn.update({shoe: metres or 0 for shoe, metres in day["shoe_m"].items()})
    most = {shoe for shoe, _ in worn.most_common(MOST_SHOES)}
    return [
        {
            **day,
            "scores": [],
            "barefoot_min": None,
            "sports": [],
            "notes": [],
            "pain": {**day["pain"], "after": None},
            "shoe_m": {shoe: metres for shoe, metres in day["shoe_m"].items() if shoe in most},
        }
        for day in days
    ]


def _is_drawn(day: TimelineDay) -> bool:
    """Whether a chart has anything to show of a day."""
    return any(n is not None for n in day["pain"].values()) or bool(
        day["run_m"] or day["sitting_h"] or day["exercises"]
    )


def _typeset(folder: Path, told: str) -> bytes:
    import typst

    layout = folder / "report.typ"

    def inputs(closeness: int, most: int) -> dict[str, Any]:
        sys_inputs = {"report": told, "closeness": str(closeness), "pages": str(most)}
        return {"root": folder, "font_paths": typefaces(), "sys_inputs": sys_inputs}

    def fits(closeness: int, most: int) -> bool:
        found = typst.query(layout, "<pages>", field="value", one=True, **inputs(closeness, most))
        return int(json.loads(found)) <= most

    chosen = next((t for t in TRIES if fits(*t)), TRIES[-1])
    pdf: bytes = typst.compile(layout, format="pdf", pdf_standards=STANDARD, **inputs(*chosen))
    return pdf


def report_json(report: Report) -> bytes:
    """The report as JSON."""
    return (json.dumps(report, indent=2, ensure_ascii=False) + "\n").encode()


def report_csv(report: Report) -> bytes:
    """The report for a spreadsheet: one number a row, with its section, its name and, where it has one, its day."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(("section", "name", "day", "value"))
    writer.writerows([harmless(cell) for cell in row] for row in _rows(report))
    return ("\ufeff" + stream.getvalue()).encode()


def _rows(report: Report) -> Iterator[tuple[str, str, str, object]]:
    for section, value in report.items():
        if section != "method":
            yield from _flat(section, "", value)


def _flat(section: str, name: str, value: object) -> Iterator[tuple[str, str, str, object]]:
    """Every number and word within a value, named by its path."""
    if isinstance(value, Mapping):
        day = str(value.get("day") or value.get("since") or "")
        for key, inner in value.items():
            for _, path, its_day, found in _flat(section, f"{name}.{key}" if name else str(key), inner):
                yield section, path, its_day or day, found
    elif isinstance(value, list) and value and all(_is_dated(v) for v in value):
        yield from ((section, name, v[0], v[1]) for v in value)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _flat(section, f"{name}.{number}" if name else str(number), inner)
    else:
        yield section, name, "", value


def _is_dated(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], str)  # noqa: PLR2004 - day and value
