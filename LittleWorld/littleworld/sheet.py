"""A contact sheet of scenes: picture, mask and line drawing side by side."""

from pathlib import Path

import numpy as np
from PIL import Image

from .scene import make_scene
from .voc import palette

COLUMNS, GAP = 4, 4


def write_sheet(role: str, first: int, count: int, side: int, out: Path) -> None:
    colours = np.array(palette(), np.uint8).reshape(256, 3)
    rows = -(-count // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * (3 * side + 2 * GAP), rows * (side + GAP)), "white")
    for cell in range(count):
        drawing = make_scene(role, first + cell).draw(side)
        lines = np.repeat(drawing.lines[..., None], 3, 2)
        strip = np.concatenate([drawing.image, colours[drawing.classes], lines], 1)
        row, column = divmod(cell, COLUMNS)
        sheet.paste(Image.fromarray(strip), (column * (3 * side + 2 * GAP), row * (side + GAP)))
    sheet.save(out)
