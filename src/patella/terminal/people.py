"""The people of a shared Patella, at its own terminal: who lets others in first, and who forgot how to come in."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from patella.terminal.door import print_json
from patella.terminal.options import AsJson
from patella.terminal.refused import InputError

Url = Annotated[
    str | None,
    typer.Option(
        "--database", metavar="URL", envvar="PATELLA_DATABASE", show_envvar=True, help="Where the accounts are kept."
    ),
]
At = Annotated[str | None, typer.Option("--host", metavar="NAME", help="The name in everybody's browser.")]
First = Annotated[str | None, typer.Option("--invite-administrator", metavar="NAME", help="Who will let people in.")]
Back = Annotated[
    str | None,
    typer.Option(
        "--way-back", "--new-password", metavar="NAME", help="A link for who cannot come in: their sign-in name."
    ),
]


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command("people")(people)


def people(
    *, database: Url = None, host: At = None, invite_administrator: First = None, new_password: Back = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Invite the first administrator of a shared Patella, or let somebody back in: a link, good once and for a week.

    Example: patella people --host knee.example --invite-administrator "Petra K."
    """
    if database is None or host is None:
        raise InputError("--database postgresql://... and --host NAME, the name in everybody's browser, are needed.")
    if (invite_administrator is None) == (new_password is None):
        raise InputError("Say whom to invite with --invite-administrator, or who comes back with --way-back.")
    try:
        key = _invited(database, invite_administrator, new_password)
    except ModuleNotFoundError as error:
        raise InputError(f"This needs {error.name}: install this package with its extra `shared`.") from None
    link = f"https://{host.removeprefix('https://').strip('/')}/join#{key}"
    if as_json:
        print_json({"link": link})
    else:
        sys.stdout.write(f"Open this link once, within seven days. It stands nowhere else: {link}\n")


def _invited(database: str, name: str | None, handle: str | None) -> str:
    """The key of the link. Raises InputError, StoreError."""
    from patella.store.people import accounts, invitations
    from patella.store.people.people import PeopleError, Role, people_in
    from patella.store.postgresql import engine_at, told

    engine = engine_at(database, connections=1)
    try:
        with told():
            folk = people_in(engine)
            if name is not None:
                return invitations.invite(folk, name=name, role=Role.ADMINISTRATOR)
            found = [a.account.id for a in accounts.listed(folk) if a.account.handle == (handle or "").strip().lower()]
            if not found:
                raise InputError("Nobody signs in with that name.")
            return invitations.invite_back(folk, found[0])
    except PeopleError as error:
        raise InputError(str(error)) from None
    finally:
        engine.dispose()
