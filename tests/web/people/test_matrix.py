"""Who may ask for what, cell by cell: every operation and the socket, for everybody there may be."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from starlette.testclient import WebSocketDenialResponse

from patella.store.people.people import Role
from patella.store.people.sharing import What, share
from patella.web.people.reception import ALONE
from web.people.house import HOME, HOST, Browser, House, shared_house
from web.people.matrix import ADMINISTRATOR, DIARY, KEY, MATRIX, NOBODY, OPEN, PHYSIOTHERAPIST, RUNNER, SIGNED_IN
from web.test_door import operations

Everybody = dict[str, Browser]
ROLES = {"owner": RUNNER, "other runner": RUNNER, "administrator": ADMINISTRATOR} | {
    f"physiotherapist {share} share": PHYSIOTHERAPIST for share in ("with", "without")
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with shared_house(tmp_path_factory.mktemp("house")) as found:
        found.app.state.diaries = SimpleNamespace(of=lambda *_: found.app.state.patella)
        yield found


@pytest.fixture(scope="module")
def everybody(house: House) -> Everybody:
    found = {
        "anonymous": house.stranger(),
        "owner": house.join("anna"),
        "other runner": house.join("ben"),
        "physiotherapist with share": house.join("petra", Role.PHYSIOTHERAPIST),
        "physiotherapist without share": house.join("paul", Role.PHYSIOTHERAPIST),
        "administrator": house.join("admira", Role.ADMINISTRATOR),
    }
    owner = found["owner"].who
    assert owner is not None
    share(house.clinic.people, owner, "petra", list(What))
    return found


async def heard(house: House, browser: Browser, method: str, path: str) -> str:
    """What the door says: who is let through is told that an empty list is no body, or more."""
    address = re.sub(r"\{\w+(:path)?\}", "9", path)
    is_page = method == "GET" and not path.startswith(("/api/", "/feed/"))
    status, text = await house.ask(browser, method, address, page=is_page)
    assert status < 500, (method, path)
    if status in (401, 303):
        return str(status)
    if status >= 400 and "no-diary" in text:
        return "no diary"
    nothing = status == 404 and path.startswith(("/api/people/", *ALONE))
    return "nothing" if nothing and "There is nothing at this address." in text else "in"


def expected(who: str, wanted: str, path: str) -> str:
    role, is_page = ROLES.get(who, ""), not path.startswith(("/api/", "/feed/"))
    if wanted == OPEN or (role and wanted == SIGNED_IN) or role == wanted or (role == RUNNER and wanted == DIARY):
        return "in"
    if not role:
        return "401"
    if wanted == NOBODY:
        return "nothing"
    if wanted == KEY:
        return "401"
    if is_page:
        return "303"
    return "no diary" if wanted == DIARY else "nothing"


def test_every_operation_is_in_the_matrix_and_nothing_else(house: House) -> None:
    there = {f"{method} {path}" for method, path in table(house) if method != "HEAD"}
    assert there - set(MATRIX) == set(), "nobody has said whom these are for"
    assert set(MATRIX) - there == set()


def test_every_cell_of_the_matrix_is_as_it_says(house: House, everybody: Everybody) -> None:
    async def wrong() -> list[tuple[str, str, str, str]]:
        cells = [(operation, who) for operation in MATRIX if not operation.startswith("WS ") for who in everybody]
        assert len(cells) >= 100 * len(everybody)
        found = [(o, who, await heard(house, everybody[who], *o.split(" "))) for o, who in cells]
        told = [(o, who, said, expected(who, MATRIX[o], o.split(" ")[1])) for o, who, said in found]
        return [cell for cell in told if cell[2] != cell[3]]

    found = asyncio.run(wrong())
    assert not found, "\n".join(map(str, found))
    assert house.erased == []


def test_the_socket_opens_for_runners_alone(everybody: Everybody) -> None:
    ours = {"host": HOST, "origin": HOME}
    for who, browser in everybody.items():
        if ROLES.get(who) == RUNNER:
            with browser.client.websocket_connect(f"wss://{HOST}/api/coach", headers=ours):
                continue
        with (
            pytest.raises(WebSocketDenialResponse) as denied,
            browser.client.websocket_connect(f"wss://{HOST}/api/coach", headers=ours),
        ):
            pass
        assert denied.value.status_code == (403 if who in ROLES else 401)


@pytest.mark.parametrize("path", ["/nowhere", "/api", "/api/", "//api/today", "/API/today", "/docs", "/in/x"])
def test_an_address_that_is_not_there_tells_a_stranger_no_more(everybody: Everybody, path: str) -> None:
    assert everybody["anonymous"].client.get(path).status_code == 401


@pytest.mark.parametrize("path", ["/sign-in/../api/today", "/static/../api/today", "/join/%2e%2e/api/today"])
def test_no_way_round_leads_past_the_door(everybody: Everybody, path: str) -> None:
    assert everybody["anonymous"].client.get(path).status_code in (401, 404)


def table(house: House) -> list[tuple[str, str]]:
    class Asked:
        client = house.stranger().client

    return operations(Asked)  # type: ignore[arg-type]
