"""The first administrator is invited at the terminal, and who forgot a password comes back from there."""

from __future__ import annotations

import json
import re

import pytest

from patella.cli import app
from patella.store.people import invitations
from patella.store.people.people import Role, people_in
from patella.store.postgresql import engine_at
from patella.terminal.door import run
from postgresql import Server


def test_the_first_administrator_comes_in_by_a_link_and_back_by_another(
    postgresql: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    database = postgresql.fresh()
    where = ["people", "--database", database, "--host", "knee.example"]
    assert run(app, [*where, "--invite-administrator", "Petra"]) == 0
    said = re.search(r"https://knee\.example/join#([\w-]{43})\n", capsys.readouterr().out)
    assert said is not None
    engine = engine_at(database, connections=1)
    folk = people_in(engine)
    assert invitations.invited(folk, said[1]).role is Role.ADMINISTRATOR
    words = {"password": "tidal lamp orchard", "browser": "B"}
    invitations.accept(folk, said[1], handle="petra", name="Petra", **words)
    assert run(app, [*where, "--new-password", "Petra", "--json"]) == 0
    key = json.loads(capsys.readouterr().out)["link"].partition("#")[2]
    assert invitations.invited(folk, key).back == "petra"
    assert run(app, [*where, "--new-password", "nobody"]) == 2
    assert "Nobody signs in with that name." in capsys.readouterr().err
    engine.dispose()


@pytest.mark.parametrize(
    "said",
    [
        ["--invite-administrator", "P"], ["--database", "postgresql://x/y", "--host", "h"],
        ["--database", "sqlite:///x", "--host", "h", "--invite-administrator", "P"],
    ],
)  # fmt: skip
def test_what_is_left_out_or_wrong_is_said(said: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(app, ["people", *said]) in (1, 2)
    assert capsys.readouterr().err.count(".") >= 1
