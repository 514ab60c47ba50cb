"""The page itself: one document for every address of it, and its files."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import Response

from patella.app.person.settings import settings_of
from patella.store.entry import StoreError
from patella.web.answer import Refusal
from patella.web.door import AT_THE_ROOT
from patella.web.routes.here import Here
from patella.web.security import POLICY_OF_LISTENERS

router = APIRouter(include_in_schema=False)

STATIC = Path(__file__).resolve().parent.parent / "static"
MODELS = STATIC.parent.parent / "models"
KINDS = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".task": "application/octet-stream",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
PAGES = ("/", "/welcome", "/today", "/diary", "/timeline", "/library", "/lessons", "/settings", "/walkrun")
PAGES_OF_ONE = (
    "/player/{id}", "/finish/{id}", "/diary/{id}", "/timeline/{id}", "/library/{id}", "/lessons/{id}", "/paper/{id}",
)  # fmt: skip
WAY_IN, WAY_IN_BY_CODE = "door.html", "code.html"


async def page(request: Request, here: Here) -> Response:
    """The document of every page; what it shows, it finds in its own address.

    It may ask for the microphone only where the person has chosen to say "ready" rather than tap.
    """
    answer = answer_file(request, "index.html")
    with suppress(StoreError):  # the page opens, and says what is wrong with the diary
        if settings_of(here).listens:
            answer.headers["Permissions-Policy"] = POLICY_OF_LISTENERS
    return answer


async def file(request: Request) -> Response:
    """One file of the front end."""
    return answer_file(request, str(request.path_params["path"]))


async def model(request: Request) -> Response:
    """A pose model, for the page that looks at the camera itself."""
    return answer_file(request, str(request.path_params["name"]), folder=MODELS)


async def root_file(request: Request) -> Response:
    """A file that has to stand at the root of the address."""
    return answer_file(request, request.url.path.removeprefix("/"))


def way_in(request: Request) -> Response:
    """The page that says how to get in, with status 401.

    A browser that came from elsewhere (another program, another site) shows no cookie at first: SameSite=Strict. It is
    asked to come again, now from a page of ours.
    """
    page = answer_file(request, WAY_IN_BY_CODE if request.state.entrance.by_code else WAY_IN, 401)
    page.headers["Cache-Control"] = "no-store"
    page.headers["WWW-Authenticate"] = "Patella"
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        page.headers["Refresh"] = "0"
    return page


def answer_file(request: Request, path: str, status: int = 200, folder: Path | None = None) -> Response:
    """A file of a folder (usually the front end's), or that the browser has it already. Raises Refusal for none."""
    found = _find(path, folder or STATIC)
    if found is None:
        raise Refusal(404, "not-found", "There is nothing at this address.")
    content, tag = _read(found, found.stat().st_mtime_ns)
    headers = {"Cache-Control": "no-cache", "ETag": tag}
    if status == 200 and tag in request.headers.get("if-none-match", ""):  # noqa: PLR2004 - HTTP's own numbers
        return Response(status_code=304, headers=headers)
    return Response(content, status, headers, KINDS[found.suffix])


def _find(path: str, folder: Path) -> Path | None:
    """The file at a path below a folder, if it is one that is served at all."""
    parts = path.split("/")
    if "\0" in path or "\\" in path or any(p in ("", ".", "..") or p.startswith(".") for p in parts):
        return None
    found = folder.joinpath(*parts)
    try:
        served = found.suffix in KINDS and found.is_file() and found.resolve().is_relative_to(folder)
    except OSError:
        return None
    return found if served else None


@lru_cache(maxsize=512)
def _read(found: Path, _changed_ns: int) -> tuple[bytes, str]:
    content = found.read_bytes()
    return content, f'"{hashlib.sha256(content).hexdigest()[:32]}"'


for _path in (*PAGES, *PAGES_OF_ONE):
    router.add_api_route(_path, page, methods=["GET", "HEAD"])
for _path in AT_THE_ROOT:
    router.add_api_route(f"/{_path}", root_file, methods=["GET", "HEAD"])
router.add_api_route("/models/{name}", model, methods=["GET", "HEAD"])
router.add_api_route("/static/{path:path}", file, methods=["GET", "HEAD"])
