"""ControlNets in the names of their authors, `control_model.…`, alone or beside the Stable Diffusion that they steer.

ScribbleGen's have learnt what stands for no scribbles, too: `drop_out_embedding`, `[H, W, C]`. Those for PASCAL VOC
were trained on images and colours that were read as BGR.
"""

from argparse import Namespace
from pathlib import Path

import torch
from diffusers import ControlNetModel, UNet2DConditionModel
from diffusers.loaders.single_file_utils import convert_controlnet_checkpoint
from safetensors.torch import load_file, save_file

from tiny_tokenizer import write_json

from .check import check_outputs, seeded_noise
from .errors import ConversionError, explaining
from .files import narrow, read_json

PREFIX = "control_model."
HINT = "drop_out_embedding"
WEIGHTS = "diffusion_pytorch_model.safetensors"


def has_control(tensors: dict[str, torch.Tensor]) -> bool:
    return any(name.startswith(PREFIX) for name in tensors)


def without_control(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {name: value for name, value in tensors.items() if not name.startswith(PREFIX) and name != HINT}


def convert_control(
    path: Path, tensors: dict[str, torch.Tensor], unet: Path, folder: Path, dtype: torch.dtype, options: Namespace
) -> None:
    """Writes the ControlNet of a checkpoint to `folder`, and checks it against the one in memory.

    Args:
        unet: The folder of the UNet that it is a copy of, of which only `config.json` is read.
    """
    network = read_control(path, tensors, unet)
    hint = {HINT: tensors[HINT].float()} if HINT in tensors else {}
    order = options.channel_order or "rgb"
    if hint and not options.channel_order:
        print("If these weights are ScribbleGen's for PASCAL VOC, say so: --channel-order bgr.")
    if order == "bgr":
        reverse_hint(network, hint)
    expected = outputs(network)
    network.save_config(folder)
    write_json(folder / "config.json", read_json(folder / "config.json") | {"image_channel_order": order})
    tensors = narrow(dict(network.state_dict()) | hint, dtype)
    save_file(tensors, folder / WEIGHTS, metadata={"format": "pt"})

    state = {name: value.float() for name, value in load_file(folder / WEIGHTS).items()}
    if hint and state.pop(HINT).shape != hint[HINT].shape:
        raise ConversionError(f"{HINT} was not written as it is in {path}. Please report it.")
    network.load_state_dict(state)
    check_outputs("control", expected, outputs(network), dtype)
    print(f"control: images of {order}, {'with' if hint else 'without'} what stands for no control image")


def read_control(path: Path, tensors: dict[str, torch.Tensor], unet: Path) -> ControlNetModel:
    """The network in fp32."""
    first = [tensors.get(f"{PREFIX}input_hint_block.{place}.weight") for place in (0, 4, 8, 12)]
    if any(value is None for value in first):
        raise ConversionError(f"{path} lacks some of the layers {PREFIX}input_hint_block. Copy or download it again.")
    with explaining(
        f"{path}: the ControlNet does not fit the configuration in {unet}",
        "Name a diffusers folder of the checkpoint's own architecture with --config.",
    ):
        with torch.device("meta"):
            copied = UNet2DConditionModel.from_config(UNet2DConditionModel.load_config(unet))
        network = ControlNetModel.from_unet(
            copied,
            conditioning_channels=first[0].shape[1],
            conditioning_embedding_out_channels=tuple(value.shape[0] for value in first),
            load_weights_from_unet=False,
        )
        state = convert_controlnet_checkpoint(tensors, network.config)
        network.load_state_dict({name: value.float() for name, value in state.items() if value is not None})
    return network


def reverse_hint(network: ControlNetModel, hint: dict[str, torch.Tensor]) -> None:
    """Lets the network read colours as RGB that it has learnt as BGR; channels of classes have no order."""
    first = network.controlnet_cond_embedding.conv_in
    if first.in_channels != 3:
        return
    first.weight.data = first.weight.data.flip(1)
    for name, value in hint.items():
        hint[name] = value.flip(-1).contiguous()


@torch.no_grad()
def outputs(network: ControlNetModel) -> list[torch.Tensor]:
    """What the network makes of seeded noise."""
    network.eval()
    settings = network.config
    found = network(
        seeded_noise(1, settings.in_channels, 16, 8),
        torch.tensor(500),
        seeded_noise(1, 77, settings.cross_attention_dim),
        seeded_noise(1, settings.conditioning_channels, 128, 64),
        return_dict=False,
    )
    return [*found[0], found[1]]
