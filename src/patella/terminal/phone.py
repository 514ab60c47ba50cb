"""What lets a phone in, shown in the terminal: an address to scan, the certificate's fingerprint, a code; who is in."""

from __future__ import annotations

import math
from datetime import datetime
from pathlib import Path

from patella.store.code import GUESSES, spaced
from patella.store.keys import Device, Keys
from patella.terminal.page import Page, Tone
from patella.terminal.refused import InputError

QUIET_ZONE = 4  # modules of light round it: ISO/IEC 18004
DARK_ON_LIGHT = "\x1b[38;5;16;48;5;231m"  # said outright, so that a dark and a light terminal show the same
AS_BEFORE = "\x1b[0m"
PAIRS_A_LINE = 8
HALVES = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}
CERTIFICATE = (
    "Your phone will warn that it does not know this computer. That is right: nobody but you vouches for it. Before "
    "you go on, look at the certificate there (often “Details” or “Advanced”). Its SHA-256 fingerprint must be this:"
)
NO_LOOK = "If your phone shows none, go on only in a network that is yours."


def show_ways(
    page: Page, urls: tuple[str, ...], code: str, *, certificate: tuple[str | None, str | None], where: str = ""
) -> None:
    """Everything a phone needs to come in: addresses, the best first; the code; of our certificate its fingerprint.

    With that comes why it is not the certificate of last time; nothing where it is, or is the first. `where` is what
    the commands have to be told of the diary's folder.
    """
    fingerprint, remade = certificate
    page.say()
    page.say("For your phone: scan this, or type the address.", tone=Tone.STRONG)
    show_code_to_scan(page, urls[0])
    for url in urls:
        page.draw(f"  {url}")  # not broken, so that it can be copied
    page.say()
    if fingerprint is not None:
        if remade:
            page.say(f"The certificate: {remade} A phone that knows it warns once more.")
        page.say(CERTIFICATE)
        for line in in_lines(fingerprint):
            page.say(line, indent="  ", tone=Tone.STRONG)
        page.say(NO_LOOK)
        page.say()
    page.say(f"The code to type: {spaced(code)}", tone=Tone.STRONG)
    page.say(
        f"It lets in one phone, within ten minutes, and {GUESSES} wrong tries end it. "
        f"`patella devices --add{where}` makes another, `patella devices{where}` shows who is in and forgets whom you "
        "name."
    )


def show_code_to_scan(page: Page, url: str) -> None:
    """A QR code of an address, where it can be drawn: in a terminal with colours that is wide enough."""
    import segno

    rows = [[bool(module) for module in row] for row in segno.make(url, error="m", micro=False).matrix]
    side = len(rows) + 2 * QUIET_ZONE
    if not page.colour or side > page.width:
        return
    light = [False] * QUIET_ZONE
    rows = [[*light, *row, *light] for row in rows]
    empty = [[False] * side] * QUIET_ZONE
    rows = [*empty, *rows, *empty, [False] * side]
    for upper, lower in zip(rows[0::2], rows[1::2], strict=False):
        halves = "".join(HALVES[pair] for pair in zip(upper, lower, strict=True))
        page.draw(f"{DARK_ON_LIGHT}{halves}{AS_BEFORE}")


def in_lines(fingerprint: str) -> list[str]:
    """A fingerprint as it can be compared: eight pairs in a line."""
    pairs = [fingerprint[at : at + 2].upper() for at in range(0, len(fingerprint), 2)]
    return [" ".join(pairs[at : at + PAIRS_A_LINE]) for at in range(0, len(pairs), PAIRS_A_LINE)]


def known_in(folder: Path) -> list[Device]:
    """Who is let into the diary of a folder, the one that was here last first."""
    return Keys(folder).devices()


def seen_at(device: Device) -> datetime:
    """When it last opened a page, by the clock of this machine."""
    return datetime.fromtimestamp(math.floor(device.seen_s)).astimezone()


def show_devices(page: Page, known: list[Device]) -> None:
    """A line for each browser that is let in, or how to let one in."""
    for device in known:
        page.item(f"{device.name}, last here {seen_at(device):%d %b %Y, %H:%M}")
    if not known:
        page.say("Nobody is let in. `patella` opens your browser, `patella serve --lan` lets your phone in too.")


def forget(folder: Path, name: str) -> None:
    """Forget who is called `name`. Raises InputError where nobody is, StoreError where it cannot be done."""
    known = known_in(folder)
    named = [d for d in known if d.name.casefold() == name.strip().casefold()]
    if not named:
        there = ", ".join(repr(d.name) for d in known)
        raise InputError(
            f"Nobody here is called {name!r}. " + (f"There is: {there}." if there else "Nobody is let in.")
        )
    for device in named:
        Keys(folder).forget_one(device.id)
