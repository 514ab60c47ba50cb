"""Today's plan on a terminal: what, how much, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from patella.care.clearance import Standing
from patella.care.entries.field import read
from patella.care.entries.of_session import PlannedTask
from patella.care.exercise import Footwear
from patella.care.questionnaire import Outcome
from patella.care.task import task_in
from patella.care.units import Units
from patella.terminal.page import Page, Tone
from patella.terminal.stages import show_stage
from patella.terminal.wording import counted, day_of, dose_of, needs_of

Values = Mapping[str, object]
SHORT = ("exercise", "dose", "equipment")
OF_RUNNING = ("cap", "spike", "sore")


def show_today(page: Page, answer: Values, units: Units, *, why: bool = False) -> None:
    """The answer of `answer_today`. `why` shows every reason with its source, and the sources in full."""
    page.say(f"{day_of(date.fromisoformat(str(answer['date'])))}", tone=Tone.STRONG)
    if answer["clearance"] != Standing.OK:
        say_closed(page, answer)
        return
    say_concerns(page, answer, why=why)
    show_plan(page, answer, units, why=why)
    _say_running(page, answer, why=why)
    if not answer["items"]:
        page.say("Nothing for today. Rest counts as well.")
    elif answer["finished"]:
        page.say("Done for today. Well done; your knee does the rest overnight.", tone=Tone.STRONG)
    elif answer["frozen"]:
        page.say("Begun today, so this plan stays as it is. patella start goes on from where you were.")
    else:
        page.say("You can do it. Start now: patella start", tone=Tone.STRONG)
    page.say()
    page.say(str(answer["always"]), tone=Tone.QUIET)


def say_concerns(page: Page, answer: Values, *, why: bool = False) -> None:
    """What the diary asks to be shown to somebody and, once, that the programme is done."""
    concerns, end = _listed(answer, "concerns"), answer["end"]
    for concern in concerns:
        page.shout(_with_source(concern, answer) if why else str(concern["text"]))
    if concerns:
        page.say("Once somebody has seen the knee: patella screen --seen. A report to take along: patella report")
        page.say()
    if isinstance(end, Mapping):
        page.say(_with_source(end, answer) if why else str(end["text"]), tone=Tone.STRONG)
        page.say(
            "Five minutes from now on: patella settings --maintenance. As before: patella settings --no-maintenance"
        )
        page.say()


def _say_running(page: Page, answer: Values, *, why: bool) -> None:
    """How far to run today, in a line or two; all that is said about it with `why`."""
    running, comeback = answer.get("running"), answer.get("comeback")
    if isinstance(comeback, Mapping):
        show_stage(page, comeback)
    if answer.get("no_run_text"):
        page.say("Running", tone=Tone.STRONG)
        page.item(str(answer["no_run_text"]))
        page.say()
    if not isinstance(running, Mapping):
        return
    reasons = _listed(running, "because")
    short = [r for r in reasons if why or r["about"] in OF_RUNNING]
    page.say("Running", tone=Tone.STRONG)
    for reason in short:
        page.item(_with_source(reason, answer) if why else str(reason["text"]))
    if running["shoes"]:
        page.item(str(running["shoes"]))
    page.say()


def say_closed(page: Page, answer: Values) -> None:
    """What matters more than a plan: where to go, or that the questions come first."""
    standing = str(answer["clearance"])
    if standing in set(Outcome):
        page.shout(str(answer["clearance_text"]))
        say_way_back(page)
    else:
        page.say(str(answer["clearance_text"]))
        page.say("Begin here: patella start", tone=Tone.STRONG)


def say_way_back(page: Page) -> None:
    """How the exercises open again after an assessment."""
    page.say("Once you have been told that exercise is fine: patella screen --assessed --on DAY, the day of that yes")


def show_plan(page: Page, answer: Values, units: Units, *, why: bool = False) -> None:
    """The exercises of a plan with their doses and reasons, and what is left out."""
    for reason in _listed(answer, "because"):
        page.say(_with_source(reason, answer) if why else str(reason["text"]))
    page.say(f"About {counted(max(1, int(str(answer['minutes']))), 'minute')}.")
    for number, item in enumerate(_listed(answer, "items"), 1):
        _show_item(page, number, item, answer, units=units, why=why)
    page.say()
    _show_shut(page, answer, why=why)
    if why:
        _show_sources(page, answer)


def _show_item(page: Page, number: int, item: Values, answer: Values, *, units: Units, why: bool) -> None:
    task = task_in(read(PlannedTask, item))
    page.say()
    page.say(str(item["name"]), tone=Tone.STRONG, indent=f"{number}. ", hang="   ")
    needs = needs_of(Footwear(str(item["footwear"])), item["gear"])  # type: ignore[arg-type]
    page.say(dose_of(task, units) + (f". {needs[:1].upper()}{needs[1:]}." if needs else "."), indent="   ")
    reasons = _listed(item, "because")
    if why:
        for reason in reasons:
            page.item(_with_source(reason, answer), mark="   -")
    else:
        short = [str(r["text"]) for r in reasons if r["about"] in SHORT]
        page.say(" ".join(short), indent="   ", tone=Tone.QUIET)


def _show_shut(page: Page, answer: Values, *, why: bool) -> None:
    shut = _listed(answer, "shut")
    if not shut:
        return
    page.say("Not today:")
    for one in shut:
        reasons = _listed(one, "because")
        texts = (_with_source(r, answer) if why else str(r["text"]) for r in reasons)
        page.item(f"{one['name']}. {' '.join(texts)}")
    page.say()


def _show_sources(page: Page, answer: Values) -> None:
    sources: Mapping[str, Values] = answer["sources"]  # type: ignore[assignment]
    page.say("Sources:")
    for source in sources.values():
        say_source(page, source)
    page.say()


def say_source(page: Page, source: Values) -> None:
    """One source written out: what it is, where it is, what it says, and what was read of it."""
    where = " ".join(str(source[k]) for k in ("where", "link") if source[k])
    parts = [f"{source['cite']} ({source['kind']}): {source['title']}.", f"{where}." if where else ""]
    parts += [str(source["finding"]), f"Read: {source['checked']}." if source["checked"] else ""]
    page.item(" ".join(p for p in parts if p))


def _with_source(reason: Values, answer: Values) -> str:
    sources: Mapping[str, Values] = answer["sources"]  # type: ignore[assignment]
    return f"{reason['text']} ({sources[str(reason['source'])]['cite']})"


def _listed(values: Values, key: str) -> Sequence[Values]:
    found: Sequence[Values] = values[key]  # type: ignore[assignment]
    return found
