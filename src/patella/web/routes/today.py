"""Today: the plan, what is due, and whether the server is there."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from patella.app.history.amend import is_there
from patella.app.history.reading import is_read, person_of
from patella.app.history.summing import sum_up
from patella.app.kept import keep, kept
from patella.app.knee.scores import scores_asked
from patella.app.patella import Patella
from patella.app.person.screening import note_seen
from patella.app.session.intake import find_session
from patella.app.today.due import find_due, next_due_change
from patella.app.today.today import answer_today
from patella.app.today.tomorrow import look_ahead, tell_tomorrow
from patella.care.choice import Scope
from patella.care.entries.field import more_than, write
from patella.care.entries.kinds import Kind
from patella.version import VERSION
from patella.web.answer import Json, JsonText, Refusal, json_text
from patella.web.answers import Due, HealthAnswer, TodayAnswer, TomorrowAnswer
from patella.web.routes.here import Here, shows
from patella.web.shown_session import show_session
from patella.web.slow_work import run_in_thread, steps_of
from patella.web.wire import ScopeName, Seen

router = APIRouter()

Only = Annotated[str | None, Query(pattern="^[a-z0-9][a-z0-9-]{0,79}$", description="The one exercise of scope one.")]
Pain = Annotated[int | None, Query(ge=0, le=10, description="The plan as it would be with this pain now.")]


@router.get("/health", responses=shows(HealthAnswer, "The server is there."))
async def health(here: Here, request: Request) -> Json:
    """Whether the server is there, which version it is, what its clock says, and whose diary it has.

    `diary` is another one after an erase: what a page still remembers of the old one goes then. It is null when empty.
    """
    demo = bool(request.app.state.demo)
    answer = {"ok": True, "version": VERSION, "demo": demo, "now": here.now().isoformat()}
    return Json({**answer, "diary": here.log.owner()})


@router.get("/today", responses=shows(TodayAnswer, "The plan of today."))
async def today(here: Here, scope: ScopeName = "today", only: Only = None, pain: Pain = None) -> Json:
    """What there is to do today and why, and what is to be answered first."""
    check_scope(here, scope, only)
    keeps, name = here.is_one_of_many and only is None and pain is None, f"today {scope}"
    if keeps and (told := kept(here, name)) is not None:
        return _at_now(str(told), here)
    mark = here.log.mark() if keeps else 0  # ahead of what is read
    if not is_read(here, here.today):
        async for _ in steps_of(sum_up(here, here.today, person_of(here))):
            pass
    with here.looking() as look:
        answer = answer_today(look, scope=Scope(scope), only=only, pain_now=pain)
        told = json_text({**write(answer), "due": _due(look)})
        until = next_due_change(look) if keeps else None
    if keeps:
        await run_in_thread(keep, here, name, told, mark, until=until)
    return _at_now(told, here)


@router.get("/tomorrow", responses=shows(TomorrowAnswer, "What comes tomorrow."))
async def tomorrow(here: Here) -> Json:
    """Tomorrow's plan in a line, as far as it is known today."""
    ahead = look_ahead(here)
    names = list(ahead.names)
    says = tell_tomorrow(ahead)
    return Json({"date": ahead.day.isoformat(), "minutes": ahead.minutes, "names": names, "says": says})


@router.post("/seen", responses=shows(TodayAnswer, "Kept; the plan of today as it is now."))
async def seen(here: Here, said: Seen) -> Json:
    """Somebody who can examine a knee has seen it: what the diary had asked to be shown is answered."""
    if not is_there(here, said.id, Kind.KNEE_SEEN, {"on": here.today.isoformat()}):
        note_seen(here, entry_id=said.id)
    return Json(more_than(TodayAnswer, answer_today(here), due=_due(here), now=here.now()))


def check_scope(here: Patella, scope: str, only: str | None) -> None:
    """Raise Refusal unless one exercise is named exactly where one is asked for, and is in the library."""
    if (scope == Scope.ONE) != (only is not None):
        raise Refusal(422, "scope", "The scope one needs the exercise in `only`, and no other scope takes it.")
    if only is not None and only not in here.library.exercises:
        raise Refusal(404, "no-such-exercise", f"There is no exercise called {only}.")


def _at_now(told: str, here: Patella) -> JsonText:
    """What is told of today (`TodayAnswer` but for the moment), with the moment."""
    return JsonText(f'{{"now":{json_text(here.now())},{told[1:]}')


def _due(here: Patella) -> Due:
    due = find_due(here)
    return Due(
        morning=due.morning,
        after=due.after.id if due.after else None,
        unfinished=show_session(find_session(here, due.unfinished.id), here) if due.unfinished else None,
        scores=scores_asked(here),
    )
