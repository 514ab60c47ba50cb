"""Another user of the machine gets nothing, whatever they show: the kernel knows whose connection it is."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import closing
from pathlib import Path

import pytest

from patella.web import peer
from patella.web.peer import is_of_another, judge
from web.server import known_at, serving

CLIENT, SERVER = ("127.0.0.1", 41234), ("127.0.0.1", 8765)
ME, OTHER = 1000, 1001
AS_OTHER = 65534
HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode"
needs_linux = pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="this system does not say whose it is")
needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can run a program as somebody else"
)


def row(local: str, remote: str, uid: int, state: str = "01") -> str:
    return (
        f"   0: {local} {remote} {state} 00000000:00000000 00:00000000 00000000  {uid}        0 1 1 0000 20 4 30 10 -1"
    )


def ends(client: str = "0100007F:A112", server: str = "0100007F:223D", uid: int = ME, state: str = "01") -> list[str]:
    """Both sides of one connection, as the kernel of a small-endian machine lists them."""
    return [HEAD, row(server, client, ME), row(client, server, uid, state)]


pytestmark = pytest.mark.skipif(sys.byteorder != "little", reason="the tables of these tests are of the other order")


@pytest.mark.parametrize(
    ("lines", "another"),
    [
        (ends(), False),
        (ends(uid=OTHER), True),
        (ends(uid=0), False),
        (ends(uid=0, state="04"), True),  # it hung up, and belongs to nobody
        (ends(uid=0, state="06"), True),
        (ends(state="04"), False),
        (ends(uid=AS_OTHER), True),
        (ends()[:2], None),  # it is gone, or was left out
        ([], False),
        ([HEAD], False),
        (["nonsense", "", HEAD], False),
        (ends(client="0100007F:A113", uid=OTHER), False),  # another connection; ours is not listed
    ],
)
def test_whose_connection_it_is_stands_in_the_table(lines: list[str], *, another: bool | None) -> None:
    assert judge(lines, CLIENT, SERVER, ME) is another


def test_a_connection_that_speaks_ipv6_of_an_ipv4_address_is_told_as_well() -> None:
    mapped = "0000000000000000FFFF0000"
    lines = [HEAD, row("0100007F:223D", "0100007F:A112", ME)]
    assert judge([*lines, row(f"{mapped}0100007F:A112", f"{mapped}0100007F:223D", OTHER)], CLIENT, SERVER, ME)
    assert not judge([*lines, row(f"{mapped}0100007F:A112", f"{mapped}0100007F:223D", ME)], CLIENT, SERVER, ME)


def test_the_order_of_the_rows_does_not_matter() -> None:
    assert judge(reversed(ends(uid=OTHER)), CLIENT, SERVER, ME)
    assert not judge(reversed(ends()), CLIENT, SERVER, ME)


@needs_linux
@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_a_connection_of_our_own_is_ours(family: socket.AddressFamily) -> None:
    host = "127.0.0.1" if family == socket.AF_INET else "::ffff:127.0.0.1"
    with closing(socket.create_server(("127.0.0.1", 0))) as listening, closing(socket.socket(family)) as client:
        client.connect((host, listening.getsockname()[1]))
        accepted, address = listening.accept()
        with closing(accepted):
            assert not is_of_another(address, accepted.getsockname())


@needs_linux
@needs_root
@pytest.mark.parametrize("path", ["/api/today", "/", "/static/css/base.css", "/in/x"])
@pytest.mark.parametrize("mapped", [False, True])
def test_a_second_user_of_the_machine_gets_nothing_even_with_a_stolen_cookie(
    tmp_path: Path, path: str, *, mapped: bool
) -> None:
    with serving(tmp_path / "diary") as (port, _):
        cookie = known_at(port)["Cookie"]
        family, host = (socket.AF_INET6, "::ffff:127.0.0.1") if mapped else (socket.AF_INET, "127.0.0.1")
        request = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n".encode()
        )
        mine, theirs = (ask(family, (host, port), request, uid) for uid in (os.geteuid(), AS_OTHER))
    assert mine.startswith("HTTP/1.1 303" if path == "/in/x" else "HTTP/1.1 200")
    assert theirs.startswith("HTTP/1.1 403")
    assert "only whoever started it" in theirs
    assert "content-security-policy" in theirs


def ask(family: socket.AddressFamily, address: tuple[str, int], request: bytes, uid: int) -> str:
    """What is answered to a user of this machine."""
    into, out = os.pipe()
    child = os.fork()
    if child == 0:
        os.setuid(uid)
        with closing(socket.socket(family)) as line:
            line.connect(address)
            line.settimeout(20)
            line.sendall(request)
            with line.makefile("rb") as answer:
                os.write(out, answer.read(4096))
        os._exit(0)
    os.close(out)
    with os.fdopen(into) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said


@needs_linux
def test_the_kernel_is_asked_for_one_connection_and_the_table_where_it_does_not_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        client = socket.create_connection(listening.getsockname())
        accepted, address = listening.accept()
        with closing(accepted), closing(client):
            here = accepted.getsockname()
            assert peer.ask_kernel(address, here) == (1, os.geteuid())
            assert peer.ask_kernel(("127.0.0.1", 1), here) is None
            monkeypatch.setattr(peer, "ask_kernel", _silent)
            assert not is_of_another(address, here)


def _silent(*_: object) -> None:
    raise OSError


@pytest.mark.parametrize(
    ("server", "theirs", "another"),
    [
        ("127.0.0.1", None, True),  # our side is there and theirs is not: it hung up
        ("192.168.1.5", None, False),  # it is of another machine: the cookie decides
        ("192.168.1.5", (1, OTHER), True),  # of this machine after all
        ("192.168.1.5", (1, ME), False),
    ],
)
def test_at_the_phone_door_another_user_of_this_machine_is_refused_and_another_machine_is_not(
    monkeypatch: pytest.MonkeyPatch, server: str, theirs: tuple[int, int] | None, *, another: bool
) -> None:
    client, door = ("192.168.1.9", 41234), (server, 8767)
    monkeypatch.setattr(os, "geteuid", lambda: ME, raising=False)
    monkeypatch.setattr(peer, "ask_kernel", lambda near, _: theirs if near == client else (1, ME))
    assert is_of_another(client, door) is another


@pytest.mark.parametrize(("server", "another"), [("127.0.0.1", True), ("192.168.1.5", False)])
def test_where_only_the_table_says_it_the_same_holds(
    monkeypatch: pytest.MonkeyPatch, server: str, *, another: bool
) -> None:
    def silent(*_: object) -> None:
        raise OSError

    ours = f"{server_in_hex(server)}:223D"
    monkeypatch.setattr(os, "geteuid", lambda: ME, raising=False)
    monkeypatch.setattr(peer, "ask_kernel", silent)
    monkeypatch.setattr(peer, "_lines", lambda: iter(ends(server=ours)[:2]))
    assert is_of_another(CLIENT, (server, 8765)) is another


def server_in_hex(server: str) -> str:
    return socket.inet_aton(server)[::-1].hex().upper()
