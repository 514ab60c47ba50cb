"""Shoes: their heel drop, when they were in use, and how far they have gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from patella.app.history.amend import CORRECTABLE, change_entry, is_there
from patella.app.history.day import check_day
from patella.app.history.events import loose_events
from patella.app.history.refused import NotThereError, TrainingError
from patella.app.patella import Patella
from patella.care.entries.kinds import Kind
from patella.care.entries.of_running import ShoeAdded
from patella.care.session import Event
from patella.store.entry import Entry

NAMED = UUID("5b1b9a52-0f0a-5c0e-9a1d-696d706f7274")
LONGEST_NAME = 80
DROP_MM = (-10.0, 30.0)
KEYS = CORRECTABLE[Kind.SHOE_ADDED]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shoe:
    """One pair. `heel_drop_mm`: how much higher the heel stands than the ball of the foot, None while not known.

    `since` and `until`: the first and last day of use, None where not said. `usual`: worn unless a run says otherwise.
    """

    id: str
    name: str
    heel_drop_mm: float | None = None
    since: date | None = None
    until: date | None = None
    usual: bool = False

    def is_worn_on(self, day: date) -> bool:
        """Whether it was in use on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def add_shoe(app: Patella, values: Mapping[str, object], *, entry_id: str | None = None) -> Shoe:
    """Add a pair: name, and any of heel_drop_mm, since, until, usual. The same `entry_id` twice is one pair.

    Raises TrainingError with a sentence, OtherContentError when the id means something else.
    """
    body = {"heel_drop_mm": None, "since": None, "until": None, "usual": False} | check_shoe(app, values)
    if "name" not in body:
        raise TrainingError("A shoe needs a name.")
    _check_order(body)
    found = entry_id or app.new_id()
    if not is_there(app, found, Kind.SHOE_ADDED, body):
        app.write(Kind.SHOE_ADDED, body, entry_id=found)
    return find_shoe(app, found)


def change_shoe(app: Patella, shoe_id: str, values: Mapping[str, object], *, entry_id: str | None = None) -> Shoe:
    """Change what is named. Raises NotThereError, OtherContentError, or TrainingError with a sentence."""
    shoe = find_shoe(app, shoe_id)
    checked = check_shoe(app, values)
    _check_order({"since": _iso(shoe.since), "until": _iso(shoe.until)} | checked)
    change_entry(app, shoe_id, entry_id or app.new_id(), checked)
    return find_shoe(app, shoe_id)


def check_shoe(app: Patella, values: Mapping[str, object]) -> dict[str, object]:
    """The values of a shoe, each checked and plain. Raises TrainingError with a sentence."""
    strange = sorted(set(values) - KEYS)
    if strange:
        raise TrainingError(f"A shoe has no {strange[0][:LONGEST_NAME]}; it has {', '.join(sorted(KEYS))}.")
    return {key: _checked(app, key, value) for key, value in values.items()}


def _checked(app: Patella, key: str, value: object) -> object:
    if key == "name":
        name = " ".join(value.split()) if isinstance(value, str) else ""
        if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
            raise TrainingError(f"The name of a shoe has 1 to {LONGEST_NAME} printable characters.")
        return name
    if key == "usual":
        if not isinstance(value, bool):
            raise TrainingError("usual is true or false.")
        return value
    if value is None:
        return None
    return _drop(value) if key == "heel_drop_mm" else check_day(app, value).isoformat()


def _drop(value: object) -> float:
    low, high = DROP_MM
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise TrainingError(f"A heel drop is a number of millimetres from {low:.0f} to {high:.0f}.")
    return float(value)


def _check_order(body: Mapping[str, object]) -> None:
    since, until = body.get("since"), body.get("until")
    if since and until and str(until) < str(since):
        raise TrainingError("The last day of a shoe is not ahead of its first.")


def shoes_of(app: Patella) -> tuple[Shoe, ...]:
    """Every pair that was added and not taken back, in the order of adding."""
    return tuple(_shoe(e) for e in loose_events(app, (Kind.SHOE_ADDED,)))


def find_shoe(app: Patella, shoe_id: str) -> Shoe:
    """One pair by its id. Raises NotThereError."""
    for shoe in shoes_of(app):
        if shoe.id == shoe_id:
            return shoe
    raise NotThereError("There is no such shoe; it may have been taken back.")


def shoe_named(shoes: Iterable[Shoe], name: str) -> Shoe | None:
    """The pair that goes by a name or an id, whatever its capitals."""
    wanted = " ".join(name.split()).casefold()
    return next((s for s in shoes if wanted in (s.name.casefold(), s.id)), None)


def shoe_by_name(
    app: Patella, name: str, *, since: date | None = None, until: date | None = None
) -> tuple[str, tuple[Entry, ...]]:
    """The id of the pair of this name, as a list has it, and the entry that adds it where there is none yet."""
    name = name[:LONGEST_NAME].strip()
    known = shoe_named(shoes_of(app), name)
    if known is not None:
        return known.id, ()
    shoe_id = str(uuid5(NAMED, f"shoe {name.casefold()}"))
    if app.log.entry(shoe_id) is not None:
        return shoe_id, ()
    days = {"since": since and since.isoformat(), "until": until and until.isoformat()}
    body = {"name": name, "heel_drop_mm": None, **days, "usual": False}
    return shoe_id, (Entry(id=shoe_id, session_id=None, kind=Kind.SHOE_ADDED, day=app.today, at=app.now(), body=body),)


def usual_shoe(shoes: Sequence[Shoe], day: date) -> Shoe | None:
    """The usual pair of a day: of those in use then the one taken into use last."""
    found: Shoe | None = None
    for shoe in shoes:
        taken = shoe.since or date.min
        if shoe.usual and shoe.is_worn_on(day) and (found is None or taken > (found.since or date.min)):
            found = shoe
    return found


def _shoe(event: Event) -> Shoe:
    said = event.said(ShoeAdded)
    return Shoe(
        id=event.id,
        name=said.name,
        heel_drop_mm=said.heel_drop_mm,
        since=said.since,
        until=said.until,
        usual=said.usual is True,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
