"""Annotators' networks, whose names are kept: what each is recognized by, and how it is checked.

A network is described by one function: `draw` computes the original's forward pass on a `Weights`, which also notes
what it reads, so that a file with a tensor too many or too few is refused.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file

from tiny_tokenizer import write_json

from .check import check_outputs, seeded_noise
from .errors import ConversionError, explaining
from .files import narrow

WEIGHTS = "diffusion_pytorch_model.safetensors"


class Weights:
    """A network's tensors on their own names, and which of them were read."""

    def __init__(self, tensors: dict[str, torch.Tensor]):
        self.tensors = tensors
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> torch.Tensor:
        self.read.add(name)
        return self.tensors[name].float()

    def get(self, name: str) -> torch.Tensor | None:
        return self[name] if name in self.tensors else None

    def count(self, pattern: str) -> int:
        """How many names there are of a pattern, its number going up from 0."""
        number = 0
        while pattern.format(number) in self.tensors:
            number += 1
        return number

    def conv(self, name: str, x: torch.Tensor, function: Callable = F.conv2d, **options) -> torch.Tensor:
        return function(x, self[f"{name}.weight"], self.get(f"{name}.bias"), **options)


class Annotator(NamedTuple):
    """A network that draws: `settings` makes its configuration of the weights, `draw` its drawing of an image."""

    part: str
    files: str
    telltale: set[str]
    settings: Callable[[Weights], dict]
    draw: Callable[[Weights, dict, torch.Tensor], torch.Tensor]
    # The ends of names that the published files have and no layer needs.
    unused: tuple[str, ...] = ()
    sides: tuple[int, int] = (64, 96)


def plain_names(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Names without the prefix that training on several cards leaves."""
    return {name.removeprefix("module."): value for name, value in tensors.items()}


def convert_annotator(
    annotator: Annotator, path: Path, tensors: dict[str, torch.Tensor], folder: Path, dtype: torch.dtype
) -> None:
    """Writes the network to `folder` and checks it against the source."""
    tensors = {
        name: value for name, value in plain_names(tensors).items() if not name.endswith(annotator.unused or ("\0",))
    }
    image = seeded_noise(1, 3, *annotator.sides).sigmoid()
    with explaining(
        f"{path} is a {annotator.part} of another shape than the published ones", f"Expected {annotator.files}."
    ):
        weights = Weights(tensors)
        settings = annotator.settings(weights)
        with torch.no_grad():
            expected = annotator.draw(weights, settings, image)
        refuse_unknown(annotator, path, tensors.keys() - weights.read)
    write_json(folder / "config.json", settings)
    save_file(narrow(tensors, dtype), folder / WEIGHTS)
    with torch.no_grad():
        found = annotator.draw(Weights(load_file(folder / WEIGHTS)), settings, image)
    check_outputs(annotator.part, [expected], [found], dtype)


def refuse_unknown(annotator: Annotator, path: Path, names: set[str]) -> None:
    if names:
        raise ConversionError(
            f"{path} is no {annotator.part}: unknown {', '.join(sorted(names)[:4])}. Expected {annotator.files}."
        )
