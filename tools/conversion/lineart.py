"""The line-art annotator (`sk_model.pth`, `sk_model2.pth`): informative drawings' generator, names kept."""

from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file

from .check import check_outputs, seeded_noise
from .errors import ConversionError, explaining
from .files import narrow

WEIGHTS = "diffusion_pytorch_model.safetensors"


def is_line_art(tensors: dict[str, torch.Tensor]) -> bool:
    return {"model0.1.weight", "model4.1.weight"} <= tensors.keys()


def configuration(tensors: dict[str, torch.Tensor]) -> dict:
    """The generator's settings, from its tensors; refuses missing and unknown ones."""
    blocks = sum(name.endswith("conv_block.1.weight") for name in tensors)
    layers = ["model0.1", "model1.0", "model1.3", "model3.0", "model3.3", "model4.1"]
    layers += [f"model2.{block}.conv_block.{layer}" for block in range(blocks) for layer in (1, 5)]
    expected = {f"{layer}.{kind}" for layer in layers for kind in ("weight", "bias")}
    if expected != tensors.keys():
        raise ConversionError(
            f"This is no line-art generator of {blocks} residual blocks: missing {sorted(expected - tensors.keys())}, "
            f"unknown {sorted(tensors.keys() - expected)}. Expected the annotator's sk_model.pth or sk_model2.pth."
        )
    return {
        "_class_name": "LineArtGenerator",
        "in_channels": tensors["model0.1.weight"].shape[1],
        "out_channels": tensors["model4.1.weight"].shape[0],
        "num_residual_blocks": blocks,
        "base_channels": tensors["model0.1.weight"].shape[0],
    }


def convert_line_art(path: Path, tensors: dict[str, torch.Tensor], folder: Path, dtype: torch.dtype) -> None:
    """Writes the generator to `folder` and checks it against the source."""
    from tiny_tokenizer import write_json

    with explaining(
        f"{path} is a line-art generator of another shape than the published ones",
        "Expected the annotator's sk_model.pth or sk_model2.pth.",
    ):
        settings = configuration(tensors)
        image = seeded_noise(1, settings["in_channels"], 64, 96).sigmoid()
        expected = draw(tensors, settings, image)
    write_json(folder / "config.json", settings)
    save_file(narrow(tensors, dtype), folder / WEIGHTS)
    found = draw(load_file(folder / WEIGHTS), settings, image)
    check_outputs("line-art generator", [expected], [found], dtype)


@torch.no_grad()
def draw(tensors: dict[str, torch.Tensor], settings: dict, image: torch.Tensor) -> torch.Tensor:
    """The generator's forward pass: NCHW RGB in 0 … 1 to lines, dark on white."""

    def layer(name: str, x: torch.Tensor, function=F.conv2d, **options) -> torch.Tensor:
        weight, bias = (tensors[f"{name}.{kind}"].float() for kind in ("weight", "bias"))
        return function(x, weight, bias, **options)

    def normalized(x: torch.Tensor) -> torch.Tensor:
        return F.relu(F.instance_norm(x))

    def reflected(x: torch.Tensor, width: int) -> torch.Tensor:
        return F.pad(x, (width,) * 4, mode="reflect")

    x = normalized(layer("model0.1", reflected(image, 3)))
    for name in ("model1.0", "model1.3"):
        x = normalized(layer(name, x, stride=2, padding=1))
    for block in range(settings["num_residual_blocks"]):
        inner = normalized(layer(f"model2.{block}.conv_block.1", reflected(x, 1)))
        x = x + F.instance_norm(layer(f"model2.{block}.conv_block.5", reflected(inner, 1)))
    for name in ("model3.0", "model3.3"):
        x = normalized(layer(name, x, F.conv_transpose2d, stride=2, padding=1, output_padding=1))
    return layer("model4.1", reflected(x, 3)).sigmoid()
