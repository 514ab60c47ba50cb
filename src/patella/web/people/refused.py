"""What is said when something of people is not done."""

from __future__ import annotations

import math

from fastapi import FastAPI, Request
from starlette.responses import Response

from patella.store.people.accounts import WrongPasswordError
from patella.store.people.invitations import NoInvitationError
from patella.store.people.passkeys import BadPasskeyError
from patella.store.people.people import NobodyError, PeopleError
from patella.store.people.tries import TooManyTriesError
from patella.web.answer import error

MINUTE_S = 60
STATUS: dict[type[Exception], tuple[int, str]] = {
    WrongPasswordError: (403, "wrong-password"),
    BadPasskeyError: (403, "bad-passkey"),
    NoInvitationError: (410, "no-invitation"),
}


def answer_refusals(app: FastAPI) -> None:
    """Have what people's store refuses answered in the one shape."""
    app.add_exception_handler(PeopleError, _not_done)
    app.add_exception_handler(TooManyTriesError, _too_many)


async def _not_done(_: Request, problem: Exception) -> Response:
    usual = (404, "not-found") if isinstance(problem, NobodyError) else (409, "cannot")
    status, code = STATUS.get(type(problem), usual)
    return error(status, code, str(problem))


async def _too_many(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, TooManyTriesError)  # noqa: S101 - handlers are typed by what they are registered for
    wait_s = math.ceil(problem.wait_s)
    minutes = math.ceil(wait_s / MINUTE_S)
    wait = f"{wait_s} seconds" if wait_s < MINUTE_S else "a minute" if minutes == 1 else f"{minutes} minutes"
    sentence = f"There were too many tries. Wait {wait}, then try again; the right password works then."
    return error(429, "too-many-tries", sentence, {"Retry-After": str(wait_s)})
