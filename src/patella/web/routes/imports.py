"""Import: send files one by one, have them read, ask how far it is. Nothing waits for the reading."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request

from patella.web.answer import Json
from patella.web.answers_knee import ImportAnswer
from patella.web.routes.here import Here, Known, shows
from patella.web.uploads import LIES_AT, Everybodys, Uploads
from patella.web.wire import Empty

router = APIRouter(prefix="/imports")

FileName = Annotated[str, Query(min_length=1, max_length=300, description="What the person calls the file.")]
ANY_BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
BYTES = {"requestBody": {"required": True, "content": ANY_BYTES}}


def uploads_of(request: Request) -> Uploads:
    """The place for files on their way of whoever asks."""
    everybodys: Everybodys = request.app.state.uploads
    account = getattr(request.state, "account", None)
    return everybodys.of(None if account is None else account.id)


@router.post("", status_code=201, responses=shows(ImportAnswer, "A place for the files.", 201))
async def open_import(here: Here, request: Request, said: Empty) -> Json:  # noqa: ARG001 - the body has to be there
    """Begin to gather files; those gathered before and never read are let go."""
    return Json(uploads_of(request).open(here).shown(), 201)


@router.post("/{import_id}/files", responses=shows(ImportAnswer, "It is here."), openapi_extra=BYTES)
async def send_file(request: Request, import_id: Known, name: FileName) -> Json:
    """Send one file as it is: a recording, one gzipped, a list, or a whole archive."""
    uploads = uploads_of(request)
    batch = uploads.find(import_id)
    lies_at = request.scope.get("extensions", {}).get(LIES_AT)
    if lies_at:
        uploads.take_lying(batch, name, Path(lies_at["path"]))
    else:
        await uploads.take(batch, name, request.stream())
    return Json(batch.shown())


@router.post("/{import_id}/begin", responses=shows(ImportAnswer, "The reading has begun."))
async def begin(here: Here, request: Request, import_id: Known, said: Empty) -> Json:  # noqa: ARG001 - as above
    """Read what was sent. Asking twice begins it once."""
    uploads = uploads_of(request)
    batch = uploads.find(import_id)
    uploads.begin(batch, here)
    return Json(batch.shown())


@router.get("/{import_id}", responses=shows(ImportAnswer, "How far it is, and in the end what came of it."))
async def progress(request: Request, import_id: Known) -> Json:
    """How far an import has come."""
    return Json(uploads_of(request).find(import_id).shown())


@router.post("/{import_id}/stop", responses=shows(ImportAnswer, "Stopped; what was read is kept."))
async def stop(request: Request, import_id: Known, said: Empty) -> Json:  # noqa: ARG001 - as above
    """Stop an import. What was read until then is kept, and the next import goes on from there."""
    uploads = uploads_of(request)
    batch = uploads.find(import_id)
    uploads.stop(batch)
    return Json(batch.shown())
