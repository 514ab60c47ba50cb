"""A shared Patella with one person of each role in it, and a browser for each."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from members import Clinic, clinic_in, sqlite_engine
from patella.store.people.people import Account, Role
from patella.web.app import make_app
from patella.web.entrance import Entrance
from patella.web.people import pages
from patella.web.people.assembly import add_people
from patella.web.people.cookie import NAME
from patella.web.people.reception import Reception
from web.visit import Plain, refusal, visiting

HOST = "knee.example"
THERE = Entrance(hosts=frozenset({HOST}), port=8765, tls=True, by_code=True)
HOME = f"https://{HOST}"
PAGE = {"Accept": "text/html,*/*"}


@dataclass
class Browser:
    """Somebody at the pages; `who` is None for somebody whom nobody knows."""

    client: TestClient
    who: Account | None = None

    def get(self, path: str) -> Plain:
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        found: Plain = answer.json()
        return found

    def post(self, path: str, body: object = None, status: int = 200) -> Plain:
        answer = self.client.post(path, json=body or {})
        assert answer.status_code == status, answer.text
        found: Plain = answer.json()
        return found

    def refused(self, path: str, body: object = None, method: str = "POST") -> tuple[int, str, str]:
        answer = self.client.request(method, path, json=None if method == "GET" else body or {})
        return refusal(answer.status_code, answer.json())

    @property
    def key(self) -> str:
        return self.client.cookies[NAME]


@dataclass
class House:
    """The application, and who is in it."""

    app: FastAPI
    clinic: Clinic
    erased: list[int] = field(default_factory=list)
    clients: list[TestClient] = field(default_factory=list)

    def stranger(self, address: str = "192.0.2.7") -> Browser:
        client = TestClient(self.app, base_url=HOME, follow_redirects=False, client=(address, 50_000))
        self.clients.append(client)
        return Browser(client)

    async def ask(self, browser: Browser, method: str, path: str, *, page: bool = False) -> tuple[int, str]:
        """Ask without a client in between, which takes a tenth of the time: the status, and the text of the answer."""
        headers = {"host": HOST, "cookie": f"{NAME}={browser.client.cookies.get(NAME, '')}"}
        headers |= {"accept": PAGE["Accept"]} if page else {}
        headers |= {} if method == "GET" else {"content-type": "application/json", "content-length": "2"}
        body = b"" if method == "GET" else b"[]"
        said: Iterator[dict[str, object]] = iter([{"type": "http.request", "body": body, "more_body": False}])
        status, parts = 0, list[bytes]()

        async def receive() -> dict[str, object]:
            return next(said, {"type": "http.disconnect"})

        async def send(message: MutableMapping[str, Any]) -> None:
            nonlocal status
            status = message.get("status", status)
            parts.append(message.get("body", b""))

        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "https", "method": method,
            "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "state": {},
            "client": ("192.0.2.7", 50_000), "server": (HOST, 443),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }  # fmt: skip
        await self.app(scope, receive, send)
        return status, b"".join(parts).decode("utf-8", "replace")

    def join(self, handle: str, role: Role = Role.RUNNER, physiotherapist: int | None = None) -> Browser:
        who, key = self.clinic.join(handle, role, physiotherapist=physiotherapist)
        browser = self.stranger()
        browser.client.cookies.set(NAME, key, domain=HOST, path="/")
        browser.who = who
        return browser


@contextmanager
def shared_house(folder: Path, port: int = 8765) -> Iterator[House]:
    with visiting(folder / "diary") as visit:
        clinic = clinic_in(sqlite_engine(folder))
        app = make_app(visit.patella, port=port, others=[THERE], keys=visit.keys)
        house = House(app, clinic)

        async def erase(account_id: int) -> None:
            house.erased.append(account_id)

        add_people(app, clinic.people, erase=erase)
        app.user_middleware = [
            Middleware(Reception, people=clinic.people, way_in=pages.way_in)
            if str(m).startswith("Middleware(Door")
            else m
            for m in app.user_middleware
        ]
        yield house
        for client in house.clients:
            client.close()
        clinic.people.engine.dispose()
