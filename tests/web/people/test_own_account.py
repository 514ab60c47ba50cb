"""What is one's own, what one shares, and what an administrator does: nobody reaches what is somebody else's."""

from __future__ import annotations

import json

from members import WORDS
from patella.store.people import accounts
from patella.store.people.people import Role
from patella.store.people.sharing import What, seen_by
from web.people.house import House

SIGN_IN = {"handle": "anna", "password": WORDS}


def test_what_belongs_to_somebody_else_is_as_if_there_were_nothing(house: House) -> None:
    anna, ben = house.join("anna"), house.join("ben")
    petra, paul = house.join("petra", Role.PHYSIOTHERAPIST), house.join("paul", Role.PHYSIOTHERAPIST)
    petra.post("/api/people/runners/invitations", {"name": "Cleo"}, 201)
    (invited,) = petra.get("/api/people/runners/invitations")["invitations"]
    (visit,) = anna.get("/api/people/me")["visits"]
    told = {
        ben.refused(f"/api/people/me/visits/{visit['id']}/end")[:2],
        ben.refused("/api/people/me/visits/9999/end")[:2],
        ben.refused("/api/people/me/passkeys/1/forget")[:2],
        paul.refused(f"/api/people/runners/invitations/{invited['id']}/withdraw")[:2],
        paul.refused("/api/people/runners/invitations/9999/withdraw")[:2],
    }
    assert told == {(404, "not-found")}
    assert paul.get("/api/people/runners/invitations")["invitations"] == []
    assert anna.get("/api/people/me")["visits"] == [visit]


def test_a_browser_elsewhere_is_signed_out_from_here(house: House) -> None:
    anna, phone = house.join("anna"), house.stranger()
    phone.post("/api/people/sign-in", SIGN_IN)
    visits = anna.get("/api/people/me")["visits"]
    (other,) = [v["id"] for v in visits if not v["here"]]
    assert [v["here"] for v in anna.post(f"/api/people/me/visits/{other}/end")["visits"]] == [True]
    assert phone.client.get("/api/people/me").status_code == 401
    phone.post("/api/people/sign-in", SIGN_IN)
    assert len(anna.post("/api/people/me/visits/end-others")["visits"]) == 1
    assert phone.client.get("/api/people/me").status_code == 401


def test_a_name_is_changed_and_a_password_only_by_whoever_knows_it(house: House) -> None:
    anna = house.join("anna")
    assert anna.post("/api/people/me/name", {"name": " Anna\tK. "})["account"]["name"] == "Anna K."
    new = {"new": "granite teapot sings"}
    assert anna.refused("/api/people/me/password", {"password": "no", **new})[:2] == (403, "wrong-password")
    before = anna.key
    anna.post("/api/people/me/password", {"password": WORDS, **new})
    assert anna.key != before
    assert anna.get("/api/people/me")["account"]["name"] == "Anna K."


def test_sharing_is_begun_and_ended_by_the_runner_who_sees_every_look(house: House) -> None:
    anna, petra = house.join("anna"), house.join("petra", Role.PHYSIOTHERAPIST)
    assert anna.who is not None
    assert petra.who is not None
    assert anna.refused("/api/people/sharing", {"physiotherapist": "ben", "what": ["plan"]})[0] == 404
    said = anna.post("/api/people/sharing", {"physiotherapist": "Petra", "what": ["pain", "plan"]})
    assert [(s["name"], s["what"]) for s in said["shares"]] == [("Petra", ["plan", "pain"])]
    seen_by(house.clinic.people, petra.who, anna.who.id, What.PAIN)
    said = anna.get("/api/people/sharing")
    assert [(look["name"], look["what"]) for look in said["looks"]] == [("Petra", "pain")]
    assert anna.post("/api/people/sharing", {"physiotherapist": "petra", "what": []})["shares"] == []


def test_an_administrator_lets_people_in_and_out_and_sees_nothing_of_a_diary(house: House) -> None:
    admira, anna = house.join("admira", Role.ADMINISTRATOR), house.join("anna")
    assert anna.who is not None
    link = admira.post("/api/people/invitations", {"name": "Ben", "role": "physiotherapist"}, 201)["link"]
    said = admira.get("/api/people/accounts")
    assert [(a["name"], a["role"], a["here"]) for a in said["accounts"]] == [
        ("Admira", "administrator", True), ("Anna", "runner", False),
    ]  # fmt: skip
    assert [set(a) for a in said["accounts"]] == [{"id", "handle", "name", "role", "made", "shut", "here"}] * 2
    assert link.partition("#")[2] not in json.dumps(said), "a link is told once"
    path = f"/api/people/accounts/{anna.who.id}"
    back = admira.post(f"{path}/way-back", {}, 201)["link"].partition("#")[2]
    assert anna.get("/api/people/me")
    admira.post(f"{path}/sign-out")
    assert anna.client.get("/api/people/me").status_code == 401
    anna.post("/api/people/invitation/accept", {"key": back, "password": "granite teapot sings"}, 201)
    shut = admira.post(f"{path}/shut")
    assert [a["shut"] for a in shut["accounts"]] == [False, True]
    assert anna.client.get("/api/people/me").status_code == 401
    admira.post(f"{path}/reopen")
    roles = {a["handle"]: a["role"] for a in admira.post(f"{path}/role", {"role": "physiotherapist"})["accounts"]}
    assert roles == {"admira": "administrator", "anna": "physiotherapist"}
    (invited,) = admira.get("/api/people/accounts")["invitations"]
    assert admira.post(f"/api/people/invitations/{invited['id']}/withdraw")["invitations"] == []


def test_the_last_administrator_stays(house: House) -> None:
    admira = house.join("admira", Role.ADMINISTRATOR)
    status, code, sentence = admira.refused("/api/people/me/close", {"password": WORDS})
    assert (status, code, "administrator" in sentence) == (409, "cannot", True)
    assert house.erased == []
    assert admira.get("/api/people/me")


def test_what_is_said_is_said_in_types(house: House) -> None:
    admira = house.join("admira", Role.ADMINISTRATOR)
    for path, body in (
        ("/api/people/invitations", {"name": "X", "role": "owner"}),
        ("/api/people/invitations", {"name": "X", "role": "runner", "offers": "1"}),
        ("/api/people/invitations", {"name": 7}),
        ("/api/people/accounts/0/shut", {}),
        ("/api/people/accounts/99999999999/shut", {}),
        ("/api/people/sign-in", {"handle": "x", "password": "y" * 601}),
        ("/api/people/sign-in", {"handle": "x", "password": "y", "more": 1}),
    ):
        assert admira.refused(path, body)[:2] == (422, "not-understood"), path


def test_a_diary_is_erased_once_more_when_nothing_can_come_into_it_any_more(house: House) -> None:
    anna, people = house.join("anna"), house.clinic.people
    stood = list[bool]()

    async def erase(account_id: int) -> None:
        with people.begin() as connection:
            stood.append(accounts.is_open(connection, account_id))

    house.app.state.erase = erase
    anna.post("/api/people/me/close", {"password": WORDS})
    assert stood == [True, False]
