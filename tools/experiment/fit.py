"""Does a score that needs no model say which pictures follow their masks?

    cd tools
    python -m experiment.fit --work DIR --weights ../Weights/littleworld --spolvero ../.build/release/spolvero

The adapter keeps pictures to their outlines: the stronger it is, the better. The model in the box repaints scenes with
the adapter at several strengths, and forms of the score are compared by how well they tell these apart. The first is
what `spolvero augment` writes into its ledger. Writes Benchmarks/Results/fit.md.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from . import datasets
from .report import made_with

REPORT = Path(__file__).resolve().parents[2] / "Benchmarks/Results/fit.md"
SCENES = 48
STRENGTHS = (1.0, 0.5, 0.25, 0.0)
HEAD = f"""# A score of how well pictures follow their masks
Made by `python -m experiment.fit` in `tools`: {SCENES} held-out scenes of the little world, repainted by the model in
the box with its adapter at several strengths. Spearman's rank correlation of score and strength, over all pictures
together and within each scene (the mean); then each strength's median. The first form is the one in the ledger.
"""


def gradient(image: np.ndarray) -> np.ndarray:
    """|dx| + |dy| of Sobel's derivatives of the strongest channel."""
    x, y = (cv2.Sobel(image, cv2.CV_32F, *order, borderType=cv2.BORDER_REPLICATE) for order in ((1, 0), (0, 1)))
    return (np.abs(x) + np.abs(y)).max(axis=2)


def borders(mask: np.ndarray, radius: int) -> np.ndarray:
    """Pixels within `radius` of one whose neighbour has another id."""
    differs = np.zeros(mask.shape, np.uint8)
    for a, b in ((np.s_[1:, :], np.s_[:-1, :]), (np.s_[:, 1:], np.s_[:, :-1])):
        differs[a] |= mask[a] != mask[b]
        differs[b] |= mask[a] != mask[b]
    return cv2.dilate(differs, np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)) > 0


def bands(mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pixels on the mask's outlines and around them, as far as `MaskFit` has it."""
    shorter = min(mask.shape)
    return borders(mask, shorter // 192), borders(mask, shorter // 24)


def share(image: np.ndarray, on: np.ndarray, around: np.ndarray) -> float:
    strength = gradient(image)
    return float(strength[on].sum() / max(strength[around].sum(), 1))


def around_above_chance(made: np.ndarray, photograph: np.ndarray, mask: np.ndarray) -> float:
    on, around = bands(mask)
    chance = on.sum() / around.sum()
    return (share(made, on, around) - chance) / max(share(photograph, on, around) - chance, 0.02)


def around_outlines(made: np.ndarray, photograph: np.ndarray, mask: np.ndarray) -> float:
    return share(made, *bands(mask)) / share(photograph, *bands(mask))


def of_the_picture(made: np.ndarray, photograph: np.ndarray, mask: np.ndarray) -> float:
    on, everything = borders(mask, 1), np.ones(mask.shape, bool)
    return share(made, on, everything) / share(photograph, on, everything)


FORMS = {
    "gradient on outlines, of that around them, above chance": around_above_chance,
    "gradient on outlines, of that around them": around_outlines,
    "gradient on outlines, of the whole picture's": of_the_picture,
}


def ranks(values: np.ndarray) -> np.ndarray:
    """Places in ascending order; equal values share the mean of theirs."""
    _, group, count = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count - 1) / 2)[group]


def spearman(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(ranks(a), ranks(b))[0, 1])


def scores(scenes: Path, repainted: Path) -> dict[str, np.ndarray]:
    """Every form's score of each scene's repainting."""
    stems = (scenes / "ImageSets/Segmentation/val.txt").read_text().split()
    found: dict[str, list[float]] = {name: [] for name in FORMS}
    for stem in stems:
        mask = np.asarray(Image.open(scenes / f"SegmentationClass/{stem}.png"))
        pictures = repainted / f"JPEGImages/{stem}_1.jpg", scenes / f"JPEGImages/{stem}.jpg"
        made, photograph = (np.asarray(Image.open(path).convert("RGB")) for path in pictures)
        for name, form in FORMS.items():
            found[name].append(form(made, photograph, mask))
    return {name: np.array(values) for name, values in found.items()}


def row(name: str, values: np.ndarray) -> str:
    """A line of the table; `values` has a row for each strength."""
    strengths = np.broadcast_to(np.array(STRENGTHS)[:, None], values.shape)
    scene = np.mean([spearman(column, np.array(STRENGTHS)) for column in values.T])
    medians = " | ".join(f"{median:.2f}" for median in np.median(values, axis=1))
    return f"| {name} | {spearman(values.ravel(), strengths.ravel()):.2f} | {scene:.2f} | {medians} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, metavar="DIR", help="folder for datasets and results")
    parser.add_argument("--weights", type=Path, required=True, metavar="DIR", help="the model in the box")
    parser.add_argument("--spolvero", type=Path, required=True, metavar="PROGRAM")
    parser.add_argument("--steps", type=int, default=15, help="denoising steps of a generated picture")
    arguments = parser.parse_args()
    studio = datasets.Studio(arguments.work, arguments.spolvero, arguments.weights, arguments.steps)
    found = [
        scores(studio.validation(SCENES), studio.repainted("--adapter-scale", str(strength), count=SCENES))
        for strength in STRENGTHS
    ]
    strengths = " | ".join(f"adapter at {strength:g}" for strength in STRENGTHS)
    text = [
        HEAD,
        f"{made_with(arguments.spolvero)}\n",
        f"| | all | in a scene | {strengths} |",
        "|---" * (3 + len(STRENGTHS)) + "|",
        *(row(name, np.array([one[name] for one in found])) for name in FORMS),
    ]
    REPORT.write_text("\n".join(text) + "\n")
    print(REPORT.read_text())


if __name__ == "__main__":
    main()
