"""Asks what painting single objects anew does for an instance segmenter, and which generator paints them best.

    cd LittleWorld
    python -m experiment.instances --work DIR --weights ../Weights/littleworld --spolvero ../.build/release/spolvero

Objects are painted by `spolvero augment --recipe instances`: by Blended Latent Diffusion with the model in the box, and
by the models beside it for inpainting and, where it is there, GLIGEN. Where it was stopped it goes on, seed by seed.
Writes Benchmarks/Results/instances.md.
"""

import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from transformers import CLIPModel

from training import clip, objects

from . import command, datasets, detector, report
from .__main__ import Results
from .arms import LARGE, SMALL, arms_of
from .datasets import GUIDANCE, Studio
from .fidelity import frechet

REPORT = Path(__file__).resolve().parents[2] / "Benchmarks/Results/instances.md"
GENERATORS = {"blended": "{0}", "inpainting": "{0}-inpainting", "GLIGEN": "{0}-gligen"}
"""The model that paints; {0} is the folder of the one in the box, beside which the others lie."""
OPTIONS = {"GLIGEN": ["--box-steps", "0...1"]}
"""A small model keeps to its boxes in all steps or not at all."""
MEASURES = ("AP", "AP50")
HEAD = f"""# Does painting single objects anew help? The little world's answer
Made by `python -m experiment.instances` in `LittleWorld`, with `spolvero augment --recipe instances`: a version of
every photograph with all its objects painted anew, guidance {GUIDANCE}. A small instance segmenter (CondInst on a U-Net
with a ResNet-18, no pretrained weights) is trained for {detector.STEPS} steps of {detector.BATCH} pictures whatever the
training set, with mirroring, crops and changes of light, and judged by `spolvero evaluate --instances` on
{datasets.VALIDATION} scenes that neither it nor the generator has seen. In percent: mean ± standard deviation over the
seeds, and that of the difference to the table's first row, seed by seed.
"""
SCORES = """## What the generators paint
CLIPScore of the objects' boxes with their prompts, by `Weights/littleworld-clip` as `spolvero score --by-instance` has
it; and the Fréchet distance of that CLIP's embeddings of the boxes, times 100, to those of the same boxes in the
photographs. It is no FID, whose network has not seen this world. Beside them stand the photographs' own objects: their
distance is to those of the scenes for validation.

| | objects | CLIPScore | Fréchet distance |
|---|---|---|---|"""


@dataclass(frozen=True)
class Arm:
    """So many originals, and what paints their objects; nothing is added without it."""

    originals: int
    generator: str | None = None

    @property
    def name(self) -> str:
        """The arm's key in the results."""
        return f"{self.originals}-{self.generator or 'none'}"


def model_of(weights: Path, generator: str) -> Path:
    return Path(GENERATORS[generator].format(weights))


def tables(weights: Path, counts: Iterable[int] = (SMALL, LARGE)) -> dict[str, dict[str, Arm]]:
    """For each number of originals, with the generators that are there."""
    there = [name for name in GENERATORS if model_of(weights, name).exists()]
    return {
        f"{count} originals": {"originals": Arm(count), **{f"and {name}": Arm(count, name) for name in there}}
        for count in counts
    }


def painted(root: Path, arm: Arm) -> Path:
    """The arm's dataset."""
    return root / (f"instances-{arm.name}" if arm.generator else f"train-{arm.originals}")


def make(studio: Studio, arm: Arm) -> None:
    """Draws originals and paints their objects; goes on where it was stopped."""
    originals = studio.drawn("train", arm.originals)
    if arm.generator is None:
        return
    options = ["--recipe", "instances", "--dataset", originals, "--model", model_of(studio.weights, arm.generator)]
    options += ["--generator", arm.generator.lower(), *OPTIONS.get(arm.generator, []), "--copies", 1]
    options += ["--steps", studio.steps, "--cfg-scale", GUIDANCE, "--resolution", datasets.SIDE, "--precision", "fp32"]
    studio.run("augment", *options, "--batch-size", 8, "--output", painted(studio.root, arm))


def detect(root: Path, arm: Arm, seed: int, steps: int = detector.STEPS) -> Path:
    """Trains a detector and writes what it finds in the scenes for validation, unless that is there already."""
    path = root / "found" / f"{arm.name}-{seed}.json"
    if not path.exists():
        model = detector.train(*detector.read(painted(root, arm), "train"), seed, steps)
        validation = root / f"val-{datasets.VALIDATION}"
        images, _ = datasets.read(validation, "val")
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(detector.results(model, images, datasets.stems(validation, "val"))))
    return path


