"""The readers of the smaller definition files: sources, equipment, reasons, programme, words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from patella.care.equipment import parse_equipment
from patella.care.programme import parse_programme
from patella.care.reason import give, parse_reasons
from patella.care.source import Checked, Kind, Part, parse_sources
from patella.care.words import parse_words
from patella.motion.definition import DefinitionError

STUDY = {"kind": "study", "cite": "A 2020", "title": "T", "where": "J", "finding": "F.", "checked": "page, 2026-11-28"}


def complaint(read: Callable[[], object]) -> str:
    with pytest.raises(DefinitionError) as caught:
        read()
    return str(caught.value)


def test_a_source_says_what_sort_it_is_and_what_it_found() -> None:
    found = parse_sources({"a-2020": STUDY, "b": {**STUDY, "link": "https://doi.org/1"}})
    assert found["a-2020"].kind is Kind.STUDY
    assert (found["a-2020"].link, found["b"].link) == ("", "https://doi.org/1")


def test_our_own_rules_and_the_routine_have_no_place_of_publication() -> None:
    rule = {"kind": "rule", "cite": "Ours", "title": "T", "finding": "F."}
    assert parse_sources({"rules": rule})["rules"].where == ""
    assert complaint(lambda: parse_sources({"rules": {**rule, "where": "J"}})).startswith("rules.where: is not a key")


def test_a_study_without_a_place_of_publication_is_refused() -> None:
    without = {k: v for k, v in STUDY.items() if k != "where"}
    assert complaint(lambda: parse_sources({"a-2020": without})) == "a-2020.where: is missing."


def test_a_source_says_what_was_read_of_it_and_when() -> None:
    found = parse_sources({"a-2020": {**STUDY, "checked": "abstract, 2026-11-28"}})["a-2020"].checked
    assert found == Checked(part=Part.ABSTRACT, on=date(2026, 11, 28))
    assert str(found) == "abstract, 2026-11-28"


def test_a_source_that_nobody_has_read_is_refused() -> None:
    unread = {k: v for k, v in STUDY.items() if k != "checked"}
    assert complaint(lambda: parse_sources({"a-2020": unread})) == "a-2020.checked: is missing."


def test_our_own_rules_need_no_reader() -> None:
    rule = {"kind": "rule", "cite": "Ours", "title": "T", "finding": "F."}
    assert parse_sources({"rules": rule})["rules"].checked is None
    assert complaint(lambda: parse_sources({"rules": {**rule, "checked": "page, 2026-11-28"}})).startswith(
        "rules.checked: is not"
    )


@pytest.mark.parametrize("said", ["abstract", "2026-11-28", "memory, 2026-11-28", "abstract, yesterday", "page 2026"])
def test_a_source_that_does_not_say_what_was_read_and_when_is_refused(said: str) -> None:
    found = complaint(lambda: parse_sources({"a-2020": {**STUDY, "checked": said}}))
    assert found.startswith("a-2020.checked: must say what was read (abstract, paper, page, table) and the day")


@pytest.mark.parametrize(
    ("read", "sentence"),
    [(parse_sources, "no source"), (parse_equipment, "no equipment"), (parse_reasons, "no reason")],
)
def test_an_empty_file_is_refused(read: Callable[[Mapping[str, object]], object], sentence: str) -> None:
    assert sentence in complaint(lambda: read({}))


def test_equipment_may_be_an_everyday_thing() -> None:
    found = parse_equipment({"wall": {"name": "wall", "everyday": True}, "band": {"name": "band"}})
    assert (found["wall"].everyday, found["band"].everyday) == (True, False)


def test_equipment_with_a_key_too_many_is_refused() -> None:
    assert complaint(lambda: parse_equipment({"wall": {"name": "wall", "size": 3}})).startswith("wall.size: is not")


RISE = {"about": "dose", "text": "Worst {peak}/10 after {rest_s} s.", "source": "rules"}


def test_a_reason_puts_its_inputs_into_its_words_and_keeps_them() -> None:
    reason = give(parse_reasons({"rise": RISE})["rise"], peak=2, rest_s=60.0)
    assert reason.text == "Worst 2/10 after 60 s."
    assert reason.inputs == {"peak": 2, "rest_s": 60.0}
    assert (reason.key, reason.about, reason.source) == ("rise", "dose", "rules")


def test_the_exercises_own_source_is_used_only_where_the_reason_leaves_it_to_it() -> None:
    found = parse_reasons({"rise": RISE, "rest": {**RISE, "source": "exercise"}})
    assert give(found["rise"], source="powers-2014", peak=1, rest_s=1.0).source == "rules"
    assert give(found["rest"], source="powers-2014", peak=1, rest_s=1.0).source == "powers-2014"


def test_a_reason_with_a_key_too_many_is_refused() -> None:
    assert complaint(lambda: parse_reasons({"rise": {**RISE, "more": 1}})).startswith("rise.more: is not a key")


def a_programme() -> dict[str, object]:
    return {
        "max_items": 4,
        "hip_starters_days": 6,
        "light_gap_days": 7,
        "ladders": [{"id": "up", "rungs": ["j", "k"], "trained": "k", "passed_at": {"j": 0}}],
        "loaded": {"knee": [["a"], ["b", "up"]], "hips": [["d", "e"]], "hip_starters": ["up"], "calm_hips": ["d"]},
        "light": {"slots": [["f"]], "fill": ["g"]},
        "full": {"also": [["h"]]},
        "maintenance": {"slots": [["up"]]},
        "short": {"loaded": [["up"], ["c"]], "light": [["f"]]},
        "snack": {"slots": ["i"]},
    }


def test_a_programme_names_its_exercises() -> None:
    programme = parse_programme(a_programme())
    assert programme.knee == (("a",), ("b", "up"))
    assert programme.named == frozenset("abcdefghijk")


def test_a_ladder_leads_from_rung_to_rung() -> None:
    programme = parse_programme(a_programme())
    ladder = programme.ladders["up"]
    assert (ladder.rungs, ladder.trained, ladder.passed_at) == (("j", "k"), "k", {"j": 0})
    assert [programme.first_of(n) for n in ("up", "a")] == ["j", "a"]


def test_a_ladder_needs_no_more_than_its_rungs() -> None:
    programme = parse_programme({**a_programme(), "ladders": [{"id": "up", "rungs": ["j", "k"]}]})
    assert (programme.ladders["up"].trained, programme.ladders["up"].passed_at) == (None, {})


RUNGS = "needs two exercises or more, each on this ladder alone, once."


@pytest.mark.parametrize(
    ("ladders", "sentence"),
    [
        ([{"id": "up", "rungs": ["j"]}], f"ladders[0].rungs: {RUNGS}"),
        ([{"id": "up", "rungs": ["j", "j"]}], f"ladders[0].rungs: {RUNGS}"),
        ([{"id": "up", "rungs": ["j", "k"]}, {"id": "on", "rungs": ["k", "l"]}], f"ladders[1].rungs: {RUNGS}"),
        ([{"id": "up", "rungs": ["j", "k"]}, {"id": "up", "rungs": ["l", "m"]}], f"ladders[1].rungs: {RUNGS}"),
        ([{"id": "up", "rungs": ["j", "k"], "trained": "a"}], "ladders[0].trained: must name rungs of this ladder."),
        (
            [{"id": "up", "rungs": ["j", "k"], "passed_at": {"a": 0}}],
            "ladders[0].passed_at: must name rungs of this ladder.",
        ),
    ],
)
def test_a_ladder_that_leads_nowhere_is_refused(ladders: object, sentence: str) -> None:
    assert complaint(lambda: parse_programme({**a_programme(), "ladders": ladders})) == sentence


@pytest.mark.parametrize("slot", ["a", [], [1], ["a", 1]])
def test_a_slot_has_to_be_a_list_of_exercises(slot: object) -> None:
    values = {**a_programme(), "light": {"slots": [["f"], slot], "fill": []}}
    said = complaint(lambda: parse_programme(values))
    assert said == "light.slots[1]: must be a list of exercises or ladders, by id."


@pytest.mark.parametrize("part", ["loaded", "light", "full", "maintenance", "short", "snack"])
def test_a_part_of_the_programme_with_a_key_too_many_is_refused(part: str) -> None:
    values = a_programme()
    values[part] = {**values[part], "more": 1}  # type: ignore[dict-item]
    assert complaint(lambda: parse_programme(values)).startswith(f"{part}.more: is not a key")


WORDS = """# Squat

