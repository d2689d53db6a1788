"""Trains a T2I-Adapter on the frozen UNet to paint along outlines.

    python -m training.adapter --work DIR --kind canny
"""

import numpy as np
import torch
from diffusers import T2IAdapter

from . import guides, lineart, scenes, tokenizer
from .configuration import ADAPTERS, DOWNSCALE, Configuration, Workplace, argument_parser, workplace
from .loop import Run, load_average, memory_format
from .unet import Examples, Noise, Painter

CHUNK = 2048
"""Scenes whose outlines are drawn at a time."""
PLAIN_SHARE = 0.5
"""How often the weights of the blend are the program's own; else they are drawn from `WEIGHTS`."""
WEIGHTS = (0.0, 1.2)


def make_adapter(configuration: Configuration) -> T2IAdapter:
    return T2IAdapter(
        in_channels=1,
        channels=list(configuration.unet_channels),
        num_res_blocks=2,
        downscale_factor=DOWNSCALE,
        adapter_type="full_adapter",
    )


def load_painter(place: Workplace) -> Painter:
    return load_average(place.run("unet"), Painter(place.configuration, tokenizer.load(place)))


class Guides:
    """The outlines of scenes and of their labels, on the device."""

    def __init__(self, place: Workplace, kind: str, target: torch.device, held_out: bool = False):
        detectors = {"canny": lambda: guides.canny, "lineart": lambda: lineart.load_detector(place)}
        detector = detectors[kind]() if kind in detectors else None
        images, masks = scenes.read(place, "images", held_out), scenes.read(place, "classes", held_out)
        starts = range(0, len(images), CHUNK)
        pairs = [guides.pairs(images[i : i + CHUNK], masks[i : i + CHUNK], detector) for i in starts]
        whole = (np.concatenate(parts) for parts in zip(*pairs, strict=True))
        self.image, self.label = (torch.from_numpy(part).to(target) for part in whole)

    def __call__(self, indices: torch.Tensor, mirrored: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
        """The blends of scenes, some of them mirrored, `[N, 1, S, S]`."""
        blends = guides.blended(self.image[indices], self.label[indices], weights)
        return scenes.mirrored(blends, mirrored)


def own_weights(count: int, target: torch.device) -> torch.Tensor:
    return torch.tensor([guides.IMAGE_WEIGHT, guides.LABEL_WEIGHT], device=target).expand(count, 2)


def random_weights(count: int, target: torch.device) -> torch.Tensor:
    """ω1 and ω2 of each example; also small ones, which teach that grey lines count too."""
    low, high = WEIGHTS
    others = low + (high - low) * torch.rand(count, 2, device=target)
    plain = torch.rand(count, 1, device=target) < PLAIN_SHARE
    return torch.where(plain, own_weights(count, target), others)


def held_out_loss(
    noise: Noise,
    painter: Painter,
    examples: Examples,
    adapter: T2IAdapter | None = None,
    outlines: Guides | None = None,
) -> float:
    """The loss over all examples, with the guides of an adapter or without; always with the same noise."""
    torch.manual_seed(1)
    found = 0.0
    for indices, clean, timesteps in examples.ordered(len(noise.weights)):
        features = None
        if adapter:
            weights = own_weights(len(indices), indices.device)
            features = adapter(outlines(indices, torch.zeros_like(indices), weights))
        found += float(noise.loss(painter, clean, timesteps, examples.tokens[indices, 0], features)) * len(indices)
    return found / len(examples)


def train(place: Workplace, kind: str) -> None:
    configuration = place.configuration
    settings = configuration.adapter
    run = Run(place.run(f"adapter-{kind}"), lambda: make_adapter(configuration), settings)
    words = tokenizer.load(place)
    painter = load_painter(place).to(run.device, memory_format=memory_format(run.device))
    noise = Noise(run.device)
    examples, outlines = Examples(place, words, run.device), Guides(place, kind, run.device)
    held_out = Examples(place, words, run.device, held_out=True)
    held_out_outlines = Guides(place, kind, run.device, held_out=True)

    def step() -> dict[str, torch.Tensor]:
        indices, mirrored, clean, tokens = examples.random(settings.batch)
        guide = outlines(indices, mirrored, random_weights(len(indices), run.device))
        timesteps = noise.random_timesteps(len(clean))
        return {"loss": noise.loss(painter, clean, timesteps, tokens, run.model(guide))}

    def validate(adapter: T2IAdapter) -> dict[str, float]:
        return {
            "loss": held_out_loss(noise, painter, held_out, adapter, held_out_outlines),
            "loss without": held_out_loss(noise, painter, held_out),
        }

    run.train(step, validate)


def main() -> None:
    parser = argument_parser(__doc__)
    parser.add_argument("--kind", choices=ADAPTERS, required=True, help="who draws the outlines")
    arguments = parser.parse_args()
    train(workplace(arguments), arguments.kind)


if __name__ == "__main__":
    main()
