"""IP-Adapters (`ip-adapter_sd15.bin` and the like): a file in their authors' layout, names kept."""

from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from .check import relative_error
from .errors import ConversionError
from .files import narrow

PARTS = ("image_proj.", "ip_adapter.")
WEIGHTS = "ip-adapter.safetensors"


def is_ip_adapter(tensors: dict[str, torch.Tensor]) -> bool:
    return all(any(name.startswith(part) for name in tensors) for part in PARTS)


def convert_ip_adapter(path: Path, tensors: dict[str, torch.Tensor], folder: Path, dtype: torch.dtype) -> None:
    """Writes the adapter's file to `folder`, and compares its numbers with the source's."""
    kept = {name: value for name, value in tensors.items() if name.startswith(PARTS)}
    if foreign := sorted(tensors.keys() - kept.keys()):
        raise ConversionError(f"{path} holds an IP-Adapter and more: {', '.join(foreign[:4])}. Expected one alone.")
    save_file(narrow(kept, dtype), folder / WEIGHTS)
    for name, value in load_file(folder / WEIGHTS).items():
        if relative_error(value, kept[name]) > torch.finfo(dtype).eps:
            raise ConversionError(f"{name} was not written as it is in {path}. Please report it.")
    print(f"IP-Adapter: {len(kept)} tensors as {dtype} in {WEIGHTS}")
