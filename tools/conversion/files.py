"""Reading other people's weight files, and the errors that a user sees."""

import pickle
import zipfile
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

DTYPES = {"fp32": torch.float32, "fp16": torch.float16, "bf16": torch.bfloat16}


class ConversionError(Exception):
    """What was found, what was expected, what to do."""


def load_tensors(path: Path) -> dict[str, torch.Tensor]:
    """The tensors of a safetensors file or of a pickled state dictionary; pickles may hold nothing else."""
    if not path.is_file():
        raise ConversionError(f"{path} is not a file. Name the file with the weights.")
    try:
        if path.suffix == ".safetensors":
            return load_file(path)
        state = torch.load(path, map_location="cpu", weights_only=True, mmap=zipfile.is_zipfile(path))
    except (pickle.UnpicklingError, SafetensorError, RuntimeError, EOFError, ValueError) as error:
        raise ConversionError(
            f"{path} cannot be read as weights: {error}. Only tensors are taken from a pickled file, since anything "
            "else in it would be run as a program; look for the model's safetensors file."
        ) from error
    while isinstance(state, dict) and isinstance(state.get("state_dict"), dict):
        state = state["state_dict"]
    tensors = {name: value for name, value in state.items() if isinstance(value, torch.Tensor)}
    if not tensors:
        raise ConversionError(f"{path} holds no tensors under names. Expected a model's state dictionary.")
    return tensors


def narrow(tensors: dict[str, torch.Tensor], dtype: torch.dtype) -> dict[str, torch.Tensor]:
    """The tensors in another precision; refuses values that it cannot hold."""
    narrowed = {name: value.to(dtype).contiguous() for name, value in tensors.items()}
    for name, value in narrowed.items():
        if torch.isfinite(tensors[name]).all() and not torch.isfinite(value).all():
            raise ConversionError(f"{name} has values beyond the range of {dtype}. Convert to bf16 or fp32.")
    return narrowed
