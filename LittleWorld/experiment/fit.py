"""Does a score that needs no model say which pictures follow their masks?

    cd LittleWorld
    python -m experiment.fit --work DIR --weights ../Weights/littleworld --spolvero ../.build/release/spolvero

The model in the box repaints scenes with the adapter at several strengths, at full strength several times, and a
segmenter that has seen drawn scenes only says how far it finds the masks in what was painted. Forms of the score are
compared by how well they rank pictures as the segmenter does. The first is what `spolvero augment` writes into its
ledger. Writes Benchmarks/Results/fit.md.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from . import command, datasets, segmenter
from .following import FORMS
from .judge import make_judge
from .report import made_with

REPORT = Path(__file__).resolve().parents[2] / "Benchmarks/Results/fit.md"
SCENES = 64
"""The first half of them picks a form, the other half judges it."""
COPIES = {1.0: 4, 0.5: 1, 0.25: 1, 0.0: 1}
"""Pictures of a scene, by the adapter's strength."""
LABELS_ALONE = ("--image-weight", "0", "--label-weight", "1")
DRAWN, STEPS = 1500, 1500
"""Scenes that the judge learns from, and how long."""
WEAKER = ", ".join(f"{strength:g}" for strength in COPIES if strength < 1)
HEAD = f"""# A score of how well pictures follow their masks
Made by `python -m experiment.fit` in `LittleWorld`: {SCENES} held-out scenes of the little world, repainted by the
model in the box with its adapter at full strength, four times with other noise, and at {WEAKER}. A
DeepLabV3+ that learnt from {DRAWN} drawn scenes, and nothing that was painted, says how far it finds the masks: a
picture's agreement is the mean IoU over the ids in its mask. Spearman's rank correlation of score and agreement, over
all pictures, within a scene (the mean over scenes), and within a scene among the four of full strength, which is what
`--retries` chooses among. Then each strength's median score, and that of pictures at full strength that were shown the
labels' outlines alone: they follow their masks, but no other edge of the photograph, which a score must not ask for.
The first form is the one in the ledger.
"""


def ranks(values: np.ndarray) -> np.ndarray:
    """Places in ascending order; equal values share the mean of theirs."""
    _, group, count = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count - 1) / 2)[group]


def spearman(a: np.ndarray, b: np.ndarray) -> float:
    """Rank correlation; 0 where one of them is constant and so says nothing."""
    a, b = ranks(a), ranks(b)
    return float(np.corrcoef(a, b)[0, 1]) if a.std() > 0 and b.std() > 0 else 0.0


@torch.no_grad()
def agreement(judge: torch.nn.Module, image: np.ndarray, mask: np.ndarray) -> float:
    """Mean IoU of what a judge finds in a picture, over the ids in its mask; borders do not count."""
    pixels = torch.from_numpy(image).permute(2, 0, 1)[None] / 127.5 - 1
    found = judge(pixels).argmax(1)[0].numpy()[mask != segmenter.BORDER]
    labels = mask[mask != segmenter.BORDER]
    overlaps = [((found == i) & (labels == i)).sum() / ((found == i) | (labels == i)).sum() for i in np.unique(labels)]
    return float(np.mean(overlaps))


def pictures(studio: datasets.Studio) -> Iterator[list[tuple[np.ndarray, np.ndarray, np.ndarray]]]:
    """For each scene its repaintings with photograph and mask: those of `COPIES` in order, then labels alone."""
    scenes = studio.validation(SCENES)
    made = [
        (studio.repainted("--adapter-scale", str(strength), count=SCENES, copies=copies), copy + 1)
        for strength, copies in COPIES.items()
        for copy in range(copies)
    ]
    made.append((studio.repainted(*LABELS_ALONE, count=SCENES), 1))
    for stem in (scenes / "ImageSets/Segmentation/val.txt").read_text().split():
        mask = np.asarray(Image.open(scenes / f"SegmentationClass/{stem}.png"))
        paths = [scenes / f"JPEGImages/{stem}.jpg", *(f / f"JPEGImages/{stem}_{copy}.jpg" for f, copy in made)]
        photograph, *painted = (np.array(Image.open(path).convert("RGB")) for path in paths)
        yield [(one, photograph, mask) for one in painted]


def correlations(scores: np.ndarray, agreements: np.ndarray) -> tuple[float, float, float]:
    """Over all pictures, within a scene, and within a scene at full strength, of `[scenes, pictures]`, labels alone
    left out."""
    strongest, ranked = next(iter(COPIES.values())), sum(COPIES.values())
    scores, agreements = scores[:, :ranked], agreements[:, :ranked]
    pairs = list(zip(scores, agreements, strict=True))
    return (
        spearman(scores.ravel(), agreements.ravel()),
        float(np.mean([spearman(*pair) for pair in pairs])),
        float(np.mean([spearman(a[:strongest], b[:strongest]) for a, b in pairs])),
    )


def medians(values: np.ndarray) -> list[float]:
    """For each strength and for labels alone, of `[scenes, pictures]`."""
    ends = np.cumsum(list(COPIES.values()))
    return [float(np.median(part)) for part in np.split(values, ends, axis=1)]


def row(name: str, scores: np.ndarray, agreements: np.ndarray) -> str:
    """A line of the table: correlations in the half that picks and in the one that judges, then medians."""
    halves = [slice(0, SCENES // 2), slice(SCENES // 2, SCENES)]
    found = sum((correlations(scores[half], agreements[half]) for half in halves), ())
    return f"| {name} | " + " | ".join(f"{value:.2f}" for value in (*found, *medians(scores))) + " |"


def main() -> None:
    arguments = command.make_parser(__doc__, steps=15).parse_args()
    studio = command.make_studio(arguments)
    judge = make_judge(studio, DRAWN, STEPS)
    shown = list(pictures(studio))
    agreements = np.array([[agreement(judge, made, mask) for made, _, mask in scene] for scene in shown])
    scores = {name: np.array([[form(*one) for one in scene] for scene in shown]) for name, form in FORMS.items()}
    drawn = segmenter.mean_iou(judge, *datasets.read(studio.validation(), "val"))
    kinds = [*(f"at {strength:g}" for strength in COPIES), "labels alone"]
    agreed = [f"{median:.2f} {kind}" for kind, median in zip(kinds, medians(agreements), strict=True)]
    text = [
        HEAD,
        f"{made_with(arguments.spolvero)}\n",
        f"The judge's mIoU on {datasets.VALIDATION} held-out scenes as they are drawn is {drawn:.1f} %; the median "
        f"agreements are\n{', '.join(agreed)}.\n",
        f"| | picked: all | in a scene | at 1 | judged: all | in a scene | at 1 | {' | '.join(kinds)} |",
        "|---" * (7 + len(kinds)) + "|",
        *(row(name, values, agreements) for name, values in scores.items()),
    ]
    REPORT.write_text("\n".join(text) + "\n")
    print(REPORT.read_text())


if __name__ == "__main__":
    main()
