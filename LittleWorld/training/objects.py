"""The objects of scenes, each cut out as CLIP sees what a box holds."""

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch.nn import functional as F

from . import scenes
from .configuration import Workplace
from .loop import device
from .prompts import BORDER

LEAST = 6
"""Pixels along the shorter side: what is smaller is not to be known."""


@dataclass(frozen=True)
class Objects:
    """N of them: the scene's index, left, top, right and bottom in pixels, `[N, 4]`, and the class's id."""

    scenes: torch.Tensor
    corners: torch.Tensor
    classes: torch.Tensor

    def __len__(self) -> int:
        return len(self.scenes)

    def __getitem__(self, chosen: torch.Tensor) -> "Objects":
        return Objects(self.scenes[chosen], self.corners[chosen], self.classes[chosen])

    def to(self, target: torch.device) -> "Objects":
        return Objects(self.scenes.to(target), self.corners.to(target), self.classes.to(target))

    def random(self, count: int) -> "Objects":
        return self[torch.randint(len(self), (count,), device=self.scenes.device)]


def edges(inside: torch.Tensor) -> torch.Tensor:
    """Around regions `[N, S, S]`: left and top, right and bottom behind the last pixel; `[N, 4]`."""

    def span(line: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        line = line.byte()
        return line.argmax(1), line.shape[1] - line.flip(1).argmax(1)

    (left, right), (top, bottom) = span(inside.any(1)), span(inside.any(2))
    return torch.stack([left, top, right, bottom], dim=1)


def by_number(classes: torch.Tensor, instances: torch.Tensor) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Of each instance's number in labels `[N, S, S]`, 8 bits: its edges in every scene, `[N, 4]`, and its class's id
    there, `[N]`, 0 where a scene has no such instance."""
    for number in range(1, int(torch.where(instances == BORDER, 0, instances).max()) + 1):
        inside = instances == number
        yield edges(inside), torch.where(inside, classes, 0).flatten(1).amax(1).long()


def of_labels(classes: torch.Tensor, instances: torch.Tensor) -> Objects:
    """Those of labels `[N, S, S]`, 8 bits, that are large enough to be known."""
    found = []
    for corners, kinds in by_number(classes, instances):
        sides = corners[:, 2:] - corners[:, :2]
        (kept,) = torch.where((kinds > 0) & (sides.amin(1) >= LEAST))
        found.append((kept, corners[kept], kinds[kept]))
    return Objects(*map(torch.cat, zip(*found, strict=True)))


def of_workplace(place: Workplace, held_out: bool = False) -> Objects:
    labels = (scenes.read(place, key, held_out) for key in ("classes", "instances"))
    return of_labels(*(torch.from_numpy(label).to(device()) for label in labels))


def crops(images: torch.Tensor, corners: torch.Tensor) -> torch.Tensor:
    """The middle squares of boxes in pictures `[N, 3, S, S]`, enlarged to S: the shorter side counts, as for CLIP."""
    side = images.shape[-1]
    left, top, right, bottom = corners.float().unbind(1)
    share = torch.minimum(right - left, bottom - top) / side
    theta = torch.zeros(len(images), 2, 3, device=images.device)
    theta[:, 0, 0] = theta[:, 1, 1] = share
    theta[:, 0, 2], theta[:, 1, 2] = (left + right) / side - 1, (top + bottom) / side - 1
    grid = F.affine_grid(theta, list(images.shape), align_corners=False)
    return F.grid_sample(images, grid, padding_mode="border", align_corners=False)
