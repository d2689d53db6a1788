"""transformers' `DPTForDepthEstimation` without a residual network, such as `Intel/dpt-large`, in MiDaS' names."""

import re
from pathlib import Path

import torch

from .annotators import convert_annotator
from .dpt import DPT
from .errors import ConversionError
from .files import read_json
from .weights import load_weights, weight_files

ARCHITECTURE = "DPTForDepthEstimation"
VIT = "pretrained.model"
# transformers' names and MiDaS'. `{+}` counts from 1, `{-}` from the coarsest of four.
NAMES = {
    r"dpt.embeddings.cls_token": f"{VIT}.cls_token",
    r"dpt.embeddings.position_embeddings": f"{VIT}.pos_embed",
    r"dpt.embeddings.patch_embeddings.projection": f"{VIT}.patch_embed.proj",
    r"dpt.encoder.layer.(\d+).layernorm_before": f"{VIT}.blocks.{{}}.norm1",
    r"dpt.encoder.layer.(\d+).layernorm_after": f"{VIT}.blocks.{{}}.norm2",
    r"dpt.encoder.layer.(\d+).attention.output.dense": f"{VIT}.blocks.{{}}.attn.proj",
    r"dpt.encoder.layer.(\d+).intermediate.dense": f"{VIT}.blocks.{{}}.mlp.fc1",
    r"dpt.encoder.layer.(\d+).output.dense": f"{VIT}.blocks.{{}}.mlp.fc2",
    r"neck.reassemble_stage.readout_projects.(\d+).0": "pretrained.act_postprocess{+}.0.project.0",
    r"neck.reassemble_stage.layers.(\d+).projection": "pretrained.act_postprocess{+}.3",
    r"neck.reassemble_stage.layers.(\d+).resize": "pretrained.act_postprocess{+}.4",
    r"neck.convs.(\d+)": "scratch.layer{+}_rn",
    r"neck.fusion_stage.layers.(\d+).projection": "scratch.refinenet{-}.out_conv",
    r"neck.fusion_stage.layers.(\d+).residual_layer1.convolution1": "scratch.refinenet{-}.resConfUnit1.conv1",
    r"neck.fusion_stage.layers.(\d+).residual_layer1.convolution2": "scratch.refinenet{-}.resConfUnit1.conv2",
    r"neck.fusion_stage.layers.(\d+).residual_layer2.convolution1": "scratch.refinenet{-}.resConfUnit2.conv1",
    r"neck.fusion_stage.layers.(\d+).residual_layer2.convolution2": "scratch.refinenet{-}.resConfUnit2.conv2",
    r"head.head.(\d+)": "scratch.output_conv.{}",
}


def is_depth_folder(folder: Path) -> bool:
    config = folder / "config.json"
    return config.is_file() and ARCHITECTURE in (read_json(config).get("architectures") or [])


def convert_depth_folder(source: Path, folder: Path, dtype: torch.dtype) -> None:
    """Renames the network and writes it to `folder`; what it computes is that of MiDaS' own."""
    config = read_json(source / "config.json")
    files = weight_files(source)
    if config.get("is_hybrid") or not files:
        raise ConversionError(
            f"{source} has {'a residual network, too' if files else 'no weights'}. Expected a network without one, "
            "such as Intel/dpt-large; of the hybrid, convert MiDaS' own file, dpt_hybrid-midas-501f0c75.pt."
        )
    known = ("num_attention_heads", "backbone_out_indices", "layer_norm_eps")
    told = {key: config[key] for key in known if key in config}
    annotator = DPT._replace(settings=lambda weights: DPT.settings(weights) | told)
    convert_annotator(annotator, files[0], renamed(load_weights(files[0])), folder, dtype)


def renamed(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The tensors in MiDaS' names, queries, keys and values joined; a name that is none of those stays."""
    result = {}
    for name, value in tensors.items():
        query = re.fullmatch(r"dpt\.encoder\.layer\.(\d+)\.attention\.attention\.query\.(weight|bias)", name)
        if query:
            parts = [tensors[name.replace("query", part)] for part in ("query", "key", "value")]
            result[f"{VIT}.blocks.{query[1]}.attn.qkv.{query[2]}"] = torch.cat(parts)
        elif ".attention.attention." not in name and not name.startswith("dpt.layernorm."):
            result[midas_name(name)] = value
    return result


def midas_name(name: str) -> str:
    for pattern, place in NAMES.items():
        match = re.fullmatch(f"{pattern.replace('.', '[.]')}([.]weight|[.]bias|)", name)
        if match:
            *number, kind = match.groups()
            index = int(number[0]) if number else 0
            place = place.replace("{+}", str(index + 1)).replace("{-}", str(4 - index))
            return place.replace("{}", str(index)) + kind
    return name
