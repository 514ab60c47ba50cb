"""The application: every route behind one guard, every error of one shape."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.telemetry import TelemetryConfig
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from patella.app.diary.warm import warm_up
from patella.app.history.refused import NotThereError, OtherContentError, TrainingError
from patella.app.patella import Patella
from patella.care.screening import AnswerError
from patella.store.entry import StoreError
from patella.store.keys import Keys
from patella.store.sqlite import SENTENCES
from patella.version import VERSION
from patella.web.answer import Refusal, error, refused
from patella.web.diary_turn import TurnAtDiary
from patella.web.door import Door
from patella.web.entrance import Entrance, this_machine
from patella.web.routes import (
    activities,
    coach,
    comeback,
    data,
    diary,
    door,
    films,
    imports,
    insight,
    knee,
    lessons,
    library,
    pages,
    paper,
    profile,
    programme,
    running,
    screening,
    sessions,
    timeline,
    today,
    watched,
)
from patella.web.routes.here import ERRORS, TOLD
from patella.web.security import Bounds, Guard, Limits
from patella.web.slow_work import steps_of
from patella.web.uploads import Everybodys
from patella.web.whose_diary import OneDiary

DESCRIPTION = "General information and an exercise log, not a medical device, no diagnosis."
KNOWN_BY = "A browser is known once it has opened a link that `patella` or `patella link` made: each is good once."
SAID_OF_STATUS = {
    400: ("bad-request", "The request cannot be read."),
    404: ("not-found", "There is nothing at this address."),
    405: ("method", "That cannot be done at this address."),
}


API = "/api"
PARTS = (
    today,
    screening,
    profile,
    programme,
    sessions,
    diary,
    library,
    paper,
    data,
    imports,
    running,
    activities,
    comeback,
    knee,
    timeline,
    insight,
    lessons,
    films,
    watched,
)
LONGEST_PLACE = 60
FIRST_PAGE_S = 1.0
BREATH_S = 0.01
WHOLE_DIARIES = 2  # written at a time; of the lines to a shared database the others are for questions
USUAL_LIMITS = Limits()
# Whatever the environment asks for: no span, figure or line of a log about this person goes anywhere.
NOTHING_TOLD: TelemetryConfig = {
    "tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False,
}  # fmt: skip


class Pages(FastAPI):
    """The application; its document says what every operation asks for."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document."""
        document = super().openapi()
        scheme = {
            "type": "apiKey",
            "in": "cookie",
            "name": self.state.cookie,
            "description": KNOWN_BY,
        }
        document.setdefault("components", {})["securitySchemes"] = {"browser": scheme}
        document["security"] = [{"browser": []}]
        for schema in document["components"]["schemas"].values():
            if "properties" in schema:  # a dataclass says all of its fields
                schema.setdefault("additionalProperties", False)
        return document


def make_app(  # noqa: PLR0913 - each is a choice of whoever answers
    patella: Patella,
    *,
    port: int,
    others: Iterable[Entrance] = (),
    keys: Keys | None = None,
    demo: bool = False,
    lines: int = coach.MOST_LINES,
    limits: Limits = USUAL_LIMITS,
    home: str | None = None,
) -> FastAPI:
    """The application for one person's Patella, as it is reached at `port` of this machine; `demo`: a made-up one.

    `others` are entrances beside that of this machine;
    `keys` says which browsers it answers, those beside the diary if left out;
    `lines` is how many cameras may be watched at a time; `limits` how large and how slow a body may come;
    `home` where the pages are found, if it is not where they are asked for.
    """
    keys = keys or Keys(patella.log.folder, or_in_memory=True)

    async def forget_others(request: Request) -> None:
        keys.forget(but=request.state.key)

    app = assembled((this_machine(port), *others), lines=coach.Lines(lines), lifespan=_beside)
    app.state.patella = patella
    app.state.demo = demo
    app.state.port = port
    app.state.home = home
    app.state.keys = keys
    app.state.forget_others = forget_others
    if TOLD:  # inside a page there are no folders
        from patella.web.watched import Watched

        app.state.watched = Watched(patella)
    app.include_router(door.router, prefix=API, responses=ERRORS)
    app.include_router(door.outside)
    app.add_middleware(OneDiary, patella=patella)
    app.add_middleware(Bounds, limits=limits)
    app.add_middleware(Door, keys=keys, way_in=pages.way_in)
    app.add_middleware(Guard, entrances=(this_machine(port), *others))
    return app


