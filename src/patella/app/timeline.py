"""One knee's timeline: pain, runs, shoes, sitting, exercises and scores of a span of days, side by side.

Five years are some twenty thousand notes. So what a month holds is remembered once its last morning is known, and a
whole year once it is over; the log forgets both as soon as an entry about one of their days is written. Shoes are put
in afterwards: which pair is the usual one may be said later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from patella.app.days import diary_days
from patella.app.diary import LOOSE_PAIN, SCREENING, loose_events, person_of
from patella.app.patella import Patella, own_version
from patella.app.runs import RUN, SPORT
from patella.app.scores import SCORE
from patella.app.shoes import Shoe, shoes_of, usual_shoe
from patella.app.sitting import BAREFOOT, SITTING
from patella.care.pain import Colour, When, worst_of
from patella.care.regularity import week_of
from patella.care.run import Run
from patella.care.running import Spike, spikes
from patella.care.session import Event

Values = dict[str, object]
Days = dict[str, Values]

KINDS = (LOOSE_PAIN, RUN, SPORT, SITTING, BAREFOOT, SCORE)
NEXT_MORNING = timedelta(days=1)
BEFORE_SPIKES = timedelta(days=31)
DAILY_UP_TO = 366
MOST_DAYS = 36_600
SPIKES = [s.value for s in Spike]
UNSAID = "unsaid"
OF_RUN = ("start", "distance_m", "moving_s", "cadence_spm", "ascent_m", "shoe", "surface", "name")
OF_SPORT = ("sport", "distance_m", "moving_s", "name")


def timeline_between(app: Patella, since: date, before: date) -> Values:
    """Every day from `since` to ahead of `before` in plain values; beyond a year, every week (from Monday) instead.

    ::

        {"since", "before", "step": "day" or "week", "shoes": {id: {"name", "heel_drop_mm"}}, "days": [
          {"day", "pain": {"morning", "during", "after", "worst"}, "notes", "runs", "sports", "run_m", "longest_m",
           "shoe_m": {id: m}, "drop_mm", "sitting_h", "barefoot_min", "sessions", "exercises", "sets", "adjusted",
           "colour", "scores": [{"score", "value"}]}]}

    What is not known is null, never 0; `run_m` is 0 where no run is in the log; `adjusted` is 1 where exercises asked
    for were left out on a day with pain. Of a week, the morning is the mean, all
    other pain the worst; sitting and barefoot are means of the days that are known; lists of single things are empty,
    and in place of its runs a week has `surface_m` (metres by ground) and `spike`, the worst; each sport stands once.
    """
    before = min(before, since + timedelta(days=MOST_DAYS))
    weekly = (before - since).days > DAILY_UP_TO
    if weekly:
        since -= timedelta(days=since.weekday())
    shoes = shoes_of(app)
    held = _held(app, since - BEFORE_SPIKES, before)
    _put_shoes_on(held, shoes)
    _mark_spikes(held)
    _mark_adjusted(app, held)
    days = [held.get(d.isoformat()) or _empty(d) for d in _days(since, before)]
    shown = [_week(days[n : n + 7]) for n in range(0, len(days), 7)] if weekly else days
    return {
        "since": since.isoformat(),
        "before": before.isoformat(),
        "step": "week" if weekly else "day",
        "days": shown,
        "shoes": {s.id: {"name": s.name, "heel_drop_mm": s.heel_drop_mm} for s in shoes},
    }


def remember_timeline(app: Patella, since: date) -> Iterator[None]:
    """Make sure that the months and years from `since` on are remembered, one at a step."""
    book = _Book(app)
    month = since.replace(day=1)
    while month < app.today:
        book.month(month)
        yield
        month = _next_month(month)
    for year in range(since.year, app.today.year):
        for _ in book.year(year, since.replace(day=1), app.today):
            pass
        yield


def _next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _days(since: date, before: date) -> Iterator[date]:
    return (since + timedelta(days=n) for n in range((before - since).days))


def _empty(day: date) -> Values:
    return {
        "day": day.isoformat(),
        "pain": {"morning": None, "during": None, "after": None, "worst": None},
        "notes": [],
        "runs": [],
        "sports": [],
        "run_m": 0.0,
        "longest_m": None,
        "shoe_m": {},
        "drop_mm": None,
        "sitting_h": None,
        "barefoot_min": None,
        "sessions": 0,
        "exercises": 0,
        "sets": 0,
        "adjusted": 0,
        "colour": None,
        "scores": [],
    }


def _held(app: Patella, since: date, before: date) -> Days:
    """The days of a span that hold anything, by day; the same objects are never given twice."""
    book = _Book(app)
    held: Days = {}
    first, last = since.isoformat(), before.isoformat()
    for year in range(since.year, before.year + 1):
        held.update((d, values) for d, values in book.year(year, since, before) if first <= d < last)
    return held


class _Book:
    """Reads days by the month, from what is remembered where it is."""

    def __init__(self, app: Patella) -> None:
        self.app = app
        person = person_of(app)
        self.name = f"timeline days {own_version()} {person.usual_pain} {person.cautious}"

    def year(self, year: int, since: date, before: date) -> Iterator[tuple[str, Values]]:
        first, end = date(year, 1, 1), date(year + 1, 1, 1)
        if since <= first and end <= before and end + NEXT_MORNING <= self.app.today:
            yield from self._remembered("year", first, end, lambda: dict(self._months(first, end))).items()
        else:
            yield from self._months(max(first, since.replace(day=1)), min(end, before))

    def _months(self, since: date, before: date) -> Iterator[tuple[str, Values]]:
        month = since.replace(day=1)
        while month < before:
            yield from self.month(month).items()
            month = _next_month(month)

    def month(self, first: date) -> Days:
        following = _next_month(first)
        return self._remembered("month", first, following, lambda: _read(self.app, first, following))

    def _remembered(self, what: str, first: date, end: date, read: Callable[[], Days]) -> Days:
        name, day = f"{self.name} {what} {first}", end + NEXT_MORNING
        if day > self.app.today:
            return read()
        known = self.app.log.memo(name, no_later_than=day)
        if known is not None:
            return known[1]  # type: ignore[return-value]
        mark = self.app.log.mark()
        days = read()
        self.app.log.remember(name, day, days, mark=mark)
        return days


def _read(app: Patella, since: date, before: date) -> Days:
    found: Days = {}
    for event in loose_events(app, KINDS, since=since, before=before):
        _take(found.setdefault(event.day.isoformat(), _empty(event.day)), event)
    for told in diary_days(app, since, before):
        day = date.fromisoformat(str(told["day"]))
        _take_sessions(found.setdefault(day.isoformat(), _empty(day)), told)
    for values in found.values():
        pain: dict[str, int | None] = values["pain"]  # type: ignore[assignment]
        notes: list[Mapping[str, int]] = values["notes"]  # type: ignore[assignment]
        known = [p for p in pain.values() if p is not None]
        pain["worst"] = max([*known, *(n["nprs"] for n in notes)], default=None)
    return found


def _take(values: Values, event: Event) -> None:
    body = event.body
    if event.kind == LOOSE_PAIN:
        _take_pain(values, event)
    elif event.kind == RUN:
        values["runs"].append({"id": event.id, **{k: body.get(k) for k in OF_RUN}})  # type: ignore[attr-defined]
    elif event.kind == SPORT:
        values["sports"].append({"id": event.id, **{k: body.get(k) for k in OF_SPORT}})  # type: ignore[attr-defined]
    elif event.kind == SITTING:
        values["sitting_h"] = body["hours"]
    elif event.kind == BAREFOOT:
        values["barefoot_min"] = body["minutes"]
    else:
        values["scores"].append({"score": body["score"], "value": body["value"]})  # type: ignore[attr-defined]


def _take_pain(values: Values, event: Event) -> None:
    body, pain = event.body, values["pain"]
    when, nprs = body.get("when"), int(str(body["nprs"]))
    if when == When.MORNING:
        pain["morning"] = nprs  # type: ignore[index]
    elif when in (When.DURING, When.AFTER):
        pain[when] = _worse(pain[when], nprs)  # type: ignore[index]
    note = {"entry_id": event.id, "nprs": nprs, **{k: body.get(k) for k in ("when", "doing", "knee", "place")}}
    values["notes"].append(note)  # type: ignore[attr-defined]


def _take_sessions(values: Values, told: Mapping[str, object]) -> None:
    sessions: Sequence[Mapping[str, object]] = told["sessions"]  # type: ignore[assignment]
    pain: dict[str, int | None] = values["pain"]  # type: ignore[assignment]
    items = [i for s in sessions for i in _listed(s, "items")]
    values["sessions"] = len(sessions)
    values["exercises"] = sum(1 for i in items if i["sets"])
    values["sets"] = sum(len(_listed(i, "sets")) for i in items)
    values["colour"] = told["colour"]
    for item in items:
        pain["during"] = _worse(pain["during"], item["peak"])
    for session in sessions:
        pain["after"] = _worse(pain["after"], session["after"])


def _listed(values: Mapping[str, object], key: str) -> Sequence[Mapping[str, object]]:
    found: Sequence[Mapping[str, object]] = values[key]  # type: ignore[assignment]
    return found


def _worse(one: object, other: object) -> int | None:
    known = [v for v in (one, other) if isinstance(v, int)]
    return max(known, default=None)


def _put_shoes_on(held: Days, shoes: Sequence[Shoe]) -> None:
    """Say of every run in which pair, and sum up the metres of each."""
    drops = {s.id: s.heel_drop_mm for s in shoes}
    for day, values in held.items():
        runs: list[Values] = values["runs"]  # type: ignore[assignment]
        if not runs:
            continue
        usual = usual_shoe(shoes, date.fromisoformat(day))
        by_shoe: dict[str, float] = {}
        for run in runs:
            run["shoe"] = run["shoe"] or (usual.id if usual else None)
            run["drop_mm"] = drops.get(str(run["shoe"]))
            run["spike"] = None
            if run["shoe"] is not None:
                by_shoe[str(run["shoe"])] = by_shoe.get(str(run["shoe"]), 0.0) + _metres(run)
        values["run_m"] = sum(map(_metres, runs))
        values["longest_m"] = max((_metres(r) for r in runs if r["distance_m"] is not None), default=None)
        values["shoe_m"] = by_shoe
        values["drop_mm"] = _drop_of(by_shoe, drops)


def _drop_of(by_shoe: Mapping[str, float], drops: Mapping[str, float | None]) -> float | None:
    """The heel drop run in, weighed by distance; None where a pair's is not known."""
    known = [(drops.get(s), m) for s, m in by_shoe.items()]
    metres = sum(m for _, m in known)
    if not metres or any(d is None for d, _ in known):
        return None
    return round(sum((d or 0.0) * m for d, m in known) / metres, 1)


