"""Today's plan on a terminal: what, how much, and why."""

from __future__ import annotations

from collections.abc import Mapping

from patella.app.plan.told import ShownItem, ShownPlan, ToldSource
from patella.app.today.today import Today
from patella.care.clearance import Standing
from patella.care.questionnaire import Outcome
from patella.care.reason import Reason
from patella.care.units import Units
from patella.terminal.page import Page, Tone
from patella.terminal.stages import show_stage
from patella.terminal.wording import counted, day_of, dose_of, needs_of

Sources = Mapping[str, ToldSource]
SHORT = ("exercise", "dose", "equipment")
OF_RUNNING = ("cap", "spike", "sore")


def show_today(page: Page, answer: Today, units: Units, *, why: bool = False) -> None:
    """The answer of `answer_today`. `why` shows every reason with its source, and the sources in full."""
    page.say(f"{day_of(answer.date)}", tone=Tone.STRONG)
    if answer.clearance is not Standing.OK:
        say_closed(page, answer.clearance, answer.clearance_text)
        return
    say_concerns(page, answer, why=why)
    say_plan(page, answer, units, why=why)
    _say_running(page, answer, why=why)
    if not answer.items:
        page.say("Nothing for today. Rest counts as well.")
    elif answer.finished:
        page.say("Done for today. Well done; your knee does the rest overnight.", tone=Tone.STRONG)
    elif answer.frozen:
        page.say("Begun today, so this plan stays as it is. patella start goes on from where you were.")
    else:
        page.say("You can do it. Start now: patella start", tone=Tone.STRONG)
    page.say()
    page.say(answer.always, tone=Tone.QUIET)


def say_concerns(page: Page, answer: ShownPlan, *, why: bool = False) -> None:
    """What the diary asks to be shown to somebody and, once, that the programme is done."""
    for concern in answer.concerns:
        page.shout(_told(concern, answer.sources, why=why))
    if answer.concerns:
        page.say("Once somebody has seen the knee: patella screen --seen. A report to take along: patella report")
        page.say()
    if answer.end:
        page.say(_told(answer.end, answer.sources, why=why), tone=Tone.STRONG)
        page.say(
            "Five minutes from now on: patella settings --maintenance. As before: patella settings --no-maintenance"
        )
        page.say()


def _say_running(page: Page, answer: Today, *, why: bool) -> None:
    """How far to run today, in a line or two; all that is said about it with `why`."""
    running = answer.running
    if answer.comeback:
        show_stage(page, answer.comeback)
    if answer.no_run_text:
        page.say("Running", tone=Tone.STRONG)
        page.item(answer.no_run_text)
        page.say()
    if not running:
        return
    page.say("Running", tone=Tone.STRONG)
    for reason in running.because:
        if why or reason.about in OF_RUNNING:
            page.item(_told(reason, answer.sources, why=why))
    if running.shoes:
        page.item(running.shoes)
    page.say()


def say_closed(page: Page, standing: Standing, text: str) -> None:
    """What matters more than a plan: where to go, or that the questions come first."""
    if standing.value in set(Outcome):
        page.shout(text)
        say_way_back(page)
    else:
        page.say(text)
        page.say("Begin here: patella start", tone=Tone.STRONG)


def say_way_back(page: Page) -> None:
    """How the exercises open again after an assessment."""
    page.say("Once you have been told that exercise is fine: patella screen --assessed --on DAY, the day of that yes")


def say_plan(page: Page, answer: ShownPlan, units: Units, *, why: bool = False) -> None:
    """The exercises of a plan with their doses and reasons, and what is left out."""
    for reason in answer.because:
        page.say(_told(reason, answer.sources, why=why))
    if answer.programme and answer.programme.note:
        page.say(answer.programme.note)
    page.say(f"About {counted(max(1, answer.minutes), 'minute')}.")
    for number, item in enumerate(answer.items, 1):
        _show_item(page, number, item, answer.sources, units=units, why=why)
    page.say()
    _show_shut(page, answer, why=why)
    if why:
        _show_sources(page, answer.sources)


def _show_item(page: Page, number: int, item: ShownItem, sources: Sources, *, units: Units, why: bool) -> None:
    page.say()
    page.say(item.name, tone=Tone.STRONG, indent=f"{number}. ", hang="   ")
    needs = needs_of(item.footwear, item.gear)
    page.say(dose_of(item, units) + (f". {needs[:1].upper()}{needs[1:]}." if needs else "."), indent="   ")
    if item.note:
        page.say(item.note, indent="   ")
    if why:
        for reason in item.because:
            page.item(_told(reason, sources, why=True), mark="   -")
    else:
        short = [r.text for r in item.because if r.about in SHORT]
        page.say(" ".join(short), indent="   ", tone=Tone.QUIET)


def _show_shut(page: Page, answer: ShownPlan, *, why: bool) -> None:
    if not answer.shut:
        return
    page.say("Not today:")
    for one in answer.shut:
        texts = (_told(r, answer.sources, why=why) for r in one.because)
        page.item(f"{one.name}. {' '.join(texts)}")
    page.say()


def _show_sources(page: Page, sources: Sources) -> None:
    page.say("Sources:")
    for source in sources.values():
        say_source(page, source)
    page.say()


def say_source(page: Page, source: ToldSource) -> None:
    """One source written out: what it is, where it is, what it says, and what was read of it."""
    where = " ".join(text for text in (source.where, source.link) if text)
    parts = [f"{source.cite} ({source.kind}): {source.title}.", f"{where}." if where else ""]
    parts += [source.finding, f"Read: {source.checked}." if source.checked else ""]
    page.item(" ".join(p for p in parts if p))


def _told(reason: Reason, sources: Sources, *, why: bool) -> str:
    """A reason in its words; with `why` its source is named beside it."""
    return f"{reason.text} ({sources[reason.source].cite})" if why else reason.text
