"""What is said of a film of somebody who runs: numbers, how far off they are, and what a camera cannot tell."""

from __future__ import annotations

from patella.app.film.running import WatchedRunning
from patella.motion.pose import Side
from patella.motion.running_form import APART, OFF, Quantity, RunningForm, Untold
from patella.terminal.page import Page, Tone
from patella.terminal.wording import counted

ROWS = {
    "contact_share": ("foot on the ground, of a stride", 100, "%"),
    "knee_contact_deg": ("knee bent as the foot lands", 1, "°"),
    "knee_midstance_deg": ("knee bent with the body above", 1, "°"),
    "foot_contact_deg": ("toes up as the foot lands", 1, "°"),
}
WHY = {
    Untold.NOBODY: "I can't see anybody in this film.",
    Untold.NOT_FROM_THE_SIDE: "I need to see you from the side: put the camera beside you, level with your hips.",
    Untold.NOT_RUNNING: "I can't make out any running in this film. Walking is not looked at.",
    Untold.LEGS_MIXED_UP: "I keep taking one of your legs for the other. More light and a nearer camera help, and so "
    "does --model heavy.",
    Untold.TOO_SHORT: "That is too short: five strides at least, better ten seconds.",
    Untold.TOO_FEW_PICTURES: "Landings are not told: the film has fewer than 20 pictures a second.",
    Untold.TURNED: "Angles and contact are not told: the camera stands more than 30 degrees off your side.",
    Untold.UNSEEN: "What is left open was not seen well enough.",
}
NAME, CELL = 34, 8


def say_running(page: Page, watched: WatchedRunning) -> None:
    """The numbers, or why there are none."""
    found = watched.found
    if found.cadence_spm.value is None:
        page.say("Nothing was told of your running.", tone=Tone.STRONG)
    else:
        _say_numbers(page, found)
    for why in dict.fromkeys(q.why for q in _quantities(found) if q.why):
        page.item(WHY[why])
    for remark in watched.remarks:
        page.item(remark.words)


def _say_numbers(page: Page, found: RunningForm) -> None:
    near = f", seen from your {found.near.value}" if found.near else ""
    page.say(f"Running: {counted(found.strides, 'stride')} in {found.duration_s:.0f} s{near}", tone=Tone.STRONG)
    _row(page, "steps a minute", _cell(found.cadence_spm, 1, ""), "", f"{OFF['cadence_spm']:.0f}")
    _row(page, "trunk, leaning forward", _cell(found.trunk_lean_deg, 1, "°"), "", f"{OFF['trunk_lean_deg']:.0f}°")
    _row(page, "", "left", "right", "within")
    apart = []
    for name, (words, scale, unit) in ROWS.items():
        left, right = getattr(found.left, name), getattr(found.right, name)
        _row(page, words, _cell(left, scale, unit), _cell(right, scale, unit), f"{scale * OFF[name]:.0f}{unit}")
        if left.value is not None and right.value is not None and abs(left.value - right.value) > APART[name]:
            apart.append(words)
    far = (Side.LEFT if found.near is Side.RIGHT else Side.RIGHT).value
    if apart:
        page.say(
            f"Left and right look different: {'; '.join(apart)}. Your {far} leg is the one away from the camera, so "
            f"film yourself from your {far} as well before you believe it."
        )
    elif all(q.value is not None for q in _quantities(found)):
        page.say("Left and right differ by no more than the camera can be wrong.")
    page.say(
        "Within: nine made-up films of ten were as near to the truth as that; on a real one the leg away from the "
        "camera is told worse. The trunk leans as much as the camera is tilted. How hard a foot lands no camera sees, "
        "and none from the side sees how hips and knees move from the front.",
        tone=Tone.QUIET,
    )
    page.say("What it means for your knee, and for how far today, `patella run` says.", tone=Tone.QUIET)


def _row(page: Page, name: str, one: str, other: str, within: str) -> None:
    page.draw(f"  {name:<{NAME}}{one:>{CELL}}{other:>{CELL}}{within:>{CELL + 2}}".rstrip())


def _cell(quantity: Quantity, scale: float, unit: str) -> str:
    return "open" if quantity.value is None else f"{scale * quantity.value:.0f}{unit}"


def _quantities(found: RunningForm) -> list[Quantity]:
    sides = [getattr(form, name) for form in (found.left, found.right) for name in ROWS]
    return [found.cadence_spm, found.trunk_lean_deg, *sides]