def _metres(run: Mapping[str, object]) -> float:
    metres = run["distance_m"]
    return float(metres) if isinstance(metres, int | float) else 0.0


def _mark_spikes(held: Days) -> None:
    """Say of every run how it stands to the longest of the thirty days before it."""
    told: list[Values] = []
    runs: list[Run] = []
    for day in sorted(held):
        for run in held[day]["runs"]:  # type: ignore[attr-defined]
            if run["distance_m"] is not None:
                told.append(run)
                runs.append(Run(day=date.fromisoformat(day), distance_m=_metres(run)))
    for values, (_, spike) in zip(told, spikes(runs), strict=True):
        values["spike"] = spike.value


def _mark_adjusted(app: Patella, held: Days) -> None:
    """Say of every day whether exercises that were asked for were left out on it for pain: such a day is not missed."""
    begun = app.log.first_day((SCREENING,))
    done = {date.fromisoformat(d) for d, values in held.items() if values["sets"]}
    pains = {date.fromisoformat(d): _worst_pain(values) for d, values in held.items()}
    past = {d: p for d, p in pains.items() if p and begun is not None and begun <= d < app.today}
    weeks = {d - timedelta(days=d.weekday()) for d in past}
    adjusted = {d for monday in weeks for d in week_of(monday, done, past).adjusted}
    for day, values in held.items():
        values["adjusted"] = int(date.fromisoformat(day) in adjusted)


