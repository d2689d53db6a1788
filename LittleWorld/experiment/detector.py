"""A small instance segmenter, trained for a fixed number of steps; and what it finds, in COCO's format.

It is CondInst (Tian et al., arXiv 2003.05664) upon the heat map of CenterNet (Zhou et al., arXiv 1904.07850): where a
map of each class has a peak, there is an object, and the features at its place are the weights of three small
convolutions that cut it out. All its shapes are fixed, so it trains on two cores, and a GPU can record its steps.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import segmentation_models_pytorch as smp
import torch
from PIL import Image
from torch import nn
from torch.nn import functional as F

from littleworld import CLASSES
from training.loop import device
from training.prompts import BORDER

from . import datasets, segmenter

STEPS, BATCH, RATE = 1000, 16, 2e-3
WIDTH = 32
"""Channels of the decoder's finest features."""
COARSE, FINE = 4, 2
"""Pixels along a side of a cell of the heat maps, and of a mask."""
MASK_CHANNELS = 8
LAYERS = ((MASK_CHANNELS + 2, MASK_CHANNELS), (MASK_CHANNELS, MASK_CHANNELS), (MASK_CHANNELS, 1))
"""Channels in and out of what cuts an object out; it also reads how far its middle is, across and down."""
OBJECTS = 30
"""That are looked at in a picture, and that at most are learnt from."""
LEAST = 12
"""Pixels of an object that is learnt from; of others a crop has left too little."""
LEAST_SURE = 0.05
"""What is less sure is not told."""
OVERLAP = 0.6
"""Of two masks of a class that overlap more, in intersection over union, the better one is kept."""


