"""Draws a page of instances before and after, painted anew by the program with each generator, to judge their seams by.

    python -m training.instances_page --spolvero ../.build/release/spolvero --output ../Weights/sheets/instances.jpg

A group is an instance: the square around it in the photograph, and in the image of each model that is there. Models for
the same seed paint the same instances.
"""

import json
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw

from .configuration import MODEL
from .page import GAP, GLIGEN, GUIDANCE, INPAINTING, SEED, SIDE, STEPS, TITLE_HEIGHT
from .sheets import page_options, write

DATASET = MODEL.with_name("demo")
GENERATORS = {"blended": MODEL, "inpainting": INPAINTING, "GLIGEN": GLIGEN}
"""A column's title and the model that paints it; a model that has not been trained yet is left out."""

GROUPS, ACROSS, CELL = 12, 2, 128
"""Instances on the page, how many of them side by side, and the pixels of a square."""
MARGIN, GROWTH, SEAM = 3, 2, 2
"""How many times as wide as an instance the painted square is; the pixels of its mask's growth and of its seam."""
VIEW = 2
"""How many times as wide what is shown is."""


def models() -> dict[str, Path]:
    return {title: model for title, model in GENERATORS.items() if model.exists()}


def paint(program: Path, model: Path, output: Path) -> list[dict]:
    """Images of all instances of some photographs; the lines of the ledger."""
    sampling = ["--steps", STEPS, "--cfg-scale", GUIDANCE, "--seed", SEED, "--precision", "fp32", "--resolution", SIDE]
    command = ["augment", "--recipe", "instances", "--dataset", DATASET, "--output", output, "--model", model]
    options = ["--images", GROUPS, "--image-format", "png", "--batch-size", 8]
    around = ["--instance-margin", MARGIN, "--mask-grow", GROWTH, "--seam", SEAM]
    words = map(str, command + options + around + sampling)
    subprocess.run([program.resolve(), *words], check=True, stdout=subprocess.DEVNULL)
    lines = map(json.loads, (output / "ledger.jsonl").read_text().splitlines())
    return [line for line in lines if "image" in line]


def square(path: Path, box: dict[str, int]) -> Image.Image:
    """The square of an image around an instance, enlarged."""
    image = Image.open(path).convert("RGB")
    side = VIEW * max(box["width"], box["height"])
    left, top = (
        min(max(box[start] + (box[length] - side) // 2, 0), max(limit - side, 0))
        for start, length, limit in (("x", "width", image.width), ("y", "height", image.height))
    )
    part = image.crop((left, top, min(left + side, image.width), min(top + side, image.height)))
    scale = CELL / max(part.size)
    return part.resize((round(part.width * scale), round(part.height * scale)), Image.Resampling.BICUBIC)


def page(runs: dict[str, tuple[Path, list[dict]]]) -> Image.Image:
    titles = ["photograph", *runs]
    pitch = CELL + GAP
    width = len(titles) * pitch + 4 * GAP
    rows = GROUPS // ACROSS
    sheet = Image.new("RGB", (ACROSS * width, TITLE_HEIGHT + rows * pitch), "white")
    lines = [records for _, records in runs.values()]
    for group in range(GROUPS):
        left, top = group % ACROSS * width, TITLE_HEIGHT + group // ACROSS * pitch
        record = lines[0][group]
        instance = max(record["repainted"], key=lambda found: found["box"]["width"] * found["box"]["height"])
        (original,) = (DATASET / "JPEGImages").glob(f"{record['source']}.*")
        files = [original, *(output / records[group]["image"] for output, records in runs.values())]
        for column, (title, file) in enumerate(zip(titles, files, strict=True)):
            place = left + column * pitch
            if group < ACROSS:
                ImageDraw.Draw(sheet).text((place + 2, 1), title, "black")
            sheet.paste(square(file, instance["box"]), (place, top))
    return sheet


def main() -> None:
    arguments = page_options(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        outputs = {title: Path(folder) / title for title in models()}
        runs = {title: (out, paint(arguments.spolvero, models()[title], out)) for title, out in outputs.items()}
        write(page(runs), arguments.output)


if __name__ == "__main__":
    main()
