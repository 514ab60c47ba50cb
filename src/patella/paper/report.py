"""The report for a physiotherapist on paper, as a spreadsheet and as JSON: two pages, numbers only."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from patella.app.patella import Patella
from patella.app.timeline import timeline_between
from patella.paper.charts import describe, timeline_chart
from patella.store.export import harmless

CHART_PX = 700
PAGES = 2
CLOSENESS = (0, 1, 2, 3)  # from roomy to close, as report.typ has it
VEGA_LITE = "6.1"
NOT_KNOWN = "\N{EN DASH}"
MOMENTS = {
    "morning": "In the morning",
    "before": "Before exercises",
    "during": "Worst in exercises",
    "after": "An hour after",
    "other": "At other times",
}
VERDICTS = {
    "better": "better",
    "likely_better": "likely better",
    "small_better": "slightly better",
    "unclear": "no clear change",
    "small_worse": "slightly worse",
    "likely_worse": "likely worse",
    "worse": "worse",
}
SMALL_PRINT = "Entered by the person. Not a diagnosis."

Report = Mapping[str, Any]
Part = dict[str, Any]


def report_pdf(app: Patella, report: Report, *, letter: bool = False) -> bytes:
    """Two pages, on A4 or US Letter, as close as they must be; the same report gives the same bytes.

    Nothing is fetched from anywhere.
    """
    timeline = timeline_between(app, date.fromisoformat(report["since"]), app.today + timedelta(days=1))
    paper = "us-letter" if letter else "a4"
    told = json.dumps({**sheet_of(report), "paper": paper, "chart_says": describe(timeline)})
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "report.typ").write_bytes((files("patella.paper") / "report.typ").read_bytes())
        chart = timeline_chart({**timeline, "days": [_for_paper(d) for d in timeline["days"]]}, width=CHART_PX)  # type: ignore[attr-defined]
        (folder / "chart.svg").write_text(draw(chart), encoding="utf-8")
        return _typeset(folder, told)


def _for_paper(day: Mapping[str, Any]) -> dict[str, Any]:
    """A day of the timeline without what the tables say."""
    pain = {**day["pain"], "after": None}
    return {**day, "pain": pain, "scores": [], "barefoot_min": None, "sports": [], "notes": []}


def _typeset(folder: Path, told: str) -> bytes:
    import typst

    layout = folder / "report.typ"

    def inputs(closeness: int) -> dict[str, Any]:
        sys_inputs = {"report": told, "closeness": str(closeness)}
        return {"root": folder, "ignore_system_fonts": True, "sys_inputs": sys_inputs}

    def pages(closeness: int) -> int:
        return int(json.loads(typst.query(layout, "<pages>", field="value", one=True, **inputs(closeness))))

    fits = next((c for c in CLOSENESS if pages(c) <= PAGES), CLOSENESS[-1])
    pdf: bytes = typst.compile(layout, format="pdf", **inputs(fits))
    return pdf


def draw(chart: Mapping[str, Any]) -> str:
    """A chart as SVG, drawn on this machine."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(dict(chart), vl_version=VEGA_LITE))


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


# --- what stands on the two pages


def sheet_of(report: Report) -> dict[str, Any]:
    """Everything on the two pages, in words and figures that are ready to be set."""
    return {
        "title": f"Report of {report['made_on']}",
        "heading": "One knee in numbers",
        "span": f"{report['since']} to {report['until']}, {report['weeks']} weeks",
        "small_print": SMALL_PRINT,
        "lead": _lead(report),
        "front": [[_pain(report), _missing(report)], [_adherence(report), _load(report)]],
        "exercises": _exercises(report),
        "back": [[_scores(report)], [_screening(report)]],
        "method": report["method"],
    }


def _part(title: str, rows: Sequence[Sequence[object]] = (), lines: Sequence[str] = ()) -> Part:
    return {"title": title, "rows": [[_cell(c) for c in row] for row in rows], "lines": list(lines)}


def _cell(value: object) -> str:
    if value is None:
        return NOT_KNOWN
    return f"{value:g}" if isinstance(value, float) else str(value)


def _percent(share: float | None) -> str:
    return NOT_KNOWN if share is None else f"{100 * share:.0f} %"


def _lead(report: Report) -> list[str]:
    knees = " and ".join(report["knees"]) or "not said"
    morning, practised = report["pain"]["moments"]["morning"], report["adherence"]
    days, dose = practised["days_done"], practised["dose"]
    return [
        f"Knee: {knees}. Morning pain {_cell(morning['first'])} at first and {_cell(morning['last'])} at last.",
        f"Exercises on {days} days, {_regular(practised)}; {_percent(dose)} of the dose.",
    ]


def _regular(practised: Mapping[str, Any]) -> str:
    regular, adjusted = practised["regularity"], practised["days_adjusted"]
    if regular is None:
        return "no whole week to go by yet"
    adherent = "adherent" if practised["adherent"] else "below the 80 % that count as adherent"
    left_out = f", {adjusted} adjusted for pain" if adjusted else ""
    return f"{_percent(regular)} of 3 days a week: {adherent}{left_out}"


