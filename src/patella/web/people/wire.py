"""Everything that the pages of people may say, as types."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from patella.store.people.people import Role
from patella.store.people.sharing import What
from patella.web.wire import Said

Typed = Annotated[str, StringConstraints(max_length=600)]  # a password that is too long is told so, not cut
Handle = Annotated[str, StringConstraints(max_length=200)]
Called = Annotated[str, StringConstraints(max_length=200)]
Key = Annotated[str, StringConstraints(max_length=100)]
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
RoleName = Annotated[Role, Field(strict=False)]  # said as a word
WhatName = Annotated[What, Field(strict=False)]


class SignIn(Said):
    """What somebody signs in with."""

    handle: Handle
    password: Typed


class Signed(Said):
    """What a passkey answered, as the browser's `toJSON` gives it."""

    credential: dict[str, object]


class Shown(Said):
    """The key of an invitation."""

    key: Key


class Accepted(Said):
    """Somebody takes an invitation: with what they will sign in, and what others call them."""

    key: Key
    handle: Handle = ""
    name: Called = ""
    password: Typed


class Joining(Said):
    """Somebody takes an invitation with a passkey: with what they will sign in, and what others call them."""

    key: Key
    handle: Handle = ""
    name: Called = ""


class Joined(Joining):
    """The same, and the passkey that their browser made."""

    credential: dict[str, object]


class Renamed(Said):
    """What others call somebody."""

    name: Called


class Confirmed(Said):
    """The password or what a passkey signed, where what is to be done opens a new way in or cannot be undone."""

    password: Typed = ""
    credential: dict[str, object] | None = None


class Changed(Confirmed):
    """Another password."""

    new: Typed


class PasskeyMade(Said):
    """The passkey that a browser made, and what it is called."""

    credential: dict[str, object]
    name: Called = ""


class Share(Said):
    """What is shared with a physiotherapist from now on, and nothing beyond; nothing ends it."""

    physiotherapist: Handle
    what: Annotated[list[WhatName], Field(max_length=len(What))]


class Invite(Said):
    """Whom to invite as what; `offers` is the physiotherapist with whom sharing is offered."""

    name: Called
    role: RoleName = Role.RUNNER
    offers: Number | None = None


class NewRole(Said):
    """What somebody is from now on."""

    role: RoleName
