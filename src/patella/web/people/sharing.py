"""Who sees a runner's diary: what is shared with whom, begun and ended by the runner alone, and every look."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from patella.store.people.looks import MOST, looks_at
from patella.store.people.people import Account
from patella.store.people.sharing import What, share, shared_by
from patella.web.answer import Json
from patella.web.people.answers import LookAnswer, ShareAnswer, SharingAnswer
from patella.web.people.asked import Folk, Runner, moment
from patella.web.people.wire import Share
from patella.web.routes.here import shows

router = APIRouter(prefix="/people/sharing")
Before = Annotated[
    float | None, Query(ge=0, le=1e11, allow_inf_nan=False, description="Looks before (seconds since 1970).")
]


@router.get("", responses=shows(SharingAnswer, "Who sees what."))
async def sharing(folk: Folk, who: Runner, before: Before = None) -> Json:
    """What is shared with whom, what was offered, and who looked."""
    return _shown(folk, who, before)


@router.post("", responses=shows(SharingAnswer, "Who sees what from now on."))
async def change(folk: Folk, who: Runner, said: Share) -> Json:
    """Share this with a physiotherapist, and nothing beyond; what is left out ends at once."""
    share(folk, who, said.physiotherapist, set(said.what))
    return _shown(folk, who)


def _shown(folk: Folk, who: Account, before: float | None = None) -> Json:
    shares = [
        ShareAnswer(
            physiotherapist=s.with_whom.handle, name=s.with_whom.name,
            what=[w.value for w in What if w in s.what], since=moment(s.since_s),
        )
        for s in shared_by(folk, who)
    ]  # fmt: skip
    looks = looks_at(folk, who, before_s=before)
    told = [LookAnswer(name=look.name, what=look.what, at=moment(look.at_s)) for look in looks]
    return Json(SharingAnswer(shares=shares, looks=told, more=told[-1].at if len(told) == MOST else None))
