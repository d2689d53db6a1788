"""Sheets of pictures, to look at."""

import argparse
from pathlib import Path

import numpy as np
import torch
from PIL import Image


def page_options(description: str) -> argparse.Namespace:
    """What a page is painted with, and where it goes."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spolvero", type=Path, required=True, metavar="FILE", help="the built program")
    parser.add_argument("--output", type=Path, required=True, metavar="FILE")
    return parser.parse_args()


def write(sheet: Image.Image, path: Path) -> None:
    """As a JPEG of full colour: a third of a PNG, and history keeps every version."""
    sheet.save(path, quality=92, subsampling=0, optimize=True, progressive=True)


def tiled(rows: list[np.ndarray]) -> Image.Image:
    """Rows of equal pictures `[columns, S, S, 3]`, as one picture."""
    return Image.fromarray(np.concatenate([np.concatenate(list(row), axis=1) for row in rows]))


def pictures(images: torch.Tensor) -> np.ndarray:
    """−1 … 1, channels first, to 8 bits, channels last."""
    return ((images.float().clamp(-1, 1) + 1) * 127.5).round().byte().permute(0, 2, 3, 1).cpu().numpy()
