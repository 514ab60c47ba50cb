"""Contact sheets to look at: stills on warm paper and on the dark page, and one of all figures for the documents."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from render import Pixels

PAGES = {"paper": ("#FBF7F0", "#463E36"), "dark": ("#14181B", "#C8C0B6")}
_CELL_PX, _LABEL_PX, _WIDE = 320, 22, 6
_SMALL_PX, _PAIRS_WIDE = 150, 4


def write_sheet(looks: dict[str, list[Pixels]], folder: Path) -> None:
    """Write paper.png and dark.png: every exercise's pictures in a row of cells, names below."""
    folder.mkdir(parents=True, exist_ok=True)
    cells = [(name if i == 0 else "", p) for name, pictures in looks.items() for i, p in enumerate(pictures)]
    rows = -(-len(cells) // _WIDE)
    for page, (ground, ink) in PAGES.items():
        sheet = Image.new("RGB", (_WIDE * _CELL_PX, rows * (_CELL_PX + _LABEL_PX)), ground)
        pen = ImageDraw.Draw(sheet)
        for k, (name, picture) in enumerate(cells):
            image = Image.fromarray(picture)
            image.thumbnail((_CELL_PX, _CELL_PX), Image.Resampling.LANCZOS)
            x, y = k % _WIDE * _CELL_PX, k // _WIDE * (_CELL_PX + _LABEL_PX)
            sheet.paste(image, (x + (_CELL_PX - image.width) // 2, y + (_CELL_PX - image.height) // 2), image)
            pen.text((x + 8, y + _CELL_PX + 3), name, fill=ink, font=ImageFont.load_default(14))
        sheet.save(folder / f"{page}.png")


def write_overview(stills: Path, names: list[str], file: Path) -> None:
    """Every figure's start and end from its finished stills, in alphabetical order, as one small PNG."""
    ground, ink = PAGES["paper"]
    wide, high = 2 * _SMALL_PX, _SMALL_PX + _LABEL_PX
    sheet = Image.new("RGB", (_PAIRS_WIDE * wide, -(-len(names) // _PAIRS_WIDE) * high), ground)
    pen = ImageDraw.Draw(sheet)
    for k, name in enumerate(sorted(names)):
        left, top = k % _PAIRS_WIDE * wide, k // _PAIRS_WIDE * high
        for at, ending in enumerate(("start", "end")):
            with Image.open(stills / f"{name}-{ending}.webp") as still:
                picture = still.convert("RGBA")
            picture.thumbnail((_SMALL_PX - 8, _SMALL_PX - 4), Image.Resampling.LANCZOS)
            x = left + at * _SMALL_PX + (_SMALL_PX - picture.width) // 2
            sheet.paste(picture, (x, top + _SMALL_PX - picture.height), picture)
        pen.text((left + 6, top + _SMALL_PX + 2), name, fill=ink, font=ImageFont.load_default(13))
    sheet.save(file, optimize=True)
