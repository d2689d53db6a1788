"""T2I-Adapters as their authors published them (`.pth`).

diffusers reads none of them: its converter is a script outside of the package, knows no XL adapter, and asserts
full-size shapes. The names are mapped here, in two rules.
"""

import re
from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import T2IAdapter

from .check import check_outputs, seeded_noise
from .errors import explaining
from .files import narrow

# Original names: full adapters number the resnets through, two to a level; light ones nest them.
FULL = re.compile(r"body\.(\d+)\.(in_conv|block1|block2)\.(weight|bias)")
LIGHT = re.compile(r"body\.(\d+)\.body\.(\d+)\.(block[12]\.(?:weight|bias))")


def is_adapter(tensors: dict[str, torch.Tensor]) -> bool:
    return is_light(tensors) or {"conv_in.weight", "body.0.block1.weight"} <= tensors.keys()


def is_light(tensors: dict[str, torch.Tensor]) -> bool:
    return "body.0.body.0.block1.weight" in tensors


def diffusers_name(name: str, light: bool) -> str:
    if light:
        return "adapter." + LIGHT.sub(r"body.\1.resnets.\2.\3", name)
    match = FULL.fullmatch(name)
    if not match:
        return f"adapter.{name}"
    level, resnet = divmod(int(match[1]), 2)
    place = "" if match[2] == "in_conv" else f"resnets.{resnet}."
    return f"adapter.body.{level}.{place}{match[2]}.{match[3]}"


def configuration(tensors: dict[str, torch.Tensor]) -> dict:
    """The settings of `T2IAdapter`, from the tensors' names and shapes."""
    if is_light(tensors):
        widths = [tensors[f"body.{level}.out_conv.weight"].shape[0] for level in range(4)]
        return dict(
            adapter_type="light_adapter",
            in_channels=tensors["body.0.in_conv.weight"].shape[1] // 64,
            channels=widths[:-1],
            num_res_blocks=1 + max(int(match[2]) for match in map(LIGHT.fullmatch, tensors) if match),
            downscale_factor=8,
        )
    planes = tensors["conv_in.weight"].shape[1]
    # Pixel unshuffle by 16 (XL) makes 256 planes of a channel, by 8 it makes 64.
    factor = 16 if planes % 256 == 0 else 8
    return dict(
        adapter_type="full_adapter_xl" if factor == 16 else "full_adapter",
        in_channels=planes // factor**2,
        channels=[tensors[f"body.{2 * level}.block1.weight"].shape[0] for level in range(4)],
        num_res_blocks=2,
        downscale_factor=factor,
    )


def convert_adapter(path: Path, tensors: dict[str, torch.Tensor], folder: Path, dtype: torch.dtype) -> None:
    """Writes the adapter to `folder` and checks it against the original network."""
    with explaining(
        f"{path} is a T2I-Adapter of another shape than the published ones",
        "Expected four levels, of two resnets (full) or one to four (light), with average pooling.",
    ):
        settings = configuration(tensors)
        adapter = T2IAdapter(**settings)
        renamed = {diffusers_name(name, is_light(tensors)): value for name, value in tensors.items()}
        adapter.load_state_dict(narrow(renamed, dtype))
    adapter.to(dtype).save_pretrained(folder)

    converted = T2IAdapter.from_pretrained(folder).float().eval()
    image = seeded_noise(1, settings["in_channels"], 128, 192)
    with torch.no_grad():
        check_outputs("T2I-Adapter", original_features(tensors, settings, image), converted(image), dtype)


def original_features(
    tensors: dict[str, torch.Tensor], settings: dict, image: torch.Tensor
) -> list[torch.Tensor]:
    """The forward pass of the original networks, on their own names: NCHW image to four NCHW features."""

    def conv(name: str, x: torch.Tensor) -> torch.Tensor:
        weight, bias = (tensors[f"{name}.{kind}"].float() for kind in ("weight", "bias"))
        return F.conv2d(x, weight, bias, padding=weight.shape[-1] // 2)

    def resnet(name: str, x: torch.Tensor) -> torch.Tensor:
        return x + conv(f"{name}.block2", F.relu(conv(f"{name}.block1", x)))

    x = F.pixel_unshuffle(image, settings["downscale_factor"])
    light = settings["adapter_type"] == "light_adapter"
    pooled = [2] if settings["adapter_type"] == "full_adapter_xl" else [1, 2, 3]
    features = []
    x = x if light else conv("conv_in", x)
    for level in range(4):
        x = F.avg_pool2d(x, 2) if level in pooled else x
        first = f"body.{level}" if light else f"body.{2 * level}"
        if f"{first}.in_conv.weight" in tensors:
            x = conv(f"{first}.in_conv", x)
        for index in range(settings["num_res_blocks"]):
            x = resnet(f"{first}.body.{index}" if light else f"body.{2 * level + index}", x)
        x = conv(f"{first}.out_conv", x) if light else x
        features.append(x)
    return features
