from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from patella.store.entry import StoreError
from patella.web.security import HEADERS
from patella.web.serve import ServeError, serve
from web.server import KNOWN, come_in, known_at, said, serving
from web.visit import Plain, refusal


@pytest.mark.alone
def test_the_first_page_comes_quickly(tmp_path: Path) -> None:
    """The figure is 1.5 s on a machine that does nothing else; the best of three, with room for one that does."""
    taken = []
    for number in range(3):
        start = time.monotonic()
        with serving(tmp_path / str(number)) as (port, _):
            assert get(port, "/api/today")["clearance"] == "not_screened"
            taken.append(time.monotonic() - start)
    assert min(taken) < 3


@pytest.mark.skipif(os.name != "posix", reason="the browser of this test is a shell script")
def test_patella_alone_opens_the_first_page_in_the_persons_own_browser(tmp_path: Path) -> None:
    opened, browser = tmp_path / "opened", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.part && mv {opened}.part {opened}\n')
    browser.chmod(0o700)
    environment = {**os.environ, "BROWSER": str(browser), "PATELLA_DATA": str(tmp_path / "diary")}
    command = [sys.executable, "-u", "-m", "patella.cli"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said_first = process.stdout.readline()
        for _ in range(100):
            if opened.exists():
                break
            time.sleep(0.1)
        address, _, key = opened.read_text().strip().partition("/in/")
        port = int(address.rpartition(":")[2])
        KNOWN[port] = come_in(port, f"/in/{key}")
        page = get_page(port)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    assert address in said_first
    assert "patella start" in said_first
    assert page.startswith("<!doctype html>")


@pytest.mark.skipif(os.name != "posix", reason="the browser of this test is a shell script")
def test_patella_started_twice_opens_what_runs_already(tmp_path: Path) -> None:
    opened, browser = tmp_path / "opened", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}\n')
    browser.chmod(0o700)
    environment = {**os.environ, "BROWSER": str(browser), "PATELLA_DATA": str(tmp_path / "diary")}
    with serving(tmp_path / "diary") as (port, _):
        command = [sys.executable, "-m", "patella.cli"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
        assert "running already" in done.stdout
        links = re.findall(rf"http://127\.0\.0\.1:{port}(/in/\S+)", done.stdout + opened.read_text())
        assert len(set(links)) == 2
        for link in links:  # one for the browser that opened, one for another
            assert come_in(port, link).startswith(f"patella-{port}=")


def test_another_port_or_another_day_is_another_server(tmp_path: Path) -> None:
    with serving(tmp_path / "diary") as (one, _), serving(tmp_path / "diary", "--at", "2031-05-06T12:00") as (other, _):
        assert one != other
        assert get(other, "/api/today")["date"] == "2031-05-06"


def test_nobody_else_can_reach_it(tmp_path: Path) -> None:
    with serving(tmp_path / "diary") as (port, _):
        for family, address in ((socket.AF_INET, own_address()), (socket.AF_INET6, "::1")):
            if address and address != "127.0.0.1":
                with closing(socket.socket(family)) as stranger:
                    stranger.settimeout(2)
                    assert stranger.connect_ex((address, port)) != 0


def test_a_wrong_host_and_a_wrong_port_are_refused_by_the_real_thing(tmp_path: Path) -> None:
    with serving(tmp_path / "diary") as (port, _):
        for host, status in ((f"localhost:{port}", 200), (f"localhost:{port + 1}", 421), ("evil.example", 421)):
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", "/api/health", headers={"Host": host, **known_at(port)})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == status
            assert answer.headers["server"] is None
            connection.close()


def test_it_stops_when_it_is_asked_to_and_leaves_the_diary_whole(tmp_path: Path) -> None:
    with serving(tmp_path / "diary") as (port, process):
        get(port, "/api/today")
        start = time.monotonic()
        process.terminate()
        assert process.wait(10) == 0
        assert time.monotonic() - start < 5
    assert {p.name for p in (tmp_path / "diary").iterdir()} == {"patella.db", "keys"}
    assert said(tmp_path / "diary") == ""


def test_the_demo_is_twelve_weeks_in_a_folder_that_goes_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    with serving(tmp_path / "unused", "--demo") as (port, _):
        assert get(port, "/api/health")["demo"]
        assert len(get(port, "/api/diary?since=2000-01-01&before=2000-01-02")["days"]) == 0
        assert get(port, "/api/today")["items"]
        assert len(get(port, "/api/diary")["days"]) > 30
        assert len(list((tmp_path / "temporary").iterdir())) == 1
    assert not (tmp_path / "unused").exists()
    assert not list((tmp_path / "temporary").iterdir())


def test_the_clock_can_be_moved(tmp_path: Path) -> None:
    with serving(tmp_path / "diary", "--at", "2031-05-06T12:00") as (port, _):
        assert get(port, "/api/today")["date"] == "2031-05-06"
        assert get(port, "/api/health")["now"].startswith("2031-05-06T")


def test_the_diary_that_is_opened_is_the_one_that_was_named(tmp_path: Path) -> None:
    with serving(tmp_path / "diary") as (port, _):
        get(port, "/api/health")
        with closing(sqlite3.connect(tmp_path / "diary" / "patella.db")) as file:
            assert file.execute("SELECT count(*) FROM entry").fetchone() == (0,)


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path: Path) -> None:
    with (
        closing(socket.create_server(("127.0.0.1", 0))) as taken,
        pytest.raises(ServeError, match=r"Port \d+ cannot be used: .*--port\."),
    ):
        serve(tmp_path, port=taken.getsockname()[1], browser=False)


def test_a_folder_that_cannot_be_used_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match="cannot be used"):
        serve(tmp_path / "file", port=0, browser=False)


def test_what_is_no_request_at_all_is_refused_without_a_traceback(tmp_path: Path) -> None:
    with serving(tmp_path / "diary") as (port, _):
        for nonsense in (b"\0\1\2\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"x" * 100_000):
            with closing(socket.create_connection(("127.0.0.1", port), timeout=5)) as talk:
                talk.sendall(nonsense)
                talk.shutdown(socket.SHUT_WR)
                answer = talk.makefile("rb").read()
            assert answer.startswith(b"HTTP/1.1 400"), nonsense[:20]
            head, _, body = answer.partition(b"\r\n\r\n")
            assert refusal(400, json.loads(body))[1] in {"bad-request", "no-host"}
            assert all(f"{name.lower()}: {value}".encode() in head for name, value in HEADERS.items())
        assert get(port, "/api/health")["ok"]
    assert "Traceback" not in said(tmp_path / "diary")


def get(port: int, path: str) -> Plain:
    answer: Plain = json.loads(get_page(port, path))
    return answer


def get_page(port: int, path: str = "/") -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers=known_at(port))
    answer = connection.getresponse().read().decode()
    connection.close()
    return answer


def own_address() -> str:
    """An address of this machine that others could use, or nothing."""
    try:
        return socket.gethostbyname(socket.gethostname())
    except OSError:
        return ""