class Detector(nn.Module):
    """A U-Net with a ResNet-18, no pretrained weights, and the two heads."""

    def __init__(self):
        super().__init__()
        decoder = dict(encoder_depth=4, decoder_channels=(128, 64, 48, WIDTH))
        self.features = smp.Unet("resnet18", encoder_weights=None, classes=2 * WIDTH, **decoder)
        self.outputs = (len(CLASSES), sum(inner * outer + outer for inner, outer in LAYERS))
        self.places = nn.Sequential(
            nn.Conv2d(2 * WIDTH, 128, 3, padding=1), nn.ReLU(), nn.Conv2d(128, sum(self.outputs), 1)
        )
        self.shapes = nn.Conv2d(2 * WIDTH, MASK_CHANNELS, 1)
        # Objects are rare, and the first steps would be spent on learning that alone.
        nn.init.constant_(self.places[2].bias[: len(CLASSES)], -4.0)

    def forward(self, images: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Of pictures `[N, 3, S, S]`: heat before the sigmoid, `[N, classes, S/4, S/4]`, weights for what may lie at
        each place, `[N, 169, S/4, S/4]`, and features for masks, `[N, 8, S/2, S/2]`."""
        features = self.features(images)
        heat, weights = self.places(F.avg_pool2d(features, COARSE)).split(self.outputs, dim=1)
        return heat, weights, F.avg_pool2d(self.shapes(features), FINE)


def cut_out(weights: torch.Tensor, rows: torch.Tensor, columns: torch.Tensor, features: torch.Tensor) -> torch.Tensor:
    """Masks before the sigmoid, `[N, M, S/2, S/2]`, of objects by their weights `[N, M, 169]` and cells `[N, M]`."""
    side = features.shape[-1]
    line = (torch.arange(side, device=features.device) + 0.5) * FINE
    down, across = (line - ((cell + 0.5) * COARSE)[..., None] for cell in (rows, columns))
    distance = torch.stack(torch.broadcast_tensors(down[..., :, None], across[..., None, :]), dim=2) / datasets.SIDE
    features = features[:, None].expand(-1, weights.shape[1], -1, -1, -1)
    values = torch.cat([features, 4 * distance], dim=2).flatten(3)
    for index, (inner, outer) in enumerate(LAYERS):
        matrix, bias, weights = weights.split([inner * outer, outer, weights.shape[-1] - inner * outer - outer], dim=-1)
        values = matrix.unflatten(-1, (outer, inner)) @ values + bias[..., None]
        values = F.relu(values) if index + 1 < len(LAYERS) else values
    return values.flatten(2).unflatten(-1, (side, side))


def at(values: torch.Tensor, rows: torch.Tensor, columns: torch.Tensor) -> torch.Tensor:
    """`[N, C, H, W]` at cells `[N, M]`: `[N, M, C]`."""
    places = (rows * values.shape[-1] + columns)[..., None].expand(-1, -1, values.shape[1])
    return values.flatten(2).transpose(1, 2).gather(1, places)


class Learning(nn.Module):
    """A detector, and how far it is from labels."""

    def __init__(self, detector: Detector, objects: int):
        super().__init__()
        self.detector, self.objects = detector, objects
        # A recording brooks no copies to the device.
        self.register_buffer("known", torch.tensor(list(CLASSES.values())))

    def forward(self, images: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """The loss of pictures with labels `[N, 2, S, S]`, ids of classes and of objects."""
        inside, indices, present = told(labels, self.objects, self.known)
        rows, columns = middles(inside)
        heat, weights, features = self.detector(images)
        wanted = heat_of(heat, rows, columns, inside.flatten(2).sum(2)) * present[..., None, None]
        maps = torch.zeros_like(heat).scatter_reduce(
            1, indices[..., None, None].expand_as(wanted), wanted, "amax", include_self=True
        )
        masks = cut_out(at(weights, rows, columns), rows, columns, features).sigmoid()
        count = present.sum().clamp(min=1)
        return focal(heat, maps) / count + (dice(masks, F.avg_pool2d(inside, FINE)) * present).sum() / count


def told(labels: torch.Tensor, count: int, known: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The objects that labels number up to `count`: `[N, M, S, S]` with 1 where they are, the indices of their
    classes among `known` ids, and 1 for those that are to be learnt from, `[N, M]` each."""
    classes, ids = labels.unbind(1)
    numbers = torch.arange(1, count + 1, device=labels.device)
    inside = (ids[:, None] == numbers[:, None, None]) & (classes[:, None] != BORDER)
    kinds = torch.where(inside, classes[:, None], 0).flatten(2).amax(2)
    present = (inside.flatten(2).sum(2) >= LEAST) & (kinds > 0)
    return inside.float(), (kinds[..., None] == known).int().argmax(2), present.float()


def middles(inside: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The cells of objects' centres of mass."""
    side = inside.shape[-1]
    line = torch.arange(side, device=inside.device) + 0.5
    area = inside.sum((2, 3)).clamp(min=1)
    down, across = ((inside.sum(axis) * line).sum(2) / area for axis in (3, 2))
    return tuple((middle / COARSE).long().clamp(0, side // COARSE - 1) for middle in (down, across))


def heat_of(heat: torch.Tensor, rows: torch.Tensor, columns: torch.Tensor, area: torch.Tensor) -> torch.Tensor:
    """Around the middle of each object, `[N, M, S/4, S/4]`: 1 there, and less with the distance."""
    line = torch.arange(heat.shape[-1], device=heat.device)
    squares = (line - rows[..., None])[..., :, None] ** 2 + (line - columns[..., None])[..., None, :] ** 2
    spread = (area.sqrt() / COARSE / 6).clamp(min=0.6)
    return torch.exp(-squares / (2 * spread[..., None, None] ** 2))


def focal(heat: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """CenterNet's: α is 2, β is 4."""
    there, near = F.logsigmoid(heat), F.logsigmoid(-heat)
    peaks = (wanted == 1).float()
    missed = peaks * (1 - there.exp()) ** 2 * there
    wrong = (1 - peaks) * (1 - wanted) ** 4 * there.exp() ** 2 * near
    return -(missed + wrong).sum()


def dice(masks: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """How little masks agree, 0 … 1, `[N, M]`."""
    both, each = (masks * wanted).sum((2, 3)), (masks**2).sum((2, 3)) + (wanted**2).sum((2, 3))
    return 1 - 2 * both / (each + 1e-3)


def read(folder: Path, split: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Photographs `[N, 3, S, S]` in −1 … 1, and `[N, 2, S, S]`: ids of classes and of objects, 8 bits."""
    images, classes = datasets.read(folder, split)
    stems = datasets.stems(folder, split)
    ids = np.stack([np.asarray(Image.open(folder / f"SegmentationObject/{stem}.png")) for stem in stems])
    return images, torch.stack([classes.byte(), torch.from_numpy(ids)], dim=1)


def train(images: torch.Tensor, labels: torch.Tensor, seed: int, steps: int = STEPS) -> Detector:
    """The same number of steps however many pictures there are, so that more pictures are no longer training."""
    torch.manual_seed(seed)
    count = int(torch.where(labels[:, 1] == BORDER, 0, labels[:, 1]).max())
    images, labels = images.to(device()), labels.to(device())
    learning = Learning(Detector(), count).to(device(), memory_format=torch.channels_last).train()
    loss_of = segmenter.recorded(learning, *segmenter.augmented(images[[0] * BATCH], labels[[0] * BATCH]))
    optimizer = torch.optim.AdamW(learning.parameters(), lr=RATE, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps)
    for _ in range(steps):
        batch = torch.randint(len(images), (BATCH,), device=images.device)
        loss = loss_of(*segmenter.augmented(images[batch], labels[batch]))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(learning.parameters(), 5.0)
        optimizer.step()
        schedule.step()
    return learning.detector.eval()


@torch.no_grad()
def found(model: Detector, images: torch.Tensor) -> Iterator[list[tuple[int, float, np.ndarray]]]:
    """What is found in each picture: class ids, how sure the model is of them, 0 … 1, and masks `[S, S]`."""
    for batch in images.split(50):
        heat, weights, features = model(batch.to(device()))
        heat = heat.sigmoid()
        peaks = torch.where(heat == F.max_pool2d(heat, 3, stride=1, padding=1), heat, 0)
        sure, places = peaks.flatten(1).topk(OBJECTS)
        cells, width = heat.shape[-2] * heat.shape[-1], heat.shape[-1]
        indices, rows, columns = places // cells, places % cells // width, places % width
        small = cut_out(at(weights, rows, columns), rows, columns, features)
        masks = F.interpolate(small, size=batch.shape[-2:], mode="bilinear", align_corners=False).sigmoid()
        inside = masks > 0.5
        # How clearly an object is cut out counts too, as in SOLO.
        sure = sure * (masks * inside).sum((2, 3)) / inside.sum((2, 3)).clamp(min=1)
        yield from map(distinct, sure.cpu(), indices.cpu(), inside.cpu())


def distinct(sure: torch.Tensor, indices: torch.Tensor, inside: torch.Tensor) -> list[tuple[int, float, np.ndarray]]:
    """Of `[M]` and `[M, S, S]`, the surest first, those that are of another class or elsewhere than all before."""
    flat = inside.flatten(1).float()
    both = flat @ flat.T
    overlaps = both / (flat.sum(1)[:, None] + flat.sum(1) - both).clamp(min=1)
    kept: list[int] = []
    for index in sure.argsort(descending=True)[: int((sure >= LEAST_SURE).sum())].tolist():
        rivals = [other for other in kept if indices[other] == indices[index]]
        if flat[index].any() and all(overlaps[index, other] <= OVERLAP for other in rivals):
            kept.append(index)
    ids = list(CLASSES.values())
    return [(ids[indices[index]], float(sure[index]), inside[index].numpy()) for index in kept]


def results(model: Detector, images: torch.Tensor, stems: list[str]) -> list[dict[str, object]]:
    """What is found, in COCO's format of results; the numbers of images are those in their stems."""
    return [
        {
            "image_id": int("".join(filter(str.isdigit, stem))),
            "category_id": index,
            "score": round(score, 4),
            "segmentation": runs(mask),
        }
        for stem, objects in zip(stems, found(model, images), strict=True)
        for index, score, mask in objects
    ]


def runs(mask: np.ndarray) -> dict[str, list[int]]:
    """Lengths of runs of a mask `[H, W]`, column by column, the first of zeros."""
    line = np.concatenate([[False], mask.T.ravel()])
    (changes,) = np.nonzero(np.diff(line))
    lengths = np.diff(np.concatenate([[0], changes, [mask.size]]))
    return {"size": list(mask.shape), "counts": lengths.tolist()}
