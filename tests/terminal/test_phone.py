"""What lets a phone in, as it stands in a terminal: it fits, can be scanned on any background, and compared."""

from __future__ import annotations

import io
import re

import pytest
import segno

from patella.terminal.page import Page
from patella.terminal.phone import DARK_ON_LIGHT, QUIET_ZONE, in_lines, show_ways

URLS = ("https://192.168.178.123:8767/", "https://a-rather-long-name.local:8767/")
URLS_NAMED = ("https://knee.example/",)
FINGERPRINT = "0f" * 32
SGR = re.compile(r"\x1b\[[0-9;]*m")


def shown(width: int, *, colour: bool) -> str:
    stream = io.StringIO()
    page = Page(stream, width=lambda: width, colour=colour)
    show_ways(page, URLS, "048213", certificate=(FINGERPRINT, "It was near its end."))
    return stream.getvalue()


@pytest.mark.parametrize("width", [44, 80])
def test_everything_fits(width: int) -> None:
    lines = SGR.sub("", shown(width, colour=True)).splitlines()
    assert max(map(len, lines)) <= width
    text = " ".join(lines)
    assert all(part in text for part in (*URLS, "048 213", "0F 0F 0F", "warns once more", "patella devices --add"))


def test_what_is_scanned_is_the_address_dark_on_light_whatever_the_terminal_is() -> None:
    rows = [line for line in shown(80, colour=True).splitlines() if line.startswith(DARK_ON_LIGHT)]
    halves = [SGR.sub("", row) for row in rows]
    modules = [[c in bits for c in row] for row in halves for bits in ("█▀", "█▄")]
    wanted = [[bool(m) for m in row] for row in segno.make(URLS[0], error="m", micro=False).matrix]
    found = [row[QUIET_ZONE:-QUIET_ZONE] for row in modules[QUIET_ZONE : QUIET_ZONE + len(wanted)]]
    assert found == wanted
    rim = [*modules[:QUIET_ZONE], *modules[QUIET_ZONE + len(wanted) :]]
    assert not any(any(row) for row in rim)


@pytest.mark.parametrize(("width", "colour"), [(80, False), (30, True)])
def test_where_it_cannot_be_drawn_the_address_stands_alone(width: int, *, colour: bool) -> None:
    text = shown(width, colour=colour)
    assert "█" not in text
    assert URLS[0] in text


def test_behind_a_proxy_nothing_is_said_of_a_certificate_that_is_not_ours() -> None:
    stream = io.StringIO()
    show_ways(
        Page(stream, width=lambda: 80, colour=False),
        URLS_NAMED,
        "123456",
        certificate=(None, None),
        where=" --data /tmp/demo",
    )
    assert "fingerprint" not in stream.getvalue()
    assert "123 456" in stream.getvalue()
    assert "patella devices --add --data /tmp/demo" in " ".join(stream.getvalue().split())


def test_a_fingerprint_is_compared_eight_pairs_at_a_time() -> None:
    assert in_lines("0123456789abcdef" * 4) == ["01 23 45 67 89 AB CD EF"] * 4
