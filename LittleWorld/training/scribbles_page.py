"""Draws a page of what is painted along the scribbles of photographs, from near copies to other photographs.

    python -m training.scribbles_page --spolvero ../.build/release/spolvero --output ../Weights/sheets/scribbles.jpg
"""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw

from .configuration import MODEL
from .page import GAP, SEED, SIDE, STEPS, TITLE_HEIGHT
from .sheets import page_options, write

DATASET = MODEL.with_name("demo")
PHOTOGRAPHS = (2, 7, 16, 23, 31, 38, 46, 55)
"""Of the demo's list."""
RATIOS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
CELL = 128


def chosen(folder: Path) -> list[str]:
    """Makes a dataset of the photographs on the page; their stems."""
    shutil.copytree(DATASET, folder)
    split = folder / "ImageSets" / "Segmentation" / "train.txt"
    stems = split.read_text().split()
    stems = [stems[number] for number in PHOTOGRAPHS]
    split.write_text("".join(f"{stem}\n" for stem in stems))
    return stems


def paint(program: Path, dataset: Path, folder: Path) -> dict[tuple[str, float], Path]:
    """Paints a set for each ratio; the images by photograph and ratio."""

    def run(*words) -> None:
        subprocess.run([program.resolve(), *map(str, words)], check=True, stdout=subprocess.DEVNULL)

    run("scribble", dataset, "--output", folder / "ids")
    run("scribble", dataset, "--output", folder / "colours", "--colors")
    options = ["--recipe", "scribblegen", "--dataset", dataset, "--scribbles", folder / "ids", "--add-classes"]
    options += ["--model", MODEL, "--control", MODEL / "controlnets" / "scribble", "--resolution", SIDE]
    options += ["--encode-ratio", ",".join(map(str, RATIOS)), "--steps", STEPS, "--seed", SEED]
    options += ["--image-format", "png", "--batch-size", 8, "--precision", "fp32", "--output", folder / "painted"]
    run("augment", *options)
    lines = [json.loads(line) for line in (folder / "painted" / "ledger.jsonl").read_text().splitlines()]
    # What images share stands in a line of its own.
    ratios = {
        line["setup"]: line["settings"]["sampling"]["start"]["encodedImage"]["ratio"]
        for line in lines
        if "settings" in line
    }
    images = [line for line in lines if "image" in line]
    return {(line["source"], ratios[line["setup"]]): folder / "painted" / line["image"] for line in images}


def page(stems: list[str], dataset: Path, folder: Path, painted: dict[tuple[str, float], Path]) -> Image.Image:
    titles = ["photograph", "scribbles", *(f"ratio {ratio}" for ratio in RATIOS)]
    pitch = CELL + GAP
    sheet = Image.new("RGB", (len(titles) * pitch - GAP, TITLE_HEIGHT + len(stems) * pitch - GAP), "white")
    for column, title in enumerate(titles):
        ImageDraw.Draw(sheet).text((column * pitch + 2, 1), title, "black")
    for row, stem in enumerate(stems):
        (photograph,) = (dataset / "JPEGImages").glob(f"{stem}.*")
        files = [photograph, folder / "colours" / f"{stem}.png", *(painted[stem, ratio] for ratio in RATIOS)]
        for column, file in enumerate(files):
            image = Image.open(file).convert("RGB")
            scale = CELL / max(image.size)
            size = round(image.width * scale), round(image.height * scale)
            sheet.paste(image.resize(size, Image.Resampling.BICUBIC), (column * pitch, TITLE_HEIGHT + row * pitch))
    return sheet


def main() -> None:
    arguments = page_options(__doc__)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stems = chosen(folder / "demo")
        painted = paint(arguments.spolvero, folder / "demo", folder)
        write(page(stems, folder / "demo", folder, painted), arguments.output)


if __name__ == "__main__":
    main()
