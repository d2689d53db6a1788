"""OpenCLIP's own folders: `open_clip_config.json` beside `open_clip_model.safetensors` or the like."""

import re
import shutil
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from transformers import CLIPModel

from tiny_tokenizer import write_json

from .check import check_outputs, seeded_noise
from .errors import ConversionError, explaining
from .files import load_tensors, narrow, read_json

CONFIG = "open_clip_config.json"
WEIGHTS = ("open_clip_model.safetensors", "open_clip_pytorch_model.safetensors", "open_clip_pytorch_model.bin")
TOKENIZER = ("vocab.json", "merges.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json")
# What of the settings changes the network and is followed.
VISION = {"image_size", "layers", "width", "head_width", "mlp_ratio", "patch_size"}
TEXT = {"context_length", "vocab_size", "width", "heads", "layers", "mlp_ratio"}
# OpenCLIP's names and transformers', for both encoders.
BLOCK = {
    "ln_1": "layer_norm1",
    "ln_2": "layer_norm2",
    "attn.out_proj": "self_attn.out_proj",
    "mlp.c_fc": "mlp.fc1",
    "mlp.c_proj": "mlp.fc2",
}
NAMES = {
    "visual.class_embedding": "vision_model.embeddings.class_embedding",
    "visual.conv1.weight": "vision_model.embeddings.patch_embedding.weight",
    "visual.positional_embedding": "vision_model.embeddings.position_embedding.weight",
    "visual.ln_pre.weight": "vision_model.pre_layrnorm.weight",
    "visual.ln_pre.bias": "vision_model.pre_layrnorm.bias",
    "visual.ln_post.weight": "vision_model.post_layernorm.weight",
    "visual.ln_post.bias": "vision_model.post_layernorm.bias",
    "token_embedding.weight": "text_model.embeddings.token_embedding.weight",
    "positional_embedding": "text_model.embeddings.position_embedding.weight",
    "ln_final.weight": "text_model.final_layer_norm.weight",
    "ln_final.bias": "text_model.final_layer_norm.bias",
    "logit_scale": "logit_scale",
}
MATRICES = {"visual.proj": "visual_projection.weight", "text_projection": "text_projection.weight"}


def is_openclip_folder(folder: Path) -> bool:
    """A folder that transformers' layout has not as well."""
    return (folder / CONFIG).is_file() and not (folder / "config.json").is_file()


def convert_openclip(source: Path, folder: Path, dtype: torch.dtype) -> None:
    """Writes a `CLIPModel` to `folder`, and compares its embeddings with those of the source."""
    settings = read_json(source / CONFIG)
    with explaining(f"{source / CONFIG} is of a model that is not CLIP", "Expected vision_cfg and text_cfg."):
        model = settings["model_cfg"]
        check_settings(source, model)
        config = configuration(model)
    path = next((source / name for name in WEIGHTS if (source / name).is_file()), None)
    if path is None:
        raise ConversionError(f"{source} holds no weights; expected {' or '.join(WEIGHTS)}.")
    copy_tokenizer(source, folder)
    tensors = {name: value.float() for name, value in load_tensors(path).items() if name != "attn_mask"}
    with explaining(f"{path} is no CLIP of the shape that {CONFIG} says", "Copy or download both again."):
        save_file(narrow(renamed(tensors), dtype), folder / "model.safetensors", metadata={"format": "pt"})
        write_json(folder / "config.json", config)
        write_json(folder / "preprocessor_config.json", preprocessing(settings.get("preprocess_cfg", {}), config))
        check_outputs("CLIP", original(tensors, config), converted(folder, config), dtype)


def check_settings(source: Path, model: dict) -> None:
    for part, known in (("vision_cfg", VISION), ("text_cfg", TEXT)):
        if unknown := sorted(key for key, value in model[part].items() if key not in known and value):
            raise ConversionError(
                f"{source / CONFIG} asks for {part}.{unknown[0]}, which CLIP has not. Expected a plain vision "
                "transformer and a plain text transformer."
            )


def configuration(model: dict) -> dict:
    """transformers' settings of the same network."""
    vision, text = model["vision_cfg"], model["text_cfg"]
    activation = "quick_gelu" if model.get("quick_gelu") else "gelu"
    return {
        "architectures": ["CLIPModel"],
        "model_type": "clip",
        "projection_dim": model["embed_dim"],
        "vision_config": {
            "hidden_act": activation,
            "hidden_size": vision["width"],
            "image_size": vision["image_size"],
            "intermediate_size": int(vision["width"] * vision.get("mlp_ratio", 4)),
            "model_type": "clip_vision_model",
            "num_attention_heads": vision["width"] // vision.get("head_width", 64),
            "num_hidden_layers": vision["layers"],
            "patch_size": vision["patch_size"],
        },
        "text_config": {
            "bos_token_id": text["vocab_size"] - 2,
            "eos_token_id": text["vocab_size"] - 1,
            "hidden_act": activation,
            "hidden_size": text["width"],
            "intermediate_size": int(text["width"] * text.get("mlp_ratio", 4)),
            "max_position_embeddings": text["context_length"],
            "model_type": "clip_text_model",
            "num_attention_heads": text["heads"],
            "num_hidden_layers": text["layers"],
            "vocab_size": text["vocab_size"],
        },
    }