def judge(studio: Studio, found: Path) -> dict[str, float]:
    """AP and AP50 in percent."""
    judged = told(studio, "evaluate", "--instances", found, "--dataset", studio.validation(), "--split", "val")
    return {"AP": 100 * judged["ap"], "AP50": 100 * judged["ap50"]}


def told(studio: Studio, *words: object) -> dict:
    """What the program says in JSON."""
    line = [studio.spolvero, *map(str, words), "--json"]
    return json.loads(subprocess.run(line, check=True, capture_output=True, text=True).stdout)


def boxes(folder: Path) -> list[tuple[Path, Path, list[int]]]:
    """Of each object that was painted: its image, the photograph, left, top, right and bottom."""
    found = []
    for record in map(json.loads, (folder / "ledger.jsonl").read_text().splitlines()):
        if "image" not in record:  # what the images share
            continue
        files = folder / record["image"], folder / f"JPEGImages/{record['source']}.jpg"
        for box in (each["box"] for each in record["repainted"]):
            found.append((*files, [box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]]))
    return found


@torch.no_grad()
def embeddings(model: CLIPModel, files: list[Path], corners: torch.Tensor) -> torch.Tensor:
    """Of boxes in images, `[N, 64]`."""
    images = np.stack([np.asarray(Image.open(file).convert("RGB")) for file in files])
    cut = objects.crops(torch.from_numpy(images).permute(0, 3, 1, 2) / 127.5 - 1, corners)
    return torch.cat([clip.of_images(model, batch) for batch in cut.split(100)]).double()


def scores(studio: Studio, arms: Iterable[Arm]) -> list[str]:
    """The rows of what the generators paint."""
    network = Path(f"{studio.weights}-clip")
    model = CLIPModel.from_pretrained(network).float().eval()
    rows, first = [], None
    for arm in arms:
        painted_boxes = boxes(painted(studio.root, arm))
        files, originals, corners = zip(*painted_boxes, strict=True)
        real = embeddings(model, list(originals), torch.tensor(corners))
        first = real if first is None else first
        distance = frechet(real, embeddings(model, list(files), torch.tensor(corners)))
        rows.append(row(arm.generator, studio, painted(studio.root, arm), network, distance))
    drawn = studio.drawn("train", arm.originals)
    own = row("the photographs' own", studio, drawn, network, frechet(first, validation(studio, model)))
    return [own, *rows]


def row(name: str, studio: Studio, folder: Path, network: Path, distance: float) -> str:
    judged = told(studio, "score", folder, "--by-instance", "--clip", network, "--device", "cpu")
    return f"| {name} | {judged['instances']} | {judged['clipScore']['mean']:.2f} | {100 * distance:.2f} |"


def validation(studio: Studio, model: CLIPModel) -> torch.Tensor:
    """Embeddings of the objects in the scenes for validation."""
    folder = studio.validation()
    _, labels = detector.read(folder, "val")
    found = objects.of_labels(*labels.unbind(1))
    files = [folder / f"JPEGImages/{stem}.jpg" for stem in datasets.stems(folder, "val")]
    return embeddings(model, [files[scene] for scene in found.scenes.tolist()], found.corners)


def main() -> None:
    parser = command.make_parser(__doc__)
    parser.add_argument("--seeds", type=int, default=5, help="trainings of each arm")
    arguments = parser.parse_args()
    studio, chosen = command.make_studio(arguments), tables(arguments.weights)
    results = {name: Results(arguments.work / f"instances-{name}.jsonl", name) for name in MEASURES}
    studio.validation()
    for arm in arms_of(chosen):
        make(studio, arm)
    for seed in range(arguments.seeds):
        for arm in arms_of(chosen):
            if (arm.name, seed) in results[MEASURES[-1]].values:
                continue
            for name, value in judge(studio, detect(studio.root, arm, seed)).items():
                results[name].add(arm, seed, value, report.machine())
                print(f"seed {seed}  {name} {value:5.1f}  {arm.name}", flush=True)
    REPORT.write_text(text(studio, chosen, results, arguments.spolvero))


def text(studio: Studio, chosen: dict[str, dict[str, Arm]], results: dict[str, Results], spolvero: Path) -> str:
    made_with = report.made_with(spolvero, results["AP"].machines(arms_of(chosen)))
    parts = [
        report.section(f"{name} with {title}", arms, results[name].of, made_with, name)
        for title, arms in chosen.items()
        for name in MEASURES
    ]
    most = max(arm.originals for arm in arms_of(chosen))
    arms = [arm for arm in arms_of(chosen) if arm.generator and arm.originals == most]
    return "\n".join([HEAD, *parts, SCORES, *scores(studio, arms)]) + "\n"


if __name__ == "__main__":
    main()
