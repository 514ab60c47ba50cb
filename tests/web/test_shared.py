"""A shared Patella: one server for many, several processes, any of which may be killed, and its database too (R1p)."""

from __future__ import annotations

import http.client
import json
import os
import random
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from patella.store.export import export_json
from patella.store.people.people import Role
from postgresql import Server
from web.recorded import gpx
from web.shared import HOST, Club, Somebody, club
from web.visit import Plain, visiting

KILLS = int(os.environ.get("PATELLA_KILLS", "4"))
KILLS_OF_THE_DATABASE = max(1, KILLS // 4)


def test_a_diary_moves_in_trains_through_kills_and_moves_out_with_every_rep(postgresql: Server, tmp_path: Path) -> None:
    rng = random.Random(5)  # noqa: S311 - the same kills every time
    with visiting(tmp_path / "own") as visit:
        visit.screen()
        session = visit.begin()
        example = visit.set_done(session)
        export_json(visit.patella.log, tmp_path / "own.json")
    own = (tmp_path / "own.json").read_bytes()
    with club(postgresql, tmp_path / "club") as server:
        anna, ben = server.join("anna"), server.join("ben")
        assert anna.ask("POST", "/api/restore", own)[0] == 200
        assert _exported(anna) == own
        acknowledged = list[str]()
        for turn in range(KILLS):
            acknowledged += _trained(anna, session["id"], example, rng, server, turn)
            status, shown = anna.ask("GET", f"/api/sessions/{session['id']}")
            assert status == 200
            kept = [s["event_id"] for s in shown["sets"]]  # type: ignore[attr-defined]
            assert set(acknowledged) <= set(kept)
            assert len(kept) == len(set(kept))
        for _ in range(KILLS_OF_THE_DATABASE):
            postgresql.kill()
            assert anna.ask("GET", "/api/today")[0] == 503
            postgresql.start()
            _answered(anna)
        lines = [json.loads(line.rstrip(",")) for line in _exported(anna).decode().splitlines()[1:-1]]
        assert {e["id"] for e in lines} >= set(acknowledged)
        assert ben.ask("GET", f"/api/sessions/{session['id']}")[0] == 404
        assert ben.ask("GET", "/api/health")[1]["diary"] is None


def _trained(anna: Somebody, session: str, example: Plain, rng: random.Random, server: Club, turn: int) -> list[str]:
    """Sets that were acknowledged while a worker was killed; each is said until it was heard."""
    heard, killed_at = list[str](), rng.randrange(2, 8)
    for number in range(9):
        if number == killed_at:
            server.kill(turn)
        event = {**example, "id": str(UUID(int=rng.getrandbits(128), version=4))}
        for _ in range(200):
            with suppress(OSError, http.client.HTTPException):
                status, answer = anna.ask("POST", f"/api/sessions/{session}/events", {"events": [event]})
                assert status == 200, answer
                heard += answer["acknowledged"]  # type: ignore[arg-type]
                break
            time.sleep(0.05)
    return heard


def _answered(somebody: Somebody) -> None:
    for _ in range(200):
        if somebody.ask("GET", "/api/today")[0] == 200:
            return
        time.sleep(0.05)
    raise AssertionError("it does not find the database again")


def _exported(somebody: Somebody) -> bytes:
    line = http.client.HTTPConnection("127.0.0.1", somebody.port, timeout=60)
    line.request("GET", "/api/export.json", headers={"Host": HOST, "Cookie": somebody.cookie})
    content = line.getresponse().read()
    line.close()
    return content


def test_an_import_goes_on_whichever_worker_is_asked_and_is_begun_again_where_its_own_was_killed(
    postgresql: Server, tmp_path: Path
) -> None:
    with club(postgresql, tmp_path / "club") as server:
        anna, ben = server.join("anna"), server.join("ben")
        begun = str(anna.ask("POST", "/api/imports", {})[1]["id"])
        server.kill(-1)
        assert _in_time(anna, "POST", "/api/imports", {})[0] == 201
        assert _in_time(anna, "GET", f"/api/imports/{begun}")[1]["error"]["code"] == "no-import"  # type: ignore[index]
        begun = str(anna.ask("POST", "/api/imports", {})[1]["id"])
        file = gpx(datetime(2026, 11, 20, 8, tzinfo=UTC), 7.5)
        status, sent = anna.ask("POST", f"/api/imports/{begun}/files?name=run.gpx", file, "application/octet-stream")
        assert (status, sent["files"]) == (200, 1)
        assert ben.ask("GET", f"/api/imports/{begun}")[0] == 404
        assert anna.ask("POST", f"/api/imports/{begun}/begin", {})[0] == 200
        until = time.monotonic() + 60
        while (shown := anna.ask("GET", f"/api/imports/{begun}")[1])["state"] == "reading":
            assert time.monotonic() < until
            time.sleep(0.1)
        assert (shown["state"], shown["sentence"]) == ("done", None)
        assert '"distance_m":75' in _exported(anna).decode()
        assert '"distance_m"' not in _exported(ben).decode()
        assert anna.ask("POST", "/api/erase", {"confirm": "ERASE"})[0] == 200
        assert anna.ask("GET", f"/api/imports/{begun}")[0] == 404, "what was imported is forgotten where it was read"
        assert not list((tmp_path / "club/people/1").rglob("*.gpx*"))


def _in_time(somebody: Somebody, method: str, path: str, body: object = None) -> tuple[int, dict[str, object]]:
    """What is answered once the process is there again that answers it."""
    for _ in range(600):
        status, answer = somebody.ask(method, path, body)
        if status != 503:
            return status, answer
        time.sleep(0.05)
    raise AssertionError("imports do not start again")


def test_the_day_is_the_one_of_where_somebody_is_and_a_physiotherapist_has_no_diary(
    postgresql: Server, tmp_path: Path
) -> None:
    with club(postgresql, tmp_path / "club", workers=1) as server:
        anna, carl = server.join("anna"), server.join("carl", Role.PHYSIOTHERAPIST)
        status, answer = anna.ask("GET", "/api/health")
        assert status == 200
        assert str(answer["now"]).endswith(("+13:00", "+12:00"))
        assert carl.ask("GET", "/api/today")[0] == 403
        assert Somebody(server.port).ask("GET", "/api/today")[0] == 401


def test_what_a_shared_patella_lacks_is_said_in_a_sentence(tmp_path: Path) -> None:
    def said(*more: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "patella.cli", "serve", "--data", str(tmp_path), *more]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        return ended.returncode, ended.stderr.strip()

    assert said("--shared")[0] == 2
    assert "--shared needs --database postgresql://... and --host NAME" in said("--shared")[1]
    assert "go with --shared" in said("--database", "postgresql://localhost/patella")[1]
    status, sentence = said("--shared", "--database", "mysql://somewhere/else", "--host", HOST)
    assert (status, "no address of a PostgreSQL database" in sentence) == (1, True)
