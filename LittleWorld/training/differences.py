"""Networks kept as what they differ in from others, as shards that diffusers and the program read.

A folder holds the own tensors, links to the others' files, and the index that says which tensor is in which.
diffusers goes by the index only as far as names: where a tensor has another shape than in the other network, it wants
`ignore_mismatched_sizes=True`.
"""

import json
import os
import sys
from pathlib import Path

import torch
from diffusers import ModelMixin
from safetensors.torch import load_file, save_file

from tiny_tokenizer import write_json

WEIGHTS = "diffusion_pytorch_model.safetensors"
INDEX = f"{WEIGHTS}.index.json"
BASES, OWN = ("base.safetensors", "closer.safetensors"), "difference.safetensors"
"""diffusers reads shards in the order of their names, and what comes last counts."""


def train_only(network: ModelMixin, parts: tuple[str, ...]) -> None:
    """Freezes all but the tensors whose names begin with one of `parts`."""
    for name, parameter in network.named_parameters():
        parameter.requires_grad_(name.startswith(parts))


def halves(network: ModelMixin) -> dict[str, torch.Tensor]:
    return {name: value.half().contiguous().cpu() for name, value in network.state_dict().items()}


def places(tensors: dict[str, torch.Tensor], bases: list[Path]) -> dict[str, str]:
    """Which file of the folder each tensor is in: the last of `bases` that has the same, or the own."""
    found = dict.fromkeys(tensors, OWN)
    for base, name in zip(bases, BASES, strict=False):
        others = load_file(base)
        found |= {key: name for key, value in tensors.items() if key in others and torch.equal(value, others[key])}
    return found


def write(network: ModelMixin, bases: list[Path], folder: Path) -> None:
    """Writes a network that shares tensors with one or two files, which have to stay where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = json.loads(network.to_json_string())
    settings.pop("_name_or_path", None)  # a folder of the machine that trained it
    write_json(folder / "config.json", settings)
    tensors = halves(network)
    shards = places(tensors, bases)
    own = {name: value for name, value in tensors.items() if shards[name] == OWN}
    save_file(own, folder / OWN, metadata={"format": "pt"})
    for base, name in zip(bases, BASES, strict=False):
        link(base, folder / name)
    total = sum(value.nbytes for value in tensors.values())
    write_json(folder / INDEX, {"metadata": {"total_size": total}, "weight_map": shards})


def link(target: Path, path: Path) -> None:
    """A relative link, which holds wherever both are moved together."""
    path.unlink(missing_ok=True)
    path.symlink_to(os.path.relpath(target, path.parent))


def size(folder: Path) -> int:
    """Bytes of a folder's files, links not counted."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def require_room(folders: list[Path], limit: int, advice: str) -> None:
    """Prints the sizes of exported folders, and ends the program where they are together larger than `limit`."""
    sizes = {folder: size(folder) for folder in folders}
    for folder, own in sizes.items():
        print(f"{folder}: {own / 1e6:.2f} MB")
    if sum(sizes.values()) > limit:
        sys.exit(f"That is more than the {limit / 1e6:.0f} MB that the repository can carry: {advice}.")
