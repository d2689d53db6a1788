"""Writes the trained networks as fp16 safetensors in the layout of diffusers.

    python -m training.export --work DIR --output ../Weights/littleworld

The pipeline comes to the folder itself, the adapters to `adapters/canny`, `lineart` and `label` in it, the line-art
detector to `lineart`. Adapters and a detector that are not trained yet are left out; `--untrained` takes random
weights for everything that is not, to try the way into the program.
"""

import json
import sys
from pathlib import Path

import torch
from diffusers import DDIMScheduler, StableDiffusionPipeline
from safetensors.torch import save_file

from conversion.annotators import WEIGHTS, Weights
from conversion.lineart import settings as lineart_settings
from tiny_tokenizer import write_json

from . import decoder, latents, lineart, together, tokenizer
from .autoencoder import make_autoencoder
from .configuration import ADAPTERS, Workplace, argument_parser, workplace
from .loop import is_trained, trained
from .unet import NOISE, Painter

LIMIT = 40_000_000
"""Bytes that the repository can carry."""


def make_scheduler() -> DDIMScheduler:
    # "trailing" begins where training ended, with noise alone: from the middle of a step, what is left of the
    # picture in the last timesteps would be missing.
    return DDIMScheduler(**NOISE, set_alpha_to_one=False, steps_offset=1, timestep_spacing="trailing")


def write_pipeline(place: Workplace, painter: Painter, folder: Path) -> None:
    autoencoder = (
        decoder.load_autoencoder(place)
        if latents.is_done(place)
        else make_autoencoder(place.configuration).eval()
    )
    StableDiffusionPipeline(
        vae=autoencoder.half(),
        text_encoder=painter.text_encoder.half(),
        tokenizer=tokenizer.load(place),
        unet=painter.unet.half(),
        scheduler=make_scheduler(),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    ).save_pretrained(folder)
    for path in folder.glob("*/config.json"):
        settings = json.loads(path.read_text())
        settings.pop("_name_or_path", None)  # a folder of the machine that trained it
        write_json(path, settings)


def write_line_art(place: Workplace, folder: Path) -> None:
    generator = trained(place.run("lineart"), lineart.make_generator(place.configuration))
    tensors = {name: value.half().contiguous() for name, value in generator.state_dict().items()}
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / "config.json", lineart_settings(Weights(tensors)))
    save_file(tensors, folder / WEIGHTS)


def export(place: Workplace, folder: Path, untrained: bool) -> None:
    if not (untrained or is_trained(place.run("unet")) and latents.is_done(place)):
        sys.exit(f"{place.folder} holds no trained UNet and autoencoder. Train first, or say --untrained.")
    guided = together.load(place)
    write_pipeline(place, guided.painter, folder)
    if untrained or is_trained(place.run("lineart")):
        write_line_art(place, folder / "lineart")
    for kind in ADAPTERS:
        if untrained or is_trained(place.run(f"adapter-{kind}")):
            guided.adapters[kind].half().save_pretrained(folder / "adapters" / kind)


def main() -> None:
    parser = argument_parser(__doc__)
    parser.add_argument("--output", type=Path, required=True, metavar="DIR")
    parser.add_argument("--untrained", action="store_true", help="random weights for what is not trained")
    arguments = parser.parse_args()
    torch.manual_seed(0)
    export(workplace(arguments), arguments.output, arguments.untrained)
    size = sum(path.stat().st_size for path in arguments.output.rglob("*") if path.is_file())
    print(f"{arguments.output}: {size / 1e6:.1f} MB")
    if size > LIMIT:
        sys.exit(f"That is more than the {LIMIT / 1e6:.0f} MB that the repository can carry: take fewer channels.")


if __name__ == "__main__":
    main()
