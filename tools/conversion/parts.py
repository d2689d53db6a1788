"""The parts of single-file checkpoints, whose tensors Stable Diffusion's authors and trainers have named."""

import re
from pathlib import Path

import accelerate  # noqa: F401 — without it, diffusers leaves absent tensors random and says nothing
import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.loaders.single_file_utils import create_diffusers_clip_model_from_ldm
from transformers import CLIPTextModel, CLIPTextModelWithProjection

from .errors import ConversionError, explaining

CLASSES = {
    "unet": UNet2DConditionModel,
    "vae": AutoencoderKL,
    "text_encoder": CLIPTextModel,
    "text_encoder_2": CLIPTextModelWithProjection,
}
PREFIXES = {
    "unet": "model.diffusion_model.",
    "vae": "first_stage_model.",
    "text_encoder": "cond_stage_model.",
}
XL_PREFIXES = PREFIXES | {"text_encoder": "conditioner.embedders.0.", "text_encoder_2": "conditioner.embedders.1."}
WORDS = {
    "unet": "UNet",
    "vae": "autoencoder (vae)",
    "text_encoder": "text encoder (text_encoder)",
    "text_encoder_2": "second text encoder (text_encoder_2)",
}
# CLIP as transformers named it before version 4: without `text_model`.
OLD_CLIP = re.compile(
    r"^((?:cond_stage_model|conditioner\.embedders\.0)\.transformer\.)(?=embeddings\.|encoder\.|final_layer_norm\.)"
)


def is_checkpoint(tensors: dict[str, torch.Tensor]) -> bool:
    prefixes = (*PREFIXES.values(), *XL_PREFIXES.values())
    return any(name.startswith(prefixes) for name in tensors)


def is_xl(tensors: dict[str, torch.Tensor]) -> bool:
    return any(name.startswith(("conditioner.", "model.diffusion_model.label_emb.")) for name in tensors)


def usual_names(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The names that diffusers reads; positions' numbers, of whatever type, belong to no layer."""
    return {
        OLD_CLIP.sub(r"\1text_model.", name): value
        for name, value in tensors.items()
        if not name.endswith(".position_ids")
    }


def part_names(tensors: dict[str, torch.Tensor]) -> list[str]:
    """The parts of the checkpoint's architecture, whether it holds them or not."""
    return list(XL_PREFIXES if is_xl(tensors) else PREFIXES)


def absent_parts(tensors: dict[str, torch.Tensor]) -> list[str]:
    """The parts of which the checkpoint holds no tensor."""
    prefixes = XL_PREFIXES if is_xl(tensors) else PREFIXES
    return [name for name in prefixes if not any(key.startswith(prefixes[name]) for key in tensors)]


def read_part(name: str, path: Path, tensors: dict[str, torch.Tensor], config: Path) -> torch.nn.Module:
    """A part of the checkpoint at `path`, in fp32, with the settings that `config` has for it."""
    places = dict(config=str(config), subfolder=name, local_files_only=True)
    with explaining(
        f"{path}: the {WORDS[name]} does not fit the configuration in {config}",
        "Name a diffusers folder of the checkpoint's own architecture with --config.",
    ):
        if name.startswith("text_encoder"):
            part = create_diffusers_clip_model_from_ldm(CLASSES[name], tensors, **places)
        else:
            try:
                part = CLASSES[name].from_single_file(tensors, **places)
            except NotImplementedError as error:  # a parameter that got no data
                raise lacking("some tensors", name, path) from error
    return whole(part, name, path, [key for key, value in part.named_parameters() if value.is_meta])


def take_part(name: str, path: Path) -> torch.nn.Module:
    """A part of the diffusers folder at `path`, in fp32."""
    if not (path / name / "config.json").is_file():
        raise ConversionError(f"--missing-from {path} has no {WORDS[name]} either. Name a folder with {name}.")
    with explaining(
        f"{path / name} cannot be read", f"Convert it with convert.py {path} NEW-FOLDER, then name the new folder."
    ):
        part, report = CLASSES[name].from_pretrained(path / name, local_files_only=True, output_loading_info=True)
    print(f"{WORDS[name]}: taken from {path}")
    return whole(part, name, path, sorted(report["missing_keys"]))


def whole(part: torch.nn.Module, name: str, path: Path, missing: list[str]) -> torch.nn.Module:
    """The part in fp32, if no tensor is missing."""
    if missing:
        raise lacking(f"{len(missing)} tensors, {missing[0]} among them,", name, path)
    return part.float()


def lacking(what: str, name: str, path: Path) -> ConversionError:
    return ConversionError(
        f"{path} lacks {what} of the {WORDS[name]}: it is cut short, or the configuration is of another architecture. "
        "Copy or download it again, or name another folder with --config."
    )
