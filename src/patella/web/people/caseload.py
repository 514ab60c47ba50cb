"""The runners of a physiotherapist: who needs a look first, one of them, and their programme.

Every answer goes through `seen_by`, which asks what is shared now and writes the look down for the runner.
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Literal, Protocol
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from patella.app.caseload.order import Look, look_at
from patella.app.caseload.summary import Summary, summary_of
from patella.app.patella import Patella
from patella.app.plan.plan import make_plan
from patella.app.plan.told import tell_plan
from patella.app.programme.choices import choices_for
from patella.app.programme.setting import end_programme, programmes_of, set_programme
from patella.store.people.people import Account, People
from patella.store.people.sharing import NotSharedError, What, all_seen, seen_by, shared_with, still_shared
from patella.web.answer import Json
from patella.web.people.answers import (
    CaseloadAnswer,
    LeftOutAnswer,
    OneAnswer,
    PlanAnswer,
    PlannedAnswer,
    ProgrammeAnswer,
    RunnerAnswer,
)
from patella.web.people.asked import Folk, Numbered, Physiotherapist
from patella.web.routes import paper
from patella.web.routes.here import shows
from patella.web.whose_diary import ZONE, zone_of
from patella.web.wire import Id, Said, Seen

router = APIRouter(prefix="/people/caseload")
NONE = frozenset[What]()
LOOKED_AT = (What.PLAN, What.SESSIONS, What.PAIN, What.RUNNING, What.PROGRAMME)
Weeks = Annotated[int, Query(ge=1, le=104, description="How many weeks up to today.")]


class Diaries(Protocol):
    """Everybody's Patella by the number of their account."""

    def of(self, account_id: int, zone: ZoneInfo | None = None) -> Patella:
        """That of one, at the clock of a place."""


class Proposed(Said):
    """A programme to set: what stands in it is checked by the verb that sets it."""

    id: Id
    programme: Annotated[dict[str, Any], Field(max_length=10)]


@router.get("", responses=shows(CaseloadAnswer, "Everybody who shares something, who needs a look first."))
async def caseload(folk: Folk, request: Request, who: Physiotherapist) -> Json:
    """The list: each with why a look is needed, and what of their numbers is shared."""
    seen = {runner.id: what for runner, what in all_seen(folk, who, LOOKED_AT).items()}
    found = []
    for runner in shared_with(folk, who):  # of whom only the report is shared, there are no numbers
        await asyncio.sleep(0)  # others are answered in between
        found.append(_told(_diary(request, runner.id), runner, seen.get(runner.id, NONE)))
    still = {runner.id: what for runner, what in shared_with(folk, who).items()}
    told = [one for one in found if one.id in still and seen.get(one.id, NONE) <= still[one.id]]  # ended meanwhile
    return Json(CaseloadAnswer(runners=sorted(told, key=lambda r: (r.look.need, r.name.lower(), r.id))))


@router.get("/{number}", responses=shows(OneAnswer, "One of them."))
async def one(folk: Folk, request: Request, who: Physiotherapist, number: Numbered) -> Json:
    """One runner's numbers, and what else may be asked of them."""
    runner, what = _what(folk, who, number)
    shared = all_seen(folk, who, LOOKED_AT, runner_id=number).get(runner, NONE)
    told = _told(_diary(request, number), runner, shared)
    plan = _plan(_diary(request, number)) if What.PLAN in shared else None
    return Json(OneAnswer(runner=told, what=[w.value for w in What if w in what], plan=plan))


@router.get("/{number}/programme", responses=shows(ProgrammeAnswer, "What was set, and what may be."))
async def programme(folk: Folk, request: Request, who: Physiotherapist, number: Numbered) -> Json:
    """What is in force, and every exercise with the bounds of its dose."""
    runner = seen_by(folk, who, number, What.PROGRAMME)
    return _programme(folk, who, _diary(request, number), runner)


@router.post("/{number}/programme", responses=shows(ProgrammeAnswer, "Set; what stands now."))
async def set_one(folk: Folk, request: Request, who: Physiotherapist, number: Numbered, said: Proposed) -> Json:
    """Set a programme, in the name of whoever is signed in."""
    runner = seen_by(folk, who, number, What.PROGRAMME)
    here = _diary(request, number)
    with still_shared(folk, who, number, What.PROGRAMME):
        set_programme(here, said.programme, by=who.name, entry_id=said.id)
    return _programme(folk, who, here, runner)


@router.post("/{number}/programme/end", responses=shows(ProgrammeAnswer, "Ended; what stands now."))
async def end_one(folk: Folk, request: Request, who: Physiotherapist, number: Numbered, said: Seen) -> Json:
    """End what was set."""
    runner = seen_by(folk, who, number, What.PROGRAMME)
    here = _diary(request, number)
    with still_shared(folk, who, number, What.PROGRAMME):
        end_programme(here, by=who.name, entry_id=said.id)
    return _programme(folk, who, here, runner)


@router.get("/{number}/report.{ending}", response_class=Response, responses=paper.REPORT)
async def report(
    folk: Folk,
    request: Request,
    who: Physiotherapist,
    number: Numbered,
    ending: Literal["pdf", "csv", "json", "fhir.json"],
    weeks: Weeks = 12,
) -> Response:
    """The report, as the runner has it, with their name."""
    runner = seen_by(folk, who, number, What.REPORT)
    made = await paper.report_of(_diary(request, number), ending, weeks, name=runner.name)
    if What.REPORT not in _what(folk, who, number)[1]:  # it takes its time, and was ended meanwhile
        raise NotSharedError
    return made


def _diary(request: Request, number: int) -> Patella:
    diaries: Diaries = request.app.state.diaries
    return diaries.of(number, zone_of(request.headers.get(ZONE, "")))  # the day is the one of where somebody looks


def _what(folk: People, who: Account, number: int) -> tuple[Account, frozenset[What]]:
    """What one runner shares. Raises NobodyError, which reads the same for a stranger as for nobody."""
    found = next((pair for pair in shared_with(folk, who).items() if pair[0].id == number), None)
    if found is None:
        raise NotSharedError
    return found


def _told(here: Patella, runner: Account, shared: frozenset[What]) -> RunnerAnswer:
    found: Summary = summary_of(here, shared)
    days = (here.today - found.begun).days if found.begun else None
    look: Look = look_at(found, days)
    return RunnerAnswer(id=runner.id, name=runner.name, look=look, summary=found)


def _plan(here: Patella) -> PlanAnswer:
    """The plan of today as the runner has it, in a few words."""
    plan = tell_plan(make_plan(here), here.library)
    items = [
        PlannedAnswer(name=i.name, side=i.side, sets=i.sets, reps=i.reps, holds=i.holds, hold_s=i.hold_s)
        for i in plan.items
    ]
    left_out = [LeftOutAnswer(name=s.name, why=" ".join(r.text for r in s.because)) for s in plan.shut]
    why = [r.text for r in plan.because] if plan.items else [plan.clearance_text]
    return PlanAnswer(items=items, left_out=left_out, why=why)


def _programme(folk: People, who: Account, here: Patella, runner: Account) -> Json:
    """What was set and may be. Why an exercise is shut belongs to the plan, and is a look at that."""
    says_why = bool(all_seen(folk, who, (What.PLAN,), runner_id=runner.id))
    choices = choices_for(here, says_why=says_why)
    return Json(ProgrammeAnswer(name=runner.name, today=here.today, programmes=programmes_of(here), choices=choices))
