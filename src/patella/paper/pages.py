"""What stands on the report's pages, in words and figures that are ready to be set. What is not there is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from patella.care.units import METRIC, Distance, Units
from patella.paper.typefaces import isolated

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
KILOMETRES = {Distance.KM: "Kilometres", Distance.MI: "Miles"}
SMALL_PRINT = "Entered by the person. Not a diagnosis."
MOST_SHOES, LONG_NAME = 4, 36

Report = Mapping[str, Any]
Part = dict[str, Any]
Rows = Sequence[Sequence[object]]


def sheet_of(report: Report, units: Units = METRIC) -> dict[str, Any]:
    """Everything on the pages: parts with something in them, and no other. The report is metric, the pages in units."""
    return {
        "title": f"Report of {report['made_on']}",
        "heading": "One knee in numbers",
        "span": f"{report['since']} to {report['until']}, {_counted(report['weeks'], 'week')}",
        "small_print": SMALL_PRINT,
        "lead": list(_lead(report)),
        "front": _beside([_pain(report), _missing(report)], [_adherence(report), _load(report, units)]),
        "exercises": _exercises(report, units),
        "back": _beside([_scores(report)], [_screening(report)]),
        "method": report["method"],
    }


def _beside(left: Sequence[Part | None], right: Sequence[Part | None]) -> list[list[Part]]:
    """Two columns of parts, or one; never an empty one."""
    columns = [[p for p in side if p] for side in (left, right)]
    if all(columns):
        return columns
    return [[part] for part in (*columns[0], *columns[1])]


def _part(title: str, rows: Rows = (), lines: Iterable[str] = ()) -> Part | None:
    """A part of a page; None where it would be empty. Columns in which nothing is known are left out."""
    body = [[_cell(c) for c in row] for row in rows]
    told = [n for n, column in enumerate(zip(*body[1:], strict=True)) if n == 0 or set(column) != {NOT_KNOWN}]
    kept = [[row[n] for n in told] for row in body] if told else []
    part = {"title": title, "rows": kept, "lines": list(lines)}
    return part if kept or part["lines"] else None


def _cell(value: object) -> str:
    if value is None:
        return NOT_KNOWN
    return f"{value:g}" if isinstance(value, float) else str(value)


def _percent(share: float | None) -> str:
    return NOT_KNOWN if share is None else f"{100 * share:.0f} %"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _lead(report: Report) -> Iterator[str]:
    morning, practised = report["pain"]["moments"]["morning"], report["adherence"]
    knees = f"Knee: {' and '.join(report['knees'])}. " if report["knees"] else ""
    if report["begun"]:
        yield f"The diary began on {report['begun']}; only what came after it can be missing."
    if morning["first"] is not None and morning["last"] is not None:
        yield f"{knees}Morning pain {_cell(morning['first'])} at first and {_cell(morning['last'])} at last."
    elif morning["answered"]:
        answered = _counted(morning["answered"], "morning")
        yield f"{knees}Morning pain {_cell(morning['mean'])} on average, of {answered} answered."
    elif knees:
        yield knees.strip()
    if practised["days_done"]:
        dose = "" if practised["dose"] is None else f"; {_percent(practised['dose'])} of the dose"
        yield f"Exercises on {_counted(practised['days_done'], 'day')}{_regular(practised)}{dose}."
    for text in report["concerns"]:
        yield f"The diary says: {text}"
    if not practised["days_done"]:
        yield f"No exercise was done in {_span(report)}."


def _span(report: Report) -> str:
    return "this week" if report["weeks"] == 1 else f"these {report['weeks']} weeks"


def _regular(practised: Mapping[str, Any]) -> str:
    regular, adjusted = practised["regularity"], practised["days_adjusted"]
    if regular is None:
        return ", no whole week to go by yet"
    adherent = "adherent" if practised["adherent"] else "below the 80 % that count as adherent"
    left_out = f", {adjusted} adjusted for pain" if adjusted else ""
    return f", {_percent(regular)} of 3 days a week: {adherent}{left_out}"


def _pain(report: Report) -> Part | None:
    rows: list[Sequence[object]] = [("0 to 10", "n", "mean", "worst", "first", "last")]
    for key, words in MOMENTS.items():
        m = report["pain"]["moments"][key]
        if m["answered"]:
            of = m["answered"] if m["asked"] is None else f"{m['answered']}/{m['asked']}"
            rows.append((words, of, m["mean"], m["worst"], m["first"], m["last"]))
    if not rows[1:]:
        return _part("Pain", (), [f"How the knee felt was not noted in {_span(report)}."])
    days = report["pain"]["days"]
    lines = [f"Days by their worst pain: {days['green']} green, {days['amber']} amber, {days['red']} red."]
    for key, words in (("doing", "Noted when"), ("places", "Where")):
        if report["pain"][key]:
            lines.append(f"{words}: " + ", ".join(f"{k} {n}" for k, n in report["pain"][key].items()) + ".")
    return _part("Pain", rows, lines)


def _adherence(report: Report) -> Part | None:
    found = report["adherence"]
    if not (found["sessions"] or found["days_missed"] or found["days_adjusted"]):
        return None
    rows = [
        ("The last", "days done", "adjusted", "missed", "regularity", "dose"),
        *(_practised(f"{n} days", part) for n, part in found["lately"].items()),
        _practised(_counted(report["weeks"], "week"), found),
    ]
    lines = [f"Sessions: {found['sessions']}."]
    if found["weeks"]:
        lines.insert(0, f"Days a week, from the first: {', '.join(str(w['days']) for w in found['weeks'])}.")
    return _part("Adherence", rows, lines)


def _practised(words: str, part: Mapping[str, Any]) -> tuple[object, ...]:
    days = (part["days_done"], part["days_adjusted"], part["days_missed"])
    return (words, *days, _percent(part["regularity"]), _percent(part["dose"]))


def _load(report: Report, units: Units) -> Part | None:
    run, sat = report["running"], report["sitting"]
    sitting = f"Sitting: {_cell(sat['mean_h'])} h a day on average, {_counted(sat['days'], 'day')} noted."
    seated = [sitting] if sat["days"] else []
    if not run or not run["runs"]:
        return _part("Load", (), [f"No runs are known of {_span(report)}.", *seated] if run or seated else ())
    return _part("Load", list(_run_rows(run, units)), [*_run_lines(run, units), *seated])


def _run_rows(run: Mapping[str, Any], units: Units) -> Iterator[Sequence[object]]:
    far = run["far_runs"]
    yield ("Running", "")
    yield ("Runs", run["runs"])
    if run["km"] is not None:
        yield ("Distance, longest run", f"{_far(run['km'], units)}, {_far(run['longest_km'], units)}")
        far_ones = f"{far['warn']}, {far['strong']}, {far['red']}"
        yield ("Far runs: by 10, 30, 100 % and more", far_ones) if any(far.values()) else ("Far runs", "none")
    if run["cadence_spm"] is not None:
        yield ("Steps a minute, median", run["cadence_spm"])


def _run_lines(run: Mapping[str, Any], units: Units) -> Iterator[str]:
    if run["km"] is not None:
        weeks = (NOT_KNOWN if w["km"] is None else f"{units.much(1000 * w['km']):.0f}" for w in run["weeks"])
        yield f"{KILOMETRES[units.distance]} a week, from the first: {', '.join(weeks)}."
    if run["shoes"]:
        most = sorted(run["shoes"], key=lambda s: -(s["km"] or 0))
        left = len(most) - MOST_SHOES
        more = f"; and {_counted(left, 'more pair')}" if left > 0 else ""
        yield f"Shoes: {'; '.join(_shoe(s, units) for s in most[:MOST_SHOES])}{more}."
    if run["surface_km"]:
        yield "Ground: " + ", ".join(f"{k} {_far(v, units)}" for k, v in run["surface_km"].items()) + "."


def _shoe(shoe: Mapping[str, Any], units: Units) -> str:
    drop = "drop not known" if shoe["heel_drop_mm"] is None else f"{shoe['heel_drop_mm']:g} mm drop"
    return f"{_short(shoe['name'])} ({drop}) {_far(shoe['km'], units)}"


def _short(name: str) -> str:
    """A name that a person gave, as much of it as has room."""
    return isolated(name if len(name) <= LONG_NAME else f"{name[: LONG_NAME - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}")


def _far(km: float | None, units: Units) -> str:
    return "of unknown length" if km is None else units.far(1000 * km)


def _missing(report: Report) -> Part | None:
    gone = report["missing"]
    of = {
        "Days without any entry": ("days_without_entry", "days"),
        "Mornings without an answer": ("mornings_without_answer", "days"),
        "Sessions without an answer an hour after": ("without_answer_after", "sessions"),
        "Days with a session, no answer next morning": ("without_next_morning", ""),
        "Sessions not finished": ("not_finished", "sessions"),
    }
    rows: list[Sequence[object]] = [("Not known", "of")]
    for words, (count, all_of) in of.items():
        if gone["sessions"] or all_of == "days":
            rows.append((words, f"{gone[count]}/{gone[all_of]}" if all_of else gone[count]))
    return _part("Missing", rows)


def _exercises(report: Report, units: Units) -> Part | None:
    if not report["exercises"]:
        return None
    pains = "pain first, last, worst"
    rows: list[Sequence[object]] = [
        ("Exercise", "times", "first dose", "last dose", "dose done", pains, "clean (sets)", "range"),
    ]
    for e in report["exercises"]:
        pain, form, degrees = e["pain"], e["form"], e["range_deg"]["median"]
        clean = f"{_percent(form['clean'])} ({form['sets_seen']})" if form["sets_seen"] else NOT_KNOWN
        felt = ", ".join(_cell(pain[k]) for k in ("first", "last", "worst")) if pain["answered"] else None
        range_ = None if degrees is None else f"{degrees}°"
        doses = (None if dose is None else units.said(dose) for dose in (e["first_dose"], e["last_dose"]))
        rows.append((e["name"], e["times"], *doses, _percent(e["dose"]), felt, clean, range_))
    return _part("Progression, form and range", rows)


def _scores(report: Report) -> Part | None:
    rows: list[Sequence[object]] = [("Score", "first", "last", "change")]
    lines = []
    for score in report["scores"]:
        first, last, change = score["entries"][0], score["entries"][-1], score["change"]
        low, high = score["low"], score["high"]
        told = None if change is None else f"{change['points']:+g}: {VERDICTS[change['verdict']]}"
        rows.append((f"{score['name']} ({low} to {high})", first["value"], last["value"], told))
        if last["activities"]:
            named = "; ".join(f"{_short(name)} {n}" for name, n in last["activities"])
            lines.append(f"{score['name']}, of {last['day']}: {named}.")
    return _part("Scores", rows, lines) if report["scores"] else None


def _screening(report: Report) -> Part | None:
    found = report["screening"]
    lines = [found["standing_text"]]
    for one in found["answered"]:
        none = "no warning sign named" if one["outcome"] else "answered questions that have changed since"
        named = "; ".join(f"{n['question']} {n['answer']}" for n in one["named"]) or none
        lines.append(f"{one['day']}: {named}.".replace("..", "."))
    lines += [f"{s['day']}: noted: {s['what']}." for s in found["symptoms"]]
    lines += [f"{day}: assessed, said the person." for day in found["assessed"]]
    return _part("Red flags and answers", (), lines)
