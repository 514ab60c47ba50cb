from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from calm import calm_answers
from patella.app.patella import Patella
from patella.app.person.screening import answer_screening, change_profile, list_questions, note_symptom
from patella.app.plan.plan import make_plan
from patella.app.session.training import begin, log_set
from patella.care.choice import Scope
from patella.care.exercise import Exercise, Group
from patella.care.library import Library
from patella.files.library import own_library
from patella.paper.handout import PaperError, own_briefs, print_sheet, write_handout
from patella.paper.sheet import NOT_A_DIAGNOSIS, STOP_RULES, Sheet, sheet_for
from patella.store.log import Log

SUNDAY = datetime.fromisoformat("2026-11-01T18:00:00+01:00")
PAPERS = {False: (595, 842), True: (612, 792)}  # letter or not: points


@dataclass
class Clock:
    at: datetime = SUNDAY

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Home:
    app: Patella
    clock: Clock
    ids: Iterator[int] = field(default_factory=count)

    def screen(self, **answers: object) -> None:
        answer_screening(self.app, calm_answers(list_questions(self.app), **answers))

    def train(self, scope: Scope = Scope.TODAY) -> None:
        session = begin(self.app, make_plan(self.app, scope=scope), before=1)
        for number, task in enumerate(session.tasks):
            did = {"reps": task.asked.reps, "holds": task.asked.holds, "hold_s": task.asked.hold_s}
            session = log_set(self.app, session, number, task.sides[0], did)

    def sheet(self, *, full: bool = False) -> Sheet:
        return sheet_for(self.app, own_briefs(), full=full)

    def with_every(self, change: Callable[[Exercise], Exercise]) -> Home:
        library: Library = self.app.library
        changed = replace(library, exercises={k: change(e) for k, e in library.exercises.items()})
        return replace(self, app=replace(self.app, library=changed))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    clock, ids = Clock(), count()
    with Log.open(tmp_path / "diary") as log:
        yield Home(
            app=Patella(log=log, library=own_library(), now=clock, new_id=lambda: f"id-{next(ids)}"), clock=clock
        )


def plain(text: str) -> str:
    """Text without its line breaks, typographic apostrophes and spaces."""
    return re.sub(r"\s+", " ", text.replace("\u2019", "'").replace("\u200b", "")).strip()


@dataclass(frozen=True, kw_only=True)
class Print:
    """A PDF as a reader finds it; a spot is where a piece of text begins, from left and below, its size, the text."""

    pages: int
    sizes: set[tuple[int, int]]
    text: str
    spots: list[tuple[float, float, float, str]]


def look_at(pdf: bytes) -> Print:
    pages = PdfReader(BytesIO(pdf)).pages
    spots: list[tuple[float, float, float, str]] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            spots.append((cm[4] + cm[0] * tm[4], cm[5] + cm[3] * tm[5], size, text.strip()))

    return Print(
        text=plain(" ".join(page.extract_text(visitor_text=visit) for page in pages)),
        pages=len(pages),
        sizes={(round(p.mediabox.width), round(p.mediabox.height)) for p in pages},
        spots=spots,
    )


def assert_says_all(sheet: Sheet, text: str) -> None:
    for card in sheet.cards:
        for said in (card.name, card.dose, card.gear, card.caution, *card.steps):
            assert plain(said) in text, said
    for left in sheet.left_out:
        assert plain(f"{left.name}. {left.why}") in text
    for rule in STOP_RULES:
        assert rule in text
    assert NOT_A_DIAGNOSIS in text


def assert_on_the_paper(printed: Print, *, letter: bool) -> None:
    width, height = PAPERS[letter]
    for left, up, size, text in printed.spots:
        narrowest = 0.33 * size * max(len(line) for line in text.splitlines())
        assert left >= 40, text
        assert left + narrowest <= width - 30, text
        assert 15 <= up <= height - 30, text


# --- what it says


def test_before_the_screening_it_holds_the_six_with_their_starting_doses_and_asks_for_the_answers_first(
    home: Home,
) -> None:
    sheet = home.sheet()
    six = sorted(
        (e for e in home.app.library.exercises.values() if e.routine_number), key=lambda e: e.routine_number or 0
    )
    assert [c.name for c in sheet.cards] == [e.name for e in six]
    assert [c.dose for c in sheet.cards] == [
        "2 sets of 6, rest 60 s",
        "2 sets of 6, rest 60 s",
        "2 holds of 30 s, each leg, rest 15 s",
        "2 sets of 6, each leg, light band, rest 60 s",
        "2 sets of 5 holds of 10 s, 8 s between holds, rest 60 s",
        "2 sets of 3, each leg, no weight yet, from 90 to 45 degrees, rest 90 s",
    ]
    assert sheet.call == "Answer the questions in Patella first"
    assert "questions first" in sheet.lead[0]