def assembled(
    entrances: tuple[Entrance, ...],
    *,
    lines: coach.Lines,
    lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]] | None = None,
    cookie: str | None = None,
) -> FastAPI:
    """What every application has: the routes of a diary, its pages, its errors. Who may ask is put around it."""
    app = Pages(
        title="Patella",
        version=VERSION,
        description=DESCRIPTION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        telemetry=NOTHING_TOLD,
    )
    app.state.cookie = cookie or entrances[0].cookie
    app.state.demo = False
    app.state.home = None
    app.state.lines = lines
    app.state.uploads = Everybodys()
    app.state.whole_diaries = asyncio.Semaphore(WHOLE_DIARIES)
    for part in (*PARTS, coach):
        app.include_router(part.router, prefix=API, responses=ERRORS)
    app.include_router(pages.router)
    _answer_errors(app)
    app.add_middleware(TurnAtDiary)
    return app


@asynccontextmanager
async def _beside(app: FastAPI) -> AsyncIterator[None]:
    """While answering, get ready what a long diary needs to answer at once."""
    tasks = [asyncio.create_task(_warm(app.state.patella))]
    if TOLD:
        tasks.append(asyncio.create_task(app.state.watched.go_on()))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        app.state.uploads.clear()


async def _warm(patella: Patella) -> None:
    await asyncio.sleep(FIRST_PAGE_S)
    with suppress(StoreError):  # whoever asks will be told
        async for _ in steps_of(warm_up(patella)):
            await asyncio.sleep(BREATH_S)


def _answer_errors(app: FastAPI) -> None:
    app.add_exception_handler(Refusal, _refusal)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(AnswerError, _answer)
    app.add_exception_handler(NotThereError, _not_there)
    app.add_exception_handler(OtherContentError, _other_content)
    app.add_exception_handler(TrainingError, _cannot)
    app.add_exception_handler(StoreError, _not_stored)


async def _refusal(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, Refusal)  # noqa: S101 - handlers are typed by what they are registered for
    return refused(problem)


async def _of_http(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)  # noqa: S101 - as above
    if isinstance(problem.__cause__, Refusal):  # a body that was cut off while it was being read
        return refused(problem.__cause__)
    status = problem.status_code
    wants_page = request.method in ("GET", "HEAD") and "text/html" in request.headers.get("accept", "")
    if status == 404 and wants_page and not request.url.path.startswith(("/api/", "/static/")):  # noqa: PLR2004
        return pages.answer_file(request, "index.html", 404)
    code, sentence = SAID_OF_STATUS.get(status, ("refused", "That cannot be done."))
    return error(status, code, sentence, _allowed(request) if status == 405 else None)  # noqa: PLR2004 - as above


def _allowed(request: Request) -> dict[str, str]:
    """The verbs that this address knows, in all of its routes."""
    path = getattr(request.scope.get("route"), "path", "")
    verbs: set[str] = set()
    for router in (*(p.router for p in (*PARTS, door)), door.outside, pages.router):
        for route in router.routes:
            if isinstance(route, Route) and path in (route.path, f"{API}{route.path}"):
                verbs |= route.methods or set()
    return {"Allow": ", ".join(sorted(verbs))}


async def _not_understood(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, RequestValidationError)  # noqa: S101 - as above
    first, more = problem.errors()[0], len(problem.errors()) - 1
    also = f" {more} more things are wrong." if more > 1 else ""
    return error(422, "not-understood", f"{_fault(first)}{also}")


def _fault(fault: Mapping[str, object]) -> str:
    """One fault in a sentence; what was said itself is not said again."""
    if fault["type"] == "extra_forbidden":
        return "There is something in it that is not asked for."
    where = fault["loc"]
    parts = where[1:] if isinstance(where, tuple) else ()
    place = ".".join(str(p) for p in parts if p != "[key]") or "The request"
    return f"{place}: {fault['msg']}." if len(place) <= LONGEST_PLACE else "One of the names in it cannot be right."


async def _answer(_: Request, problem: Exception) -> Response:
    return error(422, "answer", str(problem))


async def _not_there(_: Request, problem: Exception) -> Response:
    return error(404, "not-found", str(problem))


async def _other_content(_: Request, problem: Exception) -> Response:
    return error(409, "other-content", str(problem))


async def _cannot(_: Request, problem: Exception) -> Response:
    return error(409, "cannot", str(problem))


async def _not_stored(request: Request, problem: Exception) -> Response:
    patella: Patella | None = getattr(request.state, "patella", None)
    sentence = str(problem) if patella is None else str(problem).replace(patella.log.name, "The diary", 1)
    full = SENTENCES[sqlite3.SQLITE_FULL], SENTENCES[sqlite3.SQLITE_IOERR].partition("{path}")[2]
    if sentence.endswith(full):
        return error(507, "disk-full", sentence)
    return error(503, "store", sentence)
