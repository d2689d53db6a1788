"""The annotators of depth (`dpt_hybrid-midas-501f0c75.pt`, `dpt_large-midas-2f21e586.pt`): MiDaS' vision transformers.

Source: MiDaS' `DPTDepthModel`, and timm's `vit_base_r50_s16_384` and `vit_large_patch16_384` below it.
"""

from math import isqrt

import torch
import torch.nn.functional as F

from .annotators import Annotator, Weights

VIT = "pretrained.model"
RESNET = f"{VIT}.patch_embed.backbone"


def settings(weights: Weights) -> dict:
    """The network's settings, from its tensors; heads have 64 channels, as in both published ones."""
    hidden = weights[f"{VIT}.cls_token"].shape[2]
    layers = weights.count(f"{VIT}.blocks.{{}}.norm1.weight")
    stages = range(weights.count(f"{RESNET}.stages.{{}}.blocks.0.conv1.weight"))
    return {
        "_class_name": "DPTDepthModel",
        "image_size": 16 * isqrt(weights[f"{VIT}.pos_embed"].shape[1] - 1),
        "patch_size": 16,
        "hidden_size": hidden,
        "num_hidden_layers": layers,
        "num_attention_heads": hidden // 64,
        "layer_norm_eps": 1e-6,
        # After each quarter of the layers; the maps of the first two quarters come from the residual network if any.
        "backbone_out_indices": [layers * quarter // 4 - 1 for quarter in range(3 if stages else 1, 5)],
        "neck_hidden_sizes": [weights[f"scratch.layer{i}_rn.weight"].shape[1] for i in range(1, 5)],
        "fusion_hidden_size": weights["scratch.layer1_rn.weight"].shape[0],
        "head_size": weights["scratch.output_conv.2.weight"].shape[0],
        "resnet_depths": [weights.count(f"{RESNET}.stages.{stage}.blocks.{{}}.conv1.weight") for stage in stages],
        "resnet_hidden_sizes": [weights[f"{RESNET}.stages.{s}.blocks.0.conv3.weight"].shape[0] for s in stages],
        "resnet_embedding_size": weights[f"{RESNET}.stem.conv.weight"].shape[0] if stages else 64,
        "resnet_num_groups": 32,
    }


def draw(weights: Weights, settings: dict, image: torch.Tensor) -> torch.Tensor:
    """The network's forward pass: NCHW RGB in 0 … 1 to inverse depth."""
    maps = residual_maps(weights, settings, 2 * image - 1) if settings["resnet_depths"] else []
    wanted = settings["backbone_out_indices"]
    tokens, size = transformer(weights, settings, maps[-1] if maps else 2 * image - 1)
    maps = maps[: 4 - len(wanted)]
    maps += [reassembled(weights, level, tokens[i], size) for level, i in enumerate(wanted, start=len(maps) + 1)]
    x = None
    for level in range(4, 0, -1):
        x = fused(weights, level, weights.conv(f"scratch.layer{level}_rn", maps[level - 1], padding=1), x)
    x = enlarged(weights.conv("scratch.output_conv.0", x, padding=1))
    x = F.relu(weights.conv("scratch.output_conv.2", x, padding=1))
    return F.relu(weights.conv("scratch.output_conv.4", x))


def enlarged(x: torch.Tensor) -> torch.Tensor:
    return F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)


