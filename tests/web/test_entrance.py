"""By which address a browser came decides what it may say and how it gets in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patella.web.entrance import entrance_for, named_host, phone_door, read_host, this_machine

HERE = this_machine(8765)
DOOR = phone_door(["192.168.1.5", "laptop.local"], 8767)
NAMED = named_host("knee.example", 8765)
ALL = (HERE, DOOR, NAMED)


@pytest.mark.parametrize(
    ("host", "scheme", "found"),
    [
        ("127.0.0.1:8765", "http", HERE),
        ("127.0.0.1:8765", "https", None),  # at the phone door nobody is on this machine
        ("192.168.1.5:8767", "https", DOOR),
        ("192.168.1.5:8767", "wss", DOOR),
        ("laptop.local:8767", "https", DOOR),
        ("192.168.1.5:8767", "http", None),
        ("192.168.1.5:8765", "http", None),
        ("192.168.1.5", "https", None),
        ("knee.example", "http", NAMED),
        ("knee.example:443", "http", NAMED),
        ("knee.example", "https", None),
        ("knee.example:8765", "http", None),
        ("sub.knee.example", "http", None),
        ("knee.example.", "http", None),
        ("evil.example", "http", None),
        ("evil.example", "https", None),
    ],
)
def test_a_host_means_one_entrance_and_only_over_its_own_kind_of_line(host: str, scheme: str, found: object) -> None:
    assert entrance_for(host, scheme, ALL) is found


def test_without_more_than_this_machine_no_other_host_means_anything() -> None:
    assert all(entrance_for(host, "http", [HERE]) is None for host in (*DOOR.hosts, *NAMED.hosts))


def test_cookies_of_elsewhere_are_bound_to_their_host() -> None:
    assert (HERE.cookie, DOOR.cookie, NAMED.cookie) == ("patella-8765", "__Host-patella-8767", "__Host-patella-8765")
    assert (HERE.scheme, DOOR.scheme, NAMED.scheme) == ("http", "https", "https")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("laptop.tail1234.ts.net", "laptop.tail1234.ts.net"),
        (" HTTPS://Knee.Example/ ", "knee.example"),
        ("knee.example.", "knee.example"),
        ("knee.example:443", "knee.example"),
        ("knee.example:08443", "knee.example:8443"),
        ("knee", "knee"),
    ],
)
def test_a_host_is_read_as_it_may_be_typed(typed: str, read: str) -> None:
    assert read_host(typed) == read
    assert entrance_for(read, "http", [named_host(read, 8765)])


@pytest.mark.parametrize(
    "typed",
    ["", ".", "http://knee.example", "knee.example/x", "a b", "knee.example:0", "knee.example:70000", "knee.example:x",
     "127.0.0.1", "[::1]", "localhost", "-knee.example", "kn\u0435e.example", "*", "a" * 300, "knee..example",
     "user@knee.example", "knee.example:8443:1"],
)  # fmt: skip
def test_what_is_no_name_of_a_host_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match="is no name of a host"):
        read_host(typed)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    try:
        read = read_host(typed)
    except ValueError:
        return
    assert read_host(read) == read
    assert read.isascii()
