"""Random masks of what is to be repainted: objects, what is around them, rectangles, everything."""

import torch
from torch.nn import functional as F

from .configuration import DOWNSCALE

BORDER = 255
SHARES = {"objects": 0.4, "background": 0.2, "rectangles": 0.25, "everything": 0.15}
CHOSEN = 0.6
"""How often an object is repainted, where some are."""
GROWTH = 7
"""Pixels by which the objects' masks may be grown."""
SIDES = (0.15, 0.9)
"""Of a rectangle, as shares of the picture's."""


def random_masks(instances: torch.Tensor) -> torch.Tensor:
    """1 where repainted, `[N, 1, S, S]`, for ids of instances `[N, S, S]`, 8 bits, with a kind drawn for each."""
    shares = torch.tensor(list(SHARES.values()), device=instances.device)
    kinds = torch.multinomial(shares, len(instances), replacement=True)[:, None, None]
    drawn = torch.stack([some_objects(instances), background(instances), rectangles(instances), everything(instances)])
    return drawn.gather(0, kinds[None].expand(1, *instances.shape))[0, :, None].float()


def some_objects(instances: torch.Tensor) -> torch.Tensor:
    """Each object with equal chance, with its border and a little around."""
    chosen = torch.rand(len(instances), 256, device=instances.device) < CHOSEN
    chosen[:, 0] = chosen[:, BORDER] = False
    inside = chosen.gather(1, instances.flatten(1).long()).view_as(instances)
    reach = 2 + int(torch.randint(GROWTH, ()))
    return grown(inside, reach)


def grown(masks: torch.Tensor, reach: int) -> torch.Tensor:
    """Masks `[N, S, S]` and all that is at most `reach` pixels away, along rows and columns."""
    return F.max_pool2d(masks.float()[:, None], 2 * reach + 1, stride=1, padding=reach)[:, 0] > 0


def background(instances: torch.Tensor) -> torch.Tensor:
    """All that is no object; borders are repainted too."""
    return (instances == 0) | (instances == BORDER)


def rectangles(instances: torch.Tensor) -> torch.Tensor:
    """One or two, of any size and place."""
    low, high = SIDES
    count, height, width = instances.shape
    steps = torch.arange(max(height, width), device=instances.device) / max(height, width)
    extent = low + (high - low) * torch.rand(2, 2, count, 1, device=instances.device)
    start = torch.rand(2, 2, count, 1, device=instances.device) * (1 - extent)
    rows, columns = ((steps >= start) & (steps < start + extent)).unbind(1)
    both = rows[:, :, :height, None] & columns[:, :, None, :width]
    second = torch.rand(count, 1, 1, device=instances.device) < 0.5
    return both[0] | (both[1] & second)


def everything(instances: torch.Tensor) -> torch.Tensor:
    return torch.ones_like(instances, dtype=torch.bool)


def of_latents(masks: torch.Tensor) -> torch.Tensor:
    """At the latents' side: the nearest pixel of each, as diffusers takes it."""
    return masks[..., ::DOWNSCALE, ::DOWNSCALE]


def hidden(images: torch.Tensor, masks: torch.Tensor) -> torch.Tensor:
    """Pictures in −1 … 1, grey where they are repainted."""
    return images * (masks < 0.5)
