"""The training sets of the arms, and the scenes on which all are judged."""

import subprocess
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from littleworld.voc import write_voc

from .arms import CONTROLS, USUAL, Arm

SIDE = 96
VALIDATION = 400
GUIDANCE = 4
"""What the model in the box paints best with."""


class Studio:
    """Where datasets are made: by the little world, and by `spolvero augment` itself."""

    def __init__(self, root: Path, spolvero: Path, weights: Path, steps: int):
        self.root, self.spolvero, self.weights, self.steps = root, spolvero, weights, steps

    def validation(self, count: int = VALIDATION) -> Path:
        return self._drawn("val", count)

    def training(self, arm: Arm) -> Path:
        """The arm's dataset, made when it is first asked for."""
        originals = self._drawn("train", arm.originals)
        if arm.options is None:
            return originals
        return self._augmented(originals, "train", arm.name, arm.options, arm.control)

    def repainted(self, *options: str, count: int = VALIDATION, copies: int = 1) -> Path:
        """Every scene for validation so many times, under the split `generated`."""
        name = "-".join([f"repainted-{count}-{copies}", *(word.lstrip("-") for word in options)])
        return self._augmented(self.validation(count), "val", name, ("--copies", str(copies), *options))

    def _augmented(
        self, originals: Path, split: str, name: str, options: tuple[str, ...], control: str = USUAL
    ) -> Path:
        folder = self.root / "generated" / name
        # Goes on where it was stopped, and does nothing when all is there.
        command = [self.spolvero, "augment", "--dataset", originals, "--split", split]
        command += ["--captions", originals / "captions.jsonl", "--resolution", SIDE]
        command += [word.format(self.weights) for word in CONTROLS[control].split()]
        command += ["--precision", "fp32"]  # the same pictures on every machine
        command += ["--steps", self.steps, "--cfg-scale", GUIDANCE, "--batch-size", 8, "--output", folder, *options]
        subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL)
        return folder

    def _drawn(self, role: str, count: int) -> Path:
        folder = self.root / f"{role}-{count}"
        if not (folder / "captions.jsonl").exists():
            write_voc(role, 0, count, SIDE, folder)
        return folder


def read(folder: Path, split: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Photographs `[N, 3, S, S]` in −1 … 1 and masks `[N, S, S]` of class ids, 255 at borders."""
    stems = (folder / f"ImageSets/Segmentation/{split}.txt").read_text().split()
    images = np.stack([np.asarray(Image.open(folder / f"JPEGImages/{stem}.jpg").convert("RGB")) for stem in stems])
    masks = np.stack([np.asarray(Image.open(folder / f"SegmentationClass/{stem}.png")) for stem in stems])
    return torch.from_numpy(images).permute(0, 3, 1, 2) / 127.5 - 1, torch.from_numpy(masks).long()
