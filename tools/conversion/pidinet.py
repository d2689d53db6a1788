"""The annotator of edges by differences of pixels (`table5_pidinet.pth`).

Source: `createConvFunc` and the model `carv4` of the authors' PiDiNet: their four kinds of convolution.
"""

import torch
import torch.nn.functional as F

from .annotators import Annotator, Weights

STAGES = [["block1_1", "block1_2", "block1_3"]] + [[f"block{i}_{j}" for j in range(1, 5)] for i in (2, 3, 4)]


def settings(weights: Weights) -> dict:
    """The network's settings, from its tensors."""
    return {
        "_class_name": "PiDiNet",
        "base_channels": weights["init_block.weight"].shape[0],
        "dilation_channels": weights["dilations.0.conv1.weight"].shape[0],
        "attention_channels": weights["attentions.0.conv1.weight"].shape[0],
    }


def difference(weights: Weights, layer: int, name: str, x: torch.Tensor, groups: int) -> torch.Tensor:
    """A convolution that compares pixels: with the middle, with the neighbour, with those further out, or not."""
    weight = weights[f"{name}.weight"]
    plain = weight.flatten(2)
    kind = layer % 4
    if kind == 0:
        y = F.conv2d(x, weight, padding=1, groups=groups)
        return y - F.conv2d(x, weight.sum(dim=(2, 3), keepdim=True), groups=groups)
    if kind == 1:
        weight = (plain - plain[:, :, [3, 0, 1, 6, 4, 2, 7, 8, 5]]).reshape(weight.shape)
    if kind == 2:
        wide = torch.zeros(*plain.shape[:2], 25)
        wide[:, :, [0, 2, 4, 10, 14, 20, 22, 24]] = plain[:, :, 1:]
        wide[:, :, [6, 7, 8, 11, 13, 16, 17, 18]] = -plain[:, :, 1:]
        weight = wide.unflatten(2, (5, 5))
    return F.conv2d(x, weight, padding=weight.shape[-1] // 2, groups=groups)


def draw(weights: Weights, settings: dict, image: torch.Tensor) -> torch.Tensor:
    """The network's forward pass: NCHW BGR in 0 … 1 to edges in 0 … 1."""
    x, layer, edges = difference(weights, 0, "init_block", image, 1), 0, []
    for stage, blocks in enumerate(STAGES):
        for block in blocks:
            layer += 1
            halves = stage > 0 and block == blocks[0]
            x = F.max_pool2d(x, 2) if halves else x
            y = F.relu(difference(weights, layer, f"{block}.conv1", x, x.shape[1]))
            x = weights.conv(f"{block}.conv2", y) + (weights.conv(f"{block}.shortcut", x) if halves else x)
        edges.append(F.interpolate(head(weights, stage, x), image.shape[2:], mode="bilinear"))
    return weights.conv("classifier", torch.cat(edges, dim=1)).sigmoid()


def head(weights: Weights, stage: int, x: torch.Tensor) -> torch.Tensor:
    """What one size says: dilated convolutions, weighed by attention."""
    x = weights.conv(f"dilations.{stage}.conv1", F.relu(x))
    widths = (5, 7, 9, 11)
    x = sum(
        weights.conv(f"dilations.{stage}.conv2_{i}", x, dilation=width, padding=width)
        for i, width in enumerate(widths, start=1)
    )
    seen = weights.conv(f"attentions.{stage}.conv1", F.relu(x))
    seen = weights.conv(f"attentions.{stage}.conv2", seen, padding=1).sigmoid()
    return weights.conv(f"conv_reduces.{stage}.conv", x * seen)


PIDINET = Annotator(
    "PiDiNet",
    "the annotator's table5_pidinet.pth",
    {"init_block.weight", "classifier.weight", "dilations.0.conv1.weight"},
    settings,
    draw,
)
