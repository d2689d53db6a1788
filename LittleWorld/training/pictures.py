"""Scenes as networks that look at them learn from them: on the device, mirrored and in other light at random."""

import torch

from . import scenes
from .configuration import Workplace
from .loop import device

GRAIN = 0.05
"""Deviation of the strongest noise, of samples in −1 … 1: what is painted is never as clean as what is drawn."""


class Pictures:
    """All scenes of a workplace, 8 bits."""

    def __init__(self, place: Workplace, held_out: bool = False):
        self.images = scenes.read_images(place, held_out).to(device())

    def __len__(self) -> int:
        return len(self.images)

    def __getitem__(self, indices: torch.Tensor | slice) -> torch.Tensor:
        """As they are, `[N, 3, S, S]` in −1 … 1."""
        return scenes.normalized(self.images[indices])

    def random(self, count: int, light: float) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Indices of scenes, whether they are mirrored, and the pictures, in light that varies so much."""
        target = self.images.device
        indices = torch.randint(len(self), (count,), device=target)
        mirrored = torch.randint(2, (count,), device=target)
        return indices, mirrored, relit(scenes.mirrored(self[indices], mirrored), light)


def relit(images: torch.Tensor, light: float) -> torch.Tensor:
    """Each picture with other gains of its colours, which deviate by `light` from 1, another brightness, and grain."""
    each = torch.randn(len(images), 5, 1, 1, device=images.device)
    grain = GRAIN * torch.rand_like(each[:, :1]) * torch.randn_like(images)
    return (images * (1 + light * each[:, :3]) + light / 2 * each[:, 3:4] + grain).clamp(-1, 1)
