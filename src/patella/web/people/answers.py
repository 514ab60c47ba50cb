"""How the answers of people look. Of a diary there is what its runner shares."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from patella.app.caseload.order import Look
from patella.app.caseload.summary import Summary
from patella.app.programme.choices import Choice
from patella.app.programme.setting import Programmes

Options = dict[str, Any]
"""What WebAuthn asks a browser for: its own specification says what is in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountAnswer:
    """Somebody who may come in."""

    id: int
    handle: str
    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComeAnswer:
    """Who is signed in now, and where their pages begin."""

    account: AccountAnswer
    home: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitAnswer:
    """A browser that is signed in, and whether it is the one that asks."""

    id: int
    name: str
    begun: dt.datetime
    seen: dt.datetime
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyAnswer:
    """A passkey, and when it last let somebody in."""

    id: int
    name: str
    made: dt.datetime
    used: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeAnswer:
    """One's own account. `password`: whether there is one, or passkeys alone."""

    account: AccountAnswer
    home: str
    visits: list[VisitAnswer]
    passkeys: list[PasskeyAnswer]
    password: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationAnswer:
    """What an invitation is good for. `back`: with what somebody signs in who forgot their password."""

    name: str
    role: str
    physiotherapist: str | None
    back: str | None
    until: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionsAnswer:
    """What a browser is to ask its passkeys."""

    options: Options


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareAnswer:
    """What is shared with one physiotherapist; nothing, while they were only offered."""

    physiotherapist: str
    name: str
    what: list[str]
    since: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAnswer:
    """A look into the diary."""

    name: str
    what: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingAnswer:
    """Who sees what of the diary, and who looked, the newest first; `more` is before when there are older ones."""

    shares: list[ShareAnswer]
    looks: list[LookAnswer]
    more: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAnswer:
    """An account in the administrator's list."""

    id: int
    handle: str
    name: str
    role: str
    made: dt.datetime
    shut: bool
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAnswer:
    """An invitation that nobody has used."""

    id: int
    name: str
    role: str
    physiotherapist: str | None
    back: str | None
    until: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleAnswer:
    """Everybody who has an account, and who is invited."""

    accounts: list[ListedAnswer]
    invitations: list[OpenAnswer]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationsAnswer:
    """Who is invited by the one who asks."""

    invitations: list[OpenAnswer]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAnswer:
    """A link to hand over. It is told once: only a hash of it is kept."""

    link: str
    until: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneAnswer:
    """It is done."""

    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RunnerAnswer:
    """A runner who shares something: why a look is needed, and what of their numbers is shared."""

    id: int
    name: str
    look: Look
    summary: Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadAnswer:
    """The runners of a physiotherapist, who needs a look first."""

    runners: list[RunnerAnswer]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAnswer:
    """An exercise of a runner's plan of today: how much of it, as a page tells a dose."""

    name: str
    side: str
    sets: int
    reps: int | None
    holds: int | None
    hold_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutAnswer:
    """An exercise that is left out of it, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAnswer:
    """A runner's plan of today, and why it is as it is."""

    items: list[PlannedAnswer]
    left_out: list[LeftOutAnswer]
    why: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OneAnswer:
    """One of them, and all that they share; `plan` of today is None where it is not shared."""

    runner: RunnerAnswer
    what: list[str]
    plan: PlanAnswer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeAnswer:
    """What was set for a runner, and what may be; `today` is their day."""

    name: str
    today: dt.date
    programmes: Programmes
    choices: list[Choice]
