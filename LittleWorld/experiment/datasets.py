"""The training sets of the arms, and the scenes on which all are judged."""

import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from littleworld.voc import write_voc

from .arms import CONTROLS, FILTERS, Arm

SIDE = 96
VALIDATION = 400
GUIDANCE = 4
"""What the model in the box paints best with."""


class Studio:
    """Where datasets are made: by the little world, and by `spolvero augment` itself."""

    def __init__(self, root: Path, spolvero: Path, weights: Path, steps: int):
        self.root, self.spolvero, self.weights, self.steps = root, spolvero, weights, steps

    def validation(self, count: int = VALIDATION) -> Path:
        return self.drawn("val", count)

    def training(self, arm: Arm) -> tuple[Path, str]:
        """The arm's dataset, made when it is first asked for, and the list that it is trained with."""
        originals = self.drawn("train", arm.originals)
        if arm.options is None:
            return originals, "train"
        folder = self._augmented(originals, "train", replace(arm, kept=None))
        if arm.kept is None:
            return folder, "train"
        self.run("filter", folder, *FILTERS[arm.kept].format(self.weights).split())
        return folder, "kept"

    def repainted(self, *options: str, count: int = VALIDATION, copies: int = 1) -> Path:
        """Every scene for validation so many times, under the split `generated`."""
        arm = Arm(count, ("--copies", str(copies), *options))
        return self._augmented(self.validation(count), "val", arm)

    def _augmented(self, originals: Path, split: str, arm: Arm) -> Path:
        folder = self.root / "generated" / (arm.name if split == "train" else f"{split}-{arm.name}")
        captions = self._described(originals) if arm.described else originals / "captions.jsonl"
        # Goes on where it was stopped, and does nothing when all is there.
        command = ["augment", "--dataset", originals, "--split", split, "--captions", captions, "--resolution", SIDE]
        command += CONTROLS[arm.control].format(self.weights).split()
        command += ["--precision", "fp32"]  # the same pictures on every machine
        command += ["--steps", self.steps, "--cfg-scale", GUIDANCE, "--batch-size", 8, "--output", folder]
        self.run(*command, *arm.options)
        return folder

    def _described(self, originals: Path) -> Path:
        """What the captioner in the box says of the originals."""
        captions = originals / "written.jsonl"
        self.run("caption", originals, "--model", f"{self.weights}-captioner", "--output", captions)
        return captions

    def run(self, *words: object) -> None:
        subprocess.run([self.spolvero, *map(str, words)], check=True, stdout=subprocess.DEVNULL)

    def drawn(self, role: str, count: int) -> Path:
        folder = self.root / f"{role}-{count}"
        if not (folder / "captions.jsonl").exists():
            write_voc(role, 0, count, SIDE, folder)
        return folder


def stems(folder: Path, split: str) -> list[str]:
    return (folder / f"ImageSets/Segmentation/{split}.txt").read_text().split()


def read(folder: Path, split: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Photographs `[N, 3, S, S]` in −1 … 1 and masks `[N, S, S]` of class ids, 255 at borders."""
    return read_stems(folder, stems(folder, split))


def read_stems(folder: Path, listed: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
    """As `read`, of the photographs with these names."""
    images = np.stack([np.asarray(Image.open(folder / f"JPEGImages/{stem}.jpg").convert("RGB")) for stem in listed])
    masks = np.stack([np.asarray(Image.open(folder / f"SegmentationClass/{stem}.png")) for stem in listed])
    return torch.from_numpy(images).permute(0, 3, 1, 2) / 127.5 - 1, torch.from_numpy(masks).long()
