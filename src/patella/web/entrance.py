"""By which address a browser came, and what follows from it: its origin, the name of its cookie, how one gets in.

There are three kinds: this machine alone, over plain http, by a link that is good once; the phone door, over TLS with a
certificate of our own; and a named host, where a program of this machine (Tailscale, Caddy) speaks https to the browser
and plain http to us. There one gets in by a code that is typed. What a proxy adds to a request counts for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

OWN_NAMES = ("127.0.0.1", "localhost", "[::1]")
PLAIN_PORT, TLS_PORT = 80, 443
LONGEST_NAME = 253
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
TLS = frozenset({"https", "wss"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """One way by which browsers come."""

    hosts: frozenset[str]  # every value of Host that means it
    port: int  # tells its cookies from those of another server of this machine
    tls: bool = False  # whether the line that reaches us is encrypted
    by_code: bool = False  # a browser elsewhere: https in its address bar, and let in by a code

    @property
    def scheme(self) -> str:
        """As it stands in the browser's address bar."""
        return "https" if self.by_code else "http"

    @property
    def cookie(self) -> str:
        """What a browser's cookie is called: it takes all ports of a machine for one, so the name tells them apart.

        `__Host-` has the browser itself see to Secure and to the path. Not on this machine: not every browser takes a
        Secure cookie from plain http there.
        """
        return f"{'__Host-' if self.by_code else ''}patella-{self.port}"


def this_machine(port: int) -> Entrance:
    """The one that is always there: 127.0.0.1."""
    return Entrance(hosts=_at(OWN_NAMES, port, PLAIN_PORT), port=port)


def phone_door(names: Iterable[str], port: int) -> Entrance:
    """The one of the local network: `names` are addresses of this machine there, and what it is called."""
    return Entrance(hosts=_at(names, port, TLS_PORT), port=port, tls=True, by_code=True)


def named_host(host: str, port: int) -> Entrance:
    """The one behind a proxy that is reached as `host`, as `read_host` gives it; `port` is ours."""
    name, _, said = host.partition(":")
    return Entrance(hosts=_at([name], int(said or TLS_PORT), TLS_PORT), port=port, by_code=True)


def read_host(text: str) -> str:
    """A name as somebody typed it, in small letters, with a port if it has one. Raises ValueError with a sentence."""
    name, colon, port = text.strip().lower().removeprefix("https://").removesuffix("/").partition(":")
    name = name.removesuffix(".")
    labels = name.split(".")
    is_name = len(name) <= LONGEST_NAME and all(LABEL.fullmatch(label) for label in labels)
    has_port = not colon or (port.isascii() and port.isdigit() and 0 < int(port[:6]) <= 0xFFFF)  # noqa: PLR2004
    if not is_name or not has_port or labels[-1].isdigit() or name == "localhost":
        raise ValueError(f"{text!r} is no name of a host. It is like laptop.tail1234.ts.net, or knee.example:8443.")
    return f"{name}:{int(port)}" if port and int(port) != TLS_PORT else name


def entrance_for(host: str, scheme: str, entrances: Iterable[Entrance]) -> Entrance | None:
    """The one that a request for `host` came by; none that is reached over another kind of line."""
    is_tls = scheme in TLS
    return next((e for e in entrances if host in e.hosts and e.tls == is_tls), None)


def _at(names: Iterable[str], port: int, usual: int) -> frozenset[str]:
    """Each name with the port; without it too where it is the usual one of the scheme."""
    names = tuple(names)
    with_port = {f"{name}:{port}" for name in names}
    return frozenset(with_port | set(names)) if port == usual else frozenset(with_port)
