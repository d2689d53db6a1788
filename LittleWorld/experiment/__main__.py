"""Asks the paper's questions of the little world, and writes the tables.

    cd LittleWorld
    python -m experiment --work DIR --weights ../Weights/littleworld --spolvero ../.build/release/spolvero

Generated pictures come from the program. Every arm is trained with several seeds; a run that was stopped goes on with
those that are missing, seed by seed, so that all arms have the same seeds at any moment. With `--only "Table 6"` the
tables that have other titles stay as they are.
"""

import json
from pathlib import Path

from . import command, datasets, report, segmenter
from .arms import Arm, arms_of, tables

REPORT = Path(__file__).resolve().parents[2] / "Benchmarks/Results/littleworld.md"


class Results:
    """A measure by arm and seed, a line each, kept as soon as it is known, with what it was trained on."""

    def __init__(self, path: Path, measure: str = "miou"):
        self.path, self.measure = path, measure
        entries = list(map(json.loads, path.read_text().splitlines() if path.exists() else []))
        self.values = {(entry["arm"], entry["seed"]): entry[measure] for entry in entries}
        self._machines = {(entry["arm"], entry["machine"]) for entry in entries}

    def add(self, arm: Arm, seed: int, value: float, machine: str) -> None:
        self.values[arm.name, seed] = value
        self._machines.add((arm.name, machine))
        with self.path.open("a") as file:
            print(json.dumps({"arm": arm.name, "seed": seed, self.measure: value, "machine": machine}), file=file)

    def machines(self, arms: list[Arm]) -> list[str]:
        """What any of them was trained on."""
        names = {arm.name for arm in arms}
        return sorted({machine for name, machine in self._machines if name in names})

    def of(self, arm: Arm) -> list[float]:
        """By seed."""
        return [value for (name, _), value in sorted(self.values.items()) if name == arm.name]


def main() -> None:
    parser = command.make_parser(__doc__)
    parser.add_argument("--seeds", type=int, default=5, help="trainings of each arm")
    parser.add_argument("--only", default="", metavar="TEXT", help="tables with this in their titles")
    arguments = parser.parse_args()
    chosen = tables(arguments.only)
    studio = command.make_studio(arguments)
    results = Results(arguments.work / "results.jsonl")
    validation = datasets.read(studio.validation(), "val")
    for seed in range(arguments.seeds):
        for arm in arms_of(chosen):
            if (arm.name, seed) in results.values:
                continue
            model = segmenter.train(*datasets.read(*studio.training(arm)), seed)
            value = segmenter.mean_iou(model, *validation)
            results.add(arm, seed, value, report.machine())
            print(f"seed {seed}  {value:5.1f}  {arm.name}", flush=True)
    made_with = report.made_with(arguments.spolvero, results.machines(arms_of(chosen)))
    made = report.sections(chosen, results.of, made_with)
    REPORT.write_text(report.text(report.sections_in(REPORT.read_text()) | made))


if __name__ == "__main__":
    main()