def _worst_pain(values: Values) -> int:
    worst: int | None = values["pain"]["worst"]  # type: ignore[index]
    return worst or 0


def _week(days: Sequence[Values]) -> Values:
    """Seven days as one."""
    week = _empty(date.fromisoformat(str(days[0]["day"])))
    pains: list[Mapping[str, int | None]] = [d["pain"] for d in days]  # type: ignore[misc]
    worst = {k: _worst_of(p[k] for p in pains) for k in ("during", "after", "worst")}
    by_shoe: dict[str, float] = {}
    for day in days:
        for shoe, metres in day["shoe_m"].items():  # type: ignore[attr-defined]
            by_shoe[shoe] = by_shoe.get(shoe, 0.0) + metres
    drops = [(d["drop_mm"], d["run_m"]) for d in days if d["drop_mm"] is not None]
    metres = sum(float(str(m)) for _, m in drops)
    return {
        **week,
        "pain": {**worst, "morning": _mean((p["morning"] for p in pains), 1)},
        "run_m": sum(float(str(d["run_m"])) for d in days),
        "longest_m": max((float(str(d["longest_m"])) for d in days if d["longest_m"] is not None), default=None),
        "shoe_m": by_shoe,
        **_week_of_runs(days),
        "sports": _week_of_sports(days),
        "drop_mm": round(sum(float(str(d)) * float(str(m)) for d, m in drops) / metres, 1) if metres else None,
        "sitting_h": _mean((d["sitting_h"] for d in days), 2),
        "barefoot_min": _mean((d["barefoot_min"] for d in days), 0),
        **{key: sum(int(str(d[key])) for d in days) for key in ("sessions", "exercises", "sets", "adjusted")},
        "colour": worst_of(Colour(str(d["colour"])) if d["colour"] else None for d in days if d["colour"] or d["sets"]),
        "scores": [s for d in days for s in d["scores"]],  # type: ignore[attr-defined]
    }


