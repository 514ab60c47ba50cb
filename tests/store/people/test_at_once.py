"""What two do at the same moment: one of them is first, and the other hears of it as if it had come after."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress

import pytest
from sqlalchemy import Insert, insert, text

from members import WORDS, Clinic
from patella.store.people import invitations, tries
from patella.store.people.people import NobodyError, PeopleError, Role
from patella.store.people.sharing import What, share, shared_by, still_shared
from patella.store.people.tables import account, sharing
from patella.store.people.tries import TooManyTriesError

WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")


def while_undecided(clinic: Clinic, first: Insert, then: Callable[[], object]) -> Future[object]:
    """What becomes of somebody who comes while what the first has written is not decided yet."""
    with ThreadPoolExecutor(1) as pool:
        with clinic.people.begin() as connection:
            connection.execute(first)
            second = pool.submit(then)
            waited_for(clinic)
        return second


def waited_for(clinic: Clinic) -> None:
    """Until somebody waits for what another has not decided yet."""
    until = time.monotonic() + 20
    with clinic.people.begin() as connection:
        while not connection.scalar(WAITING):
            assert time.monotonic() < until, "nobody waits"
            time.sleep(0.01)


def test_of_two_who_choose_one_name_at_once_the_second_chooses_another(clinic: Clinic) -> None:
    link = invitations.invite(clinic.people, name="Anna", role=Role.RUNNER)
    other = {"handle": "anna", "name": "Anna", "role": "runner", "mark": b"m", "made_s": 0.0}
    said = {"name": "Anna", "password": WORDS, "browser": "B"}
    second = while_undecided(
        clinic,
        insert(account).values(other),
        lambda: invitations.accept(clinic.people, link, handle="anna", **said),
    )
    with pytest.raises(PeopleError, match="Choose another"):
        second.result()
    assert invitations.accept(clinic.people, link, handle="annika", **said)[0].handle == "annika"


def test_sharing_that_is_begun_twice_at_once_is_begun(clinic: Clinic) -> None:
    anna, petra = clinic.anna(), clinic.petra()
    first = {"runner_id": anna.id, "physiotherapist_id": petra.id, "what": "plan", "since_s": 5.0}
    while_undecided(
        clinic, insert(sharing).values(first), lambda: share(clinic.people, anna, "petra", [What.PLAN, What.PAIN])
    ).result()
    assert [s.what for s in shared_by(clinic.people, anna)] == [frozenset({What.PLAN, What.PAIN})]


def test_tries_that_are_taken_and_forgiven_at_once_are_counted_or_forgiven(clinic: Clinic) -> None:
    def tried(n: int) -> None:
        with suppress(TooManyTriesError):
            tries.take(clinic.people, handle="anna", address=f"192.0.2.{n}")
        tries.forgive(clinic.people, handle="anna", address=f"192.0.2.{n}")

    with ThreadPoolExecutor(8) as pool:
        for _ in pool.map(tried, range(200)):
            pass


def test_sharing_that_is_ended_while_somebody_writes_by_it_ends_after_that(clinic: Clinic) -> None:
    anna, petra = clinic.anna(), clinic.petra()
    share(clinic.people, anna, "petra", [What.PROGRAMME])
    with ThreadPoolExecutor(1) as pool:
        with still_shared(clinic.people, petra, anna.id, What.PROGRAMME):
            ended = pool.submit(share, clinic.people, anna, "petra", [])
            waited_for(clinic)
            assert not ended.done()
        ended.result()
    with pytest.raises(NobodyError), still_shared(clinic.people, petra, anna.id, What.PROGRAMME):
        pytest.fail("it was ended")
