from __future__ import annotations

import pytest

from web.visit import Visit


def test_every_setting_has_a_calm_beginning(visit: Visit) -> None:
    profile = visit.get("/api/profile")
    things = profile.pop("equipment")
    assert profile == {
        "knees": [],
        "one_leg": False,
        "has": None,
        "cautious": False,
        "full_arc": False,
        "maintenance": None,
        "usual_pain": None,
        "letter": False,
        "counting": "beat",
        "sound": {"voice": True, "volume": 0.8, "muted": False, "lead": True},
        "theme": "system",
        "weight": "kg",
        "distance": "km",
        "height": "cm",
        "break_min": 0,
        "activity_watch": False,
        "listens": False,
        "things": {},
        "country": None,
    }
    assert {"id": "strap", "name": "strap", "everyday": False} in things


def test_only_what_is_named_changes(visit: Visit) -> None:
    changed = {
        "knees": ["right"],
        "usual_pain": 2,
        "has": ["mat", "strap"],
        "theme": "dark",
        "weight": "lb",
        "distance": "km",
    }
    change(visit, changed)
    change(visit, {"letter": True, "sound": {"voice": False, "volume": 0.5, "muted": True}})
    profile = visit.get("/api/profile")
    assert {k: profile[k] for k in changed} == changed
    assert profile["letter"]
    assert profile["sound"] == {"voice": False, "volume": 0.5, "muted": True, "lead": True}


def test_what_is_not_known_can_be_said_again(visit: Visit) -> None:
    change(visit, {"has": ["mat"], "usual_pain": 3})
    change(visit, {"has": None, "usual_pain": None})
    profile = visit.get("/api/profile")
    assert profile["has"] is None
    assert profile["usual_pain"] is None


def test_changing_nothing_writes_nothing(visit: Visit) -> None:
    change(visit, {})
    assert visit.patella.log.entries() == []


def test_the_plan_follows_the_settings(screened: Visit) -> None:
    change(screened, {"knees": ["left"], "one_leg": True})
    sides = {tuple(i["sides"]) for i in screened.get("/api/today")["items"]}
    assert sides <= {("left",), ("both",)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"knees": ["middle"]},
        {"knees": "left"},
        {"knees": None},
        {"cautious": "yes"},
        {"cautious": 1},
        {"usual_pain": 11},
        {"usual_pain": 1.5},
        {"usual_pain": True},
        {"has": ["trampoline"]},
        {"theme": "pink"},
        {"sound": {"volume": 2}},
        {"sound": {"volume": "loud"}},
        {"units": None},
        {"today": "2031-01-01"},
    ],
)
def test_a_setting_that_cannot_be_is_refused_and_nothing_is_kept(visit: Visit, wrong: dict[str, object]) -> None:
    answer = visit.client.patch("/api/profile", json={"letter": True, **wrong})
    assert answer.status_code == 422
    assert visit.patella.log.entries() == []


def change(visit: Visit, values: dict[str, object]) -> None:
    answer = visit.client.patch("/api/profile", json=values)
    assert answer.status_code == 200, answer.text
    assert answer.json() == visit.get("/api/profile")
