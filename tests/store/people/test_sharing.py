"""A physiotherapist sees what is shared, while it is shared; the runner sees every look."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from members import Clinic
from patella.store.entry import NewerError, StoreError
from patella.store.people import accounts
from patella.store.people.looks import looks_at
from patella.store.people.people import NobodyError, PeopleError, Role, people_in
from patella.store.people.sharing import What, seen_by, share, shared_by, shared_with
from patella.store.people.tables import HEAD, version


def test_nothing_is_seen_until_it_is_shared_and_nothing_once_it_is_not(clinic: Clinic) -> None:
    anna, petra = clinic.anna(), clinic.petra()
    refused = []
    for shared in ((), (What.PLAN,), (What.PLAN, What.PAIN), (What.PAIN,), ()):
        share(clinic.people, anna, "Petra", shared)
        for what in What:
            if what in shared:
                assert seen_by(clinic.people, petra, anna.id, what) == anna
            else:
                with pytest.raises(NobodyError) as none:
                    seen_by(clinic.people, petra, anna.id, what)
                refused.append(str(none.value))
    with pytest.raises(NobodyError) as none:
        seen_by(clinic.people, petra, 999, What.PLAN)
    assert set(refused) == {str(none.value)}, "a diary that is not shared reads as one that is not there"


def test_every_look_is_written_down_and_none_that_was_refused(clinic: Clinic) -> None:
    anna, petra = clinic.anna(), clinic.petra()
    share(clinic.people, anna, "petra", [What.PLAN, What.PAIN])
    seen_by(clinic.people, petra, anna.id, What.PAIN)
    clinic.clock.now_s += 60
    seen_by(clinic.people, petra, anna.id, What.PLAN)
    with pytest.raises(NobodyError):
        seen_by(clinic.people, petra, anna.id, What.RUNNING)
    found = [(look.name, look.what, look.at_s) for look in looks_at(clinic.people, anna)]
    assert found == [("Petra", "plan", clinic.clock.now_s), ("Petra", "pain", clinic.clock.now_s - 60)]
    assert [look.what for look in looks_at(clinic.people, anna, before_s=clinic.clock.now_s)] == ["pain"]
    share(clinic.people, anna, "petra", [])
    assert len(looks_at(clinic.people, anna)) == 2, "what was looked at stays written down"


def test_a_look_that_cannot_be_written_down_is_not_had(clinic: Clinic) -> None:
    anna, petra = clinic.anna(), clinic.petra()
    share(clinic.people, anna, "petra", [What.PLAN])
    with clinic.people.begin() as connection:
        connection.exec_driver_sql("DROP TABLE people.look")
    with pytest.raises(StoreError, match="42P01"):  # there is no such table
        seen_by(clinic.people, petra, anna.id, What.PLAN)


def test_nobody_but_its_physiotherapist_sees_a_diary_that_is_shared(clinic: Clinic) -> None:
    anna, petra = clinic.anna(), clinic.petra()
    others = [clinic.join(f"other{n}", role)[0] for n, role in enumerate(Role)]
    share(clinic.people, anna, "petra", list(What))
    for other in (*others, anna):
        with pytest.raises(NobodyError):
            seen_by(clinic.people, other, anna.id, What.PLAN)
    assert looks_at(clinic.people, anna) == []
    assert shared_with(clinic.people, petra) == {anna: frozenset(What)}
    assert [shared_with(clinic.people, other) for other in others] == [{}, {}, {}]


def test_an_invitation_offers_sharing_and_begins_none(clinic: Clinic) -> None:
    petra = clinic.petra()
    anna, _ = clinic.join("anna", physiotherapist=petra.id)
    assert [(s.with_whom, s.what) for s in shared_by(clinic.people, anna)] == [(petra, frozenset())]
    with pytest.raises(NobodyError):
        seen_by(clinic.people, petra, anna.id, What.PLAN)
    share(clinic.people, anna, "petra", [What.PLAN])
    assert [(s.with_whom, s.what) for s in shared_by(clinic.people, anna)] == [(petra, frozenset({What.PLAN}))]
    share(clinic.people, anna, "petra", [])
    assert shared_by(clinic.people, anna) == []


def test_what_stays_shared_keeps_its_beginning(clinic: Clinic) -> None:
    anna, _ = clinic.anna(), clinic.petra()
    share(clinic.people, anna, "petra", [What.PLAN])
    since_s = clinic.clock.now_s
    clinic.clock.now_s += 1000
    share(clinic.people, anna, "petra", [What.PLAN, What.REPORT])
    assert [(s.what, s.since_s) for s in shared_by(clinic.people, anna)] == [
        (frozenset({What.PLAN, What.REPORT}), since_s)
    ]


def test_only_a_runner_shares_and_only_with_a_physiotherapist(clinic: Clinic) -> None:
    anna, petra = clinic.anna(), clinic.petra()
    clinic.join("ben")
    for who, handle in ((petra, "petra"), (anna, "ben"), (anna, "nobody"), (anna, "anna")):
        with pytest.raises(PeopleError):
            share(clinic.people, who, handle, [What.PLAN])


@pytest.mark.parametrize("gone", ["closed", "shut", "another role"])
def test_whose_runner_or_physiotherapist_is_gone_sees_and_is_seen_no_more(clinic: Clinic, gone: str) -> None:
    anna, petra = clinic.anna(), clinic.petra()
    share(clinic.people, anna, "petra", [What.PLAN])
    if gone == "closed":
        accounts.close(clinic.people, anna)
    elif gone == "shut":
        accounts.shut(clinic.people, anna.id)
    else:
        accounts.change_role(clinic.people, anna.id, Role.PHYSIOTHERAPIST)
    assert shared_with(clinic.people, petra) == {}
    with pytest.raises(NobodyError):
        seen_by(clinic.people, petra, anna.id, What.PLAN)


def test_who_looked_stays_written_down_when_they_are_gone(clinic: Clinic) -> None:
    anna, petra = clinic.anna(), clinic.petra()
    share(clinic.people, anna, "petra", [What.PLAN])
    seen_by(clinic.people, petra, anna.id, What.PLAN)
    accounts.close(clinic.people, petra)
    assert [look.name for look in looks_at(clinic.people, anna)] == ["Petra"]
    assert shared_by(clinic.people, anna) == []


def test_the_tables_are_made_once_and_a_newer_patella_s_are_left_alone(clinic: Clinic) -> None:
    anna = clinic.anna()
    again = people_in(clinic.people.engine, clinic.clock)
    assert [a.account for a in accounts.listed(again)] == [anna]
    with again.begin() as connection:
        connection.execute(update(version).values(number=HEAD + 1))
    with pytest.raises(NewerError, match="newer"):
        people_in(clinic.people.engine)