def preprocessing(settings: dict, config: dict) -> dict:
    side = config["vision_config"]["image_size"]
    mean, deviation = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)
    if settings.get("interpolation", "bicubic") != "bicubic" or settings.get("resize_mode", "shortest") != "shortest":
        raise ConversionError(f"{CONFIG} asks for images that are not resized by their shorter side, bicubically.")
    return {
        "crop_size": {"height": side, "width": side},
        "image_mean": settings.get("mean", mean),
        "image_processor_type": "CLIPImageProcessor",
        "image_std": settings.get("std", deviation),
        "resample": 3,
        "size": {"shortest_edge": side},
    }


def copy_tokenizer(source: Path, folder: Path) -> None:
    for name in TOKENIZER:
        if (source / name).is_file():
            shutil.copyfile(source / name, folder / name)
    if not any((folder / name).is_file() for name in ("merges.txt", "tokenizer.json")):
        raise ConversionError(
            f"{source} has no tokenizer. Put vocab.json and merges.txt there, those of openai/clip-vit-base-patch32 "
            "for models that read its 49408 tokens."
        )


def renamed(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The tensors under transformers' names; queries, keys and values apart."""
    result = {}
    for name, value in tensors.items():
        if block := re.fullmatch(r"(visual\.)?transformer\.resblocks\.(\d+)\.(.+)", name):
            place = f"{'vision' if block[1] else 'text'}_model.encoder.layers.{block[2]}"
            layer, _, end = block[3].rpartition(".")
            if joined := re.fullmatch(r"attn\.in_proj_(weight|bias)", block[3]):
                for which, part in zip("qkv", value.chunk(3), strict=True):
                    result[f"{place}.self_attn.{which}_proj.{joined[1]}"] = part
            else:
                result[f"{place}.{BLOCK[layer]}.{end}"] = value
        elif name in MATRICES:
            result[MATRICES[name]] = value.T
        else:
            result[NAMES[name]] = value
    return {name: value.contiguous().clone() for name, value in result.items()}


def samples(config: dict) -> tuple[torch.Tensor, torch.Tensor]:
    """An image and three texts, with their end in different places, and zeros behind it."""
    text, side = config["text_config"], config["vision_config"]["image_size"]
    length, end = text["max_position_embeddings"], text["eos_token_id"]
    tokens = torch.zeros(3, length, dtype=torch.long)
    for row, count in enumerate((1, length // 2, length - 2)):
        words = torch.randint(1, end - 1, (count,), generator=torch.Generator().manual_seed(row))
        tokens[row, : count + 2] = torch.cat([torch.tensor([end - 1]), words, torch.tensor([end])])
    return seeded_noise(1, 3, side, side), tokens


@torch.no_grad()
def converted(folder: Path, config: dict) -> list[torch.Tensor]:
    model = CLIPModel.from_pretrained(folder, local_files_only=True).float().eval()
    image, tokens = samples(config)
    return [model.get_image_features(image).pooler_output, model.get_text_features(tokens).pooler_output]


@torch.no_grad()
def original(tensors: dict[str, torch.Tensor], config: dict) -> list[torch.Tensor]:
    """The embeddings as OpenCLIP computes them."""
    image, tokens = samples(config)
    vision, text = config["vision_config"], config["text_config"]

    def norm(name: str, x: torch.Tensor) -> torch.Tensor:
        return F.layer_norm(x, x.shape[-1:], tensors[f"{name}.weight"], tensors[f"{name}.bias"])

    def linear(name: str, x: torch.Tensor) -> torch.Tensor:
        return F.linear(x, tensors[f"{name}.weight"], tensors[f"{name}.bias"])

    def encode(prefix: str, x: torch.Tensor, part: dict, *, causal: bool) -> torch.Tensor:
        for layer in range(part["num_hidden_layers"]):
            name = f"{prefix}transformer.resblocks.{layer}"
            weight, bias = tensors[f"{name}.attn.in_proj_weight"], tensors[f"{name}.attn.in_proj_bias"]
            joined = F.linear(norm(f"{name}.ln_1", x), weight, bias)
            heads = [y.unflatten(-1, (part["num_attention_heads"], -1)).transpose(1, 2) for y in joined.chunk(3, -1)]
            mixed = F.scaled_dot_product_attention(*heads, is_causal=causal).transpose(1, 2).flatten(2)
            x = x + linear(f"{name}.attn.out_proj", mixed)
            hidden = linear(f"{name}.mlp.c_fc", norm(f"{name}.ln_2", x))
            quick = part["hidden_act"] == "quick_gelu"
            x = x + linear(f"{name}.mlp.c_proj", hidden * torch.sigmoid(1.702 * hidden) if quick else F.gelu(hidden))
        return x

    patches = F.conv2d(image, tensors["visual.conv1.weight"], stride=vision["patch_size"]).flatten(2).transpose(1, 2)
    seen = torch.cat([tensors["visual.class_embedding"].expand(1, 1, -1), patches], 1)
    seen = norm("visual.ln_pre", seen + tensors["visual.positional_embedding"])
    whole = norm("visual.ln_post", encode("visual.", seen, vision, causal=False)[:, 0])
    read = F.embedding(tokens, tensors["token_embedding.weight"]) + tensors["positional_embedding"]
    read = norm("ln_final", encode("", read, text, causal=True))
    last = read[torch.arange(len(tokens)), tokens.argmax(dim=-1)]
    return [whole @ tensors["visual.proj"], last @ tensors["text_projection"]]
