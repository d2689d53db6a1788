"""Asks the paper's questions of the little world, and writes the tables.

    cd tools
    python -m experiment --work DIR --weights ../Weights/littleworld --spolvero ../.build/release/spolvero

Generated pictures come from the program. Every arm is trained with several seeds; a run that was stopped goes on with
those that are missing, seed by seed, so that all arms have the same seeds at any moment.
"""

import argparse
import json
from pathlib import Path

from . import datasets, report, segmenter
from .arms import Arm, all_arms

REPORT = Path(__file__).resolve().parents[2] / "Benchmarks/Results/littleworld.md"


class Results:
    """mIoU by arm and seed, a line each, kept as soon as it is known."""

    def __init__(self, path: Path):
        self.path = path
        lines = path.read_text().splitlines() if path.exists() else []
        self.values = {(entry["arm"], entry["seed"]): entry["miou"] for entry in map(json.loads, lines)}

    def add(self, arm: Arm, seed: int, value: float) -> None:
        self.values[arm.name, seed] = value
        with self.path.open("a") as file:
            print(json.dumps({"arm": arm.name, "seed": seed, "miou": value}), file=file)

    def of(self, arm: Arm) -> list[float]:
        """By seed."""
        return [value for (name, _), value in sorted(self.values.items()) if name == arm.name]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, metavar="DIR", help="folder for datasets and results")
    parser.add_argument("--weights", type=Path, required=True, metavar="DIR", help="the model in the box")
    parser.add_argument("--spolvero", type=Path, required=True, metavar="PROGRAM")
    parser.add_argument("--seeds", type=int, default=5, help="trainings of each arm")
    parser.add_argument("--steps", type=int, default=25, help="denoising steps of a generated picture")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    studio = datasets.Studio(arguments.work, arguments.spolvero, arguments.weights, arguments.steps)
    results = Results(arguments.work / "results.jsonl")
    validation = datasets.read(studio.validation(), "val")
    for seed in range(arguments.seeds):
        for arm in all_arms():
            if (arm.name, seed) in results.values:
                continue
            model = segmenter.train(*datasets.read(studio.training(arm), "train"), seed)
            value = segmenter.mean_iou(model, *validation)
            results.add(arm, seed, value)
            print(f"seed {seed}  {value:5.1f}  {arm.name}", flush=True)
    REPORT.write_text(report.text(results.of, report.made_with(arguments.spolvero)))


if __name__ == "__main__":
    main()
