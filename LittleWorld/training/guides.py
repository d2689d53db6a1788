"""Outlines that guide a painting, drawn as `spolvero augment` draws them (its `VisualPriors`)."""

from collections.abc import Callable

import cv2
import numpy as np
import torch

CANNY_LOW, CANNY_HIGH = 100, 200
IMAGE_WEIGHT, LABEL_WEIGHT = 0.7, 0.9
"""The program's own ω1 and ω2, from the paper."""

Detector = Callable[[np.ndarray], np.ndarray]
"""Draws the outlines of pictures `[N, S, S, 3]`, white on black, `[N, S, S]`, 8 bits."""


def canny(images: np.ndarray) -> np.ndarray:
    return np.stack([cv2.Canny(image, CANNY_LOW, CANNY_HIGH) for image in np.ascontiguousarray(images)])


def label_edges(masks: np.ndarray) -> np.ndarray:
    """255 where any of a pixel's four neighbours has another id, of masks `[N, S, S]`."""
    differs = np.zeros(masks.shape, bool)
    for axis in (1, 2):
        change = np.diff(masks.astype(np.int16), axis=axis) != 0
        before, after = [(0, 0)] * 3, [(0, 0)] * 3
        before[axis], after[axis] = (0, 1), (1, 0)
        differs |= np.pad(change, before) | np.pad(change, after)
    return np.where(differs, 255, 0).astype(np.uint8)


def voc_palette() -> np.ndarray:
    """PASCAL VOC's colours, `[256, 3]`: an id's bits, three by three, are the highest of its colour's."""
    ids = np.arange(256)
    channels = [sum((ids >> (3 * place + c) & 1) << (7 - place) for place in range(3)) for c in range(3)]
    return np.stack(channels, axis=-1).astype(np.uint8)


def pairs(images: np.ndarray, masks: np.ndarray, detector: Detector | None) -> tuple[np.ndarray, np.ndarray]:
    """The outlines of scenes' pictures and of their labels; without a detector the labels' edges are both."""
    if detector is None:
        edges = label_edges(masks)
        return edges, edges
    return detector(images), detector(voc_palette()[masks])


def blended(image: torch.Tensor, label: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """ω1 · image + ω2 · label, saturated, as an adapter reads it, `[N, 1, S, S]` in 0 … 1.

    Args:
        image: Outlines of pictures, `[N, S, S]`, 8 bits.
        label: Outlines of their labels.
        weights: ω1 and ω2 of each, `[N, 2]`.
    """
    first, second = weights[:, :, None, None].unbind(1)
    return (first * image + second * label).round().clamp(max=255).div(255).unsqueeze(1)