def _week_of_runs(days: Sequence[Values]) -> Values:
    """What a week keeps of its single runs: the metres on each ground, and the worst spike."""
    runs: list[Values] = [r for d in days for r in d["runs"]]  # type: ignore[attr-defined]
    metres: dict[str, float] = {}
    for run in runs:
        ground = str(run["surface"] or UNSAID)
        metres[ground] = metres.get(ground, 0.0) + _metres(run)
    there = [SPIKES.index(str(r["spike"])) for r in runs if r["spike"] is not None]
    return {"surface_m": metres, "spike": SPIKES[max(there)] if there else None}


def _week_of_sports(days: Sequence[Values]) -> list[Values]:
    """Each other sport of a week once, with its metres where they are known."""
    found: dict[str, float] = {}
    for day in days:
        for sport in day["sports"]:  # type: ignore[attr-defined]
            found[sport["sport"]] = found.get(sport["sport"], 0.0) + _metres(sport)
    return [{"sport": sport, "distance_m": metres or None} for sport, metres in found.items()]


def _worst_of(values: Iterable[int | None]) -> int | None:
    return max((v for v in values if v is not None), default=None)


def _mean(values: Iterable[object], digits: int) -> float | None:
    known = [float(str(v)) for v in values if v is not None]
    return round(sum(known) / len(known), digits) if known else None
