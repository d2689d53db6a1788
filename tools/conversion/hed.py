"""The annotator of soft edges (`ControlNetHED.pth`)."""

import torch
import torch.nn.functional as F

from .annotators import Annotator, Weights


def settings(weights: Weights) -> dict:
    """The network's settings, from its tensors."""
    blocks = 0
    while weights.count(f"block{blocks + 1}.convs.{{}}.weight"):
        blocks += 1
    names = [f"block{block + 1}.convs" for block in range(blocks)]
    return {
        "_class_name": "ControlNetHED",
        "in_channels": weights["norm"].shape[1],
        "block_out_channels": [weights[f"{name}.0.weight"].shape[0] for name in names],
        "layers_per_block": [weights.count(f"{name}.{{}}.weight") for name in names],
    }


def draw(weights: Weights, settings: dict, image: torch.Tensor) -> torch.Tensor:
    """The network's forward pass: NCHW RGB in 0 … 1 to edges in 0 … 1."""
    x = 255 * image - weights["norm"]
    edges = []
    for block, layers in enumerate(settings["layers_per_block"]):
        x = F.max_pool2d(x, 2) if block else x
        for layer in range(layers):
            x = F.relu(weights.conv(f"block{block + 1}.convs.{layer}", x, padding=1))
        projection = weights.conv(f"block{block + 1}.projection", x)
        edges.append(F.interpolate(projection, image.shape[2:], mode="bilinear"))
    return torch.stack(edges).mean(dim=0).sigmoid()


HED = Annotator(
    "network for soft edges",
    "the annotator's ControlNetHED.pth",
    {"norm", "block1.convs.0.weight", "block1.projection.weight"},
    settings,
    draw,
)
