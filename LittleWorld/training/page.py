"""Draws a page that shows every way of steering, painted by the program of the same scenes.

    python -m training.page --spolvero ../.build/release/spolvero --output ../Weights/sheets/editing.jpg
"""

import subprocess
import tempfile
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw

from littleworld import make_scene
from littleworld.scene import Drawing

from . import boxes, masks
from .configuration import MODEL
from .guides import voc_palette
from .prompts import WORDS, class_words, prompts
from .sheets import page_options, write

SIDE, STEPS, GUIDANCE, SEED = 96, 25, 4, 7
SCENES = range(8)
"""Of those for validation."""
TITLE_HEIGHT, GAP = 14, 2
GROWTH = 3
"""Pixels by which the objects' masks are grown."""

INPAINTING, GLIGEN = (MODEL.with_name(f"{MODEL.name}-{name}") for name in ("inpainting", "gligen"))
ADAPTER = f"--control {MODEL}/adapters/lineart --control-image {{lines}}"
CONTROLNET = f"--control {MODEL}/controlnets/label --control-image {{labels}}"
START = f"--model {MODEL} --init-image {{scene}}"
REPAINT = f"--model {INPAINTING if INPAINTING.exists() else MODEL} --init-image {{scene}} --keep-outside"
COLUMNS = {
    "scene": "{scene}",
    "prompt": f"--model {MODEL}",
    "line art": "{lines}",
    "adapter": f"--model {MODEL} {ADAPTER}",
    "label map": "{labels}",
    "ControlNet": f"--model {MODEL} {CONTROLNET}",
    "both": f"--model {MODEL} {ADAPTER} {CONTROLNET}",
    "strength 0.4": f"{START} --strength 0.4",
    "strength 0.6": f"{START} --strength 0.6",
    "strength 0.8": f"{START} --strength 0.8",
    "encoded 0.4": f"{START} --scheduler ddim --encode-ratio 0.4",
    "encoded 0.7": f"{START} --scheduler ddim --encode-ratio 0.7",
    "objects": f"{REPAINT} --mask {{objects}}",
    "background": f"{REPAINT} --mask {{background}}",
    "boxes": "{boxed}",
    "in boxes": f"--model {GLIGEN} {{boxes}}",
}
"""A column's title, and what is in it: a file, or what the program is asked for."""

NETWORKS = {"ControlNet": MODEL / "controlnets" / "label", "both": MODEL / "controlnets" / "label", "in boxes": GLIGEN}
"""What columns need that may not have been trained yet; without it they are left out."""


def columns() -> dict[str, str]:
    return {title: cell for title, cell in COLUMNS.items() if title not in NETWORKS or NETWORKS[title].exists()}


class Program:
    """The program, with a folder for what it draws."""

    def __init__(self, path: Path, folder: Path):
        self.path, self.folder = path.resolve(), folder

    def lines(self, scene: Path, mask: Path) -> Path:
        size = ["--resolution", SIDE, "--size-multiple", 4, "--output", self.folder]
        detector = ["--prior", "lineart", "--prior-model", MODEL / "lineart"]
        self._run("prior", "--image", scene, "--mask", mask, *detector, *size)
        return self.folder / f"{scene.stem}_blend.png"

    def paint(self, prompt: str, options: list[str]) -> Path:
        usual = ["--prompt", prompt, "--steps", STEPS, "--cfg-scale", GUIDANCE, "--seed", SEED, "--precision", "fp32"]
        self._run("generate", *usual, *options, "--output", self.folder / "painted.png")
        return self.folder / "painted.png"

    def _run(self, *arguments: object) -> None:
        subprocess.run([self.path, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


def write_inputs(drawing: Drawing, program: Program) -> dict[str, object]:
    """What a scene gives to steer by: files by their names in `COLUMNS`, and the options of its boxes."""
    ids = torch.from_numpy(drawing.instances)[None]
    around = masks.background(ids)[0]
    objects = masks.grown((ids != 0) & (ids != masks.BORDER), GROWTH)[0]
    found = boxes.of_scenes(drawing.classes[None], drawing.instances[None])
    there = found.present[0] == 1
    corners, words = found.corners[0][there], [WORDS[int(number)] for number in found.classes[0][there]]
    images = {
        "scene": drawing.image,
        "mask": drawing.classes,
        "labels": voc_palette()[drawing.classes],
        "objects": np.uint8(255) * objects.numpy(),
        "background": np.uint8(255) * around.numpy(),
        "boxed": boxes.drawn(drawing.image[None], found)[0],
    }
    files = {name: program.folder / f"{name}.png" for name in images}
    for name, image in images.items():
        Image.fromarray(image).save(files[name])
    files["lines"] = program.lines(files["scene"], files["mask"])
    places = [f"{','.join(f'{v:.4f}' for v in box)}: {word}" for box, word in zip(corners.tolist(), words, strict=True)]
    return {**files, "boxes": places}


def cell(program: Program, column: str, prompt: str, inputs: dict[str, object]) -> Image.Image:
    """The file that a column names, or what the program makes of its options."""
    if not column.startswith("--"):
        return Image.open(column.format(**inputs)).convert("RGB")
    before, boxed, _ = column.partition("{boxes}")
    options = [word.format(**inputs) for word in before.split()]
    for place in inputs["boxes"] if boxed else []:
        options += ["--box", place]
    return Image.open(program.paint(prompt, options)).convert("RGB")


def row(program: Program, number: int) -> list[Image.Image]:
    scene = make_scene("val", number)
    drawing = scene.draw(SIDE)
    prompt = prompts(scene.caption, class_words(drawing.classes))[0]
    inputs = write_inputs(drawing, program)
    return [cell(program, column, prompt, inputs) for column in columns().values()]


def page(rows: list[list[Image.Image]]) -> Image.Image:
    width, height = len(columns()) * (SIDE + GAP), TITLE_HEIGHT + len(rows) * (SIDE + GAP)
    sheet = Image.new("RGB", (width, height), "white")
    for x, title in enumerate(columns()):
        ImageDraw.Draw(sheet).text((x * (SIDE + GAP) + 2, 1), title, "black")
    for y, cells in enumerate(rows):
        for x, image in enumerate(cells):
            sheet.paste(image, (x * (SIDE + GAP), TITLE_HEIGHT + y * (SIDE + GAP)))
    return sheet


def main() -> None:
    arguments = page_options(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        program = Program(arguments.spolvero, Path(folder))
        write(page([row(program, number) for number in SCENES]), arguments.output)


if __name__ == "__main__":
    main()
