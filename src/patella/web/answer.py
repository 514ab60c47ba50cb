"""How every answer looks: JSON that any text survives, and errors of one shape with a sentence for the person."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import Response

from patella.care.entries.field import plain

# Where the rest of a body is not wanted, the line is closed; a 401 has to say by what one gets in.
HEADERS = {408: {"Connection": "close"}, 413: {"Connection": "close"}, 401: {"WWW-Authenticate": "Patella"}}


class Refusal(Exception):  # noqa: N818 - it is the answer to a request, not a fault of ours
    """A request that is not done. `code` is for the page, `sentence` for the person."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        """Status is the HTTP status, 400 to 599."""
        super().__init__(code)
        self.status = status
        self.code = code
        self.sentence = sentence


def json_text(content: object) -> str:
    """Plain values, and dataclasses of them, as JSON text in ASCII."""
    return json.dumps(content, default=plain, separators=(",", ":"), allow_nan=False)


class Json(Response):
    """An answer in JSON. ASCII only, so that half a surrogate pair in a person's text does no harm; never cached."""

    media_type = "application/json"

    def __init__(self, content: object, status_code: int = 200, headers: dict[str, str] | None = None) -> None:
        """Takes plain values, and dataclasses of them, which are written by the one rule (`plain`)."""
        super().__init__(content, status_code, {"Cache-Control": "no-store", **(headers or {})})

    def render(self, content: Any) -> bytes:  # noqa: ANN401 - the base class takes anything
        """The bytes."""
        return json_text(content).encode("ascii")


class JsonText(Json):
    """The same from JSON text that is there already, in ASCII."""

    def render(self, content: Any) -> bytes:  # noqa: ANN401 - the base class takes anything
        """The bytes."""
        return str(content).encode("ascii")


def refused(refusal: Refusal) -> Json:
    """The answer that says what is not done, and why."""
    return error(refusal.status, refusal.code, refusal.sentence, HEADERS.get(refusal.status))


def error(status: int, code: str, sentence: str, headers: dict[str, str] | None = None) -> Json:
    """An error of the one shape that all of them have."""
    return Json({"error": {"code": code, "sentence": sentence}}, status, headers)
