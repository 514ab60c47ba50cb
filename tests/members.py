"""A small clinic for the tests of people: a database, a clock that stands, and somebody of each role."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event

from patella.store.people import invitations
from patella.store.people.people import Account, People, Role, people_in
from store.clock import Clock

WORDS = "tidal lamp orchard"
AT_HOME = "192.0.2.7"


@dataclass
class Clinic:
    """Its people, and the clock that they live by."""

    people: People
    clock: Clock

    def join(self, handle: str, role: Role = Role.RUNNER, *, physiotherapist: int | None = None) -> tuple[Account, str]:
        """Somebody new, who was invited and came: who they are, and the key of their browser."""
        key = invitations.invite(self.people, name=handle.title(), role=role, physiotherapist=physiotherapist)
        return invitations.accept(
            self.people, key, handle=handle, name=handle.title(), password=WORDS, browser="A browser"
        )

    def anna(self) -> Account:
        return self.join("anna")[0]

    def petra(self) -> Account:
        return self.join("petra", Role.PHYSIOTHERAPIST)[0]


def clinic_in(engine: Engine) -> Clinic:
    clock = Clock()
    return Clinic(people=people_in(engine, clock), clock=clock)


def sqlite_engine(folder: Path) -> Engine:
    """A database in a folder, in which whoever comes waits for its turn."""
    engine = create_engine(f"sqlite:///{folder / 'people.sqlite'}")

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def connect(connection: object, _: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]

    event.listen(engine, "connect", connect)
    event.listen(engine, "begin", begin)
    return engine
