"""Writes what extends the exported model beside it, each as what it differs in from its UNet, fp16.

    python -m training.extensions --work DIR

The ControlNets come to `controlnets/label`, `scribble` and `scribble-onehot` in the model's folder, the inpainting
model to a folder beside it that ends with `-inpainting`, that for boxes to one with `-gligen`; these link to the
model's other parts. What is not trained yet is left out.
"""

import json
from pathlib import Path

from diffusers import UNet2DConditionModel

from tiny_tokenizer import write_json

from . import controlnet, differences, exported, gligen, inpainting, scribblegen
from .configuration import Workplace, argument_parser, workplace
from .loop import is_trained

LIMIT = 8_000_000
"""Bytes that the repository can carry of them."""
SHARED = ("scheduler", "text_encoder", "tokenizer", "vae")
PIPELINES = {
    "inpainting": ("StableDiffusionInpaintPipeline", inpainting.load),
    "gligen": ("StableDiffusionGLIGENPipeline", gligen.load),
}


def controlnet_folder(place: Workplace, name: str = "label") -> Path:
    return place.model / "controlnets" / name


def write_scribblegen(place: Workplace) -> list[Path]:
    """The ControlNet for colours, and what the one for classes differs in from it."""
    bases, folders = [exported.unet_file(place)], []
    for name, network in scribblegen.load(place).items():
        folders.append(controlnet_folder(place, name))
        differences.write(network, bases, folders[-1])
        bases.append(folders[-1] / differences.OWN)
    return folders


def write_pipeline(place: Workplace, folder: Path, kind: str, unet: UNet2DConditionModel) -> None:
    differences.write(unet, [exported.unet_file(place)], folder / "unet")
    for part in SHARED:
        differences.link(place.model / part, folder / part)
    index = json.loads((place.model / "model_index.json").read_text())
    del index["image_encoder"]
    write_json(folder / "model_index.json", {**index, "_class_name": kind})


def export(place: Workplace) -> list[Path]:
    """The folders that were written."""
    folders = []
    if is_trained(place.run("controlnet")):
        folders.append(controlnet_folder(place))
        differences.write(controlnet.load(place), [exported.unet_file(place)], folders[-1])
    if is_trained(place.run("scribblegen")):
        folders += write_scribblegen(place)
    for name, (kind, load) in PIPELINES.items():
        if is_trained(place.run(name)):
            folders.append(place.beside(name))
            write_pipeline(place, folders[-1], kind, load(place))
    return folders


def main() -> None:
    folders = export(workplace(argument_parser(__doc__).parse_args()))
    differences.require_room(folders, LIMIT, "let less be learnt")


if __name__ == "__main__":
    main()
