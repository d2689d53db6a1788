"""Draws the scenes for training and validation, and reads them.

    python -m training.scenes --work DIR --processes 2
"""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch

from .configuration import HELD_OUT_FIRST, Workplace, argument_parser, workplace

SHARD = 1024
HELD_OUT = "held-out.npz"


def shards(place: Workplace) -> list[tuple[Path, int, int]]:
    """Each file with the index of its first scene and their number."""
    configuration = place.configuration
    training = [
        (place.scenes / f"{first:07}.npz", first, min(SHARD, configuration.scenes - first))
        for first in range(0, configuration.scenes, SHARD)
    ]
    return [(place.scenes / HELD_OUT, HELD_OUT_FIRST, configuration.held_out), *training]


def draw(path: Path, first: int, count: int, side: int) -> None:
    command = ["-m", "littleworld", "shards", "--role", "world", "--first", first, "--count", count]
    subprocess.run(
        [sys.executable, *map(str, [*command, "--side", side, "--out", path])],
        cwd=Path(__file__).resolve().parents[1],
        check=True,
    )
    print(f"drew {path}", flush=True)


def drawn(place: Workplace, held_out: bool = False) -> list[Path]:
    """The shards that are there."""
    paths = [path for path, _, _ in shards(place) if (path.name == HELD_OUT) == held_out and path.exists()]
    if not paths:
        sys.exit(f"{place.scenes} holds no scenes: draw them first with python -m training.scenes.")
    return paths


def read(place: Workplace, key: str, held_out: bool = False) -> np.ndarray:
    """One array of all scenes that are drawn: `images`, `classes`, `instances`, `lines` or `captions`."""
    return np.concatenate([np.load(path)[key] for path in drawn(place, held_out)])


def read_images(place: Workplace, held_out: bool = False) -> torch.Tensor:
    """Pictures, 8 bits, `[N, 3, S, S]`."""
    return channels_first(read(place, "images", held_out))


def channels_first(images: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(images).permute(0, 3, 1, 2)


def mirrored(maps: torch.Tensor, which: torch.Tensor) -> torch.Tensor:
    """Maps `[N, …, S]`, those turned to their other side where `which`, `[N]`, is 1."""
    return torch.where(which.reshape(-1, *[1] * (maps.dim() - 1)) == 1, maps.flip(-1), maps)


def normalized(images: torch.Tensor) -> torch.Tensor:
    """8 bits to −1 … 1, as the autoencoder reads them."""
    return images.float() / 127.5 - 1


def main() -> None:
    parser = argument_parser(__doc__)
    parser.add_argument("--processes", type=int, default=1)
    arguments = parser.parse_args()
    place = workplace(arguments)
    place.scenes.mkdir(parents=True, exist_ok=True)
    missing = [shard for shard in shards(place) if not shard[0].exists()]
    with ThreadPoolExecutor(arguments.processes) as pool:
        for drawing in [pool.submit(draw, *shard, place.configuration.size) for shard in missing]:
            drawing.result()


if __name__ == "__main__":
    main()
