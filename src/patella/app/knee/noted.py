"""The knee, noted in a second: how much it hurts, which one, where, doing what; and what that means for today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from patella.app.history.amend import is_there, write_once
from patella.app.history.reading import person_of
from patella.app.patella import Patella
from patella.app.person.screening import symptom_body
from patella.app.plan.plan import AS_PLANNED, EASIER, UNLOADED, clearance_now
from patella.care.clearance import Clearance, Standing
from patella.care.entries.kinds import Kind
from patella.care.pain import GREEN_MAX, Colour, When, check_nprs, colour_of
from patella.care.person import Knee
from patella.care.place import Doing, PlaceId
from patella.files.library import own_places
from patella.store.entry import Entry

SYMPTOMS = UUID("5f6d1a3c-6a0e-5b2f-9a54-6b6e65650000")
SWELLING, GIVING_WAY = "swelling", "giving_way"

MEANS = {Colour.GREEN: AS_PLANNED, Colour.AMBER: EASIER, Colour.RED: UNLOADED}
NOTED = "Noted. Thanks for telling us."
ON_A_RUN = {
    Colour.GREEN: f"Fine up to {GREEN_MAX}, if it is back within the hour and no worse tomorrow morning.",
    Colour.AMBER: "More than a run should ask. Slower, shorter, or a minute of walking in every five; it should settle "
    "within the hour.",
    Colour.RED: "Thanks for telling us. Walk home, and leave running until it is calm again.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One note about the knee: pain from 0 to 10 and, where said, which knee, doing what, and where."""

    nprs: int
    when: When = When.BEFORE
    doing: Doing | None = None
    knee: Knee | None = None
    place: PlaceId | None = None
    swelling: bool = False
    giving_way: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KneeMeans:
    """What a note about the knee means for today, once it is saved."""

    saved: bool
    entry_id: str
    colour: Colour
    text: str
    place_text: str | None
    clearance: Standing
    clearance_text: str | None


def note_knee(app: Patella, noted: Noted, *, entry_id: str | None = None) -> KneeMeans:
    """Put a note into the log, and say what follows.

    New swelling and giving way lead to the same as in the questions. The same `entry_id` twice is one
    note. Raises ValueError for a number that is no pain, OtherContentError, StoreError.
    """
    body = {
        "nprs": check_nprs(noted.nprs),
        "when": noted.when.value,
        "knee": noted.knee.value if noted.knee else None,
        "doing": noted.doing.value if noted.doing else None,
        "place": noted.place.value if noted.place else None,
    }
    found = entry_id or app.new_id()
    if not is_there(app, found, Kind.PAIN_NOTED, body):
        entries = [_entry(app, found, Kind.PAIN_NOTED, body)]
        for symptom, there in ((SWELLING, noted.swelling), (GIVING_WAY, noted.giving_way)):
            if there:
                entries.append(
                    _entry(
                        app, str(uuid5(SYMPTOMS, f"{found} {symptom}")), Kind.SYMPTOM_NOTED, symptom_body(app, symptom)
                    )
                )
        write_once(app, entries)
    return _meaning(app, noted, found)


def _entry(app: Patella, entry_id: str, kind: str, body: Mapping[str, object]) -> Entry:
    return Entry(id=entry_id, session_id=None, kind=kind, day=app.today, at=app.now(), body=body)


def _meaning(app: Patella, noted: Noted, entry_id: str) -> KneeMeans:
    colour = colour_of(noted.nprs, cautious=person_of(app).cautious)
    standing = clearance_now(app)
    said, may = (ON_A_RUN, standing.may_run) if noted.doing is Doing.RUN else (MEANS, standing.is_open)
    return KneeMeans(
        saved=True,
        entry_id=entry_id,
        colour=colour,
        text=said[colour] if may else NOTED,
        place_text=own_places()[noted.place].says if noted.place else None,
        clearance=standing.standing,
        clearance_text=_instead(app, standing, ran=noted.doing is Doing.RUN),
    )


def _instead(app: Patella, clearance: Clearance, *, ran: bool) -> str | None:
    """What is said in place of advice: none where there is a plan and, after a run, where running is open too."""
    if not clearance.is_open:
        return app.library.questionnaire.texts[clearance.standing.value]
    return clearance.no_run_text if ran else None
