"""Asks ScribbleGen's questions of the little world: what do scribbles teach, and pictures painted along them?

    cd LittleWorld
    python -m experiment.scribbles --work DIR --weights ../Weights/littleworld --spolvero ../.build/release/spolvero

Scribbles are drawn by `spolvero scribble`, pictures painted by `spolvero augment --recipe scribblegen` with the
ControlNet in the box, a set for every encode ratio, and lists of epochs made by `spolvero schedule`. Where it was
stopped it goes on, seed by seed. Writes Benchmarks/Results/scribbles.md.
"""

from dataclasses import dataclass
from pathlib import Path

import torch

from . import command, datasets, report, segmenter
from .__main__ import Results
from .arms import LARGE, SMALL, arms_of
from .datasets import Studio

REPORT = Path(__file__).resolve().parents[2] / "Benchmarks/Results/scribbles.md"
RATIOS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
GUIDANCE = 2
LISTS = Path("ImageSets/Segmentation")
EPOCHS = 60
CURRICULUM = "append-curriculum"
STARTS = tuple(range(0, EPOCHS, EPOCHS // len(RATIOS)))
"""Epochs with which the curriculum goes on to the next ratio."""
SCHEMES = {
    "append": [],
    CURRICULUM: ["--starts", ",".join(map(str, STARTS))],
    "sample": [],
    "replacement": ["--probability", 0.5],
    "synthetic-only": [],
    "best-k": ["--best", 1],
}
"""The schemes with their options of `spolvero schedule`."""
HEAD = f"""# Does painting along scribbles help? The little world's answer
Made by `python -m experiment.scribbles` in `LittleWorld`: scribbles by `spolvero scribble`, pictures by
`spolvero augment --recipe scribblegen` with the ControlNet `Weights/littleworld/controlnets/scribble`, guidance
{GUIDANCE} against its learnt hint, lists of {EPOCHS} epochs by `spolvero schedule`; best-k keeps the two best of
{len(RATIOS)} versions by their agreement with the segmenter in the box, which has learnt from whole masks. DeepLabV3+
(ResNet-18, no pretrained weights) is trained for {segmenter.STEPS} steps of {segmenter.BATCH} pictures whatever the
training set, by cross-entropy where there are scribbles, and judged on {datasets.VALIDATION} whole masks that neither
it nor the generator has seen. mIoU in percent over the background and seventeen classes: mean ± standard deviation over
the seeds, and that of the difference to the table's first row, seed by seed.
"""


@dataclass(frozen=True)
class Arm:
    """So many originals with their masks or with scribbles, and how pictures painted along these are added."""

    originals: int
    labels: str = "scribbles"
    scheme: str | None = None
    """Of `SCHEMES`; nothing is added without it."""
    ratio: float | None = None
    """The only set that is added."""

    @property
    def name(self) -> str:
        """The arm's key in the results."""
        words = (self.originals, self.labels, self.scheme, self.ratio)
        return "-".join(str(word) for word in words if word is not None)


def table(originals: int) -> dict[str, Arm]:
    return {
        "scribbles": Arm(originals),
        **{f"and pictures of λ = {ratio}": Arm(originals, ratio=ratio) for ratio in RATIOS},
        **{scheme: Arm(originals, scheme=scheme) for scheme in SCHEMES},
        "whole masks instead": Arm(originals, "masks"),
    }


TABLES = {f"{count} originals": table(count) for count in (SMALL, LARGE)}


def make(studio: Studio, originals: int) -> None:
    """Scribbles, pictures painted along them, and the lists of all schemes; goes on where it was stopped."""
    drawn, scribbles = studio.drawn("train", originals), studio.root / f"scribbles-{originals}"
    folder = painted(studio.root, originals)
    studio.run("scribble", drawn, "--output", scribbles)
    options = ["--recipe", "scribblegen", "--dataset", drawn, "--scribbles", scribbles, "--add-classes"]
    options += ["--model", studio.weights, "--control", studio.weights / "controlnets/scribble"]
    options += ["--encode-ratio", ",".join(map(str, RATIOS)), "--guidance-scale", GUIDANCE, "--steps", studio.steps]
    options += ["--resolution", datasets.SIDE, "--precision", "fp32", "--batch-size", 8, "--output", folder]
    studio.run("augment", *options)
    missing = [scheme for scheme in SCHEMES if not (folder / LISTS / scheme).exists()]
    if "best-k" in missing:
        judge = ["--by", "agreement", "--segmenter", f"{studio.weights}-segmenter"]
        studio.run("filter", folder, "--keep", f"{1 / len(RATIOS):.3f}", *judge)
    for scheme, rules in SCHEMES.items():
        if scheme in missing:
            studio.run("schedule", folder, "--scheme", scheme, *rules, "--epochs", EPOCHS)


def painted(root: Path, originals: int) -> Path:
    return root / f"scribblegen-{originals}"


def epochs(folder: Path, arm: Arm) -> list[list[str]]:
    """The names of the pictures of each epoch."""
    lists = [path.read_text().split() for path in sorted((folder / LISTS / (arm.scheme or CURRICULUM)).glob("*.txt"))]
    if arm.scheme:
        return lists
    # A stage of the curriculum has the originals and a single set.
    return [lists[STARTS[RATIOS.index(arm.ratio)]]]


def examples(root: Path, arm: Arm) -> tuple[torch.Tensor, torch.Tensor, list[torch.Tensor]]:
    """What an arm is trained with: pictures, masks, and the pictures of each epoch by their numbers."""
    folder, originals = painted(root, arm.originals), root / f"train-{arm.originals}"
    names = epochs(folder, arm) if arm.scheme or arm.ratio else [datasets.stems(originals, "train")]
    stems = sorted(set(sum(names, [])))
    images, masks = datasets.read_stems(originals if arm.labels == "masks" else folder, stems)
    return images, masks, [torch.tensor([stems.index(name) for name in epoch]) for epoch in names]


def score(root: Path, arm: Arm, seed: int, validation: tuple[torch.Tensor, torch.Tensor]) -> float:
    images, masks, names = examples(root, arm)
    return segmenter.mean_iou(segmenter.train(images, masks, seed, epochs=names), *validation)


def main() -> None:
    parser = command.make_parser(__doc__)
    parser.add_argument("--seeds", type=int, default=5, help="trainings of each arm")
    arguments = parser.parse_args()
    studio = command.make_studio(arguments)
    for originals in (SMALL, LARGE):
        make(studio, originals)
    results = Results(arguments.work / "scribbles.jsonl")
    validation = datasets.read(studio.validation(), "val")
    for seed in range(arguments.seeds):
        for arm in arms_of(TABLES):
            if (arm.name, seed) not in results.values:
                value = score(studio.root, arm, seed, validation)
                results.add(arm, seed, value, report.machine())
                print(f"seed {seed}  {value:5.1f}  {arm.name}", flush=True)
    made_with = report.made_with(arguments.spolvero, results.machines(arms_of(TABLES)))
    REPORT.write_text("\n".join([HEAD, *report.sections(TABLES, results.of, made_with).values()]))


if __name__ == "__main__":
    main()
