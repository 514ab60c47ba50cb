"""The one cookie: a random key of 256 bits that no script, no other site and no plain line ever gets."""

from __future__ import annotations

from starlette.datastructures import Headers

from patella.store.people.visits import LASTS_S
from patella.web.door import shown_keys

NAME = "__Host-patella"  # the browser itself holds it to Secure, to this host and to the whole of it
_KEPT = "Path=/; Secure; HttpOnly; SameSite=Strict"


def cookie_of(key: str) -> str:
    """The header Set-Cookie for a browser that is signed in by this key."""
    return f"{NAME}={key}; Max-Age={int(LASTS_S)}; {_KEPT}"


def no_cookie() -> str:
    """The header Set-Cookie for a browser that is signed out."""
    return f"{NAME}=; Max-Age=0; {_KEPT}"


def keys_shown(headers: Headers) -> list[str]:
    """The keys that a request shows."""
    return [key for key in shown_keys(headers, NAME) if key]
