"""`patella lesson`: half a minute a day at the terminal."""

from __future__ import annotations

from cli.conftest import Patella
from patella.files.library import own_lessons


def test_todays_lesson_is_shown_with_its_sources_by_name_and_counts_as_read(screened: Patella) -> None:
    said = screened("lesson")
    assert said.code == 0
    assert "Your knee has a budget" in said.text
    assert "(Esculier 2020)" in said.text
    assert "[esculier-2020]" not in said.text
    assert screened("lesson", "--json").json["read"] is True


def test_asking_in_json_reads_nothing(screened: Patella) -> None:
    assert screened("lesson", "--json").json["lesson"]["id"] == "load"
    assert screened("lesson", "hills", "--json").json["title"] == "Stairs and hills come last"
    assert screened("lesson", "--json").json["read"] is False


def test_why_writes_the_sources_out(screened: Patella) -> None:
    said = screened("lesson", "shoes", "--why").text
    assert "Journal of Medical Biomechanics" in said
    assert "Hart 2022" not in said
    assert "--why" not in said


def test_every_lesson_is_listed_with_its_id_and_what_was_read(screened: Patella) -> None:
    screened("lesson", "noises")
    said = screened("lesson", "--all").text
    assert all(f"({lesson_id}" in said for lesson_id in own_lessons())
    assert "(noises, read on " in said
    assert len(screened("lesson", "--all", "--json").json["lessons"]) == len(own_lessons())


def test_a_lesson_that_there_is_not_is_answered_with_what_comes_close(screened: Patella) -> None:
    said = screened("lesson", "shoez")
    assert said.code == 2
    assert "Did you mean shoes" in said.complaint
    assert "`patella lesson --all` lists them" in screened("lesson", "xyzzyq").complaint
    assert screened("lesson", "shoes", "--all").code == 2


def test_before_the_questions_there_is_no_lesson_but_where_to_begin(patella: Patella) -> None:
    said = patella("lesson")
    assert said.code == 0
    assert "patella start" in said.text
    assert "budget" not in said.text
    assert "patella start" in patella("lesson", "--all").text
