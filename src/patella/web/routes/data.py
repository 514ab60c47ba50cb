"""One's own data: take it along, bring it back, erase it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from patella.app.patella import Patella
from patella.care.entries.field import write
from patella.store import export
from patella.store.entry import StoreError
from patella.store.joining import Merged
from patella.store.merging import merging
from patella.store.scratch import scratch
from patella.web.answer import Json, Refusal
from patella.web.answers import EraseAnswer, MergeAnswer, RestoreAnswer
from patella.web.routes.here import Here, shows
from patella.web.routes.imports import uploads_of
from patella.web.slow_work import steps_of
from patella.web.wire import Erase

router = APIRouter()

Step = TypeVar("Step")

JSON_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {"application/json": {}}, "description": "The diary."}}
CSV_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}}, "description": "The diary."}}
TCX_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/vnd.garmin.tcx+xml": {}}, "description": "The runs."}
}
FIT_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/vnd.ant.fit": {}}, "description": "The session."}
}
SessionId = Annotated[str | None, Query(min_length=1, max_length=200, description="The id of a session.")]
ANY_JSON = {"requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}}


@router.get("/export.json", response_class=Response, responses=JSON_FILE)
async def export_json(here: Here) -> Response:
    """The whole diary as a file that can be restored."""
    return await _file(here, export.json_pages(here.log), "json", "application/json")


@router.get("/export.csv", response_class=Response, responses=CSV_FILE)
async def export_csv(here: Here) -> Response:
    """The whole diary as a spreadsheet."""
    return await _file(here, export.csv_pages(here.log), "csv", "text/csv")


@router.get("/export.tcx", response_class=Response, responses=TCX_FILE)
async def export_runs(here: Here) -> Response:
    """Every run of which distance and time are known, for other programmes."""
    from patella.app.running.runs import runs_between
    from patella.paper.runs_tcx import runs_tcx

    text, _ = runs_tcx(runs_between(here, None, None))
    return _for_others(text.encode(), "patella-runs.tcx", "application/vnd.garmin.tcx+xml")


@router.get("/export.fit", response_class=Response, responses=FIT_FILE)
async def export_session(here: Here, session: SessionId = None) -> Response:
    """A session as strength training, for other programmes: the latest with a set in it, or the one of this id."""
    from patella.paper.session_fit import write_session

    done, content = write_session(here, session)
    return _for_others(content, f"patella-{done.day.isoformat()}.fit", "application/vnd.ant.fit")


def _for_others(content: bytes, name: str, kind: str) -> Response:
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)


@router.post("/restore", responses=shows(RestoreAnswer, "The diary is what the file says."), openapi_extra=ANY_JSON)
async def restore(here: Here, request: Request, *, replace: bool = False) -> Json:
    """Fill the diary from an export, all or nothing. `replace` lets what is there give way."""
    with scratch(here.log.folder) as folder:
        file = await _received(request, folder)
        if here.log.mark() and not replace:
            raise Refusal(409, "not-empty", "The diary is not empty. Say that it may be replaced.")
        work = export.restoring(here.log, file, replace=replace)
        return Json({"entries": await _come_to(work, file, 0, _at_a_time(request))})


@router.post("/merge", responses=shows(MergeAnswer, "What is missing was added."), openapi_extra=ANY_JSON)
async def merge(here: Here, request: Request) -> Json:
    """Bring in a diary from another device, all or nothing: what is missing is added, nothing is taken away."""
    with scratch(here.log.folder) as folder:
        file = await _received(request, folder)
        merged = await _come_to(merging(here.log, file), file, Merged(), _at_a_time(request))
        return Json({**write(merged), "text": merged.text})


@router.post("/erase", responses=shows(EraseAnswer, "Nothing is left."))
async def erase(here: Here, request: Request, said: Erase) -> Json:  # noqa: ARG001 - the word has been checked
    """Erase everything, an import that is under way first, and every other browser. What was exported stays."""
    await uploads_of(request).forget()
    here.log.erase()
    await request.app.state.forget_others(request)
    return Json({"erased": True})


def _at_a_time(request: Request) -> asyncio.Semaphore:
    """How many whole diaries are written at a time: each has a line to the database from its first step to its last."""
    found: asyncio.Semaphore = request.app.state.whole_diaries
    return found


async def _received(request: Request, folder: Path) -> Path:
    """The file that a page sends."""
    file = folder / "export.json"
    with file.open("wb") as stream:
        async for part in request.stream():
            stream.write(part)
    return file


async def _come_to(work: Iterator[Step], file: Path, step: Step, at_a_time: asyncio.Semaphore) -> Step:
    """What reading a file comes to in the end; what is wrong with it is said without the name it has here."""
    try:
        async with at_a_time:
            async for step in steps_of(work):  # noqa: B007, PLR1704 - the last counts
                pass
    except StoreError as error:
        sentence = str(error)
        if not sentence.startswith(str(file)):
            raise
        raise Refusal(422, "not-an-export", f"This file{sentence.removeprefix(str(file))}") from None
    return step


async def _file(here: Patella, pages: Iterator[tuple[str, int]], ending: str, kind: str) -> Response:
    """A file that is sent while it is made: others are answered meanwhile, and nothing of it lies on the disk."""
    first = "".join(next(pages, ("", 0))[0] for _ in range(2))  # what cannot be read is said, not broken off
    name = f"patella-{here.today.isoformat()}.{ending}"
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(_sent(first, pages), media_type=kind, headers=headers)


async def _sent(first: str, pages: Iterator[tuple[str, int]]) -> AsyncIterator[bytes]:
    yield first.encode("utf-8", "backslashreplace")
    async for text, _ in steps_of(pages):
        yield text.encode("utf-8", "backslashreplace")
