"""The knee in a second: pain anywhere, sitting, barefoot time, and scores."""

from __future__ import annotations

import sys

from fastapi import APIRouter

from patella.app.knee.noted import KneeMeans, Noted, note_knee
from patella.app.knee.scores import answer_scores, note_score
from patella.app.knee.sitting import note_barefoot, note_sitting, read_sitting
from patella.care.entries.field import more_than
from patella.care.outcomes import ScoreId
from patella.care.pain import When
from patella.care.person import Knee
from patella.care.place import Doing, PlaceId
from patella.files.library import own_places
from patella.web.answer import Json, Refusal
from patella.web.answers import EntryAnswer
from patella.web.answers_knee import PlacesAnswer, ReadAnswer, ScoresAnswer, ToldPlace
from patella.web.routes.days import day_of
from patella.web.routes.here import Here, shows
from patella.web.slow_work import ALONE
from patella.web.wire import Empty
from patella.web.wire_knee import BarefootNoted, KneeNoted, ScoreGiven, SittingNoted

router = APIRouter()

NO_PROGRAM_BESIDE = Refusal(
    409, "no-program", "A browser alone asks no other program. Note the hours yourself, or where Patella is installed."
)


@router.post("/knee", responses=shows(KneeMeans, "Kept; and what it means for today."))
async def knee(here: Here, said: KneeNoted) -> Json:
    """Note pain anywhere. New swelling and giving way lead to the questions."""
    noted = Noted(
        nprs=said.nprs,
        when=When(said.when),
        doing=Doing(said.doing) if said.doing else None,
        knee=Knee(said.knee) if said.knee else None,
        place=PlaceId(said.place) if said.place else None,
        swelling=said.swelling,
        giving_way=said.giving_way,
    )
    return Json(note_knee(here, noted, entry_id=said.id))


@router.get("/places", responses=shows(PlacesAnswer, "Every place."))
async def places(here: Here) -> Json:  # noqa: ARG001 - the same for everybody
    """The places of a knee that a person can point to."""
    return Json({"places": [more_than(ToldPlace, p) for p in own_places().values()]})


@router.post("/sitting", responses=shows(EntryAnswer, "Kept."))
async def sitting(here: Here, said: SittingNoted) -> Json:
    """Note the hours of sitting of a day; the last word of a day counts."""
    note_sitting(here, said.hours, day=day_of(said.day), entry_id=said.id)
    return Json({"saved": said.id})


@router.post("/sitting/read", responses=shows(ReadAnswer, "How many days were taken."))
async def read(here: Here, said: Empty) -> Json:  # noqa: ARG001 - the body has to be there, and empty
    """Take the hours at the desk of the last two weeks from ActivityWatch on this machine."""
    if sys.platform in ALONE:
        raise NO_PROGRAM_BESIDE
    return Json({"days": len(await read_sitting(here))})


@router.post("/barefoot", responses=shows(EntryAnswer, "Kept."))
async def barefoot(here: Here, said: BarefootNoted) -> Json:
    """Note the minutes barefoot of a day; the last word of a day counts."""
    note_barefoot(here, said.minutes, day=day_of(said.day), entry_id=said.id)
    return Json({"saved": said.id})


@router.get("/scores", responses=shows(ScoresAnswer, "Every score."))
async def scores(here: Here) -> Json:
    """Every score with what was given, what may be called a change, and whether it is asked now."""
    return Json({"scores": answer_scores(here).scores})


@router.post("/scores", responses=shows(EntryAnswer, "Kept."))
async def give(here: Here, said: ScoreGiven) -> Json:
    """Enter a score. Nothing is kept when it cannot be that."""
    named = [(a.name, a.value) for a in said.activities]
    note_score(here, ScoreId(said.score), said.value, activities=named, day=day_of(said.day), entry_id=said.id)
    return Json({"saved": said.id})
