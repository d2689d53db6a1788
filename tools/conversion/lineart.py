"""The line-art annotator (`sk_model.pth`, `sk_model2.pth`): informative drawings' generator."""

import torch
import torch.nn.functional as F

from .annotators import Annotator, Weights


def settings(weights: Weights) -> dict:
    """The generator's settings, from its tensors."""
    base, channels = weights["model0.1.weight"].shape[:2]
    return {
        "_class_name": "LineArtGenerator",
        "in_channels": channels,
        "out_channels": weights["model4.1.weight"].shape[0],
        "num_residual_blocks": weights.count("model2.{}.conv_block.1.weight"),
        "base_channels": base,
    }


def draw(weights: Weights, settings: dict, image: torch.Tensor) -> torch.Tensor:
    """The generator's forward pass: NCHW RGB in 0 … 1 to lines, dark on white."""

    def normalized(x: torch.Tensor) -> torch.Tensor:
        return F.relu(F.instance_norm(x))

    def reflected(x: torch.Tensor, width: int) -> torch.Tensor:
        return F.pad(x, (width,) * 4, mode="reflect")

    x = normalized(weights.conv("model0.1", reflected(image, 3)))
    for name in ("model1.0", "model1.3"):
        x = normalized(weights.conv(name, x, stride=2, padding=1))
    for block in range(settings["num_residual_blocks"]):
        inner = normalized(weights.conv(f"model2.{block}.conv_block.1", reflected(x, 1)))
        x = x + F.instance_norm(weights.conv(f"model2.{block}.conv_block.5", reflected(inner, 1)))
    for name in ("model3.0", "model3.3"):
        x = normalized(weights.conv(name, x, F.conv_transpose2d, stride=2, padding=1, output_padding=1))
    return weights.conv("model4.1", reflected(x, 3)).sigmoid()


LINE_ART = Annotator(
    "line-art generator",
    "the annotator's sk_model.pth or sk_model2.pth",
    {"model0.1.weight", "model4.1.weight"},
    settings,
    draw,
)
