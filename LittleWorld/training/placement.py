"""Measures whether GLIGEN paints things where their boxes say.

    python -m training.placement --work DIR --output FILE

Held-out scenes are painted anew with their boxes, and with the same prompts and noise without. The segmenter in
`Weights` looks for every box's class: how far does what it finds, the bounding box of the connected region that fits
best, agree with the box? Beside that stand the scenes themselves. Writes a table.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import cv2
import numpy as np
import torch
from diffusers import DPMSolverMultistepScheduler
from transformers import SegformerForSemanticSegmentation

from . import boxes, exported, gligen, scenes, segmenter
from .boxes import Boxes
from .configuration import DOWNSCALE, Workplace, argument_parser, workplace
from .export import make_scheduler
from .loop import device
from .sheets import pictures

STEPS, GUIDANCE, BATCH = 25, 4.0, 64
LEAST = 8
"""Pixels along the shorter side of a box that is looked at."""


class Painting:
    """Paints held-out scenes with boxes, as the pipeline does: without guidance's prompt there are no boxes either."""

    def __init__(self, place: Workplace):
        self.ground = exported.Ground(place)
        self.autoencoder = exported.load_autoencoder(place)
        self.predict = gligen.Placed(gligen.load(place).to(device()))
        self.places = gligen.Places(
            place, boxes.class_embeddings(exported.load_tokenizer(place), self.ground.text_encoder), held_out=True
        )
        self.side = place.configuration.size // DOWNSCALE

    @torch.no_grad()
    def __call__(self, indices: torch.Tensor, boxed: bool) -> np.ndarray:
        tokens = self.ground.held_out.tokens[indices]
        context = self.ground.context(torch.cat([tokens[:, -1], tokens[:, 0]]))
        corners, embeddings, present = self.places.all(indices)
        told = (value.repeat(2, *[1] * (value.dim() - 1)) for value in (corners, embeddings))
        told = *told, torch.cat([torch.zeros_like(present), present * boxed])
        scheduler = DPMSolverMultistepScheduler.from_config(make_scheduler().config)
        scheduler.set_timesteps(STEPS)
        noise = [torch.randn(4, self.side, self.side, generator=torch.Generator().manual_seed(int(i))) for i in indices]
        current = torch.stack(noise).to(device())
        for timestep in scheduler.timesteps:
            times = timestep.to(device()).expand(2 * len(indices))
            empty, full = self.predict(current.repeat(2, 1, 1, 1), times, context, *told).chunk(2)
            current = scheduler.step(empty + GUIDANCE * (full - empty), timestep, current).prev_sample
        return pictures(self.autoencoder.decode(current).sample)


def overlap(a: np.ndarray, b: np.ndarray) -> float:
    """Intersection over union of boxes: left, top, right, bottom."""
    both = np.prod(np.clip(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0, None))
    return float(both / (np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]) - both))


def regions(inside: np.ndarray) -> Iterator[np.ndarray]:
    """The bounding boxes of a map's connected regions."""
    for left, top, width, height, _ in cv2.connectedComponentsWithStats(inside.astype(np.uint8))[2][1:]:
        yield np.array([left, top, left + width, top + height])


def overlaps(found: np.ndarray, wanted: Boxes) -> Iterator[float]:
    """For every box of scenes, how far what was found, class ids `[N, S, S]`, agrees with it at best."""
    side = found.shape[-1]
    for ids, corners, classes, present in zip(found, wanted.corners, wanted.classes, wanted.present, strict=True):
        for box, index in zip(corners[present == 1].cpu().numpy() * side, classes[present == 1].tolist(), strict=True):
            if min(box[2:] - box[:2]) >= LEAST:
                yield max((overlap(box, region) for region in regions(ids == index)), default=0.0)


@torch.no_grad()
def found_in(judge: SegformerForSemanticSegmentation, images: np.ndarray) -> np.ndarray:
    batches = scenes.normalized(scenes.channels_first(images)).split(BATCH)
    return torch.cat([segmenter.scores(judge, batch.to(judge.device)).argmax(1).cpu() for batch in batches]).numpy()


def table(rows: Iterable[tuple[str, list[float]]]) -> str:
    lines = ["| | boxes | mean IoU | at 0.5 and more |", "|---|---|---|---|"]
    lines += [
        f"| {name} | {len(values)} | {np.mean(values):.3f} | {np.mean(np.array(values) >= 0.5):.1%} |"
        for name, values in rows
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argument_parser(__doc__)
    parser.add_argument("--output", type=Path, required=True, metavar="FILE")
    arguments = parser.parse_args()
    place = workplace(arguments)
    painting, judge = Painting(place), SegformerForSemanticSegmentation.from_pretrained(place.beside("segmenter"))
    judge = judge.float().eval().to(device())
    wanted = painting.places.boxes
    everything = torch.arange(len(wanted.present), device=device()).split(BATCH)
    shown = {"scenes": scenes.read(place, "images", held_out=True)}
    for name, boxed in (("painted with boxes", True), ("painted without boxes", False)):
        shown[name] = np.concatenate([painting(indices, boxed) for indices in everything])
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    found = ((name, list(overlaps(found_in(judge, images), wanted))) for name, images in shown.items())
    arguments.output.write_text(table(found) + "\n")
    print(arguments.output.read_text())


if __name__ == "__main__":
    main()