def residual_maps(weights: Weights, settings: dict, image: torch.Tensor) -> list[torch.Tensor]:
    """The maps of the residual network's stages."""

    def standardised(name: str, x: torch.Tensor, stride: int = 1) -> torch.Tensor:
        weight = weights[f"{name}.weight"]
        variance, mean = torch.var_mean(weight, dim=(1, 2, 3), keepdim=True, correction=0)
        extra = max(weight.shape[-1] - stride, 0)
        padded = F.pad(x, (extra // 2, extra - extra // 2) * 2)
        return F.conv2d(padded, (weight - mean) / (variance + 1e-8).sqrt(), stride=stride)

    def normalized(name: str, x: torch.Tensor) -> torch.Tensor:
        return F.group_norm(x, settings["resnet_num_groups"], weights[f"{name}.weight"], weights[f"{name}.bias"])

    def bottleneck(name: str, x: torch.Tensor, stride: int) -> torch.Tensor:
        shortcut = x
        if f"{name}.downsample.conv.weight" in weights.tensors:
            shortcut = normalized(f"{name}.downsample.norm", standardised(f"{name}.downsample.conv", x, stride))
        x = F.relu(normalized(f"{name}.norm1", standardised(f"{name}.conv1", x)))
        x = F.relu(normalized(f"{name}.norm2", standardised(f"{name}.conv2", x, stride)))
        return F.relu(normalized(f"{name}.norm3", standardised(f"{name}.conv3", x)) + shortcut)

    x = F.relu(normalized(f"{RESNET}.stem.norm", standardised(f"{RESNET}.stem.conv", image, 2)))
    x = F.max_pool2d(F.pad(x, (0, 1, 0, 1), value=-torch.inf), 3, 2)
    maps = []
    for stage, depth in enumerate(settings["resnet_depths"]):
        for block in range(depth):
            x = bottleneck(f"{RESNET}.stages.{stage}.blocks.{block}", x, 2 if stage and not block else 1)
        maps.append(x)
    return maps


def transformer(weights: Weights, settings: dict, x: torch.Tensor) -> tuple[list[torch.Tensor], tuple[int, int]]:
    """The tokens after each layer, and the size of their map."""

    def linear(name: str, x: torch.Tensor) -> torch.Tensor:
        return F.linear(x, weights[f"{name}.weight"], weights[f"{name}.bias"])

    def normalized(name: str, x: torch.Tensor) -> torch.Tensor:
        weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
        return F.layer_norm(x, x.shape[-1:], weight, bias, settings["layer_norm_eps"])

    x = weights.conv(f"{VIT}.patch_embed.proj", x, stride=1 if settings["resnet_depths"] else settings["patch_size"])
    size, places = x.shape[2:], weights[f"{VIT}.pos_embed"]
    grid = isqrt(places.shape[1] - 1)
    learnt = F.interpolate(places[:, 1:].mT.unflatten(2, (grid, grid)), size, mode="bilinear").flatten(2).mT
    x = torch.cat([weights[f"{VIT}.cls_token"], x.flatten(2).mT], dim=1) + torch.cat([places[:, :1], learnt], dim=1)
    tokens = []
    for layer in range(settings["num_hidden_layers"]):
        name = f"{VIT}.blocks.{layer}"
        qkv = linear(f"{name}.attn.qkv", normalized(f"{name}.norm1", x))
        heads = qkv.unflatten(2, (3, settings["num_attention_heads"], -1)).permute(2, 0, 3, 1, 4)
        attended = F.scaled_dot_product_attention(*heads).transpose(1, 2).flatten(2)
        x = x + linear(f"{name}.attn.proj", attended)
        x = x + linear(f"{name}.mlp.fc2", F.gelu(linear(f"{name}.mlp.fc1", normalized(f"{name}.norm2", x))))
        tokens.append(x)
    return tokens, size


def reassembled(weights: Weights, level: int, tokens: torch.Tensor, size: tuple[int, int]) -> torch.Tensor:
    """The map of a layer's tokens, each read beside the class token."""
    name = f"pretrained.act_postprocess{level}"
    pairs = torch.cat([tokens[:, 1:], tokens[:, :1].expand(-1, tokens.shape[1] - 1, -1)], dim=2)
    project = f"{name}.0.project.0"
    read = F.gelu(F.linear(pairs, weights[f"{project}.weight"], weights[f"{project}.bias"]))
    x = weights.conv(f"{name}.3", read.mT.unflatten(2, size))
    if level < 3:
        return weights.conv(f"{name}.4", x, F.conv_transpose2d, stride=8 >> level)
    return weights.conv(f"{name}.4", x, stride=2, padding=1) if level == 4 else x


def fused(weights: Weights, level: int, x: torch.Tensor, coarser: torch.Tensor | None) -> torch.Tensor:
    """A map joined with those coarser than it, twice as large."""
    name = f"scratch.refinenet{level}"

    def residual(unit: str, x: torch.Tensor) -> torch.Tensor:
        inner = F.relu(weights.conv(f"{name}.{unit}.conv1", F.relu(x), padding=1))
        return x + weights.conv(f"{name}.{unit}.conv2", inner, padding=1)

    x = x if coarser is None else coarser + residual("resConfUnit1", x)
    return weights.conv(f"{name}.out_conv", enlarged(residual("resConfUnit2", x)))


DPT = Annotator(
    "network for depth",
    "MiDaS' dpt_hybrid-midas-501f0c75.pt or dpt_large-midas-2f21e586.pt",
    {"pretrained.model.cls_token", "scratch.layer1_rn.weight"},
    settings,
    draw,
    unused=(
        *(f"{VIT}.{layer}.{kind}" for layer in ("norm", "head") for kind in ("weight", "bias")),
        *(f"refinenet4.resConfUnit1.conv{i}.{kind}" for i in (1, 2) for kind in ("weight", "bias")),
    ),
)