def test_the_cautions_of_the_routine_stand_where_they_belong(home: Home) -> None:
    cards = {c.exercise_id: c for c in home.sheet().cards}
    assert cards["medicine-ball-squeeze"].caution.startswith("Never with low back pain.")
    kettlebell = cards["kettlebell-knee-extension"]
    assert (kettlebell.tag, kettlebell.rhythm, kettlebell.ticks) == ("for the advanced", "not yet", 0)
    assert kettlebell.note == "Not before 7 days and 3 calm sessions."
    assert kettlebell.gear.startswith("Sneakers · kettlebell")


def test_before_the_screening_the_full_sheet_adds_rolling_hips_and_a_stretch(home: Home) -> None:
    groups = [home.app.library.exercises[c.exercise_id].group for c in home.sheet(full=True).cards]
    assert {g: groups.count(g) for g in groups} == {Group.ROUTINE: 6, Group.ROLLING: 3, Group.HIPS: 2, Group.STRETCH: 1}


def test_after_the_screening_it_holds_todays_plan(home: Home) -> None:
    home.screen()
    sheet, plan = home.sheet(), make_plan(home.app)
    assert [c.name for c in sheet.cards] == [i.exercise.name for i in plan.items]
    assert [c.number for c in sheet.cards] == [1, 2, 3, 4]
    assert sheet.call == ""
    assert sheet.lead == tuple(r.text for r in plan.because)


@pytest.mark.parametrize("letter", PAPERS)
def test_todays_lesson_stands_on_the_second_page_with_its_sources_by_name(home: Home, *, letter: bool) -> None:
    home.screen()
    sheet = home.sheet()
    assert sheet.reading is not None
    assert sheet.reading.title == "Your knee has a budget"
    printed = look_at(print_sheet(sheet, letter=letter))
    assert printed.pages == 2
    assert "Notes" in printed.text
    assert all(plain(p) in printed.text for p in (sheet.reading.title, *sheet.reading.text))
    assert "(Esculier 2020)" in printed.text
    assert "[" not in " ".join(sheet.reading.text)


def test_a_lesson_takes_only_the_room_that_is_left(home: Home) -> None:
    home.screen()
    sheet = home.sheet(full=True)
    assert sheet.reading is not None
    long = replace(sheet, reading=replace(sheet.reading, text=sheet.reading.text * 12))
    with_it, without = (look_at(print_sheet(s)) for s in (long, replace(sheet, reading=None)))
    assert with_it.pages == without.pages
    assert plain(sheet.reading.title) not in with_it.text


def test_once_begun_the_plan_on_paper_stays_what_was_begun(home: Home) -> None:
    home.screen()
    before = home.sheet()
    home.train()
    assert home.sheet() == before


def test_the_full_sheet_on_a_light_day_keeps_what_rests_and_says_so(home: Home) -> None:
    home.screen()
    whole = {c.exercise_id for c in home.sheet(full=True).cards}
    home.train()
    home.clock.at += timedelta(days=1)
    sheet = home.sheet(full=True)
    resting = {c.exercise_id for c in sheet.cards if c.tag == "rests today"}
    assert resting == {"terminal-knee-extension", "medicine-ball-squeeze", "kettlebell-knee-extension", "glute-bridge"}
    assert {c.exercise_id for c in sheet.cards} == whole
    assert sheet.facts.startswith("8 of 12 today")


def test_what_the_screening_shut_is_left_out_with_its_reason(home: Home) -> None:
    home.screen(health=["back"], back=["low_back_pain"])
    for full in (False, True):
        sheet = home.sheet(full=full)
        assert "medicine-ball-squeeze" not in {c.exercise_id for c in sheet.cards}
        left = next(x for x in sheet.left_out if x.name == "Medicine ball squeeze")
        assert "back hurts" in left.why


def test_what_is_missing_at_home_has_its_substitute_on_the_sheet(home: Home) -> None:
    home.screen()
    change_profile(home.app, {"has": []})
    cards = {c.exercise_id: c for c in home.sheet().cards}
    assert "terminal-knee-extension" not in cards
    assert cards["squat"].gear == "Barefoot · sturdy chair"
    assert cards["medicine-ball-squeeze"].gear == (
        "Barefoot · firm cushion instead of the ball (or towel) · sturdy kitchen table instead of the high seat"
    )


