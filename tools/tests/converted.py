"""What tests of the conversion compare."""

from pathlib import Path

import torch
from safetensors.torch import load_file


def weights(folder: Path) -> dict[str, torch.Tensor]:
    """The tensors of all parts of a pipeline."""
    return {
        f"{file.parent.name}.{name}": value
        for file in folder.glob("*/*.safetensors")
        for name, value in load_file(file).items()
    }


def equal(expected: dict[str, torch.Tensor], found: dict[str, torch.Tensor]) -> bool:
    return expected.keys() == found.keys() and all(torch.equal(expected[name], found[name]) for name in expected)
