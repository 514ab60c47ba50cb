"""What a handler may ask for: the person's Patella, and bounded parts of an address."""

from __future__ import annotations

import sys
from typing import Annotated

from fastapi import Depends, Path, Request

from patella.app.patella import Patella
from patella.web.answers import ErrorAnswer
from patella.web.slow_work import ALONE


async def _patella(request: Request) -> Patella:
    found: Patella = request.state.patella
    return found


Here = Annotated[Patella, Depends(_patella)]
Known = Annotated[str, Path(min_length=1, max_length=200, description="The id of a session or an entry.")]
DeviceId = Annotated[str, Path(pattern="^[0-9a-f]{16}$", description="A browser that is known.")]
ExerciseId = Annotated[str, Path(pattern="^[a-z0-9][a-z0-9-]{0,79}$")]

Responses = dict[int | str, dict[str, object]]

TOLD = sys.platform not in ALONE  # inside a page nobody reads the document, and a start is quicker without
ERRORS: Responses = {
    "4XX": {"model": ErrorAnswer, "description": "Not done; the sentence says why."},
    "5XX": {"model": ErrorAnswer, "description": "It could not be done; nothing half-done is left."},
}
if not TOLD:
    ERRORS.clear()


def shows(model: type, description: str, status: int = 200) -> Responses:
    """How an operation's good answer looks, for the OpenAPI document."""
    if not TOLD:
        return {}
    return {status: {"model": model, "description": description}}
