"""`patella devices`, and what `patella serve` says of a door for phones that cannot be opened."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.conftest import Patella
from patella.store.code import Codes, Heard
from patella.store.keys import Keys
from patella.store.served import serving

WAYS = ("https://192.168.1.5:8767/", "https://laptop.local:8767/")


def test_devices_are_listed_by_name_the_last_one_first_and_one_is_forgotten(patella: Patella, data: Path) -> None:
    data.mkdir()
    keys = Keys(data)
    first, second = keys.let_in(name="Anna's phone"), keys.let_in(name="Firefox on Linux")
    keys.see(second)
    said = patella("devices")
    assert re.search(r"- Firefox on Linux, last here \d\d \w+ \d{4}, \d\d:\d\d", said.out)
    assert {d["name"] for d in patella("devices", "--json").json} == {"Anna's phone", "Firefox on Linux"}
    assert patella("devices", "--forget", "anna's PHONE").code == 0
    assert (keys.knows(first), keys.knows(second)) == (False, True)


def test_two_of_one_name_are_told_apart(data: Path) -> None:
    data.mkdir()
    keys = Keys(data)
    for _ in range(3):
        keys.let_in(name="My phone")
    assert {d.name for d in keys.devices()} == {"My phone", "My phone 2", "My phone 3"}


def test_a_name_can_do_no_harm_where_it_is_shown(patella: Patella, data: Path) -> None:
    data.mkdir()
    Keys(data).let_in(name="\x1b[31m\r\nred \u202e" + "x" * 100)
    (line,) = patella("devices").out.splitlines()
    assert line.isprintable()


def test_a_name_that_nobody_has_is_said_with_those_there_are(patella: Patella, data: Path) -> None:
    data.mkdir()
    Keys(data).let_in(name="Anna's phone")
    said = patella("devices", "--forget", "Berta")
    assert said.code == 2
    assert "Anna's phone" in said.complaint


def test_a_new_code_comes_with_the_address_and_is_good(patella: Patella, data: Path) -> None:
    data.mkdir()
    with serving(data, 4711, WAYS):
        said = patella("devices", "--add")
        found = re.search(r"type: (\d{3} \d{3})", said.out)
        assert found
        assert all(way in said.out for way in WAYS)
        assert Codes(Keys(data)).hear(found[1]) is Heard.RIGHT
        told = patella("devices", "--add", "--json").json
        assert told["urls"] == list(WAYS)
        assert Codes(Keys(data)).hear(told["code"]) is Heard.RIGHT


def test_without_a_door_for_phones_it_is_said_how_to_open_one(patella: Patella, data: Path) -> None:
    data.mkdir()
    said = patella("devices", "--add")
    assert said.code == 1
    assert "patella serve --lan" in said.complaint
    with serving(data, 4711):
        for asked in (("devices", "--add"), ("serve", "--lan", "--no-browser"), ("serve", "--host", "knee.example")):
            said = patella(*asked)
            assert said.code == 2
            assert "for this computer alone" in said.complaint


def test_nobody_is_let_in_yet(patella: Patella) -> None:
    assert "Nobody is let in" in patella("devices").out


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (("serve", "--address", "192.168.1.5"), "go with --lan"),
        (("serve", "--lan-port", "9999"), "go with --lan"),
        (("serve", "--host", "http://knee.example"), "is no name of a host"),
        (("serve", "--lan", "--address", "8.8.8.8", "--port", "0", "--no-browser"), "from everywhere"),
        (("devices", "--add", "--forget", "x"), "choose one"),
    ],
)
def test_what_does_not_go_together_is_said(patella: Patella, asked: tuple[str, ...], sentence: str) -> None:
    said = patella(*asked)
    assert said.code == 2
    assert sentence in said.complaint
