"""Puts the people of a shared Patella into its application: who they are, what they may ask for, and their pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import FastAPI

from patella.store.people.people import People
from patella.web.people import administration, caseload, own_account, pages, sharing, signing_in
from patella.web.people.refused import answer_refusals
from patella.web.routes.here import ERRORS

API = "/api"
PARTS = (signing_in, own_account, sharing, caseload, administration)


def add_people(app: FastAPI, people: People, *, erase: Callable[[int], Awaitable[None]]) -> None:
    """Add what people ask for. `Reception` goes in the place of the door; `erase` erases the diary of an account."""
    app.state.people = people
    app.state.erase = erase
    for part in PARTS:
        app.include_router(part.router, prefix=API, responses=ERRORS)
    app.include_router(pages.router)
    answer_refusals(app)
