"""Coming in and going, at the door of a shared Patella: every cookie is kept from scripts, sites and plain lines."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from starlette.websockets import WebSocketDisconnect

from authenticator import Authenticator
from members import WORDS
from patella.store.people import invitations
from patella.store.people.people import People, Role
from patella.store.people.tries import PER_ACCOUNT
from patella.store.people.visits import Here, who_shows
from patella.web import door
from patella.web.people import reception
from patella.web.people.cookie import NAME
from web.people.house import HOME, HOST, PAGE, Browser, House

OTHER = "granite teapot sings"
CONFORMS = re.compile(
    rf"{NAME}=(?:[\w-]{{43}}; Max-Age=15552000|; Max-Age=0); Path=/; Secure; HttpOnly; SameSite=Strict"
)
SIGN_IN = {"handle": "anna", "password": WORDS}


def sign_in(house: House, browser: Browser | None = None) -> Browser:
    browser = browser or house.stranger()
    browser.post("/api/people/sign-in", SIGN_IN)
    return browser


def test_who_signs_in_is_in_by_a_new_key_and_out_again_with_nothing_left(house: House) -> None:
    house.join("anna")
    browser = sign_in(house)
    first = browser.key
    assert browser.get("/api/people/me")["account"]["handle"] == "anna"
    sign_in(house, browser)
    assert browser.key != first
    again = house.stranger()
    for key, status in ((first, 401), (browser.key, 200)):
        assert again.client.get("/api/today", headers={"Cookie": f"{NAME}={key}"}).status_code == status
    key = browser.key
    answer = browser.client.post("/api/people/sign-out", json={})
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert again.client.get("/api/today", headers={"Cookie": f"{NAME}={key}"}).status_code == 401
    assert NAME not in browser.client.cookies


def test_every_cookie_conforms(house: House) -> None:
    key = invitations.invite(house.clinic.people, name="Anna", role=Role.RUNNER)
    browser = house.stranger()
    said: tuple[tuple[str, dict[str, str]], ...] = (
        ("invitation/accept", SIGN_IN | {"key": key, "name": "Anna"}),
        ("sign-in", SIGN_IN),
        ("me/password", {"password": WORDS, "new": OTHER}),
        ("sign-out", {}),
        ("sign-in", SIGN_IN | {"password": OTHER}),
        ("me/close", {"password": OTHER}),
    )
    keys = set()
    for path, body in said:
        answer = browser.client.post(f"/api/people/{path}", json=body)
        assert answer.is_success, answer.text
        assert answer.headers["cache-control"] == "no-store"
        (cookie,) = answer.headers.get_list("set-cookie")
        assert CONFORMS.fullmatch(cookie), cookie
        keys.add(cookie)
    assert len(keys) == 5, "a new key each time, and twice none"
    assert set(house.erased) == {1}


def test_a_wrong_password_and_an_account_that_there_is_not_are_answered_alike_and_then_slowly(house: House) -> None:
    house.join("anna")
    said: dict[str, list[tuple[int, bytes]]] = {"anna": [], "nobody": []}
    for handle, answers in said.items():
        for n in range(PER_ACCOUNT + 1):
            browser = house.stranger(f"192.0.2.{n}")
            answer = browser.client.post("/api/people/sign-in", json={"handle": handle, "password": "not this one"})
            assert "set-cookie" not in answer.headers
            answers.append((answer.status_code, answer.content))
    assert said["anna"] == said["nobody"]
    assert [status for status, _ in said["anna"]] == [403] * PER_ACCOUNT + [429]
    answer = house.stranger().client.post("/api/people/sign-in", json=SIGN_IN)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "30")
    house.clinic.clock.now_s += 31
    sign_in(house)


def test_an_invitation_is_read_taken_once_and_gone(house: House) -> None:
    petra = house.join("petra", Role.PHYSIOTHERAPIST)
    link = petra.post("/api/people/runners/invitations", {"name": "Anna"}, 201)["link"]
    address, key = link.split("#")
    assert address == f"{HOME}/join"
    browser = house.stranger()
    said = browser.post("/api/people/invitation", {"key": key})
    assert (said["name"], said["role"], said["physiotherapist"], said["back"]) == ("Anna", "runner", "Petra", None)
    weak = SIGN_IN | {"key": key, "name": "Anna", "password": "password1"}
    status, _, sentence = browser.refused("/api/people/invitation/accept", weak)
    assert (status, "Four or five words" in sentence) == (409, True)
    come = browser.post("/api/people/invitation/accept", SIGN_IN | {"key": key, "name": "Anna K"}, 201)
    assert (come["home"], come["account"]["name"]) == ("/today", "Anna K")
    (share,) = browser.get("/api/people/sharing")["shares"]
    assert (share["physiotherapist"], share["what"]) == ("petra", [])
    late = house.stranger()
    assert late.refused("/api/people/invitation", {"key": key})[:2] == (410, "no-invitation")
    assert late.refused("/api/people/invitation/accept", SIGN_IN | {"key": key})[:2] == (410, "no-invitation")


def test_an_invitation_is_taken_with_a_passkey_alone_which_then_confirms_what_a_password_would(house: House) -> None:
    admira = house.join("admira", Role.ADMINISTRATOR)
    link = admira.post("/api/people/invitations", {"name": "Berta"}, 201)["link"]
    browser, device = house.stranger(), Authenticator(origin=HOME, host=HOST)
    said = {"key": link.partition("#")[2], "handle": "berta", "name": "Berta"}
    asked = browser.post("/api/people/invitation/passkey/begin", said)["options"]
    come = browser.post("/api/people/invitation/passkey", said | {"credential": device.make(asked)}, 201)
    assert (come["home"], come["account"]["handle"]) == ("/today", "berta")
    me = browser.get("/api/people/me")
    assert (me["password"], len(me["passkeys"])) == (False, 1)

    def confirmed() -> dict[str, object]:
        return {"credential": device.sign(browser.post("/api/people/me/confirm")["options"])}

    for path, body in (("password", {"new": OTHER}), ("passkeys/begin", {}), ("close", {})):
        assert browser.refused(f"/api/people/me/{path}", body)[:2] == (403, "wrong-password")
    assert browser.post("/api/people/me/passkeys/begin", confirmed())["options"]
    browser.post("/api/people/me/password", confirmed() | {"new": OTHER})
    assert browser.get("/api/people/me")["password"]
    browser.post("/api/people/me/close", confirmed())
    assert set(house.erased) == {come["account"]["id"]}


def test_a_passkey_is_added_with_the_password_and_lets_its_person_in(house: House) -> None:
    anna, device = house.join("anna"), Authenticator(origin=HOME, host=HOST)
    assert anna.refused("/api/people/me/passkeys/begin", {"password": "not this one"})[:2] == (403, "wrong-password")
    options = anna.post("/api/people/me/passkeys/begin", {"password": WORDS})["options"]
    made = anna.post("/api/people/me/passkeys", {"credential": device.make(options), "name": "My phone"}, 201)
    assert [key["name"] for key in made["passkeys"]] == ["My phone"]
    browser = house.stranger()
    for bent, expected in ((replace(device, origin="https://evil"), 403), (device, 200)):
        asked = browser.post("/api/people/sign-in/passkey/begin")["options"]
        answer = browser.client.post("/api/people/sign-in/passkey", json={"credential": bent.sign(asked)})
        assert answer.status_code == expected
    assert CONFORMS.fullmatch(answer.headers["set-cookie"])
    assert browser.get("/api/people/me")["account"]["handle"] == "anna"


def test_an_open_line_is_closed_once_its_browser_is_signed_out(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "LOOKS_EVERY_S", 0.0)
    anna = house.join("anna")
    line = anna.client.websocket_connect(f"wss://{HOST}/api/coach", headers={"host": HOST, "origin": HOME})
    with line as socket:
        anna.post("/api/people/sign-out")
        socket.send_text("{}")
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_text()
    assert closed.value.code == 1008


def test_whoever_opens_a_page_and_is_not_signed_in_gets_the_page_where_one_does(house: House) -> None:
    browser = house.stranger()
    for path in ("/today", "/", "/account", "/people", "/timeline/x"):
        answer = browser.client.get(path, headers=PAGE)
        assert (answer.status_code, answer.headers["cache-control"]) == (401, "no-store")
        assert "/static/people/main.js" in answer.text
        assert "refresh" not in answer.headers
    there = browser.client.get("/today", headers=PAGE | {"Sec-Fetch-Site": "cross-site"})
    assert there.headers["refresh"] == "0"
    assert browser.client.get("/join", headers=PAGE).status_code == 200


@pytest.mark.parametrize(
    ("role", "home"), [(Role.PHYSIOTHERAPIST, "/runners"), (Role.ADMINISTRATOR, "/people"), (Role.RUNNER, "/today")]
)
def test_a_page_that_is_somebody_else_s_leads_to_one_s_own(house: House, role: Role, home: str) -> None:
    browser = house.join("somebody", role)
    others = {"/runners", "/people", "/sharing", "/today"} - {home, "/sharing" if role is Role.RUNNER else ""}
    for path in others:
        answer = browser.client.get(path, headers=PAGE)
        assert (answer.status_code, answer.headers["location"]) == (303, home), path
    for path in (home, "/account"):
        assert browser.client.get(path, headers=PAGE).status_code == 200


def test_a_request_that_shows_thousands_of_keys_costs_no_more_than_a_few(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, stranger = house.join("anna"), house.stranger()
    asked: list[str] = []

    def counted(people: People, key: str) -> Here | None:
        asked.append(key)
        return who_shows(people, key)

    monkeypatch.setattr(reception, "who_shows", counted)
    many = "; ".join(f"{NAME}={n}" for n in range(3000))
    assert stranger.client.get("/api/today", headers={"Cookie": many}).status_code == 401
    assert len(asked) == door.MOST_SHOWN
    shown = f"{NAME}=of another; {NAME}={anna.key}"
    assert stranger.client.get("/api/today", headers={"Cookie": shown}).status_code == 200
