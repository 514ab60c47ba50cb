"""Whose program it is that connects: what the kernel says, for a cookie that somebody saw or a link that was read.

Linux tells of every connection of this machine which user it belongs to: asked for one at a time, or, where that is not
to be had, in a table of all of them. Elsewhere nothing is said, and the cookie alone decides.
"""

from __future__ import annotations

import errno
import os
import socket
import struct
import sys
from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from pathlib import Path

TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
ESTABLISHED = 1
ROOT = 0
SOCK_DIAG, BY_FAMILY, REQUEST, FAILED = 4, 20, 1, 2  # of the kernel's sock_diag(7)
HEAD, ASKED = struct.Struct("=IHHII"), struct.Struct("=BBBBI")
ENDS = struct.Struct("!HH4s12x4s12x")
NO_COOKIE, STATE_AT, UID_AT, SHORTEST = b"\0" * 4 + b"\xff" * 8, 17, 80, 88
LOOKS = 3  # a table that changes while it is read may leave out a line; who is not there then either has hung up
MAPPED = "0000000000000000FFFF0000"  # an IPv4 address as IPv6 has it
_LOCAL, _REMOTE, _STATE, _UID = 1, 2, 3, 7

Address = tuple[str, int]


def is_of_another(client: Address, server: Address) -> bool:
    """Whether a connection from `client` to `server`, an IPv4 address of this machine, is of another user of it.

    False as well where it cannot be told, and for who comes from elsewhere, which is only to an address that others
    reach. Root may do as it likes on a machine, with or without us.
    """
    if not hasattr(os, "geteuid"):
        return False
    from_elsewhere = not ip_address(server[0]).is_loopback
    try:
        theirs = ask_kernel(client, server)
        if theirs is None:
            return not from_elsewhere and ask_kernel(server, client) is not None
    except OSError:
        told = (judge(_lines(), client, server, os.geteuid()) for _ in range(LOOKS))
        return next((another for another in told if another is not None), not from_elsewhere)
    return _is_another(*theirs, os.geteuid())


def ask_kernel(near: Address, far: Address) -> tuple[int, int] | None:
    """The state of the connection from `near` to `far` and the user whose it is, as `near` has it; None without one.

    Raises OSError where there is no such kernel to ask.
    """
    if not hasattr(socket, "AF_NETLINK"):
        raise OSError
    ends = ENDS.pack(near[1], far[1], socket.inet_aton(near[0]), socket.inet_aton(far[0]))
    asked = ASKED.pack(socket.AF_INET, socket.IPPROTO_TCP, 0, 0, 0xFFFFFFFF) + ends + NO_COOKIE
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, SOCK_DIAG) as kernel:
        kernel.settimeout(1.0)
        kernel.send(HEAD.pack(HEAD.size + len(asked), BY_FAMILY, REQUEST, 1, 0) + asked)
        answer = kernel.recv(4096)
    kind = HEAD.unpack_from(answer)[1]
    if kind == FAILED:
        number = -struct.unpack_from("=i", answer, HEAD.size)[0]
        if number == errno.ENOENT:
            return None
        raise OSError(number, os.strerror(number))
    if kind != BY_FAMILY or len(answer) < SHORTEST:
        raise OSError
    return answer[STATE_AT], struct.unpack_from("=I", answer, UID_AT)[0]


def _is_another(state: int, uid: int, own_uid: int) -> bool:
    """A side that has hung up belongs to nobody, and is then said to be root's."""
    return not (uid == own_uid or (uid == ROOT and state == ESTABLISHED))


def judge(lines: Iterable[str], client: Address, server: Address, own_uid: int) -> bool | None:
    """The same from the lines of the tables; None where our side is listed and theirs is not."""
    ours, theirs = _name(server), _name(client)
    is_listed = False
    for line in lines:
        words = line.split()
        if len(words) <= _UID:
            continue
        ends = words[_LOCAL].removeprefix(MAPPED), words[_REMOTE].removeprefix(MAPPED)
        if ends == (ours, theirs):
            is_listed = True
        elif ends == (theirs, ours):
            return _is_another(int(words[_STATE], 16), int(words[_UID]), own_uid)
    return None if is_listed else False


def _lines() -> Iterator[str]:
    for table in TABLES:
        try:
            yield from table.read_text("ascii").splitlines()
        except (OSError, ValueError):
            continue


def _name(address: Address) -> str:
    """As the kernel writes it: the bytes of the address as one number of this processor, then the port."""
    host, port = address
    number = int.from_bytes(socket.inet_aton(host), sys.byteorder)
    return f"{number:08X}:{port:04X}"
