"""Draws scribbles into the regions of the scenes' labels, several times for each scene, and reads them.

    python -m training.scribbles --work DIR --processes 2

A scribble is the centre line of a region, from one end to the other, or a part of it, a few pixels thick. What is not
scribbled on is unlabelled.
"""

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import cv2
import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from . import scenes
from .configuration import Workplace, argument_parser, workplace

UNLABELLED = 255
VARIANTS = 4
"""Drawings of each scene."""
THICKNESS = (1, 4)
"""Pixels of a training scribble, at least and at most; `spolvero scribble` draws 3."""
SHORTEST = 0.4
"""Share of a centre line that is drawn at least."""
WHOLE = 0.4
"""How often a centre line is drawn from end to end."""
SMOOTHING = 5
"""Points of a centre line over which its course is averaged."""

AROUND = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
"""A pixel's neighbours, clockwise from above."""


def removable() -> np.ndarray:
    """Which neighbourhoods, one bit a neighbour, lose their middle in the first and in the second half of a round, as
    Zhang and Suen have it: "A fast parallel algorithm for thinning digital patterns", CACM 1984."""
    bits = (np.arange(256)[:, None] >> np.arange(8) & 1).astype(bool)
    up, right, down, left = (bits[:, place] for place in (0, 2, 4, 6))
    neighbours = bits.sum(1)
    rises = (~bits & np.roll(bits, -1, axis=1)).sum(1)
    rim = (neighbours >= 2) & (neighbours <= 6) & (rises == 1)
    first = rim & ~(up & right & down) & ~(right & down & left)
    second = rim & ~(up & right & left) & ~(up & down & left)
    return np.stack([first, second])


REMOVABLE = removable()


def thinned(regions: np.ndarray) -> np.ndarray:
    """The skeletons of regions `[N, H, W]`, one pixel wide."""
    wide = np.pad(regions.astype(np.uint8), ((0, 0), (1, 1), (1, 1)))
    inner = wide[:, 1:-1, 1:-1]
    height, width = inner.shape[1:]
    changed = True
    while changed:
        changed = False
        for half in REMOVABLE:
            code = np.zeros_like(inner)
            for place, (y, x) in enumerate(AROUND):
                code |= wide[:, 1 + y : 1 + y + height, 1 + x : 1 + x + width] << place
            gone = half[code] & (inner == 1)
            if gone.any():
                inner[gone] = 0
                changed = True
    return inner == 1


def centre_line(skeleton: np.ndarray) -> np.ndarray:
    """The longest of the shortest ways through a skeleton `[H, W]`: its pixels from one end to the other, x and y."""
    ys, xs = np.nonzero(skeleton)
    numbers = np.full(np.add(skeleton.shape, 2), -1)
    numbers[ys + 1, xs + 1] = np.arange(len(ys))
    pairs = []
    for y, x in AROUND[:4]:
        other = numbers[ys + 1 + y, xs + 1 + x]
        (there,) = np.nonzero(other >= 0)
        pairs.append((there, other[there], np.full(len(there), np.hypot(y, x))))
    rows, columns, lengths = (np.concatenate(part) for part in zip(*pairs, strict=True))
    graph = coo_array((lengths, (rows, columns)), shape=(len(ys), len(ys))).tocsr()
    start = farthest(dijkstra(graph, directed=False, indices=0))
    distances, before = dijkstra(graph, directed=False, indices=start, return_predecessors=True)
    way = [farthest(distances)]
    while way[-1] != start:
        way.append(before[way[-1]])
    return np.stack([xs[way], ys[way]], axis=1)


def farthest(distances: np.ndarray) -> int:
    return int(np.where(np.isfinite(distances), distances, -1).argmax())


def smoothed(line: np.ndarray) -> np.ndarray:
    """The moving average of points `[N, 2]`; the ends stay."""
    reach = min(SMOOTHING, len(line)) // 2
    padded = np.pad(line.astype(np.float64), ((reach, reach), (0, 0)), mode="reflect", reflect_type="odd")
    window = np.ones(2 * reach + 1) / (2 * reach + 1)
    return np.stack([np.convolve(column, window, mode="valid") for column in padded.T], axis=1)


