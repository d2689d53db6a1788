"""Draws sheets to judge what extends the exported model by, with diffusers' own pipelines and the exported folders.

    python -m training.extension_samples --work DIR --output FOLDER

A held-out scene a row. `controlnet`: the scene, its label map, two paintings along it. `inpainting`: the scene, then
with objects, the background and a rectangle hidden, each beside what is painted there. `gligen`: the scene with its
boxes, the prompt alone, two paintings with the boxes.
"""

from pathlib import Path

import numpy as np
import torch
from diffusers import (
    ControlNetModel,
    DiffusionPipeline,
    StableDiffusionControlNetPipeline,
    StableDiffusionGLIGENPipeline,
    StableDiffusionInpaintPipeline,
    StableDiffusionPipeline,
    UNet2DConditionModel,
)
from PIL import Image

from . import boxes, extensions, masks, scenes
from .configuration import Workplace, argument_parser, workplace
from .guides import voc_palette
from .loop import device, is_trained
from .prompts import WORDS, class_words, prompts
from .sheets import tiled, write

ROWS = 8
STEPS, GUIDANCE = 25, 4.0


class Scenes:
    """The first held-out ones."""

    def __init__(self, place: Workplace):
        keys = ("images", "classes", "instances", "captions")
        self.images, self.classes, self.instances, captions = (scenes.read(place, key, True)[:ROWS] for key in keys)
        labelled = zip(captions, self.classes, strict=True)
        self.prompts = [prompts(str(caption), class_words(mask))[0] for caption, mask in labelled]
        self.pictures = [Image.fromarray(image) for image in self.images]


def paint(
    pipeline: DiffusionPipeline, scene_prompts: list[str], seed: int, first: int = 0, **arguments: object
) -> np.ndarray:
    """A painting of each prompt, `[N, S, S, 3]`, 8 bits, with the noise of its row and of `seed`."""
    pipeline.to(device()).set_progress_bar_config(disable=True)
    rows = range(first, first + len(scene_prompts))
    noise = [torch.Generator("cpu").manual_seed(1000 * seed + row) for row in rows]
    options = dict(num_inference_steps=STEPS, guidance_scale=GUIDANCE, output_type="np")
    painted = pipeline(scene_prompts, generator=noise, **options, **arguments).images
    return (np.asarray(painted) * 255).round().astype(np.uint8)


def controlnet(place: Workplace, shown: Scenes) -> list[np.ndarray]:
    network = ControlNetModel.from_pretrained(extensions.controlnet_folder(place), dtype=torch.float32)
    pipeline = StableDiffusionControlNetPipeline.from_pretrained(place.model, controlnet=network, dtype=torch.float32)
    maps = voc_palette()[shown.classes]
    hints = [Image.fromarray(image) for image in maps]
    return [shown.images, maps, *(paint(pipeline, shown.prompts, seed, image=hints) for seed in range(2))]


def inpainting(place: Workplace, shown: Scenes) -> list[np.ndarray]:
    folder = place.beside("inpainting")
    # Its first convolution has another shape than the one it shares a file with.
    unet = UNet2DConditionModel.from_pretrained(folder / "unet", ignore_mismatched_sizes=True, dtype=torch.float32)
    pipeline = StableDiffusionInpaintPipeline.from_pretrained(folder, unet=unet, dtype=torch.float32)
    columns = [shown.images]
    for hole in holes(shown):
        hidden = np.where(hole[..., None], np.uint8(128), shown.images)
        mask = [Image.fromarray(one.astype(np.uint8) * 255) for one in hole]
        size = shown.images.shape[1]
        painted = paint(
            pipeline, shown.prompts, 0, image=shown.pictures, mask_image=mask, height=size, width=size, strength=1.0
        )
        columns += [hidden, painted]
    return columns


def holes(shown: Scenes) -> list[np.ndarray]:
    """Masks of all objects, of what is around them, and of a rectangle in the middle, `[N, S, S]` each."""
    instances = torch.from_numpy(shown.instances)
    around = masks.background(instances)
    objects = masks.grown((instances != 0) & (instances != masks.BORDER), 3)
    middle, quarter = torch.zeros_like(around), instances.shape[-1] // 4
    middle[:, quarter:-quarter, quarter:-quarter] = True
    return [mask.numpy() for mask in (objects, around, middle)]


def gligen(place: Workplace, shown: Scenes) -> list[np.ndarray]:
    folder = place.beside("gligen")
    boxed = StableDiffusionGLIGENPipeline.from_pretrained(folder, dtype=torch.float32)
    found = boxes.of_scenes(shown.classes, shown.instances)
    plain = StableDiffusionPipeline.from_pretrained(place.model, dtype=torch.float32)
    columns = [boxes.drawn(shown.images, found), paint(plain, shown.prompts, 0)]
    for seed in range(2):
        rows = []
        for row, prompt in enumerate(shown.prompts):
            there = found.present[row] == 1
            places = dict(
                gligen_boxes=found.corners[row][there].tolist(),
                gligen_phrases=[WORDS[int(number)] for number in found.classes[row][there]],
                gligen_scheduled_sampling_beta=1.0,
            )
            rows.append(paint(boxed, [prompt], seed, row, **places)[0])
        columns.append(np.stack(rows))
    return columns


SHEETS = {"controlnet": controlnet, "inpainting": inpainting, "gligen": gligen}


def main() -> None:
    parser = argument_parser(__doc__)
    parser.add_argument("--output", type=Path, required=True, metavar="FOLDER")
    arguments = parser.parse_args()
    place = workplace(arguments)
    arguments.output.mkdir(parents=True, exist_ok=True)
    shown = Scenes(place)
    for name in filter(lambda name: is_trained(place.run(name)), SHEETS):
        columns = SHEETS[name](place, shown)
        path = arguments.output / f"{name}.jpg"
        write(tiled(list(np.stack(columns, axis=1))), path)
        print(path, flush=True)


if __name__ == "__main__":
    main()
