"""The annotator of lines as in anime (`netG.pth`): pix2pix' U-Net with instances normalised."""

import torch
import torch.nn.functional as F

from .annotators import Annotator, Weights


def sequences(downs: int) -> list[str]:
    """The places of the sizes, the finest first: each is nested in the sequence of the next finer one."""
    return ["model.model"] + ["model.model.1.model" + ".3.model" * level for level in range(downs - 1)]


def settings(weights: Weights) -> dict:
    """The generator's settings, from its tensors."""
    downs = 1
    while f"{sequences(downs + 1)[-1]}.1.weight" in weights.tensors:
        downs += 1
    return {
        "_class_name": "UnetGenerator",
        "num_downs": downs,
        "base_channels": weights["model.model.0.weight"].shape[0],
    }


def draw(weights: Weights, settings: dict, image: torch.Tensor) -> torch.Tensor:
    """The generator's forward pass: NCHW RGB in 0 … 1 to lines in 0 … 1, dark on white."""
    first, *middle, last = sequences(settings["num_downs"])
    skips = [weights.conv(f"{first}.0", 2 * image - 1, stride=2, padding=1)]
    for name in middle:
        down = weights.conv(f"{name}.1", F.leaky_relu(skips[-1], 0.2), stride=2, padding=1)
        skips.append(F.instance_norm(down))
    x = weights.conv(f"{last}.1", F.leaky_relu(skips[-1], 0.2), stride=2, padding=1)

    def up(name: str, x: torch.Tensor) -> torch.Tensor:
        return weights.conv(name, F.relu(x), F.conv_transpose2d, stride=2, padding=1)

    x = F.instance_norm(up(f"{last}.3", x))
    for name, skip in zip(reversed(middle), reversed(skips[1:]), strict=True):
        x = F.instance_norm(up(f"{name}.5", torch.cat([skip, x], dim=1)))
    return (up(f"{first}.3", torch.cat([skips[0], x], dim=1)).tanh() + 1) / 2


LINE_ART_ANIME = Annotator(
    "generator of lines as in anime",
    "the annotator's netG.pth",
    {"model.model.0.weight", "model.model.1.model.1.weight"},
    settings,
    draw,
    sides=(256, 512),
)
