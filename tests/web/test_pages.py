from __future__ import annotations

import hashlib
import io
import re
import tomllib
from pathlib import Path

import av
import pytest

from patella.web.routes import pages
from web.visit import Visit, refusal

ROOT = Path(__file__).parents[2]
ADDRESSES = (
    "/",
    "/today",
    "/welcome",
    "/player/1",
    "/finish/1",
    "/diary",
    "/diary/2026-11-01",
    "/library",
    "/library/squat",
    "/lessons",
    "/lessons/load",
    "/paper/report",
)


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A front end of our own, so that what is served is known."""
    folder = tmp_path / "static"
    (folder / "app").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Patella</title>")
    (folder / "sw.js").write_text("// worker")
    (folder / "app" / "main.js").write_text("export const a = 1;")
    (folder / "app" / "notes.md").write_text("not for serving")
    (folder / ".hidden.js").write_text("not for serving")
    (tmp_path / "secret.js").write_text("not for serving")
    (folder / "link.js").symlink_to(tmp_path / "secret.js")
    monkeypatch.setattr(pages, "STATIC", folder)
    return folder


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_of_the_page_is_the_one_document(visit: Visit, static: Path, address: str) -> None:
    answer = visit.client.get(address)
    assert answer.status_code == 200
    assert answer.text == (static / "index.html").read_text()
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_every_view_that_the_pages_know_opens_at_an_address_of_its_own(visit: Visit) -> None:
    """With what it is about, or alone: then a reload and a bookmark lead to it."""
    router = (pages.STATIC / "app/router.js").read_text("utf-8")
    views = re.search(r"^const VIEWS = \[(.*)\];$", router, re.MULTILINE)
    assert views
    for view in re.findall(r'"(\w+)"', views[1]):
        answers = [visit.client.get(f"/{view}{more}").status_code for more in ("", "/1")]
        assert 200 in answers, view


@pytest.mark.usefixtures("static")
def test_files_are_served_with_their_kind_and_only_once(visit: Visit) -> None:
    first = visit.client.get("/static/app/main.js")
    assert first.headers["content-type"] == "text/javascript; charset=utf-8"
    again = visit.client.get("/static/app/main.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert visit.client.head("/static/app/main.js").headers["content-length"] == str(len(first.content))


def test_a_file_that_changed_is_served_anew(visit: Visit, static: Path) -> None:
    first = visit.client.get("/static/app/main.js")
    (static / "app" / "main.js").write_text("export const a = 2;")
    again = visit.client.get("/static/app/main.js", headers={"If-None-Match": first.headers["etag"]})
    assert again.text == "export const a = 2;"


@pytest.mark.usefixtures("static")
def test_the_worker_stands_at_the_root(visit: Visit) -> None:
    answer = visit.client.get("/sw.js")
    assert answer.text == "// worker"
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.usefixtures("static")
@pytest.mark.parametrize(
    "path",
    [
        "app/notes.md", ".hidden.js", "link.js", "../secret.js", "%2e%2e/secret.js", "..%2fsecret.js", "nothing.js",
        "app/../../secret.js", "app//main.js", "", "app", "app/main.js/", "app%5cmain.js", "main.js%00", "/etc/passwd",
        "a" * 5000 + ".js",
    ],
)  # fmt: skip
def test_nothing_else_is_served(visit: Visit, path: str) -> None:
    answer = visit.client.get(f"/static/{path}")
    assert "not for serving" not in answer.text
    assert refusal(answer.status_code, answer.json())[:2] == (404, "not-found")


@pytest.mark.usefixtures("static")
def test_a_person_who_mistypes_an_address_gets_a_page_and_a_program_gets_an_error(visit: Visit) -> None:
    page = visit.client.get("/nowhere", headers={"Accept": "text/html"})
    assert (page.status_code, page.text[:15]) == (404, "<!doctype html>")
    for path in ("/nowhere", "/api/nowhere", "/static/nowhere.js"):
        accept = "text/html" if path != "/nowhere" else "*/*"
        answer = visit.client.get(path, headers={"Accept": accept})
        assert refusal(answer.status_code, answer.json())[:2] == (404, "not-found")


def test_what_is_not_ours_is_what_was_listed() -> None:
    listed = tomllib.loads((ROOT / "tools" / "vendored.toml").read_text())["files"]
    vendor = pages.STATIC / "vendor"
    assert {e["to"] for e in listed} == {p.relative_to(vendor).as_posix() for p in vendor.rglob("*") if p.is_file()}
    for entry in listed:
        assert hashlib.sha256((vendor / entry["to"]).read_bytes()).hexdigest() == entry["sha256"], entry["to"]


def test_the_lock_file_names_no_host() -> None:
    assert "://" not in (ROOT / "package-lock.json").read_text()


def test_what_a_browser_shows_before_it_installs_is_there_and_as_large_as_it_says(visit: Visit) -> None:
    about = visit.client.get("/manifest.webmanifest").json()
    for picture in about["icons"] + about["screenshots"]:
        answer = visit.client.get(picture["src"])
        assert answer.headers["content-type"].split(";")[0] == picture["type"], picture["src"]
        if picture["sizes"] != "any":
            with av.open(io.BytesIO(answer.content)) as film:
                shown = film.streams.video[0]
                assert f"{shown.width}x{shown.height}" == picture["sizes"], picture["src"]
