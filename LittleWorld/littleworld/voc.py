"""Writes scenes as PASCAL VOC lays out its files."""

import json
from pathlib import Path

import numpy as np
from PIL import Image

from .scene import make_scene

FOLDERS = ("JPEGImages", "SegmentationClass", "SegmentationObject", "ImageSets/Segmentation")


def write_voc(role: str, first: int, count: int, side: int, out: Path) -> None:
    """Photographs, masks of classes and of objects, the split's list and `captions.jsonl`."""
    for folder in FOLDERS:
        (out / folder).mkdir(parents=True, exist_ok=True)
    captions = []
    for index in range(first, first + count):
        scene, stem = make_scene(role, index), f"{role}_{index:06}"
        drawing = scene.draw(side)
        Image.fromarray(drawing.image).save(out / "JPEGImages" / f"{stem}.jpg", quality=95, subsampling=0)
        write_mask(drawing.classes, out / "SegmentationClass" / f"{stem}.png")
        write_mask(drawing.instances, out / "SegmentationObject" / f"{stem}.png")
        captions.append({"image": stem, "caption": scene.caption})
    split = "val" if role == "val" else "train"
    stems = "".join(f"{entry['image']}\n" for entry in captions)
    (out / "ImageSets" / "Segmentation" / f"{split}.txt").write_text(stems)
    (out / "captions.jsonl").write_text("".join(json.dumps(entry) + "\n" for entry in captions))


def write_mask(ids: np.ndarray, path: Path) -> None:
    mask = Image.fromarray(ids).convert("P")
    mask.putpalette(palette())
    mask.save(path, optimize=True)


def palette() -> list[int]:
    """VOC's colours: the bits of an id, dealt to red, green and blue in turn, highest first."""
    return [
        sum((index >> (3 * bit + channel) & 1) << (7 - bit) for bit in range(8))
        for index in range(256)
        for channel in range(3)
    ]
