"""Draws sheets to judge the networks by, and the course of their losses, for the model card.

    python -m training.samples --work DIR --output FOLDER
    python -m training.samples --work DIR --output FOLDER --only prompts --steps 20

`reconstructions`: held-out scenes above what the autoencoder makes of them. `prompts`: a prompt a row, a seed a
column. `guides`: a held-out scene a row: the scene, then each adapter's guide beside what it leads to. `lines`: a
scene above what the detector draws of it. `losses`: every run's losses over its steps.
"""

import math
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderKL, DPMSolverMultistepScheduler
from matplotlib.figure import Figure
from PIL import Image

from . import decoder, lineart, scenes, together, tokenizer
from .adapter import Guides, own_weights
from .configuration import ADAPTERS, DOWNSCALE, Workplace, argument_parser, workplace
from .export import make_scheduler
from .loop import device, is_trained, read_losses
from .sheets import pictures, tiled, write
from .together import Guided

PROMPTS = [
    "a red car on a street",
    "a blue car and a yellow bus on a street in the evening",
    "a white dog and a black cat in a living room",
    "a brown horse on a meadow on a sunny day",
    "two sheep and a cow on the grass",
    "a white sailing boat on a lake at sunset",
    "a red aeroplane above the hills",
    "a woman in a blue dress in a garden; person",
    "a green sofa and a potted plant in a room",
    "an orange train on a railway; train",
]
SEEDS = 8
ROWS = 8
SHOWN = 16


class Painting:
    """Paints with guidance, as the pipelines do."""

    def __init__(self, place: Workplace, guided: Guided, steps: int, guidance: float):
        self.target, self.steps, self.guidance = device(), steps, guidance
        guided.to(self.target)
        self.painter, self.adapters = guided.painter, guided.adapters
        self.words = tokenizer.load(place)
        self.autoencoder = decoder.load_autoencoder(place).to(self.target)
        self.side = place.configuration.size // DOWNSCALE

    @torch.no_grad()
    def __call__(self, prompts: list[str], seeds: list[int], features: list[torch.Tensor] | None = None) -> np.ndarray:
        scheduler = DPMSolverMultistepScheduler.from_config(make_scheduler().config)
        scheduler.set_timesteps(self.steps)
        tokens = tokenizer.tokens(self.words, [("", prompt) for prompt in prompts]).to(self.target)
        tokens = tokens.transpose(0, 1).flatten(0, 1)
        shape = (1, 4, self.side, self.side)
        noise = [torch.randn(shape, generator=torch.Generator().manual_seed(seed)) for seed in seeds]
        current = torch.cat(noise).to(self.target) * scheduler.init_noise_sigma
        features = features and [feature.repeat(2, 1, 1, 1) for feature in features]
        for timestep in scheduler.timesteps:
            both = scheduler.scale_model_input(current, timestep).repeat(2, 1, 1, 1)
            times = timestep.to(self.target).expand(len(both))
            empty, full = self.painter(both, times, tokens, features and list(features)).chunk(2)
            current = scheduler.step(empty + self.guidance * (full - empty), timestep, current).prev_sample
        return pictures(self.autoencoder.decode(current).sample)


def reconstructions(place: Workplace) -> Image.Image:
    autoencoder: AutoencoderKL = decoder.load_autoencoder(place)
    images = scenes.normalized(scenes.read_images(place, held_out=True)[:SHOWN])
    with torch.no_grad():
        restored = autoencoder.decode(autoencoder.encode(images).latent_dist.mode()).sample
    return tiled([pictures(images), pictures(restored)])


def prompts(place: Workplace, painting: Painting) -> Image.Image:
    return tiled([painting([prompt] * SEEDS, list(range(SEEDS))) for prompt in PROMPTS])


def guided(place: Workplace, painting: Painting) -> Image.Image:
    images = scenes.read(place, "images", held_out=True)[:ROWS]
    texts = [styles[0] for styles in tokenizer.read_prompts(place, held_out=True)[:ROWS]]
    columns = [images, painting(texts, list(range(ROWS)))]
    indices = torch.arange(ROWS, device=painting.target)
    for kind in ADAPTERS:
        if not is_trained(place.run(f"adapter-{kind}")):
            continue
        outlines = Guides(place, kind, painting.target, held_out=True)
        guide = outlines(indices, torch.zeros_like(indices), own_weights(ROWS, painting.target))
        features = painting.adapters[kind](guide)
        columns += [pictures(2 * guide.expand(-1, 3, -1, -1) - 1), painting(texts, list(range(ROWS)), features)]
    return tiled(list(np.stack(columns, axis=1)))


def lines(place: Workplace) -> Image.Image:
    images = scenes.read(place, "images", held_out=True)[:SHOWN]
    drawn = lineart.load_detector(place)(images)
    return tiled([images, np.repeat(drawn[..., None], 3, axis=-1)])


def losses(place: Workplace) -> Figure:
    """One plot a run: what was minimised, in training and on held-out scenes, and the autoencoder's PSNR."""
    runs = ["autoencoder", "decoder", "unet", "lineart", *(f"adapter-{kind}" for kind in ADAPTERS), "together"]
    runs += ["controlnet", "scribblegen", "inpainting", "gligen", "captioner", "clip", "segmenter"]
    runs = [run for run in runs if is_trained(place.run(run))]
    columns = math.ceil(len(runs) / 2)
    figure = Figure(figsize=(3.2 * columns, 8), layout="constrained")
    for number, run in enumerate(runs):
        plot = figure.add_subplot(2, columns, number + 1)
        curves = defaultdict(list)
        for step, _, name, value in read_losses(place.run(run)):
            curves[name].append((int(step), float(value)))
        shown = [name for name in curves if "loss" in name or "PSNR" in name]
        for name in shown:
            axes, colour = (plot.twinx(), "tab:green") if "PSNR" in name else (plot, None)
            axes.plot(*zip(*curves[name], strict=True), label=name, color=colour)
            axes.set_ylabel("PSNR of held-out scenes, dB" if "PSNR" in name else "loss")
        plot.set_yscale("log")
        plot.set_title(run)
        plot.set_xlabel("step")
        plot.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2), fontsize="small", frameon=False)
    return figure


def main() -> None:
    parser = argument_parser(__doc__)
    parser.add_argument("--output", type=Path, required=True, metavar="FOLDER")
    sheets = {"reconstructions": reconstructions, "lines": lines}
    painted = {"prompts": prompts, "guides": guided}
    parser.add_argument("--only", choices=[*sheets, *painted, "losses"], help="a single sheet (default: all)")
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--guidance", type=float, default=4.0)
    arguments = parser.parse_args()
    place = workplace(arguments)
    wanted = [arguments.only] if arguments.only else [*sheets, *painted, "losses"]
    arguments.output.mkdir(parents=True, exist_ok=True)
    painting = None
    for name in wanted:
        path = arguments.output / (f"{name}.png" if name == "losses" else f"{name}.jpg")
        if name == "losses":
            losses(place).savefig(path, dpi=110)
        elif name in sheets:
            write(sheets[name](place), path)
        else:
            painting = painting or Painting(place, together.load(place), arguments.steps, arguments.guidance)
            write(painted[name](place, painting), path)
        print(path, flush=True)


if __name__ == "__main__":
    main()