Sit back
and stand up.

## How

1. Feet apart.
2. Sit back,
   slowly.

## Feel

Thighs work.

## Mistakes

- You rush.

## Cautions

- Not today.

## Evidence

It helps [a-2020]. It is
ours too [rules], and again [a-2020].

We found no trial of it.

## Cues

- ready: Stand tall.
- work: Down: slowly.

## Gates

- low_back_pain: Not with a sore back.

## Figure

Seen from the side.
"""


def test_words_are_read_section_by_section() -> None:
    words = parse_words(WORDS)
    assert (words.name, words.summary) == ("Squat", "Sit back and stand up.")
    assert words.how == ("Feet apart.", "Sit back, slowly.")
    assert (words.feel, words.mistakes, words.cautions) == ("Thighs work.", ("You rush.",), ("Not today.",))
    assert words.evidence.split("\n\n")[1] == "We found no trial of it."
    assert words.cited == ("a-2020", "rules")
    assert words.cues == {"ready": "Stand tall.", "work": "Down: slowly."}
    assert words.gates == {"low_back_pain": "Not with a sore back."}
    assert words.figure == "Seen from the side."


def test_words_without_gates_have_none() -> None:
    without = WORDS.replace("## Gates\n\n- low_back_pain: Not with a sore back.\n\n", "")
    assert parse_words(without).gates == {}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("# Squat", "Squat", "en.md: must begin with a title"),
        ("# Squat\n\nSit back\nand stand up.", "", "en.md: must begin with a title"),
        ("Sit back\nand stand up.", "", "en.md: must begin with a title (# Name) and a sentence"),
        ("## Feel", "## Feels", "en.md Feels: must be one of How, Feel"),
        ("## Feel", "## How", "en.md How: must be one of How, Feel, Mistakes, Cautions, Evidence, Cues, Gates, Figure"),
        ("## Figure\n\nSeen from the side.", "", "en.md Figure: is missing."),
        ("Thighs work.", "", "en.md Feel: is empty."),
        ("- You rush.", "", "en.md Mistakes: needs at least one line."),
        ("- You rush.", "You rush.", "en.md Mistakes: must be a list; 'You rush.' stands outside it."),
        ("[a-2020]", "", "en.md Evidence: must cite at least one source"),
        (
            "We found no trial of it.",
            "It works.",
            "en.md Evidence: must cite a source as [source-id], or say 'We found no'",
        ),
        ("- work: Down: slowly.\n", "", "en.md Cues: needs a line for work."),
        ("- ready: Stand tall.", "- Stand tall.", "en.md Cues: needs lines of the form `key: sentence`"),
        ("- ready: Stand tall.", "- ready:", "en.md Cues: needs lines of the form `key: sentence`"),
        ("- ready: Stand tall.", "- Ready!: Stand tall.", "en.md Cues: needs lines of the form `key: sentence`"),
    ],
)
def test_words_that_are_wrong_are_refused_with_their_section(old: str, new: str, sentence: str) -> None:
    changed = WORDS.replace(old, new).replace("[rules]", "" if "2020" in old else "[rules]")
    assert complaint(lambda: parse_words(changed)).startswith(sentence)
