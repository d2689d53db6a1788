"""Boxes around the objects of scenes, with words for them, as GLIGEN reads them."""

from dataclasses import dataclass

import cv2
import numpy as np
import torch
from transformers import CLIPTextModel, CLIPTokenizer

from . import objects
from .prompts import WORDS

SLOTS = 30
"""For boxes, whether there are so many or not: GLIGEN's own number, which its pipeline fills up."""


@dataclass(frozen=True)
class Boxes:
    """Those of N scenes, `[N, 30, …]`: left, top, right and bottom as shares, class ids, and 1 where there is one."""

    corners: torch.Tensor
    classes: torch.Tensor
    present: torch.Tensor

    def to(self, target: torch.device) -> "Boxes":
        return Boxes(*(part.to(target) for part in (self.corners, self.classes, self.present)))

    def __getitem__(self, indices: torch.Tensor) -> "Boxes":
        return Boxes(self.corners[indices], self.classes[indices], self.present[indices])

    def mirrored(self, which: torch.Tensor) -> "Boxes":
        """Those of which `which`, `[N]`, is 1, turned to their other side."""
        left, top, right, bottom = self.corners.unbind(-1)
        turned = torch.stack([1 - right, top, 1 - left, bottom], dim=-1) * self.present[..., None]
        return Boxes(torch.where(which[:, None, None] == 1, turned, self.corners), self.classes, self.present)

    def only(self, kept: torch.Tensor) -> "Boxes":
        """Without those that `kept`, `[N, 30]`, has no 1 for."""
        return Boxes(self.corners * kept[..., None], self.classes, self.present * kept)


def of_scenes(classes: np.ndarray, instances: np.ndarray) -> Boxes:
    """The boxes of labels `[N, S, S]`, in the order of the instances."""
    count, side = len(classes), classes.shape[-1]
    corners, present = torch.zeros(count, SLOTS, 4), torch.zeros(count, SLOTS)
    ids = torch.zeros(count, SLOTS, dtype=torch.long)
    for edges, kinds in objects.by_number(*map(torch.from_numpy, map(np.ascontiguousarray, (classes, instances)))):
        slots = present.sum(1).long()
        (scenes,) = torch.where((kinds > 0) & (slots < SLOTS))
        place = scenes, slots[scenes]
        corners[place], ids[place], present[place] = edges[scenes] / side, kinds[scenes], 1
    return Boxes(corners, ids, present)


def drawn(images: np.ndarray, found: Boxes) -> np.ndarray:
    """Pictures with their boxes' outlines."""
    pictures = [image.copy() for image in images]
    for picture, corners, present in zip(pictures, found.corners, found.present, strict=True):
        for box in (corners[present == 1] * len(picture)).round().int().tolist():
            cv2.rectangle(picture, tuple(box[:2]), (box[2] - 1, box[3] - 1), (255, 0, 0), 1)
    return np.stack(pictures)


@torch.no_grad()
def class_embeddings(tokenizer: CLIPTokenizer, text_encoder: CLIPTextModel) -> torch.Tensor:
    """The text encoder's pooled output for every class's word, `[highest id + 1, C]`; zeros where there is no class."""
    tokens = tokenizer(list(WORDS.values()), padding=True, return_tensors="pt").to(text_encoder.device)
    pooled = text_encoder(**tokens).pooler_output
    table = pooled.new_zeros(max(WORDS) + 1, pooled.shape[1])
    table[list(WORDS)] = pooled
    return table
