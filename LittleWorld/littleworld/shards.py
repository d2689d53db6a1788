"""Packs scenes into one file for training."""

from pathlib import Path

import numpy as np

from .scene import make_scene


def write_shard(role: str, first: int, count: int, side: int, out: Path) -> None:
    """Writes images [n, side, side, 3], classes, instances and lines [n, side, side], and captions [n]."""
    arrays = {name: np.zeros((count, side, side), np.uint8) for name in ("classes", "instances", "lines")}
    arrays["images"] = np.zeros((count, side, side, 3), np.uint8)
    captions = []
    for row in range(count):
        scene = make_scene(role, first + row)
        drawing = scene.draw(side)
        captions.append(scene.caption)
        arrays["images"][row] = drawing.image
        for name in ("classes", "instances", "lines"):
            arrays[name][row] = getattr(drawing, name)
    aside = out.with_name(out.name + ".part")
    with aside.open("wb") as file:
        np.savez_compressed(file, captions=np.array(captions), **arrays)
    aside.replace(out)