def _pain(report: Report) -> Part:
    rows: list[Sequence[object]] = [("0 to 10", "n", "mean", "worst", "first", "last")]
    for key, words in MOMENTS.items():
        m = report["pain"]["moments"][key]
        if m["answered"] or m["asked"]:
            of = m["answered"] if m["asked"] is None else f"{m['answered']}/{m['asked']}"
            rows.append((words, of, m["mean"], m["worst"], m["first"], m["last"]))
    days = report["pain"]["days"]
    lines = [f"Days by their worst pain: {days['green']} green, {days['amber']} amber, {days['red']} red."]
    for key, words in (("doing", "Noted when"), ("places", "Where")):
        if report["pain"][key]:
            lines.append(f"{words}: " + ", ".join(f"{k} {n}" for k, n in report["pain"][key].items()) + ".")
    return _part("Pain", rows, lines)


def _adherence(report: Report) -> Part:
    found = report["adherence"]
    rows = [
        ("The last", "days done", "adjusted", "missed", "regularity", "dose"),
        *(_practised(f"{n} days", part) for n, part in found["lately"].items()),
        _practised(f"{report['weeks']} weeks", found),
    ]
    weeks = ", ".join(str(w["days"]) for w in found["weeks"])
    return _part("Adherence", rows, [f"Days a week, from the first: {weeks}.", f"Sessions: {found['sessions']}."])


def _practised(words: str, part: Mapping[str, Any]) -> tuple[object, ...]:
    days = (part["days_done"], part["days_adjusted"], part["days_missed"])
    return (words, *days, _percent(part["regularity"]), _percent(part["dose"]))


def _load(report: Report) -> Part:
    run, sat = report["running"], report["sitting"]
    lines = []
    if sat["days"]:
        lines.append(f"Sitting: {_cell(sat['mean_h'])} h a day on average, {sat['days']} days noted.")
    if run is None:
        return _part("Load", (), ["No runs are known.", *lines])
    far = run["far_runs"]
    rows = [
        ("Running", ""),
        ("Runs", run["runs"]),
        ("Distance, longest run", f"{run['km']:g} km, {_cell(run['longest_km'])} km"),
        ("Far runs: by 10, 30, 100 % and more", f"{far['warn']}, {far['strong']}, {far['red']}"),
        ("Steps a minute, median", _cell(run["cadence_spm"])),
    ]
    weeks = ", ".join(f"{w['km']:.0f}" for w in run["weeks"])
    lines.insert(0, f"Kilometres a week, from the first: {weeks}.")
    if run["shoes"]:
        shoes = (f"{s['name']} ({_cell(s['heel_drop_mm'])} mm drop) {s['km']:g} km" for s in run["shoes"][:4])
        lines.append("Shoes: " + "; ".join(shoes) + ".")
    if run["surface_km"]:
        lines.append("Ground: " + ", ".join(f"{k} {v:g} km" for k, v in run["surface_km"].items()) + ".")
    return _part("Load", rows, lines)


def _missing(report: Report) -> Part:
    gone = report["missing"]
    rows = [
        ("Not known", "of"),
        ("Days without any entry", f"{gone['days_without_entry']}/{gone['days']}"),
        ("Mornings without an answer", f"{gone['mornings_without_answer']}/{gone['days']}"),
        ("Sessions without an answer an hour after", f"{gone['without_answer_after']}/{gone['sessions']}"),
        ("Days with a session, no answer next morning", gone["without_next_morning"]),
        ("Sessions not finished", f"{gone['not_finished']}/{gone['sessions']}"),
    ]
    return _part("Missing", rows)


def _exercises(report: Report) -> Part:
    rows: list[Sequence[object]] = [
        (
            "Exercise",
            "times",
            "first dose",
            "last dose",
            "dose done",
            "pain first, last, worst",
            "clean (sets)",
            "range",
        ),
    ]
    for e in report["exercises"]:
        pain, form, degrees = e["pain"], e["form"], e["range_deg"]["median"]
        clean = f"{_percent(form['clean'])} ({form['sets_seen']})" if form["sets_seen"] else NOT_KNOWN
        pains = ", ".join(_cell(pain[k]) for k in ("first", "last", "worst"))
        range_ = NOT_KNOWN if degrees is None else f"{degrees}°"
        done = _percent(e["dose"])
        rows.append((e["name"], e["times"], e["first_dose"], e["last_dose"], done, pains, clean, range_))
    lines = [] if report["exercises"] else ["No exercise was done in these weeks."]
    return _part("Progression, form and range", rows if report["exercises"] else (), lines)


def _scores(report: Report) -> Part:
    rows: list[Sequence[object]] = [("Score", "first", "last", "change")]
    for score in report["scores"]:
        first, last, change = score["entries"][0], score["entries"][-1], score["change"]
        low, high = score["low"], score["high"]
        told = NOT_KNOWN if change is None else f"{change['points']:+g}: {VERDICTS[change['verdict']]}"
        rows.append((f"{score['name']} ({low} to {high})", first["value"], last["value"], told))
    return _part("Scores", rows) if report["scores"] else _part("Scores", (), ["None were given yet."])


def _screening(report: Report) -> Part:
    found = report["screening"]
    lines = [found["standing_text"]]
    for one in found["answered"]:
        named = "; ".join(f"{n['question']} {n['answer']}" for n in one["named"]) or "no warning sign named"
        lines.append(f"{one['day']}: {named}.".replace("..", "."))
    lines += [f"{s['day']}: noted {s['what']}." for s in found["symptoms"]]
    lines += [f"{day}: assessed, said the person." for day in found["assessed"]]
    return _part("Red flags and answers", (), lines)
