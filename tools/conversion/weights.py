"""Which file of a component's folder holds its weights, whole or as an index of shards."""

import re
from pathlib import Path

import torch

from .errors import ConversionError, explaining
from .files import load_tensors, read_json

STEMS = ("diffusion_pytorch_model", "model", "pytorch_model")
FORMATS = ("safetensors", "bin", "pt", "pth", "ckpt")
# The best first: full precision, then the more precise half. Other variants follow by name.
VARIANTS = ("", "fp16", "bf16")
SHARD = re.compile(r"-\d{5}-of-\d{5}\.")


def rank(name: str) -> tuple | None:
    """The place of a file among its folder's weights, the least being the best; none for other files.

    Names are a stem, perhaps a variant, a format, and perhaps `index` and `json`; diffusers has written the words
    after the stem in several orders.
    """
    stem, *words = name.split(".")
    formats = [word for word in words if word in FORMATS]
    if stem not in STEMS or not formats or SHARD.search(name) or ("index" in words) != (words[-1] == "json"):
        return None
    variant = ".".join(word for word in words if word not in (*FORMATS, "index", "json"))
    place = VARIANTS.index(variant) if variant in VARIANTS else len(VARIANTS)
    return place, variant, FORMATS.index(formats[0]), STEMS.index(stem), name


def weight_files(folder: Path) -> list[Path]:
    """The files or indexes of a folder that hold its weights, the best first."""
    names = [path.name for path in folder.iterdir() if rank(path.name)]
    return [folder / name for name in sorted(names, key=rank)]


def load_weights(path: Path) -> dict[str, torch.Tensor]:
    """The tensors of a file, or of all shards of an index."""
    if path.suffix != ".json":
        return load_tensors(path)
    with explaining(f"{path} is no index of shards", "Copy or download it again."):
        places = {str(name): str(shard) for name, shard in read_json(path)["weight_map"].items()}
    tensors = {}
    for shard in sorted(set(places.values())):
        if Path(shard).name != shard:
            raise ConversionError(f"{path} names the shard '{shard}'. Expected the name of a file beside the index.")
        tensors |= load_tensors(path.parent / shard)
    absent = sorted(places.keys() - tensors.keys())
    if absent:
        raise ConversionError(
            f"The shards of {path} lack {len(absent)} of its tensors, {absent[0]} among them. Copy or download all "
            "shards again."
        )
    return tensors