def test_whoever_trains_the_left_leg_alone_sees_the_left_leg_work(home: Home) -> None:
    home.screen()
    assert not any(c.mirrored for c in home.sheet(full=True).cards)
    change_profile(home.app, {"knees": ["left"], "one_leg": True})
    cards = home.sheet(full=True).cards
    assert [c.mirrored for c in cards] == [", left " in c.dose for c in cards]
    assert any(c.mirrored for c in cards)


@pytest.mark.parametrize(
    "answers",
    [
        {"same_day": ["locking"]},
        {"soon": ["night_pain"]},
        {"emergency": ["chest_pain"]},
        {"health": ["knee_ligament"]},
    ],
)
def test_a_warning_sign_gives_a_sheet_without_any_exercise(home: Home, answers: dict[str, object]) -> None:
    home.screen(**answers)
    for full in (False, True):
        sheet = home.sheet(full=full)
        assert sheet.cards == ()
        assert sheet.reading is None
        text = look_at(print_sheet(sheet)).text
        assert plain(sheet.lead[0]) in text
        assert "Your week" not in text
        assert "Stop, and ask for help" in text


def test_a_new_symptom_gives_no_exercise_until_the_questions_are_answered_again(home: Home) -> None:
    home.screen()
    home.clock.at += timedelta(minutes=1)
    note_symptom(home.app, "injured")
    sheet = home.sheet()
    assert sheet.cards == ()
    assert "questions" in sheet.call


def test_sides_are_said_as_the_person_trains_them(home: Home) -> None:
    home.screen()
    change_profile(home.app, {"knees": ["right"]})
    doses = {c.exercise_id: c.dose for c in home.sheet().cards}
    assert doses["terminal-knee-extension"] == "2 sets of 6, each leg, right first, light band, rest 60 s"
    assert doses["side-lying-hip-abduction"] == "3 sets of 8, each side, right first, no weight yet, rest 60 s"
    change_profile(home.app, {"one_leg": True})
    assert {c.exercise_id: c.dose for c in home.sheet().cards}["terminal-knee-extension"].startswith(
        "2 sets of 6, right leg,"
    )


def test_the_pain_rule_has_three_lines_and_two_for_those_who_asked_for_caution(home: Home) -> None:
    assert [p.span for p in home.sheet().frame.pain_rule] == ["0 to 2", "3 to 5", "6 to 10"]
    change_profile(home.app, {"cautious": True})
    assert [p.span for p in home.sheet().frame.pain_rule] == ["0 to 2", "3 to 10"]


def test_every_exercise_of_the_library_has_three_or_four_short_steps() -> None:
    briefs = own_briefs()
    assert set(briefs) == set(own_library().exercises)
    for steps in briefs.values():
        assert 3 <= len(steps) <= 4
        assert all(len(s) <= 95 for s in steps)


def test_the_short_steps_name_no_tempo_that_the_dose_does_not() -> None:
    for exercise_id, steps in own_briefs().items():
        tempo = own_library().exercises[exercise_id].dose.tempo
        asked = {tempo.up_s, tempo.hold_s, tempo.down_s, tempo.rest_s} if tempo else set()
        said = {float(n) for n in re.findall(r"(\d+)(?: slow)? seconds", " ".join(steps))}
        assert said <= asked, exercise_id


def test_an_exercise_without_short_steps_shows_all_of_its_own(home: Home) -> None:
    card = sheet_for(home.app, {}).cards[0]
    assert card.steps == home.app.library.exercises[card.exercise_id].words.how


def test_the_week_begins_today(home: Home) -> None:
    frame = home.sheet().frame
    assert frame.day == "Sunday 1 November 2026"
    assert frame.week == ("Sun 1", "Mon 2", "Tue 3", "Wed 4", "Thu 5", "Fri 6", "Sat 7")


# --- what is printed


@pytest.mark.parametrize("letter", [False, True])
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("screened", [False, True])
def test_every_name_dose_step_and_caution_is_in_print_on_few_pages(
    home: Home, *, letter: bool, full: bool, screened: bool
) -> None:
    if screened:
        home.screen()
    sheet = home.sheet(full=full)
    printed = look_at(print_sheet(sheet, letter=letter))
    assert printed.pages == (3 if full else 2)
    assert printed.sizes == {PAPERS[letter]}
    assert_says_all(sheet, printed.text)
    assert all(f"page {n} of {printed.pages}" in printed.text for n in range(1, printed.pages + 1))
    assert "0\u20132 Go on" in printed.text
    assert all(f"Pain: {moment.lower()}" in printed.text for moment in sheet.frame.moments)
    assert_on_the_paper(printed, letter=letter)


