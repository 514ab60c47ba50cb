"""The application of a shared Patella: everybody signs in, and what is asked is asked of their own diary."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from fastapi import FastAPI, Request

from patella.app.diaries import Diaries
from patella.files.library import own_library
from patella.store.people.accounts import is_open
from patella.store.people.people import People
from patella.store.people.schema import named
from patella.store.people.visits import end_all
from patella.store.postgresql import SharedStore, engine_at
from patella.web.app import USUAL_LIMITS, assembled
from patella.web.diary_turn import WAITS_S
from patella.web.entrance import Entrance, named_host
from patella.web.forward import WITH_IMPORTS, Forward
from patella.web.people import pages
from patella.web.people.assembly import add_people
from patella.web.people.cookie import NAME
from patella.web.people.reception import Reception
from patella.web.routes.coach import MOST_LINES, Lines
from patella.web.security import Bounds, Guard
from patella.web.slow_work import run_in_thread
from patella.web.whose_diary import DiaryOfAccount

# RFC 6797: from the first visit on a browser comes by https alone, for a year.
ENCRYPTED = {"Strict-Transport-Security": "max-age=31536000"}
MOST_CAMERAS = 100  # watched by each worker at a time: about half of a core (docs/speed.md)
CONNECTIONS = 8  # of each worker to the database, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What a shared Patella is told as it starts.

    `host`: the name in every browser's address bar, as `entrance.read_host` gives it; `port`: what is listened at;
    `tls`: whether this server itself speaks it. `folder` holds the files of all diaries.
    """

    database: str
    folder: str
    host: str
    port: int
    tls: bool = False

    @property
    def entrances(self) -> tuple[Entrance, ...]:
        """By which everybody comes; a proxy may say of the line to it that it is encrypted, or not say it."""
        named = named_host(self.host, self.port)
        encrypted = replace(named, tls=True)
        return (encrypted,) if self.tls else (named, encrypted)


def make_shared_app(said: Shared, imports_at: Path | None = None) -> FastAPI:
    """The application of many, over a database that is ready; while that is away, it says so. Raises StoreError.

    `imports_at` is the socket of the process that takes imports; this one takes them itself if left out.
    """
    engine = engine_at(said.database, connections=CONNECTIONS)
    store = SharedStore(engine, Path(said.folder), may_begin=is_open)
    people = People(engine=named(store.engine))
    diaries = Diaries(store, own_library(), waits_s=WAITS_S)

    @asynccontextmanager
    async def until_closed(app: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.uploads.clear()
        store.close()

    async def forget_others(request: Request) -> None:
        with people.begin() as connection:
            end_all(connection, request.state.account.id, but=request.state.visit.id)

    async def erase(account_id: int) -> None:
        await app.state.uploads.of(account_id).forget()
        log = diaries.of(account_id).log.patient()  # whoever writes just now ends first
        await run_in_thread(log.erase)
        shutil.rmtree(log.folder, ignore_errors=True)

    app = assembled(said.entrances, lines=Lines(MOST_CAMERAS, each=MOST_LINES), lifespan=until_closed, cookie=NAME)
    app.state.home = f"https://{said.host}/"
    app.state.diaries = diaries
    app.state.forget_others = forget_others
    add_people(app, people, erase=erase)
    app.add_middleware(DiaryOfAccount, diaries=diaries)
    if imports_at is not None:
        app.add_middleware(Forward, below=WITH_IMPORTS, at=imports_at)
    app.add_middleware(Bounds, limits=USUAL_LIMITS)
    app.add_middleware(Reception, people=people, way_in=pages.way_in)
    app.add_middleware(Guard, entrances=said.entrances, more=ENCRYPTED)
    return app