def regions_of(mask: np.ndarray) -> tuple[np.ndarray, list[int]]:
    """The connected regions of a mask `[H, W]` of class ids, `[N, H, W]`, and the class of each; borders are none."""
    regions, classes = [np.zeros((0, *mask.shape), bool)], []
    for index in np.unique(mask[mask != UNLABELLED]):
        count, numbers = cv2.connectedComponents((mask == index).astype(np.uint8), connectivity=8)
        regions.append(numbers[None] == np.arange(1, count)[:, None, None])
        classes += [int(index)] * (count - 1)
    return np.concatenate(regions), classes


class Sketch:
    """The centre lines of a mask's regions, which can be drawn in many ways."""

    def __init__(self, mask: np.ndarray):
        self.mask = mask
        regions, self.classes = regions_of(mask)
        # Of a square of four pixels thinning leaves nothing.
        skeletons = (
            skeleton if skeleton.any() else region for skeleton, region in zip(thinned(regions), regions, strict=True)
        )
        self.lines = [smoothed(centre_line(skeleton)) for skeleton in skeletons]

    def draw(self, thickness: int = 3, shares: tuple[float, ...] = (), starts: tuple[float, ...] = ()) -> np.ndarray:
        """Class ids on the lines, 255 elsewhere, `[H, W]`.

        Args:
            shares: How much of each line is drawn; all of it where nothing is said.
            starts: Where it begins, from 0 to 1, within what is left out.
        """
        drawn = np.full_like(self.mask, UNLABELLED)
        brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (thickness, thickness))
        whole = (1.0,) * len(self.lines)
        for line, index, share, start in zip(self.lines, self.classes, shares or whole, starts or whole, strict=True):
            length = max(round(share * len(line)), 1)
            first = round(start * (len(line) - length))
            ink = np.zeros_like(self.mask)
            points = line[first : first + length].round().astype(np.int32)
            ink[points[0, 1], points[0, 0]] = 1
            cv2.polylines(ink, [points], isClosed=False, color=1)
            drawn[(cv2.dilate(ink, brush) == 1) & (self.mask == index)] = index
        return drawn

    def random(self, rng: np.random.Generator) -> np.ndarray:
        count = len(self.lines)
        shares = np.where(rng.random(count) < WHOLE, 1, rng.uniform(SHORTEST, 1, count))
        thickness = int(rng.integers(THICKNESS[0], THICKNESS[1] + 1))
        return self.draw(thickness, tuple(shares), tuple(rng.random(count)))


def drawn_for(path: Path) -> Path:
    """Where the scribbles of a shard of scenes are."""
    return path.with_name(f"{path.stem}.scribbles.npz")


def draw(path: Path) -> None:
    """The scribbles of a shard, `[N, VARIANTS, S, S]`."""
    masks, rng = np.load(path)["classes"], np.random.default_rng(0)
    sketches = (Sketch(mask) for mask in masks)
    ids = np.stack([[sketch.random(rng) for _ in range(VARIANTS)] for sketch in sketches])
    aside = path.with_suffix(".part")
    with aside.open("wb") as file:
        np.savez_compressed(file, ids=ids)
    aside.replace(drawn_for(path))
    print(f"drew {drawn_for(path)}", flush=True)


def read(place: Workplace, held_out: bool = False) -> np.ndarray:
    """Those of all scenes, `[N, VARIANTS, S, S]`."""
    return np.concatenate([np.load(drawn_for(path))["ids"] for path in scenes.drawn(place, held_out)])


def main() -> None:
    parser = argument_parser(__doc__)
    parser.add_argument("--processes", type=int, default=1)
    arguments = parser.parse_args()
    place = workplace(arguments)
    everything = [*scenes.drawn(place, held_out=True), *scenes.drawn(place)]
    with ProcessPoolExecutor(arguments.processes) as pool:
        list(pool.map(draw, [path for path in everything if not drawn_for(path).exists()]))


if __name__ == "__main__":
    main()