def test_long_exercises_of_one_day_stand_together_on_the_first_page(home: Home) -> None:
    home.screen()
    sheet = home.sheet()
    long = replace(sheet, cards=tuple(replace(c, steps=(*c.steps[:3], c.steps[0] * 2)) for c in sheet.cards))
    first = plain(PdfReader(BytesIO(print_sheet(long))).pages[0].extract_text())
    assert all(plain(card.name) in first for card in sheet.cards)


def test_the_type_is_big(home: Home) -> None:
    sheet = home.sheet(full=True)
    spots = look_at(print_sheet(sheet)).spots
    for card in sheet.cards:
        assert max(size for _, _, size, text in spots if text == plain(card.name)) >= 15
        assert min(size for _, _, size, text in spots if card.steps[0].startswith(text) and len(text) > 9) >= 11


def test_long_names_many_sets_and_letters_of_many_languages_stay_on_the_paper(home: Home) -> None:
    long = "Würdig, œuvre, čaj, по-русски, ελληνικά: eine Rindfleischetikettierungsüberwachungsaufgabe "

    def stretch(exercise: Exercise) -> Exercise:
        words = replace(exercise.words, name=long + "x" * 60)
        return replace(exercise, words=words, dose=replace(exercise.dose, sets=6))

    printed = look_at(print_sheet(home.with_every(stretch).sheet(full=True)))
    assert_on_the_paper(printed, letter=False)
    assert all(word in printed.text for word in ("Würdig", "œuvre", "čaj", "по-русски", "ελληνικά"))


def test_words_are_never_read_as_typesetting(home: Home) -> None:
    name = '#pagebreak() *bold* $x$ <a> @b [c] "d" \\ `e`'

    def disguise(exercise: Exercise) -> Exercise:
        return replace(exercise, words=replace(exercise.words, name=name))

    assert name in look_at(print_sheet(home.with_every(disguise).sheet())).text


def test_the_same_diary_and_day_give_the_same_bytes(home: Home, tmp_path: Path) -> None:
    home.screen()
    for name in ("one.pdf", "two.pdf"):
        write_handout(home.app, tmp_path / name)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_figures_have_words_for_those_who_do_not_see_them(home: Home) -> None:
    sheet = home.sheet()
    reader = PdfReader(BytesIO(print_sheet(sheet)))
    told = [str(o["/Alt"]) for o in objects_of(reader) if "/Alt" in o]
    assert [plain(t) for t in told if plain(t) in {c.figure_says for c in sheet.cards}] == [
        c.figure_says for c in sheet.cards
    ]


def objects_of(reader: PdfReader) -> Iterator[DictionaryObject]:
    for number in range(1, int(reader.trailer["/Size"])):  # type: ignore[call-overload]
        found = reader.get_object(number)
        if isinstance(found, DictionaryObject):
            yield found


# --- where it is written


def test_what_is_written_is_a_whole_pdf_and_nothing_beside_it(home: Home, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    write_handout(home.app, out / "Knie für Zoë.PDF", letter=True)
    assert [p.name for p in out.iterdir()] == ["Knie für Zoë.PDF"]
    assert len(PdfReader(out / "Knie für Zoë.PDF").pages) == 2


@pytest.mark.parametrize("name", ["knee.txt", "knee", ".pdf"])
def test_a_name_that_does_not_end_in_pdf_is_refused(home: Home, tmp_path: Path, name: str) -> None:
    with pytest.raises(PaperError, match=r"must end in \.pdf"):
        write_handout(home.app, tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_folder_that_does_not_exist_is_refused(home: Home, tmp_path: Path) -> None:
    with pytest.raises(PaperError, match="does not exist"):
        write_handout(home.app, tmp_path / "nowhere" / "knee.pdf")
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_in_its_place_is_refused(home: Home, tmp_path: Path) -> None:
    (tmp_path / "knee.pdf").mkdir()
    with pytest.raises(PaperError, match="is a folder"):
        write_handout(home.app, tmp_path / "knee.pdf", replace=True)


def test_what_is_there_already_stays_unless_it_may_be_replaced(home: Home, tmp_path: Path) -> None:
    out = tmp_path / "knee.pdf"
    out.write_text("mine")
    with pytest.raises(PaperError, match="there already"):
        write_handout(home.app, out)
    assert out.read_text() == "mine"
    write_handout(home.app, out, replace=True)
    assert out.read_bytes().startswith(b"%PDF")


def test_a_disk_that_cannot_be_written_leaves_one_sentence_and_nothing_else(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(PaperError, match="could not be written: No space left on device"):
        write_handout(home.app, out / "knee.pdf")
    assert list(out.iterdir()) == []
