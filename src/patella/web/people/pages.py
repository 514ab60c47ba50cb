"""The pages of people: one document of its own, so that those of a diary stay as small as they are."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from patella.web.people.reception import PAGES
from patella.web.routes.pages import answer_file

router = APIRouter(include_in_schema=False)
DOCUMENT = "people.html"


async def page(request: Request) -> Response:
    """The document of every page of people; what it shows, it finds in its own address."""
    return _fresh(answer_file(request, DOCUMENT))


def way_in(request: Request) -> Response:
    """The same for who is not signed in, with status 401, wherever they wanted to go.

    Who comes from another program or site shows no cookie at first (SameSite=Strict): they are asked to come again.
    """
    answer = _fresh(answer_file(request, DOCUMENT, 401))
    answer.headers["WWW-Authenticate"] = "Patella"
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        answer.headers["Refresh"] = "0"
    return answer


def _fresh(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer


for _path in sorted(PAGES):
    router.add_api_route(_path, page, methods=["GET", "HEAD"])
    if _path == "/runners":
        router.add_api_route(f"{_path}/{{id}}", page, methods=["GET", "HEAD"])
