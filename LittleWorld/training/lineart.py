"""Trains the line-art detector, informative drawings' generator, to draw the scenes' lines.

    python -m training.lineart --work DIR
"""

import numpy as np
import torch
from torch import nn

from . import scenes
from .configuration import Configuration, Workplace, argument_parser, workplace
from .guides import Detector, label_edges, voc_palette
from .loop import Run, device, load_average

RESIDUAL_BLOCKS = 3
LABEL_SHARE = 0.25
"""Of the examples, how many are labels in VOC's colours: the blend's second part is drawn of those."""
BATCH = 64


class ResidualBlock(nn.Module):
    def __init__(self, channels: int):
        super().__init__()

        def convolution() -> list[nn.Module]:
            return [nn.ReflectionPad2d(1), nn.Conv2d(channels, channels, 3), nn.InstanceNorm2d(channels)]

        self.conv_block = nn.Sequential(*convolution(), nn.ReLU(inplace=True), *convolution())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.conv_block(x)


class LineArtGenerator(nn.Sequential):
    """The generator with the names of the published weights. Reads RGB in 0 … 1, draws dark on white.

    Source: Chan et al., CVPR 2022, arXiv 2203.12691.
    """

    def __init__(self, base: int, blocks: int = RESIDUAL_BLOCKS):
        super().__init__()

        def normalized(channels: int) -> list[nn.Module]:
            return [nn.InstanceNorm2d(channels), nn.ReLU(inplace=True)]

        def narrower(channels: int) -> list[nn.Module]:
            halved = nn.ConvTranspose2d(channels, channels // 2, 3, stride=2, padding=1, output_padding=1)
            return [halved, *normalized(channels // 2)]

        def wider(channels: int) -> list[nn.Module]:
            return [nn.Conv2d(channels, 2 * channels, 3, stride=2, padding=1), *normalized(2 * channels)]

        self.model0 = nn.Sequential(nn.ReflectionPad2d(3), nn.Conv2d(3, base, 7), *normalized(base))
        self.model1 = nn.Sequential(*wider(base), *wider(2 * base))
        self.model2 = nn.Sequential(*(ResidualBlock(4 * base) for _ in range(blocks)))
        self.model3 = nn.Sequential(*narrower(4 * base), *narrower(2 * base))
        self.model4 = nn.Sequential(nn.ReflectionPad2d(3), nn.Conv2d(base, 1, 7), nn.Sigmoid())


def make_generator(configuration: Configuration) -> LineArtGenerator:
    return LineArtGenerator(configuration.lineart_channels)


class Examples:
    """Pictures with their lines, and labels in colours with their edges, `[N, …, S, S]`, 8 bits."""

    def __init__(self, place: Workplace, held_out: bool = False):
        self.images = scenes.read_images(place, held_out)
        self.lines = torch.from_numpy(scenes.read(place, "lines", held_out))
        self.masks = scenes.read(place, "classes", held_out)

    def random(self, count: int) -> tuple[torch.Tensor, torch.Tensor]:
        indices = torch.randint(len(self.images), (count,))
        labels = round(LABEL_SHARE * count)
        images, lines = self.images[indices], self.lines[indices]
        masks = self.masks[indices[:labels].numpy()]
        images[:labels] = scenes.channels_first(voc_palette()[masks])
        lines[:labels] = torch.from_numpy(255 - label_edges(masks))
        mirrored = torch.rand(count) < 0.5
        images[mirrored], lines[mirrored] = images[mirrored].flip(-1), lines[mirrored].flip(-1)
        return images / 255, lines[:, None] / 255


def loss(generator: nn.Module, images: torch.Tensor, lines: torch.Tensor) -> torch.Tensor:
    """Cross entropy: lines are few, and L1 alone begins by painting everything white."""
    drawn = generator(images).float().clamp(1e-4, 1 - 1e-4)
    return -(lines * drawn.log() + (1 - lines) * (1 - drawn).log()).mean()


def train(place: Workplace) -> None:
    configuration = place.configuration
    run = Run(place.run("lineart"), lambda: make_generator(configuration), configuration.lineart)
    examples, held_out = Examples(place), Examples(place, held_out=True)
    with torch.random.fork_rng():
        torch.manual_seed(1)  # the same examples after a restart
        validation = [tensor.to(run.device) for tensor in held_out.random(len(held_out.images))]

    def step() -> dict[str, torch.Tensor]:
        batch = [tensor.to(run.device) for tensor in examples.random(configuration.lineart.batch)]
        return {"loss": loss(run.model, *batch)}

    run.train(step, lambda generator: {"loss": float(loss(generator, *validation))})


def load_detector(place: Workplace) -> Detector:
    """The trained network as the program runs it: white on black, rounded down."""
    generator = load_average(place.run("lineart"), make_generator(place.configuration)).to(device())

    @torch.no_grad()
    def draw(images: np.ndarray) -> np.ndarray:
        batches = scenes.channels_first(images).split(BATCH)
        lines = [generator(batch.to(device()) / 255)[:, 0].cpu() for batch in batches]
        return 255 - (torch.cat(lines) * 255).clamp(0, 255).to(torch.uint8).numpy()

    return draw


def main() -> None:
    train(workplace(argument_parser(__doc__).parse_args()))


if __name__ == "__main__":
    main()
