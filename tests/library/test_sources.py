"""Where the library's claims come from: each source read by somebody, and named only for what it says."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest

from patella.care.exercise import Exercise
from patella.care.source import OURS, Kind, Source
from patella.files.library import own_library, own_places

LIBRARY = own_library()
READ = [s for s in LIBRARY.sources.values() if s.kind not in OURS]
FIRST_READ = date(2026, 11, 1)

every_source_of_others = pytest.mark.parametrize("source", READ, ids=lambda s: s.id)
every_exercise = pytest.mark.parametrize("exercise", LIBRARY.exercises.values(), ids=lambda e: e.id)


@every_source_of_others
def test_somebody_has_read_it_on_a_day_that_has_been(source: Source) -> None:
    assert source.checked is not None
    assert FIRST_READ <= source.checked.on <= datetime.now(UTC).date()


@every_source_of_others
def test_a_finding_says_what_was_found_and_not_how_the_paper_was_made(source: Source) -> None:
    assert source.finding.endswith(".")
    assert not re.match(r"(An?|The) ([\w-]+ )*(guide|review|statement|survey) (built|made|drawn|based)", source.finding)


@every_source_of_others
def test_a_source_can_be_looked_up(source: Source) -> None:
    assert source.where
    assert re.search(r"\d{4}|trekeducation|[a-z]\.[a-z]{2,3}\b", f"{source.cite} {source.where}")  # a year, or a site


@every_source_of_others
def test_a_link_leads_to_the_source_and_not_to_the_front_page_of_a_site(source: Source) -> None:
    if source.link:
        address = urlsplit(source.link)
        assert address.scheme == "https"
        assert address.path.strip("/")


def test_no_two_sources_are_the_same() -> None:
    titles = [s.title.casefold() for s in READ]
    links = [s.link for s in READ if s.link]
    assert (len(set(titles)), len(set(links))) == (len(titles), len(links))


def test_our_own_rules_and_a_word_say_that_no_study_tested_them_and_need_no_reader() -> None:
    ours = [s for s in LIBRARY.sources.values() if s.kind in OURS]
    assert {s.kind for s in ours} == {Kind.RULE, Kind.ROUTINE, Kind.WORD}
    assert all(s.checked is None for s in ours)
    assert all("no study" in LIBRARY.sources[s].finding for s in ("patella-rules", "your-physiotherapist"))


# --- a claim names the source that says it, not a neighbour

MODULE_1_OF_TEAM_PFP = {"fire-hydrant", "side-lying-hip-abduction", "side-plank"}


@every_exercise
def test_team_pfp_is_named_only_by_the_exercises_of_its_module(exercise: Exercise) -> None:
    assert ("team-pfp" in exercise.claimed) <= (exercise.id in MODULE_1_OF_TEAM_PFP)


@every_exercise
def test_a_range_from_eight_is_our_own_for_team_pfp_asks_for_twelve(exercise: Exercise) -> None:
    if exercise.dose.reps and exercise.dose.reps[0] != exercise.dose.reps[1]:
        assert exercise.dose.source in ("routine", "patella-rules")


@every_exercise
def test_what_was_measured_in_squats_is_never_told_of_a_band_or_of_one_leg_without_saying_so(
    exercise: Exercise,
) -> None:
    if "powers-2014" in exercise.words.cited:
        told = next(s for s in re.split(r"(?<=[.;:]) ", exercise.words.evidence) if "powers-2014" in s)
        assert re.search(r"squat|foot free", told), told


@every_exercise
def test_only_the_inner_thigh_was_measured_in_the_straight_leg_raise(exercise: Exercise) -> None:
    if "bolgla-2008" in exercise.words.cited:
        told = next(s for s in re.split(r"(?<=\.) ", exercise.words.evidence) if "bolgla-2008" in s)
        assert "inner part of the thigh" in told


def test_the_squeeze_is_in_a_day_for_the_routine_and_not_for_what_research_says_of_knee_exercise() -> None:
    squeeze = LIBRARY.exercises["medicine-ball-squeeze"]
    reason = LIBRARY.reasons[squeeze.chosen or ""]
    assert reason.source == "routine"
    assert "research does not favour it" in reason.text
    assert "collins-2018" not in squeeze.claimed


def test_a_reason_that_names_the_routine_is_given_for_the_routine_alone() -> None:
    named = {key for key, reason in LIBRARY.reasons.items() if reason.source == "routine"}
    assert named == {"chosen_light", "chosen_full", "chosen_snack", "chosen_only", "chosen_squeeze", "dose_full"}


def test_rest_is_our_own_advice_where_pain_is_high_and_says_when_to_have_it_looked_at() -> None:
    reason = LIBRARY.reasons["day_unload_now"]
    assert reason.source == "patella-rules"
    assert "at rest, or again tomorrow, have it looked at" in reason.text


def test_a_change_of_a_score_names_the_paper_that_found_it() -> None:
    named = {s.id.value: s.source for s in LIBRARY.scores.values()}
    assert named["nprs"] == "crossley-2004"
    assert named["akps"] == "akps-norwegian-2021"
    assert named["koos-pf"] == "crossley-2018"


def test_a_place_on_the_knee_gives_no_treatment_and_thinks_of_the_bone() -> None:
    places = {p.id.value: p.says or "" for p in own_places().values()}
    assert not any(re.search(r"strength|stretch|exercise", says) for says in places.values())
    assert "on the bone" in places["inside"]
    assert "running" in places["inside"]
