"""Reading other people's weight files."""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file

from .errors import ConversionError, explaining
from .pickled_files import read_pickled

DTYPES = {"fp32": torch.float32, "fp16": torch.float16, "bf16": torch.bfloat16}


def load_tensors(path: Path) -> dict[str, torch.Tensor]:
    """The tensors of a safetensors file, or those of a pickled state dictionary and nothing else of it."""
    if not path.is_file():
        raise ConversionError(f"{path} is no file. Check the path, and that the download is complete.")
    with explaining(f"{path} is no file of weights, or is damaged", "Copy or download it again."):
        if is_safetensors(path):
            return load_file(path)
        tensors, foreign = read_pickled(path)
    if not tensors:
        raise ConversionError(
            f"{path} holds no tensors under names, only {names(foreign) or 'plain values'}. Expected a model's state "
            "dictionary: tensors alone are taken from a pickled file, and nothing in it is run."
        )
    if foreign:
        print(f"{path}: took the tensors, left out {names(foreign)}")
    return tensors


def is_safetensors(path: Path) -> bool:
    """By the JSON after eight bytes of length, since names lie; by the name where it is neither that nor a pickle."""
    with path.open("rb") as file:
        start = file.read(9)
    is_pickled = start.startswith((b"PK\3\4", b"\x80\x02\x8a"))
    return start[8:] == b"{" or path.suffix == ".safetensors" and not is_pickled


def names(foreign: set[str]) -> str:
    """The first few names of what is no tensor."""
    shown = sorted(foreign)[:4]
    return ", ".join(shown) + (f" and {len(foreign) - len(shown)} more" if len(foreign) > len(shown) else "")


def read_json(path: Path) -> dict:
    """A configuration or an index: an object of JSON."""
    with explaining(f"{path} cannot be read as JSON", "Copy or download it again."):
        content = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(content, dict):
            raise ValueError(f"a {type(content).__name__} instead of an object")
        return content


def narrow(tensors: dict[str, torch.Tensor], dtype: torch.dtype) -> dict[str, torch.Tensor]:
    """The tensors in another precision; refuses values that it cannot hold."""
    narrowed = {name: value.to(dtype).contiguous() for name, value in tensors.items()}
    for name, value in narrowed.items():
        if not value.isfinite().all() and tensors[name].double().isfinite().all():
            raise ConversionError(f"{name} has values beyond the range of {dtype}. Convert to bf16 or fp32.")
    return narrowed
