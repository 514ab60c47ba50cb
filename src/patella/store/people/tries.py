"""How often somebody may try to come in: ten times an account and thirty times an address, then ever more slowly.

Counted by what was typed, not by what there is: an account that there is not is waited for just as long. Nobody is ever
locked out for good, and a try that came too early counts for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from sqlalchemy import Connection, delete, select, update

from patella.store.people.people import People, hashed, held_row
from patella.store.people.tables import tries

PER_ACCOUNT, PER_ADDRESS = 10, 30
WITHIN_S = 900.0
FIRST_WAIT_S, LONGEST_WAIT_S = 30.0, 900.0
FORGOTTEN_S = 86_400.0  # after too many, a day without one
NETWORK_BITS = 64  # what one household has of IPv6


class TooManyTriesError(Exception):
    """It is not looked at: too many tries came before it. `wait_s` is how long to wait."""

    def __init__(self, wait_s: float) -> None:
        """It is seconds, above 0."""
        super().__init__("Too many tries. Wait a while, then try again.")
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class _Bound:
    subject: str
    most: int


def take(people: People, *, handle: str | None, address: str) -> None:
    """Take a try before anything is compared, so that many at once are no more. Raises TooManyTriesError."""
    now_s = people.now_s()
    with people.begin() as connection:
        found = [(bound, *_kept(connection, bound, now_s)) for bound in _bounds(handle, address)]
        wait_s = max(_wait_s(bound, made, last_s, now_s) for bound, made, last_s in found)
        if wait_s > 0:
            raise TooManyTriesError(wait_s)
        for bound, made, _ in found:
            mine = tries.c.subject == bound.subject
            connection.execute(update(tries).where(mine).values(made=made + 1, last_s=now_s))


def forgive(people: People, *, handle: str | None, address: str) -> None:
    """It was the right one: those before it are forgotten, of the account; of the address, this one."""
    now_s = people.now_s()
    with people.begin() as connection:
        for bound in _bounds(handle, address):
            mine = tries.c.subject == bound.subject
            if bound.most == PER_ACCOUNT:
                connection.execute(delete(tries).where(mine))
            else:
                connection.execute(update(tries).where(mine, tries.c.made > 0).values(made=tries.c.made - 1))
        old = select(tries.c.subject).where(tries.c.last_s < now_s - FORGOTTEN_S).with_for_update(skip_locked=True)
        connection.execute(delete(tries).where(tries.c.subject.in_(old)))


def _bounds(handle: str | None, address: str) -> list[_Bound]:
    """What is counted, always in the same order, so that two who try at once do not wait for each other."""
    account = [] if handle is None else [_Bound(f"account {hashed(handle)}", PER_ACCOUNT)]
    return [*account, _Bound(f"address {hashed(_network(address))}", PER_ADDRESS)]


def _kept(connection: Connection, bound: _Bound, now_s: float) -> tuple[int, float]:
    """How many were made and when the last was, held until this is decided; those that are over count no more."""
    row = held_row(connection, tries, {"subject": bound.subject, "made": 0, "last_s": now_s})
    lasts_s = WITHIN_S if row.made < bound.most else FORGOTTEN_S
    return (row.made if now_s - row.last_s < lasts_s else 0), row.last_s


def _wait_s(bound: _Bound, made: int, last_s: float, now_s: float) -> float:
    """How long is still to be waited; 0 where a try is free."""
    over = made - bound.most
    return 0.0 if over < 0 else last_s + min(FIRST_WAIT_S * 2.0 ** min(over, 10), LONGEST_WAIT_S) - now_s


def _network(address: str) -> str:
    """The address, or the part of it that one household has."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or int(found) >> (128 - NETWORK_BITS))
